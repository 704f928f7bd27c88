//! `rules new`: from a pasted reply to a good catalogue in two commands, and nothing written where that cannot be.

#[allow(missing_docs)]
mod command;
#[allow(missing_docs)]
mod trial;

use command::{Outcome, feed, files, run, run_in};
use std::fs;
use trial::Trial;

const REPLY: &str =
    "550 5.7.1 [198.51.100.7] Our lighthouse keeper sent this letter back because the tide is out. Ask jdoe@firma.test";
const MAIL: &str = "providers/example-mail.yaml";

fn new(trial: &Trial, arguments: &[&str]) -> Outcome {
    let directory = trial.directory.to_str().expect("a path in UTF-8");
    run(["new"].iter().chain(arguments).copied().chain(["--catalogue", directory]))
}

fn check(trial: &Trial) -> Outcome {
    run(["check", "--catalogue", trial.directory.to_str().expect("a path in UTF-8")])
}

fn text(trial: &Trial, path: &str) -> String {
    fs::read_to_string(trial.directory.join(path)).expect("a file")
}

/// Writes the explanation, and a category where that is a blank.
fn fill(trial: &Trial, path: &str) {
    let explanation = "The harbour takes nothing in at low water. Wait six hours and retry.";
    let filled: Vec<String> = text(trial, path)
        .lines()
        .map(|line| match line.find("FILL IN: what happened") {
            Some(at) => format!("{}{explanation}", &line[..at]),
            None => line.replace("\"FILL IN: an id of categories.yaml\"", "unclassified"),
        })
        .collect();
    fs::write(trial.directory.join(path), filled.join("\n") + "\n").expect("a writable file");
}

#[test]
fn from_a_pasted_reply_to_a_green_build_in_two_commands() {
    let trial = Trial::new("new-two-commands/catalogue");
    let project = trial.directory.parent().expect("a folder").to_owned();
    let before = text(&trial, MAIL);
    let out = run_in(&project, &["new", "rule", "--provider", "example-mail", "--reply", REPLY]).good();
    for part in [
        "catalogue/providers/example-mail.yaml:",
        "FILL IN: what happened",
        "cargo run -- fmt && cargo run -- build",
        "{ip}",
    ] {
        assert!(out.contains(part), "`{part}` is missing:\n{out}");
    }
    let after = text(&trial, MAIL);
    assert!(after.starts_with(before.trim_end()), "what was there stays as it was");
    for secret in ["198.51.100.7", "jdoe", "firma.test"] {
        assert!(!after.contains(secret), "{secret}");
    }
    let blank = run_in(&project, &["build"]);
    assert_eq!(blank.code, Some(1));
    assert!(blank.err.contains("error[E079]: `explanation` is still to be filled in"), "{}", blank.err);
    assert!(blank.err.contains("write what happened, and what the sender should do now"), "{}", blank.err);
    fill(&trial, MAIL);
    assert!(run_in(&project, &["build"]).good().contains("written"));
    let _ = fs::remove_dir_all(project);
}

#[test]
fn the_line_that_is_named_is_the_explanations() {
    let trial = Trial::new("new-line");
    let out = new(&trial, &["rule", "--provider", "example-mail", "--reply", REPLY]).good();
    let place = out.split("write the explanation at ").nth(1).and_then(|rest| rest.split(',').next()).expect("a place");
    let line: usize = place.rsplit(':').next().and_then(|line| line.parse().ok()).expect("a line");
    assert!(text(&trial, MAIL).lines().nth(line - 1).expect("a line").contains("FILL IN"), "{place}");
}

#[test]
fn standard_input_is_read_and_a_dry_run_writes_nothing() {
    let trial = Trial::new("new-stdin");
    let directory = trial.directory.to_str().expect("a path in UTF-8");
    let before = files(&trial.directory);
    let arguments = [
        "new",
        "rule",
        "--provider",
        "sample-gate",
        "--reply",
        "-",
        "--id",
        "tide",
        "--dry-run",
        "--catalogue",
        directory,
    ];
    let out = feed(&arguments, REPLY).good();
    assert!(out.contains("id: tide") && out.contains("not written"), "{out}");
    assert_eq!(files(&trial.directory), before);
}

