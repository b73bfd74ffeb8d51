//! The details: a row for each initiative and year with status, actions and issues.

use super::style::Styles;
use super::{Result, Sheet};
use crate::report::{Initiative, Labelled, Report, Section, Text, YearEntry};

const NAME: &str = "取組の詳細";
const COLUMNS: [(&str, f64); 14] = [
    ("節", 8.0),
    ("節名", 24.0),
    ("No.", 8.0),
    ("取組", 30.0),
    ("取組内容", 40.0),
    ("担当", 14.0),
    ("年度", 10.0),
    ("評価", 8.0),
    ("実施状況", 12.0),
    ("主な取組", 50.0),
    ("課題等", 40.0),
    ("計画", 30.0),
    ("実績", 30.0),
    ("その他", 30.0),
];
const GRADE: u16 = 7;
/// Columns that stay in sight.
const FIXED: u16 = 4;

pub(super) fn sheet(report: &Report, styles: &Styles) -> Result<Sheet> {
    let mut sheet = Sheet::new(NAME)?;
    sheet.header(&COLUMNS, FIXED, styles)?;
    for section in &report.sections {
        for initiative in &section.initiatives {
            for entry in &initiative.years {
                row(section, initiative, Some(entry), styles, &mut sheet)?;
            }
            if initiative.years.is_empty() {
                row(section, initiative, None, styles, &mut sheet)?;
            }
        }
    }
    if sheet.row > 1 {
        sheet.sheet.autofilter(0, 0, sheet.row - 1, COLUMNS.len() as u16 - 1)?;
        sheet.hide_unused(0..COLUMNS.len() as u16)?;
    }
    Ok(sheet)
}

fn row(
    section: &Section,
    initiative: &Initiative,
    entry: Option<&YearEntry>,
    styles: &Styles,
    sheet: &mut Sheet,
) -> Result<()> {
    let blank = YearEntry::default();
    let year = entry.unwrap_or(&blank);
    let others = lines(initiative.other.iter().chain(&year.other));
    let number = |label: &Option<String>, number: u32| label.clone().unwrap_or_else(|| number.to_string());
    let of_section = number(&section.label, section.number);
    let of_initiative = number(&initiative.label, initiative.number);
    let cells = [
        of_section.as_str(),
        text(section.title.as_ref().or(section.summary_title.as_ref())),
        &of_initiative,
        text(initiative.title.as_ref()),
        text(initiative.description.as_ref()),
        text(initiative.responsible.as_ref()),
        &year.label,
        "",
        year.status.as_ref().map_or("", |status| &status.text),
        text(year.actions.as_ref()),
        text(year.issues.as_ref()),
        text(year.plan.as_ref()),
        text(year.result.as_ref()),
        &others,
    ];
    sheet.texts(&cells, &styles.cell)?;
    if let Some(grade) = year.grade.as_ref().or(year.summary_grade.as_ref()) {
        sheet.text(GRADE, &grade.text, styles.grade(&grade.grade))?;
    }
    sheet.next_row()
}

fn text(text: Option<&Text>) -> &str {
    text.map_or("", |text| &text.text)
}

fn lines<'a>(others: impl Iterator<Item = &'a Labelled>) -> String {
    others.map(|other| format!("{}: {}", other.label, other.text)).collect::<Vec<_>>().join("\n")
}
