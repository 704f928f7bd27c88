//! `rules stats`.

use super::project::{CatalogueFolder, Show, compile_and_report};
use super::{Failure, Outcome, Result};
use rules_compiler::stats::Stats;
use std::io::{self, Write};

/// Counts what the catalogue knows: rules, providers, languages, sources, codes, and which comparisons with a source are
/// the longest ago.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    folder: CatalogueFolder,
    /// For a person, or one JSON object
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let folder = arguments.folder.find()?;
    let (compiled, outcome) = compile_and_report(&folder, Show::Errors);
    let (Outcome::Good, Some(output)) = (outcome, &compiled.output) else {
        return Ok(Outcome::Bad);
    };
    let stats = Stats::new(&output.checked);
    let mut out = io::stdout().lock();
    match arguments.format {
        Format::Text => show(&mut out, &stats),
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&stats).map_err(Failure::new)?),
    }
    .map_err(Failure::output)?;
    Ok(outcome)
}

fn show(out: &mut impl Write, stats: &Stats) -> io::Result<()> {
    let mut row = |label: &str, value: String| writeln!(out, "{label:<26}{value}");
    let counts = |counts: Vec<(&str, usize)>| {
        counts.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
    };
    row("rules", stats.rules.to_string())?;
    row("templates", stats.templates.to_string())?;
    row("examples", stats.examples.to_string())?;
    row("markers", stats.markers.to_string())?;
    row("ends of host names", stats.mx.to_string())?;
    for (kind, owners) in &stats.providers {
        let name = serde_json::to_value(kind).ok().and_then(|name| name.as_str().map(str::to_owned));
        let label = format!("providers: {}", name.unwrap_or_default());
        row(&label, format!("{} with {} rules", owners.providers, owners.rules))?;
    }
    row("providers without rules", stats.providers_without_rules.join(", "))?;
    row("languages", counts(stats.languages.iter().map(|(tag, count)| (tag.as_str(), *count)).collect()))?;
    row("sources", counts(stats.sources.iter().map(|(kind, count)| (*kind, *count)).collect()))?;
    row("categories", counts(stats.categories.iter().map(|(id, count)| (id.as_str(), *count)).collect()))?;
    let codes = &stats.codes;
    let missing = codes.reply_without_rules.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
    row("reply codes", format!("{}, without rules: {missing}", codes.reply))?;
    row("enhanced codes", format!("{}, without rules: {}", codes.enhanced, codes.enhanced_without_rules.join(", ")))?;
    row("compared with the source", counts(stats.checked.iter().map(|(month, n)| (month.as_str(), *n)).collect()))?;
    for oldest in &stats.oldest {
        row("longest ago", format!("{} {}", oldest.checked, oldest.rule))?;
    }
    Ok(())
}
