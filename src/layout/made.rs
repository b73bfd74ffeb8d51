//! Pages made by hand for the tests of this stage: text at places, lines and grids.

use crate::geom::{Axis, Point, Rect, Span};
use crate::layout::{Item, is_japanese, lay_out};
use crate::pdf::{Decoding, Direction, Fill, Glyph, Page, Ruling, Run, Visibility};

/// A page to be put together.
pub(crate) struct Made(pub(crate) Page);

impl Made {
    /// An empty A4 page.
    pub(crate) fn page() -> Self {
        Self(Page { number: 1, width: 595.0, height: 842.0, ..Page::default() })
    }

    /// Text of size 10 from a top left corner; Latin characters are half as wide as Japanese ones.
    pub(crate) fn text(self, x: f32, y: f32, text: &str) -> Self {
        self.shown(x, y, text, Visibility::Visible)
    }

    /// The same, not visible.
    pub(crate) fn shown(mut self, mut x: f32, y: f32, text: &str, visibility: Visibility) -> Self {
        let size = 10.0;
        let run = self.0.runs.len() as u32;
        let direction = Direction::Right;
        self.0.runs.push(Run {
            font: 0,
            size,
            direction,
            vertical: false,
            aslant: false,
            decoded: Decoding::Cid,
            color: [0; 3],
        });
        for c in text.chars() {
            let width = if is_japanese(c) { size } else { size / 2.0 };
            let bbox = Rect { x0: x, y0: y, x1: x + width, y1: y + size };
            let (start, length) = (self.0.text.len() as u32, c.len_utf8() as u16);
            self.0.text.push(c);
            self.0.glyphs.push(Glyph { start, length, visibility, run, bbox });
            x += width;
        }
        self
    }

    /// Makes the last `count` glyphs clipped.
    pub(crate) fn clip_last(mut self, count: usize) -> Self {
        self.0.glyphs.iter_mut().rev().take(count).for_each(|g| g.visibility = Visibility::Clipped);
        self
    }

    /// A line along `axis`.
    pub(crate) fn line(mut self, axis: Axis, position: f32, start: f32, end: f32) -> Self {
        self.0.rulings.push(Ruling { axis, position, span: Span { start, end }, thickness: 0.5 });
        self
    }

    /// A light area.
    pub(crate) fn fill(mut self, bbox: Rect) -> Self {
        self.0.fills.push(Fill { bbox, color: [220; 3] });
        self
    }

    /// All lines of a grid.
    pub(crate) fn grid(mut self, xs: &[f32], ys: &[f32]) -> Self {
        let ends = |of: &[f32]| (of[0], of[of.len() - 1]);
        for y in ys {
            self = self.line(Axis::Horizontal, *y, ends(xs).0, ends(xs).1);
        }
        for x in xs {
            self = self.line(Axis::Vertical, *x, ends(ys).0, ends(ys).1);
        }
        self
    }

    /// The page turned a quarter clockwise, text and all.
    pub(crate) fn turned(self) -> Self {
        let height = self.0.height;
        let to = |p: Point| Point { x: height - p.y, y: p.x };
        let mut page = self.0;
        (page.width, page.height) = (page.height, page.width);
        page.runs.iter_mut().for_each(|r| r.direction = Direction::Down);
        for glyph in &mut page.glyphs {
            let b = glyph.bbox;
            let (from, until) = (to(Point { x: b.x0, y: b.y0 }), to(Point { x: b.x1, y: b.y1 }));
            glyph.bbox = Rect::new(from.x, from.y, until.x, until.y);
        }
        for ruling in &mut page.rulings {
            ruling.position = if ruling.axis == Axis::Horizontal { height - ruling.position } else { ruling.position };
            if ruling.axis == Axis::Vertical {
                ruling.span = Span::new(height - ruling.span.start, height - ruling.span.end);
            }
            ruling.axis = ruling.axis.other();
        }
        Self(page)
    }

    /// What the page is laid out as: a string for each line and each cell that is not plain and blank. A cell is
    /// `row,column` with `+rows x columns` where merged, and its lines with `/` between them.
    pub(crate) fn read(self) -> Vec<String> {
        let mut out = Vec::new();
        for item in lay_out(self.0).items {
            match item {
                Item::Line(line) => out.push(line.text),
                Item::Table(table) => {
                    out.push(format!("[{}x{}]", table.rows, table.columns));
                    for cell in &table.cells {
                        let text = cell.lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join("/");
                        let spans = format!("+{}x{}", cell.row_span, cell.column_span).replace("+1x1", "");
                        if !text.is_empty() || !spans.is_empty() {
                            out.push(format!("{},{}{spans} {text}", cell.row, cell.column));
                        }
                    }
                }
            }
        }
        out
    }
}
