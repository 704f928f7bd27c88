//! Rules made of replies as logs show them: each matches what was pasted and its own example, keeps everybody's names to itself,
//! and is good once its explanation is written.

#[allow(missing_docs)]
mod seeded;
#[allow(missing_docs)]
mod trial;

use proptest::prelude::*;
use rules_compiler::compile::{Compiled, Depth, compile, compile_files};
use rules_compiler::oracle::stands_in;
use rules_compiler::scaffold::{NewRule, Proposal, Refusal, propose};
use rules_compiler::template::parse;
use seeded::seeded;
use std::fmt::Write;
use std::path::Path;

/// Replies with the values in them that nobody may see published.
const REPLIES: &[(&str, &[&str])] = &[
    (
        "550-5.7.1 [203.0.113.77      12] Example Mail has paused mail of your campaign because too many people\r\n550-5.7.1 moved it to Spam. For more information, visit\r\n550 5.7.1  https://postmaster.example.com/mail/?p=CampaignPaused h1si1234567ede.123 - exmailsmtp",
        &["203.0.113.77", "h1si1234567ede"],
    ),
    (
        "550 5.7.1 Unfortunately, messages from [198.51.100.34] weren't sent. Your network has been put on our hold list (S9911). You can also refer your provider to http://mx.example.com/troubleshooting.aspx#errors. [AM6EUR05FT012.eop-eur05.prod.mx.example.com 2026-11-20T10:11:12.345Z 08DC1A2B3C4D5E6F]",
        &["198.51.100.34", "08DC1A2B3C4D5E6F"],
    ),
    (
        "554 Transaction refused for jdoe@firma.test after 12 tries, mail01.firma.test [198.51.100.34] must wait 300 seconds",
        &["jdoe", "firma.test", "198.51.100.34"],
    ),
    (
        "<jdoe@firma.test>: Recipient address rejected: mailbox of 'jdoe' is on holiday until 2026-12-01",
        &["jdoe", "firma.test"],
    ),
    (
        "Nov 23 10:00:00 out7 postfix/smtp[4711]: 4ABC12D3E4: to=<jdoe@firma.test>, relay=mx1.firma.test[198.51.100.9]:25, delay=1.2, dsn=5.7.1, status=bounced (host mx1.firma.test[198.51.100.9] said: 550 5.7.1 <out7.sender.test[203.0.113.5]>: Client host thrown out: greets too early (in reply to RCPT TO command))",
        &["jdoe", "firma.test", "198.51.100.9", "203.0.113.5", "out7.sender.test", "4ABC12D3E4"],
    ),
    (
        "552 5.3.4 Letter of 35882577 bytes is above what Example lets in for subscriber Max Peter Mustermann <max@firma.test>",
        &["Max", "Peter", "Mustermann", "firma.test"],
    ),
    (
        "2026-11-12 08:14:22 1kZQwX-0003Fv-8N ** jane.doe@firma.test R=dnslookup T=remote_smtp H=mx.firma.test [198.51.100.9]: SMTP error from remote mail server after RCPT TO:<jane.doe@firma.test>: 550 5.2.1 account jane.doe was put to sleep by the tenant",
        &["jane", "doe", "firma.test", "198.51.100.9"],
    ),
    (
        "Nov 12 08:14:22 mail sm-mta[9121]: 0AC7EMxy012345: to=<jane@firma.test>, delay=00:00:02, mailer=esmtp, relay=mx.firma.test. [198.51.100.9], dsn=5.7.1, stat=The doorman of Example knows nobody of your name",
        &["jane", "firma.test", "198.51.100.9", "sm-mta", "0AC7EMxy012345"],
    ),
    (
        "Nov 12 08:14:22 mx1 postfix/smtp[24513]: A1B2C3D4E5: to=<bob@firma.test>, relay=none, delay=300, dsn=4.4.2, status=deferred (the line to mx.firma.test[198.51.100.9] went quiet while the letter was read out)",
        &["bob", "firma.test", "198.51.100.9", "postfix", "A1B2C3D4E5"],
    ),
    ("smtp; 552 5.3.4 Message size of 31457280 bytes is above the ceiling 26214400 of this gateway", &["31457280"]),
    ("452 4.3.1 Queue 1qXYZa-0003Ab-C5 has stopped taking letters, come back in 900 seconds", &["1qXYZa-0003Ab-C5"]),
    (
        "421 4.7.28 [2a01:4f8:c0c:1234::1] Our gauges show an unusual flood of letters from your network",
        &["2a01:4f8:c0c:1234::1"],
    ),
    (
        "550 Mail from 198.51.100.77 refused by our robots. Write to postmaster@example.com with this token: 6f9619ff-8b86-d011-b42d-00cf4fc964ff",
        &["198.51.100.77", "6f9619ff"],
    ),
    (
        "554 5.7.1 Blocked by the shield of Example: http://shield.blocker.test/lookup?ip=198.51.100.77&to=jdoe%40firma.test",
        &["198.51.100.77", "jdoe", "firma.test"],
    ),
    (
        "554 5.7.1 Your letter was weighed and found too light, see https://postmaster.example.com/why?ip=198.51.100.77&to=jdoe%40firma.test&case=12345678",
        &["198.51.100.77", "jdoe", "firma.test", "12345678"],
    ),
    (
        "550 5.4.1 The HELO argument <DESKTOP-4F7A2B> of ec2-198-51-100-7.compute.cloud.test does not please us",
        &["DESKTOP-4F7A2B", "ec2-198-51-100-7", "cloud.test"],
    ),
    (
        "550 5.7.26 Mail of the domain firma.test lacks a proof of origin: SPF smtp.mailfrom=bounce.firma.test did not pass, DKIM header.d=firma.test did not either",
        &["firma.test"],
    ),
    (
        "450 4.2.0 \"john doe\"@firma.test is asked to come back on Mon, 23 Nov 2026 10:00:00 +0000 (UTC)",
        &["john doe", "firma.test"],
    ),
    (
        "550 error code 1205: the sender jane.roe+list@firma.test is on the list of this household",
        &["jane.roe", "firma.test"],
    ),
    (
        "451 4.7.1 Greetings from the turnstile: key c29tZXRoaW5nMQ== expires 12:30:45, retry after 00:05:00",
        &["c29tZXRoaW5nMQ=="],
    ),
    (
        "535 5.7.8 Username and password of jane.roe@firma.test were declined {AUTH|77} by gate",
        &["jane.roe", "firma.test"],
    ),
    ("554 5.7.0 AUP#1310 the neighbourhood of 198.51.100.0 is noisy today", &["198.51.100.0"]),
    ("550 5.1.1 Benutzer jdoe@firma.test gibt es hier längst nicht mehr, bitte streichen", &["jdoe", "firma.test"]),
    ("550 5.1.1 宛先 jdoe@firma.test は本日休業中につき配達できません", &["jdoe", "firma.test"]),
    ("4ABC12D3E4: quarantined by the night watch, TLS 1.2 and RFC 5321 were honoured, port 25", &["4ABC12D3E4"]),
    (
        "host mx1.firma.test [198.51.100.9]: 571 We do not talk to strangers like 198.51.100.1.firma.test or mail.stranger.test.",
        &["firma.test", "198.51.100.9", "stranger.test"],
    ),
    (
        "550-Verification failed for <jane.roe@firma.test>\n550-The callout of house mx1.firma.test gave no joy\n550 Sender is not to be verified today",
        &["jane.roe", "firma.test"],
    ),
    (
        "554 5.7.1 Listed at 7.100.51.198.zen.blocker.test, reason \"spamtrap\", first seen 12/Nov/2026:10:11:12",
        &["7.100.51.198", "blocker.test"],
    ),
    ("421 Too many letters an hour from 203.0.113.x; the ceiling is 1,000 an hour", &["203.0.113.x"]),
    ("550 5.7.1 IPv6:2a01:4f8:c0c:1234::2 has no name in the book of names", &["2a01:4f8:c0c:1234::2"]),
    ("550 Benutzer/Kunde=4711;host=mail.firma.test:25 darf das nicht", &["firma.test"]),
    ("550 5.7.1 Our café refuses letters\u{a0}of \u{fffd}jdoe\u{fffd}", &["jdoe"]),
];

