//! Reply codes and enhanced status codes, read from the start of a text.

use core::fmt;

/// An enhanced status code (RFC 3463): class, subject and detail.
///
/// ```
/// use rules_runtime::{EnhancedCode, Reply};
/// let code = Reply::parse(b"550 5.7.26 unauthenticated").enhanced_code();
/// assert_eq!(code, Some(EnhancedCode { class: 5, subject: 7, detail: 26 }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnhancedCode {
    /// 2 (success), 4 (transient) or 5 (permanent).
    pub class: u8,
    /// What it is about, 0 to 999; 0 to 7 are registered.
    pub subject: u16,
    /// What happened, 0 to 999.
    pub detail: u16,
}

impl fmt::Display for EnhancedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

/// Codes that open a text, and how many bytes they take with the space behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Codes {
    pub reply: Option<u16>,
    pub status: Option<EnhancedCode>,
    /// Whether a hyphen follows the reply code, as on every line of a reply but its last.
    pub hyphen: bool,
    /// Whether the text only mentions the reply code; see [`crate::mention`].
    pub mentioned: bool,
    pub length: usize,
}

impl Codes {
    /// Whether more than the number itself shows that this is a reply code.
    pub fn strong(&self) -> bool {
        self.hyphen || self.status.is_some()
    }

    /// Whether codes met later in the text are those of the next line of the same reply, whatever stands before them.
    pub fn continued_by(&self, later: &Codes) -> bool {
        self.hyphen && later.reply == self.reply && later.status == self.status
    }

    /// Whether a reply code met later in the text, with its status, stands there because lines were joined: it is the
    /// same, and shows by a hyphen or the status that it is no mere number, or an earlier hyphen announced it.
    pub fn repeated_by(&self, later: &Codes) -> bool {
        let same_status = later.status.is_some() && later.status == self.status;
        later.reply.is_some() && later.reply == self.reply && (later.hyphen || self.hyphen || same_status)
    }

    /// The first digit: of the reply code, or of the enhanced status code where there is no other.
    pub fn class(&self) -> Option<u16> {
        self.reply.map(|reply| reply / 100).or(self.status.map(|status| u16::from(status.class)))
    }

    /// Whether the command may have failed: nothing says that it succeeded or goes on.
    pub fn failed(&self) -> bool {
        !matches!(self.class(), Some(2 | 3))
    }
}

/// Reads `550 5.1.1 `, `550-5.1.1 `, `550 `, `5.1.1 ` or nothing.
#[inline]
pub(crate) fn leading(text: &[u8]) -> Codes {
    text.first_chunk().and_then(usual).unwrap_or_else(|| any(text))
}

