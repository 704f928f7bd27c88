//! One file, as values and as positions.

use super::folder::Contents;
use super::positions::{self, Node, Refusal, Shape};
use super::refusals;
use super::sources::Sources;
use super::strange;
use super::syntax;
use super::value::Value;
use crate::catalogue::FileId;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use std::ops::Range;

/// Adds a file to the sources and reads it; `None` if it cannot be read as values.
pub(super) fn read(
    contents: Contents,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> (FileId, Option<Value>) {
    let Contents { name, bytes, .. } = contents;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").map(<[u8]>::to_vec).unwrap_or(bytes);
    let bytes_before = bytes.iter().copied().take(64).collect::<Vec<_>>();
    let (text, invalid) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some((at, error.as_bytes()[at])))
        }
    };
    if let Some(encoding) = other_encoding(&bytes_before) {
        let (what, help) = match encoding {
            Some(encoding) => (
                format!("is {encoding}, not UTF-8"),
                "save it as UTF-8, which editors offer beside the file's name or as its encoding",
            ),
            None => ("holds nothing but zeros".to_owned(), "write it anew, or restore it: its contents are lost"),
        };
        diagnostics.push(Diagnostic::of_path(Code::NotUtf8, &name, format!("`{name}` {what}"), help));
        return (sources.add(name, String::new()), None);
    }
    let file = sources.add(name, text);
    if let Some((at, byte)) = invalid {
        diagnostics.push(not_utf8(file, at, byte));
        return (file, None);
    }
    let value = read_text(file, sources, diagnostics);
    (file, value)
}

/// By its mark, or by the zeros that stand for half of each ASCII character or more; `Some(None)` where all are zeros.
fn other_encoding(start: &[u8]) -> Option<Option<&'static str>> {
    let zeros = start.iter().filter(|byte| **byte == 0).count();
    let at_least = |part: usize, of: usize| start.len() > 8 && zeros * of > start.len() * part;
    match () {
        () if zeros == start.len() && start.len() > 8 => Some(None),
        () if start.starts_with(b"\xFF\xFE\0\0") || start.starts_with(b"\0\0\xFE\xFF") || at_least(7, 10) => {
            Some(Some("UTF-32"))
        }
        () if start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") || at_least(2, 5) => {
            Some(Some("UTF-16"))
        }
        () => None,
    }
}

fn read_text(file: FileId, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Value> {
    let text = sources.text(file);
    if let Some((at, character)) = text.char_indices().find(|(at, c)| is_forbidden(*c) || joins_nothing(text, *at, *c))
    {
        let same = text
            .match_indices(character)
            .filter(|(at, _)| is_forbidden(character) || joins_nothing(text, *at, character));
        let same = same.map(|(at, found)| span(file, at..at + found.len()));
        let same = same.collect::<Vec<_>>();
        diagnostics.push(syntax::control_character(span(file, at..at + character.len_utf8()), character, &same));
        return None;
    }
    if let Some(diagnostic) = strange::diagnostic(file, text) {
        diagnostics.push(diagnostic);
        return None;
    }
    if let Some(at) = lone_carriage_return(text) {
        diagnostics.push(syntax::carriage_return(span(file, at..at + 1)));
        return None;
    }
    let (root, refusals) = positions::read(text);
    let usable = refusals.iter().all(Refusal::is_harmless);
    for refusal in refusals::merged(refusals, text) {
        diagnostics.push(refusals::diagnostic(file, refusal, text));
    }
    let value = if usable { values(file, text, root.as_ref(), diagnostics) } else { None };
    if let Some(root) = root {
        sources.set_positions(file, root);
    }
    value
}

fn values(file: FileId, text: &str, root: Option<&Node>, diagnostics: &mut Diagnostics) -> Option<Value> {
    let is_empty = root.is_none_or(|node| matches!(node.shape, Shape::Scalar { .. }) && node.range.is_empty());
    if is_empty {
        let help = "write it as the guide shows, or remove the file";
        diagnostics.push(Diagnostic::new(Code::EmptyFile, span(file, 0..0), "this file is empty", "", help));
        return None;
    }
    match serde_yaml::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            diagnostics.push(syntax::of_values(file, &error, text));
            None
        }
    }
}

fn not_utf8(file: FileId, at: usize, byte: u8) -> Diagnostic {
    let message = format!("this file is not UTF-8: byte {at} is 0x{byte:02X}");
    let label = "from here on it cannot be read";
    let help = "save the file as UTF-8 in your editor";
    Diagnostic::new(Code::NotUtf8, span(file, at..at + '\u{FFFD}'.len_utf8()), message, label, help)
}

/// What YAML does not allow in a file, whether or not a parser minds, what ends a line to some readers but not to all
/// (U+0085, U+2028, U+2029 do in YAML 1.1, and not in 1.2), and what makes a line look other than it is (U+202A and so on
/// turn the direction of writing; U+200B and its like cannot be seen at all).
fn is_forbidden(character: char) -> bool {
    character.is_control() && !matches!(character, '\t' | '\n' | '\r')
        || matches!(character, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || matches!(character, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}')
        || matches!(character, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

/// U+200C and U+200D keep letters of some scripts apart, or join them; between those of ASCII they only cannot be seen.
fn joins_nothing(text: &str, at: usize, character: char) -> bool {
    matches!(character, '\u{200C}' | '\u{200D}')
        && text[..at].ends_with(|c: char| c.is_ascii())
        && text[at + character.len_utf8()..].starts_with(|c: char| c.is_ascii())
}

/// The first one that no line feed follows: a line break to YAML, but not to most editors.
fn lone_carriage_return(text: &str) -> Option<usize> {
    text.match_indices('\r').map(|(at, _)| at).find(|at| !text[at + 1..].starts_with('\n'))
}

fn span(file: FileId, range: Range<usize>) -> Span {
    Span { file, start: range.start, end: range.end }
}
