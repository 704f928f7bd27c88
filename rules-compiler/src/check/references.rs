//! Categories that are named must exist.

use super::Input;
use super::ids::NEEDED;
use crate::catalogue::Place;
use crate::catalogue::{is_kebab_case, kebab_case};
use crate::diagnostic::{Certainty, Code, Diagnostic, Diagnostics, Suggestion, akin, nearest};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    let catalogue = input.catalogue;
    // One that is there twice, or misspelt, may be the one that is missing.
    let ids = catalogue.categories.iter().map(|category| category.value.id.as_str());
    if catalogue.left_out.every_category || ids.clone().collect::<BTreeSet<_>>().len() < catalogue.categories.len() {
        return;
    }
    let misspelt: BTreeSet<String> = ids.filter(|id| !is_kebab_case(id)).map(kebab_case).collect();
    let known: BTreeSet<&str> = catalogue.categories.iter().map(|category| category.value.id.as_str()).collect();
    let codes = catalogue.codes.iter().map(|code| (&code.value.category, &code.place));
    let enhanced = catalogue.enhanced.iter().map(|code| (&code.value.category, &code.place));
    let rules = catalogue.rules.iter().map(|rule| (&rule.value.rule.category, &rule.place));
    let mut missing: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    for (id, place) in codes.chain(enhanced).chain(rules) {
        let is_reported =
            catalogue.left_out.categories.contains(id) || misspelt.contains(id) || NEEDED.contains(&id.as_str());
        if !known.contains(id.as_str()) && !is_reported {
            missing.entry(id).or_default().push(place.key("category"));
        }
    }
    for (id, places) in missing {
        if places.len() > MOST {
            diagnostics.push(renamed(input, id, &places, &known));
        } else {
            diagnostics.extend(places.iter().map(|place| unknown(input, id, place, &known)));
        }
    }
}

/// Most items that name a category by mistake; where more do, the category itself has gone.
const MOST: usize = 3;

fn renamed(input: &Input<'_>, id: &str, places: &[Place], known: &BTreeSet<&str>) -> Diagnostic {
    let message = format!("there is no category `{id}`, which {} items name", places.len());
    let help = format!("restore `{id}` in `categories.yaml`: an id is public, and does not change");
    let label = "one of them";
    let new = Diagnostic::new(Code::UnknownCategory, input.sources.span(&places[0]), message, label, help);
    let meant = nearest(id, known.iter().copied());
    let categories = input.catalogue.categories.iter();
    let other = meant.and_then(|meant| categories.into_iter().find(|category| category.value.id == meant.name));
    match other {
        Some(other) => new.also(input.span(&other.place, "id"), "is this it, under another id?"),
        None => new,
    }
}

fn unknown(input: &Input<'_>, id: &str, place: &Place, known: &BTreeSet<&str>) -> Diagnostic {
    let span = input.sources.span(place);
    let message = format!("there is no category `{id}`");
    let meant = nearest(id, known.iter().copied())
        .or_else(|| of_another_tool(input, id, known))
        .or_else(|| akin(id, known.iter().copied()));
    match meant {
        Some(meant) => {
            let help = format!("write `{}`", meant.name);
            Diagnostic::new(Code::UnknownCategory, span, message, meant.question(id), help)
                .fixed_by(span, meant.name)
                .with_certainty(meant.certainty)
        }
        None => {
            let help = "pick an id of `categories.yaml`, or `unclassified` if none fits";
            Diagnostic::new(Code::UnknownCategory, span, message, "not in `categories.yaml`", help)
        }
    }
}

/// The one category that another tool calls so, by the categories' `map`.
fn of_another_tool<'a>(input: &Input<'_>, id: &str, known: &BTreeSet<&'a str>) -> Option<Suggestion<'a>> {
    let plain = |name: &str| name.to_ascii_lowercase().replace(['-', '_', ' '], "");
    let categories = input.catalogue.categories.iter().map(|category| &category.value);
    let called = |name: &String| plain(name) == plain(id);
    let mut meant = categories.filter(|category| category.map.values().flatten().any(called)).map(|found| &found.id);
    let only = meant.next().filter(|_| meant.next().is_none())?;
    known.get(only.as_str()).map(|name| Suggestion { name, certainty: Certainty::Likely })
}
