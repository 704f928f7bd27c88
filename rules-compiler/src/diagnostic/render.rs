//! Diagnostics as text, in the manner of rustc.

use super::{Diagnostic, Diagnostics, Fix, Label, Origin, Severity, Span};
use crate::catalogue::FileId;
use crate::source::Sources;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without colour: for files, pipes and tests.
    Plain,
    /// With the escape codes of a terminal.
    Colour,
}

/// All of them, an empty line after each.
#[must_use]
pub fn render_all(diagnostics: &Diagnostics, sources: &Sources, style: Style) -> String {
    diagnostics.iter().map(|diagnostic| render(diagnostic, sources, style) + "\n\n").collect()
}

/// One of them, without a line break at the end.
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colour => Renderer::styled(),
    };
    renderer.decor_style(DecorStyle::Ascii).render(&groups(diagnostic, sources))
}

fn groups<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(&*diagnostic.message).id(diagnostic.code.id()));
    if let Origin::Text(primary) = &diagnostic.origin {
        group = group.elements(excerpts(primary, &diagnostic.secondary, sources));
    }
    match &diagnostic.fix {
        Some(fix) if is_readable(fix, sources) => {
            let patch = Group::with_title(Level::HELP.secondary_title(&*diagnostic.help)).element(patch(fix, sources));
            vec![group, patch]
        }
        _ => vec![group.element(Level::HELP.message(&*diagnostic.help))],
    }
}

/// One excerpt for each file that a label points into, the primary label's first.
fn excerpts<'a>(
    primary: &'a Label,
    secondary: &'a [Label],
    sources: &'a Sources,
) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let mut files = vec![primary.span.file];
    for label in secondary {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    let labels = || {
        std::iter::once((AnnotationKind::Primary, primary))
            .chain(secondary.iter().map(|label| (AnnotationKind::Context, label)))
    };
    let excerpt = |file: FileId| {
        let here = || labels().filter(move |(_, label)| label.span.file == file);
        let lines = Lines::around(here().map(|(_, label)| label.span), file, sources);
        let annotations = here().map(|(kind, label)| {
            let annotation = kind.span(lines.local(label.span));
            if label.text.is_empty() { annotation } else { annotation.label(&*label.text) }
        });
        Snippet::source(lines.text)
            .line_start(lines.first)
            .path(sources.name(file))
            .annotations(annotations.collect::<Vec<_>>())
    };
    files.into_iter().map(excerpt).collect()
}

fn patch<'a>(fix: &'a Fix, sources: &'a Sources) -> Snippet<'a, Patch<'a>> {
    let file = fix.edits.first().map_or(FileId(0), |edit| edit.span.file);
    let lines = Lines::around(fix.edits.iter().map(|edit| edit.span), file, sources);
    Snippet::source(lines.text).line_start(lines.first).path(sources.name(file)).patches(
        fix.edits.iter().map(|edit| Patch::new(lines.local(edit.span), &*edit.replacement)).collect::<Vec<_>>(),
    )
}

/// Whether a fix can be shown as changed lines: these are not cut, unlike excerpts, so they must be short. And the library
/// that draws them moves what stands behind a shortened text to the left even where that is in another line: where it
/// would move something out of the picture, the words of the help must do.
fn is_readable(fix: &Fix, sources: &Sources) -> bool {
    const LONGEST: usize = 2_000;
    let lines = fix.edits.first().map(|edit| {
        let spans = fix.edits.iter().map(|edit| edit.span);
        Lines::around(spans, edit.span.file, sources).text.len()
    });
    let mut shorter = 0;
    let drawn = fix.edits.iter().all(|edit| {
        let (_, column) = sources.line_column(edit.span.file, edit.span.start);
        let inside = shorter < column;
        shorter += (edit.span.end - edit.span.start).saturating_sub(edit.replacement.len());
        inside
    });
    drawn && lines.is_some_and(|length| length <= LONGEST)
}

/// The whole lines that some spans touch: large files need not be measured for every diagnostic.
struct Lines<'a> {
    text: &'a str,
    first: usize,
    offset: usize,
}

impl<'a> Lines<'a> {
    fn around(spans: impl Iterator<Item = Span>, file: FileId, sources: &'a Sources) -> Self {
        let text = sources.text(file);
        let (start, end) = spans.fold((text.len(), 0), |(start, end), span| (start.min(span.start), end.max(span.end)));
        let (start, end) = (boundary(text, start), boundary(text, end.max(start)));
        let from = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let to = text[end..].find('\n').map_or(text.len(), |newline| end + newline + 1);
        Self { text: &text[from..to], first: sources.line_column(file, from).0, offset: from }
    }

    fn local(&self, span: Span) -> std::ops::Range<usize> {
        let clamp = |at: usize| at.saturating_sub(self.offset).min(self.text.len());
        clamp(span.start)..clamp(span.end)
    }
}

fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
