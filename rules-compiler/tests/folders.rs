//! Mistakes of a folder or of a file as a whole.

mod skipped;
#[allow(missing_docs)]
mod trial;

use rules_compiler::diagnostic::{Code, Diagnostics};
use rules_compiler::source::load;
use skipped::skipped;
use std::fs;
use std::path::Path;
use trial::Trial;

#[test]
fn a_folder_that_is_not_there() {
    let mut diagnostics = Diagnostics::new();
    load(Path::new("no/such/catalogue/"), &mut diagnostics);
    let messages: Vec<_> = diagnostics.iter().map(|d| (d.code, d.message.as_str())).collect();
    let message = "cannot read `no/such/catalogue`: No such file or directory (os error 2)";
    assert_eq!(messages, [(Code::Unreadable, message)]);
}

#[test]
fn a_folder_where_a_file_should_be() {
    let trial = Trial::new("folder-for-file");
    fs::create_dir(trial.directory.join("codes/450.yaml")).expect("a folder");
    fs::remove_file(trial.directory.join("enhanced.yaml")).expect("a file");
    fs::create_dir(trial.directory.join("enhanced.yaml")).expect("a folder");
    insta::assert_snapshot!("unreadable", trial.check().text());
}

#[test]
fn files_that_do_not_belong_there() {
    let trial = Trial::new("unexpected").write("notes.txt", "hello").write("providers/other.yml", "id: other");
    let trial = trial.write(".hidden", "").write("codes/.421.yaml.swp", "");
    fs::create_dir(trial.directory.join("schema")).expect("a folder");
    fs::create_dir(trial.directory.join("phrases/de")).expect("a folder");
    insta::assert_snapshot!("unexpected-file", trial.check().text());
}

#[test]
fn files_in_the_folder_of_another_kind() {
    let trial = Trial::new("misplaced");
    for (from, to) in [("codes/421.yaml", "providers/421.yaml"), ("phrases/en.yaml", "codes/en.yaml")] {
        fs::rename(trial.directory.join(from), trial.directory.join(to)).expect("a file");
    }
    fs::copy(trial.directory.join("providers/sample-gate.yaml"), trial.directory.join("phrases/sample-gate.yaml"))
        .expect("a file");
    insta::assert_snapshot!("unexpected-file-of-another-kind", trial.compile().text());
}

/// One mistake: all that the copy repeats is not told again.
#[test]
fn a_copy_of_a_file_whose_id_was_not_changed() {
    let trial = Trial::new("copy");
    fs::copy(trial.directory.join("providers/example-mail.yaml"), trial.directory.join("providers/other.yaml"))
        .expect("a file");
    assert_eq!(trial.compile().codes(), [Code::NotTheFileName]);
}

/// The file under its right name is there too: the remedy is not to name this one so.
#[test]
fn a_file_beside_the_one_that_it_should_be() {
    let trial = Trial::new("beside");
    for (from, to) in [
        ("providers/sample-gate.yaml", "providers/sample-gate copy.yaml"),
        ("codes/421.yaml", "codes/0421.yaml"),
        ("codes/550.yaml", "codes/551.yaml"),
    ] {
        fs::copy(trial.directory.join(from), trial.directory.join(to)).expect("a file");
    }
    let helps: Vec<String> = trial.compile().diagnostics.iter().map(|mistake| mistake.help.clone()).collect();
    assert_eq!(
        helps,
        [
            "move what it says to `421.yaml`, which is there already, and remove this file",
            "write `551` here, or move what it says to `550.yaml`, which is there already, and remove this file",
            "move the rules to `sample-gate.yaml`, which is there already, and remove this file",
        ]
    );
}

#[test]
fn a_catalogue_without_enhanced_codes() {
    let trial = Trial::new("no-enhanced");
    fs::remove_file(trial.directory.join("enhanced.yaml")).expect("a file");
    let outcome = trial.compile();
    assert_eq!(outcome.codes(), [Code::MissingFile], "{}", outcome.text());
    assert!(outcome.text().contains("`catalogue/enhanced.yaml` is missing"), "{}", outcome.text());
}

/// One mistake: the file is there, only under another name or in another folder.
#[test]
fn a_needed_file_under_another_name() {
    for (from, to, help) in [
        ("categories.yaml", "categories.yml", "rename it to `categories.yaml`, which is missing"),
        ("categories.yaml", "Catagories.yaml", "rename it to `categories.yaml`, which is missing"),
        ("enhanced.yaml", "codes/enhanced.yaml", "move it to `enhanced.yaml`"),
    ] {
        let trial = Trial::new("other-name");
        fs::rename(trial.directory.join(from), trial.directory.join(to)).expect("a file");
        let outcome = trial.compile();
        assert_eq!(outcome.codes(), [Code::UnexpectedFile], "{}", outcome.text());
        assert_eq!(outcome.diagnostics.iter().next().expect("one").help, help);
    }
}

#[test]
fn a_file_in_another_encoding_is_told_by_its_name() {
    let text = "reply: 421\ntitle: Service not available\n";
    let wide: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    let short: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (bytes, said) in
        [(wide, "is UTF-32, not UTF-8"), (short, "is UTF-16, not UTF-8"), (vec![0; 300], "holds nothing but zeros")]
    {
        let outcome = Trial::new("encoding").write("codes/421.yaml", bytes).check();
        assert_eq!(outcome.codes(), [Code::NotUtf8]);
        assert!(outcome.text().contains(said), "{}", outcome.text());
    }
}

