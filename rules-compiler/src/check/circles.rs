//! `over`: no rules that beat each other in a circle.

use super::{Input, RuleIndex};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use std::collections::BTreeMap;

/// Takes away every rule that no other beats, until only circles and what they beat are left; a walk back from there
/// ends in a circle.
pub(super) fn check(input: &Input<'_>, beaten: &[Vec<RuleIndex>], diagnostics: &mut Diagnostics) {
    let mut beaten_by = vec![Vec::new(); beaten.len()];
    for (index, others) in beaten.iter().enumerate() {
        others.iter().for_each(|other| beaten_by[other.0].push(index));
    }
    let mut open: Vec<usize> = beaten_by.iter().map(Vec::len).collect();
    let mut gone = vec![false; beaten.len()];
    let mut free: Vec<usize> = (0..beaten.len()).filter(|index| open[*index] == 0).collect();
    loop {
        while let Some(index) = free.pop() {
            gone[index] = true;
            for other in &beaten[index] {
                open[other.0] = open[other.0].saturating_sub(1);
                if open[other.0] == 0 && !gone[other.0] {
                    free.push(other.0);
                }
            }
        }
        let Some(start) = gone.iter().position(|gone| !gone) else { return };
        let cycle = walk_back(start, &beaten_by, &gone);
        report(input, &cycle, diagnostics);
        cycle.iter().for_each(|index| gone[*index] = true);
        free = cycle;
    }
}

/// The circle that beats `start`, each rule before the one that it beats, the first in the catalogue's order first.
fn walk_back(start: usize, beaten_by: &[Vec<usize>], gone: &[bool]) -> Vec<usize> {
    let mut position = BTreeMap::new();
    let mut path = Vec::new();
    let mut next = start;
    while !position.contains_key(&next) {
        position.insert(next, path.len());
        path.push(next);
        match beaten_by[next].iter().find(|index| !gone[**index]) {
            Some(index) => next = *index,
            None => break,
        }
    }
    let mut cycle = path.split_off(position.get(&next).copied().unwrap_or(0));
    cycle.reverse();
    let first = cycle.iter().enumerate().min_by_key(|(_, index)| **index).map_or(0, |(at, _)| at);
    cycle.rotate_left(first);
    cycle
}

fn report(input: &Input<'_>, cycle: &[usize], diagnostics: &mut Diagnostics) {
    const MOST: usize = 6;
    let rules = || cycle.iter().map(|index| &input.catalogue.rules[*index]);
    let Some(first) = rules().next() else { return };
    let names: Vec<String> = rules().take(MOST).map(|rule| format!("`{}`", rule.value.id)).collect();
    let dots = if cycle.len() > MOST { " over …" } else { "" };
    let message =
        format!("rules beat each other in a circle: {}{dots} over `{}`", names.join(" over "), first.value.id);
    let help = "remove one of these `over`";
    let span = input.span(&first.place, "over");
    let diagnostic = Diagnostic::new(Code::OverCycle, span, message, "the circle begins here", help);
    let others = rules().skip(1).take(MOST - 1);
    diagnostics.push(
        others
            .fold(diagnostic, |diagnostic, rule| diagnostic.also(input.span(&rule.place, "over"), "and goes on here")),
    );
}
