//! Takes the bytes of a CMap file, gives the PostScript tokens that occur in one. It never fails: a byte that begins no
//! token is passed over.

use crate::pdf::lexer::read_hexadecimal;
use std::ops::Range;

/// A token. Strings and names point into [`Lexer::bytes`].
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// `<0041>` or `(A)`, decoded.
    String(Range<usize>),
    /// `/Name`, decoded, without the solidus.
    Name(Range<usize>),
    /// A number, cut to an integer.
    Integer(i64),
    /// `[`.
    ArrayStart,
    /// `]`.
    ArrayEnd,
    /// An operator; points into the data.
    Keyword(Range<usize>),
}

/// Reads tokens one after the other.
pub(super) struct Lexer<'a> {
    data: &'a [u8],
    position: usize,
    decoded: Vec<u8>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { data, position: 0, decoded: Vec::new() }
    }

    /// The decoded bytes of a string or name read since the last [`Lexer::forget`].
    pub(super) fn bytes(&self, range: &Range<usize>) -> &[u8] {
        self.decoded.get(range.clone()).unwrap_or_default()
    }

    /// The bytes of a keyword.
    pub(super) fn keyword(&self, range: &Range<usize>) -> &'a [u8] {
        self.data.get(range.clone()).unwrap_or_default()
    }

    /// Lets go of all decoded strings.
    pub(super) fn forget(&mut self) {
        self.decoded.clear();
    }

    /// The next token, `None` at the end.
    pub(super) fn next(&mut self) -> Option<Token> {
        loop {
            let byte = self.bump()?;
            match byte {
                b'%' => while self.bump().is_some_and(|byte| byte != b'\n' && byte != b'\r') {},
                b'<' if self.peek() == Some(b'<') => self.position += 1,
                b'<' => return Some(Token::String(self.hex_string())),
                b'(' => return Some(Token::String(self.literal_string())),
                b'/' => return Some(Token::Name(self.name())),
                b'[' => return Some(Token::ArrayStart),
                b']' => return Some(Token::ArrayEnd),
                b'+' | b'-' | b'.' | b'0'..=b'9' => {
                    let word = self.word();
                    return Some(integer(self.keyword(&word)).map_or(Token::Keyword(word), Token::Integer));
                }
                _ if is_regular(byte) => return Some(Token::Keyword(self.word())),
                _ => {}
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.data.get(self.position).copied()
    }

    fn bump(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.position += 1;
        Some(byte)
    }

    /// The regular characters around the byte just read.
    fn word(&mut self) -> Range<usize> {
        let start = self.position.saturating_sub(1);
        self.position += self.regular();
        start..self.position
    }

    /// How many regular characters are next.
    fn regular(&self) -> usize {
        let rest = self.data.get(self.position..).unwrap_or_default();
        rest.iter().take_while(|byte| is_regular(**byte)).count()
    }

    fn hex_string(&mut self) -> Range<usize> {
        let start = self.decoded.len();
        let rest = self.data.get(self.position..).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
        let (digits, end) = rest.split_at(length);
        read_hexadecimal(digits, &mut self.decoded);
        self.position += length + usize::from(!end.is_empty());
        start..self.decoded.len()
    }

    fn literal_string(&mut self) -> Range<usize> {
        let start = self.decoded.len();
        let mut depth = 0_usize;
        while let Some(byte) = self.bump() {
            match byte {
                b'(' => depth += 1,
                b')' if depth == 0 => break,
                b')' => depth -= 1,
                b'\\' => {
                    self.escape();
                    continue;
                }
                _ => {}
            }
            self.decoded.push(byte);
        }
        start..self.decoded.len()
    }

    fn escape(&mut self) {
        let Some(byte) = self.bump() else { return };
        let decoded = match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\n' | b'\r' => return,
            b'0'..=b'7' => self.octal(byte),
            other => other,
        };
        self.decoded.push(decoded);
    }

    fn octal(&mut self, first: u8) -> u8 {
        let mut value = first - b'0';
        for _ in 0..2 {
            let Some(digit @ b'0'..=b'7') = self.peek() else { break };
            self.position += 1;
            value = value.wrapping_mul(8).wrapping_add(digit - b'0');
        }
        value
    }

    fn name(&mut self) -> Range<usize> {
        let start = self.decoded.len();
        let end = self.position + self.regular();
        self.decoded.extend_from_slice(self.data.get(self.position..end).unwrap_or_default());
        self.position = end;
        start..self.decoded.len()
    }
}

/// Whether each byte is part of words.
static REGULAR: [bool; 256] = {
    let mut regular = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        regular[byte] = byte as u8 > b' '
            && !matches!(byte as u8, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%');
        byte += 1;
    }
    regular
};

fn is_regular(byte: u8) -> bool {
    REGULAR[usize::from(byte)]
}

fn integer(word: &[u8]) -> Option<i64> {
    let text = str::from_utf8(word).ok()?;
    text.parse().ok().or_else(|| text.parse::<f64>().ok().map(|real| real as i64))
}
