//! Text that is not YAML: what its author most likely meant.

use super::hanging;
use super::line::{self, Line, open_bracket};
use super::positions::{self, Refusal};
use super::slip::quoted;
use crate::catalogue::FileId;
use crate::diagnostic::{Certainty, Code, Diagnostic, Span};
use std::ops::Range;

/// A mistake at byte `at`; `info` is the parser's description.
pub(super) fn diagnostic(file: FileId, at: usize, info: &str, text: &str) -> Diagnostic {
    let line = Line::around(text, at);
    let line = if info.contains("tab") { line.or_next_with_tab(text) } else { line };
    if let Some(diagnostic) = small_slip(file, at, info, text, &line) {
        return diagnostic;
    }
    let (message, label, help) = guess(&line, at, info, text);
    let hangs = || hanging::in_quotes(file, text, at).filter(|_| help == CLOSE);
    let escape = || escape_within(file, text, at, &message).filter(|_| help == ESCAPE);
    if let Some(diagnostic) = in_quotes(file, text, &line, &message, help).or_else(hangs).or_else(escape) {
        return diagnostic;
    }
    let (start, end) = match (line.fix(), at) {
        _ if line.indented_by_tab() => line.indent(),
        (Some(range), _) if is_quoting(help) => range,
        _ => (at, at + text[at..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8)),
    };
    let mut diagnostic = Diagnostic::new(Code::YamlSyntax, Span { file, start, end }, message, label, help);
    if let Some(at) = open_bracket(text, line.start).filter(|_| help == BRACKET) {
        diagnostic = diagnostic.also(Span { file, start: at, end: at + 1 }, "opened here");
    }
    match line.fix() {
        Some((start, end)) if is_quoting(help) && !text[start..end].contains(['"', '\\']) => {
            let quoted = format!("\"{}\"", &text[start..end]);
            let mends = mends(text, start..end, &quoted);
            diagnostic.fixed_by(Span { file, start, end }, quoted).with_certainty(mends)
        }
        _ if help == INDENT => moved(diagnostic, file, text, &line),
        _ if help == TABS => reindented(diagnostic, file, text, &line, line.indentation_from(text)),
        _ => diagnostic,
    }
}

/// With the indentation that the line most likely needs, if the file can be read then.
fn moved(diagnostic: Diagnostic, file: FileId, text: &str, line: &Line<'_>) -> Diagnostic {
    let begins_item = line.content().start < line.value_start() && text[line.content().start..].starts_with("- ");
    let indentation = if begins_item { line.item_before(text) } else { line.indentation_from(text) };
    let (start, end) = line.indent();
    let helps = |indentation: &usize| mends(text, start..end, &" ".repeat(*indentation)) == Certainty::Certain;
    let others = if line.has_key() { line.columns_before(text) } else { Vec::new() };
    let found = indentation.into_iter().chain(others).find(helps);
    reindented(diagnostic, file, text, line, found)
}

fn reindented(
    diagnostic: Diagnostic,
    file: FileId,
    text: &str,
    line: &Line<'_>,
    indentation: Option<usize>,
) -> Diagnostic {
    let (start, end) = line.indent();
    let Some(spaces) = indentation.map(|indentation| " ".repeat(indentation)) else { return diagnostic };
    if mends(text, start..end, &spaces) == Certainty::Likely {
        return diagnostic;
    }
    diagnostic.fixed_by(Span { file, start, end }, spaces).with_certainty(Certainty::Likely)
}

/// The escape that does not exist, in a text in double quotes that begins at `at`.
fn escape_within(file: FileId, text: &str, at: usize, message: &str) -> Option<Diagnostic> {
    let inner = text.get(at..)?.strip_prefix('"')?;
    let escape = line::bad_escape(inner)?;
    let span = Span { file, start: at + 1 + escape.start, end: at + 1 + escape.end };
    let label = "in double quotes, a backslash begins an escape";
    Some(Diagnostic::new(Code::YamlSyntax, span, message, label, ESCAPE))
}

