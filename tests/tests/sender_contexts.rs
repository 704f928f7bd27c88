//! What is said about the sender's address, about HELO or about the PTR record never strikes the recipient off.

use rules_runtime::{Classifier, Stage, Suppress, classify};
use std::fmt::Write;

const COMPLAINTS: [&str; 26] = [
    "user unknown",
    "unknown user",
    "no such user",
    "user does not exist",
    "mailbox not found",
    "mailbox unavailable",
    "address does not exist",
    "<someone@example.com> does not exist",
    "<someone@example.com> is unknown",
    "user <someone@example.com> unknown",
    "account disabled",
    "account suspended",
    "account is not available",
    "email address is invalid",
    "domain does not exist",
    "host not found",
    "no MX record",
    "mailbox is full",
    "account is inactive",
    "not a valid mailbox",
    "nonexistent address",
    "address unknown",
    "domain not found",
    "unrecognized address",
    "no such domain",
    "over quota",
];

const CONTEXTS: [&str; 17] = [
    "Sender address rejected: %",
    "Sender %",
    "Sender's %",
    "MAIL FROM: %",
    "Return path %",
    "Envelope sender %",
    "Sender verify failed: %",
    "% in sender address",
    "Sender <me@example.org>: %",
    "Could not verify sender: %",
    "Sender verification: %",
    "Invalid sender: %",
    "your address <me@example.org>: %",
    "return address %",
    "HELO %",
    "reverse DNS %",
    "PTR: %",
];

#[test]
fn the_recipient_is_kept() {
    let mut list = String::new();
    for context in CONTEXTS {
        for complaint in COMPLAINTS {
            for codes in ["550 ", "550 5.1.8 ", "553 5.7.1 "] {
                let text = format!("{codes}{}", context.replace('%', complaint));
                let verdict = classify(text.as_bytes());
                if verdict.suppress() != Suppress::No {
                    let _ = writeln!(list, "{text}: {verdict:?}");
                }
            }
        }
    }
    assert!(list.is_empty(), "{list}");
}

#[test]
fn the_host_that_is_named_speaks_even_in_a_gateways_words() {
    let reply = b"host smtp.secureserver.net[192.0.2.201] said: 550 #5.1.0 Address rejected user@example.com \
        (in reply to RCPT TO command)";
    let speaker = |reply| classify(reply).provider().map_or("", |provider| provider.id()).to_owned();
    assert_eq!(speaker(&reply[..]), "godaddy");
    assert_eq!(speaker(b"550 #5.1.0 Address rejected user@example.com"), "cisco-secure-email");
}

/// A server that asks the sender's provider whether the sender exists quotes that provider's reply: it is about the sender.
#[test]
fn what_the_senders_own_provider_says_of_the_sender_does_not_count() {
    let quoted = "550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking the \
        recipient's email address for typos or unnecessary spaces. 550 5.1.1 For more information, go to \
        https://support.google.com/mail/?p=NoSuchUser a1si1234567.45 - gsmtp (in reply to RCPT TO command)";
    for complaint in ["undeliverable address", "unverified address"] {
        let reply = format!(
            "550 5.1.0 <someone@example.com>: Sender address rejected: {complaint}: \
            host gmail-smtp-in.l.google.com[192.0.2.1] said: {quoted}"
        );
        let verdict = classify(reply.as_bytes());
        assert_eq!((verdict.suppress(), verdict.category().name()), (Suppress::No, "sender-rejected"), "{reply}");
    }
    let reply = format!("host gmail-smtp-in.l.google.com[192.0.2.1] said: {quoted}");
    assert_eq!(classify(reply.as_bytes()).suppress(), Suppress::Yes);
}

/// What servers say of recipients; here each is quoted from the sender's own server.
const QUOTED: [&str; 8] = [
    "550 User unknown",
    "550 5.1.1 The email account that you tried to reach does not exist.",
    "550 Message was not accepted -- invalid mailbox. Local mailbox me@example.org is unavailable: user not found",
    "550 Mailbox is frozen. See http://mail.bigmir.net/err/3/",
    "550 5.1.1 <me@example.org>: Recipient address rejected: User unknown in local recipient table",
    "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    "552 5.2.2 The email account that you tried to reach is over quota",
    "550 5.2.1 The email account that you tried to reach is disabled.",
];

