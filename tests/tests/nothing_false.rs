//! What is no failure is not judged as one: replies that accept, replies that ask for more, log noise, prose.

use rules_runtime::{Category, Suppress, classify};
use std::fmt::Write;

/// One text a line; `\n`, `\r`, `\t`, `\0` and `\xff` stand for these characters, and a line that starts with `##` is a comment.
const TEXTS: &str = include_str!("../data/not-bounces.txt");

fn unescaped(line: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = line.as_bytes();
    while let [first, tail @ ..] = rest {
        (rest, _) = match tail {
            [b'n', tail @ ..] if *first == b'\\' => (tail, bytes.push(b'\n')),
            [b'r', tail @ ..] if *first == b'\\' => (tail, bytes.push(b'\r')),
            [b't', tail @ ..] if *first == b'\\' => (tail, bytes.push(b'\t')),
            [b'0', tail @ ..] if *first == b'\\' => (tail, bytes.push(0)),
            [b'x', b'f', b'f', tail @ ..] if *first == b'\\' => (tail, bytes.push(0xFF)),
            _ => (tail, bytes.push(*first)),
        };
    }
    bytes
}

fn texts() -> Vec<Vec<u8>> {
    TEXTS.lines().filter(|line| !line.starts_with("##")).map(unescaped).collect()
}

/// Shows every text that is judged as a failure, with the rule that did it.
fn none_is_a_failure(texts: impl Iterator<Item = Vec<u8>>) {
    let (mut total, mut failed, mut list) = (0, 0, String::new());
    for text in texts {
        let verdict = classify(&text);
        let harmless = matches!(verdict.category(), Category::Accepted | Category::Unclassified);
        total += 1;
        if !harmless || verdict.suppress() != Suppress::No {
            failed += 1;
            let _ = writeln!(list, "{verdict:?}\n    {}", text.escape_ascii());
        }
    }
    assert!(failed == 0, "{failed} of {total}:\n{list}");
}

#[test]
fn there_are_enough() {
    assert!(texts().len() >= 300, "{}", texts().len());
    assert_eq!(unescaped("a\\nb\\0\\xff\\\\"), b"a\nb\0\xff\\\\");
}

#[test]
fn as_they_stand() {
    none_is_a_failure(texts().into_iter());
}

#[test]
fn with_a_line_ending() {
    none_is_a_failure(texts().into_iter().map(|text| [&text[..], b"\r\n"].concat()));
}

#[test]
fn in_upper_case() {
    none_is_a_failure(texts().into_iter().map(|text| text.to_ascii_uppercase()));
}

#[test]
fn a_reply_that_accepts_is_one_whatever_its_words() {
    for words in [
        "user unknown",
        "mailbox full",
        "blocked",
        "Too many connections",
        "spam",
        "relay access denied",
        "no such user here",
        "[TSS04] Messages from 192.0.2.7 temporarily deferred",
        "5.1.1 user unknown",
        "550 5.1.1 user unknown",
    ] {
        for code in ["250", "250 2.0.0", "250-", "251", "252", "220", "235 2.7.0", "354"] {
            let text = format!("{code} {words}");
            let verdict = classify(text.as_bytes());
            assert!(matches!(verdict.category(), Category::Accepted | Category::Unclassified), "{text}: {verdict:?}");
            assert_eq!(verdict.suppress(), Suppress::No, "{text}");
        }
    }
}
