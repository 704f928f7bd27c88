//! What only the whole catalogue can show, proved on automata and not on samples.
//!
//! ```text
//! examples      every example is won by its own rule            -> E090
//! reach         every rule can win                              -> E100
//! ambiguity     rules that rank alike do not disagree           -> E101
//! attribution   no provider claims the words of another         -> E102
//! ```
//!
//! `language` has the automata, `report` the words. What a proof could not follow to the end is said (W100).

mod ambiguity;
mod atoms;
mod attribution;
mod codes;
mod examples;
mod language;
mod parallel;
mod rank;
mod reach;
mod report;
mod witness;

use crate::check::{Checked, RuleIndex};
use crate::diagnostic::Diagnostics;
use crate::lower::Rules;
use crate::source::Sources;
use examples::Astray;
use language::Language;
use reach::Reach;
use report::Report;
use rules_runtime::Tables;
use std::collections::BTreeMap;

pub use examples::{evidence, host_and_stage};

/// Analyses the rules with the tables made from them.
pub fn analyse(
    checked: &Checked,
    rules: &Rules,
    tables: &Tables<'_>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    let report = Report { checked, rules, sources };
    let languages: Vec<Language> = rules.patterns.iter().map(Language::of).collect();
    let astray = examples::astray(checked, rules, tables);
    let mut unreached = Vec::new();
    let mut shadowed = Vec::new();
    for rule in without_own_example(checked, &astray) {
        match reach::of(rules, &languages, rule) {
            Reach::Shadowed(by) => {
                diagnostics.push(report.never_wins(rule, &by));
                shadowed.push(rule);
            }
            Reach::CutOff => unreached.push(rule),
            Reach::Open => {}
        }
    }
    // One mistake gives one error: whoever never wins does not win its examples, nor is the order among the two that
    // nobody ordered another mistake.
    let mut ambiguities = ambiguity::find(checked, rules, &languages);
    let claims = attribution::find(checked, rules);
    let rules_of = |pair: ambiguity::Pair| [report.rule(pair.0), report.rule(pair.1)];
    ambiguities.found.retain(|(pair, _)| {
        let rules = rules_of(*pair);
        let is_claimed = claims.iter().any(|claim| rules.contains(&claim.rule) && rules.contains(&claim.by));
        !is_claimed && !rules.iter().any(|rule| shadowed.contains(rule))
    });
    let is_ambiguous = |one: RuleIndex, other: RuleIndex| {
        ambiguities
            .found
            .iter()
            .map(|(pair, _)| rules_of(*pair))
            .any(|pair| pair.contains(&one) && pair.contains(&other))
    };
    let is_said =
        |astray: &&Astray| shadowed.contains(&astray.rule) || astray.by.is_some_and(|by| is_ambiguous(astray.rule, by));
    diagnostics.extend(astray.iter().filter(|astray| !is_said(astray)).map(|a| report.astray(a)));
    diagnostics.extend(ambiguities.found.iter().map(|(pair, witness)| report.ambiguous(*pair, witness)));
    diagnostics.extend(claims.iter().map(|claim| report.claimed(claim)));
    diagnostics.extend(report.cut_off(&ambiguities, &unreached));
}

/// The rules that win none of their examples; the others can win.
fn without_own_example(checked: &Checked, astray: &[Astray]) -> Vec<RuleIndex> {
    let mut counts: BTreeMap<RuleIndex, usize> = BTreeMap::new();
    for astray in astray {
        *counts.entry(astray.rule).or_default() += 1;
    }
    let all = |(rule, count): &(RuleIndex, usize)| checked.written(*rule).rule.examples.len() == *count;
    counts.into_iter().filter(all).map(|(rule, _)| rule).collect()
}