#[test]
fn the_rest_of_a_file_stays_however_it_is_written() {
    let rule = "rules:\n  - id: a\n";
    let provider = |rules: &str| {
        let line_break = if rules.contains("\r\n") { "\r\n" } else { "\n" };
        "# who\nid: odd\nname: Odd\nkind: gateway # what\n".replace('\n', line_break) + rules
    };
    let full = "    text: lantern weather\n    category: unclassified\n    explanation: The keeper cannot see the ships. Wait until tomorrow and retry.\n    source: observed\n    checked: 2026-11-23\n    examples: [550 lantern weather]";
    for (name, rules, kept) in [
        ("none", "notes: Odd.".to_owned(), "notes: Odd.\nrules:\n  - id: "),
        ("empty", "rules: []\n# the end\n".to_owned(), "# the end\n"),
        ("comment", format!("{rule}{full} # seen\n# the end\n"), "# seen\n  - id: "),
        ("no-end", format!("{rule}{full}"), "[550 lantern weather]\n  - id: "),
        ("windows", format!("{rule}{full}\n").replace('\n', "\r\n"), "[550 lantern weather]\r\n  - id: "),
        (
            "flush",
            format!("rules:\n- id: a\n{}\nnotes: Last.\n", full.replace("    ", "  ")),
            "[550 lantern weather]\n- id: ",
        ),
    ] {
        let trial = Trial::new(&format!("new-layout-{name}")).write("providers/odd.yaml", provider(&rules));
        check(&trial).good();
        let out = new(&trial, &["rule", "--provider", "odd", "--reply", REPLY, "--category", "unclassified"]).good();
        let after = text(&trial, "providers/odd.yaml");
        assert!(after.contains(kept), "{name}:\n{after}");
        let mut lines = after.lines();
        for line in provider(&rules).lines().filter(|line| *line != "rules: []") {
            assert!(lines.any(|other| other == line), "{name}: `{line}` is gone or elsewhere:\n{after}");
        }
        assert_eq!(after.matches("\r\n").count(), if name == "windows" { after.lines().count() } else { 0 }, "{name}");
        let errors = check(&trial);
        assert!(errors.err.contains("1 error and"), "{name}: only the blank is left:\n{}\n{out}", errors.err);
        fill(&trial, "providers/odd.yaml");
        check(&trial).good();
    }
}

#[test]
fn rules_in_brackets_are_refused() {
    let rules = "rules: [{id: a, text: lantern weather, category: unclassified, explanation: The keeper cannot see the ships. Wait until tomorrow and retry., source: observed, checked: 2026-11-23, examples: [550 lantern weather]}]\n";
    let trial =
        Trial::new("new-brackets").write("providers/odd.yaml", format!("id: odd\nname: Odd\nkind: gateway\n{rules}"));
    check(&trial).good();
    let outcome = new(&trial, &["rule", "--provider", "odd", "--reply", REPLY]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.err.contains("providers/odd.yaml:4") && outcome.err.contains("`- id:`"), "{}", outcome.err);
    assert!(text(&trial, "providers/odd.yaml").ends_with(rules));
}

/// Blanks that are left may be filled all at once, after the last rule.
#[test]
fn a_second_rule_does_not_wait_for_the_first_ones_explanation() {
    let trial = Trial::new("new-two-rules");
    let second = "550 5.9.9 Parcel chute of someone@example.com is bricked up";
    for reply in [REPLY, second] {
        new(&trial, &["rule", "--provider", "example-mail", "--reply", reply]).good();
    }
    let written = text(&trial, MAIL);
    assert_eq!(written.matches("FILL IN: what happened").count(), 2, "{written}");
    assert!(!written.contains("TO BE FILLED IN"), "{written}");
    let third = "550 5.9.9 Letter slot of someone@example.com is welded shut";
    let out = new(&trial, &["rule", "--provider", "sample-gate", "--reply", third]).good();
    assert!(out.contains("more to be filled in"), "{out}");
    assert_eq!(text(&trial, MAIL), written, "the other file is left alone");
}

