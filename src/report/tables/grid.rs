//! A table as rows and columns: which cell covers a place, whatever is merged.

use crate::document::{Cell, Passage, Table};
use crate::report::rules::{Role, Rules};
use std::cell::OnceCell;

/// Most places of a grid: a larger table is not read.
const LARGEST: usize = 4_000_000;

/// A table with its places.
#[derive(Debug)]
pub(in crate::report) struct Grid<'t> {
    pub(in crate::report) table: &'t Table,
    owners: Vec<u32>,
    /// For each cell what its text means as a heading, once that was asked: every reader of a table asks it of nearly all
    /// cells.
    roles: Vec<OnceCell<Option<Role>>>,
}

impl<'t> Grid<'t> {
    /// `None` for a table without cells or of absurd size.
    pub(in crate::report) fn new(table: &'t Table) -> Option<Self> {
        let places = table.rows.checked_mul(table.columns).filter(|n| (1..=LARGEST).contains(n))?;
        let mut owners = vec![u32::MAX; places];
        for (index, cell) in table.cells.iter().enumerate() {
            for row in cell.row..(cell.row + cell.row_span).min(table.rows) {
                for column in cell.column..(cell.column + cell.column_span).min(table.columns) {
                    owners[row * table.columns + column] = index as u32;
                }
            }
        }
        Some(Self { table, owners, roles: vec![OnceCell::new(); table.cells.len()] })
    }

    pub(in crate::report) fn rows(&self) -> usize {
        self.table.rows
    }

    pub(in crate::report) fn columns(&self) -> usize {
        self.table.columns
    }

    /// The cell that covers a place.
    pub(in crate::report) fn at(&self, row: usize, column: usize) -> Option<&'t Cell> {
        let owner = *self.owners.get(row.checked_mul(self.table.columns)? + column)?;
        self.table.cells.get(owner as usize).filter(|_| column < self.table.columns)
    }

    /// What the text of a cell of this grid means as a heading: [`Rules::role_of`]. The rules are the same each time.
    pub(in crate::report) fn role(&self, rules: &Rules, cell: &Cell) -> Option<Role> {
        let read = || rules.role_of(&cell.text.text);
        let owner = self.owners.get(cell.row * self.table.columns + cell.column).map_or(usize::MAX, |of| *of as usize);
        let own = self.table.cells.get(owner).is_some_and(|of| std::ptr::eq(of, cell));
        match self.roles.get(owner).filter(|_| own) {
            Some(known) => *known.get_or_init(read),
            None => read(),
        }
    }

    /// The text at a place.
    pub(in crate::report) fn text(&self, row: usize, column: usize) -> Option<&'t Passage> {
        self.at(row, column).map(|cell| &cell.text).filter(|text| !text.is_blank())
    }

    /// The cells that cover `row`, each once, from left to right.
    pub(in crate::report) fn row(&self, row: usize) -> impl Iterator<Item = &'t Cell> {
        let mut column = 0;
        std::iter::from_fn(move || {
            while column < self.columns() {
                let found = self.at(row, column);
                column = found.map_or(0, |cell| cell.column + cell.column_span).max(column + 1);
                if found.is_some() {
                    return found;
                }
            }
            None
        })
    }

    /// The only text of a row, if it stands in a cell across (nearly) the whole table: a heading inside the table.
    pub(in crate::report) fn banner(&self, row: usize) -> Option<&'t Passage> {
        let mut filled = self.row(row).filter(|cell| !cell.text.is_blank());
        let (first, more) = (filled.next()?, filled.next());
        let across = first.column == 0 && first.column_span == self.columns() && self.columns() > 1;
        (across && more.is_none() && first.row_span == 1).then_some(&first.text)
    }

    /// The only text of a row, if it stands in the first cell and all others are there and blank: a heading inside a
    /// table whose rulings (or want of them) do not merge its row.
    pub(in crate::report) fn lone(&self, row: usize) -> Option<&'t Passage> {
        let mut rest = self.row(row);
        let first = rest.next()?;
        let alone = first.column == 0 && first.row_span == 1 && !first.text.is_blank();
        let mut count = 0;
        let blank = alone && rest.inspect(|_| count += 1).all(|cell| cell.text.is_blank() && cell.row == row);
        (blank && count > 1).then_some(&first.text)
    }
}
