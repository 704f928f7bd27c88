//! Which part of each template the scan looks for.
//!
//! A template can be found by any of its words; the one that the fewest templates share is the one to look for, so that
//! a reply leads to few patterns.

use super::{Sections, TooLarge, Writer};
use crate::catalogue::Requirement;
use crate::lower::{Meaning, Pattern, PatternMatcher};
use crate::template::{ANCHOR_LONGEST, AnchorPlace};
use rules_runtime::container::Section;
use rules_runtime::tables::{Anchor, Other, Route, hash_eight, hash_four, hash_six, hash_sixteen, hash_twelve, tag};
use std::collections::{BTreeMap, BTreeSet};

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
    let mut texts: Vec<(u128, usize)> = Vec::new();
    for (number, sets) in &candidates {
        texts.extend(sets.iter().flatten().map(|place| (padded(&place.text, 0), *number)));
    }
    texts.sort_unstable();
    texts.dedup();
    // In how many templates an anchor stands, nearly: a template with two texts that start alike counts twice.
    let shared = |anchor: &[u8]| {
        let (first, last) = (padded(anchor, 0), padded(anchor, u8::MAX));
        let start = texts.partition_point(|(text, _)| *text < first);
        texts[start..].partition_point(|(text, _)| *text <= last)
    };
    // A short anchor is met more often than the templates tell: many other words start like it.
    let cost = |set: &&Vec<AnchorPlace>| -> usize {
        let place = |place: &AnchorPlace| {
            // From behind a gap, the whole template must be looked for.
            let behind_gap = if place.part > 0 { 16 } else { 0 };
            1 + 4 * shared(&place.text)
                + 2 * shared(gram(&place.text))
                + 4 * (ANCHOR_LONGEST - place.text.len())
                + behind_gap
        };
        set.iter().map(place).sum()
    };
    // Anchors of one text whose patterns need other evidence stand apart, so that the scan passes over all of them at once.
    let mut anchors: BTreeMap<(Vec<u8>, u8), Vec<Place>> = BTreeMap::new();
    let mut routes = Routes::default();
    for (number, sets) in &candidates {
        let pattern = &patterns[*number];
        let flags = flags(pattern);
        // `check` has refused templates without an anchor.
        for place in sets.iter().min_by_key(cost).into_iter().flatten() {
            let of_anchor = anchors.entry((place.text.clone(), flags)).or_default();
            let route = routes.add(route(*number, place, writer)?)?;
            of_anchor.push(Place { pattern: below_limit(*number)?, route });
        }
    }
    let mut all = Vec::new();
    for ((text, flags), mut places) in anchors {
        places.sort_by_key(|place| (place.pattern, place.route));
        all.push((anchor(&text, flags, &places[0]), others(&places), text));
    }
    below_limit(all.iter().map(|(_, others, _)| 1 + others.len()).sum())?;
    write(all, sections);
    sections.records(Section::Routes, routes.all.iter().map(Route::write));
    Ok(())
}

/// An anchor as a number, in whose order it sorts; no anchor holds a zero.
fn padded(anchor: &[u8], filler: u8) -> u128 {
    let mut bytes = [filler; ANCHOR_LONGEST];
    bytes[..anchor.len()].copy_from_slice(anchor);
    u128::from_be_bytes(bytes)
}

/// Where an anchor stands in a pattern.
struct Place {
    pattern: u32,
    route: u16,
}

fn flags(pattern: &Pattern) -> u8 {
    let mx = pattern.requires.contains(&Requirement::Mx) && !pattern.requires.contains(&Requirement::Marker);
    let marker = matches!(pattern.meaning, Meaning::Marker(_));
    (if mx { Anchor::REQUIRES_MX } else { 0 })
        | (if marker { Anchor::MARKER } else { 0 })
        | (if pattern.over_quoted { Anchor::OVER_QUOTED } else { 0 })
}

fn below_limit(number: usize) -> Result<u32, TooLarge> {
    let small = u32::try_from(number).ok().filter(|number| *number < Anchor::LIMIT);
    small.ok_or(TooLarge {
        what: "the templates and the places where they are looked for",
        rule: None,
        limit: Anchor::LIMIT as usize,
    })
}

/// What an anchor is found by: all of it, or its first twelve, eight, six or four bytes.
fn gram(text: &[u8]) -> &[u8] {
    match text.len() {
        ANCHOR_LONGEST.. => text,
        12.. => &text[..12],
        8.. => &text[..8],
        6.. => &text[..6],
        _ => &text[..4],
    }
}

fn word(bytes: &[u8]) -> u64 {
    let mut word = [0; 8];
    word[..bytes.len()].copy_from_slice(bytes);
    u64::from_le_bytes(word)
}

/// The hash that an anchor is found by.
fn hash(text: &[u8]) -> u64 {
    match gram(text).split_at_checked(8) {
        Some((first, &[])) => hash_eight(word(first)),
        Some((first, rest)) if rest.len() == 4 => hash_twelve(word(first), word(rest)),
        Some((first, rest)) => hash_sixteen(word(first), word(rest)),
        None if text.len() < 6 => hash_four(word(gram(text))),
        None => hash_six(word(gram(text))),
    }
}

