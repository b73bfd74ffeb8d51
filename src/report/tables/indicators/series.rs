//! The figures of an indicator's rows under the columns of years: actual figures, targets a year, the baseline.

use super::{Reader, common_unit, is_derived, share_target};
use crate::document::Passage;
use crate::report::lines::joined;
use crate::report::rules::Role;
use crate::report::tables::header::Column;
use crate::report::tables::items::Items;
use crate::report::values::{figure, year};
use crate::report::{FiscalYear, Indicator, Series, SeriesKind, Text};

impl<'t> Reader<'_, '_, '_, 't> {
    /// A series for each row of an indicator that its item names.
    pub(super) fn item_series(
        &mut self,
        indicator: &mut Indicator,
        row: usize,
        end: usize,
        items: &Items,
        unit: Option<&str>,
    ) {
        indicator.years = self.year_list(is_value);
        self.baselines(indicator, row, unit);
        for row in row..end {
            let label = self.grid.text(row, items.column).cloned().unwrap_or_default();
            if is_derived(self.context.rules, &label) {
                continue;
            }
            let Some(mut series) = self.series(row, &label) else { continue };
            self.context.ledger.place(&label);
            series.label = (!label.is_blank()).then(|| self.context.whole(&label));
            // A rate has its own unit, whatever its indicator is counted in.
            let rate = self.context.rules.label(&label.text).is_some_and(|label| label.role == Role::Rate);
            if let Some(unit) = unit.filter(|_| !rate) {
                series.unit.get_or_insert_with(|| unit.to_owned());
                for measure in series.years.iter_mut().filter(|m| m.unit.is_none() && m.value.is_some()) {
                    measure.unit = Some(unit.to_owned());
                }
            }
            indicator.series.push(series);
        }
        share_target(indicator);
    }

    /// The series of a row: actual figures, and where the columns give them, targets a year and the baseline.
    pub(super) fn row_series(&mut self, indicator: &mut Indicator, row: usize, unit: Option<&str>) {
        let yearly_targets = self.has_yearly_targets();
        self.baselines(indicator, row, unit);
        if yearly_targets {
            let label = self.header.columns.iter().find(|c| is_goal(c)).and_then(Column::heading);
            let label = label.map(|label| self.context.whole(label));
            self.columns_series(indicator, row, unit, SeriesKind::Target, label, is_goal);
        }
        indicator.years = self.year_list(is_value);
        let headings = self.shared_years();
        if headings.len() > 1 {
            for heading in headings {
                let label = Some(self.context.whole(heading));
                let own =
                    |column: &Column| is_value(column) && column.heading().is_some_and(|h| h.text == heading.text);
                self.columns_series(indicator, row, unit, SeriesKind::Actual, label, own);
            }
            return;
        }
        let heading = self.header.columns.iter().find(|c| is_value(c) && !c.is_year).and_then(Column::heading);
        let label = heading.filter(|_| yearly_targets).map(|heading| self.context.whole(heading));
        self.columns_series(indicator, row, unit, SeriesKind::Actual, label, is_value);
    }

    /// One series of the columns that are `wanted`, if they hold a figure.
    fn columns_series(
        &mut self,
        indicator: &mut Indicator,
        row: usize,
        unit: Option<&str>,
        kind: SeriesKind,
        label: Option<Text>,
        wanted: impl Fn(&Column) -> bool,
    ) {
        let years = self.measures(row, unit, wanted);
        if !years.is_empty() {
            let unit = unit.map(str::to_owned).or_else(|| common_unit(&years));
            indicator.series.push(Series { label, kind, unit, target: None, years });
        }
    }

    /// The innermost headings of the value columns where one year has several: 男, 女, 計 under 令和５年度. Empty where
    /// each year has one column.
    fn shared_years(&self) -> Vec<&'t Passage> {
        let values: Vec<&Column<'t>> = self.header.columns.iter().filter(|c| is_value(c)).collect();
        let year = |column: &Column| column.year.as_ref().map(|year| year.year);
        let mut headings: Vec<&'t Passage> = Vec::new();
        for heading in values.iter().filter(|column| !column.is_year).filter_map(|column| column.heading()) {
            if !headings.iter().any(|known| known.text == heading.text) {
                headings.push(heading);
            }
        }
        let twice = values.iter().enumerate().any(|(i, column)| {
            values.iter().skip(i + 1).any(|other| {
                let headings = (column.heading().map(|h| &h.text), other.heading().map(|h| &h.text));
                year(column) == year(other) && headings.0 != headings.1
            })
        });
        if twice { headings } else { Vec::new() }
    }

    /// A series for each 基準値 column. A cell can name its own year: 3.2%(H29).
    pub(super) fn baselines(&mut self, indicator: &mut Indicator, row: usize, unit: Option<&str>) {
        let header = self.header;
        for (column, described) in header.columns.iter().enumerate().filter(|(_, c)| is_baseline(c)) {
            // A cell over several columns of the grid is read once.
            let cell = self.grid.at(row, column).filter(|cell| cell.column == column && !cell.text.is_blank());
            let Some(cell) = cell.map(|cell| &cell.text) else { continue };
            let year = described.year.clone().or_else(|| year::find(self.context.rules, &cell.text).map(Into::into));
            let own = self.unit_at(unit, column);
            let Some(read) = figure::read(self.context.rules, cell, own.as_deref()) else { continue };
            let year: FiscalYear = year.unwrap_or_default();
            self.context.ledger.place(cell);
            let series = Series {
                label: described.naming().map(|heading| self.context.whole(&joined(heading))),
                kind: SeriesKind::Baseline,
                unit: unit.map(str::to_owned).or_else(|| read.unit.clone()),
                target: None,
                years: vec![read.measure(self.context.document, &year)],
            };
            indicator.series.push(series);
        }
    }

    /// Whether several columns give targets of a year each.
    pub(super) fn has_yearly_targets(&self) -> bool {
        self.header.columns.iter().filter(|c| is_yearly_target(c)).count() >= 2
    }
}

/// Whether the column gives the target of one year among several.
fn is_yearly_target(column: &Column) -> bool {
    matches!(column.role, Some(Role::Target | Role::Plan)) && column.year.is_some()
}

fn is_baseline(column: &Column) -> bool {
    column.role == Some(Role::Baseline)
}

pub(super) fn is_goal(column: &Column) -> bool {
    matches!(column.role, Some(Role::Target | Role::Plan | Role::Interim))
}

/// Whether the column gives actual figures of a year.
pub(super) fn is_value(column: &Column) -> bool {
    // Figures can stand in years under 達成状況; a grade stands under a heading of its own.
    let graded = column.role == Some(Role::Grade) && !column.is_year;
    let other = graded || matches!(column.role, Some(Role::Rate | Role::Derived | Role::Remark));
    column.year.is_some() && !is_baseline(column) && !is_goal(column) && !other
}
