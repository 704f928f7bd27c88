//! Fuzz targets: each takes any bytes, and panics where something is wrong.
//!
//! `tests/fuzz.rs` runs each a fixed number of times, the same inputs in every run; `fuzz/` hands them to libFuzzer, which
//! runs them until it is stopped. See CONTRIBUTING.md.

mod catalogue;
mod choices;
mod oracle;
#[allow(missing_docs, dead_code)]
#[path = "../../../rules-compiler/tests/differential/replies.rs"]
mod replies;
mod reply;
mod rules_file;

pub use catalogue::catalogue;
pub use oracle::oracle;
pub use reply::reply;
pub use rules_file::rules_file;

use crate::random::Random;
use choices::Choices;

/// Runs a target on `cases` inputs, or on as many as `FUZZ_CASES` says, made from a seed, or from `FUZZ_SEED`; and on those
/// that once crashed, by their numbers.
///
/// # Panics
///
/// Where the target does, after it printed the input's number: `FUZZ_ONLY` runs that input alone.
pub fn run(cases: usize, crashed: &[usize], target: fn(&[u8])) {
    let number = |name: &str| {
        std::env::var(name).ok().map(|text| text.parse::<usize>().unwrap_or_else(|_| panic!("{name} is not a number")))
    };
    let seed = number("FUZZ_SEED").unwrap_or(1) as u64;
    let numbers: Vec<usize> = match number("FUZZ_ONLY") {
        Some(only) => vec![only],
        None => (0..number("FUZZ_CASES").unwrap_or(cases)).chain(crashed.iter().copied()).collect(),
    };
    for case in numbers {
        let told = Told(case);
        target(&input(seed, case));
        std::mem::forget(told);
    }
}

/// Prints which input it was when a target panics.
struct Told(usize);

impl Drop for Told {
    fn drop(&mut self) {
        eprintln!("input {0}: FUZZ_ONLY={0} runs it alone", self.0);
    }
}

/// 8 to 519 bytes.
fn input(seed: u64, case: usize) -> Vec<u8> {
    let mut random = Random::new((seed << 40) + 1 + case as u64);
    // The first numbers of neighbouring seeds look alike.
    (0..8).for_each(|_| _ = random.number());
    let length = 8 + random.below(512);
    (0..length).map(|_| (random.number() >> 32) as u8).collect()
}
