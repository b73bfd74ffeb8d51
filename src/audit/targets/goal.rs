//! Takes indicators, gives each target with the actual figures that are held against it, and in which direction.

use super::unit::comparable;
use crate::audit::decimal::Decimal;
use crate::audit::figures::{indicator_name, row_name};
use crate::audit::subject::{Subject, plain};
use crate::audit::wording::Wording;
use crate::audit::{Finding, Severity, Tally};
use crate::geom::Place;
use crate::report::{Comparison, Indicator, Measure, Series, SeriesKind, Target};
use std::cmp::Ordering;

/// A target with the actual figures that are held against it.
pub(in crate::audit) struct Goal<'a> {
    pub(in crate::audit) indicator: &'a Indicator,
    pub(in crate::audit) actual: &'a Series,
    pub(in crate::audit) aim: Aim<'a>,
    pub(in crate::audit) direction: Direction,
}

/// What is aimed at.
#[derive(Clone, Copy)]
pub(in crate::audit) enum Aim<'a> {
    /// One value.
    Once(&'a Target),
    /// A value for each year.
    Yearly(&'a Series),
}

/// How an actual has to stand to its target, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::audit) struct Direction {
    pub(in crate::audit) comparison: Comparison,
    pub(in crate::audit) known: Known,
}

/// How a direction is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::audit) enum Known {
    Printed,
    Wording,
    Baseline,
    Supposed,
}

/// One actual against its target.
#[derive(Clone)]
pub(in crate::audit) struct Verdict<'a> {
    pub(in crate::audit) actual: &'a Measure,
    pub(in crate::audit) target_text: String,
    pub(in crate::audit) target_at: &'a [Place],
    pub(in crate::audit) target: Decimal,
    pub(in crate::audit) met: bool,
    pub(in crate::audit) before_due: bool,
}

/// Every target with actuals, in reading order.
pub(in crate::audit) fn goals<'a>(subject: &Subject<'a>) -> Vec<Goal<'a>> {
    subject.report.indicators.iter().flat_map(|indicator| goals_of(indicator, subject.wording)).collect()
}

fn goals_of<'a>(indicator: &'a Indicator, wording: Wording<'_>) -> Vec<Goal<'a>> {
    let of_kind = |kind| indicator.series.iter().filter(move |series| series.kind == kind);
    let mut yearly = of_kind(SeriesKind::Target);
    let goal = |actual: &'a Series| {
        let aim = match &actual.target {
            Some(target) => Aim::Once(target),
            None => Aim::Yearly(yearly.next()?),
        };
        let direction = direction(indicator, actual, aim, wording);
        Some(Goal { indicator, actual, aim, direction })
    };
    of_kind(SeriesKind::Actual).filter_map(goal).collect()
}

fn direction(indicator: &Indicator, actual: &Series, aim: Aim<'_>, wording: Wording<'_>) -> Direction {
    let printed = match aim {
        Aim::Once(target) => target.comparison.or_else(|| comparison_in(&target.text)),
        Aim::Yearly(series) => {
            let label = series.label.as_ref().map(|label| label.text.as_str());
            label.into_iter().chain(series.years.iter().map(|m| m.text.as_str())).find_map(comparison_in)
        }
    };
    if let Some(comparison) = printed {
        return Direction { comparison, known: Known::Printed };
    }
    if wording.matches("TGT-02", "less-is-better", &row_name(indicator, actual)) {
        return Direction { comparison: Comparison::AtMost, known: Known::Wording };
    }
    if baseline_above(indicator, aim) {
        return Direction { comparison: Comparison::AtMost, known: Known::Baseline };
    }
    Direction { comparison: Comparison::AtLeast, known: Known::Supposed }
}

fn comparison_in(text: &str) -> Option<Comparison> {
    let words = [
        ("以上", Comparison::AtLeast),
        ("以下", Comparison::AtMost),
        ("以内", Comparison::AtMost),
        ("未満", Comparison::LessThan),
        ("超", Comparison::MoreThan),
    ];
    let text = plain(text);
    // 以上 of a grade of staff (課長級以上) says nothing about the figure: the word has to follow a number.
    words.into_iter().find_map(|(word, comparison)| {
        let (before, _) = text.split_once(word)?;
        let unit = before.trim_end_matches(|c: char| !c.is_ascii_digit());
        (!unit.is_empty() && before.chars().count() - unit.chars().count() <= 3).then_some(comparison)
    })
}

/// Whether the baseline is printed above the target: then less is aimed at.
fn baseline_above(indicator: &Indicator, aim: Aim<'_>) -> bool {
    let Aim::Once(target) = aim else { return false };
    let baseline = indicator.series.iter().find(|series| series.kind == SeriesKind::Baseline);
    let baseline = baseline.and_then(|series| series.years.first()).and_then(number);
    let target = target.value.and_then(|value| Decimal::printed(&target.text, value));
    matches!((baseline, target), (Some(from), Some(to)) if from.compare(to) == Some(Ordering::Greater))
}

