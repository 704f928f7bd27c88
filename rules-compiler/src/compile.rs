//! The whole way from a folder to tables.

use crate::analyse;
use crate::check::{self, Checked};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::emit::{File, markdown, rules_file, rust};
use crate::layout::{self, Sections};
use crate::lint;
use crate::lower::{self, Rules};
use crate::schema;
use crate::source::{self, CatalogueFile, Loaded, Sources};
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

/// Compiles a catalogue folder. Nothing is written, and the result depends on nothing but the folder.
#[must_use]
pub fn compile(directory: &Path) -> Compiled {
    run(directory, None)
}

/// Compiles a catalogue folder and looks as well whether its knowledge is out of date on this day.
#[must_use]
pub fn compile_on(directory: &Path, today: Date) -> Compiled {
    run(directory, Some(today))
}

fn run(directory: &Path, today: Option<Date>) -> Compiled {
    let mut diagnostics = Diagnostics::new();
    let loaded = source::load(directory, &mut diagnostics);
    compile_loaded(loaded, &directory.display().to_string(), Depth::Analysed, today, diagnostics)
}

/// How far a catalogue is looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// All that is known to go wrong is looked for.
    Analysed,
    /// Only what is needed to make tables: for a catalogue that was analysed when it was committed.
    Tables,
}

/// Compiles a catalogue whose files are in memory; `name` stands for its folder in messages.
#[must_use]
pub fn compile_files(name: &str, files: Vec<CatalogueFile>, depth: Depth) -> Compiled {
    let mut diagnostics = Diagnostics::new();
    let loaded = source::load_files(name, files, &mut diagnostics);
    compile_loaded(loaded, name, depth, None, diagnostics)
}

fn compile_loaded(
    loaded: Loaded,
    name: &str,
    depth: Depth,
    today: Option<Date>,
    mut diagnostics: Diagnostics,
) -> Compiled {
    let sources = loaded.sources;
    let checked = check::check(loaded.catalogue, &sources, &mut diagnostics);
    let output = checked.and_then(|checked| build(checked, &sources, name, depth, &mut diagnostics));
    if let (Some(output), Depth::Analysed) = (&output, depth) {
        lint::lint(output, &sources, today, &mut diagnostics);
    }
    diagnostics.sort();
    Compiled { sources, diagnostics, output }
}

fn build(
    checked: Checked,
    sources: &Sources,
    name: &str,
    depth: Depth,
    diagnostics: &mut Diagnostics,
) -> Option<Output> {
    let rules = lower::lower(&checked);
    let mut failed = |message: String| {
        let help = "split the rule or the catalogue, or tell the maintainers that the tables need larger numbers";
        diagnostics.push(Diagnostic::of_path(Code::TooLarge, name, message, help));
    };
    let mut sections = layout::layout(&rules).map_err(|error| failed(error.to_string())).ok()?;
    layout::outcomes::write(&checked, &rules, &mut sections).map_err(|error| failed(error.to_string())).ok()?;
    rules_file::set_version(&mut sections);
    let rules_file = rules_file::emit(&rules, &sections);
    let tables = Tables::from_bytes(&rules_file).map_err(|error| failed(error.to_string())).ok()?;
    if depth == Depth::Analysed {
        analyse::analyse(&checked, &rules, &tables, sources, diagnostics);
    }
    Some(Output { checked, rules, sections, rules_file })
}

impl Compiled {
    /// The files as they were read.
    #[must_use]
    pub fn catalogue_files(&self) -> Vec<CatalogueFile> {
        let file = |file| CatalogueFile {
            path: CatalogueFile::path_of(self.sources.name(file)).to_owned(),
            bytes: self.sources.text(file).as_bytes().to_vec(),
        };
        self.sources.files().map(file).collect()
    }
}

impl Output {
    /// Every generated file, with its path below the project's root.
    ///
    /// # Errors
    ///
    /// Where the generated Rust is not Rust.
    pub fn files(&self, sources: &Sources) -> Result<Vec<File>, syn::Error> {
        std::thread::scope(|scope| {
            let pages = scope.spawn(|| markdown::emit(&self.checked, sources));
            let rust = rust::emit(&self.checked, &self.rules, &self.sections);
            let pages = pages.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            let mut files = rust?;
            files.extend(pages);
            Ok(files)
        })
    }

    /// The schemas of the catalogue's files, with their paths below the project's root, for the catalogue in this folder.
    #[must_use]
    pub fn schemas(&self, directory: &Path) -> Vec<File> {
        let folder = directory.file_name().map_or(Path::new("catalogue"), Path::new);
        schema::files(folder, &self.checked.catalogue.categories)
    }
}
