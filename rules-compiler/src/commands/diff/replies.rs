//! The file of replies, read as `rules classify` reads standard input.

use super::super::classify::input::{Item, Lines};
use super::super::{Failure, Outcome, Result};
use rules_compiler::diff::Reply;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Input {
    /// A reply a line
    Text,
    /// A JSON object a line
    Json,
}

/// Hands on every reply of a file, or of standard input for `-`. Bad where a line cannot be read, which is shown.
pub fn read(path: &Path, input: Option<Input>, each: impl FnMut(&Reply)) -> Result<Outcome> {
    let name = path.display().to_string();
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    let json = matches!(extension.as_deref(), Some("jsonl" | "ndjson" | "json"));
    let input = input.unwrap_or(if json { Input::Json } else { Input::Text });
    if name == "-" {
        return read_lines(std::io::stdin().lock(), "standard input", input, each);
    }
    let file = File::open(path).map_err(|error| Failure::new(format!("cannot read {name}: {error}")))?;
    read_lines(BufReader::new(file), &name, input, each)
}

fn read_lines(reader: impl BufRead, name: &str, input: Input, mut each: impl FnMut(&Reply)) -> Result<Outcome> {
    let mut outcome = Outcome::Good;
    let mut lines = Lines::new(reader);
    loop {
        let item = match lines.next_line() {
            Ok(None) => return Ok(outcome),
            Ok(Some(line)) if line.trim_ascii().is_empty() => continue,
            Ok(Some(line)) if input == Input::Json => Item::of_json(line),
            Ok(Some(line)) => Ok(Item::of_text(line)),
            Err(error) => return Err(Failure::new(format!("cannot read {name}: {error}"))),
        };
        let item = item.map(|item| (item.text.into_owned(), item.mx, item.stage));
        let number = lines.number();
        match item {
            Ok((text, mx, stage)) => each(&Reply { text, mx, stage, origin: format!("line {number}") }),
            Err(error) => {
                eprintln!("rules: line {number} of {name}: {error}");
                outcome = Outcome::Bad;
            }
        }
    }
}
