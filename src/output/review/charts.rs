//! Takes what a chart shows, gives it as a small inline SVG; the figures themselves stand in the list beside it.

use super::{escaped, pair};
use crate::review::{Chart, Figures, Grades, Point};
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
        let low = if low >= 0.0 && low < high * 0.6 { 0.0 } else { low };
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

fn figures(chart: &Figures, out: &mut dyn Write) -> io::Result<()> {
    let mut years: Vec<(i32, &str)> =
        chart.actual.iter().chain(&chart.targets).map(|point| (point.year, point.label.as_str())).collect();
    years.sort_unstable();
    years.dedup_by_key(|(year, _)| *year);
    let scale = Scale::of(chart);
    let width = years.len() as f64 * STEP * 1.35 + 90.0;
    let x = |year: i32| {
        let index = years.iter().position(|(one, _)| *one == year).unwrap_or(0);
        round((index as f64 + 0.5) * STEP * 1.35 + 6.0)
    };
    let caption =
        if chart.label.is_empty() { pair("実績と目標", "actual and target") } else { escaped(&chart.label) };
    open(&caption, width, 106.0, out)?;
    write!(out, "<path class=\"grid\" d=\"M4 {0}H{1}\"/>", Scale::BOTTOM, width - 80.0)?;
    if let Some((text, value)) = &chart.target {
        let y = scale.y(*value);
        write!(out, "<path class=\"goal\" d=\"M4 {y}H{}\"/>", width - 80.0)?;
        write!(
            out,
            "<text class=\"goal-text\" x=\"{}\" y=\"{}\">{}</text>",
            width - 78.0,
            y + 4.0,
            escaped(&brief(text))
        )?;
    }
    let points = |points: &[Point]| {
        let one = |point: &Point| format!("{} {}", x(point.year), scale.y(point.value));
        points.iter().map(one).collect::<Vec<_>>().join(" ")
    };
    write!(out, "<polyline class=\"goal\" points=\"{}\"/>", points(&chart.targets))?;
    write!(out, "<polyline class=\"line\" points=\"{}\"/>", points(&chart.actual))?;
    for point in &chart.actual {
        let (x, y) = (x(point.year), scale.y(point.value));
        write!(out, "<circle class=\"dot\" cx=\"{x}\" cy=\"{y}\" r=\"3\"/>")?;
        write!(out, "<text x=\"{x}\" y=\"{}\">{}</text>", y - 6.0, escaped(&brief(&point.text)))?;
    }
    for (year, label) in &years {
        write!(out, "<text x=\"{}\" y=\"102\">{}</text>", x(*year), escaped(&short(label)))?;
    }
    writeln!(out, "</svg></figure>")
}

/// The beginning of a text that is to stand in a chart.
fn brief(text: &str) -> String {
    const MOST: usize = 12;
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
