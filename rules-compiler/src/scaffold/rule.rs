//! A new rule from a reply that somebody pasted.

use super::category::Category;
use super::draft::{Draft, Trial};
use super::pasted::Pasted;
use super::refusal::Refusal;
use super::request::NewRule;
use super::today::Today;
use super::wording;
use crate::compile::Compiled;
use crate::oracle::stands_in;
use crate::source::CatalogueFile;

/// A rule that would be good once its blanks are filled.
#[derive(Debug)]
pub struct Proposal {
    /// The rule's public id.
    pub id: String,
    /// The provider's file with the rule.
    pub file: CatalogueFile,
    /// The line on which the rule starts.
    pub line: usize,
    /// The rule as it stands in the file, without indentation.
    pub rule: String,
    /// Its template.
    pub template: String,
    /// Its example.
    pub example: String,
    /// What varies, by the types' names, in the text's order.
    pub varies: Vec<&'static str>,
    /// The likely category.
    pub category: Option<Category>,
    /// What was pasted.
    pub pasted: Pasted,
    /// The rules that match the reply today.
    pub today: Vec<Today>,
    /// The rules that it is said to beat.
    pub over: Vec<String>,
    /// Whether nothing in the template is the provider's own, so that other servers may say the same.
    pub is_general: bool,
    /// The catalogue with the rule, its blanks filled: its warnings are worth a look.
    pub compiled: Compiled,
}

/// Makes a rule of a reply. `base` is the catalogue as it is, without errors, and `folder` its name.
///
/// # Errors
///
/// Where no rule can be made of the reply that wins its example and leaves all others to their rules.
pub fn propose(base: &Compiled, folder: &str, request: &NewRule) -> Result<Proposal, Refusal> {
    let output = base.output.as_ref().filter(|_| !base.diagnostics.has_errors());
    let output = output.ok_or_else(|| Refusal::request("the catalogue has mistakes: mend them first"))?;
    let draft = Draft::new(base, output, folder, request)?;
    let fits = |template: &crate::template::Template| {
        stands_in(template, &draft.pasted.whole) && stands_in(template, draft.example.as_bytes())
    };
    let mut candidates = wording::candidates(&draft.pasted.text, &draft.parts, fits);
    if candidates.is_empty() {
        return Err(Refusal::request(
            "the reply has too few words of its own to tell it from others: at least four letters in a row are needed",
        ));
    }
    candidates.truncate(MOST_TRIED);
    let mut wrong = None;
    for template in &candidates {
        match draft.tried(template, &[])? {
            Trial::Good(proposal) => return Ok(*proposal),
            Trial::Bad(bad) => wrong = Some(*bad),
        }
    }
    draft.with_over(&candidates, wrong)
}

/// Most templates that are tried: each takes as long as a check of the catalogue.
const MOST_TRIED: usize = 6;
