//! The proofs against brute force: small sets of made-up rules, tried on every reply of a few words.
//!
//! `PROPTEST_CASES` and `PROPTEST_RNG_SEED` change how many sets are made up, and which.

#[allow(missing_docs)]
mod seeded;
#[allow(missing_docs)]
mod trial;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use rules_compiler::compile::compile;
use rules_compiler::diagnostic::{Code, Diagnostic};
use rules_compiler::oracle::{Oracle, Probe, ReadReply};
use seeded::seeded;
use std::collections::BTreeSet;
use std::path::Path;
use trial::Trial;

/// All of the same length, so that rules of as many words rank alike.
const WORDS: [&str; 4] = ["alfa", "brav", "char", "delt"];

/// A made-up rule: words, of which some are a choice of two or a hole; the codes it is limited to; whom it is over.
#[derive(Debug, Clone)]
struct Made {
    slots: Vec<Slot>,
    reply: &'static str,
    transient: bool,
    over_next: bool,
    /// Written as a regular expression.
    expression: bool,
}

#[derive(Debug, Clone, Copy)]
enum Slot {
    Word(usize),
    Choice(usize, usize),
    Token,
}

impl Slot {
    fn template(self, name: usize) -> String {
        match self {
            Self::Word(word) => WORDS[word].to_owned(),
            Self::Choice(one, other) => format!("{{{}|{}}}", WORDS[one], WORDS[other]),
            Self::Token => format!("{{t{name}:token}}"),
        }
    }

    fn expression(self) -> String {
        match self {
            Self::Word(word) => WORDS[word].to_owned(),
            Self::Choice(one, other) => format!("(?:{}|{})", WORDS[one], WORDS[other]),
            Self::Token => "[^ ]+".to_owned(),
        }
    }

    fn example(self) -> &'static str {
        match self {
            Self::Word(word) | Self::Choice(word, _) => WORDS[word],
            Self::Token => "zulu",
        }
    }
}

impl Made {
    fn yaml(&self, number: usize, count: usize) -> String {
        let (key, slots): (_, Vec<String>) = match self.expression {
            true => ("regex", self.slots.iter().map(|slot| slot.expression()).collect()),
            false => ("text", self.slots.iter().enumerate().map(|(at, slot)| slot.template(at)).collect()),
        };
        let example: Vec<&str> = self.slots.iter().map(|slot| slot.example()).collect();
        let over =
            if self.over_next && number + 1 < count { format!("    over: [r{}]\n", number + 1) } else { String::new() };
        let reply = if self.reply.is_empty() { String::new() } else { format!("    reply: {}\n", self.reply) };
        let code = if self.reply.is_empty() { "550".to_owned() } else { self.reply.replace("xx", "50") };
        let category = if self.transient { "service-unavailable" } else { "recipient-unknown" };
        format!(
            "  - id: r{number}\n{over}{reply}    {key}: \"{}\"\n    category: {category}\n    explanation: Made up, for a trial of the proofs against brute force.\n    source: docs https://postmaster.example.com/codes\n    checked: 2026-11-23\n    examples: [\"{code} {}\"]\n",
            slots.join(" "),
            example.join(" ")
        )
    }

    /// Words that stand in every match.
    fn words(&self) -> usize {
        self.slots.iter().filter(|slot| !matches!(slot, Slot::Token)).count()
    }
}

fn slot() -> impl Strategy<Value = Slot> {
    prop_oneof![
        6 => (0..WORDS.len()).prop_map(Slot::Word),
        2 => (0..WORDS.len(), 0..WORDS.len()).prop_map(|(one, other)| Slot::Choice(one, other)),
        1 => Just(Slot::Token),
    ]
}

fn made() -> impl Strategy<Value = Made> {
    let reply = prop_oneof![3 => Just(""), 1 => Just("4xx"), 1 => Just("5xx")];
    (
        proptest::collection::vec(slot(), 1..4),
        reply,
        any::<bool>(),
        proptest::bool::weighted(0.4),
        proptest::bool::weighted(0.2),
    )
        .prop_map(|(slots, reply, transient, over_next, expression)| Made {
            slots,
            reply,
            transient,
            over_next,
            expression,
        })
        .prop_filter("a template needs a fixed word", |made| made.words() > 0)
}

/// Every reply of up to five words, with either code.
fn replies() -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut all = Vec::new();
    for _ in 0..5 {
        texts = texts.iter().flat_map(|text| WORDS.iter().map(move |word| format!("{text} {word}"))).collect();
        all.extend(["450", "550"].iter().flat_map(|code| texts.iter().map(move |text| format!("{code}{text}"))));
    }
    all
}

/// Whether two matches in a text overlap, by the definition of docs/decisions/0005: where neither has a hole.
fn overlaps(one: (usize, usize), other: (usize, usize), text: &[u8]) -> bool {
    let (start, end) = (one.0.max(other.0), one.1.min(other.1));
    let within = (start, end) == one || (start, end) == other;
    start < end && (within || text[start..end].split(|byte| *byte == b' ').count() >= 2)
}

fn about(diagnostics: &[&Diagnostic], code: Code, ids: &[String]) -> bool {
    diagnostics.iter().any(|diagnostic| {
        diagnostic.code == code && ids.iter().all(|id| diagnostic.message.contains(&format!("`example-mail/{id}`")))
    })
}

