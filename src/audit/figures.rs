//! The figures of a report read again from their printed digits, each with the series and indicator it belongs to.

use super::decimal::Decimal;
use super::subject::plain;
use crate::report::{Indicator, Measure, Ratio, Report, Series, SeriesKind};

/// Words beside a figure that make it approximate or a bound: such a figure is not compared digit by digit.
const INEXACT: [&str; 8] = ["約", "程度", "弱", "強", "以上", "以下", "未満", "超"];

/// One figure of one year with its number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure<'a> {
    pub(super) indicator: &'a Indicator,
    pub(super) series: &'a Series,
    pub(super) measure: &'a Measure,
    pub(super) value: Decimal,
    pub(super) counts: Option<Counts<'a>>,
}

/// The counts behind a rate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counts<'a> {
    pub(super) ratio: &'a Ratio,
    pub(super) part: Decimal,
    pub(super) whole: Decimal,
}

/// Every figure with a value, in reading order.
pub(super) fn of(report: &Report) -> Vec<Figure<'_>> {
    report.indicators.iter().flat_map(of_indicator).collect()
}

pub(super) fn of_indicator(indicator: &Indicator) -> impl Iterator<Item = Figure<'_>> {
    indicator.series.iter().flat_map(move |series| of_series(indicator, series))
}

pub(super) fn of_series<'a>(
    indicator: &'a Indicator,
    series: &'a Series,
) -> impl Iterator<Item = Figure<'a>> + use<'a> {
    series.years.iter().filter_map(move |measure| {
        let value = Decimal::printed(&measure.text, measure.value?)?;
        let counts = measure.ratio.as_ref().and_then(|ratio| {
            Some(Counts {
                ratio,
                part: Decimal::printed(&ratio.text, ratio.numerator)?,
                whole: Decimal::printed(&ratio.text, ratio.denominator)?,
            })
        });
        Some(Figure { indicator, series, measure, value, counts })
    })
}

impl<'a> Figure<'a> {
    /// Whether it is measured (also as a baseline) and printed in percent.
    pub(super) fn is_rate(&self) -> bool {
        self.series.kind != SeriesKind::Target && self.is_percent()
    }

    /// Whether it is printed in percent.
    pub(super) fn is_percent(&self) -> bool {
        let unit = self.measure.unit.as_deref().or(self.series.unit.as_deref());
        unit.map_or_else(|| plain(&self.measure.text).ends_with('%'), |unit| plain(unit) == "%")
    }

    /// Whether its digits are all of it: no 約, no 以上.
    pub(super) fn is_exact(&self) -> bool {
        let text = plain(&self.measure.text);
        !INEXACT.iter().any(|word| text.contains(word))
    }

    /// The indicator's name.
    pub(super) fn indicator_name(&self) -> &'a str {
        indicator_name(self.indicator)
    }

    /// What messages call the row: the indicator's name, with the row's label where the indicator has several rows.
    pub(super) fn name(&self) -> String {
        row_name(self.indicator, self.series)
    }
}

pub(super) fn indicator_name(indicator: &Indicator) -> &str {
    indicator.name.as_ref().map_or("", |name| name.text.as_str())
}

pub(super) fn row_name(indicator: &Indicator, series: &Series) -> String {
    let name = indicator_name(indicator);
    let label = series.label.as_ref().map_or("", |label| label.text.as_str());
    if indicator.series.len() < 2 || label.is_empty() || plain(label) == plain(name) {
        return name.to_owned();
    }
    format!("{name} {label}")
}

/// Each figure beside the one of the previous printed year of its series.
pub(super) fn steps<'a, 'b>(figures: &'b [Figure<'a>]) -> impl Iterator<Item = (&'b Figure<'a>, &'b Figure<'a>)> {
    figures.windows(2).filter_map(|pair| match pair {
        [before, after] if std::ptr::eq(before.series, after.series) => Some((before, after)),
        _ => None,
    })
}
