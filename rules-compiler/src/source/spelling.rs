//! How a text is spelt in its file: which bytes there stand for which of its own.
//!
//! A text in quotes may have escapes, a text over several lines is folded (YAML 1.2.2, sections 7.3 and 8.1), so that it is
//! not the same, byte for byte, in the file.

use saphyr_parser::ScalarStyle;
use std::ops::Range;

/// Where part of a text stands in what was written for it; `None` where the two do not go together.
///
/// `written` is the text as in the file, with its quotes, without the header of a block; `value`, the text as read.
pub(super) fn part(written: &str, style: ScalarStyle, value: &str, part: Range<usize>) -> Option<Range<usize>> {
    value.get(part.clone())?;
    let mut reading = Reading { written, style, at: usize::from(is_quoted(style)) };
    let (mut start, mut end) = (None, None);
    let mut done = 0;
    while done < part.end || start.is_none() {
        let (consumed, range) = match reading.next(&value[done..]) {
            Some(next) => next,
            // An empty part at the end of the text.
            None if done == value.len() => (1, reading.at..reading.at),
            None => return None,
        };
        if start.is_none() && done + consumed > part.start {
            start = Some(range.start);
        }
        end = Some(range.end);
        done += consumed;
    }
    let start = start?;
    Some(start..if part.is_empty() { start } else { end?.max(start) })
}

fn is_quoted(style: ScalarStyle) -> bool {
    matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted)
}

struct Reading<'a> {
    written: &'a str,
    style: ScalarStyle,
    at: usize,
}

impl Reading<'_> {
    /// How many of the value's next bytes stand in which bytes of the file.
    fn next(&mut self, value: &str) -> Option<(usize, Range<usize>)> {
        self.skip_joined_lines();
        let start = self.at;
        let wanted = value.chars().next()?;
        let rest = self.written.get(start..)?;
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        let breaks = rest[..blank].matches('\n').count();
        if breaks > 0 {
            self.at += blank;
            return Some((self.folded(value, breaks)?, start..self.at));
        }
        let length = match self.style {
            ScalarStyle::DoubleQuoted if rest.starts_with('\\') => escape(rest, wanted)?,
            ScalarStyle::SingleQuoted if rest.starts_with("''") => (wanted == '\'').then_some(2)?,
            _ => rest.starts_with(wanted).then_some(wanted.len_utf8())?,
        };
        self.at += length;
        Some((wanted.len_utf8(), start..self.at))
    }

    /// In double quotes, a backslash before a line break joins the lines.
    fn skip_joined_lines(&mut self) {
        while self.style == ScalarStyle::DoubleQuoted {
            let rest = self.written.get(self.at..).unwrap_or_default();
            let Some(joined) = rest.strip_prefix("\\\r\n").or_else(|| rest.strip_prefix("\\\n")) else { return };
            self.at += rest.len() - joined.trim_start().len();
        }
    }

    /// How many bytes of the value stand for white space with line breaks.
    fn folded(&self, value: &str, breaks: usize) -> Option<usize> {
        let blank = value.len() - value.trim_start_matches([' ', '\t', '\n']).len();
        match self.style {
            // A block keeps what is indented further.
            ScalarStyle::Literal | ScalarStyle::Folded => (blank > 0).then_some(blank),
            // One break is a space; of more, each after the first is kept.
            _ => (blank >= (breaks - 1).max(1)).then_some((breaks - 1).max(1)),
        }
    }
}

/// The length of an escape that stands for this character.
fn escape(written: &str, wanted: char) -> Option<usize> {
    let kind = written[1..].chars().next()?;
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => return (simple_escape(kind)? == wanted).then_some(1 + kind.len_utf8()),
    };
    let code = u32::from_str_radix(written.get(2..2 + digits)?, 16).ok()?;
    (code == u32::from(wanted)).then_some(2 + digits)
}

/// YAML 1.2.2, section 5.7.
fn simple_escape(kind: char) -> Option<char> {
    Some(match kind {
        '0' => '\0',
        'a' => '\x07',
        'b' => '\x08',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\x0B',
        'f' => '\x0C',
        'r' => '\r',
        'e' => '\x1B',
        'N' => '\u{85}',
        '_' => '\u{A0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        ' ' | '"' | '/' | '\\' => kind,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn found(written: &str, style: ScalarStyle, value: &str, wanted: &str) -> String {
        let at = value.find(wanted).expect("a part of the value");
        written[part(written, style, value, at..at + wanted.len()).expect("a place")].to_owned()
    }

    #[test]
    fn escapes() {
        let written = r#""caf\u00e9 \"a\" {ip}\t\x41 end""#;
        let value = "café \"a\" {ip}\tA end";
        for (wanted, there) in [("é", "\\u00e9"), ("\"a\"", "\\\"a\\\""), ("{ip}", "{ip}"), ("A end", "\\x41 end")] {
            assert_eq!(found(written, ScalarStyle::DoubleQuoted, value, wanted), there);
        }
        assert_eq!(found("'it''s {x}'", ScalarStyle::SingleQuoted, "it's {x}", "'s"), "''s");
        assert_eq!(found("'it''s {x}'", ScalarStyle::SingleQuoted, "it's {x}", "{x}"), "{x}");
    }

    #[test]
    fn lines() {
        assert_eq!(found("one\n    two\n\n    three", ScalarStyle::Folded, "one two\nthree\n", "three"), "three");
        assert_eq!(found("one\r\n  two\r\n    three", ScalarStyle::Literal, "one\ntwo\n  three\n", "three"), "three");
        assert_eq!(found("\"one  \n  two\n\n  three\"", ScalarStyle::DoubleQuoted, "one two\nthree", "two"), "two");
        assert_eq!(found("\"one \\\n  two\"", ScalarStyle::DoubleQuoted, "one two", "two"), "two");
        assert_eq!(found("\"on\\\n  e two\"", ScalarStyle::DoubleQuoted, "one two", "one"), "on\\\n  e");
        assert_eq!(found("one\n  two ü three", ScalarStyle::Plain, "one two ü three", "ü three"), "ü three");
        assert_eq!(found("one\n  two", ScalarStyle::Plain, "one two", "e t"), "e\n  t");
    }

    #[test]
    fn edges_and_what_does_not_go_together() {
        assert_eq!(part("\"ab\"", ScalarStyle::DoubleQuoted, "ab", 2..2), Some(3..3));
        assert_eq!(part("\"ab\"", ScalarStyle::DoubleQuoted, "ab", 0..0), Some(1..1));
        assert_eq!(part("ab", ScalarStyle::Plain, "ab", 0..2), Some(0..2));
        assert_eq!(part("ab", ScalarStyle::Plain, "cd", 0..2), None);
        assert_eq!(part("ab", ScalarStyle::Plain, "é", 1..2), None);
        assert_eq!(part("", ScalarStyle::Plain, "ab", 0..2), None);
        assert_eq!(part(r#""\ud800""#, ScalarStyle::DoubleQuoted, "x", 0..1), None);
    }
}
