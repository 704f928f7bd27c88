//! Templates as languages: what could stand in a reply where a template matches.
//!
//! A template is a row of parts with gaps between them. A part is an automaton over bytes, its typed holes automata of
//! their own. What a byte asks of the one behind it (the end of a word, the end of a hole's longest run) goes along as
//! a debt. [`overlap`] looks for a text in which two parts share bytes; [`cover`] asks whether every text of one template
//! holds another.

mod align;
pub mod cover;
pub mod hole;
pub mod overlap;
mod part;
mod step;
mod words;

pub use part::{Part, State};
pub use step::{Debt, Place, Side, closes, is_word, may_start, step};

use crate::catalogue::Position;
use crate::lower::{Pattern, PatternMatcher};
use crate::template::Item;
use crate::template::expression::Expression;
use rules_runtime::FieldType;
use std::sync::Arc;

/// What a pattern's template matches.
#[derive(Debug)]
pub struct Language {
    /// All of it, with its gaps.
    pub whole: Part,
    /// How many parts stand between its gaps; none for a pattern without text.
    pub parts: usize,
    /// Its fixed words.
    pub words: words::Words,
    /// Whether the first part stands at the start of the reply.
    pub first: bool,
    /// Whether the last part stands at the end of the reply.
    pub last: bool,
    /// Whether some of its words may be left out, or are the start of others that may stand in their place.
    pub choices: bool,
    /// Whether it has a hole that takes dates: they tell more letters apart.
    pub dates: bool,
    /// Its regular expression: that tells other letters apart.
    pub expression: Option<Arc<Expression>>,
}

impl Language {
    /// The language of a pattern.
    pub fn of(pattern: &Pattern) -> Self {
        let items = match &pattern.matcher {
            PatternMatcher::Template { items, .. } => items.as_slice(),
            PatternMatcher::Textless => &[],
        };
        Self::of_items(items, pattern.position)
    }

    /// The language of a template that stands there in the reply.
    fn of_items(items: &[Item], position: Position) -> Self {
        let is_gap = |item: &Item| matches!(item, Item::Gap { .. });
        let parts = items.split(is_gap).filter(|part| !part.is_empty()).count();
        let whole = Part::of(items);
        let (first, last) = match position {
            Position::Anywhere => (false, false),
            Position::Prefix => (true, false),
            Position::Suffix => (false, true),
            Position::Whole => (true, true),
        };
        let first = first && !items.first().is_some_and(is_gap);
        Self {
            words: words::Words::of(items, &whole, first),
            whole,
            parts,
            first,
            last: last && !items.last().is_some_and(is_gap),
            choices: items.iter().any(has_prefixes),
            dates: items.iter().any(|item| matches!(item, Item::Hole { kind: FieldType::Date, .. })),
            expression: items.iter().find_map(|item| match item {
                Item::Expression(expression) => Some(expression.clone()),
                _ => None,
            }),
        }
    }
}

/// One byte for each class of bytes that none of these tells apart, those that read well first; and whether it is the
/// only one of its class.
pub fn alphabet(languages: &[&Language]) -> Vec<hole::Letter> {
    let dates = languages.iter().any(|language| language.dates);
    let expressions: Vec<_> = languages.iter().filter_map(|language| language.expression.as_ref()).collect();
    if expressions.is_empty() {
        return hole::bytes(dates).to_vec();
    }
    let classes: Vec<_> = expressions.iter().map(|expression| expression.classes().1).collect();
    let of_expressions = |byte: u8| classes.iter().map(|class| class[usize::from(byte)]).collect::<Vec<_>>();
    hole::distinct(dates, of_expressions)
}

fn has_prefixes(item: &Item) -> bool {
    let Item::Choice { texts } = item else { return false };
    texts
        .iter()
        .enumerate()
        .any(|(at, text)| texts.iter().enumerate().any(|(other, longer)| at != other && longer.starts_with(text)))
}