fn base(name: &str) -> (trial::Trial, Compiled) {
    let trial = trial::Trial::new(name);
    let compiled = compile(&trial.directory);
    (trial, compiled)
}

fn request(reply: &[u8]) -> NewRule {
    NewRule {
        provider: "example-mail".to_owned(),
        reply: reply.to_vec(),
        id: None,
        category: None,
        anyway: true,
        checked: "2026-11-23".to_owned(),
    }
}

/// The proposal for a reply, after all that must hold for every proposal.
fn proposed(base: &Compiled, directory: &Path, reply: &[u8]) -> Result<Proposal, Refusal> {
    let shown = String::from_utf8_lossy(reply).into_owned();
    let proposal = propose(base, &directory.to_string_lossy(), &request(reply))?;
    let template = parse(&proposal.template).expect("a good template");
    assert!(stands_in(&template, reply), "{shown}\nis not matched by {}", proposal.template);
    assert!(
        stands_in(&template, proposal.example.as_bytes()),
        "{}\nis not matched by {}",
        proposal.example,
        proposal.template
    );
    let mut files = base.catalogue_files();
    files.retain(|file| file.path != proposal.file.path);
    let text = String::from_utf8(proposal.file.bytes.clone()).expect("UTF-8");
    let filled = text
        .replace("\"FILL IN: an id of categories.yaml\"", "unclassified")
        .replace("FILL IN: what happened", "We do not know what happened, but here is what to do: what happened");
    files.push(rules_compiler::source::CatalogueFile { path: proposal.file.path.clone(), bytes: filled.into_bytes() });
    let compiled = compile_files("catalogue", files, Depth::Analysed);
    let errors: Vec<_> = compiled.diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect();
    assert!(!compiled.diagnostics.has_errors(), "{shown}\n{errors:?}");
    let output = compiled.output.expect("tables");
    let tables = rules_runtime::Tables::from_bytes(&output.rules_file).expect("tables");
    let verdict = rules_runtime::Classifier::new(&tables).mx("mx.example.com").classify(reply);
    assert_eq!(verdict.rule().map(|rule| rule.id()), Some(proposal.id.as_str()), "{shown}");
    Ok(proposal)
}