fn agree(rules: &[Made]) -> Result<(), TestCaseError> {
    let yaml: String = rules.iter().enumerate().map(|(number, rule)| rule.yaml(number, rules.len())).collect();
    let provider = format!(
        "id: example-mail\nname: Example Mail\nkind: mailbox\nmx: [mx.example.com]\nlinks:\n  postmaster: https://postmaster.example.com\nrules:\n{yaml}"
    );
    let trial = Trial::new("proofs").write("providers/example-mail.yaml", provider);
    let compiled = compile(&trial.directory);
    let output = compiled.output.expect("tables");
    let diagnostics: Vec<&Diagnostic> = compiled.diagnostics.iter().collect();
    if diagnostics.iter().any(|diagnostic| matches!(diagnostic.code, Code::MalformedTemplate | Code::DuplicateId)) {
        return Ok(());
    }
    let oracle = Oracle::new(&output.checked, &output.rules);
    let number = |pattern: &rules_compiler::lower::Pattern| match pattern.meaning {
        rules_compiler::lower::Meaning::Rule(rule) => {
            output.checked.written(rule).id.strip_prefix("example-mail/r")?.parse().ok()
        }
        rules_compiler::lower::Meaning::Marker(_) => None,
    };
    let mut probes: Vec<Option<Probe>> = rules.iter().map(|_| None).collect();
    for pattern in &output.rules.patterns {
        if let Some(number) = number(pattern).filter(|number: &usize| *number < rules.len()) {
            probes[number] = Some(Probe::new(pattern));
        }
    }
    let probes: Vec<Probe> = probes.into_iter().flatten().collect();
    prop_assert_eq!(probes.len(), rules.len());
    let (mut winners, mut overlapping) = (BTreeSet::new(), BTreeSet::new());
    for reply in replies() {
        winners.extend(oracle.classify(reply.as_bytes(), None, None).rule);
        let read = ReadReply::of(reply.as_bytes());
        let found: Vec<_> = probes.iter().map(|probe| probe.find(&read).filter(|found| found.suits)).collect();
        for one in 0..rules.len() {
            for other in one + 1..rules.len() {
                if let (Some(a), Some(b)) = (found[one], found[other])
                    && overlaps(a.range, b.range, read.text())
                {
                    overlapping.insert((one, other));
                }
            }
        }
    }
    let is_dead = |number: usize| {
        let end = format!("reach `example-mail/r{number}`");
        diagnostics.iter().any(|d| d.code == Code::RuleNeverWins && d.message.contains(&end))
    };
    let has_hole = |rule: &Made| rule.expression || rule.slots.iter().any(|slot| matches!(slot, Slot::Token));
    for (number, rule) in rules.iter().enumerate() {
        let id = format!("example-mail/r{number}");
        let dead = is_dead(number);
        prop_assert!(!(dead && winners.contains(&id)), "{} is said never to win, and does: {:?}", id, rules);
        if !winners.contains(&id) && !rules.iter().any(has_hole) {
            prop_assert!(dead, "{} never wins, and nobody says so: {:?}", id, rules);
        }
        for other in number + 1..rules.len() {
            let alike = rule.words() == rules[other].words()
                && rule.slots.len() == rules[other].slots.len()
                && (rule.expression == rules[other].expression || rule.slots.len() == rule.words() + 1)
                && rule.transient != rules[other].transient;
            let ids = [format!("r{number}"), format!("r{other}")];
            let said = about(&diagnostics, Code::AmbiguousRules, &ids);
            let open = about(&diagnostics, Code::ProofCutOff, &ids);
            // Of a rule that never wins only that is said.
            let settled = rules[number..other].iter().any(|rule| rule.over_next) || dead || is_dead(other);
            if said {
                prop_assert!(alike && !open, "{:?} do not rank alike: {:?}", ids, rules);
            } else if alike && !settled && !has_hole(rule) && !has_hole(&rules[other]) {
                prop_assert!(
                    !overlapping.contains(&(number, other)),
                    "{:?} overlap, and nobody says so: {:?}",
                    ids,
                    rules
                );
            }
            if said && !has_hole(rule) && !has_hole(&rules[other]) {
                prop_assert!(overlapping.contains(&(number, other)), "{:?} do not overlap: {:?}", ids, rules);
            }
        }
    }
    Ok(())
}

#[test]
fn proofs_agree_with_brute_force() {
    let mut runner = TestRunner::new(seeded(60));
    runner.run(&proptest::collection::vec(made(), 2..5), |rules| agree(&rules)).unwrap();
}

#[test]
fn the_real_catalogue_is_proved() {
    let compiled = compile(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalogue"));
    let proofs =
        [Code::RuleNeverWins, Code::AmbiguousRules, Code::ClaimsAnothersWords, Code::ProofCutOff, Code::ExampleAstray];
    let messages: Vec<&str> = compiled
        .diagnostics
        .iter()
        .filter(|diagnostic| proofs.contains(&diagnostic.code))
        .map(|diagnostic| diagnostic.message.as_str())
        .collect();
    assert!(messages.is_empty(), "{messages:#?}");
}
