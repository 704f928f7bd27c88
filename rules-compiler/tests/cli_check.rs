//! `rules check` and `rules explain`.

#[allow(missing_docs)]
mod command;
#[allow(missing_docs)]
mod trial;

use command::{files, run};
use serde_json::Value;
use std::path::Path;
use trial::Trial;

fn check(trial: &Trial, arguments: &[&str]) -> command::Outcome {
    let catalogue = trial.directory.to_str().expect("a name in UTF-8");
    run([&["check", "--catalogue", catalogue], arguments].concat())
}

/// What is wrong in three files.
fn wrong(name: &str) -> Trial {
    Trial::new(name)
        .change("providers/example-mail.yaml", "category: service-unavailable", "category: service-unavailible")
        .change("providers/sample-gate.yaml", "scope: sender", "scpoe: sender")
        .change("codes/421.yaml", "category: service-unavailable", "category: nothing-such")
}

#[test]
fn a_good_catalogue() {
    let trial = Trial::new("good");
    let before = files(&trial.directory);
    let out = check(&trial, &[]).good();
    assert!(out.contains("8 rules") && out.contains("2 providers"), "{out}");
    assert_eq!(check(&trial, &["--format", "json"]).good(), "[]\n");
    assert_eq!(files(&trial.directory), before, "nothing is written");
    assert!(!trial.directory.with_file_name("docs").exists());
}

#[test]
fn every_mistake_is_shown_with_its_place_and_remedy() {
    let trial = wrong("three");
    let before = files(&trial.directory);
    let outcome = check(&trial, &[]);
    assert_eq!((outcome.code, outcome.out.as_str()), (Some(1), ""));
    for part in [
        "error[E",
        "example-mail.yaml:",
        "sample-gate.yaml:",
        "421.yaml:",
        "did you mean `service-unavailable`?",
        "did you mean `scope`?",
        "3 errors",
    ] {
        assert!(outcome.err.contains(part), "`{part}` is missing:\n{}", outcome.err);
    }
    assert!(!outcome.err.contains('\x1b'), "no colours where nobody sees them");
    assert_eq!(files(&trial.directory), before, "nothing is written");
}

#[test]
fn mistakes_as_json() {
    let trial = wrong("three-json");
    let outcome = check(&trial, &["--format=json"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(1), ""));
    let list: Value = serde_json::from_str(&outcome.out).expect("JSON");
    let list = list.as_array().expect("a list");
    assert_eq!(list.len(), 3, "{list:#?}");
    for entry in list {
        let text = entry.to_string();
        assert!(text.contains(".yaml"), "{text}");
        assert!(entry["code"].as_str().is_some_and(|code| code.starts_with('E')), "{text}");
    }
}

#[test]
fn an_unreadable_folder_is_named_with_the_systems_reason() {
    for format in ["text", "json"] {
        let outcome = run(["check", "--catalogue", "no/such/folder", "--format", format]);
        assert_eq!(outcome.code, Some(1));
        let shown = outcome.out + &outcome.err;
        assert!(shown.contains("no/such/folder") && shown.contains("No such file"), "{shown}");
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let outcome = run([Path::new("check"), Path::new("--catalogue"), &file]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.err.contains("Cargo.toml") && outcome.err.contains("ot a directory"), "{}", outcome.err);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_named_with_the_systems_reason() {
    let trial = Trial::new("dangling");
    let path = trial.directory.join("providers/sample-gate.yaml");
    std::fs::remove_file(&path).expect("a file");
    std::os::unix::fs::symlink("gone.yaml", &path).expect("a link");
    let outcome = check(&trial, &[]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.err.contains("sample-gate.yaml") && outcome.err.contains("No such file"), "{}", outcome.err);
}

fn explain(arguments: &[&str]) -> command::Outcome {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let trial = Trial::new(&format!("explain-{}", COUNT.fetch_add(1, Ordering::Relaxed)));
    let catalogue = trial.directory.to_str().expect("a name in UTF-8");
    run([&["explain", "--catalogue", catalogue], arguments].concat())
}

#[test]
fn a_good_catalogue_is_counted() {
    let small = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/small");
    assert!(run(["check", "--catalogue", small]).good().contains("8 rules"));
}

#[test]
fn a_rule_with_its_templates_rank_and_page() {
    let out = explain(&["sample-gate/too-many-recipients"]).good();
    for part in [
        "sample-gate/too-many-recipients",
        "sample-gate.yaml:",
        "rate-limited",
        "SG-{number}: too many recipients from {host}",
        "docs/providers/sample-gate.md#too-many-recipients",
        "452 SG-17: too many recipients from mail.example.org",
        "421, 452",
        "rank",
    ] {
        assert!(out.contains(part), "`{part}` is missing:\n{out}");
    }
}

#[test]
fn which_rules_match_a_reply_and_which_wins() {
    let out = explain(&["--reply", "450 SG-901: address unknown"]).good();
    assert!(out.contains("sample-gate/unknown-here"), "{out}");
    let closing = "421 Service not available, closing transmission channel";
    let without = explain(&["--reply", closing]).good();
    assert!(without.contains("example-mail/closing") && without.contains("mx"), "{without}");
    let with = explain(&["--reply", closing, "--mx", "mx.example.com"]).good();
    assert_ne!(with, without);
    let nothing = explain(&["--reply", "hello"]).good();
    assert!(!nothing.is_empty());
    assert_eq!(explain(&["--reply", ""]).code, Some(0));
}

#[test]
fn an_unknown_rule_has_a_neighbour() {
    let outcome = explain(&["example-mail/rate-limted"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (Some(1), ""));
    assert!(outcome.err.contains("did you mean `example-mail/rate-limited`?"), "{}", outcome.err);
    assert_eq!(explain(&["nothing"]).code, Some(1));
    assert_eq!(explain(&[]).code, Some(2));
}

#[test]
fn an_error_code_has_a_long_text() {
    let out = run(["explain", "e090"]).good();
    assert!(out.starts_with("E090: ") && out.lines().count() > 3, "{out}");
}
