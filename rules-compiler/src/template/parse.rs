//! Reading a template.

use super::{MAX_ALTERNATIVES, MAX_PIECES, Piece, Problem, Template, TemplateError};
use rules_runtime::FieldType;
use rules_runtime::template::character;

/// Reads a template.
///
/// # Errors
///
/// Everything that is wrong with it, in the order of the text.
///
/// ```
/// let template = rules_compiler::template::parse("mailbox {is|} full").unwrap();
/// assert_eq!(template.pieces.len(), 3);
/// ```
pub fn parse(text: &str) -> Result<Template, Vec<TemplateError>> {
    let mut errors = Vec::new();
    let tokens = tokens(text, &mut errors);
    let is_gap = |token: &Token| matches!(token, Token::Piece(piece) if is_gap(piece));
    let combinations = |part: &[Token]| {
        part.iter().fold(1_usize, |count, token| match token {
            Token::Choice(words) => count.saturating_mul(words.len()),
            Token::Piece(_) => count,
        })
    };
    // Each part is looked for on its own.
    let count = tokens.split(is_gap).map(combinations).max().unwrap_or(1);
    let whole = |problem| TemplateError { offset: 0, length: text.len(), problem };
    if count > MAX_ALTERNATIVES {
        errors.push(whole(Problem::TooManyAlternatives(count)));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    assemble(&tokens).map_err(|problem| match (problem, adjacent_holes(text)) {
        (Problem::AdjacentHoles, Some(range)) => {
            vec![TemplateError { offset: range.start, length: range.len(), problem: Problem::AdjacentHoles }]
        }
        (problem, _) => vec![whole(problem)],
    })
}

/// Where the first two holes stand that nothing separates.
fn adjacent_holes(text: &str) -> Option<std::ops::Range<usize>> {
    let is_hole = |content: &str| !content.contains(['|', '=']);
    text.match_indices("}{").find_map(|(at, _)| {
        let start = text[..at].rfind('{').filter(|start| is_hole(&text[start + 1..at]))?;
        let end = at + 2 + text[at + 2..].find('}').filter(|end| is_hole(&text[at + 2..at + 2 + end]))?;
        Some(start..end + 1)
    })
}

enum Token {
    Piece(Piece),
    Choice(Vec<String>),
}

fn tokens(text: &str, errors: &mut Vec<TemplateError>) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut literal = String::new();
    let mut fields: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let offset = text.len() - rest.len() + at;
        literal.push_str(&rest[..at]);
        let brace = &rest[at..at + 1];
        rest = &rest[at + 1..];
        if let Some(behind) = rest.strip_prefix(brace) {
            literal.push_str(brace);
            rest = behind;
            continue;
        }
        let close = rest.find('}').filter(|_| brace == "{");
        let Some(close) = close else {
            // `{{ip}|you}`: the two braces were meant as a hole within a choice.
            let nested = text[..offset].rfind("{{").filter(|_| brace == "}" && rest.starts_with('|'));
            if let Some((start, end)) = nested.zip(rest.find('}')) {
                let length = text.len() - rest.len() + end + 1 - start;
                errors.push(TemplateError { offset: start, length, problem: Problem::Nested });
                rest = &rest[end + 1..];
                continue;
            }
            let problem = if brace == "{" { Problem::Unclosed } else { Problem::Unopened };
            errors.push(TemplateError { offset, length: 1, problem });
            continue;
        };
        let content = &rest[..close];
        if content.contains('|') && content.contains('{') {
            let length = 1 + end_of_nested(rest);
            errors.push(TemplateError { offset, length, problem: Problem::Nested });
            rest = &rest[length - 1..];
            continue;
        }
        rest = &rest[close + 1..];
        if !literal.is_empty() {
            tokens.push(Token::Piece(Piece::Literal { text: std::mem::take(&mut literal), field: None }));
        }
        match hole(content, &mut fields) {
            Ok(token) => tokens.push(token),
            Err(problem) => errors.push(TemplateError { offset, length: content.len() + 2, problem }),
        }
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        tokens.push(Token::Piece(Piece::Literal { text: literal, field: None }));
    }
    tokens
}

