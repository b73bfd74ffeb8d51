//! Takes a [`Document`](crate::document::Document), gives a [`Report`]: sections, initiatives, year columns, grades
//! and indicators, recognised by rule packs (regexes as data). The types below are the published JSON.

use crate::geom::Place;
use crate::warning::Warning;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod context;
pub mod cover;
mod doubt;
pub mod governments;
mod heading;
mod ledger;
pub mod legend;
mod lines;
mod narrative;
mod recognise;
pub mod rules;
mod sections;
mod tables;
pub mod trace;
mod value;
pub mod values;

pub use ledger::Fate;
pub use recognise::{explain, recognise};

/// One progress report as data. Members that the document does not print are null or empty, never invented.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Version of this form: `"1"`.
    pub schema_version: String,
    /// Where the report was read from.
    #[serde(default)]
    pub source: Source,
    /// What the cover says.
    pub document: Head,
    /// The legend's grades, in the legend's reading order.
    pub grade_scale: Vec<ScaleGrade>,
    /// Notes introduced by a mark that belong to no single indicator.
    pub footnotes: Vec<Footnote>,
    /// The lowest level that groups initiatives.
    pub sections: Vec<Section>,
    /// Numeric targets and their figures.
    pub indicators: Vec<Indicator>,
    /// Paragraphs outside tables that carry no field, in reading order.
    #[serde(default)]
    pub prose: Vec<Text>,
    /// What the rules could not give a meaning.
    #[serde(default)]
    pub unplaced: Vec<Text>,
    /// Where every character of the text layer went.
    #[serde(default)]
    pub coverage: Coverage,
    /// What made the extraction uncertain.
    #[serde(default)]
    pub warnings: Vec<Warning>,
}

/// The file a report was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// File name without folders; `-` for standard input.
    pub file: String,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
    /// `application/pdf`, `text/plain`, `text/markdown` or `text/html`.
    pub media_type: String,
    /// Number of pages; 0 for sources without pages.
    pub pages: u32,
    /// The rule pack that was used and the next best.
    pub rules: RulesUsed,
}

/// Which rule pack read the document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RulesUsed {
    /// Name of the pack that was used.
    pub pack: String,
    /// Name of the next best pack.
    pub runner_up: Option<String>,
}

/// What the cover says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Head {
    /// Title of the plan.
    pub title: Option<Text>,
    /// Second line of the title.
    pub subtitle: Option<Text>,
    /// The public body that reports.
    pub organization: Option<Organization>,
    /// Department as printed.
    pub publisher: Option<Text>,
    /// The year reported on.
    pub fiscal_year: Option<FiscalYear>,
    /// When it was published.
    pub published: Option<Published>,
}

/// A public body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Organization {
    /// Name as printed.
    pub name: String,
    /// Six-digit 全国地方公共団体コード with check digit; null when unknown or ambiguous.
    pub code: Option<String>,
}

/// A date of publication.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Published {
    /// As printed, `令和6年9月`.
    pub label: String,
    /// `YYYY-MM` or `YYYY-MM-DD`.
    pub date: String,
    /// Where it stands.
    #[serde(default)]
    pub at: Vec<Place>,
}

/// Printed text and where it stands.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Text {
    /// As printed; line breaks that only wrap are undone, those before list items are `\n`.
    pub text: String,
    /// Boxes of its glyphs, one for each page it stands on; empty for sources without pages.
    #[serde(default)]
    pub at: Vec<Place>,
}

/// A fiscal year (April to March) as printed and as a number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FiscalYear {
    /// `R5年度`, `令和5(2023)年度`, `H30`.
    pub label: String,
    /// Gregorian year in which it starts.
    pub year: i32,
}

/// A grade of the legend.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScaleGrade {
    /// The letter or sign.
    pub grade: String,
    /// What the legend says it means.
    pub meaning: String,
    /// Heading of the legend where the document has several.
    #[serde(default)]
    pub scale: Option<String>,
    /// Where it stands.
    #[serde(default)]
    pub at: Vec<Place>,
}

/// A note introduced by a mark.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Footnote {
    /// `※`, `＊`, `注1`.
    pub mark: String,
    /// The note without its mark.
    pub text: String,
    /// Where it stands.
    #[serde(default)]
    pub at: Vec<Place>,
}

/// The lowest level that groups initiatives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Section {
    /// As printed, or its order in the document.
    pub number: u32,
    /// `(1)`, `１`, `重点課題３`.
    pub label: Option<String>,
    /// Title without label: the detail's heading, else the summary's.
    pub title: Option<Text>,
    /// The levels above, outermost first, as printed.
    pub path: Vec<Text>,
    /// Title without label in the summary, where the document has both.
    pub summary_title: Option<Text>,
    /// Lines of the 取組内容 box that are no targets.
    pub objectives: Vec<Text>,
    /// Its 【目標】 lines.
    pub targets: Vec<Text>,
    /// The year columns, blank future years included.
    pub years: Vec<FiscalYear>,
    /// Grades on the section's own heading row.
    pub grades: Vec<SectionGrade>,
    /// Its initiatives.
    pub initiatives: Vec<Initiative>,
}

