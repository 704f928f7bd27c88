//! What a rule leaves to its category, and the rule that comes before all others: scope before suppression.

use super::{ByPermanence, Input};
use crate::catalogue::{Action, Category, Place, Rule, Scope, Suppress};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use std::collections::BTreeMap;

/// What a verdict by this rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Effect {
    pub scope: Scope,
    pub action: ByPermanence<Action>,
    pub suppress: ByPermanence<Suppress>,
}

/// The rule's own values, else its category's.
///
/// A rule that says only that the matter is not the recipient's also says that the recipient is kept. One that keeps the
/// recipient does not ask to write to it no more, either: a person should look at it.
pub(super) fn effect(rule: &Rule, category: &Category) -> Effect {
    let scope = rule.scope.unwrap_or(category.scope);
    let transient = category.when_transient;
    let mut action = ByPermanence {
        otherwise: category.action,
        transient: transient.map_or(category.action, |transient| transient.action),
    };
    let mut suppress = ByPermanence {
        otherwise: category.suppress,
        transient: transient.map_or(category.suppress, |transient| transient.suppress),
    };
    let elsewhere = rule.scope.is_some() && !is_about_recipient(scope);
    if elsewhere || rule.suppress == Some(Suppress::No) {
        let keep = |action| if action == Action::Suppress { Action::Review } else { action };
        action = ByPermanence { otherwise: keep(action.otherwise), transient: keep(action.transient) };
    }
    if elsewhere {
        suppress = ByPermanence { otherwise: Suppress::No, transient: Suppress::No };
    }
    if let Some(own) = rule.action {
        action = ByPermanence { otherwise: own, transient: own };
    }
    if let Some(own) = rule.suppress {
        suppress = ByPermanence { otherwise: own, transient: own };
    }
    Effect { scope, action, suppress }
}

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    let catalogue = input.catalogue;
    for category in &catalogue.categories {
        let value = &category.value;
        let transient = value.when_transient.map(|transient| (category.place.key("when_transient"), transient));
        let mut found = mistake(input, value.scope, Some(value.action), Some(value.suppress), &category.place);
        if let (None, Some((place, transient))) = (&found, transient) {
            found = mistake(input, value.scope, Some(transient.action), Some(transient.suppress), &place);
        }
        diagnostics.extend(found);
    }
    let by_id: BTreeMap<&str, &Category> =
        catalogue.categories.iter().map(|c| (c.value.id.as_str(), &c.value)).collect();
    for code in &catalogue.enhanced {
        let Some(category) = by_id.get(code.value.category.as_str()) else { continue };
        diagnostics.extend(mistake(input, category.scope, None, code.value.suppress, &code.place));
    }
    for rule in input.rules() {
        let written = &rule.value.rule;
        let Some(category) = by_id.get(written.category.as_str()) else { continue };
        diagnostics.extend(mistake(
            input,
            effect(written, category).scope,
            written.action,
            written.suppress,
            &rule.place,
        ));
    }
}

/// What an item says itself against the scope that it has.
fn mistake(
    input: &Input<'_>,
    scope: Scope,
    action: Option<Action>,
    suppress: Option<Suppress>,
    item: &Place,
) -> Option<Diagnostic> {
    if is_about_recipient(scope) {
        return None;
    }
    let suppress = suppress.filter(|suppress| *suppress != Suppress::No).map(|suppress| ("suppress", suppress.name()));
    let action = action.filter(|action| *action == Action::Suppress).map(|action| ("action", action.name()));
    let (key, value) = suppress.or(action)?;
    let span = input.span(item, key);
    let message = format!("`{key}: {value}` would strike off a recipient because of the {}", words(scope));
    let help = match key {
        "suppress" => {
            "write `suppress: \"no\"`, or set `scope` to `recipient` or `recipient-domain` if the reply is about that"
        }
        _ => "write another action, or set `scope` to `recipient` or `recipient-domain` if the reply is about that",
    };
    let diagnostic =
        Diagnostic::new(Code::SuppressOutOfScope, span, message, format!("the scope is `{}`", scope.name()), help);
    let scope = item.key("scope");
    let is_given = input.sources.key_span(&scope) != input.sources.key_span(item);
    Some(if is_given { diagnostic.also(input.sources.span(&scope), "what the verdict is about") } else { diagnostic })
}

pub(super) fn is_about_recipient(scope: Scope) -> bool {
    matches!(scope, Scope::Recipient | Scope::RecipientDomain)
}

fn words(scope: Scope) -> String {
    match scope {
        Scope::SenderIp => "sending IP address".to_owned(),
        Scope::SenderDomain => "sender's domain".to_owned(),
        other => other.name().to_owned(),
    }
}
