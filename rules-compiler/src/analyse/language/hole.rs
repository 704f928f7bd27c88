//! What typed holes take, as automata over bytes: the oracle's definition, compiled.
//!
//! Values only: what publishers write in their place (`<ip>`, `%s`) no server sends.

use crate::oracle::hole_definition;
use regex_automata::dfa::{Automaton as _, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};
use rules_runtime::FieldType;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// The state from which nothing is accepted.
pub const DEAD: u16 = 0;
/// The state before the first byte.
pub const START: u16 = 1;

/// A deterministic automaton.
#[derive(Debug)]
pub struct Automaton {
    next: Vec<[u16; 256]>,
    accepts: Vec<bool>,
}

impl Automaton {
    /// The state behind a byte.
    pub fn next(&self, state: u16, byte: u8) -> u16 {
        self.next[usize::from(state)][usize::from(byte)]
    }

    /// All states but the dead one.
    pub fn states(&self) -> impl Iterator<Item = u16> {
        START..self.next.len() as u16
    }

    /// Whether what was read is all of a value.
    pub fn accepts(&self, state: u16) -> bool {
        self.accepts[usize::from(state)]
    }

    /// What two expressions both accept as a whole.
    fn both(one: &str, other: &str) -> Self {
        let (one, other) = (dfa(one), dfa(other));
        let begin = start::Config::new().anchored(Anchored::Yes);
        #[allow(clippy::expect_used, reason = "dense automata of anchored expressions always have this start")]
        let first = (one.start_state(&begin).expect("a start"), other.start_state(&begin).expect("a start"));
        let mut automaton = Self { next: vec![[DEAD; 256]; 2], accepts: vec![false; 2] };
        let mut numbers = FxHashMap::from_iter([(first, START)]);
        let mut open = vec![first];
        while let Some(state) = open.pop() {
            let number = usize::from(numbers[&state]);
            let ends = |dfa: &dense::DFA<Vec<u32>>, state| dfa.is_match_state(dfa.next_eoi_state(state));
            automaton.accepts[number] = ends(&one, state.0) && ends(&other, state.1);
            for byte in 0..=u8::MAX {
                let next = (one.next_state(state.0, byte), other.next_state(state.1, byte));
                if one.is_dead_state(next.0) || other.is_dead_state(next.1) {
                    continue;
                }
                let known = *numbers.entry(next).or_insert_with(|| {
                    open.push(next);
                    automaton.next.push([DEAD; 256]);
                    automaton.accepts.push(false);
                    (automaton.next.len() - 1) as u16
                });
                automaton.next[number][usize::from(byte)] = known;
            }
        }
        automaton
    }
}

#[allow(clippy::expect_used, reason = "every expression is made of constants, compiled by every test")]
fn dfa(pattern: &str) -> dense::DFA<Vec<u32>> {
    dense::Builder::new()
        .configure(dense::Config::new().match_kind(MatchKind::All).minimize(true))
        .thompson(thompson::Config::new().utf8(false))
        .syntax(syntax::Config::new().unicode(false).utf8(false).dot_matches_new_line(true))
        .build(&format!(r"\A(?:{pattern})\z"))
        .expect("a valid expression")
}

/// An automaton, by its number.
pub type Number = u8;
/// Of an address between angle brackets.
pub const ENCLOSED: Number = 8;

static AUTOMATA: LazyLock<Vec<Automaton>> = LazyLock::new(|| {
    let mut automata: Vec<_> = FieldType::ALL[..8].iter().map(|kind| of_kind(*kind)).collect();
    let (member, end, test) = hole_definition(FieldType::Email);
    automata.push(Automaton::both(&format!("<{member}*{end}>"), &format!("<{}>", bare(test))));
    automata
});

/// An expression without the anchors around it.
fn bare(test: &str) -> String {
    let test = test.strip_prefix(r"\A").map_or_else(|| format!(".*{test}"), str::to_owned);
    test.strip_suffix(r"\z").map_or_else(|| format!("{test}.*"), str::to_owned)
}

