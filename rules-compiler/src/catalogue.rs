//! The catalogue as written: one type for each kind of YAML file.
//!
//! The values are as their author wrote them. References (categories, other rules) are still names, templates
//! are still text: [`crate::check`] resolves them. Every item knows its [`Place`], so that a later stage can point
//! at the line that is wrong.

mod id;
mod kind;

pub(crate) use id::{is_kebab_case, kebab_case};
pub use kind::FileKind;

use crate::schema::forms;
use schemars::JsonSchema;
use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Everything that was read from one catalogue folder.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// `categories.yaml`, in the file's order.
    pub categories: Vec<Located<Category>>,
    /// `codes/*.yaml`, by reply code.
    pub codes: Vec<Located<ReplyCode>>,
    /// `enhanced.yaml`: what the classes (first number) mean.
    pub classes: Vec<Located<EnhancedClass>>,
    /// `enhanced.yaml`: what the subjects (second number) mean.
    pub subjects: Vec<Located<EnhancedSubject>>,
    /// `enhanced.yaml`: the registered codes, in the file's order.
    pub enhanced: Vec<Located<EnhancedCode>>,
    /// `phrases/*.yaml`, by language; without their rules.
    pub languages: Vec<Located<Language>>,
    /// `providers/*.yaml`, by id; without their rules.
    pub providers: Vec<Located<Provider>>,
    /// All rules: the providers' by provider id, then the phrases' by language, each in its file's order.
    pub rules: Vec<Located<OwnedRule>>,
    /// `moved.yaml`: rules that were renamed or withdrawn, in the file's order.
    pub moved: Vec<Located<Moved>>,
    /// What could not be read.
    pub left_out: LeftOut,
}

/// What could not be read and was reported, so that references to it are not reported as well.
#[derive(Debug, Default)]
pub struct LeftOut {
    /// Ids of categories.
    pub categories: BTreeSet<String>,
    /// Whether any category may be among them.
    pub every_category: bool,
    /// Public ids of rules.
    pub rules: BTreeSet<String>,
    /// Ids of providers and languages any of whose rules may be among them.
    pub owners: BTreeSet<String>,
    /// Where providers and languages name the id of another file: most likely copies of it.
    pub copies: Vec<(String, Place)>,
}

/// A value and where it was written.
#[derive(Debug, Clone)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// A node of a YAML file: the file and the path from its root.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Which file, as an index into the run's sources.
    pub file: FileId,
    /// The way from the document's root to the node.
    pub path: Vec<Step>,
}

/// Which file of a run's sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// One step on the way from a YAML document's root to a node.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into a mapping, to the value of this key.
    Key(String),
    /// Into a sequence, to this element.
    Index(usize),
}

impl Place {
    /// The document's root.
    #[must_use]
    pub fn root(file: FileId) -> Self {
        Self { file, path: Vec::new() }
    }

    /// The value of `key` in this mapping.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.step(Step::Key(key.to_owned()))
    }

    /// Element `index` of this sequence.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    fn step(&self, step: Step) -> Self {
        let mut path = self.path.clone();
        path.push(step);
        Self { file: self.file, path }
    }
}

/// An entry of `categories.yaml`: something that a reply can mean.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Public name, such as `mailbox-full`.
    #[schemars(schema_with = "forms::id")]
    pub id: String,
    /// A few words for headings.
    #[schemars(schema_with = "forms::line")]
    pub title: String,
    /// What a verdict of this category is about.
    pub scope: Scope,
    /// Used where neither a rule nor a code says it.
    pub permanence: CategoryPermanence,
    /// What the sender should do.
    pub action: Action,
    /// Whether to strike the recipient off.
    pub suppress: Suppress,
    /// What differs where the reply is transient.
    #[serde(default)]
    pub when_transient: Option<WhenTransient>,
    /// What it means.
    #[schemars(schema_with = "forms::prose")]
    pub explanation: String,
    /// What to do.
    #[schemars(schema_with = "forms::prose")]
    pub advice: String,
    /// The guides that say it step by step; where none is named, the one for the action.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "forms::one_or_many::<Guide>")]
    pub guides: Vec<Guide>,
    /// The same meaning in other tools' vocabularies.
    #[serde(default)]
    pub map: BTreeMap<String, Vec<String>>,
}

