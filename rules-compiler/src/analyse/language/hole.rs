//! What typed holes take, as automata over bytes: the oracle's definition, compiled.
//!
//! Values only: what publishers write in their place (`<ip>`, `%s`) no server sends.

use crate::automaton::Automaton;
use crate::oracle::hole_definition;
use regex_automata::util::syntax;
use rules_runtime::FieldType;
use rustc_hash::FxHashMap;
use std::hash::Hash;
use std::sync::LazyLock;

pub use crate::automaton::{DEAD, START};

/// What two expressions both accept as a whole.
#[allow(clippy::expect_used, reason = "every expression is made of constants, compiled by every test")]
fn both(one: &str, other: &str) -> Automaton {
    let syntax = syntax::Config::new().unicode(false).utf8(false).dot_matches_new_line(true);
    Automaton::of(&[(one, syntax), (other, syntax)], usize::MAX).expect("small automata")
}

/// An automaton, by its number.
pub type Number = u8;
/// Of an address between angle brackets.
pub const ENCLOSED: Number = 8;
/// Of a regular expression: its own.
pub const OWN: Number = u8::MAX;

static AUTOMATA: LazyLock<Vec<Automaton>> = LazyLock::new(|| {
    let mut automata: Vec<_> = FieldType::ALL[..8].iter().map(|kind| of_kind(*kind)).collect();
    let (member, end, test) = hole_definition(FieldType::Email);
    automata.push(both(&format!("<{member}*{end}>"), &format!("<{}>", bare(test))));
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
        return both(&date, ".*");
    }
    let (member, end, test) = hole_definition(kind);
    let colons = if kind == FieldType::Ip { "(?:::)?" } else { "" };
    both(&format!("(?:{member}*{end})?{colons}"), &bare(test))
}

/// The automaton of that number: that of a type stands at the type's place among all types.
pub fn automaton(number: Number) -> &'static Automaton {
    &AUTOMATA[usize::from(number)]
}

/// A byte for its class; and whether it is the only one of it.
pub type Letter = (u8, bool);

/// One byte for each class of bytes that no hole tells apart, those that read well first.
pub fn bytes(with_dates: bool) -> &'static [Letter] {
    static BYTES: LazyLock<[Vec<Letter>; 2]> = LazyLock::new(|| [false, true].map(|dates| distinct(dates, |_| ())));
    &BYTES[usize::from(with_dates)]
}

/// One byte for each class of bytes that neither a hole nor `also` tells apart.
pub fn distinct<T: Hash + Eq>(with_dates: bool, also: impl Fn(u8) -> T) -> Vec<Letter> {
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
        let moves = automata()
            .flat_map(|automaton| (0..automaton.state_count()).map(move |state| automaton.next(state as u16, byte)));
        let closes = b" .!)]>\"'".contains(&byte);
        (sets, moves.collect::<Vec<_>>(), byte.is_ascii_alphanumeric(), byte >= 0x80, byte >= 0xE0, closes)
    };
    let mut places = FxHashMap::default();
    let mut letters: Vec<Letter> = Vec::new();
    let others = (0..=u8::MAX).filter(|byte| folded(byte) && !FIRST.contains(byte));
    for byte in FIRST.iter().copied().chain(others) {
        let place = *places.entry((class(byte), also(byte))).or_insert(letters.len());
        match letters.get_mut(place) {
            Some(letter) => letter.1 = false,
            None => letters.push((byte, true)),
        }
    }
    letters
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
