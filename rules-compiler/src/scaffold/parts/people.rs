//! Names of people that stand before their addresses: `Max Mustermann <max@example.com>`.

use super::{Claims, Kind};
use rules_runtime::FieldType;
use std::ops::Range;

/// Words that stand before addresses in replies, with a capital letter where they begin a sentence.
const NO_NAMES: [&str; 48] = [
    "a",
    "account",
    "address",
    "alias",
    "an",
    "cannot",
    "client",
    "customer",
    "denied",
    "domain",
    "dr",
    "email",
    "error",
    "failed",
    "for",
    "from",
    "host",
    "invalid",
    "mail",
    "mailbox",
    "member",
    "message",
    "mr",
    "mrs",
    "ms",
    "no",
    "of",
    "owner",
    "postmaster",
    "recipient",
    "rejected",
    "sender",
    "sorry",
    "subscriber",
    "the",
    "to",
    "unknown",
    "user",
    "username",
    "your",
    "inbox",
    "quota",
    "local",
    "remote",
    "smtp",
    "not",
    "is",
    "via",
];

/// Takes the words with capital letters before an address, where one of them is part of the address.
pub fn claim(claims: &mut Claims<'_>) {
    let is_address = |kind: Kind| kind == Kind::Hole(FieldType::Email);
    let addresses: Vec<Range<usize>> =
        claims.parts.iter().filter(|part| is_address(part.kind)).map(|part| part.range.clone()).collect();
    for address in addresses {
        let names = before(claims.text, address.start);
        let written = claims.text[address].to_lowercase();
        let is_part = |name: &Range<usize>| {
            let name = claims.text[name.clone()].to_lowercase();
            name.chars().count() >= 3 && written.contains(&name)
        };
        if names.iter().any(is_part) {
            for name in names {
                claims.claim(name, Kind::Hole(FieldType::Token));
            }
        }
    }
}

/// The words with capital letters that end before a place, from back to front: at most four.
fn before(text: &str, end: usize) -> Vec<Range<usize>> {
    const MOST: usize = 4;
    let mut names = Vec::new();
    let mut rest = text[..end].trim_end_matches([' ', '(', '<', '"', '\'']);
    while names.len() < MOST {
        let start = rest.rfind([' ', '"', '\'', '(', '<']).map_or(0, |at| at + 1);
        let word = &rest[start..];
        let is_name = word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.'))
            && !NO_NAMES.contains(&word.trim_end_matches('.').to_lowercase().as_str());
        if !is_name {
            break;
        }
        names.push(start..start + word.trim_end_matches('.').len());
        rest = rest[..start].trim_end();
    }
    names
}
