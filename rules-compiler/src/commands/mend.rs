//! `rules check --fix`: the fixes that are certain, applied to the files.

use super::project::count;
use super::{Failure, Result};
use rules_compiler::compile::{Compiled, compile_on};
use rules_compiler::date::Date;
use rules_compiler::diagnostic::fix::{self, Fixed};
use rules_compiler::emit::File;
use rules_compiler::source::Sources;
use rules_compiler::write;
use std::io::Write;
use std::path::Path;

/// Most rounds: a file that could not be read may have more to mend once it can be.
const ROUNDS: usize = 10;
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Mends what is certain, says so on `out`, and returns what is left.
pub fn mend(folder: &Path, today: Date, out: &mut impl Write) -> Result<Compiled> {
    let mut compiled = compile_on(folder, today);
    let (mut mistakes, mut files) = (0, std::collections::BTreeSet::new());
    for _ in 0..ROUNDS {
        let fixed = fix::apply(&compiled.diagnostics, &compiled.sources);
        if fixed.is_empty() {
            break;
        }
        let contents: Result<Vec<File>> = fixed.iter().map(|fixed| contents(fixed, &compiled.sources)).collect();
        write::all(&contents?).map_err(Failure::new)?;
        for fixed in &fixed {
            files.insert(compiled.sources.name(fixed.file).to_owned());
            mistakes += fixed.mended.len();
            report(out, fixed, &compiled.sources).map_err(Failure::output)?;
        }
        compiled = compile_on(folder, today);
    }
    let summary = match mistakes {
        0 => "nothing to mend that is certain".to_owned(),
        _ => format!("mended {} in {}", count(mistakes, "mistake"), count(files.len(), "file")),
    };
    writeln!(out, "{summary}").map_err(Failure::output)?;
    Ok(compiled)
}

fn report(out: &mut impl Write, fixed: &Fixed<'_>, sources: &Sources) -> std::io::Result<()> {
    for diagnostic in &fixed.mended {
        let start = diagnostic.span().map_or(0, |span| span.start);
        let (line, column) = sources.line_column(fixed.file, start);
        let (name, id) = (sources.name(fixed.file), diagnostic.code.id());
        writeln!(out, "{name}:{line}:{column}: mended {id}: {}: {}", diagnostic.message, diagnostic.help)?;
    }
    Ok(())
}

/// The file's new bytes, if it is still what was read.
fn contents(fixed: &Fixed<'_>, sources: &Sources) -> Result<File> {
    let name = sources.name(fixed.file);
    let failed = |reason: &dyn std::fmt::Display| Failure::new(format!("cannot mend {name}: {reason}"));
    // A link stays a link: what it points to is changed.
    let path = std::fs::canonicalize(name).map_err(|error| failed(&error))?;
    let old = std::fs::read(&path).map_err(|error| failed(&error))?;
    let (mark, body) = old.strip_prefix(BYTE_ORDER_MARK).map_or((&b""[..], &*old), |body| (BYTE_ORDER_MARK, body));
    if body != sources.text(fixed.file).as_bytes() {
        return Err(failed(&"it was changed while it was being checked; run the command again"));
    }
    Ok(File { path, contents: [mark, fixed.text.as_bytes()].concat() })
}
