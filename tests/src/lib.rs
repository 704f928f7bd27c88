//! What the end-to-end tests share: the project's folder, the catalogue's examples, verdicts in a comparable form, and the
//! published page about code 421.

pub mod answer;
pub mod fuzz;
pub mod guises;
pub mod labelled;
pub mod measured;
pub mod page;
pub mod peer_patterns;
pub mod project;
pub mod random;
pub mod synthetic;
