//! Mistakes, one a file of `malformed/`, and what is said about them.
//!
//! A file is named for the code that it shows, perhaps with a variant: `wrong-type--nothing.yaml`. Its first line says
//! which file of the small catalogue it replaces.

#[allow(missing_docs)]
mod trial;

use rules_compiler::diagnostic::Code;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use trial::Trial;

/// Shown elsewhere: mistakes of folders in `folders.rs`, those of later stages beside the stage.
const ELSEWHERE: [Code; 7] = [
    Code::Unreadable,
    Code::NotUtf8,
    Code::FileTooLarge,
    Code::UnexpectedFile,
    Code::MissingFile,
    Code::ExampleAstray,
    Code::TooLarge,
];

/// Name and text of every file.
fn fixtures() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/malformed");
    let mut fixtures: Vec<_> = fs::read_dir(folder)
        .expect("a readable folder")
        .map(|entry| {
            let path = entry.expect("a readable folder").path();
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(path).expect("a readable file"))
        })
        .collect();
    fixtures.sort();
    fixtures
}

fn trial(name: &str, text: &str) -> Trial {
    let first = text.lines().next().and_then(|line| line.strip_prefix("# replaces: "));
    Trial::new(name).write(first.expect("a first line `# replaces: …`"), text)
}

#[test]
fn every_mistake_is_explained() {
    for (name, text) in fixtures() {
        insta::assert_snapshot!(name.clone(), trial(&name, &text).compile().text());
    }
}

#[test]
fn one_mistake_gives_one_message_of_its_code() {
    for (name, text) in fixtures() {
        let codes = trial(&format!("{name}-codes"), &text).compile().codes();
        let (code, _) = name.split_once("--").unwrap_or((&name, ""));
        if code != "several" && !["yaml-alias", "unreserved-name"].contains(&&*name) {
            assert_eq!(codes.iter().map(|code| code.name()).collect::<Vec<_>>(), [code], "{name}.yaml");
        }
    }
}

#[test]
fn every_code_is_shown() {
    let shown: BTreeSet<String> =
        fixtures().into_iter().filter_map(|(name, _)| Some(name.split("--").next()?.to_owned())).collect();
    let missing: Vec<_> =
        Code::ALL.iter().filter(|code| !shown.contains(code.name()) && !ELSEWHERE.contains(code)).collect();
    assert!(missing.is_empty(), "add a file to tests/malformed for {missing:?}");
}

#[test]
fn every_code_is_explained() {
    for code in Code::ALL {
        assert!(code.explanation().len() > 60, "explain/{}.md says too little", code.id());
        assert_eq!(Code::from_id(code.id()), Some(*code));
    }
}

#[test]
fn a_machine_can_read_it() {
    let (name, text) = fixtures().into_iter().find(|(name, _)| name == "unknown-key--misspelt").expect("the file");
    insta::assert_snapshot!("json", trial(&format!("{name}-json"), &text).compile().json());
}
