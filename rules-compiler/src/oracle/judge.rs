//! Which match wins, and what follows from it.

use super::codes::Codes;
use super::pattern::Trial;
use super::reading::Reading;
use super::{Candidate, Oracle, OracleVerdict, Standing};
use crate::catalogue::{CategoryPermanence, ProviderKind, ReplyPattern, Requirement, RulePermanence, StatusPattern};
use crate::lower::{Conclusion, Meaning, PatternMatcher};
use rules_runtime::tables::Level;
use rules_runtime::{Action, Basis, Permanence, Scope, Stage, Suppress};

/// What is known besides the reply's words. Providers are indices.
#[derive(Debug)]
pub struct Evidence {
    /// The provider of the remote host.
    mx: Option<usize>,
    /// The command that was answered.
    stage: Option<Stage>,
    /// The providers whose markers the reply carries, in the order of its text.
    markers: Vec<usize>,
}

impl Evidence {
    fn backs(&self, provider: Option<usize>) -> bool {
        provider.is_some_and(|provider| self.mx == Some(provider) || self.markers.contains(&provider))
    }

    /// Whether the evidence of the provider that a pattern needs is there: any of what it names.
    fn meets(&self, requires: &[Requirement], provider: Option<usize>) -> bool {
        let mut needed = requires.iter().filter(|requirement| **requirement != Requirement::Code).peekable();
        needed.peek().is_none()
            || needed.any(|requirement| match requirement {
                Requirement::Mx => self.mx.is_some() && self.mx == provider,
                Requirement::Marker => provider.is_some_and(|provider| self.markers.contains(&provider)),
                Requirement::Code => false,
            })
    }
}

impl Oracle {
    /// What is known besides the reply's words.
    pub(super) fn evidence(&self, reading: &Reading<'_>, mx: Option<&str>, stage: Option<Stage>) -> Evidence {
        let named = || self.provider_of(reading.host.as_deref()?);
        let mut markers: Vec<(usize, usize)> = self
            .trials
            .iter()
            .filter_map(|trial| match trial.pattern.meaning {
                Meaning::Marker(provider) if trial.is_worth_trying(reading) => {
                    Some((trial.find(reading, 0)?.start, provider))
                }
                _ => None,
            })
            .collect();
        markers.sort();
        Evidence {
            mx: mx.and_then(|host| self.provider_of(host)).or_else(named),
            stage: stage.or(reading.stage),
            markers: markers.into_iter().map(|(_, provider)| provider).collect(),
        }
    }

    /// The provider whose host name's end is the longest that fits.
    fn provider_of(&self, host: &str) -> Option<usize> {
        let host = host.trim_ascii().to_ascii_lowercase();
        let host = host.strip_suffix('.').unwrap_or(&host);
        let ends = |suffix: &str| host == suffix || host.ends_with(&format!(".{suffix}"));
        let fitting = self.mx.iter().filter(|(suffix, _)| ends(suffix));
        fitting.max_by_key(|(suffix, _)| suffix.len()).map(|(_, provider)| *provider)
    }

    /// Every pattern that matched, in the order in which they would win.
    pub(super) fn ranked(&self, reading: &Reading<'_>, evidence: &Evidence) -> Vec<Candidate> {
        if reading.inner.succeeded() {
            return Vec::new();
        }
        let tried = self.trials.iter().enumerate().filter_map(|(number, trial)| match trial.pattern.meaning {
            Meaning::Rule(rule) => self.candidate(number, trial, &self.conclusions[rule.0].0.id, reading, evidence),
            Meaning::Marker(_) => None,
        });
        let mut candidates: Vec<Candidate> = tried.collect();
        // Those that are in the running say `Won` so far.
        candidates.sort_by_key(|candidate| (candidate.standing, candidate.class, candidate.pattern));
        let winner = candidates.first().map(|winner| winner.class);
        for loser in candidates.iter_mut().skip(1).filter(|candidate| candidate.standing == Standing::Won) {
            loser.standing = if Some(loser.class) == winner { Standing::LessSpecific } else { Standing::Weaker };
        }
        candidates
    }

