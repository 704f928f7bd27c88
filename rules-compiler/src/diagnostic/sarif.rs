//! Diagnostics as SARIF 2.1.0, which code hosts show beside the lines of a change.
//!
//! The format is an OASIS standard: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use super::{Code, Diagnostic, Diagnostics, Fix, Label, Origin, Span};
use crate::source::Sources;
use serde_json::{Value, json};

/// All of them, as one SARIF log with one run. Columns count characters; `tool.driver.rules` lists every code.
#[must_use]
pub fn to_sarif(diagnostics: &Diagnostics, sources: &Sources) -> Value {
    let rules: Vec<Value> = Code::ALL.iter().map(|code| rule(*code)).collect();
    let results: Vec<Value> = diagnostics.iter().map(|diagnostic| result(diagnostic, sources)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "rules", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.id(),
        "name": code.name(),
        "shortDescription": {"text": code.title()},
        "fullDescription": {"text": code.explanation().trim_end()},
        "help": {"text": code.explanation().trim_end(), "markdown": code.explanation().trim_end()},
        "defaultConfiguration": {"level": code.severity().name()},
    })
}

fn result(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let location = match &diagnostic.origin {
        Origin::Text(label) => json!({"physicalLocation": physical(label.span, sources)}),
        Origin::Path(path) => json!({"physicalLocation": {"artifactLocation": {"uri": uri(path)}}}),
    };
    let mut result = json!({
        "ruleId": diagnostic.code.id(),
        "ruleIndex": Code::ALL.iter().position(|code| *code == diagnostic.code),
        "level": diagnostic.severity().name(),
        "message": {"text": format!("{}; {}", diagnostic.message, diagnostic.help)},
        "locations": [location],
    });
    if !diagnostic.secondary.is_empty() {
        result["relatedLocations"] = diagnostic.secondary.iter().map(|label| related(label, sources)).collect();
    }
    if let Some(fix) = &diagnostic.fix {
        result["fixes"] = json!([change(fix, &diagnostic.help, sources)]);
    }
    result
}

fn related(label: &Label, sources: &Sources) -> Value {
    let text = if label.text.is_empty() { "see here" } else { &label.text };
    json!({"physicalLocation": physical(label.span, sources), "message": {"text": text}})
}

fn change(fix: &Fix, help: &str, sources: &Sources) -> Value {
    let file = fix.edits.first().map_or("", |edit| sources.name(edit.span.file));
    let replacements = fix.edits.iter().map(
        |edit| json!({"deletedRegion": region(edit.span, sources), "insertedContent": {"text": edit.replacement}}),
    );
    let replacements: Vec<Value> = replacements.collect();
    json!({
        "description": {"text": help},
        "artifactChanges": [{"artifactLocation": {"uri": uri(file)}, "replacements": replacements}],
    })
}

fn physical(span: Span, sources: &Sources) -> Value {
    json!({"artifactLocation": {"uri": uri(sources.name(span.file))}, "region": region(span, sources)})
}

fn region(span: Span, sources: &Sources) -> Value {
    let (line, column) = sources.line_column(span.file, span.start);
    let (end_line, end_column) = sources.line_column(span.file, span.end);
    json!({"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column})
}

/// A path as a reference of RFC 3986: relative to where the command ran, or `file:` where it is absolute.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_is_a_reference() {
        assert_eq!(uri("catalogue/codes/421.yaml"), "catalogue/codes/421.yaml");
        assert_eq!(uri("/a b/é.yaml"), "file:///a%20b/%C3%A9.yaml");
    }
}
