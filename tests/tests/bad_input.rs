//! Whatever bytes come in: a verdict, the same each time, and no panic.

use rules_runtime::{Basis, Category, Classifier, LOOK_AT, Reply, Stage, Suppress, classify};
use rules_tests::answer::Answer;
use rules_tests::project::examples;

/// Reads and judges a reply, twice, and asks the verdict everything.
fn judge(reply: &[u8]) -> Answer {
    let parsed = Reply::parse(reply);
    assert_eq!(parsed, Reply::parse(reply));
    let verdict = classify(reply);
    let _ = format!("{parsed:?} {verdict:?} {:?}", verdict.fields());
    let answer = Answer::of(&verdict);
    assert_eq!(answer, Answer::of(&classify(reply)), "{}", reply.escape_ascii());
    for (_, _, value) in verdict.fields() {
        let inside = reply.as_ptr_range();
        assert!(inside.contains(&value.as_ptr()) || value.is_empty(), "a field that is not part of the reply");
    }
    answer
}

#[test]
fn ten_megabytes() {
    const SIZE: usize = 10 << 20;
    for pattern in [
        "550 5.1.1 user unknown ",
        "a",
        " ",
        "\r\n",
        "550-",
        "550 ",
        "\0",
        "{",
        "[192.0.2.1] ",
        "said: 550 ",
        "<<< ",
        "5.1.1 ",
    ] {
        let reply = pattern.repeat(SIZE / pattern.len()).into_bytes();
        let answer = judge(&reply);
        let start = judge(&reply[..LOOK_AT]);
        assert_eq!(answer, start, "{pattern:?}: the verdict depends on more than the first {LOOK_AT} bytes");
    }
    let mut reply = b"452 4.2.2 mailbox full ".to_vec();
    reply.resize(SIZE, b'x');
    assert_eq!((judge(&reply).reply, judge(&reply).status.as_deref()), (Some(452), Some("4.2.2")));
    let mut late = vec![b' '; LOOK_AT];
    late.extend(b"550 5.1.1 user unknown");
    assert_eq!(judge(&late).basis, "nothing");
}

#[test]
fn nothing_at_all() {
    for reply in
        ["", " ", "\t", "\r\n", "\n\n\n", " \t \r\n ", "\u{b}\u{c}", "\0", "\0\0\0\0", "-", ".", ":", "<>", "()", "''"]
    {
        let answer = judge(reply.as_bytes());
        assert_eq!(answer.category, "unclassified", "{reply:?}");
        assert_eq!((answer.basis, answer.rule, answer.provider), ("nothing", None, None), "{reply:?}");
        assert_eq!((answer.reply, answer.status), (None, None), "{reply:?}");
        assert_eq!((answer.permanence, answer.action, answer.suppress), ("unknown", "review", "no"), "{reply:?}");
    }
}

#[test]
fn bytes_that_are_not_text() {
    for (reply, code) in [
        (&b"\x00\x01\x02\xff\xfe"[..], None),
        (b"550 \x00\x00\x00", Some(550)),
        (b"550\x00 no", None),
        (b"421 \xff\xff\xff\xff", Some(421)),
        (b"550 5.1.1 M\xc3", Some(550)),
        (b"550 5.1.1 \xe7\x94", Some(550)),
        (b"\xef\xbb\xbf550 5.1.1 x", None),
        ("550 5.1.1 Empfänger unbekannt".as_bytes(), Some(550)),
        ("550 用户不存在".as_bytes(), Some(550)),
    ] {
        let answer = judge(reply);
        let stated = answer.reply == code || code.is_none();
        assert!(stated, "{}: {answer:?}", reply.escape_ascii());
    }
    // Half a character changes nothing about the words before it.
    for half in [&b"\xc3"[..], b"\xe7\x94", b"\xf0\x9f\x98", b"\x80", b"\xff"] {
        let answer = judge(&[b"552 5.2.2 <jane@example.com>: mailbox full ", half].concat());
        assert_eq!((answer.category, answer.reply), ("mailbox-full", Some(552)), "{}", half.escape_ascii());
    }
    let nul = judge(b"552 5.2.2 mailbox full\x00");
    assert_eq!(nul.category, "mailbox-full");
}

