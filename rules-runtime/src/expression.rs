//! Regular expressions, compiled into tables of transitions.
//!
//! | bytes | what |
//! | --- | --- |
//! | 2 | the first accepting state |
//! | 1 | how many classes of bytes there are |
//! | 256 | the class of each byte |
//! | 2 for each state and class | the state behind it |
//!
//! A state is the place of its first transition, as if each took one byte; 0 is the state from which nothing is accepted,
//! the one behind it the start. A match is the longest that does not end within a word. What a reply may cost is paid
//! from its [`Fuel`].

use crate::program::Fuel;

/// A compiled regular expression.
#[derive(Clone, Copy)]
pub(crate) struct Expression<'t> {
    accepting: u16,
    width: u8,
    classes: &'t [u8; 256],
    next: &'t [[u8; 2]],
}

impl<'t> Expression<'t> {
    /// Reads its table.
    pub fn read(table: &'t [u8]) -> Option<Self> {
        let (&[low, high, width], rest) = table.split_first_chunk::<3>()?;
        let (classes, next) = rest.split_first_chunk::<256>()?;
        let (next, odd) = next.as_chunks::<2>();
        odd.is_empty().then_some(Self { accepting: u16::from_le_bytes([low, high]), width, classes, next })
    }

    /// Whether every transition leads to a state.
    pub fn is_sound(&self) -> bool {
        let width = u16::from(self.width);
        let state = |place: u16| place.is_multiple_of(width) && usize::from(place) < self.next.len();
        self.next.len() > usize::from(width)
            && self.next.len().is_multiple_of(usize::from(width))
            && self.classes.iter().all(|class| *class < self.width)
            && self.next.iter().all(|next| state(u16::from_le_bytes(*next)))
    }

    fn next(&self, state: u16, byte: u8) -> u16 {
        let class = self.classes[usize::from(byte)];
        self.next.get(usize::from(state) + usize::from(class)).map_or(0, |next| u16::from_le_bytes(*next))
    }

    /// Whether a match may start with a byte.
    pub fn may_start(&self, byte: u8) -> bool {
        self.next(u16::from(self.width), byte) != 0
    }

    /// Where the longest match from `start` ends.
    pub fn longest(&self, text: &[u8], start: usize, fuel: &mut Fuel) -> Option<usize> {
        let mut state = u16::from(self.width);
        let mut longest = None;
        let mut end = start;
        for byte in text.get(start..)? {
            state = self.next(state, *byte);
            if state == 0 {
                break;
            }
            end += 1;
            let goes_on = || text.get(end).is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'@');
            let in_word = || byte.is_ascii_alphanumeric() && goes_on();
            if state >= self.accepting && !in_word() {
                longest = Some(end);
            }
        }
        fuel.burn(end - start)?;
        longest
    }
}
