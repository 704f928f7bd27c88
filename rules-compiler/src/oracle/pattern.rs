//! A pattern tried at every place of a text.

use super::hole::{Hole, alphanumeric_at};
use super::reading::{Reading, is_word};
use crate::catalogue::Position;
use crate::lower::{Pattern, PatternMatcher};
use crate::template::{Item, LiteralField};
use regex::bytes::{Regex, RegexBuilder};
use rules_runtime::FieldType;

/// A pattern ready to be tried.
#[derive(Debug)]
pub struct Trial {
    /// The pattern.
    pub pattern: Pattern,
    /// Its text between gaps; none for a pattern without text.
    parts: Vec<Part>,
    /// What each gap between two parts is reported as.
    gaps: Vec<Option<String>>,
    /// Texts of which one must stand in the reply, for each literal and each choice.
    needed: Vec<Vec<Vec<u8>>>,
    /// The regular expression, for a text that may hold it.
    expression: Option<Regex>,
}

/// What stands between two gaps, spelled out for each way to choose among the choices, in the order in which they are
/// tried; one of no pieces where a gap opens or closes the template.
type Part = Vec<Vec<Piece>>;

#[derive(Debug, Clone)]
enum Piece {
    Literal {
        bytes: Vec<u8>,
        fields: Vec<LiteralField>,
    },
    Hole {
        hole: Hole,
        kind: FieldType,
        field: Option<String>,
    },
    /// A regular expression, for all of a match.
    Expression(Regex),
}

/// A field's name, type and place in the text.
pub type Field = (String, FieldType, (usize, usize));

/// Where a pattern matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Its fields.
    pub fields: Vec<Field>,
}

impl Trial {
    /// Prepares a pattern.
    pub fn new(pattern: &Pattern) -> Self {
        let (mut parts, mut gaps, mut needed) = (vec![vec![Vec::new()]], Vec::new(), Vec::new());
        let mut expression = None;
        let items = match &pattern.matcher {
            PatternMatcher::Template { items, .. } => items.as_slice(),
            PatternMatcher::Textless => &[],
        };
        for item in items {
            let pieces = match item {
                Item::Gap { field } => {
                    gaps.push(field.clone());
                    parts.push(vec![Vec::new()]);
                    continue;
                }
                Item::Literal { bytes, fields } => {
                    needed.push(vec![bytes.clone()]);
                    vec![Piece::Literal { bytes: bytes.clone(), fields: fields.clone() }]
                }
                Item::Choice { texts } => {
                    needed.push(texts.clone());
                    texts.iter().map(|text| Piece::Literal { bytes: text.clone(), fields: Vec::new() }).collect()
                }
                Item::Expression(written) => {
                    expression = Some(regex(&written.lower));
                    vec![Piece::Expression(regex(&format!(r"\A(?:{})\z", written.lower)))]
                }
                Item::Hole { kind, stop, field } => {
                    vec![Piece::Hole { hole: Hole::new(*kind, *stop), kind: *kind, field: field.clone() }]
                }
            };
            if let Some(part) = parts.last_mut() {
                *part = part.iter().flat_map(|way| pieces.iter().map(move |piece| with(way, piece))).collect();
            }
        }
        Self { pattern: pattern.clone(), parts, gaps, needed, expression }
    }

    /// Whether the text holds what the pattern cannot do without.
    pub fn is_worth_trying(&self, reading: &Reading<'_>) -> bool {
        let has_text = matches!(self.pattern.matcher, PatternMatcher::Template { .. });
        let expression = self.expression.as_ref();
        has_text
            && expression.is_none_or(|expression| expression.is_match(&reading.text))
            && self.needed.iter().all(|texts| texts.iter().any(|text| reading.holds(text)))
    }

    /// The first match in its position at or behind a place.
    pub fn find(&self, reading: &Reading<'_>, from: usize) -> Option<Found> {
        // A template that opens with a gap starts where the search does.
        let last = if self.parts[0].iter().all(Vec::is_empty) { from } else { reading.text.len() };
        (from..=last).filter_map(|start| self.at(&reading.text, start)).find(|found| self.in_place(found, reading))
    }

    /// Whether a match stands where its rule wants it: in the innermost reply, or in all of the text.
    fn in_place(&self, found: &Found, reading: &Reading<'_>) -> bool {
        let first = found.start == 0 || Some(found.start) == reading.quoted;
        let closes = |end: usize| {
            let rest = reading.text.get(found.end..end);
            rest.is_some_and(|rest| rest.iter().all(|byte| b" .!)]>\"'".contains(byte)))
        };
        let last = closes(reading.text.len()) || closes(reading.remark);
        match self.pattern.position {
            Position::Anywhere => true,
            Position::Prefix => first,
            Position::Suffix => last,
            Position::Whole => first && last,
        }
    }

