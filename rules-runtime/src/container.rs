//! The container of the tables: a header, a directory of sections, the sections.
//!
//! ```text
//! 0   magic, "SMTPRULE"
//! 8   format version, 4 bytes
//! 12  number of sections, 4 bytes
//! 16  hash of everything behind it, 8 bytes
//! 24  for each section: offset from the start and length, 4 bytes each
//! …   the sections
//! ```
//!
//! All numbers are little-endian. The sections stand in the order of [`Section`].

use crate::load::LoadError;

/// The first bytes of a `.rules` file.
pub const MAGIC: [u8; 8] = *b"SMTPRULE";
/// The version of the format that this crate reads and the compiler writes.
pub const FORMAT_VERSION: u32 = 6;
/// Bytes before the directory.
pub const HEADER: usize = 24;

macro_rules! sections {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {
        /// The sections of a container, in order.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Section {
            $($(#[$meta])* $name,)+
        }

        impl Section {
            /// Every section, in order.
            pub const ALL: [Self; [$(Self::$name),+].len()] = [$(Self::$name),+];

            /// The section's name, for messages.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)+ }
            }
        }
    };
}

sections! {
    /// The catalogue's version: text.
    Version,
    /// The categories' names in the order of their numbers, a line each.
    Categories,
    /// How long the anchors are, by the hash of their first four bytes.
    Lengths,
    /// A bit for each hash of an anchor.
    Bitmap,
    /// Where each hash's anchors start.
    Buckets,
    /// The anchors by hash, each with its strongest pattern.
    Anchors,
    /// Where each anchor's other patterns start.
    OthersOf,
    /// The anchors' other patterns.
    Others,
    /// Ways from anchors to the starts of their templates.
    Routes,
    /// Patterns, the strongest first.
    Patterns,
    /// Programs of templates, and ways back from anchors.
    Programs,
    /// Choices in programs.
    Choices,
    /// Conditions on the reply code.
    Replies,
    /// Conditions on the enhanced status code.
    Statuses,
    /// Fields of patterns.
    Fields,
    /// Names of fields, ends of host names.
    Names,
    /// What each rule concludes.
    Outcomes,
    /// The providers, as the engine sees them.
    Providers,
    /// Patterns without text.
    Textless,
    /// Ends of host names.
    Mx,
    /// Rules for enhanced status codes.
    Enhanced,
    /// Rules for reply codes.
    Codes,
    /// The rules' names; empty in the tables that are compiled in.
    RuleNames,
    /// The providers' names; empty in the tables that are compiled in.
    ProviderNames,
    /// The text of the names; empty in the tables that are compiled in.
    Pool,
}

/// The bytes of a section.
pub(crate) const fn section(bytes: &[u8], section: Section) -> Result<&[u8], LoadError> {
    let (Some(start), Some(length)) =
        (number(bytes, HEADER + 8 * section as usize), number(bytes, HEADER + 8 * section as usize + 4))
    else {
        return Err(LoadError::Truncated { length: bytes.len() });
    };
    let Some((_, rest)) = bytes.split_at_checked(start as usize) else {
        return Err(LoadError::Truncated { length: bytes.len() });
    };
    match rest.split_at_checked(length as usize) {
        Some((section, _)) => Ok(section),
        None => Err(LoadError::Truncated { length: bytes.len() }),
    }
}

/// The records of a section.
pub(crate) const fn records<const N: usize>(bytes: &[u8], of: Section) -> Result<&[[u8; N]], LoadError> {
    let bytes = match section(bytes, of) {
        Ok(bytes) => bytes,
        Err(error) => return Err(error),
    };
    match bytes.as_chunks::<N>() {
        (records, []) => Ok(records),
        _ => Err(LoadError::Section { section: of }),
    }
}

/// Four bytes as a number.
pub(crate) const fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let Some((_, rest)) = bytes.split_at_checked(at) else {
        return None;
    };
    match rest.first_chunk::<4>() {
        Some(bytes) => Some(u32::from_le_bytes(*bytes)),
        None => None,
    }
}

/// The hash in the header: over four interleaved sequences of eight bytes each, since a processor has several
/// multiplications on the way at once, and one sequence would wait for each.
#[must_use]
pub fn hash(bytes: &[u8]) -> u64 {
    const LANES: usize = 4;
    let mix = |hash: u64, word: u64| (hash ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    let (words, rest) = bytes.as_chunks::<8>();
    let (rows, words) = words.as_chunks::<LANES>();
    let mut lanes = [1, 2, 3, 4];
    for row in rows {
        for (lane, word) in lanes.iter_mut().zip(row) {
            *lane = mix(*lane, u64::from_le_bytes(*word));
        }
    }
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let rest = rest.iter().map(|byte| u64::from(*byte) + 1);
    let hash = lanes.into_iter().chain(words).chain(rest).fold(bytes.len() as u64, mix);
    hash ^ hash >> 32
}
