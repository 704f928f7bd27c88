//! Typed holes: what each type of variable part takes from a folded text.
//!
//! A hole takes the longest run of its characters, gives back closing punctuation at the end, and then must look
//! like its type. So there is one way only to match it, and no need to go back and try another.

use crate::program::Fuel;
use crate::vocabulary::FieldType;

/// What a hole took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Taken {
    /// The field's value.
    pub value: (usize, usize),
    /// Where the hole ends: behind a closing angle bracket, for an address.
    pub end: usize,
    /// Whether a stand-in such as `<ip>` or `$(_ipsrc)` was met in the place of a value.
    pub stand_in: bool,
}

/// For each byte, in which types' runs it may stand (bits 0 to 6) and which runs it may end (bits 8 to 14).
static CLASSES: [u16; 256] = classes();

const fn classes() -> [u16; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        let alphanumeric = byte.is_ascii_alphanumeric();
        let high = byte >= 0x80;
        let printable = byte > b' ' && byte != 0x7F;
        let hex = matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'x' | b'*');
        let host = alphanumeric || byte == b'_' || high;
        let email = printable
            && !matches!(
                byte,
                b'<' | b'>' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b',' | b';' | b':' | b'"' | b'`' | b'|' | b'\\'
            );
        let url = printable && !matches!(byte, b'<' | b'>' | b'"' | b'`');
        let token = printable
            && !matches!(
                byte,
                b'<' | b'>' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b',' | b';' | b'"' | b'\'' | b'`'
            );
        table[at] = class(FieldType::Ip, hex || matches!(byte, b':' | b'.'), hex)
            | class(FieldType::Host, host || matches!(byte, b'.' | b'-'), host)
            | class(FieldType::Domain, host || matches!(byte, b'.' | b'-'), host)
            | class(FieldType::Email, email, email && !matches!(byte, b'.' | b'\'' | b'!' | b'?' | b'*'))
            | class(
                FieldType::Url,
                url,
                url && !matches!(byte, b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b']' | b'}' | b'\''),
            )
            | class(FieldType::Number, byte.is_ascii_digit() || matches!(byte, b'.' | b','), byte.is_ascii_digit())
            | class(FieldType::Token, token, token && !matches!(byte, b'.' | b':' | b'!' | b'?'));
        at += 1;
    }
    table
}

const fn class(kind: FieldType, runs: bool, ends: bool) -> u16 {
    (runs as u16) << (kind as u8) | (ends as u16) << (kind as u8 + 8)
}

/// Whether a hole of this type may take the byte (in lower case).
///
/// The compiler asks, to tell where a hole must stop; see `docs/guide/catalogue-format.md`.
#[must_use]
pub fn takes(kind: FieldType, byte: u8) -> bool {
    CLASSES[byte as usize] & class(kind, true, false) != 0
}

/// Whether a hole of this type may end with the byte (in lower case).
#[must_use]
pub fn ends(kind: FieldType, byte: u8) -> bool {
    CLASSES[byte as usize] & class(kind, false, true) != 0
}

/// Whether a hole of this type may begin with the byte (in lower case): an address may hold a quote, but not begin with
/// one, since a quote before it is rather around it.
#[must_use]
pub fn begins(kind: FieldType, byte: u8) -> bool {
    takes(kind, byte) && !(kind == FieldType::Email && byte == b'\'')
}

/// Matches a hole at `at`. `stop` is a byte that the hole leaves to the literal behind it; 0 for none.
pub(crate) fn forward(kind: FieldType, stop: u8, text: &[u8], at: usize, fuel: &mut Fuel) -> Option<Taken> {
    if let Some(end) = stand_in(text, at) {
        return Some(Taken { value: (at, end), end, stand_in: true });
    }
    match kind {
        FieldType::Date => {
            let end = date(text, at)?;
            fuel.burn(end - at)?;
            Some(Taken { value: (at, end), end, stand_in: false })
        }
        FieldType::Email if text.get(at) == Some(&b'<') => {
            let taken = run(kind, stop, text, at + 1, fuel)?;
            (text.get(taken.end) == Some(&b'>')).then_some(Taken { end: taken.end + 1, ..taken })
        }
        _ => run(kind, stop, text, at, fuel),
    }
}

fn run(kind: FieldType, stop: u8, text: &[u8], at: usize, fuel: &mut Fuel) -> Option<Taken> {
    let rest = text.get(at..)?;
    if !rest.first().is_some_and(|byte| begins(kind, *byte)) {
        return None;
    }
    let longest = rest.iter().take_while(|byte| takes(kind, **byte) && **byte != stop).count();
    fuel.burn(longest)?;
    let mut length = longest;
    while length > 0 && !rest.get(length - 1).is_some_and(|byte| ends(kind, *byte)) {
        length -= 1;
    }
    let mut masked = false;
    let value = rest.get(..length)?;
    let fits = match kind {
        FieldType::Ip => {
            if rest.get(length..longest).is_some_and(|tail| tail.starts_with(b"::")) && !value.ends_with(b":") {
                length += 2;
            }
            masked = value.iter().any(|byte| matches!(byte, b'x' | b'*'));
            is_ip(rest.get(..length)?)
        }
        FieldType::Host => value.first().is_some_and(|byte| ends(kind, *byte)),
        FieldType::Domain => is_domain(value),
        FieldType::Email => {
            value.iter().position(|byte| *byte == b'@').is_some_and(|sign| sign > 0 && sign + 1 < length)
        }
        FieldType::Url => value.contains(&b'.'),
        FieldType::Number => value.first().is_some_and(u8::is_ascii_digit),
        _ => length > 0,
    };
    fits.then_some(Taken { value: (at, at + length), end: at + length, stand_in: masked })
}

