//! Templates as the compiler writes them: a few bytes for each piece, matched in one go.
//!
//! | piece | bytes |
//! | --- | --- |
//! | literal | `1`, its length (2 bytes), the text in lower case |
//! | choice | `4`, where it stands among the choices (3 bytes): see [`crate::choice`] |
//! | hole | `2`, its type, the byte it must leave to the literal behind it (0 for none) |
//! | gap | `3` |
//! | regular expression | `5`, the length of its table (2 bytes), the table: see [`crate::expression`] |
//!
//! The pieces between two gaps are a *part*. From a given start, holes match in one way only (see [`crate::hole`]) and
//! choices in few (the compiler allows 256 combinations in a template, and hardly ever does more than one fit). A gap may be as long as it likes, so the first place of every part behind the part before it is as good as any
//! other: no search ever goes back.

use crate::bytes::u24_at;
use crate::choice::{Choice, Fitting};
use crate::expression::Expression;
use crate::hole;
use crate::text::{Starts, Text, is_word};
use crate::vocabulary::FieldType;

/// First byte of a literal.
pub const LITERAL: u8 = 1;
/// First byte of a typed hole.
pub const HOLE: u8 = 2;
/// A gap.
pub const GAP: u8 = 3;
/// First byte of a choice.
pub const CHOICE: u8 = 4;
/// First byte of a regular expression: always alone.
pub const EXPRESSION: u8 = 5;

