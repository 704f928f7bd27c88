//! A quick look before a search: templates without common words do not overlap.

use super::step::is_word;
use super::{Part, State};
use crate::template::Item;
use rules_runtime::FieldType;
use rustc_hash::FxHashSet;

/// The fixed words of a template.
#[derive(Debug)]
pub struct Words {
    /// All of them.
    all: FxHashSet<Vec<u8>>,
    /// Whether that says nothing: words touch holes, or there are no spaces between words, or too many ways.
    unclear: bool,
    /// Whether a word could stand in a match twice.
    repeats: bool,
    /// At least so many groups of letters stand between spaces in every match.
    groups: usize,
    /// How many of those the holes can take.
    holes: usize,
}

/// Most ways to read one word.
const WAYS: usize = 2_000;

impl Words {
    pub(super) fn of(items: &[Item], part: &Part) -> Self {
        let mut words = Self {
            all: FxHashSet::default(),
            unclear: touches(items),
            repeats: false,
            groups: 0,
            holes: items.iter().filter(|item| matches!(item, Item::Hole { .. })).count(),
        };
        let groups = |text: &Vec<u8>| {
            text.split(|byte| *byte == b' ').filter(|group| group.iter().any(|byte| is_word(*byte))).count()
        };
        for item in items {
            words.groups += match item {
                Item::Literal { bytes, .. } => groups(bytes),
                Item::Choice { texts } => texts.iter().map(groups).min().unwrap_or(0),
                Item::Hole { .. } | Item::Gap { .. } | Item::Expression(_) => 0,
            };
        }
        // Groups of neighbouring items may be one.
        words.groups = words.groups.saturating_sub(items.len().saturating_sub(1));
        words.collect(part);
        words
    }

    fn collect(&mut self, part: &Part) {
        let mut starts: FxHashSet<u16> = part.starts().iter().copied().collect();
        for state in part.states() {
            match state {
                State::Byte(byte, _) if *byte >= 0xE0 => self.unclear = true,
                State::Byte(byte, next) if !is_word(*byte) => starts.extend(part.leaves(*next)),
                State::Gap(next) | State::Hole { next, .. } => starts.extend(part.leaves(*next)),
                _ => {}
            }
        }
        let mut ways = 0;
        for start in starts {
            let mut own: FxHashSet<Vec<u8>> = FxHashSet::default();
            let mut open = vec![(start, Vec::new())];
            while let Some((at, word)) = open.pop() {
                ways += 1;
                if ways > WAYS || self.unclear {
                    self.unclear = true;
                    return;
                }
                match part.state(at) {
                    State::Byte(byte, next) if is_word(*byte) => {
                        let word = [word.as_slice(), &[*byte]].concat();
                        open.extend(part.leaves(*next).iter().map(|leaf| (*leaf, word.clone())));
                    }
                    _ if !word.is_empty() => {
                        own.insert(word);
                    }
                    _ => {}
                }
            }
            for word in own {
                self.repeats |= !self.all.insert(word);
            }
        }
    }

    /// Whether the fixed text of this template could stand in another: a template without text stands in all.
    pub fn may_stand_in(&self, other: &Self) -> bool {
        self.unclear || other.unclear || self.all.is_empty() || !self.all.is_disjoint(&other.all)
    }

    /// Whether two templates could overlap: one within the other, or with two words in common.
    pub fn may_overlap(&self, other: &Self) -> bool {
        if self.unclear || other.unclear {
            return true;
        }
        let common = self.all.intersection(&other.all).count();
        let shared = if common > 0 && (self.repeats || other.repeats) { common.max(2) } else { common };
        shared >= 2 || self.groups <= other.holes + common || other.groups <= self.holes + common
    }
}

/// Whether a hole touches a word, or takes more than one group of letters.
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
            Item::Hole { kind, .. } => *kind == FieldType::Date,
            Item::Gap { .. } => false,
            Item::Expression(_) => true,
        }
    })
}
