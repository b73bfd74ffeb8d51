//! Columns of what the audit found.

use super::super::{Cell, Column, Fact, Kind, Row};
use crate::audit::{Finding, Severity};
use crate::output::findings::severity_name;

fn finding(row: &Row) -> Option<&Finding> {
    match &row.fact {
        Fact::Finding(finding) => Some(finding),
        _ => None,
    }
}

/// A finding.
pub(crate) const FINDING: &[Column] = &[
    Column::new(
        "fiscal_year",
        "年度",
        Kind::Integer,
        ["年度（4月に始まる年度の西暦）。", "Gregorian year in which the fiscal year starts."],
        |row| Cell::integer(row.year.as_ref().map(|year| year.year)),
    ),
    Column::new("rule", "規則", Kind::Text, ["規則のID。", "Id of the rule."], |row| {
        Cell::text(finding(row).map(|finding| finding.rule))
    }),
    Column::new(
        "severity",
        "重要度",
        Kind::Code(|| [Severity::Error, Severity::Warning, Severity::Info].map(severity_name).to_vec()),
        ["重要度。", "How serious it is."],
        |row| Cell::text(finding(row).map(|finding| severity_name(finding.severity))),
    ),
    Column::new("message_ja", "内容", Kind::Text, ["日本語の説明。", "The facts in Japanese."], |row| {
        Cell::text(finding(row).map(|finding| finding.message.ja.as_str()))
    }),
    Column::new(
        "message_en",
        "内容（英語）",
        Kind::Text,
        ["英語の説明。", "The facts in English."],
        |row| Cell::text(finding(row).map(|finding| finding.message.en.as_str())),
    ),
    Column::new(
        "indicator",
        "指標名",
        Kind::Text,
        ["点検した指標の名称。", "Name of the indicator that was checked."],
        |row| Cell::text(finding(row).and_then(|finding| finding.indicator.as_deref())),
    ),
    Column::new("values", "値（JSON）", Kind::Text, ["比べた値。", "The facts as JSON."], |row| {
        finding(row).and_then(|finding| serde_json::to_string(&finding.values).ok()).map_or(Cell::Empty, Cell::written)
    }),
    Column::new(
        "origin",
        "原因の所在",
        Kind::Code(|| vec!["unknown"]),
        ["unknownなら、変換が原因の可能性がある。", "unknown where a conversion of the text may be the cause."],
        |row| Cell::text(finding(row).and_then(|finding| finding.origin).map(|_| "unknown")),
    ),
];
