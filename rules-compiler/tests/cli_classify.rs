//! `rules classify` as a program and a person call it.

#[allow(missing_docs)]
mod command;
mod skipped;
#[allow(missing_docs)]
mod trial;

use command::{feed, run, spawn};
use serde_json::{Value, json};
use skipped::skipped;
use std::io::{BufRead, BufReader, Read, Write};

const TSS04: &str =
    "421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints";

#[test]
fn an_argument_gives_a_verdict_for_a_person() {
    let out = run(["classify", TSS04]).good();
    for part in [TSS04, "transient", "yahoo/tss04", "docs/providers/yahoo.md#", "192.0.2.7", "TSS04", "Yahoo", "keep"] {
        assert!(out.contains(part), "`{part}` is missing:\n{out}");
    }
    assert!(!out.contains('\x1b'), "no colours where nobody sees them");
}

#[test]
fn json_is_exactly_as_the_design_says() {
    let out = run(["classify", "--format", "json", TSS04]).good();
    let expected = r#"{"category":"rate-limited","permanence":"transient","action":"slow-down","scope":"sender-ip","suppress":"no","provider":"yahoo","rule":"yahoo/tss04","basis":"provider-rule","reply":421,"status":"4.7.0","retry_after":null,"fields":{"code":"TSS04","ip":"192.0.2.7"}}"#;
    assert_eq!(out, format!("{expected}\n"));
}

const KEYS: [&str; 12] = [
    "category",
    "permanence",
    "action",
    "scope",
    "suppress",
    "provider",
    "rule",
    "basis",
    "reply",
    "status",
    "retry_after",
    "fields",
];

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn what_is_absent_is_null() {
    let outcome = run(["classify", "--format=json", "", "hello", "550 5.1.1 x", "250 ok", TSS04]);
    for value in outcome.json() {
        assert_eq!(keys(&value), KEYS, "{value}");
        assert!(value["fields"].is_object(), "{value}");
    }
    let nothing = json!({
        "category": "unclassified", "permanence": null, "action": "review", "scope": "message", "suppress": "no",
        "provider": null, "rule": null, "basis": "nothing", "reply": null, "status": null, "retry_after": null, "fields": {},
    });
    assert_eq!(outcome.json()[..2], [nothing.clone(), nothing]);
}

#[test]
fn the_wait_is_in_seconds() {
    let outcome = run(["classify", "--format=json", "450 4.7.1 Greylisted, please try again in 5 minutes"]);
    assert_eq!(outcome.json()[0]["retry_after"], 300, "{outcome:?}");
}

#[test]
fn standard_input_holds_a_reply_a_line() {
    let outcome = feed(&["classify", "--format", "json"], format!("{TSS04}\n552 5.2.2 mailbox full\r\n\n250 OK"));
    let rules: Vec<Value> = outcome.json().iter().map(|value| value["category"].clone()).collect();
    assert_eq!(rules, ["rate-limited", "mailbox-full", "unclassified", "accepted"]);
    assert_eq!(outcome.code, Some(0));
    assert_eq!(feed(&["classify", "--format", "json"], "").good(), "");
    assert_eq!(feed(&["classify"], "").good(), "");
}

#[test]
fn any_bytes_may_come_in() {
    let mut input = b"550 5.1.1 \xff\xfe\x00 user unknown\n\xc3\n\x00\n".to_vec();
    input.extend(vec![b'x'; 3 << 20]);
    input.extend(b"\n452 4.2.2 mailbox full\n");
    for format in ["text", "json"] {
        let outcome = feed(&["classify", "--format", format], &input);
        assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""));
        let lines = if format == "json" { outcome.json().len() } else { outcome.out.matches("Rule ").count() };
        assert_eq!(lines, 5, "a verdict a line");
    }
}

#[cfg(unix)]
#[test]
fn an_argument_may_be_invalid_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let reply = std::ffi::OsStr::from_bytes(b"552 5.2.2 mailbox full \xff\xc3");
    let out = run([std::ffi::OsStr::new("classify"), std::ffi::OsStr::new("--format=json"), reply]);
    assert_eq!(out.json()[0]["category"], "mailbox-full");
}

#[test]
fn a_person_is_not_attacked_through_the_terminal() {
    let out = feed(&["classify"], "550 5.1.1 \x1b[2J\x1b]0;owned\x07 user\u{9b}31m unknown\n").good();
    assert!(!out.chars().any(|c| c.is_control() && c != '\n'), "{out:?}");
}

