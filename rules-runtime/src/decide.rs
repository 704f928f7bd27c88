//! The decision: which of the patterns that match wins.
//!
//! The compiler numbers the patterns from the strongest to the weakest, so most of the decision is made already.
//! What only the reply can tell is who speaks: a provider's rules rise above all others when the remote host or a
//! marker shows that the provider is speaking. Hence the best match of each provider is kept until the scan is over.

use crate::code::Codes;
use crate::conditions;
use crate::scan::Found;
use crate::tables::{Level, Matcher, Pattern, ProviderRecord};
use crate::text::Text;
use crate::vocabulary::Stage;

/// How many providers' matches are kept; a reply that matches the rules of more is beyond reason.
const PROVIDERS: usize = 8;

/// What is known besides the reply's words.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Evidence {
    /// The provider of the remote host.
    pub mx: Option<u16>,
    /// The command that was answered.
    pub stage: Option<Stage>,
}

/// A pattern that matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    pub pattern: u32,
    pub rule: u32,
    pub provider: u16,
    pub level: u8,
    pub start: u16,
    /// Whether it matched the words around a quoted reply.
    pub outside: bool,
    /// Whether it beats the reply that they quote.
    pub over_quoted: bool,
}

/// How strong a match is; the smallest wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    class: u8,
    pattern: u32,
    outside: bool,
}

impl Match {
    /// A provider's rule goes before all others, more so with evidence. Among the others, the words of the innermost
    /// reply go before those around it; a provider's rule for the words around says more than any phrase inside.
    pub fn rank(&self, backed: bool) -> Rank {
        let class = match (self.level, backed, self.outside) {
            (0, true, _) => 0,
            (0, false, _) => 1,
            (_, _, true) if self.over_quoted => 2,
            (level, _, false) => 2 + level.min(2),
            (level, _, true) => 4 + level.min(2),
        };
        Rank { class, pattern: self.pattern, outside: self.outside }
    }
}

/// The best matches of one provider, by the evidence they need (see [`Pattern::REQUIRES_MX`]).
#[derive(Debug, Clone, Copy)]
struct Slot {
    provider: u16,
    best: [Option<Match>; 4],
}

/// The matches so far.
pub(crate) struct Decision<'t> {
    matcher: &'t Matcher<'t>,
    evidence: Evidence,
    slots: [Option<Slot>; PROVIDERS],
    /// The best match that no evidence strengthens.
    plain: Option<Match>,
    /// The providers whose markers were met.
    markers: [Option<u16>; PROVIDERS],
}

impl<'t> Decision<'t> {
    pub fn new(matcher: &'t Matcher<'t>, evidence: Evidence) -> Self {
        Self { matcher, evidence, slots: [None; PROVIDERS], plain: None, markers: [None; PROVIDERS] }
    }

    /// Whether a match of this pattern could still change anything.
    pub fn may_win(&self, number: u32, pattern: &Pattern, text: &Text<'_>) -> bool {
        if pattern.flags & Pattern::MARKER != 0 {
            return !self.markers.contains(&Some(pattern.provider));
        }
        let over_quoted = pattern.flags & Pattern::OVER_QUOTED != 0;
        let better = |best: Option<Match>| best.is_none_or(|best| number < best.pattern || best.outside || over_quoted);
        let open = if pattern.level == Level::Provider as u8 {
            let slot = self.slots.iter().flatten().find(|slot| slot.provider == pattern.provider);
            slot.is_none_or(|slot| better(slot.best.get(requirement(pattern)).copied().flatten()))
        } else {
            better(self.plain) && !self.slots.iter().flatten().any(|slot| matches!(slot.best, [Some(_), ..]))
        };
        open && self.admits(pattern) && (text.inner > 0 || conditions::hold(self.matcher, pattern, &text.codes))
    }

    /// Whether what the caller knows allows the pattern.
    fn admits(&self, pattern: &Pattern) -> bool {
        let stage =
            pattern.stages == 0 || self.evidence.stage.is_some_and(|stage| pattern.stages >> stage as u8 & 1 != 0);
        let mx =
            requirement(pattern) != usize::from(Pattern::REQUIRES_MX) || self.evidence.mx == Some(pattern.provider);
        stage && mx
    }

