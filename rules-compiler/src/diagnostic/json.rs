//! Diagnostics as JSON, for editors and scripts.

use super::{Diagnostic, Diagnostics, Origin, Span};
use crate::source::Sources;
use serde_json::{Value, json};

/// All of them, as an array. Lines and columns count from 1, columns in characters; `end` is
/// exclusive. `bytes` are those of the file after its byte order mark, if it has one.
#[must_use]
pub fn to_json(diagnostics: &Diagnostics, sources: &Sources) -> Value {
    diagnostics.iter().map(|diagnostic| object(diagnostic, sources)).collect()
}

fn object(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let mut object = json!({
        "code": diagnostic.code.id(),
        "name": diagnostic.code.name(),
        "severity": diagnostic.severity().name(),
        "message": diagnostic.message,
        "file": null,
        "line": null,
        "column": null,
        "end": null,
    });
    match &diagnostic.origin {
        Origin::Text(label) => add(&mut object, place(label.span, sources)),
        Origin::Path(path) => object["file"] = json!(path),
    }
    object["help"] = json!(diagnostic.help);
    object["labels"] = labels(diagnostic, sources);
    object["fix"] = diagnostic.fix.as_ref().map_or(Value::Null, |fix| {
        let edits = fix.edits.iter().map(|edit| {
            let mut object = place(edit.span, sources);
            object["bytes"] = json!([edit.span.start, edit.span.end]);
            object["replacement"] = json!(edit.replacement);
            object
        });
        json!({"applicability": fix.certainty.name(), "edits": edits.collect::<Vec<_>>()})
    });
    object
}

/// The primary label first.
fn labels(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let primary = match &diagnostic.origin {
        Origin::Text(label) => Some(label),
        Origin::Path(_) => None,
    };
    let label = |label: &super::Label| {
        let mut object = place(label.span, sources);
        object["text"] = json!(label.text);
        object
    };
    primary.into_iter().chain(&diagnostic.secondary).map(label).collect()
}

fn place(span: Span, sources: &Sources) -> Value {
    let (line, column) = sources.line_column(span.file, span.start);
    let (end_line, end_column) = sources.line_column(span.file, span.end);
    json!({
        "file": sources.name(span.file),
        "line": line,
        "column": column,
        "end": {"line": end_line, "column": end_column},
    })
}

fn add(object: &mut Value, more: Value) {
    if let (Value::Object(object), Value::Object(more)) = (object, more) {
        object.extend(more);
    }
}
