//! The pages of the phrases: words that mean the same whoever says them.

use super::page::Page;
use super::site::{Rule, Site};
use super::{entry, moved_page, provider_pages, text, wording, words};
use crate::catalogue::Owner;
use crate::emit::paths;

pub fn pages(site: &Site<'_>) -> Vec<Page> {
    (0..site.checked.catalogue.languages.len()).map(|index| page(site, index)).chain([table(site)]).collect()
}

fn page(site: &Site<'_>, index: usize) -> Page {
    let located = &site.checked.catalogue.languages[index];
    let language = &located.value;
    let heading = format!("Words that any server may use, in {}", language.name);
    let mut page = Page::new(paths::language(&language.language), &site.origin(&located.place), &heading);
    let rules: Vec<&Rule<'_>> = site.rules_of(Owner::Language(index)).collect();
    page.paragraph(&format!(
        "{} that mean the same whoever says them. Where a provider is known to mean something else by them, its own page says so.",
        words::count(rules.len(), "wording", "wordings")
    ));
    if !rules.is_empty() {
        page.heading(2, "Replies by category");
        by_category(site, &mut page, &rules);
        page.heading(2, "Replies by code");
        page.paragraph("The codes with which the examples come; others are possible.");
        provider_pages::by_code(site, &mut page, &rules);
        page.heading(2, "Replies");
        page.paragraph(wording::LEGEND);
        rules.iter().for_each(|rule| entry::whole(site, &mut page, rule));
    }
    moved_page::beside_owner(site, &mut page, &language.language);
    page.heading(2, "See also");
    let edit = site.edit(&page, &located.place, "Edit these wordings");
    page.list([
        page.link("All languages", paths::PHRASES),
        page.link("Providers", paths::PROVIDERS),
        page.link("Find a reply", paths::INDEX),
        edit,
    ]);
    page
}

fn table(site: &Site<'_>) -> Page {
    let mut page = Page::new(paths::PHRASES, "catalogue/phrases/", "Words that any server may use");
    page.paragraph("What replies say in general, whoever says them, by language.");
    let languages = site.checked.catalogue.languages.iter().enumerate().map(|(index, language)| {
        let language = &language.value;
        let wordings = words::count(site.rules_of(Owner::Language(index)).count(), "wording", "wordings");
        format!("{}: {wordings}", page.link(&text::prose(&language.name), &paths::language(&language.language)))
    });
    let languages: Vec<String> = languages.collect();
    page.list(languages);
    page.paragraph(&page.link("Find a reply", paths::INDEX));
    page
}

fn by_category(site: &Site<'_>, page: &mut Page, rules: &[&Rule<'_>]) {
    let categories = (0..site.checked.catalogue.categories.len()).map(crate::check::CategoryIndex);
    let lines = categories.filter_map(|category| {
        let links = rules.iter().filter(|rule| rule.checked.category == category).map(|rule| rule.link(page));
        let links: Vec<String> = links.collect();
        (!links.is_empty()).then(|| format!("**{}:** {}", site.category_link(page, category), links.join(", ")))
    });
    let lines: Vec<String> = lines.collect();
    page.list(lines);
}
