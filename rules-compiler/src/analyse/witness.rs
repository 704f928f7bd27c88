//! A reply that shows what is wrong, tried before it is shown.

use super::codes::Chosen;
use super::language::Language;
use super::language::overlap::shortest;
use crate::catalogue::Requirement;
use crate::lower::{Meaning, Pattern, Rules};
use crate::oracle::{Probe, ReadReply};

/// A reply that two rules match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The reply.
    pub reply: String,
    /// What each of them matches of it; empty where it looks at the codes alone.
    pub parts: [String; 2],
    /// The evidence that both need: the end of the name of the host that answered.
    pub host: Option<String>,
    has_text: bool,
}

/// Writes a reply, in letters that can be shown.
pub fn write(rules: &Rules, patterns: [&Pattern; 2], codes: Chosen, text: &[u8]) -> Option<Witness> {
    let needs = |what: Requirement| patterns.iter().find(|pattern| pattern.requires.contains(&what));
    // What one of them cannot do without; the other may be content with either.
    let needs_only = |what: Requirement, other: Requirement| {
        patterns.iter().find(|pattern| pattern.requires.contains(&what) && !pattern.requires.contains(&other))
    };
    let needs_marker = needs_only(Requirement::Marker, Requirement::Mx);
    let needs_host = needs_only(Requirement::Mx, Requirement::Marker);
    let host = needs_host.or(needs(Requirement::Mx).filter(|_| needs_marker.is_none())).and_then(|pattern| {
        let own = rules.mx.iter().find(|(_, provider)| Some(*provider) == pattern.provider)?;
        Some(own.0.clone())
    });
    let mut text = text.to_vec();
    let is_bare = patterns.iter().all(|pattern| Language::of(pattern).parts == 0);
    let either = || needs(Requirement::Marker).or(patterns.first().filter(|_| is_bare)).filter(|_| host.is_none());
    if let Some(pattern) = needs_marker.or_else(either) {
        if !text.is_empty() {
            text.push(b' ');
        }
        text.extend(marker(rules, pattern.provider?)?);
    }
    let text = String::from_utf8(text).ok()?;
    let reply = format!("{}{}", codes.opening(), text).trim_end().to_owned();
    Some(Witness { reply, parts: Default::default(), host, has_text: !is_bare })
}

/// The shortest text that shows that a provider speaks.
fn marker(rules: &Rules, provider: usize) -> Option<Vec<u8>> {
    let marker = rules.patterns.iter().find(|pattern| pattern.meaning == Meaning::Marker(provider))?;
    shortest(&Language::of(marker))
}

impl Witness {
    /// Whether both rules match it, and at the same bytes, by the oracle. Remembers what they match.
    pub fn is_real(&mut self, probes: &[Probe; 2]) -> bool {
        if !self.has_text {
            return true;
        }
        let read = ReadReply::of(self.reply.as_bytes());
        let (Some(one), Some(other)) = (probes[0].find(&read), probes[1].find(&read)) else { return false };
        let parts = [one, other].map(|matched| String::from_utf8_lossy(matched.original).into_owned());
        let meet = one.range.0 < other.range.1 && other.range.0 < one.range.1;
        let real = meet && one.suits && other.suits && !one.outside && !other.outside;
        self.parts = parts;
        real
    }
}
