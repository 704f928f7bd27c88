//! The small catalogue is correct.

#[allow(missing_docs)]
mod trial;

use rules_compiler::diagnostic::Code;
use trial::Trial;

#[test]
fn the_small_catalogue_has_no_mistakes() {
    let outcome = Trial::new("small").check();
    assert_eq!(outcome.text(), "");
    let checked = outcome.checked.expect("a catalogue without mistakes");
    assert_eq!(checked.rules.len(), 8);
}

/// A word of thirteen letters that only hints at a meaning, beside two words that say it.
const HINT: &str = r#"language: en
name: English
rules:
  - id: no-reason
    text: inadvertently
    category: unclassified
    last_resort: true
    explanation: Nothing is said but a word that many things could stand behind. Read the whole reply.
    source: observed
    checked: 2026-11-23
    examples:
      - "550 Inadvertently"

  - id: user-unknown
    text: user unknown
    category: recipient-unknown
    explanation: The server knows no mailbox of this name. Strike the address off your list.
    source: software https://www.rfc-editor.org/rfc/rfc5321
    checked: 2026-11-23
    examples:
      - "550 5.1.1 Inadvertently, user unknown"
"#;

#[test]
fn a_rule_of_the_last_resort_gives_way_to_a_shorter_one() {
    let outcome = Trial::new("last-resort").write("phrases/en.yaml", HINT).compile();
    assert_eq!(outcome.codes(), [], "{}", outcome.text());
    let eager = HINT.replace("    last_resort: true\n", "");
    let outcome = Trial::new("no-last-resort").write("phrases/en.yaml", eager).compile();
    assert_eq!(outcome.codes(), [Code::ExampleAstray], "{}", outcome.text());
}
