//! Every value is found where it stands, however it is written.

#[allow(missing_docs)]
mod trial;

use rules_compiler::catalogue::{FileId, Place};
use rules_compiler::source::Sources;
use trial::Trial;

const FILE: &str = "\u{FEFF}id: example-mail   # é
name: 'Bücher ''n'' Post'
kind: mailbox
mx: [\"mx.example.com\", mx.example.net]
notes: |
  Öffnet um 9 Uhr,
  schließt um 5.

markers:
- \"ü \\\"quoted\\\" ü\"
- plain text # comment
links: { postmaster: https://postmaster.example.com }
rules:
  - id: größe
    explanation: >-
      Erste Zeile
      zweite Zeile

    text: before ü {email} after
    examples: [\"550 {x} ü\", '550 ü {y}']
";

fn root(sources: &Sources) -> Place {
    let file = sources.files().find(|file| sources.name(*file).ends_with("example-mail.yaml"));
    Place::root(file.unwrap_or(FileId(0)))
}

#[test]
fn values_and_keys() {
    for text in [FILE.to_owned(), FILE.replace('\n', "\r\n")] {
        let (_, outcome) = Trial::new("values").write("providers/example-mail.yaml", &text).load();
        let sources = &outcome.sources;
        let root = root(sources);
        let value = |place: &Place| sources.text(place.file)[sources.span(place).range()].replace('\r', "");
        let key = |place: &Place| &sources.text(place.file)[sources.key_span(place).range()];
        let rule = root.key("rules").index(0);
        assert_eq!(value(&root.key("id")), "example-mail");
        assert_eq!(value(&root.key("name")), "'Bücher ''n'' Post'");
        assert_eq!(value(&root.key("mx")), "[\"mx.example.com\", mx.example.net]");
        assert_eq!(value(&root.key("mx").index(0)), "\"mx.example.com\"");
        assert_eq!(value(&root.key("mx").index(1)), "mx.example.net");
        assert_eq!(value(&root.key("notes")), "Öffnet um 9 Uhr,\n  schließt um 5.");
        assert_eq!(value(&root.key("markers").index(0)), "\"ü \\\"quoted\\\" ü\"");
        assert_eq!(value(&root.key("markers").index(1)), "plain text");
        assert_eq!(value(&root.key("links")), "{ postmaster: https://postmaster.example.com }");
        assert_eq!(value(&root.key("links").key("postmaster")), "https://postmaster.example.com");
        assert_eq!(key(&root.key("links").key("postmaster")), "postmaster");
        assert_eq!(value(&rule.key("id")), "größe");
        assert_eq!(value(&rule.key("explanation")), "Erste Zeile\n      zweite Zeile");
        assert_eq!(key(&rule.key("text")), "text");
        assert!(value(&rule).starts_with("id: größe\n") && value(&rule).ends_with("'550 ü {y}']"));
        let start = sources.span(&rule.key("text")).start;
        assert_eq!(sources.line_column(root.file, start), (19, 11));
        assert_eq!(sources.line_column(root.file, start + "before ü ".len()), (19, 20));
    }
}

#[test]
fn parts_of_texts() {
    let (_, outcome) = Trial::new("parts").write("providers/example-mail.yaml", FILE).load();
    let sources = &outcome.sources;
    let rule = root(sources).key("rules").index(0);
    let part = |place: &Place, text: &str, part: &str| {
        let at = text.find(part).expect("a part of it");
        let span = sources.part_span(place, text, at..at + part.len());
        sources.text(place.file)[span.range()].to_owned()
    };
    assert_eq!(part(&rule.key("text"), "before ü {email} after", "{email}"), "{email}");
    assert_eq!(part(&rule.key("examples").index(0), "550 {x} ü", "{x}"), "{x}");
    assert_eq!(part(&rule.key("examples").index(1), "550 ü {y}", "{y}"), "{y}");
    let escaped = root(sources).key("markers").index(0);
    assert_eq!(part(&escaped, "ü \"quoted\" ü", "quoted"), "\"ü \\\"quoted\\\" ü\"", "all of it where it has escapes");
    let folded = rule.key("explanation");
    assert_eq!(part(&folded, "Erste Zeile zweite Zeile", "zweite"), "Erste Zeile\n      zweite Zeile");
}

#[test]
fn a_place_that_does_not_exist_is_the_nearest_around_it() {
    let (_, outcome) = Trial::new("nearest").load();
    let root = root(&outcome.sources);
    let links = root.key("links");
    assert_eq!(outcome.sources.span(&links.key("nothing").index(3)), outcome.sources.span(&links));
    assert_eq!(outcome.sources.span(&Place::root(FileId(99))).range(), 0..0);
    assert!(outcome.sources.line_name(&links).ends_with("providers/example-mail.yaml:9"));
}

#[test]
fn mistakes_are_underlined_where_they_are() {
    let trial = Trial::new("underlined").change(
        "providers/example-mail.yaml",
        "    text: \"Sorry, {email} is nobody at Example Mail\"",
        "    text:\n      - \"Überall {mail}, ü {ipp}\"\n      - |\n        Ümläut {emial} block\n      - \"quo\\\"ted {ipp}\"",
    );
    insta::assert_snapshot!("underlined", trial.check().text());
}
