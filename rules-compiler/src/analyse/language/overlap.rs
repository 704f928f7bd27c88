//! The shortest texts in which two templates overlap, or that a template matches at all.

use super::{Language, Place, Side, State, alphabet, closes, is_word, may_start, step};
use rustc_hash::FxHashSet;

/// How a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// There is no such text.
    None,
    /// A text was accepted.
    Found,
    /// There are texts, none of those tried was accepted, or the search took too many steps.
    CutOff,
}

/// How far a search may go.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Most pairs of states.
    pub states: usize,
    /// Most texts to try.
    pub texts: usize,
}

/// Where both parts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Both {
    sides: [Side; 2],
    relation: Relation,
}

/// What is known of how the two matches lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Relation {
    /// How much fixed text they share, in half words; at most [`WORDS`].
    shared: u8,
    /// Whether the last byte was part of a word that they share.
    in_word: bool,
    /// Whether all that each took outside its gaps, the other took as well, and outside its own.
    within: [bool; 2],
}

/// How much fixed text two matches share at least that overlap, in half words. A character of a script that sets no
/// spaces is half a word.
const WORDS: u8 = 4;

impl Relation {
    const NEW: Self = Self { shared: 0, in_word: false, within: [true; 2] };

    fn overlaps(&self) -> bool {
        self.shared >= WORDS || self.within.contains(&true)
    }

    /// Behind a byte: whether each side took it outside its gaps, and whether as fixed text.
    fn behind(mut self, byte: u8, taken: [bool; 2], fixed: [bool; 2]) -> Self {
        for side in [0, 1] {
            self.within[side] &= !taken[side] || taken[1 - side];
        }
        let is_shared = fixed == [true; 2];
        self.shared += match byte {
            _ if !is_shared || self.shared >= WORDS => 0,
            0xE0.. => 1,
            _ if is_word(byte) && !self.in_word => 2,
            _ => 0,
        };
        self.in_word = is_shared && byte != b' ' && (self.in_word || is_word(byte));
        if self.shared >= WORDS { Self { shared: WORDS, in_word: false, within: [true; 2] } } else { self }
    }
}

struct Node {
    both: Both,
    parent: u32,
    byte: u8,
}

struct Search<'a> {
    languages: [&'a Language; 2],
    nodes: Vec<Node>,
    seen: FxHashSet<Both>,
    /// Where each side may be behind a byte: room that is used again.
    behind: [Vec<Side>; 2],
}

/// Looks for texts in which the matches of both overlap, the shortest first, until one is accepted.
///
/// They overlap where one lies within the other, gaps aside, or where they share two words that are fixed in both. Else
/// two sentences were run together, of which the last word of one may be the first of the other.
pub fn overlap(languages: [&Language; 2], budget: Budget, accept: &mut dyn FnMut(&[u8]) -> bool) -> Outcome {
    let mut search = Search::new(languages);
    let starts = |side: usize| languages[side].whole.starts().iter().map(|leaf| Side::at(*leaf));
    for start in starts(0) {
        for also in starts(1) {
            search.add([start, also], Relation::NEW, u32::MAX, 0);
        }
        if !languages[1].first {
            search.add([start, Side::WAITING], Relation::NEW, u32::MAX, 0);
        }
    }
    if !languages[0].first {
        starts(1).for_each(|also| search.add([Side::WAITING, also], Relation::NEW, u32::MAX, 0));
    }
    search.run(budget, accept)
}

/// The shortest text that a template matches.
pub fn shortest(language: &Language) -> Option<Vec<u8>> {
    let mut text = None;
    let mut search = Search::new([language, language]);
    for leaf in language.whole.starts() {
        search.add([Side::at(*leaf), Side::DONE], Relation::NEW, u32::MAX, 0);
    }
    search.run(Budget { states: 20_000, texts: 1 }, &mut |found| {
        text = Some(found.to_vec());
        true
    });
    text
}

