//! Where everything stands in the documentation: the one place that knows.
//!
//! Paths are relative to the documentation's root, with `/`, and are public: verdicts point to them.

use crate::catalogue::{Catalogue, Guide, OwnedRule, Owner};

/// The page of a reply code.
#[must_use]
pub fn reply_code(code: u16) -> String {
    format!("codes/{code}.md")
}

/// A part of a reply code's page.
#[must_use]
pub fn reply_code_part(code: u16, name: &str) -> String {
    format!("codes/{code}/{name}.md")
}

/// The page of a class of enhanced status codes.
#[must_use]
pub fn enhanced_class(class: u8) -> String {
    format!("enhanced/{class}.md")
}

/// The page of an enhanced status code's subject.
#[must_use]
pub fn enhanced_subject(subject: u16) -> String {
    format!("enhanced/x.{subject}.md")
}

/// The entry of an enhanced status code.
#[must_use]
pub fn enhanced(subject: u16, detail: u16) -> String {
    format!("{}#x-{subject}-{detail}", enhanced_subject(subject))
}

/// The page of a category.
#[must_use]
pub fn category(id: &str) -> String {
    format!("categories/{id}.md")
}

/// The page of a provider.
#[must_use]
pub fn provider(id: &str) -> String {
    format!("providers/{id}.md")
}

/// The page of a language's phrases.
#[must_use]
pub fn language(tag: &str) -> String {
    format!("phrases/{tag}.md")
}

/// A language with more phrases than this has a page for each category.
const MOST_PHRASES: usize = 100;

/// Whether a language's phrases stand on pages of their own, one for each category. The language's page then only lists
/// them; their anchors are there all the same, so that links to them last.
#[must_use]
pub fn by_category(catalogue: &Catalogue, language: usize) -> bool {
    let own = catalogue.rules.iter().filter(|rule| rule.value.owner == Owner::Language(language));
    own.count() > MOST_PHRASES
}

/// The page of a language's phrases of one category.
#[must_use]
pub fn phrases(tag: &str, category: &str) -> String {
    format!("phrases/{tag}/{category}.md")
}

/// The entry of a rule.
#[must_use]
pub fn rule(catalogue: &Catalogue, rule: &OwnedRule) -> String {
    let page = match rule.owner {
        Owner::Provider(index) => provider(&catalogue.providers[index].value.id),
        Owner::Language(index) if by_category(catalogue, index) => {
            phrases(&catalogue.languages[index].value.language, &rule.rule.category)
        }
        Owner::Language(index) => language(&catalogue.languages[index].value.language),
    };
    format!("{page}#{}", rule.rule.id)
}

/// A guide: what to do, step by step. Written by hand.
#[must_use]
pub fn guide(guide: Guide) -> String {
    format!("guide/{}.md", guide.name())
}

/// The documentation's first page.
pub const INDEX: &str = "README.md";
/// The table of reply codes.
pub const CODES: &str = "codes/README.md";
/// The table of enhanced status codes.
pub const ENHANCED: &str = "enhanced/README.md";
/// The table of categories.
pub const CATEGORIES: &str = "categories/README.md";
/// The table of providers.
pub const PROVIDERS: &str = "providers/README.md";
/// The table of block lists.
pub const BLOCK_LISTS: &str = "block-lists.md";
/// The table of server software.
pub const SOFTWARE: &str = "software.md";
/// The table of languages.
pub const PHRASES: &str = "phrases/README.md";
/// The list of guides. Written by hand.
pub const GUIDES: &str = "guide/README.md";
/// Where a reply is read in the browser. Written by hand.
pub const READ_MY_BOUNCE: &str = "read-my-bounce.md";
/// Where to ask for delisting.
pub const DELISTING: &str = "delisting.md";
/// The rules that were renamed or withdrawn; only where there are any.
pub const MOVED: &str = "moved.md";
/// The replies whose words overrule their code.
pub const OVERRULES: &str = "overrules.md";
/// The codes that providers have made up themselves.
pub const OWN_CODES: &str = "own-codes.md";
/// What the compiler's messages mean.
pub const DIAGNOSTICS: &str = "reference/diagnostics.md";
/// What the catalogue knows, counted.
pub const STATS: &str = "stats.md";
