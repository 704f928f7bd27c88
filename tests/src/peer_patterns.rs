//! A catalogue's templates as regular expressions, for the matchers that ours is measured against.
//!
//! They are a little easier than the templates: a hole is a run of its characters, whatever it looks like, a space is one
//! space, words need not begin or end where the template does, and neither codes nor evidence are asked for. A regular
//! expression's number is the template's place in the catalogue.

use rules_compiler::check::Checked;
use rules_compiler::template::{Item, Template};
use rules_runtime::FieldType;
use std::fmt::Write;

/// A template for a peer.
#[derive(Debug, Clone)]
pub struct PeerPattern {
    /// The regular expression, to be matched in any case.
    pub regex: String,
    /// A text that every match holds, in lower case: the longest literal, or the start of a choice's only text.
    pub literal: String,
}

/// How a regular expression writes bytes beyond ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// As bytes: `\xC3\xA9`.
    Bytes,
    /// As characters.
    Characters,
}

/// Every template of a catalogue.
#[must_use]
pub fn all(checked: &Checked, encoding: Encoding) -> Vec<PeerPattern> {
    let templates = checked.rules.iter().flat_map(|rule| &rule.templates);
    templates.map(|template| pattern(template, encoding)).collect()
}

fn pattern(template: &Template, encoding: Encoding) -> PeerPattern {
    let (mut regex, mut literal) = (String::new(), String::new());
    for item in template.items() {
        match item {
            Item::Literal { bytes, .. } => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                push(&mut regex, &text, encoding);
                if text.len() > literal.len() {
                    literal = text;
                }
            }
            Item::Choice { texts } => {
                regex.push_str("(?:");
                for (number, text) in texts.iter().enumerate() {
                    if number > 0 {
                        regex.push('|');
                    }
                    push(&mut regex, &String::from_utf8_lossy(text), encoding);
                }
                regex.push(')');
            }
            Item::Hole { kind, .. } => regex.push_str(hole(kind)),
            Item::Gap { .. } => regex.push_str(".*"),
            Item::Expression(expression) => {
                write!(regex, "(?:{})", expression.text).expect("memory");
                let words = expression.anchors().into_iter().filter_map(|mut set| set.pop().filter(|_| set.is_empty()));
                literal =
                    words.max_by_key(Vec::len).map_or(literal, |word| String::from_utf8_lossy(&word).into_owned());
            }
        }
    }
    PeerPattern { regex, literal }
}

fn push(regex: &mut String, text: &str, encoding: Encoding) {
    for character in text.chars() {
        if character.is_ascii() || encoding == Encoding::Characters {
            if character.is_ascii_punctuation() {
                regex.push('\\');
            }
            regex.push(character);
        } else {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                write!(regex, "\\x{byte:02x}").expect("memory");
            }
        }
    }
}

fn hole(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Ip => r"[0-9a-fx*:.]+",
        FieldType::Host | FieldType::Domain => r"[0-9a-z_.-]+",
        FieldType::Email => r"<?[^ <>()\[\]{},;:@]+@[0-9a-z_.-]+>?",
        FieldType::Url => "[^ <>\"`]+",
        FieldType::Number => r"[0-9.,]+",
        FieldType::Token => r#"[^ <>()\[\]{},;"'`]+"#,
        FieldType::Date => r"[0-9a-z:/.,+ -]+",
        FieldType::Text => ".*",
    }
}
