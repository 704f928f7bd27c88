//! The page of the rules whose words overrule their code.

use super::page::Page;
use super::site::{Rule, Site};
use super::text;
use crate::catalogue::{Owner, RulePermanence};
use crate::emit::paths;

pub fn page(site: &Site<'_>) -> Page {
    let mut page = Page::new(
        paths::OVERRULES,
        "catalogue/providers/ and catalogue/phrases/",
        "Replies whose words overrule their code",
    );
    page.paragraph(
        "A reply code that starts with 4 promises that a later attempt may succeed, one that starts with 5 that it will not. In these \
         replies the words say otherwise, and the words are right.",
    );
    section(
        site,
        &mut page,
        RulePermanence::Transient,
        "Temporary, even with a 5xx",
        "Try again, though the code says not to.",
    );
    section(
        site,
        &mut page,
        RulePermanence::Permanent,
        "Permanent, even with a 4xx",
        "Do not try again, though the code says to.",
    );
    page.heading(2, "See also");
    page.list([page.link("Reply codes", paths::CODES), page.link("Find a reply", paths::INDEX)]);
    page
}

fn section(site: &Site<'_>, page: &mut Page, permanence: RulePermanence, heading: &str, meaning: &str) {
    page.heading(2, heading);
    let providers = site.providers_by_name().into_iter().map(Owner::Provider);
    let rules = providers.chain(site.languages()).flat_map(|owner| site.rules_of(owner));
    let rules: Vec<&Rule<'_>> = rules.filter(|rule| rule.checked.permanence == Some(permanence)).collect();
    if rules.is_empty() {
        page.paragraph("No such reply is known.");
        return;
    }
    page.paragraph(meaning);
    for rule in rules {
        let name = text::prose(site.owner_name(rule.written.owner));
        page.paragraph(&format!("**{name}: {}**", rule.link(page)));
        page.list(rule.examples.iter().map(|example| text::reply(example.text)));
        text::paragraphs(&rule.written.rule.explanation).for_each(|paragraph| page.paragraph(&paragraph));
    }
}
