//! The provider's own codes: `[TSS04]`, `(S3140)`, `AUP#1310`, `error code 1205`.

use super::{Claims, Kind, pattern};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static CODE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\A(?:[A-Z]{1,10}[-_.#])*[A-Z]{1,10}[-_.#]?[0-9]{1,5}[a-z]?\z"));
static CODE_OF_LETTERS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\A[A-Z]{2,10}(?:[-_][A-Z]{2,10}){1,3}\z"));
static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"\A[0-9]{1,6}\z"));
static HEXADECIMAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"\A0[xX][0-9A-Fa-f]{3,8}\z"));

/// What has the form of a code but is a name that everybody knows.
const COMMON: [&str; 14] =
    ["RFC", "TLS", "TLSV", "SSL", "SHA", "MD", "UTF", "IPV", "AES", "BASE", "SMTP", "ISO", "X", "HTTP"];
const CALLED: [&str; 17] = [
    "code",
    "error",
    "errno",
    "reason",
    "rule",
    "ref",
    "policy",
    "fehlercode",
    "kód",
    "kod",
    "código",
    "codice",
    "код",
    "代码",
    "错误码",
    "コード",
    "エラーコード",
];

pub fn claim(claims: &mut Claims<'_>) {
    for range in claims.words() {
        let word = &claims.text[range.clone()];
        let called = CALLED.contains(&claims.word_before(range.start).as_str());
        let is_code = if NUMBER.is_match(word) {
            called && !is_reply_code(word) && !is_grouped(claims, &range)
        } else if HEXADECIMAL.is_match(word) {
            called
        } else if CODE.is_match(word) && !is_common(word) {
            word.contains('#') || called || is_set_off(claims, &range)
        } else {
            CODE_OF_LETTERS.is_match(word) && is_bracketed(claims, &range)
        };
        if is_code {
            claims.claim(range, Kind::Code);
        }
    }
}

/// `1,204`: the first digits of a number.
fn is_grouped(claims: &Claims<'_>, range: &Range<usize>) -> bool {
    let rest = claims.text[range.end..].strip_prefix(',').unwrap_or_default();
    rest.starts_with(|c: char| c.is_ascii_digit())
}

fn is_reply_code(word: &str) -> bool {
    word.len() == 3 && word.starts_with(['2', '3', '4', '5'])
}

fn is_common(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| !c.is_ascii_uppercase());
    COMMON.contains(&letters)
}

/// In brackets, or the first or the last word: a host's name in the middle of a sentence has the same form.
fn is_set_off(claims: &Claims<'_>, range: &Range<usize>) -> bool {
    let first = range.start == 0;
    let last = claims.text[range.end..].trim_matches(['.', ' ', '-']).is_empty();
    is_bracketed(claims, range) || first || last && !claims.text[..range.start].ends_with(['<', '=', '\'', '"'])
}

fn is_bracketed(claims: &Claims<'_>, range: &Range<usize>) -> bool {
    matches!((claims.before(range.start), claims.after(range.end)), (Some('['), Some(']')) | (Some('('), Some(')')))
}