#[test]
fn a_catalogue_with_mistakes_gets_no_rule() {
    let trial = Trial::new("new-broken").change(MAIL, "category: rate-limited", "category: rate-limted");
    let before = files(&trial.directory);
    let outcome = new(&trial, &["rule", "--provider", "sample-gate", "--reply", REPLY]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.err.contains("rate-limted") && outcome.err.contains("Nothing was written"), "{}", outcome.err);
    assert_eq!(files(&trial.directory), before);
}

#[test]
fn a_reply_that_is_known_is_left_to_its_rule() {
    let trial = Trial::new("new-known");
    let before = files(&trial.directory);
    let known =
        "421 4.7.0 [EX01] Messages from 198.51.100.7 temporarily deferred; see https://postmaster.example.com/ex01";
    let outcome = new(&trial, &["rule", "--provider", "example-mail", "--reply", known]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.err.contains("`example-mail/rate-limited` already reads these words"), "{}", outcome.err);
    assert_eq!(files(&trial.directory), before);
}

#[test]
fn a_new_provider_passes_once_its_blanks_are_filled() {
    let trial = Trial::new("new-provider");
    let out = new(&trial, &["provider", "third-mail"]).good();
    assert!(out.contains("new rule --provider third-mail"), "{out}");
    let path = "providers/third-mail.yaml";
    let blank = check(&trial);
    assert_eq!(blank.code, Some(1));
    for key in ["name", "kind", "mx"] {
        assert!(blank.err.contains(&format!("error[E079]: `{key}` is still to be filled in")), "{}", blank.err);
    }
    assert!(blank.err.contains("3 errors and"), "nothing else is wrong:\n{}", blank.err);
    let filled: Vec<String> = text(&trial, path)
        .lines()
        .map(|line| match line.split(':').next() {
            Some("name") => "name: Third Mail".to_owned(),
            Some("kind") => "kind: mailbox".to_owned(),
            Some("mx") => "mx: [mx.third.example]".to_owned(),
            _ => line.to_owned(),
        })
        .collect();
    fs::write(trial.directory.join(path), filled.join("\n")).expect("a writable file");
    check(&trial).good();
    new(&trial, &["rule", "--provider", "third-mail", "--reply", REPLY]).good();
    fill(&trial, path);
    check(&trial).good();
}

#[test]
fn a_provider_of_whom_all_is_told_has_no_blanks() {
    let trial = Trial::new("new-provider-told");
    let told = [
        "provider",
        "third-mail",
        "--name",
        "Third: \"Mail\"",
        "--kind",
        "gateway",
        "--mx",
        "mx.third.example",
        "in.third.example",
    ];
    let out = new(&trial, &told).good();
    assert!(!out.contains("FILL IN"), "{out}");
    check(&trial).good();
    new(&trial, &["provider", "third-daemon", "--name", "Third", "--kind", "mta"]).good();
    check(&trial).good();
}

#[test]
fn a_provider_that_cannot_be_is_refused_and_not_written() {
    let trial = Trial::new("new-provider-refused");
    let before = files(&trial.directory);
    for (arguments, reason) in [
        (&["Third Mail"][..], "such as `third-mail`"),
        (&["../x"], "such as `x`"),
        (&["--", "-"], "cannot be an id"),
        (&["example-mail"], "is there already"),
        (&["en"], "the id of a language"),
        (&["third-mail", "--kind", "mailbox", "--mx", "mx.example.com"], "E077"),
        (&["third-mail", "--mx", "not a host"], "E076"),
    ] {
        let directory = trial.directory.to_str().expect("a path in UTF-8");
        let outcome = run(["new", "provider", "--catalogue", directory].iter().chain(arguments));
        assert_eq!(outcome.code, Some(1), "{arguments:?}: {outcome:?}");
        assert!(outcome.err.contains(reason), "{arguments:?}: {}", outcome.err);
        assert_eq!(files(&trial.directory), before, "{arguments:?}");
    }
    let kind = new(&trial, &["provider", "third-mail", "--kind", "castle"]);
    assert!(kind.err.contains("mailbox, gateway, mta"), "{}", kind.err);
}
