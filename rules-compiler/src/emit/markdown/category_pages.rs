//! The pages of the categories.

use super::page::Page;
use super::site::Site;
use super::title::capitalized;
use super::{guides, text, words};
use crate::catalogue::{Category, CategoryPermanence, Located};
use crate::check::CategoryIndex;
use crate::emit::paths;

pub fn pages(site: &Site<'_>) -> Vec<Page> {
    let categories = site.checked.catalogue.categories.iter().enumerate();
    categories.map(|(index, category)| page(site, category, CategoryIndex(index))).chain([table(site)]).collect()
}

fn page(site: &Site<'_>, located: &Located<Category>, index: CategoryIndex) -> Page {
    let category = &located.value;
    let mut page = Page::new(paths::category(&category.id), "catalogue/categories.yaml and the rules", &category.title);
    page.labelled("What it means.", &category.explanation);
    page.labelled("What to do.", &category.advice);
    let guides = guides::beside_category(&page, category);
    if !guides.is_empty() {
        page.paragraph(&format!("**Step by step:** {guides}"));
    }
    page.heading(2, "At a glance");
    let lasting = match category.permanence {
        CategoryPermanence::Permanent => "permanent, unless a code or a rule says otherwise",
        CategoryPermanence::Transient => "temporary, unless a code or a rule says otherwise",
        CategoryPermanence::ByCode => "4xx is temporary, 5xx permanent",
        CategoryPermanence::None => "nothing has failed",
    };
    let mut lines = vec![
        format!("**How lasting:** {lasting}"),
        format!("**Do:** {}", words::action(category.action)),
        format!("**About:** {}", words::scope(category.scope)),
        format!("**Recipient:** {}", words::suppress(category.suppress)),
    ];
    lines.extend(category.when_transient.map(|transient| {
        format!(
            "**While it is temporary:** {}; {}",
            words::action(transient.action),
            words::suppress(transient.suppress)
        )
    }));
    lines.push(format!(
        "**Name in verdicts:** {} · {}",
        text::code(&category.id),
        site.edit(&page, &located.place, "Edit this category")
    ));
    page.list(lines);
    codes(site, &mut page, index);
    let rules = site.rule_lines(&page, |rule| rule.checked.category == index);
    if !rules.is_empty() {
        page.heading(2, "Replies");
        page.list(rules);
    }
    other_tools(&mut page, category);
    page.heading(2, "See also");
    page.list([page.link("All categories", paths::CATEGORIES), page.link("Find a reply", paths::INDEX)]);
    page
}

fn other_tools(page: &mut Page, category: &Category) {
    let tools = category.map.iter().filter(|(_, names)| !names.is_empty());
    let lines = tools.map(|(tool, names)| {
        let names: Vec<String> = names.iter().map(|name| text::code(name)).collect();
        format!("{}: {}", text::prose(words::tool(tool)), names.join(", "))
    });
    let lines: Vec<String> = lines.collect();
    if !lines.is_empty() {
        page.heading(2, "The same in other tools");
        page.list(lines);
    }
}

fn codes(site: &Site<'_>, page: &mut Page, index: CategoryIndex) {
    let checked = site.checked;
    let basic =
        checked.catalogue.codes.iter().zip(&checked.code_categories).filter(|(_, category)| **category == index);
    let basic =
        basic.map(|(code, _)| format!("{} {}", site.code_link(page, code.value.reply), text::prose(&code.value.title)));
    let enhanced =
        checked.catalogue.enhanced.iter().zip(&checked.enhanced_categories).filter(|(_, category)| **category == index);
    let enhanced = enhanced.map(|(code, _)| site.status_link(page, code.value.status));
    let all: Vec<String> = basic.chain(enhanced).collect();
    if !all.is_empty() {
        page.heading(2, "Codes that say so by themselves");
        page.list(all);
    }
}

fn table(site: &Site<'_>) -> Page {
    let mut page = Page::new(paths::CATEGORIES, "catalogue/categories.yaml", "Categories");
    page.paragraph("What a reply can mean. Every verdict names one of these.");
    let rows = site.checked.catalogue.categories.iter().enumerate().map(|(index, category)| {
        let replies = site.rules.iter().filter(|rule| rule.checked.category == CategoryIndex(index)).count();
        let what = text::prose(&text::first_sentence(&category.value.explanation));
        [
            site.category_link(&page, CategoryIndex(index)),
            what,
            capitalized(words::action(category.value.action)),
            replies.to_string(),
        ]
    });
    let rows: Vec<_> = rows.collect();
    page.table(["Category", "What it means", "What to do", "Known replies"], rows);
    page.paragraph(&page.link("Find a reply", paths::INDEX));
    page
}
