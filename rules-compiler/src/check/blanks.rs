//! Blanks that a scaffold left for a person to fill.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::source::Sources;

/// How a value begins that is still to be filled in; what is wanted follows behind a colon.
pub const BLANK: &str = "FILL IN";

/// How people mark what they have not written yet.
const NOTES: [&str; 3] = ["TODO", "FIXME", "TBD"];

/// Reports every blank, and nothing else that is wrong with it.
pub(super) fn check(sources: &Sources, diagnostics: &mut Diagnostics) {
    for file in sources.files() {
        for (key, span) in sources.single_values(file) {
            let Some(wanted) = sources.text(file).get(span.range()).and_then(wanted) else { continue };
            diagnostics.retain(|diagnostic| !diagnostic.span().is_some_and(|other| span.contains(other)));
            diagnostics.push(blank(key, span, &wanted));
        }
    }
}

fn blank(key: &str, span: Span, wanted: &str) -> Diagnostic {
    let message = format!("`{key}` is still to be filled in");
    let help = if wanted.is_empty() { "write it in place of this text".to_owned() } else { format!("write {wanted}") };
    Diagnostic::new(Code::Blank, span, message, "a blank", help)
}

/// What a blank asks for; nothing where the value is no blank.
fn wanted(value: &str) -> Option<String> {
    let opens = |c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '>' | '|' | '-' | '+' | '"' | '\'');
    let value = value.trim_start_matches(opens);
    let is_note = |note: &&str| {
        value.strip_prefix(*note).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
    };
    if NOTES.iter().any(is_note) {
        return Some(String::new());
    }
    let rest = value.strip_prefix(BLANK)?;
    let rest = rest.trim_start_matches(':').trim_end_matches(['"', '\'']);
    Some(rest.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::wanted;

    #[test]
    fn a_blank_is_told_however_it_is_written() {
        for value in
            ["FILL IN: its name", "\"FILL IN: its name\"", ">-\n      FILL IN: its\n      name", "'FILL IN: its name'"]
        {
            assert_eq!(wanted(value).as_deref(), Some("its name"), "{value}");
        }
        assert_eq!(wanted("FILL IN").as_deref(), Some(""));
        assert_eq!(wanted("\"TODO: say why\"").as_deref(), Some(""));
        assert_eq!(wanted("TODOS-1 refused"), None);
        assert_eq!(wanted("Do not FILL IN anything"), None);
    }
}
