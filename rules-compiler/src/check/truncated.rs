//! A text without quotes ends before ` #`: valid YAML, hardly ever meant.

use super::Input;
use crate::catalogue::Place;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    for rule in input.rules() {
        let written = &rule.value.rule;
        for (key, texts) in [("text", &written.text), ("regex", &written.regex), ("examples", &written.examples)] {
            diagnostics.extend(input.each(&rule.place, key, texts).filter_map(|(_, place)| cut_short(input, &place)));
        }
    }
    let catalogue = input.catalogue;
    let items = input.rules().map(|rule| &rule.place);
    let items = items.chain(catalogue.categories.iter().map(|category| &category.place));
    let items = items.chain(catalogue.codes.iter().map(|code| &code.place));
    let items = items.chain(catalogue.enhanced.iter().map(|code| &code.place));
    for item in items.chain(catalogue.providers.iter().map(|provider| &provider.place)) {
        for key in ["name", "title", "explanation", "advice", "misuse", "notes"] {
            diagnostics.extend(cut_short(input, &item.key(key)).filter(|cut| is_word(input, cut)));
        }
    }
    for provider in &input.catalogue.providers {
        let markers = input.each(&provider.place, "markers", &provider.value.markers);
        diagnostics.extend(markers.filter_map(|(_, place)| cut_short(input, &place)));
    }
}

/// In prose, `#1` is meant; `# a remark` is one.
fn is_word(input: &Input<'_>, cut: &Diagnostic) -> bool {
    let Some(span) = cut.span() else { return false };
    let comment = input.sources.text(span.file).get(span.range()).unwrap_or_default();
    comment.chars().nth(1).is_some_and(|c| c.is_alphanumeric())
}

fn cut_short(input: &Input<'_>, place: &Place) -> Option<Diagnostic> {
    if !input.sources.is_plain(place) {
        return None;
    }
    let text = input.sources.span(place);
    let rest = input.sources.text(place.file).get(text.end..)?.lines().next()?;
    let comment = rest.trim_start();
    if comment.len() == rest.len() || !comment.starts_with('#') {
        return None;
    }
    let start = text.end + rest.len() - comment.len();
    let span = Span { file: place.file, start, end: start + comment.trim_end().len() };
    let help = "put the whole text in double quotes, or the comment on a line of its own";
    let diagnostic =
        Diagnostic::new(Code::CommentInText, span, "a comment cuts this text short", "this is a comment", help);
    Some(diagnostic.also(text, "the text ends here"))
}
