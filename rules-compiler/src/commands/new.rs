//! `rules new`.

mod provider;
mod rule;

use super::project::{CatalogueFolder, Show, compile_and_report};
use super::{Failure, Outcome, Result};
use rules_compiler::compile::Compiled;
use rules_compiler::diagnostic::{Severity, Style, render_all};
use rules_compiler::scaffold::Refusal;
use rules_compiler::source::CatalogueFile;
use rules_compiler::write;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Writes a new provider's file, or a new rule from a reply that is pasted.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Write a provider's file, with a blank for each thing that is not given
    Provider(provider::Arguments),
    /// Make a rule of a reply that is pasted from a log, and add it to its provider's file
    Rule(rule::Arguments),
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    match &arguments.what {
        What::Provider(arguments) => provider::run(arguments),
        What::Rule(arguments) => rule::run(arguments),
    }
}

/// The catalogue as it is; nothing where it is wrong, which was shown.
fn catalogue(folder: &CatalogueFolder) -> Result<Option<(PathBuf, Compiled)>> {
    let path = folder.find()?;
    let (compiled, outcome) = compile_and_report(&path, Show::Errors);
    if outcome == Outcome::Bad {
        eprintln!("Nothing was written: mend this first.");
        return Ok(None);
    }
    Ok(Some((path, compiled)))
}

/// The folder as messages name it.
fn display(folder: &Path) -> String {
    folder.to_string_lossy().replace('\\', "/").trim_end_matches('/').to_owned()
}

fn write_file(folder: &Path, file: &CatalogueFile) -> Result<()> {
    write::file(&folder.join(&file.path), &file.bytes).map_err(Failure::new)
}

/// Says why nothing was written.
fn refused(refusal: &Refusal) -> Result<Outcome> {
    let Refusal::Wrong { draft, compiled } = refusal else { return Err(Failure::new(refusal)) };
    let plain = !std::io::stderr().is_terminal() || std::env::var_os("NO_COLOR").is_some();
    let mut errors = compiled.diagnostics.clone();
    errors.retain(|diagnostic| diagnostic.severity() == Severity::Error);
    eprint!("{}", render_all(&errors, &compiled.sources, if plain { Style::Plain } else { Style::Colour }));
    eprintln!("\nNothing was written, since the catalogue would be wrong with this:\n\n{draft}");
    Ok(Outcome::Bad)
}
