//! No silent ambiguity: of two rules that rank alike, disagree and can match one reply, nobody said which is right.

use super::codes::{self, Chosen};
use super::language::Language;
use super::language::overlap::{Budget, Outcome, overlap};
use super::parallel;
use super::rank::{self, Said};
use super::witness::{Witness, write};
use crate::check::{Checked, RuleIndex};
use crate::lower::{Conclusion, Meaning, Pattern, Rules};
use crate::oracle::Probe;
use rustc_hash::FxHashSet;

/// How far one pair is followed.
const BUDGET: Budget = Budget { states: 30_000, texts: 12 };

/// Two patterns, as indices into [`Rules::patterns`], the one that happens to win first.
pub type Pair = (usize, usize);

/// What came of it.
#[derive(Debug, Default)]
pub struct Ambiguities {
    /// One for each two rules, with a reply that both match.
    pub found: Vec<(Pair, Witness)>,
    /// Pairs of which it is not known.
    pub cut_off: Vec<Pair>,
}

/// Looks at every two patterns of one rank.
pub fn find(checked: &Checked, rules: &Rules, languages: &[Language]) -> Ambiguities {
    let said = Said::new(checked, rules);
    let groups = rank::groups(checked, rules);
    let turns: Vec<_> = groups.iter().flat_map(|group| (0..group.len()).map(move |at| (group, at))).collect();
    let results = parallel::each(turns.len(), |turn| {
        let (group, at) = turns[turn];
        let (one, rule) = group[at];
        with_later(checked, rules, languages, &said, (one, rule), &group[at + 1..])
    });
    let mut ambiguities = Ambiguities::default();
    let mut reported: FxHashSet<(RuleIndex, RuleIndex)> = FxHashSet::default();
    for (pair, key, result) in results.into_iter().flatten() {
        match result {
            _ if reported.contains(&key) => {}
            Ok(witness) => {
                reported.insert(key);
                ambiguities.found.push((pair, witness));
            }
            Err(CutOff) => ambiguities.cut_off.push(pair),
        }
    }
    ambiguities
}

/// A pair, its rules, and what came of it, unless the two get along.
type Looked = (Pair, (RuleIndex, RuleIndex), Result<Witness, CutOff>);

/// Looks at a pattern with each of those that come later in its group.
fn with_later(
    checked: &Checked,
    rules: &Rules,
    languages: &[Language],
    said: &Said,
    (one, rule): (usize, RuleIndex),
    later: &[(usize, RuleIndex)],
) -> Vec<Looked> {
    let mut looked: Vec<Looked> = Vec::new();
    let mut reported: FxHashSet<(RuleIndex, RuleIndex)> = FxHashSet::default();
    for (other, other_rule) in later {
        let key = (rule.min(*other_rule), rule.max(*other_rule));
        if rule == *other_rule || reported.contains(&key) {
            continue;
        }
        let pair = (one.min(*other), one.max(*other));
        let Some(case) = Case::of(rules, languages, pair) else { continue };
        let rank = rank::of(checked, &rules.patterns[one], rule);
        if said.settles(rule, *other_rule, rank) {
            continue;
        }
        match case.search() {
            Ok(None) => {}
            Ok(Some(witness)) => {
                reported.insert(key);
                looked.push((pair, key, Ok(witness)));
            }
            Err(CutOff) => looked.push((pair, key, Err(CutOff))),
        }
    }
    looked
}

/// Nothing is known.
struct CutOff;

/// Two patterns that could hold at once and disagree.
struct Case<'a> {
    rules: &'a Rules,
    patterns: [&'a Pattern; 2],
    languages: [&'a Language; 2],
    /// The codes with which they disagree.
    codes: Vec<Chosen>,
}

impl<'a> Case<'a> {
    fn of(rules: &'a Rules, languages: &'a [Language], pair: Pair) -> Option<Self> {
        let patterns = [&rules.patterns[pair.0], &rules.patterns[pair.1]];
        let [one, other] = patterns;
        let [Meaning::Rule(rule), Meaning::Rule(other_rule)] = patterns.map(|pattern| pattern.meaning) else {
            return None;
        };
        let conclusions = [rule, other_rule].map(|rule| &rules.conclusions[rule.0]);
        let stages = one.stages.is_empty()
            || other.stages.is_empty()
            || one.stages.iter().any(|stage| other.stages.contains(stage));
        if !stages || !disagree(conclusions) || !rank::one_speaker(one, other) {
            return None;
        }
        let languages = [&languages[pair.0], &languages[pair.1]];
        let may_overlap = languages[0].parts == 0
            || languages[0].words.may_overlap(&languages[1].words, languages.map(|own| &own.whole));
        if !may_overlap || (languages[0].parts == 0) != (languages[1].parts == 0) {
            return None;
        }
        let mut codes = codes::of_both(one, other);
        codes.retain(|codes| disagree_at(conclusions, codes.reply / 100 == 4));
        (!codes.is_empty()).then_some(Self { rules, patterns, languages, codes })
    }

    fn search(&self) -> Result<Option<Witness>, CutOff> {
        let [one, other] = self.languages;
        if one.parts == 0 && other.parts == 0 {
            // Neither has a text: their codes are all there is.
            let codes = self.codes.first().ok_or(CutOff)?;
            return write(self.rules, self.patterns, *codes, b"").map(Some).ok_or(CutOff);
        }
        let (mut found, mut probes) = (None, None);
        let outcome = overlap(self.languages, BUDGET, &mut |text| {
            let probes = probes.get_or_insert_with(|| self.patterns.map(Probe::new));
            found = self.codes.iter().find_map(|codes| {
                let mut witness = write(self.rules, self.patterns, *codes, text)?;
                witness.is_real(probes).then_some(witness)
            });
            found.is_some()
        });
        if outcome == Outcome::CutOff { Err(CutOff) } else { Ok(found) }
    }
}

fn disagree(conclusions: [&Conclusion; 2]) -> bool {
    disagree_at(conclusions, true) || disagree_at(conclusions, false)
}

/// Whether two rules say different things of a reply with a transient or with a permanent code.
fn disagree_at([one, other]: [&Conclusion; 2], transient_code: bool) -> bool {
    use crate::catalogue::RulePermanence;
    let says = |conclusion: &Conclusion| {
        let transient = conclusion.permanence.map_or(transient_code, |own| own == RulePermanence::Transient);
        let action = if transient { conclusion.action.transient } else { conclusion.action.otherwise };
        let suppress = if transient { conclusion.suppress.transient } else { conclusion.suppress.otherwise };
        (conclusion.category, transient, action, conclusion.scope, suppress)
    };
    says(one) != says(other)
}