/// Behind the brace that closes the one before `rest`, the braces between them in pairs; else the end.
fn end_of_nested(rest: &str) -> usize {
    let mut open = 1;
    for (at, brace) in rest.match_indices(['{', '}']) {
        open = if brace == "{" { open + 1 } else { open - 1 };
        if open == 0 {
            return at + 1;
        }
    }
    rest.len()
}

/// What stands between braces.
fn hole(content: &str, fields: &mut Vec<String>) -> Result<Token, Problem> {
    if content.contains('|') {
        if content.split('|').all(|word| word.trim().is_empty()) {
            return Err(Problem::EmptyChoice);
        }
        return Ok(Token::Choice(content.split('|').map(str::to_owned).collect()));
    }
    let bare = content.trim();
    if bare.is_empty() || bare.starts_with([':', '=']) || bare.ends_with([':', '=']) {
        return Err(Problem::Incomplete);
    }
    let mut name = |name: &str| {
        let valid = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            && name.len() <= 40;
        if !valid {
            return Err(Problem::BadFieldName(name.to_owned()));
        }
        if fields.iter().any(|field| field == name) {
            return Err(Problem::DuplicateField(name.to_owned()));
        }
        fields.push(name.to_owned());
        Ok(name.to_owned())
    };
    if let Some((field, text)) = content.split_once('=') {
        return Ok(Token::Piece(Piece::Literal { text: text.to_owned(), field: Some(name(field)?) }));
    }
    let (field, kind) = match content.split_once(':') {
        Some((field, kind)) => (Some(field), kind),
        None => (None, content),
    };
    let kind = FieldType::from_name(kind).ok_or_else(|| Problem::UnknownType(kind.to_owned()))?;
    let field = match field {
        Some(field) => Some(name(field)?),
        None if kind == FieldType::Text => None,
        None => Some(name(kind.name())?),
    };
    Ok(Token::Piece(Piece::Hole { kind, field }))
}

/// The pieces, with white space folded.
fn assemble(tokens: &[Token]) -> Result<Template, Problem> {
    let mut pieces = Pieces { pieces: Vec::new(), space: true };
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Piece(Piece::Literal { text, field }) => pieces.literal(text, field.as_ref()),
            Token::Choice(words) => {
                let spaced = match tokens.get(at + 1) {
                    Some(Token::Piece(Piece::Literal { text, .. })) => text.starts_with(char::is_whitespace),
                    Some(_) => false,
                    None => true,
                };
                pieces.choice(words, spaced);
            }
            Token::Piece(hole) => pieces.hole(hole)?,
        }
    }
    pieces.finish()
}

/// A character as it is matched: typographic ones as what mail servers send, those without width not at all.
fn plain(c: char) -> Option<char> {
    match character(c.encode_utf8(&mut [0; 4]).as_bytes()) {
        (replacement, 2..) => replacement.map(char::from),
        _ => Some(c),
    }
}

/// The pieces so far; white space folds across a choice that may be empty.
struct Pieces {
    pieces: Vec<Piece>,
    /// Nothing but white space stands before the next piece, or nothing at all.
    space: bool,
}

impl Pieces {
    fn literal(&mut self, text: &str, field: Option<&String>) {
        let mut folded = String::new();
        for c in text.chars().filter_map(plain) {
            let blank = c.is_whitespace() || c.is_control();
            if !(blank && self.space) {
                folded.push(if blank { ' ' } else { c });
            }
            self.space = blank;
        }
        match (self.pieces.last_mut(), field) {
            _ if folded.is_empty() => {}
            (Some(Piece::Literal { text, field: None }), None) => text.push_str(&folded),
            _ => self.pieces.push(Piece::Literal { text: folded, field: field.cloned() }),
        }
    }

