//! `rules build`.

use super::project::{CatalogueFolder, Show, compile_and_report, count, root};
use super::{Failure, Outcome, Result, git};
use rules_compiler::compile::{Compiled, Depth, Output, compile_files};
use rules_compiler::date::Date;
use rules_compiler::diff::{self, Comparison, Difference};
use rules_compiler::write::{self, Change, Mode};
use rules_runtime::Tables;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Checks the catalogue and writes its schemas, and `rules-runtime/src/generated/` and `docs/` beside it. Where anything is wrong, nothing is
/// written.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    folder: CatalogueFolder,
    /// Write nothing; fail where a file is out of date
    #[arg(long)]
    check: bool,
    /// Also write the tables as one file, for `rules classify --rules` and for programs that load it at run time
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    rules: Option<PathBuf>,
}

/// Where generated files may be left over.
const FOLDERS: [&str; 2] = ["docs", "rules-runtime/src/generated"];

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let folder = arguments.folder.find()?;
    let (compiled, outcome) = compile_and_report(&folder, Show::All);
    let (Outcome::Good, Some(output)) = (outcome, &compiled.output) else {
        return Ok(Outcome::Bad);
    };
    let files = output.files(&compiled.sources);
    let mut files = files.map_err(|error| {
        Failure::new(format!("the generated Rust does not parse, which is a mistake of this program: {error}"))
    })?;
    files.extend(output.schemas(&folder));
    let mode = if arguments.check { Mode::Check } else { Mode::Write };
    let changes = write::files(&root(&folder), &files, &FOLDERS, mode).map_err(Failure::new)?;
    let mut out = std::io::stdout().lock();
    if let Some(path) = &arguments.rules {
        write::file(path, &output.rules_file).map_err(Failure::new)?;
        writeln!(out, "{}: {} bytes", path.display(), output.rules_file.len()).map_err(Failure::output)?;
    }
    report(&mut out, &changes, arguments, files.len()).map_err(Failure::output)?;
    if arguments.check && !changes.is_empty() {
        return Ok(Outcome::Bad);
    }
    write!(out, "{}", verdicts_that_change(&compiled, output, &folder)).map_err(Failure::output)?;
    Ok(Outcome::Good)
}

/// The command that brings the files up to date.
const MEND: &str = "cargo run -- build";

fn report(out: &mut impl Write, changes: &[Change], arguments: &Arguments, total: usize) -> std::io::Result<()> {
    for change in changes {
        let what = match (change.difference, arguments.check) {
            (write::Difference::Missing, true) => "is missing",
            (write::Difference::OutOfDate, true) => "is out of date",
            (write::Difference::Leftover, true) => "is no longer generated",
            (write::Difference::Missing, false) => "new",
            (write::Difference::OutOfDate, false) => "changed",
            (write::Difference::Leftover, false) => "removed",
        };
        writeln!(out, "{}: {what}", change.path.display())?;
    }
    match (changes.len(), arguments.check) {
        (0, _) => writeln!(out, "{} up to date", count(total, "file")),
        (_, true) => writeln!(out, "run `{MEND}` and commit what it writes"),
        (changed, false) => writeln!(out, "{} of {} written", changed, count(total, "file")),
    }
}

/// How the new tables judge, in short, against what is committed; outside a repository, against the tables that this program
/// was built with.
fn verdicts_that_change(compiled: &Compiled, output: &Output, folder: &Path) -> String {
    let Ok(new) = Tables::from_bytes(&output.rules_file) else { return String::new() };
    let Ok(mut committed) = git::catalogue_at(folder, "HEAD") else { return against_builtin(output, &new) };
    let mut now = compiled.catalogue_files();
    committed.sort_by(|a, b| a.path.cmp(&b.path));
    now.sort_by(|a, b| a.path.cmp(&b.path));
    if committed == now {
        return String::new();
    }
    let old = compile_files("HEAD", committed, Depth::Tables).output;
    let Some(old) = old else { return against_builtin(output, &new) };
    let Ok(tables) = Tables::from_bytes(&old.rules_file) else { return String::new() };
    let replies: Vec<_> = diff::examples(&old.checked).chain(diff::examples(&output.checked)).collect();
    let difference = difference(&tables, &new, &replies);
    if difference.is_empty() {
        return String::new();
    }
    let gone = gone(&difference.removed, &old, output, &new, folder);
    format!("{}`rules diff` shows more of them\n{gone}", diff::short(&difference))
}

/// Most rules of which is said what to write where they go.
const MOST_GONE: usize = 10;

/// What to write where rules went without a word, so that links to them still lead somewhere.
fn gone(removed: &[String], old: &Output, output: &Output, new: &Tables<'_>, folder: &Path) -> String {
    let moved: BTreeSet<&str> = output.checked.catalogue.moved.iter().map(|moved| moved.value.from.as_str()).collect();
    let gone: Vec<&str> = removed.iter().map(String::as_str).filter(|id| !moved.contains(id)).collect();
    if gone.is_empty() {
        return String::new();
    }
    let file = folder.join("moved.yaml");
    let mut out = format!(
        "\n{} gone, and links to {} with {}: write where {} went into {}\n\n",
        if gone.len() == 1 { "1 rule is".to_owned() } else { format!("{} rules are", gone.len()) },
        if gone.len() == 1 { "its entry lead nowhere" } else { "their entries lead nowhere" },
        if gone.len() == 1 { "it" } else { "them" },
        if gone.len() == 1 { "it" } else { "they" },
        file.display()
    );
    out.push_str(if file.is_file() { "" } else { "moved:\n" });
    for id in gone.iter().take(MOST_GONE) {
        let to = successor(id, old, new)
            .map_or("to: # the rule that took its place; left out where none did".to_owned(), |to| format!("to: {to}"));
        out.push_str(&format!("  - from: {id}\n    {to}\n    since: {}\n    why: # one sentence\n", Date::today()));
    }
    if gone.len() > MOST_GONE {
        out.push_str(&format!("  # and {} more, which `rules diff` names\n", gone.len() - MOST_GONE));
    }
    out
}

/// The rule that wins all examples of one that is gone.
fn successor(id: &str, old: &Output, new: &Tables<'_>) -> Option<String> {
    let origin = format!("example of {id}");
    let replies: Vec<_> = diff::examples(&old.checked).filter(|reply| reply.origin == origin).collect();
    let winners: BTreeSet<Option<String>> =
        replies.iter().map(|reply| reply.verdict(new).rule().map(|rule| rule.id().to_owned())).collect();
    let winner = if winners.len() == 1 { winners.into_iter().next().flatten() } else { None }?;
    let owner = |id: &str| id.split('/').next().map(str::to_owned);
    // What a phrase or a code says of the words is no successor.
    (owner(&winner) == owner(id)).then_some(winner)
}

fn difference(old: &Tables<'_>, new: &Tables<'_>, replies: &[diff::Reply]) -> Difference {
    let mut comparison = Comparison::new(old, new, 1);
    comparison.add_each_once(replies);
    comparison.finish()
}

#[cfg(feature = "builtin")]
fn against_builtin(output: &Output, new: &Tables<'_>) -> String {
    let replies: Vec<_> = diff::examples(&output.checked).collect();
    diff::short(&difference(rules_runtime::builtin(), new, &replies))
}

#[cfg(not(feature = "builtin"))]
fn against_builtin(_: &Output, _: &Tables<'_>) -> String {
    String::new()
}
