//! A template as the matcher sees it: literals in lower case, holes that know where to stop, anchors.

use super::expression::Expression;
use super::{Piece, Problem, Template};
use rules_runtime::FieldType;
use rules_runtime::template::{begins, ends, takes};
use std::sync::Arc;

/// Fewest bytes that an anchor has.
pub const ANCHOR_SHORTEST: usize = 4;
/// Most bytes that an anchor has.
pub const ANCHOR_LONGEST: usize = 16;
/// Most anchors for one place of a template: one for each way to go on from there.
const MAX_SET: usize = 12;

/// A part of a template, for the matcher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// Fixed text.
    Literal {
        /// The text, ASCII letters in lower case.
        bytes: Vec<u8>,
        /// The named parts of it.
        fields: Vec<LiteralField>,
    },
    /// One of several texts.
    Choice {
        /// The texts, ASCII letters in lower case.
        texts: Vec<Vec<u8>>,
    },
    /// A typed hole; never [`FieldType::Text`].
    Hole {
        /// What it matches.
        kind: FieldType,
        /// The byte that it must leave to the literal behind it; 0 for none.
        stop: u8,
        /// The field.
        field: Option<String>,
    },
    /// A gap.
    Gap {
        /// The field.
        field: Option<String>,
    },
    /// A regular expression.
    Expression(Arc<Expression>),
}

/// A named part of a literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiteralField {
    /// The field's name.
    pub name: String,
    /// Where it starts in the literal.
    pub start: usize,
    /// Its length in bytes.
    pub length: usize,
}

/// A place in a template where the scan can find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnchorPlace {
    /// Which item: a literal or a choice.
    pub item: usize,
    /// How far behind the start of the literal, or of the text that was chosen.
    pub offset: usize,
    /// The first item of the part that it belongs to.
    pub part: usize,
    /// Four to sixteen bytes from there.
    pub text: Vec<u8>,
}

impl Template {
    /// The template's items: neighbouring literals joined.
    #[must_use]
    pub fn items(&self) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Literal { text, field } => {
                    if !matches!(items.last(), Some(Item::Literal { .. })) {
                        items.push(Item::Literal { bytes: Vec::new(), fields: Vec::new() });
                    }
                    if let Some(Item::Literal { bytes, fields }) = items.last_mut() {
                        let (start, length) = (bytes.len(), text.len());
                        fields.extend(field.iter().map(|name| LiteralField { name: name.clone(), start, length }));
                        bytes.extend(text.bytes().map(|byte| byte.to_ascii_lowercase()));
                    }
                }
                Piece::Choice { texts } => items.push(Item::Choice {
                    texts: texts.iter().map(|text| text.to_ascii_lowercase().into_bytes()).collect(),
                }),
                Piece::Hole { kind: FieldType::Text, field } => items.push(Item::Gap { field: field.clone() }),
                Piece::Hole { kind, field } => items.push(Item::Hole { kind: *kind, stop: 0, field: field.clone() }),
                Piece::Expression(expression) => items.push(Item::Expression(expression.clone())),
            }
        }
        for at in 0..items.len() {
            let stop = match &items[at] {
                Item::Hole { kind, .. } => stops(*kind, &items[at + 1..]).first().copied().unwrap_or(0),
                _ => 0,
            };
            if let Item::Hole { stop: to, .. } = &mut items[at] {
                *to = stop;
            }
        }
        items
    }

    /// Refuses a hole that would have to stop at more than one byte.
    pub(super) fn check_choices(&self) -> Result<(), Problem> {
        let items = self.items();
        let clear = items.iter().enumerate().all(|(at, item)| match item {
            Item::Hole { kind, .. } => stops(*kind, &items[at + 1..]).len() <= 1,
            _ => true,
        });
        if clear { Ok(()) } else { Err(Problem::HoleBeforeChoice) }
    }

    /// How many bytes are fixed, at least: what makes one template more specific than another.
    #[must_use]
    pub fn literal_length(&self) -> usize {
        let length = |piece: &Piece| match piece {
            Piece::Literal { text, .. } => text.len(),
            Piece::Choice { texts } => texts.iter().map(String::len).min().unwrap_or(0),
            Piece::Hole { .. } => 0,
            Piece::Expression(expression) => expression.literal_length(),
        };
        self.pieces.iter().map(length).sum()
    }

    /// How many parts vary.
    #[must_use]
    pub fn hole_count(&self) -> usize {
        self.pieces.iter().filter(|piece| matches!(piece, Piece::Hole { .. } | Piece::Expression(_))).count()
    }

    /// Whether a literal has what an anchor needs, wherever it stands.
    pub(super) fn has_words(&self) -> bool {
        let starts = |text: &[u8], offset: usize| starts_word(text, offset, Before::NoWord);
        let fits = |text: &[u8]| (0..=text.len().saturating_sub(ANCHOR_SHORTEST)).any(|offset| starts(text, offset));
        self.items().iter().any(|item| match item {
            Item::Literal { bytes, .. } => bytes.len() >= ANCHOR_SHORTEST && fits(bytes),
            _ => false,
        })
    }

    /// How the scan could find the template: each entry is a set of places of which every match has one.
    #[must_use]
    pub fn anchors(&self) -> Vec<Vec<AnchorPlace>> {
        anchors(&self.items())
    }
}

