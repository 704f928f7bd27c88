//! The engine against the oracle, on replies made out of the catalogue as `differential.rs` of the compiler makes them.

use super::replies::{self, Base, Reply};
use super::reply::classifier;
use crate::project::{examples, output};
use crate::random::Random;
use proptest::strategy::{BoxedStrategy, Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rules_compiler::oracle::{Oracle, OracleVerdict};
use rules_runtime::builtin;
use rules_runtime::container::hash;
use std::sync::LazyLock;

static ORACLE: LazyLock<Oracle> = LazyLock::new(|| Oracle::new(&output().checked, &output().rules));

/// The examples and the templates, and the hosts that evidence may name.
static MATERIAL: LazyLock<(Vec<Base>, Vec<String>)> = LazyLock::new(|| {
    let reply = |text: &str| text.as_bytes().to_vec();
    let examples = examples().into_iter();
    let examples = examples
        .map(|example| Base::Example(Reply { text: reply(example.text), mx: example.mx, stage: example.stage }));
    let templates = output().rules.patterns.iter().filter_map(Base::template);
    let hosts = output().rules.mx.iter().map(|(suffix, _)| format!("mx1.{suffix}"));
    (examples.chain(templates).collect(), hosts.collect())
});

thread_local! {
    static STRATEGY: BoxedStrategy<Reply> = {
        let (bases, hosts) = MATERIAL.clone();
        replies::strategy(bases, hosts).boxed()
    };
}

/// The reply that this input stands for.
pub fn made_up(input: &[u8]) -> Reply {
    // Not by the input's bytes themselves: behind their end proptest reads zeros, which its choice of a number below
    // another rejects for ever.
    let mut random = Random::new(hash(input));
    let seed = [random.number(), random.number()].map(u64::to_le_bytes).concat();
    let choices = TestRng::from_seed(RngAlgorithm::XorShift, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), choices);
    STRATEGY.with(|strategy| strategy.new_tree(&mut runner).expect("nothing is rejected").current())
}

/// Classifies a reply that the input makes out of the catalogue, by the engine and by the oracle.
///
/// # Panics
///
/// Where they disagree.
pub fn oracle(input: &[u8]) {
    let reply = made_up(input);
    let verdict = classifier(builtin(), &reply).classify(&reply.text);
    let engine = OracleVerdict {
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
    };
    let oracle = ORACLE.classify(&reply.text, reply.mx.as_deref(), reply.stage);
    assert_eq!(engine, oracle, "engine (left) and oracle (right) on {reply:?}");
}
