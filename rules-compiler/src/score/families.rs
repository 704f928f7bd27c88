//! Wording families: replies that say the same in nearly the same words belong together, so that none of them is
//! learnt from while another is set aside.

use std::collections::BTreeSet;

/// Two replies are of one family where they share this part of their words, in hundredths.
const ALIKE: usize = 60;

/// One part of a set of replies that is divided by families.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fold {
    /// Which part, from 1.
    pub number: usize,
    /// How many parts there are.
    pub of: usize,
}

impl std::str::FromStr for Fold {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        match parts {
            Some((number, of)) if (2..=100).contains(&of) && (1..=of).contains(&number) => Ok(Self { number, of }),
            _ => Err("a part is written such as 1/5: the first of five".to_owned()),
        }
    }
}

impl Fold {
    /// Whether a family belongs to this part. The same family always does, on every machine.
    #[must_use]
    pub fn holds(self, family: &str) -> bool {
        let hash = family
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        // The low bits alone are poorly mixed.
        ((hash >> 32) ^ hash) % self.of as u64 == self.number as u64 - 1
    }
}

/// The name of each reply's family, in the replies' order: the words of its first member in alphabetical order.
#[must_use]
pub fn families(texts: &[&str]) -> Vec<String> {
    let mut words: Vec<(usize, BTreeSet<String>)> = texts.iter().map(|text| words(text)).enumerate().collect();
    words.sort_by(|a, b| a.1.cmp(&b.1));
    let mut names = vec![String::new(); texts.len()];
    let mut heads: Vec<BTreeSet<String>> = Vec::new();
    for (index, own) in words {
        let head = heads.iter().position(|head| alike(head, &own)).unwrap_or_else(|| {
            heads.push(own);
            heads.len() - 1
        });
        names[index] = heads[head].iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    }
    names
}

/// The words of a reply in lower case, without what varies: addresses, host names, numbers and codes.
fn words(text: &str) -> BTreeSet<String> {
    let fixed = text.split_whitespace().filter(|word| !word.contains(['@', '/', '=']) && !host(word));
    let words = fixed.flat_map(|word| word.split(|c: char| !c.is_alphabetic()));
    words.filter(|word| word.chars().count() > 1).map(str::to_lowercase).collect()
}

fn host(word: &str) -> bool {
    word.trim_matches(|c: char| !c.is_alphanumeric()).contains('.')
}

fn alike(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let common = a.intersection(b).count();
    let all = a.len() + b.len() - common;
    all == 0 || common * 100 >= all * ALIKE
}

#[cfg(test)]
mod tests {
    use super::{Fold, families};

    #[test]
    fn replies_that_differ_in_their_variable_parts_are_one_family() {
        let names = families(&[
            "550 5.1.1 <a@example.com>: user unknown in local table",
            "550 5.1.1 <b@example.net>: User unknown in local table (mx1.example.net)",
            "552 mailbox is over its quota",
        ]);
        assert_eq!(names[0], names[1]);
        assert_ne!(names[0], names[2]);
    }

    #[test]
    fn every_family_is_in_exactly_one_part() {
        for family in ["", "mailbox quota", "unknown user"] {
            let parts = (1..=5).filter(|number| Fold { number: *number, of: 5 }.holds(family)).count();
            assert_eq!(parts, 1, "{family}");
        }
    }

    #[test]
    fn a_part_is_written_as_a_fraction() {
        assert_eq!("2/5".parse(), Ok(Fold { number: 2, of: 5 }));
        for bad in ["", "2", "0/5", "6/5", "1/1", "1/x"] {
            assert!(bad.parse::<Fold>().is_err(), "{bad}");
        }
    }
}
