//! The tree as text.

use super::attach::{Attached, Line};
use super::order;
use super::scalar::{self, Style};
use super::tree::{Content, Item, Tree};
use super::{MODELINE, WIDTH};
use crate::catalogue::FileKind;
use crate::schema;
use serde_json::Value;
use std::sync::OnceLock;
use textwrap::core::display_width;

/// Prints a file; of a known kind, with the comment that names its schema.
pub(super) fn print(tree: &Tree, mut comments: Attached, kind: Option<FileKind>) -> String {
    let schema = kind.map(schema_of);
    let header = comments.above.first_mut().map(std::mem::take).unwrap_or_default();
    let mut printer = Printer { comments, out: String::new() };
    printer.header(header, kind);
    match &tree.root {
        Content::Mapping { items, collection } if !items.is_empty() => {
            printer.mapping(items, *collection, 0, schema, Lead::Own);
        }
        Content::Sequence { items, collection } if !items.is_empty() => {
            printer.sequence(items, *collection, 0, schema, "");
        }
        content => {
            let text = scalar(content, Style::Name, false);
            printer.out.push_str(&text);
            printer.out.push('\n');
        }
    }
    let end = std::mem::take(&mut printer.comments.end);
    printer.lines(&end, 0);
    printer.out
}

/// The schema, made once for all files of a kind.
fn schema_of(kind: FileKind) -> &'static Value {
    static SCHEMAS: [OnceLock<Value>; FileKind::ALL.len()] = [const { OnceLock::new() }; FileKind::ALL.len()];
    SCHEMAS[kind as usize].get_or_init(|| schema::of(kind).to_value())
}

/// Where the first entry of a mapping begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// On a line of its own.
    Own,
    /// Behind the dash of a list, where what belongs above it is printed already.
    Dash,
}

struct Printer {
    comments: Attached,
    out: String,
}

impl Printer {
    fn header(&mut self, mut lines: Vec<Line>, kind: Option<FileKind>) {
        if let Some(kind) = kind {
            lines.retain(|line| !matches!(line, Line::Comment(text) if text.starts_with(MODELINE)));
            self.out = format!("{MODELINE}{}\n", kind.path_to_schema());
        }
        let first = lines.iter().position(|line| *line != Line::Empty).unwrap_or(lines.len());
        self.lines(&lines[first..], 0);
    }

    /// Empty lines come one at a time, and never first.
    fn lines(&mut self, lines: &[Line], indent: usize) {
        for line in lines {
            match line {
                Line::Comment(text) => {
                    self.indent(indent);
                    self.out.push_str(text);
                    self.out.push('\n');
                }
                Line::Empty if self.out.is_empty() || self.out.ends_with("\n\n") => {}
                Line::Empty => self.out.push('\n'),
            }
        }
    }

