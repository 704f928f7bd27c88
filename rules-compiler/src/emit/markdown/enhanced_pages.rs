//! The pages of the enhanced status codes: one for each class, one for each subject with an entry for each code.

use super::page::Page;
use super::site::{Rule, Site};
use super::{guides, text, title, words};
use crate::catalogue::{EnhancedClass, EnhancedCode, Located, Owner, StatusPattern};
use crate::check::CategoryIndex;
use crate::emit::paths;
use std::collections::BTreeMap;

const ORIGIN: &str = "catalogue/enhanced.yaml";

/// The replies of more speakers than this are folded up.
const MOST_LISTED: usize = 8;

pub fn pages(site: &Site<'_>) -> Vec<Page> {
    let classes = site.checked.catalogue.classes.iter().map(|class| class_page(site, &class.value));
    let subjects = site.subjects().into_iter().map(|subject| subject_page(site, subject));
    classes.chain(subjects).chain([table(site)]).collect()
}

fn codes<'s>(site: &Site<'s>) -> impl Iterator<Item = (&'s Located<EnhancedCode>, CategoryIndex)> {
    site.checked.catalogue.enhanced.iter().zip(site.checked.enhanced_categories.iter().copied())
}

fn class_page(site: &Site<'_>, class: &EnhancedClass) -> Page {
    let digit = class.class;
    let mut page =
        Page::new(paths::enhanced_class(digit), ORIGIN, &format!("Enhanced status codes {digit}.X.X: {}", class.title));
    page.labelled("What it means.", &class.explanation);
    page.paragraph(&format!("**Defined in** {}", text::prose(&class.reference)));
    page.heading(2, "Codes");
    let own = codes(site).filter(|(code, _)| code.value.status.class.is_none_or(|class| class == digit));
    let rows = own.map(|(code, category)| {
        let status = StatusPattern { class: Some(digit), ..code.value.status };
        [
            entry_link(&page, &code.value, &status.to_string()),
            text::prose(&code.value.title),
            site.category_link(&page, category),
        ]
    });
    let rows: Vec<_> = rows.collect();
    page.table(["Code", "Meaning", "Category"], rows);
    let others = site.checked.catalogue.classes.iter().map(|class| &class.value).filter(|class| class.class != digit);
    let others = others.map(|class| {
        page.link(&format!("{}.X.X {}", class.class, text::prose(&class.title)), &paths::enhanced_class(class.class))
    });
    let others: Vec<String> = others.chain([page.link("All enhanced codes", paths::ENHANCED)]).collect();
    page.heading(2, "See also");
    page.list(others);
    page
}

fn entry_link(page: &Page, code: &EnhancedCode, label: &str) -> String {
    match (code.status.subject, code.status.detail) {
        (Some(subject), Some(detail)) => page.link(label, &paths::enhanced(subject, detail)),
        _ => label.to_owned(),
    }
}

fn subject_page(site: &Site<'_>, subject: u16) -> Page {
    let heading = format!("Enhanced status codes X.{subject}.X: {}", site.subject_name(subject));
    let mut page = Page::new(paths::enhanced_subject(subject), "catalogue/enhanced.yaml and the rules", &heading);
    let known = site.checked.catalogue.subjects.iter().find(|known| known.value.subject == subject);
    if let Some(known) = known {
        page.labelled("What it means.", &known.value.explanation);
        page.paragraph(&format!("**Defined in** {}", text::prose(&known.value.reference)));
    }
    page.paragraph(
        "The first digit, written `X` here, is 2 for success, 4 for a temporary and 5 for a permanent failure: `4.7.1` and `5.7.1` \
         are about the same thing.",
    );
    let own: Vec<_> = codes(site).filter(|(code, _)| code.value.status.subject == Some(subject)).collect();
    page.list(
        own.iter()
            .map(|(code, _)| {
                entry_link(&page, &code.value, &format!("{} {}", code.value.status, text::prose(&code.value.title)))
            })
            .collect::<Vec<_>>(),
    );
    for (code, category) in own {
        entry(site, &mut page, code, category);
    }
    unregistered(site, &mut page, subject);
    page.heading(2, "See also");
    let subjects = site.subjects().into_iter().filter(|other| *other != subject).map(|other| {
        page.link(&format!("X.{other}.X {}", text::prose(&site.subject_name(other))), &paths::enhanced_subject(other))
    });
    let links: Vec<String> = subjects.chain([page.link("All enhanced codes", paths::ENHANCED)]).collect();
    page.list(links);
    page
}

