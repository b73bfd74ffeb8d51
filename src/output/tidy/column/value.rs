//! Columns of printed values: what they are, how they were read, their target, their place.

use super::super::reading::{OPERATORS, operator};
use super::super::{Cell, Column, Fact, Item, Kind, Meaning, Reading, Row, Value, absence};
use crate::geom::Place;
use crate::report::{Grade, Measure, Ratio, ScaleGrade, Target};

fn value(row: &Row) -> Option<&Value> {
    match &row.fact {
        Fact::Value(value) => Some(value),
        _ => None,
    }
}

fn reading(row: &Row) -> Option<&Reading> {
    value(row).map(|value| &value.reading)
}

fn grade(row: &Row) -> Option<(&Grade, Option<&Meaning>)> {
    match reading(row) {
        Some(Reading::Grade(grade, meaning)) => Some((grade, meaning.as_ref())),
        _ => None,
    }
}

fn figure(row: &Row) -> Option<&Measure> {
    match reading(row) {
        Some(Reading::Figure(figure)) => Some(figure),
        _ => None,
    }
}

fn ratio(row: &Row) -> Option<&Ratio> {
    figure(row).and_then(|figure| figure.ratio.as_ref())
}

fn target(row: &Row) -> Option<&Target> {
    row.owner.series.as_ref().and_then(|series| series.target.as_ref())
}

fn entry(row: &Row) -> Option<&ScaleGrade> {
    match &row.fact {
        Fact::Legend(entry) => Some(entry),
        _ => None,
    }
}

/// The id.
pub(crate) const ID: &[Column] = &[Column::new(
    "id",
    "ID",
    Kind::Text,
    ["行のID。文言に左右されない。", "Id of the row; it does not depend on wording."],
    |row| Cell::text(Some(&row.id)),
)];

/// What the value is and for which year.
pub(crate) const ITEM: &[Column] = &[
    Column::new("item", "項目コード", Kind::Code(Item::codes), ["値の種類。", "What the value is."], |row| {
        Cell::text(value(row).map(|value| value.item.code()))
    }),
    Column::new(
        "item_name",
        "項目",
        Kind::Text,
        ["項目の名称。印字された見出しがあればその見出し。", "Name of the item, or the printed heading or mark."],
        |row| Cell::text(value(row).map(Value::item_name)),
    ),
    Column::new(
        "fiscal_year",
        "年度",
        Kind::Integer,
        ["年度（4月に始まる年度の西暦）。", "Gregorian year in which the fiscal year starts."],
        |row| Cell::integer(row.year.as_ref().map(|year| year.year)),
    ),
    Column::new(
        "era_label",
        "年度（原文）",
        Kind::Text,
        ["印字された年度。", "The year as printed."],
        |row| Cell::text(row.year.as_ref().map(|year| year.label.as_str()).filter(|label| !label.is_empty())),
    ),
];

const RAW: Column =
    Column::new("value_raw", "値（原文）", Kind::Text, ["印字のまま。", "As printed."], |row| {
        Cell::text(reading(row).and_then(Reading::raw))
    });
const AS_TEXT: Column = Column::new(
    "value_text",
    "値（文字）",
    Kind::Text,
    ["文字の値の読み（注記号を除いた評価、矢印が指す実施状況等）。", "What a value that is text stands for."],
    |row| Cell::text(reading(row).and_then(Reading::text)),
);
const AS_NUMBER: Column = Column::new(
    "value_num",
    "値（数値）",
    Kind::Number,
    ["数値としての値。", "The value as a number."],
    |row| Cell::number(reading(row).and_then(Reading::number)),
);
const UNIT: Column = Column::new("unit", "単位", Kind::Text, ["数値の単位。", "Unit of the number."], |row| {
    Cell::text(reading(row).and_then(Reading::unit))
});
const NUMERATOR: Column =
    Column::new("numerator", "分子", Kind::Number, ["割合の分子。", "The part behind a rate."], |row| {
        Cell::number(ratio(row).map(|ratio| ratio.numerator))
    });
const DENOMINATOR: Column =
    Column::new("denominator", "分母", Kind::Number, ["割合の分母。", "The whole behind a rate."], |row| {
        Cell::number(ratio(row).map(|ratio| ratio.denominator))
    });
const NULL_REASON: Column = Column::new(
    "null_reason",
    "数値がない理由",
    Kind::Code(|| absence::REASONS.to_vec()),
    [
        "数値が読めない値の理由。記号だけならunstated。",
        "Why a figure has no number; unstated where only a sign is printed.",
    ],
    |row| Cell::text(value(row).and_then(Value::null_reason)),
);
const GRADE_RAW: Column = Column::new(
    "grade_raw",
    "評価（原文）",
    Kind::Text,
    ["印字された評価。", "The grade as printed."],
    |row| Cell::text(grade(row).map(|(grade, _)| grade.text.as_str())),
);
const GRADE_NORM: Column = Column::new(
    "grade_norm",
    "評価",
    Kind::Text,
    ["注記号を除いた評価。", "The grade without its marks."],
    |row| Cell::text(grade(row).map(|(grade, _)| grade.grade.as_str())),
);
const MARKER: Column = Column::new(
    "marker",
    "注記号",
    Kind::Text,
    ["評価に付いた注記号（空白区切り）。", "Marks beside the grade, parted by spaces."],
    |row| match grade(row) {
        Some((grade, _)) if !grade.marks.is_empty() => Cell::written(grade.marks.join(" ")),
        _ => Cell::Empty,
    },
);
const INHERITED: Column = Column::new(
    "inherited",
    "前年度と同じ",
    Kind::Flag,
    ["矢印や〃を前年度の値に読み替えたか。", "Whether a sign was read as the value of the year before."],
    |row| value(row).and_then(Value::inherited).map_or(Cell::Empty, Cell::Flag),
);

