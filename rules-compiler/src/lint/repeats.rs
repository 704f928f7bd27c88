//! The same template twice in a rule, the same example twice in a rule: the second proves and matches nothing more.
//!
//! One reply may well be an example of two rules, where one of them requires a host or a code: the proofs see to it.

use super::Input;
use crate::catalogue::{Place, Step};
use crate::diagnostic::{Certainty, Code, Diagnostic, Diagnostics, Span};
use crate::template::{Item, Template};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    let checked = &input.output.checked;
    for (rule, located) in checked.rules.iter().zip(input.rules()) {
        let written = &located.value.rule;
        let texts = rule.templates.get(..written.text.len()).unwrap_or_default();
        let place = located.place.key("text");
        choices(input, &place, &written.text, texts, diagnostics);
        templates(input, &place, texts, diagnostics);
        let expressions = rule.templates.get(written.text.len()..).unwrap_or_default();
        templates(input, &located.place.key("regex"), expressions, diagnostics);
        examples(input, &located.place.key("examples"), &written.examples, diagnostics);
    }
    for (markers, provider) in checked.markers.iter().zip(&checked.catalogue.providers) {
        templates(input, &provider.place.key("markers"), markers, diagnostics);
    }
}

/// Reports each choice that offers a text twice.
fn choices(
    input: &Input<'_>,
    place: &Place,
    written: &[String],
    templates: &[Template],
    diagnostics: &mut Diagnostics,
) {
    for (index, (text, template)) in written.iter().zip(templates).enumerate() {
        let Some((number, offered)) = offered_twice(template) else { continue };
        let element = input.sources.element(place, index);
        let whole = input.sources.span(&element);
        let range = written_choice(text, number);
        let span = range.clone().map_or(whole, |range| input.sources.part_span(&element, text, range));
        let message = format!("this choice offers `{offered}` twice");
        let help = "leave one of the two out: letters match in either case";
        let new = Diagnostic::new(Code::RepeatedTemplate, span, message, "in this choice", help);
        let mended = range.filter(|_| span != whole).map(|range| without_repeats(&text[range]));
        diagnostics.push(mended.into_iter().fold(new, |new, mended| new.fixed_by(span, mended)));
    }
}

/// Where a template's choice stands in its text, by its number.
fn written_choice(text: &str, number: usize) -> Option<Range<usize>> {
    let open = text.char_indices().filter(|(at, c)| *c == '{' && !text[..*at].ends_with('{'));
    let braces = open.filter_map(|(at, _)| Some(at..at + text[at..].find('}')? + 1));
    braces.filter(|range| text[range.clone()].contains('|')).nth(number)
}

/// `{a|b|A}` without the second of two that are alike, and without braces where one is left.
fn without_repeats(choice: &str) -> String {
    let mut seen = BTreeSet::new();
    let offered = choice.trim_matches(['{', '}']).split('|');
    let left: Vec<&str> = offered.filter(|text| seen.insert(text.trim().to_ascii_lowercase())).collect();
    match left.as_slice() {
        [only] => (*only).to_owned(),
        several => format!("{{{}}}", several.join("|")),
    }
}

/// Reports each template whose every text another one has, the later one where both have the same.
fn templates(input: &Input<'_>, place: &Place, templates: &[Template], diagnostics: &mut Diagnostics) {
    if templates.len() < 2 {
        return;
    }
    let parts: Vec<Parts> = templates.iter().map(parts).collect();
    for index in 0..parts.len() {
        let covers = |other: &usize| {
            // Where the other ranks lower, this one may be there for its rank.
            let ranks = || templates[*other].literal_length() >= templates[index].literal_length();
            let is_later = || *other > index && is_within(&parts[*other], &parts[index]);
            *other != index && is_within(&parts[index], &parts[*other]) && ranks() && !is_later()
        };
        if let Some(other) = (0..parts.len()).find(covers) {
            let (span, first) = (element(input, place, index), element(input, place, other));
            let is_same = is_within(&parts[other], &parts[index]);
            let message = if is_same {
                "the same template is given twice".to_owned()
            } else {
                "all that this template matches, another one of the list does as well".to_owned()
            };
            let label = if is_same { "given again here" } else { "matches nothing more" };
            let new = Diagnostic::new(Code::RepeatedTemplate, span, message, label, "remove it");
            let new = new.also(first, if is_same { "first given here" } else { "this one" });
            // Of two rules that match the same words, the one with fewer templates wins: a removal may decide between them.
            let certainty = if place.path.last() == Some(&Step::Key("markers".to_owned())) {
                Certainty::Certain
            } else {
                Certainty::Likely
            };
            diagnostics.push(removed(input, new, span).with_certainty(certainty));
        }
    }
}

/// Reports each example that differs from an earlier one by nothing but blanks and the case of letters.
fn examples(input: &Input<'_>, place: &Place, examples: &[String], diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (index, example) in examples.iter().enumerate() {
        let words = example.split([' ', '\t']).filter(|word| !word.is_empty());
        let folded = words.collect::<Vec<_>>().join(" ").to_ascii_lowercase();
        let first = *seen.entry(folded).or_insert(index);
        if first != index {
            let span = element(input, place, index);
            let help = "remove it, or show another reply that the rule matches";
            let new = Diagnostic::new(
                Code::RepeatedExample,
                span,
                "the same example is given twice",
                "given again here",
                help,
            );
            diagnostics.push(removed(input, new.also(element(input, place, first), "first given here"), span));
        }
    }
}