fn of_kind(kind: FieldType) -> Automaton {
    if kind == FieldType::Date {
        const NUMBER: &str = r"[+-]?[0-9](?:[0-9:/.tz+-]*[0-9z])?";
        const NAME: &str = concat!(
            r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}",
            r"|am|pm|gmt|utc|est|edt|cet|cest)"
        );
        let date = format!(r"(?:{NAME},? )*{NUMBER}(?:,? (?:{NUMBER}|{NAME}))*");
        return Automaton::both(&date, ".*");
    }
    let (member, end, test) = hole_definition(kind);
    let colons = if kind == FieldType::Ip { "(?:::)?" } else { "" };
    Automaton::both(&format!("(?:{member}*{end})?{colons}"), &bare(test))
}

/// The automaton of that number: that of a type stands at the type's place among all types.
pub fn automaton(number: Number) -> &'static Automaton {
    &AUTOMATA[usize::from(number)]
}

/// One byte for each class of bytes that no hole tells apart, those that read well first.
pub fn bytes(with_dates: bool) -> &'static [u8] {
    static BYTES: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| [classes(false), classes(true)]);
    &BYTES[usize::from(with_dates)]
}

fn classes(with_dates: bool) -> Vec<u8> {
    const FIRST: &[u8] = b"xzag1.@-: ";
    let folded = |byte: &u8| *byte >= b' ' && *byte != 0x7F && !byte.is_ascii_uppercase();
    let automata = || {
        let numbered = AUTOMATA.iter().enumerate();
        numbered.filter(|(number, _)| with_dates || *number != FieldType::Date as usize).map(|(_, automaton)| automaton)
    };
    let class = |byte: u8| {
        use rules_runtime::template::{begins, ends, takes};
        let kinds = FieldType::ALL[..8].iter();
        let sets = kinds.map(|kind| (takes(*kind, byte), ends(*kind, byte), begins(*kind, byte))).collect::<Vec<_>>();
        let moves = automata().flat_map(|automaton| automaton.next.iter().map(|next| next[usize::from(byte)]));
        let closes = b" .!)]>\"'".contains(&byte);
        (sets, moves.collect::<Vec<_>>(), byte.is_ascii_alphanumeric(), byte >= 0x80, byte >= 0xE0, closes)
    };
    let mut seen = FxHashSet::default();
    let all = FIRST.iter().copied().chain((0..=u8::MAX).filter(folded));
    all.filter(|byte| seen.insert(class(*byte))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oracle::takes_whole;

    /// Every text of these bytes up to that length.
    fn texts(bytes: &[u8], length: usize) -> Vec<Vec<u8>> {
        let mut all = vec![Vec::new()];
        let mut last = all.clone();
        for _ in 0..length {
            last = last
                .iter()
                .flat_map(|text| bytes.iter().map(move |byte| [text.as_slice(), &[*byte]].concat()))
                .collect();
            all.extend(last.clone());
        }
        all
    }

    fn accepts(number: Number, text: &[u8]) -> bool {
        let automaton = automaton(number);
        automaton.accepts(text.iter().fold(START, |state, byte| automaton.next(state, *byte)))
    }

    #[test]
    fn holes_take_what_the_oracle_says() {
        for text in texts(b"a1.:@-'x,!", 5).iter().chain(&texts(b"12.:", 7)) {
            for kind in &FieldType::ALL[..7] {
                assert_eq!(accepts(*kind as Number, text), takes_whole(*kind, text), "{kind} {}", text.escape_ascii());
            }
        }
        for text in texts(b"<a@.>", 6).iter().filter(|text| text.starts_with(b"<")) {
            let stand_in = !text.contains(&b'@');
            let oracle = !stand_in && takes_whole(FieldType::Email, text);
            assert_eq!(accepts(ENCLOSED, text), oracle, "{}", text.escape_ascii());
        }
    }

    #[test]
    fn dates_take_no_less_than_the_oracle_says() {
        let words = ["mon", "3", "jan", "2026-01-02", "gmt", "foo", "10:00", "+0100"];
        for one in words {
            for other in words {
                for text in
                    [one.to_owned(), format!("{one} {other}"), format!("{one}, {other}"), format!("{one} {other} 3")]
                {
                    let oracle = takes_whole(FieldType::Date, text.as_bytes());
                    assert!(!oracle || accepts(FieldType::Date as Number, text.as_bytes()), "{text}");
                }
            }
        }
    }
}
