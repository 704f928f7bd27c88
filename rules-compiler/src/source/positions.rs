//! Where every value of a YAML file stands: a walk over the events of saphyr-parser.
//!
//! The walk also refuses what YAML can do and a catalogue must not: a value that is written somewhere else (aliases,
//! merge keys), or that means something else than it says (tags), would be hard to read and hard to point at.

use super::bytes::Bytes;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};
use std::collections::HashMap;
use std::ops::Range;

/// Deepest nesting of a catalogue's file.
const MAX_DEPTH: usize = 32;

/// A value's place and what it is made of.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Node {
    /// Bytes of the file, without the white space that follows.
    pub range: Range<usize>,
    pub shape: Shape,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Scalar { style: ScalarStyle },
    Sequence(Vec<Node>),
    Mapping(Vec<Entry>),
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub key: String,
    /// Of the key.
    pub range: Range<usize>,
    pub value: Node,
}

/// What a catalogue's file must not contain.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Not YAML.
    Syntax { at: usize, info: String },
    /// `&name`, and where `*name` refers to it.
    Anchor { at: Range<usize>, uses: Vec<Range<usize>> },
    /// `*name`
    Alias(Range<usize>),
    /// `!name`
    Tag(Range<usize>),
    /// A second document.
    Document(Range<usize>),
    /// `<<`
    MergeKey(Range<usize>),
    /// The key's two places.
    DuplicateKey { key: String, first: Range<usize>, second: Range<usize> },
    /// The keys of two items in one mapping: the places of the two keys that begin them.
    DashMissing { key: String, item: Range<usize>, before: Range<usize> },
    /// A key that is a list or a mapping.
    KeyNotText(Range<usize>),
    /// More than [`MAX_DEPTH`] levels.
    TooDeep(Range<usize>),
}

impl Refusal {
    /// Whether the rest of the file can still be trusted to mean what it says.
    pub fn is_harmless(&self) -> bool {
        match self {
            Self::Anchor { uses, .. } => uses.is_empty(),
            Self::DuplicateKey { .. } => true,
            _ => false,
        }
    }
}

/// The positions in a text, and everything in it that is refused.
pub(super) fn read(text: &str) -> (Option<Node>, Vec<Refusal>) {
    let mut walk = Walk {
        text,
        bytes: Bytes::new(text),
        open: Vec::new(),
        root: None,
        refusals: Vec::new(),
        anchors: HashMap::new(),
    };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((event, span)) => {
                let range = walk.bytes.at(span.start.index())..walk.bytes.at(span.end.index());
                if !walk.event(event, range) {
                    break;
                }
            }
            Err(error) => {
                walk.scan_error(&error);
                break;
            }
        }
    }
    (walk.root, walk.refusals)
}

/// A collection that is not closed yet.
enum Open {
    Sequence { start: usize, elements: Vec<Node> },
    Mapping { start: usize, entries: Vec<Entry>, by_key: HashMap<String, usize>, key: Option<(String, Range<usize>)> },
}

struct Walk<'a> {
    text: &'a str,
    bytes: Bytes<'a>,
    open: Vec<Open>,
    root: Option<Node>,
    refusals: Vec<Refusal>,
    /// Which refusal told of an anchor.
    anchors: HashMap<usize, usize>,
}