    fn candidate(
        &self,
        number: usize,
        trial: &Trial,
        rule: &str,
        reading: &Reading<'_>,
        evidence: &Evidence,
    ) -> Option<Candidate> {
        let pattern = &trial.pattern;
        let backed = evidence.backs(pattern.provider);
        let suits = |codes: &Codes| codes_hold(codes, &pattern.reply, &pattern.status, &pattern.requires);
        let (found, suited) = match pattern.matcher {
            PatternMatcher::Textless if backed => (None, suits(&reading.inner)),
            PatternMatcher::Textless => return None,
            PatternMatcher::Template { .. } => {
                if !trial.is_worth_trying(reading) {
                    return None;
                }
                // The words of a quoted reply count more than those around it.
                let inside = trial.find(reading, reading.quoted.unwrap_or(0));
                let around = reading.quoted.and_then(|_| trial.find(reading, 0));
                let between = reading.between.and_then(|(start, _)| trial.find(reading, start));
                let outside = around.into_iter().chain(between);
                let places: Vec<_> = match pattern.over_quoted {
                    true => outside.chain(inside).collect(),
                    false => inside.into_iter().chain(outside).collect(),
                };
                let suiting = places.iter().find(|found| suits(reading.codes_at(found.start)));
                (Some(suiting.or(places.first())?.clone()), suiting.is_some())
            }
        };
        let outside = found.as_ref().is_some_and(|found| !reading.is_inside(found.start));
        let in_stage = pattern.stages.is_empty()
            || pattern.stages.iter().any(|stage| evidence.stage.is_some_and(|known| known.name() == stage.name()));
        let standing = if !suited {
            Standing::OtherCodes
        } else if !in_stage {
            Standing::OtherStage
        } else if !evidence.meets(&pattern.requires, pattern.provider) {
            Standing::Unproven
        } else {
            Standing::Won
        };
        Some(Candidate {
            rule: rule.to_owned(),
            pattern: number,
            range: found.as_ref().map(|found| (found.start, found.end)),
            outside,
            backed,
            class: match (pattern.level, outside) {
                (_, true) if pattern.over_quoted => 0,
                (Level::Provider, _) => 1 + u8::from(!backed),
                (Level::Software, false) => 3,
                (Level::Phrase, false) => 4,
                (Level::Software, true) => 5,
                (Level::Phrase, true) => 6,
            },
            standing,
            fields: found.map(|found| found.fields).unwrap_or_default(),
        })
    }

    /// What follows from the winner, or from the codes alone.
    pub(super) fn verdict(
        &self,
        reading: &Reading<'_>,
        evidence: &Evidence,
        winner: Option<&Candidate>,
    ) -> OracleVerdict {
        let start = winner.and_then(|winner| winner.range).map(|(start, _)| start);
        let codes = start.map_or(reading.inner, |start| *reading.codes_at(start));
        let rule = match winner.map(|winner| &self.trials[winner.pattern].pattern) {
            Some(pattern) => match pattern.meaning {
                Meaning::Rule(rule) => {
                    Some((rule.0, if pattern.level == Level::Phrase { Basis::Phrase } else { Basis::ProviderRule }))
                }
                Meaning::Marker(_) => None,
            },
            None => self.by_codes(&codes),
        };
        let own = winner.and_then(|winner| self.trials[winner.pattern].pattern.provider);
        let speaks =
            |provider: &usize| !matches!(self.providers[*provider].kind, ProviderKind::Mta | ProviderKind::Blocklist);
        // A reply that reports success is not searched for markers.
        let markers = if codes.succeeded() { &[][..] } else { &evidence.markers };
        // A host is one provider's; words may be used by others, unless a marker stands by.
        let backed = own.filter(|own| evidence.mx == Some(*own) || markers.contains(own));
        let known = backed.into_iter().chain(evidence.mx).chain(own).chain(markers.iter().copied());
        let speaker = { known }.find(speaks);
        let fields = winner.map_or(&[][..], |winner| &winner.fields);
        let original = |(start, end): (usize, usize)| reading.original(start, end).to_vec();
        let mut verdict = OracleVerdict {
            provider: speaker.map(|provider| self.providers[provider].id.clone()),
            basis: rule.map_or(Basis::Nothing, |(_, basis)| basis),
            reply_code: codes.reply,
            enhanced_code: codes.status,
            fields: fields.iter().map(|(name, kind, span)| (name.clone(), *kind, original(*span))).collect(),
            ..without_rule(&codes)
        };
        if let Some((conclusion, category)) = rule.map(|(rule, _)| &self.conclusions[rule]) {
            conclude(&mut verdict, conclusion, category, &codes);
        }
        // No recipient was named yet: it is not the one who is unknown. A greeting may speak for a whole domain.
        let too_early = match verdict.scope {
            Scope::Recipient => evidence.stage.is_some_and(|stage| stage < Stage::Rcpt),
            Scope::RecipientDomain => matches!(evidence.stage, Some(Stage::Auth | Stage::Mail)),
            _ => false,
        };
        if too_early {
            verdict.suppress = Suppress::No;
            if verdict.action == Action::Suppress {
                verdict.action = Action::Review;
            }
        }
        verdict
    }

