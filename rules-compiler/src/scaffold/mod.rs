//! New parts of a catalogue: a provider's file with blanks, and a rule made from a reply that somebody pasted.
//!
//! ```text
//! pasted ── the innermost reply of what was pasted: its codes and its text on one line
//!   └─ parts ── what varies in it: addresses, hosts, links, numbers, ids, dates; and the provider's own codes
//!        ├─ wording ── templates: its first sentence, its first two …
//!        ├─ anonymous ── the example: nobody's names and addresses in it
//!        ├─ category, name ── a likely category and an id
//!        └─ draft, rule ── the shortest template that wins its example and takes no other rule's
//!             └─ insert ── the provider's file with the rule at its end, all else as it was
//! ```
//!
//! What only a person can know stays a blank (see [`crate::check::BLANK`]).

mod anonymous;
mod blanks;
mod category;
mod draft;
mod insert;
mod known;
mod name;
mod parts;
mod pasted;
mod provider;
mod refusal;
mod request;
mod rule;
mod secrets;
mod today;
mod wording;
mod yaml;

pub use blanks::Blanks;
pub use category::{Category, Evidence};
pub use pasted::Pasted;
pub use provider::NewProvider;
pub use refusal::Refusal;
pub use request::NewRule;
pub use rule::{Proposal, propose};
pub use today::Today;
