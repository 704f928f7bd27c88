//! Codes that a text mentions without quoting a reply, as mail programs and logs do.
//!
//! | software | how it mentions |
//! | --- | --- |
//! | qmail, Courier | `… user unknown (#5.1.1)` |
//! | Postfix and Sendmail, logs | `dsn=5.1.1, stat=…` |
//! | RFC 3464, section 2.3.4 | `Status: 5.2.2` |
//! | .NET | `The server response was: 5.7.1 …` |
//! | Python | `(550, b'5.1.1 …')` |
//! | PHPMailer, Roundcube | `SMTP code: 550`, `SMTP Error (550): …` |
//!
//! Such codes count only where no reply is quoted; a reply code only where the text starts with no code at all.

use crate::bytes::ends_with_word;
use crate::code::{self, Codes, EnhancedCode};
use crate::text::is_word;

/// Words before a number that make a reply code of it.
const NAMES: [&[u8]; 8] = [b"smtp", b"esmtp", b"code", b"error", b"reply", b"response", b"rcpt", b"data"];
/// How far before a number a word is looked for that tells of SMTP.
const NEAR: usize = 24;
/// Subjects that are registered (RFC 3463, section 3); a version number goes beyond soon.
const LAST_SUBJECT: u16 = 7;

/// Whether what stands before a status could announce it.
#[inline]
pub(crate) fn may_announce(before: &[u8]) -> bool {
    let last = match before {
        [.., last, b' '] | [.., last] => *last,
        [] => return false,
    };
    matches!(last, b'#' | b':' | b';' | b'=' | b'\'' | b'"' | b'(' | b'[')
}

/// The status at the start of `rest`, unless it is a version number, or what stands before and behind it does not say
/// that it is one.
#[inline(never)]
pub(crate) fn status(before: &[u8], rest: &[u8], outer: &Codes) -> Option<EnhancedCode> {
    let (last, named) = before.trim_ascii_end().split_last()?;
    let (status, length) = code::enhanced_code(rest)?;
    let adjacent = before.last() == Some(last);
    if *last == b'#' {
        return adjacent.then_some(status);
    }
    let closed = match rest.get(length) {
        None | Some(b' ' | b',' | b';' | b':' | b'\'' | b'"') => false,
        Some(b')' | b']') => true,
        Some(_) => return None,
    };
    let opened = match last {
        b':' | b';' => true,
        b'=' | b'\'' | b'"' => adjacent,
        b'(' | b'[' => adjacent && (!closed || outer.reply.is_some()),
        _ => false,
    };
    let registered = matches!(status.class, 4 | 5) && status.subject <= LAST_SUBJECT;
    let agrees = outer.reply.is_none_or(|reply| reply / 100 == u16::from(status.class));
    let is_version = || ends_with_word(named.trim_ascii_end(), b"version");
    (opened && registered && agrees && !is_version()).then_some(status)
}

/// The reply code that a text mentions at the start of `rest`, 400 to 599. `here` are the codes as a reply would open with.
pub(crate) fn reply(before: &[u8], rest: &[u8], here: &Codes) -> Option<u16> {
    let number = number(rest)?;
    let strong = here.reply.is_some() && here.status.is_some_and(|status| u16::from(status.class) == number / 100);
    let behind = rest.get(3..).unwrap_or_default();
    let ends = match behind {
        [] | [b' ' | b':' | b',' | b')' | b']' | b'\'' | b'"', ..] => true,
        [b'.', digit, ..] => !digit.is_ascii_digit(),
        [b'.'] => true,
        _ => false,
    };
    // The ports of mail submission are no codes.
    if !strong && (!ends || matches!(number, 465 | 587)) {
        return None;
    }
    let trimmed = before.trim_ascii_end();
    let adjacent = trimmed.len() == before.len();
    // A number that HTTP uses needs a word about mail.
    let http = matches!(number, 400..=420 | 422..=431 | 500..=511);
    // Behind a program's name stands its process id: `smtp[550]:`.
    if !strong && trimmed.strip_suffix(b"[").is_some_and(|name| name.last().is_some_and(|byte| is_word(*byte))) {
        return None;
    }
    let near = || {
        let from = before.len().saturating_sub(NEAR);
        before.get(from..).is_some_and(|near| near.windows(4).any(|word| word.eq_ignore_ascii_case(b"smtp")))
    };
    let named = || {
        let name = without_last(trimmed, b"([\"'").trim_ascii_end();
        let name = without_last(name, b":=").trim_ascii_end();
        let name = without_last(name, b"\"'");
        NAMES.iter().any(|word| ends_with_word(name, word))
    };
    let known = strong
        || match trimmed.last() {
            Some(b'(') if adjacent && python(behind) => true,
            Some(b'(' | b'[') if adjacent && near() => true,
            Some(b':') if !adjacent && matches!(behind.first(), Some(b' ' | b':')) && !http => true,
            _ if !http
                && trimmed.iter().all(|byte| matches!(byte, b'#' | b'(' | b'[' | b'{' | b'<' | b'\'' | b'"')) =>
            {
                true
            }
            _ => (!http || near()) && named(),
        };
    known.then_some(number)
}

/// What follows the code in Python's way to show a reply: `, b'5.1.1 …'`.
fn python(behind: &[u8]) -> bool {
    let Some(text) = behind.strip_prefix(b", ") else {
        return false;
    };
    let text = text.strip_prefix(b"b").unwrap_or(text);
    matches!(text.first(), Some(b'\'' | b'"'))
}

/// A text without its last byte, where that is one of these.
fn without_last<'t>(text: &'t [u8], any: &[u8]) -> &'t [u8] {
    match text.split_last() {
        Some((last, rest)) if any.contains(last) => rest,
        _ => text,
    }
}

fn number(text: &[u8]) -> Option<u16> {
    let [class @ (b'4' | b'5'), tens @ b'0'..=b'9', ones @ b'0'..=b'9', ..] = *text else {
        return None;
    };
    let digit = |byte: u8| u16::from(byte - b'0');
    Some(digit(class) * 100 + digit(tens) * 10 + digit(ones))
}
