//! Which replies get another verdict by one catalogue than by another.
//!
//! ```text
//! replies ── what is tried: the catalogues' examples, and any other replies
//!   └─ change ── what differs between two verdicts on one reply
//!        └─ comparison ── all replies of a run, alike changes together
//!             └─ text, json, markdown ── the result for a person, a program, a pull request
//! ```

mod change;
mod comparison;
mod json;
mod markdown;
mod replies;
mod text;

pub use change::{Aspect, Change};
pub use comparison::{Comparison, Difference, Group, Sample};
pub use json::json;
pub use markdown::markdown;
pub use replies::{Reply, examples};
pub use text::{short, text};

/// `1 reply`, `2,345 replies`.
fn count(number: u64, one: &str, many: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_are_grouped_and_agree_with_their_noun() {
        let count = |number| super::count(number, "reply", "replies");
        assert_eq!([count(0), count(1), count(999)], ["0 replies", "1 reply", "999 replies"]);
        assert_eq!([count(1_000), count(1_234_567)], ["1,000 replies", "1,234,567 replies"]);
    }
}
