//! How well replies are judged that a person has judged before.
//!
//! ```text
//! a line --labelled--> Labelled --judged--> Judged --tally--> Score          families: which lines share their wording
//! ```

mod families;
mod judged;
mod labelled;
mod tally;

pub use families::{Fold, families};
pub use judged::{Attribution, Judged, Standing};
pub use labelled::{Labelled, Vocabulary};
pub use tally::{Confusion, Count, Example, Permanences, Providers, Score};
