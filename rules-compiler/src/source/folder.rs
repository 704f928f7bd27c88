//! Which files a catalogue folder holds, and their text.

use crate::catalogue::FileKind as Kind;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// Largest file that is read. The catalogue's own are below 1 MiB.
pub const MAX_BYTES: u64 = 4 << 20;

/// A file that could be read.
#[derive(Debug)]
pub(super) struct Contents {
    pub kind: Kind,
    /// As a user would type it.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What a catalogue's folder may hold.
const KNOWN: [&str; 7] = ["categories.yaml", "enhanced.yaml", "moved.yaml", "codes", "phrases", "providers", "schema"];

const LAYOUT: &str = "a catalogue holds `categories.yaml`, `enhanced.yaml`, perhaps `moved.yaml`, and the folders `codes`, `phrases` and `providers`";

/// All files of a catalogue, in the order of their names.
pub(super) fn read(directory: &Path, diagnostics: &mut Diagnostics) -> Vec<Contents> {
    let mut folder = Folder { name: display_name(directory), files: Vec::new(), diagnostics };
    if let Some(entries) = folder.entries(directory, "") {
        let needed = [
            ("categories.yaml", "it lists what a reply can mean, at least `accepted` and `unclassified`"),
            ("enhanced.yaml", "it lists the enhanced status codes, under `classes`, `subjects` and `codes`"),
        ];
        let missing = || needed.iter().filter(|(name, _)| !entries.iter().any(|entry| entry == name));
        let is_it = |entry: &str, name: &str| KNOWN.iter().all(|known| entry != *known) && is_misspelt(entry, name);
        for entry in &entries {
            match missing().find(|(name, _)| is_it(entry, name)) {
                Some((name, _)) => folder.misspelt(entry, name),
                None => folder.top(directory, entry),
            }
        }
        // Without any of them it is no catalogue, which is one mistake.
        let is_there = |name: &str| entries.iter().any(|entry| is_it(entry, name));
        if let Some((name, what)) = missing().find(|(name, _)| !is_there(name)) {
            folder.missing(name, what);
        }
    }
    folder.files
}

/// The name and the bytes of a file that a user named.
pub(super) fn read_single(path: &Path, diagnostics: &mut Diagnostics) -> Option<(String, Vec<u8>)> {
    let mut folder = Folder { name: display_name(path), files: Vec::new(), diagnostics };
    folder.file(path, "", Kind::Provider);
    folder.files.pop().map(|file| (file.name, file.bytes))
}

struct Folder<'a> {
    name: String,
    files: Vec<Contents>,
    diagnostics: &'a mut Diagnostics,
}

