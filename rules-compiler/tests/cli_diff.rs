//! `rules diff`: which replies get another verdict.

#[allow(missing_docs)]
mod command;
mod skipped;
#[allow(missing_docs)]
mod trial;

use command::{Outcome, feed, run, run_in};
use skipped::skipped;
use std::fs;
use std::path::Path;
use std::process::Command;
use trial::Trial;

const MAIL: &str = "providers/example-mail.yaml";

fn path(trial: &Trial) -> &str {
    trial.directory.to_str().expect("a path in UTF-8")
}

/// The small catalogue, and the same with one rule of another category and one rule gone.
fn pair(name: &str) -> (Trial, Trial) {
    let old = Trial::new(&format!("{name}-old"));
    let new = Trial::new(&format!("{name}-new"));
    let text = fs::read_to_string(new.directory.join(MAIL)).expect("a file");
    let (before, rest) = text.split_once("  - id: recipient-unknown").expect("the rule");
    let (_, after) = rest.split_once("\n\n").expect("the next rule");
    let changed = format!("{before}{after}").replace("category: rate-limited", "category: service-unavailable");
    let new = new.write(MAIL, changed);
    (old, new)
}

fn diff(arguments: &[&str]) -> Outcome {
    run(["diff"].iter().chain(arguments))
}

#[test]
fn the_same_catalogue_gives_the_same_verdicts() {
    let trial = Trial::new("diff-same");
    let out = diff(&[path(&trial), path(&trial), "--exit-code"]).good();
    assert!(out.contains("every verdict stays the same"), "{out}");
    assert_eq!(out.lines().count(), 1, "{out}");
}

#[test]
fn changes_are_told_in_words() {
    let (old, new) = pair("diff-text");
    insta::assert_snapshot!("diff_text", diff(&[path(&old), path(&new)]).good());
}

#[test]
fn changes_are_told_to_a_program() {
    let (old, new) = pair("diff-json");
    insta::assert_snapshot!("diff_json", diff(&[path(&old), path(&new), "--format", "json"]).good());
}

#[test]
fn changes_are_told_to_a_pull_request() {
    let (old, new) = pair("diff-markdown");
    insta::assert_snapshot!("diff_markdown", diff(&[path(&old), path(&new), "--format", "markdown"]).good());
}

#[test]
fn changes_end_with_1_only_where_that_is_asked_for() {
    let (old, new) = pair("diff-exit");
    assert_eq!(diff(&[path(&old), path(&new)]).code, Some(0));
    assert_eq!(diff(&[path(&old), path(&new), "--exit-code"]).code, Some(1));
}

#[test]
fn tables_are_compared_by_replies_alone() {
    let (old, new) = pair("diff-tables");
    let tables = |trial: &Trial| {
        let file = trial.directory.with_extension("rules");
        let file = file.to_str().expect("a path in UTF-8").to_owned();
        let root = trial.directory.with_extension("project");
        fs::create_dir_all(&root).expect("a folder");
        fs::rename(&trial.directory, root.join("catalogue")).expect("a rename");
        assert_eq!(run_in(&root, &["build", "--rules", &file]).code, Some(0));
        fs::rename(root.join("catalogue"), &trial.directory).expect("a rename");
        fs::remove_dir_all(root).expect("a folder");
        file
    };
    let (a, b) = (tables(&old), tables(&new));
    let without = diff(&[&a, &b]);
    assert_eq!(without.code, Some(1));
    assert!(without.err.contains("--replies"), "{}", without.err);
    let known =
        "421 4.7.0 [EX01] Messages from 192.0.2.7 temporarily deferred; see https://postmaster.example.com/ex01";
    let lines = format!("{known}\n\n250 OK\n{known}\n");
    let out = feed(&["diff", &a, &b, "--replies", "-"], &lines).good();
    assert!(out.contains("2 replies: category rate-limited -> service-unavailable"), "{out}");
    assert!(out.contains("(line 1)") && out.contains("(line 4)") && out.contains("3 replies tried: 2 get"), "{out}");
    let jsonl = "{\"text\": \"421 Service not available, closing transmission channel\", \"mx\": \"mx.example.com\"}\nno json\n";
    let file = old.directory.with_extension("jsonl");
    fs::write(&file, jsonl).expect("a writable file");
    let outcome = diff(&[&a, &b, "--replies", file.to_str().expect("UTF-8")]);
    assert_eq!(outcome.code, Some(1), "a line that cannot be read is told");
    assert!(outcome.err.contains("line 2 of ") && outcome.out.contains("1 reply tried"), "{outcome:?}");
    let mixed = diff(&[&a, path(&new)]).good();
    assert!(mixed.contains("- rule example-mail/recipient-unknown"), "{mixed}");
    fs::write(&a, "RULES but not really").expect("a writable file");
    let broken = diff(&[&a, &b, "--replies", file.to_str().expect("UTF-8")]);
    assert!(broken.code == Some(1) && broken.err.contains(&a), "{broken:?}");
    for file in [Path::new(&a), Path::new(&b), &file] {
        fs::remove_file(file).expect("a file");
    }
}