/// A text that its quotes do not fit: the whole of it is underlined, and put into quotes that do.
fn in_quotes(file: FileId, text: &str, line: &Line<'_>, message: &str, help: &'static str) -> Option<Diagnostic> {
    let quote = line.value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let ends = line.value.len() > 1 && line.value.ends_with(quote);
    let (start, end) = (line.value_start(), line.value_start() + line.value.len());
    let span = |start: usize, end: usize| Span { file, start, end };
    let (at, label, inner) = match help {
        ESCAPE => {
            let at = line::bad_escape(&line.value[1..])?;
            let start = line.value_start() + 1;
            (span(start + at.start, start + at.end), "in double quotes, a backslash begins an escape", &line.value[1..])
        }
        // The quote that ends the text is missing, or stands in another line.
        CLOSE if line.value.matches(quote).count() < 2 + usize::from(ends) => return None,
        CLOSE if ends => (span(start, end), "one of the quotes in it ends the text", &line.value[1..]),
        CLOSE => (span(start, end), "the text goes on behind its quotes", line.value),
        _ => return None,
    };
    let inner = if ends { &inner[..inner.len() - 1] } else { inner };
    let diagnostic = Diagnostic::new(Code::YamlSyntax, at, message, label, help);
    let escapes = inner.matches('\\').count();
    let replacement = match help {
        ESCAPE if !ends => None,
        // What else is escaped would be another text in single quotes.
        ESCAPE if inner.contains('\'') || inner.contains("\\\"") || inner.contains("\\\\") => None,
        ESCAPE => Some(format!("'{inner}'")),
        _ if escapes > 0 && quote == '"' && ends => None,
        _ => quoted(inner),
    };
    Some(match replacement {
        Some(replacement) => {
            let mends = mends(text, start..end, &replacement);
            // In a template, a backslash is hardly ever meant.
            let is_meant = help != ESCAPE || text[line.start..start].contains("regex");
            let certainty = if ends && is_meant { mends } else { Certainty::Likely };
            diagnostic.fixed_by(span(start, end), replacement).with_certainty(certainty)
        }
        None => diagnostic,
    })
}

/// A character too many or too few, told by the line rather than by the parser, which notices it later.
fn small_slip(file: FileId, at: usize, info: &str, text: &str, line: &Line<'_>) -> Option<Diagnostic> {
    let said = |range: Range<usize>, message: &str, label: &str, help: &str| {
        let span = Span { file, start: range.start, end: range.end };
        Some(Diagnostic::new(Code::YamlSyntax, span, message, label, help))
    };
    let before = line.before(text);
    if let Some(line) = before.iter().chain([line]).find(|line| line.strange_indent()) {
        let (start, end) = line.indent();
        let indentation = text[start..end].chars().count();
        let new = said(start..end, "a line is indented with a blank that is no space", "not spaces", SPACES)?;
        let spaces = " ".repeat(indentation);
        let certainty = mends(text, start..end, &spaces);
        return Some(new.fixed_by(Span { file, start, end }, spaces).with_certainty(certainty));
    }
    for line in before.iter().chain([line]) {
        let Some(indentation) = line.indentation_of_block_before(text).filter(|_| !line.has_key()) else { continue };
        let new =
            said(line.content(), "this line is not indented as far as the text above it", OUT_OF_BLOCK, INTO_BLOCK)?;
        return Some(reindented(new, file, text, line, Some(indentation)));
    }
    if let Some(dash) = line.dash_without_space().or_else(|| before.as_ref()?.dash_without_space()) {
        return said(dash..dash + 1, "a list item needs a space after its dash", "no space follows", DASH);
    }
    if let Some(tab) = line.tab_behind_colon(at) {
        let new = said(tab..tab + 1, "a tab stands where a space is needed", "this is a tab", COLON_TAB)?;
        let certainty = mends(text, tab..tab + 1, " ");
        return Some(new.fixed_by(Span { file, start: tab, end: tab + 1 }, " ").with_certainty(certainty));
    }
    if let Some(comma) = line.comma_too_many().filter(|_| line.value.starts_with('[') && line.value.ends_with(']')) {
        return said(comma..comma + 1, "there is a comma too many", "nothing stands before this comma", COMMA);
    }
    if let Some(extra) = line.closed_twice() {
        let new = said(extra.clone(), "there is a closing bracket too many", "closed already", BRACKET_TOO_MANY)?;
        let certainty = mends(text, extra.clone(), "");
        return Some(new.fixed_by(Span { file, start: extra.start, end: extra.end }, "").with_certainty(certainty));
    }
    if info.contains("block scalar")
        && let Some(new) = block_header(file, text, line).or_else(|| block_header(file, text, before.as_ref()?))
    {
        return Some(new);
    }
    if let Some(new) = hanging::diagnostic(file, text, line, true).filter(|_| !line.indented_by_tab()) {
        return Some(new);
    }
    if let Some(new) = hanging::list(file, text, line) {
        return Some(new);
    }
    let misses_colon = info.contains("expect ':'") || info.contains("mapping values are not allowed");
    let beside = |before: &Line<'_>| before.indent_width() == line.indent_width() && before.lacks_colon();
    if let Some(before) = before.as_ref().filter(|before| misses_colon && beside(before)) {
        return said(before.content(), "this line is no key with a value", before.lack(), KEY);
    }
    if let Some(before) = before.as_ref().filter(|before| info.contains("mapping values") && before.has_key()) {
        let is_left = before.before(text).is_some_and(|first| first.key_column() == line.indent_width());
        if is_left && before.indent_width() < line.indent_width() && !text[before.content().start..].starts_with("- ") {
            let new = said(before.content(), "this line is not where it belongs", "too far to the left", INDENT)?;
            return Some(reindented(new, file, text, before, Some(line.indent_width())));
        }
    }
    if misses_colon && let Some(new) = hanging::diagnostic(file, text, line, false) {
        return Some(new);
    }
    let is_further = before.is_some_and(|before| line.indent_width() > before.indent_width());
    if info.contains("mapping values are not allowed") && is_further && line.has_key() && !line.value.contains(": ") {
        let (start, end) = line.indent();
        return said(
            start..end.max(start + 1),
            "this line is indented too far",
            "further than the line before",
            INDENT,
        )
        .map(|new| moved(new, file, text, line));
    }
    None
}

