//! What the compiler's messages mean: the texts of `rules explain`, on one page.

use super::page::Page;
use super::text;
use crate::diagnostic::{Code, Severity};
use crate::emit::paths;

pub fn page() -> Page {
    let mut page =
        Page::new(paths::DIAGNOSTICS, "rules-compiler/src/diagnostic/", "What the messages of `rules check` mean");
    page.paragraph(
        "Each message has a code that never changes its meaning. An error (`E…`) keeps the catalogue from being built. A warning \
         (`W…`) does not; where it does not apply, a rule or its file allows it with a reason: `allow: {W003: \"the page was \
         withdrawn\"}`. `rules explain E020` prints the same text as this page, and `rules check --fix` mends what is certain.",
    );
    for severity in [Severity::Error, Severity::Warning] {
        let codes = || Code::ALL.iter().filter(|code| code.severity() == severity);
        page.heading(2, if severity == Severity::Error { "Errors" } else { "Warnings" });
        page.table(
            ["code", "name", "meaning"],
            codes().map(|code| {
                let link = page_link(*code);
                [link, text::code(code.name()), text::prose(code.title())]
            }),
        );
        for code in codes() {
            page.anchored(3, code.id(), &format!("{}: {}", code.id(), code.title()));
            page.paragraph(code.explanation().trim_end());
        }
    }
    page
}

fn page_link(code: Code) -> String {
    format!("[{id}](#{id})", id = code.id())
}
