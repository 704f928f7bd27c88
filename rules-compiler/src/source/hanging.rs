//! Lines of a value that stand as far left as its key, or further: to YAML they belong to nothing.

use super::line::Line;
use super::positions::{self, Refusal};
use crate::catalogue::FileId;
use crate::diagnostic::{Certainty, Code, Diagnostic, Span};
use std::ops::Range;

/// Most lines of a value that are looked at.
const MOST: usize = 60;
const HELP: &str = "indent every line of a value further than its key";

/// What is said of it, where `line` or the one before it is such a line.
///
/// `is_below_key`: only where nothing stands behind the key itself.
pub(super) fn diagnostic(file: FileId, text: &str, line: &Line<'_>, is_below_key: bool) -> Option<Diagnostic> {
    let before = line.before(text);
    std::iter::once(line).chain(&before).find_map(|line| below(file, text, line, is_below_key))
}

/// Items of a list that stand further left than its key.
pub(super) fn list(file: FileId, text: &str, line: &Line<'_>) -> Option<Diagnostic> {
    let before = line.before(text);
    std::iter::once(line).chain(&before).find_map(|line| {
        let mut lines = vec![line.content()];
        let mut above = line.before(text)?;
        let is_item = |line: &Line<'_>| text[line.content().start..].starts_with("- ");
        if !is_item(line) {
            return None;
        }
        while is_item(&above) && above.indent_width() == line.indent_width() {
            lines.push(above.content());
            above = above.before(text).filter(|_| lines.len() < MOST)?;
        }
        lines.reverse();
        let key = above.bare_key().filter(|_| line.indent_width() < above.key_column())?;
        let start = key.as_ptr() as usize - text.as_ptr() as usize;
        let message = format!("the list of `{key}` is not indented as far as its key");
        told(file, text, &above, lines, message, start..start + key.len())
    })
}

fn below(file: FileId, text: &str, last: &Line<'_>, is_below_key: bool) -> Option<Diagnostic> {
    let mut lines = vec![last.content()];
    let mut line = last.before(text)?;
    if last.has_key() || last.bare_key().is_some() || last.content().is_empty() {
        return None;
    }
    while !line.has_key() && line.bare_key().is_none() {
        lines.push(line.content());
        line = line.before(text).filter(|_| lines.len() < MOST)?;
    }
    lines.reverse();
    let (key, message) = match line.bare_key() {
        Some(key) if is_below_key => (key, format!("the value of `{key}` is not indented further than its key")),
        None if is_below_key && line.begins_block() => {
            (line.value, format!("the text behind `{}` is not indented further than its key", line.value))
        }
        None if !is_below_key && line.is_plain() => {
            (line.value, "a line of this text is not indented further than its key".to_owned())
        }
        _ => return None,
    };
    let start = key.as_ptr() as usize - text.as_ptr() as usize;
    told(file, text, &line, lines, message, start..start + key.len())
}

/// A text in quotes that begins at `at`, and one of whose lines stands too far left.
pub(super) fn in_quotes(file: FileId, text: &str, at: usize) -> Option<Diagnostic> {
    let quote = text[at..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut characters = text[at + 1..].char_indices().peekable();
    let mut end = None;
    while let Some((offset, c)) = characters.next() {
        match c {
            '\\' if quote == '"' => drop(characters.next()),
            c if c == quote && quote == '\'' && characters.peek().is_some_and(|(_, next)| *next == '\'') => {
                characters.next();
            }
            c if c == quote => {
                end = Some(at + 1 + offset);
                break;
            }
            _ => {}
        }
    }
    let first = Line::around(text, at);
    let mut line = Line::around(text, end?);
    let mut lines = Vec::new();
    while line.start > first.start && lines.len() < MOST {
        if line.has_key() || line.bare_key().is_some() {
            return None;
        }
        lines.push(line.content());
        line = line.before(text)?;
    }
    lines.reverse();
    let message = "a line of this text in quotes is not indented further than its key".to_owned();
    told(file, text, &first, lines, message, at..at + 1)
}

/// The first of the lines that stands too far left, and all of them moved.
fn told(
    file: FileId,
    text: &str,
    owner: &Line<'_>,
    lines: Vec<Range<usize>>,
    message: String,
    place: Range<usize>,
) -> Option<Diagnostic> {
    let least = owner.hang_column();
    let span = |range: &Range<usize>| Span { file, start: range.start, end: range.end };
    let indent = |line: &Range<usize>| line.start - Line::around(text, line.start).start;
    let (right, wrong): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| indent(line) > least);
    let first = wrong.first()?;
    let spaces = " ".repeat(right.first().map_or(owner.key_column() + 2, indent));
    let label = "too far to the left";
    let new =
        Diagnostic::new(Code::YamlSyntax, span(first), message, label, HELP).also(span(&place), "it belongs here");
    let edits: Vec<Range<usize>> = wrong.iter().map(|line| line.start - indent(line)..line.start).collect();
    if !is_read(text, &edits, &spaces) {
        return Some(new);
    }
    let new = edits.iter().fold(new, |new, edit| new.fixed_by(span(edit), spaces.clone()));
    Some(new.with_certainty(Certainty::Certain))
}

/// Whether the file can be read up to the end of the lines, once they are moved.
fn is_read(text: &str, edits: &[Range<usize>], spaces: &str) -> bool {
    let mut mended = text.to_owned();
    for edit in edits.iter().rev() {
        mended.replace_range(edit.clone(), spaces);
    }
    let removed: usize = edits.iter().map(|edit| edit.len()).sum();
    let last = edits.last().map_or(0, |edit| edit.end + edits.len() * spaces.len() - removed);
    let end = mended[last..].find('\n').map_or(mended.len(), |at| last + at);
    let (_, refusals) = positions::read(&mended);
    !refusals.iter().any(|refusal| matches!(refusal, Refusal::Syntax { at, .. } if *at <= end + 1))
}
