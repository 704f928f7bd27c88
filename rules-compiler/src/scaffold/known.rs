//! Names that are public: the provider's own, and those of block lists.

use crate::catalogue::{Catalogue, Provider, ProviderKind};
use std::collections::BTreeSet;

/// Host names below which nothing is anybody's secret.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Registered domains.
    domains: BTreeSet<String>,
    /// Domains as the catalogue names them.
    exact: BTreeSet<String>,
}

/// Local parts that stand for an office and not for a person.
const ROLES: [&str; 15] = [
    "postmaster",
    "abuse",
    "support",
    "delist",
    "delisting",
    "removal",
    "unblock",
    "blocklist",
    "help",
    "helpdesk",
    "noc",
    "hostmaster",
    "security",
    "feedback",
    "mailer-daemon",
];

impl Known {
    /// What a catalogue tells of a provider.
    #[must_use]
    pub fn of(catalogue: &Catalogue, provider: &Provider) -> Self {
        let mut known = Self::default();
        known.add(provider);
        let others = catalogue.providers.iter().map(|other| &other.value);
        others.filter(|other| other.kind == ProviderKind::Blocklist).for_each(|list| known.add(list));
        known
    }

    fn add(&mut self, provider: &Provider) {
        let links = &provider.links;
        let links = [&links.postmaster, &links.delisting, &links.documentation].into_iter().flatten();
        let named = provider.mx.iter().chain(&provider.domains).map(String::as_str);
        for host in named.chain(links.filter_map(|link| host_of(link))) {
            let host = host.to_ascii_lowercase();
            self.domains.insert(registered(&host).to_owned());
            self.exact.insert(host);
        }
    }

    /// Whether a host's name is public. One that spells an address is whoever's address it is.
    #[must_use]
    pub fn is_public(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        self.domains.contains(registered(&host)) && !spells_an_address(&host)
    }

    /// Whether it is the very name of a public domain, as wording uses it.
    #[must_use]
    pub fn is_wording(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        self.is_public(&host) && registered(&host) == host
    }

    /// Whether an address is that of an office of a public domain.
    #[must_use]
    pub fn is_office(&self, address: &str) -> bool {
        let Some((local, domain)) = address.rsplit_once('@') else { return false };
        ROLES.contains(&local.to_ascii_lowercase().as_str()) && self.is_public(domain)
    }
}

/// The host in a link.
#[must_use]
pub fn host_of(link: &str) -> Option<&str> {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    (!host.is_empty()).then_some(host)
}

/// The part of a name that somebody registered: the last two labels, or three below `co.uk` and its like.
fn registered(host: &str) -> &str {
    const SECOND: [&str; 9] = ["co", "com", "net", "org", "ac", "gov", "edu", "or", "ne"];
    let dots: Vec<usize> = host.rmatch_indices('.').map(|(at, _)| at).collect();
    let (Some(last), Some(second)) = (dots.first(), dots.get(1)) else { return host };
    let country = host.len() - last - 1 == 2;
    let labels = if country && SECOND.contains(&&host[second + 1..*last]) { 2 } else { 1 };
    dots.get(labels).map_or(host, |dot| &host[dot + 1..])
}

/// Four numbers in a row, as in `ec2-192-0-2-1.compute.example.com`.
fn spells_an_address(host: &str) -> bool {
    let mut numbers = 0;
    for part in host.split(['-', '.', '_']) {
        let digits = part.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        numbers = if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) { numbers + 1 } else { 0 };
        if numbers == 4 {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{host_of, registered, spells_an_address};

    #[test]
    fn the_registered_part_of_a_name() {
        for (host, part) in [
            ("mx1.mail.example.com", "example.com"),
            ("example.com", "example.com"),
            ("a.b.example.co.uk", "example.co.uk"),
            ("example.co.uk", "example.co.uk"),
            ("localhost", "localhost"),
            ("mail.example.de", "example.de"),
        ] {
            assert_eq!(registered(host), part);
        }
    }

    #[test]
    fn names_that_spell_an_address() {
        assert!(spells_an_address("ec2-192-0-2-1.compute.example.com"));
        assert!(spells_an_address("1.2.0.192.zen.example.org"));
        assert!(!spells_an_address("mail-ot1-f45.example.com"));
    }

    #[test]
    fn the_host_of_a_link() {
        assert_eq!(host_of("https://www.example.com:8080/a?b"), Some("www.example.com"));
        assert_eq!(host_of("www.example.com/a"), Some("www.example.com"));
    }
}
