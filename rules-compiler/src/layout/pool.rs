//! Bytes that several records share.

use std::collections::HashMap;

/// Bytes, each run of them stored once.
#[derive(Default)]
pub struct Pool {
    bytes: Vec<u8>,
    // Looked up, never iterated: the order of the bytes is that of the calls.
    known: HashMap<Vec<u8>, usize>,
}

impl Pool {
    /// Where the bytes stand.
    pub fn add(&mut self, bytes: &[u8]) -> usize {
        if let Some(at) = self.known.get(bytes) {
            return *at;
        }
        let at = self.bytes.len();
        self.bytes.extend(bytes);
        self.known.insert(bytes.to_vec(), at);
        at
    }

    /// All of them.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}
