//! Writes a provider's file in one of very many ways, as choices tell.

/// What was written.
pub struct Written {
    pub text: String,
    pub comments: Vec<String>,
}

/// The same choices give the same file; no choices, the plainest.
pub fn write(choices: &[u8]) -> Written {
    let mut writer = Writer { choices, text: String::new(), comments: Vec::new(), after_block: false };
    writer.provider();
    let text = if writer.pick(4) == 1 { writer.text.replace('\n', "\r\n") } else { writer.text };
    Written { text, comments: writer.comments }
}

struct Writer<'a> {
    choices: &'a [u8],
    text: String,
    comments: Vec<String>,
    /// A block scalar has just been written: an indented comment would be part of it.
    after_block: bool,
}

const TEXTS: [&str; 34] = [
    "words",
    "two words",
    "a: b",
    "it's",
    "say \"no\"",
    "größe",
    "日本語 の テキスト",
    "#hash",
    "a #b",
    "- dash",
    "yes",
    "12",
    "4.7.0",
    "null",
    "",
    " before",
    "after ",
    "two  spaces",
    "line\nbreak",
    "two\n\nparagraphs",
    "end\n",
    "ends\n\n",
    "tab\there",
    "[bracket]",
    "{ip} said",
    "https://example.com/a?b=c#d",
    "back\\slash",
    "x, y",
    "'quoted'",
    "1:30",
    "a\n  indented",
    "~",
    "\u{7}bell",
    "a long text that has to be folded since it has more than a hundred columns in one line, and even more than that \
     one line, with two  spaces and a word that is notbrokenatallbecauseithasnospacesanywhereinitsmanyletters at the end",
];

