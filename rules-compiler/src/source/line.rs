//! A line of a file that could not be read as YAML.

/// The bracket or brace that a value begins with, in one of the lines before, and that its line does not close.
pub(super) fn open_bracket(text: &str, before: usize) -> Option<usize> {
    const FARTHEST: usize = 20;
    let mut end = before;
    for _ in 0..FARTHEST {
        let line = Line::around(text, end.checked_sub(1)?);
        if line.value.starts_with(['[', '{']) && !line.value.ends_with([']', '}']) {
            return Some(line.value_start());
        }
        end = line.start;
    }
    None
}

/// The first escape that does not exist, up to the double quote that ends the text.
pub(super) fn bad_escape(text: &str) -> Option<std::ops::Range<usize>> {
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next().filter(|(_, c)| *c != '"') {
        let Some((next, escaped)) = (c == '\\').then(|| characters.next()).flatten() else { continue };
        if !"0abtnvfre \"/\\N_LPxuU\t\r\n".contains(escaped) {
            return Some(at..next + escaped.len_utf8());
        }
        let digits = match escaped {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => continue,
        };
        let written: String = text[next + 1..].chars().take_while(char::is_ascii_hexdigit).take(digits).collect();
        let code = u32::from_str_radix(&written, 16).ok().filter(|_| written.len() == digits);
        if code.and_then(char::from_u32).is_none() {
            return Some(at..next + 1 + written.len());
        }
    }
    None
}

/// The line that holds a byte.
pub(super) struct Line<'a> {
    text: &'a str,
    pub start: usize,
    /// What follows `key: ` and `- `.
    pub value: &'a str,
}

impl<'a> Line<'a> {
    pub fn around(text: &'a str, at: usize) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let mut value = line.trim();
        while let Some(rest) = value.strip_prefix("- ") {
            value = rest.trim_start();
        }
        let is_key =
            |key: &str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
        if let Some((_, rest)) = value.split_once(": ").filter(|(key, _)| is_key(key)) {
            value = rest.trim_start();
        }
        Self { text: line, start, value }
    }

    /// This line, or the next one that is indented by a tab: parsers may notice it a line too early.
    pub fn or_next_with_tab(self, text: &'a str) -> Self {
        let next = self.start + self.text.len();
        let after = text.get(next + 1..).filter(|_| !self.indented_by_tab()).map(|_| Self::around(text, next + 1));
        after.filter(Line::indented_by_tab).unwrap_or(self)
    }

    pub fn value_start(&self) -> usize {
        self.start + (self.value.as_ptr() as usize - self.text.as_ptr() as usize)
    }

    /// Whether `at` lies in the value, or just after it.
    pub fn after_value_start(&self, at: usize) -> bool {
        at >= self.value_start()
    }

    /// The value's range, where quoting it would mend it.
    pub fn fix(&self) -> Option<(usize, usize)> {
        let start = self.value_start();
        (!self.value.is_empty() && !self.value.contains(" #")).then_some((start, start + self.value.len()))
    }

    /// The line before it that says something.
    pub fn before(&self, text: &'a str) -> Option<Self> {
        let mut end = self.start;
        loop {
            let line = Self::around(text, end.checked_sub(1)?);
            if !line.text.trim().is_empty() && !line.text.trim_start().starts_with('#') {
                return Some(line);
            }
            end = line.start;
        }
    }

    /// Whether the line begins with a word as keys are, and no `: ` follows.
    pub fn lacks_colon(&self) -> bool {
        let text = self.text.trim();
        let is_key_like = |c: char| c.is_ascii_lowercase() || c == '_';
        let rest = text.trim_start_matches(is_key_like);
        let is_separated = rest.is_empty() || rest.starts_with([':', '=', '：', ' ', '\u{A0}']);
        rest.len() < text.len() && is_separated && !self.has_key() && !text.ends_with(':')
    }

