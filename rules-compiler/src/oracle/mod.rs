//! The oracle: what a reply means by the rules as written, found the slow and obvious way.
//!
//! It tries every template at every place and ranks all that match. It shares nothing with the engine in
//! `rules-runtime` but the vocabularies and the lowered rules, so that the one can be tested against the other:
//!
//! ```text
//! reply --codes--> leading codes --fold--> text --reading--> Reading --pattern, hole--> matches --judge--> verdict
//! ```
//!
//! White space in the descriptions of this module is every byte up to the space, unless it says otherwise.

mod codes;
mod fold;
mod hole;
mod judge;
mod mention;
mod pattern;
mod probe;
mod reading;
mod stands;
mod typography;

pub use codes::{Codes, Status};
pub(crate) use hole::definition as hole_definition;
pub(crate) use judge::codes_hold;
#[cfg(test)]
pub(crate) use probe::takes_whole;
pub use probe::{Matched, Probe, ReadReply, variable_parts};
pub(crate) use reading::Reading;
pub use stands::stands_in;

use crate::check::Checked;
use crate::lower::{Conclusion, ProviderNames, Rules};
use pattern::Trial;
use rules_runtime::{Action, Basis, FieldType, Permanence, Scope, Stage, Suppress};

/// A catalogue's rules, ready to be tried one by one.
#[derive(Debug)]
pub struct Oracle {
    /// The patterns, the strongest first.
    trials: Vec<Trial>,
    /// What the rules conclude, each with the name of its category.
    conclusions: Vec<(Conclusion, String)>,
    providers: Vec<ProviderNames>,
    /// Ends of host names and whose they are.
    mx: Vec<(String, usize)>,
    enhanced: Vec<((u16, u16), usize)>,
    codes: Vec<(u16, usize)>,
}

/// What the oracle says of a reply: the counterpart of [`rules_runtime::Verdict`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OracleVerdict {
    /// The category's id.
    pub category: String,
    /// Whether a later attempt may succeed.
    pub permanence: Permanence,
    /// What the sender should do.
    pub action: Action,
    /// What the verdict is about.
    pub scope: Scope,
    /// Whether to strike the recipient off.
    pub suppress: Suppress,
    /// The id of the provider who speaks.
    pub provider: Option<String>,
    /// The public id of the rule that won.
    pub rule: Option<String>,
    /// What the verdict rests on.
    pub basis: Basis,
    /// The reply code that counts.
    pub reply_code: Option<u16>,
    /// The enhanced status code that counts: class, subject, detail.
    pub enhanced_code: Option<Status>,
    /// The fields of the winning template: name, type, value as it stands in the reply.
    pub fields: Vec<(String, FieldType, Vec<u8>)>,
}

/// A pattern whose text matched, or that needs none, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The rule's public id.
    pub rule: String,
    /// The pattern, as an index into [`Rules::patterns`]: of two patterns of one class, the smaller wins.
    pub pattern: usize,
    /// Where it matched, in the folded text behind the leading codes; nothing for a pattern without text.
    pub range: Option<(usize, usize)>,
    /// Whether it matched the words around a quoted reply.
    pub outside: bool,
    /// Whether evidence shows that its provider speaks.
    pub backed: bool,
    /// How strong the match is: the smaller wins.
    pub class: u8,
    /// What became of it.
    pub standing: Standing,
    fields: Vec<pattern::Field>,
}

/// Whether a candidate won, or why it lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It won.
    Won,
    /// The winner is as strong, but more specific.
    LessSpecific,
    /// The winner is stronger.
    Weaker,
    /// It needs evidence of its provider that is not there.
    Unproven,
    /// It answers another command.
    OtherStage,
    /// The reply's codes contradict it, or lack what it requires.
    OtherCodes,
}

impl Oracle {
    /// Takes the rules of a catalogue.
    #[must_use]
    pub fn new(checked: &Checked, rules: &Rules) -> Self {
        let category = |conclusion: &Conclusion| checked.category(conclusion.category).id.clone();
        Self {
            trials: rules.patterns.iter().map(Trial::new).collect(),
            conclusions: rules.conclusions.iter().map(|c| (c.clone(), category(c))).collect(),
            providers: rules.providers.clone(),
            mx: rules.mx.clone(),
            enhanced: rules.enhanced.clone(),
            codes: rules.codes.clone(),
        }
    }

    /// Says what a reply means. `mx` is the name of the host that answered, `stage` the command.
    #[must_use]
    pub fn classify(&self, reply: &[u8], mx: Option<&str>, stage: Option<Stage>) -> OracleVerdict {
        let reading = Reading::of(reply);
        let evidence = self.evidence(&reading, mx, stage);
        let candidates = self.ranked(&reading, &evidence);
        let winner = candidates.first().filter(|candidate| candidate.standing == Standing::Won);
        self.verdict(&reading, &evidence, winner)
    }

    /// Every pattern whose text matched, the winner first, then by strength; those that were out of the running last.
    #[must_use]
    pub fn candidates(&self, reply: &[u8], mx: Option<&str>, stage: Option<Stage>) -> Vec<Candidate> {
        let reading = Reading::of(reply);
        let evidence = self.evidence(&reading, mx, stage);
        self.ranked(&reading, &evidence)
    }
}
