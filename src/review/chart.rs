//! Takes initiatives and indicators, gives what a small chart of them shows: grades over years, figures against targets.

use crate::report::{Indicator, Initiative, Report, SeriesKind};

/// What a small chart shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// Grades over years.
    Grades(Grades),
    /// Figures over years.
    Figures(Figures),
}

/// Grades over years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grades {
    /// The grades from the first of the legend to the last.
    pub scale: Vec<String>,
    /// Label of each year and its grade's index in `scale`.
    pub years: Vec<(String, Option<usize>)>,
}

/// Figures over years, with what they are held against.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Label of the series, as printed.
    pub label: String,
    /// Their unit.
    pub unit: String,
    /// The figures.
    pub actual: Vec<Point>,
    /// Targets by year.
    pub targets: Vec<Point>,
    /// A target for all years, as printed, and its number.
    pub target: Option<(String, f64)>,
}

/// A figure of a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Gregorian year in which the fiscal year starts.
    pub year: i32,
    /// The year as printed.
    pub label: String,
    /// The figure as printed.
    pub text: String,
    /// The number.
    pub value: f64,
}

/// The grades that the report gives, in the legend's order; those that the legend lacks after them.
pub(super) fn scale(report: &Report) -> Vec<String> {
    let mut scale: Vec<String> = Vec::new();
    let legend = report.grade_scale.iter().map(|grade| &grade.grade);
    let entries =
        report.sections.iter().flat_map(|section| &section.initiatives).flat_map(|initiative| &initiative.years);
    let mut given: Vec<&String> =
        entries.flat_map(|entry| [&entry.grade, &entry.summary_grade]).flatten().map(|grade| &grade.grade).collect();
    given.sort();
    for grade in legend.chain(given) {
        if !grade.is_empty() && !scale.contains(grade) {
            scale.push(grade.clone());
        }
    }
    scale
}

/// The grades of an initiative over its years, where it has at least two.
pub(super) fn grades(initiative: &Initiative, scale: &[String]) -> Option<Chart> {
    let of = |entry: &crate::report::YearEntry| {
        let grade = entry.grade.as_ref().or(entry.summary_grade.as_ref())?;
        scale.iter().position(|one| *one == grade.grade)
    };
    let years: Vec<_> = initiative.years.iter().map(|entry| (entry.label.clone(), of(entry))).collect();
    let graded = years.iter().filter(|(_, grade)| grade.is_some()).count();
    (graded >= 2).then(|| Chart::Grades(Grades { scale: scale.to_vec(), years }))
}

/// The figures of an indicator: one chart for each of its series of actuals that has a figure.
pub(super) fn figures(indicator: &Indicator) -> Vec<Chart> {
    let points = |years: &[crate::report::Measure]| -> Vec<Point> {
        let point = |measure: &crate::report::Measure| {
            let value = measure.value.filter(|value| value.is_finite())?;
            Some(Point { year: measure.year, label: measure.label.clone(), text: measure.text.clone(), value })
        };
        years.iter().filter_map(point).collect()
    };
    let of = |kind| indicator.series.iter().filter(move |series| series.kind == kind);
    let actuals = of(SeriesKind::Actual).count();
    let mut charts = Vec::new();
    for series in of(SeriesKind::Actual) {
        let actual = points(&series.years);
        if actual.is_empty() {
            continue;
        }
        let same_unit = |other: &&crate::report::Series| actuals == 1 || other.unit == series.unit;
        let targets = of(SeriesKind::Target).find(same_unit).map(|other| points(&other.years)).unwrap_or_default();
        let target = series.target.as_ref();
        let target = target.and_then(|target| Some((target.text.clone(), target.value.filter(|v| v.is_finite())?)));
        charts.push(Chart::Figures(Figures {
            label: series.label.as_ref().map(|label| label.text.clone()).unwrap_or_default(),
            unit: series.unit.clone().unwrap_or_default(),
            actual,
            targets,
            target,
        }));
    }
    charts
}
