//! `rules fmt` as a command.

#[allow(missing_docs)]
mod command;
#[allow(missing_docs)]
mod trial;

use command::{Outcome, feed, files, run};
use std::fs;
use trial::Trial;

fn fmt(trial: &Trial, arguments: &[&str]) -> Outcome {
    let catalogue = trial.directory.to_str().expect("a name in UTF-8");
    run([&["fmt", "--catalogue", catalogue], arguments].concat())
}

#[test]
fn a_check_shows_the_difference_and_writes_nothing() {
    let trial = Trial::new("fmt-check");
    let before = files(&trial.directory);
    let outcome = fmt(&trial, &["--check"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(1), ""));
    for part in
        ["example-mail.yaml (formatted)", "\n+notes: >-\n", "example-mail.yaml: not formatted", "`cargo run -- fmt`"]
    {
        assert!(outcome.out.contains(part), "`{part}` is missing:\n{}", outcome.out);
    }
    assert_eq!(files(&trial.directory), before);
}

#[test]
fn it_writes_what_changes_and_then_nothing_more() {
    let trial = Trial::new("fmt-write");
    let names = |files: Vec<(std::path::PathBuf, Vec<u8>)>| files.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let before = names(files(&trial.directory));
    let out = fmt(&trial, &[]).good();
    assert!(out.contains("example-mail.yaml: formatted"), "{out}");
    assert_eq!(names(files(&trial.directory)), before, "no file is left over");
    assert_eq!(fmt(&trial, &[]).good(), "");
    assert!(fmt(&trial, &["--check"]).good().contains("formatted"));
    assert!(run(["check", "--catalogue", trial.directory.to_str().expect("a name")]).good().contains("8 rules"));
}

#[test]
fn a_file_that_cannot_be_read_is_shown_and_left_alone() {
    let trial = Trial::new("fmt-broken").write("providers/sample-gate.yaml", "id: [sample-gate\nname: x\n");
    let outcome = fmt(&trial, &[]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.err.contains("error[E010]") && outcome.err.contains("sample-gate.yaml:"), "{}", outcome.err);
    assert!(outcome.out.contains("example-mail.yaml: formatted"), "the others are formatted: {}", outcome.out);
    let text = fs::read_to_string(trial.directory.join("providers/sample-gate.yaml")).expect("a readable file");
    assert_eq!(text, "id: [sample-gate\nname: x\n");
    let missing = run(["fmt", "no/such/file.yaml"]);
    assert_eq!(missing.code, Some(1));
    assert!(missing.err.contains("no/such/file.yaml") && missing.err.contains("No such file"), "{}", missing.err);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let out = feed(&["fmt", "-"], "name: 'X'\r\nkind: mta # c\nid: x").good();
    assert_eq!(out, "# yaml-language-server: $schema=../schema/provider.schema.json\nid: x\nname: X\nkind: mta  # c\n");
    assert_eq!(feed(&["fmt", "-"], "a: [").code, Some(1));
    assert_eq!(feed(&["fmt", "-"], [0xFF, 0xFE]).code, Some(1));
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let trial = Trial::new("fmt-links");
    let file = trial.directory.join("providers/example-mail.yaml");
    let link = trial.directory.join("providers/link.yaml");
    symlink("example-mail.yaml", &link).expect("a link");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("permissions");
    assert_eq!(run(["fmt".as_ref(), link.as_os_str()]).code, Some(0));
    assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
    assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o640);
    assert!(fs::read_to_string(&file).expect("a file").starts_with("# yaml-language-server"));
}
