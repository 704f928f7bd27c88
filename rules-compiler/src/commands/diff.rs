//! `rules diff`.

mod replies;
mod side;

use super::project::CatalogueFolder;
use super::{Failure, Outcome, Result};
use rules_compiler::diff::{self, Comparison};
use rules_runtime::Tables;
use side::Side;
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

/// Shows which replies get another verdict by one catalogue than by another: the examples of both, and the replies of a
/// file. Without arguments it compares the last commit with the catalogue as it is now.
///
/// OLD and NEW are each a catalogue's folder, a file of tables (`rules build --rules FILE`) or a git revision, such as
/// `main`, `HEAD~3` or `main:other/catalogue`. A folder or file of that name goes before a revision.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What was
    #[arg(default_value = "HEAD")]
    old: OsString,
    /// What is now [default: the catalogue's folder]
    new: Option<OsString>,
    /// More replies: one a line, or, in a file named .jsonl, a JSON object a line with `text` and optionally `mx` and
    /// `stage`; `-` for standard input
    #[arg(long, value_name = "FILE")]
    replies: Option<PathBuf>,
    /// What the file of replies holds, whatever its name
    #[arg(long, value_enum, requires = "replies")]
    input: Option<replies::Input>,
    /// For a person, a program, or a pull request's comment
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The most replies to show for each kind of change
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    samples: usize,
    /// End with 1 where a verdict or the list of rules changes
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    folder: CatalogueFolder,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let new = match &arguments.new {
        Some(new) => new.clone(),
        None => arguments.folder.find()?.into_os_string(),
    };
    let (old, new) = (side::read(&arguments.old, &arguments.folder), side::read(&new, &arguments.folder));
    let (Some(old), Some(new)) = (old?, new?) else {
        return Ok(Outcome::Bad);
    };
    if old.examples.is_none() && new.examples.is_none() && arguments.replies.is_none() {
        return Err(Failure::new("a file of tables holds no examples: name a file of replies with --replies FILE"));
    }
    let (old_tables, new_tables) = (tables(&old)?, tables(&new)?);
    let mut comparison = Comparison::new(&old_tables, &new_tables, arguments.samples);
    let examples: Vec<_> = [&old, &new].into_iter().filter_map(|side| side.examples.clone()).flatten().collect();
    comparison.add_each_once(&examples);
    let mut outcome = Outcome::Good;
    if let Some(file) = &arguments.replies {
        outcome = replies::read(file, arguments.input, |reply| comparison.add(reply))?;
    }
    let difference = comparison.finish();
    let shown = match arguments.format {
        Format::Text => diff::text(&difference),
        Format::Json => format!("{:#}\n", diff::json(&difference)),
        Format::Markdown => diff::markdown(&difference),
    };
    anstream::stdout().lock().write_all(shown.as_bytes()).map_err(Failure::output)?;
    Ok(if arguments.exit_code && !difference.is_empty() { Outcome::Bad } else { outcome })
}

fn tables(side: &Side) -> Result<Tables<'_>> {
    Tables::from_bytes(&side.tables).map_err(|error| Failure::new(format!("{}: {error}", side.name)))
}
