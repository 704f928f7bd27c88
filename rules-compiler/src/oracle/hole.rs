//! What each type of hole matches at a place of a folded text.

use super::codes::regex;
use regex::bytes::Regex;
use rules_runtime::FieldType;
use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

/// A hole ready to be matched.
#[derive(Debug, Clone)]
pub struct Hole {
    kind: FieldType,
    /// The bytes that the hole may begin with.
    beginnings: Vec<u8>,
    /// The longest run of its bytes that does not end in closing punctuation.
    run: Regex,
    /// What the run must look like.
    test: Regex,
}

/// What a hole took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// The value; nothing for a stand-in or a masked value.
    pub value: Option<(usize, usize)>,
    /// Where the hole ends.
    pub end: usize,
}

/// What publishers write in the place of a value. No letter or digit may follow.
static STAND_IN: LazyLock<Regex> = LazyLock::new(|| {
    let inside = "[a-z0-9_ -]{1,24}";
    regex(&format!(r"\A(?:<{inside}>|\{{{inside}\}}|%[a-z]|\$\({inside}\)|\$\{{{inside}\}}|\$[a-z_-]{{1,24}})"))
});

static MASK: LazyLock<Regex> = LazyLock::new(|| regex("[x*]"));

/// The bytes that a hole's run may hold, those it may end with, and what the run must look like.
pub fn definition(kind: FieldType) -> (&'static str, &'static str, &'static str) {
    const NAME: &str = r"[a-z0-9_\x80-\xFF]";
    const NAME_INSIDE: &str = r"[a-z0-9_.\-\x80-\xFF]";
    match kind {
        FieldType::Ip => (
            r"[0-9a-fx*:.]",
            r"[0-9a-fx*]",
            concat!(
                r"\A(?:(?:[0-9]{1,3}|[x*]{1,3})(?:\.(?:[0-9]{1,3}|[x*]{1,3})){3}",
                r"|[0-9a-f.]*:[0-9a-f.]*:[0-9a-f.:]*)\z"
            ),
        ),
        FieldType::Host => (NAME_INSIDE, NAME, r"\A[a-z0-9_\x80-\xFF]"),
        // The last label is not a number.
        FieldType::Domain => (NAME_INSIDE, NAME, r"\A(?:[^.]+\.)+[0-9]*[^.0-9][^.]*\z"),
        FieldType::Email => (
            r#"[!-~\x80-\xFF--<>()\[\]{},;:"`|\\]"#,
            r#"[!-~\x80-\xFF--<>()\[\]{},;:"'`|\\.!?*]"#,
            r"\A[^@'][^@]*@.+\z",
        ),
        FieldType::Url => (r#"[!-~\x80-\xFF--<>"`]"#, r#"[!-~\x80-\xFF--<>"`.,;:!?)\]}']"#, r"\."),
        FieldType::Number => (r"[0-9.,]", r"[0-9]", r"\A[0-9]"),
        FieldType::Token => (r#"[!-~\x80-\xFF--<>()\[\]{},;"'`]"#, r#"[!-~\x80-\xFF--<>()\[\]{},;"'`.:!?]"#, r"\A."),
        // A date is made of words, see below; a gap is no hole: neither has a run.
        FieldType::Date | FieldType::Text => (r"[a&&b]", r"[a&&b]", r"\A.\z"),
    }
}

impl Hole {
    /// A hole of a type that leaves a byte, unless it is 0, to the literal behind it. Each is made once.
    pub fn new(kind: FieldType, stop: u8) -> Self {
        static MADE: LazyLock<Mutex<BTreeMap<(FieldType, u8), Hole>>> = LazyLock::new(Mutex::default);
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        made.entry((kind, stop)).or_insert_with(|| Self::made(kind, stop)).clone()
    }

    fn made(kind: FieldType, stop: u8) -> Self {
        let (member, end, test) = definition(kind);
        let stopped = |class: &str| match stop {
            0 => class.to_owned(),
            stop => format!(r"[{class}--\x{stop:02X}]"),
        };
        let (member, end) = (stopped(member), stopped(end));
        // An IPv6 address may end in two colons.
        let colons = if kind == FieldType::Ip && stop != b':' { "(?:::)?" } else { "" };
        let one = regex(&format!(r"\A{member}"));
        let begins = |byte: &u8| one.is_match(&[*byte]) && !(kind == FieldType::Email && *byte == b'\'');
        Self {
            kind,
            beginnings: (0..=u8::MAX).filter(begins).collect(),
            run: regex(&format!(r"\A(?:{member}*{end})?{colons}")),
            test: regex(test),
        }
    }

    /// Whether the hole could begin with a byte.
    pub fn begins(&self, byte: u8) -> bool {
        self.beginnings.contains(&byte)
    }

    /// Matches the hole at a place, in the only way there is.
    pub fn matches(&self, text: &[u8], at: usize) -> Option<Taken> {
        let rest = &text[at..];
        if let Some(found) = STAND_IN.find(rest).filter(|found| !alphanumeric_at(rest, found.end())) {
            return Some(Taken { value: None, end: at + found.end() });
        }
        if self.kind == FieldType::Date {
            let end = at + date(rest)?;
            return Some(Taken { value: Some((at, end)), end });
        }
        let enclosed = self.kind == FieldType::Email && rest.starts_with(b"<");
        let start = at + usize::from(enclosed);
        let value = self.run.find(&text[start..])?.as_bytes();
        if !self.test.is_match(value) {
            return None;
        }
        let end = start + value.len();
        if enclosed && text.get(end) != Some(&b'>') {
            return None;
        }
        let masked = self.kind == FieldType::Ip && MASK.is_match(value);
        Some(Taken { value: (!masked).then_some((start, end)), end: end + usize::from(enclosed) })
    }
}

/// Whether a letter or a digit stands at a place.
pub fn alphanumeric_at(text: &[u8], at: usize) -> bool {
    text.get(at).is_some_and(u8::is_ascii_alphanumeric)
}

/// A number of a date, such as `2026-11-23t10:00:00z` or `+0100`. No letter or digit may follow.
static DATE_NUMBER: LazyLock<Regex> = LazyLock::new(|| regex(r"\A[+-]?[0-9](?:[0-9:/.tz+-]*[0-9z])?"));
/// All letters of a word.
static LETTERS: LazyLock<Regex> = LazyLock::new(|| regex(r"\A[a-z]+"));
static DATE_NAME: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"\A(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}",
        r"|am|pm|gmt|utc|est|edt|cet|cest)\z"
    ))
});

/// The length of a date at the start of a text: words with a space, or a comma and a space, between them; at least one
/// of them is a number.
fn date(text: &[u8]) -> Option<usize> {
    let mut end = 0;
    let mut next = 0;
    let mut numbers = false;
    loop {
        let rest = &text[next..];
        let number = DATE_NUMBER.find(rest).filter(|found| !alphanumeric_at(rest, found.end()));
        let name = LETTERS.find(rest).filter(|found| DATE_NAME.is_match(found.as_bytes()));
        let Some(word) = number.or(name) else { break };
        numbers |= number.is_some();
        end = next + word.len();
        let comma = usize::from(text.get(end) == Some(&b','));
        next = end + comma + 1;
        if text.get(next - 1) != Some(&b' ') {
            break;
        }
    }
    numbers.then_some(end)
}
