//! Takes one [`Page`] of glyphs and rulings, gives a [`Sheet`]: lines of text in reading order and tables whose cells
//! have spans. It knows nothing of other pages and nothing of what a report is.

mod abutting;
mod aligned;
mod aslant;
mod frame;
mod grid;
mod hidden;
mod line;
#[cfg(test)]
mod made;
mod mark;
mod mosaic;
mod order;
mod pitch;
mod revise;
mod ruby;
mod ruled;
mod ruling;
mod scale;
mod script;
mod sketch;
mod spacing;
mod spread;
mod stacked;
mod striped;
mod table;
mod turn;
mod word;

pub(crate) use script::{is_inked, is_japanese};
pub use sketch::sketch;

use crate::geom::Rect;
use crate::pdf::{Direction, Page};
use crate::warning::Warning;

/// Arranges `page`: finds its tables, puts its text into cells and lines, and everything in reading order.
#[must_use]
pub fn lay_out(page: Page) -> Sheet {
    let turned = turn::direction(&page);
    let Arranged { items, over, mut warnings } = match turned {
        Direction::Right => arrange_to_scale(&page),
        _ => arrange_to_scale(&turn::upright(&page, turned)),
    };
    warnings.extend(hidden::clipped(&page, turned, &items));
    Sheet { page, turned, items, over, warnings }
}

/// What stands on a page whose text runs to the right.
struct Arranged {
    /// As [`Sheet::items`].
    items: Vec<Item>,
    /// As [`Sheet::over`].
    over: Vec<Line>,
    warnings: Vec<Warning>,
}

/// The items of a page whose text runs to the right and may be in large print, in reading order.
fn arrange_to_scale(page: &Page) -> Arranged {
    let Some(factor) = scale::factor(page) else { return arrange(page) };
    let mut arranged = arrange(&scale::scaled(page, factor));
    scale::restore(&mut arranged.items, factor);
    arranged.over.iter_mut().for_each(|line| scale::restore_line(line, 1.0 / factor));
    arranged
}

/// The items of a page whose text runs to the right, in reading order.
fn arrange(page: &Page) -> Arranged {
    let mut hidden = hidden::doubles(page);
    let mut words = word::words(page, &hidden.glyphs());
    let over = aslant::take(page, &mut words);
    hidden.add(ruby::take(page, &mut words));
    let mut warnings = Vec::new();
    let mut tables = ruled::tables(page, &words, &mut warnings);
    let open = aligned::take_open(page, &words, &mut tables);
    let (homes, outside) = revise::settle(page, &mut tables, &words);
    table::compose(page, &mut tables, &homes);
    let (aligned, outside) = aligned::tables(page, outside, &tables, &open);
    tables.extend(aligned);
    mark::mark(page, &mut tables);
    let mut items: Vec<Item> = line::on_page(page, outside).into_iter().map(Item::Line).collect();
    items.extend(tables.into_iter().map(Item::Table));
    hidden.attach(&mut items);
    Arranged { items: order::arranged(items), over, warnings }
}

/// One page, arranged.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The page it was made from: the glyphs that lines point at.
    pub page: Page,
    /// Direction in which its text runs on the page as seen. The boxes of items are those of the page held so that
    /// text runs to the right; [`Sheet::seen`] gives them on the page as seen, [`Sheet::size`] the page as held.
    pub turned: Direction,
    /// Tables and the lines outside them, in reading order.
    pub items: Vec<Item>,
    /// Lines that are stamped over the page and no part of its text, such as 「案」 set aslant in large print.
    pub over: Vec<Line>,
    /// What made the arrangement uncertain.
    pub warnings: Vec<Warning>,
}

impl Sheet {
    /// A box of an item on the page as seen.
    #[must_use]
    pub fn seen(&self, bbox: &Rect) -> Rect {
        turn::seen(self.turned, &self.page, bbox)
    }

    /// Width and height, in points, of the page held so that its text runs to the right.
    #[must_use]
    pub fn size(&self) -> (f32, f32) {
        turn::size(self.turned, &self.page)
    }
}

/// What stands on a sheet.
#[derive(Debug, Clone)]
pub enum Item {
    /// A line of text outside all tables.
    Line(Line),
    /// A table.
    Table(Table),
}

/// Glyphs that a reader takes as one line of text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// Its text; spaces that the page only shows as gaps are put in, those between Japanese characters are not.
    pub text: String,
    /// For each glyph that gave text, in reading order: where its text begins in `text`.
    pub glyphs: Vec<LineGlyph>,
    /// Around its glyphs.
    pub bbox: Rect,
    /// Font size of most of its glyphs, in points.
    pub size: f32,
    /// Whether its characters stand one below the other.
    pub vertical: bool,
}

/// A glyph's part of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineGlyph {
    /// Byte offset in [`Line::text`].
    pub offset: u32,
    /// Index in [`Page::glyphs`].
    pub glyph: u32,
}

/// A table of the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Around its outermost rulings or, without rulings, around its text.
    pub bbox: Rect,
    /// Number of rows of the grid.
    pub rows: usize,
    /// Number of columns of the grid.
    pub columns: usize,
    /// The y of the row boundaries, `rows + 1` of them, ascending.
    pub row_bounds: Vec<f32>,
    /// The x of the column boundaries, `columns + 1` of them, ascending.
    pub column_bounds: Vec<f32>,
    /// Cells ordered by row, then column; together they tile the grid.
    pub cells: Vec<Cell>,
    /// How it was found.
    pub method: Method,
}

/// How a table was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// From its rulings.
    Ruled,
    /// From the alignment of its text.
    Aligned,
}

/// One cell, possibly merged.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// Zero-based first row.
    pub row: usize,
    /// Zero-based first column.
    pub column: usize,
    /// Rows it covers, at least 1.
    pub row_span: usize,
    /// Columns it covers, at least 1.
    pub column_span: usize,
    /// Its area.
    pub bbox: Rect,
    /// Its lines in reading order.
    pub lines: Vec<Line>,
    /// Whether a ruling closes it at the top.
    pub closed_top: bool,
    /// Whether a ruling closes it at the bottom (a page break can leave a cell open).
    pub closed_bottom: bool,
    /// Background as sRGB where it is not white: header cells are often shaded.
    pub shade: Option<[u8; 3]>,
    /// Whether a diagonal stroke crosses it (a sign for "no value").
    pub struck: bool,
    /// Indices in [`Page::glyphs`] of the characters of it that a drawn ring stands around.
    pub ringed: Vec<u32>,
}
