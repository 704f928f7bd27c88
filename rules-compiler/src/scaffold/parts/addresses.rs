//! Mail addresses and IP addresses.

use super::{Claims, Kind, pattern};
use crate::scaffold::known::Known;
use regex::Regex;
use rules_runtime::FieldType;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;
use std::sync::LazyLock;

static MAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r#"(?:"[^"@]{1,64}"|[^\s<>()\[\]{},;:"'`|\\@][^\s<>()\[\]{},;:"`|\\@]*)"#,
        r#"@(?:\[[^\]\s]+\]|[^\s<>()\[\]{},;:"'`|\\@]+)"#
    ))
});
static V4: LazyLock<Regex> = LazyLock::new(|| pattern(r"[0-9xX*]{1,3}(?:\.[0-9xX*]{1,3}){3,}"));
static V6: LazyLock<Regex> = LazyLock::new(|| pattern(r"[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*"));
static TAGGED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bipv6:[0-9a-f:.]+"));

/// An address with the angle brackets around it.
pub fn claim_mail(claims: &mut Claims<'_>, known: &Known) {
    for range in claims.matches(&MAIL) {
        let range = range.start + label(&claims.text[range.clone()])..range.end;
        let written = &claims.text[range.clone()];
        let address = written.trim_end_matches(['.', '!', '?', '*', '\'']);
        let end = range.start + address.len();
        // A hole for an address cannot hold quotes or brackets.
        let unusual = address.contains(['"', '[']);
        let kind = match () {
            () if known.is_office(address) => Kind::Fixed,
            () if unusual => Kind::Hole(FieldType::Text),
            () => Kind::Hole(FieldType::Email),
        };
        let enclosed = claims.before(range.start) == Some('<') && claims.after(end) == Some('>');
        let outside = usize::from(enclosed && kind == Kind::Hole(FieldType::Email));
        claims.claim(range.start - outside..end + outside, kind);
    }
}

/// How long the name and the sign before an address are: `Header-From=someone@example.com`.
fn label(written: &str) -> usize {
    const NAMES: [&str; 14] = [
        "from",
        "to",
        "sender",
        "recipient",
        "rcpt",
        "mailfrom",
        "user",
        "username",
        "email",
        "mail",
        "address",
        "login",
        "account",
        "i",
    ];
    let Some((name, _)) = written.split_once('=') else { return 0 };
    let last = name.rsplit(['-', '_', '.']).next().unwrap_or_default().to_ascii_lowercase();
    if NAMES.contains(&last.as_str()) && !name.contains(['@', '+']) { name.len() + 1 } else { 0 }
}

/// IP addresses, also masked ones, that are not the start of a host's name.
pub fn claim_ip(claims: &mut Claims<'_>) {
    for range in addresses_in(claims.text) {
        let goes_on =
            claims.text[range.end..].strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_lowercase));
        if !goes_on {
            claims.claim(range, Kind::Hole(FieldType::Ip));
        }
    }
}

/// Those in what turned out to be no host's name.
pub fn claim_ip_in_names(claims: &mut Claims<'_>) {
    for range in addresses_in(claims.text) {
        claims.claim(range, Kind::Hole(FieldType::Ip));
    }
}

/// Where IP addresses stand in a text.
fn addresses_in(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let tagged = TAGGED.find_iter(text).map(|tagged| tagged.start() + 5..tagged.end());
    let plain = V6.find_iter(text).map(|plain| plain.range());
    for range in tagged.chain(plain) {
        let start = range.start;
        let inner = &text[range];
        let lead = if inner.starts_with(':') && !inner.starts_with("::") { 1 } else { 0 };
        let exact = &inner[lead..];
        let short = exact.trim_end_matches(['.', ':']);
        let address = [exact, short].into_iter().find(|text| text.parse::<Ipv6Addr>().is_ok() && text.len() > 3);
        let new = address.map(|address| start + lead..start + lead + address.len());
        found.extend(new.filter(|new| found.iter().all(|old| old.end <= new.start || new.end <= old.start)));
    }
    let four = V4.find_iter(text).map(|four| four.range()).filter(|range| is_v4(&text[range.clone()]));
    let four: Vec<_> =
        four.filter(|new| found.iter().all(|old| old.end <= new.start || new.end <= old.start)).collect();
    found.extend(four);
    found.sort_by_key(|range| range.start);
    found
}

/// An address, or one of which only the first numbers are told.
fn is_v4(text: &str) -> bool {
    let mask = |group: &str| group.bytes().all(|b| matches!(b, b'x' | b'X' | b'*'));
    let groups: Vec<&str> = text.split('.').collect();
    let masked = groups.len() == 4 && groups.iter().any(|group| mask(group));
    text.parse::<Ipv4Addr>().is_ok() || masked && groups.iter().all(|group| mask(group) || group.parse::<u8>().is_ok())
}
