//! `rules check --fix`, `--format sarif` and `--today`.

#[allow(missing_docs)]
mod command;
#[allow(missing_docs)]
mod trial;

use command::{files, run};
use rules_compiler::diagnostic::{Certainty, Fix};
use serde_json::Value;
use std::fs;
use std::path::Path;
use trial::Trial;

fn check(trial: &Trial, arguments: &[&str]) -> command::Outcome {
    let catalogue = trial.directory.to_str().expect("a name in UTF-8");
    run([&["check", "--catalogue", catalogue, "--today", "2026-11-23"], arguments].concat())
}

const PROVIDER: &str = "\u{FEFF}# ü: a comment\r
id: example-mail\r
nmae: Example Mail   # and one more\r
kind: Mailbox\r
mx: mx.example.com\r
domains: [example.com]\r
rules:\r
  - id:   rate-limited\r
    reply: 421\r
    text: \"[{code=EX01}] Messages from {emial} temporarily deferred\"\r
    catgory: rate-limtied\r
    suppress: NO\r
    explanation: >-\r
      Example Mail has seen too many messages from this address.\r
      Send fewer, and wait an hour.\r
\r
    links: [ 'http://postmaster.example.com/ex01' ]\r
    source: docs https://postmaster.example.com/codes,\r
    checked: 2026-11-23\r
    examples:\r
      - \"421 [EX01] Messages from <a@example.com> temporarily deferred\"\r
";

const MENDED: &str = "\u{FEFF}# ü: a comment\r
id: example-mail\r
name: Example Mail   # and one more\r
kind: mailbox\r
mx: [mx.example.com]\r
domains: [example.com]\r
rules:\r
  - id:   rate-limited\r
    reply: 421\r
    text: \"[{code=EX01}] Messages from {email} temporarily deferred\"\r
    category: rate-limited\r
    suppress: \"no\"\r
    explanation: >-\r
      Example Mail has seen too many messages from this address.\r
      Send fewer, and wait an hour.\r
\r
    links: [ 'https://postmaster.example.com/ex01' ]\r
    source: docs https://postmaster.example.com/codes\r
    checked: 2026-11-23\r
    examples:\r
      - \"421 [EX01] Messages from <a@example.com> temporarily deferred\"\r
";

#[test]
fn only_what_is_wrong_changes() {
    let trial = Trial::new("fix").write("providers/example-mail.yaml", PROVIDER);
    let before = files(&trial.directory);
    let out = check(&trial, &["--fix"]).good();
    let mended = fs::read_to_string(trial.directory.join("providers/example-mail.yaml")).expect("the file");
    assert_eq!(mended, MENDED);
    assert!(out.contains("mended 9 mistakes in 1 file"), "{out}");
    assert!(out.contains("example-mail.yaml:3:1: mended E020: unknown key `nmae`: write `name`"), "{out}");
    let after = files(&trial.directory);
    let changed: Vec<_> = before.iter().zip(&after).filter(|(a, b)| a != b).map(|(a, _)| a.0.clone()).collect();
    assert_eq!(changed, [Path::new("providers/example-mail.yaml")], "and no file is left over");
    assert!(check(&trial, &["--fix"]).good().contains("nothing to mend"));
    assert_eq!(files(&trial.directory), after);
}

#[test]
fn what_is_uncertain_is_left_and_reported() {
    let trial = Trial::new("fix-not").change("providers/sample-gate.yaml", "action: retry", "action: rerty-x");
    let before = files(&trial.directory);
    let outcome = check(&trial, &["--fix"]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.out.contains("nothing to mend") && outcome.err.contains("1 error"), "{outcome:?}");
    assert_eq!(files(&trial.directory), before);
    let both = trial.change("providers/sample-gate.yaml", "maturity: test", "maturity: Test");
    let outcome = check(&both, &["--fix", "--format=json"]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.err.contains("mended 1 mistake in 1 file"), "{}", outcome.err);
    let left: Value = serde_json::from_str(&outcome.out).expect("JSON alone on standard output");
    assert_eq!(left.as_array().map(Vec::len), Some(1));
}