const CALLOUTS: [&str; 9] = [
    "550-Verification failed for <me@example.org>\r\n550-Called:   192.0.2.25\r\n550-Sent:     RCPT TO:<me@example.org>\r\n\
     550-Response: %\r\n550 Sender verify failed",
    "550-Verification failed for <me@example.org> 550-Called: 192.0.2.25 550-Sent: RCPT TO:<me@example.org> \
     550-Response: % 550 Sender verify failed",
    "550-Verification failed for <me@example.org> 550-Called: 192.0.2.25 550-Sent: RCPT TO:<me@example.org> \
     550-Response: % 550-Sender verification failed (Sending test bounce to 550 me@example.org failed).",
    "550 5.1.7 <me@example.org>: Sender address rejected: undeliverable address: host mx.example.org[192.0.2.25] \
     said: % (in reply to RCPT TO command)",
    "550 Sender callback verification failed: %",
    "553 Callback verification for sender <me@example.org> failed with: %",
    "550 5.1.8 We could not verify your sender address <me@example.org>; your mail server said: %",
    "550 Your return address bounces: %",
    "550 sender callout verification: %",
];

/// Only an enhanced status code behind the reply code shows that these quote something.
const CALLOUTS_WITHOUT_COLON: [&str; 2] = [
    "550 5.7.1 Sender address verification failed: mx.example.org said %",
    "451 4.1.8 Domain of sender address me@example.org could not be verified (%)",
];

#[test]
fn what_a_callout_to_the_sender_was_answered_does_not_count() {
    let mut list = String::new();
    for quoted in QUOTED {
        assert_ne!(classify(quoted.as_bytes()).suppress(), Suppress::No, "{quoted}: nothing that could go wrong");
        let has_status = quoted.contains("2 5.") || quoted.contains("0 5.");
        for callout in CALLOUTS.iter().chain(CALLOUTS_WITHOUT_COLON.iter().filter(|_| has_status)) {
            let reply = callout.replace('%', quoted);
            let verdict = classify(reply.as_bytes());
            if verdict.suppress() != Suppress::No || verdict.category().name() != "sender-rejected" {
                let _ = writeln!(list, "{reply:?}: {verdict:?}");
            }
        }
    }
    assert!(list.is_empty(), "{list}");
}

/// Before RCPT nobody has named a recipient: `550 5.1.1 user unknown` as the answer to MAIL FROM is about the sender.
#[test]
fn the_recipient_is_kept_before_it_was_named() {
    let classifier = Classifier::builtin();
    for complaint in COMPLAINTS {
        for codes in ["550 5.1.1 ", "550 5.2.1 ", "550 #5.1.0 ", "554 ", ""] {
            let reply = format!("{codes}{complaint}");
            for stage in [Stage::Auth, Stage::Mail] {
                let verdict = classifier.stage(stage).classify(reply.as_bytes());
                assert_eq!(verdict.suppress(), Suppress::No, "{reply:?} at {stage}");
                assert_ne!(verdict.action().name(), "suppress", "{reply:?} at {stage}");
            }
            let report = format!("host mx.example.com[192.0.2.1] said: {reply} (in reply to MAIL FROM command)");
            assert_eq!(classify(report.as_bytes()).suppress(), Suppress::No, "{report:?}");
        }
    }
    let at_rcpt = classifier.stage(Stage::Rcpt).classify(b"550 5.1.1 user unknown");
    assert_eq!(at_rcpt.suppress(), Suppress::Yes);
}

/// Replies that sound like a missing, closed or full mailbox and speak of something else, one a line; `##` opens a comment.
const SAID_OF_OTHERS: &str = include_str!("../data/said-of-others.txt");

#[test]
fn what_is_said_of_others_strikes_nobody_off() {
    let replies = || SAID_OF_OTHERS.lines().filter(|line| !line.starts_with("##"));
    assert!(replies().count() >= 200);
    let mut list = String::new();
    for reply in replies() {
        let verdict = classify(reply.as_bytes());
        if verdict.suppress() != Suppress::No {
            let _ = writeln!(list, "{reply}\n    {verdict:?}");
        }
    }
    assert!(list.is_empty(), "{list}");
}

#[test]
fn a_name_in_an_address_is_no_word_of_the_reply() {
    for name in ["user", "mailbox", "recipient", "account", "spam", "relay", "sender", "quota"] {
        let reply = format!("550 Sorry about {name}@example.com");
        let verdict = classify(reply.as_bytes());
        assert_eq!(verdict.category().name(), "unclassified", "{reply}: {:?}", verdict.rule().map(|rule| rule.id()));
        let reply = format!("550 Sorry about {name} there");
        assert_ne!(classify(reply.as_bytes()).category().name(), "unclassified", "{reply}");
    }
}
