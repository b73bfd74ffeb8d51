//! Years inside a form: a row that names them, and the values in their columns below.

use super::{Finder, Pair, Part, Sign};
use crate::document::Cell;
use crate::report::FiscalYear;
use crate::report::rules::Role;
use crate::report::values::year;

impl<'t> Finder<'_, '_, 't> {
    /// The columns of a row that names years, and beside them nothing but labels: inside a form the one before the years
    /// may have any name.
    pub(super) fn years_of(&self, cells: &[&'t Cell]) -> Option<Vec<(usize, FiscalYear)>> {
        let mut years = Vec::new();
        let inside = self.pairs().next().is_some();
        for cell in cells {
            match year::whole(self.context.rules, &cell.text.text) {
                Some(year) => years.push((cell.column, year.into())),
                None if self.grid.role(self.context.rules, cell).is_some() || inside && cell.column == 0 => {}
                None => return None,
            }
        }
        (years.len() > 1).then_some(years)
    }

    /// The year columns of the form hold as long as rows have cells in them, and no labels. A row whose label names a year
    /// of its own is not told of theirs: 令和５年度評価.
    pub(super) fn is_yearly(&mut self, cells: &[&'t Cell]) -> bool {
        let under = |cell: &&Cell| self.years.iter().any(|(column, _)| *column == cell.column);
        let dated = |cell: &&Cell| self.context.rules.label(&cell.text.text).is_some_and(|label| label.year.is_some());
        // Words alone do not tell: 実施 is a plan, too.
        let labelled = self.sign == Sign::Shade && cells.iter().any(|cell| under(cell) && self.is_label(cell));
        let yearly = cells.iter().any(under) && !labelled && !cells.first().is_some_and(dated);
        if !yearly {
            self.years.clear();
        }
        yearly
    }

    /// Gives the last pair the year over its value. Over several years a plan is one of each (計画 実施→); anything else
    /// is said of all and of none.
    pub(super) fn spread(&mut self, value: &Cell) {
        let across = value.column..value.column + value.column_span;
        let years: Vec<FiscalYear> =
            self.years.iter().filter(|(column, _)| across.contains(column)).map(|(_, year)| year.clone()).collect();
        let planned = matches!(self.parts.last(), Some(Part::Pair(pair)) if pair.role == Some(Role::Plan));
        if !planned && years.len() != 1 {
            return;
        }
        let Some(Part::Pair(pair)) = self.parts.pop() else { return };
        if years.is_empty() {
            self.parts.push(Part::Pair(pair));
            return;
        }
        self.parts.extend(years.into_iter().map(|year| Part::Pair(Pair { year: Some(year), ..pair.clone() })));
    }
}
