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
    let names = catalogue.providers.iter().map(|provider| provider.value.name.as_str());
    // A name of several lines is a mistake itself.
    let mut names = Names::of(names.filter(|name| !name.contains(char::is_control)));
    // What the catalogue itself calls somebody is no mistake.
    let others = catalogue.providers.iter().flat_map(|provider| &provider.value.also_known_as);
    others.for_each(|name| drop(names.joined.remove(&joined(name))));
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
    let words: Vec<Range<usize>> = tokens(text).collect();
    let pairs = words.windows(2).filter(|pair| &text[pair[0].end..pair[1].start] == " ");
    let pairs = pairs.map(|pair| pair[0].start..pair[1].end).filter(|pair| names.whole(&text[pair.clone()]).is_some());
    let pairs: Vec<Range<usize>> = pairs.collect();
    let single =
        words.into_iter().filter(|word| !pairs.iter().any(|pair| pair.start <= word.start && word.end <= pair.end));
    for word in single.chain(pairs.clone()) {
        let written = &text[word.clone()];
        let Some(name) = names.meant_by(written).or_else(|| names.whole(written)) else { continue };
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

/// The providers' names.
struct Names {
    /// Their words that are not ordinary words, by their lower case.
    words: BTreeMap<String, Vec<String>>,
    /// Names of one or two words, by their letters alone.
    joined: BTreeMap<String, String>,
}

/// The letters of a name in lower case.
fn joined(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Names {
    fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut whole = BTreeMap::new();
        for name in names {
            if name.split(' ').count() <= 2 && !name.contains(['.', '(']) {
                whole.insert(joined(name), name.to_owned());
            }
            for word in tokens(name).map(|range| &name[range]).filter(|word| word.len() >= SHORTEST) {
                let spellings = known.entry(word.to_lowercase()).or_default();
                if !spellings.iter().any(|spelling| spelling == word) {
                    spellings.push(word.to_owned());
                }
            }
        }
        Self { words: known, joined: whole }
    }

    /// The name that is written as one word where it has two, or as two where it has one: `MailChannels`, `Mail Channels`.
    fn whole(&self, written: &str) -> Option<&str> {
        let name = self.joined.get(&joined(written))?;
        let is_other =
            written.contains([' ', '-']) != name.contains([' ', '-']) || written.contains('-') != name.contains('-');
        let capitals = written.split([' ', '-']).all(|word| word.starts_with(char::is_uppercase));
        let is_name = written.contains([' ', '-']) || written.chars().skip(1).any(char::is_uppercase);
        (is_other && capitals && is_name && name.len() > SHORTEST).then_some(name)
    }

    /// The name, where this word is a wrong spelling of it.
    fn meant_by(&self, written: &str) -> Option<&str> {
        let spellings = self.words.get(&written.to_lowercase())?;
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
        let whole = |text: &str| names.whole(text).map(str::to_owned);
        assert_eq!(
            [whole("Spam Cop"), whole("Spam-Cop"), whole("QQMail")].map(Option::unwrap_or_default),
            ["SpamCop", "SpamCop", "QQ Mail"]
        );
        assert_eq!([whole("SpamCop"), whole("QQ Mail"), whole("spam cop"), whole("qqmail")], [None, None, None, None]);
        assert_eq!(found("GMail, Outlook.Com, spamcop and EYOU do."), ["Gmail", "Outlook.com", "SpamCop", "eYou"]);
        assert_eq!(
            found("Write to a@outlook.com or https://outlook.com/x, feel free; after MAIL FROM"),
            Vec::<String>::new()
        );
        assert_eq!(found("Outlook.com. \"Gmail\" gmail (SpamCop)"), Vec::<String>::new());
    }
}
