//! The table of those who can be asked for delisting.

use super::guides;
use super::page::Page;
use super::site::Site;
use super::{text, words};
use crate::catalogue::Guide;
use crate::emit::paths;

pub fn page(site: &Site<'_>) -> Page {
    let mut page = Page::new(paths::DELISTING, "catalogue/providers/", "Where to ask for delisting");
    page.paragraph(&format!(
        "The forms and pages where a sender asks a provider or a block list to be let in again. Put the cause right first: {}.",
        guides::link(&page, Guide::Delisting)
    ));
    let rows = site.providers_by_name().into_iter().filter_map(|index| {
        let provider = site.provider(index);
        let name = page.link(&text::prose(&provider.name), &paths::provider(&provider.id));
        let address = |url: &Option<String>| url.as_deref().map(text::link).unwrap_or_default();
        let asks = provider.links.delisting.is_some();
        asks.then(|| [name, address(&provider.links.delisting), words::kind(provider.kind).to_owned()])
    });
    let rows: Vec<_> = rows.collect();
    page.table(["Who", "Where to ask", "What it is"], rows);
    page.heading(2, "Others, through their postmaster page");
    let lines = site.providers_by_name().into_iter().filter_map(|index| {
        let provider = site.provider(index);
        let url = provider.links.postmaster.as_deref().filter(|_| provider.links.delisting.is_none())?;
        let name = page.link(&text::prose(&provider.name), &paths::provider(&provider.id));
        Some(format!("{name}: {}", text::link(url)))
    });
    let lines: Vec<String> = lines.collect();
    page.list(lines);
    page.heading(2, "See also");
    page.list([page.link("All providers", paths::PROVIDERS), page.link("Find a reply", paths::INDEX)]);
    page
}
