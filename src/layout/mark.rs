//! Takes tables and the filled areas, slanted strokes and rings of their page, says which cells have a background, which
//! are struck through (a sign for "no value") and which of their characters a ring stands around (a choice).

use crate::geom::{Axis, Point, Rect, Span};
use crate::layout::Table;
use crate::pdf::{Fill, Page};

/// The part of a cell that a filled area covers to be its background; less is a highlighted word.
const BACKGROUND: f32 = 0.6;
/// Channels above this make white.
const WHITE: u8 = 250;
/// The part of the width and of the height of a cell that a stroke crosses to strike it through.
const STRUCK: f32 = 0.6;

/// Sets background and strokes of all cells.
pub(crate) fn mark(page: &Page, tables: &mut [Table]) {
    for table in tables {
        shade(table, &page.fills);
        for (from, to) in &page.diagonals {
            strike(table, *from, *to);
        }
        page.rings.iter().for_each(|ring| encircle(page, table, ring));
    }
}

/// Gives each cell the colour that lies on top in all of its area.
fn shade(table: &mut Table, fills: &[Fill]) {
    let mut colors: Vec<Option<[u8; 3]>> = vec![None; table.rows * table.columns];
    for fill in fills.iter().filter(|f| f.bbox.intersection(&table.bbox).is_some()) {
        let columns = covered(&table.column_bounds, fill.bbox.span(Axis::Horizontal));
        for row in covered(&table.row_bounds, fill.bbox.span(Axis::Vertical)) {
            for column in columns.clone() {
                if let Some(color) = colors.get_mut(row * table.columns + column) {
                    *color = Some(fill.color).filter(|c| c.iter().any(|v| *v < WHITE));
                }
            }
        }
    }
    for cell in &mut table.cells {
        let places = (cell.row..cell.row + cell.row_span)
            .flat_map(|row| (cell.column..cell.column + cell.column_span).map(move |column| (row, column)));
        let mut shades = places.map(|(row, column)| colors.get(row * table.columns + column).copied().flatten());
        let first = shades.next().flatten();
        cell.shade = first.filter(|_| shades.all(|s| s == first));
    }
}

/// The stretches between `bounds` that `span` covers for the most part.
fn covered(bounds: &[f32], span: Span) -> std::ops::Range<usize> {
    let covers = |pair: &[f32]| {
        let stretch = Span { start: pair[0], end: pair[1] };
        span.overlap(stretch) >= BACKGROUND * stretch.length()
    };
    let first = bounds.partition_point(|b| *b <= span.start).saturating_sub(1);
    let stretches = || bounds.windows(2).enumerate().skip(first);
    let start = stretches().find(|(_, pair)| covers(pair)).map_or(0, |(index, _)| index);
    let count = bounds.windows(2).skip(start).take_while(|pair| covers(pair)).count();
    start..start + count
}

/// Notes the characters that a ring stands around.
fn encircle(page: &Page, table: &mut Table, ring: &Rect) {
    let inside = |glyph: &u32| page.glyphs.get(*glyph as usize).is_some_and(|g| ring.contains(g.bbox.center()));
    for cell in table.cells.iter_mut().filter(|cell| cell.bbox.contains(ring.center())) {
        let glyphs = cell.lines.iter().flat_map(|line| &line.glyphs).map(|part| part.glyph);
        cell.ringed.extend(glyphs.filter(inside));
    }
}

/// Marks the cells that a stroke crosses from side to side and from top to bottom.
fn strike(table: &mut Table, from: Point, to: Point) {
    let stroke = Rect::new(from.x, from.y, to.x, to.y);
    if stroke.width() <= 0.0 || stroke.height() <= 0.0 || stroke.intersection(&table.bbox).is_none() {
        return;
    }
    for cell in &mut table.cells {
        let (wide, high) = (cell.bbox.width(), cell.bbox.height());
        let at = |x: f32| from.y + (to.y - from.y) * (x - from.x) / (to.x - from.x);
        let Some(both) = cell.bbox.intersection(&stroke) else { continue };
        let inside = Span::new(at(both.x0), at(both.x1)).overlap(cell.bbox.span(Axis::Vertical));
        cell.struck |= both.width() >= STRUCK * wide && inside >= STRUCK * high;
    }
}

#[cfg(test)]
mod tests {
    use super::mark;
    use crate::geom::{Point, Rect};
    use crate::layout::{Cell, Line, LineGlyph, Method, Table};
    use crate::pdf::{Fill, Glyph, Page, Visibility};

    fn row_of(widths: &[f32]) -> Table {
        let mut bounds = vec![0.0];
        let mut cells = Vec::new();
        for (column, width) in widths.iter().enumerate() {
            let x0 = bounds[column];
            bounds.push(x0 + width);
            let bbox = Rect { x0, y0: 0.0, x1: x0 + width, y1: 20.0 };
            cells.push(Cell { column, row_span: 1, column_span: 1, bbox, ..Cell::default() });
        }
        let bbox = Rect { x0: 0.0, y0: 0.0, x1: bounds[widths.len()], y1: 20.0 };
        let columns = widths.len();
        Table {
            bbox,
            rows: 1,
            columns,
            row_bounds: vec![0.0, 20.0],
            column_bounds: bounds,
            cells,
            method: Method::Ruled,
        }
    }

    #[test]
    fn a_ring_chooses_characters_of_its_cell() {
        let mut table = row_of(&[50.0, 50.0]);
        let glyph = |x0: f32| Glyph {
            start: 0,
            length: 0,
            visibility: Visibility::Visible,
            run: 0,
            bbox: Rect { x0, y0: 5.0, x1: x0 + 10.0, y1: 15.0 },
        };
        let part = |glyph: u32| LineGlyph { offset: glyph, glyph };
        table.cells[0].lines = vec![Line { glyphs: vec![part(0), part(1), part(2)], ..Line::default() }];
        let rings = vec![Rect { x0: 18.0, y0: 3.0, x1: 32.0, y1: 17.0 }];
        let page = Page { glyphs: vec![glyph(5.0), glyph(20.0), glyph(35.0)], rings, ..Page::default() };
        let mut tables = [table];
        mark(&page, &mut tables);
        assert_eq!(tables[0].cells.iter().map(|c| c.ringed.as_slice()).collect::<Vec<_>>(), [&[1][..], &[]]);
    }

    #[test]
    fn finds_backgrounds_and_strokes() {
        let fill = |x0: f32, x1: f32, y1: f32, color: [u8; 3]| Fill { bbox: Rect { x0, y0: 0.0, x1, y1 }, color };
        let page = Page {
            fills: vec![
                fill(-1.0, 101.0, 21.0, [200, 220, 255]),
                fill(50.0, 100.0, 20.0, [255, 255, 255]),
                fill(102.0, 148.0, 5.0, [255, 255, 0]),
            ],
            diagonals: vec![
                (Point { x: 100.0, y: 20.0 }, Point { x: 150.0, y: 0.0 }),
                (Point { x: 0.0, y: 0.0 }, Point { x: 10.0, y: 20.0 }),
            ],
            ..Page::default()
        };
        let mut tables = [row_of(&[50.0, 50.0, 50.0])];
        mark(&page, &mut tables);
        let shades: Vec<bool> = tables[0].cells.iter().map(|c| c.shade.is_some()).collect();
        let struck: Vec<bool> = tables[0].cells.iter().map(|c| c.struck).collect();
        assert_eq!((shades, struck), (vec![true, false, false], vec![false, false, true]));
    }
}
