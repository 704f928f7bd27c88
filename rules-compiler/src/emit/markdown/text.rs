//! Any text as Markdown that shows exactly this text.

use std::ops::Range;

/// A paragraph, a title or a table's cell; addresses become links.
pub fn prose(text: &str) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut markdown = String::new();
    let mut rest = folded.as_str();
    while let Some((start, end)) = address(rest) {
        escape(&rest[..start], &mut markdown);
        markdown.push_str(&link(&rest[start..end]));
        rest = &rest[end..];
    }
    escape(rest, &mut markdown);
    match starts_a_block(&markdown) {
        Some(at) => format!("{}\\{}", &markdown[..at], &markdown[at..]),
        None => markdown,
    }
}

/// The paragraphs of a longer text.
pub fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    let mut paragraphs = vec![String::new()];
    for line in text.lines() {
        match paragraphs.last_mut() {
            Some(last) if !line.trim().is_empty() => *last = format!("{last} {line}"),
            _ => paragraphs.push(String::new()),
        }
    }
    paragraphs.into_iter().filter(|text| !text.trim().is_empty()).map(|text| prose(&text))
}

/// An address as a link that shows itself.
pub fn link(address: &str) -> String {
    let plain = address.chars().all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '|' | '\\'));
    if plain { format!("<{address}>") } else { code(address) }
}

/// A text without line breaks, in a line.
pub fn code(text: &str) -> String {
    let fence = "`".repeat(longest_run(text) + 1);
    let edge = |c| text.starts_with(c) || text.ends_with(c);
    let stripped = text.starts_with(' ') && text.ends_with(' ') && !text.trim_matches(' ').is_empty();
    let space = if edge('`') || stripped { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// A reply as an element of a list, the parts that vary in bold.
pub fn marked_reply(text: &str, parts: &[Range<usize>]) -> String {
    let whole = reply(text);
    let apart =
        |part: &&Range<usize>| text.get((*part).clone()).is_some_and(|part| part.trim() == part && !part.is_empty());
    if whole.starts_with("```") {
        return whole;
    }
    let mut marked = String::new();
    let mut at = 0;
    for part in parts.iter().filter(apart) {
        let (Some(before), Some(part_text)) = (text.get(at..part.start), text.get(part.clone())) else { continue };
        if !before.is_empty() {
            marked += &code(before);
        }
        marked += &format!("**{}**", code(part_text));
        at = part.end;
    }
    match text.get(at..) {
        Some(rest) if !rest.is_empty() => marked + &code(rest),
        _ => marked,
    }
}

/// A reply as an element of a list: in a line that a browser may wrap, or in a block where spaces or lines matter.
pub fn reply(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if !text.contains(['\n', '\t']) && !text.contains("  ") && text.trim() == text && !text.is_empty() {
        return code(&text);
    }
    let fence = "`".repeat(longest_run(&text).max(2) + 1);
    let lines = text.split('\n').map(|line| if line.is_empty() { "\n".to_owned() } else { format!("\n  {line}") });
    format!("{fence}text{}\n  {fence}", lines.collect::<String>())
}

/// The first sentence, for tables.
pub fn first_sentence(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = text.find(". ").map_or(text.len(), |at| at + 1);
    text[..end].to_owned()
}

fn escape(text: &str, markdown: &mut String) {
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let special = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '#' => true,
            '&' => chars.peek().is_some_and(|next| next.is_alphanumeric() || *next == '#'),
            '_' => !(word(before) && word(chars.peek().copied())),
            _ => false,
        };
        if special {
            markdown.push('\\');
        }
        markdown.push(c);
        before = Some(c);
    }
}

/// Where a backslash must stand so that a paragraph does not start a list or a heading.
fn starts_a_block(markdown: &str) -> Option<usize> {
    if markdown.starts_with(['+', '-', '=']) {
        return Some(0);
    }
    let digits = markdown.bytes().take_while(u8::is_ascii_digit).count();
    let behind = &markdown[digits..];
    let marker = behind.starts_with(['.', ')']) && behind[1..].chars().next().is_none_or(|c| c == ' ');
    (digits > 0 && marker).then_some(digits)
}

/// The first address in a text, without the punctuation that closes the sentence.
fn address(text: &str) -> Option<(usize, usize)> {
    let start = ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min()?;
    let body = &text[start..];
    let end =
        body.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\')).unwrap_or(body.len());
    let mut address = body[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
    while address.ends_with(')') && address.matches(')').count() > address.matches('(').count() {
        address = address[..address.len() - 1].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
    }
    address.split("://").nth(1).is_some_and(|rest| !rest.is_empty()).then_some((start, start + address.len()))
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{code, prose, reply};

    #[test]
    fn prose_is_escaped() {
        assert_eq!(
            prose("a <b> | [c](d) \\ *e* _f_ g_h 5 < 6 & R&D"),
            r"a \<b\> \| \[c\](d) \\ \*e\* \_f\_ g_h 5 \< 6 & R\&D"
        );
        assert_eq!(prose("- no list"), r"\- no list");
        assert_eq!(prose("4. no list"), r"4\. no list");
        assert_eq!(prose("4.3.0 is a code"), "4.3.0 is a code");
        assert_eq!(prose("# no heading"), r"\# no heading");
    }

    #[test]
    fn addresses_become_links() {
        assert_eq!(prose("see (https://example.com/a_b), now"), "see (<https://example.com/a_b>), now");
        assert_eq!(prose("https://example.com/?p=x."), "<https://example.com/?p=x>.");
        assert_eq!(prose("https:// alone"), "https:// alone");
    }

    #[test]
    fn code_survives_backticks_and_spaces() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("`a``"), "``` `a`` ```");
        assert_eq!(code(" a "), "`  a  `");
    }

    #[test]
    fn a_reply_of_several_lines_stands_in_a_block() {
        assert_eq!(reply("550-a\r\n550 b"), "```text\n  550-a\n  550 b\n  ```");
        assert_eq!(reply("550 ```"), "```` 550 ``` ````");
    }
}
