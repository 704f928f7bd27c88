//! `rules classify`.

pub(super) mod input;
mod output;

use super::project::{Show, compile_and_report};
use super::{Failure, Outcome, Result};
use input::Item;
pub use input::Lines;
use rules_runtime::{Classifier, Stage, Tables};
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Says what replies mean. Without arguments it reads one reply a line from standard input.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The replies, as a server or a log gives them
    replies: Vec<std::ffi::OsString>,
    /// Text for a person, or one JSON object a line
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What standard input holds: a reply a line, or a JSON object a line with `text` and optionally `mx`, `stage`, `id`
    #[arg(long, value_enum, default_value_t = Input::Text)]
    input: Input,
    /// The name of the host that answered
    #[arg(long, value_name = "HOST")]
    mx: Option<String>,
    /// The command that was answered
    #[arg(long, value_name = "STAGE", value_parser = stage)]
    stage: Option<Stage>,
    /// Use the tables in this file instead of those that are built in
    #[arg(long, value_name = "FILE", conflicts_with = "catalogue")]
    rules: Option<PathBuf>,
    /// Compile this catalogue and use it instead of the one that is built in
    #[arg(long, value_name = "DIR")]
    catalogue: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Input {
    Text,
    Json,
}

pub fn stage(name: &str) -> std::result::Result<Stage, String> {
    Stage::from_name(name).ok_or_else(|| format!("the stages are {}", Stage::ALL.map(Stage::name).join(", ")))
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    if let Some(folder) = &arguments.catalogue {
        let (compiled, outcome) = compile_and_report(folder, Show::Errors);
        let (Outcome::Good, Some(output)) = (outcome, &compiled.output) else {
            return Ok(Outcome::Bad);
        };
        return with_bytes(arguments, &output.rules_file, folder);
    }
    if let Some(file) = &arguments.rules {
        let bytes =
            std::fs::read(file).map_err(|error| Failure::new(format!("cannot read {}: {error}", file.display())))?;
        return with_bytes(arguments, &bytes, file);
    }
    builtin(arguments)
}

#[cfg(feature = "builtin")]
fn builtin(arguments: &Arguments) -> Result<Outcome> {
    with_tables(arguments, rules_runtime::builtin())
}

#[cfg(not(feature = "builtin"))]
fn builtin(_: &Arguments) -> Result<Outcome> {
    Err(Failure::new("this program was built without tables: name some with --rules FILE or --catalogue DIR"))
}

fn with_bytes(arguments: &Arguments, bytes: &[u8], path: &Path) -> Result<Outcome> {
    let tables = Tables::from_bytes(bytes).map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
    with_tables(arguments, &tables)
}

fn with_tables(arguments: &Arguments, tables: &Tables<'_>) -> Result<Outcome> {
    let mut run = Run { arguments, tables, out: BufWriter::new(anstream::stdout().lock()), first: true };
    let mut outcome = Outcome::Good;
    if arguments.replies.is_empty() {
        if std::io::stdin().is_terminal() {
            eprintln!("Paste replies, one a line; end with Ctrl-D.");
        }
        let mut lines = Lines::new(std::io::stdin().lock());
        while let Some(line) =
            lines.next_line().map_err(|error| Failure::new(format!("cannot read standard input: {error}")))?
        {
            let item = match arguments.input {
                Input::Text => Item::of_text(line),
                Input::Json => match Item::of_json(line) {
                    Ok(item) => item,
                    Err(error) => {
                        run.out.flush().map_err(Failure::output)?;
                        eprintln!("rules: line {} of standard input: {error}", lines.number());
                        outcome = Outcome::Bad;
                        continue;
                    }
                },
            };
            run.answer(&item).map_err(Failure::output)?;
        }
    } else {
        for reply in &arguments.replies {
            run.answer(&Item::of_text(reply.as_encoded_bytes())).map_err(Failure::output)?;
        }
    }
    run.out.flush().map_err(Failure::output)?;
    Ok(outcome)
}

struct Run<'a, W: Write> {
    arguments: &'a Arguments,
    tables: &'a Tables<'a>,
    out: W,
    first: bool,
}

impl<W: Write> Run<'_, W> {
    fn answer(&mut self, item: &Item<'_>) -> std::io::Result<()> {
        let mut classifier = Classifier::new(self.tables);
        if let Some(mx) = item.mx.as_deref().or(self.arguments.mx.as_deref()) {
            classifier = classifier.mx(mx);
        }
        if let Some(stage) = item.stage.or(self.arguments.stage) {
            classifier = classifier.stage(stage);
        }
        let verdict = classifier.classify(&item.text);
        match self.arguments.format {
            Format::Json => writeln!(self.out, "{}", output::json(&verdict, item.id.as_ref())),
            Format::Text => {
                if !std::mem::take(&mut self.first) {
                    writeln!(self.out)?;
                }
                output::text(&mut self.out, &item.text, &verdict)
            }
        }
    }
}
