//! `rules new provider`.

use super::super::project::CatalogueFolder;
use super::super::{Failure, Outcome, Result};
use super::{catalogue, display, refused, write_file};
use rules_compiler::catalogue::ProviderKind;
use rules_compiler::scaffold::NewProvider;
use std::io::Write;

/// Writes `providers/ID.yaml` with a blank for each thing that is not given.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The provider's public id, such as `example-mail`; it never changes
    id: String,
    /// Its name in headings
    #[arg(long)]
    name: Option<String>,
    /// What it does: mailbox, gateway, mta, forwarder, esp or blocklist
    #[arg(long, value_parser = kind)]
    kind: Option<ProviderKind>,
    /// The ends of its servers' host names, such as mx.example.com
    #[arg(long, value_name = "HOST", num_args = 1.., value_delimiter = ',')]
    mx: Vec<String>,
    #[command(flatten)]
    folder: CatalogueFolder,
}

fn kind(name: &str) -> std::result::Result<ProviderKind, String> {
    let value = serde_json::Value::from(name);
    serde_json::from_value(value)
        .map_err(|_| "the kinds are mailbox, gateway, mta, forwarder, esp, blocklist".to_owned())
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let Some((folder, base)) = catalogue(&arguments.folder)? else { return Ok(Outcome::Bad) };
    let new = NewProvider {
        id: arguments.id.clone(),
        name: arguments.name.clone(),
        kind: arguments.kind,
        mx: arguments.mx.clone(),
    };
    let file = match new.file(&base, &display(&folder)) {
        Ok(file) => file,
        Err(refusal) => return refused(&refusal),
    };
    write_file(&folder, &file)?;
    let mut out = std::io::stdout().lock();
    let text = String::from_utf8_lossy(&file.bytes);
    let path = format!("{}/{}", display(&folder), file.path);
    let fill =
        if text.contains(rules_compiler::check::BLANK) { "Fill in what is marked `FILL IN`, then add" } else { "Add" };
    writeln!(out, "{path}: new\n\n{text}\n{fill} a rule from a reply:").map_err(Failure::output)?;
    writeln!(out, "  cargo run -- new rule --provider {} --reply '<a reply pasted from a log>'", new.id)
        .map_err(Failure::output)?;
    Ok(Outcome::Good)
}
