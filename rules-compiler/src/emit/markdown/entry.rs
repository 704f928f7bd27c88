//! A rule's entry: whole on the page of its provider or language, shorter on the page of a reply code.

use super::example::Example;
use super::facts::{self, Answer};
use super::page::Page;
use super::site::{Rule, Site};
use super::title::capitalized;
use super::{guides, text, words};
use crate::oracle::variable_parts;
use std::ops::Range;

/// More wordings than this many are folded up.
const FOLDED: usize = 2;

/// Of more wordings than this, the first are shown; the catalogue has the others.
const SHOWN: usize = 8;

/// The whole entry: the answer, the reply, what happened, and then everything else that is known.
pub fn whole(site: &Site<'_>, page: &mut Page, rule: &Rule<'_>) {
    page.anchored(3, &rule.written.rule.id, &rule.title);
    let checked = rule.checked;
    page.paragraph(&lead(rule, Answer::seen(rule), &facts::permanence(site, rule)));
    let mut replies = rule.examples.iter().map(|example| marked(rule, example));
    page.list(replies.next());
    for paragraph in text::paragraphs(&rule.written.rule.explanation) {
        page.paragraph(&paragraph);
    }
    let optional = |label: &str, value: String| {
        (!value.is_empty()).then(|| {
            let space = if value.starts_with('\n') { "" } else { " " };
            format!("**{label}:**{space}{value}")
        })
    };
    let maturity = match rule.written.rule.maturity {
        crate::catalogue::Maturity::Stable => String::new(),
        crate::catalogue::Maturity::Test => "new, not yet met in practice".to_owned(),
        crate::catalogue::Maturity::Deprecated => "kept for old replies".to_owned(),
    };
    let edit = site.edit(page, rule.place, "Edit this entry");
    let wordings = facts::wordings(rule);
    let (beside, folded) = if wordings.len() > FOLDED { (Vec::new(), wordings) } else { (wordings, Vec::new()) };
    let facts = [
        Answer::other(rule).map(|(when, answer)| format!("**{when}:** {answer}")),
        optional("Step by step", guides::beside_rule(site, page, rule)),
        optional("Help", facts::links(rule)),
        optional("Also said as", nested(replies)),
        optional("Category", site.category_link(page, checked.category)),
        optional("Codes", facts::codes(site, page, rule)),
        optional("Condition", text::prose(&facts::conditions(site, rule))),
        optional("Variable parts", facts::fields(rule).join(", ")),
        optional("Recognised by", several(beside)),
        optional("Status", maturity),
        optional("Source", facts::source(rule)),
        Some(format!("**Rule:** {} · {edit}", text::code(&rule.written.id))),
    ];
    page.list(facts.into_iter().flatten());
    if !folded.is_empty() {
        let all = folded.len();
        let more = (all > SHOWN + 1).then(|| site.edit(page, rule.place, &format!("{} more", all - SHOWN)));
        let shown = if more.is_some() { SHOWN } else { all };
        page.folded(&format!("Recognised by {all} wordings"), folded.into_iter().take(shown).chain(more));
    }
}

/// The entry beside a reply code: the replies with this code, or all where none is known with it.
pub fn beside_code(site: &Site<'_>, page: &mut Page, rule: &Rule<'_>, code: u16) {
    page.heading(3, &rule.title);
    page.paragraph(&lead(rule, Answer::beside(rule, code), facts::permanence_with(rule, code)));
    let with = |example: &&Example<'_>| example.code == Some(code);
    let any = !rule.has_example(code);
    page.list(rule.examples.iter().filter(|example| any || with(example)).map(|example| marked(rule, example)));
    for paragraph in text::paragraphs(&rule.written.rule.explanation) {
        page.paragraph(&paragraph);
    }
    let statuses: Vec<String> =
        rule.statuses_with(code).into_iter().map(|status| site.status_link(page, status)).collect();
    let statuses = if statuses.is_empty() { String::new() } else { format!("Enhanced code {}", statuses.join(", ")) };
    let links = facts::links(rule);
    let more = [
        guides::beside_rule(site, page, rule),
        if links.is_empty() { links } else { format!("Help: {links}") },
        format!("Category {}", site.category_link(page, rule.checked.category)),
        statuses,
        text::prose(&capitalized(&facts::conditions(site, rule))),
        page.link("All about this reply", &rule.entry),
    ];
    page.paragraph(&joined(more));
}

