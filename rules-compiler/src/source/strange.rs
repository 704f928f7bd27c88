//! Lines that no YAML file has: left over from a merge, or pasted with the text around it.

use crate::catalogue::FileId;
use crate::diagnostic::{Code, Diagnostic, Span};
use std::ops::Range;

/// The lines of a file without the line's end, each with its bytes.
fn lines(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start..at, line.trim_end())
    })
}

pub(super) fn diagnostic(file: FileId, text: &str) -> Option<Diagnostic> {
    conflict(file, text).or_else(|| fence(file, text))
}

/// `<<<<<<< HEAD`, `=======`, `>>>>>>> branch`
fn conflict(file: FileId, text: &str) -> Option<Diagnostic> {
    let span = |(range, line): &(Range<usize>, &str)| Span { file, start: range.start, end: range.start + line.len() };
    let is_marker = |line: &str| {
        let begins =
            |marker: &str| line.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].into_iter().any(begins)
    };
    let markers: Vec<_> = lines(text).filter(|(_, line)| is_marker(line)).collect();
    let (first, rest) = markers.split_first().filter(|(first, _)| first.1.starts_with("<<<<<<<"))?;
    let end = rest.iter().position(|(_, line)| line.starts_with(">>>>>>>"))?;
    let help = "keep what is right of the two sides, and remove the lines with the marks";
    let message = "a merge conflict is not resolved";
    let new = Diagnostic::new(Code::YamlSyntax, span(first), message, "the one side begins here", help);
    Some(rest[..=end].iter().fold(new, |new, marker| {
        let label = match marker.1.as_bytes().first() {
            Some(b'=') => "the other side begins here",
            Some(b'>') => "and ends here",
            _ => "what both come from begins here",
        };
        new.also(span(marker), label)
    }))
}

/// The fence of a code block: the file was pasted from a page or a chat.
fn fence(file: FileId, text: &str) -> Option<Diagnostic> {
    let is_fence = |line: &str| {
        let word = line.strip_prefix("```").or_else(|| line.strip_prefix("~~~"));
        word.is_some_and(|word| word.chars().all(|c| c.is_ascii_alphanumeric()))
    };
    let mut fences = lines(text).filter(|(_, line)| is_fence(line));
    let (first, line) = fences.next()?;
    let span = Span { file, start: first.start, end: first.start + line.len() };
    let help = "remove the line";
    let message = "the fence of a code block is no YAML";
    let new = Diagnostic::new(Code::YamlSyntax, span, message, "pasted together with the text", help);
    let all = std::iter::once(first).chain(fences.map(|(range, _)| range));
    Some(all.fold(new, |new, range| new.fixed_by(Span { file, start: range.start, end: range.end }, "")))
}
