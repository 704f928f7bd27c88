//! Every rule can win: otherwise, which rules take every reply that it matches.
//!
//! A rule that wins one of its examples can win. Of the others it is asked whether stronger rules cover them, alone or
//! together: for every combination of codes and stages that the rule accepts.

use super::atoms::{self, Atom};
use super::language::Language;
use super::language::cover::{Verdict, cover};
use crate::catalogue::Requirement;
use crate::check::RuleIndex;
use crate::lower::{Meaning, Pattern, PatternMatcher, Rules};
use rules_runtime::tables::Level;
use std::collections::{BTreeMap, BTreeSet};

/// What came of it.
#[derive(Debug)]
pub enum Reach {
    /// No reply can reach the rule: these take all of them.
    Shadowed(BTreeSet<RuleIndex>),
    /// Nothing was shown.
    Open,
    /// The search took too many steps.
    CutOff,
}

/// Most stronger patterns that are looked at together.
const TOGETHER: usize = 48;

/// Whether stronger rules take every reply that a rule matches.
pub fn of(rules: &Rules, languages: &[Language], rule: RuleIndex) -> Reach {
    let mut shadowing = BTreeSet::new();
    for (number, pattern) in rules.patterns.iter().enumerate() {
        if pattern.meaning != Meaning::Rule(rule) {
            continue;
        }
        match of_pattern(rules, languages, number) {
            Reach::Shadowed(others) => shadowing.extend(others),
            open => return open,
        }
    }
    if shadowing.is_empty() { Reach::Open } else { Reach::Shadowed(shadowing) }
}

fn of_pattern(rules: &Rules, languages: &[Language], number: usize) -> Reach {
    let weaker = &rules.patterns[number];
    let stronger: Vec<usize> = (0..rules.patterns.len())
        .filter(|other| languages[*other].words.may_stand_in(&languages[number].words))
        .filter(|other| is_stronger(rules, *other, number))
        .take(TOGETHER)
        .collect();
    let patterns: Vec<&Pattern> = stronger.iter().map(|other| &rules.patterns[*other]).collect();
    let Some(atoms) = atoms::of(weaker, &patterns) else { return Reach::CutOff };
    let mut known: BTreeMap<Vec<usize>, Reach> = BTreeMap::new();
    let mut shadowing = BTreeSet::new();
    for atom in &atoms {
        let applicable: Vec<usize> =
            stronger.iter().copied().filter(|other| atom.suits(&rules.patterns[*other])).collect();
        let reach = known.entry(applicable.clone()).or_insert_with(|| covered(rules, languages, number, applicable));
        match reach {
            Reach::Shadowed(others) => shadowing.extend(others.iter().copied()),
            Reach::Open => return Reach::Open,
            Reach::CutOff => return Reach::CutOff,
        }
    }
    Reach::Shadowed(shadowing)
}

/// Whether these together take everything, and which of them are needed for it.
fn covered(rules: &Rules, languages: &[Language], weaker: usize, mut stronger: Vec<usize>) -> Reach {
    let by = |stronger: &[usize]| {
        if stronger.iter().any(|other| languages[*other].parts == 0) {
            return Verdict::Covered;
        }
        cover(&languages[weaker], &stronger.iter().map(|other| &languages[*other]).collect::<Vec<_>>())
    };
    if let Some(alone) = stronger.iter().find(|other| by(&[**other]) == Verdict::Covered) {
        stronger = vec![*alone];
    }
    match by(&stronger) {
        Verdict::Covered if !stronger.is_empty() => {}
        Verdict::CutOff => return Reach::CutOff,
        _ => return Reach::Open,
    }
    for other in stronger.clone() {
        let rest: Vec<usize> = stronger.iter().copied().filter(|kept| *kept != other).collect();
        if !rest.is_empty() && by(&rest) == Verdict::Covered {
            stronger = rest;
        }
    }
    let rule = |other: &usize| match rules.patterns[*other].meaning {
        Meaning::Rule(rule) => Some(rule),
        Meaning::Marker(_) => None,
    };
    Reach::Shadowed(stronger.iter().filter_map(rule).collect())
}

/// Whether a pattern wins wherever both hold, whatever the evidence.
fn is_stronger(rules: &Rules, stronger: usize, weaker: usize) -> bool {
    let (strong, weak) = (&rules.patterns[stronger], &rules.patterns[weaker]);
    if strong.meaning == weak.meaning || !matches!(strong.meaning, Meaning::Rule(_)) || !evidence_implied(weak, strong)
    {
        return false;
    }
    let quoting = strong.over_quoted || !weak.over_quoted;
    match (strong.level as u8).cmp(&(weak.level as u8)) {
        std::cmp::Ordering::Less => quoting,
        std::cmp::Ordering::Greater => false,
        std::cmp::Ordering::Equal => {
            let may_be_backed = || weak.level as u8 == Level::Provider as u8 && speaks(rules, weak.provider);
            stronger < weaker && quoting && (strong.provider == weak.provider || !may_be_backed())
        }
    }
}

/// Whether anything could show that a provider speaks.
fn speaks(rules: &Rules, provider: Option<usize>) -> bool {
    let marks = |pattern: &Pattern| matches!(pattern.meaning, Meaning::Marker(own) if Some(own) == provider);
    rules.mx.iter().any(|(_, own)| Some(*own) == provider) || rules.patterns.iter().any(marks)
}

/// Whether the evidence that a weaker pattern needs is all that a stronger one needs.
fn evidence_implied(weak: &Pattern, strong: &Pattern) -> bool {
    let needs = |pattern: &Pattern| -> Vec<Requirement> {
        pattern.requires.iter().copied().filter(|requirement| *requirement != Requirement::Code).collect()
    };
    let (weak_needs, strong_needs) = (needs(weak), needs(strong));
    let is_textless = matches!(strong.matcher, PatternMatcher::Textless);
    let implied = !weak_needs.is_empty()
        && strong.provider == weak.provider
        && weak_needs.iter().all(|need| strong_needs.contains(need) || strong_needs.is_empty());
    implied || strong_needs.is_empty() && !is_textless
}

impl Atom {
    fn suits(&self, pattern: &Pattern) -> bool {
        let stage = pattern.stages.is_empty() || self.stage.is_some_and(|stage| pattern.stages.contains(&stage));
        stage && crate::oracle::codes_hold(&self.codes, &pattern.reply, &pattern.status, &pattern.requires)
    }
}
