//! Takes a table, gives the tables that it is made of: lists repeat their header above each group of rows, and producers
//! set tables one below the other without a gap, each under a header of its own.

use super::grid::Grid;
use super::header::Header;
use super::kind::Kind;
use crate::document::{Cell, Passage, Table};
use crate::report::context::Context;
use crate::report::rules::Rule;
use crate::report::values::fold::{Folded, key, same_key};
use crate::report::values::year;

/// Fewest labels that make a row the header of another table.
const FEWEST_LABELS: usize = 3;
/// Fewest years that do.
const FEWEST_YEARS: usize = 2;

/// Where the rows of the table stand that only print its header again, and their texts.
pub(in crate::report) fn again<'t>(grid: &Grid<'t>, header: &Header) -> (Vec<usize>, Vec<&'t Passage>) {
    let top = (0..header.rows).find(|row| grid.banner(*row).is_none()).unwrap_or(header.rows);
    let height = header.rows - top;
    let (mut rows, mut texts) = (Vec::new(), Vec::new());
    let block = |from: usize| {
        let cells = grid.table.cells.iter().filter(move |c| (from..from + height).contains(&c.row));
        cells.map(move |c| (c.row - from, c.column, c.row_span, c.column_span, key(&c.text.text))).collect::<Vec<_>>()
    };
    let filled = |row: usize| grid.row(row).filter(|cell| !cell.text.is_blank()).count();
    if height == 0 || filled(top) < 2 {
        return (rows, texts);
    }
    let opening = |row: usize| grid.text(row, 0).map(|text| text.text.as_str());
    let begins = |row: usize| match (opening(top), opening(row)) {
        (Some(first), Some(again)) => same_key(first, again),
        (first, again) => first == again,
    };
    let mut row = header.rows;
    while row + height <= grid.rows() {
        // The first text is compared first: nearly all rows end there.
        if begins(row) && block(row) == block(top) {
            rows.extend(row..row + height);
            let cells = grid.table.cells.iter().filter(|c| (row..row + height).contains(&c.row));
            texts.extend(cells.map(|cell| &cell.text).filter(|text| !text.is_blank()));
            row += height;
        } else {
            row += 1;
        }
    }
    (rows, texts)
}

/// The table without these rows, which no cell of another row reaches into.
pub(in crate::report) fn without(table: &Table, rows: &[usize]) -> Table {
    let cells = table.cells.iter().filter(|cell| rows.binary_search(&cell.row).is_err()).map(|cell| {
        let before = |row: usize| rows.partition_point(|gone| *gone < row);
        let (row, end) = (cell.row, cell.row + cell.row_span);
        let row_span = (end - before(end)).saturating_sub(row - before(row)).max(1);
        Cell { row: row - before(row), row_span, ..cell.clone() }
    });
    Table { rows: table.rows - rows.len(), cells: cells.collect(), ..table.clone() }
}

/// The tables below one another in one frame; none where it is one table.
pub(in crate::report) fn parts(context: &Context, grid: &Grid, header: &Header, kind: Kind) -> Vec<Table> {
    let yearly = kind == Kind::Figures || !header.year_columns().is_empty();
    let heads = |row: &usize| names_others(context, grid, *row) || (yearly && names_years(context, grid, *row));
    let mut cuts: Vec<usize> = Vec::new();
    for row in (header.rows..grid.rows().saturating_sub(1)).filter(heads) {
        let top = top_of(grid, row);
        if top >= header.rows && cuts.last().is_none_or(|last| top > last + 1) {
            cuts.push(top);
        }
    }
    if header.rows == 0 || cuts.is_empty() {
        return Vec::new();
    }
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([grid.rows()]);
    starts.zip(ends).map(|(start, end)| part(grid.table, start, end)).collect()
}

fn part(table: &Table, start: usize, end: usize) -> Table {
    let inside = table.cells.iter().filter(|cell| (start..end).contains(&cell.row));
    let cells =
        inside.map(|cell| Cell { row: cell.row - start, row_span: cell.row_span.min(end - cell.row), ..cell.clone() });
    let first = start == 0;
    Table {
        rows: end - start,
        cells: cells.collect(),
        header_rows: if first { table.header_rows } else { 0 },
        repeats: if first { table.repeats.clone() } else { Vec::new() },
        ..*table
    }
}

/// Whether all cells of a row are labels, several of them and no two alike.
fn names_others(context: &Context, grid: &Grid, row: usize) -> bool {
    let cells: Vec<_> = grid.row(row).filter(|cell| !cell.text.is_blank()).collect();
    let is_label = |cell: &&Cell| {
        let text = cell.text.text.as_str();
        let named = grid.role(context.rules, cell).is_some();
        let is_value = || {
            let folded = Folded::new(text);
            let values = [Rule::StatusWord, Rule::Grade, Rule::NoValue];
            values.into_iter().any(|rule| context.rules.matches_folded(rule, &folded))
        };
        (named || is_year(context, text).is_some()) && !is_value()
    };
    if cells.len() < FEWEST_LABELS || !cells.iter().all(is_label) {
        return false;
    }
    let mut keys: Vec<_> = cells.iter().map(|cell| key(&cell.text.text)).collect();
    keys.sort();
    keys.dedup();
    keys.len() == cells.len()
}

/// The year that is all a text says, with its era.
fn is_year(context: &Context, text: &str) -> Option<i32> {
    year::whole(context.rules, text).filter(|_| !year::is_bare(text)).map(|year| year.year)
}

/// Whether years stand side by side in a row, with nothing else but a name before them.
fn names_years(context: &Context, grid: &Grid, row: usize) -> bool {
    let cells = grid.row(row).filter(|cell| cell.column > 0 && !cell.text.is_blank());
    let years: Option<Vec<i32>> = cells.map(|cell| is_year(context, &cell.text.text)).collect();
    years.is_some_and(|years| {
        years.len() >= FEWEST_YEARS && years.windows(2).all(|pair| matches!(pair, [a, b] if a < b))
    })
}

/// The first row of the header that `row` belongs to: what reaches down into it, a wide heading over it, and the title
/// of the table over both.
fn top_of(grid: &Grid, row: usize) -> usize {
    let wide = |cell: &Cell| cell.column_span > 1 && cell.column_span < grid.columns() && !cell.text.is_blank();
    let is_title = |row: usize| grid.banner(row).is_some();
    let mut top = grid.row(row).map(|cell| cell.row).min().unwrap_or(row);
    if let Some(above) = top.checked_sub(1).filter(|above| top == row && !is_title(*above)) {
        top -= usize::from(grid.row(above).any(wide));
    }
    top - usize::from(top.checked_sub(1).is_some_and(is_title))
}

#[cfg(test)]
mod tests {
    use super::{again, without};
    use crate::document::Block;
    use crate::document::made::table;
    use crate::report::tables::grid::Grid;
    use crate::report::tables::header::Header;

    #[test]
    fn a_header_printed_again_is_taken_out() {
        let rows: [&[&str]; 5] = [&["取組", "評価"], &["a", "A"], &["取組", "評価"], &["取組", "B"], &["c", "C"]];
        let Block::Table(table) = table(&rows) else { return };
        let grid = Grid::new(&table).unwrap();
        let header = Header { rows: 1, ..Header::default() };
        let (rows, texts) = again(&grid, &header);
        assert_eq!((rows.as_slice(), texts.len()), ([2].as_slice(), 2));
        let left = without(&table, &rows);
        assert_eq!(left.rows, 4);
        assert_eq!(left.cells.iter().map(|cell| cell.row).max(), Some(3));
    }
}
