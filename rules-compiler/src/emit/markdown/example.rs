//! An example reply and the codes that open it.

use crate::catalogue::StatusPattern;

pub struct Example<'a> {
    /// As written.
    pub text: &'a str,
    /// The basic code.
    pub code: Option<u16>,
    /// The enhanced code.
    pub status: Option<StatusPattern>,
}

impl<'a> Example<'a> {
    pub fn read(text: &'a str) -> Self {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let ends = |at: usize| text[at..].bytes().next().is_none_or(|b| b.is_ascii_whitespace() || b == b'-');
        let code = if digits == 3 && ends(3) { text[..3].parse().ok() } else { None };
        let behind = if code.is_some() { text[3..].trim_start_matches(['-', ' ']) } else { text };
        let word = behind.split_whitespace().next().unwrap_or_default();
        let status = if word.starts_with(['2', '4', '5']) { StatusPattern::parse(word) } else { None };
        let closed = |status: &StatusPattern| status.subject.is_some() && status.detail.is_some();
        Self { text, code, status: status.filter(closed) }
    }
}

#[cfg(test)]
mod tests {
    use super::Example;

    #[test]
    fn codes_are_read() {
        let read = |text| {
            let example = Example::read(text);
            (example.code, example.status.map(|status| status.to_string()))
        };
        assert_eq!(read("421 4.7.0 Slow"), (Some(421), Some("4.7.0".to_owned())));
        assert_eq!(read("421-4.7.28 Slow\r\n421 4.7.28 down"), (Some(421), Some("4.7.28".to_owned())));
        assert_eq!(read("4.7.26 Slow"), (None, Some("4.7.26".to_owned())));
        assert_eq!(read("550 5.x.x Slow"), (Some(550), None));
        assert_eq!(read("5500 Slow"), (None, None));
        assert_eq!(read("554"), (Some(554), None));
    }
}
