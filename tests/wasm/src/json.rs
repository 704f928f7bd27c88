//! JSON into a buffer.

use core::fmt::{self, Display, Write};

/// What does not fit is left out, and the length is 0.
pub struct Json<'a> {
    out: &'a mut [u8],
    length: usize,
    full: bool,
    /// Whether a comma must stand before what comes next.
    comma: bool,
}

impl<'a> Json<'a> {
    pub fn new(out: &'a mut [u8]) -> Self {
        Self { out, length: 0, full: false, comma: false }
    }

    pub fn length(&self) -> usize {
        if self.full { 0 } else { self.length }
    }

    pub fn open(&mut self) {
        self.separate();
        self.raw(b"{");
        self.comma = false;
    }

    pub fn close(&mut self) {
        self.raw(b"}");
        self.comma = true;
    }

    pub fn list(&mut self, key: &str) {
        self.key(key);
        self.raw(b"[");
        self.comma = false;
    }

    pub fn end_list(&mut self) {
        self.raw(b"]");
        self.comma = true;
    }

    pub fn text(&mut self, key: &str, value: Option<&str>) {
        self.shown(key, value);
    }

    /// A text, as the value shows itself.
    pub fn shown(&mut self, key: &str, value: Option<impl Display>) {
        self.key(key);
        match value {
            Some(value) => {
                self.raw(b"\"");
                // The writer below never fails.
                let _ = write!(Escaped(self), "{value}");
                self.raw(b"\"");
            }
            None => self.raw(b"null"),
        }
        self.comma = true;
    }

    pub fn number(&mut self, key: &str, value: Option<u64>) {
        self.key(key);
        match value {
            Some(value) => drop(write!(Escaped(self), "{value}")),
            None => self.raw(b"null"),
        }
        self.comma = true;
    }

    fn key(&mut self, key: &str) {
        self.separate();
        self.raw(b"\"");
        self.raw(key.as_bytes());
        self.raw(b"\":");
    }

    fn separate(&mut self) {
        if self.comma {
            self.raw(b",");
        }
    }

    fn raw(&mut self, bytes: &[u8]) {
        match self.out.get_mut(self.length..self.length + bytes.len()) {
            Some(room) => room.copy_from_slice(bytes),
            None => self.full = true,
        }
        self.length += bytes.len();
    }
}

struct Escaped<'j, 'a>(&'j mut Json<'a>);

impl Write for Escaped<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            match byte {
                b'"' | b'\\' => self.0.raw(&[b'\\', byte]),
                b'\n' => self.0.raw(b"\\n"),
                0..0x20 => self.0.raw(b" "),
                _ => self.0.raw(&[byte]),
            }
        }
        Ok(())
    }
}