#[test]
fn markdown_shows_a_reply_and_nothing_else() {
    let text = "    text: \"weather `lantern` {a|b}\"\n    category: unclassified\n    explanation: The lantern tells the weather of tomorrow; come back then.\n    source: observed\n    checked: 2026-11-23\n    examples:\n      - \"550 weather `lantern` a </details> | @someone #1 *x*\"\n";
    let old = Trial::new("diff-escape-old");
    let new = Trial::new("diff-escape-new")
        .write("providers/odd.yaml", format!("id: odd\nname: Odd\nkind: gateway\nrules:\n  - id: lantern\n{text}"));
    let out = diff(&[path(&old), path(&new), "--format", "markdown"]).good();
    assert!(out.contains("``550 weather `lantern` a </details> | @someone #1 *x*``"), "{out}");
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=Someone", "-c", "user.email=someone@example.com", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").arg("-C").arg(folder).args(identity).args(arguments).output().expect("git runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Whether there is git to try with; where there is none, says that nothing was tried.
fn has_git() -> bool {
    let has = Command::new("git").arg("--version").output().is_ok_and(|output| output.status.success());
    if !has {
        skipped("the command `git` is not installed");
    }
    has
}

#[test]
fn a_revision_is_read_from_the_repository() {
    if !has_git() {
        return;
    }
    let (old, new) = pair("diff-git");
    let project = old.directory.with_extension("project");
    let _ = fs::remove_dir_all(&project);
    fs::create_dir_all(project.join("sub")).expect("a folder");
    let catalogue = project.join("sub/catalogue");
    fs::rename(&old.directory, &catalogue).expect("a rename");
    git(&project, &["init", "-q", "-b", "main"]);
    git(&project, &["add", "-A"]);
    git(&project, &["commit", "-q", "-m", "One"]);
    let sub = project.join("sub");
    let same = run_in(&sub, &["diff"]).good();
    assert!(same.contains("every verdict stays the same"), "{same}");
    fs::copy(new.directory.join(MAIL), catalogue.join(MAIL)).expect("a copy");
    let changed = run_in(&sub, &["diff"]).good();
    assert!(changed.contains("- rule example-mail/recipient-unknown"), "{changed}");
    assert_eq!(run_in(&sub, &["diff", "main", "catalogue"]).good(), changed);
    assert_eq!(run_in(&sub, &["diff", "main:sub/catalogue"]).good(), changed);
    let built = run_in(&sub, &["build"]).good();
    assert!(
        built.contains("- rule example-mail/recipient-unknown") && built.contains("get another verdict"),
        "{built}"
    );
    for part in [
        "1 rule is gone",
        "write where it went into catalogue/moved.yaml",
        "\nmoved:\n  - from: example-mail/recipient-unknown\n",
    ] {
        assert!(built.contains(part), "`{part}` is missing:\n{built}");
    }
    let said =
        "moved:\n  - from: example-mail/recipient-unknown\n    since: 2026-11-23\n    why: The phrase says the same.\n";
    fs::write(catalogue.join("moved.yaml"), said).expect("a writable file");
    let built = run_in(&sub, &["build"]).good();
    assert!(built.contains("- rule example-mail/recipient-unknown") && !built.contains("is gone"), "{built}");
    fs::remove_file(catalogue.join("moved.yaml")).expect("a file");
    git(&project, &["commit", "-q", "-a", "-m", "Two"]);
    assert_eq!(run_in(&sub, &["diff", "HEAD~1", "HEAD"]).good(), changed);
    let built = run_in(&sub, &["build"]).good();
    assert!(!built.contains("another verdict"), "nothing differs from what is committed: {built}");
    for (revision, reason) in [
        ("nonsense", "has no revision `nonsense`"),
        ("main:nowhere", "no folder `nowhere`"),
        ("HEAD~7", "has no revision `HEAD~7`"),
    ] {
        let outcome = run_in(&sub, &["diff", revision]);
        assert_eq!(outcome.code, Some(1));
        assert!(outcome.err.contains(reason), "{revision}: {}", outcome.err);
    }
    fs::write(catalogue.join(MAIL), "id: [\n").expect("a writable file");
    git(&project, &["commit", "-q", "-a", "-m", "Three"]);
    let outcome = run_in(&sub, &["diff", "HEAD", "HEAD~1"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert!(outcome.err.contains("by today's checks"), "{}", outcome.err);
    assert_eq!(run_in(&sub, &["diff"]).code, Some(1), "a folder that is wrong is to be mended");
    fs::remove_dir_all(project).expect("a folder");
}

#[test]
fn a_renamed_rule_is_named_as_what_took_its_place() {
    if !has_git() {
        return;
    }
    let trial = Trial::new("diff-renamed");
    let project = trial.directory.with_extension("project");
    let _ = fs::remove_dir_all(&project);
    fs::create_dir_all(&project).expect("a folder");
    let catalogue = project.join("catalogue");
    fs::rename(&trial.directory, &catalogue).expect("a rename");
    git(&project, &["init", "-q", "-b", "main"]);
    git(&project, &["add", "-A"]);
    git(&project, &["commit", "-q", "-m", "One"]);
    let text = fs::read_to_string(catalogue.join(MAIL)).expect("a file");
    fs::write(catalogue.join(MAIL), text.replace("id: recipient-unknown", "id: nobody-there")).expect("a file");
    let built = run_in(&project, &["build"]).good();
    assert!(
        built.contains("  - from: example-mail/recipient-unknown\n    to: example-mail/nobody-there\n    since: 2"),
        "{built}"
    );
    fs::remove_dir_all(project).expect("a folder");
}

#[test]
fn without_git_it_says_so() {
    let trial = Trial::new("diff-no-git");
    let mut command = command::command();
    let empty = trial.directory.join("phrases");
    let output = command.args(["diff", "main", path(&trial), "--catalogue", path(&trial)]).env("PATH", empty).output();
    let output = output.expect("the command runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    for part in
        ["`main` is neither a folder nor a file", "`git` cannot be run (it is not installed): install it, or name"]
    {
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn outside_a_repository_it_says_so() {
    if !has_git() {
        return;
    }
    let folder = std::env::temp_dir().join(format!("rules-diff-{}", std::process::id()));
    let trial = Trial::new("diff-outside");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let outcome = Command::new("cp").arg("-r").arg(&trial.directory).arg(folder.join("catalogue")).status();
    assert!(outcome.is_ok_and(|status| status.success()));
    let outcome = run_in(&folder, &["diff", "main"]);
    assert_eq!(outcome.code, Some(1));
    for part in [
        "`main` is neither a folder nor a file",
        "is not in a git repository",
        "go into one, or name what was as a folder",
    ] {
        assert!(outcome.err.contains(part), "{}", outcome.err);
    }
    fs::remove_dir_all(folder).expect("a folder");
}
