//! Markdown pages (being written).
use super::File;
use crate::check::Checked;
use crate::source::Sources;
/// The pages.
#[must_use]
pub fn emit(checked: &Checked, sources: &Sources) -> Vec<File> {
    let _ = (checked, sources);
    Vec::new()
}
