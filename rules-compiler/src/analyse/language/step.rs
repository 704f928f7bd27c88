//! One byte more.

use super::hole::{self, DEAD, START};
use super::{Part, State};
use rules_runtime::FieldType;
use rules_runtime::template::{begins, ends, takes};

/// How far a part has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Side {
    /// Where it is.
    pub place: Place,
    /// What it asks of the bytes to come.
    pub debt: Debt,
}

/// Where a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// It has not begun.
    Waiting,
    /// Before this state.
    At(u16),
    /// Within the hole of this state.
    Inside {
        /// The state.
        hole: u16,
        /// Which automaton takes the value.
        automaton: hole::Number,
        /// How far that is.
        state: u16,
    },
    /// All of it was read.
    Done,
}

/// What the bytes read so far ask of those to come. The end of the text always pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Debt {
    /// Nothing.
    None,
    /// No letter or digit may follow: a word must end here.
    WordEnd,
    /// Nor may an at sign: the word is no part of an address.
    LiteralEnd,
    /// The hole must have taken all that it could: at most punctuation that it gives back may follow.
    Run(FieldType, u8),
}

impl Side {
    /// Before this state, with nothing owed.
    pub fn at(state: u16) -> Self {
        Self { place: Place::At(state), debt: Debt::None }
    }

    /// Not begun.
    pub const WAITING: Self = Self { place: Place::Waiting, debt: Debt::None };
    /// All read, with nothing owed.
    pub const DONE: Self = Self { place: Place::Done, debt: Debt::None };

    /// Whether all of it was read.
    pub fn is_done(&self) -> bool {
        self.place == Place::Done
    }
}

impl Debt {
    /// What is left of it behind a byte; nothing where the byte may not follow.
    pub fn pay(self, byte: u8) -> Option<Self> {
        match self {
            Self::None => Some(Self::None),
            Self::WordEnd => (!byte.is_ascii_alphanumeric()).then_some(Self::None),
            Self::LiteralEnd => (!byte.is_ascii_alphanumeric() && byte != b'@').then_some(Self::None),
            Self::Run(kind, stop) if takes(kind, byte) && byte != stop => (!ends(kind, byte)).then_some(self),
            Self::Run(..) => Some(Self::None),
        }
    }
}

/// Everywhere a part may be behind a byte.
pub fn step(part: &Part, side: Side, byte: u8, add: &mut dyn FnMut(Side)) {
    let Some(debt) = side.debt.pay(byte) else { return };
    match side.place {
        Place::Waiting => {}
        Place::Done => add(Side { place: Place::Done, debt }),
        Place::Inside { hole, automaton, state } => inside(part, hole, automaton, state, byte, debt, add),
        Place::At(at) => match part.state(at) {
            State::Byte(wanted, next) if *wanted == byte => {
                let end = if byte.is_ascii_alphanumeric() { Debt::LiteralEnd } else { debt };
                enter(part, *next, byte, debt, end, add);
            }
            // A stand-in is what a publisher writes, not what a server says.
            State::Hole { kind, .. } if !b"$%<{".contains(&byte) => {
                inside(part, at, *kind as hole::Number, START, byte, debt, add);
            }
            State::Hole { kind: FieldType::Email, .. } if byte == b'<' => {
                inside(part, at, hole::ENCLOSED, START, byte, debt, add);
            }
            State::Expression { .. } => inside(part, at, hole::OWN, START, byte, debt, add),
            State::Gap(next) => {
                add(Side { place: Place::At(at), debt });
                enter_behind_gap(part, *next, byte, debt, add);
            }
            _ => {}
        },
    }
}

fn inside(
    part: &Part,
    hole: u16,
    automaton: hole::Number,
    state: u16,
    byte: u8,
    debt: Debt,
    add: &mut dyn FnMut(Side),
) {
    let (states, kind, stop, next) = match part.state(hole) {
        State::Hole { kind, stop, next } => (hole::automaton(automaton), Some(*kind), *stop, *next),
        State::Expression { expression, next, .. } => (&expression.automaton, None, 0, *next),
        _ => return,
    };
    let state = states.next(state, byte);
    if state == DEAD || stop != 0 && stop == byte {
        return;
    }
    add(Side { place: Place::Inside { hole, automaton, state }, debt });
    if states.accepts(state) {
        let owed = match automaton {
            hole::ENCLOSED => Debt::None,
            hole::OWN if byte.is_ascii_alphanumeric() => Debt::LiteralEnd,
            hole::OWN => Debt::None,
            _ => match kind {
                Some(kind) if kind != FieldType::Date => Debt::Run(kind, stop),
                _ if byte.is_ascii_digit() => Debt::WordEnd,
                _ => Debt::None,
            },
        };
        enter(part, next, byte, owed, owed, add);
    }
}

/// Goes on with the state behind what was taken. What ends with a word asks for the word's end.
fn enter(part: &Part, next: u16, byte: u8, debt: Debt, end: Debt, add: &mut dyn FnMut(Side)) {
    for leaf in part.leaves(next) {
        match part.state(*leaf) {
            State::End => add(Side { place: Place::Done, debt: end }),
            State::Gap(behind) => {
                add(Side { place: Place::At(*leaf), debt: end });
                enter_behind_gap(part, *behind, byte, end, add);
            }
            _ => add(Side { place: Place::At(*leaf), debt }),
        }
    }
}

fn enter_behind_gap(part: &Part, next: u16, byte: u8, debt: Debt, add: &mut dyn FnMut(Side)) {
    for leaf in part.leaves(next).iter().filter(|leaf| may_start(part, **leaf, byte)) {
        let place = if *part.state(*leaf) == State::End { Place::Done } else { Place::At(*leaf) };
        add(Side { place, debt });
    }
}

/// Whether a part may start with that state behind a byte: not within a word, nor within what its hole could take.
pub fn may_start(part: &Part, leaf: u16, before: u8) -> bool {
    match part.state(leaf) {
        State::Byte(byte, _) => !is_word(*byte) || *byte >= 0xE0 || !is_word(before),
        State::Hole { kind, stop, .. } => !begins(*kind, before) || before == *stop,
        State::Expression { starts_word, .. } => !starts_word || !is_word(before),
        State::End | State::Gap(_) | State::Fork(_) => true,
    }
}

/// Letters, digits and everything that is not ASCII are parts of words.
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// Whether a byte may stand between a template and the end of the reply that it must stand at.
pub fn closes(byte: u8) -> bool {
    b" .!)]>\"'".contains(&byte)
}
