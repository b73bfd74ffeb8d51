//! Takes a passage, says where its glyphs stand on their pages.

use super::{Document, Passage};
use crate::geom::{Place, Rect};

/// The glyphs of one page or line, so far as they are known.
type Group = ((u32, u32), Rect);

impl Document {
    /// Where `passage` stands: one box for each page or, where such a box would take in other text (`exact`), one for
    /// each line. Empty for sources without pages.
    #[must_use]
    pub fn places(&self, passage: &Passage, exact: bool) -> Vec<Place> {
        let mut found: Vec<Group> = Vec::new();
        // Most passages stand on one line, and the glyphs of a line follow one another.
        let mut open: Group = ((0, 0), NOWHERE);
        for origin in &passage.origins {
            let Some(glyph) = self.glyphs.get(origin.glyph as usize) else { continue };
            if open.0 != (glyph.page, if exact { glyph.line } else { 0 }) {
                if glyph.page == 0 {
                    continue;
                }
                keep(&mut found, open);
                open = ((glyph.page, if exact { glyph.line } else { 0 }), NOWHERE);
            }
            take_in(&mut open.1, &glyph.bbox);
        }
        if found.is_empty() {
            let alone = Some(open).filter(|((page, _), _)| *page > 0);
            return alone.iter().map(|((page, _), bbox)| Place::new(*page, bbox)).collect();
        }
        keep(&mut found, open);
        found.iter().map(|((page, _), bbox)| Place::new(*page, bbox)).collect()
    }
}

/// The box that any other is larger than.
const NOWHERE: Rect = Rect { x0: f32::INFINITY, y0: f32::INFINITY, x1: f32::NEG_INFINITY, y1: f32::NEG_INFINITY };

/// Makes a box take in that of a glyph; a coordinate that is no number counts for nothing.
#[inline]
fn take_in(bbox: &mut Rect, glyph: &Rect) {
    let lower = |a: f32, b: f32| if b < a { b } else { a };
    let higher = |a: f32, b: f32| if b > a { b } else { a };
    bbox.x0 = lower(bbox.x0, glyph.x0);
    bbox.y0 = lower(bbox.y0, glyph.y0);
    bbox.x1 = higher(bbox.x1, glyph.x1);
    bbox.y1 = higher(bbox.y1, glyph.y1);
}

/// Adds the box of some glyphs of a page to those of the same place.
fn keep(found: &mut Vec<Group>, (key, bbox): Group) {
    if key.0 == 0 {
        return;
    }
    match found.iter_mut().rev().find(|(of, _)| *of == key) {
        Some((_, known)) => *known = known.union(&bbox),
        None => found.push((key, bbox)),
    }
}
