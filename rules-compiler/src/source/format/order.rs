//! The order of keys, and of lists in which order means nothing.

use super::tree::{Content, Item};
use crate::catalogue::{Requirement, Stage};
use serde_json::Value;

/// The keys of a mapping as its schema names them; those that it does not know come last, as they were written. Where
/// any key may be used, by name.
pub(super) fn keys<'a>(items: &'a [Item], schema: Option<&Value>) -> Vec<&'a Item> {
    let mut sorted: Vec<&Item> = items.iter().collect();
    let known = schema.and_then(|schema| schema.get("properties")).and_then(Value::as_object);
    match known {
        Some(known) => sorted.sort_by_key(|item| known.keys().position(|key| *key == item.key).unwrap_or(usize::MAX)),
        None if schema.is_some_and(|schema| schema.get("additionalProperties").is_some()) => {
            sorted.sort_by_key(|item| &item.key);
        }
        None => {}
    }
    sorted
}

/// The schema of a key's value.
pub(super) fn of_key<'a>(schema: Option<&'a Value>, key: &str) -> Option<&'a Value> {
    schema?.get("properties")?.get(key)
}

/// The schema of a list's elements.
pub(super) fn of_elements(schema: Option<&Value>) -> Option<&Value> {
    schema?.get("items")
}

/// The elements of a list, sorted where their order means nothing. The order of hosts, domains, codes, links, texts,
/// examples and rules means something: they are shown in it.
pub(super) fn elements<'a>(items: &'a [Item], key: &str) -> Vec<&'a Item> {
    let mut sorted: Vec<(Rank, &Item)> = Vec::new();
    for item in items {
        match rank(key, &item.content) {
            Some(rank) => sorted.push((rank, item)),
            None => return items.iter().collect(),
        }
    }
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    sorted.into_iter().map(|(_, item)| item).collect()
}

/// Number in a vocabulary, text.
type Rank = (usize, String);

/// Whether an element of a list under this key may be moved, and to where.
fn rank(key: &str, content: &Content) -> Option<Rank> {
    let (Content::Text(text) | Content::Raw(text)) = content else { return None };
    let named = |name: Option<usize>| name.map(|number| (number, String::new()));
    match key {
        "over" => Some((0, text.clone())),
        "stage" => named(Stage::ALL.iter().position(|stage| stage.name() == text)),
        "requires" => named(Requirement::ALL.iter().position(|requirement| requirement.name() == text)),
        _ => None,
    }
}

/// Whether a list under this key means the same in any order.
pub(super) fn is_set(key: &str) -> bool {
    ["over", "stage", "requires"].contains(&key)
}
