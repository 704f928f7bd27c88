//! Attribution: the words of one provider are not claimed by another.
//!
//! Every example of a provider that speaks is read as text, without any evidence, by the rules of all others that speak.

use crate::catalogue::{Owner, Requirement};
use crate::check::{Checked, RuleIndex};
use crate::lower::{Meaning, Pattern, PatternMatcher, Rules};
use crate::oracle::{Probe, ReadReply};
use rules_runtime::tables::Level;
use rustc_hash::{FxHashMap, FxHashSet};

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

/// Where four bytes stand that a template cannot do without: the patterns, by the rarest bytes of their anchors.
type Index = FxHashMap<[u8; 4], Vec<usize>>;

/// Looks at every example.
pub fn find(checked: &Checked, rules: &Rules) -> Vec<Claim> {
    let index = index(checked, rules);
    let mut probes: FxHashMap<usize, Probe> = FxHashMap::default();
    let mut claims = Vec::new();
    for number in 0..checked.rules.len() {
        let rule = RuleIndex(number);
        let written = checked.written(rule);
        let Owner::Provider(provider) = written.owner else { continue };
        if crate::lower::level(checked, written.owner) as u8 != Level::Provider as u8 {
            continue;
        }
        for (example, text) in written.rule.examples.iter().enumerate() {
            let read = ReadReply::of(text.as_bytes());
            let mut known = FxHashSet::default();
            for at in hits(&index, read.text()) {
                let pattern = &rules.patterns[at];
                let Meaning::Rule(by) = pattern.meaning else { continue };
                let own = &checked.rules[number].stage;
                let other_stage = !pattern.stages.is_empty() && !pattern.stages.iter().any(|stage| own.contains(stage));
                if other_stage
                    || pattern.provider == Some(provider)
                    || known.contains(&by)
                    || is_said(checked, rule, by)
                {
                    continue;
                }
                let probe = probes.entry(at).or_insert_with(|| Probe::new(pattern));
                if let Some(matched) = probe.find(&read).filter(|matched| matched.suits) {
                    known.insert(by);
                    let part = String::from_utf8_lossy(matched.original).into_owned();
                    claims.push(Claim { rule, example, by, part });
                }
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
    let mut counts: FxHashMap<[u8; 4], usize> = FxHashMap::default();
    for example in (0..checked.rules.len()).flat_map(|rule| &checked.written(RuleIndex(rule)).rule.examples) {
        for gram in ReadReply::of(example.as_bytes()).text().array_windows() {
            *counts.entry(*gram).or_default() += 1;
        }
    }
    let mut index = Index::default();
    for (number, pattern) in rules.patterns.iter().enumerate().filter(|(_, pattern)| claims_by_text(pattern)) {
        let PatternMatcher::Template { template, .. } = &pattern.matcher else { continue };
        let anchors = template.anchors();
        // The longest anchors are the rarest.
        let rarest = anchors.iter().max_by_key(|places| places.iter().map(|place| place.text.len()).min());
        for place in rarest.into_iter().flatten() {
            let grams = place.text.array_windows();
            if let Some(gram) = grams.min_by_key(|gram| counts.get(*gram).copied().unwrap_or(0)) {
                index.entry(*gram).or_default().push(number);
            }
        }
    }
    index
}

fn hits(index: &Index, text: &[u8]) -> Vec<usize> {
    let mut hits: Vec<usize> =
        text.windows(4).filter_map(|gram| index.get(gram.first_chunk::<4>()?)).flatten().copied().collect();
    hits.sort_unstable();
    hits.dedup();
    hits
}
