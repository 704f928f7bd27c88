//! Our engine and its peers, each as something that is run over replies.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::bytes::{Regex, RegexBuilder, RegexSetBuilder};
use rules_runtime::{Classifier, Tables};
use rules_tests::measured::Catalogue;
use rules_tests::peer_patterns::{self, Encoding, PeerPattern};
use std::cell::OnceCell;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// An engine with a catalogue's rules in it.
pub struct Engine<'c> {
    pub name: &'static str,
    /// How many bytes its tables have, where it tells.
    pub bytes: Option<usize>,
    run: Box<dyn Run + 'c>,
}

/// The calls go through one function pointer for a whole pass, not for each reply.
trait Run {
    fn pass(&mut self, replies: &[&str]) -> Duration;
    fn each(&mut self, replies: &[&str], times: &mut [Vec<u64>]);
}

impl<F: FnMut(&str) -> usize> Run for F {
    fn pass(&mut self, replies: &[&str]) -> Duration {
        let start = Instant::now();
        for reply in replies {
            black_box(self(black_box(reply)));
        }
        start.elapsed()
    }

    fn each(&mut self, replies: &[&str], times: &mut [Vec<u64>]) {
        for (reply, times) in replies.iter().zip(times) {
            let start = Instant::now();
            black_box(self(black_box(reply)));
            times.push(start.elapsed().as_nanos() as u64);
        }
    }
}

impl<'c> Engine<'c> {
    fn new(name: &'static str, bytes: Option<usize>, run: impl FnMut(&str) -> usize + 'c) -> Self {
        Self { name, bytes, run: Box::new(run) }
    }

    /// Runs over all replies once.
    pub fn pass(&mut self, replies: &[&str]) -> Duration {
        self.run.pass(replies)
    }

    /// Runs over all replies once and notes the time of each, the clock's own included.
    pub fn each(&mut self, replies: &[&str], times: &mut [Vec<u64>]) {
        self.run.each(replies, times);
    }
}

/// Which peers are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peers {
    /// All but `regex-filtered`, which compiles every template apart and needs a minute for thousands.
    Quick,
    /// All.
    All,
}

/// Our engine first, then the peers; those that could not be built are told of.
pub fn all<'c>(catalogue: &'c Catalogue, tables: &'c Tables<'c>, peers: Peers) -> Vec<Engine<'c>> {
    let ours = Engine::new("rules-runtime", Some(catalogue.output.rules_file.len()), move |reply| {
        Classifier::new(black_box(tables)).classify(reply.as_bytes()).category() as usize
    });
    let patterns = peer_patterns::all(&catalogue.output.checked, Encoding::Bytes);
    let characters = peer_patterns::all(&catalogue.output.checked, Encoding::Characters);
    let mut engines = vec![ours];
    let mut add = |name: &str, built: &dyn Fn() -> Result<Engine<'c>, String>| {
        let start = Instant::now();
        match built() {
            Ok(engine) => {
                eprintln!("  {name}: built in {:.2} s", start.elapsed().as_secs_f64());
                engines.push(engine);
            }
            Err(error) => eprintln!("  NOT MEASURED: {name}: {error}"),
        }
    };
    add("Vectorscan", &|| vectorscan(&patterns));
    add("aho-corasick", &|| aho_corasick(&patterns));
    add("RegexSet, 256 MB", &|| regex_set("RegexSet, 256 MB", &patterns, 256 << 20));
    add("RegexSet", &|| regex_set("RegexSet", &patterns, 2 << 20));
    if peers == Peers::All {
        add("regex-filtered", &|| regex_filtered(&characters));
    } else {
        eprintln!("  NOT MEASURED: regex-filtered: it takes a minute to build; `--all-peers` does it all the same");
    }
    engines
}

