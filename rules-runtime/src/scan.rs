//! The scan: which patterns could match, found without trying them.
//!
//! Every pattern has an *anchor*: four to sixteen bytes of its fixed text from the start of a word, chosen by the
//! compiler to be as rare as possible among all templates. So it is enough to look at the places of the reply where
//! a word starts, about one byte in six. Three sieves follow, each finer and dearer than the one before it:
//!
//! 1. a table by the hash of the word's first four bytes, which says how long the anchors are that begin so. The
//!    places that pass are listed;
//! 2. a bitmap by the hash of as many bytes as such anchors are found by: sixteen, twelve, eight or six. What passes is
//!    listed again. Table and bitmap stay in the processor's first-level cache;
//! 3. a bucket of anchors. One whose bytes are all in the reply is a *hit*.
//!
//! Whether a place passes, no processor can guess; so places are listed without a branch: each is written to the end of
//! the list, which becomes longer only where it passes. The cost hardly depends on how many rules there are.
//!
//! **Linear for any input.** Each of at most [`LOOK_AT`](crate::LOOK_AT) bytes starts at most one word; a word causes one look
//! into the table, at most four into the bitmap, and a few comparisons, as buckets are short. Hits beyond the room for them are
//! dropped. What follows, trying patterns, is paid from a [`Fuel`](crate::program::Fuel) that has a fixed part and a part for
//! each byte: where it is used up, no more patterns match, and the codes decide.

use crate::hits::Hits;
use crate::tables::{Anchor, Matcher, hash_eight, hash_four, hash_six, hash_sixteen, hash_twelve, tag};
use crate::text::{BLOCK, Text};

/// How far an anchor reaches.
const REACH: usize = 16;

/// Notes every anchor that stands in the text.
pub(crate) fn scan(matcher: &Matcher<'_>, text: &Text<'_>, hits: &mut Hits<'_>) {
    let probe = Probe::of(matcher);
    for (block, starts) in text.starts.iter().enumerate() {
        let Some(window) = text.bytes.get(block * BLOCK..).and_then(<[u8]>::first_chunk::<{ BLOCK + REACH }>) else {
            return;
        };
        let mut places = [Place::default(); BLOCK];
        let count = probe.beginnings(window, *starts, &mut places);
        for places in places.get(..count).unwrap_or_default().chunks(CHUNK) {
            let mut candidates = [Place::default(); CHUNK];
            let count = probe.sift(window, places, &mut candidates);
            for place in candidates.get(..count).unwrap_or_default() {
                probe.look_up(window, *place, block * BLOCK, hits);
            }
        }
    }
}

/// A place in a window where anchors of these lengths may stand.
#[derive(Clone, Copy, Default)]
struct Place {
    at: u8,
    lengths: u8,
}

/// How many places the second sieve takes at once.
const CHUNK: usize = 16;

/// The first eight bytes from a place of a window, and the eight behind them.
#[inline(always)]
fn load(window: &[u8; BLOCK + REACH], at: u8) -> (u64, u64) {
    match window.get(usize::from(at)..).and_then(<[u8]>::first_chunk::<REACH>) {
        Some(bytes) => {
            let bytes = u128::from_le_bytes(*bytes);
            (bytes as u64, (bytes >> 64) as u64)
        }
        None => (0, 0),
    }
}

/// The anchors, and how far a hash is shifted to become a place among them.
struct Probe<'m, 't> {
    matcher: &'m Matcher<'t>,
    lengths_shift: u32,
    bitmap_shift: u32,
    bucket_shift: u32,
}

impl<'m, 't> Probe<'m, 't> {
    fn of(matcher: &'m Matcher<'t>) -> Self {
        let bits = |records: usize| records.checked_ilog2().unwrap_or(0);
        Self {
            matcher,
            lengths_shift: 64_u32.saturating_sub(bits(matcher.lengths.len())),
            bitmap_shift: 58_u32.saturating_sub(bits(matcher.bitmap.len())),
            // There is one bucket more than there are hashes.
            bucket_shift: 64_u32.saturating_sub(bits(matcher.buckets.len().saturating_sub(1))),
        }
    }

