//! `reply` and `status`: at least one example carries such a code, or nothing proves that the rule asks for the right ones.

use super::Input;
use crate::catalogue::{ReplyPattern, Requirement, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::oracle::ReadReply;

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    for rule in input.rules() {
        let written = &rule.value.rule;
        // Without its code, such an example is not won at all.
        if written.requires.contains(&Requirement::Code) {
            continue;
        }
        let reads = || written.examples.iter().map(|example| ReadReply::of(example.as_bytes()));
        let shows = |has: fn(&ReadReply<'_>) -> bool| reads().any(|read| has(&read));
        let unshown = match () {
            () if asks_for_replies(written) && !shows(|read| read.codes().reply.is_some()) => Some("reply"),
            () if !written.status.is_empty() && !shows(|read| read.codes().status.is_some()) => Some("status"),
            () => None,
        };
        let Some(key) = unshown else { continue };
        let message = format!("no example of `{}` carries a code, and the rule asks for one", rule.value.id);
        let help = "add an example as it comes over the wire, its codes first, or leave the key out";
        let span = input.span(rule, key);
        let new = Diagnostic::new(Code::CodeNotShown, span, message, "never tried", help);
        diagnostics.push(new.also(input.span(rule, "examples"), "without such a code"));
    }
}

/// Whether it is limited to some of the codes of a failure: `[4xx, 5xx]` only keeps out what succeeded.
fn asks_for_replies(rule: &Rule) -> bool {
    let takes = |class: u8| rule.reply.contains(&ReplyPattern::Class(class));
    let takes_any = rule.reply.is_empty() || takes(4) && takes(5);
    !takes_any
}
