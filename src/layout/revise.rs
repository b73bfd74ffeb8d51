//! Takes ruled tables and the words in their cells, mends what rulings alone get wrong: charts and other drawings are
//! no tables, a caption or notes inside the frame are no rows, and a row may leave out the vertical rulings that the
//! rest of its table has.

use crate::geom::{Rect, Span};
use crate::layout::spread;
use crate::layout::table::{self, Home};
use crate::layout::word::Word;
use crate::layout::{Cell, Table, line};
use crate::pdf::Page;

/// Rounds of mending: taking one table away can show another.
const ROUNDS: usize = 4;
/// A table has text in at least this part of its cells, unless it has a header of text.
const FILLED: f32 = 0.25;
/// The part of the first row or column that has text in a table that is otherwise blank.
const HEADED: f32 = 0.6;
/// A table has at least this many cells for each place of its grid where only its first column is filled.
const REGULAR: f32 = 0.6;
/// Part of the page that a cell may take up in a table of two cells.
const PAGE_BOX: f32 = 0.4;
/// The part of the page from its upper edge in which the rest of a cut row begins and ends.
const PAGE_TOP: f32 = 0.2;
/// Gap between texts that belong to two columns although no ruling parts them, in ems.
const COLUMN_GAP: f32 = 0.9;
/// The part of the columns of such a row that have text.
const PARTS_FILLED: f32 = 0.75;
/// Notes below a table fill at least this part of its width.
const NOTES_WIDTH: f32 = 0.6;

/// Mends `tables` and gives the words of their cells, and the words outside them.
pub(crate) fn settle(page: &Page, tables: &mut Vec<Table>, words: &[Word]) -> (Vec<Home>, Vec<Word>) {
    for _ in 0..ROUNDS {
        let (homes, outside) = table::assign(page, tables, words);
        let mut changed = false;
        let mut kept = Vec::with_capacity(tables.len());
        for (index, mut table) in tables.drain(..).enumerate() {
            let cells = cells_of(&table, index, &homes);
            if is_drawing(page, &table, &cells) {
                changed = true;
                continue;
            }
            changed |= unframe(&mut table, &cells) || part_columns(page, &mut table, &cells);
            kept.push(table);
        }
        *tables = kept;
        if !changed {
            return (homes, outside);
        }
    }
    table::assign(page, tables, words)
}

/// The words of each cell of a table.
fn cells_of<'a>(table: &Table, index: usize, homes: &'a [Home]) -> Vec<&'a [Home]> {
    let start = homes.partition_point(|h| h.table < index);
    let end = homes.partition_point(|h| h.table <= index);
    let mut rest = homes.get(start..end).unwrap_or_default();
    let of = |cell: usize| {
        let (own, later) = rest.split_at(rest.iter().take_while(|home| home.cell <= cell).count());
        rest = later;
        own
    };
    (0..table.cells.len()).map(of).collect()
}

/// Whether what the rulings enclose is a chart, a form to fill in by hand or an ornament: hardly any text, and none
/// where a header would be.
fn is_drawing(page: &Page, table: &Table, cells: &[&[Home]]) -> bool {
    let share = |of: &dyn Fn(&Cell) -> bool| {
        let of = table.cells.iter().zip(cells).filter(|(cell, _)| of(cell));
        of.fold((0usize, 0usize), |(filled, all), (_, words)| (filled + usize::from(!words.is_empty()), all + 1))
    };
    let ratio = |(filled, all): (usize, usize)| filled as f32 / all.max(1) as f32;
    let headed = |part: (usize, usize)| part.0 > 1 && ratio(part) >= HEADED;
    let whole = share(&|_| true);
    let regular = whole.1 as f32 >= REGULAR * (table.rows * table.columns) as f32;
    let headed = headed(share(&|c| c.row == 0)) || (regular && headed(share(&|c| c.column == 0)));
    if is_torn_row(page, table, cells) {
        return false;
    }
    whole.0 < 2 || (ratio(whole) < FILLED && !headed) || (whole.0 < 3 && is_page_box(page, table, cells))
}

