//! Little-endian numbers in records, and words in texts.

#[inline]
pub(crate) fn u16_at<const N: usize>(record: &[u8; N], at: usize) -> u16 {
    match record.get(at..).and_then(<[u8]>::first_chunk) {
        Some(bytes) => u16::from_le_bytes(*bytes),
        None => 0,
    }
}

#[inline]
pub(crate) fn u24_at<const N: usize>(record: &[u8; N], at: usize) -> u32 {
    match record.get(at..).and_then(<[u8]>::first_chunk) {
        Some([low, middle, high]) => u32::from_le_bytes([*low, *middle, *high, 0]),
        None => 0,
    }
}

#[inline]
pub(crate) fn u32_at<const N: usize>(record: &[u8; N], at: usize) -> u32 {
    match record.get(at..).and_then(<[u8]>::first_chunk) {
        Some(bytes) => u32::from_le_bytes(*bytes),
        None => 0,
    }
}

#[inline]
pub(crate) fn u64_at<const N: usize>(record: &[u8; N], at: usize) -> u64 {
    match record.get(at..).and_then(<[u8]>::first_chunk) {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => 0,
    }
}

/// Whether a text ends with this word, in any case.
pub(crate) fn ends_with_word(text: &[u8], word: &[u8]) -> bool {
    let Some(from) = text.len().checked_sub(word.len()) else {
        return false;
    };
    let (before, end) = text.split_at_checked(from).unwrap_or_default();
    end.eq_ignore_ascii_case(word) && before.last().is_none_or(|byte| !byte.is_ascii_alphanumeric())
}
