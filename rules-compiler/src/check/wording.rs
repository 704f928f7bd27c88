//! Texts for people: there, and long enough to help.

use super::Input;
use crate::catalogue::Place;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// Fewest characters of an explanation that says what happened and what to do.
const FEWEST: usize = 40;

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    let mut texts = Texts { input, diagnostics };
    let catalogue = input.catalogue;
    for category in &catalogue.categories {
        let (value, place) = (&category.value, &category.place);
        texts.at_least(1, place, [("title", &value.title)]);
        texts.at_least(FEWEST, place, [("explanation", &value.explanation), ("advice", &value.advice)]);
    }
    for code in &catalogue.codes {
        let value = &code.value;
        texts.at_least(
            1,
            &code.place,
            [
                ("title", &value.title),
                ("reference", &value.reference),
                ("explanation", &value.explanation),
                ("advice", &value.advice),
            ],
        );
        texts.something(&code.place, "misuse", value.misuse.as_ref());
    }
    for code in &catalogue.enhanced {
        let value = &code.value;
        texts.at_least(
            1,
            &code.place,
            [
                ("title", &value.title),
                ("reference", &value.reference),
                ("explanation", &value.explanation),
                ("advice", &value.advice),
            ],
        );
        texts.something(&code.place, "misuse", value.misuse.as_ref());
    }
    for class in &catalogue.classes {
        let value = &class.value;
        texts.at_least(
            1,
            &class.place,
            [("title", &value.title), ("reference", &value.reference), ("explanation", &value.explanation)],
        );
    }
    for subject in &catalogue.subjects {
        let value = &subject.value;
        texts.at_least(
            1,
            &subject.place,
            [("title", &value.title), ("reference", &value.reference), ("explanation", &value.explanation)],
        );
    }
    for provider in &catalogue.providers {
        let (value, place) = (&provider.value, &provider.place);
        texts.at_least(1, place, [("name", &value.name)]);
        texts.something(place, "notes", value.notes.as_ref());
        for (name, place) in input.each(place, "also_known_as", &value.also_known_as) {
            texts.say("also_known_as", name, 1, &place);
        }
    }
    for moved in &catalogue.moved {
        texts.at_least(1, &moved.place, [("why", &moved.value.why)]);
    }
    for language in &catalogue.languages {
        texts.at_least(1, &language.place, [("name", &language.value.name)]);
    }
    for rule in input.rules() {
        texts.at_least(FEWEST, &rule.place, [("explanation", &rule.value.rule.explanation)]);
    }
}

struct Texts<'a> {
    input: &'a Input<'a>,
    diagnostics: &'a mut Diagnostics,
}

impl Texts<'_> {
    fn at_least<const N: usize>(&mut self, fewest: usize, item: &Place, texts: [(&str, &String); N]) {
        for (key, text) in texts {
            self.say(key, text, fewest, &item.key(key));
        }
    }

    /// A text that may be left out, and else is not empty.
    fn something(&mut self, item: &Place, key: &str, text: Option<&String>) {
        if let Some(text) = text {
            self.say(key, text, 1, &item.key(key));
        }
    }

    fn say(&mut self, key: &str, text: &str, fewest: usize, place: &Place) {
        let characters = text.trim().chars().count();
        let sources = self.input.sources;
        let mistake = match characters {
            0 => Some((sources.key_span(place), format!("`{key}` is empty"))),
            1 if fewest > 1 => Some((sources.span(place), format!("`{key}` says too little: 1 character"))),
            _ if characters < fewest => {
                Some((sources.span(place), format!("`{key}` says too little: {characters} characters")))
            }
            _ if is_line(key) && text.trim().contains(char::is_control) => {
                Some((sources.span(place), format!("`{key}` is more than one line")))
            }
            _ => None,
        };
        if let Some((span, message)) = mistake {
            let label = if fewest > 1 { format!("at least {fewest} characters are needed") } else { String::new() };
            let code = if characters < fewest { Code::TextTooShort } else { Code::InvalidValue };
            self.diagnostics.push(Diagnostic::new(code, span, message, label, help(key)));
        }
    }
}

/// What stands in headings and tables.
fn is_line(key: &str) -> bool {
    matches!(key, "title" | "name" | "also_known_as" | "reference")
}

fn help(key: &str) -> &'static str {
    match key {
        "explanation" => "say what happened and what the sender should do now",
        "advice" => "say what the sender should do now, and whom to ask",
        "reference" => "write the document that defines it, as in `RFC 5321`",
        "misuse" => "say how servers use it otherwise, or leave the key out",
        "notes" => "say what a sender should know about the provider, or leave the key out",
        "why" => "say why the rule went, for those who follow an old link to it",
        _ => "write a few words, as they should stand in a heading",
    }
}
