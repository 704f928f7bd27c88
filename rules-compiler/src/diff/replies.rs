//! The replies that are tried.

use crate::analyse::host_and_stage;
use crate::check::{Checked, RuleIndex};
use rules_runtime::{Classifier, Stage, Tables, Verdict};

/// A reply and what is known besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// As a server or a log gives it.
    pub text: Vec<u8>,
    /// The host that answered.
    pub mx: Option<String>,
    /// The command that was answered.
    pub stage: Option<Stage>,
    /// Where it comes from: `example of yahoo/tss04`, `line 3`.
    pub origin: String,
}

impl Reply {
    /// What it means by these tables.
    #[must_use]
    pub fn verdict<'a>(&'a self, tables: &'a Tables<'a>) -> Verdict<'a> {
        let classifier = Classifier::new(tables);
        let classifier = self.mx.as_deref().map_or(classifier, |mx| classifier.mx(mx));
        self.stage.map_or(classifier, |stage| classifier.stage(stage)).classify(&self.text)
    }

    /// What makes it another reply than others.
    pub(super) fn identity(&self) -> (&[u8], Option<&str>, Option<&'static str>) {
        (&self.text, self.mx.as_deref(), self.stage.map(Stage::name))
    }
}

/// The examples of a catalogue, each with the evidence with which it is tried when the catalogue is checked.
pub fn examples(checked: &Checked) -> impl Iterator<Item = Reply> {
    checked.rules.iter().enumerate().flat_map(|(index, rule)| {
        let written = checked.written(RuleIndex(index));
        let (mx, stage) = host_and_stage(checked, rule, written.owner);
        let origin = format!("example of {}", written.id);
        written.rule.examples.iter().map(move |example| Reply {
            text: example.clone().into_bytes(),
            mx: mx.clone(),
            stage,
            origin: origin.clone(),
        })
    })
}
