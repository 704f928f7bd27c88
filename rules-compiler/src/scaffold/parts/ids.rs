//! Ids of sessions, queues and messages, and single words in quotes or angle brackets: mailboxes, HELO arguments.

use super::{Claims, Kind, pattern};
use regex::Regex;
use rules_runtime::FieldType;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static ENCLOSED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"<[^<>\s]{1,80}>|(?:^|[\s(\[:=])(?:'[^'\s]{1,80}'|"[^"\s]{1,80}"|`[^`\s]{1,80}[`'])"#));

/// Words with letters and digits that mean the same everywhere.
const WORDS: [&str; 16] = [
    "ipv4", "ipv6", "7bit", "8bit", "8bitmime", "smtputf8", "utf8", "base64", "x509", "x509v3", "sha1", "sha256",
    "md5", "1st", "2nd", "3rd",
];

/// What a filter says in quotes: its verdict, and nobody's name.
const VERDICTS: [&str; 24] = [
    "reject",
    "rejected",
    "block",
    "blocked",
    "deny",
    "denied",
    "accept",
    "allow",
    "discard",
    "drop",
    "defer",
    "deferred",
    "quarantine",
    "tempfail",
    "fail",
    "failed",
    "softfail",
    "pass",
    "none",
    "neutral",
    "spam",
    "virus",
    "phishing",
    "malware",
];

static VIRUS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:(?:trojan|troj|worm|virus|backdoor|exploit|malware|phishing|phish|heuristics?|eicar|win32|win64|w32",
        r"|w97m)(?:/|[.:](?-i:[A-Z0-9]))|(?:html|js|vbs|doc|pdf|osx|linux|android|java)/(?-i:[A-Z]))[\w.:/!-]*\w"
    ))
});
static TESTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b[A-Z0-9]+(?:_[A-Z0-9]+)+(?:,[ ]?[A-Z0-9]+(?:_[A-Z0-9]+)*)+|\b[A-Z0-9]{3,}(?:,[ ]?[A-Z0-9]+(?:_[A-Z0-9]+)+)+",
    )
});

/// Names of malware, and lists of a filter's tests.
pub fn claim_findings(claims: &mut Claims<'_>) {
    for range in claims.matches(&TESTS) {
        claims.claim(range, Kind::Hole(FieldType::Text));
    }
    for range in claims.matches(&VIRUS) {
        claims.claim(range, Kind::Hole(FieldType::Token));
    }
}

/// Words that are known to be somebody's.
pub fn claim_names(claims: &mut Claims<'_>, names: &BTreeSet<String>) {
    for range in claims.words() {
        if names.contains(&claims.text[range.clone()].to_lowercase()) {
            claims.claim(range, Kind::Hole(FieldType::Token));
        }
    }
}

pub fn claim(claims: &mut Claims<'_>) {
    for range in ENCLOSED.find_iter(claims.text).map(|found| found.range()).collect::<Vec<_>>() {
        let written = &claims.text[range.clone()];
        let open = written.find(['<', '\'', '"', '`']).unwrap_or(0) + 1;
        let inner = range.start + open..range.end - 1;
        let word = &claims.text[inner.clone()];
        let simple = !word.contains(['(', ')', '[', ']', '{', '}', ',', ';', '"', '\'', '`']);
        let verdict = VERDICTS.contains(&word.to_lowercase().as_str());
        if simple && !verdict && !is_stand_in(written) && word.contains(char::is_alphanumeric) {
            let end = inner.start + word.trim_end_matches(['.', ':', '!', '?']).len();
            claims.claim(inner.start..end, Kind::Hole(FieldType::Token));
        }
    }
    for range in claims.words() {
        if is_id(&claims.text[range.clone()]) {
            claims.claim(range, Kind::Hole(FieldType::Token));
        }
    }
}

/// `<ip>`: what a publisher writes in the place of a value.
fn is_stand_in(written: &str) -> bool {
    ["<ip>", "<domain>", "<host>", "<sender>", "<recipient>", "<email>"].contains(&written.to_lowercase().as_str())
}

fn is_id(word: &str) -> bool {
    let lower = word.to_lowercase();
    if word.contains(char::REPLACEMENT_CHARACTER) {
        return true;
    }
    if WORDS.contains(&lower.as_str()) || lower.starts_with("rfc") || lower.starts_with("tlsv") || lower.contains("://")
    {
        return false;
    }
    let (digits, letters) =
        (word.chars().filter(char::is_ascii_digit).count(), word.chars().filter(|c| c.is_alphabetic()).count());
    let changes = changes(word, |c| c.is_ascii_digit());
    if digits > 0 && letters > 0 {
        return changes >= 2 && word.len() >= 5
            || digits >= 6
            || word.len() >= 8
                && (word.contains(['-', '_', '+', '/', '#']) || word.starts_with(|c: char| c.is_ascii_digit()));
    }
    if digits > 0 {
        // `1700000000-12345-6`, but not a telephone number's or a version's short groups.
        return word.len() >= 12 && !word.bytes().all(|b| b.is_ascii_digit());
    }
    word.ends_with("==") && word.len() >= 8 || is_scrambled(word)
}

/// Letters in both cases as no language mixes them.
fn is_scrambled(word: &str) -> bool {
    let capitals = changes(word, char::is_uppercase);
    word.is_ascii() && word.len() >= 10 && capitals >= 5 && word.len() < capitals * 2
}

/// How often two neighbouring letters or digits differ in this.
fn changes(word: &str, is: impl Fn(char) -> bool) -> usize {
    let flags: Vec<bool> = word.chars().filter(|c| c.is_alphanumeric()).map(is).collect();
    flags.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

#[cfg(test)]
mod tests {
    use super::is_id;

    #[test]
    fn ids_and_words_are_told_apart() {
        for id in [
            "h1-20020a05600c198100b0040e",
            "4Z7yC12345z1xyz",
            "A1B2C3D4E5",
            "1qXYZa-0003Ab-C5",
            "SNT004-MC1F28",
            "08DC1A2B3C4D5E6F",
            "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
            "AbCdEfGhIjKlMn",
            "c29tZXRoaW5n==",
        ] {
            assert!(is_id(id), "{id}");
        }
        for word in [
            "IPv6",
            "TLSv1.2",
            "8BITMIME",
            "RecipientNotFound",
            "unsolicited",
            "SPF",
            "DomainNotFoundInDirectory",
            "5.7.1",
            "RFC5321",
            "SHA256",
            "10MB",
        ] {
            assert!(!is_id(word), "{word}");
        }
    }
}
