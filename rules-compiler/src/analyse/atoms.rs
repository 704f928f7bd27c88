//! Codes and stages that some rules do not tell apart, one of each kind.

use crate::catalogue::{ReplyPattern, Stage, StatusPattern};
use crate::lower::Pattern;
use crate::oracle::{Codes, Status, codes_hold};
use std::collections::BTreeSet;

/// What a reply brings besides its words.
#[derive(Debug, Clone, Copy)]
pub struct Atom {
    /// Its codes.
    pub codes: Codes,
    /// The command that was answered.
    pub stage: Option<Stage>,
}

/// Most combinations.
const MOST: usize = 20_000;

/// One of each kind that a pattern accepts, as far as the others tell them apart; nothing where they are too many.
pub fn of(pattern: &Pattern, others: &[&Pattern]) -> Option<Vec<Atom>> {
    let all = || others.iter().copied().chain([pattern]);
    let replies = replies(all().flat_map(|pattern| &pattern.reply));
    let statuses = statuses(&all().flat_map(|pattern| pattern.status.iter().copied()).collect::<Vec<_>>());
    let told = all().any(|pattern| !pattern.stages.is_empty());
    let stages: Vec<Option<Stage>> = match told {
        false => vec![None],
        true => Stage::ALL.iter().copied().map(Some).chain([None]).collect(),
    };
    let stages: Vec<_> = stages
        .into_iter()
        .filter(|stage| pattern.stages.is_empty() || stage.is_some_and(|s| pattern.stages.contains(&s)))
        .collect();
    if replies.len() * statuses.len() * stages.len() > MOST {
        return None;
    }
    let mut atoms = Vec::new();
    for reply in &replies {
        for status in &statuses {
            let codes = Codes { reply: *reply, status: *status, mentioned: false };
            if codes_hold(&codes, &pattern.reply, &pattern.status, &pattern.requires) {
                atoms.extend(stages.iter().map(|stage| Atom { codes, stage: *stage }));
            }
        }
    }
    Some(atoms)
}

/// Every code that is named, one of each class that is not, and none.
fn replies<'a>(named: impl Iterator<Item = &'a ReplyPattern>) -> Vec<Option<u16>> {
    let mut codes: BTreeSet<u16> = BTreeSet::new();
    for wanted in named {
        if let ReplyPattern::Code(code) = wanted {
            codes.insert(*code);
        }
    }
    for class in [4, 5] {
        codes.extend((class * 100..class * 100 + 100).rev().find(|code| !codes.contains(code)));
    }
    // A reply that reports success is not searched for rules.
    codes.into_iter().filter(|code| *code >= 400).map(Some).chain([None]).collect()
}

fn statuses(named: &[StatusPattern]) -> Vec<Option<Status>> {
    if named.is_empty() {
        return vec![None];
    }
    let numbers = |number: fn(&StatusPattern) -> Option<u16>| -> BTreeSet<u16> {
        let mut numbers: BTreeSet<u16> = named.iter().filter_map(number).collect();
        let other = (0..1000).rev().find(|other| !numbers.contains(other));
        numbers.extend(other);
        numbers
    };
    let (subjects, details) = (numbers(|status| status.subject), numbers(|status| status.detail));
    let mut statuses = vec![None];
    for class in [4, 5] {
        for subject in &subjects {
            statuses.extend(details.iter().map(|detail| Some((class, *subject, *detail))));
        }
    }
    statuses
}
