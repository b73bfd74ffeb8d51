//! Takes a report with its audit, gives a workbook in Japanese that a clerk can read: the matrix of grades as printed,
//! the indicators, the details, the findings with links to the cells that they are about, and everything else that
//! the report says. Nothing is a formula. The same report always gives the same bytes.

use crate::audit::{Audit, Finding};
use crate::report::Report;
use rust_xlsxwriter::{ColNum, DocProperties, ExcelDateTime, Format, Note, RowNum, Workbook, Worksheet, XlsxError};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use style::Styles;

mod details;
mod findings;
mod indicators;
mod remarks;
mod style;
mod summary;

/// Characters (UTF-16 units) that a cell can hold.
const CELL_LIMIT: usize = 32_767;
const CUT: &str = "…（長いため以下省略）";
/// A4, in the numbering of the format.
const A4: u8 = 9;

type Result<T> = std::result::Result<T, XlsxError>;

/// Writes the workbook.
///
/// # Errors
/// When the report does not fit into a workbook, or what `out` reports.
pub fn write(report: &Report, audit: &Audit, out: &mut dyn Write) -> io::Result<()> {
    let bytes = workbook(report, audit).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(report: &Report, audit: &Audit) -> Result<Vec<u8>> {
    let styles = Styles::new(report);
    let mut cells = Cells::default();
    let mut sheets = vec![
        summary::sheet(report, &styles, &mut cells)?,
        indicators::sheet(report, &styles, &mut cells)?,
        details::sheet(report, &styles)?,
    ];
    for (cell, note) in cells.notes(&audit.findings) {
        if let Some(sheet) = sheets.iter_mut().find(|sheet| sheet.name == cell.sheet) {
            sheet.sheet.insert_note(
                cell.row,
                cell.column,
                &Note::new(fitted(&note)).add_author_prefix(false).set_width(320),
            )?;
        }
    }
    sheets.push(findings::sheet(audit, &styles, &cells)?);
    sheets.push(remarks::sheet(report, &styles)?);
    let mut book = Workbook::new();
    // The date is fixed, so that the same report gives the same bytes.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = report.document.title.as_ref().map_or("", |title| title.text.as_str());
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    for sheet in sheets {
        book.push_worksheet(sheet.sheet);
    }
    book.save_to_buffer()
}

/// What a cell is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Section(u32),
    Initiative(u32, u32, Option<i32>),
    Indicator(String, Option<i32>),
}

/// A cell of the workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    sheet: &'static str,
    row: RowNum,
    column: ColNum,
}

impl Cell {
    /// The link to it.
    fn link(self) -> String {
        format!("internal:'{}'!{}", self.sheet, self.name())
    }

    /// `D5`.
    fn name(self) -> String {
        rust_xlsxwriter::utility::row_col_to_cell(self.row, self.column)
    }
}

/// Where in the workbook what stands.
#[derive(Debug, Default)]
struct Cells(BTreeMap<Subject, Cell>);

impl Cells {
    fn note(&mut self, subject: Subject, cell: Cell) {
        self.0.entry(subject).or_insert(cell);
    }

    /// The cell that a finding is about: that of its year, else that of the whole initiative, indicator or section.
    fn of(&self, finding: &Finding) -> Option<Cell> {
        let mut subjects = Vec::new();
        for year in [finding.year, None] {
            if let Some(name) = &finding.indicator {
                subjects.push(Subject::Indicator(name.clone(), year));
            }
            if let (Some(section), Some(initiative)) = (finding.section, finding.initiative) {
                subjects.push(Subject::Initiative(section, initiative, year));
            }
        }
        subjects.extend(finding.section.map(Subject::Section));
        subjects.iter().find_map(|subject| self.0.get(subject).copied())
    }

    /// The messages of all findings about each cell.
    fn notes(&self, findings: &[Finding]) -> BTreeMap<Cell, String> {
        let mut notes = BTreeMap::<Cell, String>::new();
        for finding in findings {
            if let Some(cell) = self.of(finding) {
                let note = notes.entry(cell).or_default();
                if !note.is_empty() {
                    note.push('\n');
                }
                note.push_str(&format!("{}: {}", finding.rule, finding.message.ja));
            }
        }
        notes
    }
}

/// A sheet that rows are added to.
struct Sheet {
    name: &'static str,
    sheet: Worksheet,
    row: RowNum,
    widths: Vec<f64>,
    /// Lines that the row needs so far.
    lines: u32,
    /// Columns that hold anything below their heading.
    used: BTreeSet<ColNum>,
}

/// A column: its heading and its width in characters.
type Column<'a> = (&'a str, f64);

impl Sheet {
    fn new(name: &'static str) -> Result<Self> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
        Ok(Self { name, sheet, row: 0, widths: Vec::new(), lines: 1, used: BTreeSet::new() })
    }

