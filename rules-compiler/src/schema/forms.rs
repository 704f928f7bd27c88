//! The forms of texts: ids, codes, dates, addresses. Each is a pattern that editors and [`regex`] read alike.

use crate::catalogue::{ReplyPattern, StatusPattern};
use crate::diagnostic::{Code, Severity};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// A text of a form; editors that know `patternErrorMessage` say what is needed and not the expression.
fn pattern(pattern: &str, needed: &str) -> Schema {
    json_schema!({"type": "string", "pattern": pattern, "patternErrorMessage": needed})
}

const WORDS: &str = "Write lower-case words joined by `-`, as in `mailbox-full`.";
const ADDRESS: &str = "Write a complete address, as in `https://postmaster.example.com/help`.";

/// Lower-case words joined by `-`.
#[must_use]
pub fn id(_: &mut SchemaGenerator) -> Schema {
    pattern("^[a-z0-9]+(-[a-z0-9]+)*$", WORDS)
}

/// Public ids of rules: `google/low-domain-reputation`.
#[must_use]
pub fn rule_ids(_: &mut SchemaGenerator) -> Schema {
    let needed =
        "Write the id of a rule, as in `google/low-domain-reputation`; of this file, its second part is enough.";
    one_or_many_of(pattern("^([a-z0-9]+(-[a-z0-9]+)*/)?[a-z0-9]+(-[a-z0-9]+)*$", needed), 0)
}

/// A day: `2026-11-23`.
#[must_use]
pub fn date(_: &mut SchemaGenerator) -> Schema {
    let (long, short) = ("(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])", "(0[469]|11)-(0[1-9]|[12][0-9]|30)");
    pattern(
        &format!("^[0-9]{{4}}-({long}|{short}|02-(0[1-9]|[12][0-9]))$"),
        "Write year, month and day, as in 2026-11-23.",
    )
}

/// A rule has a template, an expression, or codes that it requires.
#[must_use]
pub fn something_to_match() -> Value {
    json!(["text", "regex", "requires"].map(|key| json!({"required": [key]})))
}

/// A kind of source, then an address; a documented reply needs one.
#[must_use]
pub fn source(_: &mut SchemaGenerator) -> Schema {
    let needed = "Write `docs`, `software`, `observed` or `inferred`, then the page's address; `docs` needs one.";
    let mut source = pattern(r"^\s*((software|observed|inferred)(\s+https?://\S+)?|docs\s+https?://\S+)\s*$", needed);
    source.insert("examples".to_owned(), json!(["docs https://", "software https://", "observed", "inferred"]));
    source
}

const LINK: &str = r#"^https?://[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+(:[0-9]+)?([/?#][^\s<>"\\^`{|}]*)?$"#;

/// A complete address.
#[must_use]
pub fn link(_: &mut SchemaGenerator) -> Schema {
    pattern(LINK, ADDRESS)
}

/// Complete addresses.
#[must_use]
pub fn links(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "array", "items": pattern(LINK, ADDRESS)})
}

/// Host names in lower case, without a dot in front.
#[must_use]
pub fn hosts(_: &mut SchemaGenerator) -> Schema {
    let label = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
    let last = "[a-z]([a-z0-9-]*[a-z0-9])?";
    let needed = "Write the end of a host name in lower case, without a dot in front, as in `mx.example.com`.";
    json_schema!({"type": "array", "uniqueItems": true, "items": pattern(&format!(r"^({label}\.)+{last}$"), needed)})
}

/// Names as people write them.
#[must_use]
pub fn names(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "array", "uniqueItems": true, "items": {"type": "string", "minLength": 1}})
}

/// A text of one line.
#[must_use]
pub fn line(_: &mut SchemaGenerator) -> Schema {
    pattern(r"^[^\r\n]*\S[^\r\n]*$", "Write a few words on one line.")
}

/// The former public id of a rule.
#[must_use]
pub fn public_id(_: &mut SchemaGenerator) -> Schema {
    let needed = "Write the public id of a rule, as in `google/low-domain-reputation`.";
    pattern("^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$", needed)
}

