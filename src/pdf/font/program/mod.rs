//! Takes an embedded font program (ISO 32000-2, 9.9), gives the text of its glyphs as far as the program itself tells:
//! by its character map read backwards, by the names of its glyphs, by the CIDs of its charset. Which glyph a code
//! shows is left to the font, except where the program's built-in encoding decides.

mod cff;
mod characters;
mod sfnt;
mod type1;

use std::collections::{BTreeMap, HashMap};

use super::cmap::predefined::Collection;
use super::glyph_name;
use crate::pdf::Decoding;

pub(super) use characters::Characters;
pub(super) use sfnt::characters_at_beginning;

/// What a font program tells of its glyphs.
#[derive(Debug, Default)]
pub(super) struct Program {
    characters: Characters,
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
        let by_map = || Some((String::from(self.characters.of(glyph)?), Decoding::FontProgram));
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn junk_is_no_program() {
        for data in [&b""[..], b"%!", b"\x80\x01", b"\x01\x00\x04\x01", b"OTTO", b"\x00\x01\x00\x00\xFF\xFF", &[0; 64]]
        {
            let _ = Program::new(data);
        }
    }
}