#[cfg(unix)]
#[test]
fn a_name_that_is_not_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let trial = Trial::new("name-latin-1");
    let name = std::ffi::OsStr::from_bytes(b"caf\xE9.yaml");
    if fs::write(trial.directory.join("providers").join(name), "id: other").is_err() {
        return skipped("this file system takes UTF-8 names only");
    }
    let outcome = trial.compile();
    assert_eq!(outcome.codes(), [Code::UnexpectedFile], "{}", outcome.text());
    assert!(outcome.text().contains("its name is not UTF-8"), "{}", outcome.text());
}

#[test]
fn a_catalogue_without_categories() {
    let trial = Trial::new("missing");
    fs::remove_file(trial.directory.join("categories.yaml")).expect("a file");
    let outcome = trial.check();
    insta::assert_snapshot!("missing-file", outcome.text());
    assert!(outcome.checked.is_none());
}

#[test]
fn a_file_that_is_not_utf8() {
    let trial = Trial::new("latin-1").write("codes/421.yaml", b"reply: 421\ntitle: Caf\xE9 closed\n");
    let outcome = trial.check();
    insta::assert_snapshot!("not-utf8", outcome.text());
    insta::assert_snapshot!("not-utf8-json", outcome.json());
}

#[test]
fn a_file_that_is_too_large() {
    let trial = Trial::new("large").write("codes/421.yaml", vec![b'#'; (4 << 20) + 1]);
    insta::assert_snapshot!("file-too-large", trial.check().text());
}

#[test]
fn a_provider_that_cannot_be_read_is_reported_once() {
    let trial = Trial::new("once").write("phrases/en.yaml", "language: [en\n");
    assert_eq!(trial.check().codes(), [Code::YamlSyntax], "sample-gate refers to a phrase of that file");
}

#[test]
fn a_category_that_many_name_is_missed_once() {
    let trial = Trial::new("renamed").change("categories.yaml", "id: recipient-unknown", "id: recipient-unknwon");
    let outcome = trial.check();
    assert_eq!(outcome.codes(), [Code::UnknownCategory]);
    let text = outcome.text();
    assert!(
        text.contains("there is no category `recipient-unknown`, which") && text.contains("categories.yaml"),
        "{text}"
    );
    assert!(outcome.diagnostics.iter().all(|diagnostic| diagnostic.fix.is_none()), "all items are right but one");
}

#[test]
fn a_long_line_is_cut() {
    let mut text =
        fs::read_to_string(Trial::new("short").directory.join("providers/sample-gate.yaml")).expect("a file");
    text.push_str(&format!("    link: {}\n", "x".repeat(3_900_000)));
    let outcome = Trial::new("long").write("providers/sample-gate.yaml", text).check();
    assert_eq!(outcome.codes(), [Code::UnknownKey]);
    assert!(outcome.text().len() < 2_000, "{}", outcome.text().len());
}

#[test]
fn the_order_of_files_is_that_of_their_ids() {
    let trial = Trial::new("order");
    for id in ["sample", "sample-gate-two"] {
        let trial = trial.directory.join(format!("providers/{id}.yaml"));
        fs::write(trial, format!("id: {id}\nname: {id}\nkind: mta\n")).expect("a file");
    }
    let outcome = trial.check();
    assert_eq!(outcome.text(), "");
    let providers = outcome.checked.expect("no mistakes").catalogue.providers;
    let ids: Vec<_> = providers.iter().map(|provider| provider.value.id.as_str()).collect();
    assert_eq!(ids, ["example-mail", "sample", "sample-gate", "sample-gate-two"]);
}

#[test]
fn nothing_that_a_file_may_hold_breaks_the_loader() {
    let deep = "a:\n".to_owned() + &(1..300).map(|n| " ".repeat(n) + "- a:\n").collect::<String>();
    let keys: String = (0..2_000).map(|n| format!("k{n}: 1\n")).collect();
    let texts = [
        "[".repeat(20_000),
        "{a: ".repeat(20_000),
        "- ".repeat(20_000),
        deep,
        keys,
        "\u{FEFF}".to_owned(),
        "~".to_owned(),
        "null: null".to_owned(),
        "? : x".to_owned(),
        "- \n- \n".to_owned(),
        "id: \"\\ud800\"".to_owned(),
        "a: !!binary x".to_owned(),
        "rules: {a: b}".to_owned(),
        "rules: [[], 1, ~, {}]".to_owned(),
        "é: [ü".to_owned(),
        "id: 123456789012345678901234567890".to_owned(),
        "id: .nan\nname: .inf\nkind: -1".to_owned(),
        "*a : b".to_owned(),
        "--- >\n".to_owned(),
        "%YAML 9.9\n---\na: b".to_owned(),
        "\r\r\n".to_owned(),
        "a: \"\n\n\n".to_owned(),
        "é\u{2028}: ü\u{85}x: y".to_owned(),
        "...\n...\n".to_owned(),
        "- - - [}".to_owned(),
        "\t".to_owned(),
        "mx: \"ü\\\n  é\"".to_owned(),
    ];
    for (index, text) in texts.iter().enumerate() {
        for path in
            ["categories.yaml", "enhanced.yaml", "codes/421.yaml", "phrases/en.yaml", "providers/example-mail.yaml"]
        {
            let outcome = Trial::new(&format!("odd-{index}")).write(path, text).check();
            assert!(outcome.diagnostics.has_errors(), "{path}: {text:.40}");
            assert!(outcome.diagnostics.iter().count() <= 60 && !outcome.text().is_empty());
            outcome.json();
        }
    }
}
