//! What can be wrong with a value, told by the deserializer.

use crate::catalogue::{Guide, Requirement, Stage, Step};
use crate::diagnostic::list;
use serde::de::{self, Expected, Unexpected};
use std::fmt;

/// A value that could not be read, and the way to it from the item's root.
#[derive(Debug)]
pub(super) struct Problem {
    /// From the inside out while it travels up; see [`Problem::path`].
    steps: Vec<Step>,
    pub reason: Reason,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reason {
    UnknownKey { key: String, expected: &'static [&'static str] },
    MissingKey(&'static str),
    UnknownValue { found: String, expected: &'static [&'static str] },
    WrongType { found: String, expected: String },
    InvalidValue { found: String, expected: String },
    Other(String),
}

impl Problem {
    fn new(reason: Reason) -> Self {
        Self { steps: Vec::new(), reason }
    }

    /// The same, seen from one step further out.
    pub fn inside(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// From the item's root to the value; for a key, to the mapping that has it or lacks it.
    pub fn path(&self) -> Vec<Step> {
        self.steps.iter().rev().cloned().collect()
    }
}

impl std::error::Error for Problem {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.reason)
    }
}

impl de::Error for Problem {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(Reason::Other(message.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(Reason::WrongType { found: found_words(found), expected: expected_words(&expected.to_string()) })
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(Reason::InvalidValue { found: found_words(found), expected: expected_words(&expected.to_string()) })
    }

    fn unknown_variant(found: &str, expected: &'static [&'static str]) -> Self {
        Self::new(Reason::UnknownValue { found: found.to_owned(), expected })
    }

    fn unknown_field(key: &str, expected: &'static [&'static str]) -> Self {
        Self::new(Reason::UnknownKey { key: key.to_owned(), expected })
    }

    fn missing_field(key: &'static str) -> Self {
        Self::new(Reason::MissingKey(key))
    }
}

/// serde's words are those of Rust; these are the guide's.
fn found_words(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => format!("`{value}`"),
        Unexpected::Unsigned(value) => format!("the number `{value}`"),
        Unexpected::Signed(value) => format!("the number `{value}`"),
        Unexpected::Float(value) => format!("the number `{value}`"),
        Unexpected::Str(value) => format!("`{}`", shortened(value)),
        Unexpected::Unit | Unexpected::Option => "nothing".to_owned(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "keys with values".to_owned(),
        other => other.to_string(),
    }
}

fn expected_words(expected: &str) -> String {
    match expected {
        "a string" => "a text",
        "a sequence" => "a list",
        "a value or a list of values" => "one value or a list",
        "a boolean" => "`true` or `false`",
        "a map" => "keys with values",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number",
        "enum Stage" => return list(Stage::ALL.iter().map(|name| name.name())),
        "enum Requirement" => return list(Requirement::ALL.iter().map(|name| name.name())),
        "enum Guide" => return list(Guide::ALL.iter().map(|name| name.name())),
        expected if expected.starts_with("struct ") => "keys with values",
        expected => expected,
    }
    .to_owned()
}

/// A long text, cut for a message.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST { text.to_owned() } else { text.chars().take(MOST).chain(['…']).collect() }
}
