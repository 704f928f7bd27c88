//! A reply's text made ready for the scan: letters in lower case, white space folded, word starts marked.
//!
//! The scan reads eight bytes at a time from the starts of words. Here the text is copied into a buffer on the stack
//! that ends in zeros, so that such a read never leaves it, and a bit is set for every byte that starts a word. A
//! clean text (single spaces, no line breaks, no repeated codes) is copied in blocks of 64 bytes that the compiler
//! turns into vector code; any other is copied word by word first, as [`crate::fold`] finds them.

use crate::code::{self, Codes};
use crate::fold::Words;
use crate::quote;
use crate::typography;

/// How many leading bytes of a reply are looked at.
///
/// RFC 5321, section 4.5.3.1.5, allows 512 bytes for a reply line; bounce reports quote several lines.
///
/// ```
/// use rules_runtime::{Category, LOOK_AT, classify};
///
/// let mut reply = [b' '; LOOK_AT + 20];
/// reply[LOOK_AT..][..12].copy_from_slice(b"user unknown");
/// assert_eq!(classify(&reply).category(), Category::Unclassified);
/// ```
pub const LOOK_AT: usize = 4096;

pub(crate) const BLOCK: usize = 64;

/// Room for a text of `BLOCKS` blocks, and one block of zeros behind them.
pub(crate) struct Buffer<const BYTES: usize, const BLOCKS: usize> {
    bytes: [u8; BYTES],
    starts: [u64; BLOCKS],
}

impl<const BYTES: usize, const BLOCKS: usize> Buffer<BYTES, BLOCKS> {
    pub const CAPACITY: usize = BLOCKS * BLOCK;

    pub const fn new() -> Self {
        const { assert!(BYTES == (BLOCKS + 1) * BLOCK) };
        Self { bytes: [0; BYTES], starts: [0; BLOCKS] }
    }

    /// Fills the buffer with the text of a reply behind its codes.
    pub fn prepare(&mut self, frame: &Frame<'_>) -> Text<'_> {
        Page { bytes: &mut self.bytes, starts: &mut self.starts }.prepare(frame)
    }
}

/// A reply's text in a buffer.
#[derive(Clone, Copy)]
pub(crate) struct Text<'b> {
    /// The folded text; behind it, up to the end of its block, dots, and then zeros.
    pub bytes: &'b [u8],
    /// A bit for each byte of the text that starts a word.
    pub starts: &'b [u64],
    /// Where the text ends.
    pub end: usize,
    /// The codes that count: those of the innermost quoted reply, or the reply's own.
    pub codes: Codes,
    /// The codes that open the reply, where it quotes another; those of the quoted one where it has none.
    pub outer: Codes,
    /// Where the innermost quoted reply's text starts; 0 where none is quoted.
    pub inner: usize,
    /// Where the text of a quoted reply starts that quotes the innermost one, and its codes; 0 where there is none.
    pub middle: (usize, Codes),
    /// Where a remark of the sender's own server starts behind the quoted reply; the text's end where there is none.
    pub remark: usize,
    /// Whether offsets into the text are offsets into the reply behind its codes.
    pub clean: bool,
    /// Whether the reply holds typographic characters: it has to be read without them, see [`crate::plain`].
    pub typographic: bool,
}

/// A buffer of whatever size, to be written.
struct Page<'b> {
    bytes: &'b mut [u8],
    starts: &'b mut [u64],
}

impl<'b> Page<'b> {
    fn prepare(mut self, frame: &Frame<'_>) -> Text<'b> {
        let met = self.copy(frame.text);
        let end = frame.text.len();
        if met.foreign && !frame.plain && typography::is_typographic(frame.text) {
            return Text { typographic: true, ..self.text(end, &frame.codes) };
        }
        // What a successful reply quotes does not count.
        let quotes = met.number && frame.codes.failed();
        if !met.clean || quotes {
            return self.prepare_unusual(frame, met.clean, quotes);
        }
        self.text(end, &frame.codes)
    }

    /// A text without anything quoted.
    fn text(self, end: usize, codes: &Codes) -> Text<'b> {
        let (bytes, starts): (&[u8], &[u64]) = (self.bytes, self.starts);
        let starts = starts.get(..end.div_ceil(BLOCK)).unwrap_or(starts);
        let middle = (0, Codes::default());
        Text {
            bytes,
            starts,
            end,
            codes: *codes,
            outer: *codes,
            middle,
            inner: 0,
            remark: end,
            clean: true,
            typographic: false,
        }
    }

