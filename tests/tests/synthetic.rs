//! The made-up catalogues of the measurements.

use rules_compiler::compile::compile;
use rules_compiler::diagnostic::Severity;
use rules_runtime::{Basis, Classifier, Tables};
use rules_tests::synthetic;
use std::path::Path;

/// Every example is won by its own rule, or the compiler would say so, and no stranger by any.
#[test]
fn a_made_up_catalogue_compiles_and_knows_its_own_replies_only() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("synthetic");
    synthetic::write(400, &folder).expect("a folder");
    let compiled = compile(&folder);
    let errors: Vec<String> = compiled
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity() == Severity::Error)
        .map(|diagnostic| diagnostic.message.clone())
        .collect();
    assert_eq!(errors, [""; 0]);
    let output = compiled.output.expect("tables");
    assert_eq!(output.checked.rules.len(), 400);
    let tables = Tables::from_bytes(&output.rules_file).expect("tables");
    for reply in synthetic::strangers(500) {
        let basis = Classifier::new(&tables).classify(reply.as_bytes()).basis();
        assert!(!matches!(basis, Basis::ProviderRule | Basis::Phrase), "{reply}");
    }
}

#[test]
fn the_same_number_of_rules_is_the_same_catalogue() {
    let (one, two) = (synthetic::strangers(50), synthetic::strangers(80));
    assert_eq!(one, two[..50]);
}
