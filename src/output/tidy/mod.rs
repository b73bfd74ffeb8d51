//! Takes reports with their audits, gives tidy rows: every printed value once, with a stable id, whose it is, its year
//! and its place. The columns are defined here once, with their names in both languages, their types and what they
//! mean; CSV, data package and database are written from these definitions. Bytes are left to those writers.
//!
//! Ids. A report is `132101-2023`: the body's code and the year reported on. A code or year that is unknown gives way
//! to `f` and the first eight digits of the file's SHA-256. Below it stand `s4` (section), `s4-i1` (initiative), `k3`
//! (indicator, in reading order), `k3-r1` (its row of figures), and then year and item: `132101-2023-s4-i1-2023-grade`.
//! An id never depends on wording, nor on what else is written; what would be called the same within one report gets
//! `.2`, `.3`, … Two files may be editions of one plan for one year: what tells their rows apart is the file's SHA-256.

use crate::audit::{Audit, Finding, Words};
use crate::geom::Place;
use crate::report::{Coverage, FiscalYear, Grade, Measure, Report, ScaleGrade, SeriesKind, Source, Status, Target};
use crate::warning::Warning;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

mod absence;
pub(crate) mod column;
mod edition;
mod item;
mod names;
mod reading;
mod rows;
mod tables;

pub use item::{Group, Item};
pub use tables::{FILES, Reference, Table};

/// All rows of a set of reports, in the order in which the reports were added.
#[derive(Debug, Clone, Default)]
pub struct Tidy {
    /// The rows.
    pub rows: Vec<Row>,
    files: BTreeSet<String>,
}

impl Tidy {
    /// No rows yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the rows of a report; a file that was added before (by its SHA-256) adds nothing.
    pub fn add(&mut self, report: &Report, audit: &Audit) -> Added {
        let hash = &report.source.sha256;
        if !hash.is_empty() && !self.files.insert(hash.clone()) {
            return Added::Known;
        }
        self.rows.extend(rows::gather(report, audit));
        Added::New
    }
}

/// What came of adding a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// Its rows were added.
    New,
    /// The same bytes had been added before.
    Known,
}

/// One row of any table.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its id, unique within the report.
    pub id: String,
    /// The report that it is from.
    pub edition: Arc<Edition>,
    /// Whose it is.
    pub owner: Owner,
    /// The year that it is about.
    pub year: Option<FiscalYear>,
    /// Where it stands.
    pub at: Vec<Place>,
    /// What it states.
    pub fact: Fact,
}

/// What all rows of one report share.
#[derive(Debug, Clone)]
pub struct Edition {
    /// `132101-2023`.
    pub id: String,
    /// Six-digit code of the body.
    pub code: Option<String>,
    /// Name of the body.
    pub body: Option<String>,
    /// Title of the plan.
    pub plan: Option<String>,
    /// The year reported on.
    pub year: Option<FiscalYear>,
    /// Date of publication.
    pub published: Option<String>,
    /// The file.
    pub source: Source,
    /// Where its characters went.
    pub coverage: Coverage,
}

/// Section, initiative, indicator and row of figures that a row belongs to.
#[derive(Debug, Clone, Default)]
pub struct Owner {
    /// Its section.
    pub section: Option<Arc<Section>>,
    /// Its initiative.
    pub initiative: Option<Arc<Initiative>>,
    /// Its indicator.
    pub indicator: Option<Arc<Indicator>>,
    /// Its row of figures.
    pub series: Option<Arc<Series>>,
}

/// A section.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: u32,
    /// Its number as printed.
    pub label: Option<String>,
    /// Its title: that of the detail, else that of the summary.
    pub title: Option<String>,
    /// The levels above, outermost first, joined by ` > `.
    pub path: Option<String>,
}

/// An initiative.
#[derive(Debug, Clone)]
pub struct Initiative {
    /// Its id.
    pub id: String,
    /// Its number in the section.
    pub number: u32,
    /// Its number or code as printed.
    pub label: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who is responsible.
    pub responsible: Option<String>,
}

/// An indicator.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// Its id.
    pub id: String,
    /// Its order in the report, from 1.
    pub number: u32,
    /// Its name.
    pub name: Option<String>,
    /// The heading row above it.
    pub group: Option<String>,
    /// Who is responsible.
    pub responsible: Option<String>,
}

/// A row of figures.
#[derive(Debug, Clone)]
pub struct Series {
    /// Its id.
    pub id: String,
    /// Its order in the indicator, from 1.
    pub number: u32,
    /// Its label.
    pub label: Option<String>,
    /// What its figures are.
    pub kind: SeriesKind,
    /// Their unit.
    pub unit: Option<String>,
    /// Their target.
    pub target: Option<Target>,
}

/// What a row states.
#[derive(Debug, Clone)]
pub enum Fact {
    /// That there is this report.
    Report,
    /// That there is this section.
    Section,
    /// That there is this initiative.
    Initiative,
    /// That there is this indicator.
    Indicator,
    /// That there is this row of figures.
    Series,
    /// A printed value.
    Value(Value),
    /// A grade of the legend.
    Legend(ScaleGrade),
    /// What the audit found.
    Finding(Box<Finding>),
    /// What made the extraction uncertain.
    Warning(Warning),
}

/// A printed value.
#[derive(Debug, Clone)]
pub struct Value {
    /// What it is.
    pub item: Item,
    /// The heading that it stands under, where that says more than the item.
    pub heading: Option<String>,
    /// How it was read.
    pub reading: Reading,
}

/// How a printed value was read.
#[derive(Debug, Clone)]
pub enum Reading {
    /// A grade, and the entry of the legend that explains it.
    Grade(Grade, Option<Meaning>),
    /// A status.
    Status(Status),
    /// Text.
    Text(String),
    /// A figure.
    Figure(Measure),
    /// A target.
    Target(Target),
    /// Nothing is printed where a figure could stand.
    Blank,
}

/// The entry of the legend that explains a grade.
#[derive(Debug, Clone)]
pub struct Meaning {
    /// Id of the entry.
    pub id: String,
    /// What the legend says.
    pub text: String,
}

/// A column: its name and meaning in both languages, its type, and what it takes from a row.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name in English, in `snake_case`; stable.
    pub name: &'static str,
    /// Its name in Japanese; stable.
    pub ja: &'static str,
    /// The type of its cells.
    pub kind: Kind,
    /// What it holds.
    pub about: Words,
    /// The cell of a row.
    pub cell: for<'r> fn(&'r Row) -> Cell<'r>,
}

impl Column {
    pub(super) const fn new(
        name: &'static str,
        ja: &'static str,
        kind: Kind,
        about: [&'static str; 2],
        cell: for<'r> fn(&'r Row) -> Cell<'r>,
    ) -> Self {
        Self { name, ja, kind, about: Words { ja: about[0], en: about[1] }, cell }
    }
}

/// The type of a column's cells. Any cell may be empty unless the column is part of the key.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Text.
    Text,
    /// One of these texts.
    Code(fn() -> Vec<&'static str>),
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Flag,
}

/// The cell of a row in a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'r> {
    /// Nothing.
    Empty,
    /// Text.
    Text(Cow<'r, str>),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// True or false.
    Flag(bool),
}

impl<'r> Cell<'r> {
    pub(super) fn text(text: Option<&'r str>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(Cow::Borrowed(text)))
    }

    fn written(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }

    pub(super) fn integer(number: Option<impl Into<i64>>) -> Self {
        number.map_or(Self::Empty, |number| Self::Integer(number.into()))
    }

    fn number(number: Option<f64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }
}
