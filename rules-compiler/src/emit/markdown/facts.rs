//! A rule's facts in words.

use super::example::Example;
use super::page::Page;
use super::site::{Rule, Site};
use super::{text, wording, words};
use crate::catalogue::{Action, Owner, ReplyPattern, Requirement, RulePermanence, Suppress};
use crate::check::{ByPermanence, SourceKind};
use crate::template::{Piece, Template};
use std::collections::BTreeSet;

/// The classes of reply codes that a rule can come with; none where any can.
fn classes(rule: &Rule<'_>) -> BTreeSet<u8> {
    let reply: BTreeSet<u8> = rule.checked.reply.iter().map(pattern_class).collect();
    if !reply.is_empty() {
        return reply;
    }
    let status = rule.checked.status.iter().map(|pattern| pattern.class);
    status.collect::<Option<BTreeSet<u8>>>().unwrap_or_default()
}

/// Whether the failure is temporary, where only that is possible.
fn transient(rule: &Rule<'_>) -> Option<bool> {
    match rule.checked.permanence {
        Some(permanence) => Some(permanence == RulePermanence::Transient),
        None => match classes(rule).iter().collect::<Vec<_>>().as_slice() {
            [class] => Some(**class == 4),
            _ => None,
        },
    }
}

/// How lasting it is, on the rule's own page.
pub fn permanence(site: &Site<'_>, rule: &Rule<'_>) -> String {
    if let Some(permanence) = rule.checked.permanence {
        return words::overruled(permanence).to_owned();
    }
    if let [class] = classes(rule).iter().collect::<Vec<_>>().as_slice() {
        return words::class(**class).to_owned();
    }
    let seen: BTreeSet<u8> = rule.examples.iter().filter_map(class_of_example).collect();
    match seen.iter().collect::<Vec<_>>().as_slice() {
        [class] => format!("{}, as its code says ({class}xx)", words::class(**class)),
        [] => words::without_code(site.category(rule.checked.category).permanence).to_owned(),
        _ => "as its code says: 4xx temporary, 5xx permanent".to_owned(),
    }
}

fn class_of_example(example: &Example<'_>) -> Option<u8> {
    example.code.map(class_of).or(example.status.and_then(|status| status.class))
}

/// How lasting it is beside a reply code.
pub fn permanence_with(rule: &Rule<'_>, code: u16) -> &'static str {
    rule.checked.permanence.map_or_else(|| words::class(class_of(code)), words::overruled)
}

/// What to do, and what becomes of the recipient; the second is empty where the first says it all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub action: String,
    pub recipient: String,
}

impl Answer {
    /// As it holds while the failure is temporary, or else.
    pub fn when(rule: &Rule<'_>, transient: bool) -> Self {
        let pick = |value: ByPermanence<_>| if transient { value.transient } else { value.otherwise };
        let suppress = if transient { rule.checked.suppress.transient } else { rule.checked.suppress.otherwise };
        match (pick(rule.checked.action), suppress) {
            (Action::Suppress, Suppress::Yes | Suppress::IfRepeated) => {
                Self { action: words::suppress(suppress).to_owned(), recipient: String::new() }
            }
            (action, _) => {
                Self { action: words::action(action).to_owned(), recipient: words::suppress(suppress).to_owned() }
            }
        }
    }

    /// As it holds beside a reply code.
    pub fn beside(rule: &Rule<'_>, code: u16) -> Self {
        let overruled = rule.checked.permanence.map(|permanence| permanence == RulePermanence::Transient);
        Self::when(rule, overruled.unwrap_or(class_of(code) == 4))
    }

    /// As it holds for the replies that were seen; where these are of both classes or of none, for permanent failures.
    pub fn seen(rule: &Rule<'_>) -> Self {
        Self::when(rule, transient(rule).or_else(|| seen_transient(rule)).unwrap_or(false))
    }

    /// As it holds for replies of the other class than [`Self::seen`] speaks of, where it is another one.
    pub fn other(rule: &Rule<'_>) -> Option<(&'static str, Self)> {
        if transient(rule).is_some() {
            return None;
        }
        let seen = seen_transient(rule).unwrap_or(false);
        let (here, there) = (Self::when(rule, seen), Self::when(rule, !seen));
        (here != there).then_some((if seen { "With a 5xx code" } else { "With a 4xx code" }, there))
    }

    fn whole(&self) -> String {
        let parts = [self.action.as_str(), self.recipient.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.whole())
    }
}

/// Whether all examples of failures are temporary, or none.
fn seen_transient(rule: &Rule<'_>) -> Option<bool> {
    let seen: BTreeSet<u8> = rule.examples.iter().filter_map(class_of_example).collect();
    match seen.iter().collect::<Vec<_>>().as_slice() {
        [class] => Some(**class == 4),
        _ => None,
    }
}

