//! Sections put together in a container.

use rules_runtime::container::{FORMAT_VERSION, HEADER, MAGIC, Section, hash};
use std::collections::BTreeMap;

/// The sections of a container, as far as they are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sections(BTreeMap<Section, Vec<u8>>);

impl Sections {
    /// Writes a section.
    pub fn set(&mut self, section: Section, bytes: Vec<u8>) {
        self.0.insert(section, bytes);
    }

    /// Writes a section of records.
    pub fn records<const N: usize>(&mut self, section: Section, records: impl Iterator<Item = [u8; N]>) {
        self.set(section, records.flatten().collect());
    }

    /// How many bytes a section has.
    #[must_use]
    pub fn size(&self, section: Section) -> usize {
        self.0.get(&section).map_or(0, Vec::len)
    }

    /// The container's bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut directory = Vec::new();
        let start = HEADER + 8 * Section::ALL.len();
        for section in Section::ALL {
            let contents = self.0.get(&section).map_or(&[][..], Vec::as_slice);
            let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes();
            directory.extend(number(start + bytes.len()));
            directory.extend(number(contents.len()));
            bytes.extend(contents);
            // Every section starts at a multiple of sixteen, so that no anchor lies across two cache lines.
            bytes.resize((start + bytes.len()).next_multiple_of(16) - start, 0);
        }
        directory.extend(bytes);
        let mut file = MAGIC.to_vec();
        file.extend(FORMAT_VERSION.to_le_bytes());
        file.extend((Section::ALL.len() as u32).to_le_bytes());
        file.extend(hash(&directory).to_le_bytes());
        file.extend(directory);
        file
    }
}
