//! Categories that are named must exist.

use super::Input;
use super::ids::NEEDED;
use crate::catalogue::Place;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use std::collections::BTreeSet;

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    let catalogue = input.catalogue;
    if catalogue.left_out.every_category {
        return;
    }
    let known: BTreeSet<&str> = catalogue.categories.iter().map(|category| category.value.id.as_str()).collect();
    let codes = catalogue.codes.iter().map(|code| (&code.value.category, &code.place));
    let enhanced = catalogue.enhanced.iter().map(|code| (&code.value.category, &code.place));
    let rules = catalogue.rules.iter().map(|rule| (&rule.value.rule.category, &rule.place));
    for (id, place) in codes.chain(enhanced).chain(rules) {
        let is_reported = catalogue.left_out.categories.contains(id) || NEEDED.contains(&id.as_str());
        if !known.contains(id.as_str()) && !is_reported {
            diagnostics.push(unknown(input, id, &place.key("category"), &known));
        }
    }
}

fn unknown(input: &Input<'_>, id: &str, place: &Place, known: &BTreeSet<&str>) -> Diagnostic {
    let span = input.sources.span(place);
    let message = format!("there is no category `{id}`");
    match nearest(id, known.iter().copied()) {
        Some(meant) => {
            let help = format!("write `{}`", meant.name);
            Diagnostic::new(Code::UnknownCategory, span, message, meant.question(), help)
                .fixed_by(span, meant.name)
                .with_certainty(meant.certainty)
        }
        None => {
            let help = "pick an id of `categories.yaml`, or `unclassified` if none fits";
            Diagnostic::new(Code::UnknownCategory, span, message, "not in `categories.yaml`", help)
        }
    }
}
