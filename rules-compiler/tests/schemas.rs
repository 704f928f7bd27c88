//! The schemas: every file of the catalogue is valid, and the mistakes that a schema can see are not.

#[allow(missing_docs)]
mod trial;

use jsonschema::Validator;
use rules_compiler::catalogue::{Catalogue, FileKind};
use rules_compiler::diagnostic::Diagnostics;
use rules_compiler::schema;
use rules_compiler::source::load;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// One validator for each kind of file, as an editor would read it.
struct Schemas(Vec<(FileKind, Validator)>);

impl Schemas {
    fn of(folder: &Path) -> Self {
        let catalogue: Catalogue = load(folder, &mut Diagnostics::new()).catalogue;
        let files = schema::files(Path::new("catalogue"), &catalogue.categories);
        let validators = FileKind::ALL.iter().map(|kind| {
            let name = Path::new("catalogue/schema").join(kind.schema());
            let file = files.iter().find(|file| file.path == name).expect("a schema for each kind");
            let schema: Value = serde_json::from_slice(&file.contents).expect("JSON");
            (*kind, jsonschema::draft7::new(&schema).expect("a schema"))
        });
        Self(validators.collect())
    }

    /// What is wrong with a file.
    fn errors(&self, path: &Path, text: &str) -> Vec<String> {
        let kind = FileKind::of_path(path).expect("a file of a catalogue");
        let (_, validator) = self.0.iter().find(|(known, _)| *known == kind).expect("a schema");
        let value: Value = match serde_yaml::from_str(text) {
            Ok(value) => value,
            Err(error) => return vec![error.to_string()],
        };
        validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }
}

#[test]
fn every_file_of_the_catalogue_is_valid() {
    for folder in ["tests/small", "../catalogue"] {
        let schemas = Schemas::of(&here(folder));
        let mut folders = vec![here(folder)];
        while let Some(next) = folders.pop() {
            for path in fs::read_dir(next).into_iter().flatten().flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if let Some(kind) = FileKind::of_path(&path) {
                    let text = fs::read_to_string(&path).expect("a readable file");
                    assert_eq!(schemas.errors(&path, &text), [""; 0], "{} as {kind:?}", path.display());
                }
            }
        }
    }
}

/// Fixtures, by the start of their names, whose mistakes no schema can see, each with the reason.
const UNSEEN: [(&str, &str); 62] = [
    ("repeated-", "how a rule is written is left to `rules check`"),
    ("unused-words", "needs the templates"),
    ("unknown-words", "needs the lists"),
    ("malformed-words--twice", "names are compared across entries"),
    ("malformed-words--word-twice", "words are compared with one another"),
    ("code-not-shown", "needs the reply's own reading"),
    ("invalid-value--hexadecimal", "the same number once it is read"),
    ("invalid-value--subject", "needs the other list of the file"),
    ("malformed-link--port", "an address has no other numbers"),
    ("invalid-value--sign", "the same number once it is read"),
    ("repeats-reply", "how a rule is written is left to `rules check`"),
    ("unneeded-allow", "needs every other check"),
    ("moved-", "needs the rules"),
    ("proof-", "needs a proof"),
    ("rule-never-wins", "needs a proof"),
    ("ambiguous-rules", "needs a proof"),
    ("name-spelling", "how a rule is written is left to `rules check`"),
    ("checked-in-future", "needs the day of today"),
    ("adds-nothing", "needs other rules"),
    ("hole-swallows", "needs the template's own parser"),
    ("no-advice", "how a rule is written is left to `rules check`"),
    ("too-few-letters", "needs the template's own parser"),
    ("doubtful-link", "needs to know who a host belongs to"),
    ("long-unchecked", "needs the day of today"),
    ("example-astray", "needs the matcher"),
    ("claims-anothers-words", "needs other providers"),
    ("same-explanation", "needs other rules"),
    ("blank", "a blank has the form of what belongs there"),
    ("unused-field", "needs the template and the examples"),
    ("code-without-codes", "which keys need which others is left to `rules check`"),
    ("comment-in-text", "a comment is not part of the value"),
    ("yaml-syntax--invisible", "part of a text like any other character"),
    ("yaml-syntax--joiner", "part of a text like any other character"),
    ("yaml-syntax--quotes-go-on-too-far-left", "some readers of YAML allow it"),
    ("yaml-syntax--writing-direction", "gone once the value is shown"),
    ("yaml-syntax--carriage-returns", "line ends are not part of the value"),
    ("yaml-syntax--tab-behind-colon", "some readers of YAML allow it"),
    ("duplicate-id", "ids are compared across entries"),
    ("duplicate-key", "of a key given twice a parser shows one; editors report it themselves"),
    ("insecure-link", "plain http may be allowed with a reason"),
    ("malformed-regex", "needs the expression's own parser"),
    ("malformed-template", "needs the template's own parser"),
    ("marker-without-markers", "needs the rule and its provider"),
    ("missing-category", "the ids that must occur are not a matter of form"),
    ("mx-without-hosts", "needs the rule and its provider"),
    ("not-the-file-name", "a schema does not know the file's name"),
    ("over-cycle", "needs other rules"),
    ("over-itself", "needs the rule's own id"),
    ("over-other-level", "needs other rules"),
    ("owner-name-clash", "needs other files"),
    ("phrase-requires-provider", "a phrase is a rule of the same shape"),
    ("regex-matches-nothing", "needs the expression's own parser"),
    ("regex-too-large", "needs the automaton"),
    ("regex-without-words", "needs the expression's own parser"),
    ("shared-host", "needs other files"),
    ("suppress-out-of-scope", "needs the category's scope"),
    ("template-too-large", "needs the template's own parser"),
    ("text-too-short", "needs the template's own parser"),
    ("too-many-alternatives", "templates and expressions are counted together"),
    ("unknown-rule", "needs other rules"),
    ("unreserved-name", "needs the reply's own reading"),
    ("yaml-alias", "an anchor or alias is gone once the value is read"),
];

