//! A reply with what a careful reader says it means.

use crate::catalogue::{Category, Located, Scope};
use crate::diagnostic::nearest;
use rules_runtime::Permanence;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A labelled reply: one JSON object of a file with one a line. Other keys are ignored.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Labelled {
    /// Its name; where there is none, the line's number stands for it.
    #[serde(default)]
    pub id: Option<String>,
    /// The reply.
    pub text: String,
    /// What it means: an id of `categories.yaml`.
    pub category: String,
    /// What a careful reader would accept besides.
    #[serde(default)]
    pub accept: Vec<String>,
    /// `permanent`, `transient` or `none`; nothing where it is not to be scored.
    #[serde(default)]
    pub permanence: Option<String>,
    /// Who speaks: a provider's id, or nothing where the text does not tell.
    #[serde(default)]
    pub provider: Option<String>,
    /// The host that answered, where it is known.
    #[serde(default)]
    pub mx: Option<String>,
}

/// The categories that a label may name, with what each is about.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    scopes: BTreeMap<String, Scope>,
}

impl Vocabulary {
    /// The categories of a catalogue.
    #[must_use]
    pub fn new(categories: &[Located<Category>]) -> Self {
        let scope = |category: &Located<Category>| (category.value.id.clone(), category.value.scope);
        Self { scopes: categories.iter().map(scope).collect() }
    }

    /// Whether a category is about the recipient or the recipient's domain, so that it may strike a recipient off.
    #[must_use]
    pub fn about_recipient(&self, category: &str) -> bool {
        matches!(self.scopes.get(category), Some(Scope::Recipient | Scope::RecipientDomain))
    }

    fn check(&self, category: &str) -> Result<(), String> {
        if self.scopes.contains_key(category) {
            return Ok(());
        }
        let near = nearest(category, self.scopes.keys().map(String::as_str));
        let near = near.map_or(String::new(), |near| format!("; {}", near.question(category)));
        Err(format!("the catalogue has no category `{category}`{near}"))
    }
}

impl Labelled {
    /// Reads a line.
    ///
    /// # Errors
    ///
    /// What is wrong with the line, in words.
    pub fn parse(line: &[u8], vocabulary: &Vocabulary) -> Result<Self, String> {
        let read: Self = serde_json::from_slice(line).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => format!("this is not a labelled reply: {error}"),
            _ => format!("this is not JSON: {error}"),
        })?;
        [&read.category].into_iter().chain(&read.accept).try_for_each(|category| vocabulary.check(category))?;
        match read.permanence.as_deref() {
            Some(name) if Permanence::from_name(name).is_none() => {
                Err(format!("`permanence` is `{name}`, not `permanent`, `transient` or `none`"))
            }
            _ => Ok(read),
        }
    }

    /// Whether a careful reader accepts this category.
    #[must_use]
    pub fn accepts(&self, category: &str) -> bool {
        self.category == category || self.accept.iter().any(|accepted| accepted == category)
    }
}