/// The conditions on host, marker and command: `only when the remote host is Yahoo's`.
pub fn conditions(site: &Site<'_>, rule: &Rule<'_>) -> String {
    let name = site.owner_name(rule.written.owner);
    let evidence = rule.checked.requires.iter().filter_map(|requirement| match requirement {
        Requirement::Mx => Some(format!("the remote host belongs to {name}")),
        Requirement::Marker => Some(format!("the reply carries a text that only {name} uses")),
        Requirement::Code => None,
    });
    let mut needed = vec![words::either(&evidence.collect::<Vec<_>>())];
    if rule.checked.requires.contains(&Requirement::Code) {
        let reply: Vec<String> = rule.checked.reply.iter().map(ToString::to_string).collect();
        let status: Vec<String> = rule.checked.status.iter().map(ToString::to_string).collect();
        let codes = [words::either(&reply), words::either(&status)];
        needed.push(format!("the reply carries {}", present(&codes).join(" and ")));
    }
    let needed = present(&needed);
    let stages: Vec<String> = rule.checked.stage.iter().map(|stage| words::stage(*stage).to_owned()).collect();
    let mut conditions = Vec::new();
    if !needed.is_empty() {
        conditions.push(format!("only when {}", needed.join(" and ")));
    }
    if !stages.is_empty() {
        conditions.push(format!("only in answer to {}", words::either(&stages)));
    }
    conditions.join("; ")
}

/// The codes it is limited to or seen with.
pub fn codes(site: &Site<'_>, page: &Page, rule: &Rule<'_>) -> String {
    let classes = rule.checked.reply.iter().filter(|pattern| !matches!(pattern, ReplyPattern::Code(_)));
    let codes = rule.codes().into_iter().map(|code| site.code_link(page, code));
    let statuses = rule.statuses.iter().map(|status| site.status_link(page, *status));
    let all: Vec<String> = codes.chain(classes.map(ToString::to_string)).chain(statuses).collect();
    let limited = !rule.checked.reply.is_empty() || !rule.checked.status.is_empty();
    match (all.is_empty(), limited) {
        (true, _) => "none seen".to_owned(),
        (_, true) => all.join(" · "),
        (_, false) => format!("{}; others are possible", all.join(" · ")),
    }
}

/// The wordings by which it is recognised, one an element.
pub fn wordings(rule: &Rule<'_>) -> Vec<String> {
    let place = words::position(rule.checked.position);
    let texts = rule.written.rule.text.iter().map(|text| format!("{}{place}", text::code(&wording::shortened(text))));
    let patterns = rule.written.rule.regex.iter().map(|regex| format!("the pattern {}{place}", text::code(regex)));
    texts.chain(patterns).collect()
}

/// The parts that are reported with a verdict: `ip` (an IP address).
pub fn fields(rule: &Rule<'_>) -> Vec<String> {
    let mut fields: Vec<(String, Vec<String>)> = Vec::new();
    for piece in rule.checked.templates.iter().flat_map(|Template { pieces }| pieces) {
        let (name, what) = match piece {
            Piece::Literal { text, field: Some(name) } => (name, text::code(text)),
            Piece::Hole { kind, field: Some(name) } => (name, words::field(*kind).to_owned()),
            _ => continue,
        };
        match fields.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) if known.contains(&what) => {}
            Some((_, known)) => known.push(what),
            None => fields.push((name.clone(), vec![what])),
        }
    }
    fields.into_iter().map(|(name, what)| format!("{} ({})", text::code(&name), words::either(&what))).collect()
}

/// Where the knowledge comes from, and when it was last compared.
pub fn source(rule: &Rule<'_>) -> String {
    let source = &rule.checked.source;
    let kind = match (source.kind, rule.written.owner) {
        (SourceKind::Docs, Owner::Provider(_)) => "the provider's documentation",
        (SourceKind::Docs, Owner::Language(_)) => "documentation",
        (SourceKind::Software, _) => "the software that says it",
        (SourceKind::Observed, _) => "replies that were seen",
        (SourceKind::Inferred, _) => "like replies, none of them on record in these words",
    };
    let address = source.url.as_deref().map(|url| format!(" {}", text::link(url))).unwrap_or_default();
    format!("{kind}{address}, last checked on {}", text::prose(&rule.written.rule.checked))
}

/// The pages that help the sender.
pub fn links(rule: &Rule<'_>) -> String {
    rule.written.rule.links.iter().map(|url| text::link(url)).collect::<Vec<_>>().join(" · ")
}

fn present(texts: &[String]) -> Vec<String> {
    texts.iter().filter(|text| !text.is_empty()).cloned().collect()
}

fn pattern_class(pattern: &ReplyPattern) -> u8 {
    match *pattern {
        ReplyPattern::Code(code) => class_of(code),
        ReplyPattern::Class(class) => class,
    }
}

/// The class of a reply code.
pub fn class_of(code: u16) -> u8 {
    u8::try_from(code / 100).unwrap_or(0)
}
