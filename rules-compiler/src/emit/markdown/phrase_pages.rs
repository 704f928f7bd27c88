//! The pages of the phrases: words that mean the same whoever says them.

use super::facts::Answer;
use super::page::Page;
use super::site::{Rule, Site};
use super::{moved_page, provider_pages, text, title, words};
use crate::catalogue::Owner;
use crate::check::CategoryIndex;
use crate::emit::paths;

pub fn pages(site: &Site<'_>) -> Vec<Page> {
    let languages = 0..site.checked.catalogue.languages.len();
    let pages = languages.flat_map(|index| std::iter::once(page(site, index)).chain(of_categories(site, index)));
    pages.chain([table(site)]).collect()
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
    let split = paths::by_category(&site.checked.catalogue, index);
    if !rules.is_empty() {
        page.heading(2, "Replies by category");
        by_category(site, &mut page, &rules, split.then_some(language.language.as_str()));
    }
    if !rules.is_empty() && !split {
        page.heading(2, "Replies by code");
        page.paragraph("The codes with which the examples come; others are possible.");
        provider_pages::by_code(site, &mut page, &rules);
    }
    if !rules.is_empty() && !split {
        page.heading(2, "Replies");
        provider_pages::replies(site, &mut page, &rules);
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

/// The categories of a language that has a page for each.
pub fn categories(site: &Site<'_>, language: usize) -> Vec<CategoryIndex> {
    if !paths::by_category(&site.checked.catalogue, language) {
        return Vec::new();
    }
    let categories = (0..site.checked.catalogue.categories.len()).map(CategoryIndex);
    let used = |category: &CategoryIndex| {
        site.rules_of(Owner::Language(language)).any(|rule| rule.checked.category == *category)
    };
    categories.filter(used).collect()
}

fn of_categories(site: &Site<'_>, index: usize) -> impl Iterator<Item = Page> {
    let located = &site.checked.catalogue.languages[index];
    let (tag, name) = (&located.value.language, &located.value.name);
    categories(site, index).into_iter().map(move |wanted| {
        let category = site.category(wanted);
        let heading = format!("{}: words that any server may use, in {name}", category.title);
        let mut page = Page::new(paths::phrases(tag, &category.id), &site.origin(&located.place), &heading);
        let rules: Vec<&Rule<'_>> =
            site.rules_of(Owner::Language(index)).filter(|rule| rule.checked.category == wanted).collect();
        page.paragraph(&text::prose(&category.explanation));
        page.labelled("What to do.", &category.advice);
        page.heading(2, "Replies");
        if rules.len() > provider_pages::WITHOUT_INDEX {
            page.list(by_answer(&page, &rules));
        }
        provider_pages::replies(site, &mut page, &rules);
        page.heading(2, "See also");
        page.list([
            format!("{}, whoever says it", site.category_link(&page, wanted)),
            page.link(&format!("All wordings in {}", text::prose(name)), &paths::language(tag)),
            page.link("Find a reply", paths::INDEX),
        ]);
        page
    })
}

/// The rules under what they ask for, the most frequent first.
fn by_answer(page: &Page, rules: &[&Rule<'_>]) -> Vec<String> {
    let mut answers: Vec<(String, Vec<String>)> = Vec::new();
    for rule in rules {
        let answer = title::capitalized(&Answer::seen(rule).to_string());
        match answers.iter_mut().find(|(known, _)| *known == answer) {
            Some((_, links)) => links.push(rule.link(page)),
            None => answers.push((answer, vec![rule.link(page)])),
        }
    }
    answers.sort_by_key(|(_, links)| std::cmp::Reverse(links.len()));
    answers.into_iter().map(|(answer, links)| format!("**{answer}:** {}", links.join(" · "))).collect()
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

/// The phrases of each category. Where the category has a page of its own, in the language `apart`, their anchors stand here
/// for links from elsewhere.
fn by_category(site: &Site<'_>, page: &mut Page, rules: &[&Rule<'_>], apart: Option<&str>) {
    let categories = (0..site.checked.catalogue.categories.len()).map(CategoryIndex);
    let lines = categories.filter_map(|category| {
        let own = rules.iter().filter(|rule| rule.checked.category == category);
        let links = own.map(|rule| match apart {
            Some(_) => format!("<a id=\"{}\"></a>{}", rule.written.rule.id, rule.link(page)),
            None => rule.link(page),
        });
        let links: Vec<String> = links.collect();
        let known = site.category(category);
        let label = match apart {
            Some(tag) => page.link(&text::prose(&known.title), &paths::phrases(tag, &known.id)),
            None => site.category_link(page, category),
        };
        (!links.is_empty()).then(|| format!("**{label}:** {}", links.join(", ")))
    });
    let lines: Vec<String> = lines.collect();
    page.list(lines);
}
