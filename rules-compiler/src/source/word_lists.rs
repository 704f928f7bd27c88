//! Lists of words that the templates of a phrase file share.
//!
//! Where a file has a list `missing` of `unknown | not found`, the choice `{@missing}` of a template stands for
//! `{unknown|not found}`. It is written out here, so that nothing behind this module knows of lists.

use super::sources::Sources;
use crate::catalogue::{Place, Rule, WordList, is_kebab_case};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

/// The lists of one file.
pub(super) struct Lists<'a> {
    lists: Vec<List<'a>>,
    /// Whether a list has no name by which it could be found.
    is_any_nameless: bool,
    /// The lists that templates use.
    used: RefCell<BTreeSet<&'a str>>,
}

struct List<'a> {
    name: &'a str,
    /// `None` where they cannot be used, which was reported.
    words: Option<Vec<String>>,
    place: Place,
}

/// Why a list cannot be written out.
#[derive(Debug, PartialEq, Eq)]
enum Missing {
    /// The template names one that does not exist, here.
    Unknown(Range<usize>),
    /// It was reported.
    Malformed,
}

impl<'a> Lists<'a> {
    /// Reads the lists of a file; `place` is theirs.
    pub fn read(written: &'a [WordList], place: &Place, sources: &Sources, diagnostics: &mut Diagnostics) -> Self {
        let (mut lists, mut is_any_nameless): (Vec<List<'a>>, bool) = (Vec::new(), false);
        for (number, list) in written.iter().enumerate() {
            let place = place.index(number);
            let folded = |word: &str| word.split_whitespace().collect::<Vec<_>>().join(" ");
            let words: Vec<String> = list.any.split('|').map(folded).collect();
            let is_known = lists.iter().any(|known| known.name == list.name);
            let mistakes = mistakes(list, &words, is_known);
            is_any_nameless |= !is_kebab_case(&list.name);
            let words = mistakes.is_empty().then_some(words);
            for (key, label, help) in mistakes {
                let span = sources.span(&place.key(key));
                let message = format!("the list `{}` cannot be used", list.name);
                diagnostics.push(Diagnostic::new(Code::MalformedWords, span, message, label, help));
            }
            if is_kebab_case(&list.name) && !is_known {
                lists.push(List { name: &list.name, words, place });
            }
        }
        Self { lists, is_any_nameless, used: RefCell::default() }
    }

    /// Writes the lists into the templates of a rule. Returns whether all that they name exist.
    pub fn write_out(&self, rule: &mut Rule, place: &Place, sources: &Sources, diagnostics: &mut Diagnostics) -> bool {
        let mut is_good = true;
        for (number, text) in rule.text.iter_mut().enumerate() {
            match self.written_out(text) {
                Ok(written) => *text = written,
                Err(missing) => {
                    is_good = false;
                    if let Missing::Unknown(name) = missing {
                        let place = sources.element(&place.key("text"), number);
                        diagnostics.push(self.unknown(text, name, &place, sources));
                    }
                }
            }
        }
        is_good
    }

    /// A template with the words of its lists; else where it names a list that does not exist.
    fn written_out(&self, text: &str) -> Result<String, Missing> {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            let (before, behind) = rest.split_at(at + 1);
            out.push_str(before);
            rest = behind;
            if let Some(behind) = rest.strip_prefix('{') {
                out.push('{');
                rest = behind;
                continue;
            }
            let Some(close) = rest.find('}') else { break };
            let start = text.len() - rest.len();
            out.push_str(&self.choice(&rest[..close], start)?);
            rest = &rest[close..];
        }
        out.push_str(rest);
        Ok(out)
    }

    /// What stands between braces, from this byte of the template on.
    fn choice(&self, content: &str, mut start: usize) -> Result<String, Missing> {
        if !content.contains('@') {
            return Ok(content.to_owned());
        }
        let mut words: Vec<&str> = Vec::new();
        for word in content.split('|') {
            match word.trim().strip_prefix('@').filter(|name| is_kebab_case(name)) {
                Some(name) => {
                    let Some(list) = self.lists.iter().find(|list| list.name == name) else {
                        let at = start + word.len() - word.trim_start().len();
                        let unknown = Missing::Unknown(at..at + word.trim().len());
                        return Err(if self.is_any_nameless { Missing::Malformed } else { unknown });
                    };
                    self.used.borrow_mut().insert(list.name);
                    words.extend(list.words.as_ref().ok_or(Missing::Malformed)?.iter().map(String::as_str));
                }
                None => words.push(word),
            }
            start += word.len() + 1;
        }
        let mut met = BTreeSet::new();
        words.retain(|word| met.insert(*word));
        Ok(words.join("|"))
    }

