//! Replies from beside the project: published by providers (`shared/facts`), labelled (`shared/corpus`).

use serde_json::Value;

/// A reply of `shared/facts/replies.jsonl`.
#[derive(Debug, Clone)]
pub struct Published {
    /// Who says it.
    pub provider: String,
    /// The reply with its codes.
    pub text: String,
    /// What it means.
    pub category: String,
}

fn objects(lines: &str) -> impl Iterator<Item = Value> {
    lines.lines().filter(|line| !line.trim().is_empty()).map(|line| serde_json::from_str(line).expect("a JSON object"))
}

fn text(value: &Value, key: &str) -> Option<String> {
    value[key].as_str().map(str::to_owned)
}

/// Reads the facts.
#[must_use]
pub fn facts(lines: &str) -> Vec<Published> {
    let read = |value: Value| {
        let codes = [value["reply"].as_u64().map(|code| code.to_string()), text(&value, "status")];
        let parts = codes.into_iter().flatten().chain(text(&value, "text"));
        Published {
            provider: text(&value, "provider").expect("a provider"),
            text: parts.collect::<Vec<_>>().join(" "),
            category: text(&value, "category").expect("a category"),
        }
    };
    objects(lines).map(read).collect()
}

/// The texts of the labelled replies of `shared/corpus`.
#[must_use]
pub fn corpus_texts(lines: &str) -> Vec<String> {
    objects(lines).filter_map(|value| text(&value, "text")).collect()
}
