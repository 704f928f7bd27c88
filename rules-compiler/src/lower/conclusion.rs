//! What a rule concludes, for the engine and for a person.

use crate::catalogue::{Action, Category, CategoryPermanence, Owner, RulePermanence, Scope, Suppress};
use crate::check::{ByPermanence, CategoryIndex, Checked};

/// What a rule concludes.
#[derive(Debug, Clone)]
pub struct Conclusion {
    /// Public id: `yahoo/tss04`, `en/user-unknown`, `enhanced/x.1.1`, `code/421`.
    pub id: String,
    /// Its entry in the documentation.
    pub docs_path: String,
    /// What happened and what to do.
    pub explanation: String,
    /// The provider whose rule it is.
    pub provider: Option<usize>,
    /// What it means.
    pub category: CategoryIndex,
    /// What the verdict is about.
    pub scope: Scope,
    /// What to do.
    pub action: ByPermanence<Action>,
    /// Whether to strike the recipient off.
    pub suppress: ByPermanence<Suppress>,
    /// Where the words overrule the codes.
    pub permanence: Option<RulePermanence>,
    /// Where there is no code.
    pub permanence_without_code: CategoryPermanence,
    /// Seconds to wait.
    pub retry_after: Option<u32>,
}

/// Conclusions by code: the code, and an index into the conclusions.
type ByCode<C> = Vec<(C, usize)>;

/// The conclusions of all rules, of the enhanced status codes and of the reply codes.
pub fn all(checked: &Checked) -> (Vec<Conclusion>, ByCode<(u16, u16)>, ByCode<u16>) {
    let catalogue = &checked.catalogue;
    let mut conclusions: Vec<Conclusion> = checked
        .rules
        .iter()
        .zip(&catalogue.rules)
        .map(|(rule, written)| of_rule(checked, rule, &written.value))
        .collect();
    let mut enhanced = Vec::new();
    for (code, category) in catalogue.enhanced.iter().zip(&checked.enhanced_categories) {
        let code = &code.value;
        if let (Some(subject), Some(detail)) = (code.status.subject, code.status.detail) {
            enhanced.push(((subject, detail), conclusions.len()));
            let id = format!("x.{subject}.{detail}");
            let docs_path = crate::emit::paths::enhanced(subject, detail);
            let suppress = code.suppress;
            conclusions.push(of_code(
                checked,
                *category,
                format!("enhanced/{id}"),
                docs_path,
                &code.explanation,
                &code.advice,
                suppress,
            ));
        }
    }
    let mut codes = Vec::new();
    for (code, category) in catalogue.codes.iter().zip(&checked.code_categories) {
        let code = &code.value;
        codes.push((code.reply, conclusions.len()));
        let docs_path = crate::emit::paths::reply_code(code.reply);
        // A bare reply code is never reason to strike a recipient off.
        let suppress = Some(Suppress::No);
        conclusions.push(of_code(
            checked,
            *category,
            format!("code/{}", code.reply),
            docs_path,
            &code.explanation,
            &code.advice,
            suppress,
        ));
    }
    enhanced.sort();
    codes.sort();
    (conclusions, enhanced, codes)
}

fn of_rule(checked: &Checked, rule: &crate::check::CheckedRule, written: &crate::catalogue::OwnedRule) -> Conclusion {
    Conclusion {
        id: written.id.clone(),
        docs_path: crate::emit::paths::rule(&checked.catalogue, written),
        explanation: one_paragraph(&written.rule.explanation),
        provider: match written.owner {
            Owner::Provider(provider) => Some(provider),
            Owner::Language(_) => None,
        },
        category: rule.category,
        scope: rule.scope,
        action: rule.action,
        suppress: rule.suppress,
        permanence: rule.permanence,
        permanence_without_code: checked.category(rule.category).permanence,
        retry_after: written.rule.retry_after,
    }
}

fn of_code(
    checked: &Checked,
    index: CategoryIndex,
    id: String,
    docs_path: String,
    explanation: &str,
    advice: &str,
    suppress: Option<Suppress>,
) -> Conclusion {
    let category: &Category = checked.category(index);
    let suppress = suppress.unwrap_or(category.suppress);
    let transient = category.when_transient;
    // Who is not to be struck off for good is not to be struck off at once either.
    let milder = |action: Action| match (action, suppress) {
        (Action::Suppress, Suppress::No | Suppress::IfRepeated) => Action::Review,
        (action, _) => action,
    };
    Conclusion {
        id,
        docs_path,
        explanation: one_paragraph(&format!("{explanation} {advice}")),
        provider: None,
        category: index,
        scope: category.scope,
        action: ByPermanence {
            otherwise: milder(category.action),
            transient: milder(transient.map_or(category.action, |transient| transient.action)),
        },
        suppress: ByPermanence {
            otherwise: suppress,
            transient: suppress.min(transient.map_or(suppress, |transient| transient.suppress)),
        },
        permanence: None,
        permanence_without_code: category.permanence,
        retry_after: None,
    }
}

/// White space folded, as in a paragraph.
fn one_paragraph(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
