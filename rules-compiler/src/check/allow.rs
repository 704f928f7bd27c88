//! `allow`: warnings that do not apply to a rule.

use super::Input;
use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, list, nearest};
use crate::source::Sources;

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    let warnings = || Code::ALL.iter().filter(|code| code.severity() == Severity::Warning).map(|code| code.id());
    for rule in input.rules() {
        for (id, reason) in &rule.value.rule.allow {
            let place = rule.place.key("allow").key(id);
            let span = input.sources.key_span(&place);
            if !warnings().any(|warning| warning == id) {
                let message = format!("there is no warning `{id}`");
                let meant = nearest(id, warnings());
                let label = meant.map_or_else(String::new, |meant| meant.question());
                let help = format!("write one of {}; errors cannot be allowed", list(warnings()));
                let diagnostic = Diagnostic::new(Code::UnknownWarning, span, message, label, help);
                diagnostics.push(match meant {
                    Some(meant) => diagnostic.fixed_by(span, meant.name).with_certainty(meant.certainty),
                    None => diagnostic,
                });
            } else if reason.trim().is_empty() {
                let message = format!("`{id}` is allowed without a reason");
                let help = format!("say why, as in `{id}: \"the page was withdrawn\"`");
                diagnostics.push(Diagnostic::new(Code::AllowWithoutReason, span, message, "why?", help));
            }
        }
    }
}

/// Takes out the warnings that a rule allows, whichever stage gave them.
pub fn drop_allowed(catalogue: &Catalogue, sources: &Sources, diagnostics: &mut Diagnostics) {
    let allowing = catalogue.rules.iter().filter(|rule| !rule.value.rule.allow.is_empty());
    let allowed: Vec<_> = allowing.map(|rule| (sources.span(&rule.place), &rule.value.rule.allow)).collect();
    diagnostics.retain(|diagnostic| {
        let is_warning = diagnostic.severity() == Severity::Warning;
        let Some(span) = diagnostic.span().filter(|_| is_warning) else { return true };
        !allowed.iter().any(|(rule, allow)| rule.contains(span) && allow.contains_key(diagnostic.code.id()))
    });
}
