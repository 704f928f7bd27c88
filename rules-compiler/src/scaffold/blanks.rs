//! The blanks of rules that were added before: they do not keep another rule from being added.

use crate::check::BLANK;
use crate::compile::{Compiled, Depth, compile_files};
use crate::diagnostic::{Code, Severity};
use crate::source::CatalogueFile;

/// What stands in the place of [`BLANK`] while a rule is tried.
const FILLED: &str = "TO BE FILLED IN";

/// Blanks that were filled for the time being: what stands there, and what stood there.
#[derive(Debug, Default)]
pub struct Blanks {
    filled: Vec<(String, String)>,
}

impl Blanks {
    /// The catalogue with the blanks of its rules filled; nothing where it has no blanks, or where more than that is wrong.
    #[must_use]
    pub fn fill(compiled: &Compiled, folder: &str) -> Option<(Compiled, Self)> {
        let sources = &compiled.sources;
        let errors = || compiled.diagnostics.iter().filter(|found| found.severity() == Severity::Error);
        if errors().next().is_none() || errors().any(|error| error.code != Code::Blank) {
            return None;
        }
        let mut files = compiled.catalogue_files();
        let mut blanks = Self::default();
        for file in sources.files() {
            let path = CatalogueFile::path_of(sources.name(file));
            let mut text = sources.text(file).to_owned();
            for (key, span) in sources.single_values(file).into_iter().rev() {
                if !errors().any(|error| error.span() == Some(span)) {
                    continue;
                }
                let written = &sources.text(file)[span.range()];
                let filled = match key {
                    "explanation" => written.replacen(BLANK, FILLED, 1),
                    "category" => format!("unclassified # {}", written.replace(BLANK, FILLED)),
                    _ => return None,
                };
                text.replace_range(span.range(), &filled);
                blanks.filled.push((filled, written.to_owned()));
            }
            if let Some(own) = files.iter_mut().find(|own| own.path == path) {
                own.bytes = text.into_bytes();
            }
        }
        let compiled = compile_files(folder, files, Depth::Analysed);
        (!compiled.diagnostics.has_errors()).then_some((compiled, blanks))
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.filled.len()
    }

    /// The file with its blanks as they were.
    #[must_use]
    pub fn restore(&self, file: CatalogueFile) -> CatalogueFile {
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        let text = self.filled.iter().fold(text, |text, (filled, written)| text.replace(filled, written));
        CatalogueFile { bytes: text.into_bytes(), ..file }
    }
}
