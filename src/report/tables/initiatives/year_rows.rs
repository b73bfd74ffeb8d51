//! A column that says which year each row is about: the rows of an initiative are its years.

use crate::document::{Cell, Passage};
use crate::report::FiscalYear;
use crate::report::context::Context;
use crate::report::rules::Role;
use crate::report::tables::grid::Grid;
use crate::report::tables::header::Header;
use crate::report::values::year::{self, Anchor};

/// Share of the filled rows that must name a year.
const YEAR_SHARE: f32 = 0.8;

/// What is told of an initiative year by year, in words.
const TOLD: [Role; 5] = [Role::Status, Role::Actions, Role::Issues, Role::Plan, Role::Grade];
/// Columns that tell several initiatives or indicators apart.
const APART: [Role; 5] = [Role::Number, Role::Name, Role::Indicator, Role::Description, Role::Level];

/// The column of years with the year of each row.
#[derive(Debug)]
pub(super) struct YearRows<'t> {
    pub(super) column: usize,
    /// Whether all rows are the years of one initiative, which no column names.
    pub(super) alone: bool,
    /// Labels that name no era, read by the year reported on.
    pub(super) supposed: Vec<&'t Passage>,
    /// For each row of the table, `None` in the header and for rows that are no year's.
    years: Vec<Option<FiscalYear>>,
}

impl<'t> YearRows<'t> {
    /// Looks for a column that is called one of years and names several; none where the header has year columns.
    pub(super) fn find(context: &Context, grid: &Grid<'t>, header: &Header) -> Option<Self> {
        let called = |column: &usize| header.columns[*column].role == Some(Role::Year);
        let column = (0..grid.columns()).find(called).filter(|_| header.year_columns().is_empty())?;
        let rows: Vec<(usize, &'t Passage)> = (header.rows..grid.rows())
            .filter(|row| grid.banner(*row).is_none())
            .filter_map(|row| Some((row, grid.text(row, column)?)))
            .collect();
        let labels: Vec<&str> = rows.iter().map(|(_, text)| text.text.as_str()).collect();
        let (found, anchor) = year::run_near(context.rules, &labels, context.about);
        let mut distinct: Vec<i32> = found.iter().flatten().map(|year| year.year).collect();
        let named = distinct.len();
        distinct.sort_unstable();
        distinct.dedup();
        let alone = distinct.len() == labels.len() && tells_one(grid, header);
        let grouped = alone || is_grouped(grid, header, column);
        if distinct.len() < 2 || !grouped || (named as f32) < YEAR_SHARE * labels.len() as f32 {
            return None;
        }
        let supposed = rows.iter().filter(|_| anchor == Anchor::Reported).map(|(_, text)| *text).collect();
        let mut years = vec![None; grid.rows()];
        for ((row, _), year) in rows.iter().zip(found) {
            years[*row] = year.map(FiscalYear::from);
        }
        Some(Self { column, alone, supposed, years })
    }

    /// The year of a row.
    pub(super) fn of(&self, row: usize) -> Option<&FiscalYear> {
        self.years.get(row)?.as_ref()
    }

    /// All years, each once, ascending.
    pub(super) fn all(&self) -> Vec<FiscalYear> {
        let mut all: Vec<FiscalYear> = self.years.iter().flatten().cloned().collect();
        all.sort_by_key(|year| year.year);
        all.dedup_by_key(|year| year.year);
        all
    }

    /// The row after the last one that goes on with the years of `row`: a year that was there begins anew, and so does
    /// a row for which `begins` holds.
    pub(super) fn end(&self, row: usize, begins: impl Fn(usize) -> bool) -> usize {
        let mut seen: Vec<i32> = self.of(row).iter().map(|year| year.year).collect();
        let mut end = row + 1;
        while let Some(year) = self.of(end).filter(|year| !seen.contains(&year.year) && !begins(end)) {
            seen.push(year.year);
            end += 1;
        }
        end
    }
}

/// Whether the columns tell of one initiative only: what was done, and nothing by which several are told apart.
fn tells_one(grid: &Grid, header: &Header) -> bool {
    let role = |column: usize| header.columns[column].role;
    let told = (0..grid.columns()).filter(|column| role(*column).is_some_and(|role| TOLD.contains(&role))).count();
    // A column that the vocabulary does not know may name them, too.
    let apart = (0..grid.columns()).any(|column| role(column).is_none_or(|role| APART.contains(&role)));
    told > 1 && !apart
}

/// Whether cells before the years stand for several rows each: else each row is an initiative with a year of its own.
fn is_grouped(grid: &Grid, header: &Header, column: usize) -> bool {
    let before = |cell: &&Cell| cell.column < column && cell.row >= header.rows && cell.column_span < grid.columns();
    let named = header.with_role(Role::Name);
    let groups = |cell: &Cell| cell.row_span > 1 && !cell.text.is_blank();
    let goes_on = |cell: &Cell| Some(cell.column) == named && cell.text.is_blank();
    grid.table.cells.iter().filter(before).any(|cell| groups(cell) || goes_on(cell))
}
