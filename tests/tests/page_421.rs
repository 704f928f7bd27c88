//! Each of the published page's replies gets its verdict, as published, with other values, and in every guise in which a reply
//! reaches a sender.

use rules_runtime::Classifier;
use rules_tests::answer::Answer;
use rules_tests::guises::{quoted, rewritten};
use rules_tests::page::{self, Expected};
use std::collections::BTreeSet;

/// What is wrong with the verdict on a text, if anything. Letters of fields are compared in either case.
fn wrong(expected: &Expected, guise: &str, text: &str, mx: Option<&str>) -> Option<String> {
    let of = expected.of;
    let classifier = mx.map_or(Classifier::builtin(), |mx| Classifier::builtin().mx(mx));
    let answer = Answer::of(&classifier.classify(text.as_bytes()));
    let lower = |fields: &[(String, String)]| {
        fields.iter().map(|(name, value)| (name.clone(), value.to_lowercase())).collect::<Vec<_>>()
    };
    let checks = [
        ("rule", answer.rule.as_deref() == Some(of.rule)),
        ("category", answer.category == of.category),
        ("permanence", answer.permanence == "transient"),
        ("provider", answer.provider.as_deref() == Some(of.provider())),
        ("suppress", answer.suppress == "no"),
        ("basis", answer.basis == "provider-rule"),
        ("reply", answer.reply == expected.wire.code),
        ("status", answer.status.as_deref() == expected.wire.status),
        ("fields", lower(&answer.fields) == lower(&expected.fields)),
    ];
    let wrong: Vec<&str> = checks.iter().filter(|(_, right)| !right).map(|(name, _)| *name).collect();
    let fields = &expected.fields;
    let rule = of.rule;
    (!wrong.is_empty())
        .then(|| format!("{guise}: wrong {}\n  {:?}\n  {answer:?}\n  wanted {rule} {fields:?}", wrong.join(", "), text))
}

/// Shows all that is wrong.
fn nothing_wrong(total: usize, wrong: &[String]) {
    assert!(total > 0, "nothing was tried");
    // One of each kind says enough.
    let kind = |text: &&String| {
        let (first, wanted) = (text.lines().next().unwrap_or_default(), text.lines().next_back().unwrap_or_default());
        format!("{first}{}", wanted.split('[').next().unwrap_or_default())
    };
    let mut seen = BTreeSet::new();
    let shown: Vec<&str> = wrong.iter().filter(|text| seen.insert(kind(text))).take(25).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} of {total}:\n{}", wrong.len(), shown.join("\n"));
}

/// Tries every reply in the guises that `guises` makes of it.
fn try_all(guises: impl Fn(&Expected) -> Vec<(&'static str, String)>) {
    let mut total = 0;
    let mut failures = Vec::new();
    for expected in page::all() {
        for (guise, text) in guises(&expected) {
            total += 1;
            failures.extend(wrong(&expected, guise, &text, expected.of.mx));
        }
    }
    nothing_wrong(total, &failures);
}

#[test]
fn the_page_has_all_its_providers() {
    let mut providers: Vec<&str> = page::REPLIES.iter().map(page::PageReply::provider).collect();
    providers.dedup();
    let known = "barracuda symantec-email-security-cloud exchange-online godaddy google outlook-com proofpoint rackspace yahoo \
                 yandex apple";
    assert_eq!(providers, known.split_whitespace().collect::<Vec<_>>());
    let Some(seed) = rules_tests::project::beside("shared/seeds/000_30f58f22cce8507a.txt") else { return };
    for reply in &page::REPLIES {
        let line = reply.as_published().wire.line();
        assert!(seed.lines().any(|published| published == line), "not on the page: {line}");
    }
}

#[test]
fn as_it_stands_on_the_page_and_with_other_values() {
    try_all(|expected| vec![("as is", expected.wire.line())]);
}

#[test]
fn in_other_white_space_and_case() {
    try_all(|expected| rewritten(&expected.wire.line()));
}

#[test]
fn in_several_lines_cut_at_any_space() {
    for end in ["\r\n", "\n"] {
        try_all(|expected| match expected.wire.code {
            Some(_) => expected.wire.cut(end).into_iter().map(|text| ("lines", text)).collect(),
            None => Vec::new(),
        });
    }
}

#[test]
fn with_the_status_on_the_first_line_only() {
    try_all(|expected| match expected.wire.code {
        Some(_) => expected.wire.cut_without_status("\r\n").into_iter().map(|text| ("lines", text)).collect(),
        None => Vec::new(),
    });
}

#[test]
fn in_several_lines_joined_by_spaces() {
    try_all(|expected| match expected.wire.code {
        Some(_) => expected.wire.cut(" ").into_iter().map(|text| ("joined lines", text)).collect(),
        None => Vec::new(),
    });
}

#[test]
fn quoted_by_the_senders_own_server() {
    try_all(|expected| match expected.wire.code {
        Some(_) => quoted(&expected.wire.line(), expected.of.mx.unwrap_or("mx.example.com")),
        None => Vec::new(),
    });
}

#[test]
fn the_host_that_a_quotation_names_is_evidence() {
    let mut failures = Vec::new();
    let bare = || page::all().into_iter().filter(|expected| expected.of.mx.is_some());
    for expected in bare() {
        let host = expected.of.mx.expect("a reply that needs a host");
        for host in [host.to_owned(), host.to_uppercase()] {
            for (guise, text) in quoted(&expected.wire.line(), &host) {
                failures.extend(wrong(&expected, guise, &text, None));
            }
        }
    }
    nothing_wrong(bare().count(), &failures);
}

#[test]
fn a_bare_sentence_names_nobody() {
    for expected in page::all().into_iter().filter(|expected| expected.of.mx.is_some()) {
        let line = expected.wire.line();
        let mut texts = rewritten(&line);
        texts.extend(quoted(&line, "mx.example.com"));
        texts.push(("as is", line));
        for (guise, text) in &texts {
            for mx in [None, Some("mx.example.com"), Some("notyahoodns.net"), Some("yahoodns.net.example.com")] {
                let classifier = mx.map_or(Classifier::builtin(), |mx| Classifier::builtin().mx(mx));
                let answer = Answer::of(&classifier.classify(text.as_bytes()));
                assert_eq!(answer.provider, None, "{guise}: {text:?} {answer:?}");
                assert_ne!(answer.basis, "provider-rule", "{guise}: {text:?} {answer:?}");
                assert_eq!((answer.permanence, answer.suppress), ("transient", "no"), "{guise}: {text:?} {answer:?}");
                assert_ne!(answer.category, "unclassified", "{guise}: {text:?} {answer:?}");
            }
        }
    }
}

#[test]
fn an_address_may_hold_an_apostrophe() {
    let text = "421 4.7.1 Messages to o'brien@example.com deferred due to excessive volume. Try again later";
    let answer = Answer::of(&Classifier::builtin().classify(text.as_bytes()));
    let recipient = ("recipient".to_owned(), "o'brien@example.com".to_owned());
    assert_eq!((answer.rule.as_deref(), answer.fields), (Some("apple/recipient-excessive-volume"), vec![recipient]));
}
