//! The order in which patterns win.
//!
//! Rules of the last resort need no level of their own: they stand at the end of theirs, which the numbers of the patterns
//! say as well as a level would, and the engine need not know.

use super::{Meaning, Pattern, PatternMatcher, level};
use crate::catalogue::{Owner, Requirement};
use crate::check::{Checked, RuleIndex};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The rules' patterns: by level, those of the last resort at its end, then the more specific first, then as `over` says.
pub fn patterns(checked: &Checked) -> Vec<Pattern> {
    let mut keyed = Vec::new();
    for (index, rule) in checked.rules.iter().enumerate() {
        let index = RuleIndex(index);
        let owner = checked.written(index).owner;
        let level = level(checked, owner);
        let provider = match owner {
            Owner::Provider(provider) => Some(provider),
            Owner::Language(_) => None,
        };
        let mut add = |matcher: PatternMatcher, literal: usize, holes: usize, alternative: usize| {
            let mut requires = rule.requires.clone();
            if matches!(matcher, PatternMatcher::Textless) && !requires.contains(&Requirement::Code) {
                requires.push(Requirement::Code);
            }
            let pattern = Pattern {
                meaning: Meaning::Rule(index),
                matcher,
                provider,
                level,
                requires,
                position: rule.position,
                over_quoted: rule.over_quoted,
                stages: rule.stage.clone(),
                reply: rule.reply.clone(),
                status: rule.status.clone(),
            };
            let id = checked.written(index).id.clone();
            keyed.push((
                (level, rule.last_resort, Reverse(literal), holes, rule.templates.len(), id, alternative),
                pattern,
            ));
        };
        for (alternative, template) in rule.templates.iter().enumerate() {
            add(PatternMatcher::of(template), template.literal_length(), template.hole_count(), alternative);
        }
        if rule.templates.is_empty() {
            add(PatternMatcher::Textless, 0, 0, 0);
        }
    }
    keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
    promote(checked, keyed.into_iter().map(|(_, pattern)| pattern).collect())
}

/// Moves every pattern of a rule that is `over` another to just before the other's first pattern.
fn promote(checked: &Checked, patterns: Vec<Pattern>) -> Vec<Pattern> {
    let rule = |pattern: &Pattern| match pattern.meaning {
        Meaning::Rule(rule) => rule,
        Meaning::Marker(_) => RuleIndex(usize::MAX),
    };
    let mut of_rule: BTreeMap<RuleIndex, Vec<usize>> = BTreeMap::new();
    for (at, pattern) in patterns.iter().enumerate() {
        of_rule.entry(rule(pattern)).or_default().push(at);
    }
    // Filled from the end: a rule's patterns may take the last free places once all those it is over have theirs.
    let mut waits = vec![0_usize; checked.rules.len()];
    let mut frees: Vec<Vec<usize>> = vec![Vec::new(); checked.rules.len()];
    for (winner, checked_rule) in checked.rules.iter().enumerate() {
        for loser in checked_rule.over.iter().filter(|loser| of_rule.contains_key(loser)) {
            waits[winner] += 1;
            frees[loser.0].push(winner);
        }
    }
    let mut left: Vec<usize> =
        (0..checked.rules.len()).map(|at| of_rule.get(&RuleIndex(at)).map_or(0, Vec::len)).collect();
    let free = |pattern: &Pattern| waits.get(rule(pattern).0).is_none_or(|waits| *waits == 0);
    let mut ready: BTreeSet<usize> = (0..patterns.len()).filter(|at| free(&patterns[*at])).collect();
    let mut reversed = Vec::with_capacity(patterns.len());
    while let Some(at) = ready.pop_last() {
        reversed.push(at);
        let RuleIndex(placed) = rule(&patterns[at]);
        let Some(left) = left.get_mut(placed) else { continue };
        *left -= 1;
        if *left > 0 {
            continue;
        }
        for strong in &frees[placed] {
            waits[*strong] -= 1;
            if waits[*strong] == 0 {
                ready.extend(of_rule.get(&RuleIndex(*strong)).into_iter().flatten());
            }
        }
    }
    // `check` has refused cycles, so every pattern has its place.
    reversed.into_iter().rev().map(|at| patterns[at].clone()).collect()
}
