//! A template as the matcher sees it: literals in lower case, holes that know where to stop, anchors.

use super::{Piece, Template};
use rules_runtime::FieldType;
use rules_runtime::template::{ends, takes};

/// Fewest bytes that an anchor has.
pub const ANCHOR_MIN: usize = 4;
/// Most bytes of an anchor that are looked at.
pub const ANCHOR_MAX: usize = 8;

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
    /// Which item: always a literal.
    pub item: usize,
    /// How far behind the literal's start.
    pub offset: usize,
    /// The first item of the part that the literal belongs to.
    pub part: usize,
    /// Four to eight bytes of the literal.
    pub bytes: Vec<u8>,
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
                Piece::Hole { kind: FieldType::Text, field } => items.push(Item::Gap { field: field.clone() }),
                Piece::Hole { kind, field } => items.push(Item::Hole { kind: *kind, stop: 0, field: field.clone() }),
            }
        }
        for at in 1..items.len() {
            let (before, behind) = items.split_at_mut(at);
            let last = !matches!(behind.get(1), Some(Item::Hole { .. }));
            if let (Some(Item::Hole { kind, stop, .. }), Item::Literal { bytes, .. }) = (before.last_mut(), &behind[0])
            {
                *stop = stop_at(*kind, bytes, last);
            }
        }
        items
    }

    /// How many bytes are fixed: what makes one template more specific than another.
    #[must_use]
    pub fn literal_length(&self) -> usize {
        self.pieces.iter().map(|piece| if let Piece::Literal { text, .. } = piece { text.len() } else { 0 }).sum()
    }

    /// How many parts vary.
    #[must_use]
    pub fn hole_count(&self) -> usize {
        self.pieces.iter().filter(|piece| matches!(piece, Piece::Hole { .. })).count()
    }

    /// Every place where the scan could find the template.
    #[must_use]
    pub fn anchors(&self) -> Vec<AnchorPlace> {
        anchors(&self.items())
    }
}

/// Where the literal behind a hole starts with a byte that the hole could take, the hole must leave it, unless it is
/// closing punctuation that the hole gives back anyway because something follows that it cannot take.
fn stop_at(kind: FieldType, literal: &[u8], last: bool) -> u8 {
    let first = literal[0];
    if !takes(kind, first) {
        return 0;
    }
    let punctuation = literal.iter().take_while(|byte| takes(kind, **byte) && !ends(kind, **byte)).count();
    let given_back = punctuation > 0
        && match literal.get(punctuation) {
            Some(following) => !takes(kind, *following),
            None => last,
        };
    if given_back { 0 } else { first }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

fn anchors(items: &[Item]) -> Vec<AnchorPlace> {
    let mut places = Vec::new();
    let mut part = 0;
    let mut reachable = true;
    for (item, here) in items.iter().enumerate() {
        match here {
            Item::Gap { .. } => {
                part = item + 1;
                reachable = true;
            }
            Item::Hole { kind, stop, .. } => {
                // From behind the hole the way back must end where the literal before it ends.
                let before = item.checked_sub(1).filter(|_| item > part).map(|at| &items[at]);
                let clear = match before {
                    Some(Item::Literal { bytes, .. }) => {
                        bytes.last().is_some_and(|last| !takes(*kind, *last) || last == stop)
                    }
                    _ => true,
                };
                reachable &= clear && *kind != FieldType::Date;
            }
            Item::Literal { bytes, .. } if reachable => {
                for offset in 0..bytes.len().saturating_sub(ANCHOR_MIN - 1) {
                    let first = bytes[offset];
                    let starts_word = match offset {
                        0 => item == part || first >= 0xE0,
                        _ => !is_word(bytes[offset - 1]) || first >= 0xE0,
                    };
                    if is_word(first) && starts_word {
                        let end = bytes.len().min(offset + ANCHOR_MAX);
                        places.push(AnchorPlace { item, offset, part, bytes: bytes[offset..end].to_vec() });
                    }
                }
            }
            Item::Literal { .. } => {}
        }
    }
    places
}