    /// The first sieve: lists the words with whose first four bytes an anchor may begin, and how long such anchors are.
    #[inline(never)]
    fn beginnings(&self, window: &[u8; BLOCK + REACH], mut starts: u64, places: &mut [Place; BLOCK]) -> usize {
        let (table, shift) = (self.matcher.lengths, self.lengths_shift & 63);
        let mut count = 0;
        while starts != 0 {
            let at = starts.trailing_zeros() as u8 % BLOCK as u8;
            starts &= starts - 1;
            let lengths = table.get((hash_four(load(window, at).0) >> shift) as usize).copied().unwrap_or(0);
            places[count % BLOCK] = Place { at, lengths };
            count += usize::from(lengths != 0);
        }
        count
    }

    /// The second sieve: lists the places where bytes stand by whose hash an anchor may be found.
    #[inline(never)]
    fn sift(&self, window: &[u8; BLOCK + REACH], places: &[Place], candidates: &mut [Place; CHUNK]) -> usize {
        let (bitmap, shift) = (self.matcher.bitmap, self.bitmap_shift & 63);
        let may_hold = |hash: u64, length: u8| {
            let bit = hash >> shift;
            let word = bitmap.get((bit >> 6) as usize).copied().unwrap_or_default();
            (u64::from_le_bytes(word) >> (bit & 63) & 1) as u8 * length
        };
        let mut count = 0;
        for Place { at, lengths } in places {
            let (gram, rest) = load(window, at % BLOCK as u8);
            // The first sieve has tested all four bytes.
            let mut held = Anchor::FOUR | may_hold(hash_sixteen(gram, rest), Anchor::SIXTEEN);
            if lengths & !Anchor::SIXTEEN != 0 {
                held |= may_hold(hash_twelve(gram, rest), Anchor::TWELVE)
                    | may_hold(hash_eight(gram), Anchor::EIGHT)
                    | may_hold(hash_six(gram), Anchor::SIX);
            }
            candidates[count % CHUNK] = Place { at: *at, lengths: lengths & held };
            count += usize::from(lengths & held != 0);
        }
        count
    }

    /// Notes the anchors that stand at a place.
    #[inline(always)]
    fn look_up(&self, window: &[u8; BLOCK + REACH], place: Place, block: usize, hits: &mut Hits<'_>) {
        let (gram, rest) = load(window, place.at);
        let mut lengths = place.lengths;
        while lengths != 0 {
            let (hash, rest) = match lengths & lengths.wrapping_neg() {
                Anchor::SIXTEEN => (hash_sixteen(gram, rest), rest),
                Anchor::TWELVE => (hash_twelve(gram, rest), rest),
                Anchor::EIGHT => (hash_eight(gram), rest),
                Anchor::SIX => (hash_six(gram), gram),
                _ => (hash_four(gram), gram),
            };
            lengths &= lengths - 1;
            self.note(hash, rest, block + usize::from(place.at), hits);
        }
    }

    /// Notes the anchors of this hash whose rest stands here.
    #[inline(always)]
    fn note(&self, hash: u64, rest: u64, at: usize, hits: &mut Hits<'_>) {
        let bucket = hash.checked_shr(self.bucket_shift).unwrap_or(0) as usize;
        let Some([start, end]) = self.matcher.buckets.get(bucket..).and_then(<[[u8; 4]]>::first_chunk) else {
            return;
        };
        let (start, end) = (u32::from_le_bytes(*start) as usize, u32::from_le_bytes(*end) as usize);
        let tag = tag(hash);
        for (chunk, anchors) in self.matcher.anchors.get(start..end).unwrap_or_default().chunks(64).enumerate() {
            let mut fitting = 0_u64;
            for (number, record) in anchors.iter().enumerate() {
                let anchor = Anchor::read(record);
                fitting |= u64::from((anchor.tag == tag) & anchor.fits(rest)) << (number % 64);
            }
            if fitting != 0 {
                hits.make_room();
            }
            while fitting != 0 {
                let number = fitting.trailing_zeros() as usize;
                fitting &= fitting - 1;
                if let Some(record) = anchors.get(number) {
                    hits.push(&Anchor::read(record), start + 64 * chunk + number, at);
                }
            }
        }
    }
}
