//! Which part of each template the scan looks for.
//!
//! A template can be found by any of its words; the one that the fewest templates share is the one to look for, so that
//! a reply leads to few patterns.

use super::{Sections, TooLarge, Writer};
use crate::catalogue::Requirement;
use crate::lower::{Meaning, Pattern, PatternMatcher};
use crate::template::{ANCHOR_MAX, ANCHOR_MIN, AnchorPlace};
use rules_runtime::container::Section;
use rules_runtime::tables::{Anchor, BITMAP_LONG_BITS, BITMAP_SHORT_BITS, HASH_LONG, HASH_SHORT};

/// What a short anchor costs besides: there are fewer buckets for them.
const SHORT_COSTS: usize = 8;

/// Chooses anchors for every pattern with text, and writes the index over them.
pub fn index(patterns: &[Pattern], writer: &mut Writer, sections: &mut Sections) -> Result<(), TooLarge> {
    let candidates: Vec<(usize, Vec<Vec<AnchorPlace>>)> = patterns
        .iter()
        .enumerate()
        .filter_map(|(number, pattern)| match &pattern.matcher {
            PatternMatcher::Template { template, .. } => Some((number, template.anchors())),
            PatternMatcher::Textless => None,
        })
        .collect();
    let mut texts: Vec<(Vec<u8>, usize)> = Vec::new();
    for (number, sets) in &candidates {
        texts.extend(sets.iter().flatten().map(|place| (place.text(), *number)));
    }
    texts.sort();
    texts.dedup();
    // In how many templates an anchor stands, nearly: a template with two texts that start alike counts twice.
    let shared = |anchor: &[u8]| {
        let start = texts.partition_point(|(text, _)| text.as_slice() < anchor);
        texts[start..].partition_point(|(text, _)| text.starts_with(anchor))
    };
    let cost = |set: &&Vec<AnchorPlace>| -> usize {
        let place = |place: &AnchorPlace| {
            let bucket =
                if place.bytes.len() < ANCHOR_MAX { SHORT_COSTS + shared(&place.bytes[..ANCHOR_MIN]) } else { 0 };
            bucket + 4 * shared(&place.text()) + 2 * shared(&place.bytes) + 2
        };
        set.iter().map(place).sum()
    };
    let mut long = Vec::new();
    let mut short = Vec::new();
    for (number, sets) in &candidates {
        // `check` has refused templates without an anchor.
        for place in sets.iter().min_by_key(cost).into_iter().flatten() {
            let anchor = Anchor { flags: flags(&patterns[*number]), ..anchor(*number, place, writer)? };
            if place.bytes.len() == ANCHOR_MAX { long.push(anchor) } else { short.push(anchor) }
        }
    }
    write(
        long,
        sections,
        [Section::AnchorsLong, Section::BucketsLong, Section::BitmapLong],
        BITMAP_LONG_BITS,
        |anchor| anchor.gram.wrapping_mul(HASH_LONG),
    );
    write(
        short,
        sections,
        [Section::AnchorsShort, Section::BucketsShort, Section::BitmapShort],
        BITMAP_SHORT_BITS,
        |anchor| u64::from((anchor.gram as u32).wrapping_mul(HASH_SHORT)) << 32,
    );
    Ok(())
}

fn flags(pattern: &Pattern) -> u8 {
    let marker = matches!(pattern.meaning, Meaning::Marker(_));
    let mx = pattern.requires.contains(&Requirement::Mx) && !pattern.requires.contains(&Requirement::Marker);
    (if marker { Anchor::MARKER } else { 0 }) | (if mx { Anchor::REQUIRES_MX } else { 0 })
}

fn anchor(number: usize, place: &AnchorPlace, writer: &mut Writer) -> Result<Anchor, TooLarge> {
    let mut gram = [0; ANCHOR_MAX];
    gram[..place.bytes.len()].copy_from_slice(&place.bytes);
    let mut tail = [0; ANCHOR_MAX];
    tail[..place.tail.len()].copy_from_slice(&place.tail);
    let starts = &writer.items[number];
    // The pieces between the anchor's and the start of the part, the nearest first.
    let back: Vec<u8> = starts[place.part..place.item].iter().rev().flat_map(|start| start.to_le_bytes()).collect();
    let part = starts[place.part];
    let large = |what| TooLarge { what, rule: None, limit: u32::MAX as usize };
    Ok(Anchor {
        gram: u64::from_le_bytes(gram),
        tail: u64::from_le_bytes(tail),
        pattern: u32::try_from(number).map_err(|_| large("the templates"))?,
        distance: u16::try_from(place.offset).unwrap_or(u16::MAX),
        part,
        back: u32::try_from(writer.programs.add(&back)).map_err(|_| large("the bytes of all templates"))?,
        back_steps: u8::try_from(back.len() / 2).unwrap_or(u8::MAX),
        length: u8::try_from(place.bytes.len() + place.tail.len()).unwrap_or(u8::MAX),
        flags: 0,
    })
}

/// Writes anchors by hash, where each hash's anchors start, and the bitmap of all hashes.
fn write(
    anchors: Vec<Anchor>,
    sections: &mut Sections,
    into: [Section; 3],
    bitmap_bits: u32,
    hash: impl Fn(&Anchor) -> u64,
) {
    let bits = (anchors.len() * 2).next_power_of_two().ilog2().max(1);
    let mut buckets: Vec<Vec<Anchor>> = vec![Vec::new(); 1 << bits];
    let mut bitmap = vec![0_u64; 1 << (bitmap_bits - 6)];
    for anchor in anchors {
        let hash = hash(&anchor);
        let bit = (hash >> (64 - bitmap_bits)) as usize;
        bitmap[bit / 64] |= 1 << (bit % 64);
        buckets[(hash >> (64 - bits)) as usize].push(anchor);
    }
    let mut start: u32 = 0;
    let mut starts = vec![start];
    for bucket in &buckets {
        start += u32::try_from(bucket.len()).unwrap_or(u32::MAX);
        starts.push(start);
    }
    let [anchors_section, buckets_section, bitmap_section] = into;
    sections.records(anchors_section, buckets.iter().flatten().map(Anchor::write));
    sections.records(buckets_section, starts.into_iter().map(u32::to_le_bytes));
    sections.records(bitmap_section, bitmap.into_iter().map(u64::to_le_bytes));
}
