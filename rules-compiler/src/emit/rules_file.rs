//! The tables as one file, names and explanations included.

use crate::catalogue::CategoryPermanence;
use crate::check::Checked;
use crate::layout::Sections;
use crate::lower::{Conclusion, Rules};
use rules_runtime::container::{Section, hash};
use rules_runtime::tables::{NONE, NameRecord, Outcome, RuleRecord};
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

/// Fills in the version, which names the catalogue's contents, and returns it.
pub fn set_version(sections: &mut Sections) -> String {
    let version = format!("{}+{:016x}", env!("CARGO_PKG_VERSION"), hash(&sections.to_bytes()));
    sections.set(Section::Version, version.clone().into_bytes());
    version
}

/// The bytes of a `.rules` file.
///
/// # Errors
///
/// Where the catalogue has a category that the runtime in this program does not know.
pub fn emit(checked: &Checked, rules: &Rules, sections: &Sections) -> Result<Vec<u8>, UnknownCategory> {
    let mut sections = sections.clone();
    let mut pool = String::new();
    let mut add = |text: &str| {
        let start = u32::try_from(pool.len()).unwrap_or(u32::MAX);
        let longest =
            text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= usize::from(u16::MAX));
        let length = longest.last().unwrap_or(0);
        pool.push_str(&text[..length]);
        (start, u16::try_from(length).unwrap_or(u16::MAX))
    };
    let mut names = Vec::new();
    let mut outcomes = Vec::new();
    for conclusion in &rules.conclusions {
        let (id, id_length) = add(&conclusion.id);
        let (docs_path, docs_path_length) = add(&conclusion.docs_path);
        let (explanation, explanation_length) = add(&conclusion.explanation);
        let provider = conclusion.provider.and_then(|provider| u16::try_from(provider).ok()).unwrap_or(NONE);
        names.push(RuleRecord {
            id,
            docs_path,
            explanation,
            id_length,
            docs_path_length,
            explanation_length,
            provider,
        });
        outcomes.push(outcome(checked, conclusion)?);
    }
    let providers: Vec<_> = rules
        .providers
        .iter()
        .map(|provider| {
            let (id, id_length) = add(&provider.id);
            let (name, name_length) = add(&provider.name);
            NameRecord { id, name, id_length, name_length }
        })
        .collect();
    sections.records(Section::RuleNames, names.iter().map(RuleRecord::write));
    sections.records(Section::Outcomes, outcomes.iter().map(Outcome::write));
    sections.records(Section::ProviderNames, providers.iter().map(NameRecord::write));
    sections.set(Section::Pool, pool.into_bytes());
    sections.set(Section::Categories, Category::ALL.map(Category::name).join("\n").into_bytes());
    set_version(&mut sections);
    Ok(sections.to_bytes())
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
