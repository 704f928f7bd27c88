//! The same entry twice in a list: it says nothing more, and one of the two was most likely meant to be another.

use super::{Input, repeats};
use crate::catalogue::Place;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    let mut lists = Lists { input, diagnostics };
    for located in input.rules() {
        let (rule, place) = (&located.value.rule, &located.place);
        let owner = located.value.id.split('/').next().unwrap_or_default();
        let full = |id: &String| if id.contains('/') { id.clone() } else { format!("{owner}/{id}") };
        lists.list(place, "reply", &rule.reply);
        lists.list(place, "status", &rule.status);
        lists.list(place, "stage", &rule.stage);
        lists.list(place, "requires", &rule.requires);
        lists.list(place, "over", &rule.over.iter().map(full).collect::<Vec<_>>());
        lists.list(place, "links", &rule.links);
    }
    let catalogue = &input.output.checked.catalogue;
    for provider in &catalogue.providers {
        lists.list(&provider.place, "also_known_as", &provider.value.also_known_as);
    }
    for category in &catalogue.categories {
        lists.list(&category.place, "guides", &category.value.guides);
    }
}

struct Lists<'a> {
    input: &'a Input<'a>,
    diagnostics: &'a mut Diagnostics,
}

impl Lists<'_> {
    fn list<T: PartialEq>(&mut self, item: &Place, key: &str, values: &[T]) {
        let place = item.key(key);
        let span = |index: usize| repeats::element(self.input, &place, index);
        for (index, value) in values.iter().enumerate() {
            let Some(first) = values[..index].iter().position(|other| other == value) else { continue };
            let message = format!("the same entry is given twice under `{key}`");
            let help = "remove it, or write the one that was meant";
            let new = Diagnostic::new(Code::RepeatedEntry, span(index), message, "given again here", help);
            let new = new.also(span(first), "first given here");
            let new = removed(self.input, new, span(index - 1), span(index));
            self.diagnostics.push(new);
        }
    }
}

/// Mended by taking the entry away, with the comma before it or with its line.
fn removed(input: &Input<'_>, diagnostic: Diagnostic, before: Span, span: Span) -> Diagnostic {
    let between = input.sources.text(span.file).get(before.end..span.start).unwrap_or_default();
    match between.trim() == "," {
        true => diagnostic.fixed_by(Span { start: before.end, ..span }, ""),
        false => repeats::removed(input, diagnostic, span),
    }
}
