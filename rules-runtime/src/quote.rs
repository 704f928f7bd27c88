//! Replies inside replies: where a mail server's report quotes what another server said.
//!
//! | software | how it quotes |
//! | --- | --- |
//! | Postfix | `host mx.example.com[192.0.2.1] said: 550 … (in reply to RCPT TO command)` |
//! | Postfix | `host mx.example.com[192.0.2.1] refused to talk to me: 554 …` |
//! | Exim | `… after RCPT TO:<…>: host mx.example.com [192.0.2.1]: 550 …` |
//! | Sendmail | `... while talking to mx.example.com.: >>> RCPT To:<…> <<< 550 …` |
//! | Exim, of a callout | `550-Response: 550 …`, on a line of its own reply |
//! | qmail | `Remote host said: 550 …` |
//! | Exchange | `Remote Server returned '550 …'`, `#< #5.1.1 smtp;550 …> #SMTP#` |
//! | Google | `The response from the remote server was: 550 …` |
//! | RFC 3464 | `Diagnostic-Code: smtp; 550 …` |

use crate::bytes::ends_with_word;
use crate::code::{self, Codes};
use crate::mention;
use crate::text::{Starts, load};
use crate::vocabulary::Stage;

/// What a text holds besides its words.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Quoted {
    /// Where the innermost quoted reply's text starts; 0 where none is quoted.
    pub inner: usize,
    /// Its codes; without a quoted reply, those that the text mentions.
    pub codes: Codes,
    /// Where the text of the reply starts that quotes it and is itself quoted; 0 where there is none.
    pub middle: usize,
    /// The codes of that.
    pub middle_codes: Codes,
    /// Whether the codes are repeated, as they are where lines were joined.
    pub repeats: bool,
}

/// Looks at every word that could be a code. In a text that is not `folded` yet, the same codes may be repeated.
pub(crate) fn find(bytes: &[u8], starts: &[u64], end: usize, outer: Codes, folded: bool) -> Quoted {
    let mut found = Quoted::default();
    let mut current = outer;
    let within = outer.reply.is_some();
    let bare = outer.class().is_none();
    let mut transcript = Transcript::None;
    let mut exim = EximReport::default();
    let mut group_end = 0;
    for at in Starts::new(starts, 0).take_while(|at| *at < end) {
        if !may_be_code(load(bytes, at).to_le_bytes()) {
            continue;
        }
        let rest = bytes.get(at..end).unwrap_or_default();
        let before = bytes.get(..at).unwrap_or_default();
        let here = code::leading(rest);
        // Only codes behind white space are folded away, so only those are repeated or repeat others.
        let spaced = before.is_empty() || before.ends_with(b" ");
        if bare && found.inner == 0 && at >= group_end {
            mention_reply(&here, before, rest, &mut found);
        }
        if at < group_end {
            mention_status(&here, before, rest, &outer, &mut found);
        } else if here.reply.is_some() {
            group_end = at + here.length;
            if spaced && !folded && current.continued_by(&here) && !announced(before, false) {
                found.repeats = true;
            } else if introduced(before, here.strong(), within, &mut exim) {
                current = if spaced { here } else { current };
                transcript.meet(before);
                if transcript != Transcript::Decided {
                    (found.middle, found.middle_codes) = (found.inner, found.codes);
                    found.inner = group_end;
                    found.codes = here;
                }
            } else if spaced && current.reply.is_none() {
                current = here;
            } else {
                found.repeats |= spaced && current.repeated_by(&here);
            }
        } else if let Some(status) = here.status {
            mention_status(&here, before, rest, &outer, &mut found);
            let alone = spaced && (rest.get(here.length - 1) == Some(&b' ') || here.length == rest.len());
            found.repeats |= alone && Some(status) == current.status;
        }
    }
    found
}

/// Takes note of the first status that is mentioned, before any reply is quoted, in a reply without one.
#[inline]
fn mention_status(here: &Codes, before: &[u8], rest: &[u8], outer: &Codes, found: &mut Quoted) {
    let known = outer.status.or(found.codes.status).is_some() || here.reply.is_some() || found.inner > 0;
    if !known && mention::may_announce(before) {
        found.codes.status = mention::status(before, rest, outer);
    }
}