/// Whether the table is the end of a row that the page break cut: it stands at the top of the page, and its labels,
/// which stand at the bottom of the page before, are blank.
fn is_torn_row(page: &Page, table: &Table, cells: &[&[Home]]) -> bool {
    let blank = |words: &&&[Home]| words.is_empty();
    let labels = cells.iter().take_while(blank).count();
    table.rows == 1
        && labels > 0
        && cells.iter().filter(|words| !blank(words)).count() == 1
        && table.bbox.y0 < PAGE_TOP * page.height
        && table.bbox.height() < PAGE_TOP * page.height
}

/// Whether a cell with text takes up much of the page: an ornament around the text of the page.
fn is_page_box(page: &Page, table: &Table, cells: &[&[Home]]) -> bool {
    let area = |b: &Rect| b.width() * b.height();
    let large =
        |(cell, words): (&Cell, &&[Home])| !words.is_empty() && area(&cell.bbox) > PAGE_BOX * page.width * page.height;
    table.cells.iter().zip(cells).any(large)
}

/// Takes a caption in the first row and notes in the last one, which share the frame of the table, out of it. Both
/// have to be there: a first or last row alone may be a heading or a total.
fn unframe(table: &mut Table, cells: &[&[Home]]) -> bool {
    let spans = |row: usize| {
        let full = |c: &Cell| c.row == row && c.row_span == 1 && c.column_span == table.columns;
        table.cells.iter().zip(cells).find(|(c, _)| full(c))
    };
    if table.columns < 2 || table.rows < 4 || (1..table.rows - 1).any(|row| spans(row).is_some()) {
        return false;
    }
    let (Some((_, caption)), Some((_, notes))) = (spans(0), spans(table.rows - 1)) else { return false };
    let width = notes.iter().map(|h| h.word.bbox).reduce(|a, b| a.union(&b)).map_or(0.0, |b| b.width());
    if caption.is_empty() || line::count(notes.iter().map(|h| h.word)) < 2 || width < NOTES_WIDTH * table.bbox.width() {
        return false;
    }
    let last = table.rows - 1;
    table.cells.retain(|c| c.row > 0 && c.row < last);
    table.cells.iter_mut().for_each(|c| c.row -= 1);
    table.rows -= 2;
    table.row_bounds.remove(0);
    table.row_bounds.pop();
    table.bbox.y0 = table.row_bounds.first().copied().unwrap_or(table.bbox.y0);
    table.bbox.y1 = table.row_bounds.last().copied().unwrap_or(table.bbox.y1);
    true
}

/// Divides merged cells whose text stands in the columns of the rest of the table: the producer drew no vertical
/// rulings in that row.
fn part_columns(page: &Page, table: &mut Table, cells: &[&[Home]]) -> bool {
    let parts_of = |(cell, words): (&Cell, &&[Home])| {
        if cell.column_span > 1 && words.len() > 1 { parts(page, table, cell, words) } else { Vec::new() }
    };
    let parts: Vec<Vec<(usize, usize)>> = table.cells.iter().zip(cells).map(parts_of).collect();
    if parts.iter().all(Vec::is_empty) {
        return false;
    }
    let mut divided: Vec<Cell> = Vec::new();
    for (cell, parts) in table.cells.iter().zip(parts) {
        if parts.is_empty() {
            divided.push(cell.clone());
        }
        for columns in parts {
            let (x0, x1) = (table.column_bounds[columns.0], table.column_bounds[columns.1]);
            let bbox = Rect { x0, x1, ..cell.bbox };
            divided.push(Cell { column: columns.0, column_span: columns.1 - columns.0, bbox, ..cell.clone() });
        }
    }
    let changed = divided.len() > table.cells.len();
    table.cells = divided;
    changed
}

