//! The catalogue's folder and the project around it.

use super::{Failure, Outcome, Result};
use rules_compiler::compile::{Compiled, compile};
use rules_compiler::diagnostic::{Diagnostics, Severity, Style, render_all};
use rules_compiler::source::Sources;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Where the catalogue is.
#[derive(Debug, clap::Args)]
pub struct CatalogueFolder {
    /// The catalogue's folder [default: the nearest folder `catalogue`, upwards from here]
    #[arg(long, value_name = "DIR")]
    pub catalogue: Option<PathBuf>,
}

impl CatalogueFolder {
    /// The folder that was named, or the nearest.
    pub fn find(&self) -> Result<PathBuf> {
        if let Some(folder) = &self.catalogue {
            return Ok(folder.clone());
        }
        let here = std::env::current_dir()
            .map_err(|error| Failure::new(format!("cannot tell the current folder: {error}")))?;
        let found = here
            .ancestors()
            .map(|folder| folder.join("catalogue"))
            .find(|folder| folder.join("categories.yaml").is_file());
        let found = found.ok_or_else(|| {
            Failure::new("there is no folder `catalogue` here or above: change into the project, or name it with --catalogue DIR")
        })?;
        // Shown as a person would type it.
        Ok(found.strip_prefix(&here).map_or(found.clone(), Path::to_path_buf))
    }
}

/// The project that a catalogue belongs to: the folder around it.
pub fn root(catalogue: &Path) -> PathBuf {
    match catalogue.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// What to show on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// Everything that was found wrong.
    All,
    /// Only what keeps the catalogue from being used.
    Errors,
}

/// Compiles a catalogue and shows what is wrong with it on standard error.
pub fn compile_and_report(folder: &Path, show: Show) -> (Compiled, Outcome) {
    report(compile(folder), folder, show)
}

/// Shows on standard error what is wrong with a catalogue that was compiled.
pub fn report(mut compiled: Compiled, folder: &Path, show: Show) -> (Compiled, Outcome) {
    if show == Show::Errors {
        compiled.diagnostics.retain(|diagnostic| diagnostic.severity() == Severity::Error);
    }
    let errors = print(&compiled.diagnostics, &compiled.sources, &folder.display().to_string());
    let outcome = if errors == 0 && compiled.output.is_some() { Outcome::Good } else { Outcome::Bad };
    (compiled, outcome)
}

/// Shows what is wrong on standard error, and returns the number of errors.
pub fn print(diagnostics: &Diagnostics, sources: &Sources, folder: &str) -> usize {
    let style = if std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
    {
        Style::Colour
    } else {
        Style::Plain
    };
    let mut err = std::io::stderr().lock();
    let _ = write!(err, "{}", render_all(diagnostics, sources, style));
    let (errors, warnings) = (diagnostics.count(Severity::Error), diagnostics.count(Severity::Warning));
    if errors + warnings > 0 {
        let _ = writeln!(err, "\n{} and {} in {folder}", count(errors, "error"), count(warnings, "warning"));
    }
    errors
}

/// `1 rule`, `2 rules`.
pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
