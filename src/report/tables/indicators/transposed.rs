//! Tables of figures with years as rows and indicators as columns.

use super::common_unit;
use crate::report::context::Context;
use crate::report::rules::Role;
use crate::report::tables::grid::Grid;
use crate::report::values::{figure, goal, year};
use crate::report::{FiscalYear, Indicator, Series};

/// Reads a table whose rows are years and whose columns are indicators; `None` when it is none.
pub(in crate::report) fn transposed(context: &mut Context, grid: &Grid) -> Option<Vec<Indicator>> {
    let labels: Vec<&str> =
        (0..grid.rows()).map(|row| grid.text(row, 0).map_or("", |text| text.text.as_str())).collect();
    let years: Vec<Option<FiscalYear>> =
        (0..grid.rows()).map(|row| year::whole(context.rules, labels[row]).map(Into::into)).collect();
    let years = if years.iter().flatten().count() >= 2 {
        years
    } else {
        year::run(context.rules, &labels).into_iter().map(|year| year.map(Into::into)).collect()
    };
    let first = years.iter().position(Option::is_some)?;
    let target = |row: usize| context.rules.label(labels[row]).filter(|label| label.role == Role::Target);
    let head = (0..first).find(|row| target(*row).is_some()).unwrap_or(first);
    if years.iter().flatten().count() < 2 || head == 0 {
        return None;
    }
    let mut indicators = Vec::new();
    for column in 1..grid.columns() {
        let Some(name) = (0..head).rev().find_map(|row| grid.text(row, column)) else { continue };
        let mut indicator = Indicator { name: Some(context.whole(name)), ..Indicator::default() };
        let unit = context.rules.unit_in(&name.text);
        let mut series = Series { label: indicator.name.clone(), unit: unit.clone(), ..Series::default() };
        context.ledger.place(name);
        for row in head..grid.rows() {
            let Some(cell) = grid.text(row, column) else { continue };
            if let Some(year) = &years[row] {
                if let Some(read) = figure::read(context.rules, cell, unit.as_deref()) {
                    context.ledger.place(cell);
                    series.years.push(read.measure(context.document, year));
                }
            } else if let Some(label) = context.rules.label(labels[row]).filter(|label| label.role == Role::Target) {
                let due = label.year.map(FiscalYear::from);
                if let Some(read) = goal::read(context.rules, cell, unit.as_deref(), due.as_ref()) {
                    context.check_goal(&read);
                    context.ledger.place(cell);
                    series.target = Some(read.target(context.document));
                }
            }
        }
        indicator.years = years.iter().flatten().cloned().collect();
        let target_unit = series.target.as_ref().and_then(|target| target.unit.clone());
        series.unit = series.unit.take().or_else(|| common_unit(&series.years)).or(target_unit);
        // The column is the indicator: its unit holds for a sign that stands for "no value", too.
        for measure in series.years.iter_mut().filter(|measure| measure.unit.is_none()) {
            measure.unit.clone_from(&series.unit);
        }
        if !series.years.is_empty() {
            indicator.series.push(series);
            indicators.push(indicator);
        }
    }
    if indicators.is_empty() {
        return None;
    }
    for row in 0..grid.rows() {
        if let Some(label) = grid.text(row, 0) {
            context.ledger.structure(label);
        }
        if row < head {
            for cell in grid.row(row) {
                context.ledger.structure(&cell.text);
            }
        }
    }
    Some(indicators)
}
