//! What a catalogue becomes: Rust source, a `.rules` file, Markdown pages.
//!
//! An emitter returns [`File`]s; only [`crate::write`] touches the disk.

pub mod markdown;
pub mod paths;
pub mod rules_file;
pub mod rust;

use std::path::PathBuf;

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where, relative to the project's root.
    pub path: PathBuf,
    /// What it holds.
    pub contents: Vec<u8>,
}

impl File {
    /// A text file.
    #[must_use]
    pub fn text(path: impl Into<PathBuf>, contents: impl Into<String>) -> Self {
        Self { path: path.into(), contents: contents.into().into_bytes() }
    }
}
