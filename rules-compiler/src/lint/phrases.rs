//! A provider's rule must know more than a phrase, or than the enhanced code alone.

use super::Input;
use super::words::{likeness, pairs, words};
use crate::catalogue::{Located, OwnedRule, Owner, Position, Requirement, Rule, Suppress};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use std::collections::{BTreeSet, HashMap};

/// Share of common word pairs from which on two explanations are the same.
const SAME: f64 = 0.8;

/// The ids of the rules that say no more.
pub(super) fn check<'a>(input: &Input<'a>, diagnostics: &mut Diagnostics) -> BTreeSet<&'a str> {
    let mut needless = BTreeSet::new();
    let (phrases, own): (Vec<_>, Vec<_>) =
        input.rules().iter().partition(|rule| matches!(rule.value.owner, Owner::Language(_)));
    let mut by_text: HashMap<String, Vec<&Located<OwnedRule>>> = HashMap::new();
    for phrase in phrases {
        phrase.value.rule.text.iter().for_each(|text| by_text.entry(plain(text)).or_default().push(phrase));
    }
    for rule in own.into_iter().filter(|rule| rule.value.rule.links.is_empty()) {
        let texts = &rule.value.rule.text;
        let candidates = texts.first().and_then(|text| by_text.get(&plain(text))).into_iter().flatten();
        let phrase = candidates.copied().find(|phrase| {
            let known: Vec<String> = phrase.value.rule.text.iter().map(|text| plain(text)).collect();
            texts.iter().all(|text| known.contains(&plain(text))) && says_the_same(&rule.value.rule, &phrase.value.rule)
        });
        let found = phrase.map(|phrase| like_phrase(input, rule, phrase)).or_else(|| like_code(input, rule));
        if let Some(found) = found {
            diagnostics.push(found);
            needless.insert(rule.value.id.as_str());
        }
    }
    needless
}

/// Whether nothing in it differs from what its category says anyway; `suppress` may be said again.
fn is_bare(rule: &Rule, suppress: Option<Suppress>) -> bool {
    let says_more = rule.permanence.is_some() || rule.action.is_some() || rule.scope.is_some();
    !says_more && (rule.suppress.is_none() || rule.suppress == suppress) && rule.retry_after.is_none()
}

/// Whether the phrase answers wherever the rule does, and with the same verdict.
fn says_the_same(rule: &Rule, phrase: &Rule) -> bool {
    let verdict = |rule: &Rule| (rule.permanence, rule.action, rule.scope, rule.suppress, rule.retry_after);
    let of_rule = pairs(&rule.explanation);
    rule.category == phrase.category
        && verdict(rule) == verdict(phrase)
        && covers(&phrase.reply, &rule.reply)
        && covers(&phrase.status, &rule.status)
        && covers(&phrase.stage, &rule.stage)
        && (phrase.position == Position::Anywhere || phrase.position == rule.position)
        && (phrase.requires.is_empty() || rule.requires.contains(&Requirement::Code))
        && likeness(&of_rule, &pairs(&phrase.explanation)) >= SAME
}

/// Whether what a rule is limited to is within what a phrase is limited to.
fn covers<T: PartialEq>(phrase: &[T], rule: &[T]) -> bool {
    phrase.is_empty() || !rule.is_empty() && rule.iter().all(|one| phrase.contains(one))
}

fn like_phrase(input: &Input<'_>, rule: &Located<OwnedRule>, phrase: &Located<OwnedRule>) -> Diagnostic {
    let message = format!("`{}` says no more than the phrase `{}`", rule.value.id, phrase.value.id);
    let help = "say what is special about this provider, or remove the rule: the phrase answers for it";
    let span = input.sources.head_span(&rule.place);
    let diagnostic = Diagnostic::new(Code::AddsNothing, span, message, "same text, category and explanation", help);
    diagnostic.also(input.sources.head_span(&phrase.place), "this phrase")
}

/// A rule without a text, whose explanation is that of its only enhanced code.
fn like_code(input: &Input<'_>, rule: &Located<OwnedRule>) -> Option<Diagnostic> {
    let written = &rule.value.rule;
    let [status] = written.status.as_slice() else { return None };
    if !written.text.is_empty() || !written.regex.is_empty() {
        return None;
    }
    let codes = &input.output.checked.catalogue.enhanced;
    let code = codes.iter().find(|code| {
        let known = code.value.status;
        (known.subject, known.detail) == (status.subject, status.detail)
            && code.value.category == written.category
            && is_bare(written, code.value.suppress)
    })?;
    let both = format!("{} {}", code.value.explanation, code.value.advice);
    let of_rule = pairs(&written.explanation);
    [&both, &code.value.explanation].iter().find(|text| likeness(&of_rule, &pairs(text)) >= SAME)?;
    let message = format!("`{}` says no more than the enhanced code {}", rule.value.id, code.value.status);
    let help = "say what is special about this provider, or remove the rule: the code answers for it";
    let span = input.sources.head_span(&rule.place);
    let diagnostic = Diagnostic::new(Code::AddsNothing, span, message, "same category and explanation", help);
    Some(diagnostic.also(input.sources.head_span(&code.place), "this code"))
}

fn plain(text: &str) -> String {
    words(text).collect::<Vec<_>>().join(" ")
}
