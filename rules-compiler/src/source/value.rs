//! A YAML value as serde_yaml reads it.

use crate::catalogue::{FileKind, Step};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::HashSet;
use std::fmt;

/// A YAML value. Keys are text; of a key that is given twice, the first counts (the second is reported elsewhere).
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Text(String),
    Sequence(Vec<Value>),
    Mapping(Vec<(String, Value)>),
    /// A value that was wrong, now taken out.
    Removed,
    /// A value that was wrong or missing, but must be there: reads as anything.
    Placeholder,
}

impl Value {
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Mapping(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn elements(&self) -> &[Self] {
        match self {
            Self::Sequence(elements) => elements,
            _ => &[],
        }
    }

    /// Takes a key out of a mapping.
    pub fn take(&mut self, key: &str) -> Option<Self> {
        let Self::Mapping(entries) = self else { return None };
        let index = entries.iter().position(|(name, _)| name == key)?;
        Some(entries.remove(index).1)
    }

    /// Sets a key of a mapping.
    pub fn set(&mut self, key: &str, value: Self) {
        let Self::Mapping(entries) = self else { return };
        match entries.iter_mut().find(|(name, _)| name == key) {
            Some((_, old)) => *old = value,
            None => entries.push((key.to_owned(), value)),
        }
    }

    /// The same keys, their lists without items, for what is said about a file as a whole.
    pub fn without_items(&self) -> Self {
        let empty = |(key, value): &(String, Self)| match value {
            Self::Sequence(_) => (key.clone(), Self::Sequence(Vec::new())),
            other => (key.clone(), other.clone()),
        };
        match self {
            Self::Mapping(entries) => Self::Mapping(entries.iter().map(empty).collect()),
            other => other.clone(),
        }
    }

    /// The value at the end of a path.
    pub fn at_mut(&mut self, path: &[Step]) -> Option<&mut Self> {
        path.iter().try_fold(self, |value, step| match (value, step) {
            (Self::Sequence(elements), Step::Index(index)) => elements.get_mut(*index),
            (Self::Mapping(entries), Step::Key(key)) => {
                entries.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value)
            }
            _ => None,
        })
    }
}

/// The kind of a file by its keys.
pub(super) fn kind_of(value: &Value) -> Option<FileKind> {
    let has = |key: &str| value.get(key).is_some();
    match () {
        () if has("categories") => Some(FileKind::Categories),
        () if has("moved") => Some(FileKind::Moved),
        () if has("classes") || has("subjects") => Some(FileKind::Enhanced),
        () if has("language") => Some(FileKind::Phrases),
        () if has("id") && has("kind") => Some(FileKind::Provider),
        () if has("reply") && has("category") => Some(FileKind::Code),
        () => None,
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Unsigned(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Signed(value))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        Ok(Value::Float(value as f64))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        Ok(Value::Float(value as f64))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = seq.next_element()? {
            elements.push(element);
        }
        Ok(Value::Sequence(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let (mut entries, mut seen) = (Vec::new(), HashSet::new());
        while let Some((key, value)) = map.next_entry::<String, Value>()? {
            if seen.insert(key.clone()) {
                entries.push((key, value));
            }
        }
        Ok(Value::Mapping(entries))
    }
}
