//! A value in the wrong form, and how its author most likely meant it.

use crate::diagnostic::Certainty;
use std::ops::Range;

/// What is said about it, and the changes that mend it, as ranges of what was written.
#[derive(Debug)]
pub(super) struct Slip {
    pub label: &'static str,
    pub help: &'static str,
    pub edits: Vec<(Range<usize>, String)>,
    pub certainty: Certainty,
}

impl Slip {
    fn new(label: &'static str, help: &'static str) -> Self {
        Self { label, help, edits: Vec::new(), certainty: Certainty::Certain }
    }

    fn fixed_by(mut self, edits: impl IntoIterator<Item = (Range<usize>, String)>) -> Self {
        self.edits.extend(edits);
        self
    }
}

/// What the key needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Text,
    List,
    Keys,
    Number,
    Other,
}

/// How `written` was meant under `key`; none for an item as a whole, as is a rule.
pub(super) fn of(written: &str, need: Need, key: Option<&str>, what: &str) -> Option<Slip> {
    let is_list = written.starts_with("- ") || written.starts_with('[');
    match need {
        Need::List => dashes(written).or_else(|| commas(written, key)).or_else(|| keys_for_list(written)),
        Need::Text => colon(written).or_else(|| brackets(written, key)).or_else(|| keys_for_text(written)),
        Need::Keys if is_list => Some(list_for_keys(key, what)),
        Need::Keys => (what == "rule" && key.is_none())
            .then(|| Slip::new("a rule has keys", "write `id: some-words` here, and the other keys below it")),
        Need::Number if key == Some("retry_after") => Some(seconds(written)),
        Need::Number => digits(written),
        Need::Other => commas(written, key),
    }
}

/// `-"a reply"`, or a dash from a word processor: every line of the value begins so.
fn dashes(written: &str) -> Option<Slip> {
    let mut edits = Vec::new();
    let mut at = 0;
    for line in written.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        let dash = line.trim_start().chars().next()?;
        let rest = &line.trim_start()[dash.len_utf8()..];
        match dash {
            '-' if !rest.starts_with(char::is_whitespace) => edits.push((start + 1..start + 1, " ".to_owned())),
            '–' | '—' | '•' | '−' | '‐' | '*' => {
                let blank = rest.len() - rest.trim_start().len();
                edits.push((start..start + dash.len_utf8() + blank, "- ".to_owned()));
            }
            _ => return None,
        }
    }
    let slip = if written.starts_with('-') {
        Slip::new("no space follows the dash", "write `- ` with a space before each item of a list")
    } else {
        Slip::new("this is not the dash `-`", "begin each item of a list with `- `")
    };
    Some(slip.fixed_by(edits))
}

/// `a.example.com, b.example.com`: a list whose brackets are missing.
fn commas(written: &str, key: Option<&str>) -> Option<Slip> {
    let is_of_words =
        ["also_known_as", "mx", "domains", "over", "stage", "requires", "links", "reply", "status", "guides"]
            .contains(&key?);
    let parts: Vec<&str> = written.split(',').map(str::trim).collect();
    let is_word = |part: &&str| {
        let odd = |c: char| c.is_whitespace() || "[]{}\"'#&*!|>%@`".contains(c);
        !part.is_empty() && !part.contains(odd)
    };
    let fits = is_of_words && parts.len() > 1 && parts.iter().all(is_word);
    let new = || Slip::new("several values without brackets", "put them in brackets, as in `[a, b]`");
    fits.then(|| new().fixed_by([(0..written.len(), format!("[{}]", parts.join(", ")))]))
}

/// `id: …` where `- id: …` is needed.
fn keys_for_list(written: &str) -> Option<Slip> {
    let is_block = written.split_once(':').is_some_and(|(key, rest)| {
        key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && rest.starts_with([' ', '\n', '\r'])
    });
    is_block.then(|| Slip::new("no `- ` begins a list here", "begin each item of the list with `- `, as in `- id: …`"))
}

/// `421 Sorry: no`, which is a key and its value to YAML.
fn colon(written: &str) -> Option<Slip> {
    let is_one_line = !written.contains(['\n', '\r']) && written.contains(": ");
    if !is_one_line || written.starts_with(['[', '{', '"', '\'', '-']) {
        return None;
    }
    let slip = Slip::new("this text needs quotes", "put the whole text in double quotes: it contains `: `");
    Some(match quoted(written) {
        Some(quoted) => slip.fixed_by([(0..written.len(), quoted)]),
        None => slip,
    })
}

/// A text in quotes, of the kind that needs no escapes.
pub(super) fn quoted(text: &str) -> Option<String> {
    match () {
        () if text.contains(" #") => None,
        () if !text.contains(['"', '\\']) => Some(format!("\"{text}\"")),
        () if !text.contains('\'') => Some(format!("'{text}'")),
        () => None,
    }
}

