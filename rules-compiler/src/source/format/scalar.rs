//! How a text is written: without quotes, in quotes, or folded.

use super::WIDTH;
use crate::source::value::Value;
use textwrap::core::display_width;

/// What a text is, by the key that it stands under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// To be read by people: folded.
    Prose,
    /// To be compared with replies: in quotes, on one line.
    Matched,
    /// Names, words and addresses: without quotes where that is safe.
    Name,
}

impl Style {
    pub fn of_key(key: &str) -> Self {
        match key {
            "explanation" | "advice" | "misuse" | "notes" | "any" => Self::Prose,
            "text" | "regex" | "markers" | "examples" => Self::Matched,
            _ => Self::Name,
        }
    }
}

/// A name; `flow` where it stands between brackets or braces.
pub(super) fn name(text: &str, flow: bool) -> String {
    if is_plain(text, flow) { text.to_owned() } else { quoted(text) }
}

/// In double quotes; in single quotes where that saves escapes.
pub(super) fn quoted(text: &str) -> String {
    let escapes = text.matches(['"', '\\']).count();
    if escapes > text.matches('\'').count() && !text.contains(is_invisible) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if is_invisible(c) => quoted.push_str(&match u32::from(c) {
                code @ 0..=0xFF => format!("\\x{code:02X}"),
                code @ 0x100..=0xFFFF => format!("\\u{code:04X}"),
                code => format!("\\U{code:08X}"),
            }),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// Whether a text means itself without quotes, to this program and to others.
fn is_plain(text: &str, flow: bool) -> bool {
    const INDICATORS: &str = "-?:,[]{}#&*!|>'\"%@`=<~";
    let Some(first) = text.chars().next() else { return false };
    let is_number = || text.chars().all(|c| c.is_ascii_digit() || "_:".contains(c));
    !INDICATORS.contains(first)
        && !text.contains(is_invisible)
        && text.trim() == text
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !(flow && text.contains([',', '[', ']', '{', '}', '?', '"', '\'']))
        && !["y", "n", "yes", "no", "on", "off"].contains(&&*text.to_ascii_lowercase())
        && !is_number()
        && serde_yaml::from_str::<Value>(text).is_ok_and(|value| value == Value::Text(text.to_owned()))
}

/// What would not survive, or could not be seen.
fn is_invisible(character: char) -> bool {
    let is_mark =
        matches!(character, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' | '\u{200B}'..='\u{200F}');
    character.is_control() || is_mark
}

/// The lines of a folded text, the header first; `None` where folding would change it.
pub(super) fn folded(text: &str, indent: usize) -> Option<Vec<String>> {
    let (header, body) = match text.strip_suffix('\n') {
        Some(body) => (">", body),
        None => (">-", text),
    };
    let is_foldable = |line: &str| !line.starts_with(' ') && !line.ends_with(' ') && !line.contains(is_invisible);
    let edges = body.is_empty() || body.starts_with('\n') || body.ends_with('\n');
    if edges || !body.split('\n').all(is_foldable) {
        return None;
    }
    let mut lines = vec![header.to_owned()];
    for (number, line) in body.split('\n').enumerate() {
        if number > 0 {
            lines.push(String::new());
        }
        if !line.is_empty() {
            wrap(line, WIDTH.saturating_sub(indent), &mut lines);
        }
    }
    Some(lines)
}

/// Breaks at single spaces: a break between more of them would not fold back to the same text.
fn wrap(text: &str, width: usize, lines: &mut Vec<String>) {
    let bytes = text.as_bytes();
    let is_break = |at: usize| bytes[at] == b' ' && bytes[at - 1] != b' ' && bytes[at + 1] != b' ';
    let mut line = String::new();
    let mut start = 0;
    let ends = (1..text.len().saturating_sub(1)).filter(|at| is_break(*at)).chain([text.len()]);
    for end in ends {
        let word = &text[start..end];
        start = end + 1;
        if line.is_empty() {
            line.push_str(word);
        } else if display_width(&line) + 1 + display_width(word) <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        }
    }
    lines.push(line);
}

#[cfg(test)]
mod tests {
    use super::{folded, name, quoted};

    #[test]
    fn names_are_quoted_where_they_would_mean_something_else() {
        for plain in ["google", "docs https://example.com/a?b", "4.7.0", "4xx", "2026-11-23", "Größe, neu"] {
            assert_eq!(name(plain, false), plain);
        }
        for text in
            ["", "yes", "No", "12", "1:30", "null", "true", "1e3", "- a", "a: b", "a #b", " a", "a:", "*", "a\nb"]
        {
            assert!(name(text, false).starts_with('"'), "{text:?} needs quotes");
        }
        assert_eq!(name("a, b", true), "\"a, b\"");
    }

    #[test]
    fn quotes_with_the_fewest_escapes() {
        assert_eq!(quoted("it's"), "\"it's\"");
        assert_eq!(quoted(r#"a "b""#), r#"'a "b"'"#);
        assert_eq!(quoted(r#"it's "b" \d"#), r#"'it''s "b" \d'"#);
        assert_eq!(quoted("\"a\"\r\n"), r#""\"a\"\r\n""#);
        assert_eq!(quoted("\u{7}\u{200B}"), r#""\x07\u200B""#);
    }

    #[test]
    fn a_text_is_folded_at_single_spaces() {
        let words = "word ".repeat(30);
        let lines = folded(words.trim_end(), 90).expect("a text");
        assert_eq!(lines[..3], [">-", "word word", "word word"]);
        assert_eq!(folded("a\n\nb", 0).expect("two paragraphs"), [">-", "a", "", "", "b"]);
        assert_eq!(folded("a  b\n", 99).expect("two spaces"), [">", "a  b"]);
        for text in [" a", "a ", "a\n b", "a\tb", "", "\na", "a\n\n"] {
            assert_eq!(folded(text, 0), None, "{text:?}");
        }
    }
}
