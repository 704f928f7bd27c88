//! Codes that mail programs, logs and delivery reports mention count where the reply shows none in front.

use rules_runtime::{Basis, Category, Permanence, Verdict, classify};

fn codes(reply: &str) -> (Option<u16>, Option<String>) {
    let verdict: Verdict<'_> = classify(reply.as_bytes());
    (verdict.reply_code(), verdict.enhanced_code().map(|code| code.to_string()))
}

#[test]
fn programs_and_logs_state_codes_in_their_own_ways() {
    let expected: [(&str, Option<u16>, Option<&str>); 25] = [
        ("Not delivered to <someone@example.com>: 552: 5.2.2 the mailbox is full", Some(552), Some("5.2.2")),
        ("(550, b'5.1.1 <someone@example.com>: User unknown')", Some(550), Some("5.1.1")),
        ("smtplib.SMTPDataError: (554, b'5.7.1 Message rejected as spam')", Some(554), Some("5.7.1")),
        ("SMTP Error (550): Failed to add recipient (5.1.1 user unknown)", Some(550), Some("5.1.1")),
        ("Data not accepted. SMTP code: 554 Additional SMTP info: 5.7.1", Some(554), Some("5.7.1")),
        ("The server response was: 5.7.1 Unable to relay", None, Some("5.7.1")),
        ("Error: Message failed: 552 Message size exceeds limit", Some(552), None),
        ("552: Message rejected for spam", Some(552), None),
        ("[550] Incorrect sender header", Some(550), None),
        ("#550 no such user", Some(550), None),
        ("550, not allowed", Some(550), None),
        ("452. 4.3.1 Insufficient system storage", Some(452), None),
        ("mx.example.com ESMTP 550 5.7.0 Mail refused", Some(550), Some("5.7.0")),
        ("{\"code\":\"550\",\"message\":\"5.1.1 No such user\"}", Some(550), Some("5.1.1")),
        ("ERROR_CODE :550, ERROR_CODE :5.2.2 Mailbox full", Some(550), Some("5.2.2")),
        ("dsn=5.1.1, stat=User unknown", None, Some("5.1.1")),
        ("Action: failed Status: 5.2.2", None, Some("5.2.2")),
        ("SMTP error, DATA:554 not accepted", Some(554), None),
        ("550 Hop count exceeded (5.4.6)", Some(550), Some("5.4.6")),
        ("550 User unknown (4.92.3)", Some(550), None),
        ("Connection to mx.example.com:465 lost, port: 587 in use", None, None),
        ("HTTP error: 503 from the backend", None, None),
        ("smtp[550]: connection lost", None, None),
        ("call (555) 123-4567, version: 5.7.33", None, None),
        ("host 192.5.1.1 and 5.1.1.2", None, None),
    ];
    for (reply, code, status) in expected {
        assert_eq!(codes(reply), (code, status.map(str::to_owned)), "{reply}");
    }
}

#[test]
fn a_quoted_reply_and_codes_in_front_go_before_what_is_mentioned() {
    assert_eq!(codes("450 4.2.1 busy (SMTP code: 550, status: 5.1.1)"), (Some(450), Some("4.2.1".to_owned())));
    assert_eq!(
        codes("dsn=4.0.0 host mx.example.com[192.0.2.1] said: 550 5.1.1 no"),
        (Some(550), Some("5.1.1".to_owned()))
    );
    // A status of another class belongs to something else.
    assert_eq!(codes("550 refused (4.2.2 was yesterday)"), (Some(550), None));
}

#[test]
fn a_status_decides_where_words_do_not_and_a_mentioned_number_does_not() {
    let verdict = classify(b"Final-Recipient: rfc822; someone@example.com Action: failed Status: 5.2.2");
    assert_eq!((verdict.category(), verdict.basis()), (Category::MailboxFull, Basis::EnhancedCode));
    let verdict = classify(b"lorem ipsum: 421 dolor");
    assert_eq!((verdict.category(), verdict.permanence()), (Category::Unclassified, Permanence::Transient));
}
