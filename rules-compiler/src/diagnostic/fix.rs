//! Applies the fixes that are certain, by changing the bytes that they name and no others.

use super::{Certainty, Diagnostic, Diagnostics, Edit, Span};
use crate::catalogue::FileId;
use crate::source::Sources;
use std::collections::BTreeMap;

/// A file with its fixes applied.
#[derive(Debug)]
pub struct Fixed<'a> {
    /// Which file.
    pub file: FileId,
    /// Its text now, without a byte order mark.
    pub text: String,
    /// What was mended, in the order of the places.
    pub mended: Vec<&'a Diagnostic>,
}

/// Applies every certain fix that does not touch another one: of two that overlap, the first by place is applied.
///
/// Nothing is written. Files without a certain fix are left out.
#[must_use]
pub fn apply<'a>(diagnostics: &'a Diagnostics, sources: &Sources) -> Vec<Fixed<'a>> {
    let mut files: BTreeMap<FileId, Plan<'a>> = BTreeMap::new();
    for diagnostic in diagnostics {
        if let Some((file, edits)) = certain(diagnostic) {
            files.entry(file).or_default().add(edits, diagnostic, sources.text(file));
        }
    }
    let fixed = files.into_iter().filter(|(_, plan)| !plan.edits.is_empty());
    fixed.map(|(file, plan)| Fixed { file, text: plan.text(sources.text(file)), mended: plan.mended }).collect()
}

/// The edits of a fix that may be made without a look, and their file.
fn certain(diagnostic: &Diagnostic) -> Option<(FileId, &[Edit])> {
    let fix = diagnostic.fix.as_ref().filter(|fix| fix.certainty == Certainty::Certain)?;
    let file = fix.edits.first()?.span.file;
    fix.edits.iter().all(|edit| edit.span.file == file).then_some((file, &fix.edits))
}

/// The edits of one file, by place.
#[derive(Default)]
struct Plan<'a> {
    edits: BTreeMap<Span, &'a str>,
    mended: Vec<&'a Diagnostic>,
}

impl<'a> Plan<'a> {
    /// Takes all edits of a fix, or none of them.
    fn add(&mut self, edits: &'a [Edit], diagnostic: &'a Diagnostic, text: &str) {
        let is_new = |edit: &Edit| self.edits.get(&edit.span) != Some(&edit.replacement.as_str());
        let new: Vec<&Edit> = edits.iter().filter(|edit| is_new(edit)).collect();
        let apart = |edit: &&Edit| {
            let clear = self.edits.keys().all(|taken| !touches(*taken, edit.span));
            clear && edits.iter().all(|other| *other == **edit || !touches(other.span, edit.span))
        };
        let in_text = |edit: &&Edit| text.get(edit.span.range()).is_some();
        if new.iter().all(apart) && new.iter().all(in_text) {
            self.edits.extend(new.iter().map(|edit| (edit.span, edit.replacement.as_str())));
            self.mended.push(diagnostic);
        }
    }

    fn text(&self, old: &str) -> String {
        let mut text = String::with_capacity(old.len());
        let mut copied = 0;
        for (span, replacement) in &self.edits {
            text.push_str(&old[copied..span.start]);
            text.push_str(replacement);
            copied = span.end;
        }
        text + &old[copied..]
    }
}

/// Whether two edits share a byte, or stand at one place: which comes first would then change the result.
fn touches(a: Span, b: Span) -> bool {
    a.file == b.file && a.start < b.end && b.start < a.end || a.start == b.start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn span(start: usize, end: usize) -> Span {
        Span { file: FileId(0), start, end }
    }

    fn diagnostic(edits: &[(usize, usize, &str)]) -> Diagnostic {
        let new = Diagnostic::new(Code::UnknownKey, span(0, 1), "", "", "");
        edits.iter().fold(new, |diagnostic, (start, end, text)| diagnostic.fixed_by(span(*start, *end), *text))
    }

    fn plan(text: &str, diagnostics: &[Diagnostic]) -> (String, usize) {
        let mut plan = Plan::default();
        for diagnostic in diagnostics {
            let (_, edits) = certain(diagnostic).expect("a certain fix");
            plan.add(edits, diagnostic, text);
        }
        (plan.text(text), plan.mended.len())
    }

    #[test]
    fn only_the_named_bytes_change() {
        let diagnostics = [diagnostic(&[(4, 7, "EF")]), diagnostic(&[(0, 0, "> "), (9, 10, "")])];
        assert_eq!(plan("abc defg hi", &diagnostics), ("> abc EFg i".to_owned(), 2));
    }

    #[test]
    fn of_two_fixes_that_overlap_one_is_left() {
        let diagnostics = [diagnostic(&[(0, 3, "x")]), diagnostic(&[(2, 4, "y"), (6, 7, "z")])];
        assert_eq!(plan("abcdefgh", &diagnostics), ("xdefgh".to_owned(), 1), "all edits of the second are left");
        let insertions = [diagnostic(&[(1, 1, "x")]), diagnostic(&[(1, 1, "y")])];
        assert_eq!(plan("ab", &insertions), ("axb".to_owned(), 1));
        let same = [diagnostic(&[(1, 2, "x")]), diagnostic(&[(1, 2, "x")])];
        assert_eq!(plan("ab", &same), ("ax".to_owned(), 2), "one edit mends both");
        let itself = [diagnostic(&[(0, 2, "x"), (1, 3, "y")])];
        assert_eq!(plan("abc", &itself), ("abc".to_owned(), 0));
    }

    #[test]
    fn a_fix_that_is_only_likely_or_out_of_the_text_is_left() {
        let likely = diagnostic(&[(0, 1, "x")]).with_certainty(Certainty::Likely);
        assert!(certain(&likely).is_none());
        assert_eq!(plan("é", &[diagnostic(&[(1, 2, "x")]), diagnostic(&[(0, 9, "x")])]), ("é".to_owned(), 0));
    }
}
