//! Takes a column of rows, finds differences from the year before that the row above does not give.

use super::{Row, equal, is_total, of_year};
use crate::audit::decimal::Decimal;
use crate::audit::figures::{Figure, indicator_name, of_series, row_name};
use crate::audit::subject::{Subject, in_style};
use crate::audit::{Finding, Severity, Tally};

/// Whether the row says that it is the difference from the year before.
pub(super) fn is_difference(subject: &Subject<'_>, name: &str) -> bool {
    subject.wording.matches("NUM-10", "difference", name)
}

/// One difference: what is printed, and the figures of both years with what they give.
struct Step<'a> {
    printed: Figure<'a>,
    before: Decimal,
    after: Decimal,
    gives: Decimal,
}

/// A row of differences against the row that it follows: the total, the only other row, or a row that most of the
/// differences fit.
pub(super) fn differences(subject: &Subject<'_>, tally: &mut Tally, column: &[Row<'_>]) {
    let others = column.iter().filter(|row| !is_difference(subject, row.name)).count();
    let mut above: Option<&Row<'_>> = None;
    for row in column {
        if !is_difference(subject, row.name) {
            above = Some(row);
            continue;
        }
        let Some(of) = above else { continue };
        let steps: Vec<_> = of_series(row.indicator, row.series).filter_map(|figure| step(of, figure)).collect();
        let fits = steps.iter().filter(|one| fits(one)).count();
        if !is_total(of.name) && others > 1 && fits * 2 <= steps.len() {
            continue;
        }
        for one in &steps {
            tally.case();
            if !fits_or_unsigned(one) {
                tally.add(wrong(tally, row, of, one));
            }
        }
    }
}

fn step<'a>(of: &Row<'_>, printed: Figure<'a>) -> Option<Step<'a>> {
    if printed.is_percent() || !printed.is_exact() {
        return None;
    }
    let (before, after) = (of_year(of, printed.measure.year - 1)?, of_year(of, printed.measure.year)?);
    Some(Step { printed, before, after, gives: after.minus(before)? })
}

fn fits(step: &Step<'_>) -> bool {
    equal(step.printed.value, step.gives)
}

/// A fall may be printed without a sign.
fn fits_or_unsigned(step: &Step<'_>) -> bool {
    fits(step) || equal(step.printed.value, step.gives.abs())
}

fn wrong(tally: &Tally, row: &Row<'_>, of: &Row<'_>, step: &Step<'_>) -> Finding {
    let measure = step.printed.measure;
    let (name, whole) = (row_name(row.indicator, row.series), row_name(of.indicator, of.series));
    let (label, printed, year) = (&measure.label, &measure.text, measure.year);
    let both: Vec<_> = of.series.years.iter().filter(|one| one.year == year || one.year == year - 1).collect();
    let style = both.iter().map(|one| one.text.as_str()).collect::<String>();
    let (before, after, gives) =
        (in_style(step.before, &style), in_style(step.after, &style), in_style(step.gives, &style));
    let mut finding = tally
        .find(
            Severity::Error,
            format!("「{name}」{label}: 印字された差は {printed}、「{whole}」の {after} と前年度の {before} の差は {gives}。"),
            format!("{name}, {label}: the printed difference is {printed}; {whole} went from {before} to {after}, which is {gives}."),
        )
        .indicator(indicator_name(row.indicator))
        .year(year)
        .at(&measure.at)
        .value("printed", step.printed.value.to_string())
        .value("reckoned", step.gives.to_string());
    for one in both {
        finding = finding.at(&one.at);
    }
    finding
}
