//! Items of a list that stand as far left as the rules do: they belong under the empty key above them.

use super::sources::Sources;
use super::value::Value;
use crate::catalogue::Place;
use crate::diagnostic::{Code, Diagnostic, Span};
use std::ops::Range;

const LISTS: [&str; 9] = ["examples", "text", "regex", "links", "over", "reply", "status", "stage", "requires"];

/// The items that follow a rule whose last key has no value.
#[derive(Debug)]
pub(super) struct Strays {
    pub rule: usize,
    pub key: String,
    pub items: Range<usize>,
}

/// Puts such items where they belong.
pub(super) fn gather(rules: &mut Value) -> Vec<Strays> {
    let Value::Sequence(rules) = rules else { return Vec::new() };
    let mut found = Vec::new();
    for rule in 0..rules.len() {
        let is_single = |value: &&Value| !matches!(value, Value::Mapping(_) | Value::Sequence(_) | Value::Null);
        let items: Vec<Value> = rules[rule + 1..].iter().take_while(is_single).cloned().collect();
        let Value::Mapping(entries) = &mut rules[rule] else { continue };
        let Some((key, value @ Value::Null)) = entries.last_mut() else { continue };
        if !items.is_empty() && LISTS.contains(&key.as_str()) {
            found.push(Strays { rule, key: key.clone(), items: rule + 1..rule + 1 + items.len() });
            *value = Value::Sequence(items);
        }
    }
    found
}

/// What is said about them. `rules` is the place of the list of rules.
pub(super) fn diagnostic(strays: &Strays, rules: &Place, sources: &Sources) -> Option<Diagnostic> {
    let key = sources.key_span(&rules.index(strays.rule).key(&strays.key));
    let message = format!("the list of `{}` is not indented further than its rule", strays.key);
    let text = sources.text(rules.file);
    let mut edits = Vec::new();
    for item in strays.items.clone() {
        let span = sources.span(&rules.index(item));
        let start = text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
        edits.push(Span { start, end: start, ..span });
    }
    let first = sources.span(&rules.index(strays.items.start));
    let column = key.start - text[..key.start].rfind('\n').map_or(0, |newline| newline + 1);
    let dash = text[edits.first()?.start..].find('-')?;
    let spaces = " ".repeat((column + 2).checked_sub(dash)?);
    let help = "indent each item further than the key that it belongs to";
    let new =
        Diagnostic::new(Code::WrongType, first, message, "too far to the left", help).also(key, "it belongs here");
    Some(edits.into_iter().fold(new, |new, edit| new.fixed_by(edit, spaces.clone())))
}
