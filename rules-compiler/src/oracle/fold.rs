//! A text folded: letters in lower case, white space as single spaces, repeated codes left out.

use super::codes::{Codes, Group, is_introduced, regex};
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

/// Folds the text behind a reply's leading codes.
pub fn fold(text: &[u8], leading: Codes) -> Folded {
    let mut folded = Folded::default();
    let mut codes = leading;
    let mut at = 0;
    let mut space = true;
    // Codes that stay do so as a whole: nothing in them repeats anything.
    let mut kept = 0;
    while at < text.len() {
        if text[at] <= b' ' || text[at] == 0x7F {
            space = true;
            at += 1;
            continue;
        }
        if space {
            let group = Group::read(&text[at..]);
            if at >= kept {
                match examine(text, at, &group, &mut codes) {
                    Examined::Repeats => {
                        at += group.length;
                        continue;
                    }
                    Examined::Begins => kept = at + group.length,
                    Examined::Stays => {}
                }
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

/// What codes are at the start of a word.
enum Examined {
    /// They repeat the current ones.
    Repeats,
    /// They open a quoted reply: from here on they are the current ones.
    Begins,
    /// Neither; or there are none.
    Stays,
}

fn examine(text: &[u8], at: usize, group: &Group, current: &mut Codes) -> Examined {
    let here = group.codes;
    let same_status = here.status.is_some() && here.status == current.status;
    if here.reply.is_none() {
        let ends = at + group.length;
        let alone = ends == text.len() || text[ends - 1] <= b' ';
        return if same_status && alone { Examined::Repeats } else { Examined::Stays };
    }
    let before = &text[..at];
    if current.reply.is_none() || is_introduced(before, group) {
        *current = here;
        return Examined::Begins;
    }
    if here.reply == current.reply && (group.hyphen || LINE_BREAK.is_match(before) || same_status) {
        current.status = current.status.or(here.status);
        return Examined::Repeats;
    }
    Examined::Stays
}