fn entry(site: &Site<'_>, page: &mut Page, located: &Located<EnhancedCode>, category: CategoryIndex) {
    let code = &located.value;
    let (Some(subject), Some(detail)) = (code.status.subject, code.status.detail) else { return };
    page.anchored(2, &format!("x-{subject}-{detail}"), &format!("{} {}", code.status, code.title));
    page.labelled("What it means.", &code.explanation);
    page.labelled("What to do.", &code.advice);
    if let Some(misuse) = &code.misuse {
        page.labelled("In practice.", misuse);
    }
    let suppress = code.suppress.unwrap_or(site.category(category).suppress);
    let paired: Vec<String> = code.reply.iter().map(|pattern| site.reply_link(page, *pattern)).collect();
    let mut lines = vec![
        format!("**Category:** {}", site.category_link(page, category)),
        format!("**Recipient, by this code alone:** {}", words::suppress(suppress)),
    ];
    let guides = guides::beside_category(page, site.category(category));
    if !guides.is_empty() {
        lines.push(format!("**Step by step:** {guides}"));
    }
    if !paired.is_empty() {
        lines.push(format!("**Comes with:** {}", paired.join(", ")));
    }
    lines.push(format!(
        "**Defined in** {} · {}",
        text::prose(&code.reference),
        site.edit(page, &located.place, "Edit this code")
    ));
    page.list(lines);
    let same = |status: &StatusPattern| (status.subject, status.detail) == (Some(subject), Some(detail));
    let named = site.rule_lines(page, |rule| rule.statuses.iter().any(same));
    if named.len() > MOST_LISTED {
        let rules = site.rules.iter().filter(|rule| rule.statuses.iter().any(same)).count();
        page.folded(&format!("{rules} known replies with this code"), named);
    } else if !named.is_empty() {
        page.paragraph("Known replies with this code:");
        page.list(named);
    }
}

/// Codes that servers use and no registry knows.
fn unregistered(site: &Site<'_>, page: &mut Page, subject: u16) {
    let registered = |status: &StatusPattern| {
        codes(site)
            .any(|(code, _)| (code.value.status.subject, code.value.status.detail) == (status.subject, status.detail))
    };
    let mut found: BTreeMap<(Option<u16>, Option<u8>), Vec<&Rule<'_>>> = BTreeMap::new();
    for rule in &site.rules {
        let own = rule.statuses.iter().filter(|status| status.subject == Some(subject) && status.detail.is_some());
        for status in own.filter(|status| !registered(status)) {
            found.entry((status.detail, status.class)).or_default().push(rule);
        }
    }
    if found.is_empty() {
        return;
    }
    page.heading(2, "Codes that are not registered");
    page.paragraph("Servers use these too; what they mean is up to each provider.");
    let lines = found.iter().map(|((detail, class), rules)| {
        let status = StatusPattern { class: *class, subject: Some(subject), detail: *detail };
        let name = |rule: &Rule<'_>| match rule.written.owner {
            Owner::Provider(_) => text::prose(site.owner_name(rule.written.owner)),
            Owner::Language(_) => "any server".to_owned(),
        };
        let links: Vec<String> = rules.iter().map(|rule| format!("{}: {}", name(rule), rule.link(page))).collect();
        format!("`{status}` {}", links.join(", "))
    });
    let lines: Vec<String> = lines.collect();
    page.list(lines);
}

fn table(site: &Site<'_>) -> Page {
    let mut page = Page::new(paths::ENHANCED, ORIGIN, "Enhanced status codes");
    page.paragraph(
        "The three numbers behind the reply code, as in `421 4.7.0`: the first tells how it went, the second what the matter \
         is with, the third the details.",
    );
    page.heading(2, "First number");
    let classes = site.checked.catalogue.classes.iter().map(|class| &class.value).map(|class| {
        let link = page
            .link(&format!("{}.X.X {}", class.class, text::prose(&class.title)), &paths::enhanced_class(class.class));
        format!("{link}: {}", text::prose(&text::first_sentence(&class.explanation)))
    });
    let classes: Vec<String> = classes.collect();
    page.list(classes);
    for subject in site.subjects() {
        page.heading(2, &format!("X.{subject}.X: {}", title::capitalized(&site.subject_name(subject))));
        page.paragraph(&page.link(&format!("All about X.{subject}.X"), &paths::enhanced_subject(subject)));
        let own = codes(site).filter(|(code, _)| code.value.status.subject == Some(subject));
        let rows = own.map(|(code, category)| {
            let code = &code.value;
            [
                entry_link(&page, code, &code.status.to_string()),
                text::prose(&code.title),
                site.category_link(&page, category),
            ]
        });
        let rows: Vec<_> = rows.collect();
        page.table(["Code", "Meaning", "Category"], rows);
    }
    page.paragraph(&page.link("Find a reply", paths::INDEX));
    page
}
