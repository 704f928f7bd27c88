//! Choices in templates: the texts that may stand at a place. Each choice is stored once, however many templates have it.
//!
//! | bytes | what |
//! | --- | --- |
//! | 4 | the [`choice_bit`]s of the texts' first bytes |
//! | 4 | the same of their last bytes |
//! | 1 | 1 where one of the texts is empty, otherwise 0 |
//! | 2 | the length of the rest |
//! | … | each text's length (1 byte) and the text, in the order in which they are tried |
//!
//! Most choices do not fit where they are tried; the bits tell so without a look at the texts.

use crate::bytes::{u16_at, u32_at};

/// Bytes before the texts.
const HEADER: usize = 11;

/// The bit that stands for a byte: that of its five lowest bits.
#[must_use]
#[inline]
pub const fn choice_bit(byte: u8) -> u32 {
    1 << (byte & 31)
}

/// The texts that may stand at a place.
#[derive(Clone)]
pub(crate) struct Choice<'t> {
    first: u32,
    last: u32,
    may_be_empty: bool,
    texts: Texts<'t>,
}

impl<'t> Choice<'t> {
    /// Reads the choice that starts at a place.
    #[inline]
    pub fn read(choices: &'t [u8], at: usize) -> Option<Self> {
        let (header, rest) = choices.get(at..)?.split_first_chunk::<HEADER>()?;
        let length = usize::from(u16_at(header, 9));
        let (first, last) = (u32_at(header, 0), u32_at(header, 4));
        Some(Self { first, last, may_be_empty: header[8] != 0, texts: Texts(rest.get(..length)?) })
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
        self.fitting(self.first, text.first())
    }

    /// The texts that may stand at the end of a text.
    #[inline]
    pub fn behind(&self, text: &[u8]) -> Fitting<'t> {
        self.fitting(self.last, text.last())
    }

    #[inline]
    fn fitting(&self, bits: u32, byte: Option<&u8>) -> Fitting<'t> {
        match byte {
            Some(byte) if bits & choice_bit(*byte) != 0 => Fitting::Perhaps(self.texts.clone()),
            _ if self.may_be_empty => Fitting::Empty,
            _ => Fitting::None,
        }
    }

    /// The texts.
    pub fn texts(&self) -> Texts<'t> {
        self.texts.clone()
    }
}

/// Which texts of a choice may fit, as far as one byte tells.
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
