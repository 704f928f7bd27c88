//! Regular expressions, for the few wordings that no template can say.
//!
//! They match what templates match: the folded text, any case, from the start of a word to the end of one. Only what is
//! regular and needs no look at the surroundings is allowed; it becomes an automaton (see [`crate::automaton`]), and
//! the words that every match holds become anchors (see `words`).

mod refuse;
#[cfg(test)]
mod tests;
mod words;

use crate::automaton::{Automaton, DEAD, START};
use regex_automata::util::syntax;
use regex_syntax::hir::Hir;
use std::fmt;
use std::ops::Range;
use words::Words;

/// Most bytes that an expression may add to the tables.
pub const MAX_TABLE: usize = 32 * 1024;
/// Most bytes of its automaton while it is built.
const MAX_BUILT: usize = 256 * 1024;

/// A regular expression that can be matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// As written.
    pub text: String,
    /// Its letters in lower case, as replies are folded.
    pub lower: String,
    /// What it accepts, in lower case.
    pub automaton: Automaton,
    words: Words,
}

/// What is wrong with a regular expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressionError {
    /// The bytes of the expression that are wrong.
    pub range: Range<usize>,
    /// What is wrong.
    pub problem: ExpressionProblem,
}

/// What can be wrong with a regular expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpressionProblem {
    /// It is none.
    Syntax(String),
    /// `^`, `$`, `\b` and the like.
    Assertion(String),
    /// `{ip}` and the like.
    Hole(String),
    /// `\p{…}`, which there is only beside letters beyond ASCII.
    Class(String),
    /// A named group: an expression reports no fields.
    NamedGroup,
    /// Flags within the expression.
    Flags,
    /// Something that may be a space is repeated without end.
    Endless,
    /// It matches the empty text.
    Empty,
    /// No word of four letters that every match holds.
    NoAnchor,
    /// Its automaton needs more than [`MAX_TABLE`] bytes: so many, or nothing where building it was given up.
    TooLarge(Option<usize>),
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        let whole = |problem| ExpressionError { range: 0..text.len(), problem };
        let lower = refuse::in_lower_case(text)?;
        let hir = hir(&lower).map_err(|error| error_of(text, &error))?;
        if hir.properties().minimum_len() == Some(0) {
            return Err(whole(ExpressionProblem::Empty));
        }
        if refuse::is_endless(&hir) {
            return Err(whole(ExpressionProblem::Endless));
        }
        let words = Words::of(&hir);
        if words.anchors().is_empty() {
            return Err(whole(ExpressionProblem::NoAnchor));
        }
        let syntax = syntax::Config::new().unicode(!text.is_ascii()).utf8(false).dot_matches_new_line(true);
        let automaton =
            Automaton::of(&[(&lower, syntax)], MAX_BUILT).map_err(|_| whole(ExpressionProblem::TooLarge(None)))?;
        let expression = Self { text: text.to_owned(), lower, automaton, words };
        match expression.table().len() {
            bytes if bytes > MAX_TABLE => Err(whole(ExpressionProblem::TooLarge(Some(bytes)))),
            _ => Ok(expression),
        }
    }

    /// The sets of texts of which every match holds one, at the start of a word.
    #[must_use]
    pub fn anchors(&self) -> Vec<Vec<Vec<u8>>> {
        self.words.anchors()
    }

    /// How many bytes of a match are fixed, at least.
    #[must_use]
    pub fn literal_length(&self) -> usize {
        self.words.length()
    }

    /// How many letters and digits of a match are fixed, at least.
    #[must_use]
    pub fn letters(&self) -> usize {
        self.words.letters()
    }

    /// Whether every match starts with a letter or a digit.
    #[must_use]
    pub fn starts_word(&self) -> bool {
        let starts = |byte: &u8| self.automaton.next(START, *byte) != DEAD;
        (0..=u8::MAX).filter(starts).all(|byte| byte.is_ascii_alphanumeric())
    }

    /// One byte for each class of bytes that the expression does not tell apart, and the class of each byte.
    #[must_use]
    pub fn classes(&self) -> (Vec<u8>, [u8; 256]) {
        let column =
            |byte: u8| (0..self.automaton.state_count()).map(move |state| self.automaton.next(state as u16, byte));
        let mut firsts: Vec<u8> = Vec::new();
        let mut classes = [0; 256];
        for byte in 0..=u8::MAX {
            let known = firsts.iter().position(|first| column(*first).eq(column(byte)));
            classes[usize::from(byte)] = known.unwrap_or(firsts.len()) as u8;
            if known.is_none() {
                firsts.push(byte);
            }
        }
        (firsts, classes)
    }

    /// The automaton as the engine reads it: see `rules_runtime::template::EXPRESSION`.
    #[must_use]
    pub fn table(&self) -> Vec<u8> {
        let (firsts, classes) = self.classes();
        // The accepting states last; the dead one and the start keep their places.
        let mut order: Vec<u16> = (0..self.automaton.state_count() as u16).collect();
        order.sort_by_key(|state| (self.automaton.accepts(*state), *state));
        let mut number = vec![0; order.len()];
        for (place, state) in order.iter().enumerate() {
            number[usize::from(*state)] = place * firsts.len();
        }
        let accepting = order.iter().filter(|state| !self.automaton.accepts(**state)).count() * firsts.len();
        let short = |place: usize| u16::try_from(place).unwrap_or(u16::MAX).to_le_bytes();
        let mut table = short(accepting).to_vec();
        table.push(firsts.len() as u8);
        table.extend(classes);
        for state in order {
            table.extend(firsts.iter().flat_map(|byte| short(number[usize::from(self.automaton.next(state, *byte))])));
        }
        table
    }
}

