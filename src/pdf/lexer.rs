//! Takes the bytes of a content stream, gives its tokens (ISO 32000-2, 7.2 and 7.8.2), borrowed and unnested.
//!
//! It never gives up before the last byte: what is no token is skipped and counted, so that a defect costs the defect
//! and not the rest of the page. What tokens mean is left to the interpreter.

/// A token of a content stream. Arrays and dictionaries come as their delimiters, so nesting costs nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'a> {
    Number(f64),
    /// Without its solidus, `#` escapes not yet read; see [`name_bytes`].
    Name(&'a [u8]),
    /// Between the parentheses, escapes not yet read; see [`Token::string_bytes`].
    Literal(&'a [u8]),
    /// Between the angle brackets.
    Hexadecimal(&'a [u8]),
    ArrayStart,
    ArrayEnd,
    DictionaryStart,
    DictionaryEnd,
    /// `true`, `false` or `null`.
    Constant,
    Operator(&'a [u8]),
}

/// Reads tokens off a content stream.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
    skipped: usize,
    /// Bytes that may still be looked at twice in search of a string's end, so that no input takes quadratic time.
    rescan: usize,
    /// No `)` follows any more.
    no_parenthesis: bool,
    /// No end of an inline image follows any more.
    no_image_end: bool,
}

/// How often each byte may be looked at again after an unbalanced parenthesis.
const RESCANS: usize = 4;

/// Digits that a double holds exactly.
const EXACT_DIGITS: usize = 15;
/// The powers of ten up to that many digits.
const POWERS: [f64; EXACT_DIGITS + 1] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// What a byte is outside of strings (ISO 32000-2, 7.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Regular,
    Space,
    Delimiter,
}

/// The class of every byte.
const CLASSES: [Class; 256] = {
    let mut classes = [Class::Regular; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'\0' | b'\t' | b'\n' | 12 | b'\r' | b' ' => Class::Space,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%' => Class::Delimiter,
            _ => Class::Regular,
        };
        byte += 1;
    }
    classes
};

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            skipped: 0,
            rescan: bytes.len().saturating_mul(RESCANS),
            no_parenthesis: false,
            no_image_end: false,
        }
    }

    /// How many bad tokens were skipped or mended so far.
    pub(super) fn skipped(&self) -> usize {
        self.skipped
    }

    /// Offset of the next byte to be read.
    pub(super) fn offset(&self) -> usize {
        self.at
    }

    /// Goes on at `position`.
    pub(super) fn seek(&mut self, position: usize) {
        self.at = position.min(self.bytes.len());
    }

    /// Takes `bytes` off what may be looked at twice; false when that is used up.
    pub(super) fn look_twice(&mut self, bytes: usize) -> bool {
        self.rescan = self.rescan.saturating_sub(bytes);
        self.rescan > 0
    }

    /// Whether it is known that no end of an inline image follows.
    pub(super) fn has_no_image_end(&self) -> bool {
        self.no_image_end
    }

    /// Remembers that no end of an inline image follows.
    pub(super) fn set_no_image_end(&mut self) {
        self.no_image_end = true;
    }

    /// Counts a defect that the caller found.
    pub(super) fn count_defect(&mut self) {
        self.skipped += 1;
    }

    /// All bytes of the stream.
    pub(super) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn slice(&self, from: usize, to: usize) -> &'a [u8] {
        self.bytes.get(from..to).unwrap_or_default()
    }

    /// Offset of the first byte at or after `from` that is not `class`.
    fn past(&self, from: usize, class: impl Fn(u8) -> bool) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        from + rest.iter().position(|&byte| !class(byte)).unwrap_or(rest.len())
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.byte(self.at) {
            match byte {
                b'%' => self.at = self.past(self.at, |byte| byte != b'\n' && byte != b'\r'),
                _ if is_space(byte) => self.at += 1,
                _ => return,
            }
        }
    }

    fn delimiter(&mut self, token: Token<'a>, length: usize) -> Token<'a> {
        self.at += length;
        token
    }

    fn name(&mut self) -> Token<'a> {
        let start = self.at + 1;
        self.at = self.past(start, is_regular);
        Token::Name(self.slice(start, self.at))
    }

    /// The string at an opening parenthesis, or `None` if nothing closes it.
    fn literal(&mut self) -> Option<Token<'a>> {
        let start = self.at + 1;
        if self.no_parenthesis {
            return None;
        }
        if let Some(end) = self.balanced_end(start) {
            self.at = end + 1;
            return Some(Token::Literal(self.slice(start, end)));
        }
        self.skipped += 1;
        match self.first_parenthesis(start) {
            Some(end) => {
                self.at = end + 1;
                Some(Token::Literal(self.slice(start, end)))
            }
            None => {
                self.no_parenthesis = true;
                None
            }
        }
    }

    fn balanced_end(&mut self, start: usize) -> Option<usize> {
        let mut depth = 0_usize;
        let mut at = start;
        while let Some(byte) = self.byte(at) {
            match byte {
                b'\\' => at += 1,
                b'(' => depth += 1,
                b')' if depth == 0 => return Some(at),
                b')' => depth -= 1,
                _ => {}
            }
            at += 1;
            if at - start > self.rescan {
                return None;
            }
        }
        self.rescan = self.rescan.saturating_sub(at - start);
        None
    }

    fn first_parenthesis(&self, start: usize) -> Option<usize> {
        let mut at = start;
        while let Some(byte) = self.byte(at) {
            match byte {
                b'\\' => at += 1,
                b')' => return Some(at),
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// The hexadecimal string at `<`. Foreign bytes in it are passed over; without `>` it ends at the first of them.
    fn hexadecimal(&mut self) -> Token<'a> {
        let start = self.at + 1;
        let end = self.past(start, |byte| hexadecimal_digit(byte).is_some() || is_space(byte));
        if self.byte(end) == Some(b'>') {
            self.at = end + 1;
            return Token::Hexadecimal(self.slice(start, end));
        }
        self.skipped += 1;
        let far = self.past(end, |byte| is_regular(byte) || is_space(byte));
        let closed = self.byte(far) == Some(b'>');
        let end = if closed { far } else { end };
        self.at = if closed { far + 1 } else { end };
        Token::Hexadecimal(self.slice(start, end))
    }

    fn operator(&mut self) -> Token<'a> {
        let start = self.at;
        self.at = self.past(start, is_regular);
        let word = self.slice(start, self.at);
        if matches!(word, b"true" | b"false" | b"null") {
            return Token::Constant;
        }
        if !is_operator(word)
            && let Some(length) = operator_prefix(word)
        {
            self.skipped += 1;
            self.at = start + length;
            return Token::Operator(self.slice(start, self.at));
        }
        Token::Operator(word)
    }

    fn number(&mut self) -> Token<'a> {
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

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    #[inline]
    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            self.skip_space();
            let is_twice = |byte: u8| self.byte(self.at + 1) == Some(byte);
            let token = match self.byte(self.at)? {
                b'0'..=b'9' | b'-' | b'+' | b'.' => self.number(),
                b'/' => self.name(),
                b'[' => self.delimiter(Token::ArrayStart, 1),
                b']' => self.delimiter(Token::ArrayEnd, 1),
                b'<' if is_twice(b'<') => self.delimiter(Token::DictionaryStart, 2),
                b'>' if is_twice(b'>') => self.delimiter(Token::DictionaryEnd, 2),
                b'<' => self.hexadecimal(),
                b'(' => match self.literal() {
                    Some(token) => token,
                    None => {
                        self.at += 1;
                        continue;
                    }
                },
                b')' | b'>' | b'{' | b'}' => {
                    self.skipped += 1;
                    self.at += 1;
                    continue;
                }
                _ => self.operator(),
            };
            return Some(token);
        }
    }
}

