//! What regular expressions may say elsewhere, but not here.

use super::{ExpressionError, ExpressionProblem, error_of};
use regex_syntax::ast::{self, Ast, ClassSetItem, GroupKind, Span, Visitor};
use regex_syntax::hir::{Hir, HirKind};

/// Finds the first assertion, named group or flag. Else the expression with its letters in lower case, as replies are
/// folded: those of ASCII only.
pub fn in_lower_case(text: &str) -> Result<String, ExpressionError> {
    let ast = ast::parse::Parser::new().parse(text);
    let ast = ast.map_err(|error| error_of(text, &regex_syntax::Error::Parse(error)))?;
    ast::visit(&ast, Refuse { text, lower: text.to_owned() })
}

struct Refuse<'t> {
    text: &'t str,
    lower: String,
}

impl Refuse<'_> {
    /// Turns a letter that stands for itself into lower case; `\W` and `\x4B` are left alone.
    fn fold(&mut self, span: &Span) {
        let range = span.start.offset..span.end.offset;
        if let [letter] = &self.lower.as_bytes()[range.clone()] {
            let letter = char::from(letter.to_ascii_lowercase());
            if letter.is_ascii() {
                self.lower.replace_range(range, letter.encode_utf8(&mut [0; 4]));
            }
        }
    }
}

impl Visitor for Refuse<'_> {
    type Output = String;
    type Err = ExpressionError;

    fn finish(self) -> Result<String, ExpressionError> {
        Ok(self.lower)
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), ExpressionError> {
        match item {
            ClassSetItem::Literal(literal) => self.fold(&literal.span),
            ClassSetItem::Range(range) => {
                self.fold(&range.start.span);
                self.fold(&range.end.span);
            }
            _ => {}
        }
        Ok(())
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), ExpressionError> {
        let range = ast.span().start.offset..ast.span().end.offset;
        let refused = |problem| Err(ExpressionError { range: range.clone(), problem });
        match ast {
            Ast::Assertion(_) => refused(ExpressionProblem::Assertion(self.text[range.clone()].to_owned())),
            Ast::Literal(literal) => {
                self.fold(&literal.span);
                Ok(())
            }
            Ast::Flags(_) => refused(ExpressionProblem::Flags),
            Ast::Group(group) => match &group.kind {
                GroupKind::CaptureName { .. } => refused(ExpressionProblem::NamedGroup),
                GroupKind::NonCapturing(flags) if !flags.items.is_empty() => refused(ExpressionProblem::Flags),
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }
}

/// Whether something that may hold a space is repeated without end: it would run over all of the reply.
pub fn is_endless(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Repetition(repetition) => {
            repetition.max.is_none() && may_hold_space(&repetition.sub) || is_endless(&repetition.sub)
        }
        HirKind::Capture(group) => is_endless(&group.sub),
        HirKind::Concat(all) | HirKind::Alternation(all) => all.iter().any(is_endless),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => false,
    }
}

fn may_hold_space(hir: &Hir) -> bool {
    use regex_syntax::hir::Class;
    match hir.kind() {
        HirKind::Literal(literal) => literal.0.contains(&b' '),
        HirKind::Class(Class::Bytes(class)) => class.ranges().iter().any(|r| r.start() <= b' ' && b' ' <= r.end()),
        HirKind::Class(Class::Unicode(class)) => class.ranges().iter().any(|r| r.start() <= ' ' && ' ' <= r.end()),
        HirKind::Repetition(repetition) => may_hold_space(&repetition.sub),
        HirKind::Capture(group) => may_hold_space(&group.sub),
        HirKind::Concat(all) | HirKind::Alternation(all) => all.iter().any(may_hold_space),
        HirKind::Empty | HirKind::Look(_) => false,
    }
}
