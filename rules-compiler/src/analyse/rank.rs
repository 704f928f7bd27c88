//! Which patterns rank alike: everything that the order of the guide looks at is the same, and no `over` decides.

use crate::catalogue::Requirement;
use crate::check::{Checked, RuleIndex};
use crate::lower::{Meaning, Pattern, PatternMatcher, Rules};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

/// What decides between two patterns that match: level, last resort or not, fixed bytes, holes, alternatives. The smaller
/// wins.
pub type Rank = (u8, bool, Reverse<usize>, usize, usize);

/// The rank of each pattern of a rule.
pub fn of(checked: &Checked, pattern: &Pattern, rule: RuleIndex) -> Rank {
    let (literal, holes) = match &pattern.matcher {
        PatternMatcher::Template { template, .. } => (template.literal_length(), template.hole_count()),
        PatternMatcher::Textless => (0, 0),
    };
    let rule = &checked.rules[rule.0];
    (pattern.level as u8, rule.last_resort, Reverse(literal), holes, rule.templates.len())
}

/// The patterns of each rank, as indices into [`Rules::patterns`], each with its rule.
pub fn groups(checked: &Checked, rules: &Rules) -> Vec<Vec<(usize, RuleIndex)>> {
    let mut groups: FxHashMap<Rank, Vec<(usize, RuleIndex)>> = FxHashMap::default();
    for (number, pattern) in rules.patterns.iter().enumerate() {
        if let Meaning::Rule(rule) = pattern.meaning {
            groups.entry(of(checked, pattern, rule)).or_default().push((number, rule));
        }
    }
    let mut groups: Vec<_> = groups.into_values().filter(|group| group.len() > 1).collect();
    groups.sort_unstable();
    groups
}

/// Which rules beat which because somebody said so.
#[derive(Debug)]
pub struct Said {
    /// For each rule, those that it is over, directly or through others.
    over: Vec<FxHashSet<RuleIndex>>,
    /// For each rule, the rank of its strongest pattern.
    best: Vec<Option<Rank>>,
}

impl Said {
    /// Collects every `over`.
    pub fn new(checked: &Checked, rules: &Rules) -> Self {
        let mut best: Vec<Option<Rank>> = vec![None; checked.rules.len()];
        for pattern in &rules.patterns {
            if let Meaning::Rule(rule) = pattern.meaning {
                let rank = of(checked, pattern, rule);
                let known = &mut best[rule.0];
                *known = Some(known.map_or(rank, |known| known.min(rank)));
            }
        }
        let closure = |start: usize| {
            let mut reached = FxHashSet::default();
            let mut open = checked.rules[start].over.clone();
            while let Some(rule) = open.pop() {
                if reached.insert(rule) {
                    open.extend(&checked.rules[rule.0].over);
                }
            }
            reached
        };
        Self { over: (0..checked.rules.len()).map(closure).collect(), best }
    }

    /// Whether one of two rules of that rank beats the other: it is over it, or over one that is stronger than both.
    pub fn settles(&self, one: RuleIndex, other: RuleIndex, rank: Rank) -> bool {
        let beats = |winner: RuleIndex, loser: RuleIndex| {
            let over = &self.over[winner.0];
            over.contains(&loser) || over.iter().any(|rule| self.best[rule.0].is_some_and(|best| best < rank))
        };
        beats(one, other) || beats(other, one)
    }
}

/// Whether evidence could make both patterns hold at once without saying that two providers speak.
pub fn one_speaker(one: &Pattern, other: &Pattern) -> bool {
    let needs = |pattern: &Pattern| pattern.requires.iter().any(|requirement| *requirement != Requirement::Code);
    one.provider == other.provider || !(needs(one) || needs(other))
}
