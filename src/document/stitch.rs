//! Takes the last table of one page and the first of the next, says whether the second goes on with the first, and
//! joins them: repeated header rows are taken out, cells that the page break cut become whole, merged cells go on.

use super::gather::Piece;
use super::room::Room;
use super::{Cell, Passage, Table, wrap};
use crate::layout;
use unicode_normalization::UnicodeNormalization;

/// Column boundaries of a table that goes on lie where they lay before, give or take this many ems.
const SAME_BOUND: f32 = 0.3;
/// Smallest em, in points, that this counts in: what producers round does not shrink with small print.
const SMALLEST_EM: f32 = 10.0;
/// A first row that shares this part of its texts with the first row of the table before, but not all, is the header
/// of another table of the same form.
const OWN_HEADER_SHARE: f32 = 0.3;

/// So many cells that are filled on both sides of a page break make two rows, when fewer than one in so many goes on
/// in mid-line (in a narrow column any label seems to).
const ROW_OF_ITS_OWN: usize = 3;

/// A table on its way over pages.
#[derive(Debug)]
pub(super) struct Growing {
    page: u32,
    bounds: Vec<f32>,
    /// How far apart two boundaries may be that are one, in points.
    same: f32,
    rows: usize,
    cells: Vec<Part>,
    header_rows: usize,
    repeats: Vec<Passage>,
}

/// A cell with what the next page needs to know of it.
#[derive(Debug)]
struct Part {
    cell: Cell,
    /// Its last line, which the first line of the next page may go on with.
    last: Option<Piece>,
    first: Option<Piece>,
    width: f32,
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

/// Where a page break falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Break {
    /// Between two rows.
    Between,
    /// Through a row, whose cells go on.
    Through,
    /// Between two rows that share merged labels: 計画 above, 実績 below.
    Beside,
}

/// How a cell at the top of a page stands to the one above it at the bottom of the page before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seam {
    /// A cell of its own.
    Apart,
    /// The same cell goes on.
    GoesOn,
    /// The same cell goes on and its text is printed again.
    Again,
}

impl Growing {
    /// Begins with the table of one page; `lines` are those of its cells.
    pub(super) fn new(page: u32, table: layout::Table, lines: Vec<Vec<Piece>>) -> Self {
        let em = lines.iter().flatten().map(|line| line.size).reduce(f32::min).unwrap_or(SMALLEST_EM);
        let same = SAME_BOUND * em.max(SMALLEST_EM);
        let cells = table
            .cells
            .into_iter()
            .zip(lines)
            .map(|(cell, lines)| Part {
                last: lines.last().cloned(),
                first: lines.first().cloned(),
                width: cell.bbox.width(),
                room: Room::of(&lines, &cell.bbox),
                open_top: !cell.closed_top,
                open_bottom: !cell.closed_bottom,
                cell: Cell {
                    row: cell.row,
                    column: cell.column,
                    row_span: cell.row_span,
                    column_span: cell.column_span,
                    text: wrap::cell(lines, &cell.bbox),
                    shaded: cell.shade.is_some(),
                    struck: cell.struck,
                },
            })
            .collect();
        Self { page, bounds: table.column_bounds, same, rows: table.rows, cells, header_rows: 0, repeats: Vec::new() }
    }

    /// Joins `next`, the table at the top of the next page, if it goes on with this one; else gives it back.
    pub(super) fn extend(&mut self, mut next: Self) -> Result<(), Self> {
        let Some(bounds) = common_bounds(&self.bounds, &next.bounds, self.same) else { return Err(next) };
        next.same = self.same;
        let header = self.repeated_rows(&next);
        if header == 0 && self.is_another_table(&next) {
            return Err(next);
        }
        let shift = shift(&self.bounds, &next.bounds);
        self.remap(&bounds, 0.0);
        next.remap(&bounds, shift);
        self.header_rows = self.header_rows.max(header);
        self.repeats.append(&mut next.repeats);
        let (repeated, body): (Vec<_>, Vec<_>) = next.cells.into_iter().partition(|part| part.cell.row < header);
        self.repeats.extend(repeated.into_iter().map(|part| part.cell.text).filter(|text| !text.is_blank()));
        self.append(body, header, next.rows);
        Ok(())
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
        let index = |at: usize, own: &[f32]| {
            let x = own.get(at).copied().unwrap_or_default() - shift;
            let nearest = bounds.iter().enumerate().min_by(|a, b| (a.1 - x).abs().total_cmp(&(b.1 - x).abs()));
            nearest.map_or(at, |(index, _)| index)
        };
        for part in &mut self.cells {
            let start = index(part.cell.column, &self.bounds);
            let end = index(part.cell.column + part.cell.column_span, &self.bounds);
            part.cell.column = start;
            part.cell.column_span = end.saturating_sub(start).max(1);
        }
        self.bounds = bounds.to_vec();
    }

    fn left(&self) -> f32 {
        self.bounds.first().copied().unwrap_or_default()
    }

