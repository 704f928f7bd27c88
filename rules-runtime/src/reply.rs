//! Reading a reply as it comes.

use crate::classifier::read;
use crate::code::EnhancedCode;
use crate::fields::original;
use crate::vocabulary::Stage;

/// A reply cut into codes and text (RFC 5321, section 4.2; RFC 2034, section 4).
///
/// It accepts any bytes: one line or several with CRLF or LF, the codes repeated on every line or where the lines
/// were joined by spaces; a Diagnostic-Code field (`smtp; 550 …`); Postfix's, Exim's, Sendmail's, qmail's and
/// Exchange's reports that quote another server's reply; text without any code; invalid UTF-8; nothing. Where a reply
/// is quoted, it is the innermost that counts. Where none is, and no code stands in front, the codes that the text
/// mentions count: `(550, b'5.1.1 …')`, `SMTP Error (550): …`, `dsn=5.1.1`, `Status: 5.2.2`. No-break
/// spaces, curly quotation marks, dashes and characters without width (UTF-8) are read as what a server sends. Only the first
/// [`LOOK_AT`](crate::LOOK_AT) bytes are looked at.
///
/// ```
/// use rules_runtime::{Reply, Stage};
///
/// let reply = Reply::parse(b"host mx.example.com[192.0.2.1] said: 550 5.1.1 No such user (in reply to RCPT TO command)");
/// assert_eq!(reply.code(), Some(550));
/// assert_eq!(reply.enhanced_code().unwrap().to_string(), "5.1.1");
/// assert_eq!(reply.text(), b"No such user (in reply to RCPT TO command)");
/// assert_eq!(reply.remote_host(), Some(&b"mx.example.com"[..]));
/// assert_eq!(reply.stage(), Some(Stage::Rcpt));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply<'a> {
    code: Option<u16>,
    enhanced_code: Option<EnhancedCode>,
    text: &'a [u8],
    remote_host: Option<&'a [u8]>,
    stage: Option<Stage>,
}

impl<'a> Reply<'a> {
    /// Reads a reply. There is nothing it refuses.
    #[must_use]
    pub fn parse(reply: &'a [u8]) -> Self {
        let (codes, text, host, stage) = read(reply, |frame, text, _| {
            let host = text.remote_host().filter(|_| text.inner > 0).and_then(|host| {
                let end = text.inner.checked_sub(text.codes.length)?;
                let start = text.bytes.get(..end)?.windows(host.len()).rposition(|window| window == host)?;
                Some(original(reply, frame, text.clean, start, start + host.len()))
            });
            let (inner, _) = original(reply, frame, text.clean, text.inner, text.inner);
            let inner = (inner, frame.origin(reply, frame.text.len()));
            (text.codes, inner, host, if text.inner > 0 { text.stage() } else { None })
        });
        Self {
            code: codes.reply,
            enhanced_code: codes.status,
            text: reply.get(text.0..text.1).unwrap_or_default(),
            remote_host: host.and_then(|(start, end)| reply.get(start..end)),
            stage,
        }
    }

    /// The reply code, 200 to 599; 400 to 599 where the text only mentions it.
    #[must_use]
    pub fn code(&self) -> Option<u16> {
        self.code
    }

    /// The enhanced status code, in front of the text or in it, as qmail writes it, `(#5.1.1)`, and logs do, `dsn=5.1.1`.
    #[must_use]
    pub fn enhanced_code(&self) -> Option<EnhancedCode> {
        self.enhanced_code
    }

    /// The text behind the codes, as it stands: with its line breaks, and the codes that open the further lines.
    #[must_use]
    pub fn text(&self) -> &'a [u8] {
        self.text
    }

    /// The host that a report says it was answered by.
    #[must_use]
    pub fn remote_host(&self) -> Option<&'a [u8]> {
        self.remote_host
    }

    /// The command that Postfix says was answered.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        self.stage
    }
}
