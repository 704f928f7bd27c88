//! What the compiler has to say about a catalogue: one value for each mistake, printed as text, as JSON or as SARIF.
//!
//! A diagnostic is data until somebody asks to see it. Its places are byte ranges of files; lines, columns and
//! excerpts are worked out when it is rendered.

mod code;
mod collection;
pub mod fix;
mod json;
mod render;
mod sarif;
mod suggest;

pub use code::{Code, Severity};
pub use collection::Diagnostics;
pub use json::to_json;
pub use render::{Style, render, render_all};
pub use sarif::to_sarif;
pub(crate) use suggest::{Suggestion, akin, is_unseen, latin, list, nearest};

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
    /// What to change, all of it or nothing: in one file, in the order of the places, none over another.
    pub edits: Vec<Edit>,
    /// Whether nobody needs to look at it.
    pub certainty: Certainty,
}

/// A piece of text in the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What to replace; empty to insert.
    pub span: Span,
    /// By what; empty to remove.
    pub replacement: String,
}

/// How far a fix can be relied upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// It is what the author meant: `rules check --fix` applies it.
    Certain,
    /// It is likely what the author meant: shown, and left to them.
    Likely,
}

impl Certainty {
    /// As compilers name it: `machine-applicable` or `maybe-incorrect`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Certain => "machine-applicable",
            Self::Likely => "maybe-incorrect",
        }
    }
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

    /// Adds the change that mends it; called again, one more change that belongs to it.
    #[must_use]
    pub fn fixed_by(mut self, span: Span, replacement: impl Into<String>) -> Self {
        let fix = self.fix.get_or_insert(Fix { edits: Vec::new(), certainty: Certainty::Certain });
        fix.edits.push(Edit { span, replacement: replacement.into() });
        self
    }

    /// Says how far the change can be relied upon.
    #[must_use]
    pub fn with_certainty(mut self, certainty: Certainty) -> Self {
        if let Some(fix) = &mut self.fix {
            fix.certainty = certainty;
        }
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

    /// The file or folder that is wrong as a whole; empty where it is a place in a file.
    pub(crate) fn path(&self) -> &str {
        match &self.origin {
            Origin::Text(_) => "",
            Origin::Path(path) => path,
        }
    }
}
