//! The pages that a person reads: what each reply means and what to do now.
//!
//! ```text
//! site ── what the pages are made from: the checked catalogue, and which rule belongs on which page
//!   └─ one file for each kind of page, made with
//!        page ── a page under construction: headings, lists, tables, relative links
//!        entry ── a rule's entry, on its provider's page and on a code's page
//!        facts ── a rule's facts in words     wording ── its templates, the variable parts marked
//!        guides ── which hand-written guides serve it
//!        text ── any text as Markdown         words ── the fixed vocabularies in plain English
//! ```
//!
//! Where the pages and their anchors are is the matter of [`super::paths`].

mod category_pages;
mod code_pages;
mod code_parts;
mod delisting_page;
mod diagnostics_page;
mod enhanced_pages;
mod entry;
mod example;
mod facts;
mod guides;
mod index_page;
mod moved_page;
mod overrules_page;
mod own_codes_page;
mod page;
mod phrase_pages;
mod provider_pages;
mod search_entries;
mod site;
mod stats_page;
mod summary;
mod text;
mod title;
mod wording;
mod words;

pub(crate) use text::code;

use super::File;
use crate::check::Checked;
use crate::source::Sources;
use site::Site;

/// All pages, sorted by path.
#[must_use]
pub fn emit(checked: &Checked, sources: &Sources) -> Vec<File> {
    let site = Site::new(checked, sources);
    let mut pages = vec![
        index_page::page(&site),
        overrules_page::page(&site),
        delisting_page::page(&site),
        diagnostics_page::page(),
        stats_page::page(&site),
        own_codes_page::page(&site),
    ];
    pages.extend(moved_page::page(&site));
    pages.extend(code_pages::pages(&site));
    pages.extend(enhanced_pages::pages(&site));
    pages.extend(category_pages::pages(&site));
    pages.extend(provider_pages::pages(&site));
    pages.extend(phrase_pages::pages(&site));
    let mut files: Vec<File> = pages.into_iter().map(page::Page::into_file).collect();
    files.extend([summary::file(&site), search_entries::file(&site)]);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}
