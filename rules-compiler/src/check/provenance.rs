//! Where a rule's knowledge comes from, and how old it is.

use super::links::link;
use super::{Input, Source, SourceKind};
use crate::catalogue::Place;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};

const KINDS: [(&str, SourceKind); 3] =
    [("docs", SourceKind::Docs), ("software", SourceKind::Software), ("observed", SourceKind::Observed)];

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    for rule in input.rules() {
        let written = &rule.value.rule;
        diagnostics.extend(source_mistake(input, &written.source, &rule.place.key("source")));
        date(input, &rule.place.key("checked"), &written.checked, diagnostics);
    }
}

/// A day, written as 2026-11-23.
pub(super) fn date(input: &Input<'_>, place: &Place, date: &str, diagnostics: &mut Diagnostics) {
    if !is_date(date) {
        let message = format!("`{date}` is not a date");
        let help = "write year, month and day, as in 2026-11-23";
        let span = input.sources.span(place);
        diagnostics.push(Diagnostic::new(Code::MalformedDate, span, message, "no such day", help));
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
        let help = "write `docs`, `software` or `observed`, then the page's address";
        return Some(match nearest(word, KINDS.map(|(name, _)| name)) {
            Some(meant) => {
                let at = text.find(word).unwrap_or(0);
                let part = input.sources.part_span(place, text, at..at + word.len());
                let label = format!("did you mean `{meant}`?");
                let diagnostic = Diagnostic::new(Code::MalformedSource, part, message, label, help);
                if part == span && word.len() != text.len() { diagnostic } else { diagnostic.fixed_by(part, meant) }
            }
            None => Diagnostic::new(Code::MalformedSource, span, message, "what kind of source is it?", help),
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

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |text: &str, digits: usize| {
        let form = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
        form.then(|| text.parse::<u16>().ok()).flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return false;
    };
    (1..=days(year, month)).contains(&day)
}

fn days(year: u16, month: u16) -> u16 {
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u16::from(leap),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{SourceKind, is_date, source};

    #[test]
    fn dates_are_real_days() {
        for date in ["2026-11-23", "2024-02-29", "2000-02-29"] {
            assert!(is_date(date), "{date}");
        }
        for date in
            ["2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-1-2", "23.11.2026", "", "2026-11-23 "]
        {
            assert!(!is_date(date), "{date}");
        }
    }

    #[test]
    fn a_source_is_a_kind_and_perhaps_an_address() {
        let read = source("docs https://example.com/a").map(|source| (source.kind, source.url));
        assert_eq!(read, Some((SourceKind::Docs, Some("https://example.com/a".to_owned()))));
        assert_eq!(source("observed").map(|source| source.url), Some(None));
        assert_eq!(source("seen"), None);
    }
}