    /// The rule for the enhanced status code, or for the reply code where only that says something.
    fn by_codes(&self, codes: &Codes) -> Option<(usize, Basis)> {
        let rule_of = |reply: u16| self.codes.iter().find(|(code, _)| *code == reply).map(|(_, rule)| *rule);
        let basic = codes.reply.and_then(rule_of).map(|rule| (rule, Basis::BasicCode));
        if codes.succeeded() {
            return basic;
        }
        let rule_of = |(_, subject, detail)| {
            self.enhanced.iter().find(|(code, _)| *code == (subject, detail)).map(|(_, rule)| *rule)
        };
        let enhanced = codes.status.and_then(rule_of).map(|rule| (rule, Basis::EnhancedCode));
        let says = |(rule, _): &(usize, Basis)| self.conclusions[*rule].1 != "unclassified";
        // A number that the text only mentions is too weak to decide.
        let decides = |rule: &(usize, Basis)| says(rule) && !codes.mentioned;
        enhanced.filter(says).or(basic.filter(decides)).or(enhanced).or(basic)
    }
}

/// Whether the codes allow a rule. A code that is not there contradicts nothing, unless the rule requires it. A reply code
/// that the text only mentions may contradict, but is none that a rule could require.
pub fn codes_hold(codes: &Codes, reply: &[ReplyPattern], status: &[StatusPattern], requires: &[Requirement]) -> bool {
    let without = !requires.contains(&Requirement::Code);
    let reply_holds = codes.reply.map_or(without, |code| {
        let counts = without || !codes.mentioned;
        counts
            && reply.iter().any(|wanted| match wanted {
                ReplyPattern::Code(wanted) => *wanted == code,
                ReplyPattern::Class(class) => u16::from(*class) == code / 100,
            })
    });
    let status_holds = codes.status.map_or(without, |(class, subject, detail)| {
        status.iter().any(|wanted| {
            wanted.class.is_none_or(|wanted| wanted == class)
                && wanted.subject.is_none_or(|wanted| wanted == subject)
                && wanted.detail.is_none_or(|wanted| wanted == detail)
        })
    });
    (reply.is_empty() || reply_holds) && (status.is_empty() || status_holds)
}

/// The permanence that the codes state.
fn stated(codes: &Codes) -> Option<Permanence> {
    codes.class().map(|class| match class {
        2 => Permanence::None,
        3 => Permanence::Unknown,
        4 => Permanence::Transient,
        _ => Permanence::Permanent,
    })
}

/// What follows where there is no rule at all: somebody must look at it, unless it was taken.
fn without_rule(codes: &Codes) -> OracleVerdict {
    let accepted = codes.class() == Some(2);
    OracleVerdict {
        category: if accepted { "accepted" } else { "unclassified" }.to_owned(),
        permanence: stated(codes).unwrap_or(Permanence::Unknown),
        action: if accepted { Action::None } else { Action::Review },
        scope: Scope::Message,
        suppress: Suppress::No,
        provider: None,
        rule: None,
        basis: Basis::Nothing,
        reply_code: None,
        enhanced_code: None,
        fields: Vec::new(),
    }
}

fn conclude(verdict: &mut OracleVerdict, conclusion: &Conclusion, category: &str, codes: &Codes) {
    let overruled = conclusion.permanence.map(|permanence| match permanence {
        RulePermanence::Permanent => Permanence::Permanent,
        RulePermanence::Transient => Permanence::Transient,
    });
    let usual = match conclusion.permanence_without_code {
        CategoryPermanence::Permanent => Permanence::Permanent,
        CategoryPermanence::Transient => Permanence::Transient,
        CategoryPermanence::None => Permanence::None,
        CategoryPermanence::ByCode => Permanence::Unknown,
    };
    verdict.category = category.to_owned();
    verdict.rule = Some(conclusion.id.clone());
    verdict.permanence = overruled.or(stated(codes)).unwrap_or(usual);
    let transient = verdict.permanence == Permanence::Transient;
    let action = if transient { conclusion.action.transient } else { conclusion.action.otherwise };
    let suppress = if transient { conclusion.suppress.transient } else { conclusion.suppress.otherwise };
    // The vocabularies of the catalogue and of the verdict have the same words.
    verdict.action = Action::from_name(action.name()).unwrap_or(Action::Review);
    verdict.scope = Scope::from_name(conclusion.scope.name()).unwrap_or(Scope::Message);
    verdict.suppress = match verdict.scope {
        Scope::Recipient | Scope::RecipientDomain => Suppress::from_name(suppress.name()).unwrap_or(Suppress::No),
        _ => Suppress::No,
    };
}