    /// Folds the text where it must be, and looks for quoted replies where there may be some.
    #[inline(never)]
    fn prepare_unusual(mut self, frame: &Frame<'_>, mut clean: bool, quotes: bool) -> Text<'b> {
        let mut end = if clean { frame.text.len() } else { self.fold(frame) };
        let mut quoted = quote::Quoted::default();
        if quotes {
            quoted = quote::find(self.bytes, self.starts, end, frame.codes, !clean);
            if quoted.repeats && clean {
                clean = false;
                end = self.fold(frame);
                quoted = quote::find(self.bytes, self.starts, end, frame.codes, true);
            }
        }
        let mut codes = frame.codes;
        if quoted.inner > 0 {
            codes = quoted.codes;
        } else {
            codes.status = codes.status.or(quoted.codes.status);
            codes.mentioned = quoted.codes.mentioned;
            codes.reply = codes.reply.or(quoted.codes.reply);
        }
        let remark = match quoted.inner {
            0 => end,
            inner => self.bytes.get(inner..end).and_then(quote::postfix_remark).map_or(end, |(_, at)| inner + at),
        };
        // A report that has no code of its own goes with the code that it quotes.
        let middle = (quoted.middle, quoted.middle_codes);
        let outer = match frame.codes.reply {
            Some(_) => frame.codes,
            None if quoted.middle > 0 => quoted.middle_codes,
            None => codes,
        };
        Text { outer, middle, inner: quoted.inner, remark, clean, ..self.text(end, &codes) }
    }

    /// Copies a text in lower case and marks its words. Tells what was met.
    fn copy(&mut self, text: &[u8]) -> Met {
        let mut met = Extremes::default();
        let mut carry = 0;
        let (full, rest) = text.as_chunks::<BLOCK>();
        let (out, _) = self.bytes.as_chunks_mut::<BLOCK>();
        let mut places = out.iter_mut().zip(self.starts.iter_mut());
        for (block, (out, starts)) in full.iter().zip(&mut places) {
            let word = mark(block, out, &mut met);
            *starts = word & !(word << 1 | carry);
            carry = word >> 63;
        }
        if !rest.is_empty()
            && let Some((out, starts)) = places.next()
        {
            let mut tail = [PADDING; BLOCK];
            if let Some(tail) = tail.get_mut(..rest.len()) {
                tail.copy_from_slice(rest);
            }
            let word = mark(&tail, out, &mut met);
            *starts = word & !(word << 1 | carry);
        }
        let largest = met.largest.iter().fold(0, |largest, byte| largest.max(*byte));
        if largest >= 0xE0 {
            self.mark_lead_bytes(text.len());
        }
        let foreign = typography::may_be_typographic(largest);
        let pairs = Pairs::of(self.bytes, text.len());
        Met {
            foreign,
            clean: pairs.single_spaces && met.smallest.iter().all(|byte| *byte >= b' '),
            number: pairs.number,
        }
    }

    /// Writes the folded text and marks its words. Returns where it ends.
    fn fold(&mut self, frame: &Frame<'_>) -> usize {
        let capacity = self.starts.len() * BLOCK;
        let mut end = 0;
        for (from, to) in Words::new(frame) {
            let at = end + usize::from(end > 0);
            let word = frame.text.get(from..to).unwrap_or_default();
            let Some(room) = self.bytes.get_mut(end..capacity) else { break };
            let room = match room.split_first_mut() {
                Some((space, room)) if end > 0 => {
                    *space = b' ';
                    room
                }
                _ => room,
            };
            let kept = word.len().min(room.len());
            if let (Some(room), Some(word)) = (room.get_mut(..kept), word.get(..kept)) {
                room.copy_from_slice(word);
            }
            end = (at + kept).min(capacity);
        }
        self.mark_in_place(end);
        end
    }

    /// Turns the text that stands in the buffer into lower case and marks its words.
    fn mark_in_place(&mut self, end: usize) {
        let padded = end.next_multiple_of(BLOCK);
        if let Some(padding) = self.bytes.get_mut(end..padded) {
            padding.fill(PADDING);
        }
        if let Some(behind) = self.bytes.get_mut(padded..) {
            behind.fill(0);
        }
        self.starts.fill(0);
        let mut met = Extremes::default();
        let mut carry = 0;
        let (blocks, _) = self.bytes.as_chunks_mut::<BLOCK>();
        for (block, starts) in blocks.iter_mut().zip(self.starts.iter_mut()).take(padded / BLOCK) {
            let word = mark(&{ *block }, block, &mut met);
            *starts = word & !(word << 1 | carry);
            carry = word >> 63;
        }
        if met.largest.iter().any(|byte| *byte >= 0xE0) {
            self.mark_lead_bytes(end);
        }
    }

    /// In scripts that set no spaces, every character may start a word.
    #[inline(never)]
    fn mark_lead_bytes(&mut self, end: usize) {
        for (at, byte) in self.bytes.iter().enumerate().take(end) {
            if let (0xE0.., Some(starts)) = (*byte, self.starts.get_mut(at / BLOCK)) {
                *starts |= 1 << (at % BLOCK);
            }
        }
    }
}

impl Text<'_> {
    /// Where the words around the innermost quoted reply start: those of the whole, and of a reply between them.
    pub fn around(&self) -> impl Iterator<Item = usize> {
        let middle = (self.middle.0 > 0).then_some(self.middle.0);
        (self.inner > 0).then_some(0).into_iter().chain(middle)
    }

