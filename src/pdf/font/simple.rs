//! Takes a Type 1, MMType1 or TrueType font dictionary (ISO 32000-2, 9.6.2 and 9.6.3), gives the text and the width of
//! each of its 256 codes. `ToUnicode` and the folding of characters are left to the font.

use lopdf::{Dictionary, Document, Object};

use super::differences::Differences;
use super::encoding::Encoding;
use super::program::Program;
use super::standard::StandardFont;
use super::{glyph_name, object};
use crate::pdf::Decoding;

/// A bit of the `Flags` of a font descriptor (Table 121).
const SYMBOLIC: i64 = 1 << 2;

/// A font whose codes are single bytes.
#[derive(Debug)]
pub(super) struct Simple {
    /// The encoding that the dictionary names; of fonts without program also the one they are likely to have.
    base: Option<Encoding>,
    /// The encoding to try when nothing else told.
    last_resort: Encoding,
    differences: Differences,
    widths: SimpleWidths,
}

/// `FirstChar`, `Widths` and what stands in for them.
#[derive(Debug)]
struct SimpleWidths {
    first: i64,
    widths: Vec<f32>,
    missing: Option<f32>,
    standard: Option<StandardFont>,
}

impl Simple {
    /// Reads the dictionary of a simple font whose name is `name`.
    pub(super) fn load(objects: &Document, dict: &Dictionary, name: &str) -> Self {
        let descriptor = object::dictionary(objects, dict, b"FontDescriptor");
        let (named, differences) = encoding(objects, dict);
        let implied = implied_encoding(objects, dict, descriptor, name);
        let embedded = super::font_file(objects, dict).is_some();
        Self {
            base: if embedded { named } else { named.or(Some(implied)) },
            last_resort: implied,
            differences,
            widths: SimpleWidths::load(objects, dict, descriptor, name),
        }
    }

    /// The text of a code by the name of its glyph or by the encoding that the dictionary names.
    pub(super) fn text(&self, code: u8) -> Option<(String, Decoding)> {
        let text = match self.differences.get(code) {
            Some(name) => glyph_name::text(name),
            None => self.base.and_then(|base| base.character(code)).map(String::from),
        };
        Some((text?, Decoding::GlyphName))
    }

    /// The glyph of the embedded program that a code shows.
    pub(super) fn glyph(&self, code: u8, program: &Program) -> Option<u32> {
        match self.differences.get(code) {
            Some(name) => program.glyph_of_name(name),
            None => program.glyph_of_code(code),
        }
    }

    /// What a code most likely means when neither its name nor the program tells.
    pub(super) fn guess(&self, code: u8) -> Option<(String, Decoding)> {
        if self.differences.get(code).is_some() {
            return None;
        }
        Some((String::from(self.last_resort.character(code)?), Decoding::GlyphName))
    }

    /// The width of a code in 1/1000 of text space, `None` where only the font program tells.
    pub(super) fn width(&self, code: u8) -> Option<f32> {
        self.widths.get(code).or_else(|| {
            let standard = self.widths.standard?;
            standard.width(self.text(code)?.0.chars().next()?)
        })
    }
}

impl SimpleWidths {
    fn load(objects: &Document, dict: &Dictionary, descriptor: Option<&Dictionary>, name: &str) -> Self {
        let widths = object::array(objects, dict, b"Widths").unwrap_or_default();
        Self {
            first: object::number(objects, dict, b"FirstChar").unwrap_or_default() as i64,
            widths: widths.iter().take(256).map(|width| object::float(objects, width).unwrap_or_default()).collect(),
            missing: descriptor.and_then(|descriptor| object::number(objects, descriptor, b"MissingWidth")),
            standard: StandardFont::new(name),
        }
    }

    fn get(&self, code: u8) -> Option<f32> {
        let index = i64::from(code).checked_sub(self.first).and_then(|index| usize::try_from(index).ok());
        index.and_then(|index| self.widths.get(index)).copied().or(if self.widths.is_empty() {
            None
        } else {
            Some(self.missing.unwrap_or_default())
        })
    }
}

/// `Encoding`: a name, or a dictionary with a name and `Differences` (9.6.5).
pub(super) fn encoding(objects: &Document, dict: &Dictionary) -> (Option<Encoding>, Differences) {
    match object::entry(objects, dict, b"Encoding") {
        Some(Object::Name(name)) => (Encoding::new(name), Differences::default()),
        Some(Object::Dictionary(encoding)) => {
            let base = object::name(objects, encoding, b"BaseEncoding").and_then(Encoding::new);
            (base, Differences::load(objects, encoding))
        }
        _ => (None, Differences::default()),
    }
}

/// The encoding of a font that names none, as far as it can be told without looking into its program.
fn implied_encoding(objects: &Document, dict: &Dictionary, descriptor: Option<&Dictionary>, name: &str) -> Encoding {
    if name.contains("Symbol") {
        return Encoding::Symbol;
    }
    if name.contains("Dingbats") {
        return Encoding::ZapfDingbats;
    }
    let flags = descriptor.and_then(|descriptor| object::number(objects, descriptor, b"Flags")).unwrap_or_default();
    let symbolic = flags as i64 & SYMBOLIC != 0;
    match object::name(objects, dict, b"Subtype") {
        Some(b"TrueType") if symbolic => Encoding::MacRoman,
        Some(b"TrueType") => Encoding::WinAnsi,
        _ => Encoding::Standard,
    }
}
