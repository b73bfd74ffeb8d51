//! Takes tables and the filled areas, slanted strokes and rings of their page, says which cells have a background, which
//! are struck through (a sign for "no value") and which of their characters a ring stands around (a choice).

use crate::geom::{Axis, Point, Rect, Span};
use crate::layout::{Line, Table};
use crate::pdf::{Fill, Page};

/// The part of a cell that a filled area covers to be its background; less is a highlighted word.
const BACKGROUND: f32 = 0.6;
/// The part of the width of a cell that a paragraph's filled area takes: all but the padding.
const PARAGRAPH: f32 = 0.8;
/// Channels above this make white.
const WHITE: u8 = 250;
/// The part of the width and of the height of a cell that a stroke crosses to strike it through.
const STRUCK: f32 = 0.6;

/// Sets background and strokes of all cells.
pub(crate) fn mark(page: &Page, tables: &mut [Table]) {
    for table in tables {
        let fills: Vec<&Fill> = page.fills.iter().filter(|f| f.bbox.intersection(&table.bbox).is_some()).collect();
        let paragraphs = shade(table, &fills);
        shade_lines(table, paragraphs);
        for (from, to) in &page.diagonals {
            strike(table, *from, *to);
        }
        page.rings.iter().for_each(|ring| encircle(page, table, ring));
    }
}

/// The colour of a fill, `None` if it is white.
fn color_of(fill: &Fill) -> Option<[u8; 3]> {
    Some(fill.color).filter(|color| color.iter().any(|v| *v < WHITE))
}

/// Gives each cell the colour that lies on top in all of its area; gives back the fills that are too low for any row.
fn shade<'f>(table: &mut Table, fills: &[&'f Fill]) -> Vec<&'f Fill> {
    let mut colors: Vec<Option<[u8; 3]>> = vec![None; table.rows * table.columns];
    let mut low = Vec::new();
    for fill in fills {
        let columns = covered(&table.column_bounds, fill.bbox.span(Axis::Horizontal));
        let rows = covered(&table.row_bounds, fill.bbox.span(Axis::Vertical));
        if rows.is_empty() && !columns.is_empty() {
            low.push(*fill);
        }
        for row in rows {
            for column in columns.clone() {
                if let Some(color) = colors.get_mut(row * table.columns + column) {
                    *color = color_of(fill);
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
    low
}

/// Gives a cell without a background the colour that stands behind all its lines from side to side: word processors
/// fill paragraphs, and leave the rest of a high cell as it is. `fills` are in the order in which they are painted.
fn shade_lines(table: &mut Table, mut fills: Vec<&Fill>) {
    // Of equal tops the one painted last stays last.
    fills.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0));
    let Some(highest) = fills.iter().map(|fill| fill.bbox.height()).reduce(f32::max) else { return };
    for cell in table.cells.iter_mut().filter(|cell| cell.shade.is_none()) {
        let across = cell.bbox.span(Axis::Horizontal);
        let behind = |line: &Line| {
            let center = line.bbox.center();
            let first = fills.partition_point(|fill| fill.bbox.y0 < center.y - highest);
            let near = fills.iter().skip(first).take_while(|fill| fill.bbox.y0 <= center.y);
            let wide = |fill: &&&Fill| {
                fill.bbox.span(Axis::Horizontal).overlap(across) >= PARAGRAPH * across.length()
                    && fill.bbox.contains(center)
            };
            near.filter(wide).last().and_then(|fill| color_of(fill))
        };
        let mut colors = cell.lines.iter().map(behind);
        let first = colors.next().flatten();
        cell.shade = first.filter(|_| colors.all(|color| color == first));
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
    fn a_filled_paragraph_is_the_background_of_a_high_cell() {
        let fill = |x0: f32, x1: f32, y0: f32, color: [u8; 3]| Fill { bbox: Rect { x0, y0, x1, y1: y0 + 5.0 }, color };
        let line = |x0: f32, y0: f32| Line { bbox: Rect { x0, y0, x1: x0 + 20.0, y1: y0 + 5.0 }, ..Line::default() };
        let grey = [200; 3];
        let mut table = row_of(&[50.0, 50.0, 50.0, 50.0]);
        table.cells[0].lines = vec![line(2.0, 5.0), line(2.0, 10.0)];
        table.cells[1].lines = vec![line(52.0, 5.0), line(52.0, 10.0)];
        table.cells[2].lines = vec![line(102.0, 5.0)];
        table.cells[3].lines = vec![line(152.0, 5.0)];
        let fills = vec![
            fill(1.0, 49.0, 5.0, grey),
            fill(1.0, 49.0, 10.0, grey),
            // One line of two; a word; white over grey.
            fill(51.0, 99.0, 5.0, grey),
            fill(102.0, 122.0, 5.0, grey),
            fill(151.0, 199.0, 5.0, grey),
            fill(151.0, 199.0, 5.0, [255; 3]),
        ];
        let mut tables = [table];
        mark(&Page { fills, ..Page::default() }, &mut tables);
        assert_eq!(tables[0].cells.iter().map(|c| c.shade).collect::<Vec<_>>(), [Some(grey), None, None, None]);
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
