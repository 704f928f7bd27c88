//! What the README promises of the runtime crate, and that the generated files are those of the catalogue.

use rules_compiler::diagnostic::{Severity, Style, render_all};
use rules_compiler::write::{self, Mode};
use rules_tests::project::{compiled, output, root};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every source file of the runtime, with its path.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    walk(&root().join("rules-runtime/src"), &mut found);
    assert!(found.len() > 10, "{} files", found.len());
    found
}

fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("a readable folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a readable file");
            found.push((path, text));
        }
    }
}

/// A line without its strings and its comment. No string of the runtime runs over several lines.
fn bare(line: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        let next = chars.clone().next();
        match (inside, c) {
            (true, '\\') => drop(chars.next()),
            (true, c) => inside = c != '"',
            (false, '/') if next == Some('/') => break,
            (false, '"') => inside = true,
            (false, '\\' | '\'') if next == Some('"') => {
                out.extend([c, '"']);
                chars.next();
            }
            (false, c) => out.push(c),
        }
    }
    out
}

/// The code of a file, line by line with its number, without what stands behind `#[cfg(test)]`, which is the file's last
/// item.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    let mut lines = lines.peekable();
    let mut done = false;
    std::iter::from_fn(move || {
        loop {
            let (number, line) = lines.next().filter(|_| !done)?;
            let next = lines.peek().map_or("", |(_, line)| line);
            done = line.trim() == "#[cfg(test)]" && next.trim_start().starts_with("mod ");
            if !done {
                return Some((number, line));
            }
        }
    })
}

/// Shows each place where the word stands in code, unless `allowed` says that it may.
fn nowhere(word: &str, allowed: impl Fn(&Path, &str) -> bool) {
    let mut found = Vec::new();
    for (path, text) in sources() {
        for (number, line) in code(&text).map(|(number, line)| (number, bare(line))) {
            let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let alone = line.match_indices(word).any(|(at, _)| {
                let joined = word.starts_with(is_word) && line[..at].ends_with(is_word);
                let continued = word.ends_with(is_word) && line[at + word.len()..].starts_with(is_word);
                !(joined || continued)
            });
            if alone && !allowed(&path, line.trim()) {
                found.push(format!("{}:{number}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "`{word}` in the runtime:\n{}", found.join("\n"));
}

fn metadata() -> serde_json::Value {
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("JSON")
}

#[test]
fn the_runtime_depends_on_nothing() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("packages");
    let runtime = packages.iter().find(|package| package["name"] == "rules-runtime").expect("the runtime");
    // What its own tests and benchmarks use is not what its users compile.
    let dependencies = runtime["dependencies"].as_array().expect("a list");
    let normal: Vec<_> = dependencies.iter().filter(|dependency| dependency["kind"] != "dev").collect();
    assert!(normal.is_empty(), "{normal:?}");
    let targets = runtime["targets"].as_array().expect("a list");
    assert!(targets.iter().all(|target| target["kind"] != serde_json::json!(["custom-build"])), "a build script");
    let version = runtime["rust_version"].as_str().expect("a declared rust-version");
    assert!(packages.iter().all(|package| package["rust_version"] == version), "one rust-version for all");
}

#[test]
fn arrows_point_one_way() {
    let manifest = fs::read_to_string(root().join("rules-runtime/Cargo.toml")).expect("a manifest");
    assert!(!manifest.contains("rules-compiler"), "the runtime knows nothing of the compiler");
}

#[test]
fn the_runtime_has_no_unsafe_code() {
    nowhere("unsafe", |_, _| false);
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("a manifest");
    assert!(manifest.contains("unsafe_code = \"forbid\""), "the workspace forbids it");
    let runtime = fs::read_to_string(root().join("rules-runtime/Cargo.toml")).expect("a manifest");
    let lints = runtime.split("[lints]").nth(1).unwrap_or_default();
    assert!(lints.contains("workspace = true"), "the runtime keeps to it");
}

#[test]
fn the_runtime_needs_neither_the_standard_library_nor_a_heap() {
    let lib = fs::read_to_string(root().join("rules-runtime/src/lib.rs")).expect("lib.rs");
    assert!(lib.lines().any(|line| line == "#![no_std]"));
    nowhere("std", |path, line| {
        path.ends_with("src/lib.rs") && line == "extern crate std;" && lib.contains("#[cfg(test)]\nextern crate std;")
    });
    nowhere("alloc", |_, _| false);
    for word in ["Vec", "String", "Box", "thread_local"] {
        nowhere(word, |_, _| false);
    }
}

#[test]
fn the_runtime_does_not_panic() {
    // Where a table that is compiled in does not fit, compiling the crate fails, and nothing at run time.
    nowhere("panic!", |path, line| path.ends_with("generated/mod.rs") && line.ends_with("panic!()"));
    for word in [".unwrap()", ".expect(", "unreachable!", "todo!", "unimplemented!"] {
        nowhere(word, |_, _| false);
    }
    for word in ["assert!", "assert_eq!", "assert_ne!"] {
        nowhere(word, |_, line| line.contains("const {"));
    }
}

#[test]
fn the_scan_finds_what_it_looks_for() {
    let text = "fn a() { x.unwrap() } // unsafe \\\"\n#[cfg(test)]\nextern crate std;\nlet y = 1;\n#[cfg(test)]\nmod tests {\n  panic!()\n}\n";
    let seen: Vec<_> = code(text).map(|(number, line)| (number, bare(line).trim_end().to_owned())).collect();
    let lines = [(1, "fn a() { x.unwrap() }"), (2, "#[cfg(test)]"), (3, "extern crate std;"), (4, "let y = 1;")];
    assert_eq!(seen, lines.map(|(number, line)| (number, line.to_owned())));
    for (line, left) in [
        (r#"f("unsafe \" panic!", 1) // "x"#, "f(, 1) "),
        (r#"b'"' => 1 / 2, "//""#, r#"b'"' => 1 / 2, "#),
        (r#"b'\"' | "a" "b""#, r#"b'\"' |  "#),
        ("plain", "plain"),
    ] {
        assert_eq!(bare(line), left);
    }
}

#[test]
fn the_catalogue_has_no_mistakes() {
    let compiled = compiled();
    let errors = compiled.diagnostics.count(Severity::Error);
    assert_eq!(errors, 0, "\n{}", render_all(&compiled.diagnostics, &compiled.sources, Style::Plain));
}

#[test]
fn the_generated_files_are_those_of_the_catalogue() {
    let mut files = output().files(&compiled().sources).expect("Rust that parses");
    files.extend(output().schemas(Path::new("catalogue")));
    let folders = ["docs", "rules-runtime/src/generated"];
    let changes = write::files(&root(), &files, &folders, Mode::Check).expect("readable files");
    assert!(changes.is_empty(), "out of date, run `cargo run -- build`: {changes:#?}");
    let tables = rules_runtime::builtin();
    assert_eq!(tables.rule_count(), output().rules.conclusions.len());
}
