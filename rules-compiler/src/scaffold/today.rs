//! The rules that read a reply today, and why the new one goes before them.

use crate::catalogue::Owner;
use crate::check::Checked;
use crate::compile::Output;
use crate::lower::{Meaning, PatternMatcher, level};
use crate::oracle::{Candidate, Oracle, Standing};
use crate::scaffold::wording::fixed_letters_of;
use rules_runtime::tables::Level;
use std::cmp::Ordering;

/// A rule whose words match the reply today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Today {
    /// Its public id.
    pub rule: String,
    /// Whether it wins today.
    pub wins: bool,
    /// Why the new rule goes before it, or why it did not count anyway.
    pub why: String,
}

/// The rules that match a reply, the strongest first, each once.
#[must_use]
pub fn today(
    output: &Output,
    reply: &[u8],
    mx: Option<&str>,
    owner: Owner,
    template: &str,
    over: &[String],
) -> Vec<Today> {
    let oracle = Oracle::new(&output.checked, &output.rules);
    let mut found: Vec<Today> = Vec::new();
    for candidate in oracle.candidates(reply, mx, None) {
        if found.iter().all(|other| other.rule != candidate.rule) {
            let why = why(output, &candidate, owner, template, over);
            found.push(Today { rule: candidate.rule.clone(), wins: candidate.standing == Standing::Won, why });
        }
    }
    found
}

fn why(output: &Output, candidate: &Candidate, owner: Owner, template: &str, over: &[String]) -> String {
    match candidate.standing {
        Standing::Unproven => return "it needs evidence that the reply does not carry".to_owned(),
        Standing::OtherStage => return "it answers another command".to_owned(),
        Standing::OtherCodes => return "it is for other codes".to_owned(),
        Standing::Won | Standing::LessSpecific | Standing::Weaker => {}
    }
    if over.contains(&candidate.rule) {
        return "the new rule says that it goes before it (`over`)".to_owned();
    }
    let pattern = &output.rules.patterns[candidate.pattern];
    let new = level(&output.checked, owner);
    let (fixed, other) = (fixed_letters_of(template), fixed_in(&pattern.matcher));
    match new.cmp(&pattern.level) {
        Ordering::Less => format!("{} goes before {}", name(new), name(pattern.level)),
        Ordering::Greater => format!("{} goes before the new rule", name(pattern.level)),
        Ordering::Equal if is_of(&output.checked, pattern.meaning, owner) && fixed <= other => {
            format!("the same provider's, with {other} fixed characters against {fixed}")
        }
        Ordering::Equal if fixed > other => format!("the new rule has {fixed} fixed characters, this one {other}"),
        Ordering::Equal => format!("this one has {other} fixed characters, the new rule {fixed}"),
    }
}

fn is_of(checked: &Checked, meaning: Meaning, owner: Owner) -> bool {
    matches!(meaning, Meaning::Rule(rule) if checked.written(rule).owner == owner)
}

fn fixed_in(matcher: &PatternMatcher) -> usize {
    match matcher {
        PatternMatcher::Template { template, .. } => template.literal_length(),
        PatternMatcher::Textless => 0,
    }
}

fn name(level: Level) -> &'static str {
    match level {
        Level::Provider => "a provider's rule",
        Level::Software => "a rule for server software or a block list",
        Level::Phrase => "a phrase",
    }
}
