//! A provider's file with one rule more, and all else as it was.

use super::refusal::Refusal;
use crate::catalogue::Place;
use crate::source::Sources;

/// The lines of a rule, without the `- ` before the first and the spaces before the others.
pub type Lines = Vec<String>;

/// The file with the rule behind its last one, and the number of the rule's first line.
///
/// `provider` is the file's root, `last` the last of its rules.
pub fn insert(
    sources: &Sources,
    provider: &Place,
    last: Option<&Place>,
    rule: &Lines,
) -> Result<(String, usize), Refusal> {
    let text = sources.text(provider.file);
    let (at, start) = match last {
        Some(last) => behind(sources, last)?,
        None => at_the_end(sources, provider)?,
    };
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let indent = " ".repeat(start.list.len());
    let mut added = String::new();
    for line in start.before.into_iter() {
        added.push_str(line);
        added.push_str(line_break);
    }
    for (number, line) in rule.iter().enumerate() {
        added.push_str(if number == 0 { &start.list } else { &indent });
        added.push_str(line);
        added.push_str(line_break);
    }
    let head = &text[..at];
    let gap = if head.is_empty() || head.ends_with('\n') { "" } else { line_break };
    let line = head.matches('\n').count() + usize::from(!gap.is_empty()) + start.before.map_or(0, |_| 1) + 1;
    let tail = &text[start.resume..];
    Ok((format!("{head}{gap}{added}{tail}"), line))
}

/// How a new rule starts.
struct Start {
    /// A line before it.
    before: Option<&'static str>,
    /// What opens its first line.
    list: String,
    /// Where the old text goes on.
    resume: usize,
}

/// Behind a rule, written as that one is.
fn behind(sources: &Sources, last: &Place) -> Result<(usize, Start), Refusal> {
    let text = sources.text(last.file);
    let span = sources.span(last);
    let line = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let list = &text[line..span.start];
    let dash = list.trim();
    if dash != "-" || list.contains('\t') {
        return Err(in_brackets(sources, last));
    }
    let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at + 1);
    Ok((end, Start { before: None, list: list.to_owned(), resume: end }))
}

/// At the end of a file without rules; an empty list makes way.
fn at_the_end(sources: &Sources, provider: &Place) -> Result<(usize, Start), Refusal> {
    let text = sources.text(provider.file);
    let rules = provider.key("rules");
    let (value, whole) = (sources.span(&rules), sources.span(provider));
    let list = "  - ".to_owned();
    if value == whole {
        return Ok((text.len(), Start { before: Some("rules:"), list, resume: text.len() }));
    }
    if !text[value.range()].starts_with('[') {
        return Err(in_brackets(sources, &rules));
    }
    let colon = text[..value.start].trim_end().len();
    let end = text[value.end..].find('\n').map_or(text.len(), |at| value.end + at + 1);
    Ok((colon, Start { before: None, list, resume: end }))
}

fn in_brackets(sources: &Sources, place: &Place) -> Refusal {
    let line = sources.line_name(place);
    Refusal::Request(format!(
        "the rules at {line} are not written as a list with `- id:` on a line of its own: write them so, then a rule can be added"
    ))
}
