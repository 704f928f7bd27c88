//! White space and repeated codes, folded word by word.
//!
//! A multi-line reply repeats its codes on every line (RFC 5321, section 4.2.1), and logs join the lines with
//! spaces: `550-5.1.1 The account 550-5.1.1 that you tried 550 5.1.1 to reach`. Templates are written without that,
//! so the repetitions are left out, and every run of white space or control characters (bytes up to 32) becomes one space.

use crate::code::{self, Codes};
use crate::quote;
use crate::text::{Frame, is_word};

/// The words of a reply's text that are kept, each as a range of [`Frame::text`]. Folded, one space stands between two.
pub(crate) struct Words<'a> {
    text: &'a [u8],
    at: usize,
    /// The codes whose repetitions are left out.
    codes: Codes,
    /// Whether the reply opens with a code.
    within: bool,
    exim: quote::EximReport,
}

impl<'a> Words<'a> {
    pub fn new(frame: &Frame<'a>) -> Self {
        Self {
            text: frame.text,
            at: 0,
            codes: frame.codes,
            within: frame.codes.reply.is_some(),
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
            return (repeated && !behind_reply_code(self.text.get(..self.at)?)).then_some(here.length);
        }
        let before = self.text.get(..self.at)?;
        let blank = before.get(before.trim_ascii_end().len()..)?;
        let line_break = blank.iter().any(|byte| matches!(byte, b'\r' | b'\n'));
        let next_line = (self.codes.continued_by(&here) || here.reply == self.codes.reply && line_break)
            && (line_break || !quote::announced(before, false));
        if self.codes.reply.is_none()
            || (!next_line && quote::introduced(before, here.strong(), self.within, &mut self.exim))
        {
            self.codes = here;
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

/// Whether a text ends with a reply code that starts a word, so that a status behind it is that code's own.
fn behind_reply_code(text: &[u8]) -> bool {
    let blanks = text.iter().rev().take_while(|byte| **byte <= b' ').count();
    let (code, blank) = text.split_at_checked(text.len() - blanks).unwrap_or_default();
    let code = match code {
        [code @ .., b'-'] => code,
        _ if blank.is_empty() => return false,
        _ => code,
    };
    match code {
        [before @ .., b'2'..=b'5', b'0'..=b'9', b'0'..=b'9'] => before.last().is_none_or(|byte| !is_word(*byte)),
        _ => false,
    }
}

/// Whether the codes of that length are followed by white space or nothing.
fn ends_word(rest: &[u8], length: usize) -> bool {
    length >= rest.len() || rest.get(..length).is_some_and(|codes| codes.last().is_some_and(|byte| *byte <= b' '))
}

impl Iterator for Words<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        loop {
            self.at += self.text.get(self.at..)?.iter().position(|byte| *byte > b' ')?;
            match self.repetition() {
                Some(length) => self.at += length.max(1),
                None => break,
            }
        }
        let rest = self.text.get(self.at..)?;
        let start = self.at;
        self.at += rest.iter().position(|byte| *byte <= b' ').unwrap_or(rest.len());
        Some((start, self.at))
    }
}

/// The folded bytes of a reply's text, each with its offset in [`Frame::text`].
pub(crate) fn bytes<'a>(frame: &Frame<'a>) -> impl Iterator<Item = (u8, usize)> + use<'a> {
    let text = frame.text;
    Words::new(frame).enumerate().flat_map(move |(number, (start, end))| {
        let space = (number > 0).then_some((b' ', start.saturating_sub(1)));
        let word = text.get(start..end).unwrap_or_default();
        space.into_iter().chain(word.iter().map(u8::to_ascii_lowercase).zip(start..))
    })
}
