//! Replies from templates: holes filled with values from the ranges reserved for examples.

use crate::random::Random;

/// A reply's text that the template matches.
#[must_use]
pub fn fill(template: &str, random: &mut Random) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        let (hole, next) = behind.split_once('}').expect("a hole is closed");
        text += before;
        text += &match hole.split_once('=') {
            Some((_, literal)) => literal.to_owned(),
            None => value(hole.rsplit(':').next().unwrap_or(hole), random),
        };
        rest = next;
    }
    text + rest
}

fn value(kind: &str, random: &mut Random) -> String {
    const NAMES: [&str; 8] = ["jane", "bob.smith", "sales", "k.mueller", "newsletter", "info", "a.lopez", "postbox7"];
    const HOSTS: [&str; 6] = ["mx1", "mail", "smtp-out3", "relay", "news", "mta12.fra"];
    const DOMAINS: [&str; 5] = ["example.com", "example.net", "example.org", "shop.example.com", "lists.example.net"];
    let mut any = |list: &[&'static str]| list[random.below(list.len())];
    match kind {
        "email" => format!("{}@{}", any(&NAMES), any(&DOMAINS)),
        "host" => format!("{}.{}", any(&HOSTS), any(&DOMAINS)),
        "domain" => any(&DOMAINS).to_owned(),
        "url" => format!("https://help.{}/{}", any(&DOMAINS), 1000 + random.below(9000)),
        "ip" if random.below(8) == 0 => format!("2001:db8::{:x}", 1 + random.below(65_000)),
        "ip" => format!("{}.{}", ["192.0.2", "198.51.100", "203.0.113"][random.below(3)], 1 + random.below(254)),
        // Not what could be taken for a reply code.
        "number" => (2 + random.below(190)).to_string(),
        "date" => format!("2026-11-{:02}", 1 + random.below(28)),
        "token" => format!("{:08x}", random.number() as u32),
        other => panic!("no value for a hole of type {other}"),
    }
}
