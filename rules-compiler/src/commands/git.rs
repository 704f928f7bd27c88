//! A catalogue out of a repository's history, by the command `git`. Nothing is written.

use rules_compiler::source::CatalogueFile;
use std::ffi::OsStr;
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::process::{Command, Stdio};

/// Largest file that is read, as in a folder.
const MAX_BYTES: u64 = 4 << 20;

/// What can be done without a repository.
const INSTEAD: &str = "name what was as a folder, or as a file that `rules build --rules FILE` wrote";

/// The files that the catalogue in `folder` had at a revision, such as `HEAD`, `main`, `v1.2` or `main:other/catalogue`.
///
/// # Errors
///
/// Why they cannot be read, in a sentence.
pub fn catalogue_at(folder: &Path, revision: &str) -> Result<Vec<CatalogueFile>, String> {
    if revision.is_empty() || revision.starts_with('-') {
        return Err(format!("`{revision}` cannot be the name of a revision"));
    }
    if let Err(error) = Command::new("git").arg("--version").stdin(Stdio::null()).output() {
        let why =
            if error.kind() == ErrorKind::NotFound { "it is not installed".to_owned() } else { error.to_string() };
        return Err(format!("the command `git` cannot be run ({why}): install it, or {INSTEAD}"));
    }
    let around = |error: String| {
        let folder = folder.display();
        format!("{folder} is not in a git repository ({error}): go into one, or {INSTEAD}")
    };
    let answer = git(folder, ["rev-parse", "--show-toplevel", "--show-prefix"]).map_err(around)?;
    let answer = String::from_utf8(answer).map_err(|_| around("its path is not UTF-8".to_owned()))?;
    let mut lines = answer.lines();
    let (top, prefix) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let top = Path::new(top);
    let tree = if revision.contains(':') { revision.to_owned() } else { format!("{revision}:{prefix}") };
    let base = tree.split(':').next().unwrap_or_default();
    let verify = |name: &str| git(top, ["rev-parse", "--quiet", "--verify", name]);
    if verify(&format!("{base}^{{tree}}")).is_err() {
        return Err(format!("the repository has no revision `{base}`"));
    }
    if verify(&tree).is_err() {
        let path = &tree[base.len() + 1..];
        return Err(format!("at `{base}` the repository has no folder `{}`", path.trim_end_matches('/')));
    }
    let archive = git(top, ["archive", "--format=tar", &tree])?;
    unpack(&archive).map_err(|error| format!("cannot read what git hands out for `{revision}`: {error}"))
}

fn unpack(archive: &[u8]) -> std::io::Result<Vec<CatalogueFile>> {
    let mut files = Vec::new();
    for entry in tar::Archive::new(archive).entries()? {
        let mut entry = entry?;
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if !entry.header().entry_type().is_file() || !path.ends_with(".yaml") {
            continue;
        }
        if entry.size() > MAX_BYTES {
            return Err(std::io::Error::other(format!("`{path}` is larger than {} MiB", MAX_BYTES >> 20)));
        }
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        files.push(CatalogueFile { path, bytes });
    }
    Ok(files)
}

/// What git answers, or the last line of its complaint.
fn git<S: AsRef<OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = S>) -> Result<Vec<u8>, String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments).env("LC_ALL", "C").stdin(Stdio::null());
    let output = command.output().map_err(|error| format!("cannot run `git`: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    Err(complaint.trim().lines().last().unwrap_or("git says no more").to_owned())
}
