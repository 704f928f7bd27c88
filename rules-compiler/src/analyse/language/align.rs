//! Word by word: whether two templates could overlap at all, before their bytes are followed.
//!
//! A hole may take any row of bytes of its kind, whatever stands around it: what cannot be aligned so cannot overlap, and
//! nothing is said of the rest.

use super::hole::{self, DEAD, ENCLOSED};
use super::step::is_word;
use super::{Part, State};
use rules_runtime::FieldType;
use rustc_hash::{FxHashSet, FxHasher};
use std::hash::Hasher;
use std::sync::LazyLock;

/// A template's fixed text in all the orders in which its words may follow each other.
#[derive(Debug, Default)]
pub struct Row {
    /// By the state that they begin at.
    nodes: Vec<Option<Node>>,
    starts: Vec<u16>,
}

#[derive(Debug)]
enum Node {
    /// Any of these.
    Fixed(Vec<Symbol>),
    /// Any row of bytes of a kind, or none; a gap takes all of them.
    Wild { kind: Option<FieldType>, stop: u8, next: Vec<u16> },
}

/// A word, or a byte that is part of none.
#[derive(Debug)]
struct Symbol {
    /// A byte, or the number of a word.
    id: u64,
    /// The kinds of holes that can take it, one bit for each.
    kinds: u8,
    next: Vec<u16>,
}

/// What a row is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Words, where no hole touches one.
    Words,
    /// Bytes.
    Bytes,
}

/// Not begun.
const WAITING: u16 = u16::MAX;
/// The state of a part's end.
const END: u16 = 0;
/// Most ways to read the words of a template.
const WAYS: usize = 2_000;
/// The number of a word has this bit.
const WORD: u64 = 1 << 63;
/// Two words, in halves: a character of a script that sets no spaces is half a word.
const ENOUGH: u8 = 4;

/// For each byte, the kinds of holes that can take it.
static KINDS: LazyLock<[u8; 256]> = LazyLock::new(|| {
    let mut kinds = [0; 256];
    let automata =
        (0..=ENCLOSED).map(|number| (if number == ENCLOSED { FieldType::Email as u8 } else { number }, number));
    for (kind, number) in automata {
        for byte in 0..=u8::MAX {
            let automaton = hole::automaton(number);
            if automaton.states().any(|state| automaton.next(state, byte) != DEAD) {
                kinds[usize::from(byte)] |= 1 << kind;
            }
        }
    }
    kinds
});

impl Row {
    /// The words or bytes of a template; `None` where there are too many ways to read them.
    pub fn of(part: &Part, unit: Unit) -> Option<Self> {
        let mut row = Self { nodes: Vec::new(), starts: part.starts().to_vec() };
        row.nodes.resize_with(part.states().len(), || None);
        let mut open = row.starts.clone();
        let mut ways = 0;
        while let Some(at) = open.pop() {
            if at == END || row.nodes[usize::from(at)].is_some() {
                continue;
            }
            let node = match part.state(at) {
                State::Hole { kind, stop, next } => {
                    Node::Wild { kind: Some(*kind), stop: *stop, next: part.leaves(*next).to_vec() }
                }
                State::Gap(next) => Node::Wild { kind: None, stop: 0, next: part.leaves(*next).to_vec() },
                State::Byte(byte, _) if unit == Unit::Words && is_word(*byte) => {
                    Node::Fixed(words(part, at, &mut ways)?)
                }
                State::Byte(byte, next) => {
                    let (id, kinds) = (u64::from(*byte), KINDS[usize::from(*byte)]);
                    Node::Fixed(vec![Symbol { id, kinds, next: part.leaves(*next).to_vec() }])
                }
                State::End | State::Fork(_) | State::Expression { .. } => continue,
            };
            match &node {
                Node::Wild { next, .. } => open.extend(next),
                Node::Fixed(symbols) => symbols.iter().for_each(|symbol| open.extend(&symbol.next)),
            }
            row.nodes[usize::from(at)] = Some(node);
        }
        Some(row)
    }