    /// The header row, which stays in sight together with `fixed` columns.
    fn header(&mut self, columns: &[Column<'_>], fixed: ColNum, styles: &Styles) -> Result<()> {
        for (column, (heading, width)) in (0..).zip(columns) {
            self.sheet.write_string_with_format(self.row, column, *heading, &styles.heading)?;
            self.sheet.set_column_width(column, *width)?;
            self.widths.push(*width);
        }
        self.sheet.set_repeat_rows(self.row, self.row)?;
        self.row += 1;
        self.sheet.set_freeze_panes(self.row, fixed)?;
        Ok(())
    }

    fn text(&mut self, column: ColNum, text: &str, style: &Format) -> Result<()> {
        self.sheet.write_string_with_format(self.row, column, fitted(text), style)?;
        if let Some(width) = self.widths.get(usize::from(column)).filter(|_| !text.is_empty()) {
            self.lines = self.lines.max(style::lines(text, *width));
            self.used.insert(column);
        }
        Ok(())
    }

    /// A row of one text, which runs over its cell.
    fn line(&mut self, text: &str, style: &Format) -> Result<()> {
        self.sheet.write_string_with_format(self.row, 0, fitted(text), style)?;
        self.row += 1;
        Ok(())
    }

    /// Cells from the first column on.
    fn texts(&mut self, texts: &[&str], style: &Format) -> Result<()> {
        for (column, text) in (0..).zip(texts) {
            self.text(column, text, style)?;
        }
        Ok(())
    }

    /// A number shown with its unit, or the text where there is no number.
    fn figure(&mut self, column: ColNum, value: Option<f64>, text: &str, styles: &Styles) -> Result<()> {
        match value {
            Some(value) => {
                let style = styles.cell.clone().set_num_format(style::number_format(text));
                self.sheet.write_number_with_format(self.row, column, value, &style)?;
                self.used.insert(column);
                Ok(())
            }
            None => self.text(column, text, &styles.cell),
        }
    }

    /// Goes on to the next row; this one gets the height that its texts need.
    fn next_row(&mut self) -> Result<()> {
        self.sheet.set_row_height(self.row, style::height(self.lines))?;
        self.row += 1;
        self.lines = 1;
        Ok(())
    }

    /// Hides those of the columns that hold nothing.
    fn hide_unused(&mut self, columns: impl Iterator<Item = ColNum>) -> Result<()> {
        for column in columns.filter(|column| !self.used.contains(column)) {
            self.sheet.set_column_hidden(column)?;
        }
        Ok(())
    }

    fn cell(&self, column: ColNum) -> Cell {
        Cell { sheet: self.name, row: self.row, column }
    }
}

/// The text, or as much of it as a cell holds with a word on that.
fn fitted(text: &str) -> Cow<'_, str> {
    if text.encode_utf16().count() <= CELL_LIMIT {
        return text.into();
    }
    let room = CELL_LIMIT - CUT.encode_utf16().count();
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= room
    });
    (kept.collect::<String>() + CUT).into()
}

/// All years, each once, in order, with its first printed label.
fn all_years<'a>(printed: impl Iterator<Item = (i32, &'a str)>) -> Vec<(i32, &'a str)> {
    let mut years = BTreeMap::new();
    for (year, label) in printed {
        years.entry(year).or_insert(label);
    }
    years.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::audit;

    fn report() -> Report {
        let years = r#"[{"label":"R4","year":2022},{"label":"R5","year":2023}]"#;
        let json = format!(
            r#"{{"schema_version":"1","document":{{"title":"計画"}},"grade_scale":[{{"grade":"A","meaning":"順調"}}],
            "footnotes":[],"sections":[{{"number":1,"years":{years},"initiatives":[
            {{"number":1,"title":"周知","years":[{{"year":2023,"label":"R5","grade":{{"text":"A","grade":"A"}},
            "summary_grade":{{"text":"B","grade":"B"}}}}]}}]}}],
            "indicators":[{{"name":"率","years":{years},"series":[{{"years":[{{"year":2023,"label":"R5",
            "text":"50.0%","value":50.0,"unit":"%","ratio":{{"text":"(1人/3人)","numerator":1,"denominator":3}}}}]}}]}}]}}"#
        );
        serde_json::from_str(&json).unwrap()
    }

    #[track_caller]
    fn case(rule: &str, expected: &str) {
        let (report, mut cells) = (report(), Cells::default());
        let styles = Styles::new(&report);
        summary::sheet(&report, &styles, &mut cells).unwrap();
        indicators::sheet(&report, &styles, &mut cells).unwrap();
        let audit = audit(&report);
        let finding = audit.findings.iter().find(|finding| finding.rule == rule).unwrap();
        assert_eq!(cells.of(finding).map(Cell::link).as_deref(), Some(expected));
        assert!(cells.notes(&audit.findings).values().any(|note| note.starts_with(rule)));
    }

    #[test]
    fn a_finding_leads_to_the_cell_that_it_is_about() {
        case("GRD-01", "internal:'一覧'!E5");
        case("NUM-01", "internal:'指標'!J2");
    }

    #[test]
    fn the_same_report_gives_the_same_bytes() {
        let (report, mut first, mut second) = (report(), Vec::new(), Vec::new());
        write(&report, &audit(&report), &mut first).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(1100));
        write(&report, &audit(&report), &mut second).unwrap();
        assert!(first.starts_with(b"PK") && first == second);
    }

    #[test]
    fn a_long_text_is_cut_where_a_cell_ends() {
        assert_eq!(fitted("短い"), "短い");
        let long = "𠮟".repeat(CELL_LIMIT);
        let units = fitted(&long).encode_utf16().count();
        assert!(fitted(&long).ends_with(CUT) && (CELL_LIMIT - 1..=CELL_LIMIT).contains(&units), "{units}");
    }
}