#[test]
fn only_codes() {
    for code in 0..=999u16 {
        for text in [format!("{code:03}"), format!("{code:03} "), format!("{code:03}-"), format!("{code:03}\r\n")] {
            let answer = judge(text.as_bytes());
            let is_code = (200..=599).contains(&code);
            assert_eq!(answer.reply, is_code.then_some(code), "{text:?}");
            assert_eq!(answer.suppress, "no", "{text:?}: never on the strength of a bare reply code");
            if !is_code {
                assert_eq!((answer.category, answer.basis), ("unclassified", "nothing"), "{text:?}");
            }
            match code / 100 {
                2 => assert_eq!((answer.category, answer.permanence), ("accepted", "none"), "{text:?}"),
                4 => assert_eq!(answer.permanence, "transient", "{text:?}"),
                5 => assert_eq!(answer.permanence, "permanent", "{text:?}"),
                _ => {}
            }
        }
    }
    for status in [
        "5.1.1",
        "4.7.0",
        "2.0.0",
        "5.999.999",
        "5.1000.1",
        "6.1.1",
        "5.1",
        "5.1.1.1",
        "5.01.1",
        "55.1.1",
        "#5.1.1",
        "(#5.1.1)",
    ] {
        for text in [status.to_owned(), format!("550 {status}"), format!("421-{status}"), format!("{status} ")] {
            judge(text.as_bytes());
        }
    }
    assert_eq!(judge(b"550 5.1.1").status.as_deref(), Some("5.1.1"));
    assert_eq!(judge(b"5.1.1").status.as_deref(), Some("5.1.1"));
}

#[test]
fn every_single_byte() {
    for byte in 0..=255u8 {
        for count in 1..=17 {
            judge(&vec![byte; count]);
            judge(&[&b"550 "[..], &vec![byte; count]].concat());
            judge(&[&b"550-5.1.1 "[..], &vec![byte; count], b"\r\n550 x"].concat());
        }
        let alone = judge(&[byte]);
        assert_eq!((alone.category, alone.basis), ("unclassified", "nothing"), "{byte:#x}");
    }
    for first in 0..=255u8 {
        for second in 0..=255u8 {
            let verdict = classify(&[first, second]).category();
            assert_eq!(verdict, Category::Unclassified, "{first:#x} {second:#x}");
        }
    }
}

#[test]
fn every_truncation_of_every_example() {
    let tables = rules_runtime::builtin();
    for example in examples() {
        let bytes = example.text.as_bytes();
        for end in 0..bytes.len() {
            let verdict = example.judge(tables, &bytes[..end]);
            if verdict.basis() == Basis::BasicCode || verdict.basis() == Basis::Nothing {
                assert_eq!(verdict.suppress(), Suppress::No, "{}", bytes[..end].escape_ascii());
            }
            verdict.fields().for_each(drop);
        }
    }
}

#[test]
fn every_example_without_its_start() {
    let tables = rules_runtime::builtin();
    for example in examples() {
        let bytes = example.text.as_bytes();
        for start in 1..bytes.len() {
            example.judge(tables, &bytes[start..]).fields().for_each(drop);
        }
    }
}

#[test]
fn the_same_answer_each_time_and_whatever_came_before() {
    let tables = rules_runtime::builtin();
    let all = examples();
    let once: Vec<Answer> =
        all.iter().map(|example| Answer::of(&example.judge(tables, example.text.as_bytes()))).collect();
    for (example, before) in all.iter().zip(&once).rev() {
        assert_eq!(Answer::of(&example.judge(tables, example.text.as_bytes())), *before, "{}", example.text);
    }
}

#[test]
fn odd_host_names() {
    let reply = b"421 Service not available, closing transmission channel";
    let hosts = [
        "",
        " ",
        ".",
        "..",
        "-",
        "\0",
        "com",
        ".com",
        "yahoodns.net.",
        " MTA5.AM0.YAHOODNS.NET ",
        "münchen.example",
        "[192.0.2.1]",
    ];
    for host in
        hosts.into_iter().map(str::to_owned).chain([".".repeat(100_000), "a.".repeat(50_000), "x".repeat(1 << 20)])
    {
        for stage in Stage::ALL {
            let verdict = Classifier::builtin().mx(&host).stage(stage).classify(reply);
            let speaks = host.to_ascii_lowercase().contains("yahoodns.net");
            assert_eq!(verdict.provider().is_some(), speaks, "{:?}", host.get(..host.len().min(50)));
        }
    }
}

#[test]
fn quotations_in_quotations() {
    for (opening, closing) in [
        ("said: 550 5.1.1 ", ""),
        ("(550 ", ")"),
        ("'550 ", "'"),
        ("<<< 550 ", "\r\n"),
        ("smtp; ", ""),
        ("host a.b[1.1.1.1] said: 450 ", " (in reply to RCPT TO command)"),
    ] {
        for depth in [1, 2, 10, 100, 1000] {
            judge((opening.repeat(depth) + "user unknown" + &closing.repeat(depth)).as_bytes());
        }
    }
}
