//! Takes a Type 1 program, gives the names of its glyphs and its built-in encoding.

use skrifa::GlyphId;
use skrifa::raw::ps::type1::Type1Font;

use super::Program;

pub(super) fn read(data: &[u8]) -> Option<Program> {
    let font = Type1Font::new(data).ok()?;
    let mut program = Program::default();
    for (glyph, name) in font.glyph_names() {
        program.name_glyph(glyph.to_u32(), name);
    }
    let encoding = font.encoding();
    for code in 0..=u8::MAX {
        let glyph = encoding.as_ref().and_then(|encoding| encoding.map(code));
        if let Some(glyph) = glyph.filter(|&glyph| glyph != GlyphId::NOTDEF) {
            program.encoding.insert(code, glyph.to_u32());
            program
                .advances
                .extend(font.advance(glyph, Some(1000.0)).ok().flatten().map(|width| (glyph.to_u32(), width)));
        }
    }
    Some(program)
}
