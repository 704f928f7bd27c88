//! A verdict in a form that owns what it says, to compare and to print.

use rules_runtime::Verdict;

/// Everything that a verdict says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The rule's id.
    pub rule: Option<String>,
    /// The provider's id.
    pub provider: Option<String>,
    /// The category's name.
    pub category: &'static str,
    /// `permanent`, `transient`, `none` or `unknown`.
    pub permanence: &'static str,
    /// What to do.
    pub action: &'static str,
    /// What it is about.
    pub scope: &'static str,
    /// Whether to strike the recipient off.
    pub suppress: &'static str,
    /// What it rests on.
    pub basis: &'static str,
    /// The reply code.
    pub reply: Option<u16>,
    /// The enhanced status code.
    pub status: Option<String>,
    /// Seconds to wait.
    pub retry_after: Option<u64>,
    /// The variable parts.
    pub fields: Vec<(String, String)>,
}

impl Answer {
    /// Reads every part of a verdict.
    #[must_use]
    pub fn of(verdict: &Verdict<'_>) -> Self {
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        Self {
            rule: verdict.rule().map(|rule| rule.id().to_owned()),
            provider: verdict.provider().map(|provider| provider.id().to_owned()),
            category: verdict.category().name(),
            permanence: verdict.permanence().name(),
            action: verdict.action().name(),
            scope: verdict.scope().name(),
            suppress: verdict.suppress().name(),
            basis: verdict.basis().name(),
            reply: verdict.reply_code(),
            status: verdict.enhanced_code().map(|code| code.to_string()),
            retry_after: verdict.retry_after().map(|wait| wait.as_secs()),
            fields: verdict.fields().map(|(name, _, value)| (name.to_owned(), text(value))).collect(),
        }
    }
}