pub(super) fn number(measure: &Measure) -> Option<Decimal> {
    Decimal::printed(&measure.text, measure.value?)
}

impl<'a> Goal<'a> {
    pub(in crate::audit) fn name(&self) -> String {
        row_name(self.indicator, self.actual)
    }

    pub(super) fn target_for(&self, year: i32) -> Option<(Decimal, String, &'a [Place])> {
        match self.aim {
            Aim::Once(target) => {
                Some((Decimal::printed(&target.text, target.value?)?, target.text.clone(), target.at.as_slice()))
            }
            Aim::Yearly(series) => {
                let measure = series.years.iter().find(|measure| measure.year == year)?;
                Some((number(measure)?, measure.text.clone(), measure.at.as_slice()))
            }
        }
    }

    /// The unit of the target of `year`.
    fn target_unit(&self, year: i32) -> Option<&'a str> {
        match self.aim {
            Aim::Once(target) => target.unit.as_deref(),
            Aim::Yearly(series) => {
                let measure = series.years.iter().find(|measure| measure.year == year);
                measure.and_then(|measure| measure.unit.as_deref()).or(series.unit.as_deref())
            }
        }
    }

    /// Whether less is aimed at, or nothing printed says that more is.
    pub(in crate::audit) fn may_be_downward(&self) -> bool {
        let Direction { comparison, known } = self.direction;
        known != Known::Printed || matches!(comparison, Comparison::AtMost | Comparison::LessThan)
    }

    /// The actual of `year` against the target, if both are printed as numbers and in one unit.
    pub(in crate::audit) fn verdict(&self, year: i32) -> Option<Verdict<'a>> {
        let actual = self.actual.years.iter().find(|measure| measure.year == year)?;
        let unit = actual.unit.as_deref().or(self.actual.unit.as_deref());
        if let (Some(wanted), Some(given)) = (self.target_unit(year), unit)
            && !comparable(wanted, given)
        {
            return None;
        }
        let (target, target_text, target_at) = self.target_for(year)?;
        let order = number(actual)?.compare(target)?;
        let met = match self.direction.comparison {
            Comparison::AtLeast => order.is_ge(),
            Comparison::AtMost => order.is_le(),
            Comparison::LessThan => order.is_lt(),
            Comparison::MoreThan => order.is_gt(),
        };
        let due = match self.aim {
            Aim::Once(target) => target.due.as_ref().map(|due| due.year),
            Aim::Yearly(_) => Some(year),
        };
        // Without a due year the target holds in every year.
        Some(Verdict { actual, target_text, target_at, target, met, before_due: due.is_some_and(|due| year < due) })
    }

    /// All its verdicts, in the order of the years.
    pub(super) fn verdicts(&self) -> Vec<Verdict<'a>> {
        self.actual.years.iter().filter_map(|measure| self.verdict(measure.year)).collect()
    }

    /// Parts of a finding about the whole goal.
    pub(super) fn finding(&self, tally: &Tally, severity: Severity, ja: String, en: String) -> Finding {
        let places: &[Place] = match self.aim {
            Aim::Once(target) => &target.at,
            Aim::Yearly(series) => series.label.as_ref().map_or(&[], |label| label.at.as_slice()),
        };
        tally.find(severity, ja, en).indicator(indicator_name(self.indicator)).at(places)
    }

    /// Whether the target is a number: 維持 or 増加 is a direction by itself.
    pub(super) fn has_number(&self) -> bool {
        match self.aim {
            Aim::Once(target) => target.value.is_some(),
            Aim::Yearly(series) => series.years.iter().any(|measure| measure.value.is_some()),
        }
    }

    pub(super) fn target_text(&self) -> String {
        match self.aim {
            Aim::Once(target) => target.text.clone(),
            Aim::Yearly(series) => series.label.as_ref().map_or_else(String::new, |label| label.text.clone()),
        }
    }
}

impl Direction {
    pub(super) fn ja(self) -> &'static str {
        match self.known {
            Known::Printed => "",
            Known::Wording => "（向きの印字がなく、指標名から「以下」とみなした）",
            Known::Baseline => "（向きの印字がなく、基準値より小さいため「以下」とみなした）",
            Known::Supposed => "（向きの印字がなく、「以上」とみなした）",
        }
    }

    pub(super) fn en(self) -> &'static str {
        match self.known {
            Known::Printed => "",
            Known::Wording => " (no direction is printed; \"at most\" is supposed from the name)",
            Known::Baseline => " (no direction is printed; \"at most\" is supposed, as it is below the baseline)",
            Known::Supposed => " (no direction is printed; \"at least\" is supposed)",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_direction_is_printed_only_beside_a_number() {
        assert_eq!(comparison_in("50.0以上"), Some(Comparison::AtLeast));
        assert_eq!(comparison_in("10時間以下"), Some(Comparison::AtMost));
        assert_eq!(comparison_in("5%未満"), Some(Comparison::LessThan));
        assert_eq!(comparison_in("課長級以上に占める割合 20%"), None);
        assert_eq!(comparison_in("【目標】 50%(R6年)"), None);
    }
}
