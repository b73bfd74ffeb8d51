//! Takes a table, finds totals that their parts do not give.

use super::grades::counted_grade;
use super::{Row, Table, differences, equal, is_total, of_year};
use crate::audit::decimal::Decimal;
use crate::audit::figures::{Figure, indicator_name, of_series, row_name};
use crate::audit::legend::sign;
use crate::audit::subject::{Subject, in_style};
use crate::audit::{Finding, Severity, Tally};

/// One cell of a total row: what is printed and what the parts add up to.
struct Sum<'a, 'c> {
    total: Figure<'a>,
    row: &'c Row<'a>,
    parts: Vec<&'c Row<'a>>,
    sum: Decimal,
}

/// A total row against the rows before it, since the total before that: for one whole table or for its subtotals.
pub(super) fn sums(subject: &Subject<'_>, tally: &mut Tally, table: &Table<'_>) {
    let longest = table.columns.iter().map(Vec::len).max().unwrap_or(0);
    let mut start = 0;
    for at in 0..longest {
        let here = |column: &Vec<Row<'_>>| column.get(at).is_some_and(|row| is_total(row.name));
        if !table.columns.iter().any(here) {
            continue;
        }
        let cells: Vec<_> =
            table.columns.iter().filter(|column| here(column)).flat_map(|c| cells(subject, c, start, at)).collect();
        judge(subject, tally, &cells);
        start = at + 1;
    }
}

/// The cells of the total in row `at` of a column whose parts all print a figure.
fn cells<'a, 'c>(subject: &Subject<'_>, column: &'c [Row<'a>], start: usize, at: usize) -> Vec<Sum<'a, 'c>> {
    let (Some(rows), Some(row)) = (column.get(start..at), column.get(at)) else { return Vec::new() };
    let parts: Vec<_> = rows.iter().filter(|row| !differences::is_difference(subject, row.name)).collect();
    if parts.len() < 2 {
        return Vec::new();
    }
    let cell = |total: Figure<'a>| {
        let values: Option<Vec<_>> = parts.iter().map(|row| of_year(row, total.measure.year)).collect();
        let sum = values?.into_iter().try_fold(Decimal::whole(0), Decimal::plus)?;
        Some(Sum { total, row, parts: parts.clone(), sum })
    };
    of_series(row.indicator, row.series).filter(|figure| !figure.is_percent()).filter_map(cell).collect()
}

fn judge(subject: &Subject<'_>, tally: &mut Tally, cells: &[Sum<'_, '_>]) {
    let fits = cells.iter().filter(|cell| equal(cell.total.value, cell.sum)).count();
    let named = cells.iter().all(|cell| men_and_women(&cell.parts) || all_grades(subject, &cell.parts));
    if !named && fits * 2 <= cells.len() {
        return;
    }
    for cell in cells {
        tally.case();
        if !equal(cell.total.value, cell.sum) {
            tally.add(wrong_sum(tally, cell));
        }
    }
}

fn men_and_women(parts: &[&Row<'_>]) -> bool {
    parts.len() == 2 && ["男", "女"].iter().all(|sex| parts.iter().any(|row| row.name.contains(sex)))
}

/// Whether the parts are the grades of the legend, each of them once.
fn all_grades(subject: &Subject<'_>, parts: &[&Row<'_>]) -> bool {
    let counted: Option<Vec<_>> = parts.iter().map(|row| counted_grade(subject, row)).collect();
    let scale = &subject.report.grade_scale;
    counted.is_some_and(|grades| {
        grades.len() == scale.len() && scale.iter().all(|grade| grades.contains(&sign(&grade.grade)))
    })
}

fn wrong_sum(tally: &Tally, cell: &Sum<'_, '_>) -> Finding {
    let (total, measure) = (cell.row, cell.total.measure);
    let (name, printed, label) = (row_name(total.indicator, total.series), &measure.text, &measure.label);
    let names: Vec<_> = cell.parts.iter().map(|row| row.name).collect();
    let sum = in_style(cell.sum, printed);
    let mut finding = tally
        .find(
            Severity::Error,
            format!("「{name}」{label}: 印字された合計は {printed}、内訳（{}）の和は {sum}。", names.join("・")),
            format!(
                "{name}, {label}: the printed total is {printed}, its parts ({}) add up to {sum}.",
                names.join(", ")
            ),
        )
        .indicator(indicator_name(total.indicator))
        .year(measure.year)
        .at(&measure.at)
        .value("printed", cell.total.value.to_string())
        .value("sum", cell.sum.to_string());
    for part in cell.parts.iter().flat_map(|row| row.series.years.iter()).filter(|one| one.year == measure.year) {
        finding = finding.at(&part.at);
    }
    finding
}
