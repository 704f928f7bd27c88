//! Choices in templates: the texts that may stand at a place. Each choice is stored once, however many templates have it.
//!
//! | bytes | what |
//! | --- | --- |
//! | 8 | the [`choice_start`]s of the texts; all bits where one has a single byte |
//! | 4 | the [`choice_end`]s of the texts |
//! | 1 | 1 where one of the texts is empty, otherwise 0 |
//! | 2 | the length of the rest |
//! | … | each text's length (1 byte) and the text, in the order in which they are tried |
//!
//! Most choices do not fit where they are tried; the bits tell so without a look at the texts.

use crate::bytes::{u16_at, u32_at, u64_at};

/// Bytes before the texts.
const HEADER: usize = 15;

/// The bit that stands for the first two bytes of a text.
#[must_use]
#[inline]
pub const fn choice_start(first: u8, second: u8) -> u64 {
    1 << ((first.wrapping_mul(11) ^ second) % 64)
}

/// The bit that stands for the last byte of a text.
#[must_use]
#[inline]
pub const fn choice_end(last: u8) -> u32 {
    1 << (last % 32)
}

/// The texts that may stand at a place.
#[derive(Clone)]
pub(crate) struct Choice<'t> {
    starts: u64,
    ends: u32,
    may_be_empty: bool,
    texts: Texts<'t>,
}

impl<'t> Choice<'t> {
    /// Reads the choice that starts at a place.
    #[inline]
    pub fn read(choices: &'t [u8], at: usize) -> Option<Self> {
        let (header, rest) = choices.get(at..)?.split_first_chunk::<HEADER>()?;
        let length = usize::from(u16_at(header, 13));
        let (starts, ends) = (u64_at(header, 0), u32_at(header, 8));
        Some(Self { starts, ends, may_be_empty: header[12] != 0, texts: Texts(rest.get(..length)?) })
    }

    /// Where the choice ends that starts at a place; nothing where it is not as the compiler writes it.
    pub fn end(choices: &[u8], at: usize) -> Option<usize> {
        let mut texts = Choice::read(choices, at)?.texts;
        let end = at + HEADER + texts.0.len();
        while texts.next().is_some() {}
        texts.0.is_empty().then_some(end)
    }

    /// The texts that may stand before a text; nothing where at most the empty text can.
    #[inline]
    pub fn before(&self, text: &[u8]) -> Fitting<'t> {
        self.fitting(match text {
            [first, second, ..] => self.starts & choice_start(*first, *second) != 0,
            // Only a text of a single byte, and then all bits are set.
            [_] => self.starts == u64::MAX,
            [] => false,
        })
    }

    /// The texts that may stand at the end of a text.
    #[inline]
    pub fn behind(&self, text: &[u8]) -> Fitting<'t> {
        self.fitting(text.last().is_some_and(|last| self.ends & choice_end(*last) != 0))
    }

    #[inline]
    fn fitting(&self, perhaps: bool) -> Fitting<'t> {
        match (perhaps, self.may_be_empty) {
            (true, _) => Fitting::Perhaps(self.texts.clone()),
            (false, true) => Fitting::Empty,
            (false, false) => Fitting::None,
        }
    }

    /// The texts.
    pub fn texts(&self) -> Texts<'t> {
        self.texts.clone()
    }
}

/// Which texts of a choice may fit, as far as the bits tell.
pub(crate) enum Fitting<'t> {
    /// None.
    None,
    /// The empty one.
    Empty,
    /// Some of these.
    Perhaps(Texts<'t>),
}

/// The texts of a choice.
#[derive(Clone)]
pub(crate) struct Texts<'t>(&'t [u8]);

impl Texts<'_> {
    /// How many bytes they take.
    #[inline]
    pub fn size(&self) -> usize {
        self.0.len()
    }
}

impl<'t> Iterator for Texts<'t> {
    type Item = &'t [u8];

    #[inline]
    fn next(&mut self) -> Option<&'t [u8]> {
        let (length, rest) = self.0.split_first()?;
        let (text, rest) = rest.split_at_checked(usize::from(*length))?;
        self.0 = rest;
        Some(text)
    }
}