impl Walk<'_> {
    /// False to stop.
    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> bool {
        match event {
            Event::DocumentStart(_) if self.root.is_some() => {
                self.refusals.push(Refusal::Document(range));
                return false;
            }
            Event::Alias(anchor) => {
                let range = self.word(range);
                self.alias(anchor, range.clone());
                self.scalar("", ScalarStyle::DoubleQuoted, range);
            }
            Event::Scalar(value, style, anchor, tag) => {
                self.refuse_properties(anchor, tag.is_some(), &range);
                let range = self.to_closing_quote(range, style);
                self.scalar(&value, style, range);
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_properties(anchor, tag.is_some(), &range);
                return self.open(Open::Sequence { start: range.start, elements: Vec::new() }, range);
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_properties(anchor, tag.is_some(), &range);
                let start = range.start;
                let mapping = Open::Mapping { start, entries: Vec::new(), by_key: HashMap::new(), key: None };
                return self.open(mapping, range);
            }
            Event::SequenceEnd | Event::MappingEnd => return self.close(&range),
            _ => {}
        }
        true
    }

    fn open(&mut self, collection: Open, range: Range<usize>) -> bool {
        self.open.push(collection);
        let too_deep = self.open.len() > MAX_DEPTH;
        if too_deep {
            self.refusals.push(Refusal::TooDeep(range));
        }
        !too_deep
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, range: Range<usize>) {
        let range = self.trimmed(range);
        if let Some(Open::Mapping { key: key @ None, .. }) = self.open.last_mut() {
            if value == "<<" && style == ScalarStyle::Plain {
                self.refusals.push(Refusal::MergeKey(range.clone()));
            }
            *key = Some((value.to_owned(), range));
            return;
        }
        self.value(Node { range, shape: Shape::Scalar { style } });
    }

    fn close(&mut self, end: &Range<usize>) -> bool {
        let node = match self.open.pop() {
            Some(Open::Sequence { start, elements }) => {
                let end = self.end_of(start, end, elements.last().map(|node| node.range.end));
                Node { range: start..end, shape: Shape::Sequence(elements) }
            }
            Some(Open::Mapping { start, entries, .. }) => {
                let end =
                    self.end_of(start, end, entries.last().map(|entry| entry.value.range.end.max(entry.range.end)));
                Node { range: start..end, shape: Shape::Mapping(entries) }
            }
            None => return true,
        };
        if let Some(Open::Mapping { key: None, .. }) = self.open.last() {
            self.refusals.push(Refusal::KeyNotText(node.range));
            return false;
        }
        self.value(node);
        true
    }

    /// A flow collection ends with its bracket, a block collection with its last value.
    fn end_of(&self, start: usize, end: &Range<usize>, last: Option<usize>) -> usize {
        let starts_with =
            |at: usize, brackets: [char; 2]| self.text.get(at..).is_some_and(|text| text.starts_with(brackets));
        let bracket = starts_with(end.start, [']', '}']) && starts_with(start, ['[', '{']);
        if bracket { end.start + 1 } else { last.unwrap_or(start) }
    }

    fn value(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence { elements, .. }) => elements.push(node),
            Some(Open::Mapping { entries, by_key, key, .. }) => {
                let Some((key, range)) = key.take() else { return };
                if let Some(index) = by_key.get(&key) {
                    let first = entries[*index].range.clone();
                    self.refusals.push(Refusal::DuplicateKey { key, first, second: range });
                } else {
                    by_key.insert(key.clone(), entries.len());
                    entries.push(Entry { key, range, value: node });
                }
            }
        }
    }

    fn refuse_properties(&mut self, anchor: usize, tag: bool, range: &Range<usize>) {
        if anchor != 0 {
            self.anchors.insert(anchor, self.refusals.len());
            self.refusals.push(Refusal::Anchor { at: self.word(range.clone()), uses: Vec::new() });
        }
        if tag {
            self.refusals.push(Refusal::Tag(self.word(range.clone())));
        }
    }

    /// One mistake with the anchor that it refers to, and with the merge key whose value it is.
    fn alias(&mut self, anchor: usize, range: Range<usize>) {
        let told = self.anchors.get(&anchor).copied().filter(|told| *told < self.refusals.len());
        let is_merged = self.is_merged();
        if told.is_some() && is_merged {
            self.refusals.pop();
        }
        match told.and_then(|told| self.refusals.get_mut(told)) {
            Some(Refusal::Anchor { uses, .. }) => uses.push(range),
            _ if is_merged => {}
            _ => self.refusals.push(Refusal::Alias(range)),
        }
    }

    /// Whether the next value is that of a merge key, which is refused already.
    fn is_merged(&self) -> bool {
        matches!(self.open.last(), Some(Open::Mapping { key: Some((key, _)), .. }) if key == "<<")
    }

    fn scan_error(&mut self, error: &ScanError) {
        let at = self.bytes.at(error.marker().index());
        let refusal = match error.info() {
            info if info.contains("unknown anchor") && self.is_merged() => return,
            info if info.contains("unknown anchor") => Refusal::Alias(self.word(at..self.text.len())),
            info => Refusal::Syntax { at, info: info.to_owned() },
        };
        self.refusals.push(refusal);
    }

    /// The first word of a range.
    fn word(&self, range: Range<usize>) -> Range<usize> {
        let word = self.text[range.start..].split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        range.start..(range.start + word.len()).max(range.start)
    }

    /// Without the comment behind the closing quote, which the parser counts to it.
    fn to_closing_quote(&self, range: Range<usize>, style: ScalarStyle) -> Range<usize> {
        let written = self.text.get(range.clone()).unwrap_or_default().as_bytes();
        let mut at = 1;
        while let Some(byte) = written.get(at) {
            let next = written.get(at + 1);
            match (style, byte) {
                (ScalarStyle::DoubleQuoted, b'\\') => at += 1,
                (ScalarStyle::SingleQuoted, b'\'') if next == Some(&b'\'') => at += 1,
                (ScalarStyle::DoubleQuoted, b'"') | (ScalarStyle::SingleQuoted, b'\'') => {
                    return range.start..range.start + at + 1;
                }
                (ScalarStyle::DoubleQuoted | ScalarStyle::SingleQuoted, _) => {}
                _ => break,
            }
            at += 1;
        }
        range
    }

    /// Without white space at the end: the parser counts the line breaks after a block scalar to it.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = self.text.get(range.clone()).unwrap_or_default();
        range.start..range.start + text.trim_end().len()
    }
}