#[test]
fn every_reply_becomes_a_rule_that_names_nobody() {
    let (trial, base) = base("scaffold-replies");
    let mut all = String::new();
    for (reply, secrets) in REPLIES {
        let proposal =
            proposed(&base, &trial.directory, reply.as_bytes()).unwrap_or_else(|refusal| panic!("{reply}: {refusal}"));
        for secret in *secrets {
            let rule = proposal.rule.to_lowercase();
            assert!(!rule.contains(&secret.to_lowercase()), "`{secret}` is in\n{}", proposal.rule);
        }
        let _ = writeln!(all, "{}\n  text:    {}\n  example: {}", proposal.id, proposal.template, proposal.example);
    }
    insta::assert_snapshot!("rules_of_replies", all);
}

#[test]
fn what_varies_becomes_a_hole_of_its_own_and_what_means_something_stays() {
    let (trial, base) = base("scaffold-holes");
    for (reply, template) in [
        (
            "421 Harbour is full. Reason: 1,204 letters in the last 60 minutes",
            "Harbour is full. Reason: {number} letters in the last {other_number:number} minutes",
        ),
        (
            "550 Ihr Brief vom Mo, 23 Nov 2026 10:22:31 +0100 liegt noch im Hafen",
            "Ihr Brief vom {text} liegt noch im Hafen",
        ),
        ("550 La carta del 23 de noviembre de 2026 duerme en el puerto", "La carta del {text} duerme en el puerto"),
        ("550 Le coffre du 3 décembre 2026 ne ferme plus ce soir", "Le coffre du {text} ne ferme plus ce soir"),
        ("552 Le coffre contient déjà 5 368 709 120 octets de trop", "Le coffre contient déjà {text} octets de trop"),
        (
            "550 \"C:\\Mail\\Rules\\block_list.txt\" line 42 dislikes this lantern",
            "\"{token}\" line {number} dislikes this lantern",
        ),
        (
            "550 The lantern carries \"factura_2026-11.exe\" (Trojan.GenericKD.4711)",
            "The lantern carries \"{token}\" ({other_token:token})",
        ),
        ("550 Lantern shop is shut for malware.harbour.test", "Lantern shop is shut for {host}"),
        (
            "550 Lantern weighed 18.42/6.00; tests=BAYES_99,URIBL_BLACK,RCVD_IN_XBL as of now",
            "Lantern weighed {number}/{other_number:number}; tests={text} as of now",
        ),
        (
            "550 Lantern {\"sender\":\"jdoe@firma.test\",\"action\":\"reject\"} for the night",
            "Lantern {{\"sender\":\"{sender:email}\",\"action\":\"reject\"}} for the night",
        ),
        (
            "550 HARBOUR.ADR.LanternNotFound; Lantern of Header-From=jdoe@firma.test not found",
            "HARBOUR.ADR.LanternNotFound; Lantern of Header-From={email} not found",
        ),
    ] {
        let proposal =
            proposed(&base, &trial.directory, reply.as_bytes()).unwrap_or_else(|refusal| panic!("{reply}: {refusal}"));
        let longest = parse(template).expect("a template");
        assert!(template.starts_with(&proposal.template), "{reply}\n{}\n{template}", proposal.template);
        assert!(stands_in(&longest, reply.as_bytes()), "{template}");
    }
}

