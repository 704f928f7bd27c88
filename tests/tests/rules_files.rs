//! Files of every version of the format: the program's own is loaded, of every other it says what to do.

use rules_runtime::container::FORMAT_VERSION;
use rules_runtime::{Basis, Classifier, LoadError, Tables};
use rules_tests::project::root;
use std::collections::BTreeMap;

const REPLY: &[u8] =
    b"421 4.7.0 [EX01] Messages from 192.0.2.7 temporarily deferred; see https://postmaster.example.com/ex01";

/// Each version's file.
fn files() -> BTreeMap<u32, Vec<u8>> {
    let folder = root().join("tests/data/rules-files");
    let entries = std::fs::read_dir(folder).expect("a readable folder").map(|entry| entry.expect("an entry").path());
    let files = entries.filter(|path| path.extension().is_some_and(|extension| extension == "rules"));
    files
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let version = name.strip_prefix('v').and_then(|name| name.split('-').next()?.parse().ok());
            let bytes = std::fs::read(&path).expect("a readable file");
            (version.unwrap_or_else(|| panic!("{name} does not start with its version: v1-…")), bytes)
        })
        .collect()
}

#[test]
fn there_is_a_file_of_every_version_up_to_this_one() {
    assert_eq!(files().into_keys().collect::<Vec<_>>(), (1..=FORMAT_VERSION).collect::<Vec<_>>());
}

#[test]
fn a_file_of_this_version_is_loaded_and_classifies() {
    let files = files();
    let tables = Tables::from_bytes(&files[&FORMAT_VERSION]);
    let tables = tables.unwrap_or_else(|error| panic!("v{FORMAT_VERSION}: {error} (see the README beside the file)"));
    let verdict = Classifier::new(&tables).classify(REPLY);
    assert_eq!(verdict.rule().map(|rule| rule.id()), Some("example-mail/rate-limited"));
    assert_eq!(verdict.basis(), Basis::ProviderRule);
    let fields: Vec<_> = verdict.fields().map(|(name, _, value)| (name, value)).collect();
    let url = &b"https://postmaster.example.com/ex01"[..];
    assert_eq!(fields, [("code", &b"EX01"[..]), ("ip", b"192.0.2.7"), ("url", url)]);
}

#[test]
fn a_file_of_another_version_says_which_it_is_and_what_to_do() {
    for (version, file) in files().into_iter().filter(|(version, _)| *version != FORMAT_VERSION) {
        let error = Tables::from_bytes(&file).unwrap_err();
        assert_eq!(error, LoadError::Version { found: version });
        let message = error.to_string();
        for part in [format!("version {version}"), format!("version {FORMAT_VERSION}"), "rules build".to_owned()] {
            assert!(message.contains(&part), "{message}");
        }
    }
}
