//! Takes a table, finds shares that the counts beside them do not give.

use super::tables::{self, label};
use super::{Row, Table, differences, equal, is_total, of_year};
use crate::audit::decimal::{Decimal, Rounding};
use crate::audit::figures::{Figure, indicator_name, of_series, row_name};
use crate::audit::subject::{Subject, in_style};
use crate::audit::{Finding, Severity, Tally};
use crate::report::Measure;
use std::collections::BTreeSet;

/// One printed share with the count beside it.
struct Share<'a, 'c> {
    printed: Figure<'a>,
    row: &'c Row<'a>,
    count: &'c Row<'a>,
    part: Decimal,
}

/// The shares of one year and one pair of columns, and the whole that most of them are of.
struct Split<'a, 'c> {
    shares: Vec<Share<'a, 'c>>,
    whole: Decimal,
}

/// Shares against counts: trusted where most of them are of one whole, printed or summed up.
pub(super) fn shares(subject: &Subject<'_>, tally: &mut Tally, table: &Table<'_>) {
    for split in splits(subject, table) {
        for share in &split.shares {
            tally.case();
            if !fits(share, split.whole) {
                tally.add(wrong(tally, share, split.whole));
            }
        }
    }
}

/// The rates of the report whose counts stand in a column beside them.
pub(in crate::audit) fn beside_counts(subject: &Subject<'_>) -> BTreeSet<*const Measure> {
    let mut found = BTreeSet::new();
    for table in tables::of(subject) {
        for (counts, rates) in pairs(subject, &table) {
            let years: BTreeSet<_> = splits_of(subject, counts, rates).iter().flat_map(years).collect();
            let cells = rates.iter().flat_map(|row| row.series.years.iter());
            found.extend(cells.filter(|cell| years.contains(&cell.year)).map(std::ptr::from_ref));
        }
    }
    found
}

fn years(split: &Split<'_, '_>) -> Option<i32> {
    split.shares.first().map(|share| share.printed.measure.year)
}

fn splits<'a, 'c>(subject: &Subject<'_>, table: &'c Table<'a>) -> Vec<Split<'a, 'c>> {
    pairs(subject, table).into_iter().flat_map(|(counts, rates)| splits_of(subject, counts, rates)).collect()
}

/// Columns of shares, each with the column of counts before it.
fn pairs<'a, 'c>(subject: &Subject<'_>, table: &'c Table<'a>) -> Vec<(&'c [Row<'a>], &'c [Row<'a>])> {
    let mut found = Vec::new();
    let mut counts: Option<&[Row<'_>]> = None;
    for column in &table.columns {
        let figures = || column.iter().flat_map(|row| of_series(row.indicator, row.series));
        if figures().next().is_none() {
            continue;
        }
        if !figures().any(|figure| figure.is_percent()) {
            counts = Some(column);
        } else if figures().all(|figure| figure.is_percent()) && column.iter().all(|row| says_share(subject, row)) {
            found.extend(counts.map(|counts| (counts, column.as_slice())));
        }
    }
    found
}

/// Whether a row is named a share: by its label or, where the label names the part, by its indicator.
fn says_share(subject: &Subject<'_>, row: &Row<'_>) -> bool {
    let says = |text: &str| subject.wording.matches("NUM-10", "share", text);
    says(label(row.series)) || says(indicator_name(row.indicator))
}

fn splits_of<'a, 'c>(subject: &Subject<'_>, counts: &'c [Row<'a>], rates: &'c [Row<'a>]) -> Vec<Split<'a, 'c>> {
    let is_part = |row: &Row<'_>| !is_total(row.name) && !differences::is_difference(subject, row.name);
    let mut by_year: Vec<(i32, Vec<Share<'a, 'c>>)> = Vec::new();
    for (count, row) in counts.iter().zip(rates).filter(|(count, _)| is_part(count)) {
        for printed in of_series(row.indicator, row.series).filter(Figure::is_exact) {
            let year = printed.measure.year;
            let Some(part) = of_year(count, year) else { continue };
            let share = Share { printed, row, count, part };
            match by_year.iter_mut().find(|(one, _)| *one == year) {
                Some((_, shares)) => shares.push(share),
                None => by_year.push((year, vec![share])),
            }
        }
    }
    let split = |(year, shares): (i32, Vec<Share<'a, 'c>>)| {
        let total = counts.iter().rfind(|row| is_total(row.name)).and_then(|row| of_year(row, year));
        let sum = shares.iter().map(|share| share.part).try_fold(Decimal::whole(0), Decimal::plus);
        let fitting = |whole: Decimal| shares.iter().filter(|share| fits(share, whole)).count();
        let whole = [total, sum].into_iter().flatten().reduce(|a, b| if fitting(b) > fitting(a) { b } else { a })?;
        let trusted = fitting(whole) > 1 && fitting(whole) * 2 > shares.len();
        trusted.then_some(Split { shares, whole })
    };
    by_year.into_iter().filter_map(split).collect()
}

fn fits(share: &Share<'_, '_>, whole: Decimal) -> bool {
    let rounded = |mode| share.part.percent_of(whole, share.printed.value.decimals(), mode);
    Rounding::ALL.into_iter().any(|mode| rounded(mode).is_some_and(|reckoned| equal(reckoned, share.printed.value)))
}

fn wrong(tally: &Tally, share: &Share<'_, '_>, whole: Decimal) -> Finding {
    let measure = share.printed.measure;
    let (name, label, printed) = (row_name(share.row.indicator, share.row.series), &measure.label, &measure.text);
    let half_up = share.part.percent_of(whole, share.printed.value.decimals(), Rounding::HalfUp);
    let reckoned = half_up.map_or_else(String::new, |rate| rate.to_string());
    let count = share.count.series.years.iter().find(|one| one.year == measure.year);
    let style = count.map_or("", |one| one.text.as_str());
    let (part, whole) = (in_style(share.part, style), in_style(whole, style));
    tally
        .find(
            Severity::Error,
            format!("「{name}」{label}: 印字された割合は {printed}、{part} は {whole} の {reckoned}%（他の割合は {whole} に対する値と合う）。"),
            format!("{name}, {label}: the printed share is {printed}; {part} of {whole} is {reckoned}% (the other shares are of {whole})."),
        )
        .indicator(indicator_name(share.row.indicator))
        .year(measure.year)
        .at(&measure.at)
        .at(count.map_or(&[], |one| one.at.as_slice()))
        .value("printed", share.printed.value.to_string())
        .value("reckoned", reckoned)
}
