//! Rows below the years of an initiative whose one cell lies under all of them: 担当部署, 今後の方向性. They say something
//! of the initiative, or of the year that their label names, and not the same of each year.

use super::columns::settled;
use super::put::{self, Value};
use super::{Field, Reader};
use crate::document::Cell;
use crate::report::rules::Role;
use crate::report::{FiscalYear, Initiative};

/// Fewest years that a row is said of as a whole.
const FEWEST_YEARS: usize = 2;

impl<'t> Reader<'_, '_, 't> {
    /// The cell of `row` that lies under all years, unless it is a plan, which is one of each.
    fn under_all(&self, row: usize) -> Option<&'t Cell> {
        let items = self.items.as_ref()?;
        let years = self.header.year_columns();
        let (first, last) = (*years.first()?, *years.last()?);
        let cell = self.grid.at(row, first).filter(|cell| !cell.text.is_blank())?;
        let planned = matches!(items.roles.get(row).copied().flatten(), Some(Role::Plan | Role::Target));
        let covers = cell.column <= first && last < cell.column + cell.column_span;
        (covers && years.len() >= FEWEST_YEARS && !planned).then_some(cell)
    }

    /// Whether a value is read with the whole of its row.
    pub(super) fn is_across(&self, row: usize, cell: &Cell) -> bool {
        cell.column_span >= FEWEST_YEARS && self.under_all(row).is_some_and(|of| std::ptr::eq(of, cell))
    }

    /// Reads such rows among `row..end`.
    pub(super) fn told_of_all(&mut self, initiative: &mut Initiative, row: usize, end: usize) {
        let Some(column) = self.items.as_ref().map(|items| items.column) else { return };
        for row in row..end {
            let Some(cell) = self.under_all(row).filter(|cell| cell.row == row) else { continue };
            let Some(label) = self.grid.text(row, column) else { continue };
            let known = self.context.rules.label(&label.text);
            let named: Option<FiscalYear> = known.as_ref().and_then(|known| known.year.clone()).map(FiscalYear::from);
            let field = known.map_or(Field::Other, |known| Field::of(known.role));
            let field = settled(self.context, field, std::iter::once(&cell.text));
            let told = named.is_some() && named.as_ref().map(|year| year.year) == self.context.reported();
            let field = match field {
                // 令和５年度の取組内容 tells what was done in that year.
                Field::Description if told => Field::Actions,
                Field::Result if !self.items.as_ref().is_some_and(super::Items::plans) => Field::Actions,
                field => field,
            };
            let is_label = matches!(field, Field::Number | Field::Name | Field::Description | Field::Responsible);
            if is_label && named.is_none() && !put::has_label(initiative, field) {
                self.context.ledger.place(&cell.text);
                put::put_label(self.context, initiative, field, &cell.text);
                continue;
            }
            let field = if is_label { Field::Other } else { field };
            let reported = self.context.fiscal_year.clone().filter(|_| field != Field::Other);
            let year = named.or(reported);
            let (text, ringed) = (&cell.text, cell.ringed.as_slice());
            Value { field, label: Some(label), year: year.as_ref(), text, ringed }.put(self.context, initiative);
        }
    }
}
