//! Takes a passage, says where its glyphs stand on their pages.

use super::{Document, Glyph, Passage};
use crate::geom::{Place, Rect};

impl Document {
    /// Where `passage` stands: one box for each page or, where such a box would take in other text (`exact`), one for
    /// each line. Empty for sources without pages.
    #[must_use]
    pub fn places(&self, passage: &Passage, exact: bool) -> Vec<Place> {
        let mut glyphs =
            passage.origins.iter().filter_map(|o| self.glyphs.get(o.glyph as usize)).filter(|g| g.page > 0);
        let key = |glyph: &Glyph| (glyph.page, if exact { glyph.line } else { 0 });
        let Some(first) = glyphs.next() else { return Vec::new() };
        // Most passages stand on one line, and the glyphs of a line follow one another.
        let mut open = (key(first), Extent::of(&first.bbox));
        let mut found: Vec<((u32, u32), Rect)> = Vec::new();
        for glyph in glyphs {
            let key = key(glyph);
            if open.0 != key {
                keep(&mut found, open.0, open.1.bbox());
                open = (key, Extent::NOWHERE);
            }
            open.1.take_in(&glyph.bbox);
        }
        if found.is_empty() {
            return vec![Place::new(open.0.0, &open.1.bbox())];
        }
        keep(&mut found, open.0, open.1.bbox());
        found.iter().map(|((page, _), bbox)| Place::new(*page, bbox)).collect()
    }
}

/// The least and the greatest of each coordinate of some boxes: of all four, which a processor compares at once.
#[derive(Clone, Copy)]
struct Extent {
    least: [f32; 4],
    greatest: [f32; 4],
}

impl Extent {
    /// That of no box.
    const NOWHERE: Self = Self { least: [f32::INFINITY; 4], greatest: [f32::NEG_INFINITY; 4] };

    fn of(bbox: &Rect) -> Self {
        let mut extent = Self::NOWHERE;
        extent.take_in(bbox);
        extent
    }

    /// Takes in the box of a glyph; a coordinate that is no number counts for nothing.
    #[inline]
    fn take_in(&mut self, glyph: &Rect) {
        let glyph = [glyph.x0, glyph.y0, glyph.x1, glyph.y1];
        for ((least, greatest), value) in self.least.iter_mut().zip(&mut self.greatest).zip(glyph) {
            *least = if value < *least { value } else { *least };
            *greatest = if value > *greatest { value } else { *greatest };
        }
    }

    /// The box around them.
    fn bbox(&self) -> Rect {
        let ([x0, y0, ..], [.., x1, y1]) = (self.least, self.greatest);
        Rect { x0, y0, x1, y1 }
    }
}

/// Adds the box of some glyphs to those of the same place.
fn keep(found: &mut Vec<((u32, u32), Rect)>, key: (u32, u32), bbox: Rect) {
    match found.iter_mut().rev().find(|(of, _)| *of == key) {
        Some((_, known)) => *known = known.union(&bbox),
        None => found.push((key, bbox)),
    }
}
