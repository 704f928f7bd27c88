//! From a reply to a verdict.

use crate::code::{Codes, EnhancedCode};
use crate::decide::{Decision, Evidence, Match};
use crate::hits::{Hit, Hits, Room};
use crate::scan;
use crate::tables::{CodeRule, FIRST_REPLY_CODE, Matcher, MxSuffix, Outcome, ProviderRecord, Tables};
use crate::text::{Buffer, Frame, Text};
use crate::typography;
use crate::verdict::Verdict;
use crate::vocabulary::{Basis, Permanence, ProviderKind, Stage};
use crate::{Category, quote};

/// A catalogue, and what is known besides the reply.
///
/// It is a pair of pointers and a few bytes: make one for each reply, or keep one for each connection.
///
/// ```
/// use rules_runtime::{Category, Classifier, Stage};
///
/// let verdict = Classifier::builtin()
///     .mx("mx1.hotmail.com")
///     .stage(Stage::Rcpt)
///     .classify(b"550 5.5.0 Requested action not taken: mailbox unavailable");
/// assert_eq!(verdict.provider().map(|provider| provider.id()), Some("outlook-com"));
/// assert_eq!(verdict.category(), Category::RecipientUnknown);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Classifier<'t> {
    tables: &'t Tables<'t>,
    evidence: Evidence,
}

/// Buffers for a text of usual length, a short report, a long one and the longest.
type Usual = Buffer<{ 64 * 3 }, 2>;
type Short = Buffer<{ 64 * 5 }, 4>;
type Long = Buffer<{ 64 * 17 }, 16>;
type Longest = Buffer<{ 64 * 65 }, 64>;

#[cfg(feature = "builtin")]
impl Classifier<'static> {
    /// A classifier with the catalogue that is compiled in.
    #[must_use]
    pub const fn builtin() -> Self {
        Self::new(&crate::generated::BUILTIN)
    }
}

impl<'t> Classifier<'t> {
    /// A classifier with a catalogue, such as one read from a `.rules` file.
    ///
    /// ```
    /// let verdict = rules_runtime::Classifier::new(rules_runtime::builtin()).classify(b"452 4.2.2 The mailbox is full");
    /// assert_eq!(verdict.category().name(), "mailbox-full");
    /// ```
    #[must_use]
    pub const fn new(tables: &'t Tables<'t>) -> Self {
        Self { tables, evidence: Evidence { mx: None, stage: None } }
    }

    /// Tells the name of the host that answered: the MX the mail was handed to.
    ///
    /// It is compared, in any case and with or without a final dot, with the ends of host names that the catalogue
    /// knows for each provider; the longest that fits counts. A name that belongs to no known provider changes nothing.
    #[must_use]
    pub fn mx(mut self, host: &str) -> Self {
        self.evidence.mx = provider_of(&self.tables.matcher, host.as_bytes()).or(self.evidence.mx);
        self
    }

    /// Tells which command was answered. Without it, Postfix's remark `(in reply to RCPT TO command)` counts.
    ///
    /// Before RCPT no recipient was named, so no answer to an earlier command strikes one off.
    ///
    /// ```
    /// use rules_runtime::{Classifier, Stage, Suppress};
    /// let classifier = Classifier::builtin().stage(Stage::Mail);
    /// assert_eq!(classifier.classify(b"550 5.1.1 user unknown").suppress(), Suppress::No);
    /// ```
    #[must_use]
    pub const fn stage(mut self, stage: Stage) -> Self {
        self.evidence.stage = Some(stage);
        self
    }

