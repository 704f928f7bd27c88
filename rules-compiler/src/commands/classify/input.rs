//! Replies from standard input.

use rules_runtime::Stage;
use serde_json::Value;
use std::borrow::Cow;
use std::io::{self, BufRead, Read};

/// The longest line that is kept; what a longer line holds beyond it is skipped. Far more than the runtime looks at, and
/// enough for a JSON object around a reply.
const LONGEST: u64 = 1 << 20;

/// Lines of any length and any bytes, in constant memory.
pub struct Lines<R> {
    reader: R,
    line: Vec<u8>,
    number: usize,
}

impl<R: BufRead> Lines<R> {
    pub fn new(reader: R) -> Self {
        Self { reader, line: Vec::new(), number: 0 }
    }

    /// The number of the line that was read last, from 1.
    pub fn number(&self) -> usize {
        self.number
    }

    /// The next line without its end.
    pub fn next_line(&mut self) -> io::Result<Option<&[u8]>> {
        self.line.clear();
        if self.reader.by_ref().take(LONGEST).read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        if !self.line.ends_with(b"\n") {
            self.skip_line()?;
        }
        let line = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        Ok(Some(line.strip_suffix(b"\r").unwrap_or(line)))
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(());
            }
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let used = end.map_or(buffer.len(), |at| at + 1);
            self.reader.consume(used);
            if end.is_some() {
                return Ok(());
            }
        }
    }
}

/// A reply and what is known besides.
pub struct Item<'a> {
    pub text: Cow<'a, [u8]>,
    pub mx: Option<String>,
    pub stage: Option<Stage>,
    pub id: Option<Value>,
}

impl<'a> Item<'a> {
    pub fn of_text(text: &'a [u8]) -> Self {
        Self { text: Cow::Borrowed(text), mx: None, stage: None, id: None }
    }

    /// Reads `{"text": …, "mx": …, "stage": …, "id": …}`; only `text` is required, and other keys are ignored.
    pub fn of_json(line: &[u8]) -> Result<Self, String> {
        let line_too_long = || format!("the line is longer than {LONGEST} bytes");
        let value: Value = serde_json::from_slice(line).map_err(|error| {
            if line.len() as u64 >= LONGEST { line_too_long() } else { format!("this is not JSON: {error}") }
        })?;
        let Value::Object(mut object) = value else {
            return Err("this is not a JSON object such as {\"text\": \"550 …\"}".to_owned());
        };
        let mut string = |key: &str| match object.remove(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(format!("`{key}` is not a string")),
        };
        let text = string("text")?.ok_or_else(|| "the key `text` is missing".to_owned())?;
        let mx = string("mx")?;
        let stage = match string("stage")? {
            Some(name) => Some(super::stage(&name).map_err(|known| format!("there is no stage `{name}`: {known}"))?),
            None => None,
        };
        Ok(Self { text: Cow::Owned(text.into_bytes()), mx, stage, id: object.remove("id") })
    }
}
