//! Templates for a text, from its first sentence to all of it.

use super::parts::{Kind, Part};
use crate::check::swallow;
use crate::template::{Template, parse};
use regex::Regex;
use rules_runtime::FieldType;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Fewest fixed letters and digits that may tell a reply from others.
const FEWEST: usize = 16;
/// Most fields of a template, one less than what is allowed.
const MOST_FIELDS: usize = 11;
/// Most parts, so that a template keeps well below what is allowed.
const MOST_PARTS: usize = 16;

/// Templates for a text, the shortest first; each fits, as `fits` says. Empty where the text offers none.
#[must_use]
pub fn candidates(text: &str, parts: &[Part], fits: impl Fn(&Template) -> bool) -> Vec<String> {
    let start = first_word(text, parts);
    let mut ends = ends(text, parts);
    // Where the provider gives what happened a code, the words before it may be those of many replies.
    let code = parts.iter().find(|part| part.kind == Kind::Code).map_or(0, |part| part.range.end);
    ends.retain(|end| *end >= code);
    let mut found: Vec<String> = Vec::new();
    for (number, end) in ends.iter().copied().enumerate().filter(|(_, end)| *end > start) {
        let last = number + 1 == ends.len();
        if fixed_letters(text, parts, start, end) < FEWEST && !last {
            continue;
        }
        let template = fitting(text, parts, start, end, &fits);
        found.extend(template.filter(|new| !found.contains(new)));
    }
    found
}

/// How many letters and digits of a template vary with nothing.
#[must_use]
pub fn fixed_letters_of(template: &str) -> usize {
    parse(template).map_or(0, |template| template.literal_length())
}

/// A template for a range that fits, with a gap for what no hole can take.
fn fitting(text: &str, parts: &[Part], start: usize, end: usize, fits: impl Fn(&Template) -> bool) -> Option<String> {
    let inside = |part: &&Part| start <= part.range.start && part.range.end <= end;
    let mut parts: Vec<Part> = parts.iter().filter(inside).cloned().collect();
    if parts.len() > MOST_PARTS {
        return None;
    }
    let good = |parts: &[Part]| {
        let written = written(text, parts, start, end);
        let template = parse(&written).ok()?;
        (swallow::mistake(&template).is_none() && fits(&template)).then_some(written)
    };
    if let Some(template) = good(&parts) {
        return Some(template);
    }
    for at in (0..parts.len()).rev() {
        parts[at] = widened(text, &parts[at], start, end);
        let wide = parts[at].range.clone();
        let mut number = 0;
        parts.retain(|part| {
            number += 1;
            number - 1 == at || part.range.end <= wide.start || wide.end <= part.range.start
        });
        if let Some(template) = good(&parts) {
            return Some(template);
        }
        if at >= parts.len() {
            break;
        }
    }
    None
}

/// The whole word, whatever it is.
fn widened(text: &str, part: &Part, start: usize, end: usize) -> Part {
    let from = text[start..part.range.start].rfind(' ').map_or(start, |at| start + at + 1);
    let to = text[part.range.end..end].find(' ').map_or(end, |at| part.range.end + at);
    Part { range: from..to, kind: Kind::Hole(FieldType::Text) }
}

