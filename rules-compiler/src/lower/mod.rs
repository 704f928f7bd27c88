//! From a checked catalogue to patterns in the order in which they win.
//!
//! A rule with several templates becomes several patterns; a provider's markers become patterns too. What each rule
//! concludes stands apart from how it matches, since patterns of one rule share it.

mod conclusion;
mod order;

pub use conclusion::Conclusion;

use crate::catalogue::{Owner, Position, ProviderKind, ReplyPattern, Requirement, Stage, StatusPattern};
use crate::check::{Checked, RuleIndex};
use crate::template::{Item, Template};
use rules_runtime::tables::Level;

/// A catalogue ready to be laid out.
#[derive(Debug)]
pub struct Rules {
    /// The patterns, the strongest first; the markers behind them.
    pub patterns: Vec<Pattern>,
    /// What the rules conclude: those of the catalogue in its order, then one for each enhanced status code, then one
    /// for each reply code.
    pub conclusions: Vec<Conclusion>,
    /// The providers, by id.
    pub providers: Vec<ProviderNames>,
    /// Ends of host names and whose they are, sorted.
    pub mx: Vec<(String, usize)>,
    /// Enhanced status codes, as (subject, detail), and the conclusion for each; sorted.
    pub enhanced: Vec<((u16, u16), usize)>,
    /// Reply codes and the conclusion for each; sorted.
    pub codes: Vec<(u16, usize)>,
}

/// What is reported of a provider.
#[derive(Debug, Clone)]
pub struct ProviderNames {
    /// Public id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it does.
    pub kind: ProviderKind,
}

/// One way in which a rule matches.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// What a match means.
    pub meaning: Meaning,
    /// How it matches.
    pub matcher: PatternMatcher,
    /// The provider whose evidence strengthens it, as an index into [`Rules::providers`].
    pub provider: Option<usize>,
    /// How strong it is without evidence.
    pub level: Level,
    /// The evidence it needs.
    pub requires: Vec<Requirement>,
    /// Where in the reply it must stand.
    pub position: Position,
    /// Whether it beats the reply that the words around it quote.
    pub over_quoted: bool,
    /// The commands it answers; none for all.
    pub stages: Vec<Stage>,
    /// Conditions on the reply code: any of them.
    pub reply: Vec<ReplyPattern>,
    /// Conditions on the enhanced status code: any of them.
    pub status: Vec<StatusPattern>,
}

/// What a match of a pattern means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// The rule matches; also an index into [`Rules::conclusions`].
    Rule(RuleIndex),
    /// The provider speaks; an index into [`Rules::providers`].
    Marker(usize),
}

/// How a pattern matches.
#[derive(Debug, Clone)]
pub enum PatternMatcher {
    /// By a template.
    Template {
        /// As written.
        template: Template,
        /// As the matcher sees it.
        items: Vec<Item>,
    },
    /// By the codes alone.
    Textless,
}

/// Orders a checked catalogue's rules by strength.
#[must_use]
pub fn lower(checked: &Checked) -> Rules {
    let catalogue = &checked.catalogue;
    let mut patterns = order::patterns(checked);
    for (provider, markers) in checked.markers.iter().enumerate() {
        patterns.extend(markers.iter().map(|template| Pattern {
            meaning: Meaning::Marker(provider),
            matcher: PatternMatcher::of(template),
            provider: Some(provider),
            level: Level::Provider,
            requires: Vec::new(),
            position: Position::Anywhere,
            over_quoted: false,
            stages: Vec::new(),
            reply: Vec::new(),
            status: Vec::new(),
        }));
    }
    let (conclusions, enhanced, codes) = conclusion::all(checked);
    let providers = catalogue.providers.iter().map(|provider| &provider.value);
    let mut mx: Vec<_> = providers
        .clone()
        .enumerate()
        .flat_map(|(index, provider)| provider.mx.iter().map(move |suffix| (suffix.to_ascii_lowercase(), index)))
        .collect();
    mx.sort();
    let providers = providers.map(|p| ProviderNames { id: p.id.clone(), name: p.name.clone(), kind: p.kind }).collect();
    Rules { patterns, conclusions, providers, mx, enhanced, codes }
}

impl PatternMatcher {
    fn of(template: &Template) -> Self {
        Self::Template { template: template.clone(), items: template.items() }
    }
}

/// How strong a rule of this owner is before any evidence.
#[must_use]
pub fn level(checked: &Checked, owner: Owner) -> Level {
    match checked.provider(owner).map(|provider| provider.kind) {
        Some(ProviderKind::Mta | ProviderKind::Blocklist) => Level::Software,
        Some(_) => Level::Provider,
        None => Level::Phrase,
    }
}
