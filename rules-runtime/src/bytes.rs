//! Little-endian numbers in records.

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