/// A grade on the heading row of a section.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SectionGrade {
    /// Gregorian year in which the fiscal year starts.
    pub year: i32,
    /// The year as printed.
    pub label: String,
    /// The grade.
    #[serde(flatten)]
    pub grade: Grade,
}

/// One initiative (取組).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Initiative {
    /// 1, 2, … inside its section.
    pub number: u32,
    /// The printed number or code.
    pub label: Option<String>,
    /// Its name in the summary or name column.
    pub title: Option<Text>,
    /// The 取組内容 cell of the detail.
    pub description: Option<Text>,
    /// 役割, 担当課, 所管課.
    pub responsible: Option<Text>,
    /// One for each year that has any value.
    pub years: Vec<YearEntry>,
    /// Columns that the rules know no name for.
    pub other: Vec<Labelled>,
}

/// Text of a column or row that has no member of its own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Labelled {
    /// Heading of the column or row, as printed.
    pub label: String,
    /// Its text.
    pub text: String,
    /// Where the text stands.
    #[serde(default)]
    pub at: Vec<Place>,
}

/// What is reported on an initiative for one year.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct YearEntry {
    /// Gregorian year in which the fiscal year starts.
    pub year: i32,
    /// The year as printed.
    pub label: String,
    /// Grade in the detail table or only table.
    pub grade: Option<Grade>,
    /// Grade in the front table, when the document has both.
    pub summary_grade: Option<Grade>,
    /// 実施状況.
    pub status: Option<Status>,
    /// 主な取組, 取組実績, 実施内容.
    pub actions: Option<Text>,
    /// 課題, 課題等, 今後の方向性.
    pub issues: Option<Text>,
    /// 計画.
    pub plan: Option<Text>,
    /// 実績 beside 計画.
    pub result: Option<Text>,
    /// Columns that the rules know no name for.
    pub other: Vec<Labelled>,
}

/// A grade as printed and read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Grade {
    /// As printed, `※ C`.
    pub text: String,
    /// The grade alone, `C`.
    pub grade: String,
    /// The marks beside it, `※`.
    pub marks: Vec<String>,
    /// Where it stands.
    pub at: Vec<Place>,
}

/// A status word or arrow.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Status {
    /// As printed: `実施`, `→`, `〃`.
    pub text: String,
    /// What it stands for: an arrow or ditto sign repeats the year before.
    pub value: String,
    /// Where it stands.
    pub at: Vec<Place>,
}

/// Figures that belong together, with their targets.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Indicator {
    /// Its name.
    pub name: Option<Text>,
    /// The year columns.
    pub years: Vec<FiscalYear>,
    /// Rows of figures.
    pub series: Vec<Series>,
    /// Notes under its table.
    pub notes: Vec<Text>,
    /// The heading row above it in a KPI table.
    pub group: Option<Text>,
    /// 評価 of a KPI.
    pub grade: Option<Grade>,
    /// Department.
    pub responsible: Option<Text>,
    /// 達成率, 備考 and other columns.
    pub other: Vec<Labelled>,
}

/// One row of figures.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Series {
    /// The row's label.
    pub label: Option<Text>,
    /// What the figures are.
    pub kind: SeriesKind,
    /// Their unit.
    pub unit: Option<String>,
    /// The target that they are held against.
    pub target: Option<Target>,
    /// The figures.
    pub years: Vec<Measure>,
}

/// What the figures of a series are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeriesKind {
    /// Measured.
    #[default]
    Actual,
    /// Targets, one per year.
    Target,
    /// The starting point (基準値).
    Baseline,
}

/// One figure of one year.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Measure {
    /// Gregorian year in which the fiscal year starts.
    pub year: i32,
    /// The year as printed.
    pub label: String,
    /// As printed.
    pub text: String,
    /// The number; null for a sign that means "no value".
    pub value: Option<f64>,
    /// Its unit.
    pub unit: Option<String>,
    /// The counts behind a rate.
    pub ratio: Option<Ratio>,
    /// Where it stands.
    pub at: Vec<Place>,
}

/// The counts behind a rate: `(11人/15人)`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Ratio {
    /// As printed.
    pub text: String,
    /// The part.
    pub numerator: f64,
    /// The whole.
    pub denominator: f64,
    /// Unit of both.
    pub unit: Option<String>,
    /// Where it stands.
    pub at: Vec<Place>,
}

/// A target value.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Target {
    /// As printed.
    pub text: String,
    /// The number.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: Option<String>,
    /// How an actual is to stand to it, only where printed.
    pub comparison: Option<Comparison>,
    /// When it is to be met.
    pub due: Option<FiscalYear>,
    /// For whom or what: `全職員`.
    pub scope: Option<String>,
    /// Where it stands.
    pub at: Vec<Place>,
}

/// The printed direction of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// 以上.
    AtLeast,
    /// 以下.
    AtMost,
    /// 未満.
    LessThan,
    /// 超.
    MoreThan,
}

/// Where every character of the text layer went; the four parts add up to `characters`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Coverage {
    /// All characters of the text layer but white space, clipped and invisible ones included.
    pub characters: u64,
    /// Inside a value.
    pub placed: u64,
    /// Labels and headings that the rules used.
    pub structure: u64,
    /// Page numbers and running heads.
    pub furniture: u64,
    /// The rest.
    pub unplaced: u64,
}
