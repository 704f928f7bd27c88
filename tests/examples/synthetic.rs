//! Writes a made-up catalogue, to try the compiler on many rules:
//! `cargo run -p rules-tests --example synthetic -- 15000 /tmp/synthetic && rules check --catalogue /tmp/synthetic`.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [rules, folder] = arguments.as_slice() else { return usage() };
    let Ok(rules) = rules.parse() else { return usage() };
    match rules_tests::synthetic::write(rules, Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: synthetic RULES FOLDER (the folder is replaced)");
    ExitCode::FAILURE
}
