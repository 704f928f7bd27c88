//! `rules fmt`: what it makes of a file, that it changes nothing else, and that it comes to rest.

#[allow(missing_docs)]
mod seeded;
#[allow(missing_docs)]
mod writer;

use proptest::prelude::*;
use rules_compiler::catalogue::FileKind;
use rules_compiler::diagnostic::{Diagnostics, Style, render_all};
use rules_compiler::source::Sources;
use rules_compiler::source::format::{Refusal, Unformatted, format};
use seeded::seeded;
use serde_yaml::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn try_format(text: &str, kind: Option<FileKind>) -> (Result<String, Refusal>, String) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
    let file = Unformatted { name: "x.yaml".to_owned(), bytes: text.as_bytes().to_vec(), kind };
    let formatted = format(file, &mut sources, &mut diagnostics);
    (formatted, render_all(&diagnostics, &sources, Style::Plain))
}

#[track_caller]
fn formatted(text: &str, kind: FileKind) -> String {
    let (formatted, diagnostics) = try_format(text, Some(kind));
    formatted.unwrap_or_else(|refusal| panic!("{refusal:?}\n{diagnostics}\n{text}"))
}

/// The value, with lists sorted whose order means nothing.
fn value(text: &str) -> Value {
    fn sort(value: Value, key: &str) -> Value {
        match value {
            Value::Mapping(entries) => {
                // A catalogue's keys are texts, however they are written.
                let entries = entries.into_iter().map(|(key, value)| {
                    let key = match key {
                        Value::String(key) => key,
                        Value::Null => String::new(),
                        other => serde_yaml::to_string(&other).expect("YAML").trim().to_owned(),
                    };
                    let value = sort(value, &key);
                    (Value::String(key), value)
                });
                Value::Mapping(entries.collect())
            }
            Value::Sequence(mut elements) => {
                if ["over", "stage", "requires"].contains(&key) {
                    elements.sort_by_key(|element| format!("{element:?}"));
                }
                Value::Sequence(elements.into_iter().map(|value| sort(value, key)).collect())
            }
            other => other,
        }
    }
    // A byte order mark is not part of what a file says.
    let text = text.trim_start_matches('\u{feff}');
    sort(serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}")), "")
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(yaml_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn every_file_of_the_catalogue_says_the_same_and_comes_to_rest() {
    let mut files = yaml_files(&here("tests/small"));
    files.extend(yaml_files(&here("../catalogue")));
    for path in files {
        let text = fs::read_to_string(&path).expect("a readable file");
        let kind = FileKind::of_path(&path).expect("a file of a catalogue");
        let once = formatted(&text, kind);
        assert_eq!(value(&once), value(&text), "{}", path.display());
        assert_eq!(formatted(&once, kind), once, "{}", path.display());
        let is_long = |line: &&str| line.chars().count() > 100 && !line.contains(['"', '\'', '#']);
        assert!(!once.lines().filter(is_long).any(|line| line.starts_with("      ") && !line.contains("https://")));
    }
}

/// Every comment names the item that it belongs to.
const UNTIDY: &str = r#"# about the file

rules:   # about rules

    # above one

    - # with one
      explanation: What happened, told at such length that it does not fit into one line of a hundred columns, and then some.
      stage: [ data, rcpt ]   # behind stage
      # above category
      category: 'rate-limited'


      examples: [ "421 \"no\"", '550 it''s ü', # behind the second example
        450 third ]
      over: # about over
      # above b
      - b
      - a # behind a
      # after over
      reply: [450, 4xx, 421]
      suppress: 'yes'
      id: one
      text: >
        folded
        text
      unknown: {b: 1, a: [~, true]}
      # after one
    # above two
    - {id: two, regex: "\\d+", links: ["https://example.com/?a"], when_transient: {suppress: no, action: retry}} # behind two
    # after rules
mx: [mx.example.com,
  mx2.example.com] # behind mx
kind: mta
id: "example-mail"
name: |-
  Two
  lines
notes: "one\n\n  indented"
# at the end
"#;

#[test]
fn comments_stay_with_what_they_are_about() {
    insta::assert_snapshot!(formatted(UNTIDY, FileKind::Provider));
    assert_eq!(formatted(&UNTIDY.replace('\n', "\r\n"), FileKind::Provider), formatted(UNTIDY, FileKind::Provider));
    assert_eq!(formatted(&format!("\u{FEFF}---\n{UNTIDY}"), FileKind::Provider), formatted(UNTIDY, FileKind::Provider));
}

#[test]
fn the_schema_is_named_once_and_first() {
    for before in ["id: a\n", "# yaml-language-server: $schema=elsewhere.json\n\n# note\nid: a\n"] {
        let once = formatted(before, FileKind::Provider);
        assert!(once.starts_with("# yaml-language-server: $schema=../schema/provider.schema.json\n"), "{once}");
        assert_eq!(once.matches("yaml-language-server").count(), 1, "{once}");
    }
    let (unknown, _) = try_format("b: 1 # c\na: 2\n", None);
    assert_eq!(unknown.as_deref(), Ok("b: 1  # c\na: 2\n"));
    let (guessed, _) = try_format("name: English\nlanguage: en\n", None);
    assert!(guessed.is_ok_and(|text| text.contains("phrases.schema.json\nlanguage: en\nname")));
}

#[test]
fn what_cannot_be_read_is_refused_with_the_reason() {
    for (text, code) in [
        ("a: [", "E010"),
        ("a: *b", "E011"),
        ("a: 1\na: 2", "E015"),
        ("", "E025"),
        ("a: &b 1", "E011"),
        // A line break to some readers of YAML, and a character to others.
        ("a: b\u{85}", "E010"),
        ("a: b\u{2028}c", "E010"),
    ] {
        let (formatted, diagnostics) = try_format(text, Some(FileKind::Provider));
        assert_eq!(formatted, Err(Refusal::Mistakes), "{text}");
        assert!(diagnostics.contains(code), "{diagnostics}");
    }
}

/// Formats what can be read; it must say the same, and come to rest.
fn check_any(text: &str) -> Result<(), TestCaseError> {
    let (once, diagnostics) = try_format(text, Some(FileKind::Provider));
    match once {
        Ok(once) => {
            prop_assert_eq!(value(&once), value(text), "{}\n->\n{}", text, once);
            let (twice, _) = try_format(&once, Some(FileKind::Provider));
            prop_assert_eq!(twice.as_deref(), Ok(once.as_str()), "{}", text);
            Ok(())
        }
        Err(Refusal::Mistakes) => {
            prop_assert!(!diagnostics.is_empty(), "refused without a reason:\n{}", text);
            Ok(())
        }
        Err(Refusal::Unfaithful) => Err(TestCaseError::fail(format!("cannot be formatted:\n{text}"))),
    }
}

proptest! {
    #![proptest_config(seeded(256))]

    #[test]
    fn a_file_however_written_says_the_same(choices in prop::collection::vec(any::<u8>(), 0..600)) {
        let written = writer::write(&choices);
        let once = formatted(&written.text, FileKind::Provider);
        prop_assert_eq!(value(&once), value(&written.text), "{}\n->\n{}", written.text, once);
        prop_assert_eq!(formatted(&once, FileKind::Provider), once.clone(), "{}", written.text);
        for comment in &written.comments {
            prop_assert_eq!(once.matches(comment.as_str()).count(), 1, "`{}` of\n{}\n->\n{}", comment, written.text, once);
        }
        prop_assert!(!once.contains('\r') && !once.contains(" \n") && !once.contains("\n\n\n#"), "{}", once);
    }

    #[test]
    fn a_damaged_file_is_refused_or_says_the_same(
        which in 0..3usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..4u8, prop::sample::select(PIECES)), 1..4),
    ) {
        let small = ["providers/example-mail.yaml", "categories.yaml", "providers/sample-gate.yaml"][which];
        let text = fs::read_to_string(here("tests/small").join(small)).expect("a readable file");
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (place, what, piece) in changes {
            let at = place.index(lines.len());
            match what {
                0 => drop(lines.remove(at)),
                1 => lines.insert(at, piece.to_owned()),
                2 => lines[at].push_str(piece),
                _ => lines[at] = format!("{piece}{}", lines[at]),
            }
            if lines.is_empty() {
                lines.push(String::new());
            }
        }
        check_any(&lines.join("\n"))?;
    }
}

const PIECES: &[&str] = &[
    "",
    " ",
    "  ",
    "# comment",
    "  # comment",
    " # ü",
    "      # deep",
    "\t",
    "- ",
    "  - ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    ": ",
    "?",
    "? ",
    "\"",
    "'",
    "|",
    ">",
    ">-",
    "|+2",
    "&a ",
    "*a",
    "!t ",
    "---",
    "...",
    "%YAML 1.2",
    "\r",
    "é",
    "日本",
    "\u{FEFF}",
    "\u{85}",
    "a: b",
    "  a: b",
    "    x: [1, # c\n  2]",
    "key: |\n  text\n\n\n",
    "x: >+\n\n  y\n\n",
    "- - a\n  - b",
    "x: \"a\\\n  b\"",
];