    /// The codes that go with the words at a place: of the innermost reply, of one that quotes it, or of the whole.
    pub fn codes_at(&self, place: usize) -> &Codes {
        match self.middle {
            _ if place >= self.inner => &self.codes,
            (start, ref codes) if start > 0 && place >= start => codes,
            _ => &self.outer,
        }
    }
}

/// A reply cut into the codes that open it and the text behind them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame<'a> {
    /// The codes that open the reply.
    pub codes: Codes,
    /// What stands behind them, without white space at the end.
    pub text: &'a [u8],
    /// Where that starts in the reply.
    pub start: usize,
    /// Whether it is a copy without typographic characters.
    pub plain: bool,
}

impl<'a> Frame<'a> {
    pub fn new(reply: &'a [u8]) -> Self {
        let looked_at = reply.get(..LOOK_AT).unwrap_or(reply);
        let (reply, blank) = match looked_at {
            [b'!'..=0xFF, .., b'!'..=0xFF] => (looked_at, 0),
            _ => (looked_at.trim_ascii(), looked_at.len() - looked_at.trim_ascii_start().len()),
        };
        let typed = reply.len();
        let reply = quote::without_diagnostic_type(reply);
        let codes = code::leading(reply);
        let start = blank + (typed - reply.len()) + codes.length;
        Self { codes, text: reply.get(codes.length..).unwrap_or_default(), start, plain: false }
    }

    /// Where a place in the text stands in the reply.
    pub fn origin(&self, reply: &[u8], at: usize) -> usize {
        let place = self.start + at;
        if self.plain { typography::origin(reply, place) } else { place }
    }
}

/// Letters, digits and everything that is not ASCII are parts of words.
pub(crate) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// What fills the last block of a text: neither a word nor white space.
const PADDING: u8 = b'.';
/// How many bytes the loops over a block take at once.
const LANES: usize = 16;

/// What was met in a text.
struct Met {
    /// No control character and no two spaces: folding the text would change nothing.
    clean: bool,
    /// Perhaps a word that starts with a digit from 2 to 5, as codes do.
    number: bool,
    /// Perhaps typographic characters.
    foreign: bool,
}

