//! Templates: a reply's text with its variable parts marked.
//!
//! `[{code=TSS04}] Messages from {ip} temporarily deferred` is literal text, a named literal and a typed hole. This
//! module reads a template and says what is wrong with it; what a template matches is the matter of
//! [`crate::lower`].

pub mod expression;
mod items;
mod parse;

pub use items::{ANCHOR_LONGEST, ANCHOR_SHORTEST, AnchorPlace, Item, LiteralField};
pub use parse::parse;

use expression::Expression;
use rules_runtime::FieldType;
use std::fmt;
use std::sync::Arc;

/// Most texts that a part of a template between gaps may stand for, counting every combination of its choices.
pub const MAX_ALTERNATIVES: usize = 256;
/// Most pieces that one template may have.
pub const MAX_PIECES: usize = 40;

/// A reply's text with its variable parts marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// What it is made of, in order; no two unnamed literals stand side by side.
    pub pieces: Vec<Piece>,
}

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Fixed text: white space folded to one space, letters as written.
    Literal {
        /// The text.
        text: String,
        /// The field under which it is reported.
        field: Option<String>,
    },
    /// One of several texts, each with the space that sets it off from its neighbours where one of them is empty.
    Choice {
        /// The texts, in the order in which they are tried.
        texts: Vec<String>,
    },
    /// A variable part.
    Hole {
        /// What it matches.
        kind: FieldType,
        /// The field under which it is reported; `None` for a gap without a name.
        field: Option<String>,
    },
    /// A regular expression: it is always alone.
    Expression(Arc<Expression>),
}

impl From<Expression> for Template {
    fn from(expression: Expression) -> Self {
        Self { pieces: vec![Piece::Expression(Arc::new(expression))] }
    }
}

/// What is wrong with a template, and at which byte of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// Byte offset into the template's text.
    pub offset: usize,
    /// Length in bytes of what is wrong; 0 where something is missing.
    pub length: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The words behind a hole start in ways of which the hole could take several.
    HoleBeforeChoice,
    /// `{` without `}`.
    Unclosed,
    /// `}` without `{`.
    Unopened,
    /// A choice within a choice, or a hole within one.
    Nested,
    /// A choice of nothing.
    EmptyChoice,
    /// `{}`, `{name:}`, `{:type}`, `{name=}`, `{=text}`: something is missing.
    Incomplete,
    /// A hole whose type does not exist.
    UnknownType(String),
    /// A field name that is not lower-case letters, digits and `_`.
    BadFieldName(String),
    /// The same field twice.
    DuplicateField(String),
    /// Two holes without a literal between them.
    AdjacentHoles,
    /// An unnamed gap at the start or the end says nothing.
    IdleGap,
    /// No literal has four bytes, the first of them the start of a word, that the matcher could look for.
    NoAnchor,
    /// Such a literal stands only behind a hole from which there is no way back: a date, or one that could take what is before it.
    NoWayBack,
    /// More than [`MAX_ALTERNATIVES`].
    TooManyAlternatives(usize),
    /// More than [`MAX_PIECES`].
    TooManyPieces(usize),
    /// Nothing but white space.
    Empty,
    /// Nothing but holes.
    NoText,
}

/// The template as a contributor writes it.
impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let escaped = |text: &str| text.replace('{', "{{").replace('}', "}}");
        for piece in &self.pieces {
            match piece {
                Piece::Literal { text, field: None } => f.write_str(&escaped(text))?,
                Piece::Literal { text, field: Some(field) } => write!(f, "{{{field}={text}}}")?,
                Piece::Choice { texts } => write!(f, "{{{}}}", texts.join("|"))?,
                Piece::Expression(expression) => write!(f, "{expression}")?,
                Piece::Hole { kind, field } => match field {
                    Some(field) if field != kind.name() => write!(f, "{{{field}:{kind}}}")?,
                    _ => write!(f, "{{{kind}}}")?,
                },
            }
        }
        Ok(())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HoleBeforeChoice => {
                f.write_str("a hole could take the start of more than one of the words behind it")
            }
            Self::Unclosed => f.write_str("this `{` is never closed"),
            Self::Unopened => f.write_str("this `}` closes nothing"),
            Self::Nested => f.write_str("a choice holds another choice or a hole"),
            Self::EmptyChoice => f.write_str("this choice has nothing to choose from"),
            Self::Incomplete => f.write_str("something is missing between these braces"),
            Self::UnknownType(name) => write!(f, "there is no hole of type `{name}`"),
            Self::BadFieldName(name) => write!(f, "`{name}` cannot be the name of a field"),
            Self::DuplicateField(name) => write!(f, "the field `{name}` is given twice"),
            Self::AdjacentHoles => f.write_str("two holes stand side by side"),
            Self::IdleGap => f.write_str("a gap at the edge of a template says nothing"),
            Self::NoAnchor => f.write_str("nothing in this template is fixed enough to look for"),
            Self::NoWayBack => f.write_str("too little stands before the hole to look for"),
            Self::TooManyAlternatives(count) => write!(f, "a part of this stands for {count} alternatives"),
            Self::TooManyPieces(count) => write!(f, "this template has {count} parts"),
            Self::Empty => f.write_str("this template is empty"),
            Self::NoText => f.write_str("this template would match any reply"),
        }
    }
}

impl Problem {
    /// How to mend it, in one sentence.
    #[must_use]
    pub fn remedy(&self) -> String {
        match self {
            Self::HoleBeforeChoice => {
                "put a literal character between the hole and the words, or write the alternatives as a list".to_owned()
            }
            Self::Unclosed => {
                "close the hole, as in `{email}`; a brace that the reply itself has is written `{{`".to_owned()
            }
            Self::Unopened => {
                "begin the hole, as in `{email}`; a brace that the reply itself has is written `}}`".to_owned()
            }
            Self::Nested => "write every alternative out: `{a|b|c}`, or the texts as a list under `text`".to_owned(),
            Self::EmptyChoice => "write the words between the bars, as in `{is|was|}`".to_owned(),
            Self::Incomplete => "write `{type}`, `{name:type}`, or `{name=fixed text}`".to_owned(),
            Self::UnknownType(_) => {
                format!("the types are {}", FieldType::ALL.map(|kind| format!("`{{{}}}`", kind.name())).join(", "))
            }
            Self::BadFieldName(_) => "use lower-case letters, digits and `_`, starting with a letter".to_owned(),
            Self::DuplicateField(name) => format!("name the second one differently, as in `{{other_{name}:…}}`"),
            Self::AdjacentHoles => {
                "put the literal text that separates them between them, or use one hole for both".to_owned()
            }
            Self::IdleGap => "leave it out: a template may stand anywhere in the reply".to_owned(),
            Self::NoAnchor => {
                "quote more of the reply: at least four characters in a row, from the start of a word".to_owned()
            }
            Self::NoWayBack => {
                "quote at least four characters in a row, from the start of a word, before the hole: a reply is not looked for by what stands behind a date, or behind a hole that could take the text before it".to_owned()
            }
            Self::TooManyAlternatives(_) => format!("split the rule: at most {MAX_ALTERNATIVES} alternatives"),
            Self::TooManyPieces(_) => format!("quote less of the reply: at most {MAX_PIECES} parts"),
            Self::Empty | Self::NoText => "quote the part of the reply that tells it from others".to_owned(),
        }
    }
}