/// Any value.
pub(crate) const OBSERVATION: &[Column] =
    &[RAW, AS_TEXT, AS_NUMBER, UNIT, NUMERATOR, DENOMINATOR, GRADE_RAW, GRADE_NORM, MARKER, NULL_REASON, INHERITED];

/// A grade.
pub(crate) const GRADE: &[Column] = &[
    GRADE_RAW,
    GRADE_NORM,
    MARKER,
    Column::new(
        "legend_id",
        "凡例ID",
        Kind::Text,
        [
            "評価を説明する凡例のID。一つに定まらなければ空。",
            "Id of the legend's entry; empty unless exactly one fits.",
        ],
        |row| Cell::text(grade(row).and_then(|(_, meaning)| meaning).map(|meaning| meaning.id.as_str())),
    ),
    Column::new(
        "meaning",
        "評価の意味",
        Kind::Text,
        ["凡例による意味。", "What the legend says it means."],
        |row| Cell::text(grade(row).and_then(|(_, meaning)| meaning).map(|meaning| meaning.text.as_str())),
    ),
];

/// A text.
pub(crate) const TEXT: &[Column] = &[RAW, AS_TEXT, INHERITED];

/// A figure.
pub(crate) const FIGURE: &[Column] = &[RAW, AS_NUMBER, UNIT, NUMERATOR, DENOMINATOR, NULL_REASON];

/// The target that the row of figures is held against.
pub(crate) const TARGET: &[Column] = &[
    Column::new(
        "target_raw",
        "目標（原文）",
        Kind::Text,
        ["印字された目標。", "The target as printed."],
        |row| Cell::text(target(row).map(|target| target.text.as_str())),
    ),
    Column::new("target_num", "目標値", Kind::Number, ["目標の数値。", "The target as a number."], |row| {
        Cell::number(target(row).and_then(|target| target.value))
    }),
    Column::new("target_unit", "目標の単位", Kind::Text, ["目標の単位。", "Unit of the target."], |row| {
        Cell::text(target(row).and_then(|target| target.unit.as_deref()))
    }),
    Column::new(
        "target_op",
        "目標の向き",
        Kind::Code(|| OPERATORS.to_vec()),
        [
            "実績が目標に対してあるべき向き。印字された場合だけ。",
            "How an actual is to stand to it, only where printed.",
        ],
        |row| Cell::text(target(row).and_then(operator)),
    ),
    Column::new(
        "target_fy",
        "目標年度",
        Kind::Integer,
        ["目標の年度（西暦）。", "Gregorian year in which the fiscal year of the target starts."],
        |row| Cell::integer(target(row).and_then(|target| target.due.as_ref()).map(|due| due.year)),
    ),
    Column::new(
        "target_scope",
        "目標の対象",
        Kind::Text,
        ["目標の対象。", "For whom or what the target is."],
        |row| Cell::text(target(row).and_then(|target| target.scope.as_deref())),
    ),
];

/// An entry of the legend.
pub(crate) const LEGEND: &[Column] = &[
    Column::new("grade", "評価", Kind::Text, ["評価の記号。", "The letter or sign."], |row| {
        Cell::text(entry(row).map(|entry| entry.grade.as_str()))
    }),
    Column::new("meaning", "評価の意味", Kind::Text, ["その意味。", "What it means."], |row| {
        Cell::text(entry(row).map(|entry| entry.meaning.as_str()))
    }),
    Column::new(
        "scale",
        "凡例名",
        Kind::Text,
        ["凡例が複数ある場合の見出し。", "Heading of the legend where there are several."],
        |row| Cell::text(entry(row).and_then(|entry| entry.scale.as_deref())),
    ),
];

/// Where it stands.
pub(crate) const PLACE: &[Column] = &[
    Column::new("page", "ページ", Kind::Integer, ["1から数えたページ。", "Page, counted from 1."], |row| {
        Cell::integer(row.at.first().map(|place| place.page))
    }),
    Column::new(
        "bbox",
        "位置",
        Kind::Text,
        [
            "左上を原点とする「x0 y0 x1 y1」（ポイント）。",
            "'x0 y0 x1 y1' in points from the top left corner of the page.",
        ],
        |row| row.at.first().map_or(Cell::Empty, |place| Cell::written(corners(place))),
    ),
    Column::new(
        "at_more",
        "続きの位置",
        Kind::Text,
        [
            "二つ目以降の位置（「ページ:位置」のセミコロン区切り）。",
            "Further places as 'page:x0 y0 x1 y1', parted by '; '.",
        ],
        |row| match row.at.get(1..) {
            None | Some([]) => Cell::Empty,
            Some(more) => Cell::written(places(more)),
        },
    ),
];

fn corners(place: &Place) -> String {
    let [x0, y0, x1, y1] = place.bbox;
    format!("{x0} {y0} {x1} {y1}")
}

fn places(places: &[Place]) -> String {
    let places: Vec<_> = places.iter().map(|place| format!("{}:{}", place.page, corners(place))).collect();
    places.join("; ")
}
