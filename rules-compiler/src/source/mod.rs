//! From files to a [`Catalogue`]: the only module that knows YAML.
//!
//! ```text
//! folder ── which files there are, and their text
//!   └─ document ── one file as values (serde_yaml) and as positions (saphyr-parser)
//!        └─ decode ── one item of it as a type of `catalogue`, or everything that is wrong with it
//!             └─ assemble ── all items as a `Catalogue`
//! ```
//!
//! An item with a mistake is left out, so that the checks that follow do not report the same mistake in other words.

mod assemble;
mod bytes;
mod decode;
mod document;
mod files;
mod folder;
pub mod format;
mod hanging;
mod line;
mod misread;
mod positions;
mod problem;
mod reader;
mod refusals;
mod slip;
mod sources;
mod spelling;
mod strange;
mod strays;
mod syntax;
mod value;
mod word_lists;
mod wording;

pub use files::CatalogueFile;
pub use sources::Sources;

use crate::catalogue::Catalogue;
use crate::diagnostic::Diagnostics;
use std::path::Path;

/// What was read.
#[derive(Debug)]
pub struct Loaded {
    /// The items without mistakes.
    pub catalogue: Catalogue,
    /// The files' texts, and where everything stands in them.
    pub sources: Sources,
}

/// Reads a catalogue folder. Whatever is wrong with it goes to `diagnostics`.
pub fn load(directory: &Path, diagnostics: &mut Diagnostics) -> Loaded {
    let files = folder::read(directory, diagnostics);
    let mut sources = Sources::default();
    let catalogue = assemble::assemble(files, &mut sources, diagnostics);
    Loaded { catalogue, sources }
}

/// Reads a catalogue whose files are in memory. `name` is what its folder is called in messages.
pub fn load_files(name: &str, files: Vec<CatalogueFile>, diagnostics: &mut Diagnostics) -> Loaded {
    let mut sources = Sources::default();
    let catalogue = assemble::assemble(files::contents(name, files), &mut sources, diagnostics);
    Loaded { catalogue, sources }
}
