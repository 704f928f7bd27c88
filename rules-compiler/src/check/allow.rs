//! `allow`: warnings that do not apply to a rule, or to anything in a file.

use super::Input;
use crate::catalogue::{Catalogue, Place};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, Span, list, nearest};
use crate::source::Sources;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    for entry in entries(input.catalogue, input.sources) {
        let id = entry.id;
        let span = input.sources.key_span(&entry.place);
        if !warnings().any(|warning| warning == id) {
            diagnostics.push(unknown(id, span));
        } else if entry.reason.trim().is_empty() {
            let message = format!("`{id}` is allowed without a reason");
            let help = format!("say why, as in `{id}: \"the page was withdrawn\"`");
            diagnostics.push(Diagnostic::new(Code::AllowWithoutReason, span, message, "why?", help));
        }
    }
}

fn warnings() -> impl Iterator<Item = &'static str> {
    Code::ALL.iter().filter(|code| code.severity() == Severity::Warning).map(|code| code.id())
}

fn unknown(id: &str, span: Span) -> Diagnostic {
    let message = format!("there is no warning `{id}`");
    let help = format!("write one of {}; errors cannot be allowed", list(warnings()));
    // Another number is another warning, but the case may be wrong.
    match nearest(id, warnings()) {
        Some(meant) => Diagnostic::new(Code::UnknownWarning, span, message, meant.question(id), help)
            .fixed_by(span, meant.name)
            .with_certainty(meant.certainty),
        None => Diagnostic::new(Code::UnknownWarning, span, message, "no such warning", help),
    }
}

/// One warning that is allowed somewhere.
struct Entry<'a> {
    /// Such as `W001`.
    id: &'a str,
    reason: &'a str,
    /// Of the reason.
    place: Place,
    /// Where it is allowed.
    reach: Span,
}

/// All of them, those of rules first: what a rule allows itself, its file need not allow.
fn entries<'a>(catalogue: &'a Catalogue, sources: &Sources) -> Vec<Entry<'a>> {
    let rules = catalogue.rules.iter().map(|rule| (&rule.value.rule.allow, &rule.place));
    let providers = catalogue.providers.iter().map(|provider| (&provider.value.allow, &provider.place));
    let languages = catalogue.languages.iter().map(|language| (&language.value.allow, &language.place));
    let mut entries = Vec::new();
    for (allow, item) in rules.chain(providers).chain(languages).filter(|(allow, _)| !allow.is_empty()) {
        let reach = sources.span(item);
        let each = allow.iter();
        entries.extend(each.map(|(id, reason)| Entry { id, reason, place: item.key("allow").key(id), reach }));
    }
    entries
}

/// Sets aside the warnings that a rule or its file allows, whichever stage gave them.
pub fn drop_allowed(catalogue: &Catalogue, sources: &Sources, diagnostics: &mut Diagnostics) {
    let mut reaches: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for entry in entries(catalogue, sources) {
        reaches.entry(entry.id).or_default().push(entry.reach);
    }
    diagnostics.allow(|diagnostic| {
        let is_warning = diagnostic.severity() == Severity::Warning;
        let Some(span) = diagnostic.span().filter(|_| is_warning) else { return false };
        let allowed = reaches.get(diagnostic.code.id());
        allowed.is_some_and(|reaches| reaches.iter().any(|reach| reach.contains(span)))
    });
}

/// Warns of what is allowed and does not occur, once all stages have spoken; `unknown` are warnings that were not looked
/// for in this run.
pub fn unneeded(catalogue: &Catalogue, sources: &Sources, unknown: &[Code], diagnostics: &mut Diagnostics) {
    let errors = diagnostics.error_spans();
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let entries = entries(catalogue, sources);
    for diagnostic in diagnostics.allowed() {
        let reaches = |entry: &Entry<'_>| {
            entry.id == diagnostic.code.id() && diagnostic.span().is_some_and(|span| entry.reach.contains(span))
        };
        used.extend(entries.iter().position(reaches));
    }
    let unneeded = entries.iter().enumerate().filter(|(index, entry)| {
        let is_known = Code::from_id(entry.id).is_some_and(|code| !unknown.contains(&code));
        // What has an error is not looked at by later stages.
        is_known && !used.contains(index) && !errors.iter().any(|error| entry.reach.contains(*error))
    });
    let unneeded = unneeded.map(|(_, entry)| {
        let (id, span) = (entry.id, sources.key_span(&entry.place));
        let message = format!("`{id}` is allowed, and there is no such warning here");
        let help = "remove it, so that a new mistake of this kind is not hidden";
        Diagnostic::new(Code::UnneededAllow, span, message, "nothing to allow", help)
    });
    let unneeded: Vec<Diagnostic> = unneeded.collect();
    diagnostics.extend(unneeded);
}
