//! The values of the variable parts.

use crate::classifier::read;
use crate::decide::{self, Match};
use crate::fold;
use crate::program::{Fuel, Matching, Note};
use crate::tables::{Field, Matcher, NONE, Pattern};
use crate::text::Frame;
use crate::vocabulary::FieldType;

/// Most fields that one pattern may have. Room for as many is enough for any verdict.
///
/// ```
/// let verdict = rules_runtime::classify(b"550 5.1.1 User unknown");
/// assert!(verdict.fields().count() <= rules_runtime::MAX_FIELDS);
/// ```
pub const MAX_FIELDS: usize = 12;

/// An iterator over the fields of a verdict: name, type and value, the value borrowed from the reply.
///
/// ```
/// use rules_runtime::FieldType;
///
/// let verdict = rules_runtime::classify(b"421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred");
/// let ip = verdict.fields().find(|(name, kind, _)| *name == "ip" && *kind == FieldType::Ip);
/// assert_eq!(ip.map(|(_, _, value)| value), Some(&b"192.0.2.7"[..]));
/// ```
#[derive(Debug, Clone)]
pub struct Fields<'a> {
    values: [Option<(&'a str, FieldType, &'a [u8])>; MAX_FIELDS],
    next: usize,
}

impl<'a> Fields<'a> {
    pub(crate) const fn none() -> Self {
        Self { values: [None; MAX_FIELDS], next: MAX_FIELDS }
    }

    /// Matches the winning pattern once more, this time taking note of what its pieces matched.
    pub(crate) fn of(matcher: &Matcher<'a>, reply: &'a [u8], winner: &Match) -> Self {
        let mut fields = Self { next: 0, ..Self::none() };
        let Some(pattern) = matcher.patterns.get(winner.pattern as usize).map(Pattern::read) else {
            return fields;
        };
        let first = pattern.field as usize;
        let records = matcher.fields.get(first..first + usize::from(pattern.field_count)).unwrap_or_default();
        if records.is_empty() {
            return fields;
        }
        let spans = read(reply, |frame, text, _| {
            let mut spans = Spans { records, spans: [None; MAX_FIELDS] };
            if let Some(program) = decide::program(matcher, &pattern) {
                let matching = Matching { program, choices: matcher.choices, text };
                matching.whole(usize::from(winner.start), &mut spans, &mut Fuel::new(u32::MAX));
                spans.trim(text.bytes);
            }
            spans.spans.map(|span| span.map(|(start, end)| original(reply, frame, text.clean, start, end)))
        });
        for ((record, span), value) in records.iter().zip(spans).zip(&mut fields.values) {
            let field = Field::read(record);
            let name = usize::from(field.name);
            let name = matcher.names.get(name..name + usize::from(field.name_length));
            let name = name.and_then(|name| core::str::from_utf8(name).ok());
            let bytes = span.and_then(|(start, end)| reply.get(start..end));
            *value = match (name, FieldType::from_index(field.kind), bytes.map(<[u8]>::trim_ascii)) {
                (Some(name), Some(kind), Some(bytes)) if !bytes.is_empty() => Some((name, kind, bytes)),
                _ => None,
            };
        }
        fields
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = (&'a str, FieldType, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let value = self.values.get(self.next)?;
            self.next += 1;
            if value.is_some() {
                return *value;
            }
        }
    }
}

/// Where each field of a pattern was met.
struct Spans<'t> {
    records: &'t [[u8; Field::SIZE]],
    spans: [Option<(usize, usize)>; MAX_FIELDS],
}

impl Spans<'_> {
    /// Leaves out the spaces around a gap's text: they may stand for a line break with its codes.
    fn trim(&mut self, text: &[u8]) {
        for (start, end) in self.spans.iter_mut().flatten() {
            let value = text.get(*start..*end).unwrap_or_default();
            *start += value.len() - value.trim_ascii_start().len();
            *end = (*start + value.trim_ascii().len()).min(*end);
        }
    }
}

impl Note for Spans<'_> {
    fn note(&mut self, piece: usize, start: usize, end: usize) {
        for (record, span) in self.records.iter().zip(&mut self.spans) {
            let field = Field::read(record);
            if usize::from(field.piece) == piece {
                let inside = start + usize::from(field.start);
                *span = Some(if field.length == NONE {
                    (start, end)
                } else {
                    (inside, inside + usize::from(field.length))
                });
            }
        }
    }
}

/// The range of the reply that was folded to this range of the text.
pub(crate) fn original(reply: &[u8], frame: &Frame<'_>, clean: bool, start: usize, end: usize) -> (usize, usize) {
    let (start, end) = if clean {
        (start, end)
    } else {
        let mut bytes = fold::bytes(frame).skip(start);
        let first = bytes.next().map_or(frame.text.len(), |(_, at)| at);
        let last = if end > start { bytes.take(end - start - 1).last().map_or(first, |(_, at)| at) } else { first };
        (first, if end > start { last + 1 } else { first })
    };
    (frame.origin(reply, start), frame.origin(reply, end))
}
