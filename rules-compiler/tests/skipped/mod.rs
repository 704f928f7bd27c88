//! Tests that cannot be run here say so.

use std::io::Write;

/// Says that the test which runs in this thread was left out, or a part of it, and why: past the standard error that
/// `cargo test` keeps to itself where a test passes.
pub fn skipped(why: &str) {
    let thread = std::thread::current();
    let line = format!("SKIPPED {}: {why}\n", thread.name().unwrap_or("a test"));
    // Where even that cannot be said, nobody is listening.
    let _ = std::io::stderr().write_all(line.as_bytes());
}
