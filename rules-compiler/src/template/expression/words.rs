//! The words that every match of a regular expression holds.

use crate::template::{ANCHOR_LONGEST, ANCHOR_SHORTEST};
use regex_syntax::hir::{Class, Hir, HirKind};

/// Most texts that are kept apart.
const MAX_TEXTS: usize = 12;
/// Most letters of a class that are.
const MAX_LETTERS: usize = 3;

/// An expression with what is not fixed left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(Vec<Known>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Known {
    /// One of these texts, in lower case.
    Texts(Vec<Vec<u8>>),
    /// One of these rows.
    Either(Vec<Words>),
    /// Anything.
    Unknown,
}

impl Words {
    pub fn of(hir: &Hir) -> Self {
        let mut words = Self(Vec::new());
        words.add(hir);
        words
    }

    fn add(&mut self, hir: &Hir) {
        if let Some(texts) = exact(hir) {
            return self.texts(texts);
        }
        match hir.kind() {
            HirKind::Concat(all) => all.iter().for_each(|part| self.add(part)),
            HirKind::Capture(group) => self.add(&group.sub),
            HirKind::Alternation(all) => self.0.push(Known::Either(all.iter().map(Self::of).collect())),
            HirKind::Repetition(repetition) if repetition.min > 0 => {
                self.add(&repetition.sub);
                self.0.push(Known::Unknown);
            }
            _ => self.0.push(Known::Unknown),
        }
    }

    /// Adds texts, joined to those before them while there are few.
    fn texts(&mut self, texts: Vec<Vec<u8>>) {
        match self.0.last_mut() {
            Some(Known::Texts(before)) if before.len() * texts.len() <= MAX_TEXTS => *before = product(before, &texts),
            _ => self.0.push(Known::Texts(texts)),
        }
    }

    /// The sets of texts of which every match holds one at the start of a word.
    pub fn anchors(&self) -> Vec<Vec<Vec<u8>>> {
        self.anchors_behind(false)
    }

    /// `in_word`: whether a letter or digit may stand before.
    fn anchors_behind(&self, mut in_word: bool) -> Vec<Vec<Vec<u8>>> {
        let mut sets = Vec::new();
        for known in &self.0 {
            match known {
                Known::Texts(texts) => {
                    sets.extend(places(texts, in_word));
                    let ends_in_word = |text: &Vec<u8>| text.last().map_or(in_word, |last| is_word(*last));
                    in_word = texts.iter().any(ends_in_word);
                }
                Known::Either(rows) => {
                    let best = |row: &Words| {
                        let sets = row.anchors_behind(in_word);
                        sets.into_iter().max_by_key(|set| set.iter().map(Vec::len).min())
                    };
                    let all: Option<Vec<_>> = rows.iter().map(best).collect();
                    sets.extend(all.map(|sets| sets.concat()).filter(|set| set.len() <= MAX_TEXTS));
                    in_word = true;
                }
                Known::Unknown => in_word = true,
            }
        }
        sets
    }

    /// The fixed bytes of the match that has the fewest.
    pub fn length(&self) -> usize {
        self.fewest(&|text| text.len())
    }

    /// The fixed letters and digits of the match that has the fewest.
    pub fn letters(&self) -> usize {
        self.fewest(&|text| text.iter().filter(|byte| is_word(**byte)).count())
    }

    fn fewest(&self, count: &dyn Fn(&[u8]) -> usize) -> usize {
        let least = |known: &Known| match known {
            Known::Texts(texts) => texts.iter().map(|text| count(text)).min().unwrap_or(0),
            Known::Either(rows) => rows.iter().map(|row| row.fewest(count)).min().unwrap_or(0),
            Known::Unknown => 0,
        };
        self.0.iter().map(least).sum()
    }
}

/// For each place where a word starts in the first text: the anchors there, and at the first such place of the others.
fn places(texts: &[Vec<u8>], in_word: bool) -> Vec<Vec<Vec<u8>>> {
    let starts = |text: &Vec<u8>| -> Vec<usize> {
        let before = |at: usize| if at == 0 { in_word } else { is_word(text[at - 1]) };
        (0..text.len()).filter(|at| is_word(text[*at]) && (!before(*at) || text[*at] >= 0xE0)).collect()
    };
    let all: Vec<Vec<usize>> = texts.iter().map(starts).collect();
    let most = all.iter().map(Vec::len).min().unwrap_or(0);
    let set = |number: usize| {
        let mut anchors = Vec::new();
        for (text, starts) in texts.iter().zip(&all) {
            let anchor = &text[starts[number]..];
            let anchor = &anchor[..anchor.len().min(ANCHOR_LONGEST)];
            if anchor.len() < ANCHOR_SHORTEST {
                return None;
            }
            anchors.push(anchor.to_vec());
        }
        anchors.sort();
        anchors.dedup();
        Some(anchors)
    };
    (0..most).filter_map(set).collect()
}

/// All texts that an expression matches, where they are few.
fn exact(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let few = |texts: Vec<Vec<u8>>| (texts.len() <= MAX_TEXTS).then_some(texts);
    match hir.kind() {
        HirKind::Empty => Some(vec![Vec::new()]),
        HirKind::Literal(literal) => Some(vec![literal.0.to_ascii_lowercase()]),
        HirKind::Class(Class::Bytes(class)) => {
            let bytes = class.ranges().iter().flat_map(|range| range.start()..=range.end());
            let mut texts: Vec<Vec<u8>> =
                bytes.take(2 * MAX_LETTERS + 1).map(|byte| vec![byte.to_ascii_lowercase()]).collect();
            texts.sort();
            texts.dedup();
            (texts.len() <= MAX_LETTERS).then_some(texts)
        }
        HirKind::Class(Class::Unicode(class)) => {
            let letters = class.ranges().iter().flat_map(|range| range.start()..=range.end());
            let lower = |letter: char| letter.to_ascii_lowercase().to_string().into_bytes();
            let mut texts: Vec<Vec<u8>> = letters.take(2 * MAX_LETTERS + 1).map(lower).collect();
            texts.sort();
            texts.dedup();
            (texts.len() <= MAX_LETTERS).then_some(texts)
        }
        HirKind::Capture(group) => exact(&group.sub),
        HirKind::Concat(all) => {
            all.iter().try_fold(vec![Vec::new()], |texts, part| few(product(&texts, &exact(part)?)))
        }
        HirKind::Alternation(all) => few(all.iter().map(exact).collect::<Option<Vec<_>>>()?.concat()),
        HirKind::Repetition(repetition) => {
            let max = repetition.max.filter(|max| *max <= 4)?;
            let once = exact(&repetition.sub)?;
            let mut texts = Vec::new();
            let mut times = vec![Vec::new()];
            for count in 0..=max {
                if count >= repetition.min {
                    texts.extend(times.clone());
                }
                times = few(product(&times, &once))?;
            }
            texts.sort();
            texts.dedup();
            few(texts)
        }
        HirKind::Look(_) => None,
    }
}

fn product(one: &[Vec<u8>], other: &[Vec<u8>]) -> Vec<Vec<u8>> {
    one.iter().flat_map(|start| other.iter().map(move |end| [start.as_slice(), end].concat())).collect()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}
