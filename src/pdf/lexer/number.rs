//! Numbers of content streams (ISO 32000-2, 7.3.3), and what producers write in their place.

use super::{Lexer, Token};

/// Digits that a double holds exactly.
const EXACT_DIGITS: usize = 15;
/// The powers of ten up to that many digits.
const POWERS: [f64; EXACT_DIGITS + 1] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

impl<'a> Lexer<'a> {
    #[inline]
    pub(super) fn number(&mut self) -> Token<'a> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let Some((value, length)) = rest.first_chunk().and_then(short_number) else { return self.long_number() };
        self.at += length;
        Token::Number(value)
    }

    /// A number that is a minus at most and digits that a double holds, with one point at most among them.
    fn long_number(&mut self) -> Token<'a> {
        let negative = self.byte(self.at) == Some(b'-');
        let start = self.at + usize::from(negative);
        let (whole, point) = self.digits(start);
        let (part, end) = if self.byte(point) == Some(b'.') { self.digits(point + 1) } else { (0, point) };
        if end - start > EXACT_DIGITS || self.byte(end).is_some_and(goes_on) {
            return self.odd_number();
        }
        self.at = end;
        let value = exact(whole) + exact(part) / POWERS[(end - point).saturating_sub(1)];
        Token::Number(if negative { -value } else { value })
    }

    /// The value of the digits at `start`, of as many as a double holds, and where they end.
    #[inline]
    fn digits(&self, start: usize) -> (u64, usize) {
        let (mut at, mut value) = (start, 0_u64);
        while let Some(digit @ b'0'..=b'9') = self.byte(at) {
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            at += 1;
        }
        (value, at)
    }

    /// Any number, read as far as it goes: repeated signs count once, a second point or a sign inside ends it and what is
    /// left of it is passed over.
    #[cold]
    fn odd_number(&mut self) -> Token<'a> {
        let mut at = self.at;
        let mut negative = false;
        while let Some(sign @ (b'-' | b'+')) = self.byte(at) {
            negative |= sign == b'-';
            at += 1;
        }
        self.skipped += usize::from(at - self.at > 1);
        let (mut value, mut at) = self.whole(at);
        if self.byte(at) == Some(b'.') {
            let (mut fraction, start) = (0_u64, at + 1);
            at = start;
            while let Some(digit @ b'0'..=b'9') = self.byte(at) {
                if at - start < EXACT_DIGITS {
                    fraction = fraction * 10 + u64::from(digit - b'0');
                }
                at += 1;
            }
            value += exact(fraction) / POWERS[(at - start).min(EXACT_DIGITS)];
        }
        let is_rest = |byte: u8| byte.is_ascii_digit() || goes_on(byte);
        if self.byte(at).is_some_and(is_rest) {
            self.skipped += 1;
            at = self.past(at, is_rest);
        }
        self.at = at;
        Token::Number(if negative { -value } else { value })
    }

    /// The value of the digits at `start`, and where they end.
    fn whole(&self, start: usize) -> (f64, usize) {
        let (digits, at) = self.digits(start);
        if at - start <= EXACT_DIGITS {
            return (exact(digits), at);
        }
        let parts = self.slice(start, at).chunks(EXACT_DIGITS);
        let value = parts.fold(0.0, |value, part| {
            let digits = part.iter().fold(0, |digits, digit| digits * 10 + u64::from(digit - b'0'));
            value * POWERS[part.len()] + exact(digits)
        });
        (value, at)
    }
}

/// The value and the length of a number that ends within the eight bytes that it begins, as nearly all do. They are
/// looked at all at once.
#[inline]
fn short_number(bytes: &[u8; 8]) -> Option<(f64, usize)> {
    let negative = bytes[0] == b'-';
    let word = u64::from_le_bytes(*bytes) >> (8 * u32::from(negative));
    let (whole, count) = leading_digits(word)?;
    let tail = word >> (8 * count);
    let mut value = exact(whole);
    let mut length = usize::from(negative) + count;
    if tail.to_le_bytes()[0] == b'.' {
        let (part, places) = leading_digits(tail >> 8)?;
        value += exact(part) / POWERS[places];
        length += 1 + places;
    }
    let ends = bytes.get(length).is_some_and(|next| !goes_on(*next));
    ends.then_some((if negative { -value } else { value }, length))
}

/// The value of the digits that eight bytes, the first one lowest, begin with, and how many there are; `None` for eight.
#[inline]
fn leading_digits(word: u64) -> Option<(u64, usize)> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let digits = word ^ (0x30 * EACH);
    // The highest bit of a byte is set where it is no digit.
    let others = ((digits & (0x7F * EACH)) + 0x76 * EACH) | digits;
    let count = (others & (0x80 * EACH)).trailing_zeros() / 8;
    let aligned = (digits << 1) << 63_u32.checked_sub(8 * count)?;
    let pairs = (aligned * 10 + (aligned >> 8)) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
    Some(((fours * 10_000 + (fours >> 32)) & 0xFFFF_FFFF, count as usize))
}

/// Whether the byte, after a number, belongs to it in a way that numbers do not have.
fn goes_on(byte: u8) -> bool {
    matches!(byte, b'.' | b'-' | b'+')
}

/// As many digits as a double holds, as one. Processors have an instruction for signed integers only.
#[allow(clippy::cast_precision_loss)]
fn exact(digits: u64) -> f64 {
    digits.cast_signed() as f64
}
