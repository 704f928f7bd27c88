//! A difference for a program. The keys are a contract; see the guide.

use super::comparison::{Difference, Group};
use serde_json::{Map, Value, json};

/// All of it as one object.
#[must_use]
pub fn json(difference: &Difference) -> Value {
    json!({
        "compared": difference.compared,
        "changed": difference.changed,
        "rules": { "added": difference.added, "removed": difference.removed },
        "groups": difference.groups.iter().map(group).collect::<Vec<_>>(),
    })
}

fn group(group: &Group) -> Value {
    let changes = group.change.0.iter();
    let changes: Map<String, Value> =
        changes.map(|(aspect, old, new)| (aspect.name().to_owned(), json!({ "old": old, "new": new }))).collect();
    let sample = |sample: &super::Sample| json!({ "reply": sample.reply, "origin": sample.origin });
    json!({
        "count": group.count,
        "changes": changes,
        "replies": group.samples.iter().map(sample).collect::<Vec<_>>(),
    })
}
