//! Compiles a YAML catalogue of SMTP replies into Rust matching tables and Markdown documentation.
//!
//! Data moves one way, one module a stage:
//!
//! ```text
//! YAML files --source--> Catalogue --check--> Checked --lower--> Rules --layout--> Tables --emit--> files --write--> disk
//! ```

pub mod analyse;
pub mod automaton;
pub mod catalogue;
pub mod check;
pub mod compile;
pub mod date;
pub mod diagnostic;
pub mod diff;
pub mod emit;
pub mod layout;
pub mod lint;
pub mod lower;
pub mod oracle;
pub mod scaffold;
pub mod schema;
pub mod score;
pub mod source;
pub mod stats;
pub mod template;
pub mod write;
