//! Every example must be won by its own rule.

use crate::catalogue::{Owner, Requirement};
use crate::check::{Checked, CheckedRule, RuleIndex};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lower::Rules;
use crate::source::Sources;
use rules_runtime::{Classifier, Stage, Tables};

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

pub(super) fn check(
    checked: &Checked,
    rules: &Rules,
    tables: &Tables<'_>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    for (index, rule) in checked.rules.iter().enumerate() {
        let index = RuleIndex(index);
        let written = checked.written(index);
        let classifier = evidence(checked, rule, written.owner, tables);
        for (number, example) in written.rule.examples.iter().enumerate() {
            let verdict = classifier.classify(example.as_bytes());
            let winner = verdict.rule().map(|rule| rule.id());
            if winner == Some(written.id.as_str()) {
                continue;
            }
            let examples = checked.place(index).key("examples");
            let span = sources.span(&sources.element(&examples, number));
            let (message, help) = match winner {
                Some(winner) => (
                    format!("this example of `{}` is won by `{winner}`", written.id),
                    format!("make the template more specific than that of `{winner}`, say `over: [{winner}]`, or move the example to that rule"),
                ),
                None => (
                    format!("this example of `{}` is not matched by any rule", written.id),
                    "quote in `text` what the example says, with holes for what varies, and see whether `reply`, `status`, `stage` and `requires` fit it".to_owned(),
                ),
            };
            let mut diagnostic = Diagnostic::new(Code::ExampleAstray, span, message, "", help);
            let place = rules.conclusions.iter().position(|conclusion| Some(conclusion.id.as_str()) == winner);
            if let Some(place) = place.filter(|place| *place < checked.rules.len()) {
                diagnostic = diagnostic.also(sources.head_span(checked.place(RuleIndex(place))), "this rule wins it");
            }
            diagnostics.push(diagnostic);
        }
    }
}
