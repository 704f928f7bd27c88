//! Catalogues and replies of any size, made up, for measurements.
//!
//! A catalogue of `n` rules has the project's own categories and codes and as many made-up providers as it takes, about
//! twelve rules each. A rule's template is a sentence of [`words::TEMPLATES`], a grammar of some 400 words and phrases of
//! mail (who, what happened to it, by whom, why, what to do), with typed holes where servers name addresses, hosts, numbers
//! and links, and in two of five with the provider's own name, host name or reason code. So rules share words and turns of phrase
//! as real ones do, and one is often the beginning of another; of two that differ in nothing
//! but what their holes are for, one is left out. The compiler tries every example and would say so if another rule won it. A third of
//! the rules also names reply codes, a quarter enhanced codes. The first 1,500 rules of a larger catalogue are those of the
//! smaller one. Everything follows from the number of rules: the generator has a fixed seed.
//!
//! Every rule has one example, made by filling its template's holes ([`fill`]) and, in one of two, with more words behind it.

pub mod grammar;
mod provider;
pub mod words;

mod fill;

pub use fill::fill;

use crate::project::root;
use crate::random::Random;
use std::fs;
use std::io;
use std::path::Path;

/// Writes a catalogue of that many rules into a folder, which is made.
///
/// # Errors
///
/// Where the folder or the project's catalogue cannot be read or written.
pub fn write(rules: usize, folder: &Path) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    for part in ["codes", "providers"] {
        fs::create_dir_all(folder.join(part))?;
    }
    let own = root().join("catalogue");
    for file in ["categories.yaml", "enhanced.yaml"] {
        fs::copy(own.join(file), folder.join(file))?;
    }
    for file in fs::read_dir(own.join("codes"))? {
        let file = file?;
        fs::copy(file.path(), folder.join("codes").join(file.file_name()))?;
    }
    for (id, yaml) in provider::all(rules) {
        fs::write(folder.join("providers").join(format!("{id}.yaml")), yaml)?;
    }
    Ok(())
}

/// Replies that no rule is about: sentences of [`words::STRANGERS`].
#[must_use]
pub fn strangers(count: usize) -> Vec<String> {
    let mut random = Random::new(3);
    let reply = |_| {
        let sentence = grammar::expand(words::STRANGERS, "<reply>", &mut random);
        fill(&sentence, &mut random)
    };
    (0..count).map(reply).collect()
}
