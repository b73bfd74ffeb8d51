//! Takes the last table of one page and the first of the next, says whether the second goes on with the first, and
//! joins them: repeated header rows are taken out, cells that the page break cut become whole, merged cells go on.

mod bounds;
mod header;
mod heading;
mod page_break;

use super::gather::{Piece, Shape};
use super::room::Room;
use super::{Cell, Passage, Table, wrap};
use crate::geom::Span;
use crate::layout::{self, Method};
use bounds::{common_blanks, common_bounds, shift};
use page_break::{Break, Seam};

/// Column boundaries of a table that goes on lie where they lay before, give or take this many ems.
const SAME_BOUND: f32 = 0.3;
/// Smallest em, in points, that this counts in: what producers round does not shrink with small print.
const SMALLEST_EM: f32 = 10.0;
/// A table that ends higher on its page than at this part of the height has room below: no cell was cut there.
const FULL_PAGE: f32 = 0.6;

/// A table on its way over pages.
#[derive(Debug)]
pub(super) struct Growing {
    page: u32,
    bounds: Vec<f32>,
    /// The blanks between its columns, if no ruling says where they meet.
    blanks: Option<Vec<Span>>,
    /// How far apart two boundaries may be that are one, in points.
    same: f32,
    rows: usize,
    cells: Vec<Part>,
    header_rows: usize,
    repeats: Vec<Passage>,
    /// Whether it reaches far down its last page.
    full: bool,
}

/// A cell with what the next page needs to know of it.
#[derive(Debug)]
struct Part {
    cell: Cell,
    /// The last line of its text, which the first line of the next page may go on with.
    last: Option<Shape>,
    first: Option<Shape>,
    width: f32,
    /// The colour of its background.
    shade: Option<[u8; 3]>,
    /// Room around its text on the page of its last line.
    room: Option<Room>,
    open_top: bool,
    open_bottom: bool,
}

impl Part {
    fn is_blank(&self) -> bool {
        self.cell.text.is_blank() && !self.cell.struck
    }

    fn ends_at(&self, row: usize) -> bool {
        self.cell.row + self.cell.row_span == row
    }

    /// Whether its text runs into the page break that `next` begins after.
    fn runs_into(&self, next: &Self) -> bool {
        self.room.zip(next.room).is_some_and(|(room, next)| room.runs_into(&next))
    }

    fn columns(&self) -> (usize, usize) {
        (self.cell.column, self.cell.column_span)
    }
}

impl Growing {
    /// Begins with the table of one page that is `height` points high; `lines` are those of its cells.
    pub(super) fn new(page: u32, height: f32, mut table: layout::Table, mut lines: Vec<Vec<Piece>>) -> Self {
        if table.method == Method::Aligned {
            heading::span(&mut table, &mut lines);
        }
        let em = lines.iter().flatten().map(|line| line.size).reduce(f32::min).unwrap_or(SMALLEST_EM);
        let same = SAME_BOUND * em.max(SMALLEST_EM);
        let insets = table.cells.iter().zip(&lines).map(|(cell, lines)| wrap::inset(lines, &cell.bbox));
        let padding = insets.fold(f32::INFINITY, f32::min);
        let blanks = (table.method == Method::Aligned).then(|| bounds::blanks(&table, &lines));
        let cells = table
            .cells
            .into_iter()
            .zip(lines)
            .map(|(cell, lines)| Part {
                last: lines.last().map(Piece::shape),
                first: lines.first().map(Piece::shape),
                width: cell.bbox.width(),
                shade: cell.shade,
                room: Room::of(&lines, &cell.bbox),
                open_top: !cell.closed_top,
                open_bottom: !cell.closed_bottom,
                cell: Cell {
                    row: cell.row,
                    column: cell.column,
                    row_span: cell.row_span,
                    column_span: cell.column_span,
                    text: wrap::cell(lines, &cell.bbox, padding),
                    shaded: cell.shade.is_some(),
                    struck: cell.struck,
                    ringed: cell.ringed,
                },
            })
            .collect();
        Self {
            page,
            bounds: table.column_bounds,
            blanks,
            same,
            rows: table.rows,
            cells,
            header_rows: 0,
            repeats: Vec::new(),
            full: table.bbox.y1 > FULL_PAGE * height,
        }
    }

    /// Joins `next`, the table at the top of the next page, if it goes on with this one; else gives it back.
    pub(super) fn extend(&mut self, mut next: Self) -> Result<(), Box<Self>> {
        let blanks = self.blanks.as_ref().zip(next.blanks.as_ref()).and_then(|(own, next)| common_blanks(own, next));
        let own = next.bounds.clone();
        if blanks.is_some() {
            // No ruling says where its columns meet: where those of this table do serves both.
            next.bounds.clone_from(&self.bounds);
        }
        let Some(bounds) = common_bounds(&self.bounds, &next.bounds, self.same) else { return Err(Box::new(next)) };
        let header = self.repeated_rows(&next);
        if header == 0 && self.is_another_table(&next) {
            next.bounds = own;
            return Err(Box::new(next));
        }
        self.blanks = blanks.or(self.blanks.take());
        let shift = shift(&self.bounds, &next.bounds);
        self.remap(&bounds, 0.0);
        next.remap(&bounds, shift);
        self.header_rows = self.header_rows.max(header);
        self.repeats.append(&mut next.repeats);
        let (repeated, body): (Vec<_>, Vec<_>) = next.cells.into_iter().partition(|part| part.cell.row < header);
        self.repeats.extend(repeated.into_iter().map(|part| part.cell.text).filter(|text| !text.is_blank()));
        self.append(body, header, next.rows);
        self.full = next.full;
        Ok(())
    }

