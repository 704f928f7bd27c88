//! Why nothing is written.

use crate::compile::Compiled;
use std::fmt;

/// Why nothing is written.
#[derive(Debug)]
pub enum Refusal {
    /// What was asked for cannot be done; a sentence with its remedy.
    Request(String),
    /// A rule reads the reply already: its public id.
    AlreadyRead(String),
    /// The catalogue would be wrong with it.
    Wrong {
        /// What would have been written.
        draft: String,
        /// What is wrong with it.
        compiled: Box<Compiled>,
    },
}

impl Refusal {
    pub(super) fn request(sentence: impl Into<String>) -> Self {
        Self::Request(sentence.into())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(sentence) => f.write_str(sentence),
            Self::AlreadyRead(rule) => write!(
                f,
                "`{rule}` already reads these words: add the reply to its examples if it is worded otherwise, or write a rule that goes before it with --anyway"
            ),
            Self::Wrong { .. } => f.write_str("the catalogue would be wrong with it"),
        }
    }
}

impl std::error::Error for Refusal {}
