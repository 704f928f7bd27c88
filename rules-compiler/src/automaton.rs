//! Deterministic automata over bytes, whose states know whether what was read so far is accepted.

use regex_automata::dfa::{Automaton as _, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};
use rustc_hash::FxHashMap;
use std::fmt;

/// The state from which nothing is accepted.
pub const DEAD: u16 = 0;
/// The state before the first byte.
pub const START: u16 = 1;

/// A deterministic automaton.
#[derive(Clone, PartialEq, Eq)]
pub struct Automaton {
    next: Vec<[u16; 256]>,
    accepts: Vec<bool>,
}

/// A regular expression whose automaton exceeds a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyStates;

impl fmt::Debug for Automaton {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Automaton({} states)", self.state_count())
    }
}

impl Automaton {
    /// The state behind a byte.
    #[must_use]
    pub fn next(&self, state: u16, byte: u8) -> u16 {
        self.next[usize::from(state)][usize::from(byte)]
    }

    /// Whether what was read is all of a text.
    #[must_use]
    pub fn accepts(&self, state: u16) -> bool {
        self.accepts[usize::from(state)]
    }

    /// How many states there are, the dead one included.
    #[must_use]
    pub fn state_count(&self) -> usize {
        self.next.len()
    }

    /// All states but the dead one.
    pub fn states(&self) -> impl Iterator<Item = u16> {
        START..self.next.len() as u16
    }

    /// What the expressions all accept as a whole: the product of their minimal automata, each at most so many bytes.
    ///
    /// # Errors
    ///
    /// Where that is not enough.
    pub fn of(expressions: &[(&str, syntax::Config)], bytes: usize) -> Result<Self, TooManyStates> {
        let dfas = expressions.iter().map(|(expression, syntax)| dfa(expression, *syntax, bytes));
        Ok(Self::product(&dfas.collect::<Result<Vec<_>, _>>()?))
    }

    fn product(dfas: &[dense::DFA<Vec<u32>>]) -> Self {
        let begin = start::Config::new().anchored(Anchored::Yes);
        #[allow(clippy::expect_used, reason = "dense automata of anchored expressions always have this start")]
        let first: Vec<_> = dfas.iter().map(|dfa| dfa.start_state(&begin).expect("a start")).collect();
        let mut automaton = Self { next: vec![[DEAD; 256]; 2], accepts: vec![false; 2] };
        let mut numbers = FxHashMap::from_iter([(first.clone(), START)]);
        let mut open = vec![first];
        while let Some(states) = open.pop() {
            let number = usize::from(numbers[&states]);
            let both = || dfas.iter().zip(&states);
            automaton.accepts[number] = both().all(|(dfa, state)| dfa.is_match_state(dfa.next_eoi_state(*state)));
            for byte in 0..=u8::MAX {
                let next: Vec<_> = both().map(|(dfa, state)| dfa.next_state(*state, byte)).collect();
                if dfas.iter().zip(&next).any(|(dfa, state)| dfa.is_dead_state(*state)) {
                    continue;
                }
                let known = *numbers.entry(next.clone()).or_insert_with(|| {
                    open.push(next);
                    automaton.next.push([DEAD; 256]);
                    automaton.accepts.push(false);
                    (automaton.next.len() - 1) as u16
                });
                automaton.next[number][usize::from(byte)] = known;
            }
        }
        automaton
    }
}

fn dfa(expression: &str, syntax: syntax::Config, bytes: usize) -> Result<dense::DFA<Vec<u32>>, TooManyStates> {
    let limit = Some(bytes);
    dense::Builder::new()
        .configure(
            dense::Config::new()
                .match_kind(MatchKind::All)
                .start_kind(regex_automata::dfa::StartKind::Anchored)
                .minimize(true)
                .dfa_size_limit(limit)
                .determinize_size_limit(limit),
        )
        .thompson(thompson::Config::new().utf8(false).nfa_size_limit(limit))
        .syntax(syntax)
        .build(&format!(r"\A(?:{expression})\z"))
        .map_err(|_| TooManyStates)
}
