//! Takes the coloured areas of a page, gives the bands that they are drawn for: pieces of one band as one, and without
//! those that say nothing of the extent of a table.

use super::scene::{JOINT, LEVEL};
use super::token::Token;
use crate::geom::{Point, Rect, Span};

/// Coloured areas lower than this are no bands, in points.
pub(super) const LEAST: f32 = 5.0;
/// What stands in one row with the text of a merged cell is no farther above or below, in heights of a band.
const BESIDE: f32 = 0.8;

/// The bands of the coloured `areas`, by height.
pub(super) fn of(areas: Vec<Rect>, tokens: &[Token]) -> Vec<Rect> {
    let mut bands = joined(areas);
    leave_out_partial(&mut bands, tokens);
    bands
}

/// Coloured areas of one band drawn cell by cell, as one.
fn joined(mut boxes: Vec<Rect>) -> Vec<Rect> {
    boxes.retain(|b| b.height() >= LEAST && b.is_finite());
    boxes.sort_by(|a, b| a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0)));
    let mut bands: Vec<Rect> = Vec::new();
    for area in boxes {
        match bands.last_mut() {
            Some(band)
                if (band.y0 - area.y0).abs() < LEVEL
                    && (band.y1 - area.y1).abs() < LEVEL
                    && Span::new(band.x0 - JOINT, band.x1 + JOINT).overlap(Span::new(area.x0, area.x1)) > 0.0
                    || bands_touch(band, &area) =>
            {
                *band = band.union(&area);
            }
            _ => bands.push(area),
        }
    }
    bands
}

/// Leaves out the bands that end at the right where a wider one above them does and leave entries at their left
/// uncovered, as bands under every second row do beside merged cells: where they begin, no table does.
fn leave_out_partial(bands: &mut Vec<Rect>, tokens: &[Token]) {
    let mut order: Vec<usize> = (0..bands.len()).collect();
    let end = |index: &usize| bands.get(*index).map_or(0.0, |band| band.x1);
    order.sort_by(|a, b| end(a).total_cmp(&end(b)).then(a.cmp(b)));
    let mut texts: Option<Texts> = None;
    let mut partial = vec![false; bands.len()];
    for same in order.chunk_by(|a, b| end(b) - end(a) <= JOINT) {
        let mut same: Vec<usize> = same.to_vec();
        same.sort_unstable();
        let mut widest: Option<Rect> = None;
        for index in same {
            let Some(band) = bands.get(index) else { continue };
            let wider = widest.filter(|wide| wide.x0 + JOINT < band.x0 && wide.y1 <= band.y0 + LEVEL);
            if let Some(wide) = wider {
                let texts = texts.get_or_insert_with(|| Texts::new(tokens, bands));
                partial[index] = texts.has_entry(&wide, band);
            } else if widest.is_none_or(|wide| band.x0 < wide.x0) {
                widest = Some(*band);
            }
        }
    }
    let mut partial = partial.into_iter();
    bands.retain(|_| !partial.next().unwrap_or_default());
}

/// The middles of texts from top to bottom.
struct Texts {
    all: Vec<Point>,
    /// Those that stand on no band.
    open: Vec<Point>,
}

impl Texts {
    fn new(tokens: &[Token], bands: &[Rect]) -> Self {
        let mut all: Vec<Point> = tokens.iter().map(|token| token.bbox.center()).collect();
        all.sort_by(|a, b| a.y.total_cmp(&b.y));
        let open = all.iter().filter(|at| !bands.iter().any(|band| band.contains(**at))).copied().collect();
        Self { all, open }
    }

    /// Those of `sorted` between two heights.
    fn between(sorted: &[Point], y: Span) -> impl Iterator<Item = &Point> {
        let first = sorted.partition_point(|at| at.y < y.start);
        sorted.iter().skip(first).take_while(move |at| at.y <= y.end)
    }

    /// Whether a row that `band` leaves uncovered at its left, below `wide`, has an entry there; a heading over the
    /// table has nothing beside it.
    fn has_entry(&self, wide: &Rect, band: &Rect) -> bool {
        let near = BESIDE * band.height();
        let beside = |at: &Point| {
            let mut row = Self::between(&self.all, Span { start: at.y - near, end: at.y + near });
            row.any(|right| band.x0 < right.x && right.x < band.x1)
        };
        let mut left = Self::between(&self.open, Span { start: wide.y1, end: band.y1 });
        left.any(|at| wide.x0 < at.x && at.x < band.x0 && beside(at))
    }
}

fn bands_touch(band: &Rect, area: &Rect) -> bool {
    (band.y0 - area.y0).abs() < LEVEL && (band.y1 - area.y1).abs() < LEVEL && (area.x0 - band.x1).abs() <= JOINT
}

#[cfg(test)]
mod tests {
    use crate::geom::Rect;
    use crate::layout::made::Made;

    #[test]
    fn bands_that_leave_out_merged_cells_begin_no_table() {
        let mut page = Made::page().fill(Rect::new(48.0, 98.0, 400.0, 112.0));
        for (x, text) in [(50.0, "指標名"), (200.0, "区分"), (260.0, "R4年度"), (330.0, "R5年度")] {
            page = page.text(x, 100.0, text);
        }
        for (row, name) in (0u8..).zip(["受診率", "収納率", "待機児童数"]) {
            let y = 114.0 + 28.0 * f32::from(row);
            page = page.text(50.0, y, name).fill(Rect::new(190.0, y + 12.0, 400.0, y + 26.0));
            for (line, kind) in [(y, "計画"), (y + 14.0, "実績")] {
                page = page.text(200.0, line, kind).text(270.0, line, "41").text(340.0, line, "52");
            }
        }
        let cells = page.read();
        assert_eq!(cells.first().map(String::as_str), Some("[7x4]"), "{cells:?}");
    }
}