impl Folder<'_> {
    fn top(&mut self, directory: &Path, entry: &str) {
        let path = directory.join(entry);
        match entry {
            "categories.yaml" => self.file(&path, entry, Kind::Categories),
            "enhanced.yaml" => self.file(&path, entry, Kind::Enhanced),
            "moved.yaml" => self.file(&path, entry, Kind::Moved),
            "codes" => self.folder(&path, entry, Kind::Code),
            "phrases" => self.folder(&path, entry, Kind::Phrases),
            "providers" => self.folder(&path, entry, Kind::Provider),
            "schema" => {}
            _ => self.unexpected(entry, LAYOUT),
        }
    }

    fn folder(&mut self, path: &Path, name: &str, kind: Kind) {
        let belongs = match kind {
            Kind::Code => "here belongs one file for each basic reply code, such as `421.yaml`",
            Kind::Phrases => "here belongs one file for each language, such as `en.yaml`",
            _ => "here belongs one file for each provider, such as `google.yaml`",
        };
        for entry in self.entries(path, name).unwrap_or_default() {
            let (path, name) = (path.join(&entry), format!("{name}/{entry}"));
            if entry.ends_with(".yaml") && !path.is_dir() {
                self.file(&path, &name, kind);
            } else if path.is_dir() && entry.ends_with(".yaml") {
                let message = format!("`{}` is a folder", self.full(&name));
                let help = format!("move it elsewhere: {belongs}");
                self.diagnostics.push(Diagnostic::of_path(Code::UnexpectedFile, self.full(&name), message, help));
            } else {
                self.unexpected(&name, belongs);
            }
        }
    }

    /// The names in a folder, sorted as ids are; `None` if it cannot be read.
    fn entries(&mut self, path: &Path, name: &str) -> Option<Vec<String>> {
        let names = fs::read_dir(path)
            .and_then(|entries| entries.map(|entry| Ok(entry?.file_name())).collect::<io::Result<Vec<_>>>());
        match names {
            Ok(names) => {
                let (readable, not_utf8): (Vec<_>, Vec<_>) =
                    names.into_iter().partition(|name| name.to_str().is_some());
                for other in not_utf8 {
                    self.unexpected(&format!("{name}/{}", other.to_string_lossy()), "its name is not UTF-8");
                }
                let mut names: Vec<_> = readable.iter().filter_map(|name| name.to_str().map(str::to_owned)).collect();
                names.retain(|name| !name.starts_with('.'));
                // `a.yaml` before `a-b.yaml`, as `a` comes before `a-b`.
                names.sort_by(|a, b| stem(a).cmp(stem(b)).then_with(|| a.cmp(b)));
                Some(names)
            }
            Err(error) => {
                self.unreadable(name, &error);
                None
            }
        }
    }

    fn file(&mut self, path: &Path, name: &str, kind: Kind) {
        match read_file(path) {
            Ok(bytes) if bytes.len() as u64 > MAX_BYTES => {
                let message = format!("`{}` is larger than {} MiB", self.full(name), MAX_BYTES >> 20);
                let help = "split it, or look whether something else was saved under this name";
                self.diagnostics.push(Diagnostic::of_path(Code::FileTooLarge, self.full(name), message, help));
            }
            Ok(bytes) => self.files.push(Contents { kind, name: self.full(name), bytes }),
            Err(error) if error.kind() == io::ErrorKind::NotFound && path.is_symlink() => {
                let target = fs::read_link(path).unwrap_or_default();
                let message = format!("cannot read `{}`, a link to `{}`: {error}", self.full(name), target.display());
                let help = "remove the link, or let it lead to a file";
                self.diagnostics.push(Diagnostic::of_path(Code::Unreadable, self.full(name), message, help));
            }
            Err(error) => self.unreadable(name, &error),
        }
    }

    fn full(&self, name: &str) -> String {
        match (self.name.as_str(), name) {
            (folder, "") => folder.to_owned(),
            (folder, name) if folder.ends_with('/') => format!("{folder}{name}"),
            (folder, name) => format!("{folder}/{name}"),
        }
    }

    fn unreadable(&mut self, name: &str, error: &io::Error) {
        let message = format!("cannot read `{}`: {error}", self.full(name));
        let help = match error.kind() {
            io::ErrorKind::NotFound => "look at the name, or give the folder with `--catalogue`",
            io::ErrorKind::PermissionDenied => "give yourself permission to read it",
            _ => "look what stands there: a folder or a plain file is needed",
        };
        self.diagnostics.push(Diagnostic::of_path(Code::Unreadable, self.full(name), message, help));
    }

    fn unexpected(&mut self, name: &str, belongs: &str) {
        let message = format!("`{}` does not belong here", self.full(name));
        let lower = name.to_ascii_lowercase();
        let wrong = [".yml", ".yaml", ".yaml.txt", ".yml.txt"]
            .into_iter()
            .find(|end| lower.ends_with(end) && !name.ends_with(".yaml"));
        let help = match wrong.and_then(|end| name.get(..name.len() - end.len())) {
            Some(stem) => format!("rename it: the extension is `.yaml`, as in `{stem}.yaml`"),
            None => format!("move it elsewhere: {belongs}"),
        };
        self.diagnostics.push(Diagnostic::of_path(Code::UnexpectedFile, self.full(name), message, help));
    }

    /// A file that is needed, under a name that is almost right.
    fn misspelt(&mut self, entry: &str, name: &str) {
        let message = format!("`{}` does not belong here", self.full(entry));
        let help = format!("rename it to `{name}`, which is missing");
        self.diagnostics.push(Diagnostic::of_path(Code::UnexpectedFile, self.full(entry), message, help));
    }

    fn missing(&mut self, name: &str, what: &str) {
        let message = format!("`{}` is missing", self.full(name));
        let help = format!("add it: {what}");
        self.diagnostics.push(Diagnostic::of_path(Code::MissingFile, self.full(name), message, help));
    }
}

/// At most one byte more than is allowed. A pipe or a device could keep us waiting for ever.
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a plain file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether a file was most likely meant to have this name: its extension aside, and a letter or two.
fn is_misspelt(entry: &str, name: &str) -> bool {
    let plain = |name: &str| name.split('.').next().map(str::to_owned).unwrap_or_default();
    nearest(&plain(entry), [plain(name).as_str()]).is_some()
}

fn stem(name: &str) -> &str {
    name.strip_suffix(".yaml").unwrap_or(name)
}

fn display_name(directory: &Path) -> String {
    let name = directory.to_string_lossy().replace('\\', "/");
    match name.trim_end_matches('/') {
        "" if name.is_empty() => ".".to_owned(),
        "" => "/".to_owned(),
        trimmed => trimmed.to_owned(),
    }
}
