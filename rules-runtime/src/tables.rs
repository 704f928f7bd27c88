//! The tables that the compiler writes and the engine reads.
//!
//! Every record is a fixed number of bytes, little-endian, without alignment: so the tables that are compiled in and
//! those of a `.rules` file are the same bytes, read by the same code. Only the names and explanations of the
//! compiled-in rules are Rust values, so that a person can read their diff.

use crate::Category;
use crate::bytes::{u16_at, u24_at, u32_at, u64_at};
use crate::vocabulary::{Action, Permanence, ProviderKind, Scope, Suppress};

/// Marks a provider or rule that is not there.
pub const NONE: u16 = u16::MAX;

/// The first reply code that there is.
pub const FIRST_REPLY_CODE: usize = 200;

/// Multiplier of the hashes (2^64 divided by the golden ratio, made odd).
const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// The hash by which an anchor of four to seven bytes is found: that of its first four.
#[must_use]
#[inline]
pub const fn hash_four(gram: u64) -> u64 {
    (gram & 0xFFFF_FFFF).wrapping_mul(MULTIPLIER)
}

/// The hash by which an anchor of six or seven bytes is found: that of its first six.
#[must_use]
#[inline]
pub const fn hash_six(gram: u64) -> u64 {
    (gram << 16).wrapping_mul(MULTIPLIER)
}

/// The hash by which an anchor of eight to eleven bytes is found: that of its first eight.
#[must_use]
#[inline]
pub const fn hash_eight(gram: u64) -> u64 {
    gram.wrapping_mul(MULTIPLIER)
}

/// The hash by which an anchor of twelve to fifteen bytes is found: that of its first twelve.
#[must_use]
#[inline]
pub const fn hash_twelve(gram: u64, rest: u64) -> u64 {
    hash_sixteen(gram, rest << 32)
}

/// The hash by which an anchor of sixteen bytes is found.
#[must_use]
#[inline]
pub const fn hash_sixteen(gram: u64, rest: u64) -> u64 {
    (hash_eight(gram) ^ rest).wrapping_mul(MULTIPLIER)
}

/// What is kept of an anchor's hash, besides its bucket.
#[must_use]
#[inline]
pub const fn tag(hash: u64) -> u16 {
    (hash >> 24) as u16
}

/// A compiled catalogue.
///
/// Compiled in ([`builtin`](crate::builtin)) or borrowed from the bytes of a `.rules` file ([`Tables::from_bytes`]); the
/// engine does not know the difference. It is a few slices: cheap to copy, and it owns nothing, so whoever loads a
/// file keeps the bytes for as long.
///
/// ```
/// use rules_runtime::{Classifier, LoadError, Tables};
///
/// fn rule_of(file: &[u8], reply: &[u8]) -> Result<Option<String>, LoadError> {
///     let tables = Tables::from_bytes(file)?;
///     let verdict = Classifier::new(&tables).classify(reply);
///     Ok(verdict.rule().map(|rule| rule.id().to_owned()))
/// }
/// assert!(rule_of(b"", b"550 user unknown").is_err());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Tables<'a> {
    pub(crate) matcher: Matcher<'a>,
    pub(crate) rules: Rules<'a>,
    pub(crate) providers: Providers<'a>,
    pub(crate) version: &'a str,
}

