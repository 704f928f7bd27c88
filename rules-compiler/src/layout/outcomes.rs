//! What the rules conclude, as records.

use super::Sections;
use crate::catalogue::CategoryPermanence;
use crate::check::Checked;
use crate::lower::{Conclusion, Rules};
use rules_runtime::container::Section;
use rules_runtime::tables::Outcome;
use rules_runtime::{Action, Category, Permanence, Scope, Suppress};

/// A category that the runtime does not know, so that no table can name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCategory(pub String);

impl std::fmt::Display for UnknownCategory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "the category `{}` is not one that this program was built with: run `rules build`, then build the program again",
            self.0
        )
    }
}

impl std::error::Error for UnknownCategory {}

/// Writes what each rule concludes.
///
/// # Errors
///
/// Where the catalogue has a category that the runtime in this program does not know.
pub fn write(checked: &Checked, rules: &Rules, sections: &mut Sections) -> Result<(), UnknownCategory> {
    let outcomes: Result<Vec<Outcome>, _> = rules.conclusions.iter().map(|rule| outcome(checked, rule)).collect();
    sections.records(Section::Outcomes, outcomes?.iter().map(Outcome::write));
    Ok(())
}

fn outcome(checked: &Checked, conclusion: &Conclusion) -> Result<Outcome, UnknownCategory> {
    let id = &checked.category(conclusion.category).id;
    let category = Category::from_name(id).ok_or_else(|| UnknownCategory(id.clone()))?;
    let action = |action: crate::catalogue::Action| Action::from_name(action.name()).unwrap_or(Action::Review);
    let suppress = |suppress: crate::catalogue::Suppress| Suppress::from_name(suppress.name()).unwrap_or(Suppress::No);
    Ok(Outcome::new(
        category,
        Scope::from_name(conclusion.scope.name()).unwrap_or(Scope::Message),
        [action(conclusion.action.otherwise), action(conclusion.action.transient)],
        [suppress(conclusion.suppress.otherwise), suppress(conclusion.suppress.transient)],
        conclusion.permanence.and_then(|permanence| Permanence::from_name(permanence.name())),
        match conclusion.permanence_without_code {
            CategoryPermanence::ByCode => Permanence::Unknown,
            other => Permanence::from_name(other.name()).unwrap_or(Permanence::Unknown),
        },
        conclusion.retry_after.unwrap_or(0),
    ))
}
