//! Links that look as if they lead nowhere; whether they do, nobody asks the network here.

use super::Input;
use crate::catalogue::{Owner, Place, Provider};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use std::ops::Range;

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    let catalogue = &input.output.checked.catalogue;
    for provider in &catalogue.providers {
        let (links, place) = (&provider.value.links, provider.place.key("links"));
        let links = [
            ("postmaster", &links.postmaster),
            ("delisting", &links.delisting),
            ("documentation", &links.documentation),
        ];
        for (key, url) in links.into_iter().filter_map(|(key, url)| Some((key, url.as_ref()?))) {
            diagnostics.extend(doubtful(input, url, url, &place.key(key), Some(&provider.value)));
        }
    }
    for rule in input.rules() {
        let provider = match rule.value.owner {
            Owner::Provider(index) => Some(&catalogue.providers[index].value),
            Owner::Language(_) => None,
        };
        let written = &rule.value.rule;
        for (index, url) in written.links.iter().enumerate() {
            let place = input.sources.element(&rule.place.key("links"), index);
            diagnostics.extend(doubtful(input, url, url, &place, provider));
        }
        if let Some(url) = written.source.split_whitespace().nth(1) {
            diagnostics.extend(doubtful(input, url, &written.source, &rule.place.key("source"), provider));
        }
    }
}

/// A link in a text: the text itself, or the end of a source.
fn doubtful(
    input: &Input<'_>,
    url: &str,
    text: &str,
    place: &Place,
    provider: Option<&Provider>,
) -> Option<Diagnostic> {
    let at = text.find(url)?;
    let part = |range: Range<usize>| input.sources.part_span(place, text, at + range.start..at + range.end);
    let host_start = url.find("://")? + "://".len();
    let host = url[host_start..].split(['/', '?', '#', ':']).next().unwrap_or_default();
    let new = |span: Span, message: String, label, help| {
        Some(Diagnostic::new(Code::DoubtfulLink, span, message, label, help))
    };
    let mut bare = url.trim_end_matches(['.', ',', ';', ':', '!', '\'', '…']);
    // The bracket that closes one inside the address belongs to it.
    for (open, close) in [('(', ')'), ('[', ']')] {
        if bare.ends_with(close) && bare.matches(close).count() > bare.matches(open).count() {
            bare = &bare[..bare.len() - 1];
        }
    }
    if bare.len() < url.len() {
        let span = part(bare.len()..url.len());
        let message = format!("`{url}` ends with punctuation");
        let help = "remove it: it belonged to the sentence that the link was copied from";
        return new(span, message, "not part of the address", help).map(|diagnostic| diagnostic.fixed_by(span, ""));
    }
    if let Some((range, what)) = stand_in(url) {
        let help = "write the address as a browser opens it, or that of the page that links to it";
        let message = format!("`{url}` has {what} in the place of a value");
        return new(part(range), message, "nobody can open this", help);
    }
    let host_span = part(host_start..host_start + host.len());
    if is_local(host) {
        let help = "name a page that anybody can open, or remove the link";
        return new(host_span, format!("`{host}` is a name inside one network"), "not found from outside", help);
    }
    if is_reserved(host) && !provider.is_some_and(is_made_up) {
        let help = "name the page that helps the sender, or remove the link";
        return new(host_span, format!("`{host}` is nobody's host"), "reserved for examples", help);
    }
    if host.parse::<std::net::Ipv4Addr>().is_ok() || host.eq_ignore_ascii_case("localhost") {
        let help = "name the host: an address changes hands, and no certificate is issued for it";
        return new(host_span, format!("`{url}` names no host"), "an address", help);
    }
    None
}

/// What a template of an address has where a value belongs: `%s`, `YOUR_IP`.
fn stand_in(url: &str) -> Option<(Range<usize>, &'static str)> {
    let is_hex = |at: usize| url.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
    let percent = url.match_indices('%').map(|(at, _)| at).find(|at| !is_hex(at + 1) || !is_hex(at + 2));
    if let Some(at) = percent {
        let end = url[at..].char_indices().nth(2).map_or(url.len(), |(end, _)| at + end);
        return Some((at..end, "a placeholder"));
    }
    let words = url.match_indices("YOUR_").chain(url.match_indices("xxx.xxx"));
    words.map(|(at, word)| (at..at + word.len(), "a placeholder")).next()
}

/// RFC 6762, and what networks call themselves.
fn is_local(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    ["local", "internal", "lan", "intranet", "corp", "home"].iter().any(|name| last.eq_ignore_ascii_case(name))
}

/// RFC 2606 and RFC 6761.
fn is_reserved(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let second = ["example.com", "example.net", "example.org"];
    let below = |name: &&str| host.strip_suffix(*name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    second.iter().any(below) || matches!(host.rsplit('.').next(), Some("example" | "invalid" | "test" | "localhost"))
}

/// A provider of a guide or a test, whose own hosts are nobody's.
fn is_made_up(provider: &Provider) -> bool {
    provider.mx.iter().chain(&provider.domains).any(|host| is_reserved(host))
}
