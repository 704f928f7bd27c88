//! The anchors that stand in a text, and in which order their patterns are tried.
//!
//! An anchor leads to several patterns, the strongest first. Only its strongest is kept, and the next takes its
//! place when that one has been tried: so a hit costs the same however many templates share its words.

use crate::tables::{Anchor, Posting};

/// A pattern that may stand in the text. Hits are ordered by pattern, then by place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit(u64);

impl Hit {
    /// The first pattern at or behind a posting that the evidence allows.
    fn from(postings: &[[u8; Posting::SIZE]], mut number: usize, at: usize, with_mx: bool) -> Option<Self> {
        loop {
            let posting = Posting::read(postings.get(number)?);
            if with_mx || posting.flags & Posting::REQUIRES_MX == 0 {
                return Some(Self(u64::from(posting.pattern) << 40 | (at as u64 & 0xFFFF) << 24 | number as u64));
            }
            if posting.flags & Posting::LAST != 0 {
                return None;
            }
            number += 1;
        }
    }

    /// The next pattern of the same anchor.
    pub fn next(self, postings: &[[u8; Posting::SIZE]], with_mx: bool) -> Option<Self> {
        let last = Posting::read(postings.get(self.posting())?).flags & Posting::LAST != 0;
        if last { None } else { Self::from(postings, self.posting() + 1, self.at(), with_mx) }
    }

    /// The pattern.
    #[inline]
    pub fn pattern(self) -> u32 {
        (self.0 >> 40) as u32
    }

    /// Where the anchor stands.
    #[inline]
    pub fn at(self) -> usize {
        (self.0 >> 24 & 0xFFFF) as usize
    }

    /// The posting that led to the pattern.
    #[inline]
    pub fn posting(self) -> usize {
        (self.0 & 0xFF_FFFF) as usize
    }
}

/// How many hits of markers are kept.
const MARKERS: usize = 8;

/// Room for hits, from which they are taken in order.
pub(crate) struct Hits<'h> {
    room: &'h mut [Hit],
    count: usize,
    taken: Taken,
    markers: [Hit; MARKERS],
    marker_count: usize,
    /// Whether the remote host is known to be a provider's.
    with_mx: bool,
}

/// How far the hits are in order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// Not at all.
    None,
    /// The first stands in front.
    One,
    /// They are a heap.
    More,
}

impl<'h> Hits<'h> {
    pub fn new(room: &'h mut [Hit], with_mx: bool) -> Self {
        Self { room, count: 0, taken: Taken::None, markers: [Hit::default(); MARKERS], marker_count: 0, with_mx }
    }

    /// Notes an anchor that stands at a place.
    #[inline]
    pub fn push(&mut self, postings: &[[u8; Posting::SIZE]], anchor: &Anchor, at: usize) {
        let Some(hit) = Hit::from(postings, anchor.posting as usize, at, self.with_mx) else {
            return;
        };
        let (room, count) = match anchor.is_marker() {
            false => (&mut *self.room, &mut self.count),
            true => (&mut self.markers[..], &mut self.marker_count),
        };
        if let Some(free) = room.get_mut(*count) {
            *free = hit;
            *count += 1;
        }
    }

    /// The hits of markers, in the order of the text.
    pub fn of_markers(&self) -> &[Hit] {
        self.markers.get(..self.marker_count).unwrap_or_default()
    }

    /// The first hit that was not yet taken. Often the first of all is the only one asked for, so the others are put in
    /// order only when a second is.
    pub fn next(&mut self, postings: &[[u8; Posting::SIZE]]) -> Option<Hit> {
        if self.taken == Taken::None {
            self.taken = Taken::One;
            let hits = self.room.get_mut(..self.count)?;
            let (at, _) = hits.iter().enumerate().min_by_key(|(_, hit)| **hit)?;
            hits.swap(0, at);
            return hits.first().copied();
        }
        let first = self.room.first_mut()?;
        match first.next(postings, self.with_mx) {
            Some(next) => *first = next,
            None => {
                self.count = self.count.checked_sub(1)?;
                self.room.swap(0, self.count);
            }
        }
        let hits = self.room.get_mut(..self.count)?;
        let unordered = if self.taken == Taken::One { hits.len() / 2 } else { 0 };
        self.taken = Taken::More;
        for at in (0..=unordered).rev() {
            sift(hits, at);
        }
        hits.first().copied()
    }
}

/// Moves a hit down the heap to its place.
fn sift(hits: &mut [Hit], mut at: usize) {
    while let Some(left) = hits.get(2 * at + 1) {
        let right = hits.get(2 * at + 2).filter(|right| *right < left);
        let child = 2 * at + 1 + usize::from(right.is_some());
        if hits.get(at) <= hits.get(child) {
            return;
        }
        hits.swap(at, child);
        at = child;
    }
}