/// What a category advises instead where the reply is transient.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhenTransient {
    /// What the sender should do.
    pub action: Action,
    /// Whether to strike the recipient off.
    pub suppress: Suppress,
}

/// A file of `codes/`: a basic reply code.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyCode {
    /// The code, 200 to 599.
    #[schemars(range(min = 200, max = 599))]
    pub reply: u16,
    /// A few words for headings.
    #[schemars(schema_with = "forms::line")]
    pub title: String,
    /// The defining document.
    #[schemars(schema_with = "forms::line")]
    pub reference: String,
    /// What the code alone says: an id of `categories.yaml`.
    #[schemars(schema_with = "forms::id")]
    pub category: String,
    /// What it means.
    #[schemars(schema_with = "forms::prose")]
    pub explanation: String,
    /// What to do.
    #[schemars(schema_with = "forms::prose")]
    pub advice: String,
    /// How servers bend it.
    #[serde(default)]
    pub misuse: Option<String>,
}

/// An entry of `moved.yaml`: a rule that was renamed or withdrawn, so that links to its entry still lead somewhere.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    /// Its former public id.
    #[schemars(schema_with = "forms::public_id")]
    pub from: String,
    /// The rule that speaks for its replies now.
    #[serde(default)]
    pub to: Option<String>,
    /// The day of the change.
    #[schemars(schema_with = "forms::date")]
    pub since: String,
    /// Why it went.
    #[schemars(schema_with = "forms::prose")]
    pub why: String,
}

/// The first number of an enhanced status code.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnhancedClass {
    /// 2, 4 or 5.
    #[schemars(schema_with = "forms::class")]
    pub class: u8,
    /// A few words for headings.
    #[schemars(schema_with = "forms::line")]
    pub title: String,
    /// The defining document.
    #[schemars(schema_with = "forms::line")]
    pub reference: String,
    /// What it means.
    #[schemars(schema_with = "forms::prose")]
    pub explanation: String,
}

/// The second number of an enhanced status code.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnhancedSubject {
    /// 0 to 7.
    #[schemars(range(max = 999))]
    pub subject: u16,
    /// A few words for headings.
    #[schemars(schema_with = "forms::line")]
    pub title: String,
    /// The defining document.
    #[schemars(schema_with = "forms::line")]
    pub reference: String,
    /// What it means.
    #[schemars(schema_with = "forms::prose")]
    pub explanation: String,
}

/// A registered enhanced status code.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnhancedCode {
    /// The code with its class left open: `X.7.1`.
    #[schemars(schema_with = "forms::registered")]
    pub status: StatusPattern,
    /// A few words for headings.
    #[schemars(schema_with = "forms::line")]
    pub title: String,
    /// The defining document.
    #[schemars(schema_with = "forms::line")]
    pub reference: String,
    /// The basic codes that the registry pairs it with.
    #[serde(default)]
    pub reply: Vec<ReplyPattern>,
    /// What the code alone says: an id of `categories.yaml`.
    #[schemars(schema_with = "forms::id")]
    pub category: String,
    /// Whether the code alone is reason to strike the recipient off.
    #[serde(default)]
    pub suppress: Option<Suppress>,
    /// What it means.
    #[schemars(schema_with = "forms::prose")]
    pub explanation: String,
    /// What to do.
    #[schemars(schema_with = "forms::prose")]
    pub advice: String,
    /// How servers bend it.
    #[serde(default)]
    pub misuse: Option<String>,
}