    /// Where a choice may be left out, one of the spaces around it is left out with it: it becomes part of the words.
    fn choice(&mut self, words: &[String], spaced: bool) {
        let mut texts: Vec<String> = Vec::new();
        for word in words {
            let word: String = word.chars().filter_map(plain).collect();
            let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
            if !texts.contains(&word) {
                texts.push(word);
            }
        }
        let optional = texts.iter().any(String::is_empty);
        let words = texts.iter_mut().filter(|text| !text.is_empty());
        self.space = false;
        if optional && spaced {
            match self.pieces.last_mut() {
                Some(Piece::Literal { text, field: None }) if text.ends_with(' ') && text != " " => {
                    text.pop();
                    words.for_each(|text| text.insert(0, ' '));
                }
                Some(Piece::Literal { text, .. }) if text == " " => {
                    self.pieces.pop();
                    if self.pieces.last().is_some_and(is_gap) {
                        self.space = true;
                        words.for_each(|text| text.push(' '));
                    } else {
                        words.for_each(|text| text.insert(0, ' '));
                    }
                }
                None => {
                    self.space = true;
                    words.for_each(|text| text.push(' '));
                }
                Some(Piece::Choice { texts }) if texts.iter().any(|text| text.ends_with(' ')) => {
                    self.space = true;
                    words.for_each(|text| text.push(' '));
                }
                Some(_) => {}
            }
        }
        self.pieces.push(Piece::Choice { texts });
    }

    fn hole(&mut self, hole: &Piece) -> Result<(), Problem> {
        if matches!(self.pieces.last(), Some(Piece::Hole { .. })) {
            return Err(Problem::AdjacentHoles);
        }
        self.pieces.push(hole.clone());
        self.space = false;
        Ok(())
    }

    fn finish(self) -> Result<Template, Problem> {
        let mut pieces = self.pieces;
        trim_end(&mut pieces);
        let is_one_gap = |three: &[Piece]| {
            let says_nothing = matches!(&three[1], Piece::Literal { text, .. } if text.trim().is_empty());
            is_gap(&three[0]) && says_nothing && is_gap(&three[2])
        };
        if pieces.windows(3).any(is_one_gap) {
            return Err(Problem::AdjacentHoles);
        }
        for at in 0..pieces.len() {
            if is_gap(&pieces[at]) {
                trim_beside_gap(&mut pieces, at);
            }
        }
        pieces.retain(|piece| !matches!(piece, Piece::Literal { text, .. } if text.is_empty()));
        let says = |piece: &Piece| match piece {
            Piece::Literal { text, .. } => text != " ",
            Piece::Choice { .. } => true,
            Piece::Hole { .. } | Piece::Expression(_) => false,
        };
        if !pieces.iter().any(says) {
            let has_hole = pieces.iter().any(|piece| matches!(piece, Piece::Hole { .. }));
            return Err(if has_hole { Problem::NoText } else { Problem::Empty });
        }
        if pieces.len() > MAX_PIECES {
            return Err(Problem::TooManyPieces(pieces.len()));
        }
        let idle = |piece: Option<&Piece>| matches!(piece, Some(Piece::Hole { kind: FieldType::Text, field: None }));
        if idle(pieces.first()) || idle(pieces.last()) {
            return Err(Problem::IdleGap);
        }
        let template = Template { pieces };
        template.check_choices()?;
        match template.anchors().is_empty() {
            true if template.has_words() => Err(Problem::NoWayBack),
            true => Err(Problem::NoAnchor),
            false => Ok(template),
        }
    }
}

fn is_gap(piece: &Piece) -> bool {
    matches!(piece, Piece::Hole { kind: FieldType::Text, .. })
}

fn trim_end(pieces: &mut Vec<Piece>) {
    if let Some(Piece::Literal { text, .. }) = pieces.last_mut() {
        text.truncate(text.trim_end().len());
        if text.is_empty() {
            pieces.pop();
        }
    }
}

