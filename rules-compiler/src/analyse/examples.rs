//! Every example must be won by its own rule.

use crate::catalogue::{Owner, Position, Requirement};
use crate::check::{Checked, CheckedRule, RuleIndex};
use crate::lower::{Meaning, Pattern, PatternMatcher, Rules};
use crate::oracle::{Codes, Probe, ReadReply};
use crate::template::{Piece, Template};
use rules_runtime::{Classifier, Stage, Tables};
use std::collections::BTreeMap;

/// An example that its rule does not win.
#[derive(Debug)]
pub struct Astray {
    /// Whose example it is.
    pub rule: RuleIndex,
    /// Which of its examples.
    pub example: usize,
    /// What its own rule matches of it.
    pub own: Option<String>,
    /// The codes of the example, where its own rule matches its words and asks for others.
    pub unfit: Option<Codes>,
    /// Where its rule does not match: how far its nearest template goes along.
    pub nearest: Option<Nearest>,
    /// The public id of the rule that wins it.
    pub winner: Option<String>,
    /// The same, unless it stands for a code.
    pub by: Option<RuleIndex>,
    /// What that rule matches of it.
    pub part: Option<String>,
}

/// The host and the command with which a rule's examples are tried: what the rule itself asks for.
#[must_use]
pub fn host_and_stage(checked: &Checked, rule: &CheckedRule, owner: Owner) -> (Option<String>, Option<Stage>) {
    let needs_host = rule.requires.contains(&Requirement::Mx) && !rule.requires.contains(&Requirement::Marker);
    let suffix = checked.provider(owner).filter(|_| needs_host).and_then(|provider| provider.mx.first());
    let stage = rule.stage.first().and_then(|stage| Stage::from_name(stage.name()));
    (suffix.map(|suffix| format!("mx.{suffix}")), stage)
}

/// The same as a classifier.
#[must_use]
pub fn evidence<'t>(checked: &Checked, rule: &CheckedRule, owner: Owner, tables: &'t Tables<'t>) -> Classifier<'t> {
    let (host, stage) = host_and_stage(checked, rule, owner);
    let classifier = Classifier::new(tables);
    let classifier = host.map_or(classifier, |host| classifier.mx(&host));
    stage.map_or(classifier, |stage| classifier.stage(stage))
}

/// How far a template goes along with a reply that it does not match.
#[derive(Debug)]
pub struct Nearest {
    /// What the reply has of it.
    pub part: String,
    /// What the template has next.
    pub next: String,
}

/// Of a rule's templates, the start that stands in a reply and is longest.
fn nearest(rules: &Rules, rule: RuleIndex, reply: &str) -> Option<Nearest> {
    let read = ReadReply::of(reply.as_bytes());
    let patterns = rules.patterns.iter().filter(|pattern| pattern.meaning == Meaning::Rule(rule));
    let found = patterns.filter_map(|pattern| {
        let PatternMatcher::Template { template, .. } = &pattern.matcher else { return None };
        starts(template).find_map(|(start, next)| {
            let items = start.items();
            let matcher = PatternMatcher::Template { template: start, items };
            let position = Position::Anywhere;
            let start = Pattern { matcher, position, over_quoted: false, ..pattern.clone() };
            let part = Probe::new(&start).find(&read)?.original;
            Some(Nearest { part: String::from_utf8_lossy(part).into_owned(), next })
        })
    });
    found.max_by_key(|nearest| nearest.part.len())
}

/// A template without its end, ever more of it, and the word that comes next; never less than four letters.
fn starts(template: &Template) -> impl Iterator<Item = (Template, String)> {
    let pieces = &template.pieces;
    (0..pieces.len()).rev().flat_map(move |at| {
        let start = |last: Option<&str>| {
            let last = last.filter(|text| !text.is_empty());
            let last = last.map(|text| Piece::Literal { text: text.to_owned(), field: None });
            Template { pieces: pieces[..at].iter().cloned().chain(last).collect() }
        };
        let whole = match &pieces[at] {
            Piece::Literal { text, field: None } => {
                let ends = text.match_indices(' ').map(|(end, _)| end).filter(|end| *end > 0).collect::<Vec<_>>();
                let word = |end: usize| text[end..].split_whitespace().next().unwrap_or_default().to_owned();
                let mut cuts: Vec<_> = ends.iter().rev().map(|end| (start(Some(&text[..*end])), word(*end))).collect();
                cuts.push((start(None), word(0)));
                cuts
            }
            other => vec![(start(None), Template { pieces: vec![other.clone()] }.to_string())],
        };
        whole.into_iter().filter(|(start, next)| !next.is_empty() && letters(start) >= 4)
    })
}

fn letters(template: &Template) -> usize {
    let of = |piece: &Piece| match piece {
        Piece::Literal { text, .. } => text.chars().filter(|c| c.is_alphanumeric()).count(),
        _ => 0,
    };
    template.pieces.iter().map(of).sum()
}

/// Tries every example.
pub(super) fn astray(checked: &Checked, rules: &Rules, tables: &Tables<'_>) -> Vec<Astray> {
    let ids: BTreeMap<&str, RuleIndex> =
        (0..checked.rules.len()).map(RuleIndex).map(|rule| (checked.written(rule).id.as_str(), rule)).collect();
    let mut astray = Vec::new();
    for (index, rule) in checked.rules.iter().enumerate() {
        let index = RuleIndex(index);
        let written = checked.written(index);
        let classifier = evidence(checked, rule, written.owner, tables);
        for (example, text) in written.rule.examples.iter().enumerate() {
            let verdict = classifier.classify(text.as_bytes());
            let winner = verdict.rule().map(|rule| rule.id().to_owned());
            if winner.as_deref() == Some(written.id.as_str()) {
                continue;
            }
            let by = winner.as_deref().and_then(|winner| ids.get(winner).copied());
            let unfit = unfit(rules, index, text);
            let (own, part) = (part(rules, index, text), by.and_then(|by| part(rules, by, text)));
            let nearest = if own.is_none() { nearest(rules, index, text) } else { None };
            astray.push(Astray { rule: index, example, own, unfit, nearest, winner, by, part });
        }
    }
    astray
}

/// The codes of a reply that a rule matches by its words, but not with these codes.
fn unfit(rules: &Rules, rule: RuleIndex, reply: &str) -> Option<Codes> {
    let read = ReadReply::of(reply.as_bytes());
    let patterns = rules.patterns.iter().filter(|pattern| pattern.meaning == Meaning::Rule(rule));
    let found: Vec<bool> = patterns.filter_map(|pattern| Some(Probe::new(pattern).find(&read)?.suits)).collect();
    (!found.is_empty() && !found.contains(&true)).then(|| *read.codes())
}

/// What the first pattern of a rule that matches a reply matches of it.
fn part(rules: &Rules, rule: RuleIndex, reply: &str) -> Option<String> {
    let read = ReadReply::of(reply.as_bytes());
    let patterns = rules.patterns.iter().filter(|pattern| pattern.meaning == Meaning::Rule(rule));
    let matched = |pattern| Probe::new(pattern).find(&read).map(|matched| matched.original.to_vec());
    patterns.into_iter().find_map(matched).map(|part| String::from_utf8_lossy(&part).into_owned())
}
