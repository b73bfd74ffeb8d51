//! Takes an indicator, gives its figures, targets and notes.

use super::{charted, grade, of, other, text, value, words};
use crate::audit::Message;
use crate::report::{Comparison, Indicator, Measure, Series, SeriesKind, Target};
use crate::review::{Group, Kind, Value, chart};

/// The values of the indicator that stands at `order` in the report.
pub(super) fn group(order: usize, indicator: &Indicator) -> Group {
    let mut values = Vec::new();
    text(&mut values, Kind::Title, words("見出し", "heading above"), indicator.group.as_ref());
    text(&mut values, Kind::Title, words("名称", "name"), indicator.name.as_ref());
    for one in &indicator.series {
        series(&mut values, one, indicator);
    }
    grade(&mut values, words("評価", "grade"), "", indicator.grade.as_ref());
    text(&mut values, Kind::Text, words("担当", "responsible"), indicator.responsible.as_ref());
    other(&mut values, "", &indicator.other);
    for note in &indicator.notes {
        text(&mut values, Kind::Note, words("注", "note"), Some(note));
    }
    let title = indicator.name.as_ref().map_or("", |name| &name.text);
    let name = Message::new(format!("指標 {order}"), format!("indicator {order}"));
    charted(super::group(&format!("k{order}"), name, title, values), chart::figures(indicator))
}

fn series(values: &mut Vec<Value>, series: &Series, indicator: &Indicator) {
    let (kind, name) = match series.kind {
        SeriesKind::Actual => (Kind::Figure, words("実績", "actual")),
        SeriesKind::Target => (Kind::Target, words("目標", "target")),
        SeriesKind::Baseline => (Kind::Figure, words("基準値", "baseline")),
    };
    if series.label != indicator.name {
        text(values, Kind::Title, words("行の見出し", "row label"), series.label.as_ref());
    }
    if let Some(one) = &series.target {
        let mut target = value(Kind::Target, words("目標値", "target"), &one.text, &one.at);
        target.read = Some(goal(one)).filter(|read| !read.is_empty());
        values.push(target);
    }
    for measure in &series.years {
        figure(values, kind, of(name.clone(), &measure.label), measure);
    }
}

fn figure(values: &mut Vec<Value>, kind: Kind, name: Message, measure: &Measure) {
    let mut one = value(kind, name.clone(), &measure.text, &measure.at);
    one.read = Some(measure.value.map_or_else(|| "—".to_owned(), |value| number(value, measure.unit.as_deref())));
    values.push(one);
    if let Some(ratio) = &measure.ratio {
        let mut counts = value(kind, of(name, "(n/N)"), &ratio.text, &ratio.at);
        let unit = ratio.unit.as_deref();
        counts.read = Some(format!("{} / {}", number(ratio.numerator, unit), number(ratio.denominator, unit)));
        values.push(counts);
    }
}

/// A target as signs that need no language: `≥ 50 % (2024) 全職員`.
fn goal(target: &Target) -> String {
    let sign = match target.comparison {
        Some(Comparison::AtLeast) => "≥ ",
        Some(Comparison::AtMost) => "≤ ",
        Some(Comparison::LessThan) => "< ",
        Some(Comparison::MoreThan) => "> ",
        None => "",
    };
    let Some(value) = target.value else { return String::new() };
    let due = target.due.as_ref().map_or_else(String::new, |due| format!(" ({})", due.year));
    let scope = target.scope.as_ref().map_or_else(String::new, |scope| format!(" {scope}"));
    format!("{sign}{}{due}{scope}", number(value, target.unit.as_deref()))
}

fn number(value: f64, unit: Option<&str>) -> String {
    unit.map_or_else(|| value.to_string(), |unit| format!("{value} {unit}"))
}
