//! Any bytes as a reply.

use super::replies::Reply;
use super::{Choices, oracle};
use crate::answer::Answer;
use crate::project::output;
use rules_runtime::{Basis, Classifier, LOOK_AT, Permanence, Scope, Stage, Suppress, Tables, Verdict, builtin};
use std::sync::LazyLock;

static LOADED: LazyLock<Tables<'static>> =
    LazyLock::new(|| Tables::from_bytes(&output().rules_file).expect("a .rules file as the compiler writes it"));

const HOSTS: [&str; 8] = [
    "",
    ".",
    "mx1.hotmail.com",
    "gmail-smtp-in.l.google.com.",
    "MTA5.AM0.YAHOODNS.NET",
    "mx.example.com",
    "..google.com..",
    "h\u{f6}st",
];

/// Reads and classifies the input, every other time as it is, else a reply that it makes out of the catalogue.
///
/// # Panics
///
/// Where a verdict contradicts itself or another way to the same verdict.
pub fn reply(input: &[u8]) {
    let mut choices = Choices::new(input);
    let how = choices.byte();
    if how.is_multiple_of(2) {
        let mx = (how & 2 != 0).then(|| choices.of(&HOSTS).to_owned());
        let stage = (how & 4 != 0).then(|| choices.of(&Stage::ALL));
        judge(&Reply { text: choices.rest().to_vec(), mx, stage });
    } else {
        judge(&oracle::made_up(choices.rest()));
    }
}

fn judge(reply: &Reply) {
    let parsed = rules_runtime::Reply::parse(&reply.text);
    assert_eq!(parsed, rules_runtime::Reply::parse(&reply.text), "{reply:?}");
    for part in [Some(parsed.text()), parsed.remote_host()].into_iter().flatten() {
        within(part, &reply.text);
    }
    let verdict = classifier(builtin(), reply).classify(&reply.text);
    sound(&verdict, &reply.text);
    attributed(&verdict, reply.mx.is_some() || parsed.remote_host().is_some());
    let answer = Answer::of(&verdict);
    let same = |tables| Answer::of(&classifier(tables, reply).classify(&reply.text));
    assert_eq!(answer, same(builtin()), "another answer the second time: {reply:?}");
    assert_eq!(answer, same(&LOADED), "another answer from the file: {reply:?}");
    let looked_at = &reply.text[..reply.text.len().min(LOOK_AT)];
    let category = classifier(builtin(), reply).classify(looked_at).category();
    assert_eq!(verdict.category(), category, "something behind byte {LOOK_AT} counts: {reply:?}");
}

/// The classifier with the evidence that comes with a reply.
pub fn classifier<'t>(tables: &'t Tables<'t>, reply: &Reply) -> Classifier<'t> {
    let mut classifier = Classifier::new(tables);
    if let Some(mx) = &reply.mx {
        classifier = classifier.mx(mx);
    }
    if let Some(stage) = reply.stage {
        classifier = classifier.stage(stage);
    }
    classifier
}

/// What is promised of every verdict, whatever the tables.
pub fn sound(verdict: &Verdict<'_>, reply: &[u8]) {
    let of_recipient = matches!(verdict.scope(), Scope::Recipient | Scope::RecipientDomain);
    assert!(
        of_recipient || verdict.suppress() == Suppress::No,
        "{verdict:?} suppresses a recipient who is not to blame"
    );
    let may_succeed = matches!(verdict.permanence(), Permanence::Transient | Permanence::Unknown);
    assert!(may_succeed || verdict.retry_after().is_none(), "{verdict:?} says when to try what cannot succeed");
    assert_eq!(verdict.rule().is_none(), verdict.basis() == Basis::Nothing, "{verdict:?}");
    assert!(verdict.reply_code().is_none_or(|code| (200..600).contains(&code)), "{verdict:?}");
    for (_, _, value) in verdict.fields() {
        assert!(!value.is_empty(), "{verdict:?}: an empty field");
        within(value, reply);
    }
}

/// The rule's owner, the provider and the basis belong together; only a host can say that another provider speaks.
fn attributed(verdict: &Verdict<'_>, host: bool) {
    let owner = verdict.rule().and_then(|rule| rule.owner());
    assert_eq!(owner.is_some(), verdict.basis() == Basis::ProviderRule, "{verdict:?}");
    assert!(verdict.provider().is_none_or(|provider| provider.kind().speaks()), "{verdict:?}");
    if let Some(owner) = owner.filter(|owner| owner.kind().speaks()) {
        assert!(verdict.provider().is_some(), "{verdict:?}");
        assert!(host || verdict.provider() == Some(owner), "{verdict:?}");
    }
    assert!(verdict.fields().all(|(name, _, _)| !name.is_empty()), "{verdict:?}: a field without a name");
    let by_text = matches!(verdict.basis(), Basis::ProviderRule | Basis::Phrase);
    assert!(by_text || verdict.fields().next().is_none(), "{verdict:?}: fields without a template");
}

fn within(part: &[u8], reply: &[u8]) {
    let (part, reply) = (part.as_ptr_range(), reply.as_ptr_range());
    assert!(part.is_empty() || reply.start <= part.start && part.end <= reply.end, "not a part of the reply");
}
