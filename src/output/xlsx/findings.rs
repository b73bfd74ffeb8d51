//! The findings, most serious first, each with a link to the cell that it is about.

use super::style::Styles;
use super::{Cells, Result, Sheet};
use crate::audit::{Audit, Finding};
use crate::output::findings::{Language, pages};

const NAME: &str = "点検結果";
const COLUMNS: [(&str, f64); 10] = [
    ("重要度", 9.0),
    ("規則", 10.0),
    ("内容", 80.0),
    ("節", 6.0),
    ("取組", 6.0),
    ("指標", 26.0),
    ("年度", 8.0),
    ("ページ", 12.0),
    ("該当セル", 14.0),
    ("確認", 16.0),
];
const LINK: u16 = 8;

pub(super) fn sheet(audit: &Audit, styles: &Styles, cells: &Cells) -> Result<Sheet> {
    let mut sheet = Sheet::new(NAME)?;
    sheet.header(&COLUMNS, 2, styles)?;
    for finding in &audit.findings {
        row(finding, styles, cells, &mut sheet)?;
    }
    if sheet.row > 1 {
        sheet.sheet.autofilter(0, 0, sheet.row - 1, COLUMNS.len() as u16 - 1)?;
    }
    sheet.next_row()?;
    let meaning = "指摘は、印字された事実どうしの照会であり、誤りの判定ではありません。";
    sheet.line(meaning, &styles.plain)?;
    Ok(sheet)
}

fn row(finding: &Finding, styles: &Styles, cells: &Cells, sheet: &mut Sheet) -> Result<()> {
    let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
    let cells_of_row = [
        "",
        finding.rule,
        &finding.message.ja,
        &number(finding.section),
        &number(finding.initiative),
        finding.indicator.as_deref().unwrap_or(""),
        &finding.year.map_or_else(String::new, |year| year.to_string()),
        &pages(&finding.at),
        "",
        "",
    ];
    sheet.texts(&cells_of_row, &styles.cell)?;
    sheet.text(0, Language::Japanese.severity(finding.severity), &styles.severity(finding.severity))?;
    if let Some(cell) = cells.of(finding) {
        let text = format!("{} {}", cell.sheet, cell.name());
        sheet.sheet.write_url_with_options(sheet.row, LINK, cell.link().as_str(), text, "", Some(&styles.link))?;
    }
    sheet.next_row()
}
