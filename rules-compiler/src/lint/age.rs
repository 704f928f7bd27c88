//! `checked`: within the last two years, and not in the future; `since` of what has moved: not in the future.

use super::Input;
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// Years after which a provider may well say something else.
const YEARS: u16 = 2;

pub(super) fn check(input: &Input<'_>, today: Date, diagnostics: &mut Diagnostics) {
    let oldest = today.years_before(YEARS);
    // It may be tomorrow already where the rule was written.
    let newest = today.next();
    for rule in input.rules() {
        let Some(checked) = Date::parse(&rule.value.rule.checked) else { continue };
        let span = input.span(rule, "checked");
        if checked < oldest {
            let message = format!("`{}` was last compared with its source on {checked}", rule.value.id);
            let help = "look whether the source still says so, then write the day you looked";
            let label = "more than two years ago";
            diagnostics.push(Diagnostic::new(Code::LongUnchecked, span, message, label, help));
        } else if checked > newest {
            let message = format!("`{}` was checked on a day that is still to come", rule.value.id);
            let help = format!("write the day it was compared with its source; today is {today}");
            diagnostics.push(Diagnostic::new(Code::CheckedInFuture, span, message, "not yet", help));
        }
    }
    for moved in &input.output.checked.catalogue.moved {
        if Date::parse(&moved.value.since).is_some_and(|since| since > newest) {
            let span = input.sources.span(&moved.place.key("since"));
            let message = format!("`{}` is said to have gone on a day that is still to come", moved.value.from);
            let help = format!("write the day of the change; today is {today}");
            diagnostics.push(Diagnostic::new(Code::CheckedInFuture, span, message, "not yet", help));
        }
    }
}
