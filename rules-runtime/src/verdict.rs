//! What a reply means.

use crate::classifier::permanence;
use crate::code::{Codes, EnhancedCode};
use crate::decide::Match;
use crate::fields::Fields;
use crate::tables::{NONE, Outcome, ProviderNames, RuleNames, Tables};
use crate::vocabulary::{Action, Basis, Permanence, ProviderKind, Scope, Stage, Suppress};
use crate::{Category, typography, wait};
use core::fmt;
use core::time::Duration;

/// What a reply means, and what it rests on.
///
/// It borrows from the reply and from the tables, and is cheap to copy.
///
/// ```
/// use rules_runtime::{Action, Basis, Category, Permanence, Scope, Suppress};
///
/// let verdict = rules_runtime::classify(
///     b"421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints",
/// );
/// assert_eq!(verdict.category(), Category::RateLimited);
/// assert_eq!(verdict.permanence(), Permanence::Transient);
/// assert_eq!(verdict.action(), Action::SlowDown);
/// assert_eq!(verdict.suppress(), Suppress::No);
/// assert_eq!(verdict.basis(), Basis::ProviderRule);
/// assert_eq!(verdict.rule().map(|rule| rule.id()), Some("yahoo/tss04"));
/// ```
#[derive(Clone, Copy)]
pub struct Verdict<'a> {
    tables: &'a Tables<'a>,
    reply: &'a [u8],
    winner: Option<Match>,
    rule: Option<u32>,
    codes: Codes,
    provider: Option<u16>,
    basis: Basis,
    /// The command that was answered, where it is known.
    stage: Option<Stage>,
}

/// What follows where there is no rule at all: somebody must look at it.
const NO_RULE: Outcome = Outcome {
    category: Category::Unclassified as u8,
    scope: Scope::Message as u8,
    action: Action::Review as u8,
    action_transient: Action::Review as u8,
    suppress: Suppress::No as u8,
    suppress_transient: Suppress::No as u8,
    permanence: u8::MAX,
    permanence_without_code: Permanence::Unknown as u8,
    retry_after: 0,
};

/// What follows from a code of success for which there is no rule.
const SUCCESS: Outcome = Outcome { category: Category::Accepted as u8, action: Action::None as u8, ..NO_RULE };

impl<'a> Verdict<'a> {
    pub(crate) fn new(
        tables: &'a Tables<'a>,
        reply: &'a [u8],
        winner: Option<Match>,
        rule: Option<(u32, Basis)>,
        provider: Option<u16>,
        codes: &Codes,
        stage: Option<Stage>,
    ) -> Self {
        let basis = rule.map_or(Basis::Nothing, |(_, basis)| basis);
        Self { tables, reply, winner, rule: rule.map(|(rule, _)| rule), codes: *codes, provider, basis, stage }
    }

    /// Whether the command that was answered came before the one that names a recipient: so whoever is unknown, full or
    /// disabled, it is not the recipient. A host may say in its greeting that it takes no mail for a domain.
    fn comes_too_early(&self) -> bool {
        match (self.stage, self.scope()) {
            (Some(stage), Scope::Recipient) => stage < Stage::Rcpt,
            (Some(Stage::Auth | Stage::Mail), Scope::RecipientDomain) => true,
            _ => false,
        }
    }

    /// What the rule concludes.
    #[inline]
    fn outcome(&self) -> Outcome {
        match self.rule {
            Some(rule) => self.tables.matcher.outcome(rule).unwrap_or(NO_RULE),
            None if self.codes.class() == Some(2) => SUCCESS,
            None => NO_RULE,
        }
    }

    /// What the reply means.
    ///
    /// ```
    /// let verdict = rules_runtime::classify(b"452 4.2.2 The mailbox is full");
    /// assert_eq!(verdict.category().name(), "mailbox-full");
    /// ```
    #[must_use]
    pub fn category(&self) -> Category {
        Category::from_index(self.outcome().category).unwrap_or(Category::Unclassified)
    }

    /// Whether a later attempt may succeed: as the rule says, or the reply's class, or, where there is no code,
    /// as replies of the category usually are.
    ///
    /// ```
    /// use rules_runtime::{Permanence, classify};
    /// assert_eq!(classify(b"452 4.2.2 The mailbox is full").permanence(), Permanence::Transient);
    /// assert_eq!(classify(b"250 2.0.0 OK").permanence(), Permanence::None);
    /// ```
    #[must_use]
    pub fn permanence(&self) -> Permanence {
        permanence(&self.outcome(), &self.codes)
    }

