//! XDC-01 and XDC-03: figures and targets of one year in two editions.

use super::announced::announced;
use super::changed;
use super::tracks::{Row, Tracks, measure, years_of};
use crate::audit::decimal::Decimal;
use crate::audit::figures::{indicator_name, row_name};
use crate::audit::subject::plain;
use crate::audit::{Finding, Severity, Tally};
use crate::report::{Measure, SeriesKind, Target};

pub(super) fn with_ratio(measure: &Measure) -> String {
    match &measure.ratio {
        Some(ratio) => format!("{} {}", measure.text, ratio.text.trim()),
        None => measure.text.clone(),
    }
}

/// Whether both print a figure and not the same one: `100%` and `100.0%` are the same.
pub(super) fn differ(a: &Measure, b: &Measure) -> bool {
    let value = |measure: &Measure| Decimal::printed(&measure.text, measure.value?);
    let unequal = |a: Decimal, b: Decimal| a.compare(b).is_some_and(std::cmp::Ordering::is_ne);
    let (Some(old), Some(new)) = (value(a), value(b)) else { return false };
    let counts = match (&a.ratio, &b.ratio) {
        (Some(a), Some(b)) => {
            a.numerator.to_bits() != b.numerator.to_bits() || a.denominator.to_bits() != b.denominator.to_bits()
        }
        _ => false,
    };
    unequal(old, new) || counts
}

/// The consecutive printed figures of one kind of rows.
fn figure_steps(tracks: &Tracks<'_>, tally: &mut Tally, targets: bool, make: &dyn Fn(&Tally, &Step<'_>) -> Finding) {
    for track in &tracks.rows {
        let kind = |row: &Row<'_>| (row.series.kind == SeriesKind::Target) == targets;
        for year in years_of(track) {
            let rows = track.seen.iter().filter(|(_, row)| kind(row));
            let printed: Vec<_> = rows.filter_map(|(n, row)| Some((*n, row, measure(row, year)?))).collect();
            for pair in printed.windows(2) {
                let [(older, _, was), (newer, row, is)] = pair else { continue };
                if was.value.is_none() || is.value.is_none() {
                    continue;
                }
                tally.case();
                if differ(was, is) {
                    let files = (tracks.file(*older), tracks.file(*newer));
                    tally.add(make(tally, &Step { files, row, was, is }));
                }
            }
        }
    }
}

/// One figure in two editions.
struct Step<'a> {
    files: (&'a str, &'a str),
    row: &'a Row<'a>,
    was: &'a Measure,
    is: &'a Measure,
}

fn figure_change(tally: &Tally, step: &Step<'_>, severity: Severity, ja: &str, en: &str) -> Finding {
    let (old, new) = (with_ratio(step.was), with_ratio(step.is));
    let (name, year, (a, b)) = (row_name(step.row.indicator, step.row.series), &step.is.label, step.files);
    let finding = tally
        .find(
            severity,
            format!("「{name}」{year}の{ja}: {a} では {old}、{b} では {new}。"),
            format!("{name}, {year}: the {en} is {old} in {a} and {new} in {b}."),
        )
        .indicator(indicator_name(step.row.indicator))
        .year(step.is.year)
        .at_file(a, &step.was.at)
        .at_file(b, &step.is.at);
    changed(finding, (a, b), &old, &new)
}

pub(super) fn figures(tracks: &Tracks<'_>, tally: &mut Tally) {
    figure_steps(tracks, tally, false, &|tally, step| {
        let baseline = step.row.series.kind == SeriesKind::Baseline;
        let (ja, en) = if baseline { ("基準値", "baseline") } else { ("実績", "actual") };
        figure_change(tally, step, Severity::Error, ja, en)
    });
}

pub(super) fn targets(tracks: &Tracks<'_>, tally: &mut Tally) {
    figure_steps(tracks, tally, true, &|tally, step| figure_change(tally, step, Severity::Warning, "目標", "target"));
    for track in &tracks.rows {
        let printed: Vec<_> =
            track.seen.iter().filter_map(|(n, row)| Some((*n, row, row.series.target.as_ref()?))).collect();
        for pair in printed.windows(2) {
            let [(older, _, was), (newer, row, is)] = pair else { continue };
            tally.case();
            if same_target(was, is) {
                continue;
            }
            let (a, b) = (tracks.file(*older), tracks.file(*newer));
            let (name, old, new) = (row_name(row.indicator, row.series), &was.text, &is.text);
            let finding = tally.find(
                Severity::Warning,
                format!("「{name}」の目標: {a} では「{old}」、{b} では「{new}」。"),
                format!("{name}: the target is “{old}” in {a} and “{new}” in {b}."),
            );
            let finding = finding.indicator(indicator_name(row.indicator)).at_file(a, &was.at).at_file(b, &is.at);
            tally.add(changed(finding, (a, b), old, new));
        }
    }
    announced(tracks, tally);
}

fn same_target(a: &Target, b: &Target) -> bool {
    let value = |target: &Target| target.value.and_then(|value| Decimal::printed(&target.text, value));
    let equal = match (value(a), value(b)) {
        (Some(a), Some(b)) => a.compare(b).is_some_and(std::cmp::Ordering::is_eq),
        (None, None) => plain(&a.text) == plain(&b.text),
        _ => false,
    };
    let due = |target: &Target| target.due.as_ref().map(|due| due.year);
    let scope = |target: &Target| target.scope.as_deref().map(plain);
    equal && due(a) == due(b) && scope(a) == scope(b) && a.comparison == b.comparison
}
