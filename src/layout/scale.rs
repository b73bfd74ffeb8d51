//! Takes a page in large print, gives it in the size that the distances of this stage are made for, and the way back.
//! Posters, sheets enlarged to A3 and pages with a `UserUnit` differ from others in nothing but their scale.

use crate::geom::{Point, Rect, Span};
use crate::layout::{Item, Line, Table};
use crate::pdf::Page;

/// Most text of a page in large print is larger than this, in points.
const LARGE: f32 = 13.0;
/// Size that it is brought to, in points.
const USUAL: f32 = 10.0;

/// The factor that brings the text of `page` to the usual size, `None` where it is not large.
pub(crate) fn factor(page: &Page) -> Option<f32> {
    if page.runs.iter().all(|run| run.size <= LARGE) {
        return None;
    }
    let mut counts = vec![0u32; page.runs.len()];
    for glyph in &page.glyphs {
        if let Some(count) = counts.get_mut(glyph.run as usize) {
            *count += 1;
        }
    }
    let mut sizes: Vec<(f32, u32)> = page.runs.iter().map(|run| run.size).zip(counts).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, count)| count).sum::<u32>() / 2;
    let mut seen = 0;
    let median = sizes.iter().find(|(_, count)| {
        seen += count;
        seen > half
    });
    median.map(|(size, _)| *size).filter(|size| size.is_finite() && *size > LARGE).map(|size| USUAL / size)
}

/// The page made smaller or larger by `factor`.
pub(crate) fn scaled(page: &Page, factor: f32) -> Page {
    let mut scaled = page.clone();
    scaled.width *= factor;
    scaled.height *= factor;
    scaled.runs.iter_mut().for_each(|run| run.size *= factor);
    scaled.glyphs.iter_mut().for_each(|glyph| scale(&mut glyph.bbox, factor));
    scaled.fills.iter_mut().for_each(|fill| scale(&mut fill.bbox, factor));
    scaled.rings.iter_mut().for_each(|ring| scale(ring, factor));
    scaled.images.iter_mut().for_each(|image| scale(image, factor));
    for ruling in &mut scaled.rulings {
        ruling.position *= factor;
        ruling.thickness *= factor;
        ruling.span = Span { start: ruling.span.start * factor, end: ruling.span.end * factor };
    }
    let point = |p: &Point| Point { x: p.x * factor, y: p.y * factor };
    scaled.diagonals.iter_mut().for_each(|(from, to)| (*from, *to) = (point(from), point(to)));
    scaled
}

/// Brings what was found on a page scaled by `factor` back to the size of the page.
pub(crate) fn restore(items: &mut [Item], factor: f32) {
    for item in items {
        match item {
            Item::Line(line) => restore_line(line, 1.0 / factor),
            Item::Table(table) => restore_table(table, 1.0 / factor),
        }
    }
}

fn restore_table(table: &mut Table, factor: f32) {
    scale(&mut table.bbox, factor);
    table.row_bounds.iter_mut().chain(&mut table.column_bounds).for_each(|bound| *bound *= factor);
    for cell in &mut table.cells {
        scale(&mut cell.bbox, factor);
        cell.lines.iter_mut().for_each(|line| restore_line(line, factor));
    }
}

/// The same for one line; `factor` is that of the way back.
pub(crate) fn restore_line(line: &mut Line, factor: f32) {
    scale(&mut line.bbox, factor);
    line.size *= factor;
}

fn scale(bbox: &mut Rect, factor: f32) {
    *bbox = Rect { x0: bbox.x0 * factor, y0: bbox.y0 * factor, x1: bbox.x1 * factor, y1: bbox.y1 * factor };
}

#[cfg(test)]
mod tests {
    use super::scaled;
    use crate::layout::made::Made;
    use crate::layout::{Item, lay_out};

    fn made() -> Made {
        let made = Made::page().grid(&[100.0, 200.0, 300.0], &[100.0, 130.0, 131.5, 160.0]);
        made.text(105.0, 105.0, "評価").text(205.0, 105.0, "12").text(105.0, 140.0, "A").text(205.0, 140.0, "B")
    }

    #[test]
    fn a_page_in_any_scale_reads_the_same() {
        let expected = made().read();
        for factor in [1.5, 2.0, 10.0] {
            assert_eq!(Made(scaled(&made().0, factor)).read(), expected);
        }
        let sheet = lay_out(scaled(&made().0, 4.0));
        let Some(Item::Table(table)) = sheet.items.first() else { panic!("no table") };
        assert!((table.bbox.x1 - 1200.0).abs() < 0.01, "{:?}", table.bbox);
        assert!((table.cells[0].lines[0].size - 40.0).abs() < 0.01);
    }
}