/// What the scan needs: numbers and folded text, no names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Matcher<'a> {
    /// How long the anchors are, by the hash of their first four bytes; a power of two of them.
    pub lengths: &'a [u8],
    /// A bit for each hash of an anchor; a power of two of words.
    pub bitmap: &'a [[u8; 8]],
    /// Where each hash's anchors start; a power of two of them, and one more.
    pub buckets: &'a [[u8; 4]],
    /// The anchors by hash, each with the strongest pattern that it may belong to.
    pub anchors: &'a [[u8; Anchor::SIZE]],
    /// Where each anchor's other patterns start; one more than there are anchors.
    pub others_of: &'a [[u8; 4]],
    /// The anchors' other patterns, the strongest first.
    pub others: &'a [[u8; Other::SIZE]],
    /// Ways from anchors to the starts of their templates.
    pub routes: &'a [[u8; Route::SIZE]],
    /// The patterns, the strongest first.
    pub patterns: &'a [[u8; Pattern::SIZE]],
    /// The templates' programs, and the ways back from their anchors.
    pub programs: &'a [u8],
    /// The choices in the programs.
    pub choices: &'a [u8],
    /// Conditions on the reply code.
    pub replies: &'a [[u8; 2]],
    /// Conditions on the enhanced status code.
    pub statuses: &'a [[u8; 6]],
    /// The patterns' fields.
    pub fields: &'a [[u8; Field::SIZE]],
    /// The fields' names.
    pub names: &'a [u8],
    /// What each rule concludes.
    pub outcomes: &'a [[u8; Outcome::SIZE]],
    /// The providers.
    pub providers: &'a [[u8; ProviderRecord::SIZE]],
    /// The patterns without text, provider by provider.
    pub textless: &'a [[u8; 4]],
    /// Ends of host names, sorted.
    pub mx: &'a [[u8; MxSuffix::SIZE]],
    /// The rule for each enhanced status code, sorted.
    pub enhanced: &'a [[u8; CodeRule::SIZE]],
    /// The rule for each reply code from [`FIRST_REPLY_CODE`] on; all bits set for none.
    pub codes: &'a [[u8; 4]],
}

macro_rules! record {
    ($(#[$meta:meta])* $name:ident[$size:literal] { $($(#[$field_meta:meta])* $field:ident: $read:ident($at:literal) -> $type:ty),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)+
        }

        impl $name {
            /// Bytes of a record.
            pub const SIZE: usize = $size;

            #[inline]
            pub(crate) fn read(record: &[u8; $size]) -> Self {
                Self { $($field: $read(record, $at),)+ }
            }

            /// The record's bytes.
            #[must_use]
            pub fn write(&self) -> [u8; $size] {
                let mut record = [0; $size];
                $(
                    let bytes = self.$field.to_le_bytes();
                    if let Some(to) = record.get_mut($at..$at + bytes.len()) {
                        to.copy_from_slice(&bytes);
                    }
                )+
                record
            }
        }
    };
}

#[inline]
fn u8_at<const N: usize>(record: &[u8; N], at: usize) -> u8 {
    record.get(at).copied().unwrap_or(0)
}

record! {
    /// A text to look for, and the strongest pattern that may stand where it stands.
    Anchor[16] {
        /// Its bytes behind the first eight; all of them, where it has fewer than eight.
        rest: u64_at(0) -> u64,
        /// The [`tag`] of its hash.
        tag: u16_at(8) -> u16,
        /// The way back to the template's start.
        route: u16_at(10) -> u16,
        /// The pattern; below 2^24.
        pattern: u24_at(12) -> u32,
        /// How many bytes of `rest` count, 0 to 8; and see the constants.
        kept_and_flags: u8_at(15) -> u8,
    }
}

record! {
    /// Another pattern that may stand where an anchor stands.
    Other[6] {
        /// The pattern; below 2^24.
        pattern: u24_at(0) -> u32,
        /// 1 for the anchor's last.
        last: u8_at(3) -> u8,
        /// The way back to the template's start.
        route: u16_at(4) -> u16,
    }
}

record! {
    /// The way from an anchor to the start of its part of the template.
    Route[9] {
        /// Where the places of the pieces before the anchor's are listed, the nearest first.
        back: u32_at(0) -> u32,
        /// How far behind the start of its piece the anchor stands.
        distance: u16_at(4) -> u16,
        /// The first piece of the anchor's part, as a place in the program.
        part: u16_at(6) -> u16,
        /// How many pieces the way back has.
        steps: u8_at(8) -> u8,
    }
}

record! {
    /// One template of a rule, or a marker of a provider.
    Pattern[28] {
        /// Where its program starts.
        program: u32_at(0) -> u32,
        /// The rule, or the number of the marker's provider.
        rule: u32_at(4) -> u32,
        /// Length of its program; 0 for a pattern without text.
        program_length: u16_at(8) -> u16,
        /// The provider whose evidence strengthens it, or [`NONE`].
        provider: u16_at(10) -> u16,
        /// First condition on the reply code.
        reply: u16_at(12) -> u16,
        /// First condition on the enhanced status code.
        status: u16_at(14) -> u16,
        /// First field.
        field: u32_at(16) -> u32,
        /// How many conditions on the reply code; any of them.
        reply_count: u8_at(20) -> u8,
        /// How many conditions on the enhanced status code; any of them.
        status_count: u8_at(21) -> u8,
        /// How many fields.
        field_count: u8_at(22) -> u8,
        /// A bit for each `Stage` it answers; 0 for all.
        stages: u8_at(23) -> u8,
        /// A [`Level`].
        level: u8_at(24) -> u8,
        /// See the constants.
        flags: u8_at(25) -> u8,
    }
}