    fn unknown(&self, text: &str, name: Range<usize>, place: &Place, sources: &Sources) -> Diagnostic {
        let span = sources.part_span(place, text, name.clone());
        let bare = &text[name][1..];
        let message = format!("there is no list of words `{bare}`");
        let help = "name a list that stands under `words` at the top of the file, or add it there";
        match nearest(bare, self.lists.iter().map(|list| list.name)) {
            Some(meant) => {
                let diagnostic = Diagnostic::new(Code::UnknownWords, span, message, meant.question(bare), help);
                if span == sources.span(place) {
                    return diagnostic;
                }
                diagnostic.fixed_by(span, format!("@{}", meant.name)).with_certainty(meant.certainty)
            }
            None => Diagnostic::new(Code::UnknownWords, span, message, "no such list", help),
        }
    }

    /// Warns of lists that no template uses.
    pub fn warn_of_unused(&self, sources: &Sources, diagnostics: &mut Diagnostics) {
        let is_unused = |list: &&List<'_>| list.words.is_some() && !self.used.borrow().contains(list.name);
        for list in self.lists.iter().filter(is_unused) {
            let span = sources.span(&list.place.key("name"));
            let message = format!("no template uses the list `{}`", list.name);
            let help = format!("write `{{@{}}}` in a template, or remove the list", list.name);
            diagnostics.push(Diagnostic::new(Code::UnusedWords, span, message, "not used", help));
        }
    }
}

/// What is wrong with a list: the key, what to say there, and the remedy.
fn mistakes(list: &WordList, words: &[String], is_known: bool) -> Vec<(&'static str, String, &'static str)> {
    let mut mistakes = Vec::new();
    if !is_kebab_case(&list.name) {
        let help = "use lower-case words joined by `-`, as in `mail-server`";
        mistakes.push(("name", "no name for a list".to_owned(), help));
    } else if is_known {
        mistakes.push(("name", "a list of this name stands above".to_owned(), "put the words into one list"));
    }
    let mut met = BTreeSet::new();
    let lower = |word: &String| word.to_ascii_lowercase();
    let twice = words.iter().find(|word| !word.is_empty() && !met.insert(lower(word)));
    if words.iter().any(|word| word.is_empty()) {
        let help = "write a word on each side of a bar; a choice that may be left out is `{@name|}` in the template";
        mistakes.push(("any", "an empty word".to_owned(), help));
    } else if let Some(word) = words.iter().find(|word| word.contains(['{', '}', '@'])) {
        let help = "write fixed words: holes and other lists belong into the templates";
        mistakes.push(("any", format!("`{word}` is no fixed text"), help));
    } else if let Some(word) = twice {
        mistakes.push(("any", format!("`{word}` stands here twice"), "remove one of them"));
    } else if words.len() < 2 {
        mistakes.push((
            "any",
            "a single word".to_owned(),
            "write the words with bars between them: `unknown | not found`",
        ));
    }
    mistakes
}

#[cfg(test)]
mod tests {
    use super::{Lists, Missing, WordList};
    use crate::catalogue::{FileId, Place};
    use crate::diagnostic::Diagnostics;
    use crate::source::Sources;

    fn list(name: &str, any: &str) -> WordList {
        WordList { name: name.to_owned(), any: any.to_owned() }
    }

    #[test]
    fn a_choice_names_lists_among_words() {
        let written = [list("person", "user | recipient"), list("gone", "unknown|not  found")];
        let (sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let lists = Lists::read(&written, &Place::root(FileId(0)), &sources, &mut diagnostics);
        let out = |text: &str| lists.written_out(text);
        assert_eq!(out("{@person} {ip}{text}{@gone}"), Ok("{user|recipient} {ip}{text}{unknown|not found}".to_owned()));
        assert_eq!(out("{no |@person|user|} {{@person}}"), Ok("{no |user|recipient|} {{@person}}".to_owned()));
        assert_eq!(out("{@example.com|@|@Person}"), Ok("{@example.com|@|@Person}".to_owned()));
        assert_eq!(out("a {b| @gon |c}"), Err(Missing::Unknown(6..10)));
        assert_eq!(out("{@person"), Ok("{@person".to_owned()));
    }
}
