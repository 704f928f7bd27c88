//! What YAML can do and a catalogue must not: what is said about it.

use super::line::Line;
use super::positions::Refusal;
use super::syntax;
use crate::catalogue::{FileId, FileKind};
use crate::diagnostic::{Code, Diagnostic, Span};
use std::ops::Range;

/// The refusals, those of one mistake together: where the dash of a list's item is missing, all its keys are given twice.
pub(super) fn merged(refusals: Vec<Refusal>, text: &str) -> Vec<Refusal> {
    let column = |range: &Range<usize>| Line::around(text, range.start).column(range.start);
    let mut merged: Vec<Refusal> = Vec::new();
    for refusal in refusals {
        let Refusal::DuplicateKey { key, first, second } = &refusal else {
            merged.push(refusal);
            continue;
        };
        if let Some(Refusal::DashMissing { item, key: leading, .. }) = merged.last()
            && leading != key
            && column(item) == column(second)
        {
            continue;
        }
        let begins_item = Line::around(text, first.start).begins_item(first.start);
        let has_room = text[..second.start].ends_with("  ");
        merged.push(match key == "id" && begins_item && has_room && column(first) == column(second) {
            true => Refusal::DashMissing { key: key.clone(), item: second.clone(), before: first.clone() },
            false => refusal,
        });
    }
    merged
}

/// What is said about it.
pub(super) fn diagnostic(file: FileId, refusal: Refusal, text: &str) -> Diagnostic {
    let at = |range: Range<usize>| Span { file, start: range.start, end: range.end };
    match refusal {
        Refusal::Syntax { at, info } => syntax::diagnostic(file, at, &info, text),
        Refusal::Anchor { at: anchor, uses } => {
            let help = match uses.is_empty() {
                true => "remove the anchor, or put the text in quotes if the `&` is part of it",
                false => "remove the anchor, and write the value out where it is used again",
            };
            let label = "`&` at the start of a value names an anchor";
            let new = Diagnostic::new(Code::YamlAlias, at(anchor), "anchors are not used here", label, help);
            uses.into_iter().fold(new, |new, used| new.also(at(used), "used again here"))
        }
        Refusal::Alias(range) => Diagnostic::new(
            Code::YamlAlias,
            at(range),
            "aliases are not used here",
            "`*` at the start of a value refers to another value",
            "write the value out, or put the text in quotes if the `*` is part of it",
        ),
        Refusal::Tag(range) => Diagnostic::new(
            Code::YamlTag,
            at(range),
            "tags are not used here",
            "`!` at the start of a value is a tag",
            "remove the tag, or put the text in quotes if the `!` is part of it",
        ),
        Refusal::Document(range) => Diagnostic::new(
            Code::YamlDocuments,
            at(range),
            "a file holds one document",
            "a second one starts here",
            "remove this line, or move what follows to a file of its own",
        ),
        Refusal::MergeKey(range) => Diagnostic::new(
            Code::YamlMergeKey,
            at(range),
            "merge keys are not used here",
            "this would copy keys from elsewhere",
            "write the keys out",
        ),
        Refusal::DuplicateKey { key, first, second } => Diagnostic::new(
            Code::DuplicateKey,
            at(second),
            format!("the key `{key}` is given twice"),
            "given again here",
            match &*key {
                "rules" | "examples" | "text" | "regex" | "links" | "over" | "markers" | "mx" | "domains"
                | "also_known_as" => "keep one of the two, with what stands under both",
                _ => "keep one of the two",
            },
        )
        .also(at(first), "first given here"),
        Refusal::DashMissing { key, item, before } => Diagnostic::new(
            Code::DuplicateKey,
            at(item.clone()),
            format!("the key `{key}` is given twice: the dash of a new item is missing"),
            "a new item begins here",
            "begin the item with `- `",
        )
        .also(at(before), "the item before begins here")
        .fixed_by(at(item.start - 2..item.start), "- "),
        Refusal::KeyNotText(range) => Diagnostic::new(
            Code::KeyNotText,
            at(range),
            "a key is not plain text",
            "a list or a mapping cannot be a key",
            "put the text in quotes if its brackets or braces are part of it",
        ),
        Refusal::TooDeep(range) => Diagnostic::new(
            Code::NestedTooDeep,
            at(range),
            "values are nested too deep",
            "nothing in a catalogue is nested this deep",
            "look for a bracket or a brace that is never closed, and put texts in quotes",
        ),
    }
}

/// A file that lies in the folder of another kind.
pub(super) fn misplaced(name: &str, kind: FileKind) -> Diagnostic {
    let (what, place) = match kind {
        FileKind::Provider => ("a provider", "the folder `providers`"),
        FileKind::Phrases => ("a language's phrases", "the folder `phrases`"),
        FileKind::Code => ("a basic reply code", "the folder `codes`"),
        FileKind::Categories => ("the categories", "`categories.yaml`"),
        FileKind::Enhanced => ("the enhanced codes", "`enhanced.yaml`"),
        FileKind::Moved => ("the moved rules", "`moved.yaml`"),
    };
    let message = format!("`{name}` does not belong here: by its keys it describes {what}");
    Diagnostic::of_path(Code::UnexpectedFile, name, message, format!("move it to {place}"))
}
