//! What of a pasted text nobody may see published.

use super::known::Known;
use super::parts::{self, Kind};
use rules_runtime::FieldType;
use std::collections::BTreeSet;

/// The names and addresses in all that was pasted that are not public, in lower case.
pub fn secrets(whole: &str, known: &Known) -> BTreeSet<String> {
    let mut secrets = BTreeSet::new();
    for part in parts::find(whole, known, &BTreeSet::new()) {
        let value = whole[part.range.clone()].trim_matches(['<', '>']).to_lowercase();
        let reserved = ["example.com", "example.net", "example.org"].iter().any(|name| value.ends_with(name))
            || value.starts_with("192.0.2.")
            || value.starts_with("2001:db8:");
        let private = match part.kind {
            Kind::Hole(FieldType::Ip | FieldType::Email) => true,
            Kind::Hole(FieldType::Host | FieldType::Domain) => !known.is_public(&value),
            _ => false,
        };
        if private && !reserved {
            secrets.insert(value);
        }
    }
    secrets
}

/// The names before the sign of secret addresses, unless they are words of any reply.
pub fn local_parts(secrets: &BTreeSet<String>) -> BTreeSet<String> {
    const WORDS: [&str; 12] = [
        "info",
        "mail",
        "admin",
        "user",
        "root",
        "test",
        "support",
        "postmaster",
        "noreply",
        "no-reply",
        "sender",
        "bounce",
    ];
    let locals = secrets.iter().filter_map(|secret| secret.rsplit_once('@')).map(|(local, _)| local);
    locals.filter(|local| local.len() >= 3 && !WORDS.contains(local)).map(str::to_owned).collect()
}
