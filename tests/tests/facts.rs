//! How many of the published replies beside the project (`shared/facts`) are won by their own provider's rule.

use rules_runtime::{Basis, Classifier, Verdict};
use rules_tests::labelled::{Published, facts};
use rules_tests::project::{beside, output};
use std::collections::BTreeMap;

/// How many replies of a provider there are, and how they were judged.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    total: usize,
    own: usize,
    own_with_mx: usize,
    other: usize,
    right: usize,
    silent: usize,
}

fn won_by(verdict: &Verdict<'_>, provider: &str) -> bool {
    verdict.basis() == Basis::ProviderRule
        && verdict.rule().and_then(|rule| rule.owner()).is_some_and(|owner| owner.id() == provider)
}

impl Count {
    fn add(&mut self, reply: &Published, mx: Option<&str>) {
        let text = reply.text.as_bytes();
        let verdict = Classifier::builtin().classify(text);
        let own = won_by(&verdict, &reply.provider);
        self.total += 1;
        self.own += usize::from(own);
        self.other += usize::from(!own && verdict.basis() == Basis::ProviderRule);
        self.right += usize::from(verdict.category().name() == reply.category);
        self.silent += usize::from(verdict.category().name() == "unclassified" && reply.category != "unclassified");
        verdict.fields().for_each(drop);
        let verdict = mx.map_or(Classifier::builtin(), |mx| Classifier::builtin().mx(mx)).classify(text);
        self.own_with_mx += usize::from(won_by(&verdict, &reply.provider));
        verdict.fields().for_each(drop);
    }
}

/// A reply that neither the provider's own rule wins nor anything else reads in the stated category without naming another
/// provider.
fn miss(reply: &Published, mx: Option<&str>) -> Option<String> {
    let text = reply.text.as_bytes();
    let plain = Classifier::builtin().classify(text);
    let with_mx = mx.map_or(Classifier::builtin(), |mx| Classifier::builtin().mx(mx)).classify(text);
    let meant = plain.category().name() == reply.category;
    let misattributed = plain.provider().is_some_and(|provider| provider.id() != reply.provider);
    let good = won_by(&plain, &reply.provider) || !misattributed && (meant || won_by(&with_mx, &reply.provider));
    let rule = plain.rule().map_or("nothing", |rule| rule.id());
    (!good).then(|| format!("{} {}, got {} ({rule}): {}", reply.provider, reply.category, plain.category(), reply.text))
}

#[test]
fn replies_that_were_published() {
    let Some(lines) = beside("shared/facts/replies.jsonl") else { return };
    let providers = &output().checked.catalogue.providers;
    let hosts: BTreeMap<&str, String> = providers
        .iter()
        .filter_map(|provider| {
            Some((provider.value.id.as_str(), format!("mx.{}", provider.value.mx.first()?.as_str())))
        })
        .collect();
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    let mut all = Count::default();
    let mut misses = Vec::new();
    for reply in facts(&lines) {
        let mx = hosts.get(reply.provider.as_str()).map(String::as_str);
        all.add(&reply, mx);
        misses.extend(miss(&reply, mx));
        counts.entry(reply.provider.clone()).or_default().add(&reply, mx);
    }
    misses.iter().for_each(|miss| println!("MISS {miss}"));
    for (provider, count) in &counts {
        println!(
            "{provider:<36} {:>4} replies, {:>4} by its own rule ({:>4} with mx), {:>3} by another's, {:>4} in the stated category, {:>3} silent",
            count.total, count.own, count.own_with_mx, count.other, count.right, count.silent
        );
    }
    let share = |part: usize| 100.0 * part as f64 / all.total.max(1) as f64;
    println!(
        "{} replies: {:.1} % by the provider's own rule, {:.1} % with mx, {:.1} % by another's, {:.1} % in the stated category, {:.1} % silent",
        all.total,
        share(all.own),
        share(all.own_with_mx),
        share(all.other),
        share(all.right),
        share(all.silent)
    );
    println!("{} misses", misses.len());
    assert!(all.total > 1000, "only {} replies", all.total);
    assert!(share(misses.len()) <= 2.0, "{} of {} replies are misread: see above", misses.len(), all.total);
}
