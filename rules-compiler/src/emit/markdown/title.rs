//! A rule's heading, made from its id.

use crate::template::{Piece, Template};

const ABBREVIATIONS: &[&str] = &[
    "arc", "ascii", "auth", "bcc", "bl", "cidr", "cname", "csi", "css", "csr", "dane", "dbl", "dkim", "dmarc", "dns",
    "dnsbl", "dnssec", "ehlo", "ers", "esa", "esmtp", "esp", "etrn", "fqdn", "helo", "html", "http", "id", "imap",
    "ip", "json", "ldap", "lhlo", "lmtp", "mdb", "mime", "mta", "mx", "ndr", "nul", "pbl", "ptr", "rbl", "rcpt",
    "rdns", "rfc", "rhsbl", "sbl", "siq", "smtp", "smtputf8", "spf", "spp", "srs", "ssl", "starttls", "sts", "tcp",
    "tld", "tls", "tlsa", "uri", "url", "uucp", "vrfy", "xbl", "xoauth",
];

const NAMES: &[(&str, &str)] = &[
    ("att", "AT&T"),
    ("barracuda", "Barracuda"),
    ("bluetie", "BlueTie"),
    ("cloudmark", "Cloudmark"),
    ("cmsmtp", "CMSMTP"),
    ("cox", "Cox"),
    ("exchange", "Exchange"),
    ("gmail", "Gmail"),
    ("google", "Google"),
    ("invaluement", "Invaluement"),
    ("ipv4", "IPv4"),
    ("ipv6", "IPv6"),
    ("microsoft", "Microsoft"),
    ("proofpoint", "Proofpoint"),
    ("qmail", "qmail"),
    ("redis", "Redis"),
    ("senderscore", "SenderScore"),
    ("sorbs", "SORBS"),
    ("spamcop", "SpamCop"),
    ("spamhaus", "Spamhaus"),
    ("sfr", "SFR"),
    ("uceprotect", "UCEPROTECT"),
];

/// Names of several words, and what a last word stands for.
const LONGER_NAMES: &[(&str, &str)] = &[
    ("at return path", "at Return Path"),
    ("orange uk", "Orange UK"),
    ("road runner", "Road Runner"),
    ("trend micro", "Trend Micro"),
    ("found ja", "found (Japanese)"),
];

/// `low-domain-reputation` as `Low domain reputation`, `tss04` as `TSS04`, `rp-001` as `RP-001`.
pub fn of_rule(id: &str) -> String {
    let mut title = String::new();
    let words: Vec<&str> = id.split('-').collect();
    for (index, word) in words.iter().enumerate() {
        let numbered = words.get(index + 1).is_some_and(|next| is_number(next)) && word.len() <= 3;
        let joined = index > 0 && is_number(word) && words[index - 1].len() <= 3 && words[index - 1] != "rfc";
        if index > 0 {
            title.push(if joined { '-' } else { ' ' });
        }
        if let Some((_, name)) = NAMES.iter().find(|(plain, _)| plain == word) {
            title.push_str(name);
        } else if numbered || ABBREVIATIONS.contains(word) || word.bytes().any(|b| b.is_ascii_digit()) {
            title.push_str(&word.to_uppercase());
        } else if index == 0 && *word == "names" {
            title.push_str("Mentions");
        } else if index == 0 {
            title.push_str(&capitalized(word));
        } else {
            title.push_str(word);
        }
    }
    LONGER_NAMES.iter().fold(title, |title, (plain, name)| title.replace(plain, name))
}

/// The title with the provider's own codes as they are spelt: in front where the id opens with one (`RPT-VFY domain`), else
/// behind it, where it does not name them (`Network on block list (S3150, S3140)`).
pub fn with_codes(id: &str, templates: &[Template]) -> String {
    const MOST: usize = 3;
    let codes = own_codes(templates);
    let title = codes.iter().find_map(|code| opened_by(id, code)).unwrap_or_else(|| of_rule(id));
    let plain = |text: &str| text.to_uppercase().replace(['-', ' '], "");
    let mut named: Vec<&str> = Vec::new();
    for code in codes {
        let telling = code.bytes().any(|b| b.is_ascii_digit()) && (3..=20).contains(&code.len());
        if telling && !plain(&title).contains(&plain(code)) {
            named.push(code);
        }
    }
    if named.is_empty() || named.len() > MOST { title } else { format!("{title} ({})", named.join(", ")) }
}

/// The codes of the provider's own that the templates hold, each once.
pub fn own_codes(templates: &[Template]) -> Vec<&str> {
    let mut codes: Vec<&str> = Vec::new();
    for piece in templates.iter().flat_map(|template| &template.pieces) {
        let Piece::Literal { text, field: Some(name) } = piece else { continue };
        let code = text.trim_matches(['(', ')', '[', ']', ' ']);
        if name == "code" && !code.is_empty() && !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// The title of an id that opens with a code: the code as it is spelt, then the other words.
fn opened_by(id: &str, code: &str) -> Option<String> {
    let spelt: String =
        code.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    if spelt == id {
        return Some(code.to_owned());
    }
    let is_code = spelt.len() > 3 && spelt.contains(|c: char| c == '-' || c.is_ascii_digit());
    let rest = id.strip_prefix(spelt.as_str()).filter(|rest| is_code && (rest.is_empty() || rest.starts_with('-')))?;
    match rest.strip_prefix('-') {
        Some(rest) => {
            let words = of_rule(&format!("x-{rest}"));
            Some(format!("{code} {}", words.get(2..).unwrap_or_default()))
        }
        None => Some(code.to_owned()),
    }
}

/// The first letter in upper case.
pub fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::of_rule;

    #[test]
    fn ids_become_headings() {
        let pairs = [
            ("low-domain-reputation", "Low domain reputation"),
            ("names-block-list", "Mentions block list"),
            ("tss04", "TSS04"),
            ("rp-001", "RP-001"),
            ("no-ptr-for-ipv6", "No PTR for IPv6"),
            ("not-rfc-5322-compliant", "Not RFC 5322 compliant"),
        ];
        for (id, title) in pairs {
            assert_eq!(of_rule(id), title);
        }
    }
}
