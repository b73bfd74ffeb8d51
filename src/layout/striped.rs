//! Takes the filled areas of a page with its words, gives rulings where rows of a table are shaded in turns, cell by
//! cell, and nothing is drawn: the shaded cells tell the columns, what stands between two shaded rows is one row, and so
//! is what stands right above the first of them and right below the last.

mod beside;
mod stripe;

use crate::geom::{Axis, Point, Rect, Span};
use crate::layout::word::Word;
use crate::pdf::{Fill, Ruling};
use beside::{Side, outer, upper_header};
use std::ops::Range;
use stripe::{LEAST, ROUNDED, Stripe, is_cell, stacks, stripes};

/// Lines of one cell follow each other at this pitch at most, in ems; rows stand further apart.
const PITCH: f32 = 2.1;
/// A row is high from this multiple of the shaded rows beside it on.
const HIGH: f32 = 1.3;
/// Fewest columns of a table that shows one shaded row only.
const FEWEST_COLUMNS: usize = 3;
/// Most borders of rows along which lines are drawn: around the table, and under the header and its upper row.
const MOST_RULED: usize = 4;
/// A page with more areas is a drawing.
const MOST: usize = 3_000;
/// So is a stack of more cells.
const MOST_CELLS: usize = 3_000;

/// The rulings that the shaded rows stand for, where `drawn` has none; `em` is the size of most text.
pub(crate) fn rulings(fills: &[Fill], words: &[Word], drawn: &[Ruling], em: f32) -> Vec<Ruling> {
    let mut areas: Vec<Rect> = fills.iter().map(|fill| fill.bbox).filter(is_cell).collect();
    if !(2..=MOST).contains(&areas.len()) {
        return Vec::new();
    }
    areas.sort_by(|a, b| a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0)));
    areas.dedup();
    let tables = stacks(stripes(&areas)).into_iter().filter_map(|stack| Table::new(stack, words, em));
    tables.filter(|table| !table.is_ruled(drawn)).flat_map(|table| table.rulings()).collect()
}

/// A stack of stripes with the rows between them.
struct Table {
    stripes: Vec<Stripe>,
    /// Borders of the columns, ascending.
    columns: Vec<f32>,
    /// Borders of the rows, ascending.
    rows: Vec<f32>,
    /// Boxes of the words beside it.
    words: Vec<Rect>,
}

impl Table {
    /// The table that the stripes are part of, if the words keep to its cells.
    fn new(stripes: Vec<Stripe>, words: &[Word], em: f32) -> Option<Self> {
        let edges = stripes.iter().flat_map(|s| &s.cells).flat_map(|cell| [cell.x0, cell.x1]);
        let mut columns = merged(edges.collect());
        let mut rows = merged(stripes.iter().flat_map(|s| [s.rows.start, s.rows.end]).collect());
        if columns.len() * rows.len() > MOST_CELLS {
            return None;
        }
        let (&top, &bottom) = rows.first().zip(rows.last())?;
        columns.splice(0..0, unshaded_column(words, *columns.first()?, top..bottom, em));
        let between = stripes.windows(2).any(|pair| pair[1].rows.start - pair[0].rows.end > LEAST);
        if !between && columns.len() <= FEWEST_COLUMNS {
            return None;
        }
        let (&left, &right) = columns.first().zip(columns.last())?;
        let words: Vec<Rect> = words.iter().map(|word| word.bbox).filter(|w| w.x1 > left && w.x0 < right).collect();
        let shaded = |word: &&Rect| stripes.iter().any(|stripe| stripe.rows.contains(word.center().y));
        if !words.iter().filter(shaded).all(|word| stands_in_one(word, &stripes, &columns)) {
            return None;
        }
        let (first, last) = stripes.first().zip(stripes.last())?;
        let header = outer(&words, &columns, first, em, Side::Above);
        if !between && header.is_none() {
            return None;
        }
        let end = outer(&words, &columns, last, em, Side::Below);
        let inside = |word: &&Rect| header.zip(end).is_some_and(|(from, to)| (from..to).contains(&word.center().y));
        let strict = || words.iter().filter(inside).all(|word| keeps_to(word, &columns));
        if !between && (end.is_none() || !strict()) {
            return None;
        }
        // The first row without shade stands below a header of its own.
        let upper = header.and_then(|edge| upper_header(&words, &columns, edge, em));
        rows.splice(0..0, upper.into_iter().chain(header));
        rows.extend(end);
        let table = Self { stripes, columns, rows, words };
        table.rows_are_single(em).then_some(table)
    }