    /// What the sender should do.
    ///
    /// ```
    /// use rules_runtime::{Action, classify};
    /// assert_eq!(classify(b"550 5.1.1 user unknown").action(), Action::Suppress);
    /// ```
    #[must_use]
    pub fn action(&self) -> Action {
        let outcome = self.outcome();
        let action = if self.transient() { outcome.action_transient } else { outcome.action };
        match Action::from_index(action) {
            Some(Action::Suppress) if self.comes_too_early() => Action::Review,
            action => action.unwrap_or(Action::Review),
        }
    }

    /// What the verdict is about.
    ///
    /// ```
    /// use rules_runtime::{Scope, classify};
    /// assert_eq!(classify(b"550 5.1.1 user unknown").scope(), Scope::Recipient);
    /// ```
    #[must_use]
    pub fn scope(&self) -> Scope {
        Scope::from_index(self.outcome().scope).unwrap_or(Scope::Message)
    }

    /// Whether to strike the recipient off the list.
    ///
    /// ```
    /// use rules_runtime::{Suppress, classify};
    /// assert_eq!(classify(b"550 5.1.1 user unknown").suppress(), Suppress::Yes);
    /// let blocked = classify(b"550 5.7.1 Service unavailable; client [192.0.2.7] blocked using zen.spamhaus.org");
    /// assert_eq!(blocked.suppress(), Suppress::No);
    /// ```
    #[must_use]
    pub fn suppress(&self) -> Suppress {
        if !matches!(self.scope(), Scope::Recipient | Scope::RecipientDomain) || self.comes_too_early() {
            return Suppress::No;
        }
        let outcome = self.outcome();
        let suppress = if self.transient() { outcome.suppress_transient } else { outcome.suppress };
        Suppress::from_index(suppress).unwrap_or(Suppress::No)
    }

    fn transient(&self) -> bool {
        self.permanence() == Permanence::Transient
    }

    /// What the verdict rests on.
    ///
    /// ```
    /// use rules_runtime::{Basis, classify};
    /// assert_eq!(classify(b"550 something new").basis(), Basis::BasicCode);
    /// assert_eq!(classify(b"something new").basis(), Basis::Nothing);
    /// ```
    #[must_use]
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// Who speaks: the provider whose rule won, unless the remote host is known to be another's; or else the one that
    /// the remote host or a marker points to.
    ///
    /// Software and block lists do not speak, so they are never named here; [`rule`](Self::rule) names them.
    ///
    /// ```
    /// let verdict = rules_runtime::Classifier::builtin().mx("mx1.hotmail.com").classify(b"550 something new");
    /// assert_eq!(verdict.provider().map(|provider| provider.name()), Some("Outlook.com"));
    /// ```
    #[must_use]
    pub fn provider(&self) -> Option<Provider<'a>> {
        self.tables.providers.names(self.provider?).map(|names| Provider { names })
    }

    /// The rule that won: a provider's, a phrase, or the one for the code alone.
    ///
    /// ```
    /// let verdict = rules_runtime::classify(b"421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred");
    /// let rule = verdict.rule().unwrap();
    /// assert_eq!((rule.id(), rule.docs_path()), ("yahoo/tss04", "providers/yahoo.md#tss04"));
    /// assert!(rule.explanation().contains("Yahoo"));
    /// assert_eq!(rule.owner().map(|owner| owner.id()), Some("yahoo"));
    /// ```
    #[must_use]
    pub fn rule(&self) -> Option<Rule<'a>> {
        let number = self.rule?;
        let names = self.tables.rules.names(number)?;
        Some(Rule { tables: self.tables, names, number })
    }

    /// The reply code that counts: of the innermost quoted reply, unless a rule for the words around it won.
    ///
    /// ```
    /// assert_eq!(rules_runtime::classify(b"550 5.1.1 user unknown").reply_code(), Some(550));
    /// ```
    #[must_use]
    pub fn reply_code(&self) -> Option<u16> {
        self.codes.reply
    }

    /// The enhanced status code that counts.
    ///
    /// ```
    /// let code = rules_runtime::classify(b"550 5.1.1 user unknown").enhanced_code();
    /// assert_eq!(code.map(|code| (code.class, code.subject, code.detail)), Some((5, 1, 1)));
    /// ```
    #[must_use]
    pub fn enhanced_code(&self) -> Option<EnhancedCode> {
        self.codes.status
    }

    /// How long to wait before the next attempt: as the reply states (`try again in 5 minutes`), or else the rule.
    ///
    /// Nothing where the failure is permanent.
    ///
    /// ```
    /// let verdict = rules_runtime::classify(b"450 4.2.0 Greylisted, please try again in 5 minutes");
    /// assert_eq!(verdict.retry_after().map(|wait| wait.as_secs()), Some(300));
    /// ```
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        if !matches!(self.permanence(), Permanence::Transient | Permanence::Unknown) {
            return None;
        }
        let stated = typography::reading(self.reply, wait::stated);
        let seconds = stated.or(Some(self.outcome().retry_after).filter(|seconds| *seconds > 0));
        seconds.map(|seconds| Duration::from_secs(u64::from(seconds)))
    }

    /// The variable parts that the winning rule names, as `(name, type, value)` in the order of its template.
    ///
    /// The values are slices of the reply. A value that runs over a line break contains it, with the codes that open
    /// the next line.
    ///
    /// ```
    /// let reply = b"421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred";
    /// let verdict = rules_runtime::classify(reply);
    /// let ip = verdict.fields().find(|(name, _, _)| *name == "ip");
    /// assert_eq!(ip.map(|(_, _, value)| value), Some(&b"192.0.2.7"[..]));
    /// ```
    #[must_use]
    pub fn fields(&self) -> Fields<'a> {
        match self.winner {
            Some(winner) => Fields::of(&self.tables.matcher, self.reply, &winner),
            None => Fields::none(),
        }
    }
}