    /// Takes a match into account.
    pub fn offer(&mut self, number: u32, pattern: &Pattern, found: Found, text: &Text<'_>) {
        if pattern.flags & Pattern::MARKER != 0 {
            if let Some(free) = self.markers.iter_mut().find(|marker| marker.is_none()) {
                *free = Some(pattern.provider);
            }
            return;
        }
        let outside = text.inner > 0 && found.start < text.inner;
        let codes = if outside { &text.outer } else { &text.codes };
        if !conditions::hold(self.matcher, pattern, codes) || !in_place(pattern, found, text) {
            return;
        }
        self.keep(
            Match {
                pattern: number,
                rule: pattern.rule,
                provider: pattern.provider,
                level: pattern.level,
                start: u16::try_from(found.start).unwrap_or(u16::MAX),
                outside,
                over_quoted: pattern.flags & Pattern::OVER_QUOTED != 0,
            },
            requirement(pattern),
        );
    }

    fn keep(&mut self, new: Match, requirement: usize) {
        if new.level != Level::Provider as u8 {
            replace(&mut self.plain, new);
            return;
        }
        let known = self.slots.iter().flatten().any(|slot| slot.provider == new.provider);
        let slot = self.slots.iter_mut().find(|slot| match slot {
            Some(slot) => slot.provider == new.provider,
            None => !known,
        });
        if let Some(slot) = slot {
            let slot = slot.get_or_insert(Slot { provider: new.provider, best: [None; 4] });
            if let Some(best) = slot.best.get_mut(requirement) {
                replace(best, new);
            }
        }
    }

    /// The winner, once the scan is over.
    pub fn winner(&mut self, codes: &Codes) -> Option<Match> {
        self.keep_textless(codes);
        let mut winner = self.plain.map(|plain| (plain.rank(false), plain));
        for slot in self.slots.iter().flatten() {
            let mx = self.evidence.mx == Some(slot.provider);
            let marker = self.markers.contains(&Some(slot.provider));
            for (requirement, best) in slot.best.iter().enumerate() {
                let met = requirement == 0 || (requirement & 1 != 0 && mx) || (requirement & 2 != 0 && marker);
                if let (true, Some(best)) = (met, best) {
                    let rank = best.rank(mx || marker);
                    if winner.is_none_or(|(leader, _)| rank < leader) {
                        winner = Some((rank, *best));
                    }
                }
            }
        }
        winner.map(|(_, winner)| winner)
    }

    /// The patterns without text, of the providers that are known to speak.
    fn keep_textless(&mut self, codes: &Codes) {
        let matcher = self.matcher;
        for provider in self.markers.into_iter().chain([self.evidence.mx]).flatten() {
            let Some(record) = matcher.providers.get(usize::from(provider)).map(ProviderRecord::read) else {
                continue;
            };
            let first = record.textless as usize;
            let numbers = matcher.textless.get(first..first + usize::from(record.textless_count)).unwrap_or_default();
            for number in numbers.iter().map(|bytes| u32::from_le_bytes(*bytes)) {
                let Some(pattern) = matcher.patterns.get(number as usize).map(Pattern::read) else {
                    continue;
                };
                if self.admits(&pattern) && conditions::hold(matcher, &pattern, codes) {
                    let (rule, level) = (pattern.rule, pattern.level);
                    let found =
                        Match { pattern: number, rule, provider, level, start: 0, outside: false, over_quoted: false };
                    self.keep(found, requirement(&pattern));
                }
            }
        }
    }

    /// The provider that evidence shows to be speaking, whoever's rule wins.
    pub fn speaker(&self) -> Option<u16> {
        self.evidence.mx.or(self.markers.into_iter().flatten().find(|provider| self.speaks(*provider)))
    }

    /// Whether a provider answers SMTP itself.
    pub fn speaks(&self, provider: u16) -> bool {
        let record = self.matcher.providers.get(usize::from(provider)).map(ProviderRecord::read);
        record.and_then(|record| crate::ProviderKind::from_index(record.kind)).is_some_and(crate::ProviderKind::speaks)
    }
}

fn requirement(pattern: &Pattern) -> usize {
    usize::from(pattern.flags & (Pattern::REQUIRES_MX | Pattern::REQUIRES_MARKER))
}

fn replace(best: &mut Option<Match>, new: Match) {
    if best.is_none_or(|best| new.rank(false) < best.rank(false)) {
        *best = Some(new);
    }
}

/// Whether a match stands where its rule wants it, in the innermost reply or in the whole; closing punctuation may follow.
fn in_place(pattern: &Pattern, found: Found, text: &Text<'_>) -> bool {
    let closes = |end: usize| {
        let rest = text.bytes.get(found.end..end);
        rest.is_some_and(|rest| {
            rest.iter().all(|byte| matches!(byte, b' ' | b'.' | b'!' | b')' | b']' | b'>' | b'"' | b'\''))
        })
    };
    let prefix = pattern.flags & Pattern::PREFIX == 0 || found.start == 0 || found.start == text.inner;
    let suffix = pattern.flags & Pattern::SUFFIX == 0 || closes(text.end) || closes(text.remark);
    prefix && suffix
}
