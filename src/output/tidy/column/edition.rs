//! Columns that say which report a row is from.

use super::super::{Cell, Column, Kind};

/// The report, and the file that it was read from.
pub(crate) const EDITION: &[Column] = &[
    Column::new(
        "report_id",
        "報告書ID",
        Kind::Text,
        ["報告書のID（団体コード-報告年度）。", "Id of the report: code of the body, year reported on."],
        |row| Cell::text(Some(&row.edition.id)),
    ),
    Column::new(
        "lg_code",
        "全国地方公共団体コード",
        Kind::Text,
        ["検査数字を含む6桁の全国地方公共団体コード。", "Six-digit code of the body, check digit included."],
        |row| Cell::text(row.edition.code.as_deref()),
    ),
    Column::new(
        "lg_name",
        "地方公共団体名",
        Kind::Text,
        ["報告した団体の名称。", "Name of the body that reports."],
        |row| Cell::text(row.edition.body.as_deref()),
    ),
    Column::new("plan_name", "計画名", Kind::Text, ["計画の名称。", "Title of the plan."], |row| {
        Cell::text(row.edition.plan.as_deref())
    }),
    Column::new(
        "report_fy",
        "報告年度",
        Kind::Integer,
        ["報告の対象年度（4月に始まる年度の西暦）。", "Gregorian year in which the fiscal year reported on starts."],
        |row| Cell::integer(row.edition.year.as_ref().map(|year| year.year)),
    ),
    Column::new(
        "published",
        "発行年月",
        Kind::Text,
        ["発行の年月（YYYY-MM又はYYYY-MM-DD）。", "Date of publication, YYYY-MM or YYYY-MM-DD."],
        |row| Cell::text(row.edition.published.as_deref()),
    ),
    Column::new(
        "source_file",
        "ファイル名",
        Kind::Text,
        ["原本のファイル名。", "Name of the file."],
        |row| Cell::text(Some(&row.edition.source.file)),
    ),
    Column::new(
        "source_sha256",
        "ファイルのSHA-256",
        Kind::Text,
        ["原本のSHA-256。IDとともに行を特定する。", "SHA-256 of the file; with the id it is the key."],
        |row| Cell::text(Some(&row.edition.source.sha256)),
    ),
];

/// How the file was read.
pub(crate) const FILE: &[Column] = &[
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