impl<'a> Search<'a> {
    fn new(languages: [&'a Language; 2]) -> Self {
        Self { languages, nodes: Vec::new(), seen: FxHashSet::default(), behind: Default::default() }
    }

    fn add(&mut self, sides: [Side; 2], relation: Relation, parent: u32, byte: u8) {
        let both = Both { sides, relation };
        let may_overlap = relation.overlaps() || !sides.iter().any(Side::is_done);
        if may_overlap && self.seen.insert(both) {
            self.nodes.push(Node { both, parent, byte });
        }
    }

    fn run(&mut self, budget: Budget, accept: &mut dyn FnMut(&[u8]) -> bool) -> Outcome {
        let any = alphabet(&self.languages);
        let mut at = 0;
        let mut tried = 0;
        while at < self.nodes.len() {
            let both = self.nodes[at].both;
            if both.sides.iter().all(Side::is_done) {
                tried += 1;
                if accept(&self.text(at)) {
                    return Outcome::Found;
                }
            }
            if at >= budget.states || tried >= budget.texts {
                return Outcome::CutOff;
            }
            match self.wanted(both.sides) {
                Some(byte) => self.expand(at, both, byte),
                None => any.iter().for_each(|(byte, _)| self.expand(at, both, *byte)),
            }
            at += 1;
        }
        if tried > 0 { Outcome::CutOff } else { Outcome::None }
    }

    /// The only byte that need be tried: where a side stands within fixed text, or both are between parts.
    fn wanted(&self, sides: [Side; 2]) -> Option<u8> {
        let idle = |side: usize| {
            sides[side].is_done() || sides[side].place == Place::Waiting || self.in_gap(side, sides[side])
        };
        let fixed = || (idle(0) && idle(1)).then_some(b' ');
        self.fixed(0, sides[0]).or_else(|| self.fixed(1, sides[1])).or_else(fixed)
    }

    /// The byte that a side waits for.
    fn fixed(&self, number: usize, side: Side) -> Option<u8> {
        let Place::At(at) = side.place else { return None };
        match self.languages[number].whole.state(at) {
            State::Byte(byte, _) => Some(*byte),
            _ => None,
        }
    }

    fn in_gap(&self, number: usize, side: Side) -> bool {
        matches!(side.place, Place::At(at) if matches!(self.languages[number].whole.state(at), State::Gap(_)))
    }

    fn expand(&mut self, at: usize, Both { sides, relation }: Both, byte: u8) {
        let is_behind_end = |side: usize| sides[side].is_done() && self.languages[side].last;
        if (is_behind_end(0) || is_behind_end(1)) && !closes(byte) {
            return;
        }
        let takes =
            |side: usize| !matches!(sides[side].place, Place::Waiting | Place::Done) && !self.in_gap(side, sides[side]);
        let fixed = [0, 1].map(|side| self.fixed(side, sides[side]).is_some());
        let relation = relation.behind(byte, [takes(0), takes(1)], fixed);
        let [mut ones, mut others] = std::mem::take(&mut self.behind);
        self.step(0, sides[0], byte, &mut ones);
        self.step(1, sides[1], byte, &mut others);
        for one in &ones {
            for other in &others {
                let waits = one.place == Place::Waiting || other.place == Place::Waiting;
                // Bytes are shared only where the second begins before the first ends.
                if !(waits && (one.is_done() || other.is_done())) {
                    self.add([*one, *other], relation, at as u32, byte);
                }
            }
        }
        for (side, begun) in [(0, &others), (1, &ones)] {
            if sides[side].place == Place::Waiting && !self.languages[side].first {
                let part = &self.languages[side].whole;
                for leaf in part.starts().iter().filter(|leaf| may_start(part, **leaf, byte)) {
                    for other in begun.iter().filter(|other| !other.is_done()) {
                        let begins = Side::at(*leaf);
                        let sides = if side == 0 { [begins, *other] } else { [*other, begins] };
                        self.add(sides, relation, at as u32, byte);
                    }
                }
            }
        }
        self.behind = [ones, others];
    }

    /// Everywhere a side may be behind a byte.
    fn step(&self, side: usize, from: Side, byte: u8, behind: &mut Vec<Side>) {
        behind.clear();
        if from.place == Place::Waiting {
            behind.push(Side::WAITING);
        } else {
            step(&self.languages[side].whole, from, byte, &mut |next| behind.push(next));
        }
    }

    fn text(&self, at: usize) -> Vec<u8> {
        let mut text = Vec::new();
        let mut node = &self.nodes[at];
        while node.parent != u32::MAX {
            text.push(node.byte);
            node = &self.nodes[node.parent as usize];
        }
        text.reverse();
        text
    }
}
