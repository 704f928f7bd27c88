//! Did you mean …?

/// The candidate that is spelt most like `word`, if one is near enough to be meant.
///
/// Case and the choice between `-`, `_` and a space do not count.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 64;
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let plain = |text: &str| text.to_ascii_lowercase().replace(['_', ' '], "-");
    let word = plain(word);
    let most = (word.chars().count() / 3).max(1);
    let distance = |candidate: &str| strsim::osa_distance(&word, &plain(candidate));
    let measured = candidates.into_iter().map(|candidate| (distance(candidate), candidate));
    measured
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
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
    use super::{list, nearest};

    #[test]
    fn a_near_word_is_found_and_a_far_one_is_not() {
        let keys = ["category", "explanation", "retry_after"];
        assert_eq!(nearest("catgory", keys), Some("category"));
        assert_eq!(nearest("Retry-After", keys), Some("retry_after"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("", keys), None);
    }

    #[test]
    fn lists_read_as_a_sentence() {
        assert_eq!(list(["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(list(["a"]), "`a`");
    }
}
