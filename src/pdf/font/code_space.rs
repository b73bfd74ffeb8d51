//! Takes the bytes of a shown string, gives the character codes in them (ISO 32000-2, 9.7.6.3). What a code stands for
//! is left to the CMap and the font.

/// How the bytes of a string divide into codes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum CodeSpace {
    /// Simple fonts: each byte is a code.
    OneByte,
    /// Identity and most CMaps: two bytes each.
    TwoBytes,
    /// Codes of mixed length.
    Ranges(Vec<CodeRange>),
}

/// A code space range: each byte of a code lies between the bytes of both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CodeRange {
    length: u8,
    low: [u8; 4],
    high: [u8; 4],
}

impl CodeRange {
    /// A range between two codes of the same length, 1 to 4 bytes; `None` for anything else.
    pub(super) fn new(low: &[u8], high: &[u8]) -> Option<Self> {
        if low.len() != high.len() || low.is_empty() {
            return None;
        }
        let pad = |code: &[u8]| {
            let mut padded = [0; 4];
            padded.get_mut(..code.len())?.copy_from_slice(code);
            Some(padded)
        };
        Some(Self { length: u8::try_from(low.len()).ok()?, low: pad(low)?, high: pad(high)? })
    }

    /// How many leading bytes of `bytes` lie in the range.
    fn matching(&self, bytes: &[u8]) -> u8 {
        let mut count = 0;
        while count < self.length {
            let at = usize::from(count);
            match (bytes.get(at), self.low.get(at), self.high.get(at)) {
                (Some(byte), Some(low), Some(high)) if low <= byte && byte <= high => count += 1,
                _ => break,
            }
        }
        count
    }
}

impl CodeSpace {
    /// The first code of `bytes` and its length; `None` only at the end of the string. A code that the string cuts
    /// short, or that no range holds, is consumed as far as the range that fits it best is long.
    #[inline]
    pub(super) fn next(&self, bytes: &[u8]) -> Option<(u32, u8)> {
        let length = match (self, bytes) {
            (Self::OneByte, [byte, ..]) => return Some((u32::from(*byte), 1)),
            (Self::TwoBytes, [high, low, ..]) => return Some((u32::from(u16::from_be_bytes([*high, *low])), 2)),
            (Self::Ranges(ranges), _) => length_in(ranges, bytes),
            _ => 2,
        };
        let code = bytes.get(..usize::from(length)).unwrap_or(bytes);
        if code.is_empty() {
            return None;
        }
        let value = code.iter().fold(0, |value, &byte| value << 8 | u32::from(byte));
        Some((value, u8::try_from(code.len()).unwrap_or(u8::MAX)))
    }
}

fn length_in(ranges: &[CodeRange], bytes: &[u8]) -> u8 {
    let mut best = (0, u8::MAX);
    for range in ranges {
        let matching = range.matching(bytes);
        if matching == range.length {
            return range.length;
        }
        if matching > best.0 || (matching == best.0 && range.length < best.1) {
            best = (matching, range.length);
        }
    }
    best.1.clamp(1, 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(space: &CodeSpace, bytes: &[u8], expected: &[(u32, u8)]) {
        let mut rest = bytes;
        let mut codes = Vec::new();
        while let Some((code, length)) = space.next(rest) {
            codes.push((code, length));
            rest = &rest[usize::from(length)..];
        }
        assert_eq!(codes, expected);
    }

    fn shift_jis() -> CodeSpace {
        let ranges: [(&[u8], &[u8]); 4] =
            [(b"\x00", b"\x80"), (b"\x81\x40", b"\x9F\xFC"), (b"\xA0", b"\xDF"), (b"\xE0\x40", b"\xFC\xFC")];
        CodeSpace::Ranges(ranges.iter().filter_map(|(low, high)| CodeRange::new(low, high)).collect())
    }

    #[test]
    fn codes_of_fixed_length() {
        case(&CodeSpace::OneByte, b"AB", &[(0x41, 1), (0x42, 1)]);
        case(&CodeSpace::TwoBytes, b"\x12\x34\x56\x78", &[(0x1234, 2), (0x5678, 2)]);
    }

    #[test]
    fn codes_of_mixed_length() {
        case(&shift_jis(), b"A\x8E\xE6\xB1", &[(0x41, 1), (0x8EE6, 2), (0xB1, 1)]);
    }

    #[test]
    fn a_string_that_ends_inside_a_code_gives_what_is_left() {
        case(&CodeSpace::TwoBytes, b"\x12\x34\x56", &[(0x1234, 2), (0x56, 1)]);
        case(&shift_jis(), b"\x8E", &[(0x8E, 1)]);
    }

    #[test]
    fn a_second_byte_out_of_range_is_consumed_with_the_first() {
        case(&shift_jis(), b"\x8E\x01A", &[(0x8E01, 2), (0x41, 1)]);
    }

    #[test]
    fn a_byte_that_begins_no_code_is_consumed_alone() {
        case(&shift_jis(), b"\xFFA", &[(0xFF, 1), (0x41, 1)]);
    }
}
