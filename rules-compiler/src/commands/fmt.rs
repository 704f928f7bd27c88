//! `rules fmt`.

use super::project::{CatalogueFolder, count, print};
use super::{Failure, Outcome, Result};
use rules_compiler::diagnostic::Diagnostics;
use rules_compiler::emit::File;
use rules_compiler::source::Sources;
use rules_compiler::source::format::{self, Refusal, Unformatted};
use rules_compiler::write::{self, Mode};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Brings the catalogue's files into the one canonical form: the order of keys, quotes, folding. Comments stay. A file that
/// is not valid YAML is left alone, and what is wrong with it is shown.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The files; `-` for standard input to standard output [default: all of the catalogue]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    folder: CatalogueFolder,
    /// Write nothing; show what would change, and fail where anything would
    #[arg(long)]
    check: bool,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut diagnostics = Diagnostics::new();
    let found = find(arguments, &mut diagnostics)?;
    let mut sources = Sources::default();
    let mut formatted = Vec::new();
    let mut unfaithful = Vec::new();
    let total = found.len();
    for (path, file) in found {
        let (name, before) = (file.name.clone(), file.bytes.clone());
        match format::format(file, &mut sources, &mut diagnostics) {
            Ok(text) => formatted.push(Formatted { path, name, before, text }),
            Err(Refusal::Mistakes) => {}
            Err(Refusal::Unfaithful) => unfaithful.push(name),
        }
    }
    let refused = total - formatted.len();
    diagnostics.sort();
    let errors = print(&diagnostics, &sources, &count(total, "file"));
    for name in unfaithful {
        eprintln!(
            "rules: {name} is left as it is: formatted, it would not say the same, which is a mistake of this program"
        );
    }
    let changes = if arguments.check { show(&formatted)? } else { write(&formatted)? };
    let is_bad = refused > 0 || errors > 0 || arguments.check && changes > 0;
    Ok(if is_bad { Outcome::Bad } else { Outcome::Good })
}

/// A file and its canonical form.
struct Formatted {
    /// `None` for standard output.
    path: Option<PathBuf>,
    name: String,
    before: Vec<u8>,
    text: String,
}

impl Formatted {
    fn has_changed(&self) -> bool {
        self.before != self.text.as_bytes()
    }
}

type Found = Vec<(Option<PathBuf>, Unformatted)>;

fn find(arguments: &Arguments, diagnostics: &mut Diagnostics) -> Result<Found> {
    if arguments.files.is_empty() {
        let files = format::folder(&arguments.folder.find()?, diagnostics).into_iter();
        return Ok(files.map(|file| (Some(PathBuf::from(&file.name)), file)).collect());
    }
    let mut found = Found::new();
    for path in &arguments.files {
        if path == Path::new("-") {
            found.push((None, standard_input()?));
        } else if let Some(file) = format::file(path, diagnostics) {
            found.push((Some(path.clone()), file));
        }
    }
    Ok(found)
}

fn standard_input() -> Result<Unformatted> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(format::MAX_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| Failure::new(format!("cannot read standard input: {error}")))?;
    if bytes.len() as u64 > format::MAX_BYTES {
        return Err(Failure::new(format!("standard input is larger than {} MiB", format::MAX_BYTES >> 20)));
    }
    Ok(Unformatted { name: "<stdin>".to_owned(), bytes, kind: None })
}

/// Shows how the files differ from their canonical form.
fn show(files: &[Formatted]) -> Result<usize> {
    let changed: Vec<&Formatted> = files.iter().filter(|file| file.has_changed()).collect();
    let mut out = std::io::stdout().lock();
    for file in &changed {
        let before = String::from_utf8_lossy(&file.before);
        let diff = similar::TextDiff::from_lines(&*before, &file.text);
        let diff = diff.unified_diff().header(&file.name, &format!("{} (formatted)", file.name)).to_string();
        write!(out, "{diff}").map_err(Failure::output)?;
    }
    for file in &changed {
        writeln!(out, "{}: not formatted", file.name).map_err(Failure::output)?;
    }
    if changed.is_empty() {
        writeln!(out, "{} formatted", count(files.len(), "file")).map_err(Failure::output)?;
    } else {
        writeln!(out, "run `cargo run -- fmt`").map_err(Failure::output)?;
    }
    Ok(changed.len())
}

/// Writes the files that change: all, or in case of an error none.
fn write(files: &[Formatted]) -> Result<usize> {
    let mut out = std::io::stdout().lock();
    let mut changed = Vec::new();
    for file in files {
        match &file.path {
            None => out.write_all(file.text.as_bytes()).map_err(Failure::output)?,
            Some(path) if file.has_changed() => changed.push(new_contents(path, &file.text)?),
            Some(_) => {}
        }
    }
    write::files(Path::new(""), &changed, &[], Mode::Write).map_err(Failure::new)?;
    for file in files.iter().filter(|file| file.path.is_some() && file.has_changed()) {
        writeln!(out, "{}: formatted", file.name).map_err(Failure::output)?;
    }
    Ok(changed.len())
}

/// Behind a symbolic link, it is the file that is written.
fn new_contents(path: &Path, text: &str) -> Result<File> {
    let path = path.canonicalize();
    let path = path.map_err(|error| Failure::new(format!("cannot find a file that was just read: {error}")))?;
    Ok(File::text(path, text))
}