/// A gap may be empty, so the spaces that set it off are not asked for; but one between a gap and a hole stays, since
/// it tells where the hole starts.
fn trim_beside_gap(pieces: &mut [Piece], gap: usize) {
    if let Some(Piece::Literal { text, .. }) = gap.checked_sub(1).and_then(|at| pieces.get_mut(at))
        && (text.trim_end() != "" || gap == 1)
    {
        text.truncate(text.trim_end().len());
    }
    let last = gap + 2 == pieces.len();
    if let Some(Piece::Literal { text, .. }) = pieces.get_mut(gap + 1)
        && (text.trim_start() != "" || last)
    {
        text.drain(..text.len() - text.trim_start().len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Piece;

    fn one(text: &str) -> Vec<Piece> {
        parse(text).expect("the template is good").pieces
    }

    fn literal(text: &str) -> Piece {
        Piece::Literal { text: text.to_owned(), field: None }
    }

    fn hole(kind: FieldType, field: &str) -> Piece {
        Piece::Hole { kind, field: (!field.is_empty()).then(|| field.to_owned()) }
    }

    #[test]
    fn literals_holes_and_named_literals() {
        assert_eq!(
            one("[{code=TSS04}] Messages from  {ip} {{x}}"),
            [
                literal("["),
                Piece::Literal { text: "TSS04".to_owned(), field: Some("code".to_owned()) },
                literal("] Messages from "),
                hole(FieldType::Ip, "ip"),
                literal(" {x}"),
            ]
        );
    }

    fn choice(texts: &[&str]) -> Piece {
        Piece::Choice { texts: texts.iter().map(|text| (*text).to_owned()).collect() }
    }

    #[test]
    fn a_choice_that_may_be_empty_takes_a_space_with_it() {
        assert_eq!(
            one("{the|} mailbox {is|was|} full {now|}"),
            [
                choice(&["the ", ""]),
                literal("mailbox"),
                choice(&[" is", " was", ""]),
                literal(" full"),
                choice(&[" now", ""])
            ]
        );
        assert_eq!(one("mailbox{es|} full"), [literal("mailbox"), choice(&["es", ""]), literal(" full")]);
        assert_eq!(one("{user|box} unknown"), [choice(&["user", "box"]), literal(" unknown")]);
        assert_eq!(one("{a|} {b|} quota"), [choice(&["a ", ""]), choice(&["b ", ""]), literal("quota")]);
        assert_eq!(
            one("quota {a|} {b|} c"),
            [literal("quota"), choice(&[" a", ""]), choice(&[" b", ""]), literal(" c")]
        );
    }

    #[test]
    fn a_gap_asks_for_no_spaces_but_keeps_the_one_before_a_hole() {
        assert_eq!(one("user {text} unknown"), [literal("user"), hole(FieldType::Text, ""), literal("unknown")]);
        assert_eq!(
            one("listed {text} {host} now"),
            [
                literal("listed"),
                hole(FieldType::Text, ""),
                literal(" "),
                hole(FieldType::Host, "host"),
                literal(" now")
            ]
        );
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        for (text, offset, problem) in [
            ("one {ip", 4, Problem::Unclosed),
            ("one ip} two", 6, Problem::Unopened),
            ("from {ipp} now", 5, Problem::UnknownType("ipp".to_owned())),
            ("from {Ip:ip} now", 5, Problem::BadFieldName("Ip".to_owned())),
            ("from {ip} to {ip} now", 13, Problem::DuplicateField("ip".to_owned())),
            ("from {ip}{host}", 5, Problem::AdjacentHoles),
            ("{ip}", 0, Problem::NoText),
            ("{text} is full", 0, Problem::IdleGap),
            ("{ip} no", 0, Problem::NoAnchor),
            ("at {date} mail refused", 0, Problem::NoWayBack),
            ("  ", 0, Problem::Empty),
            ("box {a|{b|c}} full", 4, Problem::Nested),
            ("box {a|{ip}} full", 4, Problem::Nested),
            ("box {{ip}|a} full", 4, Problem::Nested),
            ("box {text} {text} full", 0, Problem::AdjacentHoles),
            ("box {|} full", 4, Problem::EmptyChoice),
            ("box {} full", 4, Problem::Incomplete),
            ("box {ip:} full", 4, Problem::Incomplete),
            ("box {code=} full", 4, Problem::Incomplete),
        ] {
            let errors = parse(text).unwrap_err();
            assert_eq!((errors[0].offset, &errors[0].problem), (offset, &problem), "{text}");
        }
    }

    #[test]
    fn all_mistakes_are_told() {
        assert_eq!(parse("{ipp} and {hos} here").unwrap_err().len(), 2);
    }
}
