//! Host names and domains.

use super::{Claims, Kind, pattern};
use crate::scaffold::known::Known;
use regex::Regex;
use rules_runtime::FieldType;
use std::sync::LazyLock;

static HOST: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+"));

/// Names of what is looked at, which look like hosts: `smtp.mailfrom`, `RFC5322.From`.
const PROPERTIES: [&str; 8] = ["mailfrom", "from", "helo", "ehlo", "rcptto", "sender", "auth", "mfrom"];
/// What names of files end in, and no host's does.
const FILES: [&str; 32] = [
    "exe", "txt", "pdf", "doc", "docx", "docm", "xls", "xlsx", "xlsm", "rtf", "csv", "rar", "iso", "img", "jpg",
    "jpeg", "png", "gif", "eml", "msg", "html", "htm", "js", "vbs", "bat", "scr", "lnk", "dll", "jar", "cfg", "conf",
    "log",
];

pub fn claim(claims: &mut Claims<'_>, known: &Known) {
    for range in claims.matches(&HOST) {
        let name = host(&claims.text[range.clone()]);
        let range = range.start..range.start + name.len();
        if !is_host(name) {
            continue;
        }
        let labels = name.split('.').count();
        let of_domain = claims.word_before(range.start) == "domain";
        let kind = match () {
            () if is_property(name) || known.is_wording(name) => Kind::Fixed,
            () if labels == 2 || of_domain => Kind::Hole(FieldType::Domain),
            () => Kind::Hole(FieldType::Host),
        };
        claims.claim(range, kind);
    }
}

/// Without a sentence that starts behind a full stop and no space: `blocked.Please`.
fn host(name: &str) -> &str {
    let mut name = name.trim_matches(['-', '_']);
    while let Some((before, last)) = name.rsplit_once('.') {
        let capital = last.starts_with(char::is_uppercase) && last.chars().skip(1).any(char::is_lowercase);
        let plain = before.rsplit('.').next().is_some_and(|label| !label.contains(char::is_uppercase));
        if !(capital && plain) {
            break;
        }
        name = before;
    }
    name
}

/// At least two labels, the last of letters.
fn is_host(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    let letters = last.chars().count() >= 2 && last.chars().all(char::is_alphabetic);
    if is_camel_case(last) || FILES.contains(&last.to_ascii_lowercase().as_str()) {
        return false;
    }
    name.contains('.') && (letters || last.to_ascii_lowercase().starts_with("xn--"))
}

/// `RecipientNotFound`: the name of an error.
fn is_camel_case(label: &str) -> bool {
    let letters: Vec<char> = label.chars().collect();
    let inner = letters.windows(2).filter(|pair| pair[0].is_lowercase() && pair[1].is_uppercase()).count();
    letters.len() > 6 && inner > 0
}

fn is_property(name: &str) -> bool {
    let lower = name.to_lowercase();
    let Some((first, last)) = lower.split_once('.') else { return false };
    PROPERTIES.contains(&last)
        && (["smtp", "header", "policy", "envelope"].contains(&first) || first.starts_with("rfc"))
}
