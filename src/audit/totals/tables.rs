//! Takes indicators, gives the tables in which totals stand: columns of rows that a total may add up.

use crate::audit::figures::indicator_name;
use crate::audit::subject::{Subject, plain};
use crate::report::{Indicator, Series, SeriesKind};

/// One row of figures with the name that tells it from the other rows of its column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) name: &'a str,
    pub(super) indicator: &'a Indicator,
    pub(super) series: &'a Series,
}

/// Columns with the same rows; a total stands in the same row of all of them.
#[derive(Debug, Default)]
pub(super) struct Table<'a> {
    pub(super) columns: Vec<Vec<Row<'a>>>,
}

/// The tables of a report: the rows of each indicator, and indicators of one form that follow each other.
pub(super) fn of<'a>(subject: &Subject<'a>) -> Vec<Table<'a>> {
    let mut tables = Vec::new();
    for group in groups(&subject.report.indicators) {
        // Indicators as columns: 取組数 and 構成比, each with the rows Ａ, Ｂ, 合計.
        tables.push(Table { columns: group.iter().map(|one| by_label(one)).collect() });
        // Indicators as rows: Ａ, Ｂ, 合計, each with the same rows of figures.
        if group.len() > 1 {
            let wide = group.first().map_or(0, |one| actual(one).count());
            let column = |at: usize| group.iter().filter_map(|one| by_name(one, at)).collect();
            tables.push(Table { columns: (0..wide).map(column).collect() });
        }
    }
    tables
}

fn actual(indicator: &Indicator) -> impl Iterator<Item = &Series> {
    indicator.series.iter().filter(|row| row.kind == SeriesKind::Actual)
}

pub(super) fn label(series: &Series) -> &str {
    series.label.as_ref().map_or("", |label| label.text.as_str())
}

fn by_label(indicator: &Indicator) -> Vec<Row<'_>> {
    actual(indicator).map(|series| Row { name: label(series), indicator, series }).collect()
}

fn by_name(indicator: &Indicator, at: usize) -> Option<Row<'_>> {
    Some(Row { name: indicator_name(indicator), indicator, series: actual(indicator).nth(at)? })
}

/// Indicators that follow each other under one heading and have rows of the same names. A single row is named like
/// its indicator, so that its name says nothing.
fn groups(indicators: &[Indicator]) -> Vec<Vec<&Indicator>> {
    type Shape = (Option<String>, Vec<String>);
    let shape = |indicator: &Indicator| -> Shape {
        let labels: Vec<_> = actual(indicator).map(|row| plain(label(row))).collect();
        let group = indicator.group.as_ref().map(|group| plain(&group.text));
        (group, if labels.len() == 1 { vec![String::new()] } else { labels })
    };
    let mut groups: Vec<(Shape, Vec<&Indicator>)> = Vec::new();
    for indicator in indicators {
        let shape = shape(indicator);
        match groups.last_mut() {
            Some((last, group)) if *last == shape => group.push(indicator),
            _ => groups.push((shape, vec![indicator])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}
