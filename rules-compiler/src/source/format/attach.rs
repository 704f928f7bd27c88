//! Which item a comment or an empty line belongs to.

use super::comments::Comment;
use super::tree::Tree;

/// A line that is not part of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// Empty; several are one.
    Empty,
    Comment(String),
}

/// Comments by the number of the item or collection that they belong to.
pub(super) struct Attached {
    /// Above an item.
    pub above: Vec<Vec<Line>>,
    /// Behind an item, in its line.
    pub behind: Vec<Vec<String>>,
    /// After the last item of a collection.
    pub closing: Vec<Vec<Line>>,
    /// At the file's end.
    pub end: Vec<Line>,
}

pub(super) fn attach(text: &str, tree: &Tree) -> Attached {
    let (items, collections) = (tree.items.len(), tree.collections.len());
    let attached = Attached {
        above: vec![Vec::new(); items],
        behind: vec![Vec::new(); items],
        closing: vec![Vec::new(); collections],
        end: Vec::new(),
    };
    let mut attaching = Attaching { text, tree, attached };
    for comment in &tree.comments {
        if comment.own_line { attaching.own_line(comment) } else { attaching.same_line(comment) }
    }
    for item in 0..items {
        if attaching.has_empty_line_before(tree.items[item].start) {
            attaching.attached.above[item].push(Line::Empty);
        }
    }
    attaching.attached
}

struct Attaching<'a> {
    text: &'a str,
    tree: &'a Tree,
    attached: Attached,
}

impl Attaching<'_> {
    /// A comment with a line of its own belongs to what follows, unless it is indented like what went before.
    fn own_line(&mut self, comment: &Comment) {
        let at = comment.range.start;
        let next = self.next_item(at);
        let lines = match (self.ended_collection(at, next), next) {
            (Some(collection), _) => &mut self.attached.closing[collection],
            (None, Some(next)) => &mut self.attached.above[next],
            (None, None) => &mut self.attached.end,
        };
        if has_empty_line_before(self.text, at) {
            lines.push(Line::Empty);
        }
        lines.push(Line::Comment(self.text[comment.range.clone()].to_owned()));
    }

    /// The collection that ends before `at` and whose items are no further to the right than the comment.
    fn ended_collection(&self, at: usize, next: Option<usize>) -> Option<usize> {
        let column = self.column(at);
        if next.is_some_and(|next| self.column(self.tree.items[next].start) >= column) {
            return None;
        }
        let still_open: Vec<usize> = next.map(|next| self.around(next)).unwrap_or_default();
        let last = self.tree.items.partition_point(|item| item.start < at).checked_sub(1)?;
        self.around(last).into_iter().find(|collection| {
            let is_ended = !still_open.contains(collection) && !self.tree.collections[*collection].flow;
            is_ended && self.first_column(*collection) <= column
        })
    }

    /// A comment behind something belongs to the last item that ends or begins in its line.
    fn same_line(&mut self, comment: &Comment) {
        let at = comment.range.start;
        let owner = self.owner_in_line(at);
        let text = self.text[comment.range.clone()].to_owned();
        match (owner, self.next_item(at)) {
            (Some(item), _) => self.attached.behind[item].push(text),
            (None, Some(next)) => self.attached.above[next].push(Line::Comment(text)),
            (None, None) => self.attached.end.push(Line::Comment(text)),
        }
    }

    fn owner_in_line(&self, at: usize) -> Option<usize> {
        let last = self.tree.tokens.partition_point(|token| token.range.end <= at).checked_sub(1)?;
        let token = &self.tree.tokens[last];
        let line = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let (mut item, mut end) = (token.item, token.range.end);
        let mut collection = token.is_value.then(|| self.tree.items[item].collection);
        // Behind a closing bracket it is the list that is meant, not its last element.
        while let Some(list) = collection.map(|number| &self.tree.collections[number]) {
            if !list.flow || list.range.end > at {
                break;
            }
            (item, end) = (list.owner?, list.range.end);
            collection = Some(self.tree.items[item].collection);
        }
        (end > line).then_some(item)
    }

    fn next_item(&self, at: usize) -> Option<usize> {
        let next = self.tree.items.partition_point(|item| item.start < at);
        (next < self.tree.items.len()).then_some(next)
    }

    /// The collections around an item, the innermost first.
    fn around(&self, item: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut next = Some(item);
        while let Some(item) = next {
            let collection = self.tree.items[item].collection;
            found.push(collection);
            next = self.tree.collections[collection].owner;
        }
        found
    }

    fn first_column(&self, collection: usize) -> usize {
        let first = self.tree.items.iter().find(|item| item.collection == collection);
        first.map_or(0, |item| self.column(item.start))
    }

    fn column(&self, at: usize) -> usize {
        let line = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        self.text[line..at].chars().count()
    }

    /// Whether an item stands first in its line, and the line before is empty.
    fn has_empty_line_before(&self, at: usize) -> bool {
        let line = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        self.text[line..at].trim().is_empty() && has_empty_line_before(self.text, at)
    }
}

fn has_empty_line_before(text: &str, at: usize) -> bool {
    let Some(newline) = text[..at].rfind('\n') else { return false };
    let before = text[..newline].rfind('\n').map_or(0, |newline| newline + 1);
    text[before..newline].trim().is_empty()
}
