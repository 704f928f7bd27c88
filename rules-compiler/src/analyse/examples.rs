//! Every example must be won by its own rule.

use crate::catalogue::{Owner, Requirement};
use crate::check::{Checked, CheckedRule, RuleIndex};
use crate::lower::{Meaning, Rules};
use crate::oracle::{Probe, ReadReply};
use rules_runtime::{Classifier, Stage, Tables};
use std::collections::BTreeMap;

/// An example that its rule does not win.
#[derive(Debug)]
pub struct Astray {
    /// Whose example it is.
    pub rule: RuleIndex,
    /// Which of its examples.
    pub example: usize,
    /// What its own rule matches of it.
    pub own: Option<String>,
    /// The public id of the rule that wins it.
    pub winner: Option<String>,
    /// The same, unless it stands for a code.
    pub by: Option<RuleIndex>,
    /// What that rule matches of it.
    pub part: Option<String>,
}

/// The host and the command with which a rule's examples are tried: what the rule itself asks for.
#[must_use]
pub fn host_and_stage(checked: &Checked, rule: &CheckedRule, owner: Owner) -> (Option<String>, Option<Stage>) {
    let needs_host = rule.requires.contains(&Requirement::Mx) && !rule.requires.contains(&Requirement::Marker);
    let suffix = checked.provider(owner).filter(|_| needs_host).and_then(|provider| provider.mx.first());
    let stage = rule.stage.first().and_then(|stage| Stage::from_name(stage.name()));
    (suffix.map(|suffix| format!("mx.{suffix}")), stage)
}

/// The same as a classifier.
#[must_use]
pub fn evidence<'t>(checked: &Checked, rule: &CheckedRule, owner: Owner, tables: &'t Tables<'t>) -> Classifier<'t> {
    let (host, stage) = host_and_stage(checked, rule, owner);
    let classifier = Classifier::new(tables);
    let classifier = host.map_or(classifier, |host| classifier.mx(&host));
    stage.map_or(classifier, |stage| classifier.stage(stage))
}

/// Tries every example.
pub(super) fn astray(checked: &Checked, rules: &Rules, tables: &Tables<'_>) -> Vec<Astray> {
    let ids: BTreeMap<&str, RuleIndex> =
        (0..checked.rules.len()).map(RuleIndex).map(|rule| (checked.written(rule).id.as_str(), rule)).collect();
    let mut astray = Vec::new();
    for (index, rule) in checked.rules.iter().enumerate() {
        let index = RuleIndex(index);
        let written = checked.written(index);
        let classifier = evidence(checked, rule, written.owner, tables);
        for (example, text) in written.rule.examples.iter().enumerate() {
            let verdict = classifier.classify(text.as_bytes());
            let winner = verdict.rule().map(|rule| rule.id().to_owned());
            if winner.as_deref() == Some(written.id.as_str()) {
                continue;
            }
            let by = winner.as_deref().and_then(|winner| ids.get(winner).copied());
            let (own, part) = (part(rules, index, text), by.and_then(|by| part(rules, by, text)));
            astray.push(Astray { rule: index, example, own, winner, by, part });
        }
    }
    astray
}

/// What the first pattern of a rule that matches a reply matches of it.
fn part(rules: &Rules, rule: RuleIndex, reply: &str) -> Option<String> {
    let read = ReadReply::of(reply.as_bytes());
    let patterns = rules.patterns.iter().filter(|pattern| pattern.meaning == Meaning::Rule(rule));
    let matched = |pattern| Probe::new(pattern).find(&read).map(|matched| matched.original.to_vec());
    patterns.into_iter().find_map(matched).map(|part| String::from_utf8_lossy(&part).into_owned())
}
