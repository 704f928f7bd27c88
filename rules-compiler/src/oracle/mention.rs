//! Codes that a text mentions where it quotes no reply.

use super::codes::{Codes, Group, regex};
use regex::bytes::Regex;
use std::sync::LazyLock;

/// What stands before a status, whatever follows.
static NUMBER_SIGN: LazyLock<Regex> = LazyLock::new(|| regex(r"#\z"));
/// What stands before one, unless it is a version's number.
static STATUS_NAMED: LazyLock<Regex> = LazyLock::new(|| regex(r#"(?:[:;] ?|[='"])\z"#));
/// What stands before one that goes on with words, or in a reply that has a code.
static STATUS_OPENED: LazyLock<Regex> = LazyLock::new(|| regex(r"[(\[]\z"));
static VERSION: LazyLock<Regex> = LazyLock::new(|| regex(r#"(?:\A|[^a-z0-9])version ?[:;='"(\[] ?\z"#));
/// The code, and what may follow: an end, or the closing of what was opened.
static STATUS: LazyLock<Regex> = LazyLock::new(|| regex(r#"\A([45])\.0{0,2}[0-7]\.[0-9]{1,3}(?:([)\]])|[ ,;:'"]|\z)"#));

/// A code that carries its status can hardly be a mere number.
static REPLY: LazyLock<Regex> = LazyLock::new(|| regex(r#"\A[45][0-9]{2}(?:[ :,)\]'"]|\.[^0-9]|\.?\z)"#));
static PORT: LazyLock<Regex> = LazyLock::new(|| regex(r"\A(?:465|587)"));
static HTTP: LazyLock<Regex> = LazyLock::new(|| regex(r"\A(?:40[0-9]|42[02-9]|41[0-9]|43[01]|50[0-9]|51[01])"));
static SMTP_NEAR: LazyLock<Regex> = LazyLock::new(|| regex(r"smtp.{0,20}\z"));
static PYTHON: LazyLock<Regex> = LazyLock::new(|| regex(r#"\A..., b?['"]"#));
/// Behind a program's name stands its process id.
static PROCESS: LazyLock<Regex> = LazyLock::new(|| regex(r"[a-z0-9\x80-\xFF]\[ ?\z"));
static OPENED: LazyLock<Regex> = LazyLock::new(|| regex(r"[(\[]\z"));
static BRACKET: LazyLock<Regex> = LazyLock::new(|| regex(r"\(\z"));
static COLON: LazyLock<Regex> = LazyLock::new(|| regex(r": \z"));
static FIRST: LazyLock<Regex> = LazyLock::new(|| regex(r#"\A[#(\[{<'"]*[\t\n\x0C\r ]*\z"#));
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    regex(r#"(?:\A|[^a-z0-9])(?:smtp|esmtp|code|error|reply|response|rcpt|data)["']? ?[:=]? ?[(\["']? ?\z"#)
});

impl Codes {
    /// Takes the first status that is mentioned.
    pub fn mention_status(&mut self, before: &[u8], rest: &[u8], outer: &Self) {
        let group = Group::read(rest);
        let Some(status) = group.codes.status.filter(|_| group.codes.reply.is_none() && self.status.is_none()) else {
            return;
        };
        let agrees = outer.reply.is_none_or(|reply| reply / 100 == u16::from(status.0));
        let named = STATUS.captures(rest).filter(|_| agrees && !VERSION.is_match(before)).is_some_and(|found| {
            let opened = STATUS_OPENED.is_match(before) && (found.get(2).is_none() || outer.reply.is_some());
            opened || STATUS_NAMED.is_match(before)
        });
        if named || NUMBER_SIGN.is_match(before) {
            self.status = Some(status);
        }
    }

    /// Takes the first reply code that is mentioned in a text that starts with no code.
    pub fn mention_reply(&mut self, before: &[u8], rest: &[u8], outer: &Self) {
        if outer.class().is_some() || self.reply.is_some() {
            return;
        }
        let Group { codes, .. } = Group::read(rest);
        let strong = codes.reply.zip(codes.status).is_some_and(|(reply, (class, ..))| reply / 100 == u16::from(class));
        let weak = REPLY.is_match(rest) && !PORT.is_match(rest) && !PROCESS.is_match(before) && {
            let near = SMTP_NEAR.is_match(before);
            let mail = near || !HTTP.is_match(rest);
            BRACKET.is_match(before) && PYTHON.is_match(rest)
                || OPENED.is_match(before) && near
                || COLON.is_match(before) && matches!(rest.get(3), Some(b' ' | b':')) && !HTTP.is_match(rest)
                || FIRST.is_match(before) && !HTTP.is_match(rest)
                || NAMED.is_match(before) && mail
        };
        let digits = rest.first_chunk::<3>().filter(|digits| matches!(digits[0], b'4' | b'5'));
        if let Some(digits) = digits.filter(|_| strong || weak) {
            self.reply = Some(digits.iter().fold(0, |value, digit| value * 10 + u16::from(digit - b'0')));
            self.mentioned = true;
            self.status = self.status.or(codes.status);
        }
    }
}
