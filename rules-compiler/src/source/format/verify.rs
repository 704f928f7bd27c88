//! Whether the formatted text says the same as before.

use super::{MODELINE, order, tree};
use crate::source::positions;
use crate::source::value::Value;

/// The same values, but for the order that means nothing, and the same comments.
pub(super) fn same(before: &str, value: &Value, after: &str) -> bool {
    let Ok(formatted) = serde_yaml::from_str::<Value>(after) else { return false };
    sorted(value, "") == sorted(&formatted, "") && comments(before, value) == comments(after, &formatted)
}

fn sorted(value: &Value, key: &str) -> Value {
    match value {
        Value::Mapping(entries) => {
            let mut entries: Vec<_> = entries.iter().map(|(key, value)| (key.clone(), sorted(value, key))).collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Mapping(entries)
        }
        Value::Sequence(elements) => {
            let mut elements: Vec<Value> = elements.iter().map(|value| sorted(value, key)).collect();
            if order::is_set(key) {
                elements.sort_by_key(|element| format!("{element:?}"));
            }
            Value::Sequence(elements)
        }
        other => other.clone(),
    }
}

/// The comments in alphabetical order, without the one that names the schema.
fn comments<'a>(text: &'a str, value: &Value) -> Option<Vec<&'a str>> {
    let (root, refusals) = positions::read(text);
    let tree = tree::build(text, &root?, value).filter(|_| refusals.is_empty())?;
    let mut comments: Vec<&str> = tree.comments.iter().map(|comment| &text[comment.range.clone()]).collect();
    comments.retain(|comment| !comment.starts_with(MODELINE));
    comments.sort_unstable();
    Some(comments)
}
