//! White space and repeated codes, folded byte by byte.
//!
//! A multi-line reply repeats its codes on every line (RFC 5321, section 4.2.1), and logs join the lines with
//! spaces: `550-5.1.1 The account 550-5.1.1 that you tried 550 5.1.1 to reach`. Templates are written without that,
//! so the repetitions are left out, and every run of white space or control characters (bytes up to 32) becomes one space.

use crate::code::{self, Codes};
use crate::quote;
use crate::text::Frame;

/// The folded bytes of a reply's text, each with its offset in [`Frame::text`].
pub(crate) struct Fold<'a> {
    text: &'a [u8],
    at: usize,
    /// The codes whose repetitions are left out.
    codes: Codes,
    /// Where the codes that were kept last end.
    group_end: usize,
    /// A space is due before the next byte.
    space: bool,
    started: bool,
    exim: quote::EximReport,
}

impl<'a> Fold<'a> {
    pub fn new(frame: &Frame<'a>) -> Self {
        Self {
            text: frame.text,
            at: 0,
            codes: frame.codes,
            group_end: 0,
            space: false,
            started: false,
            exim: quote::EximReport::default(),
        }
    }

    /// The length of the repeated codes at the start of the next word, with the white space behind them.
    fn repetition(&mut self) -> Option<usize> {
        let rest = self.text.get(self.at..)?;
        let first = *rest.first()?;
        if !(b'2'..=b'5').contains(&first) {
            return None;
        }
        let here = code::leading(rest);
        if here.reply.is_none() {
            // A status that stands alone repeats the reply's.
            let repeated = here.status.is_some() && here.status == self.codes.status && ends_word(rest, here.length);
            let repeated = repeated && self.at >= self.group_end && first != b'#';
            return repeated.then_some(here.length);
        }
        let before = self.text.get(..self.at)?;
        let blank = before.get(before.trim_ascii_end().len()..)?;
        let line_break = blank.iter().any(|byte| matches!(byte, b'\r' | b'\n'));
        let next_line = self.codes.continued_by(&here) || here.reply == self.codes.reply && line_break;
        if self.codes.reply.is_none() || (!next_line && quote::introduced(before, here.strong(), &mut self.exim)) {
            self.codes = here;
            self.group_end = self.at + here.length;
            return None;
        }
        if !next_line && !self.codes.repeated_by(&here) {
            return None;
        }
        self.codes.hyphen |= here.hyphen;
        self.codes.status = self.codes.status.or(here.status);
        Some(here.length)
    }
}

/// Whether the codes of that length are followed by white space or nothing.
fn ends_word(rest: &[u8], length: usize) -> bool {
    length >= rest.len() || rest.get(..length).is_some_and(|codes| codes.last().is_some_and(|byte| *byte <= b' '))
}

impl Iterator for Fold<'_> {
    type Item = (u8, usize);

    fn next(&mut self) -> Option<(u8, usize)> {
        loop {
            let byte = *self.text.get(self.at)?;
            if byte <= b' ' {
                self.space = true;
                self.at += 1;
                continue;
            }
            if (self.space || !self.started)
                && let Some(length) = self.repetition()
            {
                self.at += length.max(1);
                self.space = true;
                continue;
            }
            if self.space && self.started {
                self.space = false;
                self.started = true;
                return Some((b' ', self.at - 1));
            }
            self.space = false;
            self.started = true;
            self.at += 1;
            return Some((byte.to_ascii_lowercase(), self.at - 1));
        }
    }
}
