//! What is said about a value that could not be read.

use super::problem::{Reason, shortened};
use super::slip::{self, Need};
use super::sources::Sources;
use crate::catalogue::{Place, Step};
use crate::diagnostic::{Certainty, Code, Diagnostic, Span, Suggestion, akin, list, nearest};

/// What is needed to word a mistake.
pub(super) struct Wording<'a> {
    /// What the item is, as in `rule`.
    pub what: &'static str,
    /// The value; for a key, the mapping that has it or lacks it.
    pub place: Place,
    /// The key inside the item that the value belongs to; none for the item itself.
    pub nested: Option<String>,
    /// The key that was meant by an unknown one.
    pub meant: Option<Suggestion<'static>>,
    pub sources: &'a Sources,
}

impl Wording<'_> {
    pub fn diagnostic(&self, reason: &Reason) -> Diagnostic {
        match reason {
            Reason::UnknownKey { key, expected } => self.unknown_key(key, expected),
            Reason::MissingKey(key) => self.missing_key(key),
            Reason::UnknownValue { found, expected } => self.unknown_value(found, expected),
            Reason::WrongType { found, expected } => self.wrong_type(found, expected),
            Reason::InvalidValue { found, expected } => self.invalid_value(found, expected),
            Reason::Other(message) => self.invalid_value(message, "another value"),
        }
    }

    /// `` `reply` ``, `` an entry of `reply` `` or `this rule`.
    fn name(&self) -> String {
        match (&self.nested, self.place.path.last()) {
            (None, _) => format!("this {}", self.what),
            (Some(key), Some(Step::Index(_))) => format!("an entry of `{key}`"),
            (Some(key), _) => format!("`{key}`"),
        }
    }

    fn unknown_key(&self, key: &str, expected: &[&str]) -> Diagnostic {
        let mut place = self.place.clone();
        place.path.push(Step::Key(key.to_owned()));
        let span = self.sources.key_span(&place);
        let message = format!("unknown key `{}`", shortened(key));
        match self.meant {
            Some(meant) => {
                Diagnostic::new(Code::UnknownKey, span, message, meant.question(key), format!("write `{}`", meant.name))
                    .fixed_by(span, meant.name)
                    .with_certainty(meant.certainty)
            }
            None => {
                let label = match &self.nested {
                    None => format!("{} has no such key", article(self.what)),
                    Some(key) => format!("`{key}` has no such key"),
                };
                let is_of_file = ["mx", "domains", "markers", "kind", "rules", "language"].contains(&key);
                let help = match is_of_file && !expected.contains(&key) {
                    // Its place is at the start of a line already, only not of this file.
                    true if self.place.path.is_empty() => format!("remove it: only a provider's file has `{key}`"),
                    true => format!("it is a key of the file as a whole: write `{key}:` at the start of a line"),
                    false => format!("remove it, or use one of {}", list(expected)),
                };
                Diagnostic::new(Code::UnknownKey, span, message, label, help)
            }
        }
    }

    fn missing_key(&self, key: &str) -> Diagnostic {
        let span = self.sources.head_span(&self.place);
        let message = format!("{} lacks the key `{key}`", self.name());
        let label = format!("`{key}` is missing here");
        Diagnostic::new(Code::MissingKey, span, message, label, format!("add {}", sample(key)))
    }

    fn unknown_value(&self, found: &str, expected: &[&str]) -> Diagnostic {
        let span = self.sources.span(&self.place);
        if found.is_empty() {
            let message = format!("{} has no value", self.name());
            let help = format!("write {}, or leave the key out", list(expected));
            return Diagnostic::new(
                Code::UnknownValue,
                self.sources.key_span(&self.place),
                message,
                "nothing follows",
                help,
            );
        }
        // A number as the file has it, and not as it was read.
        let is_number = found.parse::<f64>().is_ok() && !self.written().is_empty();
        let shown = if is_number { self.written() } else { found };
        let message = format!("{} cannot be `{}`", self.name(), shortened(shown));
        let meant = match found {
            "true" => expected.contains(&"yes").then_some(CERTAINLY_YES),
            "false" => expected.contains(&"no").then_some(CERTAINLY_NO),
            _ => nearest(found, expected.iter().copied()).or_else(|| akin(found, expected.iter().copied())),
        };
        if let Some(diagnostic) = self.slip(Code::UnknownValue, &message, Need::Other) {
            return diagnostic;
        }
        match meant {
            Some(meant) => {
                let name = meant.name;
                let written = if matches!(name, "yes" | "no") { format!("\"{name}\"") } else { name.to_owned() };
                Diagnostic::new(Code::UnknownValue, span, message, meant.question(found), format!("write `{written}`"))
                    .fixed_by(span, written)
                    .with_certainty(meant.certainty)
            }
            None => {
                let help = format!("write {}", list(expected));
                Diagnostic::new(Code::UnknownValue, span, message, "there is no such value", help)
            }
        }
    }

    fn wrong_type(&self, found: &str, expected: &str) -> Diagnostic {
        let span = self.sources.span(&self.place);
        let written = self.written();
        let (found, expected) = (&*self.as_written(found), self.as_needed(expected));
        let message = format!("{} must be {expected}, not {found}", self.name());
        let diagnostic = |label: &str, help: &str| Diagnostic::new(Code::WrongType, span, message.clone(), label, help);
        let takes_text = expected == "a text" || expected == TEXTS || expected.starts_with("one value");
        let need = match expected {
            _ if found == "nothing" => Need::Other,
            _ if takes_text => Need::Text,
            "a list" => Need::List,
            "keys with values" => Need::Keys,
            "a whole number" => Need::Number,
            _ => Need::Other,
        };
        if let Some(diagnostic) = self.slip(Code::WrongType, &message, need) {
            return diagnostic;
        }
        if takes_text && written.starts_with(['[', '{']) {
            let label = "without quotes, a bracket or brace starts a list or a mapping";
            return diagnostic(label, "put the text in double quotes");
        }
        let is_yes_or_no = matches!(found, "`true`" | "`false`");
        if let Some(help) =
            self.of_numbers().filter(|_| takes_text && (found.starts_with("the number") || is_yes_or_no))
        {
            let label = if is_yes_or_no { "this is no text, but a yes or a no" } else { "this is a number" };
            return diagnostic(label, help);
        }
        if expected == TRUE_OR_FALSE && ["`yes`", "`no`", "`true`", "`false`"].contains(&found) {
            let meant = if ["`yes`", "`true`"].contains(&found) { "true" } else { "false" };
            return diagnostic("in quotes, or a word that YAML reads as text", "write it without quotes")
                .fixed_by(span, meant);
        }
        if takes_text && found.starts_with(['t', '`']) && !written.is_empty() && !written.contains(['"', '\'', '\n']) {
            return diagnostic("not a text without quotes", "put it in double quotes")
                .fixed_by(span, format!("\"{written}\""));
        }
        if expected == "a list" && found.starts_with(['`', 't']) {
            let diagnostic = diagnostic("a single value", "put it in brackets, as in `[a, b]`");
            let quoted = written.starts_with(['"', '\'']);
            let simple = !written.is_empty()
                && !written.contains(['\n', '\r'])
                && (quoted || !written.contains(['[', ']', '{', '}', ',']));
            return if simple { diagnostic.fixed_by(span, format!("[{written}]")) } else { diagnostic };
        }
        if found == "nothing" {
            let help = match (&self.nested, self.place.path.last()) {
                (_, Some(Step::Index(_))) => format!("write {expected}, or remove the dash"),
                (Some(key), _) if is_needed(key) => format!("add {}", sample(key)),
                _ => format!("write {expected}, or leave the key out if it is optional"),
            };
            let span = self.sources.key_span(&self.place);
            return Diagnostic::new(Code::WrongType, span, message, "nothing follows", help);
        }
        let help = format!("write {}", self.number().unwrap_or(expected));
        Diagnostic { message: message.clone(), ..diagnostic(&format!("this is {found}"), &help) }
    }

    /// What to write under a key where no number is right, quoted or not, nor `true`.
    fn of_numbers(&self) -> Option<&'static str> {
        match self.nested.as_deref()? {
            "checked" | "since" => Some("write year, month and day, as in 2026-11-23"),
            "category" => Some("write an id of `categories.yaml`"),
            "explanation" | "advice" | "misuse" => Some("say what happened and what to do now, in words"),
            _ => None,
        }
    }

    /// Which whole numbers the key takes.
    fn number(&self) -> Option<&'static str> {
        match (self.what, self.nested.as_deref()?) {
            ("reply code", "reply") => Some("a reply code from 200 to 599, as in 421"),
            (_, "class") => Some("2, 4 or 5"),
            (_, "subject") => Some("the second number of the codes, as in 7"),
            _ => None,
        }
    }

    fn written(&self) -> &str {
        let span = self.sources.span(&self.place);
        self.sources.text(span.file).get(span.range()).unwrap_or_default()
    }

    /// A number as the file has it, and not as it was read.
    fn as_written(&self, found: &str) -> String {
        match (found.starts_with("the number"), self.written()) {
            (true, written) if !written.is_empty() => format!("the number `{}`", shortened(written)),
            _ => found.to_owned(),
        }
    }

    /// What is needed, in the words of the key.
    fn as_needed<'b>(&self, expected: &'b str) -> &'b str {
        let takes_texts = matches!(self.nested.as_deref(), Some("text" | "regex"));
        if takes_texts && expected.starts_with("one value") { TEXTS } else { expected }
    }

    /// A value in the wrong form whose meaning can be told.
    fn slip(&self, code: Code, message: &str, need: Need) -> Option<Diagnostic> {
        let span = self.sources.span(&self.place);
        let slip = slip::of(self.written(), need, self.nested.as_deref(), self.what)?;
        let new = Diagnostic::new(code, span, message, slip.label, slip.help);
        let edits = slip.edits.into_iter().map(|(part, text)| {
            let edit = Span { start: span.start + part.start, end: span.start + part.end, ..span };
            (edit, text)
        });
        Some(edits.fold(new, |new, (edit, text)| new.fixed_by(edit, text)).with_certainty(slip.certainty))
    }

    fn invalid_value(&self, found: &str, expected: &str) -> Diagnostic {
        let span = self.sources.span(&self.place);
        let message = format!("{} cannot be {}", self.name(), self.as_written(found));
        let need = if expected == "a whole number" { Need::Number } else { Need::Other };
        if let Some(diagnostic) = self.slip(Code::InvalidValue, &message, need) {
            return diagnostic;
        }
        let help = format!("write {}", self.number().filter(|_| need == Need::Number).unwrap_or(expected));
        Diagnostic::new(Code::InvalidValue, span, message, "not of this form", help)
    }
}

