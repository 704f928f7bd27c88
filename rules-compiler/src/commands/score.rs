//! `rules score`.

mod text;

use super::classify::Lines;
use super::project::{CatalogueFolder, Show, compile_and_report};
use super::{Failure, Outcome, Result};
use rules_compiler::compile::Output;
use rules_compiler::score::{Fold, Judged, Labelled, Score, Vocabulary, families};
use rules_runtime::Tables;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

/// Holds the catalogue against labelled replies and counts what is right, wrong and silent. Each line of the file is one
/// JSON object: `text` and `category`, and optionally `id`, `accept` (other categories that are right too), `permanence`,
/// `provider`, `mx`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The labelled replies, one JSON object a line; `-` is standard input
    file: PathBuf,
    #[command(flatten)]
    folder: CatalogueFolder,
    /// For a person, or one JSON object
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// How many of the replies that are not judged rightly to show, the worst first
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    examples: usize,
    /// Only this part of the replies, such as 1/5: like wordings always stay together
    #[arg(long, value_name = "PART")]
    fold: Option<Fold>,
    /// With --fold: all replies but this part
    #[arg(long, requires = "fold")]
    without: bool,
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
    let vocabulary = Vocabulary::new(&output.checked.catalogue.categories);
    let (replies, outcome) = read(&arguments.file, &vocabulary)?;
    let replies = chosen(replies, arguments);
    let mut score = judge(&replies, output, &vocabulary)?;
    score.examples.truncate(arguments.examples);
    let mut out = anstream::stdout().lock();
    match arguments.format {
        Format::Text => text::show(&mut out, &score),
        Format::Json => {
            let json = serde_json::to_string_pretty(&score).map_err(Failure::new)?;
            writeln!(out, "{json}")
        }
    }
    .map_err(Failure::output)?;
    Ok(outcome)
}

type Named = (String, Labelled);

/// Reads every line, and says which of them are bad.
fn read(file: &Path, vocabulary: &Vocabulary) -> Result<(Vec<Named>, Outcome)> {
    let named = if file == Path::new("-") { "standard input".to_owned() } else { file.display().to_string() };
    let failed = |error: std::io::Error| Failure::new(format!("cannot read {named}: {error}"));
    let reader: Box<dyn std::io::Read> = if file == Path::new("-") {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(std::fs::File::open(file).map_err(failed)?)
    };
    let mut lines = Lines::new(BufReader::new(reader));
    let (mut replies, mut outcome) = (Vec::new(), Outcome::Good);
    while let Some(line) = lines.next_line().map_err(failed)? {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let parsed = Labelled::parse(line, vocabulary);
        let number = lines.number();
        match parsed {
            Ok(labelled) => {
                let id = labelled.id.clone().unwrap_or_else(|| format!("line {number}"));
                replies.push((id, labelled));
            }
            Err(error) => {
                eprintln!("rules: line {number} of {named}: {error}");
                outcome = Outcome::Bad;
            }
        }
    }
    Ok((replies, outcome))
}

/// The part that was asked for.
fn chosen(replies: Vec<Named>, arguments: &Arguments) -> Vec<Named> {
    let Some(fold) = arguments.fold else {
        return replies;
    };
    let texts: Vec<&str> = replies.iter().map(|(_, labelled)| labelled.text.as_str()).collect();
    let names = families(&texts);
    let inside = names.iter().map(|family| fold.holds(family) != arguments.without).collect::<Vec<_>>();
    replies.into_iter().zip(inside).filter_map(|(reply, inside)| inside.then_some(reply)).collect()
}

fn judge(replies: &[Named], output: &Output, vocabulary: &Vocabulary) -> Result<Score> {
    let tables = Tables::from_bytes(&output.rules_file).map_err(|error| {
        Failure::new(format!("the tables are not sound, which is a mistake of this program: {error}"))
    })?;
    let judged: Vec<Judged> = replies.iter().map(|(_, labelled)| Judged::new(labelled, &tables, vocabulary)).collect();
    let all = replies.iter().zip(&judged).map(|((id, labelled), judged)| (id.as_str(), labelled, judged));
    Ok(Score::new(all))
}