impl Anchor {
    /// Its patterns are markers of providers.
    pub const MARKER: u8 = 0x40;
    /// Its patterns are nothing without MX evidence.
    pub const REQUIRES_MX: u8 = 0x20;
    /// Its patterns beat the reply that the words around it quote.
    pub const OVER_QUOTED: u8 = 0x80;
    /// In the table of lengths: an anchor of sixteen bytes.
    pub const SIXTEEN: u8 = 1;
    /// In the table of lengths: an anchor of twelve to fifteen bytes.
    pub const TWELVE: u8 = 2;
    /// In the table of lengths: an anchor of eight to eleven bytes.
    pub const EIGHT: u8 = 4;
    /// In the table of lengths: an anchor of six or seven bytes.
    pub const SIX: u8 = 8;
    /// In the table of lengths: an anchor of four or five bytes.
    pub const FOUR: u8 = 16;
    /// How many patterns there may be, and how many anchors with their other patterns.
    pub const LIMIT: u32 = 1 << 24;

    /// How many bytes of `rest` count.
    #[must_use]
    #[inline]
    pub fn kept(&self) -> u8 {
        self.kept_and_flags & 0xF
    }

    /// Whether eight bytes of a text are its rest, as far as that counts.
    #[inline]
    pub(crate) fn fits(&self, bytes: u64) -> bool {
        // In two steps, as no number can be shifted by all its bits at once.
        let half = 32_u32.wrapping_sub(4 * u32::from(self.kept())) & 63;
        (bytes ^ self.rest) << half << half == 0
    }

    #[inline]
    pub(crate) fn is(&self, flag: u8) -> bool {
        self.kept_and_flags & flag != 0
    }
}

impl Pattern {
    /// The remote host must be the provider's; with [`Self::REQUIRES_MARKER`], either is enough.
    pub const REQUIRES_MX: u8 = 1;
    /// The reply must carry one of the provider's markers.
    pub const REQUIRES_MARKER: u8 = 2;
    /// The reply must carry the codes of the conditions.
    pub const REQUIRES_CODE: u8 = 4;
    /// It is a provider's marker, not a rule's template.
    pub const MARKER: u8 = 8;
    /// It must stand at the reply's start.
    pub const PREFIX: u8 = 16;
    /// It must stand at the reply's end, but for closing punctuation.
    pub const SUFFIX: u8 = 32;
    /// It beats the reply that the words around it quote.
    pub const OVER_QUOTED: u8 = 64;
    /// Its program is a regular expression.
    pub const EXPRESSION: u8 = 128;
}

/// How strong a pattern is before any evidence of who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Level {
    /// A provider's rule.
    Provider = 0,
    /// A rule for server software or a block list.
    Software = 1,
    /// A phrase.
    Phrase = 2,
}

record! {
    /// A field of a pattern.
    Field[10] {
        /// The piece that matches it, as a place in the program.
        piece: u16_at(0) -> u16,
        /// Where in the piece it starts, for a named literal.
        start: u16_at(2) -> u16,
        /// Its length, for a named literal; [`NONE`] for a hole or a gap.
        length: u16_at(4) -> u16,
        /// Where its name starts.
        name: u16_at(6) -> u16,
        /// Length of its name.
        name_length: u8_at(8) -> u8,
        /// Its `FieldType`.
        kind: u8_at(9) -> u8,
    }
}

