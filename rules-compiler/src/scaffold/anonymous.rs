//! A reply without anybody's names and addresses.

use super::known::Known;
use super::parts::{self, Kind, Part};
use rules_runtime::FieldType;
use std::collections::BTreeMap;

/// The text with reserved names in the place of private ones: the same for the same.
#[must_use]
pub fn anonymous(text: &str, parts: &[Part], known: &Known) -> String {
    let mut names = Names { known, given: BTreeMap::new() };
    names.replace(text, parts.iter().filter_map(|part| Some((part.range.clone(), hole(part.kind)?))))
}

fn hole(kind: Kind) -> Option<FieldType> {
    match kind {
        Kind::Hole(kind) => Some(kind),
        Kind::Code | Kind::Fixed => None,
    }
}

struct Names<'a> {
    known: &'a Known,
    /// What stands for what: by the sort of name and the name in lower case.
    given: BTreeMap<(&'static str, String), usize>,
}

impl Names<'_> {
    fn replace(&mut self, text: &str, parts: impl Iterator<Item = (std::ops::Range<usize>, FieldType)>) -> String {
        let (mut out, mut at) = (String::new(), 0);
        for (range, kind) in parts {
            out.push_str(&text[at..range.start]);
            out.push_str(&self.name(&text[range.clone()], kind));
            at = range.end;
        }
        out + &text[at..]
    }

    fn name(&mut self, value: &str, kind: FieldType) -> String {
        match kind {
            FieldType::Ip => self.ip(value),
            FieldType::Text if !value.contains('@') => value.to_owned(),
            FieldType::Email | FieldType::Text => self.mail(value),
            FieldType::Host | FieldType::Domain => self.host(value),
            FieldType::Url => self.url(value),
            FieldType::Token => self.token(value),
            FieldType::Number if digits(value) > 4 => counted(value),
            FieldType::Number | FieldType::Date => value.to_owned(),
        }
    }

    /// The how-manieth of its sort a name is, from 1.
    fn number(&mut self, sort: &'static str, value: &str) -> usize {
        let next = 1 + self.given.keys().filter(|(other, _)| *other == sort).count();
        *self.given.entry((sort, value.to_lowercase())).or_insert(next)
    }

    fn ip(&mut self, value: &str) -> String {
        if value.contains(':') {
            return format!("2001:db8::{:x}", self.number("ipv6", value));
        }
        if value.contains(['x', 'X', '*']) {
            return "192.0.2.x".to_owned();
        }
        format!("192.0.2.{}", self.number("ipv4", value).min(254))
    }

    fn mail(&mut self, value: &str) -> String {
        let (open, close) = if value.starts_with('<') { ("<", ">") } else { ("", "") };
        let sign = if value.contains("%40") { "%40" } else { "@" };
        let name = match self.number("mail", value.trim_matches(['<', '>'])) {
            1 => format!("someone{sign}example.com"),
            2 => format!("another{sign}example.net"),
            number => format!("someone{number}{sign}example.org"),
        };
        format!("{open}{name}{close}")
    }

    fn host(&mut self, value: &str) -> String {
        if self.known.is_public(value) {
            return value.to_owned();
        }
        let short = value.matches('.').count() == 1;
        let number = self.number(if short { "domain" } else { "host" }, value);
        match (short, number) {
            (true, 1) => "example.com".to_owned(),
            (true, 2) => "example.net".to_owned(),
            (true, 3) => "example.org".to_owned(),
            (false, 1) => "mail.example.com".to_owned(),
            (_, number) => format!("mail{number}.example.com"),
        }
    }

    fn url(&mut self, value: &str) -> String {
        let host = parts::host_of(value).unwrap_or_default();
        if self.known.is_public(host) {
            return self.replace(value, parts::private_parts(value, self.known).into_iter());
        }
        let scheme = value.split_once("://").map_or(String::new(), |(scheme, _)| format!("{scheme}://"));
        format!("{scheme}www.example.com/{}", self.number("page", value))
    }

    /// Letters for letters and digits for digits, so that it is an id of the same form.
    fn token(&mut self, value: &str) -> String {
        if digits(value) == 0 {
            return match self.number("word", value) {
                1 => "someone".to_owned(),
                2 => "another".to_owned(),
                number => format!("word{number}"),
            };
        }
        let mut seed = self.number("token", value);
        let mut next = |count: u8, first: u8| {
            seed = (seed * 7919 + 104_729) % 1_000_003;
            char::from(first + u8::try_from(seed % usize::from(count)).unwrap_or(0))
        };
        let invented = value.chars().map(|c| match c {
            '0'..='9' => next(10, b'0'),
            c if c.is_uppercase() => next(26, b'A'),
            c if c.is_alphabetic() => next(26, b'a'),
            char::REPLACEMENT_CHARACTER => 'a',
            c => c,
        });
        invented.collect()
    }
}

fn digits(value: &str) -> usize {
    value.bytes().filter(u8::is_ascii_digit).count()
}

/// As many digits, one after the other.
fn counted(value: &str) -> String {
    let mut digits = "1234567890".chars().cycle();
    value.chars().map(|c| if c.is_ascii_digit() { digits.next().unwrap_or(c) } else { c }).collect()
}