    /// The heights at which words stand in a cell.
    fn heights(&self, row: &[f32], column: &[f32]) -> Vec<f32> {
        let inside =
            |middle: &Point| (row[0]..row[1]).contains(&middle.y) && (column[0]..column[1]).contains(&middle.x);
        let middles = self.words.iter().map(Rect::center).filter(inside);
        let mut heights: Vec<f32> = middles.map(|middle| middle.y).collect();
        heights.sort_by(f32::total_cmp);
        heights
    }

    /// Whether no row without shade holds several rows: lines of one column that stand far apart, or several lines in all
    /// columns where it is higher than the shaded rows beside it.
    fn rows_are_single(&self, em: f32) -> bool {
        let shaded = |row: &&[f32]| self.stripes.iter().any(|s| s.rows.contains((row[0] + row[1]) / 2.0));
        let pitch = |heights: &Vec<f32>| heights.windows(2).map(|pair| pair[1] - pair[0]).fold(0.0, f32::max);
        self.rows.windows(2).filter(|row| !shaded(row)).all(|row| {
            let cells = self.columns.windows(2).map(|column| self.heights(row, column));
            let pitches: Vec<f32> =
                cells.filter(|heights| !heights.is_empty()).map(|heights| pitch(&heights)).collect();
            let several = pitches.len() > 1 && pitches.iter().all(|pitch| *pitch > em / 2.0);
            pitches.iter().all(|pitch| *pitch <= PITCH * em) && !(several && self.is_high(row))
        })
    }

    /// Whether a row is higher than each shaded row beside it, or than all of them where only headings stand beside it.
    fn is_high(&self, row: &[f32]) -> bool {
        let touches = |s: &&Stripe| (s.rows.end - row[0]).abs() <= ROUNDED || (s.rows.start - row[1]).abs() <= ROUNDED;
        let (headings, beside): (Vec<&Stripe>, Vec<&Stripe>) =
            self.stripes.iter().filter(touches).partition(|stripe| stripe.is_heading());
        let tallest = |heights: &mut dyn Iterator<Item = f32>| heights.fold(0.0, f32::max);
        let height = if beside.is_empty() && !headings.is_empty() {
            tallest(&mut self.stripes.iter().filter(|s| !s.is_heading()).map(|s| s.rows.length()))
        } else {
            tallest(&mut beside.iter().map(|s| s.rows.length()))
        };
        row[1] - row[0] > HIGH * height
    }

    /// Whether lines are drawn in it, but for a few along borders of its rows: those under and over its header.
    fn is_ruled(&self, drawn: &[Ruling]) -> bool {
        let span = |of: &[f32]| Span { start: of.first().map_or(0.0, |x| *x), end: of.last().map_or(0.0, |x| *x) };
        let (x, y) = (span(&self.columns), span(&self.rows));
        let inside = drawn.iter().filter(|r| {
            let (across, along) = if r.axis == Axis::Horizontal { (y, x) } else { (x, y) };
            (across.start - ROUNDED..=across.end + ROUNDED).contains(&r.position) && along.overlap(r.span) > LEAST
        });
        let border = |r: &Ruling| self.rows.iter().position(|y| (y - r.position).abs() <= ROUNDED);
        let mut ruled: Vec<usize> = Vec::new();
        for ruling in inside {
            let Some(border) = border(ruling).filter(|_| ruling.axis == Axis::Horizontal) else { return true };
            ruled.push(border);
        }
        ruled.sort_unstable();
        ruled.dedup();
        ruled.len() > MOST_RULED || 2 * ruled.len() > self.rows.len()
    }

