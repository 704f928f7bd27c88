//! Lists of words: a template that names one means the same as one that writes its words out.

#[allow(missing_docs)]
mod trial;

use trial::Trial;

const LISTS: &str = "words:
  - name: person
    any: user | mailbox
  - name: missing
    any: >-
      unknown | not known |
      no longer   here
";

fn phrases(lists: &str, templates: [&str; 2]) -> String {
    let [first, second] = templates;
    format!(
        "language: en
name: English
{lists}rules:
  - id: user-unknown
    text:
      - \"{first}\"
      - \"{second}\"
    category: recipient-unknown
    explanation: The server knows no mailbox of this name. Strike the address off your list.
    source: software https://www.rfc-editor.org/rfc/rfc5321
    checked: 2026-11-23
    examples: [\"550 That user is not known\", \"550 Mailbox no longer here\"]
"
    )
}

#[test]
fn a_list_means_its_words() {
    let with = phrases(LISTS, ["{@person} {is|was|} {@missing}", "the {account|@person|} {text} {@missing|gone}"]);
    let without = phrases(
        "",
        [
            "{user|mailbox} {is|was|} {unknown|not known|no longer here}",
            "the {account|user|mailbox|} {text} {unknown|not known|no longer here|gone}",
        ],
    );
    let templates = |name: &str, text: &str| -> Vec<String> {
        let built = Trial::new(name).write("phrases/en.yaml", text).compile();
        assert!(built.codes().is_empty(), "{}", built.text());
        let checked = built.checked.expect("a good catalogue");
        checked.rules.iter().flat_map(|rule| &rule.templates).map(ToString::to_string).collect()
    };
    let written = templates("lists", &with);
    let shown = "{user|mailbox}{ is| was|} {unknown|not known|no longer here}";
    assert!(written.iter().any(|text| text == shown), "{written:?}");
    assert_eq!(written, templates("written-out", &without));
}

#[test]
fn a_rule_that_was_left_out_may_use_any_list() {
    let text = phrases(LISTS, ["{@person} {@missing}", "gone"]).replace("    category: recipient-unknown\n", "");
    let codes = Trial::new("left-out").write("phrases/en.yaml", &text).compile().codes();
    assert_eq!(codes.iter().map(|code| code.name()).collect::<Vec<_>>(), ["missing-key"]);
}