/// The answer in a line: what to do now, for how long it lasts, what it is about, what becomes of the recipient.
fn lead(rule: &Rule<'_>, answer: Answer, permanence: &str) -> String {
    let wait = rule.written.rule.retry_after.map(|seconds| format!("wait {}", words::duration(seconds)));
    joined([
        format!("**{}**", capitalized(&answer.action)),
        permanence.to_owned(),
        format!("about {}", words::scope(rule.checked.scope)),
        wait.unwrap_or_default(),
        answer.recipient,
    ])
}

/// An example with its variable parts in bold.
fn marked(rule: &Rule<'_>, example: &Example<'_>) -> String {
    let mut parts = variable_parts(&rule.checked.templates, rule.checked.position, example.text);
    let apart = |range: &Range<usize>, parts: &[Range<usize>]| {
        parts.iter().all(|part| range.end <= part.start || part.end <= range.start)
    };
    for range in stand_ins(example.text) {
        if apart(&range, &parts) {
            parts.push(range);
        }
    }
    parts.sort_by_key(|part| part.start);
    text::marked_reply(example.text, &parts)
}

/// The names and addresses in an example that nobody has: they stand for the reader's own, also where no wording reaches.
fn stand_ins(text: &str) -> Vec<Range<usize>> {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '@' | ':');
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(inside).map(|at| from + at) {
        let end = text[start..].find(|c| !inside(c)).map_or(text.len(), |at| start + at);
        let word = &text[start..end];
        let trimmed = behind_code(word).trim_matches(['.', ':', '-', '_', '+', '@']);
        let start = start + word.rfind(trimmed).unwrap_or(0);
        let names = ["example.com", "example.net", "example.org"];
        let addresses = ["192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:"];
        if names.iter().any(|name| trimmed.ends_with(name)) || addresses.iter().any(|start| trimmed.starts_with(start))
        {
            found.push(start..start + trimmed.len());
        }
        from = end;
    }
    found
}

/// What follows a reply code and its hyphen, as in `554-mx.example.net`.
fn behind_code(word: &str) -> &str {
    let coded = word.len() > 4 && word.as_bytes()[3] == b'-' && word.bytes().take(3).all(|b| b.is_ascii_digit());
    if coded { &word[4..] } else { word }
}

/// One line for a rule on a page that has too many of them: what to do, its first reply with the code, and where the rest is.
pub fn line(page: &Page, rule: &Rule<'_>, code: u16) -> String {
    let first = rule.examples.iter().find(|example| example.code == Some(code)).or(rule.examples.first());
    let reply = first.map(|example| text::reply(example.text)).unwrap_or_default();
    let space = if reply.starts_with("```") { "\n  " } else { " " };
    format!("{}, {}:{space}{reply}", rule.link(page), Answer::beside(rule, code).action)
}

fn joined<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// One element as it is, several as a list in the list.
fn several(items: Vec<String>) -> String {
    match <[String; 1]>::try_from(items) {
        Ok([one]) => one,
        Err(many) => nested(many.into_iter()),
    }
}

/// A list in a list.
fn nested(items: impl Iterator<Item = String>) -> String {
    items.map(|item| format!("\n  - {}", item.replace('\n', "\n  "))).collect()
}

#[cfg(test)]
mod tests {
    use super::stand_ins;

    #[test]
    fn stand_ins_are_found() {
        let text = "550 <a.b@example.com>: host mx.example.net[192.0.2.7:25] at ip:198.51.100.9, see https://other.test/2001:db8::1.";
        let found: Vec<&str> = stand_ins(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["a.b@example.com", "mx.example.net", "192.0.2.7:25", "2001:db8::1"]);
        let text = "554-mx.example.net said no";
        let found: Vec<&str> = stand_ins(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["mx.example.net"]);
    }
}