/// The largest and the smallest bytes, in sixteen lanes so that they are gathered by vector code.
struct Extremes {
    largest: [u8; LANES],
    smallest: [u8; LANES],
}

impl Default for Extremes {
    fn default() -> Self {
        Self { largest: [0; LANES], smallest: [u8::MAX; LANES] }
    }
}

/// What is met where each byte of a folded text is looked at with the one before it.
struct Pairs {
    single_spaces: bool,
    number: bool,
}

impl Pairs {
    #[inline]
    fn of(text: &[u8], end: usize) -> Self {
        let (mut double_spaces, mut numbers) = ([0_u8; LANES], [0_u8; LANES]);
        numbers[0] = u8::from(text.first().is_some_and(|first| first.wrapping_sub(b'2') < 4));
        let (before, _) = text.as_chunks::<LANES>();
        let (bytes, _) = text.get(1..).unwrap_or_default().as_chunks::<LANES>();
        for (before, bytes) in before.iter().zip(bytes).take(end.div_ceil(LANES)) {
            for i in 0..LANES {
                let (before, byte) = (before[i], bytes[i]);
                double_spaces[i] |= u8::from(byte == b' ') & u8::from(before == b' ');
                let word = u8::from(before.wrapping_sub(b'0') < 10) | u8::from(before.wrapping_sub(b'a') < 26);
                numbers[i] |= u8::from(byte.wrapping_sub(b'2') < 4) & !word;
            }
        }
        Self { single_spaces: u128::from_le_bytes(double_spaces) == 0, number: u128::from_le_bytes(numbers) != 0 }
    }
}

/// What each of eight neighbouring bytes stands for in the bits of a number.
const BITS: [u8; LANES] = [1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128];

/// Copies a block in lower case and tells which bytes belong to words. The loops are simple, so that they become vector
/// code.
#[inline]
fn mark(block: &[u8; BLOCK], out: &mut [u8; BLOCK], met: &mut Extremes) -> u64 {
    let mut words = 0;
    let (chunks, _) = block.as_chunks::<LANES>();
    let (out, _) = out.as_chunks_mut::<LANES>();
    for (at, (chunk, out)) in chunks.iter().zip(out).enumerate() {
        let mut bits = [0_u8; LANES];
        for i in 0..LANES {
            let byte = chunk[i];
            let folded = byte | if byte.wrapping_sub(b'A') < 26 { 0x20 } else { 0 };
            out[i] = folded;
            let word = (byte.wrapping_sub(b'0') < 10) | (folded.wrapping_sub(b'a') < 26) | (byte >= 0x80);
            bits[i] = if word { BITS[i] } else { 0 };
            met.largest[i] = met.largest[i].max(byte);
            met.smallest[i] = met.smallest[i].min(byte);
        }
        let (low, high) = bits.split_at(8);
        let sum = |bits: &[u8]| u64::from(bits.iter().fold(0_u8, |sum, bit| sum.wrapping_add(*bit)));
        words |= (sum(low) | sum(high) << 8) << (LANES * at);
    }
    words
}

/// Eight bytes of a text from `at`; zeros behind its end.
#[inline]
pub(crate) fn load(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => 0,
    }
}

/// The places at or behind `from` where a word starts.
pub(crate) struct Starts<'b> {
    starts: &'b [u64],
    block: usize,
    bits: u64,
}

impl<'b> Starts<'b> {
    pub fn new(starts: &'b [u64], from: usize) -> Self {
        let block = from / BLOCK;
        let bits = starts.get(block).copied().unwrap_or(0) & (!0 << (from % BLOCK));
        Self { starts, block, bits }
    }
}

impl Iterator for Starts<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.bits == 0 {
            self.block += 1;
            self.bits = *self.starts.get(self.block)?;
        }
        let at = self.block * BLOCK + self.bits.trailing_zeros() as usize;
        self.bits &= self.bits - 1;
        Some(at)
    }
}
