//! From characters, which the parser counts, to bytes.

/// Where each character of a text begins.
pub(super) struct Bytes<'a> {
    text: &'a str,
    /// The byte of every 64th character; none where every character is one byte.
    marks: Vec<usize>,
}

impl<'a> Bytes<'a> {
    const STEP: usize = 64;

    pub fn new(text: &'a str) -> Self {
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(Self::STEP).map(|(at, _)| at).collect()
        };
        Self { text, marks }
    }

    /// The byte at which a character begins.
    pub fn at(&self, character: usize) -> usize {
        if self.marks.is_empty() {
            return character.min(self.text.len());
        }
        let Some(mark) = self.marks.get(character / Self::STEP) else { return self.text.len() };
        let rest = self.text[*mark..].char_indices().nth(character % Self::STEP);
        rest.map_or(self.text.len(), |(at, _)| mark + at)
    }
}
