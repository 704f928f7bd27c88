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

    pub fn indented_by_tab(&self) -> bool {
        self.text.chars().take_while(|c| c.is_whitespace()).any(|c| c == '\t')
    }

    pub fn indent(&self) -> (usize, usize) {
        (self.start, self.start + self.text.len() - self.text.trim_start().len())
    }
}
