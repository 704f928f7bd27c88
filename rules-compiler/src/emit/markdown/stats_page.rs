//! The page that counts what the catalogue knows.

use super::page::Page;
use super::site::Site;
use super::{text, words};
use crate::check::CategoryIndex;
use crate::emit::paths;
use crate::stats::Stats;

pub fn page(site: &Site<'_>) -> Page {
    let stats = Stats::new(site.checked);
    let mut page = Page::new(paths::STATS, "catalogue/", "What the catalogue knows, counted");
    page.paragraph(&format!(
        "{}, with {} and {}. {} and {} tell who answers.",
        words::count(stats.rules, "rule", "rules"),
        words::count(stats.templates, "template", "templates"),
        words::count(stats.examples, "example", "examples"),
        words::count(stats.mx, "end of a host name", "ends of host names"),
        words::count(stats.markers, "marker", "markers"),
    ));
    providers(site, &mut page, &stats);
    languages(site, &mut page, &stats);
    page.heading(2, "By category");
    let categories = site.checked.catalogue.categories.iter().enumerate();
    let rows = categories.map(|(index, category)| {
        let known = stats.categories.get(&category.value.id).copied().unwrap_or(0);
        [site.category_link(&page, CategoryIndex(index)), known.to_string()]
    });
    let rows: Vec<_> = rows.collect();
    page.table(["Category", "Rules"], rows);
    page.heading(2, "By source");
    let labels = [
        ("docs", "The provider's own documentation"),
        ("software", "The server software's source code"),
        ("observed", "A reply that was seen"),
        ("inferred", "Like replies, none of them on record in these words"),
    ];
    let known = |source| stats.sources.get(source).copied().unwrap_or(0).to_string();
    page.table(["Source", "Rules"], labels.map(|(source, label)| [label.to_owned(), known(source)]));
    codes(site, &mut page, &stats);
    page.heading(2, "Last compared with the source");
    page.table(["Month", "Rules"], stats.checked.iter().map(|(month, rules)| [month.clone(), rules.to_string()]));
    page.paragraph("The longest ago:");
    page.list(stats.oldest.iter().map(|oldest| format!("{}: {}", oldest.checked, text::code(&oldest.rule))));
    page.paragraph(&page.link("Find a reply", paths::INDEX));
    page
}

fn providers(site: &Site<'_>, page: &mut Page, stats: &Stats) {
    page.heading(2, "By provider");
    let rows = stats
        .providers
        .iter()
        .map(|(kind, owners)| [words::kind(*kind).to_owned(), owners.providers.to_string(), owners.rules.to_string()]);
    page.table(["What it is", "Providers", "Rules"], rows);
    let catalogue = &site.checked.catalogue;
    let empty = catalogue.providers.iter().map(|provider| &provider.value);
    let empty = empty.filter(|provider| stats.providers_without_rules.contains(&provider.id));
    let links: Vec<String> =
        empty.map(|provider| page.link(&text::prose(&provider.name), &paths::provider(&provider.id))).collect();
    if !links.is_empty() {
        page.paragraph(&format!("Known by the names of their servers only: {}.", links.join(", ")));
    }
}

fn languages(site: &Site<'_>, page: &mut Page, stats: &Stats) {
    page.heading(2, "By language");
    let languages = site.checked.catalogue.languages.iter().map(|language| &language.value);
    let rows = languages.map(|language| {
        let link = page.link(&text::prose(&language.name), &paths::language(&language.language));
        [link, stats.languages.get(&language.language).copied().unwrap_or(0).to_string()]
    });
    let rows: Vec<_> = rows.collect();
    page.table(["Language", "Wordings that any server may use"], rows);
}

fn codes(site: &Site<'_>, page: &mut Page, stats: &Stats) {
    page.heading(2, "Codes");
    let codes = &stats.codes;
    let without = |what: String, links: Vec<String>| match links.is_empty() {
        true => format!("{what} explained; a rule or an example is known for each."),
        false => format!("{what} explained; no rule or example is known for {}.", links.join(", ")),
    };
    let replies = codes.reply_without_rules.iter().map(|code| site.code_link(page, *code)).collect();
    let enhanced = codes.enhanced_without_rules.iter().map(|status| text::code(status)).collect();
    let lines = [
        without(words::count(codes.reply, "reply code", "reply codes"), replies),
        without(words::count(codes.enhanced, "enhanced code", "enhanced codes"), enhanced),
    ];
    page.list(lines);
}
