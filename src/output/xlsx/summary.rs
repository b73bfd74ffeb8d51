//! The matrix of grades as printed: sections, initiatives, one column for each year, and the legend below.

use super::style::Styles;
use super::{Cell, Cells, Result, Sheet, Subject, all_years};
use crate::report::{Initiative, Report, Section};
use rust_xlsxwriter::ColNum;

const NAME: &str = "一覧";
/// Columns before the years.
const BEFORE: ColNum = 3;

pub(super) fn sheet(report: &Report, styles: &Styles, cells: &mut Cells) -> Result<Sheet> {
    let mut sheet = Sheet::new(NAME)?;
    head(report, styles, &mut sheet)?;
    let years = all_years(
        report.sections.iter().flat_map(|section| &section.years).map(|year| (year.year, year.label.as_str())),
    );
    let mut columns = vec![("No.", 8.0), ("取組", 48.0), ("担当", 18.0)];
    columns.extend(years.iter().map(|(_, label)| (*label, 11.0)));
    sheet.header(&columns, BEFORE - 1, styles)?;
    for section in &report.sections {
        heading(section, &years, styles, &mut sheet, cells)?;
        for initiative in &section.initiatives {
            row(section, initiative, &years, styles, &mut sheet, cells)?;
        }
    }
    legend(report, styles, &mut sheet)?;
    Ok(sheet)
}

fn head(report: &Report, styles: &Styles, sheet: &mut Sheet) -> Result<()> {
    let head = &report.document;
    sheet.line(head.title.as_ref().map_or("進捗状況報告", |title| &title.text), &styles.title)?;
    let parts = [
        head.subtitle.as_ref().map(|text| text.text.as_str()),
        head.organization.as_ref().map(|body| body.name.as_str()),
        head.publisher.as_ref().map(|text| text.text.as_str()),
        head.published.as_ref().map(|published| published.label.as_str()),
    ];
    sheet.line(&parts.into_iter().flatten().collect::<Vec<_>>().join("　"), &styles.plain)
}

fn heading(
    section: &Section,
    years: &[(i32, &str)],
    styles: &Styles,
    sheet: &mut Sheet,
    cells: &mut Cells,
) -> Result<()> {
    let title = section.title.as_ref().or(section.summary_title.as_ref()).map_or("", |title| &title.text);
    let label = section.label.clone().unwrap_or_else(|| section.number.to_string());
    let path: Vec<_> = section.path.iter().map(|level| level.text.as_str()).collect();
    let path = if path.is_empty() { String::new() } else { format!("　［{}］", path.join(" > ")) };
    cells.note(Subject::Section(section.number), sheet.cell(0));
    sheet.texts(&[&label, &format!("{title}{path}"), ""], &styles.group)?;
    for (column, (year, _)) in (BEFORE..).zip(years) {
        match section.grades.iter().find(|grade| grade.year == *year) {
            Some(entry) => sheet.text(column, &entry.grade.text, styles.grade(&entry.grade.grade))?,
            None => sheet.text(column, "", &styles.group)?,
        }
    }
    sheet.next_row()
}

fn row(
    section: &Section,
    initiative: &Initiative,
    years: &[(i32, &str)],
    styles: &Styles,
    sheet: &mut Sheet,
    cells: &mut Cells,
) -> Result<()> {
    let label = initiative.label.clone().unwrap_or_else(|| initiative.number.to_string());
    sheet.text(0, &label, &styles.centre)?;
    sheet.text(1, initiative.title.as_ref().map_or("", |title| &title.text), &styles.cell)?;
    sheet.text(2, initiative.responsible.as_ref().map_or("", |text| &text.text), &styles.cell)?;
    cells.note(Subject::Initiative(section.number, initiative.number, None), sheet.cell(1));
    for (column, (year, _)) in (BEFORE..).zip(years) {
        let entry = initiative.years.iter().find(|entry| entry.year == *year);
        let grade = entry.and_then(|entry| entry.summary_grade.as_ref().or(entry.grade.as_ref()));
        let cell: Cell = sheet.cell(column);
        cells.note(Subject::Initiative(section.number, initiative.number, Some(*year)), cell);
        match grade {
            Some(grade) => sheet.text(column, &grade.text, styles.grade(&grade.grade))?,
            None if section.years.iter().any(|reported| reported.year == *year) => {
                sheet.text(column, "", &styles.centre)?;
            }
            None => sheet.text(column, "", &styles.outside)?,
        }
    }
    sheet.next_row()
}

fn legend(report: &Report, styles: &Styles, sheet: &mut Sheet) -> Result<()> {
    sheet.next_row()?;
    if !report.grade_scale.is_empty() {
        sheet.line("凡例（色は凡例の順の区別で、良し悪しを表すものではありません）", &styles.plain)?;
    }
    for entry in &report.grade_scale {
        sheet.text(0, &entry.grade, styles.grade(&entry.grade))?;
        let scale = entry.scale.as_ref().map_or_else(String::new, |scale| format!("［{scale}］"));
        sheet.text(1, &format!("{scale}{}", entry.meaning), &styles.cell)?;
        sheet.next_row()?;
    }
    for note in &report.footnotes {
        sheet.line(&format!("{} {}", note.mark, note.text), &styles.plain)?;
    }
    Ok(())
}
