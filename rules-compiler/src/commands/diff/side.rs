//! One side of a comparison: tables, and the examples where they are known.

use super::super::project::{CatalogueFolder, Show, compile_and_report, count};
use super::super::{Failure, Outcome, Result, git};
use rules_compiler::compile::{Compiled, Depth, compile_files};
use rules_compiler::diagnostic::Severity;
use rules_compiler::diff::{Reply, examples};
use std::ffi::OsStr;
use std::path::Path;

/// One side of a comparison.
pub struct Side {
    /// As it was named.
    pub name: String,
    /// A `.rules` file.
    pub tables: Vec<u8>,
    /// The catalogue's examples; tables alone have none.
    pub examples: Option<Vec<Reply>>,
}

/// Reads what an argument names. `None` where the catalogue is wrong, which was shown.
pub fn read(argument: &OsStr, folder: &CatalogueFolder) -> Result<Option<Side>> {
    let path = Path::new(argument);
    let name = argument.to_string_lossy().into_owned();
    if path.is_dir() {
        let (compiled, outcome) = compile_and_report(path, Show::Errors);
        return Ok(of_catalogue(name, compiled).filter(|_| outcome == Outcome::Good));
    }
    if path.exists() {
        let tables = std::fs::read(path).map_err(|error| Failure::new(format!("cannot read {name}: {error}")))?;
        return Ok(Some(Side { name, tables, examples: None }));
    }
    of_revision(name, folder)
}

fn of_revision(name: String, folder: &CatalogueFolder) -> Result<Option<Side>> {
    let nothing = |error: &dyn std::fmt::Display| {
        Failure::new(format!("`{name}` is neither a folder nor a file, and cannot be read as a git revision: {error}"))
    };
    let folder = folder.find().map_err(|failure| match failure {
        Failure::Message(message) => nothing(&message),
        other => other,
    })?;
    let files = git::catalogue_at(&folder, &name).map_err(|error| nothing(&error))?;
    let compiled = compile_files(&format!("{name}:{}", folder.display()), files, Depth::Tables);
    // What was committed cannot be mended any more; and it was good by the checks of its day.
    let errors = compiled.diagnostics.count(Severity::Error);
    if let Some(first) = compiled.diagnostics.iter().find(|diagnostic| diagnostic.severity() == Severity::Error) {
        let errors = count(errors, "error");
        eprintln!(
            "rules: {name} has {errors} by today's checks, and the rules concerned are left out: {}",
            first.message
        );
    }
    match of_catalogue(name.clone(), compiled) {
        Some(side) => Ok(Some(side)),
        None => Err(Failure::new(format!("the catalogue at `{name}` cannot be compiled"))),
    }
}

fn of_catalogue(name: String, compiled: Compiled) -> Option<Side> {
    let output = compiled.output?;
    let examples = examples(&output.checked).collect();
    Some(Side { name, tables: output.rules_file, examples: Some(examples) })
}