    /// All words.
    pub fn words(&self) -> impl Iterator<Item = u64> {
        let symbols = self.nodes.iter().flatten().filter_map(|node| match node {
            Node::Fixed(symbols) => Some(symbols),
            Node::Wild { .. } => None,
        });
        symbols.flatten().map(|symbol| symbol.id).filter(|id| id & WORD != 0)
    }

    fn node(&self, at: u16) -> Option<&Node> {
        self.nodes.get(usize::from(at))?.as_ref()
    }
}

/// The words that begin with a state.
fn words(part: &Part, start: u16, ways: &mut usize) -> Option<Vec<Symbol>> {
    let mut found: Vec<Symbol> = Vec::new();
    let mut open = vec![(start, FxHasher::default(), u8::MAX)];
    while let Some((at, read, kinds)) = open.pop() {
        *ways += 1;
        if *ways > WAYS {
            return None;
        }
        match part.state(at) {
            State::Byte(byte, next) if is_word(*byte) => {
                let mut read = read;
                read.write_u8(*byte);
                let kinds = kinds & KINDS[usize::from(*byte)];
                open.extend(part.leaves(*next).iter().map(|leaf| (*leaf, read.clone(), kinds)));
            }
            _ => found.push(Symbol { id: read.finish() | WORD, kinds, next: vec![at] }),
        }
    }
    Some(found)
}

/// Where both are, how much they have shared, and what lies within what.
#[derive(Debug, Clone, Copy)]
struct Both {
    at: [u16; 2],
    shared: u8,
    /// Whether the last byte was part of a word that they share.
    in_word: bool,
    within: [bool; 2],
}

/// Whether there could be a text in which two templates overlap; `anchored` are those that stand at its start.
pub fn may_align(rows: [&Row; 2], anchored: [bool; 2]) -> bool {
    let mut search = Search { rows, open: Vec::new(), seen: FxHashSet::default() };
    let new = |at| Both { at, shared: 0, in_word: false, within: [true; 2] };
    for one in &rows[0].starts {
        rows[1].starts.iter().for_each(|other| search.add(new([*one, *other])));
        if !anchored[1] {
            search.add(new([*one, WAITING]));
        }
    }
    if !anchored[0] {
        rows[1].starts.iter().for_each(|other| search.add(new([WAITING, *other])));
    }
    search.run()
}

struct Search<'a> {
    rows: [&'a Row; 2],
    open: Vec<Both>,
    seen: FxHashSet<u64>,
}

impl Search<'_> {
    fn add(&mut self, mut both: Both) {
        if both.shared >= ENOUGH {
            both = Both { shared: ENOUGH, in_word: false, within: [true; 2], ..both };
        }
        let may_overlap = both.within.contains(&true) || !both.at.contains(&END);
        let meet = !(both.at.contains(&END) && both.at.contains(&WAITING));
        if may_overlap && meet && !self.is_stuck(both.at) && self.seen.insert(both.number()) {
            self.open.push(both);
        }
    }

    /// Whether each side wants something else.
    fn is_stuck(&self, at: [u16; 2]) -> bool {
        let [Some(Node::Fixed(ones)), Some(Node::Fixed(others))] = [0, 1].map(|side| self.rows[side].node(at[side]))
        else {
            return false;
        };
        !ones.iter().any(|one| others.iter().any(|other| one.id == other.id))
    }

    fn run(&mut self) -> bool {
        while let Some(both) = self.open.pop() {
            if both.at == [END; 2] {
                return true;
            }
            self.skip(both, 0);
            self.skip(both, 1);
            self.take(both);
        }
        false
    }

    /// One side goes on without taking anything.
    fn skip(&mut self, both: Both, side: usize) {
        let row = self.rows[side];
        let next = match (both.at[side], row.node(both.at[side])) {
            (WAITING, _) => &row.starts,
            (_, Some(Node::Wild { next, .. })) => next,
            _ => return,
        };
        for next in next {
            let mut at = both.at;
            at[side] = *next;
            self.add(Both { at, ..both });
        }
    }

    /// Both take something fixed, or one does beside the other.
    fn take(&mut self, both: Both) {
        let nodes = [0, 1].map(|side| self.rows[side].node(both.at[side]));
        if let [Some(Node::Fixed(ones)), Some(Node::Fixed(others))] = nodes {
            for one in ones {
                for other in others.iter().filter(|other| one.id == other.id) {
                    let behind = both.behind_shared(one.id);
                    for at in one.next.iter().flat_map(|a| other.next.iter().map(|b| [*a, *b])) {
                        self.add(Both { at, ..behind });
                    }
                }
            }
            return;
        }
        for side in [0, 1] {
            let (Some(Node::Fixed(symbols)), beside) = (nodes[side], nodes[1 - side]) else { continue };
            for symbol in symbols {
                let mut within = both.within;
                match beside {
                    Some(Node::Wild { kind: Some(kind), stop, .. }) => {
                        if symbol.kinds & 1 << *kind as u8 == 0 || symbol.id == u64::from(*stop) {
                            continue;
                        }
                    }
                    _ => within[side] = false,
                }
                for next in &symbol.next {
                    let mut at = both.at;
                    at[side] = *next;
                    self.add(Both { at, within, in_word: false, ..both });
                }
            }
        }
    }
}

