//! The anchors that stand in a text, and in which order their patterns are tried.
//!
//! An anchor leads to several patterns, the strongest first. Only its strongest is kept, and the next takes its
//! place when that one has been tried: so a hit costs the same however many templates share its words.

use crate::tables::{Anchor, Matcher, Other};

/// A pattern that may stand in the text. Hits are ordered by pattern, then by place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit(u64);

impl Hit {
    /// `number` is that of the anchor, or of one of its other patterns, which are numbered behind all anchors.
    #[inline]
    fn of(pattern: u32, number: usize, at: usize) -> Self {
        Self(u64::from(pattern) << 40 | (at as u64 & 0xFFFF) << 24 | number as u64)
    }

    /// The next pattern of the same anchor.
    pub fn next(self, matcher: &Matcher<'_>) -> Option<Self> {
        let anchors = matcher.anchors.len();
        let other = match self.number().checked_sub(anchors) {
            Some(other) if Other::read(matcher.others.get(other)?).last != 0 => return None,
            Some(other) => other + 1,
            None => {
                let [start, end] = matcher.others_of.get(self.number()..)?.first_chunk()?;
                (start != end).then_some(u32::from_le_bytes(*start) as usize)?
            }
        };
        let pattern = Other::read(matcher.others.get(other)?).pattern;
        Some(Self::of(pattern, anchors + other, self.at()))
    }

    /// The way back to the template's start.
    pub fn route(self, matcher: &Matcher<'_>) -> Option<u16> {
        match matcher.anchors.get(self.number()) {
            Some(anchor) => Some(Anchor::read(anchor).route),
            None => Some(Other::read(matcher.others.get(self.number() - matcher.anchors.len())?).route),
        }
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

    #[inline]
    fn number(self) -> usize {
        (self.0 & 0xFF_FFFF) as usize
    }
}

/// How many hits of markers are kept.
pub(crate) const MARKERS: usize = 8;

/// Room for hits that is made when the first is noted, as most texts of most catalogues have none.
pub(crate) trait Room {
    fn make(&mut self) -> &mut [Hit];
}

impl<const N: usize> Room for Option<[Hit; N]> {
    #[inline(never)]
    fn make(&mut self) -> &mut [Hit] {
        *self = Some([Hit::default(); N]);
        self.as_mut().map_or(&mut [], |hits| hits)
    }
}

/// Hits, which are taken in order.
pub(crate) struct Hits<'h> {
    room: &'h mut [Hit],
    unmade: Option<&'h mut dyn Room>,
    count: usize,
    taken: Taken,
    /// The flags of anchors that do not count.
    ignored: u8,
    /// The flags of all anchors that were noted.
    flags: u8,
}

/// How far the hits are in order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// Not at all.
    None,
    /// They are sorted, the first at the end.
    Few,
    /// They are a heap, the first in front.
    Many,
}

impl<'h> Hits<'h> {
    /// Whether the remote host is known to be a provider's decides about patterns that are nothing without it.
    pub fn new(room: &'h mut dyn Room, with_mx: bool) -> Self {
        let ignored = if with_mx { 0 } else { Anchor::REQUIRES_MX };
        Self { room: &mut [], unmade: Some(room), count: 0, taken: Taken::None, ignored, flags: 0 }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// To be called before an anchor is noted.
    #[inline(always)]
    pub fn make_room(&mut self) {
        if self.room.is_empty() {
            self.make();
        }
    }

    #[cold]
    #[inline(never)]
    fn make(&mut self) {
        if let Some(room) = self.unmade.take() {
            self.room = room.make();
        }
    }

    /// Notes an anchor at a place.
    #[inline(always)]
    pub fn push(&mut self, anchor: &Anchor, number: usize, at: usize) {
        if !anchor.is(self.ignored)
            && let Some(free) = self.room.get_mut(self.count)
        {
            *free = Hit::of(anchor.pattern, number, at);
            self.count += 1;
            self.flags |= anchor.kept_and_flags;
        }
    }

    /// Whether there are hits of markers.
    pub fn have_markers(&self) -> bool {
        self.flags & Anchor::MARKER != 0
    }

    /// Whether there are hits of patterns that beat a quoted reply.
    pub fn are_over_quoted(&self) -> bool {
        self.flags & Anchor::OVER_QUOTED != 0
    }

    /// Takes the hits of markers from the others, the first in the text first. Of more than there is room for, the
    /// last are dropped.
    pub fn take_markers(&mut self, matcher: &Matcher<'_>) -> ([Hit; MARKERS], usize) {
        let (mut markers, mut taken) = ([Hit::default(); MARKERS], 0);
        let mut kept = 0;
        for at in 0..self.count {
            let Some(hit) = self.room.get(at).copied() else { break };
            let anchor = matcher.anchors.get(hit.number()).map(Anchor::read);
            let marker = anchor.is_some_and(|anchor| anchor.is(Anchor::MARKER));
            let (to, end) =
                if marker { (markers.get_mut(taken), &mut taken) } else { (self.room.get_mut(kept), &mut kept) };
            if let Some(to) = to {
                *to = hit;
                *end += 1;
            }
        }
        self.count = kept;
        (markers, taken)
    }

    /// The first hit that was not yet taken. A few hits are sorted; many are a heap, so that each costs little.
    pub fn next(&mut self, matcher: &Matcher<'_>) -> Option<Hit> {
        let hits = self.room.get_mut(..self.count)?;
        match self.taken {
            Taken::None if hits.len() <= FEW => {
                self.taken = Taken::Few;
                for end in 2..=hits.len() {
                    settle(hits.get_mut(..end)?);
                }
                hits.last().copied()
            }
            Taken::None => {
                self.taken = Taken::Many;
                for at in (0..=hits.len() / 2).rev() {
                    sift(hits, at);
                }
                hits.first().copied()
            }
            Taken::Few => {
                let (taken, rest) = hits.split_last_mut()?;
                let Some(next) = taken.next(matcher) else {
                    self.count -= 1;
                    return rest.last().copied();
                };
                *taken = next;
                settle(hits);
                hits.last().copied()
            }
            Taken::Many => {
                match hits.first()?.next(matcher) {
                    Some(next) => *hits.first_mut()? = next,
                    None => {
                        self.count -= 1;
                        hits.swap(0, self.count);
                    }
                }
                let hits = hits.get_mut(..self.count)?;
                sift(hits, 0);
                hits.first().copied()
            }
        }
    }
}

/// How many hits are a few.
const FEW: usize = 24;

/// Moves the last hit to its place among the others, which are sorted, the first at the end.
fn settle(hits: &mut [Hit]) {
    let mut rest = hits;
    while let [.., before, last] = rest {
        if *before >= *last {
            return;
        }
        core::mem::swap(before, last);
        let Some((_, others)) = rest.split_last_mut() else { return };
        rest = others;
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
