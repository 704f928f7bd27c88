//! How well a rule is written: warnings, each of which a rule or a file can allow with a reason.
//!
//! One file a lint. All look at the rules that have no errors; none looks at the clock, so that a build depends on the
//! catalogue alone. The day is given where knowledge may be out of date.

mod advice;
mod age;
mod codes;
mod entries;
mod explanations;
mod fields;
mod links;
mod names;
mod phrases;
mod repeats;
mod words;

use crate::catalogue::{Located, OwnedRule};
use crate::check;
use crate::compile::Output;
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostics, Span};
use crate::source::Sources;

/// Looks at all rules, then settles which warnings are allowed and which of the permissions are needed.
pub fn lint(output: &Output, sources: &Sources, today: Option<Date>, diagnostics: &mut Diagnostics) {
    let input = Input { output, sources };
    if let Some(today) = today {
        age::check(&input, today, diagnostics);
    }
    let needless = phrases::check(&input, diagnostics);
    explanations::check(&input, &needless, diagnostics);
    links::check(&input, diagnostics);
    names::check(&input, diagnostics);
    fields::check(&input, diagnostics);
    repeats::check(&input, diagnostics);
    entries::check(&input, diagnostics);
    codes::check(&input, diagnostics);
    let catalogue = &output.checked.catalogue;
    check::drop_allowed(catalogue, sources, diagnostics);
    let unknown: &[Code] = if today.is_some() { &[] } else { &[Code::LongUnchecked, Code::CheckedInFuture] };
    check::unneeded(catalogue, sources, unknown, diagnostics);
}

/// What every lint looks at.
struct Input<'a> {
    output: &'a Output,
    sources: &'a Sources,
}

impl<'a> Input<'a> {
    fn rules(&self) -> &'a [Located<OwnedRule>] {
        &self.output.checked.catalogue.rules
    }

    /// The value of a key of a rule.
    fn span(&self, rule: &Located<OwnedRule>, key: &str) -> Span {
        self.sources.span(&rule.place.key(key))
    }
}
