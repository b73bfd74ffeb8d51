//! Takes the bytes of a content stream, gives its tokens (ISO 32000-2, 7.2 and 7.8.2), borrowed and unnested.
//!
//! It never gives up before the last byte: what is no token is skipped and counted, so that a defect costs the defect
//! and not the rest of the page. What tokens mean is left to the interpreter.

mod class;
mod number;
mod string;
#[cfg(test)]
mod tests;

pub(super) use class::{is_regular, is_space};
pub(super) use string::{hexadecimal_digit, name_bytes, read_hexadecimal, unescape};

use super::operator::Operator;
use class::Class;
use number::plain_number;

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
    /// Any other word, and the operator that it is.
    Operator(&'a [u8], Operator),
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

/// Operands that one operator may have: strings and numbers of a long `TJ`.
const MOST_OPERANDS: usize = 262_144;
/// How often each byte may be looked at again after an unbalanced parenthesis.
const RESCANS: usize = 4;

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

    #[inline]
    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    #[inline]
    fn slice(&self, from: usize, to: usize) -> &'a [u8] {
        self.bytes.get(from..to).unwrap_or_default()
    }

    /// Offset of the first byte at or after `from` that is not `class`.
    #[inline]
    fn past(&self, from: usize, class: impl Fn(u8) -> bool) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        from + rest.iter().position(|&byte| !class(byte)).unwrap_or(rest.len())
    }

    /// Reads up to the next operator; the tokens before it become its operands.
    #[inline]
    pub(super) fn operation(&mut self, operands: &mut Vec<Token<'a>>) -> Option<Operator> {
        operands.clear();
        loop {
            if self.numbers(operands) == Some(Class::Letter) {
                let word = self.word();
                let operator = Operator::read(word);
                if operator.is_known() {
                    self.at += word.len();
                    return Some(operator);
                }
            }
            match self.token()? {
                Token::Operator(_, operator) => return Some(operator),
                operand if operands.len() < MOST_OPERANDS => operands.push(operand),
                _ => {}
            }
        }
    }

    /// Reads what most content is made of, numbers between spaces, up to the first byte that begins anything else; gives
    /// the class of that byte.
    #[inline]
    fn numbers(&mut self, operands: &mut Vec<Token<'a>>) -> Option<Class> {
        let (bytes, mut at) = (self.bytes, self.at);
        let class = loop {
            let Some(byte) = bytes.get(at) else { break None };
            match Class::of(*byte) {
                Class::Space => at += 1,
                Class::Figure if operands.len() < MOST_OPERANDS => {
                    let Some((value, end)) = plain_number(bytes, at) else { break Some(Class::Figure) };
                    operands.push(Token::Number(value));
                    // What follows nearly all of them.
                    at = end + usize::from(bytes.get(end) == Some(&b' '));
                }
                class => break Some(class),
            }
        };
        self.at = at;
        class
    }

    #[inline(always)]
    fn token(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.byte(self.at)?;
            let is_twice = |byte: u8| self.byte(self.at + 1) == Some(byte);
            let token = match byte {
                _ if is_space(byte) => {
                    self.at += 1;
                    continue;
                }
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
                b')' | b'>' | b'{' | b'}' | b'%' => {
                    self.pass(byte);
                    continue;
                }
                _ => self.operator(),
            };
            return Some(token);
        }
    }

    /// Passes over a comment, or a delimiter that begins nothing.
    #[cold]
    fn pass(&mut self, delimiter: u8) {
        if delimiter == b'%' {
            self.at = self.past(self.at, |byte| byte != b'\n' && byte != b'\r');
        } else {
            self.skipped += 1;
            self.at += 1;
        }
    }

    #[inline]
    fn delimiter(&mut self, token: Token<'a>, length: usize) -> Token<'a> {
        self.at += length;
        token
    }

    #[inline]
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
        let digits = self.past(start, |byte| hexadecimal_digit(byte).is_some());
        let end = if self.byte(digits) == Some(b'>') {
            digits
        } else {
            self.past(digits, |byte| hexadecimal_digit(byte).is_some() || is_space(byte))
        };
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

    /// The word that begins at the next byte, which is regular. Nearly all operators are of one or two letters.
    #[inline]
    fn word(&self) -> &'a [u8] {
        let ends = |at: usize| self.byte(at).is_none_or(|byte| !is_regular(byte));
        let end = match self.at {
            at if ends(at + 1) => at + 1,
            at if ends(at + 2) => at + 2,
            at => self.past(at + 3, is_regular),
        };
        self.slice(self.at, end)
    }

    #[inline]
    fn operator(&mut self) -> Token<'a> {
        let (start, word) = (self.at, self.word());
        self.at += word.len();
        match Operator::read(word) {
            Operator::Unknown => self.odd_word(start, word),
            operator => Token::Operator(word, operator),
        }
    }

    #[cold]
    fn odd_word(&mut self, start: usize, word: &'a [u8]) -> Token<'a> {
        if matches!(word, b"true" | b"false" | b"null") {
            return Token::Constant;
        }
        let Some((operator, length)) = Operator::prefix(word) else { return Token::Operator(word, Operator::Unknown) };
        self.skipped += 1;
        self.at = start + length;
        Token::Operator(self.slice(start, self.at), operator)
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.token()
    }
}
