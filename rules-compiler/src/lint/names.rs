//! Names of providers in texts: spelt as the provider spells them.

use super::Input;
use crate::catalogue::Place;
use crate::diagnostic::{Certainty, Code, Diagnostic, Diagnostics};
use std::collections::BTreeMap;
use std::ops::Range;

/// Shortest name of one word that is told from an ordinary word.
const SHORTEST: usize = 4;

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    let catalogue = &input.output.checked.catalogue;
    let names = Names::of(catalogue.providers.iter().map(|provider| provider.value.name.as_str()));
    for rule in input.rules() {
        let text = &rule.value.rule.explanation;
        misspelt(input, &names, text, &rule.place.key("explanation"), diagnostics);
    }
    for provider in &catalogue.providers {
        if let Some(notes) = &provider.value.notes {
            misspelt(input, &names, notes, &provider.place.key("notes"), diagnostics);
        }
    }
}

fn misspelt(input: &Input<'_>, names: &Names, text: &str, place: &Place, diagnostics: &mut Diagnostics) {
    for word in tokens(text) {
        let written = &text[word.clone()];
        let Some(name) = names.meant_by(written) else { continue };
        let whole = input.sources.span(place);
        let span = input.sources.part_span(place, text, word);
        let message = format!("`{written}` is spelt `{name}`");
        let diagnostic = Diagnostic::new(Code::NameSpelling, span, message, "", format!("write `{name}`"));
        // Two spellings of one name may both be right in their place.
        let is_part = span != whole && input.sources.text(span.file).get(span.range()) == Some(written);
        let diagnostic = if is_part { diagnostic.fixed_by(span, name) } else { diagnostic };
        diagnostics.push(diagnostic.with_certainty(Certainty::Certain));
    }
}

/// The words of the providers' names that are not ordinary words, by their lower case.
struct Names(BTreeMap<String, Vec<String>>);

impl Names {
    fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for name in names {
            for word in tokens(name).map(|range| &name[range]).filter(|word| word.len() >= SHORTEST) {
                let spellings = known.entry(word.to_lowercase()).or_default();
                if !spellings.iter().any(|spelling| spelling == word) {
                    spellings.push(word.to_owned());
                }
            }
        }
        Self(known)
    }

    /// The name, where this word is a wrong spelling of it.
    fn meant_by(&self, written: &str) -> Option<&str> {
        let spellings = self.0.get(&written.to_lowercase())?;
        let [name] = spellings.as_slice() else { return None };
        let capitals = |text: &str| text.chars().skip(1).filter(|c| c.is_uppercase()).count();
        let is_lower = !written.contains(char::is_uppercase);
        let is_upper = !written.contains(char::is_lowercase);
        // In lower case it is a domain or an ordinary word, in capitals an SMTP command, unless the name is odd itself.
        let is_odd = capitals(name) > 0 && name.contains(char::is_lowercase) && !name.contains(['.', '-']);
        let counts = if is_lower || is_upper { is_odd } else { name.contains(char::is_uppercase) };
        (written != name && counts).then_some(name)
    }
}

/// Words with their dots and dashes, but none that is part of an address or a path.
fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_inner = |c: char| c.is_alphanumeric() || ".-@/_:<>`\"".contains(c);
    let mut at = 0;
    let pieces = text.split(move |c| !is_inner(c)).map(move |piece| {
        let start = at;
        at += piece.len() + text[start + piece.len()..].chars().next().map_or(0, char::len_utf8);
        start..start + piece.len()
    });
    pieces.filter_map(|range| {
        let piece = &text[range.clone()];
        let word = piece.trim_end_matches(['.', ':', '-', '"']).trim_start_matches('"');
        let start = range.start + piece.find(word)?;
        let is_plain = !word.is_empty() && !word.contains(['@', '/', '_', ':', '<', '>', '`', '"']);
        is_plain.then_some(start..start + word.len())
    })
}

#[cfg(test)]
mod tests {
    use super::{Names, tokens};

    #[test]
    fn other_spellings_are_found() {
        let names = Names::of(
            ["Google Gmail and Workspace", "Outlook.com", "SpamCop", "Free", "QQ Mail", "eYou Mail"].into_iter(),
        );
        let found = |text: &str| -> Vec<String> {
            tokens(text).filter_map(|word| names.meant_by(&text[word]).map(str::to_owned)).collect()
        };
        assert_eq!(found("GMail, Outlook.Com, spamcop and EYOU do."), ["Gmail", "Outlook.com", "SpamCop", "eYou"]);
        assert_eq!(
            found("Write to a@outlook.com or https://outlook.com/x, feel free; after MAIL FROM"),
            Vec::<String>::new()
        );
        assert_eq!(found("Outlook.com. \"Gmail\" gmail (SpamCop)"), Vec::<String>::new());
    }
}