    /// The texts that begin in `row`, with the place of their columns on the page.
    fn row(&self, row: usize) -> Vec<(i32, i32, usize, String)> {
        let bound =
            |at: usize| self.bounds.get(at).map_or(0, |x| ((x - self.left()) / (2.0 * self.same)).round() as i32);
        self.cells
            .iter()
            .filter(|part| part.cell.row == row)
            .map(|part| {
                let (start, span) = part.columns();
                (bound(start), bound(start + span), part.cell.row_span, key(&part.cell.text.text))
            })
            .collect()
    }

    /// How many leading rows `next` repeats of this table.
    fn repeated_rows(&self, next: &Self) -> usize {
        let near = |a: i32, b: i32| (a - b).abs() <= 1;
        let same = |row: &usize| {
            let (mine, others) = (self.row(*row), next.row(*row));
            mine.len() == others.len()
                && mine
                    .iter()
                    .zip(&others)
                    .all(|(a, b)| near(a.0, b.0) && near(a.1, b.1) && a.2 == b.2 && same_text(&a.3, &b.3))
        };
        let limit = self.rows.min(next.rows);
        let mut count = (0..limit).take_while(same).count();
        while next.cells.iter().any(|part| part.cell.row < count && part.cell.row + part.cell.row_span > count) {
            count -= 1;
        }
        let has_text = next.cells.iter().any(|part| part.cell.row < count && !part.is_blank());
        if has_text { count } else { 0 }
    }

