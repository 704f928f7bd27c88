//! `over`: the rules that a rule beats exist, may be beaten, and do not beat it in turn.

use super::defaults::is_about_recipient;
use super::{Input, RuleIndex, circles};
use crate::catalogue::{Located, Moved, OwnedRule, Owner, Place, ProviderKind, Rule, Scope};
use crate::diagnostic::{Certainty, Code, Diagnostic, Diagnostics, Suggestion, nearest};
use std::collections::{BTreeMap, BTreeSet};

/// For each rule, the rules that it beats.
pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Vec<Vec<RuleIndex>> {
    let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, rule) in input.rules().enumerate() {
        by_id.entry(&rule.value.id).or_insert(index);
    }
    let mut beaten = vec![Vec::new(); input.catalogue.rules.len()];
    for (index, rule) in input.rules().enumerate() {
        for (name, place) in input.each(&rule.place, "over", &rule.value.rule.over) {
            let id = full_id(rule, name);
            match by_id.get(id.as_str()) {
                None => diagnostics.extend(unknown(input, &id, &place, &by_id)),
                Some(other) if *other == index => {
                    let help = "remove it, or name the rule that this one beats";
                    let label = "this is the rule itself";
                    let message = format!("`{id}` is said to beat itself");
                    diagnostics.push(Diagnostic::new(
                        Code::OverItself,
                        input.sources.span(&place),
                        message,
                        label,
                        help,
                    ));
                }
                Some(other) => match other_level(input, rule, &input.catalogue.rules[*other], &place) {
                    Some(diagnostic) => diagnostics.push(diagnostic),
                    None => beaten[index].push(RuleIndex(*other)),
                },
            }
        }
    }
    over_recipients(input, &mut beaten);
    circles::check(input, &beaten, diagnostics);
    beaten
}

/// What `over_recipients` stands for: every rule of the same file that is about the recipient or its domain, but for those
/// that are over this one, directly or through others, and those that say the same of themselves.
fn over_recipients(input: &Input<'_>, beaten: &mut [Vec<RuleIndex>]) {
    let scopes: BTreeMap<&str, Scope> =
        input.catalogue.categories.iter().map(|category| (category.value.id.as_str(), category.value.scope)).collect();
    let is_about_recipient = |rule: &Rule| {
        let scope = rule.scope.or_else(|| scopes.get(rule.category.as_str()).copied());
        scope.is_some_and(is_about_recipient)
    };
    let guards: Vec<usize> =
        input.rules().enumerate().filter(|(_, rule)| rule.value.rule.over_recipients).map(|(index, _)| index).collect();
    if guards.is_empty() {
        return;
    }
    let mut stronger = vec![Vec::new(); beaten.len()];
    for (index, others) in beaten.iter().enumerate() {
        others.iter().for_each(|other| stronger[other.0].push(index));
    }
    for guard in guards {
        let own = &input.catalogue.rules[guard].value;
        let mut above = BTreeSet::from([guard]);
        let mut open = vec![guard];
        while let Some(index) = open.pop() {
            open.extend(stronger[index].iter().copied().filter(|index| above.insert(*index)));
        }
        let weaker = |(index, rule): (usize, &Located<OwnedRule>)| {
            let rule = &rule.value;
            let beaten = rule.owner == own.owner
                && !rule.rule.over_recipients
                && level(input, rule) <= level(input, own)
                && is_about_recipient(&rule.rule)
                && !above.contains(&index);
            beaten.then_some(RuleIndex(index))
        };
        let weaker: Vec<RuleIndex> = input.rules().enumerate().filter_map(weaker).collect();
        for rule in weaker {
            if !beaten[guard].contains(&rule) {
                beaten[guard].push(rule);
                stronger[rule.0].push(guard);
            }
        }
    }
}

/// A rule of the same owner may be named by the second part of its id alone.
fn full_id(rule: &Located<OwnedRule>, name: &str) -> String {
    let owner = rule.value.id.split('/').next().unwrap_or_default();
    if name.contains('/') { name.to_owned() } else { format!("{owner}/{name}") }
}

pub(super) fn unknown(input: &Input<'_>, id: &str, place: &Place, known: &BTreeMap<&str, usize>) -> Option<Diagnostic> {
    let left_out = &input.catalogue.left_out;
    let owner = id.split('/').next().unwrap_or_default();
    if left_out.rules.contains(id) || left_out.owners.contains(owner) || has_another_id(input, owner) {
        return None;
    }
    let span = input.sources.span(place);
    let message = format!("there is no rule `{id}`");
    if let Some(moved) = input.catalogue.moved.iter().find(|moved| moved.value.from == id) {
        return Some(has_moved(input, moved, place, known));
    }
    let meant = meant(id, known);
    Some(match meant {
        Some(meant) => {
            let help = format!("write `{}`", meant.name);
            Diagnostic::new(Code::UnknownRule, span, message, meant.question(id), help)
                .fixed_by(span, meant.name)
                .with_certainty(meant.certainty)
        }
        None => {
            let mut parts = id.split([' ', ',']).filter(|part| !part.is_empty());
            let help = match owner {
                _ if parts.clone().count() > 1 && parts.all(|part| known.contains_key(part)) => {
                    "put a comma between the ids, as in `[a, b]`"
                }
                "code" | "enhanced" => "remove it: every rule goes before the codes",
                _ => "write the rule's public id, as in `google/low-domain-reputation`",
            };
            Diagnostic::new(Code::UnknownRule, span, message, "no rule has this id", help)
        }
    })
}