record! {
    /// What a rule concludes.
    Outcome[12] {
        /// A `Category`.
        category: u8_at(0) -> u8,
        /// A `Scope`.
        scope: u8_at(1) -> u8,
        /// An `Action`, unless the reply is transient.
        action: u8_at(2) -> u8,
        /// An `Action`, where the reply is transient.
        action_transient: u8_at(3) -> u8,
        /// A `Suppress`, unless the reply is transient.
        suppress: u8_at(4) -> u8,
        /// A `Suppress`, where the reply is transient.
        suppress_transient: u8_at(5) -> u8,
        /// A `Permanence` that overrules the codes, or 255.
        permanence: u8_at(6) -> u8,
        /// A `Permanence` where there is no code.
        permanence_without_code: u8_at(7) -> u8,
        /// Seconds to wait, or 0.
        retry_after: u32_at(8) -> u32,
    }
}

record! {
    /// What the engine needs to know of a provider.
    ProviderRecord[8] {
        /// Its first pattern without text.
        textless: u32_at(0) -> u32,
        /// How many patterns without text.
        textless_count: u16_at(4) -> u16,
        /// A [`ProviderKind`].
        kind: u8_at(6) -> u8,
    }
}

record! {
    /// The end of a host name.
    MxSuffix[8] {
        /// Where it starts in the section of names.
        name: u32_at(0) -> u32,
        /// Its length.
        length: u16_at(4) -> u16,
        /// Whose it is.
        provider: u16_at(6) -> u16,
    }
}

record! {
    /// The rule for an enhanced status code alone.
    CodeRule[8] {
        /// Its subject and detail (subject * 1000 + detail).
        code: u32_at(0) -> u32,
        /// The rule.
        rule: u32_at(4) -> u32,
    }
}

impl Outcome {
    /// What a rule concludes; actions and suppressions first unless the reply is transient, then where it is.
    #[must_use]
    pub const fn new(
        category: Category,
        scope: Scope,
        action: [Action; 2],
        suppress: [Suppress; 2],
        permanence: Option<Permanence>,
        permanence_without_code: Permanence,
        retry_after: u32,
    ) -> Self {
        Self {
            category: category as u8,
            scope: scope as u8,
            action: action[0] as u8,
            action_transient: action[1] as u8,
            suppress: suppress[0] as u8,
            suppress_transient: suppress[1] as u8,
            permanence: match permanence {
                Some(permanence) => permanence as u8,
                None => u8::MAX,
            },
            permanence_without_code: permanence_without_code as u8,
            retry_after,
        }
    }
}

/// A rule's names, for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleNames<'a> {
    /// Public id: `yahoo/tss04`.
    pub id: &'a str,
    /// Its entry in the documentation: `providers/yahoo.md#tss04`.
    pub docs_path: &'a str,
    /// The provider, as an index, or [`NONE`].
    pub provider: u16,
}

/// A provider's names, for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProviderNames<'a> {
    /// Public id: `outlook-com`.
    pub id: &'a str,
    /// Name: `Outlook.com`.
    pub name: &'a str,
    /// What it does.
    pub kind: ProviderKind,
}

/// The rules' names: compiled in, or from a file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rules<'a> {
    #[cfg_attr(not(feature = "builtin"), expect(dead_code, reason = "only the built-in tables are Rust values"))]
    Values {
        names: &'a [RuleNames<'a>],
        explanations: &'a [&'a str],
    },
    Records {
        records: &'a [[u8; RuleRecord::SIZE]],
        pool: &'a [u8],
    },
}

/// The providers' names: compiled in, or from a file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Providers<'a> {
    #[cfg_attr(not(feature = "builtin"), expect(dead_code, reason = "only the built-in tables are Rust values"))]
    Values(&'a [ProviderNames<'a>]),
    Records {
        records: &'a [[u8; NameRecord::SIZE]],
        kinds: &'a [[u8; ProviderRecord::SIZE]],
        pool: &'a [u8],
    },
}

record! {
    /// A rule's names in a file.
    RuleRecord[20] {
        /// Where the id starts in the pool.
        id: u32_at(0) -> u32,
        /// Where the documentation's path starts.
        docs_path: u32_at(4) -> u32,
        /// Where the explanation starts.
        explanation: u32_at(8) -> u32,
        /// Length of the id.
        id_length: u16_at(12) -> u16,
        /// Length of the path.
        docs_path_length: u16_at(14) -> u16,
        /// Length of the explanation.
        explanation_length: u16_at(16) -> u16,
        /// The provider, or [`NONE`].
        provider: u16_at(18) -> u16,
    }
}

