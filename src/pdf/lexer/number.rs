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
        let Some((value, length)) = plain_number(rest) else { return self.odd_number() };
        self.at += length;
        Token::Number(value)
    }

    /// Any number, read as far as it goes: repeated signs count once, a second point or a sign inside ends it and what is
    /// left of it is passed over.
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
        let is_rest = |byte: u8| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+');
        if self.byte(at).is_some_and(is_rest) {
            self.skipped += 1;
            at = self.past(at, is_rest);
        }
        self.at = at;
        Token::Number(if negative { -value } else { value })
    }

    /// The value of the digits at `start`, and where they end.
    fn whole(&self, start: usize) -> (f64, usize) {
        let (mut at, mut digits) = (start, 0_u64);
        while let Some(digit @ b'0'..=b'9') = self.byte(at) {
            digits = digits.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            at += 1;
        }
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

/// The value and the length of the number at the start of `bytes`, if it is written as nearly all are: a minus at most,
/// then digits that a double holds, with one point at most among them.
fn plain_number(bytes: &[u8]) -> Option<(f64, usize)> {
    let (sign, digits) = match bytes {
        [b'-', digits @ ..] => (1, digits),
        _ => (0, bytes),
    };
    let (mut whole, mut part, mut length, mut point) = (0, 0_u64, 0, None);
    for &byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            part = part.wrapping_mul(10).wrapping_add(u64::from(digit));
        } else if byte == b'.' && point.is_none() {
            point = Some(length);
            whole = std::mem::take(&mut part);
        } else if matches!(byte, b'.' | b'-' | b'+') {
            return None;
        } else {
            break;
        }
        length += 1;
    }
    if length > EXACT_DIGITS {
        return None;
    }
    let value = match point {
        Some(at) => exact(whole) + exact(part) / POWERS[length - at - 1],
        None => exact(part),
    };
    Some((if sign == 1 { -value } else { value }, sign + length))
}

/// As many digits as a double holds, as one. Processors have an instruction for signed integers only.
#[allow(clippy::cast_precision_loss)]
fn exact(digits: u64) -> f64 {
    digits.cast_signed() as f64
}
