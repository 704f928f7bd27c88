//! What the compiler has to say about a catalogue: one value for each mistake, printed as text or as JSON.
//!
//! A diagnostic is data until somebody asks to see it. Its places are byte ranges of files; lines, columns and
//! excerpts are worked out when it is rendered.

mod code;
mod collection;
mod json;
mod render;
mod suggest;

pub use code::{Code, Severity};
pub use collection::Diagnostics;
pub use json::to_json;
pub use render::{Style, render, render_all};
pub(crate) use suggest::{list, nearest};

use crate::catalogue::FileId;
use std::ops::Range;

/// A range of bytes in one of the run's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// As a range of bytes.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether `other` lies in this span.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
}

/// A place that is underlined, and what is said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words; may be empty.
    pub text: String,
}

/// Where the mistake is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// In a file that was read.
    Text(Label),
    /// A file or folder as a whole, by the name a user would type.
    Path(String),
}

/// A change that mends the mistake without changing anything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What to replace; empty to insert.
    pub span: Span,
    /// By what.
    pub replacement: String,
}

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of mistake.
    pub code: Code,
    /// What is wrong, in one line.
    pub message: String,
    /// Where it is.
    pub origin: Origin,
    /// Other places that have to do with it.
    pub secondary: Vec<Label>,
    /// How to mend it, in one sentence.
    pub help: String,
    /// The change that mends it, where that is certain.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A mistake in a file's text. The label says what is underlined; the help, how to mend it.
    #[must_use]
    pub fn new(
        code: Code,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let origin = Origin::Text(Label { span, text: label.into() });
        Self { code, message: message.into(), origin, secondary: Vec::new(), help: help.into(), fix: None }
    }

    /// A mistake of a file or folder as a whole.
    #[must_use]
    pub fn of_path(code: Code, path: impl Into<String>, message: impl Into<String>, help: impl Into<String>) -> Self {
        let origin = Origin::Path(path.into());
        Self { code, message: message.into(), origin, secondary: Vec::new(), help: help.into(), fix: None }
    }

    /// Points at another place as well.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Adds the change that mends it.
    #[must_use]
    pub fn fixed_by(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, replacement: replacement.into() });
        self
    }

    /// Whether it is an error or a warning.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// The place that is wrong, unless it is a file as a whole.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        match &self.origin {
            Origin::Text(label) => Some(label.span),
            Origin::Path(_) => None,
        }
    }
}