    /// What the line has in the place of a colon and a space.
    pub fn lack(&self) -> &'static str {
        let colons = self.text.matches(':').count() - self.text.matches("://").count();
        match () {
            () if self.text.contains('：') => "this is not the colon `:`",
            () if self.text.contains(":\u{A0}") => "a no-break space follows the colon",
            () if colons > 0 => "no space follows the colon",
            () => "no colon follows the key",
        }
    }

    pub fn has_key(&self) -> bool {
        self.value_start() > self.start + self.indent_width()
    }

    /// The key of a line on which nothing follows it.
    pub fn bare_key(&self) -> Option<&'a str> {
        let key = self.value.strip_suffix(':')?;
        let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
        is_key.then_some(key)
    }

    /// Whether a text begins in the line, without quotes, brackets or marks.
    pub fn is_plain(&self) -> bool {
        !self.value.is_empty() && !self.value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!', '#'])
    }

    /// What the other lines of the value must be indented further than: the key, or the dash where there is no key.
    pub fn hang_column(&self) -> usize {
        let key = self.key_column();
        let has_key = self.bare_key().is_some() || self.value_start() > self.start + key;
        let dash = self.text[..key].rfind('-').filter(|_| !has_key);
        dash.unwrap_or(key)
    }

    pub fn indent_width(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// The line without its indentation.
    pub fn content(&self) -> std::ops::Range<usize> {
        let start = self.start + self.indent_width();
        start..start + self.text.trim().len()
    }

    /// The dash of `-key: value`.
    pub fn dash_without_space(&self) -> Option<usize> {
        let text = self.text.trim_start();
        let starts = |c: char| c.is_ascii_alphabetic() || "\"'[{".contains(c);
        let is_item = text.strip_prefix('-').is_some_and(|rest| rest.starts_with(starts));
        (is_item && text.contains(": ")).then_some(self.start + self.indent_width())
    }

    /// A tab behind a colon or a list's dash, not behind `at`.
    pub fn tab_behind_colon(&self, at: usize) -> Option<usize> {
        let dash = self.text.trim_start().starts_with("-\t").then(|| self.indent_width());
        let found = self.start + dash.or_else(|| self.text.find(":\t"))? + 1;
        (found <= at).then_some(found)
    }

    /// The second of two commas in the value.
    pub fn comma_too_many(&self) -> Option<usize> {
        let bytes = self.value.bytes().enumerate().filter(|(_, byte)| *byte != b' ').collect::<Vec<_>>();
        let pair = bytes.windows(2).find(|pair| b"[,".contains(&pair[0].1) && pair[1].1 == b',')?;
        Some(self.value_start() + pair[1].0)
    }

    /// How many bytes of the line stand before a byte of the file.
    pub fn column(&self, at: usize) -> usize {
        at - self.start
    }

    /// Whether nothing but a dash stands before a byte of the file.
    pub fn begins_item(&self, at: usize) -> bool {
        self.text.get(..self.column(at)).is_some_and(|before| before.trim() == "-")
    }

    /// The indentation of the nearest item before that begins with the same word.
    pub fn item_before(&self, text: &'a str) -> Option<usize> {
        let first = |line: &Self| line.text.trim_start().split(':').next().unwrap_or_default().to_owned();
        let mut line = self.before(text)?;
        while first(&line) != first(self) {
            line = line.before(text)?;
        }
        Some(line.indent_width())
    }

    /// Where a key of the item that this line belongs to or begins stands: behind the dashes.
    pub fn key_column(&self) -> usize {
        let text = self.text.trim_start_matches(|c: char| c == '-' || c.is_whitespace());
        self.text.len() - text.len()
    }

    /// The indentation that the line before it asks for.
    pub fn indentation_from(&self, text: &'a str) -> Option<usize> {
        let before = self.before(text)?;
        let opens = before.begins_block() || before.bare_key().is_some();
        Some(before.key_column() + if opens { 2 } else { 0 })
    }

    /// Where the keys of the lines before it stand, the nearest to its own first.
    pub fn columns_before(&self, text: &'a str) -> Vec<usize> {
        const FARTHEST: usize = 20;
        let (mut columns, mut line) = (Vec::new(), self.before(text));
        while let Some(before) = line.filter(|_| columns.len() < FARTHEST) {
            columns.push(before.key_column());
            line = before.before(text);
        }
        columns.sort_by_key(|column| column.abs_diff(self.key_column()));
        columns.dedup();
        columns
    }

    /// What stands behind a key where nothing but the marks of a text on the next lines does.
    pub fn block_marks(&self) -> Option<&'a str> {
        let marks = self.value.split(" #").next().unwrap_or_default().trim_end();
        let is_mark = |c: char| "|>+-".contains(c) || c.is_ascii_digit();
        (marks.starts_with(['|', '>']) && marks.chars().all(is_mark)).then_some(marks)
    }

    /// The brackets behind a list or a mapping that is closed already.
    pub fn closed_twice(&self) -> Option<std::ops::Range<usize>> {
        if !self.value.starts_with(['[', '{']) {
            return None;
        }
        let (mut open, mut quote) = (0, None);
        for (at, c) in self.value.char_indices() {
            match (quote, c) {
                (Some(of), c) if of == c => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => quote = Some(c),
                (None, '[' | '{') => open += 1,
                (None, ']' | '}') => open -= 1,
                _ => {}
            }
            let rest = &self.value[at + c.len_utf8()..];
            if open == 0 && !rest.is_empty() && rest.chars().all(|c| matches!(c, ']' | '}' | ' ')) {
                let end = self.value_start() + self.value.len();
                return Some(end - rest.len()..end);
            }
        }
        None
    }

    /// Whether the value is `|` or `>`, perhaps with what YAML allows behind it.
    pub fn begins_block(&self) -> bool {
        let head = self.value.split(" #").next().unwrap_or_default().trim_end();
        head.starts_with(['|', '>']) && head[1..].chars().all(|c| "+-".contains(c) || c.is_ascii_digit())
    }

    /// The indentation of the lines of a block before this line, which stands too far left to be one of them.
    pub fn indentation_of_block_before(&self, text: &'a str) -> Option<usize> {
        const FARTHEST: usize = 60;
        let mut line = self.before(text)?;
        let mut indentation = line.indent_width();
        let mut least = indentation;
        for _ in 0..FARTHEST {
            if line.begins_block() {
                let is_next = least >= indentation && indentation > line.indent_width();
                return (is_next && indentation > self.indent_width()).then_some(indentation);
            }
            indentation = line.indent_width();
            least = least.min(indentation);
            line = line.before(text).filter(|before| before.begins_block() || before.indent_width() > 0)?;
        }
        None
    }

    /// Blanks other than spaces and tabs at the start of the line.
    pub fn strange_indent(&self) -> bool {
        self.text.chars().take_while(|c| c.is_whitespace()).any(|c| !matches!(c, ' ' | '\t' | '\r'))
    }

    pub fn indented_by_tab(&self) -> bool {
        self.text.chars().take_while(|c| c.is_whitespace()).any(|c| c == '\t')
    }

    pub fn indent(&self) -> (usize, usize) {
        (self.start, self.start + self.text.len() - self.text.trim_start().len())
    }
}
