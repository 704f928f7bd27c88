//! Texts as words, to be compared.

use std::hash::{DefaultHasher, Hash, Hasher};

/// The words of a text in lower case, letters and digits only.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    words.map(str::to_lowercase)
}

/// Words that say nothing about the matter, and those of the advice that every reply could have.
const EMPTY: &[&str] = &[
    "a", "again", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "contact", "could", "for", "from",
    "has", "have", "if", "in", "is", "it", "its", "later", "no", "not", "of", "on", "or", "please", "so", "than",
    "that", "the", "their", "then", "there", "they", "this", "to", "try", "was", "were", "which", "will", "with",
    "you", "your",
];

/// The words that say something, without their endings.
pub(super) fn content(text: &str) -> impl Iterator<Item = String> {
    words(text).filter(|word| EMPTY.binary_search(&word.as_str()).is_err()).map(|word| stem(&word).to_owned())
}

fn stem(word: &str) -> &str {
    const SHORTEST: usize = 4;
    let endings = ["ing", "ed", "es", "s"].iter();
    let mut stems = endings.filter_map(|ending| word.strip_suffix(ending)).filter(|stem| stem.len() >= SHORTEST);
    stems.next().unwrap_or(word)
}

/// Pairs of neighbouring words, each by its hash, sorted: every text is compared with many others.
pub(super) fn pairs(text: &str) -> Vec<u64> {
    let words: Vec<String> = words(text).collect();
    let hash = |pair: &[String]| {
        let mut hasher = DefaultHasher::new();
        pair.hash(&mut hasher);
        hasher.finish()
    };
    let mut pairs: Vec<u64> = words.windows(2).map(hash).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Which share of the pairs two texts have in common: 0 to 1.
pub(super) fn likeness(a: &[u64], b: &[u64]) -> f64 {
    let (few, many) = (a.len().min(b.len()), a.len().max(b.len()));
    // The common ones are at most the fewer: most texts are told apart by their lengths.
    if few * 2 < many || many == 0 {
        return 0.0;
    }
    let (mut common, mut at) = (0, [0, 0]);
    while let (Some(one), Some(other)) = (a.get(at[0]), b.get(at[1])) {
        common += usize::from(one == other);
        at = [at[0] + usize::from(one <= other), at[1] + usize::from(other <= one)];
    }
    common as f64 / (a.len() + b.len() - common) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_text() {
        let content: Vec<String> = content("The messages were deferred, and it's blocking 192.0.2.7").collect();
        assert_eq!(content, ["messag", "deferr", "it's", "block", "192", "0", "2", "7"]);
        assert!(EMPTY.is_sorted());
    }

    #[test]
    fn texts_are_alike_or_not() {
        let like = |a: &str, b: &str| likeness(&pairs(a), &pairs(b));
        assert_eq!(like("one two three four", "One, two: three four."), 1.0);
        assert!(like("one two three four five", "one two three four six") > 0.5);
        assert_eq!(like("one two", "three four"), 0.0);
        assert_eq!(like("", ""), 0.0);
    }
}