    /// Whether the first row of `next` is the header of another table of the same form.
    fn is_another_table(&self, next: &Self) -> bool {
        let (mine, others) = (self.row(0), next.row(0));
        let words: Vec<&String> =
            others.iter().map(|(.., text)| text).filter(|text| text.chars().count() > 1).collect();
        let known = words.iter().filter(|word| mine.iter().any(|(.., text)| text == **word)).count();
        if known > 0 && known as f32 >= OWN_HEADER_SHARE * words.len() as f32 {
            return true;
        }
        let form = |row: &[(i32, i32, usize, String)]| {
            row.iter().map(|(start, end, rows, _)| (*start, *end, *rows)).collect::<Vec<_>>()
        };
        let last = self.row(self.rows.saturating_sub(1));
        let merged = mine.len() < self.bounds.len().saturating_sub(1) && mine.len() > 1;
        if merged && form(&mine) == form(&others) && form(&last) != form(&mine) {
            return true;
        }
        let shades = |table: &Self, row: usize| {
            let shaded = |part: &&Part| part.cell.row == row && part.cell.shaded;
            table.cells.iter().filter(shaded).map(Part::columns).collect::<Vec<_>>()
        };
        let shaded = shades(self, 0);
        !shaded.is_empty() && shaded == shades(next, 0) && shaded != shades(self, self.rows.saturating_sub(1))
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
        for mut part in body {
            let at_top = part.cell.row == header;
            part.cell.row = part.cell.row - header + base;
            let above =
                self.cells.iter().position(|up| at_top && up.ends_at(seam_row) && up.columns() == part.columns());
            let seam = above.map_or(Seam::Apart, |above| self.seam(above, &part, fall, carries, header));
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

    /// Where the page break falls at the last row.
    fn page_break(&self, body: &[Part], header: usize) -> Break {
        if self.rows <= self.header_rows {
            return Break::Between;
        }
        let pairs: Vec<(&Part, &Part)> = body
            .iter()
            .filter(|part| part.cell.row == header)
            .filter_map(|part| {
                let above = self.cells.iter().find(|up| up.ends_at(self.rows) && up.columns() == part.columns())?;
                Some((above, part))
            })
            .collect();
        let tops = body.iter().filter(|part| part.cell.row == header).count();
        let bottoms = self.cells.iter().filter(|up| up.ends_at(self.rows)).count();
        if pairs.len() != tops || pairs.len() != bottoms {
            return Break::Between;
        }
        let singles: Vec<&(&Part, &Part)> =
            pairs.iter().filter(|(up, down)| up.cell.row_span == 1 && down.cell.row_span == 1).collect();
        let Some((up, down)) = singles.iter().find(|(up, down)| !up.is_blank() || !down.is_blank()) else {
            return Break::Between;
        };
        let through = |is_cut: bool| if is_cut { Break::Through } else { Break::Between };
        if up.is_blank() == down.is_blank() {
            // A ruling under the header closes the top of the page; a label set vertically can touch the break.
            let opened = singles.iter().filter(|(up, down)| up.open_bottom && (down.open_top || header > 0)).count();
            let open = opened * 2 > singles.len();
            return through(
                open && singles
                    .iter()
                    .filter(|(up, down)| !up.is_blank() && !down.is_blank())
                    .all(|(u, d)| mid_sentence(u, d)),
            );
        }
        let filled = || singles.iter().filter(|(up, down)| !up.is_blank() && !down.is_blank());
        let (both, wrapped) = (filled().count(), filled().filter(|(up, down)| up.wraps_into(down)).count());
        if !up.is_blank() && both >= ROW_OF_ITS_OWN && wrapped * ROW_OF_ITS_OWN < both {
            return Break::Beside;
        }
        // The label of the row stands on one side of the break only: elsewhere each row has one.
        let labelled = |part: &&Part| part.columns() == up.columns() && part.cell.row >= self.header_rows.max(1);
        let body_cells = self.cells.iter().filter(labelled).filter(|part| !part.ends_at(self.rows));
        let goes_on = singles.iter().any(|(up, down)| !up.is_blank() && !down.is_blank());
        let one_side = singles.iter().all(|(up, _)| up.is_blank()) || singles.iter().all(|(_, down)| down.is_blank());
        through(
            body_cells.clone().all(|part| !part.is_blank())
                && (goes_on || one_side || singles.iter().any(|(up, _)| up.open_bottom)),
        )
    }

    /// How `part` at the top of the page stands to the cell above it. `carries` is false as soon as a merged cell
    /// farther left has begun anew: a level below it then begins anew, too.
    fn seam(&self, above: usize, part: &Part, fall: Break, carries: bool, header: usize) -> Seam {
        let Some(up) = self.cells.get(above) else { return Seam::Apart };
        let merged = up.cell.row_span > 1 || part.cell.row_span > 1;
        let again = || same_text(&key(&up.cell.text.text), &key(&part.cell.text.text));
        if fall == Break::Through {
            // Whatever cell stands in a row that was cut was cut with it.
            return if merged && !part.is_blank() && again() { Seam::Again } else { Seam::GoesOn };
        }
        // Under a repeated header the ruling of the header closes every cell at the top.
        let open = up.open_bottom && (part.open_top || header > 0);
        let usually_merged = || {
            let body = self.cells.iter().filter(|other| other.columns() == up.columns() && other.cell.row > 0);
            body.clone().any(|other| other.cell.row_span > 1)
        };
        // A text in the middle of a merged cell can fall wholly on one side of the break.
        let always_filled = || {
            let first = self.header_rows.max(1);
            let mut body = self
                .cells
                .iter()
                .enumerate()
                .filter(|(index, other)| *index != above && other.columns() == up.columns() && other.cell.row >= first)
                .peekable();
            body.peek().is_some() && body.all(|(_, other)| !other.is_blank() && other.cell.row_span > 1)
        };
        if !carries || up.cell.row < self.header_rows {
            return Seam::Apart;
        }
        match (up.is_blank(), part.is_blank()) {
            (false, true) if fall == Break::Beside && open => Seam::GoesOn,
            (_, true) if merged || open && usually_merged() || usually_merged() && !up.is_blank() => Seam::GoesOn,
            (true, false) if merged && (open || always_filled()) => Seam::GoesOn,
            (false, false) if merged && again() => Seam::Again,
            (false, false) if (open || merged && up.runs_into(part)) && mid_sentence(up, part) => Seam::GoesOn,
            _ => Seam::Apart,
        }
    }
}

impl Part {
    /// Whether the first line of `next` goes on with the last line of this cell.
    fn wraps_into(&self, next: &Self) -> bool {
        let lines = self.last.as_ref().zip(next.first.as_ref());
        lines.is_some_and(|(last, first)| wrap::goes_on(last, first, self.width - 0.5 * last.size))
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
        self.last = part.last.or(self.last.take());
    }
}

/// Whether the text of `down` goes on in the middle of a sentence of `up`.
fn mid_sentence(up: &Part, down: &Part) -> bool {
    let (up, down) = (up.cell.text.text.trim_end(), down.cell.text.text.trim_start());
    let begins_alike = up.chars().take(2).eq(down.chars().take(2));
    !up.ends_with(['。', '．', '」', ')', '）']) && !wrap::begins_item(down) && !begins_alike && up.chars().count() > 1
}

fn key(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// Whether two headers say the same, a 「(続き)」 aside.
fn same_text(a: &str, b: &str) -> bool {
    let plain = |text: &str| -> String {
        ["(続き)", "(つづき)", "(続)", "続き"].iter().fold(text.to_owned(), |text, mark| text.replace(mark, ""))
    };
    a == b || plain(a) == plain(b)
}

/// How far the columns of `next` lie to the right of `own`.
fn shift(own: &[f32], next: &[f32]) -> f32 {
    next.first().copied().unwrap_or_default() - own.first().copied().unwrap_or_default()
}

/// The boundaries that serve both tables, in the coordinates of the first: all of one must be among those of the
/// other. `None` where the tables have different columns.
fn common_bounds(own: &[f32], next: &[f32], same: f32) -> Option<Vec<f32>> {
    let shift = shift(own, next);
    let moved: Vec<f32> = next.iter().map(|x| x - shift).collect();
    let within = |few: &[f32], many: &[f32]| {
        few.iter().all(|x| many.iter().any(|y| (x - y).abs() <= same))
            && few.last().zip(many.last()).is_some_and(|(x, y)| (x - y).abs() <= same)
    };
    if own.len() >= moved.len() && within(&moved, own) {
        Some(own.to_vec())
    } else if within(own, &moved) {
        Some(moved)
    } else {
        None
    }
}
