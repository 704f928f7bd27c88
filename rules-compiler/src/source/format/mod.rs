//! One way to write a catalogue's file.
//!
//! ```text
//! document ── values and positions, or what is wrong with the file
//!   └─ tree ── both as one tree, every item numbered
//!        ├─ comments ── the comments and empty lines, each with the item that it belongs to
//!        └─ order ── keys and lists in canonical order
//!             └─ print ── the text, with the help of scalar (quotes, folding)
//!                  └─ verify ── it says the same as before, comments included
//! ```

mod attach;
mod comments;
mod order;
mod print;
mod scalar;
mod tree;
mod verify;

pub use super::folder::MAX_BYTES;

use super::folder::{self, Contents};
use super::value::kind_of;
use super::{Sources, document};
use crate::catalogue::FileKind;
use crate::diagnostic::Diagnostics;
use std::path::Path;

/// Longest line, in columns, of a text that is folded and of a list between brackets.
pub const WIDTH: usize = 100;

/// How the comment begins that tells an editor the file's schema.
const MODELINE: &str = "# yaml-language-server: $schema=";

/// A file as it was found.
#[derive(Debug)]
pub struct Unformatted {
    /// As a user would type it.
    pub name: String,
    /// Its contents.
    pub bytes: Vec<u8>,
    /// Told from its name; if that tells nothing, its contents do.
    pub kind: Option<FileKind>,
}

/// Why a file was left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be read; the diagnostics say why.
    Mistakes,
    /// The result would not say the same: a mistake of this program, not of the file.
    Unfaithful,
}

/// All files of a catalogue, in the order of their names.
pub fn folder(directory: &Path, diagnostics: &mut Diagnostics) -> Vec<Unformatted> {
    let files = folder::read(directory, diagnostics).into_iter();
    files.map(|file| Unformatted { name: file.name, bytes: file.bytes, kind: Some(file.kind) }).collect()
}

/// A single file.
pub fn file(path: &Path, diagnostics: &mut Diagnostics) -> Option<Unformatted> {
    let (name, bytes) = folder::read_single(path, diagnostics)?;
    Some(Unformatted { name, bytes, kind: FileKind::of_path(path) })
}

/// Formats a file.
///
/// # Errors
///
/// Where the file is not YAML as a catalogue has it; what is wrong goes to `diagnostics`.
pub fn format(file: Unformatted, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Result<String, Refusal> {
    let mut found = Diagnostics::new();
    // The kind plays no part in reading.
    let contents = Contents { kind: FileKind::Provider, name: file.name, bytes: file.bytes };
    let (id, value) = document::read(contents, sources, &mut found);
    let refused = !found.is_empty();
    diagnostics.append(&mut found);
    let (Some(value), Some(root), false) = (value, sources.root(id), refused) else {
        return Err(Refusal::Mistakes);
    };
    let text = sources.text(id);
    let kind = file.kind.or_else(|| kind_of(&value));
    let tree = tree::build(text, root, &value).ok_or(Refusal::Unfaithful)?;
    let comments = attach::attach(text, &tree);
    let formatted = print::print(&tree, comments, kind);
    verify::same(text, &value, &formatted).then_some(formatted).ok_or(Refusal::Unfaithful)
}