impl Writer<'_> {
    fn pick(&mut self, ways: usize) -> usize {
        match self.choices {
            [first, rest @ ..] => {
                self.choices = rest;
                usize::from(*first) % ways
            }
            [] => 0,
        }
    }

    fn provider(&mut self) {
        let mut keys = vec!["id", "name", "kind", "mx", "domains", "markers", "links", "notes", "rules", "unknown"];
        self.shuffle(&mut keys);
        for key in keys {
            self.above(0);
            match key {
                "mx" | "domains" | "markers" => self.list(key, 0),
                "links" => {
                    self.key(key, 0);
                    self.map(&["postmaster", "delisting"], 2);
                }
                "rules" => self.rules(),
                _ => self.entry(key, 0),
            }
        }
        self.above(0);
    }

    fn rules(&mut self) {
        self.key("rules", 0);
        let indent = [2, 0, 4][self.pick(3)];
        for _ in 0..1 + self.pick(3) {
            self.above(indent);
            let mut keys = vec!["id", "reply", "stage", "text", "explanation", "over", "examples", "suppress", "allow"];
            self.shuffle(&mut keys);
            keys.truncate(1 + self.pick(9));
            self.spaces(indent);
            self.text.push('-');
            let inner = indent + 2;
            if self.pick(4) == 1 {
                self.behind();
                self.spaces(inner);
            } else {
                self.text.push(' ');
            }
            for (number, key) in keys.into_iter().enumerate() {
                if number > 0 {
                    self.above(inner);
                }
                let at = if number == 0 { 0 } else { inner };
                self.rule_key(key, at, inner);
            }
        }
    }

    fn rule_key(&mut self, key: &str, at: usize, inner: usize) {
        match key {
            "reply" | "stage" | "text" | "over" | "examples" => self.list_at(key, at, inner),
            "allow" => {
                self.spaces(at);
                self.text.push_str("allow: {W001: ");
                self.flow_scalar();
                self.text.push_str(", W003: x }");
                self.behind();
                self.after_block = false;
            }
            _ => self.entry_at(key, at, inner),
        }
    }

    fn list(&mut self, key: &str, indent: usize) {
        self.list_at(key, indent, indent);
    }

    fn list_at(&mut self, key: &str, at: usize, indent: usize) {
        let count = self.pick(4);
        if count == 0 {
            return self.entry_at(key, at, indent);
        }
        self.spaces(at);
        self.text.push_str(key);
        self.text.push(':');
        if self.pick(2) == 0 {
            self.text.push_str(" [");
            for number in 0..count {
                if number > 0 {
                    self.text.push(',');
                    let ways = self.pick(3);
                    if ways == 1 {
                        self.behind();
                        self.spaces(indent + 3);
                    } else {
                        self.text.push(' ');
                    }
                }
                self.flow_scalar();
            }
            self.text.push(']');
            self.behind();
            self.after_block = false;
            return;
        }
        self.behind();
        self.after_block = false;
        let inner = indent + [2, 0][self.pick(2)];
        for _ in 0..count {
            self.above(inner);
            self.spaces(inner);
            self.text.push('-');
            self.value(inner + 2);
        }
    }

    fn map(&mut self, keys: &[&str], indent: usize) {
        for key in keys {
            self.above(indent);
            self.entry(key, indent);
        }
    }

    fn key(&mut self, key: &str, indent: usize) {
        self.spaces(indent);
        self.text.push_str(key);
        self.text.push(':');
        self.behind();
        self.after_block = false;
    }

    fn entry(&mut self, key: &str, indent: usize) {
        self.entry_at(key, indent, indent);
    }

    fn entry_at(&mut self, key: &str, at: usize, indent: usize) {
        self.spaces(at);
        let quote = ["", "\"", "'"][self.pick(3)];
        self.text.push_str(&format!("{quote}{key}{quote}:"));
        self.value(indent + 2);
    }

    /// A scalar behind `key:` or `-`, with the line's end.
    fn value(&mut self, indent: usize) {
        let text = TEXTS[self.pick(TEXTS.len())];
        self.after_block = false;
        let starts_well = text.starts_with(|c: char| !c.is_whitespace() && !c.is_control());
        let is_block = starts_well && !text.contains('\u{7}') && !text.ends_with("\n\n");
        match self.pick(5) {
            1 if is_block => self.block(text, indent, "|"),
            2 if is_block && !text.trim_end().contains('\n') && !text.contains("  ") => self.folded(text, indent),
            3 => {
                self.text.push(' ');
                self.over_lines(text, indent);
                self.behind();
            }
            _ => {
                self.text.push(' ');
                self.scalar(text, false);
                self.behind();
            }
        }
    }

    fn block(&mut self, text: &str, indent: usize, mark: &str) {
        let (body, chomp) = text.strip_suffix('\n').map_or((text, "-"), |body| (body, ""));
        self.text.push_str(&format!(" {mark}{chomp}"));
        self.behind();
        for line in body.split('\n') {
            self.spaces(if line.is_empty() { 0 } else { indent });
            self.text.push_str(line);
            self.text.push('\n');
        }
        self.after_block = true;
    }

    fn folded(&mut self, text: &str, indent: usize) {
        let every = 1 + self.pick(5);
        let mut spaces = 0;
        let broken: String = text
            .chars()
            .map(|c| {
                spaces += usize::from(c == ' ');
                if c == ' ' && spaces % every == 0 { '\n' } else { c }
            })
            .collect();
        // A break at the very end would be one of the text's own.
        if broken.trim_end() == text.trim_end().replace(' ', "\n").as_str() || !broken.trim_end().ends_with('\n') {
            let end = if text.ends_with('\n') { "\n" } else { "" };
            self.block(&format!("{}{end}", broken.trim_end_matches('\n')), indent, ">");
        }
    }

    /// In double quotes, over several lines where there are spaces.
    fn over_lines(&mut self, text: &str, indent: usize) {
        let json = serde_json::to_string(text).expect("JSON");
        let inner = &json[1..json.len() - 1];
        let is_safe = !text.contains("  ") && text.trim() == text;
        let broken = if is_safe { inner.replace(' ', &format!("\n{}", " ".repeat(indent))) } else { inner.to_owned() };
        self.text.push_str(&format!("\"{broken}\""));
    }

    fn flow_scalar(&mut self) {
        let text = TEXTS[self.pick(TEXTS.len())];
        self.scalar(text, true);
    }

    fn scalar(&mut self, text: &str, flow: bool) {
        let is_word = text.chars().all(|c| c.is_alphanumeric() || c == ' ');
        let is_plain = is_word && !text.is_empty() && text.trim() == text && !text.contains("  ");
        match self.pick(3) {
            1 if !text.contains(|c: char| c.is_control()) => {
                self.text.push_str(&format!("'{}'", text.replace('\'', "''")));
            }
            2 if is_plain => self.text.push_str(text),
            2 if !flow && text == "~" => {
                self.text.push_str(["~", "4.70", "0x1F", "true", ".inf"][self.choices.len() % 5])
            }
            _ => self.text.push_str(&serde_json::to_string(text).expect("JSON")),
        }
    }

    /// Comments and empty lines above an item.
    fn above(&mut self, indent: usize) {
        for _ in 0..self.pick(7).saturating_sub(4) {
            if self.pick(2) == 0 {
                self.text.push('\n');
                continue;
            }
            let column = if self.after_block { indent } else { indent + [0, 0, 0, 3, 1][self.pick(5)] };
            let column = if self.pick(4) == 1 { 0 } else { column };
            self.spaces(column);
            self.comment();
            self.text.push('\n');
        }
    }

    /// The end of a line, perhaps with a comment.
    fn behind(&mut self) {
        if self.pick(4) == 1 {
            self.spaces(1 + self.choices.len() % 3);
            self.comment();
        }
        self.text.push('\n');
    }

    fn comment(&mut self) {
        let comment = format!("#<{}> ü: \"it's\" # [", self.comments.len());
        self.text.push_str(&comment);
        self.comments.push(comment);
    }

    fn spaces(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n(' ', count));
    }

    fn shuffle(&mut self, keys: &mut [&str]) {
        for at in 1..keys.len() {
            let other = at - self.pick(at + 1).min(at);
            keys.swap(at, other);
        }
    }
}