    /// The borders of its cells.
    fn rulings(&self) -> Vec<Ruling> {
        let ruling = |axis, position, span: &[f32]| Ruling {
            axis,
            position,
            span: Span { start: span[0], end: span[1] },
            thickness: 0.0,
        };
        let mut rulings = Vec::new();
        for column in self.columns.windows(2) {
            let borders = self.rows.iter().filter(|y| self.is_row_border(**y, column));
            rulings.extend(borders.map(|y| ruling(Axis::Horizontal, *y, column)));
        }
        for row in self.rows.windows(2) {
            let borders = self.columns.iter().filter(|x| self.is_column_border(**x, row));
            rulings.extend(borders.map(|x| ruling(Axis::Vertical, *x, row)));
        }
        rulings
    }

    /// Not inside a shaded cell, nor where a shaded row leaves out a column: the cell above goes on there, and on into
    /// the row below if that is blank. Where a shaded cell ends there is one.
    fn is_row_border(&self, y: f32, column: &[f32]) -> bool {
        let x = (column[0] + column[1]) / 2.0;
        let cells = || self.stripes.iter().filter_map(|stripe| stripe.at(x));
        if cells().any(|cell| cell.y0 + ROUNDED < y && y < cell.y1 - ROUNDED) {
            return false;
        }
        let below = self.rows.windows(2).find(|row| (row[0] - y).abs() <= ROUNDED);
        let is_blank = || below.is_some_and(|row| self.heights(row, column).is_empty());
        let ends = || cells().any(|cell| (cell.y1 - y).abs() <= ROUNDED);
        !self.stripes.iter().filter(|stripe| stripe.at(x).is_none()).any(|stripe| {
            (stripe.rows.start - y).abs() <= ROUNDED || (stripe.rows.end - y).abs() <= ROUNDED && !ends() && is_blank()
        })
    }

    /// Not inside a shaded cell, nor through a word of the header.
    fn is_column_border(&self, x: f32, row: &[f32]) -> bool {
        let middle = (row[0] + row[1]) / 2.0;
        let shaded = self.stripes.iter().filter(|s| s.rows.contains(middle)).find_map(|s| s.at(x));
        let crossed =
            |word: &Rect| (row[0]..row[1]).contains(&word.center().y) && word.x0 + ROUNDED < x && x < word.x1 - ROUNDED;
        !shaded.is_some_and(|cell| cell.x0 + ROUNDED < x && x < cell.x1 - ROUNDED) && !self.words.iter().any(crossed)
    }
}

/// The values in ascending order, those that are nearly equal once.
fn merged(mut values: Vec<f32>) -> Vec<f32> {
    values.sort_by(f32::total_cmp);
    values.dedup_by(|next, value| *next - *value <= ROUNDED);
    values
}

/// Whether a word in a shaded row stands in one of its cells, or between two borders where it leaves out a column.
fn stands_in_one(word: &Rect, stripes: &[Stripe], columns: &[f32]) -> bool {
    let middle = word.center();
    let cell = stripes.iter().filter(|stripe| stripe.rows.contains(middle.y)).find_map(|stripe| stripe.at(middle.x));
    cell.map_or_else(|| keeps_to(word, columns), |cell| cell.x0 - ROUNDED <= word.x0 && word.x1 <= cell.x1 + ROUNDED)
}

/// Where a first column begins that no row shades, because each of its cells is merged with one above: its words stand
/// left of the shaded ones.
fn unshaded_column(words: &[Word], left: f32, rows: Range<f32>, em: f32) -> Option<f32> {
    let beside = words.iter().map(|word| word.bbox);
    let beside = beside.filter(|w| rows.contains(&w.center().y) && w.x1 <= left + ROUNDED && w.height() <= PITCH * em);
    let start = beside.clone().map(|w| w.x0).fold(f32::INFINITY, f32::min);
    let nearest = beside.map(|w| left - w.x1).fold(f32::INFINITY, f32::min);
    (nearest <= PITCH * em).then_some(start - ROUNDED)
}

