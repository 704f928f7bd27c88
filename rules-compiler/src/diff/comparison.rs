//! All replies of a run, alike changes together. What is kept grows with the kinds of change, not with the replies.

use super::change::Change;
use super::replies::Reply;
use rules_runtime::Tables;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Two catalogues' tables while replies are tried against both.
#[derive(Debug)]
pub struct Comparison<'t> {
    old: &'t Tables<'t>,
    new: &'t Tables<'t>,
    samples: usize,
    compared: u64,
    groups: BTreeMap<Change, (u64, Vec<Sample>)>,
}

/// A reply that stands for its group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The reply on one line, without what could steer a terminal.
    pub reply: String,
    /// Where it comes from.
    pub origin: String,
}

/// Replies whose verdicts change alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What changes.
    pub change: Change,
    /// For how many replies.
    pub count: u64,
    /// The first of them.
    pub samples: Vec<Sample>,
}

/// The result of a comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// How many replies were tried.
    pub compared: u64,
    /// How many of them get another verdict.
    pub changed: u64,
    /// Ids of rules that only the new catalogue has.
    pub added: Vec<String>,
    /// Ids of rules that only the old catalogue has.
    pub removed: Vec<String>,
    /// What changes: what weighs most first, then the most frequent.
    pub groups: Vec<Group>,
}

/// Longest reply that is shown, in characters.
const SHOWN: usize = 600;

impl<'t> Comparison<'t> {
    /// A comparison that keeps at most so many replies of each kind of change.
    #[must_use]
    pub fn new(old: &'t Tables<'t>, new: &'t Tables<'t>, samples: usize) -> Self {
        Self { old, new, samples, compared: 0, groups: BTreeMap::new() }
    }

    /// Tries a reply.
    pub fn add(&mut self, reply: &Reply) {
        self.compared += 1;
        let Some(change) = Change::between(&reply.verdict(self.old), &reply.verdict(self.new)) else { return };
        let (count, samples) = self.groups.entry(change).or_default();
        *count += 1;
        if samples.len() < self.samples {
            samples.push(Sample { reply: one_line(&reply.text), origin: reply.origin.clone() });
        }
    }

    /// Tries replies of which some may be the same.
    pub fn add_each_once(&mut self, replies: &[Reply]) {
        let mut tried = BTreeSet::new();
        for reply in replies {
            if tried.insert(reply.identity()) {
                self.add(reply);
            }
        }
    }

    /// What was found.
    #[must_use]
    pub fn finish(self) -> Difference {
        let (old, new): (BTreeSet<&str>, BTreeSet<&str>) =
            (self.old.rule_ids().collect(), self.new.rule_ids().collect());
        let only = |these: &BTreeSet<&str>, those: &BTreeSet<&str>| {
            these.difference(those).map(|id| (*id).to_owned()).collect::<Vec<_>>()
        };
        let group = |(change, (count, samples))| Group { change, count, samples };
        let mut groups: Vec<Group> = self.groups.into_iter().map(group).collect();
        groups.sort_by_key(|group| (group.change.weightiest(), Reverse(group.count)));
        Difference {
            compared: self.compared,
            changed: groups.iter().map(|group| group.count).sum(),
            added: only(&new, &old),
            removed: only(&old, &new),
            groups,
        }
    }
}

impl Difference {
    /// Whether no reply and no rule changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changed == 0 && self.added.is_empty() && self.removed.is_empty()
    }
}

fn one_line(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}
