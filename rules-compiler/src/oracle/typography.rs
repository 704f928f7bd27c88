//! A reply without typographic characters.

use super::codes::regex;
use regex::bytes::Regex;
use std::sync::LazyLock;

/// What is replaced by a space, a hyphen, an apostrophe, a quotation mark, and by nothing.
static TYPOGRAPHIC: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(\xC2\xA0|\xE2\x80[\x87\xAF]|\xE3\x80\x80)",
        r"|(\xE2\x80[\x90-\x94])",
        r"|(\xE2\x80[\x98-\x9B])",
        r"|(\xE2\x80[\x9C-\x9F])",
        r"|(\xE2\x80[\x8B-\x8D]|\xEF\xBB\xBF|\xC2\xAD)",
    ))
});

/// A copy of a reply, and where each of its bytes stands in it; the last place is the reply's end.
#[derive(Debug)]
pub struct Plain {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Their places.
    pub places: Vec<usize>,
}

impl Plain {
    /// Copies what is looked at.
    pub fn of(reply: &[u8]) -> Self {
        let (mut bytes, mut places) = (Vec::new(), Vec::new());
        let mut end = 0;
        for found in TYPOGRAPHIC.captures_iter(reply) {
            let Some(whole) = found.get(0) else { continue };
            bytes.extend(&reply[end..whole.start()]);
            places.extend(end..whole.start());
            let replacement = b" -'\"".iter().zip(1..).find(|(_, group)| found.get(*group).is_some());
            if let Some((byte, _)) = replacement {
                bytes.push(*byte);
                places.push(whole.start());
            }
            end = whole.end();
        }
        bytes.extend(&reply[end..]);
        places.extend(end..=reply.len());
        Self { bytes, places }
    }
}
