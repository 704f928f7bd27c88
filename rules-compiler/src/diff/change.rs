//! What differs between two verdicts on one reply.

use rules_runtime::Verdict;

/// A part of a verdict, the one that weighs most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// Whether to strike the recipient off.
    Suppress,
    /// What the reply means.
    Category,
    /// What to do.
    Action,
    /// Whether a later attempt may succeed.
    Permanence,
    /// Who speaks.
    Provider,
    /// The rule that won.
    Rule,
}

impl Aspect {
    /// All of them, the one that weighs most first.
    pub const ALL: [Self; 6] =
        [Self::Suppress, Self::Category, Self::Action, Self::Permanence, Self::Provider, Self::Rule];

    /// The name, also in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Suppress => "suppress",
            Self::Category => "category",
            Self::Action => "action",
            Self::Permanence => "permanence",
            Self::Provider => "provider",
            Self::Rule => "rule",
        }
    }

    /// What a verdict says; nothing where no provider speaks or no rule won.
    fn of<'a>(self, verdict: &Verdict<'a>) -> Option<&'a str> {
        match self {
            Self::Suppress => Some(verdict.suppress().name()),
            Self::Category => Some(verdict.category().name()),
            Self::Action => Some(verdict.action().name()),
            Self::Permanence => Some(verdict.permanence().name()),
            Self::Provider => verdict.provider().map(|provider| provider.id()),
            Self::Rule => verdict.rule().map(|rule| rule.id()),
        }
    }
}

/// What differs between two verdicts on one reply: each aspect with the old and the new value. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change(pub Vec<(Aspect, Option<String>, Option<String>)>);

impl Change {
    /// The difference between two verdicts, unless they say the same.
    #[must_use]
    pub fn between(old: &Verdict<'_>, new: &Verdict<'_>) -> Option<Self> {
        let differs = |aspect: &Aspect| aspect.of(old) != aspect.of(new);
        let owned = |value: Option<&str>| value.map(str::to_owned);
        let pair = |aspect: Aspect| (aspect, owned(aspect.of(old)), owned(aspect.of(new)));
        let changes: Vec<_> = Aspect::ALL.into_iter().filter(differs).map(pair).collect();
        (!changes.is_empty()).then_some(Self(changes))
    }

    /// What weighs most of what differs.
    #[must_use]
    pub fn weightiest(&self) -> Aspect {
        self.0.first().map_or(Aspect::Rule, |(aspect, ..)| *aspect)
    }

    /// Whether only the rule is another, or who speaks: the sender does the same as before.
    #[must_use]
    pub fn is_slight(&self) -> bool {
        self.weightiest() >= Aspect::Provider
    }
}
