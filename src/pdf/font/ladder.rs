//! Takes a code of a font, gives its text and the rung of the ladder that told it. What each rung knows is in files of
//! its own; here stands only which is asked before which, and when an answer counts as none.

use lopdf::Document;

use super::composite::Composite;
use super::program::Program;
use super::{Font, Kind, fold};
use crate::pdf::Decoding;

/// A blank glyph at least this wide, in 1/1000 of text space, is the space of Japanese text.
const FULL_WIDTH: f32 = 750.0;

/// The text of a code, folded, and the rung that told it.
type Told = (String, Decoding);

impl Font {
    /// Climbs down the ladder until a rung has text that says something. A character for private use says something only
    /// to who has the producer's font: it stands where no other rung knows better.
    pub(super) fn decode(&self, objects: &Document, code: u32, bytes: u8) -> Option<Told> {
        let by_dictionary = || match self.by_dictionary(code, bytes) {
            Some(told @ (_, Decoding::Cid)) => self.contradiction(objects, code, bytes).or(Some(told)),
            told => told,
        };
        let private = match self.by_to_unicode(code) {
            Some(told) if !is_private(&told.0) => return Some(told),
            private => private,
        };
        let told = by_dictionary().or_else(|| self.by_program(objects, code, bytes));
        if private.is_some() {
            return told.filter(|(text, rung)| *rung != Decoding::GlyphName && !is_private(text)).or(private);
        }
        told.or_else(|| self.guess(code))
    }

    /// What stands for a code that no rung knows: U+FFFD, except that a glyph that draws nothing is white space, and a
    /// control code for which a simple font has no glyph shows nothing.
    pub(super) fn undecoded(&self, objects: &Document, code: u32, bytes: u8) -> Told {
        if let Some(space) = self.blank(objects, code, bytes) {
            return (String::from(space), Decoding::FontProgram);
        }
        let byte = u8::try_from(code).ok().filter(u8::is_ascii_control);
        if let (Kind::Simple(font), Some(byte)) = (&self.kind, byte)
            && self.program(objects).and_then(|program| font.glyph(byte, program)).is_none()
        {
            return (String::new(), Decoding::GlyphName);
        }
        (String::from(char::REPLACEMENT_CHARACTER), Decoding::Unknown)
    }

    /// The white space that a code shows whose glyph the embedded program leaves blank.
    fn blank(&self, objects: &Document, code: u32, bytes: u8) -> Option<&'static str> {
        let program = self.program(objects)?;
        let glyph = self.glyph(objects, code, bytes, program)?;
        let wide = self.metrics(objects, code, bytes).advance >= FULL_WIDTH;
        program.is_blank(glyph).then_some(if wide { "\u{3000}" } else { " " })
    }

    fn by_to_unicode(&self, code: u32) -> Option<Told> {
        folded((self.to_unicode.as_ref()?.text(code)?, Decoding::ToUnicode))
    }

    /// What the font dictionary tells: its CMap and CIDs, or its encoding and names.
    pub(super) fn by_dictionary(&self, code: u32, bytes: u8) -> Option<Told> {
        match &self.kind {
            Kind::Simple(font) => font.text(u8::try_from(code).ok()?),
            Kind::Type3(font) => font.text(u8::try_from(code).ok()?),
            Kind::Composite(font) => font.text(code, bytes),
        }
        .and_then(folded)
    }

    /// What the embedded program tells of the glyph that a code shows.
    pub(super) fn by_program(&self, objects: &Document, code: u32, bytes: u8) -> Option<Told> {
        let program = self.program(objects)?;
        program.text(self.glyph(objects, code, bytes, program)?).and_then(folded)
    }

    /// The glyph of the embedded program that a code shows.
    fn glyph(&self, objects: &Document, code: u32, bytes: u8, program: &Program) -> Option<u32> {
        match &self.kind {
            Kind::Simple(font) => font.glyph(u8::try_from(code).ok()?, program),
            Kind::Composite(font) => font.glyph(objects, code, bytes, program, self.limit),
            Kind::Type3(_) => None,
        }
    }

    /// Where CIDs are glyph indices, what the glyph is counts more than what the collection says it should be.
    fn contradiction(&self, objects: &Document, code: u32, bytes: u8) -> Option<Told> {
        match &self.kind {
            Kind::Composite(font) if font.cids_are_glyphs() => self.by_characters(objects, code, bytes, font),
            _ => None,
        }
    }

    /// What the character map of the embedded program tells of a code whose CID is the index of a glyph.
    pub(super) fn by_characters(&self, objects: &Document, code: u32, bytes: u8, font: &Composite) -> Option<Told> {
        let Some(characters) = self.characters(objects) else {
            let told = self.by_program(objects, code, bytes);
            return told.filter(|(_, decoding)| *decoding == Decoding::FontProgram);
        };
        folded((String::from(characters.of(font.cid(code, bytes))?), Decoding::FontProgram))
    }

    /// What a simple font of this kind usually means by a code.
    fn guess(&self, code: u32) -> Option<Told> {
        match &self.kind {
            Kind::Simple(font) => font.guess(u8::try_from(code).ok()?).and_then(folded),
            Kind::Composite(_) | Kind::Type3(_) => None,
        }
    }
}

/// Whether a text is nothing but characters for private use.
pub(super) fn is_private(text: &str) -> bool {
    let private = |character: char| matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}');
    !text.is_empty() && text.chars().all(private)
}

/// Whether a text is a character for private use as fonts of signs number theirs: bullets and arrows.
pub(super) fn is_sign(text: &str) -> bool {
    text.chars().all(|character| matches!(character, '\u{F020}'..='\u{F0FF}'))
}

/// The text as the contract wants it, `None` if it tells a reader nothing: control characters and U+FFFD are how
/// producers say that they do not know.
fn folded((text, decoding): Told) -> Option<Told> {
    let folded = if fold::is_left(&text) {
        text
    } else {
        let mut folded = String::with_capacity(text.len());
        fold::fold_into(&text, &mut folded);
        folded
    };
    let says = |character: char| character != char::REPLACEMENT_CHARACTER && !character.is_control();
    folded.chars().any(says).then_some((folded, decoding))
}
