//! The engine against the oracle: the same verdict for every reply, published, made up or mutilated.
//!
//! `PROPTEST_CASES` and `PROPTEST_RNG_SEED` change how many replies are made up, and which.

#[allow(missing_docs)]
#[path = "differential/replies.rs"]
mod replies;
mod skipped;
#[allow(missing_docs)]
mod trial;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngSeed, TestRunner};
use replies::{Base, Reply};
use rules_compiler::check::{Checked, RuleIndex};
use rules_compiler::compile::compile;
use rules_compiler::diagnostic::{Severity, Style, render_all};
use rules_compiler::lower::Rules;
use rules_compiler::oracle::{Oracle, OracleVerdict, Standing};
use rules_runtime::{Classifier, FieldType, Stage, Tables};
use skipped::skipped;
use std::path::Path;
use std::sync::LazyLock;

/// How many disagreements are shown.
const SHOWN: usize = 30;

/// A catalogue for the engine and for the oracle.
struct Subject {
    checked: Checked,
    rules: Rules,
    oracle: Oracle,
    tables: Tables<'static>,
}

impl Subject {
    fn new(catalogue: &Path) -> Self {
        let compiled = compile(catalogue);
        let (diagnostics, sources) = (&compiled.diagnostics, &compiled.sources);
        if diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error) {
            eprintln!("{}\nRules with errors are left out.", render_all(diagnostics, sources, Style::Plain));
        }
        let output = compiled.output.expect("a catalogue that can be compiled");
        let bytes: &'static [u8] = output.rules_file.leak();
        let tables = Tables::from_bytes(bytes).expect("a .rules file as the compiler writes it");
        let oracle = Oracle::new(&output.checked, &output.rules);
        Self { checked: output.checked, rules: output.rules, oracle, tables }
    }

    fn engine(&self, reply: &Reply) -> OracleVerdict {
        let mut classifier = Classifier::new(&self.tables);
        if let Some(mx) = &reply.mx {
            classifier = classifier.mx(mx);
        }
        if let Some(stage) = reply.stage {
            classifier = classifier.stage(stage);
        }
        let verdict = classifier.classify(&reply.text);
        OracleVerdict {
            category: verdict.category().name().to_owned(),
            permanence: verdict.permanence(),
            action: verdict.action(),
            scope: verdict.scope(),
            suppress: verdict.suppress(),
            provider: verdict.provider().map(|provider| provider.id().to_owned()),
            rule: verdict.rule().map(|rule| rule.id().to_owned()),
            basis: verdict.basis(),
            reply_code: verdict.reply_code(),
            enhanced_code: verdict.enhanced_code().map(|code| (code.class, code.subject, code.detail)),
            fields: verdict.fields().map(|(name, kind, value)| (name.to_owned(), kind, value.to_owned())).collect(),
        }
    }

    /// What the engine says otherwise than the oracle.
    fn disagreement(&self, reply: &Reply) -> Result<(), String> {
        let engine = self.engine(reply);
        let oracle = self.oracle.classify(&reply.text, reply.mx.as_deref(), reply.stage);
        if engine == oracle {
            return Ok(());
        }
        let differing = facts(&engine).into_iter().zip(facts(&oracle)).filter(|(engine, oracle)| engine != oracle);
        let lines =
            differing.map(|((name, engine), (_, oracle))| format!("  {name}: engine {engine}, oracle {oracle}\n"));
        Err(format!("{reply:?}\n{}", lines.collect::<String>()))
    }

    /// Tries all, and shows the shortest disagreements.
    fn agree_on(&self, replies: impl Iterator<Item = Reply>) {
        let mut count = 0;
        let mut disagreements = Vec::new();
        for reply in replies {
            count += 1;
            disagreements.extend(self.disagreement(&reply).err().map(|text| (reply.text.len(), text)));
        }
        disagreements.sort();
        let shown: String = disagreements.iter().take(SHOWN).map(|(_, text)| text.as_str()).collect();
        assert!(disagreements.is_empty(), "they disagree on {} of {count} replies:\n{shown}", disagreements.len());
        assert!(count > 0, "nothing was compared");
    }

    /// Every example with the evidence that its rule asks for.
    fn examples(&self) -> impl Iterator<Item = (RuleIndex, Reply)> {
        (0..self.checked.rules.len()).map(RuleIndex).flat_map(|index| {
            let (rule, written) = (&self.checked.rules[index.0], self.checked.written(index));
            let requires_mx = rule.requires.iter().any(|requirement| requirement.name() == "mx");
            let provider = self.checked.provider(written.owner).filter(|_| requires_mx);
            let mx = provider.and_then(|provider| provider.mx.first()).map(|suffix| format!("mx.{suffix}"));
            let stage = rule.stage.first().and_then(|stage| Stage::from_name(stage.name()));
            let reply = move |text: &String| Reply { text: text.clone().into_bytes(), mx: mx.clone(), stage };
            written.rule.examples.iter().map(move |text| (index, reply(text)))
        })
    }

    /// Makes replies up from the examples and the templates.
    fn agree_on_any(&self, cases: u32) {
        let examples = self.examples().map(|(_, reply)| Base::Example(reply));
        let templates = self.rules.patterns.iter().filter_map(Base::template);
        let bases: Vec<Base> = examples.chain(templates).collect();
        let hosts: Vec<String> = self.rules.mx.iter().map(|(suffix, _)| format!("mx1.{suffix}")).collect();
        let mut config = Config::default();
        if matches!(config.rng_seed, RngSeed::Random) {
            config.rng_seed = RngSeed::Fixed(0);
        }
        let cases = std::env::var("PROPTEST_CASES").map_or(cases, |cases| cases.parse().expect("a number of cases"));
        // No shrinking: the shortest of many disagreements is short enough, and the others are of interest too.
        let (strategy, mut runner) = (replies::strategy(bases, hosts), TestRunner::new(config));
        self.agree_on((0..cases).map(|_| strategy.new_tree(&mut runner).expect("nothing is rejected").current()));
    }
}

