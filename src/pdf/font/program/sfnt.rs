//! Takes a TrueType or OpenType program, gives its glyphs' characters, names and built-in encoding, and which of them
//! draw nothing.

use lopdf::Stream;
use skrifa::raw::tables::cmap::{CmapSubtable, PlatformId};
use skrifa::raw::{FontRef, TableProvider};
use skrifa::{GlyphId, MetadataProvider};

use super::{Characters, Program, cff};
use crate::pdf::inflate::beginning;

/// Bytes in which the directory of a program stands, unless it has more tables than any other.
const HEAD: usize = 1024;
/// Where symbol fonts keep the codes of a font without `Encoding` (ISO 32000-2, 9.6.5.4).
const SYMBOL_PAGES: [u32; 4] = [0xF000, 0, 0xF100, 0xF200];

pub(super) fn read(data: &[u8]) -> Option<Program> {
    let font = FontRef::from_index(data, 0).ok()?;
    let mut program = font.data_for_tag(skrifa::Tag::new(b"CFF ")).and_then(|table| cff::read(table.as_bytes()));
    let mut program = program.take().unwrap_or_default();
    program.encoding.clear();
    program.characters = characters(&font);
    read_names(&font, &mut program);
    read_encoding(&font, &mut program);
    read_advances(&font, &mut program);
    read_blanks(&font, &mut program);
    Some(program)
}

/// The character map of a TrueType program, read without the outlines, which are most of it and usually come later.
/// `None` where it takes the whole program to tell.
pub(in crate::pdf::font) fn characters_at_beginning(stream: &Stream) -> Option<Characters> {
    let mut data = beginning(stream, HEAD)?;
    let end = end_of_map(&data)?;
    if end > data.len() {
        data = beginning(stream, end).filter(|data| data.len() == end)?;
    }
    Some(characters(&FontRef::from_index(&data, 0).ok()?))
}

/// Where the tables that the character map takes end; `None` if `head` is not the beginning of a TrueType program.
fn end_of_map(head: &[u8]) -> Option<usize> {
    let tables = usize::from(u16::from_be_bytes(*head.strip_prefix(&[0, 1, 0, 0])?.first_chunk()?));
    let mut end = 0;
    for record in head.get(12..12 + 16 * tables)?.as_chunks::<16>().0 {
        let [a, b, c, d, _, _, _, _, place @ .., l0, l1, l2, l3] = record;
        let ends = u32::from_be_bytes(*place).checked_add(u32::from_be_bytes([*l0, *l1, *l2, *l3]))?;
        match &[*a, *b, *c, *d] {
            b"CFF " | b"dmap" => return None,
            b"cmap" => end = end.max(usize::try_from(ends).ok()?),
            _ => {}
        }
    }
    Some(end)
}

fn characters(font: &FontRef<'_>) -> Characters {
    let mut characters = Characters::default();
    let map = font.charmap();
    if map.is_symbol() {
        return characters;
    }
    for (code, glyph) in map.mappings() {
        if let Some(character) = char::from_u32(code).filter(|_| glyph != GlyphId::NOTDEF) {
            characters.map(character, glyph.to_u32());
        }
    }
    characters
}

fn read_names(font: &FontRef<'_>, program: &mut Program) {
    let Ok(post) = font.post() else { return };
    for (glyph, name) in post.glyph_names() {
        program.name_glyph(glyph.to_u32(), name);
    }
}

/// Reads the built-in encoding from the symbol subtable, else from the Macintosh one.
fn read_encoding(font: &FontRef<'_>, program: &mut Program) {
    let Ok(cmap) = font.cmap() else { return };
    let subtable = |platform: PlatformId, encoding: u16| {
        let mut records = cmap.encoding_records().iter();
        let record = records.find(|record| record.platform_id() == platform && record.encoding_id() == encoding)?;
        record.subtable(cmap.offset_data()).ok()
    };
    let symbol = subtable(PlatformId::Windows, 0);
    let macintosh = subtable(PlatformId::Macintosh, 0);
    for code in 0..=u8::MAX {
        let of = |table: &CmapSubtable<'_>, page| {
            table.map_codepoint(page + u32::from(code)).filter(|&glyph| glyph != GlyphId::NOTDEF)
        };
        let by_symbol = || SYMBOL_PAGES.iter().find_map(|&page| of(symbol.as_ref()?, page));
        let by_macintosh = || of(macintosh.as_ref()?, 0);
        if let Some(glyph) = by_symbol().or_else(by_macintosh) {
            program.encoding.insert(code, glyph.to_u32());
        }
    }
}

/// Notes the TrueType glyphs without an outline. Glyph 0 stands for what is missing, and a program that draws nothing
/// at all only carries an invisible text layer.
fn read_blanks(font: &FontRef<'_>, program: &mut Program) {
    let Ok(loca) = font.loca(None) else { return };
    let starts: Vec<u32> = (0..=loca.len()).map_while(|index| loca.get_raw(index)).collect();
    let blank = |pair: &[u32]| pair.first() == pair.last();
    if starts.windows(2).skip(1).all(blank) {
        return;
    }
    let glyphs = (0..).zip(starts.windows(2)).skip(1).filter(|(_, pair)| blank(pair));
    program.blanks = glyphs.map(|(glyph, _)| glyph).collect();
}

fn read_advances(font: &FontRef<'_>, program: &mut Program) {
    let metrics = font.glyph_metrics(skrifa::instance::Size::new(1000.0), skrifa::instance::LocationRef::default());
    for &glyph in program.encoding.values() {
        if let Some(advance) = metrics.advance_width(GlyphId::new(glyph)) {
            program.advances.insert(glyph, advance);
        }
    }
}