    /// Says what a reply means.
    ///
    /// `reply` is taken as it comes: one line or several, with or without codes, invalid UTF-8, quoted in another
    /// server's report. See [`Reply`](crate::Reply) for how it is read.
    #[must_use]
    pub fn classify<'a>(&self, reply: &'a [u8]) -> Verdict<'a>
    where
        't: 'a,
    {
        let (winner, speaker, codes, stage) = read(reply, |_, text, room| self.decide(text, room));
        conclude(self.tables, reply, winner, speaker, &codes, stage)
    }

    /// The winning match, the provider who speaks, the codes that go with them, and the command that was answered.
    fn decide(&self, text: &Text<'_>, room: &mut dyn Room) -> (Option<Match>, Option<u16>, Codes, Option<Stage>) {
        let matcher = &self.tables.matcher;
        let mut evidence = self.evidence;
        if text.inner > 0 {
            evidence.mx = evidence.mx.or_else(|| provider_of(matcher, text.remote_host()?));
        }
        evidence.stage = evidence.stage.or_else(|| text.stage());
        if !text.codes.failed() {
            return (None, evidence.mx.filter(|provider| speaks(matcher, *provider)), text.codes, evidence.stage);
        }
        let mut hits = Hits::new(room, evidence.mx.is_some());
        scan::scan(matcher, text, &mut hits);
        if hits.is_empty() && evidence.mx.is_none() {
            return (None, None, text.codes, evidence.stage);
        }
        let mut decision = Decision::new(matcher, text, evidence);
        let winner = decision.winner(&mut hits);
        let codes = *winner.map_or(&text.codes, |winner| text.codes_at(usize::from(winner.start)));
        // Others may use a provider's words, but a host is one provider's. Where it is not known, the words say more than
        // a marker elsewhere in the text.
        let own = winner.map(|winner| winner.provider);
        let backed = own.filter(|own| decision.speakers().any(|speaker| speaker == *own));
        let mut known = backed.into_iter().chain(evidence.mx).chain(own).chain(decision.speakers());
        let speaker = known.find(|provider| speaks(matcher, *provider));
        (winner, speaker, codes, evidence.stage)
    }
}

/// Reads a reply: without typographic characters, if it holds any.
#[inline]
pub(crate) fn read<R>(reply: &[u8], run: impl Fn(&Frame<'_>, &Text<'_>, &mut dyn Room) -> R) -> R {
    let frame = Frame::new(reply);
    let usual = with_text(&frame, |text, room| (!text.typographic).then(|| run(&frame, text, room)));
    usual.unwrap_or_else(|| {
        typography::with_plain(reply, |plain| {
            let frame = Frame { plain: true, ..Frame::new(plain) };
            with_text(&frame, |text, room| run(&frame, text, room))
        })
    })
}

/// Prepares a reply's text in a buffer that is large enough, and room for hits: one for every two bytes, far more than
/// any real reply has.
#[inline]
fn with_text<R>(frame: &Frame<'_>, run: impl FnOnce(&Text<'_>, &mut dyn Room) -> R) -> R {
    let length = frame.text.len();
    if length <= Usual::CAPACITY {
        run(&Usual::new().prepare(frame), &mut None::<[Hit; 64]>)
    } else if length <= Short::CAPACITY {
        with_buffer::<128, _, _, _>(frame, Short::new(), run)
    } else if length <= Long::CAPACITY {
        with_buffer::<512, _, _, _>(frame, Long::new(), run)
    } else {
        with_buffer::<2048, _, _, _>(frame, Longest::new(), run)
    }
}

/// On its own, so that a reply of usual length takes no more of the stack than it needs.
#[inline(never)]
fn with_buffer<const HITS: usize, const BYTES: usize, const BLOCKS: usize, R>(
    frame: &Frame<'_>,
    mut buffer: Buffer<BYTES, BLOCKS>,
    run: impl FnOnce(&Text<'_>, &mut dyn Room) -> R,
) -> R {
    run(&buffer.prepare(frame), &mut None::<[Hit; HITS]>)
}

impl Text<'_> {
    /// The host that the quotation names.
    pub fn remote_host(&self) -> Option<&[u8]> {
        let code = self.inner.checked_sub(self.codes.length)?;
        let before = self.bytes.get(..code)?;
        let (start, end) = quote::remote_host(before)?;
        before.get(start..end)
    }

    /// The command that the sender's own server says was answered.
    pub fn stage(&self) -> Option<Stage> {
        quote::postfix_remark(self.bytes.get(self.inner..self.end)?).map(|(stage, _)| stage)
    }
}

