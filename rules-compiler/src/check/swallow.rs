//! Templates that say too little, or whose holes take what stands behind them.

use crate::diagnostic::Code;
use crate::template::{Item, Piece, Template};
use rules_runtime::FieldType;
use rules_runtime::template::takes;

/// Fewest fixed letters and digits of a template.
const LETTERS: usize = 4;

/// What is wrong with a template that can be read: the code, in words, how to mend it.
pub(crate) fn mistake(template: &Template) -> Option<(Code, String, &'static str)> {
    let letters: usize = template.pieces.iter().map(fixed_letters).sum();
    if letters < LETTERS {
        let message = format!("this template has {letters} fixed letters or digits");
        return Some((
            Code::TooFewLetters,
            message,
            "quote more of the reply: at least four letters that always stand there",
        ));
    }
    let items = template.items();
    let at = |at: usize| items.get(at);
    (0..items.len()).find_map(|place| {
        let Item::Hole { kind, stop, .. } = items[place] else { return None };
        let holds = |text: &Vec<u8>| text.iter().all(|byte| takes(kind, *byte));
        if is_needed(kind, stop) {
            let message =
                format!("`{{{kind}}}` would have to stop at the first `{}`, which its value needs", char::from(stop));
            let help = "leave out the text behind the hole, or write `{text}` where the hole stands";
            return Some((Code::HoleSwallows, message, help));
        }
        match (at(place + 1), at(place + 2)) {
            (Some(Item::Literal { bytes, .. }), Some(Item::Hole { kind: next, .. }))
                if is_structured(kind) && holds(bytes) =>
            {
                let between = String::from_utf8_lossy(bytes);
                let message = format!("`{{{kind}}}` could take the `{between}` and the `{{{next}}}` behind it as well");
                let help = "write one hole for both, or the text that stands between them in the reply";
                Some((Code::HoleSwallows, message, help))
            }
            _ => None,
        }
    })
}

/// Whether a value of this type cannot do without the byte.
fn is_needed(kind: FieldType, stop: u8) -> bool {
    match kind {
        FieldType::Ip | FieldType::Domain | FieldType::Url => stop == b'.',
        FieldType::Email => stop == b'@',
        _ => false,
    }
}

/// Whether punctuation within a value has a meaning: of a host, the first label is not the host.
fn is_structured(kind: FieldType) -> bool {
    !matches!(kind, FieldType::Ip | FieldType::Token | FieldType::Number | FieldType::Text)
}

/// Letters and digits; a character of a script that sets no spaces says as much as two.
fn fixed_letters(piece: &Piece) -> usize {
    const IDEOGRAPHS: char = '\u{2E80}';
    let letters = |text: &String| -> usize {
        text.chars().filter(|c| c.is_alphanumeric() || *c == '_').map(|c| if c >= IDEOGRAPHS { 2 } else { 1 }).sum()
    };
    match piece {
        Piece::Literal { text, .. } => letters(text),
        Piece::Choice { texts } => texts.iter().map(letters).min().unwrap_or(0),
        Piece::Hole { .. } => 0,
        Piece::Expression(expression) => expression.letters(),
    }
}
