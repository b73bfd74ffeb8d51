//! Takes the bytes of an embedded CMap, gives what it maps. It runs no PostScript: it looks for the operators that
//! matter and for their operands, skips what it does not understand, and so never fails.

use std::ops::Range;

use super::lexer::{Lexer, Token};
use super::predefined::Predefined;
use super::{CMap, Embedded, Text};
use crate::pdf::font::code_space::CodeRange;
use crate::pdf::font::glyph_name;

/// Operands kept outside sections: enough for a `CIDSystemInfo` dictionary.
const MAX_LOOSE_OPERANDS: usize = 16;

/// The lists of a CMap between `begin…` and `end…`.
#[derive(Clone, Copy, PartialEq)]
enum Section {
    CodeSpaceRange,
    BfChar,
    BfRange,
    CidChar,
    CidRange,
    NotdefChar,
    NotdefRange,
}

/// Reads a CMap; what cannot be read is left out.
pub(super) fn parse(data: &[u8]) -> Embedded {
    let mut parser = Parser { lexer: Lexer::new(data), section: None, operands: Vec::new(), cmap: Embedded::default() };
    while let Some(token) = parser.lexer.next() {
        match token {
            Token::Keyword(word) => parser.keyword(word),
            Token::ArrayStart if parser.section == Some(Section::BfRange) => parser.array(),
            Token::ArrayStart | Token::ArrayEnd => {}
            operand => parser.operand(operand),
        }
    }
    let mut cmap = parser.cmap;
    cmap.texts.sort();
    cmap.cids.iter_mut().chain(&mut cmap.notdefs).for_each(super::Ranges::sort);
    cmap
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    section: Option<Section>,
    operands: Vec<Token>,
    cmap: Embedded,
}

