//! Did you mean …?

use super::Certainty;

/// A name that was most likely meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Suggestion<'a> {
    pub name: &'a str,
    pub certainty: Certainty,
}

impl Suggestion<'_> {
    /// `` did you mean `name`? ``, and what cannot be seen in the word that was written for it.
    pub fn question(&self, word: &str) -> String {
        let question = format!("did you mean `{}`?", self.name);
        match word
            .chars()
            .find(|c| !c.is_ascii() && !self.name.contains(*c) && latin(c.encode_utf8(&mut [0; 4])).is_ascii())
        {
            Some(c) if is_unseen(c) => format!("U+{:04X} cannot be seen: {question}", u32::from(c)),
            Some(c) => format!("`{c}` is U+{:04X}: {question}", u32::from(c)),
            None => question,
        }
    }
}

/// The candidate that is spelt most like `word`, if one is near enough to be meant.
///
/// Case, the choice between `-`, `_` and a space, and letters that only look like others do not count. It is certain where only one candidate is near, by one
/// letter, or by two in a long word; another number is another name.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<Suggestion<'a>> {
    const LONGEST: usize = 64;
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let plain = |text: &str| latin(text).trim().to_ascii_lowercase().replace(['_', ' '], "-");
    let word = plain(word);
    let letters = word.chars().count();
    let measured = candidates.into_iter().map(|candidate| (strsim::osa_distance(&word, &plain(candidate)), candidate));
    let mut near: Vec<_> = measured.filter(|(distance, _)| *distance <= (letters / 3).max(1)).collect();
    near.sort_by_key(|(distance, _)| *distance);
    let (distance, name) = *near.first()?;
    let is_only = near.get(1).is_none_or(|(other, _)| *other > distance + 1 || distance == 0 && *other > 0);
    let is_small = match letters {
        0..=3 => distance == 0,
        4..=7 => distance <= 1,
        _ => distance <= 2,
    };
    let is_certain = is_only && is_small && digits(&word) == digits(name);
    Some(Suggestion { name, certainty: if is_certain { Certainty::Certain } else { Certainty::Likely } })
}

/// The one candidate that shares most words with `word`, as `sender-ip` does with `ip`; likely at best.
pub(crate) fn akin<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<Suggestion<'a>> {
    let parts = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| part.len() > 1);
        parts.map(str::to_ascii_lowercase).collect()
    };
    let words = parts(word);
    let shared = |candidate: &str| parts(candidate).iter().filter(|part| words.contains(part)).count();
    let mut shared: Vec<_> = candidates.into_iter().map(|candidate| (shared(candidate), candidate)).collect();
    shared.sort_by_key(|(shared, _)| std::cmp::Reverse(*shared));
    let (most, name) = *shared.first().filter(|(most, _)| *most > 0)?;
    let is_only = shared.get(1).is_none_or(|(other, _)| *other < most);
    is_only.then_some(Suggestion { name, certainty: Certainty::Likely })
}

/// The text with the letters of a to z in the place of those that only look like them, and without what cannot be seen.
pub(crate) fn latin(text: &str) -> String {
    text.chars().filter(|c| !is_unseen(*c)).map(look_alike).collect()
}

/// Characters without a shape.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Cyrillic and Greek letters, wide forms, dashes and blanks that keyboards and word processors put in.
fn look_alike(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'һ' => 'h',
        'і' | 'ı' | 'ι' => 'i',
        'ј' => 'j',
        'ո' => 'n',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'υ' => 'u',
        'ν' => 'v',
        'х' | 'χ' => 'x',
        'у' => 'y',
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        '\u{A0}' | '\u{2007}' | '\u{202F}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// `a`, `b` or `c`.
pub(crate) fn list<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match names.as_slice() {
        [] => String::new(),
        [name] => name.clone(),
        [names @ .., last] => format!("{} or {last}", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Certainty, akin, list, nearest};

    #[test]
    fn a_near_word_is_found_and_a_far_one_is_not() {
        let keys = ["category", "explanation", "retry_after"];
        let name = |word: &str| nearest(word, keys).map(|found| found.name);
        assert_eq!(name("catgory"), Some("category"));
        assert_eq!(name("Retry-After"), Some("retry_after"));
        assert_eq!(name("colour"), None);
        assert_eq!(name(""), None);
    }

    #[test]
    fn only_a_slip_of_the_pen_is_certain() {
        let certain = |word: &str, names: &[&'static str]| {
            nearest(word, names.iter().copied()).is_some_and(|found| found.certainty == Certainty::Certain)
        };
        assert!(certain("catgory", &["category", "explanation"]));
        assert!(certain("Retry-After", &["retry_after"]));
        assert!(certain("MTA", &["mta", "esp"]));
        assert!(!certain("mtb", &["mta", "esp"]), "one letter of three");
        assert!(!certain("tss04", &["tss05"]), "another number");
        assert!(!certain("rate-limits", &["rate-limit", "rate-limited"]), "two are near");
        assert!(certain("rate-limited", &["rate_limited", "rate-limit"]), "one is the same but for the dash");
        assert!(!certain("explain", &["explanation"]));
    }

    #[test]
    fn look_alikes_are_letters() {
        let found = nearest("r\u{430}te\u{2013}limit\u{200B}ed", ["rate-limited"]).expect("the same to the eye");
        assert_eq!(found.certainty, Certainty::Certain);
    }

    #[test]
    fn a_shared_word_is_a_hint() {
        let scopes = ["recipient", "recipient-domain", "sender", "sender-ip"];
        let name = |word: &str| akin(word, scopes).map(|found| found.name);
        assert_eq!(name("ip"), Some("sender-ip"));
        assert_eq!(name("domain of recipient"), Some("recipient-domain"));
        assert_eq!(name("sender"), None, "two share it");
        assert_eq!(name("colour"), None);
    }

    #[test]
    fn lists_read_as_a_sentence() {
        assert_eq!(list(["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(list(["a"]), "`a`");
    }
}
