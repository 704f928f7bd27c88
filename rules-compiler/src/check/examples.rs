//! Examples: at least one, and nobody's real address in it.

use super::Input;
use crate::catalogue::{Place, Provider};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use regex::Regex;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::Range;
use std::sync::LazyLock;

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    for rule in input.rules() {
        let examples = &rule.value.rule.examples;
        if examples.is_empty() {
            let span = input.sources.key_span(&rule.place.key("examples"));
            let message = format!("`{}` has no example", rule.value.id);
            let help = "add a reply as it comes over the wire, with its code: every rule proves itself on one";
            diagnostics.push(Diagnostic::new(Code::NoExample, span, message, "nothing follows", help));
        }
        for (example, place) in input.each(&rule.place, "examples", examples) {
            if example.trim().is_empty() {
                let span = input.sources.span(&place);
                let help = "write the reply as it comes over the wire, with its code, or remove the line";
                diagnostics.push(Diagnostic::new(
                    Code::EmptyExample,
                    span,
                    "this example is empty",
                    "no reply here",
                    help,
                ));
            }
            unreserved(input, example, &place, input.provider(&rule.value), diagnostics);
        }
    }
}

fn unreserved(
    input: &Input<'_>,
    example: &str,
    place: &Place,
    provider: Option<&Provider>,
    diagnostics: &mut Diagnostics,
) {
    let addresses = addresses(example).filter(|(_, address)| !is_reserved_address(*address)).map(|(part, _)| part);
    let domains = mail_domains(example).filter(|(_, domain)| !is_reserved_domain(domain) && !is_own(domain, provider));
    for part in addresses.chain(domains.map(|(part, _)| part)) {
        let message = format!("`{}` may be somebody's", &example[part.clone()]);
        let span = input.sources.part_span(place, example, part);
        let help = "use 192.0.2.1, 2001:db8::1 or a name under `example.com` instead";
        diagnostics.push(Diagnostic::new(Code::UnreservedName, span, message, "not reserved for examples", help));
    }
}

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| pattern(r"[0-9A-Za-z.:]+"));
static MAIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"[A-Za-z0-9._%+=-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

/// The IP addresses in a reply.
fn addresses(example: &str) -> impl Iterator<Item = (Range<usize>, IpAddr)> {
    ADDRESS.find_iter(example).filter_map(|found| {
        // `IPv6:2001:db8::1` is how SMTP writes one; a full stop or a colon may follow.
        let text = found.as_str();
        let tag = if text.get(..5).is_some_and(|tag| tag.eq_ignore_ascii_case("ipv6:")) { 5 } else { 0 };
        let exact = &text[tag..];
        let trimmed = exact.trim_end_matches(['.', ':']);
        let (text, address) =
            [exact, trimmed].into_iter().find_map(|text| Some((text, text.parse::<IpAddr>().ok()?)))?;
        let start = found.start() + tag;
        Some((start..start + text.len(), address))
    })
}

/// The domains of the mail addresses in a reply, in lower case; the ranges are the addresses'.
fn mail_domains(example: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    MAIL.captures_iter(example)
        .filter_map(|found| Some((found.get(0)?.range(), found.get(1)?.as_str().to_ascii_lowercase())))
}

fn is_reserved_address(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_reserved_v4(v4),
        IpAddr::V6(v6) => is_reserved_v6(v6),
    }
}

fn is_reserved_v4(address: Ipv4Addr) -> bool {
    let documentation = matches!(address.octets(), [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _]);
    documentation || address.is_loopback() || address.is_unspecified() || address.is_private()
}

fn is_reserved_v6(address: Ipv6Addr) -> bool {
    let documentation = address.segments()[..2] == [0x2001, 0xdb8];
    let mapped = address.to_ipv4_mapped().is_some_and(is_reserved_v4);
    documentation || mapped || address.is_loopback() || address.is_unspecified()
}

fn is_reserved_domain(domain: &str) -> bool {
    let is_name = |name: &&str| is_below(domain, name);
    let last = domain.rsplit('.').next().unwrap_or_default();
    ["example.com", "example.net", "example.org"].iter().any(is_name) || matches!(last, "example" | "invalid" | "test")
}

/// A provider's own role addresses are public.
fn is_own(domain: &str, provider: Option<&Provider>) -> bool {
    provider.is_some_and(|provider| provider.domains.iter().chain(&provider.mx).any(|name| is_below(domain, name)))
}

fn is_below(domain: &str, name: &str) -> bool {
    domain.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::{addresses, is_reserved_address, is_reserved_domain, mail_domains};

    #[test]
    fn addresses_are_found_and_told_apart() {
        let found = |text: &str| -> Vec<(String, bool)> {
            let found = addresses(text);
            found.map(|(part, address)| (text[part].to_owned(), is_reserved_address(address))).collect()
        };
        let one = |text: &str, reserved: bool| vec![(text.to_owned(), reserved)];
        assert_eq!(found("421 4.7.0 [192.0.2.1] at 12:30:45"), one("192.0.2.1", true));
        assert_eq!(found("host 8.8.8.8."), one("8.8.8.8", false));
        assert_eq!(found("[IPv6:2001:db8::1]: no"), one("2001:db8::1", true));
        assert_eq!(found("2a00:1450::5: no"), one("2a00:1450::5", false));
        assert_eq!(found("10.0.0.1"), one("10.0.0.1", true));
        assert_eq!(found("version 15.20.7025.19, 4.7.0"), vec![]);
    }

    #[test]
    fn reserved_domains() {
        let domains: Vec<String> =
            mail_domains("<a@Example.com>, b@mx.corp.test c@gmail.com").map(|found| found.1).collect();
        assert_eq!(domains, ["example.com", "mx.corp.test", "gmail.com"]);
        let reserved: Vec<bool> = domains.iter().map(|domain| is_reserved_domain(domain)).collect();
        assert_eq!(reserved, [true, true, false]);
        assert!(!is_reserved_domain("notexample.com"));
    }
}
