//! The bytes of strings and names (ISO 32000-2, 7.3.4 and 7.3.5): escapes read, hexadecimal digits paired.

use super::Token;

impl<'a> Token<'a> {
    /// The bytes of a string, with `scratch` as room for those that are not written out; `None` for other tokens.
    pub(in crate::pdf) fn string_bytes<'b>(&self, scratch: &'b mut Vec<u8>) -> Option<&'b [u8]>
    where
        'a: 'b,
    {
        match *self {
            Token::Literal(raw) if !raw.iter().any(|&byte| byte == b'\\' || byte == b'\r') => Some(raw),
            Token::Literal(raw) => {
                scratch.clear();
                unescape(raw, scratch);
                Some(scratch)
            }
            Token::Hexadecimal(raw) => {
                scratch.clear();
                read_hexadecimal(raw, scratch);
                Some(scratch)
            }
            _ => None,
        }
    }
}

/// Reads the escapes of a literal string (ISO 32000-2, 7.3.4.2).
pub(in crate::pdf) fn unescape(raw: &[u8], out: &mut Vec<u8>) {
    out.reserve(raw.len());
    let mut rest = raw;
    loop {
        rest = match rest {
            // Bytes of Shift-JIS are written so, one after the other.
            [b'\\', high @ b'0'..=b'7', middle @ b'0'..=b'7', low @ b'0'..=b'7', tail @ ..] => {
                out.push((high & 7) << 6 | (middle & 7) << 3 | (low & 7));
                tail
            }
            [b'\\' | b'\r', ..] => unescape_first(rest, out),
            [plain, tail @ ..] => {
                out.push(*plain);
                tail
            }
            [] => return,
        }
    }
}

/// Reads the escape or line end at the start of `escape` and gives what follows it.
fn unescape_first<'a>(escape: &'a [u8], out: &mut Vec<u8>) -> &'a [u8] {
    match escape {
        [b'\r', b'\n', rest @ ..] | [b'\r', rest @ ..] => {
            out.push(b'\n');
            rest
        }
        [b'\\', b'\r', b'\n', rest @ ..] | [b'\\', b'\r' | b'\n', rest @ ..] => rest,
        [b'\\', b'0'..=b'7', ..] => {
            let digits = escape.iter().skip(1).take(3).take_while(|byte| (b'0'..=b'7').contains(byte));
            let (value, count) = digits
                .fold((0_u8, 0), |(value, count), digit| (value.wrapping_mul(8).wrapping_add(digit - b'0'), count + 1));
            out.push(value);
            escape.get(1 + count..).unwrap_or_default()
        }
        [b'\\', byte, rest @ ..] => {
            out.push(match byte {
                b'n' => b'\n',
                b'r' => b'\r',
                b't' => b'\t',
                b'b' => 8,
                b'f' => 12,
                other => *other,
            });
            rest
        }
        _ => &[],
    }
}

/// Pairs the digits of a hexadecimal string (7.3.4.3); other bytes are passed over, a missing last digit is 0.
pub(in crate::pdf) fn read_hexadecimal(raw: &[u8], out: &mut Vec<u8>) {
    let (pairs, odd) = raw.as_chunks::<2>();
    if odd.is_empty() {
        let (before, mut seen) = (out.len(), 0);
        out.extend(pairs.iter().map(|&[high, low]| {
            let (high, low) = (DIGITS[usize::from(high)], DIGITS[usize::from(low)]);
            seen |= high | low;
            high << 4 | low
        }));
        if seen != NO_DIGIT {
            return;
        }
        out.truncate(before);
    }
    let mut high = None;
    for digit in raw.iter().filter_map(|&byte| hexadecimal_digit(byte)) {
        match high.take() {
            None => high = Some(digit),
            Some(first) => out.push(first << 4 | digit),
        }
    }
    if let Some(first) = high {
        out.push(first << 4);
    }
}

/// The value of every byte as a hexadecimal digit, [`NO_DIGIT`] where it is none.
static DIGITS: [u8; 256] = {
    let mut digits = [NO_DIGIT; 256];
    let mut value = 0;
    while value < 16 {
        digits[b"0123456789abcdef"[value] as usize] = value as u8;
        digits[b"0123456789ABCDEF"[value] as usize] = value as u8;
        value += 1;
    }
    digits
};
const NO_DIGIT: u8 = u8::MAX;

#[inline]
pub(in crate::pdf) fn hexadecimal_digit(byte: u8) -> Option<u8> {
    Some(DIGITS[usize::from(byte)]).filter(|digit| *digit != NO_DIGIT)
}

/// The bytes of a name with its `#` escapes read (ISO 32000-2, 7.3.5).
pub(in crate::pdf) fn name_bytes(raw: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    if !raw.contains(&b'#') {
        return raw.into();
    }
    let mut out = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(&byte) = raw.get(at) {
        let digit = |offset: usize| raw.get(at + offset).copied().and_then(hexadecimal_digit);
        match (byte, digit(1), digit(2)) {
            (b'#', Some(high), Some(low)) => {
                out.push(high << 4 | low);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out.into()
}