/// The default size limit is too small for so many templates, so only the cache's limit is the default's (2 MB).
fn regex_set<'c>(name: &'static str, patterns: &[PeerPattern], cache: usize) -> Result<Engine<'c>, String> {
    let set = RegexSetBuilder::new(patterns.iter().map(|pattern| &pattern.regex))
        .case_insensitive(true)
        .unicode(false)
        .dot_matches_new_line(true)
        .size_limit(4 << 30)
        .dfa_size_limit(cache)
        .build()
        .map_err(|error| error.to_string())?;
    Ok(Engine::new(name, None, move |reply| set.matches(reply.as_bytes()).iter().next().unwrap_or(usize::MAX)))
}

fn regex_filtered<'c>(patterns: &[PeerPattern]) -> Result<Engine<'c>, String> {
    let mut options = regex_filtered::Options::new();
    options.case_insensitive(true).dot_matches_new_line(true);
    let mut builder = regex_filtered::Builder::new();
    for pattern in patterns {
        builder = builder.push_opt(&pattern.regex, &options).map_err(|error| error.to_string())?;
    }
    let set = builder.build().map_err(|error| error.to_string())?;
    Ok(Engine::new("regex-filtered", None, move |reply| {
        set.matching(reply).next().map_or(usize::MAX, |(number, _)| number)
    }))
}

/// Literals found by one automaton; the regular expression of each found one is tried, in the catalogue's order.
fn aho_corasick<'c>(patterns: &[PeerPattern]) -> Result<Engine<'c>, String> {
    let kind = if patterns.len() < 5_000 { AhoCorasickKind::DFA } else { AhoCorasickKind::ContiguousNFA };
    let literals = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(kind))
        .build(patterns.iter().map(|pattern| &pattern.literal))
        .map_err(|error| error.to_string())?;
    // Compiled when they are first needed: all of them would take a minute.
    let regexes: Vec<OnceCell<Regex>> = patterns.iter().map(|_| OnceCell::new()).collect();
    let written: Vec<String> = patterns.iter().map(|pattern| pattern.regex.clone()).collect();
    let matches = move |number: usize, reply: &str| {
        let compiled = regexes[number].get_or_init(|| {
            let mut builder = RegexBuilder::new(&written[number]);
            builder
                .case_insensitive(true)
                .unicode(false)
                .dot_matches_new_line(true)
                .build()
                .expect("a valid expression")
        });
        compiled.is_match(reply.as_bytes())
    };
    let mut found = Vec::new();
    Ok(Engine::new("aho-corasick + verify", Some(literals.memory_usage()), move |reply| {
        found.clear();
        found.extend(literals.find_overlapping_iter(reply).map(|hit| hit.pattern().as_usize()));
        found.sort_unstable();
        found.dedup();
        found.iter().copied().find(|number| matches(*number, reply)).unwrap_or(usize::MAX)
    }))
}

#[cfg(feature = "vectorscan")]
fn vectorscan<'c>(patterns: &[PeerPattern]) -> Result<Engine<'c>, String> {
    use hyperscan::prelude::*;
    let text = |error: hyperscan::Error| error.to_string();
    let pattern = |(number, written): (usize, &PeerPattern)| {
        let mut pattern = Pattern::new(written.regex.as_str())?.caseless().single_match().dot_all();
        pattern.id = Some(number);
        Ok(pattern)
    };
    let patterns: Vec<Pattern> = patterns.iter().enumerate().map(pattern).collect::<Result<_, _>>().map_err(text)?;
    let database: BlockDatabase = Patterns(patterns).build().map_err(text)?;
    let scratch = database.alloc_scratch().map_err(text)?;
    let size = database.size().map_err(text)?;
    Ok(Engine::new("Vectorscan", Some(size), move |reply| {
        let mut first = usize::MAX;
        let note = |number: u32, _: u64, _: u64, _: u32| {
            first = first.min(number as usize);
            Matching::Continue
        };
        database.scan(reply, &scratch, note).expect("a scan");
        first
    }))
}

#[cfg(not(feature = "vectorscan"))]
fn vectorscan<'c>(_: &[PeerPattern]) -> Result<Engine<'c>, String> {
    Err("run with `--features vectorscan`, with its library installed (libvectorscan-dev)".to_owned())
}