pub(super) fn element(input: &Input<'_>, place: &Place, index: usize) -> Span {
    input.sources.span(&input.sources.element(place, index))
}

/// Mended by taking the whole line away, where the element of the list is all of it and no comment goes with it.
pub(super) fn removed(input: &Input<'_>, diagnostic: Diagnostic, span: Span) -> Diagnostic {
    let text = input.sources.text(span.file);
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at + 1);
    let is_alone = text[start..span.start].trim() == "-" && text[span.end..end].trim().is_empty();
    let before = text[..start].trim_end().lines().next_back().unwrap_or_default();
    if !is_alone || before.trim_start().starts_with('#') {
        return diagnostic;
    }
    diagnostic.fixed_by(Span { start, end, ..span }, "")
}

/// The number of the choice that offers a text twice, letters of both cases being one, and the text.
fn offered_twice(template: &Template) -> Option<(usize, String)> {
    let items = template.items();
    let choices = items.iter().filter_map(|item| match item {
        Item::Choice { texts } => Some(texts),
        _ => None,
    });
    choices.enumerate().find_map(|(number, texts)| {
        let mut seen = BTreeSet::new();
        let again = texts.iter().find(|text| !seen.insert(*text))?;
        Some((number, String::from_utf8_lossy(again).trim().to_owned()))
    })
}

/// What may stand at each place of a template, each of its holes as a byte that no text has and its name.
type Parts = Vec<Vec<Vec<u8>>>;

fn parts(template: &Template) -> Parts {
    let parts = template.items().into_iter().map(|item| match item {
        Item::Literal { bytes, fields } => {
            let named = fields.iter().map(|field| format!("\0{}={}+{}\0", field.name, field.start, field.length));
            vec![[named.collect::<String>().into_bytes(), bytes].concat()]
        }
        Item::Choice { texts } => texts,
        Item::Hole { kind, field, .. } => vec![format!("\0{kind}:{}\0", field.unwrap_or_default()).into_bytes()],
        Item::Gap { field } => vec![format!("\0:{}\0", field.unwrap_or_default()).into_bytes()],
        Item::Expression(expression) => vec![format!("\0{expression}\0").into_bytes()],
    });
    parts.collect()
}

/// Whether one template stands for each text that the other stands for. Most pairs differ in the first text already.
fn is_within(one: &Parts, other: &Parts) -> bool {
    let first: Vec<u8> = one.iter().filter_map(|part| part.first()).flatten().copied().collect();
    stands_for(other, &first) && texts(one).iter().all(|text| stands_for(other, text))
}

/// All texts that a template stands for.
fn texts(parts: &Parts) -> Vec<Vec<u8>> {
    parts.iter().fold(vec![Vec::new()], |texts, part| {
        texts.iter().flat_map(|text| part.iter().map(move |next| [text.as_slice(), next].concat())).collect()
    })
}

/// Whether these places, filled in some way, give the text.
fn stands_for(parts: &[Vec<Vec<u8>>], text: &[u8]) -> bool {
    match parts {
        [] => text.is_empty(),
        [first, rest @ ..] => {
            first.iter().any(|part| text.strip_prefix(part.as_slice()).is_some_and(|left| stands_for(rest, left)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{is_within, offered_twice, parts, without_repeats, written_choice};
    use crate::template::{Template, parse};

    fn template(text: &str) -> Template {
        parse(text).expect("a template")
    }

    #[test]
    fn templates_are_compared_by_the_texts_that_they_stand_for() {
        let within = |a: &str, b: &str| is_within(&parts(&template(a)), &parts(&template(b)));
        let same = |a: &str, b: &str| within(a, b) && within(b, a);
        assert!(same("Mailbox  is FULL", "mailbox is full"));
        assert!(same("mailbox {is|was|} full", "mailbox {|WAS|is} full"));
        assert!(same("mailbox {is full|is over}", "mailbox is {over|full}"));
        assert!(!same("mailbox of {number} is full", "mailbox of {host} is full"));
        assert!(!same("mailbox of {limit:number}", "mailbox of {size:number}"));
        assert!(!same("{code=EX01} refused", "EX01 refused"));
        assert!(
            within("mailbox is full", "mailbox {is|was} full") && !within("mailbox {is|was} full", "mailbox is full")
        );
        assert!(!within("mailbox {is|seems} full", "mailbox {is|was} full"));
    }

    #[test]
    fn a_choice_offers_a_text_twice() {
        let written = "{a|b} {number} mailbox {is|was|Is} full";
        assert_eq!(offered_twice(&template(written)), Some((1, "is".to_owned())));
        assert_eq!(offered_twice(&template("mailbox {is|was|} full")), None);
        let choice = &written[written_choice(written, 1).expect("the second choice")];
        assert_eq!((choice, without_repeats(choice).as_str()), ("{is|was|Is}", "{is|was}"));
        assert_eq!(without_repeats("{keine|Keine}"), "keine");
    }
}
