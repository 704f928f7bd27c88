//! The whole way from a folder to tables.

use crate::analyse;
use crate::check::{self, Checked};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::emit::{File, markdown, rules_file, rust};
use crate::layout::{self, Sections};
use crate::lower::{self, Rules};
use crate::schema;
use crate::source::{self, Sources};
use rules_runtime::Tables;
use std::path::Path;

/// A catalogue on its way through the stages.
#[derive(Debug)]
pub struct Compiled {
    /// The files' texts.
    pub sources: Sources,
    /// Everything that was found wrong, in order.
    pub diagnostics: Diagnostics,
    /// What was made, unless something was so wrong that nothing can be built upon it. Where there are errors, the
    /// rules concerned are missing from it.
    pub output: Option<Output>,
}

/// What is made from a catalogue.
#[derive(Debug)]
pub struct Output {
    /// The catalogue, checked.
    pub checked: Checked,
    /// Its patterns, in the order in which they win.
    pub rules: Rules,
    /// The tables without names.
    pub sections: Sections,
    /// A `.rules` file.
    pub rules_file: Vec<u8>,
}

/// Compiles a catalogue folder. Nothing is written.
#[must_use]
pub fn compile(directory: &Path) -> Compiled {
    let mut diagnostics = Diagnostics::new();
    let loaded = source::load(directory, &mut diagnostics);
    let sources = loaded.sources;
    let checked = check::check(loaded.catalogue, &sources, &mut diagnostics);
    let output = checked.and_then(|checked| build(checked, &sources, directory, &mut diagnostics));
    diagnostics.sort();
    Compiled { sources, diagnostics, output }
}

fn build(checked: Checked, sources: &Sources, directory: &Path, diagnostics: &mut Diagnostics) -> Option<Output> {
    let rules = lower::lower(&checked);
    let mut failed = |message: String| {
        let help = "split the rule or the catalogue, or tell the maintainers that the tables need larger numbers";
        diagnostics.push(Diagnostic::of_path(Code::TooLarge, directory.display().to_string(), message, help));
    };
    let mut sections = layout::layout(&rules).map_err(|error| failed(error.to_string())).ok()?;
    rules_file::set_version(&mut sections);
    let rules_file = rules_file::emit(&checked, &rules, &sections).map_err(|error| failed(error.to_string())).ok()?;
    let tables = Tables::from_bytes(&rules_file).map_err(|error| failed(error.to_string())).ok()?;
    analyse::analyse(&checked, &rules, &tables, sources, diagnostics);
    Some(Output { checked, rules, sections, rules_file })
}

impl Output {
    /// Every generated file, with its path below the project's root.
    ///
    /// # Errors
    ///
    /// Where the generated Rust is not Rust.
    pub fn files(&self, sources: &Sources) -> Result<Vec<File>, syn::Error> {
        let mut files = rust::emit(&self.checked, &self.rules, &self.sections)?;
        files.extend(markdown::emit(&self.checked, sources));
        Ok(files)
    }

    /// The schemas of the catalogue's files, with their paths below the project's root, for the catalogue in this folder.
    #[must_use]
    pub fn schemas(&self, directory: &Path) -> Vec<File> {
        let folder = directory.file_name().map_or(Path::new("catalogue"), Path::new);
        schema::files(folder, &self.checked.catalogue.categories)
    }
}
