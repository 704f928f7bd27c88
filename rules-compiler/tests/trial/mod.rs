//! The small catalogue, with one file replaced by another.

#![allow(dead_code, reason = "no test uses all of it")]

use rules_compiler::catalogue::Catalogue;
use rules_compiler::check::{Checked, check};
use rules_compiler::compile::compile_on;
use rules_compiler::date::Date;
use rules_compiler::diagnostic::{Code, Diagnostics, Style, render_all, to_json};
use rules_compiler::source::{Sources, load};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of its own, removed at the end.
pub struct Trial {
    pub directory: PathBuf,
}

/// What came of it.
pub struct Outcome {
    pub checked: Option<Checked>,
    pub diagnostics: Diagnostics,
    pub sources: Sources,
    directory: String,
}

impl Trial {
    /// A copy of the small catalogue.
    pub fn new(name: &str) -> Self {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("trial-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&directory);
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small"), &directory);
        Self { directory }
    }

    /// Writes a file, such as `providers/example-mail.yaml`.
    pub fn write(self, path: &str, contents: impl AsRef<[u8]>) -> Self {
        fs::write(self.directory.join(path), contents).expect("a writable folder");
        self
    }

    /// Changes a piece of a file.
    pub fn change(self, path: &str, from: &str, to: &str) -> Self {
        let text = fs::read_to_string(self.directory.join(path)).expect("a file of the small catalogue");
        assert_eq!(text.matches(from).count(), 1, "`{from}` must occur once in {path}");
        let text = text.replace(from, to);
        self.write(path, text)
    }

    pub fn load(&self) -> (Catalogue, Outcome) {
        let mut diagnostics = Diagnostics::new();
        let loaded = load(&self.directory, &mut diagnostics);
        let directory = self.directory.to_string_lossy().into_owned();
        (loaded.catalogue, Outcome { checked: None, diagnostics, sources: loaded.sources, directory })
    }

    /// All that `rules check` says on a day when the small catalogue is fresh.
    pub fn compile(&self) -> Outcome {
        let today = Date::parse("2026-11-23").expect("a day");
        let compiled = compile_on(&self.directory, today);
        let directory = self.directory.to_string_lossy().into_owned();
        let checked = compiled.output.map(|output| output.checked);
        Outcome { checked, diagnostics: compiled.diagnostics, sources: compiled.sources, directory }
    }

    pub fn check(&self) -> Outcome {
        let (catalogue, mut outcome) = self.load();
        outcome.checked = check(catalogue, &outcome.sources, &mut outcome.diagnostics);
        outcome.diagnostics.sort();
        outcome
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.directory);
    }
}

impl Outcome {
    /// As a user sees it who stands beside the folder.
    pub fn text(&self) -> String {
        render_all(&self.diagnostics, &self.sources, Style::Plain).replace(&self.directory, "catalogue")
    }

    pub fn json(&self) -> String {
        let json = serde_json::to_string_pretty(&to_json(&self.diagnostics, &self.sources)).expect("plain JSON");
        json.replace(&self.directory, "catalogue")
    }

    pub fn codes(&self) -> Vec<Code> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a writable folder");
    for entry in fs::read_dir(from).expect("a readable folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            fs::copy(entry.path(), target).map(drop).expect("a copy")
        }
    }
}
