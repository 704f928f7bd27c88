//! The codes that providers have made up themselves, such as `S3150`: what each means, in the order of the alphabet.

use super::facts::Answer;
use super::page::Page;
use super::site::{Rule, Site};
use super::{text, title};
use crate::catalogue::Owner;
use crate::emit::paths;
use std::collections::BTreeMap;

/// Stands for all codes that do not begin with a letter, behind those that do.
const DIGITS: char = '~';

pub fn page(site: &Site<'_>) -> Page {
    let mut page = Page::new(paths::OWN_CODES, "catalogue/providers/", "Providers' own codes");
    page.paragraph(
        "Some providers put a code of their own into a reply, such as `S3150` or `[TSS04]`. Find it here, whose it is \
         and what to do about it; the link tells the rest.",
    );
    let mut letters: BTreeMap<char, Vec<(Vec<&str>, &Rule<'_>)>> = BTreeMap::new();
    for rule in &site.rules {
        for (letter, codes) in by_letter(rule) {
            letters.entry(letter).or_default().push((codes, rule));
        }
    }
    let links: Vec<String> =
        letters.keys().map(|letter| format!("[{}](#{})", heading(*letter), anchor(*letter))).collect();
    page.paragraph(&links.join(" · "));
    for (letter, mut rules) in letters {
        rules.sort_by_key(|(codes, rule)| (codes[0].to_uppercase(), &rule.entry));
        page.anchored(2, &anchor(letter), &heading(letter));
        let lines: Vec<String> = rules.iter().map(|(codes, rule)| line(site, &page, codes, rule)).collect();
        page.list(lines);
    }
    page.heading(2, "See also");
    page.list([
        page.link("Reply codes", paths::CODES),
        page.link("Enhanced codes", paths::ENHANCED),
        page.link("Providers", paths::PROVIDERS),
        page.link("Find a reply", paths::INDEX),
    ]);
    page
}

/// A provider's codes in a rule, by their first letters.
fn by_letter<'r>(rule: &'r Rule<'_>) -> BTreeMap<char, Vec<&'r str>> {
    let mut letters: BTreeMap<char, Vec<&str>> = BTreeMap::new();
    if matches!(rule.written.owner, Owner::Provider(_)) {
        for code in title::own_codes(&rule.checked.templates) {
            let first = code.chars().next().map_or(DIGITS, |first| first.to_ascii_uppercase());
            letters.entry(if first.is_ascii_alphabetic() { first } else { DIGITS }).or_default().push(code);
        }
    }
    letters.values_mut().for_each(|codes| codes.sort_unstable());
    letters
}

fn line(site: &Site<'_>, page: &Page, codes: &[&str], rule: &Rule<'_>) -> String {
    let shown: Vec<String> = codes.iter().map(|code| text::code(code)).collect();
    let mut whose = text::prose(site.owner_name(rule.written.owner));
    // A code that gives its entry the title is not said twice.
    if codes.iter().all(|code| rule.title != *code) {
        whose += &format!(", {}", text::prose(&title::of_rule(&rule.written.rule.id)));
    }
    format!("{} {whose}: {}", page.link(&shown.join(", "), &rule.entry), Answer::seen(rule).action)
}

fn heading(letter: char) -> String {
    if letter == DIGITS { "Digits".to_owned() } else { letter.to_string() }
}

fn anchor(letter: char) -> String {
    heading(letter).to_lowercase()
}
