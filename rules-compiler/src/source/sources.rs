//! The files' texts, and where everything stands in them.

use super::positions::{Node, Shape};
use super::spelling;
use crate::catalogue::{FileId, Place, Step};
use crate::diagnostic::Span;
use saphyr_parser::ScalarStyle;
use std::ops::Range;

/// The files of a run.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    name: String,
    text: String,
    /// The first byte of each line.
    lines: Vec<usize>,
    root: Option<Node>,
}

impl Sources {
    /// Adds a file.
    pub(super) fn add(&mut self, name: String, text: String) -> FileId {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        self.files.push(File { name, text, lines, root: None });
        FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX))
    }

    /// Adds what is known of the positions in a file.
    pub(super) fn set_positions(&mut self, file: FileId, root: Node) {
        if let Some(file) = self.files.get_mut(file.0 as usize) {
            file.root = Some(root);
        }
    }

    /// What is known of the positions in a file.
    pub(super) fn root(&self, file: FileId) -> Option<&Node> {
        self.file(file)?.root.as_ref()
    }

    fn file(&self, file: FileId) -> Option<&File> {
        self.files.get(file.0 as usize)
    }

    /// All files, in the order of their names.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        (0..self.files.len()).filter_map(|index| u32::try_from(index).ok()).map(FileId)
    }

    /// The file's name as a user would type it: the folder as given, then the path in it, joined by `/`.
    #[must_use]
    pub fn name(&self, file: FileId) -> &str {
        self.file(file).map_or("", |file| &file.name)
    }

    /// The file's text, without a byte order mark.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        self.file(file).map_or("", |file| &file.text)
    }

    /// The file's name without folder and extension.
    #[must_use]
    pub fn stem(&self, file: FileId) -> &str {
        let name = self.name(file).rsplit('/').next().unwrap_or_default();
        name.strip_suffix(".yaml").unwrap_or(name)
    }

    /// Line and column of a byte, both from 1; columns count characters.
    #[must_use]
    pub fn line_column(&self, file: FileId, byte: usize) -> (usize, usize) {
        let Some(file) = self.file(file) else { return (1, 1) };
        let line = file.lines.partition_point(|start| *start <= byte).max(1);
        let start = file.lines[line - 1];
        let column = file.text[start..].char_indices().take_while(|(at, _)| start + at < byte).count();
        (line, column + 1)
    }

    /// `catalogue/providers/x.yaml:5`: for links and generated comments.
    #[must_use]
    pub fn line_name(&self, place: &Place) -> String {
        format!("{}:{}", self.name(place.file), self.line_column(place.file, self.span(place).start).0)
    }

    /// The value at a place; where it does not exist, the nearest value around it.
    #[must_use]
    pub fn span(&self, place: &Place) -> Span {
        let (node, _) = self.find(place);
        let range = node.map_or(0..0, |node| node.range.clone());
        span(place.file, range)
    }

    /// The key whose value stands at a place; for an element of a list, the element.
    #[must_use]
    pub fn key_span(&self, place: &Place) -> Span {
        match self.find(place) {
            (_, Some(key)) => span(place.file, key),
            (Some(node), None) => span(place.file, node.range.clone()),
            (None, None) => span(place.file, 0..0),
        }
    }

    /// The first line of a value: what to underline where something is missing in it.
    #[must_use]
    pub fn head_span(&self, place: &Place) -> Span {
        let whole = self.span(place);
        let text = self.text(place.file).get(whole.range()).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default().trim_end();
        Span { end: whole.start + line.len(), ..whole }
    }

    /// Part of the text at a place; all of it where the file and the text do not go together.
    ///
    /// `value` is the text as read and `part` a range of its bytes.
    #[must_use]
    pub fn part_span(&self, place: &Place, value: &str, part: Range<usize>) -> Span {
        let whole = self.span(place);
        let Some(Shape::Scalar { style }) = self.find(place).0.map(|node| &node.shape) else { return whole };
        let written = self.text(place.file).get(whole.range()).unwrap_or_default();
        match spelling::part(written, *style, value, part) {
            Some(part) => span(place.file, whole.start + part.start..whole.start + part.end),
            None => whole,
        }
    }

    /// Element `index` of what may be written as a list or as a single value.
    #[must_use]
    pub fn element(&self, place: &Place, index: usize) -> Place {
        match self.find(place).0.map(|node| &node.shape) {
            Some(Shape::Sequence(_)) => place.index(index),
            _ => place.clone(),
        }
    }

    /// Whether the text at a place stands there without quotes, on the line of its key.
    #[must_use]
    pub fn is_plain(&self, place: &Place) -> bool {
        self.find(place).0.is_some_and(|node| node.shape == Shape::Scalar { style: ScalarStyle::Plain })
    }

    /// The single values of a file in its order, each with the name of the key that it, or its list, is the value of.
    #[must_use]
    pub fn single_values(&self, file: FileId) -> Vec<(&str, Span)> {
        let mut found = Vec::new();
        let mut open: Vec<_> =
            self.file(file).and_then(|file| file.root.as_ref()).map(|root| ("", root)).into_iter().collect();
        while let Some((key, node)) = open.pop() {
            match &node.shape {
                Shape::Scalar { .. } => found.push((key, span(file, node.range.clone()))),
                Shape::Sequence(elements) => open.extend(elements.iter().rev().map(|element| (key, element))),
                Shape::Mapping(entries) => {
                    open.extend(entries.iter().rev().map(|entry| (entry.key.as_str(), &entry.value)));
                }
            }
        }
        found
    }

    /// The node at a place, or the nearest around it, and the range of its key.
    fn find(&self, place: &Place) -> (Option<&Node>, Option<Range<usize>>) {
        let mut node = self.file(place.file).and_then(|file| file.root.as_ref());
        let mut key = None;
        for step in &place.path {
            let next = match (step, node.map(|node| &node.shape)) {
                (Step::Key(name), Some(Shape::Mapping(entries))) => entries
                    .iter()
                    .find(|entry| entry.key == *name)
                    .map(|entry| (&entry.value, Some(entry.range.clone()))),
                (Step::Index(index), Some(Shape::Sequence(elements))) => elements.get(*index).map(|node| (node, None)),
                _ => None,
            };
            let Some((next, name)) = next else { break };
            (node, key) = (Some(next), name);
        }
        (node, key)
    }
}

fn span(file: FileId, range: Range<usize>) -> Span {
    Span { file, start: range.start, end: range.end }
}
