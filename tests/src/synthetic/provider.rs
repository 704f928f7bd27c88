//! Made-up providers and their rules, as YAML.

use super::fill;
use super::grammar::expand;
use super::words::{SYLLABLES, TEMPLATES};
use crate::random::Random;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Categories, each with a reply code and an enhanced code that go with it.
const MEANINGS: [(&str, u16, &str); 16] = [
    ("ip-reputation", 554, "5.7.1"),
    ("domain-reputation", 550, "5.7.1"),
    ("spam-content", 550, "5.7.1"),
    ("rate-limited", 421, "4.7.0"),
    ("too-many-connections", 421, "4.7.0"),
    ("greylisted", 451, "4.7.1"),
    ("recipient-unknown", 550, "5.1.1"),
    ("recipient-disabled", 550, "5.2.1"),
    ("mailbox-full", 452, "4.2.2"),
    ("sender-authentication", 550, "5.7.26"),
    ("reverse-dns", 450, "4.7.25"),
    ("sender-rejected", 553, "5.1.8"),
    ("policy-refused", 550, "5.7.1"),
    ("message-too-large", 552, "5.3.4"),
    ("system-error", 451, "4.3.0"),
    ("login-required", 530, "5.7.0"),
];

/// What may follow a template in an example.
const ENDINGS: [&str; 6] =
    ["", "", "", " - queue {token}", " [{host}]", " Thank you for your understanding. {token}.{number}"];

/// A provider's name, host name and reason codes.
struct Brand {
    id: String,
    name: String,
    site: String,
    code: String,
}

impl Brand {
    fn new(number: usize, random: &mut Random) -> Self {
        let mut name = String::new();
        for _ in 0..2 + random.below(2) {
            name += SYLLABLES[random.below(SYLLABLES.len())];
        }
        let code = name.chars().filter(|letter| !"aeiou".contains(*letter)).take(3).collect::<String>().to_uppercase();
        let id = format!("{name}-{number}");
        let site = format!("postmaster.{name}{number}.example");
        let name = name[..1].to_uppercase() + &name[1..];
        Self { id, name, site, code }
    }

    fn template(&self, random: &mut Random) -> String {
        let template = expand(TEMPLATES, "<template>", random);
        let code = format!("{}-{}", self.code, 100 + random.below(900));
        let template = template.replace("BRAND", &self.name).replace("SITE", &self.site).replace("CODE", &code);
        template[..1].to_uppercase() + &template[1..]
    }
}

/// Providers with that many rules in all: each one's id and its file.
pub fn all(rules: usize) -> Vec<(String, String)> {
    let mut random = Random::new(1);
    let mut skeletons = BTreeSet::new();
    let mut files = Vec::new();
    let mut count = 0;
    while count < rules {
        let brand = Brand::new(files.len(), &mut random);
        let here = (4 + random.below(17)).min(rules - count);
        files.push((brand.id.clone(), file(&brand, here, &mut skeletons, &mut random)));
        count += here;
    }
    files
}

fn file(brand: &Brand, rules: usize, skeletons: &mut BTreeSet<String>, random: &mut Random) -> String {
    let Brand { id, name, site, .. } = brand;
    let kind = ["mailbox", "mailbox", "gateway", "esp"][random.below(4)];
    let mut yaml = format!(
        "id: {id}\nname: {name}\nkind: {kind}\nmx: [mx.{id}.example]\ndomains: [{id}.example]\nlinks:\n  postmaster: https://{site}\nrules:\n"
    );
    for number in 0..rules {
        let template = loop {
            let template = brand.template(random);
            if is_sound(&template) && skeletons.insert(skeleton(&template)) {
                break template;
            }
        };
        rule(&mut yaml, number, &template, random);
    }
    yaml
}

fn rule(yaml: &mut String, number: usize, template: &str, random: &mut Random) {
    let (category, reply, status) = MEANINGS[random.below(MEANINGS.len())];
    let mut line = |text: &str| writeln!(yaml, "{text}").expect("memory");
    line(&format!("  - id: reply-{number}"));
    match random.below(3) {
        0 => line(&format!("    reply: {reply}")),
        1 if random.below(2) == 0 => line(&format!("    reply: {}xx", reply / 100)),
        _ => {}
    }
    if random.below(4) == 0 {
        line(&format!("    status: {status}"));
    }
    line(&format!("    text: {}", quoted(template)));
    line(&format!("    category: {category}"));
    line("    explanation: >-");
    line("      A made-up server of a measurement said so, and made-up senders do whatever they like about it.");
    line("    source: observed");
    line("    checked: 2026-11-23");
    line("    examples:");
    let ending = ENDINGS[random.below(ENDINGS.len())];
    let text = fill(&format!("{template}{ending}"), random);
    line(&format!("      - {}", quoted(&format!("{reply} {status} {text}"))));
}

/// Whether every field of a template has a name of its own, and no hole stands beside another.
fn is_sound(template: &str) -> bool {
    let names: Vec<&str> = template.split('{').skip(1).filter_map(|hole| hole.split(['}', ':', '=']).next()).collect();
    names.iter().collect::<BTreeSet<_>>().len() == names.len() && !template.contains("}{")
}

/// The template with all holes alike.
fn skeleton(template: &str) -> String {
    let mut parts = template.split('{');
    let mut skeleton = parts.next().unwrap_or_default().to_lowercase();
    for part in parts {
        let (hole, behind) = part.split_once('}').unwrap_or((part, ""));
        skeleton += hole.split_once('=').map_or("{}", |(_, literal)| literal);
        skeleton += &behind.to_lowercase();
    }
    skeleton
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text")
}
