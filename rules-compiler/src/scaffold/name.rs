//! An id for a rule, from the words that tell it from others.

use super::category::{Category, Evidence};
use super::parts::{Kind, Part};
use super::pasted::Pasted;
use crate::catalogue::kebab_case;
use crate::catalogue::{Catalogue, EnhancedCode, StatusPattern};
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
/// the rarest words of an English template. Words of other languages make no id that every reader understands: for them it is
/// the meaning with a number, or what the codes are called.
#[must_use]
pub fn suggest(
    pasted: &Pasted,
    parts: &[Part],
    template: &str,
    category: Option<&Category>,
    catalogue: &Catalogue,
    owner: &str,
) -> String {
    let code =
        parts.iter().find(|part| part.kind == Kind::Code).map(|part| kebab_case(&pasted.text[part.range.clone()]));
    let code = code.filter(|code| code.contains(|c: char| c.is_ascii_alphabetic()) && template.contains("{code="));
    // Where words and code disagree, either may be wrong.
    let is_open = category.is_some_and(|category| matches!(category.evidence, Evidence::Words(_, Some(_))));
    let meaning = || match &category?.evidence {
        Evidence::Words(rule, None) => meaning_of(rule),
        _ => None,
    };
    let taken: BTreeSet<&str> = catalogue.rules.iter().map(|rule| rule.value.id.as_str()).collect();
    let free = |name: &String| !taken.contains(format!("{owner}/{name}").as_str());
    // A word that only hints at a meaning, and a code, still name the category.
    let says = |category: &&Category| category.evidence != Evidence::ReplyCode && !is_open;
    let kind = || category.filter(says).map(|category| category.id.clone());
    let name = code.or_else(|| meaning().filter(free)).or_else(|| kind().filter(free));
    let name = name.unwrap_or_else(|| match is_english(template, catalogue) {
        true => rarest(template, catalogue),
        false => meaning().or_else(kind).or_else(|| title(pasted, catalogue)).unwrap_or_default(),
    });
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

/// Words of English that no other language of the catalogue has.
const ENGLISH: [&str; 30] = [
    "the", "and", "of", "to", "is", "are", "be", "been", "were", "has", "have", "does", "did", "not", "for", "from",
    "with", "by", "on", "at", "your", "you", "our", "this", "that", "than", "too", "out", "who", "which",
];

/// Whether a template has a word of [`ENGLISH`], or at least half of its words occur in what the catalogue says itself.
fn is_english(template: &str, catalogue: &Catalogue) -> bool {
    let words = all_words(template);
    if words.iter().any(|word| ENGLISH.contains(&word.as_str())) {
        return true;
    }
    let categories = catalogue.categories.iter().map(|category| &category.value.explanation);
    let explanations = categories.chain(catalogue.rules.iter().map(|rule| &rule.value.rule.explanation));
    let english = catalogue.rules.iter().filter(|rule| rule.value.id.starts_with("en/"));
    let own = explanations.chain(english.flat_map(|rule| &rule.value.rule.text));
    let known: BTreeSet<String> = own.flat_map(|text| all_words(text)).collect();
    let is_known = |word: &&String| known.contains(*word) || EVERYWHERE.contains(&word.as_str());
    words.iter().filter(is_known).count() * 2 >= words.len()
}

/// What the enhanced code is called, or else the reply code: of its title, the words before a comma.
fn title(pasted: &Pasted, catalogue: &Catalogue) -> Option<String> {
    const MOST: usize = 4;
    let status = pasted.status.as_deref().and_then(StatusPattern::parse);
    let status = status.filter(|status| (status.subject, status.detail) != (Some(0), Some(0)));
    let enhanced = status.and_then(|status| {
        let is_it = |code: &EnhancedCode| (code.status.subject, code.status.detail) == (status.subject, status.detail);
        catalogue.enhanced.iter().find(|code| is_it(&code.value)).map(|code| &code.value.title)
    });
    let basic = || catalogue.codes.iter().find(|code| Some(code.value.reply) == pasted.reply);
    let title = enhanced.or_else(|| basic().map(|code| &code.value.title))?;
    let clause = title.split([',', ';', ':', '(']).next().unwrap_or_default();
    let name = kebab_case(clause);
    let words: Vec<&str> = name.split('-').take(MOST).collect();
    Some(words.join("-")).filter(|name| !name.is_empty())
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
    let says = |word: &String| {
        word.len() >= 3 && word.bytes().all(|b| b.is_ascii_lowercase()) && !EVERYWHERE.contains(&word.as_str())
    };
    all_words(template).into_iter().filter(says).collect()
}

/// The words of a template in lower case, without holes.
fn all_words(template: &str) -> Vec<String> {
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
        if !whole.is_empty() {
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
