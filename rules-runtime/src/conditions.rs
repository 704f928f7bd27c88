//! Conditions on the codes of a reply.

use crate::code::{Codes, EnhancedCode};
use crate::tables::{Matcher, NONE, Pattern};

/// Whether the codes allow the pattern. A code that is not there contradicts nothing, unless the rule requires it. A reply
/// code that the text only mentions may contradict, but is none that a rule could require.
pub(crate) fn hold(matcher: &Matcher<'_>, pattern: &Pattern, codes: &Codes) -> bool {
    let without = pattern.flags & Pattern::REQUIRES_CODE == 0;
    let reply = pattern.reply_count == 0
        || match codes.reply {
            Some(_) if codes.mentioned && !without => false,
            None => without,
            Some(code) => range(matcher.replies, pattern.reply, pattern.reply_count)
                .iter()
                .map(|condition| u16::from_le_bytes(*condition))
                .any(|wanted| wanted == code || wanted == code / 100),
        };
    reply
        && (pattern.status_count == 0
            || match codes.status {
                None => without,
                Some(code) => {
                    range(matcher.statuses, pattern.status, pattern.status_count).iter().any(|wanted| is(*wanted, code))
                }
            })
}

fn range<T>(conditions: &[T], first: u16, count: u8) -> &[T] {
    let first = usize::from(first);
    conditions.get(first..first + usize::from(count)).unwrap_or_default()
}

/// Class (0 for any), a byte without meaning, subject and detail (`NONE` for any).
fn is([class, _, s0, s1, d0, d1]: [u8; 6], code: EnhancedCode) -> bool {
    let (subject, detail) = (u16::from_le_bytes([s0, s1]), u16::from_le_bytes([d0, d1]));
    (class == 0 || class == code.class)
        && (subject == NONE || subject == code.subject)
        && (detail == NONE || detail == code.detail)
}
