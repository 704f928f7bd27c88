//! Codes at the start of a text, and what announces a quoted one.

use regex::bytes::{Captures, Regex};
use std::sync::LazyLock;

/// An enhanced status code: class, subject, detail.
pub type Status = (u8, u16, u16);

/// The codes of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Codes {
    /// The reply code, 200 to 599.
    pub reply: Option<u16>,
    /// The enhanced status code.
    pub status: Option<Status>,
    /// Whether the text only mentions the reply code.
    pub mentioned: bool,
}

/// Codes that stand side by side at the start of a text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Group {
    /// The codes.
    pub codes: Codes,
    /// Whether a hyphen follows the reply code, as on every line of a reply but its last.
    pub hyphen: bool,
    /// How many bytes they take, with the white space behind them.
    pub length: usize,
}

static REPLY: LazyLock<Regex> = LazyLock::new(|| regex(r"\A([2-5][0-9]{2})(?:(-)[\x00-\x20]*|[\x00-\x20]+|\z)"));
static STATUS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\A(#?([245])\.([0-9]{1,3})\.([0-9]{1,3}))(?:[^A-Za-z0-9.]|\.[^0-9]|\.?\z)"));
static BLANKS: LazyLock<Regex> = LazyLock::new(|| regex(r"\A[\x00-\x20]*"));

/// A pattern of bytes, `.` for any of them.
#[allow(clippy::expect_used, reason = "every pattern is made of constants, tried by every test")]
pub(super) fn regex(pattern: &str) -> Regex {
    Regex::new(&format!("(?s-u){pattern}")).expect("a valid pattern")
}

impl Codes {
    /// The first digit: of the reply code, or of the status where there is no reply code.
    #[must_use]
    pub fn class(&self) -> Option<u8> {
        let reply = self.reply.and_then(|reply| u8::try_from(reply / 100).ok());
        reply.or(self.status.map(|(class, _, _)| class))
    }

    /// Whether they say that the command succeeded or goes on.
    #[must_use]
    pub fn succeeded(&self) -> bool {
        matches!(self.class(), Some(2 | 3))
    }
}

impl Group {
    /// Reads `550 5.1.1 `, `550-5.1.1 `, `550 `, `5.1.1 ` or nothing.
    pub fn read(text: &[u8]) -> Self {
        let mut group = Self::default();
        if let Some(found) = REPLY.captures(text) {
            group.codes.reply = Some(number(&found, 1));
            group.hyphen = found.get(2).is_some();
            group.length = found[0].len();
        }
        if let Some(found) = STATUS.captures(&text[group.length..]) {
            // The class is one digit.
            group.codes.status = Some((number(&found, 2) as u8, number(&found, 3), number(&found, 4)));
            group.length += found[1].len();
            group.length += BLANKS.find(&text[group.length..]).map_or(0, |blanks| blanks.len());
        }
        group
    }

    /// Whether more than the number itself shows that this is a reply code.
    pub fn is_strong(&self) -> bool {
        self.hyphen || self.codes.status.is_some()
    }
}

/// Digits, at most three.
fn number(found: &Captures<'_>, group: usize) -> u16 {
    found[group].iter().fold(0, |value, digit| value * 10 + u16::from(digit - b'0'))
}

/// A word that announces another server's reply.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)(?:\A|[^a-z0-9])(?:said|was|response|reply|replied|responded|answered|returned|reports|me):",
        r"[\t\n\x0C\r ]*\z",
    ))
});
/// Such a word in a reply that has a code of its own.
static NAMED_WITHIN: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)(?:\A|[^a-z0-9])(?:with|failed|error|bounces|verification):[\t\n\x0C\r ]*\z"));
/// What else stands before any quoted reply code; ASCII white space may follow.
static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)(?:\A",
        r"|[\])]:",
        r"|(?:\A|[^a-z0-9])smtp;",
        r"|<<<",
        r"|smtp error from remote mail server.*:",
        r")[\t\n\x0C\r ]*\z",
    ))
});
/// What stands immediately before any quoted reply code.
static OPENED: LazyLock<Regex> = LazyLock::new(|| regex(r#"[<'"]\z"#));
/// What stands before a strong one.
static ANNOUNCED_STRONG: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)(?::[\t\n\x0C\r ]*|[(\[]|(?:\A|[^a-z0-9])(?:said|replied|responded|answered)[\t\n\x0C\r ]*)\z")
});

/// Whether a word before a reply code says that another server's reply follows; more do `within` a reply with a code.
pub fn is_announced(before: &[u8], within: bool) -> bool {
    NAMED.is_match(before) || within && NAMED_WITHIN.is_match(before)
}

/// Whether what stands before a reply code announces a quoted reply.
pub fn is_introduced(before: &[u8], group: &Group, within: bool) -> bool {
    is_announced(before, within)
        || ANNOUNCED.is_match(before)
        || OPENED.is_match(before)
        || (group.is_strong() && ANNOUNCED_STRONG.is_match(before))
}