/// The template as a contributor writes it.
fn written(text: &str, parts: &[Part], start: usize, end: usize) -> String {
    let mut out = String::new();
    let mut at = start;
    let mut fields = BTreeSet::new();
    for part in parts {
        out.push_str(&escaped(&text[at..part.range.start]));
        let value = &text[part.range.clone()];
        at = part.range.end;
        match part.kind {
            Kind::Fixed => out.push_str(&escaped(value)),
            Kind::Code if value.contains(['{', '}', '|']) || !fields.insert("code".to_owned()) => {
                out.push_str(&escaped(value));
            }
            Kind::Code => out.push_str(&format!("{{code={value}}}")),
            Kind::Hole(FieldType::Text) => out.push_str("{text}"),
            Kind::Hole(kind) if fields.len() < MOST_FIELDS => {
                let name = field(kind, &text[..part.range.start], &fields);
                out.push_str(&if name == kind.name() { format!("{{{name}}}") } else { format!("{{{name}:{kind}}}") });
                fields.insert(name);
            }
            Kind::Hole(_) => out.push_str("{text}"),
        }
    }
    out.push_str(&escaped(&text[at..end]));
    let trimmed = out.trim();
    let trimmed = trimmed.strip_suffix("{text}").unwrap_or(trimmed);
    trimmed.strip_prefix("{text}").unwrap_or(trimmed).trim().to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// A name for a field: of its type, or where that is taken, of what stands before it.
fn field(kind: FieldType, before: &str, taken: &BTreeSet<String>) -> String {
    let apart = |c: char| !c.is_ascii_alphabetic();
    let word = before.trim_end_matches(apart).rsplit(apart).next().unwrap_or_default().to_ascii_lowercase();
    let meant = match (kind, word.as_str()) {
        (FieldType::Number, "limit" | "maximum" | "max" | "quota") => Some("limit"),
        (FieldType::Number, "size") => Some("size"),
        (FieldType::Email, "from" | "sender") => Some("sender"),
        (FieldType::Email, "to" | "recipient" | "for") => Some("recipient"),
        _ => None,
    };
    let free = |name: &String| !taken.contains(name);
    let first = meant.unwrap_or(kind.name()).to_owned();
    let others = ["other", "third", "fourth"].map(|place| format!("{place}_{}", kind.name()));
    let numbered = (5..).map(|number| format!("{}_{number}", kind.name()));
    [first, kind.name().to_owned()].into_iter().chain(others).chain(numbered).find(free).unwrap_or_default()
}

/// Behind an id or a date that opens the text and says nothing about this reply.
fn first_word(text: &str, parts: &[Part]) -> usize {
    let mut start = 0;
    for part in parts {
        let opens = text[start..part.range.start].chars().all(|c| !c.is_alphanumeric());
        let idle =
            matches!(part.kind, Kind::Hole(FieldType::Token | FieldType::Date | FieldType::Number | FieldType::Text));
        let rest = &text[part.range.end..];
        let set_off = rest.starts_with([':', ' ', ',', '-', ';', ']', ')', '>']);
        if !(opens && idle && set_off) {
            break;
        }
        start = part.range.end + rest.len() - rest.trim_start_matches([':', ' ', ',', '-', ';', ']', ')', '>']).len();
    }
    start
}

static SEPARATOR: LazyLock<Regex> = LazyLock::new(|| super::parts::pattern(r"[.!?] |[;|] | -{1,3} |: http"));
/// The words that introduce a link.
static INTRODUCTION: LazyLock<Regex> = LazyLock::new(|| {
    super::parts::pattern(
        r"(?i)[.,;:(\[，。；：（-]* *(?:请联系|请参阅|请访问|请查看|详见|詳細は|詳しくは|\b(?:please |kindly |bitte |prosím )?(?:viz|siehe|(?:weitere|mehr) informationen|kontaktieren sie|wenden sie sich an|kontaktujte|voir|consultez|contactez|consulte|contacte|vedi|contattare|zobacz|patrz|подробнее|свяжитесь|zie|katso|see|visit|refer to|read|contact|for (?:more|further|details|help|information|assistance|an explanation)|learn more|more info\w*|check|go to|details|explanation|(?:try|use|consult|search) the)\b)[^.;]*$",
    )
});
/// Whom to write to, right before an address.
static CONTACT: LazyLock<Regex> = LazyLock::new(|| {
    super::parts::pattern(
        r"(?i)(?:联系|\b(?:contact|kontaktieren sie|wenden sie sich an|kontaktujte|contactez|contacte|contattare|свяжитесь с))[ :<]*$",
    )
});
static REMARK: LazyLock<Regex> = LazyLock::new(|| super::parts::pattern(r"(?i) \(in reply to "));

/// Where a template could end: behind each sentence, before what only points elsewhere, and at the end.
fn ends(text: &str, parts: &[Part]) -> Vec<usize> {
    let free = |at: &usize| parts.iter().all(|part| *at <= part.range.start || part.range.end <= *at);
    let sentences = SEPARATOR.find_iter(text).map(|found| found.start());
    let links = parts.iter().filter(|part| is_pointer(text, part)).map(|part| {
        let before = &text[..part.range.start];
        INTRODUCTION.find(before).map_or(part.range.start, |found| found.start())
    });
    let remark = REMARK.find(text).map(|found| found.start());
    let trimmed = |end: usize| {
        text[..end].trim_end_matches([' ', '.', ',', ';', ':', '-', '(', '[', '!', '?', '<', '，', '。']).len()
    };
    // Not inside brackets.
    let closed = |end: &usize| {
        [('(', ')'), ('[', ']')].iter().all(|(open, close)| {
            let before = &text[..*end];
            before.matches(*open).count() <= before.matches(*close).count()
        })
    };
    let places: BTreeSet<usize> =
        sentences.chain(links).chain(remark).filter(free).map(trimmed).filter(closed).collect();
    let whole = match text.trim_end_matches([' ', '.', ',', ';', '!', '?']).len() {
        end if free(&end) => end,
        _ => text.len(),
    };
    let mut places: Vec<usize> = places.into_iter().filter(|end| *end < whole && free(end)).collect();
    places.push(whole);
    places
}

fn is_pointer(text: &str, part: &Part) -> bool {
    let is_asked = part.kind == Kind::Hole(FieldType::Email) && CONTACT.is_match(&text[..part.range.start]);
    is_asked
        || part.kind == Kind::Hole(FieldType::Url)
        || part.kind == Kind::Fixed && text[part.range.clone()].contains(['/', '@'])
}

fn fixed_letters(text: &str, parts: &[Part], start: usize, end: usize) -> usize {
    let varies = |at: usize| parts.iter().any(|part| part.range.contains(&at) && matches!(part.kind, Kind::Hole(_)));
    let letters = text[start..end].char_indices().filter(|(_, c)| c.is_alphanumeric());
    letters.filter(|(at, _)| !varies(start + at)).count()
}
