//! Takes a byte, tells what it is outside of strings: white space, a delimiter, or part of a word.

/// What a byte is outside of strings (ISO 32000-2, 7.2.3); the regular ones by what they begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Regular, and the first byte of nearly all operators.
    Letter,
    /// Regular, and the first byte of nearly all numbers.
    Figure,
    /// Any other regular byte.
    Regular,
    Space,
    Delimiter,
}

impl Class {
    /// The class of a byte.
    #[inline]
    pub(super) fn of(byte: u8) -> Self {
        CLASSES[usize::from(byte)]
    }
}

/// The class of every byte.
static CLASSES: [Class; 256] = {
    let mut classes = [Class::Regular; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'\0' | b'\t' | b'\n' | 12 | b'\r' | b' ' => Class::Space,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%' => Class::Delimiter,
            b'A'..=b'Z' | b'a'..=b'z' => Class::Letter,
            b'0'..=b'9' | b'-' | b'.' => Class::Figure,
            _ => Class::Regular,
        };
        byte += 1;
    }
    classes
};

/// Whether it is white space.
#[inline]
pub(in crate::pdf) fn is_space(byte: u8) -> bool {
    Class::of(byte) == Class::Space
}

/// Whether it is neither white space nor a delimiter.
#[inline]
pub(in crate::pdf) fn is_regular(byte: u8) -> bool {
    matches!(Class::of(byte), Class::Letter | Class::Figure | Class::Regular)
}
