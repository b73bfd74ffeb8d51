//! Takes what a chart shows, gives it as a small inline SVG; the figures themselves stand in the list beside it.

use super::{escaped, pair};
use crate::review::{Chart, Figures, Grades};
use std::io::{self, Write};

/// Distance between two years, in the chart's units.
const STEP: f64 = 46.0;

/// Writes a chart with its caption.
pub(super) fn write(chart: &Chart, out: &mut dyn Write) -> io::Result<()> {
    match chart {
        Chart::Grades(one) => grades(one, out),
        Chart::Figures(one) => figures(one, out),
    }
}

fn grades(chart: &Grades, out: &mut dyn Write) -> io::Result<()> {
    let rows = chart.scale.len();
    let (width, height) = (chart.years.len() as f64 * STEP + 8.0, rows as f64 * 15.0 + 22.0);
    open(&pair("評価の推移", "grades over years"), width, height, out)?;
    let y = |grade: usize| grade as f64 * 15.0 + 11.0;
    for row in 0..rows {
        write!(out, "<path class=\"grid\" d=\"M4 {0}H{1}\"/>", y(row), width - 4.0)?;
    }
    let x = |index: usize| (index as f64 + 0.5) * STEP + 4.0;
    let given: Vec<_> =
        chart.years.iter().enumerate().filter_map(|(index, (_, grade))| Some((x(index), (*grade)?))).collect();
    let line: Vec<String> = given.iter().map(|(x, grade)| format!("{x} {}", y(*grade))).collect();
    write!(out, "<polyline class=\"line\" points=\"{}\"/>", line.join(" "))?;
    for (x, grade) in &given {
        let (y, letter) = (y(*grade), chart.scale.get(*grade).map_or("", String::as_str));
        write!(out, "<circle class=\"dot\" cx=\"{x}\" cy=\"{y}\" r=\"7.5\"/>")?;
        write!(out, "<text class=\"in\" x=\"{x}\" y=\"{}\">{}</text>", y + 3.6, escaped(letter))?;
    }
    for (index, (label, _)) in chart.years.iter().enumerate() {
        write!(out, "<text x=\"{}\" y=\"{}\">{}</text>", x(index), height - 4.0, escaped(&short(label)))?;
    }
    writeln!(out, "</svg></figure>")
}

/// A label without the words that all years have.
fn short(label: &str) -> String {
    label.trim_end_matches("年度").trim_end_matches('年').to_owned()
}

/// What a chart of figures needs to put a number at its height.
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    const TOP: f64 = 18.0;
    const BOTTOM: f64 = 88.0;

    fn of(chart: &Figures) -> Self {
        let all = chart.actual.iter().chain(&chart.targets).map(|point| point.value);
        let all = all.chain(chart.target.as_ref().map(|(_, value)| *value));
        let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        // A share is seen against nothing at all; other figures only where they vary much.
        let from_zero = low >= 0.0 && (chart.unit == "%" || low < high * 0.6);
        let low = if from_zero { 0.0 } else { low };
        if high > low { Self { low, high } } else { Self { low: low - 1.0, high: high + 1.0 } }
    }

    fn y(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        round(Self::BOTTOM - share * (Self::BOTTOM - Self::TOP))
    }
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Where the years of a chart of figures stand.
struct Years<'c> {
    years: Vec<(i32, &'c str)>,
}

impl<'c> Years<'c> {
    const STEP: f64 = STEP * 1.35;

    fn of(chart: &'c Figures) -> Self {
        let mut years: Vec<(i32, &str)> =
            chart.actual.iter().chain(&chart.targets).map(|point| (point.year, point.label.as_str())).collect();
        years.sort_unstable();
        years.dedup_by_key(|(year, _)| *year);
        Self { years }
    }

    /// Where the last year's room ends.
    fn end(&self) -> f64 {
        round(self.years.len() as f64 * Self::STEP + 10.0)
    }

    fn x(&self, year: i32) -> f64 {
        let index = self.years.iter().position(|(one, _)| *one == year).unwrap_or(0);
        round((index as f64 + 0.5) * Self::STEP + 6.0)
    }
}

fn figures(chart: &Figures, out: &mut dyn Write) -> io::Result<()> {
    let (years, scale) = (Years::of(chart), Scale::of(chart));
    let target = chart.target.as_ref().map(|(text, value)| (brief(text), scale.y(*value)));
    let width = years.end() + target.as_ref().map_or(0.0, |(text, _)| wide(text) + 6.0);
    let caption =
        if chart.label.is_empty() { pair("実績と目標", "actual and target") } else { escaped(&chart.label) };
    open(&caption, round(width), 106.0, out)?;
    write!(out, "<path class=\"grid\" d=\"M4 {0}H{1}\"/>", Scale::BOTTOM, years.end())?;
    if let Some((text, y)) = target {
        let (end, text) = (years.end(), escaped(&text));
        write!(out, "<path class=\"goal\" d=\"M4 {y}H{end}\"/>")?;
        write!(out, "<text class=\"goal-text\" x=\"{}\" y=\"{}\">{text}</text>", end + 2.0, y + 4.0)?;
    }
    for (class, points) in [("goal", &chart.targets), ("line", &chart.actual)] {
        let ends: Vec<_> =
            points.iter().map(|point| format!("{} {}", years.x(point.year), scale.y(point.value))).collect();
        if !ends.is_empty() {
            write!(out, "<polyline class=\"{class}\" points=\"{}\"/>", ends.join(" "))?;
        }
    }
    for point in &chart.actual {
        let (x, y) = (years.x(point.year), scale.y(point.value));
        write!(out, "<circle class=\"dot\" cx=\"{x}\" cy=\"{y}\" r=\"3\"/>")?;
        write!(out, "<text x=\"{x}\" y=\"{}\">{}</text>", y - 6.0, escaped(&brief(&point.text)))?;
    }
    for (year, label) in &years.years {
        write!(out, "<text x=\"{}\" y=\"102\">{}</text>", years.x(*year), escaped(&short(label)))?;
    }
    writeln!(out, "</svg></figure>")
}

/// How wide a text is at most in the chart's type, in the chart's units.
fn wide(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 6.5 } else { 10.5 }).sum()
}

/// The beginning of a text that is to stand in a chart.
fn brief(text: &str) -> String {
    const MOST: usize = 14;
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= MOST { line.to_owned() } else { line.chars().take(MOST).chain(['…']).collect() }
}

fn open(caption: &str, width: f64, height: f64, out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        "<figure class=\"chart\"><figcaption>{caption}</figcaption><svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" aria-hidden=\"true\">"
    )
}
