//! Which part of each template the scan looks for.
//!
//! A template can be found by any of its words; the one that the fewest templates share is the one to look for, so that
//! a reply leads to few patterns.

use super::{Sections, TooLarge, Writer};
use crate::catalogue::Requirement;
use crate::lower::{Meaning, Pattern, PatternMatcher};
use crate::template::{ANCHOR_LONGEST, AnchorPlace};
use rules_runtime::container::Section;
use rules_runtime::tables::{Anchor, Posting, Route, hash_eight, hash_four, hash_sixteen};
use std::collections::BTreeMap;

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
        texts.extend(sets.iter().flatten().map(|place| (place.text.clone(), *number)));
    }
    texts.sort();
    texts.dedup();
    // In how many templates an anchor stands, nearly: a template with two texts that start alike counts twice.
    let shared = |anchor: &[u8]| {
        let start = texts.partition_point(|(text, _)| text.as_slice() < anchor);
        texts[start..].partition_point(|(text, _)| text.starts_with(anchor))
    };
    // A short anchor is met more often than the templates tell: many other words start like it.
    let cost = |set: &&Vec<AnchorPlace>| -> usize {
        let place = |place: &AnchorPlace| 1 + 4 * shared(&place.text) + 4 * (ANCHOR_LONGEST - place.text.len());
        set.iter().map(place).sum()
    };
    let mut anchors: BTreeMap<(Vec<u8>, bool), Vec<Posting>> = BTreeMap::new();
    let mut routes = Routes::default();
    for (number, sets) in &candidates {
        let pattern = &patterns[*number];
        let marker = matches!(pattern.meaning, Meaning::Marker(_));
        // `check` has refused templates without an anchor.
        for place in sets.iter().min_by_key(cost).into_iter().flatten() {
            let pattern_number = below_limit(*number, "the templates")?;
            let route = routes.add(route(*number, place, writer)?);
            let posting = Posting { pattern: pattern_number, flags: flags(pattern), route };
            anchors.entry((place.text.clone(), marker)).or_default().push(posting);
        }
    }
    let mut lists: [Vec<Anchor>; 3] = Default::default();
    let mut postings = Vec::new();
    for ((text, marker), mut of_anchor) in anchors {
        of_anchor.sort_by_key(|posting| (posting.pattern, posting.route));
        if let Some(last) = of_anchor.last_mut() {
            last.flags |= Posting::LAST;
        }
        let posting = below_limit(postings.len(), "the places where templates are looked for")?;
        postings.extend(of_anchor);
        let list = match text.len() {
            16.. => 0,
            8.. => 1,
            _ => 2,
        };
        lists[list].push(anchor(&text, posting, marker));
    }
    let [sixteen, eight, four] = lists;
    write(sixteen, sections, [Section::BitmapSixteen, Section::BucketsSixteen, Section::AnchorsSixteen], |anchor| {
        hash_sixteen(anchor.gram, anchor.tail)
    });
    write(eight, sections, [Section::BitmapEight, Section::BucketsEight, Section::AnchorsEight], |anchor| {
        hash_eight(anchor.gram)
    });
    write(four, sections, [Section::BitmapFour, Section::BucketsFour, Section::AnchorsFour], |anchor| {
        hash_four(anchor.gram)
    });
    sections.records(Section::Postings, postings.iter().map(Posting::write));
    sections.records(Section::Routes, routes.all.iter().map(Route::write));
    Ok(())
}

fn flags(pattern: &Pattern) -> u8 {
    let mx = pattern.requires.contains(&Requirement::Mx) && !pattern.requires.contains(&Requirement::Marker);
    if mx { Posting::REQUIRES_MX } else { 0 }
}

fn below_limit(number: usize, what: &'static str) -> Result<u32, TooLarge> {
    let small = u32::try_from(number).ok().filter(|number| *number < Posting::LIMIT);
    small.ok_or(TooLarge { what, rule: None, limit: Posting::LIMIT as usize })
}

fn anchor(text: &[u8], posting: u32, marker: bool) -> Anchor {
    let mut bytes = [0; ANCHOR_LONGEST];
    bytes[..text.len()].copy_from_slice(text);
    let bytes = u128::from_le_bytes(bytes);
    let length = u8::try_from(text.len()).unwrap_or(u8::MAX);
    Anchor { gram: bytes as u64, tail: (bytes >> 64) as u64, posting, length, marker: u8::from(marker) }
}

/// The way back from an anchor to the start of its part.
fn route(number: usize, place: &AnchorPlace, writer: &mut Writer) -> Result<Route, TooLarge> {
    let starts = &writer.items[number];
    // The pieces between the anchor's and the start of the part, the nearest first.
    let back: Vec<u8> = starts[place.part..place.item].iter().rev().flat_map(|start| start.to_le_bytes()).collect();
    let part = starts[place.part];
    let large = TooLarge { what: "the bytes of all templates", rule: None, limit: u32::MAX as usize };
    Ok(Route {
        distance: u16::try_from(place.offset).unwrap_or(u16::MAX),
        part,
        steps: u8::try_from(back.len() / 2).unwrap_or(u8::MAX),
        back: u32::try_from(writer.programs.add(&back)).map_err(|_| large)?,
    })
}

/// Routes, each once.
#[derive(Default)]
struct Routes {
    all: Vec<Route>,
    numbers: BTreeMap<[u8; Route::SIZE], u32>,
}

impl Routes {
    fn add(&mut self, route: Route) -> u32 {
        *self.numbers.entry(route.write()).or_insert_with(|| {
            self.all.push(route);
            u32::try_from(self.all.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

/// Bits of a bitmap for each anchor: one in eight is set, so that few words that start no anchor pass.
const BITS_EACH: usize = 8;

/// Writes anchors by hash, where each hash's anchors start, and the bitmap of all hashes.
fn write(anchors: Vec<Anchor>, sections: &mut Sections, into: [Section; 3], hash: impl Fn(&Anchor) -> u64) {
    let bits = anchors.len().next_power_of_two().ilog2();
    let bitmap_bits = (anchors.len() * BITS_EACH).next_power_of_two().ilog2().max(12);
    let mut buckets: Vec<Vec<Anchor>> = vec![Vec::new(); 1 << bits];
    let mut bitmap = vec![0_u64; 1 << (bitmap_bits - 6)];
    for anchor in anchors {
        let hash = hash(&anchor);
        let bit = (hash >> (64 - bitmap_bits)) as usize;
        bitmap[bit / 64] |= 1 << (bit % 64);
        buckets[hash.checked_shr(64 - bits).unwrap_or(0) as usize].push(anchor);
    }
    let mut start: u32 = 0;
    let mut starts = vec![start];
    for bucket in &buckets {
        start += u32::try_from(bucket.len()).unwrap_or(u32::MAX);
        starts.push(start);
    }
    let [bitmap_section, buckets_section, anchors_section] = into;
    sections.records(anchors_section, buckets.iter().flatten().map(Anchor::write));
    sections.records(buckets_section, starts.into_iter().map(u32::to_le_bytes));
    sections.records(bitmap_section, bitmap.into_iter().map(u64::to_le_bytes));
}
