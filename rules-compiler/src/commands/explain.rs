//! `rules explain`.

use super::{Failure, Outcome, Result};

/// Shows a rule.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The rule's public id
    id: Option<String>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let _ = arguments;
    Err(Failure::new("not yet"))
}
