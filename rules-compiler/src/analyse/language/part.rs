//! A template as an automaton.

use crate::template::Item;
use crate::template::expression::Expression;
use rules_runtime::FieldType;
use std::sync::Arc;

/// A template's text: all of it, or what stands between two gaps.
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    states: Vec<State>,
    /// For each state, itself or, for a fork, all that it leads to without a byte.
    leaves: Vec<Vec<u16>>,
    start: u16,
}

/// A state; the numbers are those of other states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Everything was read.
    End,
    /// Takes this byte.
    Byte(u8, u16),
    /// Takes a value.
    Hole {
        /// Of what type.
        kind: FieldType,
        /// A byte that it leaves to what stands behind it; 0 for none.
        stop: u8,
        /// The state behind it.
        next: u16,
    },
    /// Takes what a regular expression accepts.
    Expression {
        /// The expression.
        expression: Arc<Expression>,
        /// Whether all that it accepts starts with a letter or a digit.
        starts_word: bool,
        /// The state behind it.
        next: u16,
    },
    /// Takes anything, or nothing, up to what stands behind it.
    Gap(u16),
    /// Goes on with any of these.
    Fork(Vec<u16>),
}

impl Part {
    /// The automaton of some items.
    pub fn of(items: &[Item]) -> Self {
        let mut part = Self { states: vec![State::End], leaves: vec![vec![0]], start: 0 };
        for item in items.iter().rev() {
            part.start = match item {
                Item::Literal { bytes, .. } => part.text(bytes, part.start),
                Item::Choice { texts } => {
                    let next = part.start;
                    let ways = texts.iter().map(|text| part.text(text, next)).collect();
                    part.add(State::Fork(ways))
                }
                Item::Hole { kind, stop, .. } => part.add(State::Hole { kind: *kind, stop: *stop, next: part.start }),
                Item::Gap { .. } => part.add(State::Gap(part.start)),
                Item::Expression(expression) => part.add(State::Expression {
                    expression: expression.clone(),
                    starts_word: expression.starts_word(),
                    next: part.start,
                }),
            };
        }
        part
    }

    fn text(&mut self, bytes: &[u8], next: u16) -> u16 {
        bytes.iter().rev().fold(next, |next, byte| self.add(State::Byte(*byte, next)))
    }

    fn add(&mut self, state: State) -> u16 {
        let number = u16::try_from(self.states.len()).unwrap_or(u16::MAX);
        self.leaves.push(match &state {
            State::Fork(ways) => {
                let mut all: Vec<u16> = ways.iter().flat_map(|way| self.leaves[usize::from(*way)].clone()).collect();
                all.sort_unstable();
                all.dedup();
                all
            }
            _ => vec![number],
        });
        self.states.push(state);
        number
    }

    /// A state by its number.
    pub fn state(&self, number: u16) -> &State {
        &self.states[usize::from(number)]
    }

    /// All states.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// The bytes at which its holes stop.
    pub fn stops(&self) -> impl Iterator<Item = u8> {
        self.states.iter().filter_map(|state| match state {
            State::Hole { stop, .. } if *stop != 0 => Some(*stop),
            _ => None,
        })
    }

    /// The states that take something, or the end, from here on without a byte.
    pub fn leaves(&self, number: u16) -> &[u16] {
        &self.leaves[usize::from(number)]
    }

    /// Where it starts.
    pub fn starts(&self) -> &[u16] {
        self.leaves(self.start)
    }
}