/// An anchor with its strongest pattern.
fn anchor(text: &[u8], flags: u8, place: &Place) -> Anchor {
    let rest = if text.len() < 8 { text } else { &text[8..] };
    let kept = u8::try_from(rest.len()).unwrap_or(8);
    let Place { pattern, route } = *place;
    Anchor { rest: word(rest), tag: tag(hash(text)), route, pattern, kept_and_flags: kept | flags }
}

/// An anchor's other patterns.
fn others(places: &[Place]) -> Vec<Other> {
    let other = |(at, place): (usize, &Place)| Other {
        pattern: place.pattern,
        last: u8::from(at + 1 == places.len()),
        route: place.route,
    };
    places.iter().enumerate().skip(1).map(other).collect()
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
    numbers: BTreeMap<[u8; Route::SIZE], u16>,
}

impl Routes {
    fn add(&mut self, route: Route) -> Result<u16, TooLarge> {
        if let Some(number) = self.numbers.get(&route.write()) {
            return Ok(*number);
        }
        let large = TooLarge { what: "the ways back from anchors", rule: None, limit: usize::from(u16::MAX) };
        let number = u16::try_from(self.all.len()).map_err(|_| large)?;
        self.numbers.insert(route.write(), number);
        self.all.push(route);
        Ok(number)
    }
}

/// Places of the table of lengths for each beginning, at least: so few are taken that most words are dropped by it.
const PLACES_EACH: usize = 4;
/// Bits of the bitmap for each hash, at least.
const BITS_EACH: usize = 16;

/// An anchor with its other patterns, and its text.
type Entry = (Anchor, Vec<Other>, Vec<u8>);

/// Writes anchors by hash, where each hash's anchors start, and the two sieves before them.
fn write(anchors: Vec<Entry>, sections: &mut Sections) {
    // The table of lengths knows all that is to be known of four bytes.
    let hashes = anchors.iter().map(|(_, _, text)| text).filter(|text| gram(text).len() > 4);
    let hashes: BTreeSet<u64> = hashes.map(|text| hash(text)).collect();
    lengths(&anchors, sections);
    bitmap(&hashes, sections);
    let bucket_bits = bits(anchors.len());
    let mut buckets: Vec<Vec<Entry>> = vec![Vec::new(); 1 << bucket_bits];
    for entry in anchors {
        buckets[hash(&entry.2).checked_shr(64 - bucket_bits).unwrap_or(0) as usize].push(entry);
    }
    let entries = || buckets.iter().flatten();
    sections.records(Section::Buckets, starts(buckets.iter().map(Vec::len)));
    sections.records(Section::Anchors, entries().map(|(anchor, _, _)| anchor.write()));
    sections.records(Section::OthersOf, starts(entries().map(|(_, others, _)| others.len())));
    sections.records(Section::Others, entries().flat_map(|(_, others, _)| others).map(Other::write));
}

/// Where each of several runs starts that follow each other, and where the last ends.
fn starts(lengths: impl Iterator<Item = usize>) -> impl Iterator<Item = [u8; 4]> {
    let mut start = 0_u32;
    let end = move |length| {
        start += u32::try_from(length).unwrap_or(u32::MAX);
        start.to_le_bytes()
    };
    std::iter::once([0; 4]).chain(lengths.map(end))
}

/// Writes a bit for each hash.
fn bitmap(hashes: &BTreeSet<u64>, sections: &mut Sections) {
    let bits = bits(hashes.len() * BITS_EACH).max(12);
    let mut bitmap = vec![0_u64; 1 << (bits - 6)];
    for hash in hashes {
        let bit = (hash >> (64 - bits)) as usize;
        bitmap[bit / 64] |= 1 << (bit % 64);
    }
    sections.records(Section::Bitmap, bitmap.into_iter().map(u64::to_le_bytes));
}

/// Writes how long the anchors are that begin with the same four bytes.
fn lengths(anchors: &[Entry], sections: &mut Sections) {
    let mut lengths: BTreeMap<u64, u8> = BTreeMap::new();
    for (_, _, text) in anchors {
        let length = match gram(text).len() {
            ANCHOR_LONGEST.. => Anchor::SIXTEEN,
            12.. => Anchor::TWELVE,
            8.. => Anchor::EIGHT,
            6.. => Anchor::SIX,
            _ => Anchor::FOUR,
        };
        *lengths.entry(hash_four(word(&text[..4]))).or_default() |= length;
    }
    let bits = bits(lengths.len() * PLACES_EACH).max(8);
    let mut table = vec![0; 1 << bits];
    for (hash, length) in lengths {
        table[(hash >> (64 - bits)) as usize] |= length;
    }
    sections.set(Section::Lengths, table);
}

/// How many bits number so many things, or a few more.
fn bits(things: usize) -> u32 {
    things.next_power_of_two().ilog2()
}