/// Words of other languages are no ids for those who read English: the meaning is, or what the codes are called.
#[test]
fn an_id_is_english_whatever_the_language() {
    let german = "language: de\nname: German\nrules:\n  - id: server-busy\n    text: Server ausgelastet\n    category: service-unavailable\n    explanation: The server has no capacity left at the moment. Try again in a quarter of an hour.\n    source: observed\n    checked: 2026-11-23\n    examples: [450 Server ausgelastet]\n";
    let trial = trial::Trial::new("scaffold-languages").write("phrases/de.yaml", german);
    let compiled = compile(&trial.directory);
    for (reply, id, template) in [
        ("450 Der Server ausgelastet, bitte gedulden", "server-busy", "Der Server ausgelastet, bitte gedulden"),
        (
            "450 4.3.2 Diese Zusendung scheiterte wegen Hausverbots. Ref: AB12-9931-XYZ",
            "service-unavailable",
            "Diese Zusendung scheiterte wegen Hausverbots",
        ),
        (
            "554 5.7.1 Zpráva zadržena strážným psem, kód SPM-4711, viz https://podpora.firma.test/spm",
            "spm-4711",
            "Zpráva zadržena strážným psem, kód {code=SPM-4711}",
        ),
        (
            "550 您的邮件被判定为垃圾邮件, 已被拒收, 请联系 wang@firma.test",
            "mailbox-unavailable",
            "您的邮件被判定为垃圾邮件, 已被拒收",
        ),
        (
            "554 5.7.1 Our gatekeeper grumbles loudly at strangers",
            "gatekeeper-grumbles-loudly",
            "Our gatekeeper grumbles loudly at strangers",
        ),
    ] {
        let folder = trial.directory.to_string_lossy();
        let proposal = propose(&compiled, &folder, &request(reply.as_bytes()))
            .unwrap_or_else(|refusal| panic!("{reply}: {refusal}"));
        assert_eq!((&*proposal.id, &*proposal.template), (&*format!("example-mail/{id}"), template), "{reply}");
    }
}

#[test]
fn an_id_is_a_text_whatever_the_code_and_the_language() {
    let (trial, base) = base("scaffold-ids");
    let id = |reply: &str| proposed(&base, &trial.directory, reply.as_bytes()).expect(reply).id;
    assert_eq!(id("554 Policy 0x8004010F (HarbourBlock) of the lantern keeper"), "example-mail/code-0x8004010f");
    assert_eq!(id("550 5.1.1 Маяк сегодня закрыт на ремонт надолго"), "example-mail/recipient-unknown-2");
}

