//! The decision: which of the patterns that match wins.
//!
//! The compiler numbers the patterns from the strongest to the weakest, so most of the decision is made already.
//! What only the reply can tell is who speaks: a provider's rules rise above all others when the remote host or a
//! marker shows that the provider is speaking. So the markers are looked at first; then the hits are tried in the
//! order in which their patterns would win, and the first that matches ends the search.

use crate::conditions;
use crate::hits::{Hit, Hits};
use crate::program::{Fuel, Matching};
use crate::tables::{Level, Matcher, Pattern, ProviderRecord, Route};
use crate::text::Text;
use crate::vocabulary::Stage;

/// Steps that each byte of a text may cause; see [`Fuel`].
const FUEL_PER_BYTE: u32 = 1;
/// Steps that even the shortest text may cause.
const FUEL_AT_LEAST: u32 = 32_768;
/// Steps that taking a hit costs, and looking at its pattern.
const GLANCE: usize = 3;
const LOOK: usize = 5;
/// Steps that trying its pattern costs at least.
const TRY: usize = 16;
/// How many providers can be seen to speak at once.
const SPEAKERS: usize = 4;

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
}

/// How strong a match is; the smallest wins. Class, then pattern, then whether it is on the other side of the quotation
/// than its rule looks at first.
type Rank = u64;

/// Words around a quoted reply go before everything where their rule says that they decide. Then come providers' rules,
/// those with evidence first. Of the others, the words of the innermost reply go before those around it.
fn rank(pattern: &Pattern, number: u32, backed: bool, outside: bool) -> Rank {
    let level = pattern.level.min(Level::Phrase as u8);
    let over_quoted = pattern.flags & Pattern::OVER_QUOTED != 0;
    let class = match (level == Level::Provider as u8, backed, outside) {
        (_, _, true) if over_quoted => OVER_QUOTED,
        (true, true, _) => BACKED,
        (true, false, _) => BACKED + 1,
        (false, _, false) => BACKED + 1 + level,
        (false, _, true) => BACKED + 3 + level,
    };
    u64::from(class) << 40 | u64::from(number) << 8 | u64::from(outside != over_quoted)
}

/// The strongest classes: what decides over the reply that it quotes, and a provider's rule with evidence.
const OVER_QUOTED: u8 = 0;
const BACKED: u8 = 1;
/// The weakest class of a match in the innermost reply.
const INNERMOST: u8 = BACKED + 1 + Level::Phrase as u8;

fn class(rank: Rank) -> u8 {
    (rank >> 40) as u8
}

/// Tries patterns on a text.
pub(crate) struct Decision<'t, 'b> {
    matcher: &'t Matcher<'t>,
    text: &'b Text<'b>,
    evidence: Evidence,
    /// The providers whose markers were met, in the order of the text.
    markers: [Option<u16>; SPEAKERS],
    fuel: Fuel,
}

impl<'t, 'b> Decision<'t, 'b> {
    pub fn new(matcher: &'t Matcher<'t>, text: &'b Text<'b>, evidence: Evidence) -> Self {
        let fuel =
            FUEL_PER_BYTE.saturating_mul(u32::try_from(text.end).unwrap_or(u32::MAX)).saturating_add(FUEL_AT_LEAST);
        Self { matcher, text, evidence, markers: [None; SPEAKERS], fuel: Fuel::new(fuel) }
    }

    /// The match that wins.
    pub fn winner(&mut self, hits: &mut Hits<'_>) -> Option<Match> {
        if hits.have_markers() {
            self.meet_markers(hits);
        }
        let speakers = self.evidence.mx.is_some() || self.markers[0].is_some();
        let over_quoted = hits.are_over_quoted();
        let mut best: Option<(Rank, Match)> = None;
        let mut template = Template::default();
        while let Some(hit) = hits.next(self.matcher) {
            if best.is_some_and(|best| !self.may_lose(best, hit, speakers, over_quoted))
                || self.fuel.burn(GLANCE).is_none()
            {
                break;
            }
            if template.number == Some(hit.pattern()) && self.fuel.is_missing_behind(hit.at()) {
                continue;
            }
            if self.fuel.burn(LOOK).is_none() {
                break;
            }
            let Some(pattern) = self.pattern(hit.pattern()).filter(|pattern| self.admits(pattern)) else {
                continue;
            };
            let outside = self.text.inner > 0 && pattern.flags & Pattern::OVER_QUOTED != 0;
            if best.is_some_and(|(leader, _)| leader < rank(&pattern, hit.pattern(), self.backed(&pattern), outside)) {
                continue;
            }
            if template.number != Some(hit.pattern()) {
                template = Template { number: Some(hit.pattern()), searched: false };
                self.fuel.next_template();
            }
            if pattern.flags & Pattern::EXPRESSION != 0 {
                if !template.searched {
                    template.searched = true;
                    let places = core::iter::once(self.text.inner).chain(self.text.around());
                    self.consider(&pattern, hit.pattern(), places, &mut best);
                }
            } else if let Some(found) = self.verify(&pattern, hit, &mut template) {
                self.offer(&pattern, hit.pattern(), found, &mut best);
                if template.searched && self.text.inner > 0 {
                    self.consider(&pattern, hit.pattern(), self.text.around(), &mut best);
                }
            }
        }
        if speakers {
            self.consider_textless(&mut best);
        }
        best.map(|(_, found)| found)
    }