enum Piece<'t> {
    Literal(&'t [u8]),
    Choice(Choice<'t>),
    Hole { kind: FieldType, stop: u8 },
    Gap,
    Expression(Expression<'t>),
}

impl Piece<'_> {
    /// Whether it always starts where a word starts.
    fn starts_word(&self) -> bool {
        let word = |text: &[u8]| text.first().is_some_and(|first| is_word(*first));
        match self {
            Piece::Literal(literal) => word(literal),
            Piece::Choice(choice) => choice.texts().all(word),
            _ => false,
        }
    }

    /// Whether it may start with the first bytes of a text.
    fn may_start(&self, text: &[u8]) -> bool {
        let starts = |literal: &[u8]| match (literal, text) {
            ([one, two, ..], [first, second, ..]) => (one, two) == (first, second),
            ([one], [first, ..]) => one == first,
            _ => literal.is_empty(),
        };
        match self {
            Piece::Literal(literal) => starts(literal),
            Piece::Choice(choice) => !matches!(choice.before(text), Fitting::None),
            Piece::Expression(expression) => text.first().is_some_and(|first| expression.may_start(*first)),
            Piece::Hole { .. } | Piece::Gap => true,
        }
    }
}

/// How much work one reply may cause: a step is a byte that a hole takes or a place that a search looks at; hits and choices
/// take several.
///
/// Without a bound, a text made of the words of many templates with gaps could make each of them search all of it.
#[derive(Debug)]
pub(crate) struct Fuel {
    steps: u32,
    /// A part of the current template, and a place at and behind which it does not stand.
    missing: Option<(usize, usize)>,
}

impl Fuel {
    pub fn new(steps: u32) -> Self {
        Self { steps, missing: None }
    }

    /// Takes so many steps, if there are as many.
    #[inline]
    pub fn burn(&mut self, steps: usize) -> Option<()> {
        let left = (self.steps as usize).checked_sub(steps);
        self.steps = left.unwrap_or(0) as u32;
        left.map(|_| ())
    }

    /// Whether the current template cannot match from an anchor at a place on, as a later part of it is missing there.
    #[inline]
    pub fn is_missing_behind(&self, at: usize) -> bool {
        self.missing.is_some_and(|(_, place)| at >= place)
    }

    /// Another template is tried from now on.
    pub fn next_template(&mut self) {
        self.missing = None;
    }
}

/// Takes note of what the pieces matched; of a piece it tells the place in the program.
pub(crate) trait Note {
    fn note(&mut self, piece: usize, start: usize, end: usize);
}

/// Takes no note.
impl Note for () {
    fn note(&mut self, _: usize, _: usize, _: usize) {}
}

/// A template, and the text to match it with.
#[derive(Clone, Copy)]
pub(crate) struct Matching<'p, 't> {
    pub program: &'p [u8],
    pub choices: &'p [u8],
    pub text: &'p Text<'t>,
}

impl<'p> Matching<'p, '_> {
    #[inline(always)]
    fn piece(&self, at: usize) -> Option<(Piece<'p>, usize)> {
        let rest = self.program.get(at..)?;
        match rest {
            [LITERAL, low, high, rest @ ..] => {
                let length = usize::from(u16::from_le_bytes([*low, *high]));
                Some((Piece::Literal(rest.get(..length)?), at + 3 + length))
            }
            [HOLE, kind, stop, ..] => Some((Piece::Hole { kind: FieldType::from_index(*kind)?, stop: *stop }, at + 3)),
            [GAP, ..] => Some((Piece::Gap, at + 1)),
            [CHOICE, low, middle, high, ..] => {
                let place = u24_at(&[*low, *middle, *high], 0) as usize;
                Some((Piece::Choice(Choice::read(self.choices, place)?), at + 4))
            }
            [EXPRESSION, low, high, rest @ ..] => {
                let length = usize::from(u16::from_le_bytes([*low, *high]));
                Some((Piece::Expression(Expression::read(rest.get(..length)?)?), at + 3 + length))
            }
            _ => None,
        }
    }

    /// Matches the part whose first piece is at `piece` from `start`. Returns the piece behind the part, and where
    /// the match ends.
    pub fn part(&self, piece: usize, start: usize, note: &mut impl Note, fuel: &mut Fuel) -> Option<(usize, usize)> {
        let before = start.checked_sub(1).and_then(|before| self.text.bytes.get(before));
        let inside = match self.piece(piece)?.0 {
            Piece::Gap => false,
            // A hole starts where the run of its characters starts.
            Piece::Hole { kind, stop } => before.is_some_and(|byte| hole::begins(kind, *byte) && *byte != stop),
            // Where a template starts with a letter or a digit, no other may stand before it.
            Piece::Literal(_) | Piece::Choice(_) | Piece::Expression(_) => {
                let first = self.text.bytes.get(start).copied().unwrap_or(0);
                is_word(first) && first < 0xE0 && before.is_some_and(|byte| is_word(*byte))
            }
        };
        if inside { None } else { self.rest(piece, start, false, note, fuel) }
    }

    /// Matches the pieces from `next` to the end of their part. `fixed` tells whether the byte before `at` is a literal's.
    fn rest(
        &self,
        mut next: usize,
        mut at: usize,
        mut fixed: bool,
        note: &mut impl Note,
        fuel: &mut Fuel,
    ) -> Option<(usize, usize)> {
        let text = self.text.bytes.get(..self.text.end)?;
        while next < self.program.len() {
            let (here, following) = self.piece(next)?;
            match here {
                Piece::Literal(literal) => {
                    if !stands(text, at, literal) {
                        return None;
                    }
                    note.note(next, at, at + literal.len());
                    at += literal.len();
                    fixed = true;
                }
                Piece::Choice(choice) => match choice.before(text.get(at..)?) {
                    Fitting::None => return None,
                    Fitting::Empty => {}
                    Fitting::Perhaps(texts) => {
                        let first = text.get(at);
                        fuel.burn(LISTED + texts.size() / LISTED_AT_ONCE)?;
                        for chosen in texts {
                            if chosen.is_empty() || chosen.first() == first && stands(text, at, chosen) {
                                fuel.burn(CHOSEN)?;
                                let fixed = fixed || !chosen.is_empty();
                                let found = self.rest(following, at + chosen.len(), fixed, note, fuel);
                                if found.is_some() {
                                    return found;
                                }
                            }
                        }
                        return None;
                    }
                },
                Piece::Hole { kind, stop } => {
                    let taken = hole::forward(kind, stop, text, at, fuel)?;
                    if !taken.stand_in {
                        note.note(next, taken.value.0, taken.value.1);
                    }
                    at = taken.end;
                    fixed = false;
                }
                Piece::Expression(expression) => at = expression.longest(text, at, fuel)?,
                Piece::Gap => break,
            }
            next = following;
        }
        let alphanumeric = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_alphanumeric);
        // A word before an at sign is part of an address.
        let goes_on = alphanumeric(Some(at)) || text.get(at) == Some(&b'@');
        let inside_word = fixed && alphanumeric(at.checked_sub(1)) && goes_on;
        (!inside_word).then_some((next, at))
    }

    /// From the start of a piece, the starts that the part could have, nearest pieces first; gives each to `attempt`
    /// until one succeeds. `steps` are the places of the pieces between, two bytes each.
    pub fn back<T>(
        &self,
        steps: &[u8],
        start: usize,
        fuel: &mut Fuel,
        attempt: &mut impl FnMut(usize, &mut Fuel) -> Option<T>,
    ) -> Option<T> {
        let Some((step, steps)) = steps.split_first_chunk::<2>() else {
            return attempt(start, fuel);
        };
        match self.piece(usize::from(u16::from_le_bytes(*step)))?.0 {
            Piece::Literal(literal) => self.back(steps, start.checked_sub(literal.len())?, fuel, attempt),
            Piece::Hole { kind, stop } => {
                let start = hole::backward(kind, stop, self.text.bytes, start, fuel)?;
                self.back(steps, start, fuel, attempt)
            }
            Piece::Choice(choice) => {
                let before = self.text.bytes.get(..start)?;
                match choice.behind(before) {
                    Fitting::None => None,
                    Fitting::Empty => self.back(steps, start, fuel, attempt),
                    Fitting::Perhaps(texts) => {
                        let last = before.last();
                        fuel.burn(LISTED + texts.size() / LISTED_AT_ONCE)?;
                        for chosen in texts {
                            if chosen.is_empty() || chosen.last() == last && before.ends_with(chosen) {
                                fuel.burn(CHOSEN)?;
                                let found = self.back(steps, start - chosen.len(), fuel, attempt);
                                if found.is_some() {
                                    return found;
                                }
                            }
                        }
                        None
                    }
                }
            }
            Piece::Gap | Piece::Expression(_) => None,
        }
    }

    /// Matches the whole template with its first part at `start`. Returns where the match ends.
    pub fn whole(&self, start: usize, note: &mut impl Note, fuel: &mut Fuel) -> Option<usize> {
        let (mut next, mut end) = self.part(0, start, note, fuel)?;
        while next < self.program.len() {
            let gap = next;
            if gap + 1 == self.program.len() {
                note.note(gap, end, self.text.end);
                return Some(self.text.end);
            }
            let from = end;
            // Where the text holds the template's first words often, what is missing is looked for once only.
            if fuel.missing.is_some_and(|(part, place)| part == gap + 1 && from >= place) {
                return None;
            }
            let Some(start) = self.search(gap + 1, from, fuel) else {
                fuel.missing = Some((gap + 1, from));
                return None;
            };
            note.note(gap, from, start);
            (next, end) = self.part(gap + 1, start, note, fuel)?;
        }
        Some(end)
    }

    /// The first place at or behind `from` where the part matches.
    pub fn search(&self, piece: usize, from: usize, fuel: &mut Fuel) -> Option<usize> {
        let (first, _) = self.piece(piece)?;
        if first.starts_word() {
            for start in Starts::new(self.text.starts, from).take_while(|at| *at < self.text.end) {
                fuel.burn(1)?;
                if first.may_start(self.text.bytes.get(start..)?) && self.found(piece, start, fuel)? {
                    return Some(start);
                }
            }
            return None;
        }
        for start in from..self.text.end {
            fuel.burn(1)?;
            if first.may_start(self.text.bytes.get(start..)?) && self.found(piece, start, fuel)? {
                return Some(start);
            }
        }
        None
    }

    /// Whether the part matches at a place; nothing where the fuel is used up.
    fn found(&self, piece: usize, start: usize, fuel: &mut Fuel) -> Option<bool> {
        fuel.burn(PART)?;
        Some(self.part(piece, start, &mut (), fuel).is_some())
    }
}

/// Whether a literal stands at a place of a text.
#[inline]
fn stands(text: &[u8], at: usize, literal: &[u8]) -> bool {
    let Some(here) = text.get(at..at + literal.len()) else {
        return false;
    };
    // Most literals are short: comparing their two ends costs less than a call.
    match literal.len() {
        8.. => ends_agree::<8>(here, literal) && (literal.len() <= 16 || here == literal),
        4.. => ends_agree::<4>(here, literal),
        _ => here.iter().eq(literal),
    }
}

/// Whether the first and the last bytes of two texts are the same.
#[inline]
fn ends_agree<const N: usize>(one: &[u8], other: &[u8]) -> bool {
    one.first_chunk::<N>() == other.first_chunk() && one.last_chunk::<N>() == other.last_chunk()
}

/// Steps that trying a part costs at least.
const PART: usize = 4;
/// Steps that looking through the texts of a choice costs at least, and how many of their bytes cost one more.
const LISTED: usize = 4;
const LISTED_AT_ONCE: usize = 16;
/// Steps that going on behind a text of a choice costs.
const CHOSEN: usize = 4;