    /// Takes `next` where it is nothing but the header of this table; else gives it back.
    pub(super) fn take_repeat(&mut self, next: Self) -> Option<Self> {
        if next.rows >= self.rows || self.repeated_rows(&next) < next.rows {
            return Some(next);
        }
        self.header_rows = self.header_rows.max(next.rows);
        self.repeats.extend(next.cells.into_iter().map(|part| part.cell.text).filter(|text| !text.is_blank()));
        None
    }

    /// The finished table.
    pub(super) fn finish(self) -> Table {
        let mut cells: Vec<Cell> = self.cells.into_iter().map(|part| part.cell).collect();
        cells.sort_by_key(|cell| (cell.row, cell.column));
        Table {
            page: self.page,
            rows: self.rows,
            columns: self.bounds.len().saturating_sub(1),
            cells,
            repeats: self.repeats,
            header_rows: self.header_rows,
        }
    }

    /// Moves the cells onto the columns between `bounds`.
    fn remap(&mut self, bounds: &[f32], shift: f32) {
        let nearest = |x: &f32| {
            let x = x - shift;
            let nearest = bounds.iter().enumerate().min_by(|a, b| (a.1 - x).abs().total_cmp(&(b.1 - x).abs()));
            nearest.map_or(0, |(index, _)| index)
        };
        let columns: Vec<usize> = self.bounds.iter().map(nearest).collect();
        let index = |at: usize| columns.get(at).copied().unwrap_or_else(|| nearest(&0.0));
        for part in &mut self.cells {
            let start = index(part.cell.column);
            let end = index(part.cell.column + part.cell.column_span);
            part.cell.column = start;
            part.cell.column_span = end.saturating_sub(start).max(1);
        }
        self.bounds = bounds.to_vec();
    }

    fn left(&self) -> f32 {
        self.bounds.first().copied().unwrap_or_default()
    }

    /// Adds the rows of the next page from row `header` on.
    fn append(&mut self, body: Vec<Part>, header: usize, rows: usize) {
        if body.is_empty() {
            return;
        }
        let fall = self.page_break(&body, header);
        let cut = fall == Break::Through;
        let base = if cut { self.rows - 1 } else { self.rows };
        let seam_row = self.rows;
        let mut body = body;
        body.sort_by_key(|part| (part.cell.row, part.cell.column));
        let mut carries = true;
        let flowing = self.flowing(&body, header).filter(|_| !cut && self.full);
        for mut part in body {
            let at_top = part.cell.row == header;
            part.cell.row = part.cell.row - header + base;
            let above =
                self.cells.iter().position(|up| at_top && up.ends_at(seam_row) && up.columns() == part.columns());
            let seam = above.map_or(Seam::Apart, |above| self.seam(above, &part, fall, carries, header));
            // A sentence that the break cut goes on, and what stands left of it was cut with it.
            let cut_too = seam == Seam::Apart && flowing.is_some_and(|column| part.cell.column <= column);
            let seam = if cut_too { Seam::GoesOn } else { seam };
            if at_top && part.cell.row_span + usize::from(cut) > 1 && seam == Seam::Apart && !part.is_blank() {
                carries = false;
            }
            match above.filter(|_| seam != Seam::Apart).and_then(|above| self.cells.get_mut(above)) {
                Some(above) => above.take(part, seam, cut, &mut self.repeats),
                None => self.cells.push(part),
            }
        }
        self.rows = base + rows - header;
    }
}

impl Part {
    /// Whether the first line of `next` goes on with the last line of this cell.
    fn wraps_into(&self, next: &Self) -> bool {
        // One character can be the whole of a line that is set vertically.
        let alone = |part: &Self| {
            let mut text = part.cell.text.text.trim().chars();
            text.next().is_some_and(char::is_alphabetic) && text.next().is_none()
        };
        self.last.zip(next.first).is_some_and(|(last, first)| {
            if last.vertical != first.vertical {
                return alone(self) || alone(next);
            }
            let before = last.at_end_of(&self.cell.text.text);
            let after = first.at_start_of(&next.cell.text.text);
            wrap::goes_on((last, before), (first, after), self.width - 0.5 * last.size)
        })
    }

    /// Becomes one cell with `part`, which goes on with it on the next page.
    fn take(&mut self, part: Self, seam: Seam, cut: bool, repeats: &mut Vec<Passage>) {
        self.cell.row_span += part.cell.row_span - usize::from(cut);
        self.open_bottom = part.open_bottom;
        self.room = part.room.or(self.room);
        self.cell.struck |= part.cell.struck;
        if seam == Seam::Again {
            repeats.push(part.cell.text);
            return;
        }
        let separator =
            if self.wraps_into(&part) { wrap::glue(&self.cell.text.text, &part.cell.text.text) } else { "\n" };
        self.cell.text.append(separator, &part.cell.text);
        self.last = part.last.or(self.last);
    }
}

#[cfg(test)]
mod tests;