/// Takes note of the first reply code that is mentioned in a text that starts with no code.
#[inline(never)]
fn mention_reply(here: &Codes, before: &[u8], rest: &[u8], found: &mut Quoted) {
    if found.codes.reply.is_none()
        && let Some(reply) = mention::reply(before, rest, here)
    {
        found.codes.reply = Some(reply);
        found.codes.mentioned = true;
        found.codes.status = found.codes.status.or(here.status);
    }
}

/// How far the transcript of an SMTP session was met: of its errors the first counts, as the later ones follow from it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Transcript {
    None,
    Started,
    Decided,
}

impl Transcript {
    /// Goes on to the next quoted reply, with what stands before it.
    fn meet(&mut self, before: &[u8]) {
        let sent = before.ends_with(b"<<< ");
        *self = match *self {
            Self::None if sent => Self::Started,
            Self::Started if sent => Self::Decided,
            other => other,
        };
    }
}

/// Whether a word could be a reply code or an enhanced status code, as far as its first bytes tell.
fn may_be_code([class, second, third, ..]: [u8; 8]) -> bool {
    (b'2'..=b'5').contains(&class) && (second == b'.' || second.is_ascii_digit() && third.is_ascii_digit())
}

/// Words after which a colon announces another server's reply.
const ANNOUNCING: [&[u8]; 6] = [b"was", b"response", b"reply", b"returned", b"reports", b"me"];
/// Such words within a reply that has a code of its own. Without one, `failed: 404` is no server's reply to mail.
const ANNOUNCING_WITHIN: [&[u8]; 5] = [b"with", b"failed", b"error", b"bounces", b"verification"];

/// Words that announce another server's reply with a colon, or without one if its code is a strong one; all end with a `d`.
const SPEAKING: [&[u8]; 4] = [b"said", b"replied", b"responded", b"answered"];

/// With what Exim opens the report of a remote reply; the colon before the reply ends it.
const EXIM: &[u8] = b"smtp error from remote mail server";

/// Where a text opens Exim's report of a remote reply, so far as it was looked at: no byte is looked at twice.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct EximReport {
    seen: usize,
    found: bool,
}

impl EximReport {
    /// Whether the report is opened in this part of the text, which is longer each time.
    fn opened(&mut self, text: &[u8]) -> bool {
        if !self.found {
            self.found = text.get(self.seen..).is_some_and(|new| find_word(new, EXIM).is_some());
            self.seen = (text.len() + 1).saturating_sub(EXIM.len()).max(self.seen);
        }
        self.found
    }
}

/// Whether a word before a reply code says that another server's reply follows, as in Exim's `550-Response: 550 …`, so
/// that the code does not repeat that of the line. `within` a reply that has a code, more words do.
pub(crate) fn announced(before: &[u8], within: bool) -> bool {
    let Some(named) = before.trim_ascii_end().strip_suffix(b":") else {
        return false;
    };
    let ends = |word: &&[u8]| ends_with_word(named, word);
    SPEAKING.iter().chain(&ANNOUNCING).any(ends) || within && ANNOUNCING_WITHIN.iter().any(ends)
}

/// Whether what stands before a reply code announces a quoted reply. A `strong` code carries an enhanced status code
/// or a hyphen, so that it can hardly be a mere number.
pub(crate) fn introduced(before: &[u8], strong: bool, within: bool, exim: &mut EximReport) -> bool {
    let named = before.trim_ascii_end();
    let Some((last, rest)) = named.split_last() else {
        return true;
    };
    let adjacent = before.last() == Some(last);
    match last {
        b':' => {
            strong || rest.ends_with(b"]") || rest.ends_with(b")") || announced(before, within) || exim.opened(rest)
        }
        b';' => ends_with_word(rest, b"smtp"),
        b'<' => adjacent || rest.ends_with(b"<<"),
        b'\'' | b'"' => adjacent,
        b'(' | b'[' => adjacent && strong,
        b'd' => strong && SPEAKING.iter().any(|word| ends_with_word(named, word)),
        _ => false,
    }
}

