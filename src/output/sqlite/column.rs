//! Columns that only the database has: how a file was read, and what made that uncertain.

use crate::output::tidy::{Cell, Column, Fact, Kind, Row};
use crate::warning::Warning;

fn warning(row: &Row) -> Option<&Warning> {
    match &row.fact {
        Fact::Warning(warning) => Some(warning),
        _ => None,
    }
}

/// How the file was read.
pub(super) const FILE: &[Column] = &[
    Column::new("media_type", "形式", Kind::Text, ["原本の形式。", "Media type of the file."], |row| {
        Cell::text(Some(&row.edition.source.media_type))
    }),
    Column::new("pages", "ページ数", Kind::Integer, ["原本のページ数。", "Number of pages."], |row| {
        Cell::integer(Some(row.edition.source.pages))
    }),
    Column::new(
        "rules_pack",
        "規則集",
        Kind::Text,
        ["読み取りに用いた規則集。", "The rule pack that read the report."],
        |row| Cell::text(Some(&row.edition.source.rules.pack)),
    ),
    Column::new(
        "characters",
        "文字数",
        Kind::Integer,
        ["空白を除く文字の数。", "Characters of the text layer but white space."],
        |row| count(row.edition.coverage.characters),
    ),
    Column::new(
        "placed",
        "値の文字数",
        Kind::Integer,
        ["値となった文字の数。", "Characters inside a value."],
        |row| count(row.edition.coverage.placed),
    ),
    Column::new(
        "unplaced",
        "位置付けできなかった文字数",
        Kind::Integer,
        ["意味を与えられなかった文字の数。", "Characters that no rule gave a meaning."],
        |row| count(row.edition.coverage.unplaced),
    ),
];

fn count(characters: u64) -> Cell<'static> {
    Cell::integer(i64::try_from(characters).ok())
}

/// A warning.
pub(super) const WARNING: &[Column] = &[
    Column::new("code", "コード", Kind::Text, ["警告のコード。", "Stable code of the warning."], |row| {
        Cell::text(warning(row).map(|warning| warning.code.as_str()))
    }),
    Column::new("message", "内容", Kind::Text, ["警告の内容。", "What was met."], |row| {
        Cell::text(warning(row).map(|warning| warning.message.as_str()))
    }),
];
