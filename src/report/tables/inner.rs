//! Takes a table that is a form with sheets of indicators among its rows (an evaluation sheet), gives the sheets and the
//! form as tables of their own. What they say is left to `indicators` and `initiatives`.

use super::grid::Grid;
use crate::document::{Cell, Passage, Table};
use crate::report::context::Context;
use crate::report::rules::{Role, Rule};
use crate::report::values::{figure, year};
use std::ops::Range;

/// Fewest headings of a sheet of indicators that are known, the name of the indicator among them.
const FEWEST_KNOWN: usize = 3;

/// Fewest figures beside a label of the form that make it one of a sheet.
const FEWEST_FIGURES: usize = 2;

/// A form and what stood in it.
#[derive(Debug)]
pub(in crate::report) struct Divided<'t> {
    /// The rows that are no sheet's.
    pub(in crate::report) form: Table,
    /// The sheets of indicators.
    pub(in crate::report) sheets: Vec<Table>,
    /// Labels left of the sheets: 成果指標 over all their rows.
    pub(in crate::report) labels: Vec<&'t Passage>,
}

/// The rows and first column of a sheet inside a form.
struct Sheet {
    rows: Range<usize>,
    column: usize,
}

/// Divides a form; `None` where no sheet of indicators stands below its first row.
pub(in crate::report) fn divide<'t>(context: &Context, grid: &Grid<'t>) -> Option<Divided<'t>> {
    let table = grid.table;
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut row = 1;
    while row < grid.rows() {
        let found = sheet(context, grid, row);
        row = found.as_ref().map_or(row + 1, |sheet| sheet.rows.end.max(row + 1));
        sheets.extend(found);
    }
    let first = sheets.first()?;
    if !(0..first.rows.start).any(|row| is_label(context, grid, row)) {
        return None;
    }
    let inside = |row: usize| sheets.iter().any(|sheet| sheet.rows.contains(&row));
    let rest: Vec<usize> = (0..grid.rows()).filter(|row| !inside(*row)).collect();
    let left = |sheet: &Sheet| grid.text(sheet.rows.start, 0).filter(|_| sheet.column > 0);
    Some(Divided {
        form: part(table, &rest, 0),
        sheets: sheets.iter().map(|s| part(table, &s.rows.clone().collect::<Vec<_>>(), s.column)).collect(),
        labels: sheets.iter().filter_map(left).collect(),
    })
}

/// The sheet whose headings stand in `row`.
fn sheet(context: &Context, grid: &Grid, row: usize) -> Option<Sheet> {
    let cells: Vec<&Cell> = grid.row(row).collect();
    let first = cells.first().filter(|cell| cell.row == row)?;
    if cells.iter().filter(|cell| cell.row == row && !cell.text.is_blank()).count() < FEWEST_KNOWN {
        return None;
    }
    let beside = first.row_span > 1 && cells.iter().skip(1).all(|cell| cell.row_span < first.row_span);
    // 成果指標 over all rows of a sheet whose own first heading is 指標名.
    let others = cells.iter().skip(1).any(|cell| names_indicator(context, grid, cell));
    let (column, last) = if beside && (others || !names_indicator(context, grid, first)) {
        (first.column + first.column_span, row + first.row_span)
    } else {
        (0, grid.rows())
    };
    let cells: Vec<&Cell> = cells.into_iter().filter(|cell| cell.column >= column).collect();
    let known = cells.iter().filter(|cell| cell.row == row && is_heading(context, grid, cell)).count();
    if known < FEWEST_KNOWN || !cells.iter().any(|cell| names_indicator(context, grid, cell)) {
        return None;
    }
    let body = cells.iter().map(|cell| cell.row + cell.row_span).max().unwrap_or(row + 1);
    // Another row of nothing but shaded headings begins something else.
    let is_shaded = |row: usize| grid.row(row).filter(|cell| !cell.text.is_blank()).all(|cell| cell.shaded);
    let shaded = is_shaded(row);
    let goes_on = |row: &usize| {
        column > 0
            || !(shaded && is_shaded(*row))
                && grid.row(*row).count() >= FEWEST_KNOWN
                && (!is_label(context, grid, *row) || is_measured(context, grid, *row))
    };
    let end = (body..last).take_while(goes_on).last().map_or(body, |row| row + 1);
    (end > body).then_some(Sheet { rows: row..end, column })
}

/// Whether a heading names indicators; 活動・成果指標 does by its ending.
fn names_indicator(context: &Context, grid: &Grid, cell: &Cell) -> bool {
    match grid.role(context.rules, cell) {
        Some(role) => role == Role::Indicator,
        None => context.rules.label(&cell.text.text).is_some_and(|label| label.role == Role::Indicator),
    }
}

fn is_heading(context: &Context, grid: &Grid, cell: &Cell) -> bool {
    grid.role(context.rules, cell).is_some() || year::is_whole(context.rules, &cell.text.text)
}

/// Whether the row begins with a label of the form.
fn is_label(context: &Context, grid: &Grid, row: usize) -> bool {
    let first = grid.at(row, 0).filter(|cell| cell.row == row);
    first.is_some_and(|cell| grid.role(context.rules, cell).is_some_and(|role| role != Role::Total))
}

/// Whether figures and nothing else stand beside the first cell of the row: those of 事業費 among indicators.
fn is_measured(context: &Context, grid: &Grid, row: usize) -> bool {
    let mut figures = 0;
    let all = grid.row(row).skip(1).filter(|cell| !cell.text.is_blank()).all(|cell| {
        let is_figure = figure::read(context.rules, &cell.text, None).is_some_and(|read| read.value.is_some());
        figures += usize::from(is_figure);
        is_figure
            || context.rules.matches(Rule::NoValue, &cell.text.text)
            || context.rules.is_unit(cell.text.text.trim())
    });
    all && figures >= FEWEST_FIGURES
}

/// The rows of a table from a column on, as a table of its own; columns in which no cell begins go.
fn part(table: &Table, rows: &[usize], from: usize) -> Table {
    let at = |row: usize| rows.partition_point(|known| *known < row);
    let mut cells: Vec<Cell> = Vec::new();
    for cell in table.cells.iter().filter(|cell| cell.column >= from) {
        let (start, end) = (at(cell.row), at(cell.row + cell.row_span));
        if end > start {
            cells.push(Cell { row: start, row_span: end - start, ..cell.clone() });
        }
    }
    let mut starts: Vec<usize> = cells.iter().map(|cell| cell.column).collect();
    starts.sort_unstable();
    starts.dedup();
    let column = |column: usize| starts.partition_point(|start| *start < column);
    for cell in &mut cells {
        let end = column(cell.column + cell.column_span);
        cell.column = column(cell.column);
        cell.column_span = (end - cell.column).max(1);
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
    Table { page: table.page, rows: rows.len(), columns: starts.len(), cells, repeats: Vec::new(), header_rows: 0 }
}
