//! `rules build`.

use super::project::{CatalogueFolder, Show, compile_and_report, count, root};
use super::{Failure, Outcome, Result};
use rules_compiler::write::{self, Change, Difference, Mode};
use std::io::Write;
use std::path::PathBuf;

/// Checks the catalogue and writes `rules-runtime/src/generated/` and `docs/` beside it. Where anything is wrong, nothing is
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
    let files = files.map_err(|error| {
        Failure::new(format!("the generated Rust does not parse, which is a mistake of this program: {error}"))
    })?;
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
    for line in verdicts_that_change(output) {
        writeln!(out, "{line}").map_err(Failure::output)?;
    }
    Ok(Outcome::Good)
}

/// The command that brings the files up to date.
const MEND: &str = "cargo run -- build";

fn report(out: &mut impl Write, changes: &[Change], arguments: &Arguments, total: usize) -> std::io::Result<()> {
    for change in changes {
        let what = match (change.difference, arguments.check) {
            (Difference::Missing, true) => "is missing",
            (Difference::OutOfDate, true) => "is out of date",
            (Difference::Leftover, true) => "is no longer generated",
            (Difference::Missing, false) => "new",
            (Difference::OutOfDate, false) => "changed",
            (Difference::Leftover, false) => "removed",
        };
        writeln!(out, "{}: {what}", change.path.display())?;
    }
    match (changes.len(), arguments.check) {
        (0, _) => writeln!(out, "{} up to date", count(total, "file")),
        (_, true) => writeln!(out, "run `{MEND}` and commit what it writes"),
        (changed, false) => writeln!(out, "{} of {} written", changed, count(total, "file")),
    }
}

#[cfg(not(feature = "builtin"))]
fn verdicts_that_change(_: &rules_compiler::compile::Output) -> Vec<String> {
    Vec::new()
}

/// How the new tables judge the examples, against the tables that this program was built with.
#[cfg(feature = "builtin")]
fn verdicts_that_change(output: &rules_compiler::compile::Output) -> Vec<String> {
    use rules_runtime::{Classifier, Tables};
    use std::collections::BTreeSet;

    let Ok(tables) = Tables::from_bytes(&output.rules_file) else {
        return Vec::new();
    };
    let before = Classifier::builtin();
    let old: BTreeSet<&str> = rules_runtime::builtin().rule_ids().collect();
    let new: BTreeSet<&str> = tables.rule_ids().collect();
    let mut lines = Vec::new();
    lines.extend(new.difference(&old).map(|id| format!("+ rule {id}")));
    lines.extend(old.difference(&new).map(|id| format!("- rule {id}")));
    if lines.len() > 20 {
        lines = vec![
            format!("+ {}", count(new.difference(&old).count(), "rule")),
            format!("- {}", count(old.difference(&new).count(), "rule")),
        ];
    }
    let moved: BTreeSet<&str> = output.checked.catalogue.moved.iter().map(|moved| moved.value.from.as_str()).collect();
    let unsaid = old.difference(&new).filter(|id| id.contains('/') && !moved.contains(*id)).count();
    if unsaid > 0 {
        let rules = count(unsaid, "removed rule");
        lines
            .push(format!("{rules}: name what went in catalogue/moved.yaml, so that links to it still lead somewhere"));
    }
    let mut changed = 0;
    for rule in &output.checked.catalogue.rules {
        for example in &rule.value.rule.examples {
            let old = before.classify(example.as_bytes());
            let new = Classifier::new(&tables).classify(example.as_bytes());
            let (old_id, new_id) =
                (old.rule().map_or("nothing", |rule| rule.id()), new.rule().map_or("nothing", |rule| rule.id()));
            if old.category() == new.category() && old.suppress() == new.suppress() && old.action() == new.action() {
                continue;
            }
            changed += 1;
            if changed <= 10 {
                lines.push(format!("~ {} ({old_id}) -> {} ({new_id}): {example}", old.category(), new.category()));
            }
        }
    }
    if changed > 0 {
        lines.push(format!(
            "{} now another verdict than before",
            if changed == 1 { "1 example gets".to_owned() } else { format!("{changed} examples get") }
        ));
    }
    lines
}