#[test]
fn a_reply_of_another_provider_is_sent_there() {
    let (trial, base) = base("scaffold-elsewhere");
    let text = "id: odd\nname: Odd\nkind: mailbox\nmx: [odd.test]\n";
    let elsewhere = trial.write("providers/odd.yaml", text);
    let base = {
        drop(base);
        compile(&elsewhere.directory)
    };
    let known =
        b"421 4.7.0 [EX01] Messages from 198.51.100.7 temporarily deferred; see https://postmaster.example.com/ex01";
    let request = NewRule { provider: "odd".to_owned(), ..request(known) };
    let refusal = propose(&base, &elsewhere.directory.to_string_lossy(), &request).expect_err("no rule").to_string();
    for part in ["`example-mail/rate-limited` already reads these words", "--provider example-mail", "requires: mx"] {
        assert!(refusal.contains(part), "{refusal}");
    }
    // Software speaks for whoever runs it.
    let mail = std::fs::read_to_string(elsewhere.directory.join("providers/example-mail.yaml")).expect("a file");
    let software = elsewhere.write("providers/example-mail.yaml", mail.replace("kind: mailbox", "kind: mta"));
    let base = compile(&software.directory);
    if let Err(refusal) = propose(&base, &software.directory.to_string_lossy(), &request) {
        assert!(!refusal.to_string().contains("requires: mx"), "{refusal}");
    }
}

#[test]
fn the_providers_own_codes_and_links_stay() {
    let (trial, base) = base("scaffold-own");
    let of = |reply: &str| proposed(&base, &trial.directory, reply.as_bytes()).expect(reply);
    let coded = of(REPLIES[1].0);
    assert!(coded.template.contains("({code=S9911})"), "{}", coded.template);
    assert_eq!(coded.id, "example-mail/s9911");
    assert!(coded.example.contains("prod.mx.example.com"), "{}", coded.example);
    let linked = of(REPLIES[0].0);
    assert!(linked.example.contains("https://postmaster.example.com/mail/?p=CampaignPaused"), "{}", linked.example);
    assert!(!linked.template.contains("http"), "what only points elsewhere is left out: {}", linked.template);
}

#[test]
fn what_cannot_be_a_rule_is_refused_with_a_reason() {
    let (trial, base) = base("scaffold-refused");
    let refused = |request: NewRule| {
        propose(&base, &trial.directory.to_string_lossy(), &request).expect_err("no rule").to_string()
    };
    for (reply, reason) in [
        ("", "no text"),
        ("550 5.7.1", "no text"),
        ("550 198.51.100.7", "too few words"),
        ("550 a b", "too few words"),
        ("250 2.0.0 The lantern is lit", "nothing failed"),
    ] {
        let refusal = refused(request(reply.as_bytes()));
        assert!(refusal.contains(reason), "{reply}: {refusal}");
    }
    let known =
        b"421 4.7.0 [EX01] Messages from 198.51.100.7 temporarily deferred; see https://postmaster.example.com/ex01";
    let again = NewRule { anyway: false, ..request(known) };
    assert!(refused(again).contains("`example-mail/rate-limited` already reads these words"));
    let other = |change: &dyn Fn(&mut NewRule)| {
        let mut request = request(REPLIES[0].0.as_bytes());
        change(&mut request);
        refused(request)
    };
    assert!(other(&|request| request.provider = "exmaple-mail".to_owned()).contains("did you mean `example-mail`?"));
    assert!(other(&|request| request.id = Some("Not Good".to_owned())).contains("`not-good`"));
    assert!(
        other(&|request| request.id = Some("closing".to_owned())).contains("`example-mail/closing` is there already")
    );
    assert!(
        other(&|request| request.category = Some("rate-limted".to_owned())).contains("did you mean `rate-limited`?")
    );
}

#[test]
fn a_rule_that_would_lose_says_that_it_goes_first() {
    let id = "4Zb7c1X9q4Zb7c1X9q4Zb7c1X9q4Zb7c1X9q";
    let stronger = format!(
        "id: example-mail\nname: Example Mail\nkind: mailbox\nmx: [mx.example.com]\nrules:\n  - id: shut\n    text: \"lantern {id} shut\"\n    category: service-unavailable\n    explanation: The lantern is shut for painting; come back when the paint is dry.\n    source: observed\n    checked: 2026-11-23\n    examples: [\"550 lantern {id} shut for painting\"]\n"
    );
    let trial = trial::Trial::new("scaffold-over").write("providers/example-mail.yaml", stronger);
    let base = compile(&trial.directory);
    let reply = format!("550 lantern {id} shut by [198.51.100.7]");
    let proposal = proposed(&base, &trial.directory, reply.as_bytes()).expect("a rule");
    assert_eq!(proposal.template, "lantern {token} shut by [{ip}]");
    assert_eq!(proposal.over, ["example-mail/shut"]);
    assert!(proposal.rule.contains("over: [example-mail/shut]"), "{}", proposal.rule);
    let today: Vec<_> = proposal.today.iter().map(|today| (today.rule.as_str(), today.wins)).collect();
    assert_eq!(today, [("example-mail/shut", true)]);
    assert!(proposal.today[0].why.contains("`over`"), "{}", proposal.today[0].why);
    assert_eq!(proposal.category.map(|category| category.id).as_deref(), Some("service-unavailable"));
}