/// Where a hole that ends at `end` may start.
pub(crate) fn backward(kind: FieldType, stop: u8, text: &[u8], end: usize, fuel: &mut Fuel) -> Option<usize> {
    let start = start_of(kind, stop, text, end);
    fuel.burn(end - start.unwrap_or(0).min(end))?;
    start
}

fn start_of(kind: FieldType, stop: u8, text: &[u8], end: usize) -> Option<usize> {
    let before = text.get(..end)?;
    let last = *before.last()?;
    let closed = match last {
        b'>' => Some(b'<'),
        b')' => Some(b'('),
        b'}' => Some(b'{'),
        _ => None,
    };
    // A URL may end with a parenthesis.
    if let Some(open) = closed.filter(|_| kind != FieldType::Url || !takes(kind, last)) {
        let start = before.iter().rposition(|byte| *byte == open)?;
        let dollar = start.checked_sub(1).filter(|at| open != b'<' && before.get(*at) == Some(&b'$'));
        return Some(dollar.unwrap_or(start));
    }
    let sign = before.iter().rposition(|byte| !byte.is_ascii_lowercase() && *byte != b'_');
    // Where the sign may stand in a value, the run below begins with it or before it.
    let stands_in = |at: &usize| before.get(*at).is_some_and(|byte| matches!(byte, b'%' | b'$') && !takes(kind, *byte));
    if let Some(sign) = sign.filter(stands_in) {
        return Some(sign);
    }
    let start = before.iter().rposition(|byte| !takes(kind, *byte) || *byte == stop).map_or(0, |at| at + 1);
    Some(start + before.get(start..)?.iter().take_while(|byte| !begins(kind, **byte)).count())
}

/// What publishers write in the place of a value: `<ip>`, `$(_ipsrc)`, `${domain}`, `$domain`, `{spf}`, `%s`.
fn stand_in(text: &[u8], at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let name = |from: usize| {
        let named = rest.get(from..).unwrap_or_default();
        from + named.iter().take(24).take_while(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-')).count()
    };
    let enclosed = |from: usize, close: u8| {
        let inside = rest.get(from..)?;
        let length = inside
            .iter()
            .take(24)
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b' '))
            .count();
        (length > 0 && inside.get(length) == Some(&close)).then_some(from + length + 1)
    };
    let length = match rest.first()? {
        b'<' => enclosed(1, b'>')?,
        b'{' => enclosed(1, b'}')?,
        b'%' => 2 * usize::from(rest.get(1)?.is_ascii_lowercase()),
        b'$' => match rest.get(1)? {
            b'(' => enclosed(2, b')')?,
            b'{' => enclosed(2, b'}')?,
            _ => name(1),
        },
        _ => return None,
    };
    let whole = length > 1 && !rest.get(length).is_some_and(u8::is_ascii_alphanumeric);
    whole.then_some(at + length)
}

/// Four groups of one to three digits, or of a mask; or at least two colons among hexadecimal digits.
fn is_ip(value: &[u8]) -> bool {
    if value.contains(&b':') {
        return value.iter().filter(|byte| **byte == b':').count() >= 2
            && !value.iter().any(|byte| matches!(byte, b'x' | b'*'));
    }
    let mut groups = 0;
    for group in value.split(|byte| *byte == b'.') {
        groups += 1;
        let digits = group.iter().all(u8::is_ascii_digit);
        let mask = group.iter().all(|byte| matches!(byte, b'x' | b'*'));
        if group.is_empty() || group.len() > 3 || !(digits || mask) {
            return false;
        }
    }
    groups == 4
}

/// Labels between dots, the last of them not a number.
fn is_domain(value: &[u8]) -> bool {
    let mut labels = 0;
    let mut number = true;
    for label in value.split(|byte| *byte == b'.') {
        if label.is_empty() {
            return false;
        }
        labels += 1;
        number = label.iter().all(u8::is_ascii_digit);
    }
    labels >= 2 && !number
}

/// Words of a date: numbers with `:`, `/`, `.`, `-`, `+` between them, names of months and days, time zones.
fn date(text: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    let mut next = at;
    let mut digits = false;
    while let Some((length, number)) = date_word(text.get(next..)?) {
        end = next + length;
        digits |= number;
        next = end + usize::from(text.get(end) == Some(&b','));
        if text.get(next) != Some(&b' ') {
            break;
        }
        next += 1;
    }
    digits.then_some(end)
}

const NAMES: [&[u8]; 19] = [
    b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec", b"mon", b"tue",
    b"wed", b"thu", b"fri", b"sat", b"sun",
];
const ZONES: [&[u8]; 8] = [b"am", b"pm", b"gmt", b"utc", b"est", b"edt", b"cet", b"cest"];

/// The length of a date's word, and whether it is a number.
fn date_word(text: &[u8]) -> Option<(usize, bool)> {
    let sign = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    if text.get(sign).is_some_and(u8::is_ascii_digit) {
        let word = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b':' | b'/' | b'.' | b'-' | b'+' | b't' | b'z');
        let mut length = sign + text.get(sign..)?.iter().take_while(|byte| word(byte)).count();
        while length > 0 && !text.get(length - 1).is_some_and(|byte| byte.is_ascii_digit() || *byte == b'z') {
            length -= 1;
        }
        return (!text.get(length).is_some_and(u8::is_ascii_alphanumeric)).then_some((length, true));
    }
    let length = text.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    let word = text.get(..length)?;
    let named = length <= 9 && NAMES.iter().any(|name| word.starts_with(name)) || ZONES.contains(&word);
    named.then_some((length, false))
}