/// Whether a word stands between two borders.
fn keeps_to(word: &Rect, columns: &[f32]) -> bool {
    let next = columns.partition_point(|x| *x < word.center().x);
    next > 0
        && columns.get(next).is_some_and(|end| word.x1 <= end + ROUNDED)
        && columns.get(next - 1).is_some_and(|start| word.x0 >= start - ROUNDED)
}

#[cfg(test)]
mod tests {
    use crate::geom::{Axis, Rect};
    use crate::layout::made::Made;
    use crate::layout::word::words;

    const COLUMNS: [f32; 4] = [100.0, 130.0, 220.0, 300.0];
    /// Where the rows begin: a header and four rows.
    const ROWS: [f32; 6] = [100.0, 120.0, 150.0, 180.0, 210.0, 240.0];

    /// A cell's text in two lines.
    fn cell(made: Made, row: usize, column: usize, text: &str) -> Made {
        let (x, y) = (COLUMNS[column] + 4.0, ROWS[row] + 4.0);
        made.text(x, y, text).text(x, y + 12.0, "続き")
    }

    /// The cell of one row and column and of `down` more rows, shaded.
    fn shade(made: Made, row: usize, column: usize, down: usize) -> Made {
        made.fill(Rect::new(COLUMNS[column], ROWS[row], COLUMNS[column + 1], ROWS[row + 1 + down]))
    }

    /// A header and four rows, the second and fourth of which are shaded in the columns `shaded`.
    fn striped(shaded: &[usize]) -> Made {
        let mut made = Made::page();
        for (column, text) in ["番", "名前", "実績"].into_iter().enumerate() {
            made = made.text(COLUMNS[column] + 4.0, ROWS[0] + 5.0, text);
        }
        for row in 1..5 {
            for column in 0..3 {
                let merged = !shaded.contains(&column) && row % 2 == 0;
                made = if merged { made } else { cell(made, row, column, &format!("{row}{column}")) };
                made = if row % 2 == 0 && !merged { shade(made, row, column, 0) } else { made };
            }
        }
        made
    }

    #[test]
    fn rows_between_shaded_ones_and_the_header_above_are_rows() {
        let read = striped(&[0, 1, 2]).read();
        assert_eq!(read[0], "[5x3]");
        assert_eq!(read[1..4], ["0,0 番", "0,1 名前", "0,2 実績"]);
        assert!(read.contains(&"1,1 11/続き".to_owned()) && read.contains(&"4,2 42/続き".to_owned()), "{read:?}");
    }

    #[test]
    fn rules_around_the_header_leave_the_shaded_rows_to_tell_the_rest() {
        let rule = |made: Made, y: f32| made.line(Axis::Horizontal, y, COLUMNS[0], COLUMNS[3]);
        let read = rule(rule(striped(&[0, 1, 2]), ROWS[1]), ROWS[5]).read();
        assert_eq!(read[0], "[5x3]");
        assert!(read.contains(&"1,1 11/続き".to_owned()) && read.contains(&"4,2 42/続き".to_owned()), "{read:?}");
    }

    #[test]
    fn a_column_that_a_shaded_row_leaves_out_is_merged_there() {
        let read = striped(&[1, 2]).read();
        assert_eq!(read[0], "[5x3]");
        assert!(
            read.contains(&"1,0+2x1 10/続き".to_owned()) && read.contains(&"3,0+2x1 30/続き".to_owned()),
            "{read:?}"
        );
    }

    #[test]
    fn a_heading_above_and_text_below_stay_outside() {
        let made = striped(&[0, 1, 2]).text(100.0, 70.0, "施策の方向１　広報と啓発の推進について");
        let read = made.text(100.0, 262.0, "評価の区分は次のとおりで、毎年度に見直すこととする。").read();
        assert!(read[0].starts_with("施策の方向") && read[1] == "[5x3]", "{read:?}");
        assert!(read.last().is_some_and(|line| line.starts_with("評価の区分")), "{read:?}");
    }

