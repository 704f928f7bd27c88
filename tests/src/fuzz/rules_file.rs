//! Files that are nearly `.rules` files, and the engine that runs on those that are loaded all the same.

use super::Choices;
use super::reply::sound;
use crate::answer::Answer;
use crate::project::{Example, examples, output, small};
use rules_runtime::Tables;
use rules_runtime::container::{HEADER, Section, hash};
use std::sync::LazyLock;

static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(examples);

const EXTREME: [u32; 10] = [0, 1, 2, 0x7F, 0xFF, 0xFFFF, 1 << 16, 0x7FFF_FFFF, 0x8000_0000, u32::MAX];

/// Changes a `.rules` file as the input says, states the hash of what came of it, loads it and classifies.
///
/// # Panics
///
/// Where loading or classifying does, or a verdict is not sound.
pub fn rules_file(input: &[u8]) {
    let mut choices = Choices::new(input);
    let how = choices.byte();
    let mut file = if how.is_multiple_of(4) { &output().rules_file } else { &small().rules_file }.clone();
    for _ in 0..=how / 4 % 6 {
        mutate(&mut file, &mut choices);
    }
    if how < 250 && file.len() >= HEADER {
        let seal = hash(&file[HEADER..]);
        file[16..24].copy_from_slice(&seal.to_le_bytes());
    }
    match Tables::from_bytes(&file) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(tables) => classify(&tables, &mut choices),
    }
}

/// Where a section starts and ends, as the directory says; within the file, whatever it says.
fn range(file: &[u8], section: Section) -> (usize, usize) {
    let number = |at: usize| {
        let bytes = file.get(at..at + 4).and_then(|bytes| bytes.first_chunk::<4>().copied()).unwrap_or_default();
        u32::from_le_bytes(bytes) as usize
    };
    let entry = HEADER + 8 * section as usize;
    let start = number(entry).min(file.len());
    (start, start.saturating_add(number(entry + 4)).min(file.len()))
}

/// A place in a section that is not empty, or else in the file, and what it may not pass.
fn place(file: &[u8], choices: &mut Choices<'_>) -> (usize, usize) {
    let (start, end) = range(file, choices.of(&Section::ALL));
    let (start, end) = if start == end { (0, file.len()) } else { (start, end) };
    (start + choices.below(end - start), end)
}

fn mutate(file: &mut Vec<u8>, choices: &mut Choices<'_>) {
    if file.is_empty() {
        return;
    }
    let how = choices.byte() % 16;
    let (at, end) = place(file, choices);
    match how {
        0..=3 => file[at] ^= 1 << choices.below(8),
        4..=5 => file[at] = choices.byte(),
        6..=8 => write(file, at, end, &choices.of(&EXTREME).to_le_bytes()),
        9 => write(file, at, end, &choices.of(&EXTREME).to_le_bytes()[..2]),
        10 => {
            // A small step away from a number that is right.
            let old = file[at];
            file[at] = old.wrapping_add(choices.byte() % 9).wrapping_sub(4);
        }
        11 | 12 => {
            // A piece of the file in another place of it, such as one record over another.
            let (from, until) = place(file, choices);
            let piece = file[from..until.min(from + 1 + choices.below(64))].to_vec();
            write(file, at, end, &piece);
        }
        13 => {
            // A section's place or length is that of another, or some other.
            let entries: Vec<usize> = (0..2 * Section::ALL.len()).map(|entry| HEADER + 4 * entry).collect();
            let (to, from) = (choices.of(&entries), choices.of(&entries));
            let value = match file.get(from..from + 4) {
                Some(value) if choices.byte().is_multiple_of(2) => value.to_vec(),
                _ => (choices.number() % (file.len() as u32 + 9)).to_le_bytes().to_vec(),
            };
            let end = file.len();
            write(file, to.min(end), end, &value);
        }
        14 => file.truncate(choices.below(file.len() + 1)),
        _ => {
            let byte = choices.byte();
            file.splice(at..at, std::iter::repeat_n(byte, choices.below(12)));
        }
    }
}

/// As much of these bytes as fits before `end`.
fn write(file: &mut [u8], at: usize, end: usize, bytes: &[u8]) {
    let length = bytes.len().min(end - at);
    file[at..at + length].copy_from_slice(&bytes[..length]);
}

fn classify(tables: &Tables<'_>, choices: &mut Choices<'_>) {
    let count = tables.rule_ids().count();
    assert_eq!(count, tables.rule_count());
    let _ = (tables.version(), tables.provider_count());
    for _ in 0..8 {
        let example = choices.of(&EXAMPLES);
        classify_one(tables, &example, example.text.as_bytes());
    }
    for text in SMALL {
        let example = Example { rule: "", text, mx: Some("mx.example.com".to_owned()), stage: None };
        classify_one(tables, &example, text.as_bytes());
    }
    let example = choices.of(&EXAMPLES);
    classify_one(tables, &example, choices.clone().rest());
}

fn classify_one(tables: &Tables<'_>, example: &Example, reply: &[u8]) {
    let verdict = example.judge(tables, reply);
    // The engine of a forged file may see a field anywhere, but only in the reply.
    sound(&verdict, reply);
    let _ = format!("{verdict:?} {:?}", Answer::of(&verdict));
    if let Some(rule) = verdict.rule() {
        let _ = (rule.id(), rule.docs_path(), rule.explanation(), rule.owner());
    }
}

/// Replies to the rules of the small catalogue.
const SMALL: [&str; 4] = [
    "421 4.7.0 [EX01] Messages from 192.0.2.7 temporarily deferred; see https://postmaster.example.com/ex01",
    "550 5.1.1 Sorry, <someone@example.com> is nobody at Example Mail - exmailsmtp",
    "452 SG-17: too many recipients from mail.example.org",
    "421 SG-18: mail.example.org exceeds 100 recipients",
];
