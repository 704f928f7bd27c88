//! The scan: which patterns could match, found without trying them.
//!
//! Every pattern has an *anchor*: four to eight bytes of its fixed text that stand at the start of a word, chosen by
//! the compiler to be as rare as possible among all templates. So it is enough to look at the places of the reply
//! where a word starts, about one byte in six. From each, eight bytes are loaded, hashed, and one bit of a 16 KiB bitmap is
//! tested, which stays in the processor's first-level cache; the same with four bytes for the anchors that have no more.
//! Only where a bit is set is a bucket looked at, its anchors compared, and only where one is equal does the
//! pattern's program run. The cost therefore hardly depends on how many rules there are.
//!
//! **Linear for any input.** Each of at most [`LOOK_AT`](crate::LOOK_AT) bytes starts at most one word. A word causes two
//! probes and a bounded number of comparisons, as buckets are short; running the program of a part costs at most its
//! own length plus the runs of its holes. What could be quadratic, searching the text for the parts behind a
//! gap, is paid from a [`Fuel`] that is proportional to the text: where it is used up, templates with gaps stop matching.

use crate::decide::Decision;
use crate::program::{Fuel, Matching};
use crate::tables::{Anchor, BITMAP_LONG_BITS, BITMAP_SHORT_BITS, HASH_LONG, HASH_SHORT, Matcher, Pattern};
use crate::text::{Starts, Text, load};

/// Steps of search for each byte of a text; see [`Fuel`].
const FUEL_PER_BYTE: u32 = 16;
/// Steps of search that even the shortest text may cause.
const FUEL_AT_LEAST: u32 = 1024;

/// Offers every pattern that matches to the decision.
pub(crate) fn scan(matcher: &Matcher<'_>, text: &Text<'_>, decision: &mut Decision<'_>) {
    let mut fuel = Fuel(FUEL_AT_LEAST + FUEL_PER_BYTE * u32::try_from(text.end).unwrap_or(u32::MAX / FUEL_PER_BYTE));
    let long_shift = 64 - matcher.buckets_long.len().ilog2_or_zero();
    let short_shift = 32 - matcher.buckets_short.len().ilog2_or_zero();
    for at in Starts::new(text.starts, 0) {
        let gram = load(text.bytes, at);
        let hash = gram.wrapping_mul(HASH_LONG);
        if bit(matcher.bitmap_long, (hash >> (64 - BITMAP_LONG_BITS)) as usize) {
            let bucket = bucket(matcher.buckets_long, hash.checked_shr(long_shift).unwrap_or(0) as usize);
            visit(matcher, text, matcher.anchors_long.get(bucket), at, gram, decision, &mut fuel);
        }
        let hash = (gram as u32).wrapping_mul(HASH_SHORT);
        if bit(matcher.bitmap_short, (hash >> (32 - BITMAP_SHORT_BITS)) as usize) {
            let bucket = bucket(matcher.buckets_short, hash.checked_shr(short_shift).unwrap_or(0) as usize);
            visit(matcher, text, matcher.anchors_short.get(bucket), at, gram, decision, &mut fuel);
        }
    }
}

trait Log {
    fn ilog2_or_zero(self) -> u32;
}

impl Log for usize {
    /// The number of buckets is a power of two, and the table has one entry more.
    #[inline]
    fn ilog2_or_zero(self) -> u32 {
        self.checked_ilog2().unwrap_or(0)
    }
}

#[inline]
fn bit(bitmap: &[[u8; 8]], index: usize) -> bool {
    bitmap.get(index / 64).is_some_and(|word| u64::from_le_bytes(*word) >> (index % 64) & 1 != 0)
}

#[inline]
fn bucket(buckets: &[[u8; 4]], index: usize) -> core::ops::Range<usize> {
    let start = |at: usize| buckets.get(at).map_or(0, |bytes| u32::from_le_bytes(*bytes) as usize);
    start(index)..start(index + 1)
}

/// Tries the patterns of a bucket whose anchor stands here.
fn visit(
    matcher: &Matcher<'_>,
    text: &Text<'_>,
    anchors: Option<&[[u8; Anchor::SIZE]]>,
    at: usize,
    gram: u64,
    decision: &mut Decision<'_>,
    fuel: &mut Fuel,
) {
    for record in anchors.unwrap_or_default() {
        let anchor = Anchor::read(record);
        let unused = 64 - 8 * u32::from(anchor.length.clamp(1, 8));
        if (gram ^ anchor.gram) << unused != 0 {
            continue;
        }
        let Some(pattern) = matcher.patterns.get(anchor.pattern as usize).map(Pattern::read) else {
            continue;
        };
        if !decision.may_win(anchor.pattern, &pattern, text) {
            continue;
        }
        if let Some(found) = verify(matcher, text, &anchor, &pattern, at, fuel) {
            decision.offer(anchor.pattern, &pattern, found, text);
        }
    }
}

/// Where a pattern matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub start: usize,
    pub end: usize,
}

/// Matches a pattern whose anchor stands at `at`.
fn verify(
    matcher: &Matcher<'_>,
    text: &Text<'_>,
    anchor: &Anchor,
    pattern: &Pattern,
    at: usize,
    fuel: &mut Fuel,
) -> Option<Found> {
    let back = anchor.back as usize;
    let steps = matcher.programs.get(back..back + 2 * usize::from(anchor.back_steps))?;
    let matching = Matching { program: program(matcher, pattern)?, text };
    let piece = at.checked_sub(usize::from(anchor.distance))?;
    if anchor.part == 0 {
        return matching.back(steps, piece, &mut |start| {
            let end = matching.whole(start, &mut (), fuel)?;
            Some(Found { start, end })
        });
    }
    matching.back(steps, piece, &mut |start| matching.part(usize::from(anchor.part), start, &mut ()))?;
    from(&matching, text.inner, fuel).or_else(|| from(&matching, 0, fuel))
}

/// The first match at or behind a place.
fn from(matching: &Matching<'_, '_>, place: usize, fuel: &mut Fuel) -> Option<Found> {
    let start = matching.search(0, place, fuel)?;
    let end = matching.whole(start, &mut (), fuel)?;
    Some(Found { start, end })
}

/// The bytes of a pattern's program.
pub(crate) fn program<'a>(matcher: &Matcher<'a>, pattern: &Pattern) -> Option<&'a [u8]> {
    let start = pattern.program as usize;
    matcher.programs.get(start..start + usize::from(pattern.program_length))
}
