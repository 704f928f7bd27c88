//! `moved.yaml`: what is said to be gone is gone, and its redirect has a place and a target.

use super::{Input, over, provenance};
use crate::catalogue::{Located, Moved};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    let rules: BTreeMap<&str, usize> =
        input.rules().enumerate().map(|(index, rule)| (rule.value.id.as_str(), index)).collect();
    let catalogue = input.catalogue;
    let providers = catalogue.providers.iter().map(|provider| provider.value.id.as_str());
    let languages = catalogue.languages.iter().map(|language| language.value.language.as_str());
    let owners: BTreeSet<&str> = providers.chain(languages).collect();
    let mut seen: BTreeMap<&str, &Located<Moved>> = BTreeMap::new();
    for moved in &catalogue.moved {
        let from = moved.value.from.as_str();
        let span = input.span(&moved.place, "from");
        let owner = from.split_once('/').map_or("", |(owner, _)| owner);
        if let Some(rule) = rules.get(from) {
            let message = format!("the rule `{from}` is still there");
            let help = "remove this entry, or the rule";
            let diagnostic = Diagnostic::new(Code::MovedStillThere, span, message, "said to be gone", help);
            let place = &catalogue.rules[*rule].place;
            diagnostics.push(diagnostic.also(input.span(place, "id"), "the rule"));
        } else if !owners.contains(owner) && !catalogue.left_out.owners.contains(owner) {
            let message = format!("there is no page for `{from}`");
            let help = "write the former public id, as in `google/low-domain-reputation`; of a provider that is gone, keep \
                        the file, without rules";
            let label = "neither a provider nor a language";
            diagnostics.push(Diagnostic::new(Code::MovedFromNowhere, span, message, label, help));
        }
        match seen.get(from) {
            Some(first) => {
                let message = format!("duplicate moved rule `{from}`");
                let help = "keep the entry that says where the rule went last";
                let diagnostic = Diagnostic::new(Code::DuplicateId, span, message, "this is already taken", help);
                diagnostics.push(diagnostic.also(input.span(&first.place, "from"), "first used here"));
            }
            None => drop(seen.insert(from, moved)),
        }
        if let Some(to) = moved.value.to.as_ref().filter(|to| !rules.contains_key(to.as_str())) {
            diagnostics.extend(over::unknown(input, to, &moved.place.key("to"), &rules));
        }
        provenance::date(input, &moved.place.key("since"), &moved.value.since, diagnostics);
    }
}
