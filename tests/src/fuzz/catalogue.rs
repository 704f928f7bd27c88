//! Catalogues with something changed: a catalogue or mistakes that are explained.

use super::Choices;
use crate::project::small_folder;
use rules_compiler::compile::{Compiled, compile};
use rules_compiler::diagnostic::{Code, Severity, Style, render_all, to_json};
use rules_runtime::Tables;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The small catalogue's files: where they stand, what they hold.
static FILES: LazyLock<Vec<(PathBuf, Vec<u8>)>> = LazyLock::new(|| {
    let mut files = Vec::new();
    for folder in ["", "codes", "phrases", "providers"].map(|folder| small_folder().join(folder)) {
        for entry in fs::read_dir(folder).expect("a readable folder") {
            let path = entry.expect("a readable folder").path();
            if path.is_file() {
                let contents = fs::read(&path).expect("a readable file");
                files.push((path.strip_prefix(small_folder()).expect("a file of it").to_owned(), contents));
            }
        }
    }
    files.sort();
    files
});

/// What YAML, the catalogue's format and its templates have a meaning for.
const WORDS: [&str; 64] = [
    ":",
    ": ",
    "- ",
    "\n",
    "\n  ",
    "\n- ",
    "\t",
    " ",
    "#",
    " # ",
    "'",
    "\"",
    "\\",
    "|",
    ">-",
    "&a ",
    "*a",
    "<<: *a",
    "!!binary ",
    "!tag ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "---\n",
    "...\n",
    "%YAML 9.9\n",
    "~",
    "null",
    "true",
    "no",
    "0x10",
    "1e999",
    "-1",
    "99999999999999999999",
    "4xx",
    "x.7.1",
    "5.10",
    "2026-13-45",
    "\u{feff}",
    "\0",
    "\r",
    "\u{2028}",
    "{ip}",
    "{{",
    "}}",
    "{name:type}",
    "{code=EX01}",
    "{text}",
    "{a|b}",
    "(?i)",
    ".*",
    "regex: ",
    "text: ",
    "rules:\n",
    "id: ",
    "over: [example-mail/rate-limited]\n",
    "requires: mx\n",
    "match: whole\n",
    "stage: rcpt\n",
    "https://",
    "\u{ff}\u{300}",
];

/// Changes a file of the small catalogue as the input says, and compiles it.
///
/// # Panics
///
/// Where the compiler does, refuses without a word, or makes tables that cannot be loaded.
pub fn catalogue(input: &[u8]) {
    let mut choices = Choices::new(input);
    let (path, contents) = choices.of(&FILES);
    let mut text = contents;
    for _ in 0..=choices.byte() % 4 {
        mutate(&mut text, &mut choices);
    }
    let folder = Folder::new();
    fs::write(folder.0.join(path), text).expect("a writable folder");
    judge(&compile(&folder.0), &folder.0);
}

fn judge(compiled: &Compiled, folder: &Path) {
    let diagnostics = &compiled.diagnostics;
    let shown = render_all(diagnostics, &compiled.sources, Style::Plain);
    let json = to_json(diagnostics, &compiled.sources).to_string();
    assert_eq!(shown.trim().is_empty(), diagnostics.iter().next().is_none(), "{shown}");
    assert_eq!(json == "[]", diagnostics.iter().next().is_none(), "{json}");
    let refused = diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error);
    match &compiled.output {
        Some(output) => assert!(Tables::from_bytes(&output.rules_file).is_ok(), "{shown}"),
        None => assert!(refused, "{} is refused without a word", folder.display()),
    }
    // It stands for tables that the runtime refuses, too, and no file so small is too large.
    let too_large = diagnostics.iter().find(|diagnostic| diagnostic.code == Code::TooLarge);
    assert!(too_large.is_none() || shown.contains("is not one that this program was built with"), "{shown}");
}

/// A place, often the start of a line.
fn place(text: &[u8], choices: &mut Choices<'_>) -> usize {
    let at = choices.below(text.len() + 1);
    match choices.byte() % 2 {
        0 => at,
        _ => text[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1),
    }
}

/// The end of the line that starts here, with its line break.
fn line_end(text: &[u8], start: usize) -> usize {
    text[start..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |at| start + at + 1)
}

fn mutate(text: &mut Vec<u8>, choices: &mut Choices<'_>) {
    let at = place(text, choices);
    match choices.byte() % 10 {
        0..=2 => drop(text.splice(at..at, choices.of(&WORDS).bytes())),
        3 => {
            let word = choices.of(&WORDS);
            drop(text.splice(at..text.len().min(at + 1 + choices.below(12)), word.bytes()));
        }
        4 => drop(text.drain(at..line_end(text, at))),
        5 => {
            let line = text[at..line_end(text, at)].to_vec();
            drop(text.splice(at..at, line));
        }
        6 => {
            // A line of some file of the catalogue.
            let (_, other) = choices.of(&FILES);
            let from = place(&other, choices);
            let line = other[from..line_end(&other, from)].to_vec();
            drop(text.splice(at..at, line));
        }
        7 => drop(text.splice(at..at, std::iter::repeat_n(choices.byte(), choices.below(40)))),
        8 => text.truncate(at),
        _ => {
            if let Some(byte) = text.get_mut(at) {
                *byte ^= 1 << choices.below(8);
            }
        }
    }
}

/// A copy of the small catalogue, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let thread = std::thread::current().id();
        let folder = std::env::temp_dir().join(format!("smtp-rules-fuzz-{}-{thread:?}", std::process::id()));
        for (path, contents) in &*FILES {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
            fs::write(path, contents).expect("a writable folder");
        }
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
