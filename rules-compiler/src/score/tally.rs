//! Many judgements counted.

use super::{Attribution, Judged, Labelled, Standing};
use serde::Serialize;
use std::collections::BTreeMap;

/// How well a set of replies is judged. As JSON, the keys are a contract.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Score {
    /// Of all replies.
    #[serde(flatten)]
    pub count: Count,
    /// Verdicts that strike off a recipient who is not to blame.
    pub false_suppressions: usize,
    /// Of the replies whose label says whether a later attempt may succeed.
    pub permanence: Permanences,
    /// Who speaks.
    pub provider: Providers,
    /// By the label's category.
    pub categories: BTreeMap<String, Count>,
    /// By the label's provider; those without one under `-`.
    pub providers: BTreeMap<String, Count>,
    /// What was taken for what, the most frequent first.
    pub confusions: Vec<Confusion>,
    /// Replies that were not judged rightly, the worst first.
    pub examples: Vec<Example>,
}

/// Replies by how their category was judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// All.
    pub total: usize,
    /// In an accepted category.
    pub right: usize,
    /// In another.
    pub wrong: usize,
    /// In none.
    pub silent: usize,
}

/// Replies by how their permanence was judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Permanences {
    /// Those whose label states it.
    pub labelled: usize,
    /// As the label states.
    pub right: usize,
    /// Otherwise.
    pub wrong: usize,
}

/// Replies by how their provider was judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Providers {
    /// Those whose label names one.
    pub labelled: usize,
    /// The same.
    pub right: usize,
    /// Another.
    pub wrong: usize,
    /// None, though the label names one.
    pub silent: usize,
    /// One, though the label names none.
    pub invented: usize,
}

/// One category taken for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Confusion {
    /// The label's category.
    pub wanted: String,
    /// The verdict's.
    pub said: String,
    /// How often.
    pub count: usize,
}

/// A reply that was not judged rightly.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Example {
    /// What is wrong: `false-suppression`, `wrong`, `permanence`, `provider`, `silent`, `provider-silent`.
    pub problem: &'static str,
    /// The reply's name.
    pub id: String,
    /// The reply.
    pub text: String,
    /// What the label says.
    pub wanted: String,
    /// What the verdict says.
    pub said: String,
    /// The rule that won.
    pub rule: Option<String>,
}

/// The problems, the costliest first.
const PROBLEMS: [&str; 6] = ["false-suppression", "wrong", "permanence", "provider", "silent", "provider-silent"];

impl Count {
    fn add(&mut self, standing: Standing) {
        self.total += 1;
        match standing {
            Standing::Right => self.right += 1,
            Standing::Wrong => self.wrong += 1,
            Standing::Silent => self.silent += 1,
        }
    }
}

impl Score {
    /// Counts judgements, each with its reply's name.
    #[must_use]
    pub fn new<'a>(judgements: impl IntoIterator<Item = (&'a str, &'a Labelled, &'a Judged)>) -> Self {
        let mut score = Self::default();
        let mut confusions: BTreeMap<(String, &'static str), usize> = BTreeMap::new();
        for (id, labelled, judged) in judgements {
            score.count.add(judged.standing);
            score.categories.entry(labelled.category.clone()).or_default().add(judged.standing);
            let provider = labelled.provider.as_deref().unwrap_or("-").to_owned();
            score.providers.entry(provider).or_default().add(judged.standing);
            score.false_suppressions += usize::from(judged.false_suppression);
            score.permanence.add(judged.permanence_right);
            score.provider.add(judged.attribution);
            if judged.standing == Standing::Wrong {
                *confusions.entry((labelled.category.clone(), judged.category)).or_default() += 1;
            }
            score.examples.extend(problems(id, labelled, judged));
        }
        score.confusions = confusions
            .into_iter()
            .map(|((wanted, said), count)| Confusion { wanted, said: said.to_owned(), count })
            .collect();
        score.confusions.sort_by_key(|confusion| std::cmp::Reverse(confusion.count));
        let rank = |example: &Example| PROBLEMS.iter().position(|problem| *problem == example.problem);
        score.examples.sort_by_key(rank);
        score
    }
}

impl Permanences {
    fn add(&mut self, right: Option<bool>) {
        self.labelled += usize::from(right.is_some());
        self.right += usize::from(right == Some(true));
        self.wrong += usize::from(right == Some(false));
    }
}

impl Providers {
    fn add(&mut self, attribution: Attribution) {
        let labelled = matches!(attribution, Attribution::Right | Attribution::Wrong | Attribution::Silent);
        self.labelled += usize::from(labelled);
        match attribution {
            Attribution::None => {}
            Attribution::Right => self.right += 1,
            Attribution::Wrong => self.wrong += 1,
            Attribution::Silent => self.silent += 1,
            Attribution::Invented => self.invented += 1,
        }
    }
}

/// Everything that is wrong with one verdict.
fn problems<'a>(id: &'a str, labelled: &'a Labelled, judged: &'a Judged) -> impl Iterator<Item = Example> + 'a {
    let mut accepted = vec![labelled.category.as_str()];
    accepted.extend(labelled.accept.iter().map(String::as_str).filter(|other| *other != labelled.category));
    let accepted = accepted.join(" or ");
    let nobody = || "nobody".to_owned();
    let provider = (labelled.provider.clone().unwrap_or_else(nobody), judged.provider.clone().unwrap_or_else(nobody));
    let category = (accepted, judged.category.to_owned());
    let permanence = (labelled.permanence.clone().unwrap_or_default(), judged.permanence.to_owned());
    let found = [
        (judged.false_suppression, "false-suppression", category.clone()),
        (judged.standing == Standing::Wrong && !judged.false_suppression, "wrong", category.clone()),
        (judged.permanence_right == Some(false), "permanence", permanence),
        (matches!(judged.attribution, Attribution::Wrong | Attribution::Invented), "provider", provider.clone()),
        (judged.standing == Standing::Silent && !judged.false_suppression, "silent", category),
        (judged.attribution == Attribution::Silent, "provider-silent", provider),
    ];
    found.into_iter().filter(|(is, _, _)| *is).map(move |(_, problem, (wanted, said))| Example {
        problem,
        id: id.to_owned(),
        text: labelled.text.clone(),
        wanted,
        said,
        rule: judged.rule.clone(),
    })
}