impl fmt::Debug for Verdict<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verdict")
            .field("category", &self.category())
            .field("permanence", &self.permanence())
            .field("action", &self.action())
            .field("scope", &self.scope())
            .field("suppress", &self.suppress())
            .field("provider", &self.provider().map(|provider| provider.id()))
            .field("rule", &self.rule().map(|rule| rule.id()))
            .field("basis", &self.basis)
            .finish_non_exhaustive()
    }
}

/// A rule of the catalogue: what to log, where a person can read on, and whose it is.
///
/// ```
/// let verdict = rules_runtime::classify(b"421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred");
/// let rule = verdict.rule().unwrap();
/// assert_eq!(rule.id(), "yahoo/tss04");
/// assert_eq!(rule.docs_path(), "providers/yahoo.md#tss04");
/// assert_eq!(rule.owner().unwrap().name(), "Yahoo Mail");
/// # #[cfg(feature = "explanations")]
/// assert!(rule.explanation().contains("Retry"));
/// ```
#[derive(Clone, Copy)]
pub struct Rule<'a> {
    tables: &'a Tables<'a>,
    names: RuleNames<'a>,
    number: u32,
}

impl<'a> Rule<'a> {
    /// Its public id, which never changes: `yahoo/tss04`, `en/user-unknown`, `enhanced/x.1.1`, `code/421`.
    #[must_use]
    pub fn id(&self) -> &'a str {
        self.names.id
    }

    /// Its entry in the documentation, relative to the documentation's root: `providers/yahoo.md#tss04`.
    #[must_use]
    pub fn docs_path(&self) -> &'a str {
        self.names.docs_path
    }

    /// What happened and what to do, for a person. Empty without the feature `explanations`.
    #[must_use]
    pub fn explanation(&self) -> &'a str {
        self.tables.rules.explanation(self.number)
    }

    /// Whose rule it is: a provider, server software or a block list; nothing for phrases and codes.
    #[must_use]
    pub fn owner(&self) -> Option<Provider<'a>> {
        let owner = Some(self.names.provider).filter(|provider| *provider != NONE)?;
        self.tables.providers.names(owner).map(|names| Provider { names })
    }
}

impl fmt::Debug for Rule<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rule({})", self.id())
    }
}

/// Who answers: a mailbox provider, a gateway, a server software, a block list …
///
/// [`Verdict::provider`] names those who speak; [`Rule::owner`] also software and block lists.
///
/// ```
/// use rules_runtime::{Classifier, ProviderKind};
///
/// let verdict = Classifier::builtin().mx("mx1.hotmail.com").classify(b"550 5.1.1 User unknown");
/// let provider = verdict.provider().unwrap();
/// assert_eq!((provider.id(), provider.name()), ("outlook-com", "Outlook.com"));
/// assert_eq!(provider.kind(), ProviderKind::Mailbox);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provider<'a> {
    names: ProviderNames<'a>,
}

impl<'a> Provider<'a> {
    /// Its public id, which never changes: `outlook-com`.
    #[must_use]
    pub fn id(&self) -> &'a str {
        self.names.id
    }

    /// Its name, for a person: `Outlook.com`.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.names.name
    }

    /// What it does.
    #[must_use]
    pub fn kind(&self) -> ProviderKind {
        self.names.kind
    }
}