/// A file of `phrases/`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// BCP 47 tag; also the first part of its rules' ids.
    #[schemars(schema_with = "forms::id")]
    pub language: String,
    /// English name.
    #[schemars(schema_with = "forms::line")]
    pub name: String,
    /// Warnings that do not apply to anything in the file, each with the reason.
    #[serde(default)]
    #[schemars(schema_with = "forms::allow")]
    pub allow: BTreeMap<String, String>,
    /// Lists of words that several templates of the file use: `{@name}` stands for a choice of them.
    #[serde(default)]
    pub words: Vec<WordList>,
    /// Words that mean the same whoever says them. Taken out on loading: see [`Catalogue::rules`].
    #[schemars(description = "Words that mean the same whoever says them.")]
    #[serde(default)]
    pub rules: Vec<Rule>,
}

/// Words for the same thing, or for different things that mean the same where a template names the list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WordList {
    /// What templates call it: `{@name}`.
    #[schemars(schema_with = "forms::id")]
    pub name: String,
    /// The words, with bars between them: `unknown | not known | not found`.
    #[schemars(schema_with = "forms::words")]
    pub any: String,
}

/// A file of `providers/`: who answers.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Public name; also the file's name and the first part of its rules' ids.
    #[schemars(schema_with = "forms::id")]
    pub id: String,
    /// Name in headings.
    #[schemars(schema_with = "forms::line")]
    pub name: String,
    /// Other names by which people look for it.
    #[serde(default)]
    #[schemars(schema_with = "forms::names")]
    pub also_known_as: Vec<String>,
    /// What it does.
    pub kind: ProviderKind,
    /// Ends of its servers' host names. Rules that require `mx` are tried with the first.
    #[serde(default)]
    #[schemars(schema_with = "forms::hosts")]
    pub mx: Vec<String>,
    /// Domains of its customers' addresses.
    #[serde(default)]
    #[schemars(schema_with = "forms::hosts")]
    pub domains: Vec<String>,
    /// Templates of texts that no other provider's replies carry.
    #[serde(default)]
    pub markers: Vec<String>,
    /// Where a sender finds help.
    #[serde(default)]
    pub links: ProviderLinks,
    /// What a sender should know about it, for its page.
    #[serde(default)]
    pub notes: Option<String>,
    /// Warnings that do not apply to anything in the file, each with the reason.
    #[serde(default)]
    #[schemars(schema_with = "forms::allow")]
    pub allow: BTreeMap<String, String>,
    /// Its replies, and what they mean. Taken out on loading: see [`Catalogue::rules`].
    #[schemars(description = "Its replies, and what they mean.")]
    #[serde(default)]
    pub rules: Vec<Rule>,
}

/// A provider's pages for senders.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProviderLinks {
    /// Its page for postmasters.
    #[serde(default)]
    #[schemars(schema_with = "forms::link")]
    pub postmaster: Option<String>,
    /// Where to ask for delisting.
    #[serde(default)]
    #[schemars(schema_with = "forms::link")]
    pub delisting: Option<String>,
    /// Where it documents its replies.
    #[serde(default)]
    #[schemars(schema_with = "forms::link")]
    pub documentation: Option<String>,
}

/// What a provider does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProviderKind {
    /// Hosts mailboxes.
    Mailbox,
    /// Filters mail before it reaches the mailbox host.
    Gateway,
    /// Mail server software.
    Mta,
    /// Forwards mail to addresses elsewhere.
    Forwarder,
    /// Sends mail for others.
    Esp,
    /// Publishes lists of addresses or domains.
    Blocklist,
}

/// A rule with its public id and whose it is.
#[derive(Debug, Clone)]
pub struct OwnedRule {
    /// Public id: `google/low-domain-reputation`.
    pub id: String,
    /// Whose rule it is.
    pub owner: Owner,
    /// The rule as written.
    pub rule: Rule,
}

/// Whose rule it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// An index into [`Catalogue::providers`].
    Provider(usize),
    /// An index into [`Catalogue::languages`].
    Language(usize),
}