    /// Whether this hit or a later one could still win. The order of the hits is that of the ranks, but for evidence of
    /// who speaks, which counts for providers' rules, the first in the order, and but for a quoted reply.
    fn may_lose(&self, (leader, found): (Rank, Match), hit: Hit, speakers: bool, over_quoted: bool) -> bool {
        let providers = || self.pattern(hit.pattern()).is_some_and(|pattern| pattern.level == Level::Provider as u8);
        let elsewhere = || {
            hit.pattern() == found.pattern || class(leader) > INNERMOST || over_quoted && class(leader) > OVER_QUOTED
        };
        self.text.inner > 0 && elsewhere() || speakers && class(leader) > BACKED && providers()
    }

    fn pattern(&self, number: u32) -> Option<Pattern> {
        self.matcher.patterns.get(number as usize).map(Pattern::read)
    }

    fn backed(&self, pattern: &Pattern) -> bool {
        let provider = Some(pattern.provider);
        pattern.level == Level::Provider as u8 && (self.evidence.mx == provider || self.markers.contains(&provider))
    }

    /// Whether the evidence, and the codes where they are known already, allow the pattern.
    fn admits(&self, pattern: &Pattern) -> bool {
        let provider = Some(pattern.provider);
        let evidence = match pattern.flags & (Pattern::REQUIRES_MX | Pattern::REQUIRES_MARKER) {
            0 => true,
            Pattern::REQUIRES_MX => self.evidence.mx == provider,
            Pattern::REQUIRES_MARKER => self.markers.contains(&provider),
            _ => self.evidence.mx == provider || self.markers.contains(&provider),
        };
        let stage =
            pattern.stages == 0 || self.evidence.stage.is_some_and(|stage| pattern.stages >> stage as u8 & 1 != 0);
        evidence && stage && (self.text.inner > 0 || conditions::hold(self.matcher, pattern, &self.text.codes))
    }

    /// Looks at what the reply says of who speaks.
    #[inline(never)]
    fn meet_markers(&mut self, hits: &mut Hits<'_>) {
        let mut starts = [0; SPEAKERS];
        let (markers, count) = hits.take_markers(self.matcher);
        for hit in markers.into_iter().take(count) {
            let mut hit = Some(hit);
            while let Some(marker) = hit.filter(|_| self.fuel.burn(LOOK).is_some()) {
                self.meet_marker(marker, &mut starts);
                hit = marker.next(self.matcher);
            }
        }
    }

    /// Puts the provider of a marker in the order in which the markers stand in the text.
    fn meet_marker(&mut self, hit: Hit, starts: &mut [usize; SPEAKERS]) {
        let Some(pattern) = self.pattern(hit.pattern()) else {
            return;
        };
        let Some(found) = self.verify(&pattern, hit, &mut Template::default()) else {
            return;
        };
        let own = Some(pattern.provider);
        let (mut start, mut provider, mut put) = (found.start, own, false);
        for (known, place) in self.markers.iter_mut().zip(starts) {
            if known.is_none() || (start, provider) < (*place, *known) {
                core::mem::swap(place, &mut start);
                core::mem::swap(known, &mut provider);
                put = true;
            }
            // Each provider once: where its first marker stands.
            let twice = if put { provider == own } else { *known == own };
            if twice || provider.is_none() {
                return;
            }
        }
    }

