//! From a catalogue as written to one whose names are resolved and whose texts are read.
//!
//! One file a check; each reads the catalogue and reports, none changes anything. What they found wrong decides, at the
//! end, which items go on to the next stage.

mod allow;
mod blanks;
mod checked;
mod circles;
mod conditions;
mod defaults;
mod examples;
mod hosts;
mod ids;
mod links;
mod moved;
mod over;
mod provenance;
mod references;
mod resolve;
pub(crate) mod swallow;
mod texts;
mod truncated;
mod wording;

pub use allow::{drop_allowed, unneeded};
pub use blanks::BLANK;
pub use checked::{ByPermanence, CategoryIndex, Checked, CheckedRule, RuleIndex, Source, SourceKind};

use crate::catalogue::{Catalogue, Located, OwnedRule, Owner, Place, Provider};
use crate::diagnostic::{Diagnostics, Span};
use crate::source::Sources;

/// Checks a catalogue; what is wrong goes to `diagnostics`.
///
/// Items with an error are left out of the result, so that later stages can look at the others in the same run. `None`
/// where nothing can be built upon: a category that every catalogue needs is missing.
pub fn check(catalogue: Catalogue, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Checked> {
    let input = Input { catalogue: &catalogue, sources };
    ids::check(&input, diagnostics);
    references::check(&input, diagnostics);
    let beaten = over::check(&input, diagnostics);
    conditions::check(&input, diagnostics);
    let texts = texts::check(&input, diagnostics);
    truncated::check(&input, diagnostics);
    hosts::check(&input, diagnostics);
    links::check(&input, diagnostics);
    moved::check(&input, diagnostics);
    provenance::check(&input, diagnostics);
    wording::check(&input, diagnostics);
    examples::check(&input, diagnostics);
    defaults::check(&input, diagnostics);
    allow::check(&input, diagnostics);
    blanks::check(sources, diagnostics);
    drop_allowed(&catalogue, sources, diagnostics);
    resolve::resolve(catalogue, sources, texts, &beaten, diagnostics)
}

/// What every check looks at.
struct Input<'a> {
    catalogue: &'a Catalogue,
    sources: &'a Sources,
}

impl<'a> Input<'a> {
    fn rules(&self) -> std::slice::Iter<'a, Located<OwnedRule>> {
        self.catalogue.rules.iter()
    }

    /// The value of a key of an item.
    fn span(&self, item: &Place, key: &str) -> Span {
        self.sources.span(&item.key(key))
    }

    /// Whose rule it is, unless it is a phrase.
    fn provider(&self, rule: &OwnedRule) -> Option<&'a Provider> {
        match rule.owner {
            Owner::Provider(index) => self.catalogue.providers.get(index).map(|provider| &provider.value),
            Owner::Language(_) => None,
        }
    }

    /// Where the texts under a key stand that may be written as a list or as a single value.
    fn each<'t>(&self, item: &Place, key: &str, texts: &'t [String]) -> impl Iterator<Item = (&'t String, Place)> {
        let place = item.key(key);
        let places = (0..texts.len()).map(|index| self.sources.element(&place, index)).collect::<Vec<_>>();
        texts.iter().zip(places)
    }
}
