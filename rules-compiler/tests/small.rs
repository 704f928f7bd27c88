//! The small catalogue is correct.

#[allow(missing_docs)]
mod trial;

use trial::Trial;

#[test]
fn the_small_catalogue_has_no_mistakes() {
    let outcome = Trial::new("small").check();
    assert_eq!(outcome.text(), "");
    let checked = outcome.checked.expect("a catalogue without mistakes");
    assert_eq!(checked.rules.len(), 8);
}