/// A rule as written: see `docs/guide/catalogue-format.md`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = forms::something_to_match()))]
pub struct Rule {
    /// The second part of the public id: lower-case words joined by `-`. It names the meaning, not the wording, and
    /// never changes.
    #[schemars(schema_with = "forms::id")]
    pub id: String,
    /// The reply codes it is limited to: `421`, a list, or a class `4xx`. A reply without a code still matches.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "forms::failures")]
    pub reply: Vec<ReplyPattern>,
    /// The enhanced status codes it is limited to: `4.7.0`, a list, `X.7.1` (any class), `4.7.X`.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "forms::failure_statuses")]
    pub status: Vec<StatusPattern>,
    /// A template, or alternative templates: the reply's words without its codes. `{ip}`, `{host}`, `{domain}`,
    /// `{email}`, `{url}`, `{number}`, `{token}`, `{date}` and `{text}` stand for what varies, `{a|b}` for alternatives.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "forms::one_or_many::<String>")]
    pub text: Vec<String>,
    /// Alternative regular expressions, where a template cannot say it.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "forms::one_or_many::<String>")]
    pub regex: Vec<String>,
    /// Where in the reply the template must stand.
    #[serde(default, rename = "match")]
    pub position: Position,
    /// The evidence it needs besides its text.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "forms::one_or_many::<Requirement>")]
    pub requires: Vec<Requirement>,
    /// The commands it answers; any if left out.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "forms::one_or_many::<Stage>")]
    pub stage: Vec<Stage>,
    /// What it means: an id of `categories.yaml`.
    #[schemars(schema_with = "forms::id")]
    pub category: String,
    /// Where the words overrule the reply's class.
    #[serde(default)]
    pub permanence: Option<RulePermanence>,
    /// What the sender should do, where it differs from the category's.
    #[serde(default)]
    pub action: Option<Action>,
    /// What the verdict is about, where it differs from the category's.
    #[serde(default)]
    pub scope: Option<Scope>,
    /// Whether to strike the recipient off, where it differs from the category's.
    #[serde(default)]
    pub suppress: Option<Suppress>,
    /// Seconds to wait before the next attempt, where the provider documents them.
    #[serde(default)]
    #[schemars(range(max = 4_294_967_295_u32))]
    pub retry_after: Option<u32>,
    /// Ids of rules that this one beats where both match: `google/low-domain-reputation`.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "forms::rule_ids")]
    pub over: Vec<String>,
    /// Whether it beats every rule of its file that is about the recipient or its domain: for words about a sender, a
    /// login or a host that are also said of recipients.
    #[serde(default)]
    pub over_recipients: bool,
    /// Whether it beats the reply that the words around it quote.
    #[serde(default)]
    pub over_quoted: bool,
    /// Whether it gives way to every other rule of its level, however short: for words that only hint at a meaning.
    #[serde(default)]
    pub last_resort: bool,
    /// How far it can be relied upon.
    #[serde(default)]
    pub maturity: Maturity,
    /// What happened and what to do now, in our own words.
    #[schemars(schema_with = "forms::prose")]
    pub explanation: String,
    /// Pages that help the sender.
    #[serde(default)]
    #[schemars(schema_with = "forms::links")]
    pub links: Vec<String>,
    /// Where the reply is known from: `docs`, `software`, `observed` or `inferred`, then the page's address.
    #[schemars(schema_with = "forms::source")]
    pub source: String,
    /// The day it was last compared with its source, `YYYY-MM-DD`.
    #[schemars(schema_with = "forms::date")]
    pub checked: String,
    /// Replies as they come over the wire, each with its code, that this very rule must win. Names and addresses are
    /// reserved ones: example.com, 192.0.2.1.
    #[schemars(schema_with = "forms::examples")]
    pub examples: Vec<String>,
    /// Warnings that do not apply, each with the reason.
    #[serde(default)]
    #[schemars(schema_with = "forms::allow")]
    pub allow: BTreeMap<String, String>,
}

macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema)]
        pub enum $name {
            $($(#[$variant_meta])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every value, in the vocabulary's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in YAML and in JSON.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// The name in Rust.
            #[must_use]
            pub const fn variant(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant),)+ }
            }
        }
    };
}

