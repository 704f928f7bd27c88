//! Values and positions as one tree, its items and collections numbered in the order of the text.

use super::comments::{self, Comment};
use crate::source::positions::{Node, Shape};
use crate::source::value::Value;
use saphyr_parser::ScalarStyle;
use std::ops::Range;

/// What a file says, and where.
pub(super) struct Tree {
    pub root: Content,
    /// By number.
    pub items: Vec<Spot>,
    /// By number.
    pub collections: Vec<Collection>,
    /// Keys, scalars and the dashes of lists, in the order of the text.
    pub tokens: Vec<Token>,
    pub comments: Vec<Comment>,
}

pub(super) enum Content {
    /// A number, `true`, nothing: as written.
    Raw(String),
    Text(String),
    Sequence {
        collection: usize,
        items: Vec<Item>,
    },
    Mapping {
        collection: usize,
        items: Vec<Item>,
    },
}

/// An entry of a mapping, or an element of a list.
pub(super) struct Item {
    pub number: usize,
    /// Empty for an element.
    pub key: String,
    pub content: Content,
}

/// Where an item stands.
pub(super) struct Spot {
    pub start: usize,
    /// The collection that it is in.
    pub collection: usize,
}

pub(super) struct Collection {
    pub range: Range<usize>,
    /// Written between brackets or braces.
    pub flow: bool,
    /// The item whose value it is.
    pub owner: Option<usize>,
}

pub(super) struct Token {
    pub range: Range<usize>,
    pub item: usize,
    /// The value of its item, not its key or dash.
    pub is_value: bool,
}

/// `None` where the two readings differ.
pub(super) fn build(text: &str, root: &Node, value: &Value) -> Option<Tree> {
    let mut scalars = Vec::new();
    scalar_ranges(text, root, value, &mut scalars);
    let comments = comments::scan(text, &scalars);
    let mut blanked = text.as_bytes().to_vec();
    for comment in &comments {
        blanked[comment.range.clone()].fill(b' ');
    }
    let tree = Tree { root: Content::Raw(String::new()), items: vec![], collections: vec![], tokens: vec![], comments };
    let mut builder = Builder { text, blanked, cursor: 0, tree };
    let root = builder.content(root, value, None)?;
    Some(Tree { root, ..builder.tree })
}

/// The text of a scalar without the header of a block scalar that holds nothing.
fn scalar_range(text: &str, node: &Node, value: &Value) -> Range<usize> {
    let raw = &text[node.range.clone()];
    let is_header = *value == Value::Text(String::new()) && !raw.starts_with(['"', '\'']);
    if is_header { node.range.start..node.range.start } else { node.range.clone() }
}

fn scalar_ranges(text: &str, node: &Node, value: &Value, found: &mut Vec<Range<usize>>) {
    match (&node.shape, value) {
        (Shape::Sequence(nodes), Value::Sequence(values)) => {
            nodes.iter().zip(values).for_each(|(node, value)| scalar_ranges(text, node, value, found));
        }
        (Shape::Mapping(entries), Value::Mapping(values)) => {
            for (entry, (_, value)) in entries.iter().zip(values) {
                found.push(entry.range.clone());
                scalar_ranges(text, &entry.value, value, found);
            }
        }
        _ => found.push(scalar_range(text, node, value)),
    }
}

struct Builder<'a> {
    text: &'a str,
    /// The text with spaces in the place of comments.
    blanked: Vec<u8>,
    /// Behind the last token.
    cursor: usize,
    tree: Tree,
}

impl Builder<'_> {
    fn content(&mut self, node: &Node, value: &Value, owner: Option<usize>) -> Option<Content> {
        match (&node.shape, value) {
            (Shape::Sequence(nodes), Value::Sequence(values)) if nodes.len() == values.len() => {
                let collection = self.collection(node, owner);
                let pairs = nodes.iter().zip(values);
                let items = pairs.map(|(node, value)| self.element(node, value, collection)).collect::<Option<_>>()?;
                self.cursor = self.cursor.max(node.range.end);
                Some(Content::Sequence { collection, items })
            }
            (Shape::Mapping(entries), Value::Mapping(values)) if entries.len() == values.len() => {
                let collection = self.collection(node, owner);
                let mut items = Vec::new();
                for (entry, (key, value)) in entries.iter().zip(values) {
                    if entry.key != *key {
                        return None;
                    }
                    let number = self.item(entry.range.start, collection);
                    self.token(entry.range.clone(), number, false);
                    let content = self.content(&entry.value, value, Some(number))?;
                    items.push(Item { number, key: key.clone(), content });
                }
                self.cursor = self.cursor.max(node.range.end);
                Some(Content::Mapping { collection, items })
            }
            (Shape::Scalar { style }, Value::Text(_) | Value::Null | Value::Bool(_)) => {
                Some(self.scalar(node, *style == ScalarStyle::Plain, value, owner))
            }
            (Shape::Scalar { style }, Value::Unsigned(_) | Value::Signed(_) | Value::Float(_)) => {
                Some(self.scalar(node, *style == ScalarStyle::Plain, value, owner))
            }
            _ => None,
        }
    }

    fn collection(&mut self, node: &Node, owner: Option<usize>) -> usize {
        let flow = self.text[node.range.clone()].starts_with(['[', '{']);
        self.tree.collections.push(Collection { range: node.range.clone(), flow, owner });
        self.tree.collections.len() - 1
    }

    fn element(&mut self, node: &Node, value: &Value, collection: usize) -> Option<Item> {
        let dash = self.dash().filter(|_| !self.tree.collections[collection].flow);
        let number = self.item(dash.unwrap_or(node.range.start), collection);
        if let Some(dash) = dash {
            self.token(dash..dash + 1, number, false);
        }
        let content = self.content(node, value, Some(number))?;
        Some(Item { number, key: String::new(), content })
    }

    fn scalar(&mut self, node: &Node, plain: bool, value: &Value, owner: Option<usize>) -> Content {
        let range = scalar_range(self.text, node, value);
        if !plain && !self.text[range.clone()].starts_with(['"', '\'']) {
            self.skip_header();
        }
        let raw = self.text[range.clone()].to_owned();
        if let Some(owner) = owner.filter(|_| !range.is_empty()) {
            self.token(range, owner, true);
        }
        match value {
            Value::Text(text) => Content::Text(text.clone()),
            _ => Content::Raw(raw),
        }
    }

    fn item(&mut self, start: usize, collection: usize) -> usize {
        self.tree.items.push(Spot { start, collection });
        self.tree.items.len() - 1
    }

    fn token(&mut self, range: Range<usize>, item: usize, is_value: bool) {
        self.cursor = self.cursor.max(range.end);
        self.tree.tokens.push(Token { range, item, is_value });
    }

    /// The dash of the next element.
    fn dash(&self) -> Option<usize> {
        let found = self.blanked.get(self.cursor..)?.iter().position(|byte| *byte == b'-')?;
        Some(self.cursor + found)
    }

    /// Moves behind `>-`, whose dash is not that of an element.
    fn skip_header(&mut self) {
        let rest = self.blanked.get(self.cursor..).unwrap_or_default();
        let Some(mark) = rest.iter().position(|byte| b"|>".contains(byte)) else { return };
        let signs = rest[mark + 1..].iter().take_while(|byte| b"+-0123456789".contains(byte)).count();
        self.cursor += mark + 1 + signs;
    }
}
