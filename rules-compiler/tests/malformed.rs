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

/// Shown in `folders.rs`: they need a folder that is wrong, not a text.
const OF_FOLDERS: [Code; 5] =
    [Code::Unreadable, Code::NotUtf8, Code::FileTooLarge, Code::UnexpectedFile, Code::MissingFile];
/// Shown nowhere: it would need a catalogue of hundreds of megabytes.
const NEVER_SEEN: [Code; 1] = [Code::TooLarge];

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
    Trial::new(&format!("{name}-{:?}", std::thread::current().id()))
        .write(first.expect("a first line `# replaces: …`"), text)
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
        if code != "several" && name != "unreserved-name" {
            assert_eq!(codes.iter().map(|code| code.name()).collect::<Vec<_>>(), [code], "{name}.yaml");
        }
    }
}

/// A fixture or a folder named for it, a snapshot, a long text, and an entry on the reference page.
#[test]
fn every_code_is_shown_and_explained() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/reference/diagnostics.md"));
    let page = page.expect("`rules build` writes the page");
    let snapshots = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")).expect("a folder");
    let snapshots: Vec<String> =
        snapshots.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let shown: BTreeSet<String> =
        fixtures().into_iter().filter_map(|(name, _)| Some(name.split("--").next()?.to_owned())).collect();
    for code in Code::ALL {
        let (id, name) = (code.id(), code.name());
        assert_eq!(Code::from_id(id), Some(*code));
        assert!(code.explanation().len() > 60, "explain/{id}.md says too little");
        assert!(page.contains(&format!("<a id=\"{id}\"></a>")), "{id} is not on the reference page");
        assert!(page.contains(code.explanation().trim_end()), "the reference page is out of date at {id}");
        if NEVER_SEEN.contains(code) {
            continue;
        }
        assert!(shown.contains(name) || OF_FOLDERS.contains(code), "add tests/malformed/{name}.yaml for {id}");
        let is_of_code = |file: &String| {
            let shown = file.split_once("__").and_then(|(_, rest)| rest.strip_prefix(name));
            shown.is_some_and(|rest| rest.starts_with(['.', '-']))
        };
        assert!(snapshots.iter().any(is_of_code), "{id} has no snapshot");
    }
}

#[test]
fn a_machine_can_read_it() {
    let (name, text) = fixtures().into_iter().find(|(name, _)| name == "unknown-key--misspelt").expect("the file");
    insta::assert_snapshot!("json", trial(&format!("{name}-json"), &text).compile().json());
}

/// What is the same but for one thing that changes a verdict says more than the phrase.
#[test]
fn a_rule_that_differs_from_a_phrase_in_a_verdict_says_more() {
    let (_, text) = fixtures().into_iter().find(|(name, _)| name == "adds-nothing").expect("the file");
    let category = "    category: recipient-unknown\n";
    let with = |more: &str| trial("adds", &text.replace(category, &format!("{category}{more}"))).compile().codes();
    for more in ["    retry_after: 60\n", "    permanence: permanent\n", "    scope: recipient-domain\n"] {
        assert!(!with(more).contains(&Code::AddsNothing), "{more}");
    }
    assert!(with("    reply: 550\n").contains(&Code::AddsNothing), "the phrase answers any code");
    // The same where the phrase is limited, and the rule is not.
    let of_phrase = "    reply: 5xx\n    category: recipient-unknown";
    let limited = trial("adds-limited", &text).change("phrases/en.yaml", "    category: recipient-unknown", of_phrase);
    assert!(!limited.compile().codes().contains(&Code::AddsNothing));
}