/// As a contributor knows it, between slashes.
impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}/", self.text)
    }
}

fn hir(text: &str) -> Result<Hir, Box<regex_syntax::Error>> {
    regex_syntax::ParserBuilder::new()
        .unicode(!text.is_ascii())
        .utf8(false)
        .dot_matches_new_line(true)
        .build()
        .parse(text)
        .map_err(Box::new)
}

fn error_of(text: &str, error: &regex_syntax::Error) -> ExpressionError {
    let (span, message) = match error {
        regex_syntax::Error::Parse(error) => (Some(error.span()), error.kind().to_string()),
        regex_syntax::Error::Translate(error) => (Some(error.span()), error.kind().to_string()),
        other => (None, other.to_string()),
    };
    let range = span.map_or(0..text.len(), |span| span.start.offset..span.end.offset);
    if let Some(hole) = hole(text).filter(|hole| hole.contains(&range.start)) {
        return ExpressionError { problem: ExpressionProblem::Hole(text[hole.clone()].to_owned()), range: hole };
    }
    let is_class = text.get(range.clone()).is_some_and(|part| part.starts_with("\\p") || part.starts_with("\\P"));
    if is_class {
        return ExpressionError { problem: ExpressionProblem::Class(text[range.clone()].to_owned()), range };
    }
    ExpressionError { range, problem: ExpressionProblem::Syntax(message) }
}

/// Whether a brace that stands here belongs to an escape: `\p{Greek}`, `\x{e9}`.
fn is_escape(before: &str) -> bool {
    before.strip_suffix(['p', 'P', 'x', 'u', 'U']).unwrap_or(before).ends_with('\\')
}

/// Where a template's hole stands in an expression: `{ip}`, `{sender:email}`, `{a|b}`.
fn hole(text: &str) -> Option<Range<usize>> {
    text.match_indices('{').find_map(|(start, _)| {
        let end = start + text[start..].find('}')? + 1;
        let content = &text[start + 1..end - 1];
        let is_word = content.starts_with(|c: char| c.is_ascii_alphabetic());
        (is_word && !is_escape(&text[..start])).then_some(start..end)
    })
}

impl fmt::Display for ExpressionProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(message) => write!(f, "this regular expression cannot be read: {message}"),
            Self::Assertion(written) => write!(f, "`{written}` looks at what stands around the match"),
            Self::Hole(hole) => write!(f, "`{hole}` is a template's hole, and this is a regular expression"),
            Self::Class(class) => write!(f, "the class `{class}` does not exist here"),
            Self::NamedGroup => f.write_str("a regular expression reports no fields"),
            Self::Flags => f.write_str("a regular expression sets no flags"),
            Self::Endless => f.write_str("this regular expression repeats without end what may be a space"),
            Self::Empty => f.write_str("this regular expression matches the empty text"),
            Self::NoAnchor => {
                f.write_str("this regular expression has no word that the scan could look for in the reply")
            }
            Self::TooLarge(Some(bytes)) => {
                write!(f, "this regular expression needs {bytes} bytes of tables; {MAX_TABLE} are allowed")
            }
            Self::TooLarge(None) => {
                write!(
                    f,
                    "this regular expression needs far more than the {MAX_TABLE} bytes of tables that are allowed"
                )
            }
        }
    }
}

impl ExpressionProblem {
    /// How to mend it.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Syntax(_) => {
                "mend it, or say it as a template under `text`; look-around and back-references do not exist here"
            }
            Self::Assertion(_) => {
                "leave it out: a match starts and ends with a word anyway, and `match: prefix` asks for the reply's start"
            }
            Self::Hole(_) => "write what may stand there, as in `[0-9.]+`, or move the text to `text`",
            Self::Class(_) => "write the letters that may stand there, as in `[α-ω]`",
            Self::NamedGroup => "write `(?:…)`, or a template with a hole where a value should be reported",
            Self::Flags => "leave them out: any case matches, and line breaks are spaces",
            Self::Endless => {
                "bound it, as in `.{0,40}`, or leave out the space, as in `[^ ]+`; a template has `{text}` for gaps"
            }
            Self::Empty => "make it require something: `+` instead of `*`, or a word that always stands there",
            Self::NoAnchor => "let every match hold a word of at least four letters, or a word and what follows it",
            Self::TooLarge(_) => "repeat less, or write several expressions or templates",
        }
    }
}