/// Whether a file of this name has an id that is reported: what refers to its rules is right.
fn has_another_id(input: &Input<'_>, owner: &str) -> bool {
    let catalogue = input.catalogue;
    let providers = catalogue.providers.iter().map(|provider| (&provider.value.id, provider.place.file));
    let languages = catalogue.languages.iter().map(|language| (&language.value.language, language.place.file));
    providers.chain(languages).any(|(id, file)| input.sources.stem(file) == owner && id != owner)
}

/// A rule that `moved.yaml` tells of: the place to name is where it went.
fn has_moved(input: &Input<'_>, moved: &Located<Moved>, place: &Place, known: &BTreeMap<&str, usize>) -> Diagnostic {
    let span = input.sources.span(place);
    let from = &moved.value.from;
    let message = format!("there is no rule `{from}` any more");
    let entry = input.span(&moved.place, "from");
    let is_itself = place.file == moved.place.file && place.path.starts_with(&moved.place.path);
    match moved.value.to.as_ref().filter(|to| known.contains_key(to.as_str())) {
        _ if is_itself => {
            let help = "write where the rule went, or leave `to` out where nothing takes its place";
            Diagnostic::new(Code::UnknownRule, span, message, "the same rule", help)
        }
        Some(to) => Diagnostic::new(Code::UnknownRule, span, message, "it has moved", format!("write `{to}`"))
            .also(entry, "said to be gone here")
            .fixed_by(span, to)
            .with_certainty(Certainty::Likely),
        None => {
            let help = "name a rule that is still there, or none";
            Diagnostic::new(Code::UnknownRule, span, message, "it is gone", help).also(entry, "said to be gone here")
        }
    }
}

/// A rule whose name within its file is near, in the same file before any other; or the same name in one other file.
fn meant<'a>(id: &str, known: &BTreeMap<&'a str, usize>) -> Option<Suggestion<'a>> {
    let id = id.to_ascii_lowercase().replace(' ', "");
    let (owner, name) = id.split_once('/').unwrap_or(("", &id));
    let ids = || known.keys().copied().filter_map(|id| id.split_once('/').map(|(owner, name)| (id, owner, name)));
    let own: Vec<(&str, &str)> = ids().filter(|(_, of, _)| *of == owner).map(|(id, _, name)| (name, id)).collect();
    if let Some(found) = nearest(name, own.iter().map(|(name, _)| *name)) {
        let (_, id) = own.iter().find(|(own, _)| *own == found.name)?;
        return Some(Suggestion { name: id, certainty: found.certainty });
    }
    let same: Vec<(&str, &str)> = ids().filter(|(_, _, of)| *of == name).map(|(id, owner, _)| (owner, id)).collect();
    let owners = || same.iter().map(|(owner, _)| *owner);
    let found = nearest(owner, owners()).map(|found| (found.name, found.certainty));
    let only = || owners().next().filter(|_| same.len() == 1).map(|owner| (owner, Certainty::Likely));
    let (owner, certainty) = found.or_else(only)?;
    let (_, id) = same.iter().find(|(of, _)| *of == owner)?;
    Some(Suggestion { name: id, certainty })
}

/// Rules of one level can be put in any order; between levels, the guide decides. A rule of the last resort that could beat
/// others would not be one.
fn other_level(
    input: &Input<'_>,
    rule: &Located<OwnedRule>,
    other: &Located<OwnedRule>,
    place: &Place,
) -> Option<Diagnostic> {
    if level(input, &other.value) <= level(input, &rule.value) {
        return None;
    }
    let span = input.sources.span(place);
    let message = format!("`{}` may not beat `{}`", rule.value.id, other.value.id);
    let help = "name only rules of the same or of a lower level (provider, then software and block lists, then phrases, each of them before its rules with `last_resort`)";
    let diagnostic = Diagnostic::new(Code::OverOtherLevel, span, message, "a rule of a higher level", help);
    Some(diagnostic.also(input.sources.span(&other.place.key("id")), "this rule"))
}

fn level(input: &Input<'_>, rule: &OwnedRule) -> (u8, bool) {
    let level = match (rule.owner, input.provider(rule).map(|provider| provider.kind)) {
        (Owner::Language(_), _) => 0,
        (_, Some(ProviderKind::Mta | ProviderKind::Blocklist)) => 1,
        _ => 2,
    };
    (level, !rule.rule.last_resort)
}
