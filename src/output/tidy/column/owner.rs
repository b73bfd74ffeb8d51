//! Columns that say what a row belongs to: section, initiative, indicator, row of figures.

use super::super::{Cell, Column, Indicator, Initiative, Kind, Row, Section, Series};

fn section(row: &Row) -> Option<&Section> {
    row.owner.section.as_deref()
}

fn initiative(row: &Row) -> Option<&Initiative> {
    row.owner.initiative.as_deref()
}

fn indicator(row: &Row) -> Option<&Indicator> {
    row.owner.indicator.as_deref()
}

fn series(row: &Row) -> Option<&Series> {
    row.owner.series.as_deref()
}

/// The section.
pub(crate) const SECTION: &[Column] = &[
    Column::new("section_id", "節ID", Kind::Text, ["節のID。", "Id of the section."], |row| {
        Cell::text(section(row).map(|section| section.id.as_str()))
    }),
    Column::new("section_no", "節番号", Kind::Integer, ["節の番号。", "Number of the section."], |row| {
        Cell::integer(section(row).map(|section| section.number))
    }),
    Column::new(
        "section_label",
        "節番号（原文）",
        Kind::Text,
        ["印字された節の番号。", "Number of the section as printed."],
        |row| Cell::text(section(row).and_then(|section| section.label.as_deref())),
    ),
    Column::new("section_title", "節名", Kind::Text, ["節の名称。", "Title of the section."], |row| {
        Cell::text(section(row).and_then(|section| section.title.as_deref()))
    }),
    Column::new(
        "section_path",
        "上位の体系",
        Kind::Text,
        [
            "節より上の体系（上位から「 > 」区切り）。",
            "The levels above the section, outermost first, joined by ' > '.",
        ],
        |row| Cell::text(section(row).and_then(|section| section.path.as_deref())),
    ),
];

/// The initiative.
pub(crate) const INITIATIVE: &[Column] = &[
    Column::new("initiative_id", "取組ID", Kind::Text, ["取組のID。", "Id of the initiative."], |row| {
        Cell::text(initiative(row).map(|initiative| initiative.id.as_str()))
    }),
    Column::new(
        "initiative_no",
        "取組番号",
        Kind::Integer,
        ["節の中での取組の番号。", "Number of the initiative in its section."],
        |row| Cell::integer(initiative(row).map(|initiative| initiative.number)),
    ),
    Column::new(
        "initiative_label",
        "取組番号（原文）",
        Kind::Text,
        ["印字された取組の番号。", "Number or code of the initiative as printed."],
        |row| Cell::text(initiative(row).and_then(|initiative| initiative.label.as_deref())),
    ),
    Column::new(
        "initiative_title",
        "取組名",
        Kind::Text,
        ["取組の名称。", "Title of the initiative."],
        |row| Cell::text(initiative(row).and_then(|initiative| initiative.title.as_deref())),
    ),
];

/// Who is responsible.
pub(crate) const ROLE: &[Column] = &[Column::new(
    "role",
    "担当",
    Kind::Text,
    ["取組又は指標の役割・担当課。", "Who is responsible for the initiative or indicator."],
    |row| {
        let acts = initiative(row).and_then(|initiative| initiative.responsible.as_deref());
        Cell::text(acts.or_else(|| indicator(row).and_then(|indicator| indicator.responsible.as_deref())))
    },
)];

/// The indicator.
pub(crate) const INDICATOR: &[Column] = &[
    Column::new("indicator_id", "指標ID", Kind::Text, ["指標のID。", "Id of the indicator."], |row| {
        Cell::text(indicator(row).map(|indicator| indicator.id.as_str()))
    }),
    Column::new(
        "indicator_no",
        "指標番号",
        Kind::Integer,
        ["報告書の中での指標の順番。", "Order of the indicator in the report."],
        |row| Cell::integer(indicator(row).map(|indicator| indicator.number)),
    ),
    Column::new("indicator", "指標名", Kind::Text, ["指標の名称。", "Name of the indicator."], |row| {
        Cell::text(indicator(row).and_then(|indicator| indicator.name.as_deref()))
    }),
    Column::new(
        "indicator_group",
        "指標の区分",
        Kind::Text,
        ["指標の上にある見出し。", "The heading row above the indicator."],
        |row| Cell::text(indicator(row).and_then(|indicator| indicator.group.as_deref())),
    ),
];

/// The row of figures.
pub(crate) const SERIES: &[Column] = &[
    Column::new(
        "series_id",
        "数値行ID",
        Kind::Text,
        ["指標の数値の行のID。", "Id of the indicator's row of figures."],
        |row| Cell::text(series(row).map(|series| series.id.as_str())),
    ),
    Column::new(
        "series_no",
        "数値行番号",
        Kind::Integer,
        ["指標の中での行の順番。", "Order of the row in its indicator."],
        |row| Cell::integer(series(row).map(|series| series.number)),
    ),
    Column::new(
        "series_label",
        "数値行の見出し",
        Kind::Text,
        ["数値の行の見出し。", "Label of the row of figures."],
        |row| Cell::text(series(row).and_then(|series| series.label.as_deref())),
    ),
];
