//! A text folded: letters in lower case, white space as single spaces, repeated codes left out.

use super::codes::{Codes, Group, is_announced, is_introduced, regex};
use regex::bytes::Regex;
use std::sync::LazyLock;

/// A folded text.
#[derive(Debug, Default)]
pub struct Folded {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Where each of them stands in the text that was folded.
    pub origins: Vec<usize>,
}

/// ASCII white space with a line break in it.
static LINE_BREAK: LazyLock<Regex> = LazyLock::new(|| regex(r"[\r\n][\t\n\x0C\r ]*\z"));

/// A reply code: a status behind it is its own.
static BEHIND_REPLY_CODE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?:\A|[^0-9A-Za-z\x80-\xFF])[2-5][0-9]{2}(?:-|[\x00-\x20])[\x00-\x20]*\z"));

/// Folds the text behind a reply's leading codes.
pub fn fold(text: &[u8], leading: &Group) -> Folded {
    let mut folded = Folded::default();
    let mut codes = leading.codes;
    // Whether a hyphen showed that the reply has several lines.
    let mut lines = leading.hyphen;
    let mut at = 0;
    let mut space = true;
    while at < text.len() {
        if text[at] <= b' ' {
            space = true;
            at += 1;
            continue;
        }
        if space {
            let group = Group::read(&text[at..]);
            if repeats(text, at, &group, leading.codes.reply.is_some(), (&mut codes, &mut lines)) {
                at += group.length;
                continue;
            }
            if !folded.bytes.is_empty() {
                folded.bytes.push(b' ');
                folded.origins.push(at - 1);
            }
        }
        folded.bytes.push(text[at].to_ascii_lowercase());
        folded.origins.push(at);
        space = false;
        at += 1;
    }
    folded
}

/// Whether the codes at the start of a word repeat the current ones. Codes that do not may become the current ones.
fn repeats(text: &[u8], at: usize, group: &Group, within: bool, (current, lines): (&mut Codes, &mut bool)) -> bool {
    let (here, before) = (group.codes, &text[..at]);
    let same_status = here.status.is_some() && here.status == current.status;
    if here.reply.is_none() {
        let ends = at + group.length;
        let alone = || (ends == text.len() || text[ends - 1] <= b' ') && !BEHIND_REPLY_CODE.is_match(before);
        // A number sign sets a status off from the words: `#5.1.1` repeats nothing.
        return same_status && text[at] != b'#' && alone();
    }
    let continued = *lines && here == *current;
    let line_break = LINE_BREAK.is_match(before);
    let next_line =
        (continued || here.reply == current.reply && line_break) && (line_break || !is_announced(before, false));
    if current.reply.is_none() || !next_line && is_introduced(before, group, within) {
        *current = here;
        *lines = group.hyphen;
        return false;
    }
    let repeats = next_line || here.reply == current.reply && (group.hyphen || *lines || same_status);
    if repeats {
        *lines |= group.hyphen;
        current.status = current.status.or(here.status);
    }
    repeats
}
