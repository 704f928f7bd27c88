//! `moved.yaml`: what is said to be gone is gone, and its redirect has a place and a target.

use super::{Input, over, provenance};
use crate::catalogue::is_kebab_case;
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
        } else if owners.contains(owner) && !is_public_id(from) {
            let message = format!("`{from}` cannot be the id of a rule");
            let help =
                "write the provider or the language, a slash and the rule's own id: lower-case words joined by `-`";
            diagnostics.push(Diagnostic::new(Code::MalformedId, span, message, "not of this form", help));
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
        if let Some(to) = moved
            .value
            .to
            .as_ref()
            .filter(|to| !rules.contains_key(to.as_str()) && !is_told(&catalogue.moved, &moved.value))
        {
            diagnostics.extend(over::unknown(input, to, &moved.place.key("to"), &rules));
        }
        provenance::date(input, &moved.place.key("since"), &moved.value.since, diagnostics);
    }
}

/// Whether an entry leads back to itself, through others of which the first in the order of ids tells of it.
fn is_told(all: &[Located<Moved>], entry: &Moved) -> bool {
    let next = |id: &str| all.iter().find(|moved| moved.value.from == id).and_then(|moved| moved.value.to.as_deref());
    let way = std::iter::successors(entry.to.as_deref(), |id| next(id)).take(all.len());
    let circle: Vec<&str> = way.take_while(|id| *id != entry.from).collect();
    let is_circle = circle.last().is_some_and(|last| next(last) == Some(&entry.from));
    is_circle && circle.iter().any(|id| *id < entry.from.as_str())
}

fn is_public_id(id: &str) -> bool {
    id.split_once('/').is_some_and(|(owner, name)| is_kebab_case(owner) && is_kebab_case(name))
}
