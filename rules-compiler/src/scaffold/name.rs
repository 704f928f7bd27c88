//! An id for a rule, from the words that tell it from others.

use super::category::{Category, Evidence};
use super::parts::{Kind, Part};
use crate::catalogue::Catalogue;
use crate::check::kebab_case;
use std::collections::{BTreeMap, BTreeSet};

/// Words that are in every other reply, or in every sentence.
const EVERYWHERE: [&str; 40] = [
    "the",
    "and",
    "for",
    "from",
    "with",
    "was",
    "has",
    "have",
    "been",
    "are",
    "not",
    "this",
    "that",
    "your",
    "you",
    "our",
    "please",
    "see",
    "more",
    "information",
    "message",
    "mail",
    "email",
    "error",
    "because",
    "due",
    "sorry",
    "will",
    "can",
    "its",
    "into",
    "than",
    "any",
    "all",
    "visit",
    "contact",
    "but",
    "out",
    "requested",
    "action",
];

/// An id that no rule of the owner has: the provider's own code, or the meaning that its words or its code have, or else
/// the rarest words of the template.
#[must_use]
pub fn suggest(
    text: &str,
    parts: &[Part],
    template: &str,
    category: Option<&Category>,
    catalogue: &Catalogue,
    owner: &str,
) -> String {
    let code = parts.iter().find(|part| part.kind == Kind::Code).map(|part| kebab_case(&text[part.range.clone()]));
    let code = code.filter(|code| code.contains(|c: char| c.is_ascii_alphabetic()) && template.contains("{code="));
    let meaning = || match &category?.evidence {
        Evidence::Words(rule) => meaning_of(rule),
        _ => None,
    };
    let taken: BTreeSet<&str> = catalogue.rules.iter().map(|rule| rule.value.id.as_str()).collect();
    let free = |name: &String| !taken.contains(format!("{owner}/{name}").as_str());
    // A word that only hints at a meaning, and a code, still name the category.
    let kind =
        || category.filter(|category| category.evidence != Evidence::ReplyCode).map(|category| category.id.clone());
    let name = code.or_else(|| meaning().filter(free)).or_else(|| kind().filter(free));
    let name = name.unwrap_or_else(|| rarest(template, catalogue));
    // Words in other letters make no id; what they mean does.
    let name = if is_no_text(&name) { format!("code-{name}") } else { name };
    let name = if name.is_empty() { category.map_or("reply", |category| &category.id).to_owned() } else { name };
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    [name.clone()].into_iter().chain(numbered).find(free).unwrap_or(name)
}

/// The name of the rule that reads such words today, which names their meaning.
fn meaning_of(rule: &str) -> Option<String> {
    let (_, name) = rule.split_once('/')?;
    (!name.bytes().any(|b| b.is_ascii_digit())).then(|| name.to_owned())
}

/// What YAML would read as a number, a yes or a no.
fn is_no_text(name: &str) -> bool {
    const NO_TEXTS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    name.starts_with(|c: char| c.is_ascii_digit()) || NO_TEXTS.contains(&name)
}

/// The three words that the fewest rules have, in the template's order.
fn rarest(template: &str, catalogue: &Catalogue) -> String {
    let mut frequency: BTreeMap<String, usize> = BTreeMap::new();
    for rule in &catalogue.rules {
        let words: BTreeSet<String> = rule.value.rule.text.iter().flat_map(|text| words(text)).collect();
        words.into_iter().for_each(|word| *frequency.entry(word).or_default() += 1);
    }
    let mut candidates: Vec<(usize, String)> = Vec::new();
    for word in words(template) {
        if !candidates.iter().any(|(_, other)| *other == word) {
            candidates.push((candidates.len(), word));
        }
    }
    candidates.sort_by_key(|(at, word)| (frequency.get(word).copied().unwrap_or(0), *at));
    candidates.truncate(3);
    candidates.sort();
    candidates.into_iter().map(|(_, word)| word).collect::<Vec<_>>().join("-")
}

/// The words of a template in lower case, without holes and without those that say nothing.
fn words(template: &str) -> Vec<String> {
    let (mut words, mut depth) = (Vec::new(), 0_usize);
    let mut word = String::new();
    for c in template.chars().chain([' ']) {
        match c {
            // `weren't` is no word of an id.
            '\'' if depth == 0 && !word.is_empty() => word.push('\''),
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphabetic() => {
                word.extend(c.to_lowercase());
                continue;
            }
            _ => {}
        }
        let whole = std::mem::take(&mut word);
        if whole.len() >= 3 && whole.bytes().all(|b| b.is_ascii_lowercase()) && !EVERYWHERE.contains(&whole.as_str()) {
            words.push(whole);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn the_words_of_a_template_are_those_outside_its_holes() {
        assert_eq!(
            words("[{code=TSS04}] Messages from {ip} temporarily deferred"),
            ["messages", "temporarily", "deferred"]
        );
    }
}
