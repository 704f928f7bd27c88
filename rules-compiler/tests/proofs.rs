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

/// A rule by its template, or after `~` its expression, and more keys of it; its example.
type Side = (&'static str, &'static str, &'static str);

/// What is said of two rules of one provider, of which one means another thing than the other.
const PAIRS: &[(Side, Side, &[Code], &str)] = &[
    // Holes against holes.
    (
        ("host {host} said no", "", "host a said no"),
        ("host {domain} said no", "", "host a.b said no"),
        AMBIGUOUS,
        "550 host x.x said no",
    ),
    (
        ("client {ip} is bad", "", "client 192.0.2.1 is bad"),
        ("client {host} is bad", "", "client ab is bad"),
        AMBIGUOUS,
        "550 client x.x.x.x is bad",
    ),
    (
        ("error id {token} seen", "", "error id a seen"),
        ("error id {number} seen", "", "error id 1 seen"),
        AMBIGUOUS,
        "550 error id 1 seen",
    ),
    (
        ("user {email} is over", "", "user a@example.com is over"),
        ("user {token} is over", "", "user a is over"),
        AMBIGUOUS,
        "550 user x@x is over",
    ),
    (
        ("look at {url} here", "", "look at https://example.com here"),
        ("look at {token} here", "", "look at a here"),
        AMBIGUOUS,
        "550 look at .x here",
    ),
    (
        ("Postfach {host} größe zu", "", "Postfach a größe zu"),
        ("Postfach {domain} größe zu", "", "Postfach a.b größe zu"),
        AMBIGUOUS,
        "550 postfach x.x größe zu",
    ),
    // Holes against text: the one with more text is stronger.
    (
        ("delivery to {host} refused", "", "delivery to a refused"),
        ("delivery to mail refused", "", "delivery to mail refused"),
        NOTHING,
        "",
    ),
    // Gaps and choices.
    (
        ("host {host} was {text} refused", "", "host a was so refused"),
        ("host {domain} was {text} refused", "", "host a.b was so refused"),
        AMBIGUOUS,
        "550 host x.x was refused",
    ),
    (("mail {text} refused", "", "mail to a refused"), ("mail {text} blocked", "", "mail to a blocked"), NOTHING, ""),
    (
        ("the mailbox {is|} full now", "", "the mailbox is full now"),
        ("the mailbox {was|} full now", "", "the mailbox was full now"),
        AMBIGUOUS,
        "550 the mailbox full now",
    ),
    (
        ("the {box|crate} is shut", "", "the box is shut"),
        ("the {bin|chest} is shut", "", "the bin is shut"),
        NOTHING,
        "",
    ),
    (
        ("mail was {not|} held back", "", "mail was not held back"),
        ("mail was held {far|} back", "", "mail was held far back"),
        AMBIGUOUS,
        "550 mail was held back",
    ),
    (
        ("err {a|b}{1|2} seen here", "", "err a1 seen here"),
        ("err {b|c}{2|3} seen here", "", "err c3 seen here"),
        AMBIGUOUS,
        "550 err b2 seen here",
    ),
    (
        ("err {a|b}{1|2} seen here", "", "err a1 seen here"),
        ("err {b|c}{3|4} seen here", "", "err c3 seen here"),
        NOTHING,
        "",
    ),
    (
        ("mail from {text} not ok", "", "mail from a not ok"),
        ("mail {text} from not ok", "", "mail a from not ok"),
        AMBIGUOUS,
        "550 mail from not ok",
    ),
    // Expressions.
    (
        ("~box (?:aa|bb)+ shut", "", "box aabb shut"),
        ("~box (?:bb|cc){1,3} shut", "", "box bbcc shut"),
        AMBIGUOUS,
        "550 box bb shut",
    ),
    (
        ("~failure [a-f]{4} seen", "", "failure abcd seen"),
        ("~failure [c-z]{4} seen", "", "failure wxyz seen"),
        AMBIGUOUS,
        "550 failure cccc seen",
    ),
    (
        ("~failure [a-f]{4} seen", "", "failure abcd seen"),
        ("~failure [g-z]{4} seen", "", "failure wxyz seen"),
        NOTHING,
        "",
    ),
    (
        ("~quota (?:limit )?gone for [0-9]{1,3}", "", "quota gone for 12"),
        ("~quota (?:size )?gone for [0-9]{1,5}", "", "quota size gone for 12"),
        AMBIGUOUS,
        "550 quota gone for 1",
    ),
    // Codes, stages, evidence.
    (
        ("host {host} said no", "reply: 4xx", "450 host a said no"),
        ("host {domain} said no", "reply: 450", "450 host a.b said no"),
        AMBIGUOUS,
        "450 host x.x said no",
    ),
    (
        ("host {host} said no", "reply: 4xx", "450 host a said no"),
        ("host {domain} said no", "reply: 5xx", "host a.b said no"),
        NOTHING,
        "",
    ),
    (
        ("host {host} said no", "status: X.7.1, requires: code", "550 5.7.1 host a said no"),
        ("host {domain} said no", "status: 4.7.X, requires: code", "450 4.7.2 host a.b said no"),
        AMBIGUOUS,
        "450 4.7.1 host x.x said no",
    ),
    (
        ("host {host} said no", "status: 4.7.0, requires: code", "450 4.7.0 host a said no"),
        ("host {domain} said no", "status: 4.7.1, requires: code", "450 4.7.1 host a.b said no"),
        NOTHING,
        "",
    ),
    (
        ("host {host} said no", "stage: mail", "host a said no"),
        ("host {domain} said no", "stage: rcpt", "host a.b said no"),
        NOTHING,
        "",
    ),
    (
        ("host {host} said no", "stage: mail", "host a said no"),
        ("host {domain} said no", "", "host a.b said no"),
        AMBIGUOUS,
        "550 host x.x said no",
    ),
    (
        ("host {host} said no", "requires: mx", "host a said no"),
        ("host {domain} said no", "requires: marker", "host a.b said no - exmailsmtp"),
        AMBIGUOUS,
        "550 host x.x said no",
    ),
    (
        ("box {token} is shut", "requires: marker", "box a is shut - exmailsmtp"),
        ("box {number} is shut", "requires: mx", "box 1 is shut"),
        AMBIGUOUS,
        "550 box 1 is shut - exmailsmtp` from `mx.mx.example.com`",
    ),
    (
        ("box {token} is shut", "requires: [mx,marker]", "box a is shut - exmailsmtp"),
        ("box {number} is shut", "requires: marker", "box 1 is shut - exmailsmtp"),
        AMBIGUOUS,
        "550 box 1 is shut - exmailsmtp`",
    ),
    (
        ("box {token} is shut", "status: 4.2.X, requires: code", "450 4.2.2 box a is shut"),
        ("box {number} is shut", "status: 4.X.1, requires: code", "450 4.1.1 box 1 is shut"),
        AMBIGUOUS,
        "450 4.2.1 box 1 is shut",
    ),
    // Places.
    (
        ("host {host} said no", "match: prefix", "host a said no"),
        ("host {domain} said no", "match: suffix", "host a.b said no"),
        AMBIGUOUS,
        "550 host x.x said no",
    ),
    (
        ("host {host} said no", "match: whole", "host a said no"),
        ("host {domain} said no", "", "host a.b said no"),
        AMBIGUOUS,
        "550 host x.x said no",
    ),
    (
        ("alpha beta ga", "match: prefix", "alpha beta ga"),
        ("delta eps zet", "match: prefix", "delta eps zet"),
        NOTHING,
        "",
    ),
    // Order.
    (
        ("host {host} said no", "last_resort: true", "host a said no"),
        ("host {domain} said no", "", "host a.b said no"),
        NOTHING,
        "",
    ),
    (
        ("host {host} said no", "over_quoted: true", "host a said no"),
        ("host {domain} said no", "", "host a.b said no"),
        AMBIGUOUS,
        "550 host x.x said no",
    ),
    (
        ("host {host} said no", "over: [other]", "host a said no"),
        ("host {domain} said no", "", "host -a.b said no"),
        NOTHING,
        "",
    ),
    // About the recipient, and about something else.
    (
        ("host {host} said no", "over_recipients: true", "host a said no"),
        ("host {domain} said no", "scope: recipient", "host -a.b said no"),
        NOTHING,
        "",
    ),
    (
        ("host {host} said no", "over_recipients: true", "host a said no"),
        ("host {domain} said no", "scope: sender", "host a.b said no"),
        AMBIGUOUS,
        "550 host x.x said no",
    ),
    (
        ("host {host} said no", "over_recipients: true", "host a said no"),
        ("host {domain} said no", "scope: recipient, over: [one]", "host a.b said no"),
        NOTHING,
        "",
    ),
    // One takes all that the other matches.
    (("mailbox is full", "", "mailbox is full"), ("Mailbox IS full", "", "mailbox is full"), NEVER, ""),
    (
        ("mailbox is full now", "", "mailbox is full now"),
        ("the mailbox is full now", "last_resort: true", "the mailbox is full now"),
        NEVER,
        "",
    ),
    (
        ("domain {token} is bad", "over: [other]", "domain a is bad"),
        ("domain {domain} is bad", "", "domain a.b is bad"),
        NEVER,
        "",
    ),
];

const NOTHING: &[Code] = &[];
const AMBIGUOUS: &[Code] = &[Code::AmbiguousRules];
const NEVER: &[Code] = &[Code::RuleNeverWins];

#[test]
fn pairs_of_rules() {
    for (one, other, codes, witness) in PAIRS {
        let rule = |id: &str, (text, keys, example): &Side, category: &str| {
            let (key, text) = text.strip_prefix('~').map_or(("text", *text), |regex| ("regex", regex));
            let keys: String =
                keys.split(", ").filter(|key| !key.is_empty()).map(|key| format!("    {key}\n")).collect();
            let code = if example.starts_with(['4', '5']) { "" } else { "550 " };
            format!(
                "  - id: {id}\n    {key}: '{text}'\n{keys}    category: {category}\n    explanation: Made up as {id}, for a trial of the proofs on pairs of rules.\n    source: docs https://postmaster.example.com/codes\n    checked: 2026-11-23\n    examples: ['{code}{example}']\n"
            )
        };
        let provider = format!(
            "id: example-mail\nname: Example Mail\nkind: mailbox\nmx: [mx.example.com]\nmarkers: ['- exmailsmtp']\nlinks:\n  postmaster: https://postmaster.example.com\nrules:\n{}{}",
            rule("one", one, "rate-limited"),
            rule("other", other, "service-unavailable")
        );
        let outcome = Trial::new("pairs").write("providers/example-mail.yaml", provider).compile();
        let errors: Vec<Code> = outcome
            .diagnostics
            .iter()
            .filter(|found| found.code.id().starts_with('E'))
            .map(|found| found.code)
            .collect();
        assert_eq!(errors, *codes, "{one:?} {other:?}: {}", outcome.text());
        assert!(outcome.text().contains(witness), "{one:?} {other:?}: {}", outcome.text());
    }
}
