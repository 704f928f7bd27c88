//! What a generated schema says beyond what an author needs to know.

use schemars::Schema;
use schemars::transform::transform_subschemas;
use serde_json::{Value, json};

/// Leaves the names of Rust's types out, and `null`: a key without a value is left out of the file.
pub(super) fn tidy(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    object.remove("format");
    if object.get("title").and_then(Value::as_str).is_some_and(is_type_name) {
        object.remove("title");
    }
    if object.get("default").is_some_and(is_nothing) {
        object.remove("default");
    }
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            object.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(alternatives)) = object.get_mut("anyOf") {
        alternatives.retain(|alternative| *alternative != json!({"type": "null"}));
        if let [Value::Object(only)] = alternatives.as_mut_slice() {
            let only = std::mem::take(only);
            object.remove("anyOf");
            // What is said of the key goes before what is said of its type.
            for (key, value) in only {
                object.entry(key).or_insert(value);
            }
        }
    }
    if let Some(Value::String(description)) = object.get_mut("description") {
        // A line break of the source code is none of the text.
        *description = description.replace("\n\n", "\r").replace('\n', " ").replace('\r', "\n\n");
    }
    // Without a type, editors complete the key and leave out the colon.
    if object.get("oneOf").and_then(Value::as_array).is_some_and(|names| names.iter().all(is_name)) {
        object.entry("type").or_insert_with(|| "string".into());
    }
    transform_subschemas(&mut tidy, schema);
}

/// One of the words of a vocabulary.
fn is_name(alternative: &Value) -> bool {
    alternative.get("const").is_some_and(Value::is_string)
}

/// `EnhancedFile`; the titles of categories have spaces or are one plain word.
fn is_type_name(title: &str) -> bool {
    title.chars().next().is_some_and(char::is_uppercase) && !title.contains(' ')
}

fn is_nothing(default: &Value) -> bool {
    match default {
        Value::Null | Value::Bool(false) => true,
        Value::Array(elements) => elements.is_empty(),
        Value::Object(entries) => entries.is_empty() || entries.values().all(Value::is_null),
        _ => false,
    }
}
