//! The pages of the providers.

use super::page::Page;
use super::site::{Rule, Site};
use super::{entry, moved_page, text, title, wording, words};
use crate::catalogue::{Located, Owner, Provider, ProviderKind};
use crate::emit::paths;
use std::collections::BTreeMap;

pub fn pages(site: &Site<'_>) -> Vec<Page> {
    let providers = site.checked.catalogue.providers.iter().enumerate();
    providers.map(|(index, provider)| page(site, provider, index)).chain(tables(site)).collect()
}

fn page(site: &Site<'_>, located: &Located<Provider>, index: usize) -> Page {
    let provider = &located.value;
    let heading = format!("{}: SMTP replies", provider.name);
    let mut page = Page::new(paths::provider(&provider.id), &site.origin(&located.place), &heading);
    let rules: Vec<&Rule<'_>> = site.rules_of(Owner::Provider(index)).collect();
    let known = words::count(rules.len(), "reply is", "replies are");
    let kind = title::capitalized(words::kind(provider.kind));
    page.paragraph(&format!("{kind}{}. {known} explained here.", other_names(provider)));
    page.list(help(provider).into_iter().chain(hosts(provider)));
    if let Some(notes) = &provider.notes {
        text::paragraphs(notes).for_each(|paragraph| page.paragraph(&paragraph));
    }
    if !rules.is_empty() {
        if rules.len() > WITHOUT_INDEX {
            page.heading(2, "Replies by code");
            by_code(site, &mut page, &rules);
        }
        page.heading(2, "Replies");
        replies(site, &mut page, &rules);
    }
    moved_page::beside_owner(site, &mut page, &provider.id);
    let identity = identity(provider);
    if !identity.is_empty() {
        page.heading(2, "How to tell that it speaks");
        page.list(identity);
    }
    page.heading(2, "See also");
    let edit = site.edit(&page, &located.place, "Edit this provider");
    let kind = match provider.kind {
        ProviderKind::Blocklist => page.link("All block lists", paths::BLOCK_LISTS),
        ProviderKind::Mta => page.link("All server software", paths::SOFTWARE),
        _ => page.link("Where to ask for delisting", paths::DELISTING),
    };
    page.list([kind, page.link("All providers", paths::PROVIDERS), page.link("Find a reply", paths::INDEX), edit]);
    page
}

/// Behind what it is: the names under which it is known besides its own.
fn other_names(provider: &Provider) -> String {
    let names: Vec<String> = provider.also_known_as.iter().map(|name| text::prose(name)).collect();
    if names.is_empty() { String::new() } else { format!(", also known as {}", words::all(&names)) }
}

/// The hosts that answer for it.
fn hosts(provider: &Provider) -> Option<String> {
    (!provider.mx.is_empty()).then(|| format!("**Its servers' names end in:** {}", codes(&provider.mx)))
}

/// How else to tell the provider.
fn identity(provider: &Provider) -> Vec<String> {
    let markers: Vec<String> = provider.markers.iter().map(|marker| wording::marked(marker)).collect();
    let lines =
        [("Only its replies carry", codes(&markers)), ("Its customers' addresses end in", codes(&provider.domains))];
    lines
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| format!("**{label}:** {value}"))
        .collect()
}

fn codes(texts: &[String]) -> String {
    texts.iter().map(|text| text::code(text)).collect::<Vec<_>>().join(", ")
}

fn help(provider: &Provider) -> Vec<String> {
    let links = &provider.links;
    let links = [
        ("For postmasters", &links.postmaster),
        ("Ask for delisting", &links.delisting),
        ("Its own documentation", &links.documentation),
    ];
    let mut lines: Vec<(&str, &String)> = Vec::new();
    for (label, url) in links {
        // One page that serves for two things is named once.
        let Some(url) = url.as_ref().filter(|url| lines.iter().all(|(_, known)| known != url)) else { continue };
        lines.push((label, url));
    }
    lines.into_iter().map(|(label, url)| format!("**{label}:** {}", text::link(url))).collect()
}

/// So few replies are seen without an index.
pub const WITHOUT_INDEX: usize = 3;

/// The entries, and what the marks in them mean: above a long list, below a short one, where the answer comes first.
pub fn replies(site: &Site<'_>, page: &mut Page, rules: &[&Rule<'_>]) {
    if rules.len() > WITHOUT_INDEX {
        page.paragraph(wording::LEGEND);
    }
    rules.iter().for_each(|rule| entry::whole(site, page, rule));
    if rules.len() <= WITHOUT_INDEX {
        page.paragraph(wording::LEGEND);
    }
}

