//! Numbers: sizes, limits, times to wait; and those that belong to the wording.

use super::{Claims, Kind, pattern};
use regex::Regex;
use rules_runtime::FieldType;
use std::sync::LazyLock;

static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"[0-9]+(?:[.,][0-9]+)*"));
static STATUS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\A[245]\.[0-9]{1,3}\.[0-9]{1,3}\z"));

/// What a number behind these words belongs to: `RFC 5321`, `port 25`, `TLS 1.2`.
const FIXING: [&str; 14] = [
    "rfc", "rfcs", "port", "section", "tls", "tlsv", "ssl", "sslv", "version", "level", "class", "step", "ipv",
    "appendix",
];

static GROUPED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b[0-9]{1,3}(?: [0-9]{3}){2,}\b"));

/// `5 368 709 120`, which no hole for a number holds.
pub fn claim_grouped(claims: &mut Claims<'_>) {
    for range in claims.matches(&GROUPED) {
        claims.claim(range, Kind::Hole(FieldType::Text));
    }
}

pub fn claim(claims: &mut Claims<'_>) {
    for range in claims.matches(&NUMBER) {
        let number = &claims.text[range.clone()];
        let (before, after) = (claims.before(range.start), claims.after(range.end));
        let in_word =
            before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.') || is_word_behind(claims, range.end);
        let fixed = STATUS.is_match(number)
            || FIXING.contains(&claims.word_before(range.start).as_str())
            || is_reply_code(number)
                && (before == Some('#')
                    || matches!(claims.word_before(range.start).as_str(), "error" | "code" | "smtp"))
            || after == Some('.') && claims.text[range.end + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
        if !in_word && !fixed {
            claims.claim(range, Kind::Hole(FieldType::Number));
        }
    }
}

/// Whether letters go on behind a number that are no unit: `4xx`, `7-bit`; but not `10MB`.
fn is_word_behind(claims: &Claims<'_>, end: usize) -> bool {
    const UNITS: [&str; 14] = ["b", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "k", "m", "s", "h", "min", "sec"];
    let rest = &claims.text[end..];
    let joined = rest.strip_prefix('-').filter(|rest| rest.starts_with(char::is_alphabetic));
    if joined.is_some() {
        return true;
    }
    let letters: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
    !letters.is_empty() && !UNITS.contains(&letters.to_lowercase().as_str())
}

fn is_reply_code(number: &str) -> bool {
    number.len() == 3 && number.starts_with(['2', '3', '4', '5'])
}
