//! The documentation's first page.

use super::page::Page;
use super::site::Site;
use super::{facts, guides, text, words};
use crate::catalogue::{Guide, Owner};
use crate::emit::paths;

pub fn page(site: &Site<'_>) -> Page {
    let catalogue = &site.checked.catalogue;
    let mut page = Page::new(paths::INDEX, "catalogue/", "What SMTP replies mean");
    page.paragraph(
        "A mail server has refused your message, or put it off, with a line such as `421 4.7.0 …`. Find the line here, and read what \
         it means, whether to try again, and what to do now.",
    );
    let to = |label: &str, path: &str| page.link(label, path);
    page.list([
        format!(
            "**You have the bounce:** {}. Paste it, and get the answer.",
            to("Read my bounce", paths::READ_MY_BOUNCE)
        ),
        "**You have a code or a few words of the reply:** type them into the search box above, in the book.".to_owned(),
        joined("**You have only the code:**", &often_seen(site, &page), "[all codes](#by-code)"),
        format!(
            "**You have a code of the provider's own,** such as `S3150` or `TSS04`: {}.",
            to("all of them, in the order of the alphabet", paths::OWN_CODES)
        ),
        joined("**You know who answered:**", &often_met(site, &page), "[all names](#by-provider)"),
        format!(
            "**You know what it means and want to put it right:** {}.",
            to("what to do, step by step", paths::GUIDES)
        ),
    ]);
    page.paragraph(&asked(&page));
    page.paragraph(&counts(site));
    page.heading(2, "By code");
    by_code(site, &mut page);
    page.heading(2, "By category");
    let categories = catalogue.categories.iter().enumerate();
    let links: Vec<String> =
        categories.map(|(index, _)| site.category_link(&page, crate::check::CategoryIndex(index))).collect();
    page.paragraph(&links.join(" · "));
    page.paragraph(&page.link("All categories with their meanings", paths::CATEGORIES));
    page.heading(2, "What to do");
    page.list(Guide::ALL.iter().map(|guide| guides::link(&page, *guide)).collect::<Vec<_>>());
    page.heading(2, "By provider");
    by_provider(site, &mut page);
    page.heading(2, "Words that any server may use");
    let languages = catalogue.languages.iter().map(|language| &language.value);
    let languages: Vec<String> = languages
        .map(|language| page.link(&text::prose(&language.name), &paths::language(&language.language)))
        .collect();
    page.paragraph(&languages.join(" · "));
    page.paragraph(&page.link("All languages", paths::PHRASES));
    page.heading(2, "More");
    let mut more = vec![
        page.link("Replies whose words overrule their code", paths::OVERRULES),
        page.link("Where to ask for delisting", paths::DELISTING),
    ];
    if !catalogue.moved.is_empty() {
        more.push(page.link("Rules that were renamed or withdrawn", paths::MOVED));
    }
    more.extend(guides::OTHERS.iter().map(|(path, label)| page.link(label, path)));
    more.push(page.link("What the messages of `rules check` mean, by code", paths::DIAGNOSTICS));
    more.push(page.link("What the catalogue knows, counted", paths::STATS));
    page.list(more);
    page
}

fn joined(label: &str, links: &str, all: &str) -> String {
    if links.is_empty() { format!("{label} {all}") } else { format!("{label} {links} · {all}") }
}

/// How many codes stand at the top.
const AT_THE_TOP: usize = 8;

/// The codes of failures with which most replies come.
fn often_seen(site: &Site<'_>, page: &Page) -> String {
    let codes = site.checked.catalogue.codes.iter().map(|code| code.value.reply).filter(|code| *code >= 400);
    let mut codes: Vec<(usize, u16)> =
        codes.map(|code| (site.rules.iter().filter(|rule| rule.has_example(code)).count(), code)).collect();
    codes.sort_by_key(|(replies, code)| (std::cmp::Reverse(*replies), *code));
    codes.truncate(AT_THE_TOP);
    codes.sort_by_key(|(_, code)| *code);
    codes.iter().map(|(_, code)| site.code_link(page, *code)).collect::<Vec<_>>().join(" · ")
}