vocabulary! {
    /// What the sender should do.
    Action {
        /// Nothing: the mail was taken.
        None = "none",
        /// Try again later.
        Retry = "retry",
        /// Send fewer messages, connections or recipients, then try again.
        SlowDown = "slow-down",
        /// Try from another address or through another host.
        RetryElsewhere = "retry-elsewhere",
        /// Do not write to this recipient again.
        Suppress = "suppress",
        /// Change the message.
        FixMessage = "fix-message",
        /// Change the sender's set-up: DNS, authentication, TLS, addresses.
        FixSender = "fix-sender",
        /// Ask the block list or the provider for delisting.
        RequestDelisting = "request-delisting",
        /// A person must look at it.
        Review = "review",
    }
}

vocabulary! {
    /// The guides in `docs/guide/`: what to do, step by step.
    Guide {
        /// Wait and try again; greylisting.
        Retry = "retry",
        /// Send less at a time.
        SlowDown = "slow-down",
        /// When an address is to be struck off.
        Suppress = "suppress",
        /// Get off a block list.
        Delisting = "delisting",
        /// Win back a reputation.
        Reputation = "reputation",
        /// SPF, DKIM and DMARC.
        Authentication = "authentication",
        /// PTR records and the HELO name.
        ReverseDns = "reverse-dns",
        /// Encryption and certificates.
        Tls = "tls",
        /// Submission with a password; relaying.
        Login = "login",
        /// What is in the message.
        Message = "message",
        /// Ask a person at the other side.
        Postmaster = "postmaster",
    }
}

vocabulary! {
    /// What a verdict is about.
    Scope {
        /// This one message.
        Message = "message",
        /// The recipient's mailbox or address.
        Recipient = "recipient",
        /// The recipient's domain.
        RecipientDomain = "recipient-domain",
        /// The sender's address or account.
        Sender = "sender",
        /// The sender's domain.
        SenderDomain = "sender-domain",
        /// The sending IP address.
        SenderIp = "sender-ip",
        /// The connection or session.
        Connection = "connection",
        /// The receiving system.
        Receiver = "receiver",
    }
}

vocabulary! {
    /// Whether to strike the recipient off.
    Suppress {
        /// No: the recipient is not to blame.
        No = "no",
        /// When the same happens again over several days.
        IfRepeated = "if-repeated",
        /// At once.
        Yes = "yes",
    }
}

vocabulary! {
    /// Where neither a rule nor a code tells permanence.
    CategoryPermanence {
        /// The same attempt will fail again.
        Permanent = "permanent",
        /// A later attempt may succeed.
        Transient = "transient",
        /// Only a code could tell.
        ByCode = "by-code",
        /// Nothing failed.
        None = "none",
    }
}

vocabulary! {
    /// Where a rule's words overrule the reply's class.
    RulePermanence {
        /// The same attempt will fail again.
        Permanent = "permanent",
        /// A later attempt may succeed.
        Transient = "transient",
    }
}

vocabulary! {
    /// The command that was answered.
    Stage {
        /// The greeting, before any command.
        Connect = "connect",
        /// EHLO, HELO or LHLO.
        Ehlo = "ehlo",
        /// STARTTLS.
        Starttls = "starttls",
        /// AUTH.
        Auth = "auth",
        /// MAIL FROM.
        Mail = "mail",
        /// RCPT TO.
        Rcpt = "rcpt",
        /// DATA.
        Data = "data",
        /// The end of the message.
        EndOfData = "end-of-data",
    }
}

vocabulary! {
    /// The evidence a rule needs besides its text.
    Requirement {
        /// The remote host is the provider's.
        Mx = "mx",
        /// The reply carries one of the provider's markers.
        Marker = "marker",
        /// The reply carries the codes that the rule names.
        Code = "code",
    }
}

vocabulary! {
    /// How far a rule can be relied upon.
    #[derive(Default)]
    Maturity {
        /// New: not yet met in practice.
        Test = "test",
        /// In use.
        #[default]
        Stable = "stable",
        /// Kept for old replies.
        Deprecated = "deprecated",
    }
}

vocabulary! {
    /// Where in the reply a template must stand.
    #[derive(Default)]
    Position {
        /// Anywhere.
        #[default]
        Anywhere = "anywhere",
        /// At its start.
        Prefix = "prefix",
        /// At its end.
        Suffix = "suffix",
        /// From its start to its end.
        Whole = "whole",
    }
}

