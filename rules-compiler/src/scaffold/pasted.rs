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
        let pasted = without_escapes(&without_quoted_printable(pasted));
        let pasted = without_report(&pasted);
        let whole = without_wrapping(&pasted).to_vec();
        let whole = said_by_the_log(&whole).unwrap_or(whole);
        let reading = Reading::of(&whole);
        let from = reading.quoted.unwrap_or(0);
        let bytes: Vec<u8> = (from..reading.remark.max(from))
            .map(|at| match (reading.text[at], reading.original(at, at + 1)) {
                (b' ', _) => b' ',
                (_, [written]) => *written,
                (read, _) => read,
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

/// A report's body as it was sent: `=3D` for `=`, `=20` for a space, `=` at the end of a line that goes on. Only where no
/// `=` means itself: a letter or a digit needs no such spelling, and of numbers that follow `=` one has a letter.
fn without_quoted_printable(pasted: &[u8]) -> Vec<u8> {
    let digit = |at: usize| match pasted.get(at) {
        Some(byte @ b'0'..=b'9') => Some(byte - b'0'),
        Some(byte @ b'A'..=b'F') => Some(byte - b'A' + 10),
        _ => None,
    };
    let (mut plain, mut at, mut found) = (Vec::with_capacity(pasted.len()), 0, 0);
    let mut has_letter = false;
    while let Some(byte) = pasted.get(at) {
        let rest = &pasted[at + 1..];
        let line_end = [b"\r\n".as_slice(), b"\n"].into_iter().find(|end| rest.starts_with(end));
        match (byte, digit(at + 1).zip(digit(at + 2)), line_end) {
            (b'=', Some((high, low)), _) => {
                let byte = high * 16 + low;
                if byte.is_ascii_alphanumeric() || byte.is_ascii_control() {
                    return pasted.to_vec();
                }
                plain.push(byte);
                has_letter |= high > 9 || low > 9;
                (at, found) = (at + 3, found + 1);
            }
            (b'=', None, Some(end)) => (at, found) = (at + 1 + end.len(), found + 1),
            (b'=', None, None) => return pasted.to_vec(),
            _ => {
                plain.push(*byte);
                at += 1;
            }
        }
    }
    if found > 1 && has_letter { plain } else { pasted.to_vec() }
}

/// Line breaks that a log or a program has written as `\\n`.
fn without_escapes(pasted: &[u8]) -> Vec<u8> {
    let text = pasted.trim_ascii();
    if text.contains(&b'\n') {
        return text.to_vec();
    }
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.first() {
        let escape = [b"\\r\\n".as_slice(), b"\\n", b"\\r"].into_iter().find(|escape| rest.starts_with(escape));
        plain.push(if escape.is_some() { b'\n' } else { *first });
        rest = &rest[escape.map_or(1, <[u8]>::len)..];
    }
    plain
}

/// Without what a report sets around the reply: the mark of a transcript's lines, the fields that follow
/// `Diagnostic-Code`, the quote and the bracket in which Exchange gives it.
fn without_report(pasted: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(pasted) else { return pasted.to_vec() };
    let begins = |line: &str, name: &str| line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let is_field = |line: &str| {
        let name = line.split_once(": ").map_or("", |(name, _)| name);
        name.contains('-') && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-')
    };
    let mut lines: Vec<&str> = text.lines().map(|line| line.strip_prefix("<<< ").unwrap_or(line)).collect();
    if let Some(at) = lines.iter().position(|line| begins(line, "Diagnostic-Code:")) {
        let fields = lines[at + 1..].iter().position(|line| is_field(line) || line.is_empty());
        lines.truncate(fields.map_or(lines.len(), |behind| at + 1 + behind));
    }
    let text = lines.join("\n");
    let mut rest = text.trim_end();
    if let Some(inner) = rest.strip_suffix('\'').filter(|_| rest.contains("returned '")) {
        rest = inner.trim_end();
    }
    rest = rest.strip_suffix("#SMTP#").unwrap_or(rest).trim_end();
    if let Some(inner) = rest.strip_suffix('>').filter(|_| rest.contains("< ") && rest.contains(" #")) {
        rest = inner.trim_end();
    }
    rest.as_bytes().to_vec()
}

/// What a server's log says in its own words, where no other server's reply stands in the line: behind `status=deferred
/// (` for Postfix, behind `stat=` for Sendmail; with the status code that stands before it.
fn said_by_the_log(line: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(line).ok()?;
    let dsn = text.split_once("dsn=").map(|(_, rest)| rest.split([',', ' ']).next().unwrap_or_default());
    let (words, is_reply) = match (text.split_once(" status="), text.split_once(" stat=")) {
        (Some((_, status)), _) => {
            let (_, words) = status.split_once(" (")?;
            let words = words.strip_suffix(')').unwrap_or(words);
            // A reply is found where it is quoted.
            (words, words.contains(" said: ") || words.contains("refused to talk to me: "))
        }
        (None, Some((_, status))) => {
            let deferred = status.strip_prefix("Deferred: ").unwrap_or(status);
            (deferred, deferred.bytes().take(3).filter(u8::is_ascii_digit).count() == 3)
        }
        _ => return None,
    };
    match dsn.filter(|dsn| dsn.split('.').count() == 3) {
        _ if words.is_empty() || is_reply && text.contains(" status=") => None,
        Some(dsn) if !is_reply => Some(format!("{dsn} {words}").into_bytes()),
        _ => Some(words.as_bytes().to_vec()),
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
    fn what_a_log_says_itself_is_taken_out() {
        let read = |text: &str| {
            let pasted = Pasted::read(text.as_bytes());
            (pasted.codes(), pasted.text)
        };
        let of = |codes: &str, text: &str| (codes.to_owned(), text.to_owned());
        let sendmail = "Nov 12 08:14:22 mail sm-mta[9121]: 0AC7EMxy: to=<a@b.test>, relay=mx.b.test. [192.0.2.5], dsn=5.1.1, stat=";
        assert_eq!(read(&format!("{sendmail}User unknown")), of("5.1.1 ", "User unknown"));
        assert_eq!(read(&format!("{sendmail}Deferred: 421 4.7.0 Come back")), of("421 4.7.0 ", "Come back"));
        let postfix = "Nov 12 08:14:22 mx1 postfix/smtp[24513]: A1B2: to=<a@b.test>, dsn=4.4.2, status=deferred (lost connection with mx.b.test[192.0.2.5] while sending end of data)";
        assert_eq!(read(postfix), of("4.4.2 ", "lost connection with mx.b.test[192.0.2.5] while sending end of data"));
        let printable = "550 5.7.26 DMARC=20fail: From =3Ca=40b.test=3E is=\n not aligned";
        assert_eq!(read(printable), of("550 5.7.26 ", "DMARC fail: From <a@b.test> is not aligned"));
        for plain in ["id=3D and a=b", "id=3D and b=30", "rate=20 of limit=20", "https://a.test/x?b=100 c=10"] {
            assert_eq!(read(&format!("550 5.7.26 {plain}")).1, plain);
        }
        assert_eq!(read("550-5.1.1 No\\r\\n550 5.1.1 such user"), of("550 5.1.1 ", "No such user"));
    }

    #[test]
    fn quotes_and_a_type_around_it_are_left_out() {
        for text in
            ["\"452 4.2.2 Mailbox Full\"", "smtp; 452 4.2.2 Mailbox Full", "  452-4.2.2 Mailbox\n452 4.2.2 Full\n"]
        {
            let pasted = Pasted::read(text.as_bytes());
            assert_eq!((pasted.codes().as_str(), pasted.text.as_str()), ("452 4.2.2 ", "Mailbox Full"), "{text}");
        }
        for text in [
            "Remote Server returned '452 4.2.2 Mailbox Full'",
            "Remote Server returned '< mx.example.com #4.2.2 smtp;452 4.2.2 Mailbox Full>'",
            "#< #4.2.2 SMTP; 452 4.2.2 Mailbox Full> #SMTP#",
            "Status: 4.2.2\nDiagnostic-Code: smtp; 452 4.2.2 Mailbox\n Full\nLast-Attempt-Date: Sat, 28 Nov 2026 10:00:00 +0900",
            "<<< 452-4.2.2 Mailbox\n<<< 452 4.2.2 Full",
        ] {
            let pasted = Pasted::read(text.as_bytes());
            assert_eq!((pasted.codes().as_str(), pasted.text.as_str()), ("452 4.2.2 ", "Mailbox Full"), "{text}");
        }
        assert_eq!(Pasted::read(b"").text, "");
        assert_eq!(Pasted::read(b"Mailbox Full").codes(), "");
    }
}
