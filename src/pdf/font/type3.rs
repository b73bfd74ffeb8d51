//! Takes a Type 3 font dictionary (ISO 32000-2, 9.6.4), gives width, glyph name and content stream of each code. It
//! draws nothing: its glyphs are content streams for the interpreter.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, ObjectId};

use super::{glyph_name, object};
use crate::pdf::Decoding;

/// `FontMatrix` of a font that has none.
const DEFAULT_MATRIX: [f32; 6] = [0.001, 0.0, 0.0, 0.001, 0.0, 0.0];

/// A font whose glyphs are content streams.
#[derive(Debug)]
pub(super) struct Type3 {
    matrix: [f32; 6],
    names: BTreeMap<u8, String>,
    procedures: BTreeMap<u8, ObjectId>,
    first: i64,
    widths: Vec<f32>,
}

impl Type3 {
    pub(super) fn load(objects: &Document, dict: &Dictionary) -> Self {
        let (_, names) = super::simple::encoding(objects, dict);
        let widths = object::array(objects, dict, b"Widths").unwrap_or_default();
        Self {
            matrix: object::numbers(objects, dict, b"FontMatrix").unwrap_or(DEFAULT_MATRIX),
            procedures: procedures(objects, dict, &names),
            names,
            first: object::number(objects, dict, b"FirstChar").unwrap_or_default() as i64,
            widths: widths.iter().take(256).map(|width| object::float(objects, width).unwrap_or_default()).collect(),
        }
    }

    /// From glyph space to text space.
    pub(super) fn matrix(&self) -> [f32; 6] {
        self.matrix
    }

    /// The content stream that draws a code.
    pub(super) fn procedure(&self, code: u8) -> Option<ObjectId> {
        self.procedures.get(&code).copied()
    }

    /// The text of a code by the name of its glyph.
    pub(super) fn text(&self, code: u8) -> Option<(String, Decoding)> {
        Some((glyph_name::text(self.names.get(&code)?)?, Decoding::GlyphName))
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

fn procedures(objects: &Document, dict: &Dictionary, names: &BTreeMap<u8, String>) -> BTreeMap<u8, ObjectId> {
    let Some(procedures) = object::dictionary(objects, dict, b"CharProcs") else { return BTreeMap::new() };
    let of = |name: &String| procedures.get(name.as_bytes()).ok()?.as_reference().ok();
    names.iter().filter_map(|(&code, name)| Some((code, of(name)?))).collect()
}