record! {
    /// A provider's names in a file.
    NameRecord[12] {
        /// Where the id starts in the pool.
        id: u32_at(0) -> u32,
        /// Where the name starts.
        name: u32_at(4) -> u32,
        /// Length of the id.
        id_length: u16_at(8) -> u16,
        /// Length of the name.
        name_length: u16_at(10) -> u16,
    }
}

/// The text of a pool; empty where the range or the bytes are wrong, which loading rules out.
fn text(pool: &[u8], start: u32, length: u16) -> &str {
    let start = start as usize;
    pool.get(start..start + usize::from(length)).and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or("")
}

impl<'a> Rules<'a> {
    pub fn names(&self, rule: u32) -> Option<RuleNames<'a>> {
        match *self {
            Self::Values { names, .. } => names.get(rule as usize).copied(),
            Self::Records { records, pool, .. } => {
                let record = RuleRecord::read(records.get(rule as usize)?);
                Some(RuleNames {
                    id: text(pool, record.id, record.id_length),
                    docs_path: text(pool, record.docs_path, record.docs_path_length),
                    provider: record.provider,
                })
            }
        }
    }

    pub fn explanation(&self, rule: u32) -> &'a str {
        match *self {
            Self::Values { explanations, .. } => explanations.get(rule as usize).copied().unwrap_or(""),
            Self::Records { records, pool, .. } => records.get(rule as usize).map_or("", |record| {
                let record = RuleRecord::read(record);
                text(pool, record.explanation, record.explanation_length)
            }),
        }
    }

    pub fn len(&self) -> usize {
        match self {
            Self::Values { names, .. } => names.len(),
            Self::Records { records, .. } => records.len(),
        }
    }
}

impl<'a> Providers<'a> {
    pub fn names(&self, provider: u16) -> Option<ProviderNames<'a>> {
        let index = usize::from(provider);
        match *self {
            Self::Values(names) => names.get(index).copied(),
            Self::Records { records, kinds, pool } => {
                let record = NameRecord::read(records.get(index)?);
                Some(ProviderNames {
                    id: text(pool, record.id, record.id_length),
                    name: text(pool, record.name, record.name_length),
                    kind: ProviderKind::from_index(ProviderRecord::read(kinds.get(index)?).kind)?,
                })
            }
        }
    }

    pub fn len(&self) -> usize {
        match self {
            Self::Values(names) => names.len(),
            Self::Records { records, .. } => records.len(),
        }
    }
}

impl Matcher<'_> {
    /// What a rule concludes.
    #[inline]
    pub fn outcome(&self, rule: u32) -> Option<Outcome> {
        self.outcomes.get(rule as usize).map(Outcome::read)
    }
}

impl<'a> Tables<'a> {
    /// The version of the compiler and a hash of the contents, `0.1.0+0123456789abcdef`: what to log after a swap.
    ///
    /// ```
    /// assert!(rules_runtime::builtin().version().contains('+'));
    /// ```
    #[must_use]
    pub fn version(&self) -> &'a str {
        self.version
    }

    /// How many rules there are, those of the codes included.
    ///
    /// ```
    /// let tables = rules_runtime::builtin();
    /// assert_eq!(tables.rule_count(), tables.rule_ids().count());
    /// ```
    #[must_use]
    pub fn rule_count(&self) -> usize {
        self.rules.len()
    }

    /// The public ids of all rules, in the catalogue's order, those of the codes last.
    ///
    /// ```
    /// assert!(rules_runtime::builtin().rule_ids().any(|id| id == "yahoo/tss04"));
    /// ```
    pub fn rule_ids(&self) -> impl Iterator<Item = &'a str> {
        let rules = self.rules;
        (0..u32::try_from(self.rules.len()).unwrap_or(u32::MAX))
            .filter_map(move |rule| rules.names(rule))
            .map(|names| names.id)
    }

    /// How many providers there are.
    ///
    /// ```
    /// assert!(rules_runtime::builtin().provider_count() > 10);
    /// ```
    #[must_use]
    pub fn provider_count(&self) -> usize {
        self.providers.len()
    }
}
