//! What word processors and web pages make of a reply is undone.

use rules_runtime::{Reply, classify};

const PASTED: [(&str, &str); 7] = [
    ("550 5.1.1 The user doesn't exist", "550\u{a0}5.1.1\u{a0}The user\u{a0}doesn\u{2019}t exist"),
    ("550 5.1.1 The user doesn't exist", "\u{feff}550 5.1.1 The user doesn\u{2018}t ex\u{200b}ist"),
    ("552 5.2.2 \"mailbox full\"", "552 5.2.2 \u{201c}mailbox\u{202f}full\u{201d}"),
    (
        "421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred",
        "421 4.7.0 [TSS04] Messages\u{a0}from\u{a0}192.0.2.7\u{a0}temporarily deferred",
    ),
    ("450 4.2.0 Greylisted - try again in 5 minutes", "450 4.2.0 Greylisted \u{2013} try again in 5\u{a0}minutes"),
    ("550 non-existent user", "550 non\u{2011}exist\u{ad}ent user"),
    (
        "host mx.example.com[192.0.2.1] said: 550 5.1.1 no such user",
        "host\u{3000}mx.example.com[192.0.2.1]\u{a0}said:\u{a0}550 5.1.1 no such user",
    ),
];

#[test]
fn pasted_replies_mean_what_was_sent() {
    for (sent, pasted) in PASTED {
        let (sent, read) = (classify(sent.as_bytes()), classify(pasted.as_bytes()));
        let facts = |verdict: &rules_runtime::Verdict<'_>| {
            (
                verdict.category(),
                verdict.permanence(),
                verdict.reply_code(),
                verdict.enhanced_code(),
                verdict.rule().map(|rule| rule.id().to_owned()),
                verdict.retry_after(),
                verdict.fields().map(|(name, _, value)| (name.to_owned(), value.to_owned())).collect::<Vec<_>>(),
            )
        };
        assert_eq!(facts(&sent), facts(&read), "{pasted:?}");
        assert!(sent.rule().is_some(), "{pasted:?}");
    }
}

#[test]
fn fields_and_text_are_slices_of_what_was_pasted() {
    let pasted = "550\u{a0}5.1.1 <o\u{2019}neil@example.com>\u{2026} doesn\u{2019}t\u{a0}exist";
    let reply = Reply::parse(pasted.as_bytes());
    assert_eq!(reply.code(), Some(550));
    assert_eq!(core::str::from_utf8(reply.text()), Ok("<o\u{2019}neil@example.com>\u{2026} doesn\u{2019}t\u{a0}exist"));
    let pasted = "550\u{a0}5.1.1 <o\u{2019}neil@example.com>: Recipient\u{a0}address rejected: User\u{a0}unknown in local recipient table";
    let verdict = classify(pasted.as_bytes());
    let values: Vec<_> = verdict.fields().map(|(_, _, value)| value).collect();
    assert_eq!(values, ["o\u{2019}neil@example.com".as_bytes()]);
}
