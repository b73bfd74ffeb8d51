//! Everything else: what sections are to reach, notes, paragraphs, what could not be placed, doubts of the reading, and
//! the file with the account of its characters.

use super::style::Styles;
use super::{Result, Sheet};
use crate::geom::Place;
use crate::report::{Report, Section, Text};

const NAME: &str = "注と原本";
const COLUMNS: [(&str, f64); 4] = [("区分", 20.0), ("見出し", 24.0), ("内容", 100.0), ("ページ", 8.0)];

pub(super) fn sheet(report: &Report, styles: &Styles) -> Result<Sheet> {
    let mut sheet = Sheet::new(NAME)?;
    sheet.header(&COLUMNS, 1, styles)?;
    let mut add = |kind: &str, heading: &str, text: &str, at: &[Place]| -> Result<()> {
        let page = at.first().map_or_else(String::new, |place| place.page.to_string());
        sheet.texts(&[kind, heading, text, &page], &styles.cell)?;
        sheet.next_row()
    };
    for section in &report.sections {
        for (kind, lines) in [("節の目的", &section.objectives), ("節の目標", &section.targets)] {
            for line in lines {
                add(kind, &name(section), &line.text, &line.at)?;
            }
        }
    }
    for note in &report.footnotes {
        add("注", &note.mark, &note.text, &note.at)?;
    }
    for text in &report.prose {
        add("本文", "", &text.text, &text.at)?;
    }
    for text in &report.unplaced {
        add("位置付けできなかった文字", "", &text.text, &text.at)?;
    }
    for warning in &report.warnings {
        add("読み取りの警告", &warning.code, &warning.message, &warning.at)?;
    }
    for (heading, text) in source(report) {
        add("原本", heading, &text, &[])?;
    }
    Ok(sheet)
}

fn name(section: &Section) -> String {
    let title = section.title.as_ref().or(section.summary_title.as_ref());
    let label = section.label.as_deref().unwrap_or("");
    format!("{label} {}", title.map_or("", |title: &Text| &title.text)).trim().to_owned()
}

fn source(report: &Report) -> [(&'static str, String); 6] {
    let (source, coverage) = (&report.source, &report.coverage);
    [
        ("ファイル名", source.file.clone()),
        ("SHA-256", source.sha256.clone()),
        ("ページ数", source.pages.to_string()),
        ("規則集", source.rules.pack.clone()),
        ("文字数（空白を除く）", coverage.characters.to_string()),
        ("位置付けできなかった文字数", coverage.unplaced.to_string()),
    ]
}
