//! The indicators: a row for each row of figures with its target, one column for each year; the counts behind rates
//! stand in a row below.

use super::style::Styles;
use super::{Cells, Result, Sheet, Subject, all_years};
use crate::report::{Comparison, Indicator, Measure, Report, Series, SeriesKind, Target};
use rust_xlsxwriter::ColNum;

const NAME: &str = "指標";
const BEFORE: [(&str, f64); 8] = [
    ("区分", 16.0),
    ("指標", 32.0),
    ("行", 24.0),
    ("種別", 8.0),
    ("目標（原文）", 20.0),
    ("目標値", 11.0),
    ("向き", 8.0),
    ("目標年度", 11.0),
];
const AFTER: [(&str, f64); 3] = [("評価", 8.0), ("担当", 16.0), ("注・その他", 48.0)];
const NAME_COLUMN: ColNum = 1;

pub(super) fn sheet(report: &Report, styles: &Styles, cells: &mut Cells) -> Result<Sheet> {
    let mut sheet = Sheet::new(NAME)?;
    let years = years(report);
    let mut columns = BEFORE.to_vec();
    columns.extend(years.iter().map(|(_, label)| (*label, 13.0)));
    columns.extend(AFTER);
    sheet.header(&columns, NAME_COLUMN + 1, styles)?;
    for indicator in &report.indicators {
        rows(indicator, &years, styles, &mut sheet, cells)?;
    }
    let after = (BEFORE.len() + years.len()) as ColNum;
    sheet.hide_unused((0..BEFORE.len() as ColNum).chain(after..after + AFTER.len() as ColNum))?;
    Ok(sheet)
}

/// The years that have a column or a figure anywhere, with a printed label.
fn years(report: &Report) -> Vec<(i32, &str)> {
    let columns = report.indicators.iter().flat_map(|indicator| &indicator.years);
    let figures = report.indicators.iter().flat_map(|indicator| &indicator.series).flat_map(|series| &series.years);
    let columns = columns.map(|year| (year.year, year.label.as_str()));
    all_years(columns.chain(figures.map(|figure| (figure.year, figure.label.as_str()))))
}

fn rows(
    indicator: &Indicator,
    years: &[(i32, &str)],
    styles: &Styles,
    sheet: &mut Sheet,
    cells: &mut Cells,
) -> Result<()> {
    let nothing = [Series::default()];
    let all = if indicator.series.is_empty() { &nothing[..] } else { &indicator.series };
    for (index, series) in all.iter().enumerate() {
        before(indicator, series, styles, sheet, cells)?;
        figures(indicator, series, years, styles, sheet, cells)?;
        let remarks = if index == 0 { remarks(indicator) } else { String::new() };
        after(indicator, &remarks, years.len(), styles, sheet)?;
        sheet.next_row()?;
        if series.years.iter().any(|figure| figure.ratio.is_some()) {
            ratios(series, years, styles, sheet)?;
        }
    }
    Ok(())
}

fn before(indicator: &Indicator, series: &Series, styles: &Styles, sheet: &mut Sheet, cells: &mut Cells) -> Result<()> {
    let name = indicator.name.as_ref().map_or("", |name| name.text.as_str());
    cells.note(Subject::Indicator(name.to_owned(), None), sheet.cell(NAME_COLUMN));
    let kind = match series.kind {
        SeriesKind::Actual => "実績",
        SeriesKind::Target => "目標",
        SeriesKind::Baseline => "基準値",
    };
    let group = indicator.group.as_ref().map_or("", |group| &group.text);
    let label = series.label.as_ref().map_or("", |label| &label.text);
    let target = series.target.clone().unwrap_or_default();
    sheet.texts(&[group, name, label, kind, &target.text], &styles.cell)?;
    let printed =
        target.value.map_or_else(String::new, |value| format!("{value}{}", target.unit.as_deref().unwrap_or("")));
    sheet.figure(5, target.value, &printed, styles)?;
    sheet.text(6, direction(&target), &styles.centre)?;
    sheet.text(7, target.due.as_ref().map_or("", |due| &due.label), &styles.centre)
}

fn direction(target: &Target) -> &'static str {
    match target.comparison {
        Some(Comparison::AtLeast) => "以上",
        Some(Comparison::AtMost) => "以下",
        Some(Comparison::LessThan) => "未満",
        Some(Comparison::MoreThan) => "超",
        None => "",
    }
}

/// The columns of the years, with the figure of each.
fn by_year<'a>(
    series: &'a Series,
    years: &'a [(i32, &str)],
) -> impl Iterator<Item = (ColNum, i32, Option<&'a Measure>)> {
    let find = |year: i32| series.years.iter().find(move |figure| figure.year == year);
    (BEFORE.len() as ColNum..).zip(years).map(move |(column, (year, _))| (column, *year, find(*year)))
}

fn figures(
    indicator: &Indicator,
    series: &Series,
    years: &[(i32, &str)],
    styles: &Styles,
    sheet: &mut Sheet,
    cells: &mut Cells,
) -> Result<()> {
    let name = indicator.name.as_ref().map_or("", |name| name.text.as_str());
    for (column, year, figure) in by_year(series, years) {
        let Some(figure) = figure else {
            sheet.text(column, "", &styles.cell)?;
            continue;
        };
        if series.kind == SeriesKind::Actual {
            cells.note(Subject::Indicator(name.to_owned(), Some(year)), sheet.cell(column));
        }
        sheet.figure(column, figure.value, &figure.text, styles)?;
    }
    Ok(())
}

fn ratios(series: &Series, years: &[(i32, &str)], styles: &Styles, sheet: &mut Sheet) -> Result<()> {
    let blank = [""; BEFORE.len()];
    sheet.texts(&blank, &styles.cell)?;
    sheet.text(2, "（内訳）", &styles.cell)?;
    for (column, _, figure) in by_year(series, years) {
        let ratio = figure.and_then(|figure| figure.ratio.as_ref()).map_or("", |ratio| &ratio.text);
        sheet.text(column, ratio, &styles.cell)?;
    }
    after(&Indicator::default(), "", years.len(), styles, sheet)?;
    sheet.next_row()
}

fn after(indicator: &Indicator, remarks: &str, years: usize, styles: &Styles, sheet: &mut Sheet) -> Result<()> {
    let column = (BEFORE.len() + years) as ColNum;
    match &indicator.grade {
        Some(grade) => sheet.text(column, &grade.text, styles.grade(&grade.grade))?,
        None => sheet.text(column, "", &styles.cell)?,
    }
    sheet.text(column + 1, indicator.responsible.as_ref().map_or("", |text| &text.text), &styles.cell)?;
    sheet.text(column + 2, remarks, &styles.cell)
}

/// The notes and the columns that have no other place.
fn remarks(indicator: &Indicator) -> String {
    let notes = indicator.notes.iter().map(|note| note.text.clone());
    let others = indicator.other.iter().map(|other| format!("{}: {}", other.label, other.text));
    notes.chain(others).collect::<Vec<_>>().join("\n")
}
