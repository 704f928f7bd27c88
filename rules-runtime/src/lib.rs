//! Tells what an SMTP reply means.
//!
//! A mail server answers a sender with a line of text, worded by every provider in its own way, behind a code that is
//! often wrong. This crate holds what is known about those lines, as tables made from a catalogue, and turns a reply
//! into a [`Verdict`]: what happened, whom it concerns, what to do now.
//!
//! ```
//! use rules_runtime::{Action, Category, Classifier, Stage, Suppress};
//!
//! let verdict = Classifier::builtin()
//!     .mx("mta5.am0.yahoodns.net")
//!     .stage(Stage::EndOfData)
//!     .classify(b"421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred");
//! assert_eq!(verdict.category(), Category::RateLimited);
//! assert_eq!(verdict.action(), Action::SlowDown);
//! assert_eq!(verdict.suppress(), Suppress::No);
//! assert_eq!(verdict.rule().map(|rule| rule.id()), Some("yahoo/tss04"));
//! ```
//!
//! [`classify`] does the same in one call where nothing is known besides the reply.
//!
//! # The verdict
//!
//! | | answers | |
//! | --- | --- | --- |
//! | [`category`](Verdict::category) | What happened? | one [`Category`] of a closed list; [`Category::Unclassified`] where nobody knows |
//! | [`permanence`](Verdict::permanence) | May a later attempt succeed? | [`Permanence`]: as the rule says, or else the code; a rule may overrule the code |
//! | [`action`](Verdict::action) | What should the sender do? | one [`Action`] |
//! | [`scope`](Verdict::scope) | Whom or what does it concern? | [`Scope`]: the recipient, the sending address, the message … |
//! | [`suppress`](Verdict::suppress) | Strike the recipient off? | [`Suppress`]; always [`Suppress::No`] unless the scope is the recipient or its domain |
//! | [`retry_after`](Verdict::retry_after) | When to try again? | as the reply states or the rule knows; nothing where the failure is permanent |
//! | [`provider`](Verdict::provider) | Who speaks? | a [`Provider`] that answers SMTP itself, if it is known |
//! | [`rule`](Verdict::rule) | By which rule? | a [`Rule`]: public id, page, explanation |
//! | [`basis`](Verdict::basis) | How well founded is it? | [`Basis`]: a provider's rule, a phrase, a code alone, nothing |
//! | [`fields`](Verdict::fields) | Which addresses, links, codes does the reply name? | `(name, type, bytes)`, the bytes borrowed from the reply |
//! | [`reply_code`](Verdict::reply_code), [`enhanced_code`](Verdict::enhanced_code) | Which codes count? | those of the innermost quoted reply |
//!
//! # Evidence
//!
//! Many servers say the same words. What is known besides the reply makes the verdict surer; nothing is needed:
//!
//! * the host that answered, [`Classifier::mx`]: its name tells the provider;
//! * the command that was answered, [`Classifier::stage`]: some words mean one thing at RCPT and another behind DATA.
//!
//! A reply that is quoted in a report (`host mx.example.com[192.0.2.1] said: 550 … (in reply to RCPT TO command)`) brings
//! both along: they are read from it where the caller does not say.
//!
//! # Other catalogues
//!
//! [`Tables::from_bytes`] loads a `.rules` file, checked once and never copied, and [`Classifier::new`] takes it. The
//! example program `swap_rules` changes the file of a running server.
//!
//! # Features
//!
//! * `builtin` (default): the tables made from the project's own catalogue, [`classify`] and [`Classifier::builtin`].
//!   Without it, load a `.rules` file with [`Tables::from_bytes`].
//! * `explanations` (default): the text of [`Rule::explanation`] for the built-in rules.
//!
//! # Guarantees
//!
//! * `no_std`, no heap, no dependencies, no build script, no `unsafe` (it is forbidden, not only avoided).
//! * No panic, whatever the reply and whatever the bytes of a file: fuzz targets hold it to that.
//! * Only the first [`LOOK_AT`] bytes of a reply are looked at, in time linear in their number for any input; a usual
//!   reply costs about a microsecond, with ten times the rules not half as much again.
//! * The same reply with the same evidence and catalogue gives the same verdict, on any machine.
//! * A recipient is never suppressed because somebody else is refused: see [`Suppress`].
//!
//! # Which parts are for whom
//!
//! Everything at the crate's root is for programs that send mail; each type opens with an example that shows its methods. The modules
//! [`container`], [`tables`] and [`template`] are the agreement between the compiler and the engine. They are public for the compiler
//! alone, change with [`container::FORMAT_VERSION`], and have no examples, since no other program should call them; the tables'
//! type itself, [`Tables`], is at the root.

#![no_std]

mod bytes;
mod choice;
mod classifier;
mod code;
mod conditions;
pub mod container;
mod decide;
mod expression;
mod fields;
mod fold;
#[rustfmt::skip]
mod generated;
mod hits;
mod hole;
mod load;
mod mention;
mod program;
mod quote;
mod reply;
mod scan;
pub mod tables;
mod text;
mod typography;
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
    pub use crate::choice::{choice_end, choice_start};
    pub use crate::hole::{begins, ends, takes};
    pub use crate::program::{CHOICE, EXPRESSION, GAP, HOLE, LITERAL};
    pub use crate::typography::character;
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
