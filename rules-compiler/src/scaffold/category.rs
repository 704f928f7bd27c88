//! What a reply is likely to mean: what the catalogue says of it as it is.

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
    /// The words, by this rule.
    Words(String),
    /// The enhanced status code alone.
    EnhancedCode,
    /// The reply code alone.
    ReplyCode,
}

/// The likely category; none where the catalogue has nothing to say.
pub fn likely(verdict: &Verdict<'_>) -> Option<Category> {
    let evidence = match (verdict.basis(), verdict.rule()) {
        (Basis::ProviderRule | Basis::Phrase, Some(rule)) => Evidence::Words(rule.id().to_owned()),
        (Basis::EnhancedCode, _) => Evidence::EnhancedCode,
        (Basis::BasicCode, _) => Evidence::ReplyCode,
        _ => return None,
    };
    let says = !matches!(verdict.category(), Known::Unclassified | Known::Accepted);
    says.then(|| Category { id: verdict.category().name().to_owned(), evidence })
}