/// `[word]` where one word is needed, `["text"]` where a text is.
fn brackets(written: &str, key: Option<&str>) -> Option<Slip> {
    if written.starts_with("- ") {
        return Some(Slip::new("this is a list", "write one text, without dashes"));
    }
    let inner = written.strip_prefix('[')?.strip_suffix(']')?.trim();
    let takes_word = matches!(key, Some("id" | "category" | "source" | "checked" | "name" | "kind" | "language"));
    let is_one = match inner.chars().next()? {
        quote @ ('"' | '\'') => inner.len() > 1 && inner.ends_with(quote) && inner.matches(quote).count() == 2,
        '[' | '{' => return None,
        _ => takes_word && !inner.contains([',', '[', '{']),
    };
    let slip = Slip::new("a list, where one value is needed", "remove the brackets");
    is_one.then(|| slip.fixed_by([(0..written.len(), inner.to_owned())]))
}

/// `{template: "…"}`
fn keys_for_text(written: &str) -> Option<Slip> {
    let inner = written.strip_prefix('{').unwrap_or(written).trim_start();
    let (key, _) = inner.split_once(':').filter(|(_, rest)| rest.starts_with([' ', '\n', '\r']))?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    is_key.then(|| Slip::new("this is a key with a value", "write the text itself, without a key before it"))
}

/// `"421"`, `[421]`
fn digits(written: &str) -> Option<Slip> {
    let inner = [('"', '"'), ('\'', '\''), ('[', ']')]
        .iter()
        .find_map(|(open, close)| written.strip_prefix(*open)?.strip_suffix(*close))?
        .trim();
    let (label, help) = match written.starts_with('[') {
        true => ("a list, where one value is needed", "remove the brackets"),
        false => ("a text, where a number is needed", "remove the quotes"),
    };
    let is_number = !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Slip::new(label, help).fixed_by([(0..written.len(), inner.to_owned())]))
}

fn list_for_keys(key: Option<&str>, what: &str) -> Slip {
    let help = match key {
        Some("allow") => "write the warning and the reason, as in `allow: {W003: \"the page was withdrawn\"}`",
        Some("links") => "say what each link is, as in `links: {postmaster: https://…}`",
        Some(_) => "write keys with values, without a dash or brackets",
        None => match what {
            "list of categories" => "write `categories:` in the line above, and indent the list",
            "list of moved rules" => "write `moved:` in the line above, and indent the list",
            "list of enhanced codes" => "write the list under `codes:`, beside `classes:` and `subjects:`",
            "provider" | "phrase file" => "write its keys without a dash, and the rules as a list under `rules:`",
            _ => "write its keys without a dash",
        },
    };
    Slip::new("this is a list", help)
}

/// `1h`, `30 minutes`
fn seconds(written: &str) -> Slip {
    let slip = Slip::new("not a number of seconds", "write the seconds as a whole number, as in 3600");
    let text = written.trim_matches(['"', '\'']);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let unit = match unit.trim() {
        "s" | "sec" | "seconds" | "" => 1,
        "m" | "min" | "minutes" | "minute" => 60,
        "h" | "hour" | "hours" => 3600,
        "d" | "day" | "days" => 86_400,
        _ => return slip,
    };
    match number.parse::<u32>().ok().and_then(|number| number.checked_mul(unit)) {
        Some(seconds) => slip.fixed_by([(0..written.len(), seconds.to_string())]),
        None if digits > 0 => Slip::new("too many seconds", "write how long to wait in seconds: a day is 86400"),
        None => slip,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(written: &str, need: Need, key: &str) -> Option<String> {
        let slip = of(written, need, Some(key), "rule")?;
        let mut text = written.to_owned();
        for (range, replacement) in slip.edits.iter().rev() {
            text.replace_range(range.clone(), replacement);
        }
        Some(text)
    }

    #[test]
    fn what_was_meant() {
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(mended("-\"a b\"\n  -\"c\"", Need::List, "examples"), is("- \"a b\"\n  - \"c\""));
        assert_eq!(mended("– \"a b\"", Need::List, "examples"), is("- \"a b\""));
        assert_eq!(mended("a.example, b.example", Need::List, "mx"), is("[a.example, b.example]"));
        assert_eq!(mended("421, 450", Need::Other, "reply"), is("[421, 450]"));
        assert_eq!(mended("421 a, b c", Need::List, "examples"), None);
        assert_eq!(mended("421 Sorry: \"no\"", Need::Text, "examples"), is("'421 Sorry: \"no\"'"));
        assert_eq!(mended("[spam]", Need::Text, "category"), is("spam"));
        assert_eq!(mended("[\"a, b\"]", Need::Text, "text"), is("\"a, b\""));
        assert_eq!(mended("[see below]", Need::Text, "explanation"), None);
        assert_eq!(mended("30 minutes", Need::Number, "retry_after"), is("1800"));
        assert_eq!(mended("\"421\"", Need::Number, "reply"), is("421"));
        assert_eq!(mended("[ 421 ]", Need::Number, "reply"), is("421"));
        assert_eq!(mended("[421, 450]", Need::Number, "reply"), None);
        assert_eq!(mended("-5", Need::Number, "retry_after"), is("-5"), "nothing is certain here");
    }
}
