//! Links.

use super::{Claims, Kind, find, pattern};
use crate::scaffold::known::{Known, host_of};
use regex::Regex;
use rules_runtime::FieldType;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

static LINK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r#"(?i)\b(?:https?|ftp)://[^\s<>"`]+"#,
        r#"|\bwww\.[^\s<>"`]+"#,
        r#"|\b[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.[a-z]{2,}/[^\s<>"`]*"#
    ))
});
static ESCAPED_MAIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)[^/?&=;#]+%40[^/?&=;#]+"));

/// A public link that names nobody is part of the wording; every other varies.
pub fn claim(claims: &mut Claims<'_>, known: &Known) {
    for range in claims.matches(&LINK) {
        let link = claims.text[range.clone()].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'']);
        let public = host_of(link).is_some_and(|host| known.is_public(host));
        let kind =
            if public && private_parts(link, known).is_empty() { Kind::Fixed } else { Kind::Hole(FieldType::Url) };
        claims.claim(range.start..range.start + link.len(), kind);
    }
}

/// What a public link says of somebody, behind its host.
pub fn private_parts(link: &str, known: &Known) -> Vec<(Range<usize>, FieldType)> {
    let scheme = link.find("://").map_or(0, |at| at + 3);
    let start = link[scheme..].find(['/', '?', '#']).map_or(link.len(), |at| scheme + at);
    let path_end = link.find(['?', '#']).unwrap_or(link.len());
    let escaped = ESCAPED_MAIL
        .find_iter(&link[start..])
        .map(|found| (found.start() + start..found.end() + start, FieldType::Email));
    let mut parts: Vec<_> = escaped.collect();
    // Each value of the address on its own.
    let mut from = start;
    for (at, c) in link[start..].char_indices().map(|(at, c)| (start + at, c)).chain([(link.len(), '/')]) {
        if !"/?&=;#+".contains(c) {
            continue;
        }
        let range = from..at;
        from = at + c.len_utf8();
        if range.is_empty() || parts.iter().any(|(other, _)| other.start < range.end && range.start < other.end) {
            continue;
        }
        // A number in the path is the page's.
        let value = &link[range.clone()];
        let long_number = value.len() >= 5 && value.bytes().all(|b| b.is_ascii_digit());
        if long_number && range.start > path_end {
            parts.push((range, FieldType::Token));
            continue;
        }
        for part in find(value, known, &BTreeSet::new()) {
            let Kind::Hole(kind) = part.kind else { continue };
            let public = match kind {
                FieldType::Number | FieldType::Date => true,
                FieldType::Host | FieldType::Domain => is_page(&value[part.range.clone()], known),
                _ => false,
            };
            if !public {
                parts.push((range.start + part.range.start..range.start + part.range.end, kind));
            }
        }
    }
    parts.sort_by_key(|(range, _)| range.start);
    parts
}

/// `index.html`, or a name that is public anyway.
fn is_page(name: &str, known: &Known) -> bool {
    let extension = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    known.is_public(name)
        || ["html", "htm", "php", "asp", "aspx", "jsp", "cgi", "txt", "pdf"].contains(&extension.as_str())
}
