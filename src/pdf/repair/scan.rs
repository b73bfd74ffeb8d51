//! What the tokens of a damaged file say: where objects begin and end, where a value or the data of a stream does
//! (ISO 32000-2, 7.3 and 7.5.4). Every byte is read a bounded number of times.

use super::MADE_UP;
use crate::pdf::lexer::{Lexer, Token, is_space};
use crate::pdf::stream::full_filter_name;

/// More objects are not copied.
const MOST_OBJECTS: usize = 1_000_000;

/// Where an object begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    pub(super) number: u32,
    pub(super) generation: u32,
    /// Offset of the number.
    pub(super) start: usize,
    /// Offset after `obj`.
    pub(super) body: usize,
}

/// What the tokens of an object say.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Offset after the last token of the object itself.
    pub(super) end: usize,
    /// Offset of the stream's data.
    pub(super) data: Option<usize>,
    pub(super) length: Option<usize>,
    pub(super) catalog: bool,
    pub(super) cross_reference: bool,
}

pub(super) fn headers(bytes: &[u8]) -> Vec<Header> {
    let mut headers = Vec::new();
    for (at, word) in bytes.windows(3).enumerate() {
        if word == b"obj" && headers.len() < MOST_OBJECTS {
            headers.extend(header(bytes, at));
        }
    }
    headers
}

/// The object whose `obj` stands at `at`.
fn header(bytes: &[u8], at: usize) -> Option<Header> {
    let (generation, before) = number_before(bytes, at)?;
    let (number, start) = number_before(bytes, before)?;
    (number > 0 && number < MADE_UP).then_some(Header {
        number,
        generation: generation.min(65_535),
        start,
        body: at + 3,
    })
}

/// The number that ends before `end`, white space between, and where it starts.
fn number_before(bytes: &[u8], end: usize) -> Option<(u32, usize)> {
    let back = |from: usize, class: fn(u8) -> bool| {
        let head = bytes.get(..from).unwrap_or_default();
        from - head.iter().rev().take(16).take_while(|&&byte| class(byte)).count()
    };
    let digits_end = back(end, is_space);
    let start = back(digits_end, |byte| byte.is_ascii_digit());
    let digits = std::str::from_utf8(bytes.get(start..digits_end)?).ok()?;
    (digits_end < end).then_some((digits.parse().ok()?, start))
}

/// The dictionary with its filters' names spelled out: loaders do not take the abbreviations of inline images for object
/// streams, though other readers do.
pub(super) fn with_full_filter_names(dictionary: &[u8]) -> Vec<u8> {
    const KEY: &[u8] = b"/Filter";
    let Some(at) = dictionary.windows(KEY.len()).position(|word| word == KEY).map(|at| at + KEY.len()) else {
        return dictionary.to_vec();
    };
    let (head, rest) = dictionary.split_at(at);
    let mut lexer = Lexer::new(rest);
    let mut out = head.to_vec();
    let mut copied = 0;
    let mut in_array = false;
    while let Some(token) = lexer.next() {
        match token {
            Token::ArrayStart if !in_array => in_array = true,
            Token::Name(name) => {
                let (end, full) = (lexer.offset(), full_filter_name(name));
                if full != name {
                    out.extend_from_slice(rest.get(copied..end.saturating_sub(name.len())).unwrap_or_default());
                    out.extend_from_slice(full);
                    copied = end;
                }
                if !in_array {
                    break;
                }
            }
            _ => break,
        }
    }
    out.extend_from_slice(rest.get(copied..).unwrap_or_default());
    out
}

/// Length of the value at the start of `rest`: up to the next key or end of its dictionary.
pub(super) fn value_length(rest: &[u8]) -> usize {
    let mut lexer = Lexer::new(rest);
    let mut depth = 0_usize;
    let mut end = 0;
    while let Some(token) = lexer.next() {
        match token {
            Token::DictionaryStart | Token::ArrayStart => depth += 1,
            Token::DictionaryEnd | Token::ArrayEnd if depth == 0 => break,
            Token::DictionaryEnd | Token::ArrayEnd => depth -= 1,
            Token::Name(_) if depth == 0 && end > 0 => break,
            _ => {}
        }
        end = lexer.offset();
    }
    end
}

/// Reads the tokens of an object up to where it ends.
pub(super) fn outline(body: &[u8]) -> Outline {
    let mut lexer = Lexer::new(body);
    let mut outline = Outline::default();
    let mut key: &[u8] = b"";
    while let Some(token) = lexer.next() {
        match token {
            Token::Operator(word, _)
                if word.starts_with(b"endobj") || word == b"obj" || word == b"xref" || word == b"trailer" =>
            {
                break;
            }
            Token::Operator(b"stream", _) => {
                let eol = match body.get(lexer.offset()..) {
                    Some([b'\r', b'\n', ..]) => 2,
                    Some([b'\r' | b'\n', ..]) => 1,
                    _ => 0,
                };
                outline.data = Some(lexer.offset() + eol);
                break;
            }
            Token::Operator(b"R", _) if key == b"Length" => outline.length = None,
            Token::Name(name) => {
                outline.catalog |= key == b"Type" && name == b"Catalog";
                outline.cross_reference |= key == b"Type" && name == b"XRef";
                key = name;
            }
            Token::Number(value) if key == b"Length" && outline.length.is_none() => outline.length = whole(value),
            _ => {}
        }
        outline.end = lexer.offset();
    }
    outline
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(value: f64) -> Option<usize> {
    (0.0..1.0e12).contains(&value).then_some(value as usize)
}