/// Each fixture is mended as far as it goes: a second run finds nothing more, comments stay, and what was mended is gone.
#[test]
fn fixtures_are_mended_once() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/malformed");
    let mut shown = String::new();
    let mut names: Vec<_> = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    names.sort();
    for path in names {
        let text = fs::read_to_string(&path).expect("a file");
        let replaced = text.lines().next().and_then(|line| line.strip_prefix("# replaces: ")).expect("a first line");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let trial = Trial::new(&format!("mend-{name}")).write(replaced, &text);
        let outcome = trial.compile();
        let is_certain = |fix: &Fix| fix.certainty == Certainty::Certain;
        let certain = outcome.diagnostics.iter().filter(|mistake| mistake.fix.as_ref().is_some_and(is_certain));
        let certain: Vec<String> = certain.map(|mistake| mistake.message.clone()).collect();
        let outcome = check(&trial, &["--fix", "--format=json"]);
        let mended = fs::read_to_string(trial.directory.join(replaced)).expect("the file");
        assert_eq!(outcome.err.contains("nothing to mend"), mended == text, "{name}: {}", outcome.err);
        let comments = |text: &str| text.lines().filter(|line| line.trim_start().starts_with('#')).count();
        assert_eq!(comments(&mended), comments(&text), "{name}");
        if mended == text {
            continue;
        }
        let left: Value = serde_json::from_str(&outcome.out).expect("JSON");
        let is_left =
            |message: &String| left.as_array().is_some_and(|left| left.iter().any(|l| l["message"] == **message));
        assert!(!certain.is_empty() && !certain.iter().any(is_left), "{name}: {certain:?} {left:#}");
        let again = check(&trial, &["--fix", "--format=json"]);
        assert!(again.err.contains("nothing to mend"), "{name}: {}", again.err);
        shown.push_str(&format!("{name}\n"));
        for (old, new) in text.lines().zip(mended.lines()).filter(|(old, new)| old != new) {
            shown.push_str(&format!("  - {old}\n  + {new}\n"));
        }
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn knowledge_grows_old_by_the_given_day() {
    let trial = Trial::new("old");
    let catalogue = trial.directory.to_str().expect("a name in UTF-8");
    let on = |day: &str| run(["check", "--catalogue", catalogue, "--today", day]);
    on("2028-11-23").good();
    let outcome = on("2028-11-24");
    assert_eq!((outcome.code, outcome.err.matches("warning[W010]").count()), (Some(0), 8), "{}", outcome.err);
    assert_eq!(on("2026-11-21").err.matches("warning[W011]").count(), 8);
    assert_eq!(on("yesterday").code, Some(2));
}

#[test]
fn mistakes_as_sarif() {
    let trial = Trial::new("sarif")
        .change("providers/example-mail.yaml", "category: service-unavailable", "category: service-unavailible")
        .write("notes.txt", "");
    let outcome = check(&trial, &["--format=sarif"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(1), ""));
    let log: Value = serde_json::from_str(&outcome.out).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().is_some_and(|schema| schema.contains("sarif-2.1.0")));
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert_eq!(run["tool"]["driver"]["name"], "rules");
    assert!(rules.iter().all(|rule| rule["id"].is_string() && rule["shortDescription"]["text"].is_string()));
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 2);
    for result in results {
        let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok()).expect("an index");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(result["message"]["text"].is_string() && result["level"] == "error", "{result:#}");
        assert!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].is_string(), "{result:#}");
    }
    let category = results.iter().find(|result| result["ruleId"] == "E040").expect("the category");
    let region = &category["locations"][0]["physicalLocation"]["region"];
    assert_eq!((region["startColumn"].as_u64(), region["endColumn"].as_u64()), (Some(15), Some(34)));
    let change = &category["fixes"][0]["artifactChanges"][0];
    assert_eq!(&change["replacements"][0]["deletedRegion"], region);
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "service-unavailable");
}

#[test]
fn the_catalogue_of_this_project_is_clean() {
    let catalogue = concat!(env!("CARGO_MANIFEST_DIR"), "/../catalogue");
    run(["check", "--catalogue", catalogue, "--today", "2026-11-28"]).good();
}
