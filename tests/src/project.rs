//! The project's folder and its catalogue.

use rules_compiler::compile::{Compiled, Output, compile};
use rules_runtime::{Classifier, Stage, Tables, Verdict};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The project's root.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the project's folder")
}

/// A file beside the project, such as `shared/corpus/dev.jsonl`; nothing where it is not there, which is said loudly.
#[must_use]
pub fn beside(path: &str) -> Option<String> {
    let path = root().join("..").join(path);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) => {
            skipped(&format!("{}: {error}", path.display()));
            None
        }
    }
}

/// Says that the test which runs in this thread was left out, and why: past the standard error that `cargo test` keeps to
/// itself where a test passes.
fn skipped(why: &str) {
    let thread = std::thread::current();
    let line = format!("SKIPPED {}: {why}\n", thread.name().unwrap_or("a test"));
    // Where even that cannot be said, nobody is listening.
    let _ = std::io::stderr().write_all(line.as_bytes());
}

static CATALOGUE: LazyLock<Compiled> = LazyLock::new(|| compile(&root().join("catalogue")));

/// The project's catalogue, compiled now, with the files' texts and everything that is wrong with it.
#[must_use]
pub fn compiled() -> &'static Compiled {
    &CATALOGUE
}

/// What the project's catalogue becomes.
#[must_use]
pub fn output() -> &'static Output {
    compiled().output.as_ref().expect("a catalogue that can be compiled")
}

/// The folder of a small catalogue, made up and correct.
#[must_use]
pub fn small_folder() -> &'static Path {
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| root().join("rules-compiler/tests/small"));
    &FOLDER
}

/// What the small catalogue becomes.
#[must_use]
pub fn small() -> &'static Output {
    static SMALL: LazyLock<Compiled> = LazyLock::new(|| compile(small_folder()));
    SMALL.output.as_ref().expect("a catalogue that can be compiled")
}

/// A catalogue's example, with the evidence that its rule asks for.
#[derive(Debug, Clone)]
pub struct Example {
    /// The public id of its rule.
    pub rule: &'static str,
    /// The reply.
    pub text: &'static str,
    /// The host that answered.
    pub mx: Option<String>,
    /// The command that was answered.
    pub stage: Option<Stage>,
}

impl Example {
    /// What the tables say about a reply that comes with this example's evidence.
    #[must_use]
    pub fn judge<'a>(&self, tables: &'a Tables<'a>, reply: &'a [u8]) -> Verdict<'a> {
        let mut classifier = Classifier::new(tables);
        if let Some(mx) = &self.mx {
            classifier = classifier.mx(mx);
        }
        if let Some(stage) = self.stage {
            classifier = classifier.stage(stage);
        }
        classifier.classify(reply)
    }
}

/// Every example of the project's catalogue.
#[must_use]
pub fn examples() -> Vec<Example> {
    let checked = &output().checked;
    let mut examples = Vec::new();
    for (rule, written) in checked.rules.iter().zip(&checked.catalogue.rules) {
        let written = &written.value;
        let requires_mx = rule.requires.iter().any(|requirement| requirement.name() == "mx");
        let provider = checked.provider(written.owner).filter(|_| requires_mx);
        let mx = provider.and_then(|provider| provider.mx.first()).map(|suffix| format!("mx.{suffix}"));
        let stage = rule.stage.first().and_then(|stage| Stage::from_name(stage.name()));
        examples.extend(written.rule.examples.iter().map(|text| Example {
            rule: &written.id,
            text,
            mx: mx.clone(),
            stage,
        }));
    }
    examples
}
