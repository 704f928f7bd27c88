//! The scan: which patterns could match, found without trying them.
//!
//! Every pattern has an *anchor*: four to sixteen bytes of its fixed text from the start of a word, chosen by the
//! compiler to be as rare as possible among all templates. So it is enough to look at the places of the reply where
//! a word starts, about one byte in six. From each, eight bytes are loaded, hashed, and one bit of a 16 KiB bitmap is
//! tested, which stays in the processor's first-level cache; the same with four bytes for the anchors that have no more.
//! Only where a bit is set is a bucket looked at, and only an anchor that stands there in full is a *hit*: its
//! pattern is worth trying. The cost therefore hardly depends on how many rules there are.
//!
//! **Linear for any input.** Each of at most [`LOOK_AT`](crate::LOOK_AT) bytes starts at most one word; a word causes two
//! probes and a few comparisons, as buckets are short. Hits beyond the room for them are dropped, so that a bounded
//! number of patterns is tried (see [`crate::decide`]); trying one costs at most the length of its template plus the runs
//! of its holes. What could be quadratic, searching the text for the parts behind a gap, is paid from a
//! [`Fuel`](crate::program::Fuel) proportional to the text: where it is used up, templates with gaps stop matching.

use crate::tables::{Anchor, BITMAP_LONG_BITS, BITMAP_SHORT_BITS, HASH_LONG, HASH_SHORT, Matcher};
use crate::text::{Starts, Text, load};
use core::ops::Range;

/// An anchor that stands in the text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hit {
    /// Hits are tried in this order: by pattern, then by place.
    order: u64,
    /// The anchor's number: the long ones first, then the short ones.
    pub anchor: u32,
}

impl Hit {
    fn new(pattern: u32, anchor: usize, at: usize) -> Self {
        Self { order: u64::from(pattern) << 16 | at as u64 & 0xFFFF, anchor: anchor as u32 }
    }

    /// Hits are tried in this order: by pattern, then by place.
    #[inline]
    pub fn order(&self) -> u64 {
        self.order
    }

    /// The pattern the anchor belongs to.
    #[inline]
    pub fn pattern(&self) -> u32 {
        (self.order >> 16) as u32
    }

    /// Where the anchor stands.
    #[inline]
    pub fn at(&self) -> usize {
        (self.order & 0xFFFF) as usize
    }
}

/// How many hits of markers are kept.
const MARKERS: usize = 8;

/// Room for hits.
pub(crate) struct Hits<'h> {
    room: &'h mut [Hit],
    count: usize,
    markers: [Hit; MARKERS],
    marker_count: usize,
    /// Whether the remote host is known to be a provider's.
    with_mx: bool,
}

impl<'h> Hits<'h> {
    pub fn new(room: &'h mut [Hit], with_mx: bool) -> Self {
        Self { room, count: 0, markers: [Hit::default(); MARKERS], marker_count: 0, with_mx }
    }

    #[inline]
    fn push(&mut self, hit: Hit, flags: u8) {
        let (room, count) = match flags {
            Anchor::MARKER => (&mut self.markers[..], &mut self.marker_count),
            Anchor::REQUIRES_MX if !self.with_mx => return,
            _ => (&mut *self.room, &mut self.count),
        };
        if let Some(free) = room.get_mut(*count) {
            *free = hit;
            *count += 1;
        }
    }

    /// The hits of rules' templates, in the order of the text.
    pub fn of_rules(&mut self) -> &mut [Hit] {
        self.room.get_mut(..self.count).unwrap_or_default()
    }

    /// The hits of markers, in the order of the text.
    pub fn of_markers(&self) -> &[Hit] {
        self.markers.get(..self.marker_count).unwrap_or_default()
    }
}

/// Notes every anchor that stands in the text.
pub(crate) fn scan(matcher: &Matcher<'_>, text: &Text<'_>, hits: &mut Hits<'_>) {
    let long_shift = shift(matcher.buckets_long);
    let short_shift = shift(matcher.buckets_short);
    for at in Starts::new(text.starts, 0) {
        let gram = load(text.bytes, at);
        let hash = gram.wrapping_mul(HASH_LONG);
        let bit = (hash >> (64 - BITMAP_LONG_BITS)) as usize;
        if word(matcher.bitmap_long, bit) & 1 << (bit % 64) != 0 {
            note_long(matcher, bucket(matcher.buckets_long, hash, long_shift), text, at, gram, hits);
        }
        let hash = u64::from((gram as u32).wrapping_mul(HASH_SHORT)) << 32;
        let bit = (hash >> (64 - BITMAP_SHORT_BITS)) as usize;
        if word(matcher.bitmap_short, bit) & 1 << (bit % 64) != 0 {
            note_short(matcher, bucket(matcher.buckets_short, hash, short_shift), at, gram, hits);
        }
    }
}

/// By how much a hash is shifted to tell its bucket: there is a power of two of them, and one entry more.
#[inline]
fn shift(buckets: &[[u8; 4]]) -> u32 {
    64_u32.wrapping_sub(buckets.len().checked_ilog2().unwrap_or(1))
}

#[inline]
fn word<const N: usize>(bitmap: &[[u8; 8]; N], bit: usize) -> u64 {
    bitmap.get(bit / 64).map_or(0, |word| u64::from_le_bytes(*word))
}

#[inline]
fn bucket(buckets: &[[u8; 4]], hash: u64, shift: u32) -> Range<usize> {
    let index = hash.checked_shr(shift).unwrap_or(0) as usize;
    match buckets.get(index..).and_then(<[[u8; 4]]>::first_chunk) {
        Some([start, end]) => u32::from_le_bytes(*start) as usize..u32::from_le_bytes(*end) as usize,
        None => 0..0,
    }
}

/// Notes the long anchors of a bucket that stand here in full.
#[inline(never)]
fn note_long(matcher: &Matcher<'_>, bucket: Range<usize>, text: &Text<'_>, at: usize, gram: u64, hits: &mut Hits<'_>) {
    let tail = load(text.bytes, at + 8);
    let first = bucket.start;
    for (offset, record) in matcher.anchors_long.get(bucket).unwrap_or_default().iter().enumerate() {
        let anchor = Anchor::read(record);
        if gram == anchor.gram && (tail ^ anchor.tail) & FIRST[usize::from(anchor.length & 15)] == 0 {
            hits.push(Hit::new(anchor.pattern, first + offset, at), anchor.flags);
        }
    }
}

/// Notes the short anchors of a bucket that stand here.
#[inline(never)]
fn note_short(matcher: &Matcher<'_>, bucket: Range<usize>, at: usize, gram: u64, hits: &mut Hits<'_>) {
    let first = matcher.anchors_long.len() + bucket.start;
    for (offset, record) in matcher.anchors_short.get(bucket).unwrap_or_default().iter().enumerate() {
        let anchor = Anchor::read(record);
        if (gram ^ anchor.gram) & FIRST[usize::from(anchor.length & 7) + 8] == 0 {
            hits.push(Hit::new(anchor.pattern, first + offset, at), anchor.flags);
        }
    }
}

/// A mask of the first bytes of eight, for each number of bytes above eight; the first is for sixteen.
static FIRST: [u64; 16] = {
    let mut masks = [0; 16];
    masks[0] = !0;
    let mut length = 9;
    while length < 16 {
        masks[length] = !0 >> (128 - 8 * length);
        length += 1;
    }
    masks
};