/// Where `words` stand in a text, in any case.
fn find_word(text: &[u8], words: &[u8]) -> Option<usize> {
    text.windows(words.len()).position(|window| window.eq_ignore_ascii_case(words))
}

/// Takes the type from a Diagnostic-Code field (RFC 3464, section 2.3.6): `smtp; 550 …`.
pub(crate) fn without_diagnostic_type(reply: &[u8]) -> &[u8] {
    if !matches!(reply.first(), Some(b's' | b'S' | b'x' | b'X')) {
        return reply;
    }
    let Some(end) = reply.iter().take(24).position(|byte| *byte == b';') else {
        return reply;
    };
    let (kind, rest) = reply.split_at_checked(end).unwrap_or((&[], reply));
    let known = kind.eq_ignore_ascii_case(b"smtp")
        || (kind.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(b"x-"))
            && kind.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-'));
    if known { rest.get(1..).unwrap_or_default().trim_ascii_start() } else { reply }
}

/// The host that a quotation names, as a range of the folded text before the quoted reply's code.
pub(crate) fn remote_host(before: &[u8]) -> Option<(usize, usize)> {
    let text = before.trim_ascii_end();
    // Older Exim names the host first: `host mx.example.com [192.0.2.1]: SMTP error … after RCPT TO:<…>: 550 …`.
    let exim = find_word(text, EXIM).and_then(|at| text.get(..at)).map(|named| named.trim_ascii_end());
    let text = exim.filter(|named| named.ends_with(b"]") || named.ends_with(b"]:")).unwrap_or(text);
    let ends: [&[u8]; 3] = [b" said:", b" refused to talk to me:", b":"];
    let named = ends.iter().find_map(|end| text.strip_suffix(*end)).unwrap_or(text);
    let end = match named.last() {
        Some(b']' | b')') => named.iter().rposition(|byte| matches!(byte, b'[' | b'('))?,
        _ => {
            // The first Postfix wrote `host mx.example.com said:`, without the address.
            let said = text.strip_suffix(b" said:").and_then(|named| {
                let from = after(named, b"host ")?;
                named.get(from..)?.iter().all(|byte| is_host(*byte)).then_some(from)
            });
            let from = said.or_else(|| after(text, b"talking to ")).or_else(|| after(text, b"server at "))?;
            let length = text.get(from..)?.iter().take_while(|byte| is_host(**byte)).count();
            from + length
        }
    };
    let name = named.get(..end).or_else(|| text.get(..end))?.trim_ascii_end();
    let name = name.trim_ascii_end().strip_suffix(b".").unwrap_or(name);
    let start = name.iter().rposition(|byte| !is_host(*byte)).map_or(0, |at| at + 1);
    name.get(start..)?.contains(&b'.').then_some((start, name.len()))
}

fn is_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')
}

/// Behind the last place of `words`.
fn after(text: &[u8], words: &[u8]) -> Option<usize> {
    text.windows(words.len()).rposition(|window| window == words).map(|at| at + words.len())
}

/// The command that Postfix says was answered, and where its remark starts:
/// `… (in reply to RCPT TO command)`.
pub(crate) fn postfix_remark(text: &[u8]) -> Option<(Stage, usize)> {
    const OPENING: &[u8] = b" (in reply to ";
    let named = text.strip_suffix(b" command)")?;
    let at = named.windows(OPENING.len()).rposition(|window| window == OPENING)?;
    let stage = match named.get(at + OPENING.len()..)? {
        b"helo" | b"ehlo" | b"lhlo" => Stage::Ehlo,
        b"starttls" => Stage::Starttls,
        b"auth" => Stage::Auth,
        b"mail from" => Stage::Mail,
        b"rcpt to" => Stage::Rcpt,
        b"data" => Stage::Data,
        b"end of data" => Stage::EndOfData,
        _ => return None,
    };
    Some((stage, at))
}
