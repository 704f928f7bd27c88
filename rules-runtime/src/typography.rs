//! Typographic characters, read as the ASCII that mail servers send.
//!
//! Replies come out of web pages, letters and word processors with no-break spaces, curly quotation marks and dashes.
//! Templates are written without them, so a reply that holds any is read from a copy without.

use crate::text::LOOK_AT;

/// The smallest byte that the characters which are replaced start with.
const FIRST: u8 = 0xC2;

/// The byte that stands for the character at the start of a text, nothing where it has no width, and how many bytes it
/// takes. A character that is not replaced is read byte by byte.
#[must_use]
pub fn character(text: &[u8]) -> (Option<u8>, usize) {
    match *text {
        // No-break space, figure space, narrow no-break space, ideographic space.
        [0xC2, 0xA0, ..] => (Some(b' '), 2),
        [0xE2, 0x80, 0x87 | 0xAF, ..] | [0xE3, 0x80, 0x80, ..] => (Some(b' '), 3),
        // Hyphens and dashes, single and double quotation marks.
        [0xE2, 0x80, 0x90..=0x94, ..] => (Some(b'-'), 3),
        [0xE2, 0x80, 0x98..=0x9B, ..] => (Some(b'\''), 3),
        [0xE2, 0x80, 0x9C..=0x9F, ..] => (Some(b'"'), 3),
        // Zero-width space, non-joiner and joiner, byte order mark; soft hyphen.
        [0xE2, 0x80, 0x8B..=0x8D, ..] | [0xEF, 0xBB, 0xBF, ..] => (None, 3),
        [0xC2, 0xAD, ..] => (None, 2),
        [byte, ..] => (Some(byte), 1),
        [] => (None, 0),
    }
}

/// Whether a text whose largest byte is this one could hold such characters.
pub(crate) fn may_be_typographic(largest: u8) -> bool {
    largest >= FIRST
}

/// Whether a text holds such characters.
#[inline(never)]
pub(crate) fn is_typographic(text: &[u8]) -> bool {
    may_hold_any(text) && (0..text.len()).any(|at| text.get(at..).is_some_and(|rest| character(rest).1 > 1))
}

/// Whether the first two or three bytes of such a character stand anywhere. The loop is simple, so that it becomes vector
/// code: most letters of other alphabets are ruled out here.
fn may_hold_any(text: &[u8]) -> bool {
    let mut met = [0_u8; LANES];
    let behind = |by: usize| text.get(by..).unwrap_or_default();
    let (first, rest) = text.as_chunks::<LANES>();
    let (second, _) = behind(1).as_chunks::<LANES>();
    let (third, _) = behind(2).as_chunks::<LANES>();
    for ((first, second), third) in first.iter().zip(second).zip(third) {
        for i in 0..LANES {
            met[i] |= u8::from(starts(first[i], second[i], third[i]));
        }
    }
    // What the loop left out: the last bytes, which have no whole chunk behind them.
    let left = text.get(text.len().saturating_sub(rest.len() + LANES)..).unwrap_or_default();
    let byte = |at: usize| left.get(at).copied().unwrap_or(0);
    met != [0; LANES] || (0..left.len()).any(|at| starts(byte(at), byte(at + 1), byte(at + 2)))
}

/// How many bytes the loop takes at once.
const LANES: usize = 16;

#[inline]
fn starts(first: u8, second: u8, third: u8) -> bool {
    (first == 0xC2) & ((second == 0xA0) | (second == 0xAD))
        | (first == 0xE2) & (second == 0x80) & ((third <= 0x9F) | (third == 0xAF))
        | (first == 0xE3) & (second == 0x80) & (third == 0x80)
        | (first == 0xEF) & (second == 0xBB) & (third == 0xBF)
}

/// Runs on a copy without such characters.
#[inline(never)]
pub(crate) fn with_plain<R>(reply: &[u8], run: impl FnOnce(&[u8]) -> R) -> R {
    let mut plain = [0; LOOK_AT];
    let mut length = 0;
    for (byte, _) in bytes(reply) {
        if let Some(place) = plain.get_mut(length) {
            *place = byte;
            length += 1;
        }
    }
    run(plain.get(..length).unwrap_or_default())
}

/// Runs on a reply without such characters: on itself, if it holds none.
pub(crate) fn reading<R>(reply: &[u8], run: impl FnOnce(&[u8]) -> R) -> R {
    let looked_at = reply.get(..LOOK_AT).unwrap_or(reply);
    if looked_at.is_ascii() || !is_typographic(looked_at) { run(reply) } else { with_plain(reply, run) }
}

/// Where the byte at a place of the copy stands in the reply.
pub(crate) fn origin(reply: &[u8], place: usize) -> usize {
    let looked_at = reply.len().min(LOOK_AT);
    bytes(reply).nth(place).map_or(looked_at, |(_, at)| at)
}

/// The bytes of the copy, each with its place in the reply.
fn bytes(reply: &[u8]) -> impl Iterator<Item = (u8, usize)> {
    let reply = reply.get(..LOOK_AT).unwrap_or(reply);
    let mut at = 0;
    core::iter::from_fn(move || {
        loop {
            let start = at;
            let (byte, length) = character(reply.get(start..).filter(|rest| !rest.is_empty())?);
            at += length;
            if let Some(byte) = byte {
                return Some((byte, start));
            }
        }
    })
}
