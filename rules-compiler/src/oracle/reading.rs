//! A reply read: its codes, its folded text, and the reply that it quotes.

use super::codes::{Codes, Group, is_introduced, regex};
use super::fold::fold;
use super::typography::Plain;
use regex::bytes::Regex;
use rules_runtime::{LOOK_AT, Stage};
use std::collections::HashSet;
use std::sync::LazyLock;

/// A reply as the patterns see it.
#[derive(Debug)]
pub struct Reading<'a> {
    /// What is looked at of the reply.
    reply: &'a [u8],
    /// Where each byte of the copy without typographic characters stands in it.
    places: Vec<usize>,
    /// What stands behind the leading codes, folded.
    pub text: Vec<u8>,
    /// All that stands in it of four bytes.
    grams: HashSet<[u8; 4]>,
    /// Where each byte of the text stands in the copy.
    origins: Vec<usize>,
    /// The codes that count for the words around a quoted reply.
    pub outer: Codes,
    /// The codes that count for the innermost reply: the only ones, where none is quoted.
    pub inner: Codes,
    /// Where the text of the quoted reply starts.
    pub quoted: Option<usize>,
    /// Where the text of a quoted reply starts that quotes the innermost one, and its codes.
    pub between: Option<(usize, Codes)>,
    /// The host that the quotation names.
    pub host: Option<String>,
    /// The command that Postfix says was answered.
    pub stage: Option<Stage>,
    /// Where Postfix's remark on it starts; the text's end where there is none.
    pub remark: usize,
}

/// The type of a Diagnostic-Code field; the semicolon is among the first 24 bytes.
static DIAGNOSTIC_TYPE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\A(?:smtp|x-[a-z0-9-]{0,21});[\t\n\x0C\r ]*"));
/// Postfix's remark at the end of a quoted reply. The name of the command is one of those below.
static REMARK: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"\A.*( \(in reply to (helo|ehlo|lhlo|starttls|auth|mail from|rcpt to|data|end of data) command\))\z")
});
/// The host before an address in brackets, and what may announce the quoted code behind it.
static HOST_AND_ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"([a-z0-9._-]*)[\t\n\x0C\r ]*[\[(][^\[(]*[\])](?: said:| refused to talk to me:|:)?\z"));
/// What older Exim versions write before the report: the host and its address, or nothing.
static EXIM: LazyLock<Regex> = LazyLock::new(|| regex(r"\A(.*?)smtp error from remote mail server"));
/// The host that the first Postfix named, without its address.
static HOST_SAID: LazyLock<Regex> = LazyLock::new(|| regex(r"host ([a-z0-9._-]*) said:\z"));
/// The host that Sendmail names, and the one that Google names.
static TALKING_TO: LazyLock<Regex> = LazyLock::new(|| regex(r"\A.*talking to ([a-z0-9._-]*)"));
static SERVER_AT: LazyLock<Regex> = LazyLock::new(|| regex(r"\A.*server at ([a-z0-9._-]*)"));

impl<'a> Reading<'a> {
    /// Reads a reply.
    pub fn of(reply: &'a [u8]) -> Self {
        let reply = &reply[..reply.len().min(LOOK_AT)];
        let plain = Plain::of(reply);
        let copy = plain.bytes.trim_ascii();
        let kind = DIAGNOSTIC_TYPE.find(copy).map_or(0, |kind| kind.end());
        let leading = Group::read(&copy[kind..]);
        let source = &copy[kind + leading.length..];
        let start = plain.bytes.len() - plain.bytes.trim_ascii_start().len() + kind + leading.length;
        let folded = fold(source, &leading);
        let mut reading = Self {
            reply,
            places: plain.places,
            remark: folded.bytes.len(),
            grams: folded.bytes.windows(4).filter_map(|gram| gram.first_chunk().copied()).collect(),
            text: folded.bytes,
            origins: folded.origins.into_iter().map(|at| start + at).collect(),
            outer: leading.codes,
            inner: leading.codes,
            quoted: None,
            between: None,
            host: None,
            stage: None,
        };
        // What a successful reply quotes does not count.
        if !leading.codes.succeeded() {
            reading.find_quoted();
        }
        reading
    }

    /// Whether these bytes stand anywhere in the text. Mostly their first four do not.
    pub fn holds(&self, bytes: &[u8]) -> bool {
        bytes.is_empty()
            || bytes.first_chunk().is_none_or(|gram| self.grams.contains(gram))
                && self.text.windows(bytes.len()).any(|window| window == bytes)
    }

