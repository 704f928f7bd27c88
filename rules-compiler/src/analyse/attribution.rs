//! Attribution: the words of one provider are not claimed by another.
//!
//! Every example of a provider that speaks is read as text, without any evidence, by the rules of all others that speak.

use super::parallel;
use crate::catalogue::{Owner, Requirement};
use crate::check::{Checked, RuleIndex};
use crate::lower::{Meaning, Pattern, PatternMatcher, Rules};
use crate::oracle::{Probe, ReadReply};
use rules_runtime::tables::Level;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// An example that another provider's rule matches.
#[derive(Debug)]
pub struct Claim {
    /// Whose example it is.
    pub rule: RuleIndex,
    /// Which of its examples.
    pub example: usize,
    /// The other provider's rule.
    pub by: RuleIndex,
    /// What that matches of the example.
    pub part: String,
}

/// Where bytes stand that a template cannot do without: the patterns, by the rarest bytes of their anchors.
#[derive(Default)]
struct Index {
    /// Of anchors that have as many.
    eight: FxHashMap<[u8; 8], Vec<usize>>,
    four: FxHashMap<[u8; 4], Vec<usize>>,
}

/// Looks at every example.
pub fn find(checked: &Checked, rules: &Rules) -> Vec<Claim> {
    let index = index(checked, rules);
    let probes: Vec<OnceLock<Probe>> = rules.patterns.iter().map(|_| OnceLock::new()).collect();
    let claims = parallel::each(checked.rules.len(), |number| of_rule(checked, rules, &index, &probes, number));
    claims.into_iter().flatten().collect()
}

/// Looks at every example of a rule.
fn of_rule(checked: &Checked, rules: &Rules, index: &Index, probes: &[OnceLock<Probe>], number: usize) -> Vec<Claim> {
    let mut claims = Vec::new();
    let rule = RuleIndex(number);
    let written = checked.written(rule);
    let Owner::Provider(provider) = written.owner else { return claims };
    if crate::lower::level(checked, written.owner) as u8 != Level::Provider as u8 {
        return claims;
    }
    for (example, text) in written.rule.examples.iter().enumerate() {
        let read = ReadReply::of(text.as_bytes());
        let mut known = FxHashSet::default();
        for at in hits(index, read.text()) {
            let pattern = &rules.patterns[at];
            let Meaning::Rule(by) = pattern.meaning else { continue };
            let own = &checked.rules[number].stage;
            let other_stage = !pattern.stages.is_empty() && !pattern.stages.iter().any(|stage| own.contains(stage));
            if other_stage || pattern.provider == Some(provider) || known.contains(&by) || is_said(checked, rule, by) {
                continue;
            }
            let probe = probes[at].get_or_init(|| Probe::new(pattern));
            if let Some(matched) = probe.find(&read).filter(|matched| matched.suits) {
                known.insert(by);
                let part = String::from_utf8_lossy(matched.original).into_owned();
                claims.push(Claim { rule, example, by, part });
            }
        }
    }
    claims
}

/// One of two rules is said to beat the other.
fn is_said(checked: &Checked, one: RuleIndex, other: RuleIndex) -> bool {
    checked.rules[one.0].over.contains(&other) || checked.rules[other.0].over.contains(&one)
}

/// The patterns that claim a reply for a provider on its text alone.
fn claims_by_text(pattern: &Pattern) -> bool {
    pattern.level as u8 == Level::Provider as u8
        && matches!(pattern.meaning, Meaning::Rule(_))
        && !pattern.requires.iter().any(|requirement| *requirement != Requirement::Code)
}

fn index(checked: &Checked, rules: &Rules) -> Index {
    let examples = (0..checked.rules.len()).flat_map(|rule| &checked.written(RuleIndex(rule)).rule.examples);
    let texts: Vec<ReadReply> = examples.map(|example| ReadReply::of(example.as_bytes())).collect();
    let (eight, four) = (counts::<8>(&texts), counts::<4>(&texts));
    let mut index = Index::default();
    for (number, pattern) in rules.patterns.iter().enumerate().filter(|(_, pattern)| claims_by_text(pattern)) {
        let PatternMatcher::Template { template, .. } = &pattern.matcher else { continue };
        let anchors = template.anchors();
        // The longest anchors are the rarest.
        let rarest = anchors.iter().max_by_key(|places| places.iter().map(|place| place.text.len()).min());
        for place in rarest.into_iter().flatten() {
            if let Some(gram) = rarest_of(&eight, &place.text) {
                index.eight.entry(gram).or_default().push(number);
            } else if let Some(gram) = rarest_of(&four, &place.text) {
                index.four.entry(gram).or_default().push(number);
            }
        }
    }
    index
}

/// Every row of so many bytes in a text.
fn rows<const N: usize>(text: &[u8]) -> impl Iterator<Item = [u8; N]> {
    text.windows(N).filter_map(|row| row.first_chunk().copied())
}

/// How often each row of bytes stands in the examples.
fn counts<const N: usize>(texts: &[ReadReply]) -> FxHashMap<[u8; N], usize> {
    let mut counts = FxHashMap::default();
    for gram in texts.iter().flat_map(|text| rows(text.text())) {
        *counts.entry(gram).or_default() += 1;
    }
    counts
}

/// Of the rows of bytes in a text, the one that stands in the fewest examples; none in a text that is too short.
fn rarest_of<const N: usize>(counts: &FxHashMap<[u8; N], usize>, text: &[u8]) -> Option<[u8; N]> {
    rows(text).min_by_key(|gram| counts.get(gram).copied().unwrap_or(0))
}

fn hits(index: &Index, text: &[u8]) -> Vec<usize> {
    let eight = rows(text).filter_map(|gram| index.eight.get(&gram));
    let four = rows(text).filter_map(|gram| index.four.get(&gram));
    let mut hits: Vec<usize> = eight.chain(four).flatten().copied().collect();
    hits.sort_unstable();
    hits.dedup();
    hits
}
