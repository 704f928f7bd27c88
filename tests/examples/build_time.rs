//! How long the two halves of `rules build` take, the median of five turns that the catalogues take one after the other:
//! `cargo run --release -p rules-tests --example build_time -- catalogue /tmp/synthetic`.

use rules_compiler::compile::compile;
use std::path::Path;
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;

fn main() {
    let folders: Vec<String> = std::env::args().skip(1).collect();
    let mut times: Vec<Vec<[Duration; 2]>> = vec![Vec::new(); folders.len()];
    let mut rules = vec![0; folders.len()];
    for _ in 0..ROUNDS {
        for (number, folder) in folders.iter().enumerate() {
            let start = Instant::now();
            let compiled = compile(Path::new(folder));
            let checked = start.elapsed();
            let Some(output) = &compiled.output else {
                eprintln!("{folder} cannot be compiled");
                return;
            };
            let files = output.files(&compiled.sources).map_or(0, |files| files.len());
            rules[number] = if files == 0 { 0 } else { output.checked.rules.len() };
            times[number].push([checked, start.elapsed()]);
        }
    }
    println!("| rules | check, s | build, s |\n| ---: | ---: | ---: |");
    for (number, rounds) in times.iter().enumerate() {
        let [check, build] = [0, 1].map(|at| {
            let mut times: Vec<f64> = rounds.iter().map(|times| times[at].as_secs_f64()).collect();
            times.sort_by(f64::total_cmp);
            times[ROUNDS / 2]
        });
        println!("| {} | {check:.2} | {build:.2} |", rules[number]);
    }
}
