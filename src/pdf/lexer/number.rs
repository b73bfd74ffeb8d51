//! Numbers of content streams (ISO 32000-2, 7.3.3), and what producers write in their place.

use super::{Lexer, Token};

/// Digits that a double holds exactly.
const EXACT_DIGITS: usize = 15;
/// The powers of ten up to that many digits.
const POWERS: [f64; EXACT_DIGITS + 1] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

impl<'a> Lexer<'a> {
    pub(super) fn number(&mut self) -> Token<'a> {
        let Some((value, end)) = plain_number(self.bytes, self.at) else { return self.odd_number() };
        self.at = end;
        Token::Number(value)
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
        let (digits, at) = digits(self.bytes, start);
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

/// The value of the number at `start` and where it ends, if it is written as nearly all are: a minus at most, then digits
/// that a double holds, with one point at most among them.
#[inline]
pub(super) fn plain_number(bytes: &[u8], start: usize) -> Option<(f64, usize)> {
    let negative = bytes.get(start) == Some(&b'-');
    let first = start + usize::from(negative);
    let (whole, mut end) = digits(bytes, first);
    let mut value = exact(whole);
    let mut next = bytes.get(end).copied();
    if next == Some(b'.') {
        let point = end + 1;
        let (part, after) = digits(bytes, point);
        if part != 0 {
            value += exact(part) / POWERS.get(after - point)?;
        }
        end = after;
        next = bytes.get(end).copied();
    }
    if end - first > EXACT_DIGITS || next.is_some_and(goes_on) {
        return None;
    }
    Some((if negative { -value } else { value }, end))
}

/// The value of the digits at `start`, of as many as a double holds, and where they end.
#[inline]
fn digits(bytes: &[u8], start: usize) -> (u64, usize) {
    let (mut at, mut value) = (start, 0_u64);
    while let Some(byte) = bytes.get(at) {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
        at += 1;
    }
    (value, at)
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
