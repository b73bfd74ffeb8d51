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
