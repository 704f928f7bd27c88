//! What only the whole catalogue can show: whether each example is won by its own rule.

mod examples;

use crate::check::Checked;
use crate::diagnostic::Diagnostics;
use crate::lower::Rules;
use crate::source::Sources;
use rules_runtime::Tables;

/// Analyses the rules with the tables made from them.
pub fn analyse(
    checked: &Checked,
    rules: &Rules,
    tables: &Tables<'_>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    examples::check(checked, rules, tables, sources, diagnostics);
}

pub use examples::{evidence, host_and_stage};
