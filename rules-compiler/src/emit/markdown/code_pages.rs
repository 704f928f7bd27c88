//! The pages of the basic reply codes.

use super::page::Page;
use super::site::{Rule, Site};
use super::{code_parts, entry, facts, text, words};
use crate::catalogue::{Located, Owner, ReplyCode};
use crate::check::CategoryIndex;
use crate::emit::paths;
use std::collections::BTreeMap;

/// How many meanings of a code stand at the top.
const AT_THE_TOP: usize = 8;

pub fn pages(site: &Site<'_>) -> Vec<Page> {
    let catalogue = &site.checked.catalogue;
    let codes = catalogue.codes.iter().zip(&site.checked.code_categories);
    let of_code = |(code, category): (&Located<ReplyCode>, &CategoryIndex)| {
        std::iter::once(page(site, code, *category)).chain(code_parts::pages(site, code)).collect::<Vec<_>>()
    };
    codes.flat_map(of_code).chain([table(site)]).collect()
}

fn page(site: &Site<'_>, located: &Located<ReplyCode>, category: CategoryIndex) -> Page {
    let code = &located.value;
    let origin = format!("{}, catalogue/providers/ and catalogue/phrases/", site.origin(&located.place));
    let mut page =
        Page::new(paths::reply_code(code.reply), &origin, &format!("SMTP reply code {}: {}", code.reply, code.title));
    page.labelled("What it means.", &code.explanation);
    page.labelled("What to do.", &code.advice);
    let facts = [
        format!("**By the code alone:** {}", site.category_link(&page, category)),
        format!("**Class:** {}xx, {}", code.reply / 100, words::class(class(code.reply))),
        format!("**Defined in** {}", text::prose(&code.reference)),
    ];
    page.paragraph(&facts.join(" · "));
    if let Some(misuse) = &code.misuse {
        page.labelled("In practice.", misuse);
    }
    if code_parts::of_code(site, code.reply).is_empty() {
        providers(site, &mut page, code.reply);
        phrases(site, &mut page, code.reply);
    } else {
        meanings(site, &mut page, code.reply);
        code_parts::index(site, &mut page, code.reply);
    }
    see_also(site, &mut page, located);
    page
}

/// What the replies with the code mean, the most frequent first.
fn meanings(site: &Site<'_>, page: &mut Page, code: u16) {
    let said = |rule: &&Rule<'_>| match rule.written.owner {
        Owner::Provider(_) => rule.belongs_to(code),
        Owner::Language(_) => rule.has_example(code),
    };
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for rule in site.rules.iter().filter(said) {
        *counts.entry(rule.checked.category.0).or_default() += 1;
    }
    let mut counts: Vec<(usize, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(category, replies)| (std::cmp::Reverse(*replies), *category));
    let link = |(category, replies): &(usize, usize)| {
        format!("{} ({replies})", site.category_link(page, CategoryIndex(*category)))
    };
    let (first, others) = counts.split_at(counts.len().min(AT_THE_TOP));
    let first: Vec<String> = first
        .iter()
        .map(|count| format!("{}: {}", link(count), words::action(site.category(CategoryIndex(count.0)).action)))
        .collect();
    let others: Vec<String> = others.iter().map(link).collect();
    page.heading(2, "What the replies mean");
    page.paragraph("The words decide. By the number of known replies:");
    page.list(first);
    if !others.is_empty() {
        page.folded_paragraph("Less often", &others.join(" · "));
    }
}

/// The providers that say the code, by name, and each one's rules.
pub fn speakers<'s>(site: &'s Site<'_>, code: u16) -> Vec<(usize, Vec<&'s Rule<'s>>)> {
    let all = site.providers_by_name().into_iter();
    let rules = |index| site.rules_of(Owner::Provider(index)).filter(|rule| rule.belongs_to(code)).collect::<Vec<_>>();
    all.map(|index| (index, rules(index))).filter(|(_, rules)| !rules.is_empty()).collect()
}

fn providers(site: &Site<'_>, page: &mut Page, code: u16) {
    let speakers = speakers(site, code);
    if speakers.is_empty() {
        return;
    }
    page.heading(2, "Providers");
    let links = speakers.iter().map(|(index, rules)| {
        let provider = site.provider(*index);
        format!("[{}](#{}) ({})", text::prose(&provider.name), provider.id, rules.len())
    });
    let links: Vec<String> = links.collect();
    page.paragraph(&links.join(" · "));
    page.reserve(speakers.iter().map(|(index, _)| site.provider(*index).id.clone()));
    speakers.into_iter().for_each(|(index, rules)| provider_section(site, page, code, index, &rules, true));
}

