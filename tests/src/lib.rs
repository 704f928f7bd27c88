//! What the end-to-end tests share: the project's folder, the catalogue's examples, verdicts in a comparable form, and the
//! published page about code 421.

pub mod answer;
pub mod guises;
pub mod labelled;
pub mod page;
pub mod project;
pub mod random;
