//! A difference for a person, in a terminal.

use super::change::Change;
use super::comparison::{Difference, Group};
use super::count;
use std::fmt::Write;

/// Most ids of rules that are listed.
const LISTED: usize = 20;
/// Most kinds of change that are shown.
const GROUPS: usize = 200;

/// All of it. Every line ends in a line break.
#[must_use]
pub fn text(difference: &Difference) -> String {
    let mut out = String::new();
    rules(difference, LISTED, &mut out);
    for group in difference.groups.iter().take(GROUPS) {
        let _ = writeln!(out, "\n{}: {}", count(group.count, "reply", "replies"), change(&group.change));
        for sample in &group.samples {
            let _ = writeln!(out, "    {}  ({})", sample.reply, sample.origin);
        }
        more(group.count.saturating_sub(group.samples.len() as u64), "    ", &mut out);
    }
    more(difference.groups.len().saturating_sub(GROUPS) as u64, "\nkinds of change: ", &mut out);
    let gap = if out.is_empty() { "" } else { "\n" };
    let _ = writeln!(out, "{gap}{}", summary(difference));
    out
}

/// A few lines; nothing at all where nothing changes.
#[must_use]
pub fn short(difference: &Difference) -> String {
    const SHOWN: usize = 10;
    let mut out = String::new();
    if difference.is_empty() {
        return out;
    }
    rules(difference, SHOWN, &mut out);
    for group in difference.groups.iter().take(SHOWN) {
        let sample = group.samples.first().map_or("", |sample| &sample.reply);
        let _ = writeln!(out, "~ {}{}: {sample}", times(group), change(&group.change));
    }
    more(difference.groups.len().saturating_sub(SHOWN) as u64, "~ kinds of change: ", &mut out);
    let _ = writeln!(out, "{}", summary(difference));
    out
}

/// One sentence.
pub(super) fn summary(difference: &Difference) -> String {
    let compared = count(difference.compared, "reply", "replies");
    match difference.changed {
        0 => format!("{compared} tried: every verdict stays the same"),
        1 => format!("{compared} tried: 1 gets another verdict"),
        changed => format!("{compared} tried: {} get another verdict", count(changed, "", "").trim_end()),
    }
}

fn rules(difference: &Difference, most: usize, out: &mut String) {
    for (sign, ids) in [('+', &difference.added), ('-', &difference.removed)] {
        for id in ids.iter().take(most) {
            let _ = writeln!(out, "{sign} rule {id}");
        }
        more(ids.len().saturating_sub(most) as u64, &format!("{sign} rules: "), out);
    }
}

fn more(number: u64, before: &str, out: &mut String) {
    if number > 0 {
        let _ = writeln!(out, "{before}and {}more", count(number, "", ""));
    }
}

fn times(group: &Group) -> String {
    if group.count == 1 { String::new() } else { format!("{} ", count(group.count, "reply", "replies")) }
}

/// `category policy-refused -> spam-content, rule nothing -> en/spam`
fn change(change: &Change) -> String {
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    let each =
        |(aspect, old, new): &(super::Aspect, _, _)| format!("{} {} -> {}", aspect.name(), shown(old), shown(new));
    change.0.iter().map(each).collect::<Vec<_>>().join(", ")
}