/// Who answers most mail, by id.
const MOST_MET: [&str; 9] =
    ["google", "outlook-com", "exchange-online", "yahoo", "apple", "gmx", "mimecast", "proofpoint", "spamhaus"];

/// Those of them that the catalogue knows.
fn often_met(site: &Site<'_>, page: &Page) -> String {
    let providers = site.checked.catalogue.providers.iter().map(|provider| &provider.value);
    let known = |id: &&str| providers.clone().find(|provider| provider.id == **id);
    let links = MOST_MET.iter().filter_map(known);
    let links = links.map(|provider| page.link(&text::prose(&provider.name), &paths::provider(&provider.id)));
    links.collect::<Vec<_>>().join(" · ")
}

/// What people ask for most.
fn asked(page: &Page) -> String {
    let questions = [
        ("Is the address dead, or the mailbox only full?", paths::guide(Guide::Suppress)),
        ("How do I get off a block list?", paths::guide(Guide::Delisting)),
        ("Why is my mail called unauthenticated?", paths::guide(Guide::Authentication)),
        ("When do I try again?", paths::guide(Guide::Retry)),
    ];
    let links = questions.iter().map(|(question, path)| page.link(question, path));
    format!("**Often asked:** {}", links.collect::<Vec<_>>().join(" · "))
}

fn by_provider(site: &Site<'_>, page: &mut Page) {
    let providers = site.providers_by_name().into_iter().map(|index| {
        let provider = site.provider(index);
        let replies = words::count(site.rules_of(Owner::Provider(index)).count(), "reply", "replies");
        let link = page.link(&text::prose(&provider.name), &paths::provider(&provider.id));
        format!("{link}: {}, {replies}", words::kind(provider.kind))
    });
    let providers: Vec<String> = providers.collect();
    page.list(providers);
    let tables = [
        page.link("Providers and the names of their servers", paths::PROVIDERS),
        page.link("block lists", paths::BLOCK_LISTS),
        page.link("server software", paths::SOFTWARE),
    ];
    page.paragraph(&tables.join(" · "));
}

fn counts(site: &Site<'_>) -> String {
    let catalogue = &site.checked.catalogue;
    let phrases = site.rules.iter().filter(|rule| matches!(rule.written.owner, Owner::Language(_))).count();
    format!(
        "Explained: {} of {}, {} that any server may use, {} and {}, in {}.",
        words::count(site.rules.len() - phrases, "reply", "replies"),
        words::count(catalogue.providers.len(), "provider", "providers"),
        words::count(phrases, "wording", "wordings"),
        words::count(catalogue.codes.len(), "reply code", "reply codes"),
        words::count(catalogue.enhanced.len(), "enhanced code", "enhanced codes"),
        words::count(catalogue.categories.len(), "category", "categories"),
    )
}

fn by_code(site: &Site<'_>, page: &mut Page) {
    let catalogue = &site.checked.catalogue;
    let mut lines = Vec::new();
    for class in [4, 5, 2, 3] {
        let codes = catalogue.codes.iter().map(|code| code.value.reply).filter(|code| facts::class_of(*code) == class);
        let links: Vec<String> = codes.map(|code| site.code_link(page, code)).collect();
        if !links.is_empty() {
            lines.push(format!("**{class}xx, {}:** {}", words::class(class), links.join(" · ")));
        }
    }
    let classes = catalogue.classes.iter().map(|class| &class.value);
    let classes = classes.map(|class| page.link(&format!("{}.X.X", class.class), &paths::enhanced_class(class.class)));
    let subjects = site.subjects().into_iter();
    let subjects = subjects.map(|subject| page.link(&format!("X.{subject}.X"), &paths::enhanced_subject(subject)));
    let links: Vec<String> = classes.chain(subjects).collect();
    lines.push(format!("**Enhanced codes:** {}", links.join(" · ")));
    lines.push(format!(
        "{} · {}",
        page.link("All reply codes", paths::CODES),
        page.link("all enhanced codes", paths::ENHANCED)
    ));
    page.list(lines);
}