#[test]
fn the_mistakes_that_a_schema_can_see() {
    let schemas = Schemas::of(&here("tests/small"));
    let (mut seen, mut unseen) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(here("tests/malformed")).expect("a readable folder").flatten() {
        let text = fs::read_to_string(entry.path()).expect("a readable file");
        let replaced = text.lines().next().and_then(|line| line.strip_prefix("# replaces: ")).expect("a first line");
        let name = entry.file_name().to_string_lossy().replace(".yaml", "");
        let errors = schemas.errors(Path::new(replaced), &text);
        if errors.is_empty() { unseen.push(name) } else { seen.push(name) }
    }
    let listed = |name: &&String| UNSEEN.iter().any(|(start, _)| name.starts_with(start));
    let missed: Vec<_> = unseen.iter().filter(|name| !listed(name)).collect();
    assert!(missed.is_empty(), "a schema should see, or UNSEEN give a reason for: {missed:#?}");
    let stale: Vec<_> = UNSEEN.iter().filter(|(start, _)| !unseen.iter().any(|name| name.starts_with(start))).collect();
    assert!(stale.is_empty(), "seen by the schema after all, or gone: {stale:#?}");
    assert!(seen.len() > 25, "{seen:#?}");
}

#[test]
fn a_mistake_is_where_the_author_made_it() {
    let schemas = Schemas::of(&here("tests/small"));
    let path = Path::new("providers/example-mail.yaml");
    let text = fs::read_to_string(here("tests/small").join(path)).expect("a readable file");
    for (from, to, place) in [
        ("kind: mailbox", "kind: mailbx", "/kind"),
        ("category: rate-limited", "category: rate-limit", "/rules/0/category"),
        ("stage: [rcpt, end-of-data]", "stage: [rcpt, end]", "/rules/1/stage"),
        ("retry_after: 3600", "retry_after: soon", "/rules/0/retry_after"),
        ("checked: 2026-11-23", "checked: 23.11.2026", "/rules/0/checked"),
        ("id: rate-limited", "id: Rate limited", "/rules/0/id"),
        ("reply: 421", "reply: 42", "/rules/0/reply"),
        ("mx: [mx.example.com]", "mx: [.Example.com]", "/mx/0"),
    ] {
        assert!(text.contains(from), "{from}");
        let errors = schemas.errors(path, &text.replacen(from, to, 1));
        assert_eq!(errors.len(), 1, "{to}: {errors:#?}");
        assert!(errors[0].starts_with(&format!("{place}: ")), "{to}: {errors:#?}");
    }
}

/// Where a text has a form, an editor shows what is needed and not the expression.
#[test]
fn forms_are_told_in_words() {
    fn forms<'a>(schema: &'a Value, found: &mut Vec<&'a Value>) {
        if let Some(object) = schema.as_object() {
            found.extend(object.get("pattern").filter(|pattern| pattern.is_string()).map(|_| schema));
            object.values().for_each(|value| forms(value, found));
        }
        schema.as_array().into_iter().flatten().for_each(|value| forms(value, found));
    }
    for kind in FileKind::ALL {
        let (schema, mut found) = (schema::of(kind).to_value(), Vec::new());
        forms(&schema, &mut found);
        assert!(!found.is_empty(), "{kind:?}");
        for form in found {
            assert!(form["patternErrorMessage"].is_string(), "{kind:?}: {form:#}");
        }
    }
}

#[test]
fn keys_and_names_are_described() {
    let schema = schema::of(FileKind::Provider).to_value();
    let rule = &schema["properties"]["rules"]["items"];
    for (key, value) in rule["properties"].as_object().expect("keys") {
        assert!(value["description"].as_str().is_some_and(|text| text.len() > 10), "`{key}` shows nothing on hover");
    }
    assert_eq!(rule["additionalProperties"], false);
    insta::assert_snapshot!("schema-of-action", format!("{:#}", rule["properties"]["action"]));
    insta::assert_snapshot!("schema-of-reply", format!("{:#}", rule["properties"]["reply"]));
}
