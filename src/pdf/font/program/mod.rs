//! Takes an embedded font program (ISO 32000-2, 9.9), gives the text of its glyphs as far as the program itself tells:
//! by its character map read backwards, by the names of its glyphs, by the CIDs of its charset. Which glyph a code
//! shows is left to the font, except where the program's built-in encoding decides.

mod cff;
mod sfnt;
mod type1;

use std::collections::{BTreeMap, HashMap};

use super::cmap::predefined::Collection;
use super::{fold, glyph_name};
use crate::pdf::Decoding;

/// What a font program tells of its glyphs.
#[derive(Debug, Default)]
pub(super) struct Program {
    /// The best character of each glyph in the character map.
    characters: HashMap<u32, char>,
    /// The names of glyphs, and back.
    names: HashMap<u32, Box<str>>,
    glyphs_by_name: HashMap<Box<str>, u32>,
    /// Of CID-keyed programs: the glyph of each CID, and back.
    glyphs_by_cid: Option<HashMap<u32, u32>>,
    cids: HashMap<u32, u32>,
    collection: Option<Collection>,
    /// The built-in encoding: the glyph of each single-byte code.
    encoding: BTreeMap<u8, u32>,
    /// Widths of the glyphs of the built-in encoding, in 1/1000 of text space.
    advances: HashMap<u32, f32>,
    /// Glyphs without an outline, ascending.
    blanks: Vec<u32>,
}

impl Program {
    /// Reads a font program of any kind, told by its first bytes: dictionaries often name the wrong one.
    pub(super) fn new(data: &[u8]) -> Option<Self> {
        match data {
            [0x80, 1, ..] | [b'%', b'!', ..] => type1::read(data),
            [1, 0, header, _, ..] if *header >= 4 => cff::read(data),
            _ => sfnt::read(data),
        }
    }

    /// The glyph of a CID: by the charset of a CID-keyed program, otherwise the glyph of that index.
    pub(super) fn glyph_of_cid(&self, cid: u32) -> Option<u32> {
        match &self.glyphs_by_cid {
            Some(glyphs) => glyphs.get(&cid).copied(),
            None => Some(cid),
        }
    }

    /// The glyph that the built-in encoding has for a code.
    pub(super) fn glyph_of_code(&self, code: u8) -> Option<u32> {
        self.encoding.get(&code).copied()
    }

    /// The glyph of that name, or of the index that the name holds.
    pub(super) fn glyph_of_name(&self, name: &str) -> Option<u32> {
        self.glyphs_by_name.get(name).copied().or_else(|| glyph_name::index(name))
    }

    /// The text of a glyph.
    pub(super) fn text(&self, glyph: u32) -> Option<(String, Decoding)> {
        let by_map = || Some((String::from(*self.characters.get(&glyph)?), Decoding::FontProgram));
        let by_name = || Some((glyph_name::text(self.names.get(&glyph)?)?, Decoding::GlyphName));
        let by_cid = || Some((self.collection?.text(*self.cids.get(&glyph)?)?, Decoding::Cid));
        by_map().or_else(by_name).or_else(by_cid)
    }

    /// The width of a glyph of the built-in encoding in 1/1000 of text space.
    pub(super) fn advance(&self, glyph: u32) -> Option<f32> {
        self.advances.get(&glyph).copied()
    }

    /// Whether the program draws nothing for a glyph that it has, though it draws others.
    pub(super) fn is_blank(&self, glyph: u32) -> bool {
        self.blanks.binary_search(&glyph).is_ok()
    }

    fn name_glyph(&mut self, glyph: u32, name: &str) {
        self.names.insert(glyph, name.into());
        self.glyphs_by_name.entry(name.into()).or_insert(glyph);
    }

    /// Notes that the character map leads from `character` to `glyph`, and keeps it if it is the likeliest so far.
    fn map_character(&mut self, character: char, glyph: u32) {
        let best = self.characters.entry(glyph).or_insert(character);
        if rank(character) < rank(*best) {
            *best = character;
        }
    }
}

/// How unlikely it is that a text means this character when others share its glyph; at last the lowest one wins.
fn rank(character: char) -> (u8, char) {
    let class = match character {
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. => 4,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => 4,
        _ if !fold::is_plain(character) => 3,
        // Presentation and compatibility forms, strokes of ideographs, letters that are units or signs.
        '\u{31C0}'..='\u{31EF}' | '\u{FB00}'..='\u{FEFF}' | '\u{2100}'..='\u{214F}' => 2,
        // Blanks and hyphens that only behave differently.
        '\u{A0}' | '\u{AD}' | '\u{2000}'..='\u{200F}' | '\u{2011}' | '\u{202F}' | '\u{B5}' | '\u{2215}' => 1,
        _ => 0,
    };
    (class, character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(shared: &str, expected: char) {
        let mut program = Program::default();
        shared.chars().for_each(|character| program.map_character(character, 1));
        assert_eq!(program.text(1), Some((String::from(expected), Decoding::FontProgram)));
    }

    #[test]
    fn of_the_characters_of_a_glyph_the_plain_one_is_meant() {
        case("\u{2F2C}行\u{FA08}", '行');
        case("\u{F914}樂", '樂');
        case("⻑長", '長');
        case("\u{A0} ", ' ');
        case("\u{AD}-", '-');
        case("㇐一", '一');
        case("\u{F0A7}▪", '▪');
        case("ΩΩ", 'Ω');
    }

    #[test]
    fn junk_is_no_program() {
        for data in [&b""[..], b"%!", b"\x80\x01", b"\x01\x00\x04\x01", b"OTTO", b"\x00\x01\x00\x00\xFF\xFF", &[0; 64]]
        {
            let _ = Program::new(data);
        }
    }
}
