//! How long the two halves of `rules build` take, the median of five turns that the catalogues take one after the other:
//! `cargo run --release -p rules-tests --example build_time -- catalogue /tmp/synthetic`.
//!
//! On Linux also the processors' time, of all threads together: other work on the machine makes that hardly longer.

use rules_compiler::compile::compile;
use std::path::Path;
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;

fn main() {
    let folders: Vec<String> = std::env::args().skip(1).collect();
    let mut times: Vec<Vec<[Duration; 4]>> = vec![Vec::new(); folders.len()];
    let mut rules = vec![0; folders.len()];
    for _ in 0..ROUNDS {
        for (number, folder) in folders.iter().enumerate() {
            let (start, worked) = (Instant::now(), work());
            let compiled = compile(Path::new(folder));
            let (checked, checked_work) = (start.elapsed(), work() - worked);
            let Some(output) = &compiled.output else {
                eprintln!("{folder} cannot be compiled");
                return;
            };
            let files = output.files(&compiled.sources).map_or(0, |files| files.len());
            rules[number] = if files == 0 { 0 } else { output.checked.rules.len() };
            times[number].push([checked, start.elapsed(), checked_work, work() - worked]);
        }
    }
    println!("| rules | check, s | build, s | processors: check, s | build, s |\n| ---: | ---: | ---: | ---: | ---: |");
    for (number, rounds) in times.iter().enumerate() {
        let [check, build, check_work, build_work] = [0, 1, 2, 3].map(|at| {
            let mut times: Vec<f64> = rounds.iter().map(|times| times[at].as_secs_f64()).collect();
            times.sort_by(f64::total_cmp);
            times[ROUNDS / 2]
        });
        println!("| {} | {check:.2} | {build:.2} | {check_work:.2} | {build_work:.2} |", rules[number]);
    }
}

/// The time that all threads of this process have worked for, in hundredths of a second; zero where it cannot be told.
fn work() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name in brackets: field 14, and field 15 for what the system did.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    Duration::from_millis(fields.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10)
}
