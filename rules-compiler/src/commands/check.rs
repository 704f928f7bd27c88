//! `rules check`.

use super::mend::mend;
use super::project::{CatalogueFolder, Show, count, report};
use super::{Failure, Outcome, Result};
use rules_compiler::compile::{Compiled, compile_on};
use rules_compiler::date::Date;
use rules_compiler::diagnostic::{to_json, to_sarif};
use std::io::Write;

/// Checks the catalogue: the YAML, every name and template, that each example is won by its own rule, and how well the
/// rules are written. Writes nothing, unless with --fix.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    folder: CatalogueFolder,
    /// How to show what is wrong
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Mend in the files what can be mended with certainty; comments and layout stay as they are
    #[arg(long)]
    fix: bool,
    /// The day on which rules may be out of date, such as 2026-11-23 [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    today: Option<Date>,
}

/// How diagnostics are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For a person, on standard error
    Text,
    /// As a JSON array, on standard output
    Json,
    /// As SARIF 2.1.0, for code hosts, on standard output
    Sarif,
}

fn date(text: &str) -> std::result::Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write year, month and day, as in 2026-11-23".to_owned())
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let folder = arguments.folder.find()?;
    let today = arguments.today.unwrap_or_else(Date::today);
    let mut out = std::io::stdout().lock();
    let compiled = match (arguments.fix, arguments.format) {
        (false, _) => compile_on(&folder, today),
        (true, Format::Text) => mend(&folder, today, &mut out)?,
        (true, _) => mend(&folder, today, &mut std::io::stderr().lock())?,
    };
    match arguments.format {
        Format::Text => return text(compiled, &folder, &mut out),
        Format::Json => writeln!(out, "{:#}", to_json(&compiled.diagnostics, &compiled.sources)),
        Format::Sarif => writeln!(out, "{:#}", to_sarif(&compiled.diagnostics, &compiled.sources)),
    }
    .map_err(Failure::output)?;
    Ok(if compiled.diagnostics.has_errors() { Outcome::Bad } else { Outcome::Good })
}

fn text(compiled: Compiled, folder: &std::path::Path, out: &mut impl Write) -> Result<Outcome> {
    let (compiled, outcome) = report(compiled, folder, Show::All);
    if let (Outcome::Good, Some(output)) = (outcome, &compiled.output) {
        let (rules, providers) = (output.checked.rules.len(), output.rules.providers.len());
        let message = format!("{} of {} are good", count(rules, "rule"), count(providers, "provider"));
        writeln!(out, "{message}, every example is won by its own rule").map_err(Failure::output)?;
    }
    Ok(outcome)
}