    /// Takes a match into account.
    fn offer(&self, pattern: &Pattern, number: u32, found: Found, best: &mut Option<(Rank, Match)>) {
        let outside = found.start < self.text.inner;
        let codes = self.text.codes_at(found.start);
        if !in_place(pattern, found, self.text)
            || (self.text.inner > 0 && !conditions::hold(self.matcher, pattern, codes))
        {
            return;
        }
        let rank = rank(pattern, number, self.backed(pattern), outside);
        if best.is_none_or(|(leader, _)| rank < leader) {
            let Pattern { rule, provider, level, .. } = *pattern;
            *best = Some((rank, Match { pattern: number, rule, provider, level, start: found.start as u16, outside }));
        }
    }

    /// The patterns without text, of the providers that are known to speak.
    fn consider_textless(&self, best: &mut Option<(Rank, Match)>) {
        for provider in self.markers.into_iter().chain([self.evidence.mx]).flatten() {
            let Some(record) = self.matcher.providers.get(usize::from(provider)).map(ProviderRecord::read) else {
                continue;
            };
            let first = record.textless as usize;
            let numbers = self.matcher.textless.get(first..first + usize::from(record.textless_count));
            for number in numbers.unwrap_or_default().iter().map(|bytes| u32::from_le_bytes(*bytes)) {
                if let Some(pattern) = self.pattern(number).filter(|pattern| self.admits(pattern)) {
                    let found = Found { start: self.text.inner, end: self.text.end };
                    if conditions::hold(self.matcher, &pattern, &self.text.codes) {
                        self.offer(&pattern, number, found, best);
                    }
                }
            }
        }
    }

    /// A pattern from these places on: at each, the first match that stands where its rule wants it.
    #[inline(never)]
    fn consider(
        &mut self,
        pattern: &Pattern,
        number: u32,
        places: impl Iterator<Item = usize>,
        best: &mut Option<(Rank, Match)>,
    ) {
        let Some(program) = program(self.matcher, pattern) else {
            return;
        };
        let matching = Matching { program, choices: self.matcher.choices, text: self.text };
        let text = self.text;
        for place in places {
            let mut found = from(&matching, place, &mut self.fuel);
            while let Some(astray) = found.filter(|found| !in_place(pattern, *found, text)) {
                found = from(&matching, astray.start + 1, &mut self.fuel);
            }
            if let Some(found) = found {
                self.offer(pattern, number, found, best);
            }
        }
    }

    /// Matches the pattern of a hit.
    fn verify(&mut self, pattern: &Pattern, hit: Hit, template: &mut Template) -> Option<Found> {
        self.fuel.burn(TRY)?;
        let route = Route::read(self.matcher.routes.get(usize::from(hit.route(self.matcher)?))?);
        let back = route.back as usize;
        if route.part > 0 && template.searched {
            return None;
        }
        let steps = self.matcher.programs.get(back..back + 2 * usize::from(route.steps))?;
        let program = program(self.matcher, pattern)?;
        let matching = Matching { program, choices: self.matcher.choices, text: self.text };
        let piece = hit.at().checked_sub(usize::from(route.distance))?;
        let fuel = &mut self.fuel;
        if route.part == 0 {
            return matching.back(steps, piece, fuel, &mut |start, fuel| {
                let end = matching.whole(start, &mut (), fuel)?;
                Some(Found { start, end })
            });
        }
        matching.back(steps, piece, fuel, &mut |start, fuel| {
            matching.part(usize::from(route.part), start, &mut (), fuel)
        })?;
        template.searched = true;
        let inner = self.text.inner;
        from(&matching, inner, fuel).or_else(|| if inner > 0 { from(&matching, 0, fuel) } else { None })
    }

    /// The providers that evidence points to, whoever's rule wins.
    pub fn speakers(&self) -> impl Iterator<Item = u16> {
        [self.evidence.mx].into_iter().chain(self.markers).flatten()
    }
}

/// What was done already for the hits of a pattern.
#[derive(Default)]
struct Template {
    number: Option<u32>,
    /// Whether it was looked for in the whole text, since an anchor behind its first part was hit.
    searched: bool,
}

/// Where a pattern matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    start: usize,
    end: usize,
}

/// The first match at or behind a place.
fn from(matching: &Matching<'_, '_>, place: usize, fuel: &mut Fuel) -> Option<Found> {
    let start = matching.search(0, place, fuel)?;
    let end = matching.whole(start, &mut (), fuel)?;
    Some(Found { start, end })
}

/// The bytes of a pattern's program.
pub(crate) fn program<'a>(matcher: &Matcher<'a>, pattern: &Pattern) -> Option<&'a [u8]> {
    let start = pattern.program as usize;
    matcher.programs.get(start..start + usize::from(pattern.program_length))
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
