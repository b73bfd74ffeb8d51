//! Takes a bare CFF program, gives the names of its glyphs and its built-in encoding or, if it is CID-keyed, the CIDs
//! of its glyphs and the collection they belong to.

use skrifa::GlyphId;
use skrifa::raw::ps::cff::CffFontRef;
use skrifa::raw::ps::cff::dict::{self, Entry};
use skrifa::raw::ps::cff::v1::Cff;
use skrifa::raw::{FontData, FontRead};

use super::Program;
use crate::pdf::font::cmap::predefined::Collection;

pub(super) fn read(data: &[u8]) -> Option<Program> {
    let font = CffFontRef::new_cff(data, 0, None).ok()?;
    let mut program = Program::default();
    if font.is_cid() {
        program.collection = collection(data);
        read_cids(&font, &mut program);
    } else {
        read_names(&font, &mut program);
        read_encoding(&font, &mut program);
    }
    Some(program)
}

fn read_cids(font: &CffFontRef<'_>, program: &mut Program) {
    let Some(charset) = font.charset() else { return };
    let mut glyphs = std::collections::HashMap::new();
    for (glyph, cid) in charset.iter() {
        let (glyph, cid) = (glyph.to_u32(), u32::from(cid.to_u16()));
        glyphs.entry(cid).or_insert(glyph);
        program.cids.insert(glyph, cid);
    }
    program.glyphs_by_cid = Some(glyphs);
}

fn read_names(font: &CffFontRef<'_>, program: &mut Program) {
    let Some(charset) = font.charset() else { return };
    for (glyph, name) in charset.iter() {
        if let Some(name) = font.string(name).and_then(|name| str::from_utf8(name).ok()) {
            program.name_glyph(glyph.to_u32(), name);
        }
    }
}

fn read_encoding(font: &CffFontRef<'_>, program: &mut Program) {
    let Some(encoding) = font.encoding() else { return };
    for code in 0..=u8::MAX {
        if let Some(glyph) = encoding.map(code).filter(|&glyph| glyph != GlyphId::NOTDEF) {
            program.encoding.insert(code, glyph.to_u32());
            program.advances.extend(advance(font, glyph).map(|advance| (glyph.to_u32(), advance)));
        }
    }
}

fn advance(font: &CffFontRef<'_>, glyph: GlyphId) -> Option<f32> {
    let subfont = font.subfont(font.subfont_index(glyph)?, &[]).ok()?;
    font.advance(&subfont, glyph, &[], Some(1000.0)).ok()?
}

/// `ROS` of the top dictionary (Technical Note 5176, 18).
fn collection(data: &[u8]) -> Option<Collection> {
    let cff = Cff::read(FontData::new(data)).ok()?;
    let strings = cff.strings();
    let string = |id: skrifa::raw::ps::Sid| id.resolve_standard().map_or_else(|index| strings.get(index), Some);
    let entries = dict::entries(cff.top_dicts().get(0)?, None);
    let (registry, ordering) = entries.filter_map(Result::ok).find_map(|entry| match entry {
        Entry::Ros { registry, ordering, .. } => Some((registry, ordering)),
        _ => None,
    })?;
    Collection::new(string(registry)?, string(ordering)?)
}
