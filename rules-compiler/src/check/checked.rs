//! What a catalogue is once it is checked: every name resolved, every template parsed.

use crate::catalogue::{
    Action, Catalogue, Category, OwnedRule, Owner, Place, Position, Provider, ReplyPattern, Requirement,
    RulePermanence, Scope, Stage, StatusPattern, Suppress,
};
use crate::template::Template;

/// A catalogue without local mistakes.
#[derive(Debug)]
pub struct Checked {
    /// The catalogue as written, for the documentation.
    pub catalogue: Catalogue,
    /// One entry for each of [`Catalogue::rules`], in the same order.
    pub rules: Vec<CheckedRule>,
    /// One entry for each of [`Catalogue::providers`]: its markers as templates.
    pub markers: Vec<Vec<Template>>,
    /// One entry for each of [`Catalogue::codes`]: its category.
    pub code_categories: Vec<CategoryIndex>,
    /// One entry for each of [`Catalogue::enhanced`]: its category.
    pub enhanced_categories: Vec<CategoryIndex>,
}

/// An index into [`Catalogue::categories`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CategoryIndex(pub usize);

/// An index into [`Catalogue::rules`] and [`Checked::rules`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleIndex(pub usize);

/// A rule with its references resolved and its category's defaults filled in.
#[derive(Debug, Clone)]
pub struct CheckedRule {
    /// What it means.
    pub category: CategoryIndex,
    /// Where the words overrule the reply's class.
    pub permanence: Option<RulePermanence>,
    /// What to do where the reply is not transient, and where it is.
    pub action: ByPermanence<Action>,
    /// What the verdict is about.
    pub scope: Scope,
    /// Whether to strike the recipient off where the reply is not transient, and where it is.
    pub suppress: ByPermanence<Suppress>,
    /// Conditions on the reply code: any of them.
    pub reply: Vec<ReplyPattern>,
    /// Conditions on the enhanced status code: any of them.
    pub status: Vec<StatusPattern>,
    /// The commands it answers: any of them; none for all.
    pub stage: Vec<Stage>,
    /// The evidence it needs.
    pub requires: Vec<Requirement>,
    /// Where in the reply a template must stand.
    pub position: Position,
    /// Its templates, in order; its regular expressions behind them.
    pub templates: Vec<Template>,
    /// Whether it beats the reply that the words around it quote.
    pub over_quoted: bool,
    /// Whether it gives way to every other rule of its level.
    pub last_resort: bool,
    /// The rules it beats.
    pub over: Vec<RuleIndex>,
    /// Where the knowledge comes from.
    pub source: Source,
}

/// A value that differs where the reply is transient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByPermanence<T> {
    /// Where the reply is permanent, or nothing tells.
    pub otherwise: T,
    /// Where the reply is transient.
    pub transient: T,
}

/// Where a rule's knowledge comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What kind of source it is.
    pub kind: SourceKind,
    /// Its address.
    pub url: Option<String>,
}

/// What kind of source a rule has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceKind {
    /// The provider's own documentation.
    Docs,
    /// The server software's source code.
    Software,
    /// A reply that was seen.
    Observed,
    /// Other replies: nobody is on record to have seen one in these words.
    Inferred,
}

impl Checked {
    /// The rule as written.
    #[must_use]
    pub fn written(&self, rule: RuleIndex) -> &OwnedRule {
        &self.catalogue.rules[rule.0].value
    }

    /// Where the rule is written.
    #[must_use]
    pub fn place(&self, rule: RuleIndex) -> &Place {
        &self.catalogue.rules[rule.0].place
    }

    /// The rule's category.
    #[must_use]
    pub fn category(&self, category: CategoryIndex) -> &Category {
        &self.catalogue.categories[category.0].value
    }

    /// The provider whose rule it is, unless it is a phrase.
    #[must_use]
    pub fn provider(&self, owner: Owner) -> Option<&Provider> {
        match owner {
            Owner::Provider(index) => Some(&self.catalogue.providers[index].value),
            Owner::Language(_) => None,
        }
    }
}
