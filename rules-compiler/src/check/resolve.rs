//! What goes on to the next stage: the items without errors, their references as indices.

use super::defaults::effect;
use super::hosts::mended;
use super::ids::NEEDED;
use super::provenance::source;
use super::texts::Texts;
use super::{CategoryIndex, Checked, CheckedRule, RuleIndex};
use crate::catalogue::{Catalogue, Located, Place};
use crate::diagnostic::{Diagnostics, Span};
use crate::source::Sources;
use std::collections::BTreeMap;

pub(super) fn resolve(
    mut catalogue: Catalogue,
    sources: &Sources,
    texts: Texts,
    beaten: &[Vec<RuleIndex>],
    diagnostics: &Diagnostics,
) -> Option<Checked> {
    let errors = Errors { spans: diagnostics.error_spans(), sources };
    let mut categories: BTreeMap<String, CategoryIndex> = BTreeMap::new();
    for (index, category) in catalogue.categories.iter().enumerate() {
        categories.entry(category.value.id.clone()).or_insert(CategoryIndex(index));
    }
    if NEEDED.iter().any(|needed| !categories.contains_key(*needed)) {
        return None;
    }
    // What is wrong with a host is reported; that its rules cannot be tried would be the same mistake again.
    for host in catalogue.providers.iter_mut().flat_map(|provider| &mut provider.value.mx) {
        *host = mended(host);
    }
    let category = |id: &str| categories.get(id).copied();
    catalogue.codes.retain(|code| errors.none_in(&code.place) && category(&code.value.category).is_some());
    catalogue.enhanced.retain(|code| errors.none_in(&code.place) && category(&code.value.category).is_some());
    let code_categories = catalogue.codes.iter().filter_map(|code| category(&code.value.category)).collect();
    let enhanced_categories = catalogue.enhanced.iter().filter_map(|code| category(&code.value.category)).collect();

    let (mut kept, mut rules, mut new_index) = (Vec::new(), Vec::new(), vec![None; beaten.len()]);
    for (old, (located, templates)) in std::mem::take(&mut catalogue.rules).into_iter().zip(texts.rules).enumerate() {
        let index = category(&located.value.rule.category).filter(|_| errors.none_in(&located.place));
        let Some(rule) = index.and_then(|index| checked(&located, index, &catalogue, templates)) else { continue };
        new_index[old] = Some(RuleIndex(kept.len()));
        kept.push(located);
        rules.push((old, rule));
    }
    let rules = rules.into_iter().map(|(old, rule)| {
        let over = beaten[old].iter().filter_map(|other| new_index[other.0]).collect();
        CheckedRule { over, ..rule }
    });
    let rules = rules.collect();
    catalogue.rules = kept;
    Some(Checked { catalogue, rules, markers: texts.markers, code_categories, enhanced_categories })
}

fn checked(
    located: &Located<crate::catalogue::OwnedRule>,
    category: CategoryIndex,
    catalogue: &Catalogue,
    templates: Vec<crate::template::Template>,
) -> Option<CheckedRule> {
    let rule = &located.value.rule;
    let effect = effect(rule, &catalogue.categories.get(category.0)?.value);
    Some(CheckedRule {
        category,
        permanence: rule.permanence,
        action: effect.action,
        scope: effect.scope,
        suppress: effect.suppress,
        reply: rule.reply.clone(),
        status: rule.status.clone(),
        stage: rule.stage.clone(),
        requires: rule.requires.clone(),
        position: rule.position,
        over_quoted: rule.over_quoted,
        last_resort: rule.last_resort,
        templates,
        over: Vec::new(),
        source: source(&rule.source)?,
    })
}

/// Where the errors are.
struct Errors<'a> {
    spans: Vec<Span>,
    sources: &'a Sources,
}

impl Errors<'_> {
    fn none_in(&self, place: &Place) -> bool {
        let item = self.sources.span(place);
        let first = self.spans.partition_point(|span| (span.file, span.start) < (item.file, item.start));
        !self.spans[first..]
            .iter()
            .take_while(|span| span.file == item.file && span.start <= item.end)
            .any(|span| item.contains(*span))
    }
}
