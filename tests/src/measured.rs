//! What is measured: catalogues and sets of replies.

use crate::labelled;
use crate::project::{beside, root};
use crate::synthetic;
use rules_compiler::compile::{Output, compile};
use rules_compiler::source::Sources;
use rules_runtime::{Basis, Classifier, Tables};
use std::path::Path;
use std::time::{Duration, Instant};

/// Most replies of one set.
pub const MOST: usize = 2000;

/// A compiled catalogue.
#[derive(Debug)]
pub struct Catalogue {
    /// `built-in`, `1500` or `15000`.
    pub name: &'static str,
    /// What the compiler made of it.
    pub output: Output,
    /// The files' texts.
    pub sources: Sources,
    /// How long the compiler took, from the folder to the tables with every example tried.
    pub compile_time: Duration,
}

impl Catalogue {
    /// The project's own catalogue, then the two synthetic ones, made below a scratch folder that no
    /// other run uses at the time.
    #[must_use]
    pub fn all(scratch: &Path) -> Vec<Self> {
        let synthetic = [("1500", 1_500), ("15000", 15_000)];
        let synthetic = synthetic.map(|(name, rules)| {
            let folder = scratch.join(format!("synthetic-{name}"));
            synthetic::write(rules, &folder).expect("a folder for a synthetic catalogue");
            Self::compile(name, &folder)
        });
        std::iter::once(Self::compile("built-in", &root().join("catalogue"))).chain(synthetic).collect()
    }

    fn compile(name: &'static str, folder: &Path) -> Self {
        let start = Instant::now();
        let compiled = compile(folder);
        let compile_time = start.elapsed();
        let output = compiled.output.expect("a catalogue that can be compiled");
        Self { name, output, sources: compiled.sources, compile_time }
    }

    /// The tables.
    #[must_use]
    pub fn tables(&self) -> Tables<'_> {
        Tables::from_bytes(&self.output.rules_file).expect("tables that were just made")
    }

    /// The examples of all its rules.
    fn examples(&self) -> Vec<String> {
        let rules = &self.output.checked.catalogue.rules;
        rules.iter().flat_map(|rule| rule.value.rule.examples.clone()).collect()
    }
}

/// Replies that are measured together.
#[derive(Debug)]
pub struct Set {
    /// `examples`, `corpus` or `nothing`.
    pub name: &'static str,
    /// The replies.
    pub replies: Vec<String>,
}

impl Set {
    /// The examples of a catalogue; the corpus beside the project, if it is there; replies that match nothing in it. At most
    /// [`MOST`] each, spread over the whole.
    #[must_use]
    pub fn all(catalogue: &Catalogue) -> Vec<Self> {
        let tables = catalogue.tables();
        let mut sets = vec![Self { name: "examples", replies: spread(catalogue.examples()) }];
        if let Some(corpus) = beside("shared/corpus/dev.jsonl") {
            let texts = labelled::corpus_texts(&corpus).into_iter();
            sets.push(Self { name: "corpus", replies: spread(texts.collect()) });
        }
        let unknown = |reply: &String| {
            let basis = Classifier::new(&tables).classify(reply.as_bytes()).basis();
            !matches!(basis, Basis::ProviderRule | Basis::Phrase)
        };
        let strangers = synthetic::strangers(MOST).into_iter().filter(unknown).collect();
        sets.push(Self { name: "nothing", replies: strangers });
        sets
    }

    /// The bytes of all its replies.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.replies.iter().map(String::len).sum()
    }
}

fn spread(replies: Vec<String>) -> Vec<String> {
    let step = replies.len().div_ceil(MOST).max(1);
    replies.into_iter().step_by(step).collect()
}