/// The reply codes that a rule can be limited to: not those of success.
#[must_use]
pub fn failures(_: &mut SchemaGenerator) -> Schema {
    one_or_many_of(reply_code(4), 1)
}

/// The enhanced status codes that a rule can be limited to: not those of success.
#[must_use]
pub fn failure_statuses(_: &mut SchemaGenerator) -> Schema {
    one_or_many_of(status_code("45Xx"), 1)
}

/// A text that says something.
#[must_use]
pub fn prose(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "minLength": 1})
}

/// At least two words with bars between them.
#[must_use]
pub fn words(_: &mut SchemaGenerator) -> Schema {
    let needed = "Write fixed words with bars between them, as in `unknown | not known | not found`.";
    pattern(r"^[^|{}@]*[^|{}@\s][^|{}@]*(\|[^|{}@]*[^|{}@\s][^|{}@]*)+$", needed)
}

/// At least one reply.
#[must_use]
pub fn examples(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "array", "minItems": 1, "items": pattern(r"\S", "Write the reply as it comes over the wire.")})
}

/// The registered form of an enhanced status code: `X.7.1`.
#[must_use]
pub fn registered(_: &mut SchemaGenerator) -> Schema {
    pattern(
        r"^[Xx]\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})$",
        "Write the code with its class left open, as in `X.7.1`.",
    )
}

/// 2, 4 or 5.
#[must_use]
pub fn class(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "integer", "enum": [2, 4, 5]})
}

/// Warnings, each with the reason why it does not apply.
#[must_use]
pub fn allow(_: &mut SchemaGenerator) -> Schema {
    let warnings = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning);
    let reason = |code: &Code| json!({"type": "string", "pattern": r"\S", "patternErrorMessage": "Say why.", "description": sentence(code.title())});
    let properties: Map<String, Value> = warnings.map(|code| (code.id().to_owned(), reason(code))).collect();
    json_schema!({"type": "object", "properties": properties, "additionalProperties": false})
}

/// With a capital and a full stop, as the other descriptions.
fn sentence(title: &str) -> String {
    let (first, rest) = title.split_at(1);
    format!("{}{rest}.", first.to_uppercase())
}

/// A single value or a list.
#[must_use]
pub fn one_or_many<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    let one = generator.subschema_for::<T>();
    one_or_many_of(one, 1)
}

fn one_or_many_of(one: Schema, fewest: usize) -> Schema {
    let mut list = json_schema!({"type": "array", "items": one});
    if fewest > 0 {
        list.insert("minItems".to_owned(), json!(fewest));
    }
    json_schema!({"anyOf": [one, list]})
}

fn reply_code(least: u16) -> Schema {
    let needed = format!("Write a code from {least}00 to 599, as in 421, or a class, as in 4xx.");
    json_schema!({
        "description": format!("A reply code from {least}00 to 599 such as 421, or a class such as 4xx."),
        "anyOf": [
            {"type": "integer", "minimum": least * 100, "maximum": 599},
            {
                "type": "string",
                "pattern": format!("^[{least}-5]([0-9][0-9]|[Xx][Xx])$"),
                "patternErrorMessage": needed,
            },
        ],
    })
}

fn status_code(classes: &str) -> Schema {
    json_schema!({
        "description": "An enhanced status code such as 4.7.0, X.7.1 or 5.7.X.",
        "type": "string",
        "pattern": format!(r"^[{classes}]\.(0|[1-9][0-9]{{0,2}}|[Xx])\.(0|[1-9][0-9]{{0,2}}|[Xx])$"),
        "patternErrorMessage": "Write three numbers joined by dots, X for one that is left open: 4.7.0, X.7.1, 5.7.X.",
    })
}

impl JsonSchema for ReplyPattern {
    fn schema_name() -> Cow<'static, str> {
        "ReplyPattern".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        reply_code(2)
    }
}

impl JsonSchema for StatusPattern {
    fn schema_name() -> Cow<'static, str> {
        "StatusPattern".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        status_code("245Xx")
    }
}
