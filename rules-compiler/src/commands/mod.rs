//! The command line: one module a subcommand.

mod build;
mod check;
mod classify;
mod diff;
mod explain;
mod fmt;
mod git;
mod mend;
mod new;
mod project;
mod score;
mod stats;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Tells what an SMTP reply means, and keeps the catalogue that knows.
#[derive(Debug, Parser)]
#[command(name = "rules", version, arg_required_else_help = true, max_term_width = 100, after_help = TRY)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// What a newcomer may try first.
const TRY: &str = r#"Try:
  rules classify "421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred"
  rules explain yahoo/tss04"#;

#[derive(Debug, Subcommand)]
enum Command {
    /// Say what replies mean: given as arguments, or one a line on standard input
    Classify(classify::Arguments),
    /// Show a rule, or which rules match a reply and why one of them wins
    Explain(explain::Arguments),
    /// Check the catalogue and show everything that is wrong with it
    Check(check::Arguments),
    /// Write the catalogue's files in the one canonical way
    Fmt(fmt::Arguments),
    /// Check the catalogue and write the runtime's tables and the documentation
    Build(build::Arguments),
    /// Write a new provider's file, or a new rule from a reply that is pasted
    New(new::Arguments),
    /// Show which replies get another verdict than by another catalogue or commit
    Diff(diff::Arguments),
    /// Hold the catalogue against labelled replies: right, wrong, silent
    Score(score::Arguments),
    /// Count what the catalogue knows
    Stats(stats::Arguments),
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Classify(arguments) => classify::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Fmt(arguments) => fmt::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Score(arguments) => score::run(&arguments),
        Command::Stats(arguments) => stats::run(&arguments),
    };
    match result {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Bad) => ExitCode::FAILURE,
        Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Err(Failure::Message(message)) => {
            eprintln!("rules: {message}");
            ExitCode::FAILURE
        }
    }
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing is wrong.
    Good,
    /// Something is wrong, and was shown.
    Bad,
}

/// Why a command could not go on.
#[derive(Debug)]
enum Failure {
    /// Nobody reads the output any more.
    ClosedPipe,
    /// This.
    Message(String),
}

impl Failure {
    fn new(message: impl std::fmt::Display) -> Self {
        Self::Message(message.to_string())
    }

    /// From an error while writing to standard output.
    fn output(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Message(format!("cannot write to standard output: {error}")),
        }
    }
}

type Result<T> = std::result::Result<T, Failure>;
