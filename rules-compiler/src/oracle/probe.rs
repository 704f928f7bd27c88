//! One pattern tried alone.

use super::Codes;
use super::judge::codes_hold;
use super::pattern::Trial;
use super::reading::Reading;
use crate::catalogue::Position;
use crate::lower::{Meaning, Pattern, PatternMatcher};
use crate::template::{Item, Template};
use rules_runtime::tables::Level;
use std::ops::Range;

/// A reply, read once for many patterns.
#[derive(Debug)]
pub struct ReadReply<'a>(Reading<'a>);

/// A pattern ready to be tried on replies.
#[derive(Debug)]
pub struct Probe(Trial);

/// Where a pattern matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matched<'a> {
    /// Where the match starts and ends in [`ReadReply::text`].
    pub range: (usize, usize),
    /// What stands there, as in the reply.
    pub original: &'a [u8],
    /// Whether it matched the words around a quoted reply.
    pub outside: bool,
    /// Whether the codes that go with these words are those that the rule asks for.
    pub suits: bool,
}

impl<'a> ReadReply<'a> {
    /// Reads a reply.
    #[must_use]
    pub fn of(reply: &'a [u8]) -> Self {
        Self(Reading::of(reply))
    }

    /// The text behind the leading codes, in lower case, white space folded.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.0.text
    }

    /// The codes of the innermost reply.
    #[must_use]
    pub fn codes(&self) -> &Codes {
        &self.0.inner
    }
}

impl Probe {
    /// Prepares a pattern.
    #[must_use]
    pub fn new(pattern: &Pattern) -> Self {
        Self(Trial::new(pattern))
    }

    /// The first match, that in the innermost reply before one around it.
    #[must_use]
    pub fn find<'a>(&self, reply: &ReadReply<'a>) -> Option<Matched<'a>> {
        let (reading, pattern) = (&reply.0, &self.0.pattern);
        if !self.0.is_worth_trying(reading) {
            return None;
        }
        let found = self.0.find(reading, reading.quoted.unwrap_or(0)).or_else(|| self.0.find(reading, 0))?;
        Some(Matched {
            range: (found.start, found.end),
            original: reading.original(found.start, found.end),
            outside: !reading.is_inside(found.start),
            suits: codes_hold(reading.codes_at(found.start), &pattern.reply, &pattern.status, &pattern.requires),
        })
    }
}

/// The bytes of a reply that the first of some templates that stands in it leaves open, in order.
#[must_use]
pub fn variable_parts(templates: &[Template], position: Position, reply: &str) -> Vec<Range<usize>> {
    let reading = Reading::of(reply.as_bytes());
    let found = templates.iter().find_map(|template| {
        let trial = Trial::new(&every_hole_named(template, position));
        let worth = trial.is_worth_trying(&reading);
        worth.then(|| trial.find(&reading, reading.quoted.unwrap_or(0)).or_else(|| trial.find(&reading, 0))).flatten()
    });
    let range = |(start, end): (usize, usize)| {
        let original = reading.original(start, end);
        let start = original.as_ptr().addr() - reply.as_ptr().addr();
        start..start + original.len()
    };
    let fields = found.map(|found| found.fields).unwrap_or_default();
    fields.into_iter().map(|(_, _, place)| range(place)).collect()
}

/// A template as a pattern that reports all that varies, and nothing else.
fn every_hole_named(template: &Template, position: Position) -> Pattern {
    let mut items = template.items();
    for item in &mut items {
        match item {
            Item::Hole { field, .. } | Item::Gap { field } => *field = Some(String::new()),
            Item::Literal { fields, .. } => fields.clear(),
            Item::Choice { .. } | Item::Expression(_) => {}
        }
    }
    Pattern {
        meaning: Meaning::Marker(0),
        matcher: PatternMatcher::Template { template: template.clone(), items },
        provider: None,
        level: Level::Phrase,
        requires: Vec::new(),
        position,
        over_quoted: false,
        stages: Vec::new(),
        reply: Vec::new(),
        status: Vec::new(),
    }
}

/// Whether a hole of a type takes all of a text.
#[cfg(test)]
pub(crate) fn takes_whole(kind: rules_runtime::FieldType, text: &[u8]) -> bool {
    super::hole::Hole::new(kind, 0).matches(text, 0).is_some_and(|taken| taken.end == text.len())
}
