//! The same reply as different senders' software hands it over.

/// A reply, cut where the guises cut it.
#[derive(Debug, Clone)]
pub struct Wire {
    /// The reply code.
    pub code: Option<u16>,
    /// The enhanced status code.
    pub status: Option<&'static str>,
    /// The text behind them.
    pub text: String,
}

impl Wire {
    /// What opens a line: `421-4.7.0 ` or `421 4.7.0 `.
    fn opening(&self, hyphen: char) -> String {
        let code = self.code.map(|code| format!("{code}{hyphen}")).unwrap_or_default();
        let status = self.status.map(|status| format!("{status} ")).unwrap_or_default();
        code + &status
    }

    /// As one line.
    #[must_use]
    pub fn line(&self) -> String {
        self.opening(' ') + &self.text
    }

    /// As several lines, the text cut at these places, with the codes repeated on each.
    fn lines(&self, cuts: &[usize], end: &str) -> String {
        let mut from = 0;
        let mut out = String::new();
        for cut in cuts {
            out += &format!("{}{}{end}", self.opening('-'), &self.text[from..*cut]);
            from = cut + 1;
        }
        out + &self.opening(' ') + &self.text[from..]
    }

    fn spaces(&self) -> Vec<usize> {
        self.text.match_indices(' ').map(|(at, _)| at).collect()
    }

    /// Two lines, cut at each space in turn; then a line for every few words, and a line for every word.
    #[must_use]
    pub fn cut(&self, end: &str) -> Vec<String> {
        let spaces = self.spaces();
        let mut all: Vec<String> = spaces.iter().map(|cut| self.lines(&[*cut], end)).collect();
        for step in [5, 3] {
            let cuts: Vec<usize> = spaces.iter().copied().skip(step - 1).step_by(step).collect();
            all.push(self.lines(&cuts, end));
        }
        all
    }

    /// The code on every line, the enhanced code only on the first.
    #[must_use]
    pub fn cut_without_status(&self, end: &str) -> Vec<String> {
        let further = Self { status: None, ..self.clone() };
        let two = |cut: usize| {
            let (first, rest) = self.text.split_at(cut);
            format!("{}{first}{end}{}{}", self.opening('-'), further.opening(' '), &rest[1..])
        };
        self.spaces().into_iter().map(two).collect()
    }
}

/// The same words in other white space and case.
#[must_use]
pub fn rewritten(line: &str) -> Vec<(&'static str, String)> {
    vec![
        ("upper case", line.to_uppercase()),
        ("lower case", line.to_lowercase()),
        ("doubled spaces", line.replace(' ', "  ")),
        ("tabs", line.replace(' ', "\t")),
        ("tabs and spaces", line.replace(' ', " \t ")),
        ("an ending", format!("{line}\r\n")),
        ("a Unix ending", format!("{line}\n")),
        ("white space around it", format!("  {line} \t\r\n\r\n")),
        ("a DSN's field", format!("smtp; {line}")),
        ("a DSN's field in capitals", format!("SMTP;{line}")),
        ("a folded DSN's field", format!("smtp; {}", line.replacen(' ', "\r\n    ", 3))),
    ]
}

/// The same reply as the sender's own server reports it.
#[must_use]
pub fn quoted(line: &str, host: &str) -> Vec<(&'static str, String)> {
    vec![
        ("Postfix", format!("host {host}[192.0.2.1] said: {line} (in reply to RCPT TO command)")),
        ("the first Postfix", format!("<jane@example.org>: host {host} said: {line}")),
        ("Postfix at the greeting", format!("host {host}[192.0.2.1] refused to talk to me: {line}")),
        ("Postfix over IPv6", format!("host {host}[2001:db8::25] said: {line} (in reply to end of DATA command)")),
        (
            "Postfix's bounce",
            format!("<jane@example.org>: host {host}[192.0.2.1] said: {line} (in reply to RCPT TO command)"),
        ),
        (
            "Postfix's folded bounce",
            format!(
                "<jane@example.org>: host {host}[192.0.2.1] said:\n    {line} (in reply to RCPT TO\n    command)\n"
            ),
        ),
        (
            "Exim",
            format!(
                "SMTP error from remote mail server after RCPT TO:<jane@example.org>: host {host} [192.0.2.1]: {line}"
            ),
        ),
        (
            "Exim's bounce",
            format!(
                "jane@example.org\n    host {host} [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<jane@example.org>:\n    {line}\n"
            ),
        ),
        ("Sendmail", format!("... while talking to {host}.:\r\n>>> RCPT To:<jane@example.org>\r\n<<< {line}\r\n")),
        (
            "Sendmail's session",
            format!(
                "   ----- Transcript of session follows -----\r\n... while talking to {host}.:\r\n>>> DATA\r\n<<< {line}\r\n<jane@example.org>... Deferred: {line}\r\n"
            ),
        ),
    ]
}
