//! Takes a table in whose header the same columns stand twice, gives the tables that stand side by side in it: wide sheets
//! are filled so, with a narrow blank column between the tables or with none.

use super::grid::Grid;
use super::header::Header;
use crate::document::{Cell, Table};
use crate::report::heading::Heading;
use crate::report::rules::Rules;
use crate::report::values::fold::key;
use crate::report::values::year;
use std::borrow::Cow;

/// Fewest columns of each table.
const FEWEST: usize = 2;
/// Fewest years of each, where its title stands over their names and no word does.
const FEWEST_YEARS: usize = 2;

/// The tables from left to right; none where it is one table.
pub(in crate::report) fn parts(rules: &Rules, grid: &Grid, header: &Header) -> Vec<Table> {
    let Some(starts) = starts(rules, grid, header) else { return Vec::new() };
    let crosses = |cell: &&Cell| {
        let reaches = |start: &usize| cell.column < *start && *start < cell.column + cell.column_span;
        !cell.text.is_blank() && starts.iter().any(reaches)
    };
    // A title over all of them goes to the first; what else stands across binds them.
    if grid.table.cells.iter().filter(crosses).any(|cell| cell.row + cell.row_span >= header.rows) {
        return Vec::new();
    }
    let ends = starts.iter().skip(1).copied().chain([grid.columns()]);
    starts.iter().zip(ends).map(|(start, end)| part(grid.table, *start, end)).collect()
}

/// The first columns of the tables, if there are several.
fn starts(rules: &Rules, grid: &Grid, header: &Header) -> Option<Vec<usize>> {
    let bottom = header.rows.checked_sub(1)?;
    let name = |column: usize| {
        let cell = grid.at(bottom, column).filter(|cell| cell.column == column && !cell.text.is_blank())?;
        Some((column, cell))
    };
    let names: Vec<(usize, &Cell)> = (0..grid.columns()).filter_map(name).collect();
    let keys: Vec<Cow<str>> = names.iter().map(|(_, cell)| key(&cell.text.text)).collect();
    let (column, first) = *names.first()?;
    let is_year = |(_, cell): &(usize, &Cell)| year::whole(rules, &cell.text.text).is_some();
    let is_title = |(_, cell): &&(usize, &Cell)| Heading::read(rules, &cell.text).label.is_some();
    let worded = grid.role(rules, first).is_some();
    let width = if worded {
        1 + keys.iter().skip(1).position(|key| Some(key) == keys.first())?
    } else {
        keys.iter().skip(2).position(|key| Some(key) == keys.get(1))? + 1
    };
    if column > 0 || width < FEWEST || names.len() < 2 * width || !names.len().is_multiple_of(width) {
        return None;
    }
    let same = keys.chunks(width).all(|part| part.get(1..) == keys.get(1..width));
    let titled = || names.iter().step_by(width).all(|name| is_title(&name));
    let yearly = || width > FEWEST_YEARS && names.get(1..width).is_some_and(|years| years.iter().all(is_year));
    let fits =
        if worded { keys.iter().step_by(width).all(|key| Some(key) == keys.first()) } else { titled() && yearly() };
    (same && fits).then(|| names.iter().step_by(width).map(|(column, _)| *column).collect())
}

/// The columns from `start` to `end` as a table of their own, without the blank ones at their end and the blank rows at
/// the foot of the shorter one.
fn part(table: &Table, start: usize, end: usize) -> Table {
    let inside = || table.cells.iter().filter(|cell| (start..end).contains(&cell.column));
    let filled = || inside().filter(|cell| !cell.text.is_blank());
    let columns = filled().map(|cell| (cell.column + cell.column_span).min(end) - start).max().unwrap_or(0);
    let rows = filled().map(|cell| cell.row + cell.row_span).max().unwrap_or(0);
    let kept = inside().filter(|cell| cell.column < start + columns && cell.row < rows);
    let cells = kept.map(|cell| Cell {
        column: cell.column - start,
        column_span: cell.column_span.min(start + columns - cell.column),
        row_span: cell.row_span.min(rows - cell.row),
        ..cell.clone()
    });
    Table {
        page: table.page,
        rows,
        columns,
        cells: cells.collect(),
        repeats: Vec::new(),
        header_rows: table.header_rows,
    }
}

#[cfg(test)]
mod tests {
    use super::parts;
    use crate::document::Block;
    use crate::document::made::table;
    use crate::report::rules::Rules;
    use crate::report::tables::grid::Grid;
    use crate::report::tables::header::Header;

    #[track_caller]
    fn case(rows: &[&[&str]], expected: &[(usize, usize)]) {
        let Block::Table(table) = table(rows) else { return };
        let header = Header { rows: 1, ..Header::default() };
        let parts = parts(Rules::named("general").unwrap(), &Grid::new(&table).unwrap(), &header);
        assert_eq!(parts.iter().map(|part| (part.rows, part.columns)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn columns_that_stand_twice_are_two_tables() {
        case(&[&["取組", "評価", "取組", "評価"], &["a", "A", "b", "B"], &["", "", "c", "C"]], &[(2, 2), (3, 2)]);
        case(&[&["取組", "R4", "R5", "", "取組", "R4", "R5"], &["a", "A", "A", "", "b", "B", "A"]], &[(2, 3), (2, 3)]);
        let titled: [&[&str]; 2] = [&["1 休暇", "R4", "R5", "2 研修", "R4", "R5"], &["a", "A", "A", "b", "B", "A"]];
        case(&titled, &[(2, 3), (2, 3)]);
    }

    #[test]
    fn years_that_stand_twice_beside_one_name_are_one_table() {
        case(&[&["取組", "R4", "R5", "R4", "R5"], &["a", "A", "A", "B", "A"]], &[]);
        case(&[&["取組", "R4", "R5", "担当課", "R4", "R5"], &["a", "A", "A", "b", "B", "A"]], &[]);
        case(&[&["取組", "評価", "課題"], &["a", "A", "A"]], &[]);
    }
}
