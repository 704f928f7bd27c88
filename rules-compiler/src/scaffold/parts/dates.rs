//! Dates and times of day.

use super::{Claims, Kind, pattern};
use regex::Regex;
use rules_runtime::FieldType;
use std::sync::LazyLock;

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    const DAY: &str = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}";
    const MONTH: &str = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}";
    const CLOCK: &str = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?";
    pattern(&format!(
        concat!(
            r"(?i)\b(?:{DAY},? )?(?:[0-9]{{1,2}} {MONTH} [0-9]{{2,4}}|{MONTH} [0-9]{{1,2}})(?:,? [0-9]{{4}})?(?:,? {CLOCK})?",
            r"|\b[0-9]{{4}}[-/][0-9]{{2}}[-/][0-9]{{2}}(?:[t ]{CLOCK}z?)?",
            r"|\b[0-9]{{1,2}}[./-][0-9]{{1,2}}[./-][0-9]{{4}}(?: {CLOCK})?",
            r"|\b{CLOCK}\b"
        ),
        DAY = DAY,
        MONTH = MONTH,
        CLOCK = CLOCK
    ))
});
/// What a hole for a date takes as well, where it follows.
static MORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\A,? (?:[+-]?[0-9](?:[0-9:/.tz+-]*[0-9z])?",
        r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}",
        r"|am|pm|gmt|utc|est|edt|cet|cest)"
    ))
});
/// What follows a date's first match within its word.
static SAME_WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\A[0-9:/.tz+-]*[0-9z]"));

pub fn claim(claims: &mut Claims<'_>) {
    for range in claims.matches(&DATE) {
        let inside_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let mut end = range.end;
        end += SAME_WORD.find(&claims.text[end..]).map_or(0, |more| more.end());
        if inside_word(claims.before(range.start)) || inside_word(claims.after(end)) {
            continue;
        }
        while let Some(more) = MORE.find(&claims.text[end..]) {
            let next = end..end + more.end();
            if inside_word(claims.after(next.end)) || !claims.is_free(&next) {
                break;
            }
            end += more.end();
        }
        claims.claim(range.start..end, Kind::Hole(FieldType::Date));
    }
}