#[test]
fn a_rule_that_takes_anothers_example_is_shown_and_refused() {
    let (trial, base) = base("scaffold-twice");
    let known =
        b"421 4.7.0 [EX01] Messages from 198.51.100.7 temporarily deferred; see https://postmaster.example.com/ex01";
    let refusal = propose(&base, &trial.directory.to_string_lossy(), &request(known)).expect_err("no rule");
    let Refusal::Wrong { draft, compiled } = refusal else { panic!("{refusal:?}") };
    assert!(draft.contains("{code=EX01}"), "{draft}");
    assert!(compiled.diagnostics.has_errors());
}

/// A word, or something that varies and must not be published.
fn piece() -> impl Strategy<Value = (String, bool)> {
    let word = prop::sample::select(vec![
        "weather", "lantern", "the", "refuses", "your", "harbour", "because", "Monday", "quota.", "limit:", "(see",
        "below)", "–", "naïve", "{brace}",
    ]);
    let number = any::<u8>();
    prop_oneof![
        4 => word.prop_map(|word| (word.to_owned(), false)),
        1 => number.prop_map(|n| (format!("198.51.100.{n}"), true)),
        1 => number.prop_map(|n| (format!("[203.0.113.{n}]"), true)),
        1 => number.prop_map(|n| (format!("<user{n}x@firma{n}.test>"), true)),
        1 => number.prop_map(|n| (format!("mx{n}.firma{n}.test,"), true)),
        1 => number.prop_map(|n| (format!("2a01:4f8:{n:x}::1"), true)),
        1 => number.prop_map(|n| (format!("https://www.firma{n}.test/a?b={n}"), true)),
        1 => number.prop_map(|n| (n.to_string(), false)),
        1 => number.prop_map(|n| (format!("4Zb7c{n}X9q"), true)),
        1 => number.prop_map(|n| (format!("2026-11-{:02} 10:{:02}:00", n % 28 + 1, n % 60), false)),
        1 => prop::sample::select(vec![": ", " - ", "; ", ". ", "\r\n550 "]).prop_map(|s| (s.to_owned(), false)),
    ]
}

proptest! {
    #![proptest_config(seeded(96))]

    #[test]
    fn any_reply_is_refused_or_becomes_a_good_rule(pieces in prop::collection::vec(piece(), 1..14)) {
        let (trial, base) = base("scaffold-any");
        let words: Vec<&str> = pieces.iter().map(|(word, _)| word.as_str()).collect();
        let reply = format!("550 5.7.1 {}", words.join(" "));
        match proposed(&base, &trial.directory, reply.as_bytes()) {
            Ok(proposal) => for (secret, _) in pieces.iter().filter(|(_, secret)| *secret) {
                let bare = secret.trim_matches(['<', '>', '[', ']', ',']);
                prop_assert!(!proposal.rule.contains(bare), "`{bare}` of\n{reply}\nis in\n{}", proposal.rule);
            },
            Err(Refusal::Request(_)) => {}
            Err(Refusal::Wrong { draft, compiled }) => {
                let errors: Vec<_> = compiled.diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect();
                panic!("{reply}\n{draft}\n{errors:?}");
            }
            Err(refusal) => panic!("{reply}\n{refusal}"),
        }
    }

    #[test]
    fn any_bytes_are_taken_apart_without_a_panic(reply in prop::collection::vec(any::<u8>(), 0..120)) {
        let pasted = rules_compiler::scaffold::Pasted::read(&reply);
        prop_assert!(!pasted.text.contains('\n'));
    }
}
