//! Takes a Type 3 font dictionary (ISO 32000-2, 9.6.4), gives width, glyph name and content stream of each code. It
//! draws nothing: its glyphs are content streams for the interpreter.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::differences::Differences;
use super::encoding::Encoding;
use super::{glyph_name, object};
use crate::pdf::Decoding;

/// `FontMatrix` of a font that has none.
const DEFAULT_MATRIX: [f32; 6] = [0.001, 0.0, 0.0, 0.001, 0.0, 0.0];

/// A font whose glyphs are content streams.
#[derive(Debug)]
pub(super) struct Type3 {
    matrix: [f32; 6],
    base: Option<Encoding>,
    names: Differences,
    first: i64,
    widths: Vec<f32>,
}

impl Type3 {
    pub(super) fn load(objects: &Document, dict: &Dictionary) -> Self {
        let (base, names) = super::simple::encoding(objects, dict);
        let widths = object::array(objects, dict, b"Widths").unwrap_or_default();
        Self {
            matrix: object::numbers(objects, dict, b"FontMatrix").unwrap_or(DEFAULT_MATRIX),
            base,
            names,
            first: object::number(objects, dict, b"FirstChar").unwrap_or_default() as i64,
            widths: widths.iter().take(256).map(|width| object::float(objects, width).unwrap_or_default()).collect(),
        }
    }

    /// From glyph space to text space.
    pub(super) fn matrix(&self) -> [f32; 6] {
        self.matrix
    }

    /// The content stream that draws a code: by its name in `Differences`, else by the character that the base encoding
    /// has.
    pub(super) fn procedure(&self, objects: &Document, dict: &Dictionary, code: u8) -> Option<ObjectId> {
        let procedures = object::dictionary(objects, dict, b"CharProcs")?;
        if let Some(name) = self.names.get(code) {
            return procedures.get(name.as_bytes()).ok()?.as_reference().ok();
        }
        let text = String::from(self.base?.character(code)?);
        let of_that_text =
            |(name, object): (&Vec<u8>, &Object)| named(name, object).filter(|(named, _)| *named == text);
        procedures.iter().filter_map(of_that_text).next_back().map(|(_, id)| id)
    }

    /// The text of a code by the name of its glyph, or by the encoding that some producers name instead.
    pub(super) fn text(&self, code: u8) -> Option<(String, Decoding)> {
        let text = match self.names.get(code) {
            Some(name) => glyph_name::text(name),
            None => self.base.and_then(|base| base.character(code)).map(String::from),
        };
        Some((text?, Decoding::GlyphName))
    }

    /// The width of a code in 1/1000 of text space.
    pub(super) fn width(&self, code: u8) -> f32 {
        let index = i64::from(code).checked_sub(self.first).and_then(|index| usize::try_from(index).ok());
        let width = index.and_then(|index| self.widths.get(index)).copied().unwrap_or_default();
        let [a, ..] = self.matrix;
        width * a * 1000.0
    }

    /// Top and bottom of `FontBBox` in 1/1000 of text space, where it has a height.
    pub(super) fn extent(&self, objects: &Document, dict: &Dictionary) -> Option<(f32, f32)> {
        let [_, y0, _, y1] = object::numbers(objects, dict, b"FontBBox")?;
        let [_, _, _, d, _, _] = self.matrix;
        let (top, bottom) = ((y0 * d).max(y1 * d) * 1000.0, (y0 * d).min(y1 * d) * 1000.0);
        (top > bottom).then_some((top, bottom))
    }
}

fn named(name: &[u8], object: &Object) -> Option<(String, ObjectId)> {
    Some((glyph_name::text(str::from_utf8(name).ok()?)?, object.as_reference().ok()?))
}
