//! A quick look before a search: templates without common words do not overlap.

use super::align::{Row, Unit, may_align};
use super::step::is_word;
use super::{Part, State};
use crate::template::Item;
use std::sync::OnceLock;

/// The fixed words of a template.
#[derive(Debug)]
pub struct Words {
    /// All of them, as numbers in order.
    all: Vec<u64>,
    /// In the orders in which they may follow each other; none where that says nothing: words touch holes, or there are
    /// no spaces between words, or too many ways.
    row: Option<Row>,
    /// Its bytes, where they had to be looked at.
    bytes: OnceLock<Row>,
    /// Whether a word could stand in a match twice.
    repeats: bool,
    /// Whether the template stands at the start of the reply.
    first: bool,
    /// At least so many groups of letters stand between spaces in every match.
    groups: usize,
    /// How many of those the holes can take.
    holes: usize,
    /// Whether it is a regular expression, whose words are not looked at.
    expression: bool,
}

impl Words {
    pub(super) fn of(items: &[Item], part: &Part, first: bool) -> Self {
        let groups = |text: &Vec<u8>| {
            text.split(|byte| *byte == b' ').filter(|group| group.iter().any(|byte| is_word(*byte))).count()
        };
        let all_groups: usize = items
            .iter()
            .map(|item| match item {
                Item::Literal { bytes, .. } => groups(bytes),
                Item::Choice { texts } => texts.iter().map(groups).min().unwrap_or(0),
                Item::Hole { .. } | Item::Gap { .. } | Item::Expression(_) => 0,
            })
            .sum();
        let unspaced = part.states().iter().any(|state| matches!(state, State::Byte(0xE0.., _)));
        let expression = items.iter().any(|item| matches!(item, Item::Expression(_)));
        let row = Some(part)
            .filter(|_| !touches(items) && !unspaced && !expression)
            .and_then(|part| Row::of(part, Unit::Words));
        let mut all: Vec<u64> = row.iter().flat_map(Row::words).collect();
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        Self {
            repeats: all.len() < count,
            all,
            row,
            bytes: OnceLock::new(),
            first,
            // Groups of neighbouring items may be one.
            groups: all_groups.saturating_sub(items.len().saturating_sub(1)),
            expression,
            holes: items.iter().filter(|item| matches!(item, Item::Hole { .. })).count(),
        }
    }

    /// Whether the fixed text of this template could stand in another: a template without text stands in all.
    pub fn may_stand_in(&self, other: &Self) -> bool {
        self.row.is_none() || other.row.is_none() || self.all.is_empty() || self.common(other) > 0
    }

    /// Whether two templates could overlap: one within the other, or with two words in common. The parts are theirs.
    pub fn may_overlap(&self, other: &Self, [part, other_part]: [&Part; 2]) -> bool {
        if self.expression || other.expression {
            return true;
        }
        let anchored = [self.first, other.first];
        let (Some(row), Some(other_row)) = (&self.row, &other.row) else {
            return may_align([self.bytes(part), other.bytes(other_part)], anchored);
        };
        let common = self.common(other);
        let shared = if common > 0 && (self.repeats || other.repeats) { common.max(2) } else { common };
        let may = shared >= 2 || self.groups <= other.holes + common || other.groups <= self.holes + common;
        may && may_align([row, other_row], anchored)
    }

    fn bytes(&self, part: &Part) -> &Row {
        self.bytes.get_or_init(|| Row::of(part, Unit::Bytes).unwrap_or_default())
    }

    /// How many words two templates have in common.
    fn common(&self, other: &Self) -> usize {
        let (mut one, mut two) = (self.all.iter().peekable(), other.all.iter().peekable());
        let mut common = 0;
        while let (Some(a), Some(b)) = (one.peek(), two.peek()) {
            let order = a.cmp(b);
            common += usize::from(order.is_eq());
            if order.is_le() {
                one.next();
            }
            if order.is_ge() {
                two.next();
            }
        }
        common
    }
}

/// Whether a hole touches a word.
fn touches(items: &[Item]) -> bool {
    let is_hole = |item: Option<&Item>| matches!(item, Some(Item::Hole { .. }));
    items.iter().enumerate().any(|(at, item)| {
        let (behind_hole, before_hole) = (at > 0 && is_hole(items.get(at - 1)), is_hole(items.get(at + 1)));
        let touched = |text: &Vec<u8>| {
            behind_hole && text.first().is_none_or(|byte| is_word(*byte))
                || before_hole && text.last().is_none_or(|byte| is_word(*byte))
        };
        match item {
            Item::Literal { bytes, .. } => touched(bytes),
            Item::Choice { texts } => texts.iter().any(touched),
            Item::Hole { .. } | Item::Gap { .. } | Item::Expression(_) => false,
        }
    })
}