/// Marks behind `|` or `>` that YAML does not know, or a number of spaces that the lines below do not have.
fn block_header(file: FileId, text: &str, line: &Line<'_>) -> Option<Diagnostic> {
    let marks = line.block_marks()?;
    let first = &marks[..1];
    let has_number = marks.contains(|c: char| c.is_ascii_digit());
    let is_right = marks[1..].chars().filter(|c| "+-".contains(*c)).count() < 2
        && marks[1..].chars().filter(|c| !"+-".contains(*c)).all(|c| matches!(c, '1'..='9'));
    let (message, label) = match is_right {
        true if !has_number => return None,
        true => ("the lines of this text are not indented as its mark says", "the number of spaces"),
        false => ("a text on the lines below cannot begin so", "these marks do not go together"),
    };
    let (help, replacement) = match first {
        ">" => ("write `>-`: the lines are joined by spaces", ">-"),
        _ => ("write `|-`: the lines are kept apart", "|-"),
    };
    let range = line.value_start()..line.value_start() + marks.len();
    let span = Span { file, start: range.start, end: range.end };
    let new = Diagnostic::new(Code::YamlSyntax, span, message, label, help);
    Some(new.fixed_by(span, replacement).with_certainty(mends(text, range, replacement)))
}

/// Whether the file can be read, at least up to the end of this line, once the change is made.
fn mends(text: &str, range: Range<usize>, replacement: &str) -> Certainty {
    let mended = [&text[..range.start], replacement, &text[range.end..]].concat();
    let end = range.start + replacement.len();
    let (_, refusals) = positions::read(&mended);
    let is_wrong = |refusal: &Refusal| matches!(refusal, Refusal::Syntax { at, .. } if *at <= end);
    if refusals.iter().any(is_wrong) { Certainty::Likely } else { Certainty::Certain }
}

/// A character that no text file should hold.
pub(super) fn control_character(span: Span, character: char, same: &[Span]) -> Diagnostic {
    let code = format!("{:04X}", u32::from(character));
    let what = if character.is_control() { "control character" } else { "invisible character" };
    let message = format!("this file holds the {what} U+{code}");
    let help = format!("remove it; inside double quotes it can be written as `\\u{code}`");
    let new = Diagnostic::new(Code::YamlSyntax, span, message, "this character cannot be seen", help);
    // Some say something in the scripts that need them, or in a reply.
    let is_idle = matches!(character, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}');
    let certainty = if is_idle { Certainty::Certain } else { Certainty::Likely };
    let replacement = if matches!(character, '\u{85}' | '\u{2028}' | '\u{2029}') { " " } else { "" };
    same.iter().fold(new, |new, span| new.fixed_by(*span, replacement)).with_certainty(certainty)
}

/// A line that ends as lines did on computers of the last century: it would be a line here, and none in an editor.
pub(super) fn carriage_return(span: Span) -> Diagnostic {
    let message = "a line ends with a carriage return alone";
    let help = "save the file with the line ends of your system (LF, or CR LF)";
    Diagnostic::new(Code::YamlSyntax, span, message, "no line feed follows", help)
}

