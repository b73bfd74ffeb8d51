//! Takes the glyphs of the pages and the values with their places, gives each value its evidence: on which rungs of the
//! ladder from codes to text its characters were read, and whether a reader of the page sees them.

use super::Group;
use crate::geom::{Place, Point, Rect};
use crate::pdf::{Decoding, Glyph, Page, Visibility};
use std::collections::BTreeSet;

/// How the characters of a value were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The rungs used, the most trusted first; empty for sources without pages.
    pub decoded: BTreeSet<Decoding>,
    /// Whether some of its characters are clipped or drawn invisibly.
    pub hidden: bool,
}

/// How far a glyph's box may stick out of a place that is rounded to 1/100 point, in points.
const SLACK: f32 = 0.02;

/// A page's glyphs by the height of their middle.
struct Column<'a> {
    page: &'a Page,
    glyphs: Vec<(Point, &'a Glyph)>,
}

impl<'a> Column<'a> {
    fn new(page: &'a Page) -> Self {
        let mut glyphs: Vec<_> = page.glyphs.iter().map(|glyph| (glyph.bbox.center(), glyph)).collect();
        glyphs.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
        Self { page, glyphs }
    }

    fn look(&self, bbox: &Rect, evidence: &mut Evidence) {
        let from = self.glyphs.partition_point(|(middle, _)| middle.y < bbox.y0);
        for (middle, glyph) in self.glyphs.iter().skip(from).take_while(|(middle, _)| middle.y <= bbox.y1) {
            if middle.x < bbox.x0 || middle.x > bbox.x1 || self.is_blank(glyph) {
                continue;
            }
            evidence.hidden |= glyph.visibility != Visibility::Visible;
            evidence.decoded.extend(self.page.runs.get(glyph.run as usize).map(|run| run.decoded));
        }
    }

    fn is_blank(&self, glyph: &Glyph) -> bool {
        let start = glyph.start as usize;
        let text = self.page.text.get(start..start + usize::from(glyph.length)).unwrap_or_default();
        text.trim().is_empty()
    }
}

/// Gives every value its evidence.
pub(super) fn gather(pages: &[Page], groups: &mut [Group]) {
    let columns: Vec<_> = pages.iter().map(Column::new).collect();
    let column = |place: &Place| columns.get((place.page as usize).checked_sub(1)?);
    for group in groups {
        group.each_mut(&mut |value| {
            for place in &value.places {
                if let Some(column) = column(place) {
                    column.look(&rect(place), &mut value.evidence);
                }
            }
        });
    }
}

#[expect(clippy::cast_possible_truncation, reason = "coordinates of a page fit")]
fn rect(place: &Place) -> Rect {
    let [x0, y0, x1, y1] = place.bbox.map(|v| v as f32);
    Rect { x0: x0 - SLACK, y0: y0 - SLACK, x1: x1 + SLACK, y1: y1 + SLACK }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::{Direction, Run};

    fn run(decoded: Decoding) -> Run {
        Run { font: 0, size: 10.0, direction: Direction::Right, vertical: false, aslant: false, decoded, color: [0; 3] }
    }

    fn glyph(start: u32, x: f32, run: u32, visibility: Visibility) -> Glyph {
        Glyph { start, length: 1, visibility, run, bbox: Rect::new(x, 10.0, x + 10.0, 20.0) }
    }

    #[track_caller]
    fn case(bbox: [f64; 4], decoded: &[Decoding], hidden: bool) {
        let page = Page {
            number: 1,
            text: "A B".to_owned(),
            glyphs: vec![
                glyph(0, 0.0, 0, Visibility::Visible),
                glyph(1, 10.0, 2, Visibility::Invisible),
                glyph(2, 20.0, 1, Visibility::Clipped),
            ],
            runs: vec![run(Decoding::ToUnicode), run(Decoding::Cid), run(Decoding::Unknown)],
            ..Page::default()
        };
        let mut evidence = Evidence::default();
        Column::new(&page).look(&rect(&Place { page: 1, bbox }), &mut evidence);
        assert_eq!(evidence, Evidence { decoded: decoded.iter().copied().collect(), hidden });
    }

    #[test]
    fn a_value_has_the_rungs_of_the_characters_in_its_box() {
        case([0.0, 10.0, 10.0, 20.0], &[Decoding::ToUnicode], false);
        case([0.0, 10.0, 30.0, 20.0], &[Decoding::ToUnicode, Decoding::Cid], true);
        case([0.0, 10.0, 20.0, 20.0], &[Decoding::ToUnicode], false);
        case([0.0, 40.0, 30.0, 50.0], &[], false);
    }
}
