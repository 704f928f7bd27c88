//! `mx` and `domains`: host names in lower case, each of one provider; and markers, which are so too.

use super::Input;
use crate::catalogue::Place;
use crate::diagnostic::{Certainty, Code, Diagnostic, Diagnostics, latin};
use std::collections::BTreeMap;

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    let mut mx: BTreeMap<&str, Place> = BTreeMap::new();
    let mut markers: BTreeMap<String, Place> = BTreeMap::new();
    for provider in &input.catalogue.providers {
        // Two providers may serve addresses of one domain; a host speaks for one provider only.
        let mut domains = BTreeMap::new();
        for (host, place) in input.each(&provider.place, "mx", &provider.value.mx) {
            host_name(input, host, place, &mut mx, diagnostics);
        }
        for (host, place) in input.each(&provider.place, "domains", &provider.value.domains) {
            host_name(input, host, place, &mut domains, diagnostics);
        }
        for (marker, place) in input.each(&provider.place, "markers", &provider.value.markers) {
            let folded = marker.to_ascii_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
            match markers.get(&folded).filter(|first| first.file != place.file) {
                Some(first) => diagnostics.push(shared_marker(input, marker, &place, first)),
                None => drop(markers.insert(folded, place)),
            }
        }
    }
}

fn shared_marker(input: &Input<'_>, marker: &str, place: &Place, first: &Place) -> Diagnostic {
    let message = format!("two providers have the marker `{marker}`");
    let help = "keep it with the provider whose replies alone carry it, or remove it from both";
    let diagnostic = Diagnostic::new(Code::SharedHost, input.sources.span(place), message, "given again here", help);
    diagnostic.also(input.sources.span(first), "first given here")
}

fn host_name<'a>(
    input: &Input<'_>,
    host: &'a str,
    place: Place,
    seen: &mut BTreeMap<&'a str, Place>,
    diagnostics: &mut Diagnostics,
) {
    let span = input.sources.span(&place);
    if !is_host_name(host) {
        let message = format!("`{host}` is not a host name");
        let help = "write lower-case labels joined by dots, without a dot or `*` in front, as in `mx.example.com`";
        let diagnostic = Diagnostic::new(Code::MalformedHost, span, message, "not of this form", help);
        let mended = mended(host);
        let is_certain = is_host_name(&mended);
        let hosts: Vec<&str> = host.split_whitespace().collect();
        diagnostics.push(if is_certain {
            diagnostic.fixed_by(span, mended)
        } else if hosts.len() > 1
            && hosts.iter().all(|host| is_host_name(host))
            && stands_between_brackets(input, &place)
        {
            let help = "separate the hosts with commas".to_owned();
            Diagnostic { help, ..diagnostic }.fixed_by(span, hosts.join(", ")).with_certainty(Certainty::Likely)
        } else {
            diagnostic
        });
        return;
    }
    let Some(first) = seen.get(host) else {
        seen.insert(host, place);
        return;
    };
    let message = format!("`{host}` is given twice");
    let help = if first.file == place.file {
        "remove one of the two"
    } else {
        "keep it with the provider who runs the host: a host speaks for one provider"
    };
    let diagnostic = Diagnostic::new(Code::SharedHost, span, message, "given again here", help);
    diagnostics.push(diagnostic.also(input.sources.span(first), "first given here"));
}

/// Whether a list's element stands in `[…]`.
fn stands_between_brackets(input: &Input<'_>, place: &Place) -> bool {
    let list = Place { file: place.file, path: place.path[..place.path.len() - 1].to_vec() };
    input.sources.text(place.file).get(input.sources.span(&list).range()).is_some_and(|list| list.starts_with('['))
}

/// What was most likely meant.
pub(super) fn mended(host: &str) -> String {
    let host = host.trim().split_once("://").map_or(host.trim(), |(_, rest)| rest).trim_end_matches('/');
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    let host = host.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(host, |(host, _)| host);
    latin(host).trim_start_matches(['*', '.', '@']).trim_end_matches('.').to_ascii_lowercase()
}

fn is_host_name(host: &str) -> bool {
    let label = |label: &str| {
        let letters = label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        (1..=63).contains(&label.len()) && letters && !label.starts_with('-') && !label.ends_with('-')
    };
    // The last label of an address is a number.
    let ends_in_name =
        || host.rsplit('.').next().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_lowercase()));
    host.len() <= 253 && host.contains('.') && host.split('.').all(label) && ends_in_name()
}
