//! Reads a [`Value`] into the types of the catalogue, and says where it went wrong.

use super::problem::Problem;
use super::value::Value;
use crate::catalogue::Step;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

/// What a placeholder reads as where any type would do: a text that is also an enhanced status code.
const PLACEHOLDER: &str = "X.0.0";

/// A value that is being read.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a>(pub &'a Value);

impl<'a> Reader<'a> {
    fn is_placeholder(self) -> bool {
        *self.0 == Value::Placeholder
    }

    fn unexpected(self) -> Unexpected<'a> {
        match self.0 {
            Value::Signed(value) => Unexpected::Signed(*value),
            Value::Float(value) => Unexpected::Float(*value),
            Value::Sequence(_) => Unexpected::Seq,
            Value::Mapping(_) => Unexpected::Map,
            _ => Unexpected::Unit,
        }
    }
}

macro_rules! zero_for_placeholder {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
            if self.is_placeholder() { visitor.visit_u64(0) } else { self.deserialize_any(visitor) }
        })+
    };
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Problem;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.0 {
            Value::Null | Value::Removed => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Unsigned(value) => visitor.visit_u64(*value),
            Value::Signed(value) => visitor.visit_i64(*value),
            Value::Float(value) => visitor.visit_f64(*value),
            Value::Text(value) => visitor.visit_str(value),
            Value::Sequence(elements) => visitor.visit_seq(Elements { elements, next: 0 }),
            Value::Mapping(entries) => visitor.visit_map(Entries { entries, next: 0 }),
            Value::Placeholder => visitor.visit_str(PLACEHOLDER),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.0 {
            Value::Null | Value::Removed | Value::Placeholder => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        if self.is_placeholder() {
            return visitor.visit_seq(Elements { elements: &[], next: 0 });
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        if self.is_placeholder() {
            return visitor.visit_map(Entries { entries: &[], next: 0 });
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        // A struct's visitor would also take a list of its fields' values, which no author means.
        match self.0 {
            Value::Sequence(_) => Err(serde::de::Error::invalid_type(Unexpected::Seq, &"keys with values")),
            _ => self.deserialize_map(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        let name = match self.0 {
            Value::Text(text) => text,
            Value::Placeholder => variants.first().copied().unwrap_or_default(),
            Value::Bool(true) => return Err(not_a_name("true", variants)),
            Value::Bool(false) => return Err(not_a_name("false", variants)),
            Value::Unsigned(value) => return Err(not_a_name(&value.to_string(), variants)),
            Value::Null | Value::Removed => return Err(not_a_name("", variants)),
            Value::Signed(value) => return Err(not_a_name(&value.to_string(), variants)),
            Value::Float(value) => return Err(not_a_name(&value.to_string(), variants)),
            Value::Sequence(_) | Value::Mapping(_) => {
                return Err(serde::de::Error::invalid_type(self.unexpected(), &"one word"));
            }
        };
        let access: StrDeserializer<'_, Problem> = name.into_deserializer();
        visitor.visit_enum(access)
    }

    zero_for_placeholder! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    forward_to_deserialize_any! {
        bool i128 u128 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct tuple tuple_struct
        identifier ignored_any
    }
}

fn not_a_name(found: &str, variants: &'static [&'static str]) -> Problem {
    serde::de::Error::unknown_variant(found, variants)
}

struct Elements<'a> {
    elements: &'a [Value],
    next: usize,
}

impl<'de> SeqAccess<'de> for Elements<'_> {
    type Error = Problem;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Problem> {
        while let Some(element) = self.elements.get(self.next) {
            self.next += 1;
            if *element != Value::Removed {
                let read = seed.deserialize(Reader(element));
                return read.map(Some).map_err(|problem| problem.inside(Step::Index(self.next - 1)));
            }
        }
        Ok(None)
    }
}

struct Entries<'a> {
    entries: &'a [(String, Value)],
    next: usize,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Problem> {
        while let Some((key, value)) = self.entries.get(self.next) {
            self.next += 1;
            if *value != Value::Removed {
                let key: StrDeserializer<'_, Problem> = key.as_str().into_deserializer();
                return seed.deserialize(key).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Problem> {
        let (key, value) = &self.entries[self.next - 1];
        seed.deserialize(Reader(value)).map_err(|problem| problem.inside(Step::Key(key.clone())))
    }
}
