//! `rules score` and `rules stats` as a program and a person call them.

#[allow(missing_docs)]
mod command;
#[allow(missing_docs)]
mod trial;

use command::{Outcome, feed, run};
use serde_json::{Value, json};

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/small");

/// One reply of each standing, for the small catalogue.
const LABELLED: &str = r#"{"id": "a", "text": "550 No such user here", "category": "recipient-unknown", "accept": ["recipient-unknown"], "permanence": "permanent", "provider": null, "software": "x"}
{"id": "b", "text": "450 Server is too busy, please try later", "category": "rate-limited", "accept": ["service-unavailable"], "permanence": "permanent"}

{"id": "c", "text": "550 User unknown in the sender's address", "category": "rate-limited"}
{"text": "554 hvad som helst", "category": "rate-limited", "provider": "example-mail"}
{"id": "e", "text": "421 4.7.0 [EX01] Messages from 192.0.2.7 temporarily deferred; see https://postmaster.example.com/ex01", "category": "rate-limited", "provider": "sample-gate"}
{"id": "f", "text": "421 Service not available, closing transmission channel", "category": "service-unavailable", "provider": "example-mail", "mx": "mx.example.com"}
"#;

fn score(arguments: &[&str], labelled: &str) -> Outcome {
    feed(&[&["score", "-", "--catalogue", SMALL], arguments].concat(), labelled)
}

#[test]
fn everything_is_counted_once() {
    let out = score(&["--format=json"], LABELLED).good();
    let score: Value = serde_json::from_str(&out).expect("one JSON object");
    let counts =
        |value: &Value| ["total", "right", "wrong", "silent"].map(|key| value[key].as_u64().expect("a number"));
    assert_eq!(counts(&score), [6, 4, 1, 1], "{score:#}");
    assert_eq!(counts(&score["categories"]["rate-limited"]), [4, 2, 1, 1]);
    assert_eq!(counts(&score["providers"]["-"]), [3, 2, 1, 0]);
    assert_eq!(score["false_suppressions"], 1);
    assert_eq!(score["permanence"], json!({"labelled": 2, "right": 1, "wrong": 1}));
    assert_eq!(score["provider"], json!({"labelled": 3, "right": 1, "wrong": 1, "silent": 1, "invented": 0}));
    assert_eq!(score["confusions"], json!([{"wanted": "rate-limited", "said": "recipient-unknown", "count": 1}]));
    let problems: Vec<_> =
        score["examples"].as_array().expect("a list").iter().map(|example| &example["problem"]).collect();
    assert_eq!(problems, ["false-suppression", "permanence", "provider", "silent", "provider-silent"]);
    assert_eq!(score["examples"][3]["id"], "line 5", "a reply without a name has its line's number");
}

#[test]
fn a_person_sees_shares_tables_and_the_worst_first() {
    let out = score(&["--examples", "1"], LABELLED).good();
    for part in
        ["6 replies", "4 right (66.7 %)", "1 wrong (16.7 %)", "1 silent", "false suppressions  1", "By category"]
    {
        assert!(out.contains(part), "`{part}` is missing:\n{out}");
    }
    assert!(out.contains("recipient-unknown for rate-limited") && out.contains("false-suppression c:"), "{out}");
    assert!(!out.contains("permanence b"), "only one example was asked for:\n{out}");
    assert!(score(&[], "").good().contains("0 replies"));
}

#[test]
fn bad_lines_are_all_named_and_the_others_counted() {
    let bad = "{\"text\": \"550 No such user here\", \"category\": \"recipient-unknown\"}\nnothing\n{\"category\": \"accepted\"}\n\
               {\"text\": \"x\", \"category\": \"rate-limitd\"}\n{\"text\": \"x\", \"category\": \"accepted\", \"permanence\": \"often\"}\n";
    let outcome = score(&[], bad);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.out.contains("1 replies") || outcome.out.contains("1 reply"), "{outcome:?}");
    for part in
        ["line 2 of standard input", "not JSON", "line 3", "`text`", "line 4", "`rate-limited`?", "line 5", "`often`"]
    {
        assert!(outcome.err.contains(part), "`{part}` is missing:\n{}", outcome.err);
    }
    let missing = run(["score", "no/such/file.jsonl", "--catalogue", SMALL]);
    assert_eq!(missing.code, Some(1));
    assert!(missing.err.contains("no/such/file.jsonl"), "{missing:?}");
}

#[test]
fn a_part_and_the_rest_make_the_whole() {
    let total = |arguments: &[&str]| {
        let out = score(&[&["--format=json"], arguments].concat(), LABELLED).good();
        serde_json::from_str::<Value>(&out).expect("JSON")["total"].as_u64().expect("a number")
    };
    for part in ["1/3", "2/3", "3/3"] {
        assert_eq!(total(&["--fold", part]) + total(&["--fold", part, "--without"]), 6);
    }
    assert_eq!(["1/3", "2/3", "3/3"].map(|part| total(&["--fold", part])).iter().sum::<u64>(), 6);
    assert_eq!(score(&["--fold", "4/3"], LABELLED).code, Some(2));
}

#[test]
fn the_catalogue_is_counted() {
    let out = run(["stats", "--catalogue", SMALL]).good();
    assert!(out.contains("rules") && out.contains("mailbox") && out.contains("2026-11-23"), "{out}");
    let stats: Value =
        serde_json::from_str(&run(["stats", "--catalogue", SMALL, "--format=json"]).good()).expect("JSON");
    assert_eq!(stats["rules"], 8);
    assert_eq!(stats["providers"]["mailbox"], json!({"providers": 1, "rules": 3}));
    assert_eq!(stats["languages"], json!({"en": 2}));
    assert_eq!(stats["codes"]["reply"], 2);
}
