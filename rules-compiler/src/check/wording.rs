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
            [("title", &value.title), ("explanation", &value.explanation), ("advice", &value.advice)],
        );
    }
    for code in &catalogue.enhanced {
        let value = &code.value;
        texts.at_least(
            1,
            &code.place,
            [("title", &value.title), ("explanation", &value.explanation), ("advice", &value.advice)],
        );
    }
    for class in &catalogue.classes {
        texts.at_least(1, &class.place, [("title", &class.value.title), ("explanation", &class.value.explanation)]);
    }
    for subject in &catalogue.subjects {
        texts.at_least(
            1,
            &subject.place,
            [("title", &subject.value.title), ("explanation", &subject.value.explanation)],
        );
    }
    for provider in &catalogue.providers {
        texts.at_least(1, &provider.place, [("name", &provider.value.name)]);
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
            let characters = text.trim().chars().count();
            if characters >= fewest {
                continue;
            }
            let place = item.key(key);
            let (span, message) = match characters {
                0 => (self.input.sources.key_span(&place), format!("`{key}` is empty")),
                1 => (self.input.sources.span(&place), format!("`{key}` says too little: 1 character")),
                _ => (self.input.sources.span(&place), format!("`{key}` says too little: {characters} characters")),
            };
            let label = if fewest > 1 { format!("at least {fewest} characters are needed") } else { String::new() };
            self.diagnostics.push(Diagnostic::new(Code::TextTooShort, span, message, label, help(key)));
        }
    }
}

fn help(key: &str) -> &'static str {
    match key {
        "explanation" => "say what happened and what the sender should do now",
        "advice" => "say what the sender should do now, and whom to ask",
        _ => "write a few words, as they should stand in a heading",
    }
}