/// A page with more replies than this folds up the codes that come with many of them.
const MOST_LISTED: usize = 30;

/// How many replies of a code are not folded up.
const FEW: usize = 6;

/// The rules under each code that they name or are seen with.
pub fn by_code(site: &Site<'_>, page: &mut Page, rules: &[&Rule<'_>]) {
    let mut codes: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    let mut others = Vec::new();
    for rule in rules {
        for code in rule.codes() {
            codes.entry(code).or_default().push(rule.link(page));
        }
        if rule.codes().is_empty() {
            others.push(rule.link(page));
        }
    }
    let others = (!others.is_empty()).then_some(("Without a reply code".to_owned(), None, others));
    let codes = codes.into_iter().map(|(code, links)| (code.to_string(), Some(code), links)).chain(others);
    let long = |links: &[String]| rules.len() > MOST_LISTED && links.len() > FEW;
    let (folded, listed): (Vec<_>, Vec<_>) = codes.partition(|(_, _, links)| long(links));
    for (label, _, links) in folded {
        let known = words::count(links.len(), "reply", "replies");
        page.folded_paragraph(&format!("{label}: {known}"), &links.join(" · "));
    }
    let lines = listed.iter().map(|(label, code, links)| {
        let label = code.map_or_else(|| label.clone(), |code| site.code_link(page, code));
        format!("**{label}:** {}", links.join(", "))
    });
    let lines: Vec<String> = lines.collect();
    page.list(lines);
}

fn tables(site: &Site<'_>) -> [Page; 3] {
    let lists = |kind| kind == ProviderKind::Blocklist;
    let software = |kind| kind == ProviderKind::Mta;
    let about_all =
        "Who answers. The name of the server that gave the reply tells; so do some of the replies themselves.";
    let about_lists = "A block list does not answer itself: a server that asks it names it in its reply. Each page says how to tell the \
                       list and where to ask for delisting.";
    let about_software =
        "The programs behind the servers. Where no rule of a provider fits, the program's own words still tell.";
    [
        table(site, paths::PROVIDERS, "Providers", about_all, |_| true),
        table(site, paths::BLOCK_LISTS, "Block lists", about_lists, lists),
        table(site, paths::SOFTWARE, "Server software", about_software, software),
    ]
}

/// As many host names as a table has room for.
fn some_hosts(hosts: &[String]) -> Vec<String> {
    const ROOM: usize = 4;
    let shown = hosts.iter().take(ROOM).map(|host| text::code(host));
    let more = hosts.len().saturating_sub(ROOM);
    shown.chain((more > 0).then(|| format!("{more} more"))).collect()
}

fn table(site: &Site<'_>, path: &str, title: &str, about: &str, belongs: impl Fn(ProviderKind) -> bool) -> Page {
    let mut page = Page::new(path, "catalogue/providers/", title);
    page.paragraph(about);
    let own = site.providers_by_name().into_iter().filter(|index| belongs(site.provider(*index).kind));
    let rows = own.map(|index| {
        let provider = site.provider(index);
        let links = &provider.links;
        let told: Vec<String> = match path {
            paths::BLOCK_LISTS => links.delisting.iter().map(|url| text::link(url)).collect(),
            paths::SOFTWARE => links.documentation.iter().map(|url| text::link(url)).collect(),
            _ => some_hosts(&provider.mx),
        };
        let link = page.link(&text::prose(&provider.name), &paths::provider(&provider.id));
        let replies = site.rules_of(Owner::Provider(index)).count();
        [link, words::kind(provider.kind).to_owned(), replies.to_string(), told.join(", ")]
    });
    let rows: Vec<[String; 4]> = rows.collect();
    let told = match path {
        paths::BLOCK_LISTS => "Where to ask for delisting",
        paths::SOFTWARE => "Its own documentation",
        _ => "Its servers' names end in",
    };
    // What is long comes last: on a phone, a table is wider than the screen.
    if path == paths::PROVIDERS {
        page.table(["Name", "What it is", "Known replies", told], rows);
    } else {
        // They are all the same.
        page.table(
            ["Name", "Known replies", told],
            rows.into_iter().map(|[name, _, replies, told]| [name, replies, told]),
        );
    }
    page.paragraph(&page.link("Find a reply", paths::INDEX));
    page
}