impl<'a> Token<'a> {
    /// The bytes of a string, with `scratch` as room for those that are not written out; `None` for other tokens.
    pub(super) fn string_bytes<'b>(&self, scratch: &'b mut Vec<u8>) -> Option<&'b [u8]>
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
fn unescape(raw: &[u8], out: &mut Vec<u8>) {
    let mut rest = raw;
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'\\' | b'\r')) {
        let (plain, escape) = rest.split_at(at);
        out.extend_from_slice(plain);
        rest = unescape_first(escape, out);
    }
    out.extend_from_slice(rest);
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

fn read_hexadecimal(raw: &[u8], out: &mut Vec<u8>) {
    let (pairs, _) = raw.as_chunks::<2>();
    let mut plain = 0;
    for [high, low] in pairs {
        let (Some(high), Some(low)) = (hexadecimal_digit(*high), hexadecimal_digit(*low)) else { break };
        out.push(high << 4 | low);
        plain += 2;
    }
    let mut high = None;
    for digit in raw.iter().skip(plain).filter_map(|&byte| hexadecimal_digit(byte)) {
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
const DIGITS: [u8; 256] = {
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
fn hexadecimal_digit(byte: u8) -> Option<u8> {
    Some(DIGITS[usize::from(byte)]).filter(|digit| *digit != NO_DIGIT)
}

/// The bytes of a name with its `#` escapes read (ISO 32000-2, 7.3.5).
pub(super) fn name_bytes(raw: &[u8]) -> std::borrow::Cow<'_, [u8]> {
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

pub(super) fn is_space(byte: u8) -> bool {
    CLASSES[usize::from(byte)] == Class::Space
}

fn is_regular(byte: u8) -> bool {
    CLASSES[usize::from(byte)] == Class::Regular
}

/// Whether the word is an operator of the specification (ISO 32000-2, annex A).
pub(super) fn is_operator(word: &[u8]) -> bool {
    matches!(
        word,
        b"b" | b"B"
            | b"b*"
            | b"B*"
            | b"BDC"
            | b"BI"
            | b"BMC"
            | b"BT"
            | b"BX"
            | b"c"
            | b"cm"
            | b"CS"
            | b"cs"
            | b"d"
            | b"d0"
            | b"d1"
            | b"Do"
            | b"DP"
            | b"EI"
            | b"EMC"
            | b"ET"
            | b"EX"
            | b"f"
            | b"F"
            | b"f*"
            | b"G"
            | b"g"
            | b"gs"
            | b"h"
            | b"i"
            | b"ID"
            | b"j"
            | b"J"
            | b"K"
            | b"k"
            | b"l"
            | b"m"
            | b"M"
            | b"MP"
            | b"n"
            | b"q"
            | b"Q"
            | b"re"
            | b"RG"
            | b"rg"
            | b"ri"
            | b"s"
            | b"S"
            | b"SC"
            | b"sc"
            | b"SCN"
            | b"scn"
            | b"sh"
            | b"T*"
            | b"Tc"
            | b"Td"
            | b"TD"
            | b"Tf"
            | b"Tj"
            | b"TJ"
            | b"TL"
            | b"Tm"
            | b"Tr"
            | b"Ts"
            | b"Tw"
            | b"Tz"
            | b"v"
            | b"w"
            | b"W"
            | b"W*"
            | b"y"
            | b"'"
            | b"\""
    )
}

/// Longest operator that a run-together word such as `Q0.5` or `ETq` begins with, where the rest can go on as tokens.
fn operator_prefix(word: &[u8]) -> Option<usize> {
    (1..=word.len().min(3)).rev().find(|&length| {
        let (head, tail) = word.split_at(length);
        let begins_number = tail.first().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
        is_operator(head) && (begins_number || is_operator(tail))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All tokens in a short notation, and how many defects were counted.
    #[track_caller]
    fn case(content: &str, tokens: &str, defects: usize) {
        let mut lexer = Lexer::new(content.as_bytes());
        let words: Vec<String> = lexer.by_ref().map(notation).collect();
        assert_eq!((words.join(" ").as_str(), lexer.skipped()), (tokens, defects), "{content}");
    }

    fn notation(token: Token<'_>) -> String {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match token {
            Token::Number(value) => value.to_string(),
            Token::Name(name) => format!("/{}", text(&name_bytes(name))),
            Token::Literal(_) | Token::Hexadecimal(_) => {
                let mut scratch = Vec::new();
                format!("({})", text(token.string_bytes(&mut scratch).unwrap_or_default()))
            }
            Token::ArrayStart => "[".to_owned(),
            Token::ArrayEnd => "]".to_owned(),
            Token::DictionaryStart => "<<".to_owned(),
            Token::DictionaryEnd => ">>".to_owned(),
            Token::Constant => "constant".to_owned(),
            Token::Operator(word) => text(word),
        }
    }

    #[test]
    fn ordinary_content() {
        case("BT /F1 12 Tf[(a)-20.5<62>]TJ ET", "BT /F1 12 Tf [ (a) -20.5 (b) ] TJ ET", 0);
        case("/A#20B <</MCID 0>>BDC % note\r q", "/A B << /MCID 0 >> BDC q", 0);
        case("(a\\(b\\)(c)\\101\\\n) true .5 +3 -.25", "(a(b)(c)A) constant 0.5 3 -0.25", 0);
    }

    #[test]
    fn numbers_that_are_none_do_not_end_the_page() {
        case("--5 1..5 1.2.3 5-3 1000000000000000000000 - Tj", "-5 1 1.2 5 1000000000000000000000 -0 Tj", 4);
    }

    #[test]
    fn stray_delimiters_do_not_end_the_page() {
        case(") >> } {q <zz> Tj > (a) Tj", ">> q () Tj (a) Tj", 5);
    }

    #[test]
    fn an_unbalanced_parenthesis_costs_one_string() {
        case("(a (b) Tj (c) Tj", "(a (b) Tj (c) Tj", 1);
        case("(a) Tj (b Tj ET", "(a) Tj b Tj ET", 1);
    }

    #[test]
    fn a_hexadecimal_string_without_its_end() {
        case("<0041 [(b)] TJ", "(\0A) [ (b) ] TJ", 1);
    }

    #[test]
    fn operators_run_together() {
        case("0 0 1 rg0 0 mQq ET0 g", "0 0 1 rg 0 0 mQq ET 0 g", 2);
    }

    #[test]
    fn many_open_parentheses_take_linear_time() {
        let content = "(".repeat(2_000_000);
        assert_eq!(Lexer::new(content.as_bytes()).count(), 0);
    }
}