/// The columns, as ranges, into which a cell divides; empty where it is one text. Most parts of the cell have text, and
/// the gaps at the boundaries are wider than those between words; two parts alone may be a number and its text, unless
/// the cell is a whole row.
fn parts(page: &Page, table: &Table, cell: &Cell, homes: &[Home]) -> Vec<(usize, usize)> {
    let mut texts: Vec<Span> = Vec::new();
    for row in line::rows(&mut homes.iter().map(|h| h.word).collect::<Vec<Word>>()) {
        let spread = spread::spread(page, &row);
        let mut found: Vec<Span> = Vec::new();
        for (index, word) in row.words.iter().enumerate() {
            match found.last_mut() {
                Some(last) if spread.get(index) == Some(&true) || word.bbox.x0 - last.end < COLUMN_GAP * word.size => {
                    last.end = last.end.max(word.bbox.x1);
                }
                _ => found.push(Span { start: word.bbox.x0, end: word.bbox.x1 }),
            }
        }
        texts.extend(found);
    }
    let end = cell.column + cell.column_span;
    let inner = cell.column + 1..end;
    let bounds: Vec<usize> = inner
        .filter(|b| table.column_bounds.get(*b).is_some_and(|x| texts.iter().all(|t| t.end <= *x || *x <= t.start)))
        .collect();
    let edges: Vec<usize> = std::iter::once(cell.column).chain(bounds).chain([end]).collect();
    let parts: Vec<(usize, usize)> = edges.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let has_text = |(from, to): &(usize, usize)| {
        let span = Span { start: table.column_bounds[*from], end: table.column_bounds[*to] };
        texts.iter().any(|t| span.contains(t.middle()))
    };
    let filled = parts.iter().filter(|part| has_text(part)).count();
    let enough = parts.len() > 2 || (parts.len() == 2 && cell.column_span == table.columns);
    if enough && filled as f32 >= PARTS_FILLED * parts.len() as f32 { parts } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use crate::geom::Axis::{Horizontal, Vertical};
    use crate::layout::made::Made;

    #[track_caller]
    fn case(made: Made, expected: &[&str]) {
        assert_eq!(made.read(), expected);
    }

    #[test]
    fn divides_a_header_without_vertical_rulings() {
        let mut made = Made::page().grid(&[100.0, 300.0], &[100.0, 120.0, 140.0]).line(Vertical, 200.0, 120.0, 140.0);
        made = made.text(110.0, 104.0, "Item").text(210.0, 104.0, "Value");
        made = made.text(110.0, 124.0, "Cost").text(210.0, 124.0, "5");
        case(made, &["[2x2]", "0,0 Item", "0,1 Value", "1,0 Cost", "1,1 5"]);
    }

    #[test]
    fn leaves_a_letter_spaced_heading_whole() {
        let mut made = Made::page().grid(&[100.0, 300.0], &[100.0, 120.0, 140.0]).line(Vertical, 200.0, 120.0, 140.0);
        made = made.text(140.0, 104.0, "評").text(190.0, 104.0, "価").text(240.0, 104.0, "欄");
        made = made.text(110.0, 124.0, "R4").text(210.0, 124.0, "R5");
        case(made, &["[2x2]", "0,0+1x2 評価欄", "1,0 R4", "1,1 R5"]);
    }

    #[test]
    fn takes_caption_and_notes_out_of_the_frame() {
        let mut made = Made::page().grid(&[100.0, 300.0], &[100.0, 120.0, 140.0, 160.0, 200.0]);
        made = made.line(Vertical, 200.0, 120.0, 160.0).text(150.0, 104.0, "Exhibit");
        for (x, y, text) in [(110.0, 124.0, "a"), (210.0, 124.0, "b"), (110.0, 144.0, "c"), (210.0, 144.0, "d")] {
            made = made.text(x, y, text);
        }
        made = made.text(105.0, 165.0, "A note that takes up most of width").text(105.0, 180.0, "and a second line");
        let notes = ["A note that takes up most of width", "and a second line"];
        case(made, &["Exhibit", "[2x2]", "0,0 a", "0,1 b", "1,0 c", "1,1 d", notes[0], notes[1]]);
    }

    #[test]
    fn the_rest_of_a_cut_row_is_a_table() {
        let made =
            |top: f32| Made::page().grid(&[100.0, 160.0, 500.0], &[top, top + 40.0]).text(170.0, top + 5.0, "rest");
        case(made(40.0), &["[1x2]", "0,1 rest"]);
        case(made(400.0), &["rest"]);
    }

    #[test]
    fn charts_are_no_tables() {
        let ys: Vec<f32> = (0..6u8).map(|i| 100.0 + 20.0 * f32::from(i)).collect();
        let mut made = Made::page().line(Vertical, 100.0, 100.0, 200.0).line(Horizontal, 200.0, 100.0, 300.0);
        for y in &ys {
            made = made.line(Horizontal, *y, 100.0, 300.0);
        }
        for (bar, top) in [(120.0, 150.0), (160.0, 130.0), (200.0, 110.0), (240.0, 170.0)] {
            made = made.grid(&[bar, bar + 15.0], &[top, 200.0]);
        }
        case(made.text(202.0, 145.0, "x"), &["x"]);
    }
}
