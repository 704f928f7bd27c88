//! Values that were read, though not as their author sees them: a number as other notations have it, a key with nothing.

use super::problem::shortened;
use super::sources::Sources;
use super::value::Value;
use crate::catalogue::{Place, Step};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// Reports them; whether there are any.
pub(super) fn report(item: &Value, place: &Place, sources: &Sources, diagnostics: &mut Diagnostics) -> bool {
    match item {
        Value::Mapping(entries) => {
            let each = entries
                .iter()
                .filter(|(_, value)| !matches!(value, Value::Text(_)))
                .map(|(key, value)| report(value, &place.key(key), sources, diagnostics));
            each.fold(false, |any, this| any | this)
        }
        Value::Sequence(elements) if elements.is_empty() && is_condition(place) => {
            diagnostics.push(empty(place, sources));
            true
        }
        Value::Sequence(elements) => {
            let each = elements.iter().enumerate().filter(|(_, value)| !matches!(value, Value::Text(_)));
            each.map(|(index, value)| report(value, &place.index(index), sources, diagnostics))
                .fold(false, |any, this| any | this)
        }
        value => {
            let found = match value {
                Value::Unsigned(number) => odd_number(&number.to_string(), place, sources),
                Value::Null => Some(nothing(place, sources)),
                _ => None,
            };
            let any = found.is_some();
            diagnostics.extend(found);
            any
        }
    }
}

/// Lists that limit what a rule matches, or say what else there is: an empty one would do neither.
fn is_condition(place: &Place) -> bool {
    let keys = ["reply", "status", "stage", "requires", "guides"];
    matches!(place.path.last(), Some(Step::Key(key)) if keys.contains(&key.as_str()))
}

fn empty(place: &Place, sources: &Sources) -> Diagnostic {
    let message = format!("{} is an empty list", name(place));
    let help = "write what belongs in it, or leave the key out";
    Diagnostic::new(Code::InvalidValue, sources.span(place), message, "nothing stands in it", help)
}

/// `0x226`, `0o550`, `+550`: what stands there is not what is read.
fn odd_number(read: &str, place: &Place, sources: &Sources) -> Option<Diagnostic> {
    let span = sources.span(place);
    let written = sources.text(span.file).get(span.range()).filter(|written| *written != read)?;
    let message = format!("{} cannot be the number `{}`", name(place), shortened(written));
    let label = format!("YAML reads this as {read}");
    let new = |help| Diagnostic::new(Code::InvalidValue, span, message, label, help);
    Some(match written.strip_prefix('+') {
        Some(digits) if digits == read => new("write the number without a sign").fixed_by(span, read),
        _ => new("write the number in decimal digits, without a prefix"),
    })
}

fn nothing(place: &Place, sources: &Sources) -> Diagnostic {
    let span = sources.key_span(place);
    let message = format!("{} has no value", name(place));
    Diagnostic::new(Code::WrongType, span, message, "nothing follows", "write a value, or leave the key out")
}

fn name(place: &Place) -> String {
    let key = place.path.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    });
    let key = key.unwrap_or_default();
    if matches!(place.path.last(), Some(Step::Index(_))) { format!("an entry of `{key}`") } else { format!("`{key}`") }
}