/// Every part of a verdict with its name.
fn facts(verdict: &OracleVerdict) -> [(&'static str, String); 11] {
    let field = |(name, kind, value): &(String, FieldType, Vec<u8>)| {
        format!("{name}:{kind} {:?}", value.escape_ascii().to_string())
    };
    [
        ("category", verdict.category.clone()),
        ("permanence", verdict.permanence.to_string()),
        ("action", verdict.action.to_string()),
        ("scope", verdict.scope.to_string()),
        ("suppress", verdict.suppress.to_string()),
        ("provider", format!("{:?}", verdict.provider)),
        ("rule", format!("{:?}", verdict.rule)),
        ("basis", verdict.basis.to_string()),
        ("reply code", format!("{:?}", verdict.reply_code)),
        ("enhanced code", format!("{:?}", verdict.enhanced_code)),
        ("fields", format!("[{}]", verdict.fields.iter().map(field).collect::<Vec<_>>().join(", "))),
    ]
}

static REAL: LazyLock<Subject> =
    LazyLock::new(|| Subject::new(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalogue")));

/// A small catalogue with a template for every kind of hole, gap, place and evidence.
static TRICKY: LazyLock<Subject> = LazyLock::new(|| {
    let categories = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalogue/categories.yaml");
    let trial = trial::Trial::new("differential")
        .write("categories.yaml", std::fs::read(categories).expect("the catalogue's categories"))
        .write("providers/tricky.yaml", include_str!("differential/tricky.yaml"))
        .write("providers/tricky-mta.yaml", include_str!("differential/tricky-mta.yaml"));
    Subject::new(&trial.directory)
});

#[test]
fn every_example_is_its_rules_by_the_oracle() {
    for subject in [&*REAL, &*TRICKY] {
        for (index, example) in subject.examples() {
            let candidates = subject.oracle.candidates(&example.text, example.mx.as_deref(), example.stage);
            let winner = candidates.first().filter(|candidate| candidate.standing == Standing::Won);
            let id = &subject.checked.written(index).id;
            assert_eq!(winner.map(|winner| &winner.rule), Some(id), "{}", example.text.escape_ascii());
        }
    }
}

#[test]
fn they_agree_on_every_example() {
    REAL.agree_on(REAL.examples().map(|(_, reply)| reply));
    TRICKY.agree_on(TRICKY.examples().map(|(_, reply)| reply));
}

#[test]
fn they_agree_on_real_replies() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let files = ["corpus/dev.jsonl", "facts/replies.jsonl"].map(|file| shared.join(file));
    for file in files {
        let Ok(lines) = std::fs::read_to_string(&file) else {
            skipped(&format!("there is no {}", file.display()));
            continue;
        };
        REAL.agree_on(lines.lines().flat_map(replies::published));
    }
}

/// Many hits at many places: what the engine may spend on a reply must be enough for them. Every third, as the oracle
/// takes long for texts like these.
#[test]
fn they_agree_on_repeated_examples() {
    let repeated = |reply: Reply| Reply { text: [reply.text.as_slice(); 4].join(&b" "[..]), ..reply };
    REAL.agree_on(REAL.examples().step_by(3).map(|(_, reply)| repeated(reply)));
    TRICKY.agree_on(TRICKY.examples().map(|(_, reply)| repeated(reply)));
}

#[test]
fn they_agree_on_mutilated_replies() {
    REAL.agree_on_any(1_000);
}

#[test]
fn they_agree_on_tricky_templates() {
    TRICKY.agree_on_any(20_000);
}

/// Codes that are repeated, quoted, or spliced into the words.
#[test]
fn they_agree_where_they_once_differed() {
    let replies: [&[u8]; 13] = [
        b"550-5.1.1 Remote Server returned '550 5.1.1 Sorry, <someone@example.com>'",
        b"550 5.4.300 Remote Server returned 'message is held'550 5.4.300 Remote Server returned 'message is held'",
        b"552 5.2.2 bo\xc3\xaete\n552 5.2.2 pleine\n552 '550 5.2.2 ras",
        b"550-\r\n#< #5.1.1 smtp;550 Hyperon 1. 2 schl\xc3\xa4ft> #SMTP#",
        b"550-5.1.1 #< #5.1.1 550 5.1.1  smtp;550 5.1.1 chargino rejects> #SMTP#",
        b"21-421-SG-7: 421-too many recipients from [192.0.2.1]",
        b"5.7.1\r\n 5.7.1 neutrinos exceed 3",
        b"FiNal\nmUon\r\n550-5.'550 1.1\nmOrE\r\nIS\nlAte",
        b"550-\r\n\xf3 '550 stop because of axion wind",
        b"The response from the remote server was: 550 5.1.1 '550 cuda_nsu 5.1.1 <user@example.com>... User unknown",
        b"554 5.7.26 link <url> in the mail\r\n554 5.7.26 link <url> in the mail",
        b"550\r\n550 blocked by Validityhost mx.example.com[192.0.2.1]\r\n550 said: 550 5.1.1 noOXSEU001_102\r\n550\r\n550 blocked by Validityhost mx.example.com[192.0.2.1]\r\n550 said: 550 5.1.1 noOXSEU001_102",
        b"550 5.4.300 Remote Server\r\nreturned '450 SG-901: address\r\n 550\r\n 550 5.4.300 5.4.300 unknown'",
    ];
    let reply = |text: &&[u8]| Reply { text: text.to_vec(), mx: None, stage: None };
    for subject in [&*REAL, &*TRICKY] {
        subject.agree_on(replies.iter().map(reply));
    }
}
