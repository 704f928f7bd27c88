//! A verdict held against a label.

use super::{Labelled, Vocabulary};
use rules_runtime::{Basis, Category, Classifier, Permanence, Suppress, Tables};

/// How a category compares with the label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It is one that the label accepts.
    Right,
    /// It is another.
    Wrong,
    /// The verdict does not say.
    Silent,
}

/// How a provider compares with the label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribution {
    /// Neither names one.
    None,
    /// The same.
    Right,
    /// Another.
    Wrong,
    /// The label names one, the verdict does not.
    Silent,
    /// The verdict names one, the label does not.
    Invented,
}

/// A verdict held against a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// What the verdict says.
    pub category: &'static str,
    /// How that compares.
    pub standing: Standing,
    /// Whom the verdict names.
    pub provider: Option<String>,
    /// How that compares.
    pub attribution: Attribution,
    /// What the verdict says about permanence.
    pub permanence: &'static str,
    /// Whether that is right; nothing where the label leaves it open.
    pub permanence_right: Option<bool>,
    /// Whether it strikes off a recipient although nothing that the label accepts is about the recipient or its domain.
    pub false_suppression: bool,
    /// The rule that won.
    pub rule: Option<String>,
    /// Whether the rule was for these very words.
    pub own_words: bool,
}

impl Judged {
    /// Classifies a labelled reply and compares.
    #[must_use]
    pub fn new(labelled: &Labelled, tables: &Tables<'_>, vocabulary: &Vocabulary) -> Self {
        let classifier = Classifier::new(tables);
        let classifier = labelled.mx.as_deref().map_or(classifier, |mx| classifier.mx(mx));
        let verdict = classifier.classify(labelled.text.as_bytes());
        let category = verdict.category();
        let provider = verdict.provider().map(|provider| provider.id());
        let permanence = labelled.permanence.as_deref().and_then(Permanence::from_name);
        let mut accepted = [&labelled.category].into_iter().chain(&labelled.accept);
        Self {
            category: category.name(),
            standing: match labelled.accepts(category.name()) {
                true => Standing::Right,
                false if category == Category::Unclassified => Standing::Silent,
                false => Standing::Wrong,
            },
            provider: provider.map(str::to_owned),
            attribution: match (provider, labelled.provider.as_deref()) {
                (None, None) => Attribution::None,
                (None, Some(_)) => Attribution::Silent,
                (Some(_), None) => Attribution::Invented,
                (Some(said), Some(wanted)) if said == wanted => Attribution::Right,
                (Some(_), Some(_)) => Attribution::Wrong,
            },
            permanence: verdict.permanence().name(),
            permanence_right: permanence.map(|wanted| wanted == verdict.permanence()),
            false_suppression: verdict.suppress() != Suppress::No
                && !accepted.any(|category| vocabulary.about_recipient(category)),
            rule: verdict.rule().map(|rule| rule.id().to_owned()),
            own_words: matches!(verdict.basis(), Basis::ProviderRule),
        }
    }
}
