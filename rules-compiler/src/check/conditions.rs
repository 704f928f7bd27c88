//! What a rule matches: it needs a text or evidence, and evidence needs somebody to give it.

use super::Input;
use crate::catalogue::{Located, OwnedRule, ReplyPattern, Requirement};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    for rule in input.rules() {
        never_asked(input, rule, diagnostics);
        let requirements_hold = requirements(input, rule, diagnostics);
        if requirements_hold {
            diagnostics.extend(nothing_to_match(input, rule));
        }
    }
}

/// Codes of success: no rule is asked what such a reply means, whatever its words are.
fn never_asked(input: &Input<'_>, located: &Located<OwnedRule>, diagnostics: &mut Diagnostics) {
    let rule = &located.value.rule;
    let replies = rule.reply.iter().map(|reply| match reply {
        ReplyPattern::Code(code) => *code < 400,
        ReplyPattern::Class(class) => *class < 4,
    });
    let statuses = rule.status.iter().map(|status| status.class == Some(2));
    let replies = replies.enumerate().map(|(index, is_success)| ("reply", index, is_success));
    let statuses = statuses.enumerate().map(|(index, is_success)| ("status", index, is_success));
    for (key, index, _) in replies.chain(statuses).filter(|(.., is_success)| *is_success) {
        let place = located.place.key(key);
        let span = input.sources.span(&input.sources.element(&place, index));
        let message = format!("no rule is asked about a reply with this code, which reports success (`{key}`)");
        let help = "remove it: what such a reply means is said by its code alone, in `codes/` and `enhanced.yaml`";
        diagnostics.push(Diagnostic::new(Code::InvalidValue, span, message, "never asked", help));
    }
}

fn nothing_to_match(input: &Input<'_>, located: &Located<OwnedRule>) -> Option<Diagnostic> {
    let rule = &located.value.rule;
    let has_text = !rule.text.is_empty() || !rule.regex.is_empty();
    let has_codes = !rule.reply.is_empty() || !rule.status.is_empty();
    let has_evidence = rule.requires.iter().any(|requirement| *requirement != Requirement::Code);
    if has_text || has_codes && has_evidence {
        return None;
    }
    let span = input.sources.head_span(&located.place);
    let message = format!("`{}` has nothing to match", located.value.id);
    let help = "add `text: …`, or `requires: mx` (or `marker`) together with `reply` or `status`";
    Some(Diagnostic::new(Code::NothingToMatch, span, message, "this rule needs a text", help))
}

/// Whether all of them can be met.
fn requirements(input: &Input<'_>, located: &Located<OwnedRule>, diagnostics: &mut Diagnostics) -> bool {
    let rule = &located.value.rule;
    let mut hold = true;
    for (index, requirement) in rule.requires.iter().enumerate() {
        let place = input.sources.element(&located.place.key("requires"), index);
        let span = input.sources.span(&place);
        let name = requirement.name();
        let provider = input.provider(&located.value);
        let diagnostic = match (requirement, provider) {
            (Requirement::Code, _) if rule.reply.is_empty() && rule.status.is_empty() => {
                let message = format!("`{}` requires its codes, and names none", located.value.id);
                let help = "add `reply: …` or `status: …`, or remove `code` here";
                Diagnostic::new(Code::CodeWithoutCodes, span, message, "which codes?", help)
            }
            (Requirement::Mx | Requirement::Marker, None) => {
                let message = format!("the phrase `{}` requires a provider", located.value.id);
                let help = format!("remove `{name}` here, or move the rule to the provider's file");
                Diagnostic::new(Code::PhraseRequiresProvider, span, message, "a phrase is nobody's own", help)
            }
            (Requirement::Mx, Some(provider)) if provider.mx.is_empty() => {
                let message =
                    format!("`{}` requires MX evidence, and `{}` names no hosts", located.value.id, provider.id);
                let help = "list the ends of the provider's host names under `mx:`";
                Diagnostic::new(Code::MxWithoutHosts, span, message, "never met", help)
            }
            (Requirement::Marker, Some(provider)) if provider.markers.is_empty() => {
                let message = format!("`{}` requires a marker, and `{}` names none", located.value.id, provider.id);
                let help = "list texts that only this provider's replies carry under `markers:`";
                Diagnostic::new(Code::MarkerWithoutMarkers, span, message, "never met", help)
            }
            _ => continue,
        };
        diagnostics.push(diagnostic);
        hold = false;
    }
    hold
}
