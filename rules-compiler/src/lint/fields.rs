//! Named holes: each is seen in one of the rule's examples.

use super::Input;
use crate::analyse::evidence;
use crate::check::RuleIndex;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::template::{Piece, Template};
use rules_runtime::Tables;
use std::collections::BTreeSet;

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    // They were read before; without them there would be no output.
    let Ok(tables) = Tables::from_bytes(&input.output.rules_file) else { return };
    let checked = &input.output.checked;
    for (index, rule) in checked.rules.iter().enumerate() {
        let named: Vec<BTreeSet<&str>> = rule.templates.iter().map(named_fields).collect();
        if named.iter().all(BTreeSet::is_empty) {
            continue;
        }
        let (place, written) = (checked.place(RuleIndex(index)), checked.written(RuleIndex(index)));
        let classifier = evidence(checked, rule, written.owner, &tables);
        let mut seen = BTreeSet::new();
        let verdicts = || written.rule.examples.iter().map(|example| classifier.classify(example.as_bytes()));
        // An example that another rule wins is reported already, and shows nothing here.
        if verdicts().any(|verdict| verdict.rule().is_none_or(|rule| rule.id() != written.id)) {
            continue;
        }
        for verdict in verdicts() {
            seen.extend(verdict.fields().map(|(name, ..)| name.to_owned()));
        }
        let mut told = BTreeSet::new();
        for (number, names) in named.iter().enumerate() {
            for name in names.iter().filter(|name| !seen.contains(**name)) {
                if told.insert(*name) {
                    let text = input.sources.element(&place.key("text"), number);
                    diagnostics.push(unused(input, name, &written.rule.text[number], &text));
                }
            }
        }
    }
}

fn unused(input: &Input<'_>, name: &str, text: &str, place: &crate::catalogue::Place) -> Diagnostic {
    let at = text.find(&format!("{{{name}:"));
    let hole = at.map_or(0..text.len(), |at| at..text[at..].find('}').map_or(text.len(), |end| at + end + 1));
    let span = input.sources.part_span(place, text, hole);
    let message = format!("no example shows the field `{name}`");
    let help = "add an example in which it has a value, or leave the name out";
    Diagnostic::new(Code::UnusedField, span, message, "who can tell that this works?", help)
}

/// The names that an author gave to holes: a hole's own name promises nothing, and a literal's value is known.
fn named_fields(template: &Template) -> BTreeSet<&str> {
    let names = template.pieces.iter().filter_map(|piece| match piece {
        Piece::Hole { kind, field } => field.as_deref().filter(|field| *field != kind.name()),
        Piece::Literal { .. } | Piece::Choice { .. } | Piece::Expression(_) => None,
    });
    names.collect()
}