impl Parser<'_> {
    fn keyword(&mut self, word: Range<usize>) {
        let section = match self.lexer.keyword(&word) {
            b"begincodespacerange" => Some(Section::CodeSpaceRange),
            b"beginbfchar" => Some(Section::BfChar),
            b"beginbfrange" => Some(Section::BfRange),
            b"begincidchar" => Some(Section::CidChar),
            b"begincidrange" => Some(Section::CidRange),
            b"beginnotdefchar" => Some(Section::NotdefChar),
            b"beginnotdefrange" => Some(Section::NotdefRange),
            b"usecmap" => {
                self.use_cmap();
                None
            }
            b"def" => {
                self.define();
                None
            }
            word if word.starts_with(b"end") => None,
            // `dup begin` and the like stand between a key and its value in no CMap; the section goes on.
            _ => return,
        };
        self.section = section;
        self.forget();
    }

    fn forget(&mut self) {
        self.operands.clear();
        self.lexer.forget();
    }

    fn use_cmap(&mut self) {
        if let Some(Token::Name(name)) = self.operands.last() {
            self.cmap.base = Predefined::new(self.lexer.bytes(name)).map(CMap::Predefined);
        }
    }

    /// Takes what stands before a `def`: a key and its value, or a whole dictionary of them.
    fn define(&mut self) {
        for pair in self.operands.windows(2) {
            let [Token::Name(key), value] = pair else { continue };
            let text = |range| Some(String::from_utf8_lossy(self.lexer.bytes(range)).into_owned());
            match (self.lexer.bytes(key), value) {
                (b"WMode", Token::Integer(mode)) => self.cmap.vertical = Some(*mode == 1),
                (b"Registry", Token::String(value) | Token::Name(value)) => self.cmap.registry = text(value),
                (b"Ordering", Token::String(value) | Token::Name(value)) => self.cmap.ordering = text(value),
                _ => {}
            }
        }
    }

    fn operand(&mut self, token: Token) {
        self.operands.push(token);
        let Some(section) = self.section else {
            if self.operands.len() > MAX_LOOSE_OPERANDS {
                self.forget();
            }
            return;
        };
        if !matches!(self.operands.first(), Some(Token::String(_))) {
            return self.forget();
        }
        let wanted = match section {
            Section::CodeSpaceRange | Section::BfChar | Section::CidChar | Section::NotdefChar => 2,
            Section::BfRange | Section::CidRange | Section::NotdefRange => 3,
        };
        if self.operands.len() == wanted {
            self.entry(section);
            self.forget();
        }
    }

    /// Adds one complete entry of a section; one whose operands make no sense is left out.
    fn entry(&mut self, section: Section) -> Option<()> {
        let (low, length) = self.code(self.operands.first()?)?;
        let last = self.operands.last()?;
        let ranged = matches!(section, Section::BfRange | Section::CidRange | Section::NotdefRange);
        let high = if ranged { self.code(self.operands.get(1)?)?.0 } else { low };
        match section {
            Section::CodeSpaceRange => {
                let [Token::String(low), Token::String(high)] = self.operands.as_slice() else { return None };
                let range = CodeRange::new(self.lexer.bytes(low), self.lexer.bytes(high))?;
                self.cmap.code_space.push(range);
            }
            Section::BfChar | Section::BfRange => {
                let text = self.text(last)?;
                self.cmap.texts.push(low, high, text);
            }
            Section::CidChar | Section::CidRange | Section::NotdefChar | Section::NotdefRange => {
                let Token::Integer(cid) = *last else { return None };
                let cid = u32::try_from(cid).ok()?;
                let lists = match section {
                    Section::CidChar | Section::CidRange => &mut self.cmap.cids,
                    _ => &mut self.cmap.notdefs,
                };
                lists.get_mut(length.checked_sub(1)?)?.push(low, high, cid);
            }
        }
        Some(())
    }

    /// The destinations of a `bfrange` one by one; the opening bracket has been read.
    fn array(&mut self) {
        let codes = match self.operands.as_slice() {
            [low, high] => self.code(low).zip(self.code(high)).map(|((low, _), (high, _))| low..=high),
            _ => None,
        };
        let mut codes = codes.into_iter().flatten();
        self.forget();
        while let Some(token @ (Token::String(_) | Token::Name(_) | Token::Integer(_))) = self.lexer.next() {
            if let Some(code) = codes.next()
                && let Some(text) = self.text(&token)
            {
                self.cmap.texts.push(code, code, text);
            }
            self.lexer.forget();
        }
    }

    /// The value and the length of a code of 1 to 4 bytes.
    fn code(&self, token: &Token) -> Option<(u32, usize)> {
        let Token::String(range) = token else { return None };
        let bytes = self.lexer.bytes(range);
        let value = bytes.iter().fold(0, |value, &byte| value << 8 | u32::from(byte));
        (1..=4).contains(&bytes.len()).then_some((value, bytes.len()))
    }

    fn text(&self, token: &Token) -> Option<Text> {
        let text = match token {
            Token::String(range) if let Some(only) = unit(self.lexer.bytes(range)) => return Some(Text::Char(only)),
            Token::String(range) => decode(self.lexer.bytes(range))?,
            Token::Name(range) => glyph_name::text(str::from_utf8(self.lexer.bytes(range)).ok()?)?,
            _ => return None,
        };
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(only), None) => Some(Text::Char(only)),
            (Some(_), Some(_)) => Some(Text::String(text.into_boxed_str())),
            (None, _) => None,
        }
    }
}

/// The character that two bytes alone are in UTF-16.
fn unit(bytes: &[u8]) -> Option<char> {
    let &[high, low] = bytes else { return None };
    char::from_u32(u32::from(u16::from_be_bytes([high, low])))
}

/// UTF-16BE, as the specification wants it. Producers also write one byte for one of the first 256 characters, and
/// UTF-32 for characters outside the first plane.
fn decode(bytes: &[u8]) -> Option<String> {
    if let [0, plane @ 1..=0x10, high, low] = *bytes {
        return char::from_u32(u32::from_be_bytes([0, plane, high, low])).map(String::from);
    }
    let (odd, pairs) = bytes.split_at(bytes.len() % 2);
    let units = odd.iter().map(|&byte| u16::from(byte)).chain(pairs.chunks_exact(2).map(|pair| match pair {
        [high, low] => u16::from_be_bytes([*high, *low]),
        _ => 0,
    }));
    let text: String = char::decode_utf16(units).filter_map(Result::ok).collect();
    (!text.is_empty()).then_some(text)
}