/// Reads the codes in their usual form: with one space behind each.
#[inline]
fn usual(text: &[u8; 16]) -> Option<Codes> {
    let [class, tens, ones, b' ', rest @ ..] = text else {
        return None;
    };
    let digits = [class.wrapping_sub(b'0'), tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0')].map(u16::from);
    if !(2..=5).contains(&digits[0]) || digits[1] > 9 || digits[2] > 9 {
        return None;
    }
    let reply = Some(digits[0] * 100 + digits[1] * 10 + digits[2]);
    let status = |class: &u8, subject: &u8, detail: u16, length| {
        let status = EnhancedCode { class: class - b'0', subject: u16::from(subject - b'0'), detail };
        Some(Codes { reply, status: Some(status), length, ..Codes::default() })
    };
    match rest {
        [
            class @ (b'2' | b'4' | b'5'),
            b'.',
            subject @ b'0'..=b'9',
            b'.',
            detail @ b'0'..=b'9',
            b' ',
            b'!'..=0xFF,
            ..,
        ] => status(class, subject, u16::from(detail - b'0'), 10),
        [
            class @ (b'2' | b'4' | b'5'),
            b'.',
            subject @ b'0'..=b'9',
            b'.',
            tens @ b'0'..=b'9',
            ones @ b'0'..=b'9',
            b' ',
            b'!'..=0xFF,
            ..,
        ] => status(class, subject, u16::from(tens - b'0') * 10 + u16::from(ones - b'0'), 11),
        [b'2' | b'4' | b'5', b'.', ..] | [b'#' | 0..=b' ', ..] => None,
        _ => Some(Codes { reply, length: 4, ..Codes::default() }),
    }
}

/// Reads the codes in whatever form.
#[inline(never)]
fn any(text: &[u8]) -> Codes {
    let mut codes = Codes { reply: reply_code(text), ..Codes::default() };
    if codes.reply.is_some() {
        codes.hyphen = text.get(3) == Some(&b'-');
        codes.length = 3 + usize::from(codes.hyphen);
        codes.length += blanks(text, codes.length);
    }
    let rest = text.get(codes.length..).unwrap_or_default();
    let hash = usize::from(matches!(rest.first(), Some(b'#')));
    if let Some((status, length)) = enhanced_code(rest.get(hash..).unwrap_or_default()) {
        codes.status = Some(status);
        codes.length += hash + length;
        codes.length += blanks(text, codes.length);
    }
    codes
}

/// A reply code, 200 to 599, that ends with a space, a hyphen or the text.
pub(crate) fn reply_code(text: &[u8]) -> Option<u16> {
    let (class, tens, ones) = (*text.first()?, *text.get(1)?, *text.get(2)?);
    let ends = match text.get(3) {
        None => true,
        Some(byte) => *byte <= b' ' || *byte == b'-',
    };
    if !(b'2'..=b'5').contains(&class) || !tens.is_ascii_digit() || !ones.is_ascii_digit() || !ends {
        return None;
    }
    Some(u16::from(class - b'0') * 100 + u16::from(tens - b'0') * 10 + u16::from(ones - b'0'))
}

/// An enhanced status code that is not the start of a longer word, and its length.
pub(crate) fn enhanced_code(text: &[u8]) -> Option<(EnhancedCode, usize)> {
    let class = match text.first()? {
        byte @ (b'2' | b'4' | b'5') => byte - b'0',
        _ => return None,
    };
    let mut at = 1;
    let subject = number(text, &mut at)?;
    let detail = number(text, &mut at)?;
    match text.get(at) {
        Some(b'.') if text.get(at + 1).is_some_and(u8::is_ascii_digit) => None,
        Some(byte) if byte.is_ascii_alphanumeric() => None,
        _ => Some((EnhancedCode { class, subject, detail }, at)),
    }
}

/// A dot and one to three digits.
fn number(text: &[u8], at: &mut usize) -> Option<u16> {
    if *text.get(*at)? != b'.' {
        return None;
    }
    let mut value = 0;
    let mut digits = 0;
    *at += 1;
    while let Some(digit) = text.get(*at).filter(|byte| byte.is_ascii_digit()) {
        value = value * 10 + u16::from(digit - b'0');
        digits += 1;
        *at += 1;
        if digits > 3 {
            return None;
        }
    }
    (digits > 0).then_some(value)
}

fn blanks(text: &[u8], from: usize) -> usize {
    text.get(from..).unwrap_or_default().iter().take_while(|byte| **byte <= b' ').count()
}

#[cfg(test)]
mod tests {
    use super::{any, leading};
    use std::format;

    #[test]
    fn the_usual_form_is_read_as_any_other() {
        let first = ["", "5", "550", "250", "199", "600", "5 0", "421-", "550 ", "554  ", "450\t"];
        let second =
            ["", " ", "5.1.1", "4.7.26", "5.7.512", "2.0.0 ", "3.1.1 ", "5.10.1", "5.1.1.1", "5.1.x", "#5.1.1", "5."];
        let third = ["", " ", "  ", "x", "-", "1", ": user unknown at example.com", " user unknown at example.com"];
        for (first, second) in first.iter().flat_map(|first| second.iter().map(move |second| (first, second))) {
            for third in third {
                for text in [format!("{first}{second}{third}"), format!("{first} {second} {third}")] {
                    assert_eq!(leading(text.as_bytes()), any(text.as_bytes()), "{text:?}");
                }
            }
        }
    }
}
