//! What is asked for, and whether it can be done at all.

use super::category::{Category, Evidence, likely};
use super::pasted::Pasted;
use super::refusal::Refusal;
use crate::catalogue::{is_kebab_case, kebab_case};
use crate::compile::Output;
use rules_runtime::{Classifier, Tables};

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct NewRule {
    /// The provider's id.
    pub provider: String,
    /// What was pasted.
    pub reply: Vec<u8>,
    /// The rule's id, the part behind the provider's.
    pub id: Option<String>,
    /// What it means.
    pub category: Option<String>,
    /// Whether to write it although a rule of the provider reads the reply already.
    pub anyway: bool,
    /// The day, `2026-11-23`.
    pub checked: String,
}

/// Refuses a provider that is not there.
pub fn unknown_provider(id: &str, output: &Output) -> Refusal {
    let ids = output.rules.providers.iter().map(|provider| provider.id.as_str());
    let meant = crate::diagnostic::nearest(id, ids).map(|near| format!(": {}", near.question(id))).unwrap_or_default();
    let new = if is_kebab_case(id) { format!("; `rules new provider {id}` makes one") } else { String::new() };
    Refusal::request(format!("there is no provider `{id}`{meant}{new}"))
}

/// Refuses an id or a category that cannot be.
pub fn check_names(request: &NewRule, output: &Output) -> Result<(), Refusal> {
    let catalogue = &output.checked.catalogue;
    if let Some(id) = request.id.as_deref().filter(|id| !is_kebab_case(id)) {
        let mended = kebab_case(id);
        return Err(Refusal::request(format!(
            "`{id}` cannot be an id: write lower-case words joined by `-`, such as `{mended}`"
        )));
    }
    let public = request.id.as_ref().map(|id| format!("{}/{id}", request.provider));
    if let Some(public) = public.filter(|public| catalogue.rules.iter().any(|rule| rule.value.id == *public)) {
        return Err(Refusal::request(format!("the rule `{public}` is there already: give the new one another id")));
    }
    let categories = catalogue.categories.iter().map(|category| category.value.id.as_str());
    match request.category.as_deref() {
        Some(id) if !categories.clone().any(|category| category == id) => {
            let meant = crate::diagnostic::nearest(id, categories);
            let meant = meant.map_or("docs/categories lists them".to_owned(), |near| near.question(id));
            Err(Refusal::request(format!("there is no category `{id}`: {meant}")))
        }
        _ => Ok(()),
    }
}

/// What the catalogue says of the reply as it is, knowing whose it is.
///
/// A rule of the same provider that reads it already is reason to write no other.
pub fn said_today(
    output: &Output,
    host: Option<&str>,
    request: &NewRule,
    pasted: &Pasted,
) -> Result<Option<Category>, Refusal> {
    let tables = Tables::from_bytes(&output.rules_file).map_err(|error| Refusal::request(error.to_string()))?;
    let classifier = Classifier::new(&tables);
    let verdict = host.map_or(classifier, |host| classifier.mx(host)).classify(&pasted.whole);
    let own = verdict.rule().filter(|rule| rule.owner().is_some_and(|owner| owner.id() == request.provider));
    if let Some(rule) = own.filter(|_| !request.anyway) {
        return Err(Refusal::AlreadyRead(rule.id().to_owned()));
    }
    let given = request.category.clone().map(|id| Category { id, evidence: Evidence::Given });
    let codes = pasted.codes();
    Ok(given.or_else(|| likely(&output.checked.catalogue, &verdict, &classifier.classify(codes.as_bytes()))))
}
