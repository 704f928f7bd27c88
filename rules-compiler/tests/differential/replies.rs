//! Replies to compare on: published ones, and others made of examples and templates.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rules_compiler::automaton::{DEAD, START};
use rules_compiler::lower::{Pattern, PatternMatcher};
use rules_compiler::template::expression::Expression;
use rules_compiler::template::{Piece, Template};
use rules_runtime::{FieldType, Stage};
use std::fmt;

/// A reply and what is known about it.
#[derive(Clone)]
pub struct Reply {
    pub text: Vec<u8>,
    pub mx: Option<String>,
    pub stage: Option<Stage>,
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\", mx {:?}, stage {:?}", self.text.escape_ascii(), self.mx, self.stage)
    }
}

/// What a reply is made of.
#[derive(Debug, Clone)]
pub enum Base {
    Example(Reply),
    /// The codes that suit, and a template to be filled in.
    Template(String, Template),
}

impl Base {
    pub fn template(pattern: &Pattern) -> Option<Self> {
        let PatternMatcher::Template { template, .. } = &pattern.matcher else {
            return None;
        };
        let reply = pattern.reply.first().map(|reply| format!("{} ", reply.to_string().replace("xx", "50")));
        let status = pattern.status.first().map(|status| format!("{} ", status.to_string().replace('X', "5")));
        Some(Self::Template(reply.unwrap_or_default() + &status.unwrap_or_default(), template.clone()))
    }

    fn reply(&self, fillings: &[Index]) -> Reply {
        match self {
            Self::Example(reply) => reply.clone(),
            Self::Template(codes, template) => {
                let mut text = codes.clone();
                for (piece, filling) in template.pieces.iter().zip(fillings.iter().cycle()) {
                    match piece {
                        Piece::Literal { text: literal, .. } => text.push_str(literal),
                        Piece::Choice { texts } => text.push_str(filling.get::<String>(texts)),
                        Piece::Hole { kind, .. } => text.push_str(filling.get::<&str>(values(*kind))),
                        Piece::Expression(expression) => text.push_str(&accepted(expression, fillings)),
                    }
                }
                Reply { text: text.into_bytes(), mx: None, stage: None }
            }
        }
    }
}

