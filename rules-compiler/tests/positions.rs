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
    assert_eq!(part(&escaped, "ü \"quoted\" ü", "quoted"), "quoted");
    assert_eq!(part(&escaped, "ü \"quoted\" ü", "\"quoted\""), "\\\"quoted\\\"");
    assert_eq!(
        part(&escaped, "something else", "else"),
        "\"ü \\\"quoted\\\" ü\"",
        "all of it where it is another text"
    );
    let folded = rule.key("explanation");
    assert_eq!(part(&folded, "Erste Zeile zweite Zeile", "zweite"), "zweite");
    assert_eq!(part(&folded, "Erste Zeile zweite Zeile", "Zeile zweite"), "Zeile\n      zweite");
}

/// Line, column and text of every mistake in templates that are written in all the ways there are.
#[test]
fn mistakes_in_templates_have_their_column() {
    let ways = [
        ("text: \"caf\\u00e9 \\\"x\\\" {ipp} wrong\"", (16, 28)),
        ("text: 'it''s über {ipp} wrong'", (16, 23)),
        ("text: [\"fine words here\", 'ü {ipp} wrong']", (16, 34)),
        ("text: >-\n      Some words are\n      folded ü {ipp} here", (18, 16)),
        ("text: |\n      ünder\n        further {ipp} here", (18, 17)),
        ("text: \"over two\n      lines \\t{ipp} here\"", (17, 15)),
        ("text: plain words\n      over lines {ipp} here", (17, 18)),
        ("text:\n    - >\n      Some ü\n\n      words {ipp} here", (20, 13)),
    ];
    for (index, (written, place)) in ways.iter().enumerate() {
        for line_break in ["\n", "\r\n"] {
            let trial = Trial::new(&format!("ways-{index}-{}", line_break.len()));
            let path = trial.directory.join("providers/example-mail.yaml");
            let old = std::fs::read_to_string(path).expect("the file");
            let from = "text: \"[{code=EX01}] Messages from {ip} temporarily deferred; see {url}\"";
            assert!(old.contains(from));
            let text = old.replace(from, written).replace('\n', line_break);
            let outcome = trial.write("providers/example-mail.yaml", text).check();
            let mistakes: Vec<_> = outcome.diagnostics.iter().collect();
            assert_eq!(mistakes.len(), 1, "{written}: {}", outcome.text());
            let span = mistakes[0].span().expect("a place");
            assert_eq!(&outcome.sources.text(span.file)[span.range()], "{ipp}", "{written}");
            assert_eq!(outcome.sources.line_column(span.file, span.start), *place, "{written}");
            let edit = &mistakes[0].fix.as_ref().expect("a fix").edits[0];
            assert_eq!(&outcome.sources.text(span.file)[edit.span.range()], "ipp", "{written}");
        }
    }
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
