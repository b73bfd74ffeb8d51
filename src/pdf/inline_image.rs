//! Finds the end of an inline image's data (ISO 32000-2, 8.9.7), which no length announces before PDF 2.0 and whose
//! bytes may look like anything. What the image shows is left to nobody: only its box matters.

use super::lexer::{Lexer, Token, is_space};
use super::operator::Operator;

/// How many operators must make sense after an `EI` for it to be the end.
const OPERATORS_TO_TRUST: usize = 3;
/// How many bytes after an `EI` are looked at.
const BYTES_TO_TRUST: usize = 400;

/// Moves `lexer`, which stands after `ID`, past the `EI` of the image whose dictionary tokens are `entries`. Without a
/// believable `EI` the first one is taken, without any it stays where it is; the defect is counted.
pub(super) fn skip(lexer: &mut Lexer<'_>, entries: &[Token<'_>]) {
    let start = (lexer.offset() + 1).min(lexer.bytes().len());
    let bytes = lexer.bytes();
    if let Some(end) = raw_length(entries).and_then(|length| start.checked_add(length)).and_then(|at| end_at(bytes, at))
    {
        lexer.seek(end);
        return;
    }
    let mut at = start;
    let mut first = None;
    while !lexer.has_no_image_end()
        && let Some(found) = find(bytes, at)
    {
        first = first.or(Some(found));
        // An image among thousands with odd ends takes the first end: no input may take quadratic time.
        let trusting = !lexer.look_twice(found - at + BYTES_TO_TRUST.min(bytes.len() - found));
        if trusting || follows_sense(bytes, found + 2) {
            lexer.seek(found + 2);
            return;
        }
        at = found + 2;
    }
    lexer.count_defect();
    match first {
        Some(found) => lexer.seek(found + 2),
        None => lexer.set_no_image_end(),
    }
}

/// The next `EI` at or after `from` that stands as a word.
fn find(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(2).enumerate().find_map(|(offset, pair)| {
        let at = from + offset;
        let before = at == from || bytes.get(at - 1).copied().is_some_and(is_space);
        let after = bytes.get(at + 2).copied().is_none_or(is_space);
        (pair == b"EI" && before && after).then_some(at)
    })
}

/// Offset after the `EI` that stands at `at`, white space before it allowed.
fn end_at(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let space = rest.iter().take(8).take_while(|&&byte| is_space(byte)).count();
    let tail = rest.get(space..)?;
    (tail.starts_with(b"EI") && tail.get(2).copied().is_none_or(is_space)).then_some(at + space + 2)
}

fn follows_sense(bytes: &[u8], from: usize) -> bool {
    let end = bytes.len().min(from.saturating_add(BYTES_TO_TRUST));
    let mut lexer = Lexer::new(bytes.get(from..end).unwrap_or_default());
    let mut trusted = 0;
    while let Some(token) = lexer.next() {
        let cut = from + lexer.offset() == end && end < bytes.len();
        match token {
            Token::Operator(_, Operator::Unknown) => return cut,
            Token::Operator(..) => trusted += 1,
            _ if lexer.skipped() > 0 => return cut,
            _ => {}
        }
        if trusted == OPERATORS_TO_TRUST {
            return true;
        }
    }
    true
}

/// The number of data bytes, if the dictionary says `/L` or the image is not compressed.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn raw_length(entries: &[Token<'_>]) -> Option<usize> {
    let value = |keys: [&[u8]; 2]| {
        let at = entries.iter().position(|token| matches!(token, Token::Name(name) if keys.contains(name)))?;
        entries.get(at + 1).copied()
    };
    let number = |keys| match value(keys) {
        Some(Token::Number(number)) if (0.0..1.0e9).contains(&number) => Some(number as usize),
        _ => None,
    };
    if let Some(length) = number([b"L", b"Length"]) {
        return Some(length);
    }
    if value([b"F", b"Filter"]).is_some() {
        return None;
    }
    let components = match value([b"CS", b"ColorSpace"]) {
        Some(Token::Name(b"RGB" | b"DeviceRGB")) => 3,
        Some(Token::Name(b"CMYK" | b"DeviceCMYK")) => 4,
        Some(Token::Name(b"G" | b"DeviceGray")) | Some(Token::ArrayStart) | None => 1,
        Some(_) => return None,
    };
    let bits = number([b"BPC", b"BitsPerComponent"]).unwrap_or(1);
    let row = number([b"W", b"Width"])?.checked_mul(components)?.checked_mul(bits)?.div_ceil(8);
    row.checked_mul(number([b"H", b"Height"])?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(content: &[u8], rest: &[u8]) {
        let mut lexer = Lexer::new(content);
        let entries: Vec<_> = lexer.by_ref().take_while(|token| !matches!(token, Token::Operator(b"ID", _))).collect();
        skip(&mut lexer, &entries);
        assert_eq!(&content[lexer.offset()..], rest);
    }

    #[test]
    fn ei_inside_the_data_is_not_the_end() {
        case(b"/W 4 /H 2 /BPC 8 /CS /G ID ab EI de EI Q", b" Q");
        case(b"/W 4 /H 2 /F /Fl ID \x01 EI \x02\x03 EI\nQ q", b"\nQ q");
    }

    #[test]
    fn a_missing_end_loses_nothing_but_the_data() {
        case(b"/W 4 /F /Fl ID abc", b" abc");
    }
}
