//! Findings as one CSV table (RFC 4180), UTF-8 with a byte order mark and CRLF for spreadsheets; a cell that a
//! spreadsheet would run as a formula gets an apostrophe before it.

use super::findings::{Findings, pages, severity_name};
use crate::audit::{Finding, Spot};
use std::io::{self, Write};

const HEADER: [&str; 13] = [
    "file",
    "rule",
    "severity",
    "section",
    "initiative",
    "indicator",
    "year",
    "message_ja",
    "message_en",
    "pages",
    "at",
    "values",
    "origin",
];

/// Writes the findings of all reports as one table.
///
/// # Errors
/// What `out` reports.
pub fn write(all: &[Findings<'_>], out: &mut dyn Write) -> io::Result<()> {
    write_header(out)?;
    all.iter().try_for_each(|findings| write_rows(findings, out))
}

/// Writes the start of the table.
///
/// # Errors
/// What `out` reports.
pub fn write_header(out: &mut dyn Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    line(&HEADER.map(str::to_owned), out)
}

/// Writes the rows of one report.
///
/// # Errors
/// What `out` reports.
pub fn write_rows(findings: &Findings<'_>, out: &mut dyn Write) -> io::Result<()> {
    findings.findings.iter().try_for_each(|finding| line(&cells(findings.file(), finding), out))
}

fn cells(file: &str, finding: &Finding) -> [String; 13] {
    let number = |n: Option<u32>| n.map_or_else(String::new, |n| n.to_string());
    let values = serde_json::to_string(&finding.values).unwrap_or_default();
    [
        file.to_owned(),
        finding.rule.to_owned(),
        severity_name(finding.severity).to_owned(),
        number(finding.section),
        number(finding.initiative),
        finding.indicator.clone().unwrap_or_default(),
        finding.year.map_or_else(String::new, |year| year.to_string()),
        finding.message.ja.clone(),
        finding.message.en.clone(),
        pages(&finding.at),
        finding.at.iter().map(spot).collect::<Vec<_>>().join("; "),
        values,
        finding.origin.map_or_else(String::new, |_| "unknown".to_owned()),
    ]
}

/// `p.3 [72.5 100 140.25 112]`, with the file where several are compared.
fn spot(spot: &Spot) -> String {
    let [x0, y0, x1, y1] = spot.place.bbox;
    let file = spot.file.as_ref().map_or_else(String::new, |file| format!("{file} "));
    format!("{file}p.{} [{x0} {y0} {x1} {y1}]", spot.place.page)
}

fn line(cells: &[String], out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<_> = cells.iter().map(|cell| quoted(cell)).collect();
    write!(out, "{}\r\n", cells.join(","))
}

fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if cell.contains(['"', ',', '\n', '\r']) || !guard.is_empty() {
        return format!("\"{guard}{}\"", cell.replace('"', "\"\""));
    }
    cell.to_owned()
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn cells_are_quoted_and_made_harmless() {
        assert_eq!(quoted("A"), "A");
        assert_eq!(quoted("90,000"), "\"90,000\"");
        assert_eq!(quoted("「\"」\n"), "\"「\"\"」\n\"");
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
    }
}
