//! The files of a catalogue that is in memory: changed but not written yet, or out of a repository's history.

use super::folder::Contents;
use crate::catalogue::FileKind as Kind;

/// A file of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueFile {
    /// Its path in the catalogue's folder, joined by `/`: `providers/google.yaml`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl CatalogueFile {
    /// The path in the catalogue's folder of a file that messages call `name`.
    #[must_use]
    pub fn path_of(name: &str) -> &str {
        let mut slashes = name.rmatch_indices('/').map(|(at, _)| at);
        let (Some(last), before) = (slashes.next(), slashes.next()) else { return name };
        let folder = before.map_or(0, |at| at + 1);
        let start = if matches!(&name[folder..last], "codes" | "phrases" | "providers") { folder } else { last + 1 };
        &name[start..]
    }
}

/// The files that belong to a catalogue, in the order of their ids.
pub(super) fn contents(name: &str, mut files: Vec<CatalogueFile>) -> Vec<Contents> {
    // `a.yaml` before `a-b.yaml`, as `a` comes before `a-b`.
    files.sort_by(|a, b| stem(&a.path).cmp(stem(&b.path)));
    let known = files.into_iter().filter_map(|file| Some((kind(&file.path)?, file)));
    known.map(|(kind, file)| Contents { kind, name: format!("{name}/{}", file.path), bytes: file.bytes }).collect()
}

fn kind(path: &str) -> Option<Kind> {
    let stem = path.strip_suffix(".yaml")?;
    match stem.split_once('/') {
        None if stem == "categories" => Some(Kind::Categories),
        None if stem == "enhanced" => Some(Kind::Enhanced),
        None if stem == "moved" => Some(Kind::Moved),
        Some(("codes", name)) if !name.contains('/') => Some(Kind::Code),
        Some(("phrases", name)) if !name.contains('/') => Some(Kind::Phrases),
        Some(("providers", name)) if !name.contains('/') => Some(Kind::Provider),
        _ => None,
    }
}

fn stem(path: &str) -> &str {
    path.strip_suffix(".yaml").unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::CatalogueFile;

    #[test]
    fn the_path_in_the_folder_is_told_from_the_name() {
        let pairs = [
            ("catalogue/providers/google.yaml", "providers/google.yaml"),
            ("/x/codes/421.yaml", "codes/421.yaml"),
            ("codes/421.yaml", "codes/421.yaml"),
            ("catalogue/categories.yaml", "categories.yaml"),
            ("categories.yaml", "categories.yaml"),
        ];
        for (name, path) in pairs {
            assert_eq!(CatalogueFile::path_of(name), path);
        }
    }
}
