//! The dearest texts that we know how to write.

use crate::rounds::median;
use rules_compiler::template::Item;
use rules_runtime::{Classifier, LOOK_AT, Tables};
use rules_tests::measured::Catalogue;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::hint::black_box;
use std::time::Instant;

const LENGTH: usize = 64 << 10;

/// Texts of 64 KiB, each with a name.
pub fn texts(catalogue: &Catalogue) -> Vec<(String, Vec<u8>)> {
    let tables = catalogue.tables();
    let programs: Vec<Vec<Item>> =
        catalogue.output.checked.rules.iter().flat_map(|rule| &rule.templates).map(|t| t.items()).collect();
    let mut texts = vec![
        ("the commonest anchors, in turns".to_owned(), common_windows(&programs).join(&b' ')),
        ("near misses of the longest templates".to_owned(), near_misses(&programs)),
        ("parts of templates with most gaps, the last left out".to_owned(), gaps(&programs)),
        ("a word at every second byte".to_owned(), b"a b c d e f g ".to_vec()),
        ("a word at every byte (0xE9)".to_owned(), vec![0xE9]),
        ("spaces".to_owned(), b" ".to_vec()),
        ("unfolded: codes on every line, tabs, CRLF".to_owned(), b"550-5.7.1\t Mail \t was  not\r\n".to_vec()),
        ("announcements of quoted replies".to_owned(), b"host mx.example.com said: 550 5.1.1 <<< 451 ".to_vec()),
        ("addresses and digits".to_owned(), b"192.0.2.1:2001:db8::1,".to_vec()),
    ];
    let (name, worst) = worst_prefix(&programs, &tables);
    texts.push((format!("the worst beginning of a template: {name:?}"), worst));
    let repeated = |(name, text): (String, Vec<u8>)| (name, repeat(b"550 5.7.1 ", &text, LENGTH));
    texts.into_iter().map(repeated).collect()
}

/// Nanoseconds for each byte that is looked at, for the first 1, 4 and 64 KiB of a text.
pub fn per_byte(tables: &Tables<'_>, text: &[u8]) -> [f64; 3] {
    [1 << 10, LOOK_AT, LENGTH].map(|length| time(tables, &text[..length], 41) / length.min(LOOK_AT) as f64)
}

/// The median time of a reply, in nanoseconds.
fn time(tables: &Tables<'_>, reply: &[u8], rounds: usize) -> f64 {
    let mut times: Vec<f64> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            black_box(Classifier::new(black_box(tables)).classify(black_box(reply)));
            start.elapsed().as_nanos() as f64
        })
        .collect();
    median(&mut times)
}

fn repeat(head: &[u8], text: &[u8], length: usize) -> Vec<u8> {
    head.iter().chain(text.iter().cycle()).copied().take(length).collect()
}

fn literals(items: &[Item]) -> impl Iterator<Item = &[u8]> {
    items.iter().filter_map(|item| match item {
        Item::Literal { bytes, .. } => Some(bytes.as_slice()),
        _ => None,
    })
}

/// The sixteen bytes from a word's start that most templates have.
fn common_windows(programs: &[Vec<Item>]) -> Vec<Vec<u8>> {
    let mut counts: HashMap<&[u8], usize> = HashMap::new();
    for literal in programs.iter().flat_map(|items| literals(items)) {
        let starts = (0..literal.len()).filter(|at| *at == 0 || literal[at - 1] == b' ');
        for window in starts.filter_map(|at| literal.get(at..at + 16)) {
            *counts.entry(window).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().map(|(window, count)| (Reverse(count), window)).collect();
    counts.sort();
    counts.into_iter().take(40).map(|(_, window)| window.to_vec()).collect()
}

/// The longest templates with values in their holes, but for their last byte.
fn near_misses(programs: &[Vec<Item>]) -> Vec<u8> {
    let mut texts: Vec<Vec<u8>> = programs.iter().map(|items| spelled(items)).collect();
    texts.sort_by_key(|text| (Reverse(text.len()), text.clone()));
    texts.iter().take(50).flat_map(|text| [&text[..text.len() - 1], b"@ "].concat()).collect()
}

/// The templates with most gaps: every part many times, but for the last.
fn gaps(programs: &[Vec<Item>]) -> Vec<u8> {
    let count = |items: &[Item]| items.iter().filter(|item| matches!(item, Item::Gap { .. })).count();
    let mut with_gaps: Vec<_> = programs.iter().filter(|items| count(items) > 0).collect();
    with_gaps.sort_by_key(|items| Reverse(count(items)));
    let parts = |items: &&Vec<Item>| {
        let mut parts: Vec<Vec<u8>> = items.split(|item| matches!(item, Item::Gap { .. })).map(spelled).collect();
        parts.pop();
        parts.into_iter().flat_map(|part| [part, b" ".to_vec()].concat().repeat(4)).collect::<Vec<u8>>()
    };
    let text: Vec<u8> = with_gaps.iter().take(12).flat_map(parts).collect();
    if text.is_empty() { b"no template has a gap ".to_vec() } else { text }
}

/// A text that the items match.
fn spelled(items: &[Item]) -> Vec<u8> {
    let text = |item: &Item| match item {
        Item::Expression(expression) => expression.anchors().into_iter().flatten().next().unwrap_or_default(),
        Item::Literal { bytes, .. } => bytes.clone(),
        Item::Choice { texts } => texts.first().cloned().unwrap_or_default(),
        Item::Hole { .. } => b"192.0.2.1".to_vec(),
        Item::Gap { .. } => b" ".to_vec(),
    };
    items.iter().flat_map(text).collect()
}

/// Of the beginnings of many templates, each repeated, the dearest one.
fn worst_prefix(programs: &[Vec<Item>], tables: &Tables<'_>) -> (String, Vec<u8>) {
    let step = programs.len().div_ceil(700).max(1);
    let cost = |items: &Vec<Item>| {
        [8, 16, 24, 40]
            .into_iter()
            .map(|length| {
                let mut prefix = spelled(items);
                prefix.truncate(length);
                prefix.push(b' ');
                (time(tables, &repeat(b"550 5.7.1 ", &prefix, LOOK_AT), 5), prefix)
            })
            .max_by(|a, b| a.0.total_cmp(&b.0))
    };
    let worst = programs.iter().step_by(step).filter_map(cost).max_by(|a, b| a.0.total_cmp(&b.0));
    let worst = worst.map(|(_, prefix)| prefix).unwrap_or_default();
    (String::from_utf8_lossy(&worst).into_owned(), worst)
}