#[test]
fn evidence_comes_by_options() {
    let reply = "421 Service not available, closing transmission channel";
    let bare = run(["classify", "--format=json", reply]).json();
    assert_eq!((&bare[0]["provider"], &bare[0]["suppress"]), (&Value::Null, &json!("no")));
    let mx = run(["classify", "--format=json", "--mx", "mta5.am0.yahoodns.net", reply]).json();
    assert_eq!(mx[0]["rule"], "yahoo/service-not-available");
    let stage = run(["classify", "--format=json", "--stage", "rcpt", reply]);
    assert_eq!(stage.code, Some(0));
    let wrong = run(["classify", "--stage", "lunch", reply]);
    assert_eq!((wrong.code, wrong.out.as_str()), (Some(2), ""));
    assert!(wrong.err.contains("lunch") && wrong.err.contains("end-of-data"), "{}", wrong.err);
}

#[test]
fn json_lines_carry_their_own_evidence() {
    let reply = "421 Service not available, closing transmission channel";
    let input = [
        json!({"text": reply, "mx": "mta5.am0.yahoodns.net", "id": "a"}),
        json!({"text": reply, "id": 7, "stage": "rcpt"}),
        json!({"text": reply, "id": {"deep": [1, 2.5, null]}, "unknown": true, "mx": null}),
        json!({"text": reply, "id": null}),
        json!({"text": "two\r\nlines"}),
    ];
    let lines: String = input.iter().map(|line| format!("{line}\n")).collect();
    let outcome = feed(&["classify", "--input", "json", "--format", "json"], lines);
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""));
    let answers = outcome.json();
    assert_eq!(answers[0]["provider"], "yahoo");
    assert_eq!(answers[1]["provider"], Value::Null);
    let ids: Vec<Option<&Value>> = answers.iter().map(|answer| answer.get("id")).collect();
    assert_eq!(ids[..3], [Some(&json!("a")), Some(&json!(7)), Some(&json!({"deep": [1, 2.5, null]}))]);
    assert_eq!(ids[4], None, "no id where none was given");
    assert_eq!(keys(&answers[0])[..12], KEYS, "the id stands behind the keys that are always there");
}

#[test]
fn a_line_s_evidence_goes_before_the_options() {
    let line = json!({"text": "421 Service not available, closing transmission channel", "mx": "mx1.messagelabs.com"});
    let outcome = feed(&["classify", "--input=json", "--format=json", "--mx=mta5.am0.yahoodns.net"], line.to_string());
    assert_eq!(outcome.json()[0]["provider"], "symantec-email-security-cloud");
}

#[test]
fn a_bad_line_is_named_and_the_others_are_answered() {
    let good = json!({"text": TSS04, "id": "good"}).to_string();
    let bad = [
        "{",
        "550 no JSON",
        "[]",
        "\"text\"",
        "{}",
        r#"{"text":7}"#,
        r#"{"text":"x","stage":"lunch"}"#,
        r#"{"text":"x","mx":5}"#,
        "",
        "\u{feff}{}",
    ];
    for bad in bad {
        let outcome = feed(&["classify", "--input=json", "--format=json"], format!("{good}\n{bad}\n{good}\n"));
        assert_eq!(outcome.code, Some(1), "{bad}: {outcome:?}");
        assert_eq!(outcome.json().len(), 2, "{bad}: {outcome:?}");
        let lines: Vec<&str> = outcome.err.lines().collect();
        assert_eq!(lines.len(), 1, "{bad}: {outcome:?}");
        assert!(lines[0].contains("line 2 "), "{bad}: {outcome:?}");
    }
    let all = format!("{good}\n{}\n{good}", bad[..3].join("\n"));
    let outcome = feed(&["classify", "--input=json", "--format=json"], all);
    assert_eq!((outcome.code, outcome.json().len(), outcome.err.lines().count()), (Some(1), 2, 3));
    for (line, number) in outcome.err.lines().zip(2..) {
        assert!(line.contains(&format!("line {number} ")), "{line}");
    }
}

#[test]
fn half_a_character_in_json_is_a_bad_line() {
    let outcome = feed(&["classify", "--input=json", "--format=json"], b"{\"text\":\"\xc3\"}\n{\"text\":\"250 ok\"}\n");
    assert_eq!((outcome.code, outcome.json().len()), (Some(1), 1));
    assert!(outcome.err.contains("line 1 "), "{}", outcome.err);
}

