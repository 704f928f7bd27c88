//! The form of ids and of other names in the catalogue.

/// Whether a name is lower-case words of letters and digits, joined by `-`.
pub(crate) fn is_kebab_case(id: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    id.split('-').all(word)
}

/// The name that is nearest to this text.
pub(crate) fn kebab_case(id: &str) -> String {
    let lower = id.to_ascii_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
