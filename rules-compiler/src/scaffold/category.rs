//! What a reply is likely to mean: what the catalogue says of it as it is.

use crate::catalogue::Catalogue;
use rules_runtime::{Basis, Category as Known, Verdict};

/// A category and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its id.
    pub id: String,
    /// What speaks for it.
    pub evidence: Evidence,
}

/// What speaks for a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// The person who asked for the rule.
    Given,
    /// The words, by this rule; and what the codes alone say, where that is something else.
    Words(String, Option<String>),
    /// Single words that only hint at it, by this rule; and what the codes alone say, where that is something else.
    Hint(String, Option<String>),
    /// The enhanced status code alone.
    EnhancedCode,
    /// The reply code alone.
    ReplyCode,
}

/// The likely category; none where the catalogue has nothing to say. `codes` is what it says of the codes alone.
pub fn likely(catalogue: &Catalogue, verdict: &Verdict<'_>, codes: &Verdict<'_>) -> Option<Category> {
    let by_codes = || named(codes).filter(|id| Some(id) != named(verdict).as_ref());
    let evidence = match (verdict.basis(), verdict.rule()) {
        (Basis::ProviderRule | Basis::Phrase, Some(rule)) if is_hint(catalogue, rule.id()) => {
            Evidence::Hint(rule.id().to_owned(), by_codes())
        }
        (Basis::ProviderRule | Basis::Phrase, Some(rule)) => {
            let by_code = by_codes().filter(|_| codes.basis() == Basis::EnhancedCode);
            Evidence::Words(rule.id().to_owned(), by_code)
        }
        (Basis::EnhancedCode, _) => Evidence::EnhancedCode,
        (Basis::BasicCode, _) => Evidence::ReplyCode,
        _ => return None,
    };
    named(verdict).map(|id| Category { id, evidence })
}

/// The category, where it says something.
fn named(verdict: &Verdict<'_>) -> Option<String> {
    let says = !matches!(verdict.category(), Known::Unclassified | Known::Accepted);
    says.then(|| verdict.category().name().to_owned())
}

/// Whether a rule only looks for a word.
fn is_hint(catalogue: &Catalogue, id: &str) -> bool {
    catalogue.rules.iter().any(|rule| rule.value.id == id && rule.value.rule.last_resort)
}