impl Both {
    /// All of it as one number.
    fn number(self) -> u64 {
        let flags = [self.in_word, self.within[0], self.within[1]];
        let at = u64::from(self.at[0]) << 16 | u64::from(self.at[1]);
        flags.iter().fold(at << 3 | u64::from(self.shared), |number, flag| number << 1 | u64::from(*flag))
    }

    /// Behind a word or a byte that is fixed in both; counted as the search over bytes counts.
    fn behind_shared(self, id: u64) -> Self {
        let is_letter = id & WORD == 0 && is_word(id as u8);
        let more = match id {
            _ if id & WORD != 0 => 2,
            0xE0.. => 1,
            _ if is_letter && !self.in_word => 2,
            _ => 0,
        };
        let in_word = id & WORD == 0 && id != u64::from(b' ') && (self.in_word || is_letter);
        Self { shared: self.shared + more, in_word, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::super::overlap::{Budget, Outcome, overlap};
    use crate::catalogue::Position;
    use crate::template::parse;
    use proptest::prelude::*;
    use proptest::test_runner::{RngSeed, TestRunner};

    fn language(text: &str, position: Position) -> Option<Language> {
        Some(Language::of_items(&parse(text).ok()?.items(), position))
    }

    /// Templates of few words, so that they often overlap, with everything that could stand between and beside them.
    fn template() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "mail ",
            "box ",
            "full ",
            "mailbox ",
            "12 ",
            "{ip} ",
            "{number} ",
            "x{number} ",
            "[{token}] ",
            "{host}.box ",
            "{date} ",
            "{text} ",
            "{email} ",
            "{mail|box} ",
            "{mail|} ",
            "mail{box|} ",
            "{url}",
            ", ",
            "- ",
            "(box) ",
            "宛先",
            "は",
            "mail: ",
            "a.box ",
            "1.2.3.4 ",
        ]);
        prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
    }

    #[test]
    fn what_cannot_be_aligned_does_not_overlap() {
        let place =
            || prop::sample::select(vec![Position::Anywhere, Position::Anywhere, Position::Prefix, Position::Whole]);
        let config = ProptestConfig {
            cases: 5_000,
            failure_persistence: None,
            rng_seed: RngSeed::Fixed(0),
            ..ProptestConfig::default()
        };
        let apart = std::cell::Cell::new(0);
        let result = TestRunner::new(config).run(&(template(), place(), template(), place()), |(one, a, other, b)| {
            let (Some(x), Some(y)) = (language(&one, a), language(&other, b)) else { return Ok(()) };
            if x.words.may_overlap(&y.words, [&x.whole, &y.whole]) {
                return Ok(());
            }
            apart.set(apart.get() + 1);
            let outcome = overlap([&x, &y], Budget { states: 30_000, texts: 1 }, &mut |_| true);
            prop_assert_ne!(outcome, Outcome::Found, "`{}` and `{}`", one, other);
            Ok(())
        });
        result.unwrap();
        assert!(apart.get() > 200, "only {} pairs were told apart", apart.get());
    }
}