/// The bytes at which a hole must stop because of what stands behind it.
///
/// Where a text behind a hole starts with a byte that the hole could take, the hole must leave it, unless it is closing
/// punctuation that the hole gives back anyway because something follows that it cannot take.
fn stops(kind: FieldType, behind: &[Item]) -> Vec<u8> {
    let mut stops = Vec::new();
    let mut add = |text: &[u8], last: bool| {
        let punctuation = text.iter().take_while(|byte| takes(kind, **byte) && !ends(kind, **byte)).count();
        let given_back = punctuation > 0
            && match text.get(punctuation) {
                Some(following) => !takes(kind, *following),
                None => last,
            };
        match text.first() {
            Some(first) if takes(kind, *first) && !given_back && !stops.contains(first) => stops.push(*first),
            _ => {}
        }
    };
    for (at, item) in behind.iter().enumerate() {
        let last = matches!(behind.get(at + 1), None | Some(Item::Gap { .. }));
        match item {
            Item::Literal { bytes, .. } => {
                add(bytes, last);
                break;
            }
            Item::Choice { texts } => {
                texts.iter().for_each(|text| add(text, last));
                if !texts.iter().any(Vec::is_empty) {
                    break;
                }
            }
            Item::Hole { .. } | Item::Gap { .. } | Item::Expression(_) => break,
        }
    }
    stops
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// What is known of the byte before an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// A word starts here if the item starts with a letter or a digit: it is the start of a part, or behind a space.
    NoWord,
    /// It may be a letter or a digit.
    Unknown,
}

fn anchors<'a>(items: &'a [Item]) -> Vec<Vec<AnchorPlace>> {
    let mut sets = Vec::new();
    let mut part = 0;
    let mut reachable = true;
    let mut before = Before::NoWord;
    for (item, here) in items.iter().enumerate() {
        match here {
            Item::Expression(expression) => {
                let place = |text| AnchorPlace { item, offset: 0, part, text };
                sets.extend(expression.anchors().into_iter().map(|set| set.into_iter().map(place).collect()));
            }
            Item::Gap { .. } => {
                part = item + 1;
                reachable = true;
                before = Before::NoWord;
            }
            Item::Hole { kind, stop, .. } => {
                // From behind the hole the way back must end where the text before it ends.
                let clear = |text: &[u8]| text.last().is_none_or(|last| !begins(*kind, *last) || last == stop);
                reachable &= *kind != FieldType::Date
                    && match item.checked_sub(1).filter(|_| item > part).map(|at| &items[at]) {
                        Some(Item::Literal { bytes, .. }) => clear(bytes),
                        Some(Item::Choice { texts }) => texts.iter().all(|text| !text.is_empty() && clear(text)),
                        _ => true,
                    };
                before = Before::Unknown;
            }
            Item::Literal { bytes, .. } => {
                if reachable {
                    for offset in (0..bytes.len()).filter(|offset| starts_word(bytes, *offset, before)) {
                        sets.extend(set(items, item, part, &[(offset, &bytes[offset..])]));
                    }
                }
                before = if bytes.last().is_some_and(|last| is_word(*last)) { Before::Unknown } else { Before::NoWord };
            }
            Item::Choice { texts } => {
                if reachable {
                    let start = |text: &'a Vec<u8>| {
                        let offset = (0..text.len()).find(|offset| starts_word(text, *offset, before))?;
                        Some((offset, &text[offset..]))
                    };
                    let starts: Option<Vec<_>> = texts.iter().map(start).collect();
                    sets.extend(starts.and_then(|starts| set(items, item, part, &starts)));
                }
                let word = |text: &Vec<u8>| match text.last() {
                    Some(last) => is_word(*last),
                    None => before == Before::Unknown,
                };
                before = if texts.iter().any(word) { Before::Unknown } else { Before::NoWord };
            }
        }
    }
    sets
}

/// Whether a word starts at that byte of a text, whatever stands before the text as far as it is not known.
fn starts_word(text: &[u8], offset: usize, before: Before) -> bool {
    let behind_word = match offset {
        0 => before == Before::Unknown,
        _ => is_word(text[offset - 1]),
    };
    is_word(text[offset]) && (!behind_word || text[offset] >= 0xE0)
}

/// The anchors that start in an item at one of these offsets and texts, taken on into the items behind it; none where
/// one of them is too short.
fn set(items: &[Item], item: usize, part: usize, starts: &[(usize, &[u8])]) -> Option<Vec<AnchorPlace>> {
    let mut texts: Vec<(usize, Vec<u8>)> = starts.iter().map(|(offset, text)| (*offset, text.to_vec())).collect();
    for behind in &items[item + 1..] {
        if texts.iter().all(|(_, text)| text.len() >= ANCHOR_LONGEST) {
            break;
        }
        let longer =
            |text: &[u8]| texts.iter().map(|(offset, start)| (*offset, [start, text].concat())).collect::<Vec<_>>();
        let mut extended = match behind {
            Item::Literal { bytes, .. } => longer(bytes),
            Item::Choice { texts } => texts.iter().flat_map(|text| longer(text)).collect(),
            Item::Hole { .. } | Item::Gap { .. } | Item::Expression(_) => break,
        };
        extended.iter_mut().for_each(|(_, text)| text.truncate(ANCHOR_LONGEST));
        extended.sort();
        extended.dedup();
        if extended.len() > MAX_SET {
            break;
        }
        texts = extended;
    }
    texts.iter_mut().for_each(|(_, text)| text.truncate(ANCHOR_LONGEST));
    texts.sort();
    texts.dedup();
    let place = |(offset, text): (usize, Vec<u8>)| {
        (text.len() >= ANCHOR_SHORTEST).then_some(AnchorPlace { item, offset, part, text })
    };
    texts.into_iter().map(place).collect()
}