    /// The codes that go with the words at a place.
    pub fn codes_at(&self, place: usize) -> &Codes {
        match &self.between {
            _ if self.is_inside(place) => &self.inner,
            Some((start, codes)) if place >= *start => codes,
            _ => &self.outer,
        }
    }

    /// Whether a place belongs to the innermost reply.
    pub fn is_inside(&self, place: usize) -> bool {
        self.quoted.is_none_or(|start| place >= start)
    }

    /// The bytes of the reply that were folded to this range of the text.
    pub fn original(&self, start: usize, end: usize) -> &'a [u8] {
        if start >= end {
            return &[];
        }
        &self.reply[self.places[self.origins[start]]..self.places[self.origins[end - 1] + 1]]
    }

    fn find_quoted(&mut self) {
        let text = self.text.as_slice();
        let mut innermost: Option<(usize, Group)> = None;
        let mut transcript = false;
        let mut mentioned = Codes::default();
        let mut group_end = 0;
        for at in (0..text.len()).filter(|at| matches!(text[*at], b'2'..=b'5') && starts_word(text, *at)) {
            let (before, group) = (&text[..at], Group::read(&text[at..]));
            if innermost.is_none() {
                if at >= group_end {
                    mentioned.mention_reply(before, &text[at..], &self.outer);
                }
                mentioned.mention_status(before, &text[at..], &self.outer);
            }
            if group.codes.reply.is_some() {
                group_end = at + group.length;
                if !is_introduced(before, &group, self.outer.reply.is_some()) {
                    continue;
                }
                // Of an SMTP transcript the first error counts: the later ones follow from it.
                let sent = before.ends_with(b"<<< ");
                if transcript && sent {
                    break;
                }
                transcript |= sent;
                self.between = innermost.map(|(at, group): (usize, Group)| (at + group.length, group.codes));
                innermost = Some((at, group));
            }
        }
        let Some((at, group)) = innermost else {
            self.inner = Codes {
                reply: self.inner.reply.or(mentioned.reply),
                status: self.inner.status.or(mentioned.status),
                mentioned: mentioned.mentioned,
            };
            self.outer = self.inner;
            self.stage = remark(text).and_then(|(_, stage)| stage);
            return;
        };
        let start = at + group.length;
        self.quoted = Some(start);
        self.inner = group.codes;
        if self.outer.reply.is_none() {
            self.outer = self.between.map_or(self.inner, |(_, codes)| codes);
        }
        self.host = remote_host(&text[..at]);
        if let Some((length, stage)) = remark(&text[start..]) {
            self.remark = text.len() - length;
            self.stage = stage;
        }
    }
}

/// The length of Postfix's remark at the end of a text, and the command that it names.
fn remark(text: &[u8]) -> Option<(usize, Option<Stage>)> {
    let remark = REMARK.captures(text)?;
    let stage = match &remark[2] {
        b"helo" | b"ehlo" | b"lhlo" => Some(Stage::Ehlo),
        b"starttls" => Some(Stage::Starttls),
        b"auth" => Some(Stage::Auth),
        b"mail from" => Some(Stage::Mail),
        b"rcpt to" => Some(Stage::Rcpt),
        b"data" => Some(Stage::Data),
        b"end of data" => Some(Stage::EndOfData),
        _ => None,
    };
    Some((remark[1].len(), stage))
}

/// The host that is named before a quoted code.
fn remote_host(before: &[u8]) -> Option<String> {
    let before = before.trim_ascii_end();
    let opening = EXIM.captures(before).and_then(|found| Some(found.get(1)?.as_bytes().trim_ascii_end()));
    let before = opening.filter(|named| named.ends_with(b"]") || named.ends_with(b"]:")).unwrap_or(before);
    let bracketed = [&b" said:"[..], b" refused to talk to me:", b":"]
        .into_iter()
        .find_map(|end| before.strip_suffix(end))
        .unwrap_or(before);
    let name = if bracketed.ends_with(b"]") || bracketed.ends_with(b")") {
        HOST_AND_ADDRESS.captures(before)?
    } else {
        HOST_SAID.captures(before).or_else(|| TALKING_TO.captures(before)).or_else(|| SERVER_AT.captures(before))?
    };
    let name = name[1].strip_suffix(b".").unwrap_or(&name[1]);
    name.contains(&b'.').then(|| String::from_utf8_lossy(name).into_owned())
}

/// Letters, digits and everything that is not ASCII are parts of words.
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// Whether a byte starts a word. In scripts that set no spaces, every character may.
pub fn starts_word(text: &[u8], at: usize) -> bool {
    let within = at > 0 && is_word(text[at - 1]);
    is_word(text[at]) && (!within || text[at] >= 0xE0)
}