/// A condition on the reply code: one code, or a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReplyPattern {
    /// `421`.
    Code(u16),
    /// `4xx`.
    Class(u8),
}

/// A condition on the enhanced status code: each number given or left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatusPattern {
    /// 2, 4 or 5, or any.
    pub class: Option<u8>,
    /// 0 to 999, or any.
    pub subject: Option<u16>,
    /// 0 to 999, or any.
    pub detail: Option<u16>,
}

impl fmt::Display for ReplyPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Class(class) => write!(f, "{class}xx"),
        }
    }
}

impl fmt::Display for StatusPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = |number: Option<u16>| number.map_or_else(|| "X".to_owned(), |n| n.to_string());
        write!(f, "{}.{}.{}", open(self.class.map(u16::from)), open(self.subject), open(self.detail))
    }
}

impl ReplyPattern {
    /// Reads `421` or `4xx`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let class = text.bytes().next().filter(|b| (b'2'..=b'5').contains(b))?;
        let rest = text.get(1..)?;
        if rest.eq_ignore_ascii_case("xx") {
            return Some(Self::Class(class - b'0'));
        }
        let digits = rest.len() == 2 && rest.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse().ok().map(Self::Code)).flatten()
    }
}

impl StatusPattern {
    /// Reads `4.7.0`, `X.7.1` or `4.X.X`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        fn number(text: &str) -> Option<Option<u16>> {
            if text.eq_ignore_ascii_case("x") {
                return Some(None);
            }
            let digits = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            // RFC 3463 allows no zero in front.
            (digits && (text.len() == 1 || !text.starts_with('0'))).then(|| text.parse().ok())
        }
        let mut parts = text.split('.');
        let (class, subject, detail) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let class = match number(class)? {
            None => None,
            Some(class @ (2 | 4 | 5)) => u8::try_from(class).ok(),
            Some(_) => return None,
        };
        Some(Self { class, subject: number(subject)?, detail: number(detail)? })
    }
}

impl<'de> Deserialize<'de> for ReplyPattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pattern;
        impl Visitor<'_> for Pattern {
            type Value = ReplyPattern;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a reply code from 200 to 599 such as 421, or a class such as 4xx")
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
                let found = de::Unexpected::Unsigned(value);
                ReplyPattern::parse(&value.to_string()).ok_or_else(|| E::invalid_value(found, &self))
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
                ReplyPattern::parse(value).ok_or_else(|| E::invalid_value(de::Unexpected::Str(value), &self))
            }
        }
        deserializer.deserialize_any(Pattern)
    }
}

impl<'de> Deserialize<'de> for StatusPattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pattern;
        impl Visitor<'_> for Pattern {
            type Value = StatusPattern;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an enhanced status code such as 4.7.0, X.7.1 or 5.7.X")
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
                Err(E::invalid_value(de::Unexpected::Float(value), &self))
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
                StatusPattern::parse(value).ok_or_else(|| E::invalid_value(de::Unexpected::Str(value), &self))
            }
        }
        deserializer.deserialize_any(Pattern)
    }
}

/// A single value stands for a list of one.
fn one_or_many<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct OneOrMany<T>(std::marker::PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrMany<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a value or a list of values")
        }

        fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            let mut values = Vec::new();
            while let Some(value) = seq.next_element()? {
                values.push(value);
            }
            Ok(values)
        }

        fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
            T::deserialize(de::value::StrDeserializer::new(value)).map(|value| vec![value])
        }

        fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
            T::deserialize(de::value::U64Deserializer::new(value)).map(|value| vec![value])
        }

        fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
            T::deserialize(de::value::I64Deserializer::new(value)).map(|value| vec![value])
        }

        fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
            T::deserialize(de::value::F64Deserializer::new(value)).map(|value| vec![value])
        }

        fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
            T::deserialize(de::value::BoolDeserializer::new(value)).map(|value| vec![value])
        }
    }
    deserializer.deserialize_any(OneOrMany(std::marker::PhantomData))
}
