//! `explanation`: says more than the reply, says what to do, and is not another rule's.

use super::Input;
use super::advice::has_advice;
use super::words::{content, likeness, pairs, words};
use crate::catalogue::{Located, OwnedRule, Owner, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Share of an explanation's words from which on it only repeats the reply.
const REPEATED: f64 = 0.6;
/// Share of common word pairs from which on two explanations are the same.
const SAME: f64 = 0.8;
/// Words from which on an explanation can be compared.
const FEWEST: usize = 3;

/// `needless` are the ids of rules of which it is known already that they say no more than another.
pub(super) fn check(input: &Input<'_>, needless: &BTreeSet<&str>, diagnostics: &mut Diagnostics) {
    for rule in input.rules() {
        let written = &rule.value.rule;
        let warn = |code, message: String, label, help| {
            Diagnostic::new(code, input.span(rule, "explanation"), message, label, help)
        };
        if repeats_reply(written) {
            let message = format!("the explanation of `{}` repeats the reply", rule.value.id);
            let help = "say in your own words what happened, and what the sender should do now";
            diagnostics.push(warn(Code::RepeatsReply, message, "the reader has read this already", help));
        } else if !has_advice(&written.explanation) {
            let message = format!("the explanation of `{}` does not say what to do", rule.value.id);
            let help = "add what the sender should do now, as in `Retry in an hour.` or `Nothing need be done: …`";
            diagnostics.push(warn(Code::NoAdvice, message, "and now?", help));
        }
    }
    same(input, needless, diagnostics);
}

fn repeats_reply(rule: &Rule) -> bool {
    let reply: HashSet<String> = rule.text.iter().chain(&rule.examples).flat_map(|text| content(text)).collect();
    let explanation: Vec<String> = content(&rule.explanation).collect();
    let repeated = explanation.iter().filter(|word| reply.contains(*word)).count();
    explanation.len() >= FEWEST && repeated as f64 >= REPEATED * explanation.len() as f64
}

fn same(input: &Input<'_>, needless: &BTreeSet<&str>, diagnostics: &mut Diagnostics) {
    let mut by_owner: BTreeMap<Owner, Vec<&Located<OwnedRule>>> = BTreeMap::new();
    let mut exact: HashMap<String, Vec<&Located<OwnedRule>>> = HashMap::new();
    for rule in input.rules().iter().filter(|rule| !needless.contains(rule.value.id.as_str())) {
        by_owner.entry(rule.value.owner).or_default().push(rule);
        let earlier = exact.entry(words(&rule.value.rule.explanation).collect::<Vec<_>>().join(" ")).or_default();
        let other = earlier.iter().find(|other| other.value.owner != rule.value.owner && !is_translation(rule, other));
        diagnostics.extend(other.map(|other| same_as(input, rule, other)));
        earlier.push(rule);
    }
    for rules in by_owner.values() {
        let pairs: Vec<_> = rules.iter().map(|rule| pairs(&rule.value.rule.explanation)).collect();
        for (index, rule) in rules.iter().enumerate() {
            let other = (0..index).find(|other| likeness(&pairs[index], &pairs[*other]) >= SAME);
            diagnostics.extend(other.map(|other| same_as(input, rule, rules[other])));
        }
    }
}

/// The same phrase in two languages has one explanation.
fn is_translation(a: &Located<OwnedRule>, b: &Located<OwnedRule>) -> bool {
    let are_phrases = matches!((a.value.owner, b.value.owner), (Owner::Language(_), Owner::Language(_)));
    are_phrases && a.value.rule.category == b.value.rule.category
}

fn same_as(input: &Input<'_>, rule: &Located<OwnedRule>, other: &Located<OwnedRule>) -> Diagnostic {
    let message = format!("`{}` has the explanation of `{}`", rule.value.id, other.value.id);
    let help = "say what sets this reply apart, or make one rule of the two";
    let label = "the same, or nearly";
    let diagnostic = Diagnostic::new(Code::SameExplanation, input.span(rule, "explanation"), message, label, help);
    diagnostic.also(input.span(other, "explanation"), "as here")
}