/// A text on the way through an expression's automaton, mostly one that it accepts.
fn accepted(expression: &Expression, fillings: &[Index]) -> String {
    let (bytes, _) = expression.classes();
    let automaton = &expression.automaton;
    let (mut state, mut text) = (START, Vec::new());
    for (step, filling) in fillings.iter().cycle().take(60).enumerate() {
        let live: Vec<u8> = bytes.iter().copied().filter(|byte| automaton.next(state, *byte) != DEAD).collect();
        if live.is_empty() || automaton.accepts(state) && step % 4 == 0 {
            break;
        }
        let byte = live[(filling.index(live.len()) + step) % live.len()];
        state = automaton.next(state, byte);
        text.push(byte);
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// What may stand in the place of a hole, and what may not.
fn values(kind: FieldType) -> &'static [&'static str] {
    match kind {
        FieldType::Ip => &[
            "192.0.2.1",
            "2001:db8::1",
            "2001:DB8::",
            "::",
            "::1",
            "x.x.x.x",
            "203.0.113.x",
            "*.*.*.*",
            "xx.xx.xx.xx",
            "<ip>",
            "%s",
            "$(_ipsrc)",
            "192.0.2",
            "192.0.2.1.",
            "192.0.2.1,",
            "1.2.3.4567",
            "fe80:x::1",
            "192.0.2.1:25",
            "",
        ],
        FieldType::Host => &[
            "mx1.example.com",
            "host",
            "a_b-c.",
            "-host",
            "host-",
            "<host>",
            "${host}",
            "%h",
            "h\u{f6}st.example",
            "[192.0.2.1]",
            "...",
        ],
        FieldType::Domain => &[
            "example.com",
            "example.com.",
            "example",
            "1.2.3.4",
            "a..b",
            ".example.com",
            "{domain}",
            "<domain name>",
            "EXAMPLE.COM:",
            "b\u{fc}cher.example",
        ],
        FieldType::Email => &[
            "someone@example.com",
            "<someone@example.com>",
            "<someone@example.com",
            "someone@example.com>",
            "@example.com",
            "someone@",
            "<>",
            "<address>",
            "some.one+tag@example.com.",
            "'someone@example.com'",
            "a@b@c",
            "$email",
            "<%s>",
            "some'one@example.com?",
        ],
        FieldType::Url => &[
            "https://www.example.com/a?b=c",
            "https://example.com/a).",
            "https://example.com/a](b)",
            "example.com",
            "https://localhost",
            "<url>",
            "http://example.com/%s",
            "https://example.com/x\u{e9}.",
            "{link}",
            "https://example.com/a'",
            "$(url)x",
        ],
        FieldType::Number => {
            &["5", "1,000", "3.5", "1,", "5.", ".5", "%d", "<n>", "five", "99999999999", "1.2.3", "5%", "$number"]
        }
        FieldType::Token => &[
            "TSS04",
            "abc-123.",
            "a:b:",
            "q!",
            "id=1",
            "$(id)",
            "<id>",
            "\u{43f}\u{440}\u{438}\u{432}\u{435}\u{442}",
            "a'b",
            "(x)",
            "...",
            "%",
            "$",
            "%sx",
            "%s",
            "a b",
        ],
        FieldType::Date => &[
            "Mon, 23 Nov 2026 10:00:00 +0100",
            "2026-11-23T10:00:00Z",
            "23 Nov",
            "Nov",
            "10:00",
            "5th Nov",
            "23/11/2026.",
            "Monday 5 pm UTC",
            "<date>",
            "Nov 23, 2026",
            "1,2",
            "+0100",
            "-",
            "Mon,23",
            "may5 2026",
            "Septembertime 5",
        ],
        FieldType::Text => &[
            "",
            "some words",
            "one two  three",
            "550 5.7.1 other",
            "\r\n550-5.1.1 more\r\n",
            ":",
            "\u{65e5}\u{672c}\u{8a9e}",
            "host mx.example.com[192.0.2.1] said: 550 5.1.1 no",
        ],
    }
}

#[derive(Debug, Clone)]
enum Mutation {
    FlipCase(u64),
    /// White space at a place, or in the place of a space.
    Blank(Index, &'static [u8]),
    SwapBlank(Index, &'static [u8]),
    Start(Index),
    End(Index),
    /// The beginning, then the end of another reply; or the other reply behind this one.
    Splice(Index, Index, Index),
    Append(Index, &'static str),
    Insert(Index, Vec<u8>),
    Overwrite(Index, u8),
    Words(Index, &'static str),
    /// Something before and behind.
    Around(&'static str, &'static str),
    /// Other codes.
    Recode(&'static str),
    /// Broken into lines at the spaces chosen, with a line break and these codes repeated.
    Lines(Vec<Index>, &'static str, bool),
    Twice(&'static str),
}

const BLANKS: [&[u8]; 20] = [
    b"\xE2\x80\xAF",
    b"\xE3\x80\x80",
    b"\xE2\x80\x99",
    b"\xE2\x80\x9C",
    b"\xE2\x80\x93",
    b"\xE2\x80\x8B",
    b"\xEF\xBB\xBF",
    b"\xE2",
    b" ",
    b"  ",
    b"\t",
    b"\r\n",
    b"\n",
    b"\x00",
    b"\x7F",
    b"\x0B",
    b"\xC2\xA0",
    b" \r\n ",
    b"\x01",
    b"\x0C",
];

const CODES: [&str; 18] = [
    "",
    "550 ",
    "421 ",
    "550 5.1.1 ",
    "550-5.1.1 ",
    "450 4.2.2 ",
    "5.7.1 ",
    "#5.1.1 ",
    "550 #5.1.1 ",
    "250 ",
    "250 2.1.5 ",
    "354 ",
    "2.0.0 ",
    "554 5.7.26 ",
    "452-4.2.2 ",
    "599 ",
    "550 5.99.99 ",
    "550-\r\n",
];

const AROUND: [(&str, &str); 46] = [
    ("(550, b'5.1.1 ", "')"),
    ("SMTPDataError(451, b'", "')"),
    ("SMTP Error (550): ", ""),
    ("Error SMTP: [501] ", ""),
    ("smtp[550]: ", ""),
    ("#550 ", ""),
    ("552: ", ""),
    ("{\"code\":\"554\",\"message\":\"4.7.1 ", "\"}"),
    ("dsn=5.1.1, stat=", ""),
    ("Status: 4.2.2 ", ""),
    ("Error: Message failed: 553 ", ""),
    ("HTTP error: 503 ", " (version 5.7.33)"),
    ("", " SMTP code: 550 Additional SMTP info: 5.7.1"),
    ("mx.example.com ESMTP 554 5.7.0 ", ""),
    ("smtp;", ""),
    ("smtp; ", ""),
    ("SMTP;  ", ""),
    ("x-unix; ", ""),
    ("X-Postfix; ", ""),
    ("x-a-name-that-is-too-long; ", ""),
    ("host mx.example.com[192.0.2.1] said: ", " (in reply to RCPT TO command)"),
    ("host mx1.mx.example.com[192.0.2.1] said: ", " (in reply to end of DATA command)"),
    ("host gmail-smtp-in.l.google.com[192.0.2.1] said: ", " (in reply to MAIL FROM command)"),
    ("host mx1.hotmail.com [192.0.2.1]: ", ""),
    ("550 host mx.example.com[192.0.2.1] refused to talk to me: ", ""),
    ("451 4.4.1 host mx.tricky.example[192.0.2.1] said: ", " (in reply to DATA command)"),
    ("SMTP error from remote mail server after RCPT TO:<someone@example.com>: host mx.example.com [192.0.2.1]: ", ""),
    ("... while talking to mx.example.com.: >>> RCPT To:<someone@example.com> <<< ", ""),
    ("while talking to mta5.am0.yahoodns.net.: >>> DATA <<< 550 5.1.1 first <<< ", ""),
    ("host mx1.hotmail.com [192.0.2.1]: SMTP error from remote mail server after end of data: ", ""),
    ("SMTP error from remote mail server after MAIL FROM:<me@example.com> SIZE=2048: ", ""),
    ("Remote host said: ", ""),
    ("550 5.4.300 Remote Server returned '", "'"),
    ("#< #5.1.1 smtp;", "> #SMTP#"),
    ("The response from the remote server was: ", ""),
    ("Diagnostic-Code: smtp; ", ""),
    ("550 5.1.1 ", " (#5.1.1)"),
    ("(", ")"),
    ("[", "]"),
    ("said: ", ""),
    ("it ", " was (#4.2.2)"),
    ("554 relay (mx.tricky.example) said: ", ""),
    ("server at mx.tricky.example reports: ", ""),
    ("host mx.example.com[192.0.2.1] said: 250 2.0.0 ok; ", ""),
    ("\r\n", "\r\n"),
    ("\x00", "\x00"),
];

const WORDS: [&str; 28] = [
    "@",
    "@example.com ",
    "(550) ",
    "[550]",
    ": 451 ",
    " code 550, ",
    "(5.1.1)",
    "(4.2.2 ",
    "=5.1.1 ",
    " 550: ",
    "550-5.1.1 ",
    "550 5.1.1 ",
    " 550 5.1.1 ",
    "\r\n550 5.1.1 ",
    "\r\n550-",
    " 550-",
    "5.1.1 ",
    " #5.1.1 ",
    "421 ",
    " said: 550 ",
    ": 550 5.7.1 ",
    " <<< ",
    "'550 ",
    " smtp;550 ",
    "x",
    "1",
    ".",
    " - gsmtp",
];

/// Replies made of these bases, with a remote host that may be one of these.
pub fn strategy(bases: Vec<Base>, hosts: Vec<String>) -> impl Strategy<Value = Reply> {
    let fillings = vec(any::<Index>(), 1..8);
    let mx = prop_oneof![3 => Just(None), 1 => select(hosts).prop_map(Some)];
    let stage = prop_oneof![3 => Just(None), 1 => select(Stage::ALL.to_vec()).prop_map(Some)];
    let parts = (any::<Index>(), fillings, vec(mutation(), 0..4), mx, stage);
    parts.prop_map(move |(base, fillings, mutations, mx, stage)| {
        let mut reply = base.get(&bases).reply(&fillings);
        for mutation in &mutations {
            mutate(&mut reply.text, mutation, |other| other.get(&bases).reply(&fillings).text);
        }
        Reply { mx: mx.or(reply.mx), stage: stage.or(reply.stage), ..reply }
    })
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let index = any::<Index>;
    prop_oneof![
        1 => any::<u64>().prop_map(Mutation::FlipCase),
        1 => (index(), select(&BLANKS[..])).prop_map(|(at, blank)| Mutation::Blank(at, blank)),
        1 => (index(), select(&BLANKS[..])).prop_map(|(at, blank)| Mutation::SwapBlank(at, blank)),
        1 => index().prop_map(Mutation::Start),
        1 => index().prop_map(Mutation::End),
        1 => (index(), index(), index()).prop_map(|(other, at, from)| Mutation::Splice(other, at, from)),
        1 => (index(), select(&["", " ", ". ", "; ", "\r\n"][..])).prop_map(|(other, between)| Mutation::Append(other, between)),
        1 => (index(), vec(any::<u8>(), 1..4)).prop_map(|(at, bytes)| Mutation::Insert(at, bytes)),
        1 => (index(), any::<u8>()).prop_map(|(at, byte)| Mutation::Overwrite(at, byte)),
        1 => (index(), select(&WORDS[..])).prop_map(|(at, words)| Mutation::Words(at, words)),
        3 => select(&AROUND[..]).prop_map(|(before, behind)| Mutation::Around(before, behind)),
        2 => select(&CODES[..]).prop_map(Mutation::Recode),
        2 => (vec(index(), 1..4), select(&["\r\n", "\n", " ", "\r\n "][..]), any::<bool>())
            .prop_map(|(at, line_break, hyphen)| Mutation::Lines(at, line_break, hyphen)),
        1 => select(&["", " ", ". ", "\r\n"][..]).prop_map(Mutation::Twice),
    ]
}

fn mutate(text: &mut Vec<u8>, mutation: &Mutation, other: impl Fn(&Index) -> Vec<u8>) {
    let place = |at: &Index, text: &[u8]| at.index(text.len() + 1);
    match mutation {
        Mutation::FlipCase(mask) => {
            for (at, byte) in text
                .iter_mut()
                .enumerate()
                .filter(|(at, byte)| mask >> (at % 64) & 1 != 0 && byte.is_ascii_alphabetic())
            {
                let _ = at;
                *byte ^= 0x20;
            }
        }
        Mutation::Blank(at, blank) => insert(text, place(at, text), blank),
        Mutation::SwapBlank(at, blank) => {
            let spaces: Vec<usize> = (0..text.len()).filter(|at| text[*at] == b' ').collect();
            if !spaces.is_empty() {
                let at = *at.get(&spaces);
                text.splice(at..=at, blank.iter().copied());
            }
        }
        Mutation::Start(at) => drop(text.drain(..place(at, text))),
        Mutation::End(at) => text.truncate(place(at, text)),
        Mutation::Splice(number, at, from) => {
            let other = other(number);
            text.truncate(place(at, text));
            text.extend(&other[place(from, &other)..]);
        }
        Mutation::Append(number, between) => {
            text.extend(between.bytes());
            text.extend(other(number));
        }
        Mutation::Insert(at, bytes) => insert(text, place(at, text), bytes),
        Mutation::Overwrite(at, byte) => {
            if !text.is_empty() {
                let at = at.index(text.len());
                text[at] = *byte;
            }
        }
        Mutation::Words(at, words) => insert(text, place(at, text), words.as_bytes()),
        Mutation::Around(before, behind) => {
            insert(text, 0, before.as_bytes());
            text.extend(behind.bytes());
        }
        Mutation::Recode(codes) => {
            let old = codes_of(text).len();
            text.splice(..old, codes.bytes());
        }
        Mutation::Lines(places, line_break, hyphen) => {
            let mut codes = codes_of(text).to_vec();
            if let (true, Some(byte)) = (*hyphen, codes.get_mut(3)) {
                *byte = b'-';
            }
            for place in places {
                let spaces: Vec<usize> = (0..text.len()).filter(|at| text[*at] == b' ').collect();
                if !spaces.is_empty() {
                    let at = *place.get(&spaces);
                    text.splice(at..=at, [line_break.as_bytes(), &codes].concat());
                }
            }
        }
        Mutation::Twice(between) => {
            let again = [between.as_bytes(), text].concat();
            text.extend(again);
        }
    }
}

fn insert(text: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    text.splice(at..at, bytes.iter().copied());
}

/// The digits, dots, hyphens and spaces that open a reply.
fn codes_of(text: &[u8]) -> &[u8] {
    let length = text.iter().take_while(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b' ')).count();
    &text[..length]
}

/// The replies of a line of `corpus/dev.jsonl` or `facts/replies.jsonl`: as it stands, and with its codes.
pub fn published(line: &str) -> Vec<Reply> {
    let value: serde_json::Value = serde_json::from_str(line).expect("a JSON object on every line");
    let text = value["text"].as_str().expect("a text");
    let codes = [&value["reply"], &value["status"]].map(|code| match code {
        serde_json::Value::Number(code) => format!("{code} "),
        serde_json::Value::String(code) => format!("{code} "),
        _ => String::new(),
    });
    let reply = |text: String| Reply { text: text.into_bytes(), mx: None, stage: None };
    let mut replies = vec![reply(text.to_owned())];
    if codes.iter().any(|code| !code.is_empty()) {
        replies.push(reply(format!("{}{text}", codes.concat())));
    }
    replies
}