    fn indent(&mut self, indent: usize) {
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    fn mapping(&mut self, items: &[Item], collection: usize, indent: usize, schema: Option<&Value>, lead: Lead) {
        for (number, item) in order::keys(items, schema).into_iter().enumerate() {
            if number > 0 || lead == Lead::Own {
                let mut above = self.above(item);
                if indent > 0 {
                    above.retain(|line| *line != Line::Empty);
                }
                let skipped = above.iter().take_while(|line| number == 0 && **line == Line::Empty).count();
                self.lines(&above[skipped..], indent);
                self.indent(indent);
            }
            self.entry(item, indent, order::of_key(schema, &item.key));
        }
        self.close(collection, indent);
    }

    fn entry(&mut self, item: &Item, indent: usize, schema: Option<&Value>) {
        let key = scalar::name(&item.key, true);
        self.out.push_str(&key);
        self.out.push(':');
        let behind = self.comments.behind[item.number].last().cloned();
        let style = Style::of_key(&item.key);
        let lines = match &item.content {
            Content::Text(text) if style == Style::Prose => scalar::folded(text, indent + 2),
            _ => None,
        };
        if let Some(lines) = lines {
            self.text(&format!(" {}", lines[0]), behind.as_deref());
            for line in &lines[1..] {
                self.indent(if line.is_empty() { 0 } else { indent + 2 });
                self.out.push_str(line);
                self.out.push('\n');
            }
            return;
        }
        let room = WIDTH.saturating_sub(indent + display_width(&key) + 2);
        if let Some(text) = self.one_line(&item.content, &item.key, room) {
            let space = if text.is_empty() { "" } else { " " };
            return self.text(&format!("{space}{text}"), behind.as_deref());
        }
        self.text("", behind.as_deref());
        match &item.content {
            Content::Sequence { items, collection } => {
                self.sequence(items, *collection, indent + 2, order::of_elements(schema), &item.key);
            }
            Content::Mapping { items, collection } => {
                self.mapping(items, *collection, indent + 2, schema, Lead::Own);
            }
            _ => {}
        }
    }

    fn sequence(&mut self, items: &[Item], collection: usize, indent: usize, schema: Option<&Value>, key: &str) {
        let sorted = if self.has_comments(items) { items.iter().collect() } else { order::elements(items, key) };
        for (number, item) in sorted.into_iter().enumerate() {
            self.element(item, number == 0, indent, schema, key);
        }
        self.close(collection, indent);
    }

    fn element(&mut self, item: &Item, is_first: bool, indent: usize, schema: Option<&Value>, key: &str) {
        let mut above = self.above(item);
        let one_line = match &item.content {
            Content::Mapping { items, .. } if !items.is_empty() => None,
            content => self.one_line(content, key, WIDTH.saturating_sub(indent + 2)),
        };
        let mut behind = self.comments.behind[item.number].last().cloned();
        if one_line.is_none() {
            above.extend(behind.take().map(Line::Comment));
        }
        if let Content::Mapping { items, .. } = &item.content {
            let first = order::keys(items, schema).into_iter().next();
            let first = first.map(|first| self.above(first)).unwrap_or_default();
            above.extend(first.into_iter().filter(|line| *line != Line::Empty));
        }
        let skipped = above.iter().take_while(|line| is_first && **line == Line::Empty).count();
        self.lines(&above[skipped..], indent);
        self.indent(indent);
        self.out.push('-');
        match (&item.content, one_line) {
            (_, Some(text)) => {
                let space = if text.is_empty() { "" } else { " " };
                self.text(&format!("{space}{text}"), behind.as_deref());
            }
            (Content::Mapping { items, collection }, None) => {
                self.out.push(' ');
                self.mapping(items, *collection, indent + 2, schema, Lead::Dash);
            }
            (Content::Sequence { items, collection }, None) => {
                self.out.push('\n');
                self.sequence(items, *collection, indent + 2, order::of_elements(schema), key);
            }
            _ => self.out.push('\n'),
        }
    }

    /// What belongs above an item; of several comments behind it, all but the last as well.
    fn above(&self, item: &Item) -> Vec<Line> {
        let mut lines = self.comments.above[item.number].clone();
        if let [more @ .., _] = self.comments.behind[item.number].as_slice() {
            lines.extend(more.iter().cloned().map(Line::Comment));
        }
        lines
    }

    /// The end of a line.
    fn text(&mut self, text: &str, behind: Option<&str>) {
        self.out.push_str(text);
        if let Some(comment) = behind {
            self.out.push_str("  ");
            self.out.push_str(comment);
        }
        self.out.push('\n');
    }

    fn close(&mut self, collection: usize, indent: usize) {
        let lines = std::mem::take(&mut self.comments.closing[collection]);
        self.lines(&lines, indent);
    }

    fn has_comments(&self, items: &[Item]) -> bool {
        items.iter().any(|item| {
            let above = self.comments.above[item.number].iter().any(|line| *line != Line::Empty);
            above || !self.comments.behind[item.number].is_empty()
        })
    }

    /// A value in the rest of a line with this much room; `None` where it needs lines of its own.
    fn one_line(&self, content: &Content, key: &str, room: usize) -> Option<String> {
        let style = Style::of_key(key);
        let (items, collection) = match content {
            Content::Sequence { items, collection } | Content::Mapping { items, collection } => (items, *collection),
            _ => return Some(scalar(content, style, false)),
        };
        if items.is_empty() {
            return Some(if matches!(content, Content::Sequence { .. }) { "[]" } else { "{}" }.to_owned());
        }
        let is_word = |item: &Item| match &item.content {
            Content::Raw(text) => !text.is_empty(),
            content => matches!(content, Content::Text(_)),
        };
        let is_commented = self.has_comments(items) || !self.comments.closing[collection].is_empty();
        if is_commented || !items.iter().all(is_word) {
            return None;
        }
        let line = match content {
            Content::Sequence { .. } if style == Style::Name => {
                let words = order::elements(items, key).into_iter().map(|item| scalar(&item.content, style, true));
                format!("[{}]", words.collect::<Vec<_>>().join(", "))
            }
            Content::Mapping { .. } if ["when_transient", "allow"].contains(&key) => Self::braces(items),
            _ => return None,
        };
        (display_width(&line) <= room).then_some(line)
    }

    fn braces(items: &[Item]) -> String {
        let mut sorted: Vec<&Item> = items.iter().collect();
        // The same order as on lines of their own: `action` before `suppress`, warnings by number.
        sorted.sort_by_key(|item| &item.key);
        let entry =
            |item: &Item| format!("{}: {}", scalar::name(&item.key, true), scalar(&item.content, Style::Name, true));
        format!("{{{}}}", sorted.into_iter().map(entry).collect::<Vec<_>>().join(", "))
    }
}

fn scalar(content: &Content, style: Style, flow: bool) -> String {
    match content {
        Content::Raw(text) => text.clone(),
        Content::Text(text) => match style {
            Style::Name => scalar::name(text, flow),
            Style::Prose | Style::Matched => scalar::quoted(text),
        },
        Content::Sequence { .. } => "[]".to_owned(),
        Content::Mapping { .. } => "{}".to_owned(),
    }
}
