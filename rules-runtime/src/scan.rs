//! The scan: which patterns could match, found without trying them.
//!
//! Every pattern has an *anchor*: four to sixteen bytes of its fixed text from the start of a word, chosen by the
//! compiler to be as rare as possible among all templates. So it is enough to look at the places of the reply where
//! a word starts, about one byte in six. From each, sixteen bytes are loaded; hashes of the first four, the first eight and
//! all sixteen each test one bit of a bitmap that stays in the processor's first-level cache. Only where a bit is set is a
//! bucket looked at, and only an anchor whose check value is that of the bytes in the reply is a *hit*; trying its pattern compares them all. The cost therefore hardly depends on how
//! many rules there are.
//!
//! **Linear for any input.** Each of at most [`LOOK_AT`](crate::LOOK_AT) bytes starts at most one word; a word causes three
//! probes and a few comparisons, as buckets are short. Hits beyond the room for them are dropped. What follows, trying
//! patterns, is paid from a [`Fuel`](crate::program::Fuel) proportional to the text: where it is used up, no more
//! patterns match, and the codes decide.

use crate::hits::Hits;
use crate::tables::{Anchor, Matcher, check, hash_eight, hash_four, hash_sixteen, hash_twelve, tag};
use crate::text::{Starts, Text};

/// Notes every anchor that stands in the text.
pub(crate) fn scan(matcher: &Matcher<'_>, text: &Text<'_>, hits: &mut Hits<'_>) {
    let probe = Probe::of(matcher);
    for at in Starts::new(text.starts, 0) {
        let Some(word) = text.bytes.get(at..).and_then(<[u8]>::first_chunk::<16>) else {
            return;
        };
        let word = u128::from_le_bytes(*word);
        let (gram, tail) = (word as u64, (word >> 64) as u64);
        for hash in [hash_sixteen(gram, tail), hash_twelve(gram, tail), hash_eight(gram), hash_four(gram)] {
            if probe.may_hold(hash) {
                probe.note(hash, word, at, hits);
            }
        }
    }
}

/// The anchors, and how far a hash is shifted to become a place among them.
struct Probe<'m, 't> {
    matcher: &'m Matcher<'t>,
    bitmap_shift: u32,
    bucket_shift: u32,
}

impl<'m, 't> Probe<'m, 't> {
    fn of(matcher: &'m Matcher<'t>) -> Self {
        let bits = |records: usize| records.checked_ilog2().unwrap_or(0);
        Self {
            matcher,
            bitmap_shift: 58_u32.saturating_sub(bits(matcher.bitmap.len())),
            // There is one bucket more than there are hashes.
            bucket_shift: 64_u32.saturating_sub(bits(matcher.buckets.len().saturating_sub(1))),
        }
    }

    /// Whether an anchor may have this hash: hardly ever where none has.
    #[inline(always)]
    fn may_hold(&self, hash: u64) -> bool {
        let bit = hash >> (self.bitmap_shift & 63);
        match self.matcher.bitmap.get((bit >> 6) as usize) {
            Some(word) => u64::from_le_bytes(*word) >> (bit & 63) & 1 != 0,
            None => false,
        }
    }

    /// Notes the anchors of this hash that stand here.
    #[inline(never)]
    fn note(&self, hash: u64, word: u128, at: usize, hits: &mut Hits<'_>) {
        let bucket = hash.checked_shr(self.bucket_shift).unwrap_or(0) as usize;
        let Some([start, end]) = self.matcher.buckets.get(bucket..).and_then(<[[u8; 4]]>::first_chunk) else {
            return;
        };
        let (start, end) = (u32::from_le_bytes(*start) as usize, u32::from_le_bytes(*end) as usize);
        let tag = tag(hash);
        for record in self.matcher.anchors.get(start..end).unwrap_or_default() {
            let anchor = Anchor::read(record);
            if anchor.tag == tag && anchor.check == check(word, anchor.length()) {
                hits.push(self.matcher.postings, &anchor, at);
            }
        }
    }
}
