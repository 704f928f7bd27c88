//! Sentences from a grammar: `<name>` stands for one of the texts under that name.

use crate::random::Random;

/// Names and the texts that may stand for each.
pub type Grammar = &'static [(&'static str, &'static [&'static str])];

/// A text with every `<name>` in it replaced, again and again, by one of the texts that may stand for it.
///
/// A name that the grammar does not have is a mistake in the grammar.
#[must_use]
pub fn expand(grammar: Grammar, text: &str, random: &mut Random) -> String {
    // `<{email}>` is no name.
    let names = text.match_indices('<').find(|(at, _)| !text[at + 1..].starts_with('{'));
    let Some((at, _)) = names else {
        return text.to_owned();
    };
    let (before, rest) = (&text[..at], &text[at + 1..]);
    let (name, behind) = rest.split_once('>').expect("a name is closed");
    let (_, choices) = grammar.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("no <{name}>"));
    let chosen = choices[random.below(choices.len())];
    format!("{before}{}{}", expand(grammar, chosen, random), expand(grammar, behind, random))
}