/// Writes lines for as long as somebody reads.
fn write_lines(mut to: impl Write + Send + 'static, count: usize) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        for number in 0..count {
            let line =
                format!("421 4.7.0 [TSS04] Messages from 192.0.2.{} temporarily deferred {number}\n", number % 256);
            if to.write_all(line.as_bytes()).is_err() {
                return;
            }
        }
        // Standard input stays open until the reader has looked at the memory in use.
        let _ = to.flush();
        std::mem::forget(to);
    })
}

/// The most memory that a process has used, in KiB, where the system tells.
fn peak_memory(process: u32) -> Option<usize> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}

#[test]
fn a_hundred_thousand_lines_stream_in_bounded_memory() {
    const LINES: usize = 100_000;
    let mut child = spawn(&["classify", "--format=json"]);
    let writer = write_lines(child.stdin.take().expect("a pipe"), LINES);
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut line = String::new();
    let mut early = None;
    // What the command still buffers when its input pauses is never read here.
    for number in 0..LINES - 1_000 {
        line.clear();
        out.read_line(&mut line).expect("a line");
        assert!(line.starts_with(r#"{"category":"rate-limited""#), "{line}");
        if number == LINES / 20 {
            early = peak_memory(child.id());
        }
    }
    writer.join().expect("the writer ends");
    let late = peak_memory(child.id());
    child.kill().expect("a running command");
    child.wait().expect("the command ends");
    let (Some(early), Some(late)) = (early, late) else {
        skipped("this system does not tell how much memory a process uses");
        return;
    };
    assert!(late < early + 4_096, "{early} KiB after 5,000 lines, {late} KiB after 100,000");
    assert!(late < 64 * 1024, "{late} KiB");
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    for format in ["text", "json"] {
        let mut child = spawn(&["classify", "--format", format]);
        let writer = write_lines(child.stdin.take().expect("a pipe"), 100_000);
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        out.read_line(&mut line).expect("a line");
        assert!(!line.is_empty());
        drop(out);
        let status = child.wait().expect("the command ends");
        let mut err = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut err).expect("text");
        assert_eq!((status.code(), err.as_str()), (Some(0), ""), "{format}");
        writer.join().expect("the writer ends");
    }
}

#[test]
fn no_arguments_show_the_help() {
    for arguments in [&[][..], &["--help"], &["help"]] {
        let outcome = run(arguments);
        let shown = format!("{}{}", outcome.out, outcome.err);
        for part in ["Usage: rules", "classify", "explain", "check", "build"] {
            assert!(shown.contains(part), "`{part}` is missing:\n{shown}");
        }
    }
    let help = run(["--help"]).good();
    assert!(help.contains("Try:\n  rules classify"), "{help}");
    assert!(run(["--version"]).good().starts_with("rules "));
}

#[test]
fn unknown_options_are_refused_with_a_hint() {
    let outcome = run(["classify", "--fromat", "json", "550 no"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (Some(2), ""));
    assert!(outcome.err.contains("--format"), "{}", outcome.err);
    let outcome = run(["clasify", "550 no"]);
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.err.contains("classify"), "{}", outcome.err);
    let outcome = run(["classify", "--format", "yaml", "550 no"]);
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.err.contains("json"), "{}", outcome.err);
}

#[test]
fn tables_may_come_from_a_file() {
    let missing = run(["classify", "--rules", "no/such.rules", "550 no"]);
    assert_eq!((missing.code, missing.out.as_str()), (Some(1), ""));
    assert!(missing.err.contains("no/such.rules") && missing.err.contains("No such file"), "{}", missing.err);
    let foreign = run(["classify", "--rules", env!("CARGO_BIN_EXE_rules"), "550 no"]);
    assert_eq!(foreign.code, Some(1));
    assert!(foreign.err.contains("not a .rules file"), "{}", foreign.err);
    let trial = trial::Trial::new("classify");
    let small = trial.directory.to_str().expect("a name in UTF-8");
    let reply =
        "421 4.7.0 [EX01] Messages from 192.0.2.7 temporarily deferred; see https://postmaster.example.com/ex01";
    let outcome = run(["classify", "--format=json", "--catalogue", small, reply]);
    assert_eq!(outcome.json()[0]["rule"], "example-mail/rate-limited");
    assert_eq!(outcome.json()[0]["retry_after"], 3600);
}
