//! `rules check`.

use super::project::{CatalogueFolder, Show, compile_and_report, count};
use super::{Failure, Outcome, Result};
use std::io::Write;

/// Checks the catalogue: the YAML, every name and template, and that each example is won by its own rule. Writes nothing.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    folder: CatalogueFolder,
    /// How to show what is wrong
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How diagnostics are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For a person, on standard error
    Text,
    /// As a JSON array, on standard output
    Json,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let folder = arguments.folder.find()?;
    let mut out = std::io::stdout().lock();
    if arguments.format == Format::Json {
        let compiled = rules_compiler::compile::compile(&folder);
        let json = rules_compiler::diagnostic::to_json(&compiled.diagnostics, &compiled.sources);
        writeln!(out, "{json:#}").map_err(Failure::output)?;
        return Ok(if compiled.diagnostics.has_errors() { Outcome::Bad } else { Outcome::Good });
    }
    let (compiled, outcome) = compile_and_report(&folder, Show::All);
    if let (Outcome::Good, Some(output)) = (outcome, &compiled.output) {
        let (rules, providers) = (output.checked.rules.len(), output.rules.providers.len());
        let message = format!("{} of {} are good", count(rules, "rule"), count(providers, "provider"));
        writeln!(out, "{message}, every example is won by its own rule").map_err(Failure::output)?;
    }
    Ok(outcome)
}
