//! One item of a file as a type of the catalogue, or everything that is wrong with it.
//!
//! serde stops at the first mistake. So a value that is wrong is reported, taken out, and the item is read again, until
//! it passes or nothing more can be said.

use super::misread;
use super::problem::Reason;
use super::reader::Reader;
use super::sources::Sources;
use super::value::Value;
use super::wording::Wording;
use crate::catalogue::{Place, Step};
use crate::diagnostic::{Certainty, Diagnostics, Suggestion, nearest};
use serde::de::DeserializeOwned;

/// Most mistakes that are reported for one item: a file of another kind would drown the rest.
const MAX_PROBLEMS: usize = 50;

/// Reads `value`, which stands at `place`; `what` names it in messages, as in `rule`.
///
/// `None` if a value of it is wrong or missing. A key too many alone leaves the item usable.
pub(super) fn decode<T: DeserializeOwned>(
    mut value: Value,
    what: &'static str,
    place: &Place,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let mut intact = true;
    let mut reported = 0;
    while reported < MAX_PROBLEMS {
        let problem = match T::deserialize(Reader(&value)) {
            Ok(item) => {
                let is_said = !misread::report(&value, place, sources, diagnostics);
                return (intact && is_said).then_some(item);
            }
            Err(problem) => problem,
        };
        let path = problem.path();
        let next = take_out(&mut value, &path, &problem.reason);
        if next.is_new {
            reported += 1;
            let place = Place { file: place.file, path: place.path.iter().chain(&path).cloned().collect() };
            let nested = path.iter().rev().find_map(key).map(str::to_owned);
            let wording = Wording { what, place, nested, meant: next.meant, sources };
            diagnostics.push(wording.diagnostic(&problem.reason));
        }
        intact &= next.is_intact;
        if !next.go_on {
            return None;
        }
    }
    None
}

/// What to do after a mistake.
struct Next {
    /// Whether it has not been reported yet.
    is_new: bool,
    /// Whether the item is still what its author wrote.
    is_intact: bool,
    /// Whether the item can be read again.
    go_on: bool,
    /// The key that was meant by an unknown one.
    meant: Option<Suggestion<'static>>,
}

/// Takes a mistake out of the item, so that it can be read again.
fn take_out(item: &mut Value, path: &[Step], reason: &Reason) -> Next {
    let new = Next { is_new: true, is_intact: false, go_on: true, meant: None };
    let stop = Next { is_new: false, is_intact: false, go_on: false, meant: None };
    let Some(value) = item.at_mut(path) else { return stop };
    match reason {
        Reason::MissingKey(key) => match value.get(key) {
            Some(Value::Placeholder) => stop,
            found => {
                let is_new = found.is_none();
                value.set(key, Value::Placeholder);
                Next { is_new, ..new }
            }
        },
        Reason::UnknownKey { key, expected } => {
            value.take(key);
            let absent = expected.iter().copied().filter(|key| value.get(key).is_none());
            let meant = nearest(key, absent.clone()).or_else(|| called_otherwise(key, absent));
            if let Some(meant) = meant {
                // It is there, only misspelt: it must not be reported as missing as well.
                value.set(meant.name, Value::Removed);
            }
            Next { is_intact: meant.is_none(), meant, ..new }
        }
        _ if *value == Value::Placeholder => stop,
        _ => {
            *value = Value::Removed;
            Next { go_on: !path.is_empty(), ..new }
        }
    }
}

/// Names under which a key is known elsewhere: in other files of the catalogue, in other tools.
const OTHER_NAMES: [(&str, &[&str]); 15] = [
    ("also_known_as", &["alias", "aliases", "aka", "names", "other_names"]),
    ("id", &["language", "key", "slug"]),
    ("language", &["id", "lang"]),
    ("reply", &["code", "codes", "smtp_code", "basic"]),
    ("status", &["enhanced", "enhanced_code", "enhanced_status", "dsn"]),
    ("text", &["template", "templates", "pattern", "patterns", "phrase"]),
    ("regex", &["regexp", "expression"]),
    ("category", &["reason", "class", "type"]),
    ("examples", &["replies", "samples", "tests"]),
    ("explanation", &["description", "meaning", "summary", "note", "notes"]),
    ("source", &["reference", "origin"]),
    ("checked", &["date", "since", "updated", "verified", "last_checked"]),
    ("links", &["url", "urls", "link"]),
    ("over", &["overrides", "beats", "before"]),
    ("retry_after", &["wait", "delay"]),
];

/// The key that is meant by a name that it has elsewhere.
fn called_otherwise(key: &str, absent: impl Iterator<Item = &'static str>) -> Option<Suggestion<'static>> {
    let key = key.to_ascii_lowercase().replace('-', "_");
    let mut meant =
        absent.filter(|name| OTHER_NAMES.iter().any(|(of, others)| of == name && others.contains(&key.as_str())));
    meant.next().map(|name| Suggestion { name, certainty: Certainty::Likely })
}

fn key(step: &Step) -> Option<&str> {
    match step {
        Step::Key(key) => Some(key),
        Step::Index(_) => None,
    }
}