/// What follows from the winner, or from the codes alone.
fn conclude<'a>(
    tables: &'a Tables<'a>,
    reply: &'a [u8],
    winner: Option<Match>,
    speaker: Option<u16>,
    codes: &Codes,
    stage: Option<Stage>,
) -> Verdict<'a> {
    let rule = match winner {
        Some(winner) => Some((winner.rule, if winner.level < 2 { Basis::ProviderRule } else { Basis::Phrase })),
        None => by_codes(tables, codes),
    };
    Verdict::new(tables, reply, winner, rule, speaker, codes, stage)
}

/// The rule for the enhanced status code, or for the reply code where that says more.
fn by_codes(tables: &Tables<'_>, codes: &Codes) -> Option<(u32, Basis)> {
    let matcher = &tables.matcher;
    let basic = || {
        let at = usize::from(codes.reply?).checked_sub(FIRST_REPLY_CODE)?;
        let rule = u32::from_le_bytes(*matcher.codes.get(at)?);
        (rule != u32::MAX).then_some((rule, Basis::BasicCode))
    };
    if !codes.failed() {
        return basic();
    }
    let enhanced = codes.status.and_then(|status| enhanced_rule(matcher.enhanced, status));
    let enhanced = enhanced.map(|rule| (rule, Basis::EnhancedCode));
    let says = |rule: &(u32, Basis)| {
        tables.matcher.outcome(rule.0).is_some_and(|outcome| outcome.category != Category::Unclassified as u8)
    };
    let basic = match enhanced {
        Some(rule) if says(&rule) => return enhanced,
        _ => basic(),
    };
    // A number that the text only mentions is too weak to decide.
    basic.filter(|rule| says(rule) && !codes.mentioned).or(enhanced).or(basic)
}

/// The rule for a subject and a detail.
fn enhanced_rule(rules: &[[u8; 8]], status: EnhancedCode) -> Option<u32> {
    let code = u32::from(status.subject) * 1000 + u32::from(status.detail);
    let at = rules.binary_search_by_key(&code, |record| CodeRule::read(record).code).ok()?;
    rules.get(at).map(|record| CodeRule::read(record).rule)
}

/// Whether a provider answers SMTP itself.
fn speaks(matcher: &Matcher<'_>, provider: u16) -> bool {
    let record = matcher.providers.get(usize::from(provider)).map(ProviderRecord::read);
    record.and_then(|record| ProviderKind::from_index(record.kind)).is_some_and(ProviderKind::speaks)
}

/// The provider whose host name's end is the longest that fits.
fn provider_of(matcher: &Matcher<'_>, host: &[u8]) -> Option<u16> {
    let host = host.trim_ascii();
    let mut suffix = host.strip_suffix(b".").unwrap_or(host);
    loop {
        let found = matcher.mx.binary_search_by(|record| {
            let record = MxSuffix::read(record);
            let start = record.name as usize;
            let name = matcher.names.get(start..start + usize::from(record.length)).unwrap_or_default();
            name.iter().copied().cmp(suffix.iter().map(u8::to_ascii_lowercase))
        });
        if let Some(record) = found.ok().and_then(|at| matcher.mx.get(at)) {
            return Some(MxSuffix::read(record).provider);
        }
        let dot = suffix.iter().position(|byte| *byte == b'.')?;
        suffix = suffix.get(dot + 1..)?;
    }
}

/// The permanence that a rule states, or the codes, or the category.
pub(crate) fn permanence(outcome: &Outcome, codes: &Codes) -> Permanence {
    Permanence::from_index(outcome.permanence).unwrap_or(match codes.class() {
        Some(2) => Permanence::None,
        Some(3) => Permanence::Unknown,
        Some(4) => Permanence::Transient,
        Some(_) => Permanence::Permanent,
        None => Permanence::from_index(outcome.permanence_without_code).unwrap_or(Permanence::Unknown),
    })
}
