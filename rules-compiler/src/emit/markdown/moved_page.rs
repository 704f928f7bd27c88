//! Rules that were renamed or withdrawn: where links to their entries lead.

use super::page::Page;
use super::site::Site;
use super::text;
use crate::catalogue::Moved;
use crate::emit::paths;

/// All of them; no page where there are none.
pub fn page(site: &Site<'_>) -> Option<Page> {
    let moved = &site.checked.catalogue.moved;
    if moved.is_empty() {
        return None;
    }
    let mut page = Page::new(paths::MOVED, "catalogue/moved.yaml", "Rules that were renamed or withdrawn");
    page.paragraph("Rule ids are public and never mean anything else later. These are no longer used.");
    let lines: Vec<String> = moved.iter().map(|moved| line(site, &page, &moved.value)).collect();
    page.list(lines);
    page.paragraph(&page.link("Find a reply", paths::INDEX));
    Some(page)
}

/// On the page where the entry was: its anchor, and where to look now.
pub fn beside_owner(site: &Site<'_>, page: &mut Page, owner: &str) {
    let moved = site.checked.catalogue.moved.iter().map(|moved| &moved.value);
    let own: Vec<(&str, &Moved)> = moved
        .filter_map(|moved| moved.from.split_once('/').map(|(from, id)| (from, id, moved)))
        .filter_map(|(from, id, moved)| (from == owner).then_some((id, moved)))
        .collect();
    if own.is_empty() {
        return;
    }
    page.heading(2, "Renamed or withdrawn");
    for (id, moved) in own {
        let line = line(site, page, moved);
        page.paragraph(&format!("<a id=\"{id}\"></a>\n{line}"));
    }
}

fn line(site: &Site<'_>, page: &Page, moved: &Moved) -> String {
    let from = text::code(&moved.from);
    let target = moved.to.as_ref().and_then(|to| site.rules.iter().find(|rule| rule.written.id == *to));
    let what = match target {
        Some(rule) => format!("{from} is now {}", page.link(&text::code(&rule.written.id), &rule.entry)),
        None => format!("{from} was withdrawn"),
    };
    format!("{what} (since {}). {}", text::prose(&moved.since), text::prose(&moved.why))
}
