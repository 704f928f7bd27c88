//! Templates for a reader: the text of the reply, its variable parts marked.

/// What the marks mean, beside a list of rules.
pub const LEGEND: &str = "In bold: what changes from one reply to the next. In *Recognised by*, `‹ip›` stands for such a part, `‹…›` for any \
                          text, `‹a|b|›` for one of these words or none, and `‹a|b|…›` for one of these or of others.";

/// Of more words to choose from than this, a reader sees as many.
const CHOICES: usize = 4;

/// As [`marked`], of many words to choose from only the first.
pub fn shortened(template: &str) -> String {
    let mut short = String::new();
    let whole = marked(template);
    let mut rest = whole.as_str();
    while let Some((before, behind)) = rest.split_once('‹') {
        let Some((content, after)) = behind.split_once('›') else { break };
        short += &format!("{before}‹{}›", some_choices(content));
        rest = after;
    }
    short + rest
}

fn some_choices(content: &str) -> String {
    let choices: Vec<&str> = content.split('|').collect();
    let optional = choices.last().is_some_and(|last| last.is_empty());
    let words = choices.len() - usize::from(optional);
    if words <= CHOICES + 1 {
        return content.to_owned();
    }
    format!("{}|…{}", choices[..CHOICES].join("|"), if optional { "|" } else { "" })
}

/// `[{ip}] Messages from {sender:domain} {is|was} late` as `[‹ip›] Messages from ‹sender: domain› ‹is|was› late`.
pub fn marked(template: &str) -> String {
    let folded = template.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut marked = String::new();
    let mut rest = folded.as_str();
    while let Some(at) = rest.find(['{', '}']) {
        marked.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(behind) = rest.strip_prefix(brace) {
            marked.push_str(brace);
            rest = behind;
        } else if let Some(close) = rest.find('}').filter(|_| brace == "{") {
            marked.push_str(&hole(&rest[..close]));
            rest = &rest[close + 1..];
        } else {
            marked.push_str(brace);
        }
    }
    marked.push_str(rest);
    marked
}

fn hole(content: &str) -> String {
    if content.contains('|') {
        return format!("‹{content}›");
    }
    if let Some((_, fixed)) = content.split_once('=') {
        return fixed.to_owned();
    }
    match content.split_once(':') {
        Some((name, kind)) => format!("‹{}: {}›", name.trim(), kind.trim()),
        None if content == "text" => "‹…›".to_owned(),
        None => format!("‹{content}›"),
    }
}

#[cfg(test)]
mod tests {
    use super::{marked, shortened};

    #[test]
    fn of_many_choices_some_are_shown() {
        assert_eq!(shortened("a {b|c|d|e|f} g"), "a ‹b|c|d|e|f› g");
        assert_eq!(shortened("{a|b|c|d|e|f} {ip} {a|b|c|d|e|f|} z"), "‹a|b|c|d|…› ‹ip› ‹a|b|c|d|…|› z");
    }

    #[test]
    fn holes_are_marked() {
        assert_eq!(
            marked("[{code=TS1}] {ip} {a|b|} {{x}} {who:email} {text} end"),
            "[TS1] ‹ip› ‹a|b|› {x} ‹who: email› ‹…› end"
        );
    }
}
