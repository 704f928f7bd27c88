//! What somebody pasted from a log.

use crate::oracle::Reading;
use rules_runtime::Stage;

/// The innermost reply of what was pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pasted {
    /// All that was pasted, without what a log puts around it.
    pub whole: Vec<u8>,
    /// The reply code.
    pub reply: Option<u16>,
    /// The enhanced status code.
    pub status: Option<String>,
    /// The command that was answered, where a sender's own server says so.
    pub stage: Option<Stage>,
    /// The text behind the codes on one line, letters as they came, without codes that are said again.
    pub text: String,
}

impl Pasted {
    /// Takes a reply apart; there is nothing that it refuses.
    #[must_use]
    pub fn read(pasted: &[u8]) -> Self {
        let whole = without_wrapping(pasted).to_vec();
        let reading = Reading::of(&whole);
        let from = reading.quoted.unwrap_or(0);
        let bytes: Vec<u8> = (from..reading.remark.max(from))
            .map(|at| match reading.text[at] {
                b' ' => b' ',
                _ => reading.source[reading.origins[at]],
            })
            .collect();
        let status = reading.inner.status.map(|(class, subject, detail)| format!("{class}.{subject}.{detail}"));
        let text = String::from_utf8_lossy(&bytes).trim().to_owned();
        Self { reply: reading.inner.reply, status, stage: reading.stage, text, whole }
    }

    /// The first digit of its codes.
    #[must_use]
    pub fn class(&self) -> Option<u16> {
        let status = self.status.as_ref().and_then(|code| code.split('.').next()?.parse().ok());
        self.reply.map(|code| code / 100).or(status)
    }

    /// The codes as they stand before the text, with a space behind them.
    #[must_use]
    pub fn codes(&self) -> String {
        let reply = self.reply.map(|code| format!("{code} ")).unwrap_or_default();
        let status = self.status.as_ref().map(|code| format!("{code} ")).unwrap_or_default();
        reply + &status
    }
}

/// Without the quotes around all of it, and the bracket with which Postfix's log closes.
fn without_wrapping(pasted: &[u8]) -> &[u8] {
    let mut rest = pasted.trim_ascii();
    for quote in [b"\"", b"'", b"`"] {
        if let Some(inner) = rest.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            rest = inner.trim_ascii();
        }
    }
    let (open, close) = (count(rest, b'('), count(rest, b')'));
    if rest.ends_with(b"))") && close >= open && (close > open || is_log_line(rest)) {
        rest = &rest[..rest.len() - 1];
    }
    rest
}

fn is_log_line(line: &[u8]) -> bool {
    line.windows(8).any(|window| window == b"status=d" || window == b"status=b")
}

fn count(bytes: &[u8], wanted: u8) -> usize {
    bytes.iter().filter(|byte| **byte == wanted).count()
}

#[cfg(test)]
mod tests {
    use super::Pasted;
    use rules_runtime::Stage;

    #[test]
    fn the_innermost_reply_is_taken_out() {
        let pasted = Pasted::read(
            b"Nov 23 10:00:00 mail postfix/smtp[123]: 4ABC: to=<jdoe@corp.test>, status=bounced (host mx.corp.test[198.51.100.7] said: 550-5.7.1 Too much\r\n550 5.7.1 Mail at once (in reply to end of DATA command))",
        );
        assert_eq!((pasted.reply, pasted.status.as_deref()), (Some(550), Some("5.7.1")));
        assert_eq!(pasted.text, "Too much Mail at once");
        assert_eq!(pasted.stage, Some(Stage::EndOfData));
        assert_eq!(pasted.codes(), "550 5.7.1 ");
    }

    #[test]
    fn quotes_and_a_type_around_it_are_left_out() {
        for text in
            ["\"452 4.2.2 Mailbox Full\"", "smtp; 452 4.2.2 Mailbox Full", "  452-4.2.2 Mailbox\n452 4.2.2 Full\n"]
        {
            let pasted = Pasted::read(text.as_bytes());
            assert_eq!((pasted.codes().as_str(), pasted.text.as_str()), ("452 4.2.2 ", "Mailbox Full"), "{text}");
        }
        assert_eq!(Pasted::read(b"").text, "");
        assert_eq!(Pasted::read(b"Mailbox Full").codes(), "");
    }
}