/// What serde_yaml refuses although the walk over the positions went through.
pub(super) fn of_values(file: FileId, error: &serde_yaml::Error, text: &str) -> Diagnostic {
    let at = error.location().map_or(0, |location| {
        let line = text.split_inclusive('\n').take(location.line().saturating_sub(1)).map(str::len).sum::<usize>();
        let column = text[line..].char_indices().nth(location.column().saturating_sub(1)).map_or(0, |(at, _)| at);
        line + column
    });
    diagnostic(file, at, &error.to_string(), text)
}

const TABS: &str = "indent with spaces: YAML does not allow tabs here";
const QUOTE: &str = "put the whole text in double quotes";
const QUOTE_COLON: &str = "put the whole text in double quotes: it contains `: `";
const CLOSE: &str =
    "end the text with the quote it began with; inside '…' write '' for a quote, inside \"…\" write \\\"";
const ESCAPE: &str = "write `\\\\` for a backslash, or put the text in single quotes";
const INDENT: &str = "give this line the same indentation as the lines it belongs to";
const SPACES: &str = "indent with spaces, as they come from the space bar";
const OUT_OF_BLOCK: &str = "no key, and not part of the text either";
const INTO_BLOCK: &str = "indent the line like those of the text above it";
const DASH: &str = "write `- ` with a space before what follows";
const COLON_TAB: &str = "write a space instead: YAML does not allow a tab here";
const COMMA: &str = "remove the comma, or write what is missing before it";
const BLOCK: &str = "start the text on the next line, further indented, or put all of it in quotes";
const LIST: &str = "start the list on the next line, or write it as `[a, b]`";
const BRACKET: &str = "close the bracket or brace that is open, or put the text in quotes if it is part of it";
const BRACKET_TOO_MANY: &str = "remove the bracket, or put the text in quotes if it is part of it";
const KEY: &str = "write each line as `key: value`, with a space after the colon";

/// Message, label and help.
fn guess(line: &Line<'_>, at: usize, info: &str, text: &str) -> (String, String, &'static str) {
    let label = |label: &str| label.to_owned();
    if line.indented_by_tab() || info.contains("tab") {
        return ("a tab is used for indentation".to_owned(), label("this is a tab"), TABS);
    }
    if info.contains("escape") || info.contains("hexdecimal") || info.contains("hexadecimal") {
        return ("this text has an escape that does not exist".to_owned(), label("in this text"), ESCAPE);
    }
    if info.contains("quoted scalar") || info.contains("end of stream") && line.value.starts_with(['"', '\'']) {
        return ("a text in quotes does not end where it should".to_owned(), label("look at this text"), CLOSE);
    }
    if let Some(first) = line.value.chars().next().filter(|c| "[{%@`*&!,]}#?".contains(*c)) {
        let closed = !info.contains("flow") || line.value.ends_with([']', '}']);
        if "%@`,]}".contains(first) || closed && line.after_value_start(at) {
            return (format!("a text cannot begin with `{first}` here"), label("this text needs quotes"), QUOTE);
        }
    }
    if info.contains("mapping values are not allowed") && line.value.contains(": ") && line.after_value_start(at) {
        return ("a text that contains `: ` needs quotes".to_owned(), label("this text needs quotes"), QUOTE_COLON);
    }
    if info.contains("block scalar") {
        return ("a text cannot begin on this line".to_owned(), label("after `|` or `>` the line ends"), BLOCK);
    }
    if info.contains("sequence entries are not allowed") {
        return ("a list cannot begin on this line".to_owned(), label("a list item"), LIST);
    }
    // At the end of the file, only what is still open can be missing.
    let is_open = || line.value.is_empty() && open_bracket(text, line.start).is_some();
    if info.contains("flow") || info.contains("','") || info.contains("illegal placement") || is_open() {
        return ("a bracket or brace is not closed".to_owned(), label("noticed here"), BRACKET);
    }
    if info.contains("expected key") || info.contains("indicator") || info.contains("indent") {
        return ("this line is not where it belongs".to_owned(), label("unexpected here"), INDENT);
    }
    (format!("this is not valid YAML: {info}"), label("noticed here"), KEY)
}

fn is_quoting(help: &str) -> bool {
    help == QUOTE || help == QUOTE_COLON
}
