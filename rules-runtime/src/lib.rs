//! Tells what an SMTP reply means.
//!
//! ```
//! use rules_runtime::{Action, Category};
//!
//! let verdict = rules_runtime::classify(b"550 5.1.1 <someone@example.com>: user unknown");
//! assert_eq!(verdict.category(), Category::RecipientUnknown);
//! assert_eq!(verdict.action(), Action::Suppress);
//! ```
//!
//! The crate has no dependencies, needs neither the standard library nor a heap, holds no `unsafe` code and does not panic. A
//! verdict costs tens of nanoseconds, however many rules the catalogue has, and time that is linear in the reply's length
//! for any input.
//!
//! # Evidence
//!
//! Many servers say the same words. Tell the [`Classifier`] which host answered ([`mx`](Classifier::mx)) and which
//! command ([`stage`](Classifier::stage)), if you know it.
//!
//! # Features
//!
//! * `builtin` (default): the tables made from the project's own catalogue, [`classify`] and [`Classifier::builtin`].
//!   Without it, load a `.rules` file with [`Tables::from_bytes`].
//! * `explanations` (default): the text of [`Rule::explanation`] for the built-in rules.

#![no_std]

mod bytes;
mod classifier;
mod code;
mod conditions;
pub mod container;
mod decide;
mod fields;
mod fold;
#[rustfmt::skip]
mod generated;
mod hits;
mod hole;
mod load;
mod program;
mod quote;
mod reply;
mod scan;
pub mod tables;
mod text;
mod verdict;
mod vocabulary;
mod wait;

#[cfg(test)]
extern crate std;

pub use classifier::Classifier;
pub use code::EnhancedCode;
pub use fields::{Fields, MAX_FIELDS};
pub use generated::Category;
pub use load::LoadError;
pub use reply::Reply;
pub use tables::Tables;
pub use text::LOOK_AT;
pub use verdict::{Provider, Rule, Verdict};
pub use vocabulary::{Action, Basis, FieldType, Permanence, ProviderKind, Scope, Stage, Suppress};

/// How the compiler writes templates for the engine.
pub mod template {
    pub use crate::hole::{begins, ends, takes};
    pub use crate::program::{CHOICE, GAP, HOLE, LITERAL};
}

/// The tables that are compiled in.
///
/// ```
/// assert!(rules_runtime::builtin().rule_count() > 100);
/// ```
#[cfg(feature = "builtin")]
#[must_use]
pub fn builtin() -> &'static Tables<'static> {
    &generated::BUILTIN
}

/// Says what a reply means, by the catalogue that is compiled in and by the reply alone.
///
/// ```
/// let verdict = rules_runtime::classify(b"452 4.2.2 The mailbox is full");
/// assert_eq!(verdict.category(), rules_runtime::Category::MailboxFull);
/// ```
#[cfg(feature = "builtin")]
#[must_use]
pub fn classify(reply: &[u8]) -> Verdict<'_> {
    Classifier::builtin().classify(reply)
}
