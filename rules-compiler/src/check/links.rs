//! Links: complete https addresses.

use super::Input;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    for provider in &input.catalogue.providers {
        let (links, place) = (&provider.value.links, provider.place.key("links"));
        let links = [
            ("postmaster", &links.postmaster),
            ("delisting", &links.delisting),
            ("documentation", &links.documentation),
        ];
        for (key, url) in links {
            let Some(url) = url else { continue };
            diagnostics.extend(link(url, input.sources.part_span(&place.key(key), url, 0..url.len())));
        }
    }
    for rule in input.rules() {
        for (url, place) in input.each(&rule.place, "links", &rule.value.rule.links) {
            diagnostics.extend(link(url, input.sources.part_span(&place, url, 0..url.len())));
        }
    }
}

/// What is wrong with an address.
pub(super) fn link(url: &str, span: Span) -> Option<Diagnostic> {
    let secure = url.strip_prefix("https://");
    let Some(rest) = secure.or_else(|| url.strip_prefix("http://")) else {
        let message = format!("`{url}` is not a complete address");
        let help = "write the whole address, beginning with `https://`";
        return Some(Diagnostic::new(Code::MalformedLink, span, message, "does not begin with `https://`", help));
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let malformed = |message: String, label: &str, help: &str| {
        Some(Diagnostic::new(Code::MalformedLink, span, message, label, help))
    };
    let bar = "copy the address from the browser's address bar";
    if host.contains('@') {
        return malformed(format!("`{url}` holds a login"), "before the `@`", "leave out what stands before the `@`");
    }
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    if is_host(name) && port.is_some_and(|port| port.parse::<u16>().is_err()) {
        let label = "a port is a number up to 65535";
        return malformed(format!("`{url}` names no port behind its colon"), label, bar);
    }
    if !is_host(name) {
        return malformed(format!("`{url}` names no host"), "no host name after `//`", bar);
    }
    if url.split_whitespace().count() > 1 && url.split_whitespace().all(|part| part.starts_with("http")) {
        let help = "keep one of them here: further pages belong in the list `links`";
        return malformed("these are several addresses".to_owned(), "one is needed", help);
    }
    if let Some(bad) = url.chars().find(|c| c.is_whitespace() || c.is_control() || "<>\"\\^`{|}".contains(*c)) {
        let bad = if bad.is_control() { bad.escape_default().to_string() } else { bad.to_string() };
        let help = "copy the address from the browser's address bar, where such characters are written as `%20`";
        return malformed(format!("an address cannot contain `{bad}`"), "in this address", help);
    }
    if secure.is_some() {
        return None;
    }
    let help = "write `https://` if the page is there as well; else allow this warning with a reason";
    let diagnostic = Diagnostic::new(Code::InsecureLink, span, "this link is plain http", "not https", help);
    let scheme = Span { end: span.start + "http".len(), ..span };
    // Where the place is the whole value, it may begin with a quote.
    Some(if span.end - span.start == url.len() { diagnostic.fixed_by(scheme, "https") } else { diagnostic })
}

fn is_host(host: &str) -> bool {
    let label =
        |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    host.contains('.') && host.split('.').all(label)
}
