//! Whether a template stands in a reply, whatever else there is to say about either.

use super::pattern::Trial;
use super::reading::Reading;
use crate::catalogue::Position;
use crate::lower::{Meaning, Pattern, PatternMatcher};
use crate::template::Template;
use rules_runtime::tables::Level;

/// Whether a template stands in a reply; where one is quoted, in the innermost.
///
/// ```
/// use rules_compiler::{oracle::stands_in, template::parse};
///
/// let template = parse("mailbox of {email} is full").unwrap();
/// assert!(stands_in(&template, b"452 4.2.2 The mailbox of <someone@example.com> is full"));
/// ```
#[must_use]
pub fn stands_in(template: &Template, reply: &[u8]) -> bool {
    let reading = Reading::of(reply);
    let pattern = Pattern {
        meaning: Meaning::Marker(0),
        matcher: PatternMatcher::Template { template: template.clone(), items: template.items() },
        provider: None,
        level: Level::Provider,
        requires: Vec::new(),
        position: Position::Anywhere,
        over_quoted: false,
        stages: Vec::new(),
        reply: Vec::new(),
        status: Vec::new(),
    };
    Trial::new(&pattern).find(&reading, reading.quoted.unwrap_or(0)).is_some()
}
