//! How many instructions a reply takes, counted by valgrind: the same number on a busy machine as on an idle one.
//!
//! ```text
//! cargo bench -p rules-tests --bench instructions              shows the counts beside the baseline
//! cargo bench -p rules-tests --bench instructions -- --check   fails where one is more than 5 % above it
//! cargo bench -p rules-tests --bench instructions -- --renew   writes the baseline, tests/data/instructions.json
//! ```
//!
//! The program runs itself under `valgrind --tool=callgrind`, which counts only within [`classify_all`].

mod baseline;

use baseline::{Baseline, Verdict};
use rules_runtime::{Classifier, Tables};
use rules_tests::measured::{Catalogue, Set};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let outcome = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--counted", tables, replies] => counted(tables, replies),
        [] => run("--show"),
        [mode @ ("--check" | "--renew")] => run(mode),
        _ => Err("this benchmark takes `--check`, `--renew` or nothing".to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(mode: &str) -> Result<(), String> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("SKIPPED: instructions are not counted: valgrind is not installed");
        return Ok(());
    }
    let before = Baseline::read();
    let compiler = baseline::compiler();
    if let Ok(before) = &before
        && mode == "--check"
        && before.compiler != compiler
    {
        println!("SKIPPED: instructions are not compared: the baseline is of {}, this is {compiler}", before.compiler);
        return Ok(());
    }
    let counts = count()?;
    if mode == "--renew" {
        return Baseline { compiler, counts }.write();
    }
    before?.compare(&counts, mode == "--check").map(|verdict| match verdict {
        Verdict::Within => println!("instructions: within {} % of the baseline", baseline::TOLERANCE),
        Verdict::Fewer => println!("instructions: fewer than the baseline: renew it with `--renew`"),
    })
}

/// Instructions a reply, for each catalogue and each set.
fn count() -> Result<BTreeMap<String, u64>, String> {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("instructions");
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut counts = BTreeMap::new();
    for catalogue in Catalogue::all(&scratch) {
        let tables = scratch.join("counted.rules");
        std::fs::write(&tables, &catalogue.output.rules_file).map_err(|error| error.to_string())?;
        for set in Set::all(&catalogue) {
            let replies = scratch.join("counted.json");
            let json = serde_json::to_string(&set.replies).expect("texts");
            std::fs::write(&replies, json).map_err(|error| error.to_string())?;
            let output = Command::new("valgrind")
                .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*classify_all*"])
                .arg(&program)
                .arg("--counted")
                .args([&tables, &replies])
                .output()
                .map_err(|error| format!("valgrind: {error}"))?;
            let said = String::from_utf8_lossy(&output.stderr);
            let total = said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse::<u64>().ok());
            let total = total.filter(|total| *total > 0).ok_or_else(|| format!("valgrind counted nothing:\n{said}"))?;
            counts.insert(format!("{} {}", catalogue.name, set.name), total / set.replies.len() as u64);
        }
    }
    Ok(counts)
}

/// What runs under valgrind.
fn counted(tables: &str, replies: &str) -> Result<(), String> {
    let bytes = std::fs::read(tables).map_err(|error| error.to_string())?;
    let tables = Tables::from_bytes(&bytes).map_err(|error| error.to_string())?;
    let replies = std::fs::read(replies).map_err(|error| error.to_string())?;
    let replies: Vec<String> = serde_json::from_slice(&replies).map_err(|error| error.to_string())?;
    black_box(classify_all(&tables, &replies));
    Ok(())
}

#[inline(never)]
fn classify_all(tables: &Tables<'_>, replies: &[String]) -> usize {
    let classify = |reply: &String| Classifier::new(tables).classify(black_box(reply.as_bytes())).category() as usize;
    replies.iter().map(classify).sum()
}
