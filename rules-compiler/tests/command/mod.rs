//! Runs the `rules` command.

#![allow(dead_code, reason = "no test uses all of it")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Outcome {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the command writes UTF-8");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The output of a run in which nothing was wrong.
    #[track_caller]
    pub fn good(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{self:?}");
        self.out
    }

    /// Every line of the output as JSON.
    #[track_caller]
    pub fn json(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
    }
}

/// The command, in a folder from which no catalogue is found, without colours.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rules"));
    command.current_dir(std::env::temp_dir()).env("NO_COLOR", "1").env("COLUMNS", "100").stdin(Stdio::null());
    command
}

/// Runs it with these arguments.
pub fn run<I: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = I>) -> Outcome {
    Outcome::of(command().args(arguments).output().expect("the command runs"))
}

/// Runs it with these arguments in that folder.
pub fn run_in(folder: &Path, arguments: &[&str]) -> Outcome {
    Outcome::of(command().args(arguments).current_dir(folder).output().expect("the command runs"))
}

/// Starts it with pipes.
pub fn spawn(arguments: &[&str]) -> Child {
    let mut command = command();
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the command starts")
}

/// Runs it and gives it that input.
pub fn feed(arguments: &[&str], input: impl AsRef<[u8]>) -> Outcome {
    let mut child = spawn(arguments);
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.as_ref().to_vec();
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let outcome = Outcome::of(child.wait_with_output().expect("the command ends"));
    writer.join().expect("the writer ends");
    outcome
}

/// Every file below a folder, with its contents.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let contents = fs::read(&path).expect("a readable file");
                found.push((path.strip_prefix(folder).expect("a file below the folder").to_owned(), contents));
            }
        }
    }
    found.sort();
    found
}
