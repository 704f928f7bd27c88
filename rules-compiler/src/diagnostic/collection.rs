//! The mistakes of one run.

use super::{Diagnostic, Severity, Span};

/// The mistakes of one run, in the order in which they are shown.
#[derive(Debug, Default, Clone)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// Warnings that the catalogue allows.
    allowed: Vec<Diagnostic>,
}

impl Diagnostics {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Whether one of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many errors, or how many warnings.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.severity() == severity).count()
    }

    /// Whether there are none at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// In the order in which they were found, or sorted after [`Self::sort`].
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// By file, position and code, each once. Files and folders as a whole come first.
    pub fn sort(&mut self) {
        fn key(diagnostic: &Diagnostic) -> (Option<Span>, &str, super::Code, &str) {
            (diagnostic.span(), diagnostic.path(), diagnostic.code, &diagnostic.message)
        }
        self.list.sort_by(|a, b| key(a).cmp(&key(b)));
        self.list.dedup();
    }

    /// Adds all of another run.
    pub fn append(&mut self, other: &mut Self) {
        self.list.append(&mut other.list);
        self.allowed.append(&mut other.allowed);
    }

    /// Sets aside the warnings of which `is_allowed` says so.
    pub(crate) fn allow(&mut self, is_allowed: impl Fn(&Diagnostic) -> bool) {
        let (allowed, list) = std::mem::take(&mut self.list).into_iter().partition(is_allowed);
        self.list = list;
        self.allowed.extend::<Vec<_>>(allowed);
    }

    /// The warnings that the catalogue allows.
    pub(crate) fn allowed(&self) -> &[Diagnostic] {
        &self.allowed
    }

    /// Keeps only those of which `keep` says so.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    /// Where the errors are, in order.
    pub(crate) fn error_spans(&self) -> Vec<Span> {
        let errors = self.list.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
        let mut spans: Vec<Span> = errors.filter_map(Diagnostic::span).collect();
        spans.sort_unstable();
        spans
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        self.list.extend(diagnostics);
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