/// A provider's replies with the code, whole or in a line each.
pub fn provider_section(site: &Site<'_>, page: &mut Page, code: u16, index: usize, rules: &[&Rule<'_>], whole: bool) {
    let provider = site.provider(index);
    page.anchored(2, &provider.id, &provider.name);
    let all = page.link(&format!("All replies of {}", text::prose(&provider.name)), &paths::provider(&provider.id));
    let help = [("postmaster page", &provider.links.postmaster), ("delisting", &provider.links.delisting)];
    let help = help.iter().filter_map(|(label, url)| url.as_ref().map(|url| format!("{label}: {}", text::link(url))));
    page.paragraph(&std::iter::once(all).chain(help).collect::<Vec<_>>().join(" · "));
    if whole {
        rules.iter().for_each(|rule| entry::beside_code(site, page, rule, code));
    } else {
        let lines: Vec<String> = rules.iter().map(|rule| entry::line(page, rule, code)).collect();
        page.list(lines);
    }
}

fn phrases(site: &Site<'_>, page: &mut Page, code: u16) {
    let lines: Vec<String> = code_parts::said_by_any(site, code).map(|rule| entry::line(page, rule, code)).collect();
    if !lines.is_empty() {
        page.heading(2, "Words that any server may use");
        page.paragraph("These mean the same whoever says them.");
        page.list(lines);
    }
}

fn see_also(site: &Site<'_>, page: &mut Page, located: &Located<ReplyCode>) {
    let code = located.value.reply;
    page.heading(2, "See also");
    let codes: Vec<&ReplyCode> = site.checked.catalogue.codes.iter().map(|code| &code.value).collect();
    let own = codes.iter().position(|known| known.reply == code).unwrap_or(0);
    let neighbours = [own.checked_sub(1), Some(own + 1)].into_iter().flatten().filter_map(|index| codes.get(index));
    let neighbours = neighbours.filter(|other| other.reply / 100 == code / 100).map(|other| {
        page.link(&format!("{} {}", other.reply, text::prose(&other.title)), &paths::reply_code(other.reply))
    });
    let mut lines: Vec<String> = neighbours.collect();
    if site.has_class(class(code)) {
        let label = format!("Enhanced codes {}.X.X", class(code));
        lines.push(page.link(&label, &paths::enhanced_class(class(code))));
    }
    lines.push(format!("{} · {}", page.link("All reply codes", paths::CODES), page.link("Find a reply", paths::INDEX)));
    lines.push(site.edit(page, &located.place, "Edit this code"));
    page.list(lines);
}

fn table(site: &Site<'_>) -> Page {
    let mut page = Page::new(paths::CODES, "catalogue/codes/", "SMTP reply codes");
    page.paragraph(
        "The three digits with which every reply of a mail server begins. The first tells how it went, and the words behind \
         the digits tell more than the digits: look for them on the code's page.",
    );
    let codes: Vec<_> = site.checked.catalogue.codes.iter().zip(&site.checked.code_categories).collect();
    // Failures first: they are what people look for.
    for first in [4, 5, 2, 3] {
        let of_class: Vec<_> = codes.iter().filter(|(code, _)| class(code.value.reply) == first).collect();
        if of_class.is_empty() {
            continue;
        }
        page.heading(2, &format!("{first}xx: {}", words::class(first)));
        let known = |code: u16| site.rules.iter().filter(|rule| rule.has_example(code)).count();
        let spoken = of_class.iter().any(|(code, _)| known(code.value.reply) > 0);
        let rows = of_class.into_iter().map(|(code, category)| {
            let code = &code.value;
            let link = site.code_link(&page, code.reply);
            [link, text::prose(&code.title), site.category_link(&page, **category), known(code.reply).to_string()]
        });
        let rows: Vec<[String; 4]> = rows.collect();
        if spoken {
            page.table(["Code", "Meaning", "Category", "Known replies"], rows);
        } else {
            page.table(
                ["Code", "Meaning", "Category"],
                rows.into_iter().map(|[code, title, category, _]| [code, title, category]),
            );
        }
    }
    page.paragraph(&page.link("Find a reply", paths::INDEX));
    page
}

fn class(code: u16) -> u8 {
    facts::class_of(code)
}