    #[test]
    fn a_heading_in_a_band_of_its_own_stands_between_rows() {
        let mut made = Made::page();
        for (column, text) in ["番", "名前", "実績"].into_iter().enumerate() {
            made = shade(made.text(COLUMNS[column] + 4.0, ROWS[0] + 5.0, text), 0, column, 0);
        }
        let heading = Rect::new(COLUMNS[0], ROWS[1], COLUMNS[3], ROWS[2]);
        made = made.fill(heading).text(COLUMNS[0] + 4.0, ROWS[1] + 4.0, "業務の見直しと効率化");
        for row in 2..5 {
            for (column, text) in ["番", "名前", "実績"].into_iter().enumerate() {
                made = cell(made, row, column, &format!("{row}{text}"));
                made = if row == 3 { shade(made, row, column, 0) } else { made };
            }
        }
        let read = made.read();
        assert_eq!(read[0], "[5x3]", "{read:?}");
        assert!(read.contains(&"1,0+1x3 業務の見直しと効率化".to_owned()), "{read:?}");
        assert!(read.contains(&"2,0 2番/続き".to_owned()) && read.contains(&"4,2 4実績/続き".to_owned()), "{read:?}");
    }

    #[test]
    fn a_band_below_a_header_of_two_rows_stands_in_the_table() {
        let mut made = Made::page();
        let half = (ROWS[0] + ROWS[1]) / 2.0;
        made = made.fill(Rect::new(COLUMNS[0], ROWS[0], COLUMNS[1], ROWS[1])).text(COLUMNS[0] + 4.0, 105.0, "番");
        made = made.fill(Rect::new(COLUMNS[1], ROWS[0], COLUMNS[3], half)).text(COLUMNS[1] + 4.0, 100.0, "実績");
        for (column, text) in [(1, "R4"), (2, "R5")] {
            made = made.fill(Rect::new(COLUMNS[column], half, COLUMNS[column + 1], ROWS[1]));
            made = made.text(COLUMNS[column] + 4.0, half, text);
        }
        made = made.fill(Rect::new(COLUMNS[0], ROWS[1], COLUMNS[3], ROWS[2])).text(COLUMNS[0] + 4.0, 124.0, "見直し");
        for row in 2..5 {
            for column in 0..3 {
                made = cell(made, row, column, &format!("{row}{column}"));
                made = if row == 3 { shade(made, row, column, 0) } else { made };
            }
        }
        let read = made.read();
        assert_eq!(read[0], "[6x3]", "{read:?}");
        assert!(read.contains(&"2,0+1x3 見直し".to_owned()) && read.contains(&"5,2 42/続き".to_owned()), "{read:?}");
    }

    #[test]
    fn one_shaded_row_between_header_and_row_shows_a_table_of_three_columns() {
        let mut made = Made::page();
        for row in 0..3 {
            for column in 0..3 {
                made = cell(made, row + 1, column, &format!("{row}{column}"));
                made = if row == 1 { shade(made, row + 1, column, 0) } else { made };
            }
        }
        assert_eq!(made.read()[0], "[3x3]");
    }

    #[test]
    fn shaded_headings_over_several_rows_each_are_no_stripes() {
        let mut made = Made::page();
        for (top, names) in [(100.0, "あ"), (220.0, "い")] {
            for column in 0..3 {
                made = made.fill(Rect::new(COLUMNS[column], top, COLUMNS[column + 1], top + 60.0));
                made = made.text(COLUMNS[column] + 4.0, top + 25.0, names);
                for row in 0..2 {
                    made = made.text(COLUMNS[column] + 4.0, top + 65.0 + 30.0 * row as f32, &format!("{row}{column}"));
                }
            }
        }
        let page = made.0;
        assert!(super::rulings(&page.fills, &words(&page, &[]), &page.rulings, 10.0).is_empty());
    }
}
