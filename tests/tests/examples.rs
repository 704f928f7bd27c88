//! The runtime's example programs do what they say.

use rules_tests::project::{output, root};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What an example prints when it is given this on its standard input.
fn run(example: &str, arguments: &[&Path], input: &[u8]) -> String {
    let mut child = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--package", "rules-runtime", "--example", example, "--"])
        .args(arguments)
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("cargo");
    child.stdin.take().expect("a pipe").write_all(input).expect("a program that reads");
    let out = child.wait_with_output().expect("an end");
    assert!(out.status.success(), "{example}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).expect("UTF-8")
}

fn rules_file(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, &output().rules_file).expect("a writable folder");
    path
}

#[test]
fn classify_stdin() {
    let replies = b"421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred\r\n\xff\n550 5.1.1 user unknown";
    let built_in = run("classify_stdin", &[], replies);
    let lines: Vec<&str> = built_in.lines().collect();
    assert_eq!(lines.len(), 3, "{built_in}");
    let first = "rate-limited\ttransient\tslow-down\tyahoo/tss04\t";
    assert!(lines[0].starts_with(first) && lines[0].contains("\tip=192.0.2.7"), "{built_in}");
    assert_eq!(lines[1], "unclassified\tunknown\treview\t-");
    assert!(lines[2].starts_with("recipient-unknown\tpermanent\tsuppress\t"), "{built_in}");
    assert_eq!(run("classify_stdin", &[&rules_file("stdin.rules")], replies), built_in);
}

#[test]
fn retry_policy() {
    let out = run("retry_policy", &[], b"");
    let decision = |line: &str| line.rsplit_once(": ").map_or(line, |(_, decision)| decision).to_owned();
    let decisions: Vec<String> = out.lines().skip(1).step_by(2).map(decision).collect();
    assert_eq!(decisions[0], "Delivered, Keep", "{out}");
    assert_eq!(decisions[1], "Bounce, StrikeOff", "{out}");
    assert!(decisions[2].starts_with("Retry(") && decisions[2].ends_with("), Count"), "{out}");
    assert_eq!(decisions[3], "Bounce, Count", "{out}");
    assert!(decisions[4].starts_with("SlowDown(") && decisions[4].ends_with("), Keep"), "{out}");
    assert_eq!(decisions[5], "Retry(300s), Keep", "{out}");
    assert_eq!(decisions[6], "Bounce, Keep", "{out}");
}

#[test]
fn swap_rules() {
    let out = run("swap_rules", &[&rules_file("swap.rules")], b"");
    assert!(out.starts_with("half a file: the file ends too early"), "{out}");
    assert!(out.contains("20 swaps, "), "{out}");
}

#[test]
fn the_guide_shows_what_the_example_does() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).expect("a readable file");
    let (guide, example) = (read("docs/guide/swap-catalogues.md"), read("rules-runtime/examples/swap_rules.rs"));
    let blocks: Vec<&str> = guide.split("```rust\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(blocks.len(), 2);
    for block in blocks {
        assert!(example.contains(block), "not in the example:\n{block}");
    }
}
