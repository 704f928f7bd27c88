//! What a catalogue knows, counted.

use crate::catalogue::{Owner, ProviderKind, StatusPattern};
use crate::check::{Checked, CheckedRule};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How many of the oldest checks are named.
const OLDEST: usize = 10;

/// What a catalogue knows, counted. As JSON, the keys are a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Rules of providers, and phrases.
    pub rules: usize,
    /// Templates and regular expressions.
    pub templates: usize,
    /// Example replies.
    pub examples: usize,
    /// Texts that tell a provider.
    pub markers: usize,
    /// Ends of host names that tell a provider.
    pub mx: usize,
    /// Providers and their rules, by kind.
    pub providers: BTreeMap<ProviderKind, Owners>,
    /// Providers without a rule, by id.
    pub providers_without_rules: Vec<String>,
    /// Rules by language tag.
    pub languages: BTreeMap<String, usize>,
    /// Rules by kind of source.
    pub sources: BTreeMap<&'static str, usize>,
    /// Rules by category.
    pub categories: BTreeMap<String, usize>,
    /// How far the codes are known.
    pub codes: Codes,
    /// Rules by the month in which they were last compared with their source.
    pub checked: BTreeMap<String, usize>,
    /// The rules whose comparison is the longest ago.
    pub oldest: Vec<Oldest>,
}

/// Providers of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Owners {
    /// How many.
    pub providers: usize,
    /// How many rules they have together.
    pub rules: usize,
}

/// How far the codes are known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Codes {
    /// Basic reply codes that are explained.
    pub reply: usize,
    /// Of these, those for which no rule and no example is known.
    pub reply_without_rules: Vec<u16>,
    /// Enhanced status codes that are explained.
    pub enhanced: usize,
    /// Of these, those for which no rule and no example is known.
    pub enhanced_without_rules: Vec<String>,
}

/// A rule whose comparison with its source is long ago.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Oldest {
    /// The day.
    pub checked: String,
    /// The rule's public id.
    pub rule: String,
}

impl Stats {
    /// Counts a catalogue.
    #[must_use]
    pub fn new(checked: &Checked) -> Self {
        let catalogue = &checked.catalogue;
        let rules: Vec<_> = catalogue.rules.iter().map(|rule| &rule.value).zip(&checked.rules).collect();
        let mut stats = Self {
            rules: rules.len(),
            templates: checked.rules.iter().map(|rule| rule.templates.len()).sum(),
            examples: rules.iter().map(|(rule, _)| rule.rule.examples.len()).sum(),
            markers: checked.markers.iter().map(Vec::len).sum(),
            mx: catalogue.providers.iter().map(|provider| provider.value.mx.len()).sum(),
            providers: BTreeMap::new(),
            providers_without_rules: Vec::new(),
            languages: BTreeMap::new(),
            sources: BTreeMap::new(),
            categories: BTreeMap::new(),
            codes: codes(checked),
            checked: BTreeMap::new(),
            oldest: rules
                .iter()
                .map(|(rule, _)| Oldest { checked: rule.rule.checked.clone(), rule: rule.id.clone() })
                .collect(),
        };
        for (index, provider) in catalogue.providers.iter().enumerate() {
            let own = rules.iter().filter(|(rule, _)| rule.owner == Owner::Provider(index)).count();
            let kind = stats.providers.entry(provider.value.kind).or_default();
            kind.providers += 1;
            kind.rules += own;
            if own == 0 {
                stats.providers_without_rules.push(provider.value.id.clone());
            }
        }
        for (rule, resolved) in rules {
            if let Owner::Language(index) = rule.owner {
                *stats.languages.entry(catalogue.languages[index].value.language.clone()).or_default() += 1;
            }
            *stats.sources.entry(source(resolved)).or_default() += 1;
            *stats.categories.entry(checked.category(resolved.category).id.clone()).or_default() += 1;
            *stats.checked.entry(rule.rule.checked.chars().take(7).collect()).or_default() += 1;
        }
        stats.oldest.sort();
        stats.oldest.truncate(OLDEST);
        stats
    }
}

fn source(rule: &CheckedRule) -> &'static str {
    use crate::check::SourceKind::{Docs, Inferred, Observed, Software};
    match rule.source.kind {
        Docs => "docs",
        Software => "software",
        Observed => "observed",
        Inferred => "inferred",
    }
}

fn codes(checked: &Checked) -> Codes {
    let (mut replies, mut statuses) = (BTreeSet::new(), BTreeSet::new());
    let without_class = |status: StatusPattern| (status.subject, status.detail);
    for (rule, resolved) in checked.catalogue.rules.iter().zip(&checked.rules) {
        statuses.extend(resolved.status.iter().copied().map(without_class));
        for example in &rule.value.rule.examples {
            let mut words = example.split(|c: char| c.is_ascii_whitespace() || c == '-');
            replies.extend(words.next().and_then(|word| word.parse::<u16>().ok()));
            statuses.extend(words.next().and_then(StatusPattern::parse).map(without_class));
        }
    }
    let catalogue = &checked.catalogue;
    let reply = catalogue.codes.iter().map(|code| code.value.reply);
    let enhanced = catalogue.enhanced.iter().map(|code| code.value.status);
    Codes {
        reply: catalogue.codes.len(),
        reply_without_rules: reply.filter(|code| *code >= 400 && !replies.contains(code)).collect(),
        enhanced: catalogue.enhanced.len(),
        enhanced_without_rules: enhanced
            .filter(|status| !statuses.contains(&without_class(*status)))
            .map(|status| status.to_string())
            .collect(),
    }
}
