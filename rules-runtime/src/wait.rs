//! How long a reply asks the sender to wait.

use crate::text::Frame;

/// The longest wait that is believed: a week, in seconds.
const LONGEST: u32 = 7 * 24 * 3600;

/// Words that must stand before a number of minutes, and words that must stand anywhere before that.
const BEFORE: [&[u8]; 9] =
    [b"in", b"after", b"for", b"wait", b"least", b"about", b"another", b"approximately", b"retry"];
const ASKING: [&[u8]; 7] = [b"try", b"retry", b"again", b"wait", b"later", b"greylist", b"defer"];

/// The seconds to wait that a reply states: `try again in 5 minutes`, `greylisted for 300 seconds`,
/// `retry in 00:04:59`.
pub(crate) fn stated(reply: &[u8]) -> Option<u32> {
    let text = Frame::new(reply).text;
    let mut words = text.split(|byte| byte.is_ascii_whitespace() || matches!(byte, b',' | b'(' | b')'));
    let mut asked = false;
    let mut before: &[u8] = b"";
    while let Some(word) = words.next() {
        if word.first().is_some_and(u8::is_ascii_digit)
            && asked
            && BEFORE.iter().any(|known| before.eq_ignore_ascii_case(known))
            && let Some(seconds) = clock(word).or_else(|| with_unit(word, words.clone().next().unwrap_or_default()))
        {
            return Some(seconds).filter(|seconds| (1..=LONGEST).contains(seconds));
        }
        asked |= ASKING.iter().any(|known| contains(word, known));
        before = word;
    }
    None
}

fn contains(word: &[u8], part: &[u8]) -> bool {
    word.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part))
}

/// `00:04:59`.
fn clock(word: &[u8]) -> Option<u32> {
    let mut parts = word.split(|byte| *byte == b':');
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    let seconds = seconds.strip_suffix(b".").unwrap_or(seconds);
    let (minutes, seconds) = (number(minutes)?, number(seconds)?);
    let valid = parts.next().is_none() && minutes < 60 && seconds < 60;
    valid.then(|| number(hours)?.checked_mul(3600)?.checked_add(minutes * 60 + seconds)).flatten()
}

/// `5 minutes`, `5min`, `300s`.
fn with_unit(word: &[u8], following: &[u8]) -> Option<u32> {
    let digits = word.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (count, rest) = word.split_at_checked(digits)?;
    let unit = if rest.is_empty() { following } else { rest };
    let length = unit.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let seconds = match unit.get(..length)? {
        [b's' | b'S'] => 1,
        [b'm' | b'M'] => 60,
        [b'h' | b'H'] => 3600,
        unit if starts(unit, b"sec") => 1,
        unit if starts(unit, b"min") => 60,
        unit if starts(unit, b"hour") || starts(unit, b"hr") => 3600,
        unit if starts(unit, b"day") => 86_400,
        _ => return None,
    };
    number(count)?.checked_mul(seconds)
}

fn starts(unit: &[u8], with: &[u8]) -> bool {
    unit.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

fn number(digits: &[u8]) -> Option<u32> {
    core::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::stated;

    #[test]
    fn reads_the_stated_wait() {
        for (reply, seconds) in [
            (&b"450 4.2.0 Greylisted, please try again in 5 minutes"[..], Some(300)),
            (b"451 Temporarily rejected. Try again in 300 seconds.", Some(300)),
            (b"450 greylisted, retry in 00:04:59", Some(299)),
            (b"450 4.7.1 try again after 10min", Some(600)),
            (b"451 wait 2 hours and retry", Some(7200)),
            (b"452 you have sent 50 messages in 5 minutes", None),
            (b"450 try again in 99999999999 hours", None),
            (b"450 try again later", None),
        ] {
            assert_eq!(stated(reply), seconds, "{}", reply.escape_ascii());
        }
    }
}
