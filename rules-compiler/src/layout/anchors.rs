//! Which part of each template the scan looks for.
//!
//! A template can be found by any of its words; the one that the fewest templates share is the one to look for, so that
//! a reply leads to few patterns.

use super::{Sections, TooLarge, Writer};
use crate::catalogue::Requirement;
use crate::lower::{Meaning, Pattern, PatternMatcher};
use crate::template::{ANCHOR_LONGEST, AnchorPlace};
use rules_runtime::container::Section;
use rules_runtime::tables::{Anchor, Posting, Route, check, hash_eight, hash_four, hash_sixteen, hash_twelve, tag};
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
        let place = |place: &AnchorPlace| {
            // From behind a gap, the whole template must be looked for.
            let behind_gap = if place.part > 0 { 16 } else { 0 };
            1 + 4 * shared(&place.text) + 4 * (ANCHOR_LONGEST - place.text.len()) + behind_gap
        };
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
    let mut all = Vec::new();
    let mut postings = Vec::new();
    for ((text, marker), mut of_anchor) in anchors {
        of_anchor.sort_by_key(|posting| (posting.pattern, posting.route));
        if let Some(last) = of_anchor.last_mut() {
            last.flags |= Posting::LAST;
        }
        let posting = below_limit(postings.len(), "the places where templates are looked for")?;
        postings.extend(of_anchor);
        all.push(anchor(&text, posting, marker));
    }
    write(all, sections);
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

/// An anchor, and the hash that it is found by.
fn anchor(text: &[u8], posting: u32, marker: bool) -> (u64, Anchor) {
    let mut bytes = [0; ANCHOR_LONGEST];
    bytes[..text.len()].copy_from_slice(text);
    let word = u128::from_le_bytes(bytes);
    let length = u8::try_from(text.len()).unwrap_or(u8::MAX);
    let gram = word as u64;
    let hash = match length {
        16.. => hash_sixteen(gram, (word >> 64) as u64),
        12.. => hash_twelve(gram, (word >> 64) as u64),
        8.. => hash_eight(gram),
        _ => hash_four(gram),
    };
    let length_and_marker = if marker { length | Anchor::MARKER } else { length };
    (hash, Anchor { tag: tag(hash), check: check(word, length), posting, length_and_marker })
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

/// Bits of the bitmap for each anchor: so few are set that hardly any word passes that starts no anchor.
const BITS_EACH: usize = 16;

/// Writes anchors by hash, where each hash's anchors start, and the bitmap of all hashes.
fn write(anchors: Vec<(u64, Anchor)>, sections: &mut Sections) {
    let bits = anchors.len().next_power_of_two().ilog2();
    let bitmap_bits = (anchors.len() * BITS_EACH).next_power_of_two().ilog2().max(12);
    let mut buckets: Vec<Vec<Anchor>> = vec![Vec::new(); 1 << bits];
    let mut bitmap = vec![0_u64; 1 << (bitmap_bits - 6)];
    for (hash, anchor) in anchors {
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
    sections.records(Section::Anchors, buckets.iter().flatten().map(Anchor::write));
    sections.records(Section::Buckets, starts.into_iter().map(u32::to_le_bytes));
    sections.records(Section::Bitmap, bitmap.into_iter().map(u64::to_le_bytes));
}
