//! Where a rule's knowledge comes from, and how old it is.

use super::links::link;
use super::{Input, Source, SourceKind};
use crate::catalogue::Place;
use crate::date::Date;
use crate::diagnostic::{Certainty, Code, Diagnostic, Diagnostics, latin, nearest};

const KINDS: [(&str, SourceKind); 4] = [
    ("docs", SourceKind::Docs),
    ("software", SourceKind::Software),
    ("observed", SourceKind::Observed),
    ("inferred", SourceKind::Inferred),
];

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    for rule in input.rules() {
        let written = &rule.value.rule;
        diagnostics.extend(source_mistake(input, &written.source, &rule.place.key("source")));
        date(input, &rule.place.key("checked"), &written.checked, diagnostics);
    }
}

/// A day, written as 2026-11-23.
pub(super) fn date(input: &Input<'_>, place: &Place, date: &str, diagnostics: &mut Diagnostics) {
    if Date::parse(date).is_none() {
        let message = format!("`{date}` is not a date");
        let help = "write year, month and day, as in 2026-11-23";
        let span = input.sources.span(place);
        let numbers: Vec<&str> = date.split('-').collect();
        let is_form = numbers.iter().map(|number| number.len()).eq([4, 2, 2]) && date.bytes().all(|b| b != b' ');
        let label = if is_form { "no such day" } else { "written another way" };
        let diagnostic = Diagnostic::new(Code::MalformedDate, span, message, label, help);
        diagnostics.push(match Date::parse_loosely(&latin(date)) {
            Some((date, is_certain)) => diagnostic.fixed_by(span, date.to_string()).with_certainty(if is_certain {
                Certainty::Certain
            } else {
                Certainty::Likely
            }),
            None => diagnostic,
        });
    }
}

/// Reads `docs https://…`.
pub(super) fn source(text: &str) -> Option<Source> {
    let (kind, url) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""));
    let kind = KINDS.iter().find(|(name, _)| *name == kind)?.1;
    let url = url.trim();
    Some(Source { kind, url: (!url.is_empty()).then(|| url.to_owned()) })
}

fn source_mistake(input: &Input<'_>, text: &str, place: &Place) -> Option<Diagnostic> {
    let span = input.sources.span(place);
    let Some(source) = source(text) else {
        let word = text.split_whitespace().next().unwrap_or_default();
        let message = format!("`{word}` is not a kind of source");
        let help = "write `docs`, `software`, `observed` or `inferred`, then the page's address";
        return Some(match nearest(word, KINDS.map(|(name, _)| name)) {
            Some(meant) => {
                let at = text.find(word).unwrap_or(0);
                let part = input.sources.part_span(place, text, at..at + word.len());
                let diagnostic = Diagnostic::new(Code::MalformedSource, part, message, meant.question(word), help);
                if part == span && word.len() != text.len() {
                    diagnostic
                } else {
                    diagnostic.fixed_by(part, meant.name).with_certainty(meant.certainty)
                }
            }
            None => {
                let diagnostic =
                    Diagnostic::new(Code::MalformedSource, span, message, "what kind of source is it?", help);
                let is_link = text.starts_with("https://") && !text.contains(char::is_whitespace);
                let written = || input.sources.text(span.file).get(span.range()).is_some_and(|written| written == text);
                if is_link && written() {
                    diagnostic.fixed_by(span, format!("docs {text}")).with_certainty(Certainty::Likely)
                } else {
                    diagnostic
                }
            }
        });
    };
    match &source.url {
        Some(url) => {
            let at = text.find(url.as_str()).unwrap_or(0);
            link(url, input.sources.part_span(place, text, at..at + url.len()))
        }
        None if source.kind == SourceKind::Docs => {
            let message = "a documented reply comes without the page that documents it";
            let help = "add the page's address: `source: docs https://…`";
            Some(Diagnostic::new(Code::SourceWithoutPage, span, message, "which page?", help))
        }
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{SourceKind, source};

    #[test]
    fn a_source_is_a_kind_and_perhaps_an_address() {
        let read = source("docs https://example.com/a").map(|source| (source.kind, source.url));
        assert_eq!(read, Some((SourceKind::Docs, Some("https://example.com/a".to_owned()))));
        assert_eq!(source("observed").map(|source| source.url), Some(None));
        assert_eq!(source("seen"), None);
    }
}
