//! What varies in a reply's text.
//!
//! Each finder claims what it is sure of, the surest first; what is claimed is not looked at again. Where a person's or a
//! host's name might be, a hole is the better guess: a template with a hole too many still matches, and a name that
//! was missed would be published.

mod addresses;
mod codes;
mod dates;
mod hosts;
mod ids;
mod numbers;
mod people;
mod urls;

use super::known::Known;
pub use super::known::host_of;
use regex::Regex;
use rules_runtime::FieldType;
use std::collections::BTreeSet;
use std::ops::Range;

pub use urls::private_parts;

/// A part of a text that is no wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It varies.
    Hole(FieldType),
    /// The provider's own code for what happened.
    Code,
    /// It looks as if it varied, but is part of the wording.
    Fixed,
}

/// The parts of a text, in order.
///
/// `names` are words that are known to be somebody's, in lower case.
#[must_use]
pub fn find(text: &str, known: &Known, names: &BTreeSet<String>) -> Vec<Part> {
    let mut claims = Claims { text, parts: Vec::new() };
    urls::claim(&mut claims, known);
    addresses::claim_mail(&mut claims, known);
    addresses::claim_ip(&mut claims);
    dates::claim_foreign(&mut claims);
    dates::claim(&mut claims);
    ids::claim_findings(&mut claims);
    // `jane.doe` is the name before a sign, and no host.
    ids::claim_names(&mut claims, names);
    people::claim(&mut claims);
    hosts::claim(&mut claims, known);
    addresses::claim_ip_in_names(&mut claims);
    codes::claim(&mut claims);
    ids::claim(&mut claims);
    numbers::claim_grouped(&mut claims);
    numbers::claim(&mut claims);
    claim_odd_spaces(&mut claims);
    claims.parts.sort_by_key(|part| part.range.start);
    claims.parts
}

/// Words with a space in them that a template cannot spell: it folds them, and a reply's stay.
fn claim_odd_spaces(claims: &mut Claims<'_>) {
    for (at, _) in claims.text.char_indices().filter(|(_, c)| c.is_whitespace() && !c.is_ascii()) {
        let start = claims.text[..at].rfind(' ').map_or(0, |space| space + 1);
        let end = claims.text[at..].find(' ').map_or(claims.text.len(), |space| at + space);
        claims.claim(start..end, Kind::Hole(FieldType::Text));
    }
}

/// What was claimed of a text.
struct Claims<'a> {
    text: &'a str,
    parts: Vec<Part>,
}

impl<'a> Claims<'a> {
    /// Takes a range, unless part of it is taken.
    fn claim(&mut self, range: Range<usize>, kind: Kind) -> bool {
        let free = !range.is_empty() && self.is_free(&range);
        if free {
            self.parts.push(Part { range, kind });
        }
        free
    }

    fn is_free(&self, range: &Range<usize>) -> bool {
        self.parts.iter().all(|part| part.range.end <= range.start || range.end <= part.range.start)
    }

    /// Where an expression matches what is not taken.
    fn matches(&self, pattern: &Regex) -> Vec<Range<usize>> {
        pattern.find_iter(self.text).map(|found| found.range()).filter(|range| self.is_free(range)).collect()
    }

    /// The words between white space and the punctuation that no token holds.
    fn words(&self) -> Vec<Range<usize>> {
        let apart = |c: char| c.is_whitespace() || "<>()[]{},;\"'`=|".contains(c);
        let mut words = Vec::new();
        let mut start = 0;
        for (at, c) in self.text.char_indices().chain([(self.text.len(), ' ')]) {
            if apart(c) {
                let word = &self.text[start..at];
                let end = start + word.trim_end_matches(['.', ':', '!', '?']).len();
                if start < end && self.is_free(&(start..end)) {
                    words.push(start..end);
                }
                start = at + c.len_utf8();
            }
        }
        words
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    fn after(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// The word before a place, in lower case.
    fn word_before(&self, at: usize) -> String {
        let apart = |c: char| !c.is_alphanumeric();
        let before = self.text[..at].trim_end_matches(apart);
        before.rsplit(apart).next().unwrap_or_default().to_lowercase()
    }
}

/// An expression that is part of the program.
#[allow(clippy::expect_used, reason = "every pattern is a constant, tried by the tests")]
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}
