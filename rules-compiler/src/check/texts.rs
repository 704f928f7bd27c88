//! Templates and regular expressions: read, or reported at the byte that is wrong.

use super::{Input, swallow};
use crate::catalogue::{Located, OwnedRule, Place};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, nearest};
use crate::template::expression::{Expression, ExpressionProblem};
use crate::template::{Piece, Problem, Template, TemplateError, parse};
use rules_runtime::{FieldType, LOOK_AT};

/// Most templates and regular expressions of a rule.
const MAX_TEXTS: usize = 64;
/// Most fields of a template.
const MAX_FIELDS: usize = 12;
/// Most parts of a template between its gaps.
const MAX_PARTS: usize = 8;

/// The templates that could be read.
pub(super) struct Texts {
    /// By rule.
    pub rules: Vec<Vec<Template>>,
    /// By provider.
    pub markers: Vec<Vec<Template>>,
}

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Texts {
    let rules = input.rules().map(|rule| rule_texts(input, rule, diagnostics)).collect();
    let providers = input.catalogue.providers.iter();
    let markers = providers.map(|provider| {
        let markers = input.each(&provider.place, "markers", &provider.value.markers);
        markers.flat_map(|(text, place)| template(input, text, &place, diagnostics)).collect()
    });
    Texts { rules, markers: markers.collect() }
}

fn rule_texts(input: &Input<'_>, located: &Located<OwnedRule>, diagnostics: &mut Diagnostics) -> Vec<Template> {
    let rule = &located.value.rule;
    let mut templates = Vec::new();
    for (text, place) in input.each(&located.place, "text", &rule.text) {
        templates.extend(template(input, text, &place, diagnostics));
    }
    for (regex, place) in input.each(&located.place, "regex", &rule.regex) {
        templates.extend(regular_expression(input, regex, &place, diagnostics));
    }
    let alternatives = rule.text.len() + rule.regex.len();
    if alternatives > MAX_TEXTS {
        let span = input.sources.key_span(&located.place.key("text"));
        let message = format!("`{}` has {alternatives} templates", located.value.id);
        let help = format!("split the rule, or write what differs as `{{a|b}}`: at most {MAX_TEXTS} templates");
        diagnostics.push(Diagnostic::new(Code::TooManyAlternatives, span, message, "too many", help));
    }
    templates
}

fn template(input: &Input<'_>, text: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<Template> {
    match parse(text) {
        Ok(template) => {
            if let Some((message, help)) = too_large(&template) {
                let span = input.sources.span(place);
                diagnostics.push(Diagnostic::new(
                    Code::TemplateTooLarge,
                    span,
                    message,
                    "too much for one template",
                    help,
                ));
            } else if let Some((code, message, help)) = swallow::mistake(&template) {
                let span = input.sources.span(place);
                diagnostics.push(Diagnostic::new(code, span, message, "in this template", help));
            }
            Some(template)
        }
        Err(errors) => {
            diagnostics.extend(errors.iter().map(|error| malformed(input, text, place, error)));
            None
        }
    }
}

fn malformed(input: &Input<'_>, text: &str, place: &Place, error: &TemplateError) -> Diagnostic {
    let (start, end) = (error.offset, error.offset + error.length);
    let span = input.sources.part_span(place, text, start..end);
    let (message, help) = (error.problem.to_string(), error.problem.remedy());
    let diagnostic = |label: &str| Diagnostic::new(Code::MalformedTemplate, span, message.clone(), label, help.clone());
    let Problem::UnknownType(name) = &error.problem else { return diagnostic("in this template") };
    let Some(meant) = nearest(name, FieldType::ALL.map(FieldType::name)) else { return diagnostic("in this template") };
    let diagnostic = diagnostic(&meant.question(name));
    match text.get(start..end).and_then(|hole| hole.rfind(name.as_str())) {
        Some(at) if span != input.sources.span(place) => {
            let start = span.start + at;
            diagnostic
                .fixed_by(Span { start, end: start + name.len(), ..span }, meant.name)
                .with_certainty(meant.certainty)
        }
        _ => diagnostic,
    }
}

fn too_large(template: &Template) -> Option<(String, String)> {
    if let Some(length) = Some(template.literal_length()).filter(|length| *length > LOOK_AT) {
        let help = format!("quote less of the reply: no more than {LOOK_AT} bytes of one are looked at");
        return Some((format!("this template has {length} bytes of text"), help));
    }
    let fields = template.pieces.iter().filter(|piece| field(piece).is_some()).count();
    if fields > MAX_FIELDS {
        let help = format!("report at most {MAX_FIELDS}: write `{{text}}` for what nobody needs");
        return Some((format!("this template has {fields} fields"), help));
    }
    let is_gap = |piece: &Piece| matches!(piece, Piece::Hole { kind: FieldType::Text, .. });
    let parts = template.pieces.split(is_gap).filter(|part| !part.is_empty()).count();
    let help = format!("quote less of the reply: at most {MAX_PARTS} parts");
    (parts > MAX_PARTS).then(|| (format!("this template has {parts} parts between gaps"), help))
}

fn field(piece: &Piece) -> Option<&String> {
    match piece {
        Piece::Literal { field, .. } | Piece::Hole { field, .. } => field.as_ref(),
        Piece::Choice { .. } | Piece::Expression(_) => None,
    }
}

fn regular_expression(input: &Input<'_>, text: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<Template> {
    let error = match Expression::parse(text) {
        Ok(expression) => {
            let template = Template::from(expression);
            if let Some((code, message, help)) = swallow::mistake(&template) {
                let span = input.sources.span(place);
                diagnostics.push(Diagnostic::new(code, span, message, "in this expression", help));
            }
            return Some(template);
        }
        Err(error) => error,
    };
    let code = match error.problem {
        ExpressionProblem::Empty => Code::RegexMatchesNothing,
        ExpressionProblem::TooLarge(_) => Code::RegexTooLarge,
        ExpressionProblem::NoAnchor => Code::RegexWithoutWords,
        _ => Code::MalformedRegex,
    };
    let label = match code {
        Code::RegexMatchesNothing => "it would match every reply",
        Code::RegexTooLarge => "too large",
        Code::RegexWithoutWords => "nothing to look for",
        _ => "in this expression",
    };
    let span = input.sources.part_span(place, text, error.range);
    diagnostics.push(Diagnostic::new(code, span, error.problem.to_string(), label, error.problem.remedy()));
    None
}