/// What `text` and `regex` take.
const TEXTS: &str = "a text or a list of texts";

const TRUE_OR_FALSE: &str = "`true` or `false`";

/// YAML has other words for `yes` and `no`, which some programs write in their place.
const CERTAINLY_YES: Suggestion<'static> = Suggestion { name: "yes", certainty: Certainty::Certain };
const CERTAINLY_NO: Suggestion<'static> = Suggestion { name: "no", certainty: Certainty::Certain };

/// `a rule`, `an enhanced code`.
fn article(what: &str) -> String {
    let article = if what.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {what}")
}

/// Whether an item cannot do without the key.
fn is_needed(key: &str) -> bool {
    let of_all = ["id", "name", "title", "category", "explanation", "advice", "source", "checked", "examples", "kind"];
    of_all.contains(&key)
}

/// What a line with this key looks like.
fn sample(key: &str) -> String {
    let sample = match key {
        "id" => "`id: some-words`: lower-case words joined by `-`",
        "category" => "`category: …`: an id of `categories.yaml`",
        "explanation" => "`explanation: …`: what happened, and what to do now",
        "advice" => "`advice: …`: what to do now",
        "source" => {
            "`source: docs https://…`: where the reply is known from (`docs`, `software`, `observed` or `inferred`)"
        }
        "checked" => "`checked: 2026-11-23`: the day it was last compared with its source",
        "examples" => "`examples: […]`: at least one reply as it comes over the wire",
        "kind" => {
            "`kind: mailbox`: what the provider does (`mailbox`, `gateway`, `mta`, `forwarder`, `esp` or `blocklist`)"
        }
        "status" => "`status: X.7.1`: the code, its class left open",
        _ => return format!("`{key}: …`"),
    };
    sample.to_owned()
}
