//! Values as a person would write them in YAML.

/// A text on one line: as it is where that is clear, else in double quotes.
pub fn text(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// A text in double quotes.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{FEFF}' | '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Words that nobody and no parser takes for anything but text.
fn is_plain(text: &str) -> bool {
    let safe = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_' | '(' | ')' | '/' | '+');
    let other = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    text.starts_with(char::is_alphabetic)
        && text.trim_end() == text
        && text.chars().all(safe)
        && !other.contains(&text.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::text;
    use proptest::prelude::*;

    #[test]
    fn clear_texts_stay_as_they_are() {
        assert_eq!(text("Example Mail (UK)"), "Example Mail (UK)");
        assert_eq!(text("No"), "\"No\"");
        assert_eq!(text("a: b"), "\"a: b\"");
        assert_eq!(text("say \"no\" \\ twice"), r#""say \"no\" \\ twice""#);
    }

    proptest! {
        #[test]
        fn every_text_is_read_as_it_was_written(written in "\\PC{0,40}") {
            let read: String = serde_yaml::from_str(&text(&written)).expect("valid YAML");
            prop_assert_eq!(read, written);
        }
    }
}