    /// Matches the whole template with its first part at a place, and every other at the first place that it can have.
    fn at(&self, text: &[u8], start: usize) -> Option<Found> {
        let (first, others) = self.parts.split_first()?;
        let (mut end, mut fields) = match_part(first, text, start)?;
        for (number, (gap, part)) in self.gaps.iter().zip(others).enumerate() {
            let closes = part.iter().all(Vec::is_empty) && number + 1 == others.len();
            let mut places = if closes { text.len()..=text.len() } else { end..=text.len() };
            let (next, (part_end, part_fields)) =
                places.find_map(|place| Some((place, match_part(part, text, place)?)))?;
            fields.extend(gap.iter().map(|name| (name.clone(), FieldType::Text, trimmed(text, end, next))));
            fields.extend(part_fields);
            end = part_end;
        }
        fields.retain(|(_, _, (start, end))| start < end);
        Some(Found { start, end, fields })
    }
}

/// The pieces with one more; an empty text is no piece.
fn with(way: &[Piece], piece: &Piece) -> Vec<Piece> {
    let empty = matches!(piece, Piece::Literal { bytes, .. } if bytes.is_empty());
    way.iter().chain((!empty).then_some(piece)).cloned().collect()
}

/// Matches a part at a place, in the first way that fits. Returns where it ends, and its fields.
fn match_part(part: &Part, text: &[u8], start: usize) -> Option<(usize, Vec<Field>)> {
    part.iter().find_map(|way| match_way(way, text, start))
}

fn match_way(part: &[Piece], text: &[u8], start: usize) -> Option<(usize, Vec<Field>)> {
    let mut fields = Vec::new();
    let mut at = start;
    let begins = match part.first() {
        Some(Piece::Literal { bytes, .. }) => text[start..].starts_with(bytes),
        _ => true,
    };
    if !begins || !may_start(part, text, start) {
        return None;
    }
    for piece in part {
        match piece {
            Piece::Literal { bytes, fields: named } => {
                if !text[at..].starts_with(bytes) {
                    return None;
                }
                let span = |field: &LiteralField| (at + field.start, at + field.start + field.length);
                fields.extend(named.iter().map(|field| (field.name.clone(), FieldType::Token, span(field))));
                at += bytes.len();
            }
            Piece::Expression(expression) => at = longest(expression, text, at)?,
            Piece::Hole { hole, kind, field } => {
                let taken = hole.matches(text, at)?;
                fields.extend(field.clone().zip(taken.value).map(|(name, value)| (name, *kind, value)));
                at = taken.end;
            }
        }
    }
    may_end(part, text, at).then_some((at, fields))
}

/// Where the longest match of an expression ends: not within a word.
fn longest(expression: &Regex, text: &[u8], start: usize) -> Option<usize> {
    let goes_on = |end: usize| alphanumeric_at(text, end) || text.get(end) == Some(&b'@');
    let in_word = |end: usize| text[end - 1].is_ascii_alphanumeric() && goes_on(end);
    (start + 1..=text.len()).rev().find(|end| !in_word(*end) && expression.is_match(&text[start..*end]))
}

/// `.` is any byte, or any character where the expression itself is not ASCII.
#[allow(clippy::expect_used, reason = "checked when the catalogue was")]
fn regex(text: &str) -> Regex {
    let unicode = !text.is_ascii();
    let mut builder = RegexBuilder::new(text);
    builder.unicode(unicode).dot_matches_new_line(true).build().expect("a checked expression")
}

/// Whether a part may start at a place: not within a word, and not within what its hole could take.
fn may_start(part: &[Piece], text: &[u8], start: usize) -> bool {
    let before = start.checked_sub(1).map(|before| text[before]);
    match (part.first(), before) {
        (Some(Piece::Literal { bytes, .. }), Some(before)) => {
            !is_word(bytes[0]) || bytes[0] >= 0xE0 || !is_word(before)
        }
        (Some(Piece::Hole { hole, .. }), Some(before)) => !hole.begins(before),
        (Some(Piece::Expression(_)), Some(before)) => {
            text.get(start).is_none_or(|first| !is_word(*first) || *first >= 0xE0 || !is_word(before))
        }
        (None, _) | (_, None) => true,
    }
}

/// Whether a part may end at a place: not within a word, and not in an address before its at sign.
fn may_end(part: &[Piece], text: &[u8], end: usize) -> bool {
    match part.last() {
        Some(Piece::Literal { bytes, .. }) => {
            let goes_on = alphanumeric_at(text, end) || text.get(end) == Some(&b'@');
            !bytes.last().is_some_and(u8::is_ascii_alphanumeric) || !goes_on
        }
        _ => true,
    }
}

/// A range without the spaces at its ends.
fn trimmed(text: &[u8], start: usize, end: usize) -> (usize, usize) {
    let before = text[start..end].iter().take_while(|byte| **byte == b' ').count();
    let behind = text[start + before..end].iter().rev().take_while(|byte| **byte == b' ').count();
    (start + before, end - behind)
}
