//! Rows of a table of initiatives that add up or count those above: 評価Aの数, 合計. Each is an indicator named after its
//! row. Figures of years are one series; those of other columns are one for each column.

use super::{Field, Reader};
use crate::document::{Cell, Passage};
use crate::report::rules::{Role, Rule};
use crate::report::values::fold::Folded;
use crate::report::values::{figure, grade};
use crate::report::{FiscalYear, Indicator, Series, SeriesKind};

impl<'t> Reader<'_, '_, 't> {
    /// Reads a row of totals as an indicator; says whether it is one.
    pub(super) fn total_row(&mut self, row: usize) -> bool {
        let mut filled = self.grid.row(row).filter(|cell| !cell.text.is_blank()).peekable();
        // A subtotal stands beside what it is of: a level that begins above.
        let is_level = |cell: &&Cell| cell.row < row && self.levels.contains(&cell.column);
        let of = std::iter::from_fn(|| filled.next_if(is_level)).last().map(|cell| &cell.text);
        let Some(cell) = filled.next() else { return false };
        let name = &cell.text;
        let rules = self.context.rules;
        let folded = Folded::new(&name.text);
        let sums = rules.matches_folded(Rule::Total, &folded)
            || rules.label(&name.text).is_some_and(|label| label.role == Role::Total);
        let total = sums || rules.matches_folded(Rule::GradeTotal, &folded) || self.counts_grades(row, cell);
        if !total {
            return false;
        }
        let mut series = Vec::from_iter(self.yearly_total(row, name));
        let beside = cell.column + cell.column_span;
        let (of_columns, measured) = if sums { self.column_totals(row, beside) } else { (Vec::new(), None) };
        series.extend(of_columns);
        if series.is_empty() {
            return false;
        }
        self.context.ledger.place(name);
        let group = of.or(measured);
        group.iter().for_each(|group| self.context.ledger.place(group));
        let group = group.map(|group| self.context.whole(group));
        let (name, years) = (Some(self.context.whole(name)), self.years.clone());
        self.totals.push(Indicator { name, group, years, series, ..Indicator::default() });
        true
    }

    /// The figures of a row under columns of years.
    fn yearly_total(&mut self, row: usize, name: &'t Passage) -> Option<Series> {
        let unit = self.context.rules.unit_in(&name.text);
        let mut series = Series { label: Some(self.context.whole(name)), ..Series::default() };
        for column in 0..self.grid.columns() {
            let described = &self.header.columns[column];
            let (Some(year), Some(cell)) = (&described.year, self.grid.text(row, column)) else { continue };
            let again =
                column > 0 && self.grid.at(row, column - 1).is_some_and(|before| std::ptr::eq(&before.text, cell));
            let unit = unit.as_deref().or(described.unit.as_deref());
            if let Some(read) = figure::read(self.context.rules, cell, unit).filter(|_| !again) {
                self.context.ledger.place(cell);
                series.unit = series.unit.take().or_else(|| read.unit.clone());
                series.years.push(read.measure(self.context.document, year));
            }
        }
        (!series.years.is_empty()).then_some(series)
    }

    /// The sums under columns that belong to no year, from column `from` on, and what stands over all these columns.
    fn column_totals(&mut self, row: usize, from: usize) -> (Vec<Series>, Option<&'t Passage>) {
        let mut all: Vec<Series> = Vec::new();
        let mut over: Vec<Option<&'t Passage>> = Vec::new();
        for column in from..self.grid.columns() {
            let described = &self.header.columns[column];
            let own = self.grid.at(row, column).filter(|cell| cell.column == column && !cell.text.is_blank());
            let (Some(cell), Some(heading), None) = (own, described.heading(), &described.year) else { continue };
            let Some(read) = figure::read(self.context.rules, &cell.text, described.unit.as_deref()) else { continue };
            let kind = match described.role {
                Some(Role::Plan | Role::Target) => SeriesKind::Target,
                _ => SeriesKind::Actual,
            };
            let year: FiscalYear = self.year_of(column).map(std::borrow::Cow::into_owned).unwrap_or_default();
            let outer = described.headings.len().checked_sub(2).and_then(|outer| described.headings.get(outer));
            over.push(outer.copied());
            self.context.ledger.place(&cell.text);
            let (label, unit) =
                (Some(self.context.whole(heading)), described.unit.clone().or_else(|| read.unit.clone()));
            all.push(Series {
                label,
                kind,
                unit,
                target: None,
                years: vec![read.measure(self.context.document, &year)],
            });
        }
        let first = over.first().copied().flatten();
        let shared =
            first.filter(|first| over.iter().flatten().filter(|of| std::ptr::eq(**of, *first)).count() == over.len());
        (all, shared)
    }

    /// Whether `name` covers all the columns of labels, says that something is counted, and figures stand beside it
    /// where other rows have grades.
    fn counts_grades(&self, row: usize, name: &Cell) -> bool {
        let rules = self.context.rules;
        let holds = |column: &usize| self.graded[*column] || self.fields[*column] == Some(Field::Grade);
        let labels = (0..self.grid.columns()).take_while(|column| !holds(column)).count();
        let across = name.column_span > 1 && name.column + name.column_span == labels;
        let graded = (labels..self.grid.columns()).filter(holds);
        let mut values = graded.filter_map(|column| self.grid.text(row, column)).peekable();
        let is_count = |cell: &Passage| {
            let count = figure::read(rules, cell, None);
            count.is_some() && !grade::is_one(rules, cell, &self.context.scale)
        };
        across && values.peek().is_some() && rules.matches(Rule::Measured, &name.text.text) && values.all(is_count)
    }
}
