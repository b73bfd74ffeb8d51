//! NUM-11 and TGT-01 to TGT-05: actual figures against their targets. Where no direction is printed, one is read from
//! the wording or the baseline, else "at least" is supposed, and the finding says so.

use super::decimal::Decimal;
use super::figures::{indicator_name, row_name};
use super::registry::{Check, Reads, Rule, Words};
use super::subject::{Subject, plain};
use super::wording::Wording;
use super::{Finding, Severity, Tally};
use crate::geom::Place;
use crate::report::{Comparison, Indicator, Measure, Series, SeriesKind, Target};
use std::cmp::Ordering;

const NO_TARGET: Words = Words { ja: "目標と実績の組がない", en: "no actual figure has a target" };

pub(super) const NUM_11: Rule = Rule {
    id: "NUM-11",
    severities: &[Severity::Error],
    reads: Reads::Facts,
    definition: Words {
        ja: "目標の単位と実績の単位が異なっていないか。",
        en: "The unit of a target against the unit of its actual.",
    },
    needs: NO_TARGET,
    check: Check::Report(units),
};

pub(super) const TGT_01: Rule = Rule {
    id: "TGT-01",
    severities: &[Severity::Info],
    reads: Reads::Facts,
    definition: Words {
        ja: "各実績を目標と比べる: 達成、未達成、又は目標年度前。",
        en: "Each actual against its target: met, not met, not yet due.",
    },
    needs: NO_TARGET,
    check: Check::Report(verdicts),
};

pub(super) const TGT_02: Rule = Rule {
    id: "TGT-02",
    severities: &[Severity::Warning],
    reads: Reads::Facts,
    definition: Words {
        ja: "年度ごとの上限目標を超えた実績。",
        en: "An actual beyond a per-year target that is a ceiling.",
    },
    needs: Words { ja: "年度ごとの上限目標がない", en: "no per-year target that is a ceiling" },
    check: Check::Report(ceilings),
};

pub(super) const TGT_03: Rule = Rule {
    id: "TGT-03",
    severities: &[Severity::Info],
    reads: Reads::Facts,
    definition: Words {
        ja: "直近2年度の実績が達しているのに据え置かれている目標。",
        en: "A target met in the two latest printed years and unchanged.",
    },
    needs: Words { ja: "2年度以上の実績を持つ目標がない", en: "no target has actuals in two years" },
    check: Check::Report(easy),
};

pub(super) const TGT_04: Rule = Rule {
    id: "TGT-04",
    severities: &[Severity::Warning],
    reads: Reads::Facts,
    definition: Words {
        ja: "印字された全ての年度（2年度以上）で達していない目標。",
        en: "A target not met in any printed year (two or more).",
    },
    needs: Words { ja: "2年度以上の実績を持つ目標がない", en: "no target has actuals in two years" },
    check: Check::Report(never),
};

pub(super) const TGT_05: Rule = Rule {
    id: "TGT-05",
    severities: &[Severity::Info],
    reads: Reads::Facts,
    definition: Words {
        ja: "目標年度の印字がない目標、向き（以上・以下など）の印字がない目標。",
        en: "A target without a due year; a target without a printed direction.",
    },
    needs: Words { ja: "目標がない", en: "no target is printed" },
    check: Check::Report(incomplete),
};

/// A target with the actual figures that are held against it.
pub(super) struct Goal<'a> {
    pub(super) indicator: &'a Indicator,
    pub(super) actual: &'a Series,
    pub(super) aim: Aim<'a>,
    pub(super) direction: Direction,
}

/// What is aimed at.
#[derive(Clone, Copy)]
pub(super) enum Aim<'a> {
    /// One value.
    Once(&'a Target),
    /// A value for each year.
    Yearly(&'a Series),
}

/// How an actual has to stand to its target, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Direction {
    pub(super) comparison: Comparison,
    pub(super) known: Known,
}

/// How a direction is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Printed,
    Wording,
    Baseline,
    Supposed,
}

/// One actual against its target.
#[derive(Clone)]
pub(super) struct Verdict<'a> {
    pub(super) actual: &'a Measure,
    pub(super) target_text: String,
    pub(super) target_at: &'a [Place],
    pub(super) target: Decimal,
    pub(super) met: bool,
    pub(super) before_due: bool,
}

/// Every target with actuals, in reading order.
pub(super) fn goals<'a>(subject: &Subject<'a>) -> Vec<Goal<'a>> {
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

fn number(measure: &Measure) -> Option<Decimal> {
    Decimal::printed(&measure.text, measure.value?)
}

impl<'a> Goal<'a> {
    pub(super) fn name(&self) -> String {
        row_name(self.indicator, self.actual)
    }

    fn target_for(&self, year: i32) -> Option<(Decimal, String, &'a [Place])> {
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

    /// The actual of `year` against the target, if both are printed as numbers.
    pub(super) fn verdict(&self, year: i32) -> Option<Verdict<'a>> {
        let actual = self.actual.years.iter().find(|measure| measure.year == year)?;
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
    fn verdicts(&self) -> Vec<Verdict<'a>> {
        self.actual.years.iter().filter_map(|measure| self.verdict(measure.year)).collect()
    }

    /// Parts of a finding about the whole goal.
    fn finding(&self, tally: &Tally, severity: Severity, ja: String, en: String) -> Finding {
        let places: &[Place] = match self.aim {
            Aim::Once(target) => &target.at,
            Aim::Yearly(series) => series.label.as_ref().map_or(&[], |label| label.at.as_slice()),
        };
        tally.find(severity, ja, en).indicator(indicator_name(self.indicator)).at(places)
    }

    /// Whether the target is a number: 維持 or 増加 is a direction by itself.
    fn has_number(&self) -> bool {
        match self.aim {
            Aim::Once(target) => target.value.is_some(),
            Aim::Yearly(series) => series.years.iter().any(|measure| measure.value.is_some()),
        }
    }

    fn target_text(&self) -> String {
        match self.aim {
            Aim::Once(target) => target.text.clone(),
            Aim::Yearly(series) => series.label.as_ref().map_or_else(String::new, |label| label.text.clone()),
        }
    }
}

impl Direction {
    fn ja(self) -> &'static str {
        match self.known {
            Known::Printed => "",
            Known::Wording => "（向きの印字がなく、指標名から「以下」とみなした）",
            Known::Baseline => "（向きの印字がなく、基準値より小さいため「以下」とみなした）",
            Known::Supposed => "（向きの印字がなく、「以上」とみなした）",
        }
    }

    fn en(self) -> &'static str {
        match self.known {
            Known::Printed => "",
            Known::Wording => " (no direction is printed; \"at most\" is supposed from the name)",
            Known::Baseline => " (no direction is printed; \"at most\" is supposed, as it is below the baseline)",
            Known::Supposed => " (no direction is printed; \"at least\" is supposed)",
        }
    }
}

fn units(subject: &Subject<'_>, tally: &mut Tally) {
    for goal in goals(subject) {
        let target_unit = match goal.aim {
            Aim::Once(target) => target.unit.as_deref(),
            Aim::Yearly(series) => series.unit.as_deref(),
        };
        let measured = goal.actual.years.iter().find(|measure| measure.value.is_some());
        let actual_unit = goal.actual.unit.as_deref().or_else(|| measured.and_then(|measure| measure.unit.as_deref()));
        let (Some(wanted), Some(given)) = (target_unit, actual_unit) else { continue };
        tally.case();
        if agree(wanted, given) {
            continue;
        }
        let name = goal.name();
        let finding = goal.finding(
            tally,
            Severity::Error,
            format!("「{name}」: 目標「{}」の単位は {wanted}、実績の単位は {given}。", goal.target_text()),
            format!("{name}: the target “{}” is in {wanted}, the actual in {given}.", goal.target_text()),
        );
        let finding = finding.value("target_unit", wanted).value("actual_unit", given);
        tally.add(finding.at(measured.map_or(&[], |measure| measure.at.as_slice())));
    }
}

/// Whether two units are of one dimension, or one says more than the other (日 and 日間, 人 and 延べ人).
fn agree(a: &str, b: &str) -> bool {
    let (a, b) = (dimension(a), dimension(b));
    a.contains(&b) || b.contains(&a)
}

/// What a unit measures: units of one dimension do not contradict each other.
fn dimension(unit: &str) -> String {
    const SAME: [&[&str]; 5] = [
        &["人", "名", "千人", "万人"],
        &["か所", "カ所", "ヶ所", "ケ所", "ヵ所", "箇所", "ヵ處"],
        &["%", "ポイント", "pt", "割", "パーセント"],
        &["時間", "h", "分"],
        &["円", "千円", "百万円", "万円", "億円"],
    ];
    let unit = plain(unit);
    // A share or a change may be given per something: what stands after the stroke is no dimension of its own.
    let head = unit.split('/').next().unwrap_or_default();
    let found = SAME.iter().find(|names| names.contains(&head)).and_then(|names| names.first());
    found.map_or_else(|| head.to_owned(), |name| (*name).to_owned())
}

fn verdicts(subject: &Subject<'_>, tally: &mut Tally) {
    for goal in goals(subject) {
        for verdict in goal.verdicts() {
            tally.case();
            tally.add(judgement(tally, &goal, &verdict));
        }
    }
}

fn judgement(tally: &Tally, goal: &Goal<'_>, verdict: &Verdict<'_>) -> Finding {
    let (status, ja, en) = match (verdict.met, verdict.before_due) {
        (true, _) => ("met", "達成", "met"),
        (false, true) => ("not_yet_due", "未達成（目標年度前）", "not met, not yet due"),
        (false, false) => ("not_met", "未達成", "not met"),
    };
    let (name, actual, target) = (goal.name(), verdict.actual, &verdict.target_text);
    tally
        .find(
            Severity::Info,
            format!("「{name}」{}: 実績 {}、目標 {target}: {ja}{}。", actual.label, actual.text, goal.direction.ja()),
            format!("{name}, {}: actual {}, target {target}: {en}{}.", actual.label, actual.text, goal.direction.en()),
        )
        .indicator(indicator_name(goal.indicator))
        .year(actual.year)
        .at(&actual.at)
        .at(verdict.target_at)
        .value("status", status)
        .value("actual", actual.text.clone())
        .value("target", target.clone())
}

fn ceilings(subject: &Subject<'_>, tally: &mut Tally) {
    for goal in goals(subject) {
        let ceiling = matches!(goal.direction.comparison, Comparison::AtMost | Comparison::LessThan);
        if !ceiling || !matches!(goal.aim, Aim::Yearly(_)) {
            continue;
        }
        for verdict in goal.verdicts() {
            tally.case();
            if verdict.met {
                continue;
            }
            let (name, actual, target) = (goal.name(), verdict.actual, &verdict.target_text);
            let over = number(actual)
                .and_then(|value| value.minus(verdict.target))
                .map_or_else(String::new, |n| n.to_string());
            let finding = tally
                .find(
                    Severity::Warning,
                    format!(
                        "「{name}」{}: 実績 {} は年度目標 {target} を {over} 上回る{}。",
                        actual.label,
                        actual.text,
                        goal.direction.ja()
                    ),
                    format!(
                        "{name}, {}: the actual {} is {over} beyond the year's target {target}{}.",
                        actual.label,
                        actual.text,
                        goal.direction.en()
                    ),
                )
                .indicator(indicator_name(goal.indicator))
                .year(actual.year)
                .at(&actual.at)
                .at(verdict.target_at)
                .value("actual", actual.text.clone())
                .value("target", target.clone());
            tally.add(finding);
        }
    }
}

fn easy(subject: &Subject<'_>, tally: &mut Tally) {
    for goal in goals(subject) {
        let verdicts = goal.verdicts();
        let [.., before, last] = verdicts.as_slice() else { continue };
        tally.case();
        let unchanged = before.target.compare(last.target) == Some(Ordering::Equal);
        if !(before.met && last.met && unchanged) {
            continue;
        }
        let (name, a, b, target) = (goal.name(), before.actual, last.actual, &last.target_text);
        let finding = goal.finding(
            tally,
            Severity::Info,
            format!(
                "「{name}」: {} {}、{} {} と2年続けて目標 {target} に達し、目標は同じままである{}。",
                a.label,
                a.text,
                b.label,
                b.text,
                goal.direction.ja()
            ),
            format!(
                "{name}: {} {} and {} {} both meet the target {target}, which is unchanged{}.",
                a.label,
                a.text,
                b.label,
                b.text,
                goal.direction.en()
            ),
        );
        tally.add(finding.year(b.year).at(&a.at).at(&b.at).value("target", target.clone()));
    }
}

fn never(subject: &Subject<'_>, tally: &mut Tally) {
    for goal in goals(subject) {
        let verdicts = goal.verdicts();
        if verdicts.len() < 2 {
            continue;
        }
        tally.case();
        if verdicts.iter().any(|verdict| verdict.met) {
            continue;
        }
        let name = goal.name();
        let row: Vec<_> = verdicts.iter().map(|v| format!("{} {}", v.actual.label, v.actual.text)).collect();
        let target = verdicts.last().map_or_else(String::new, |verdict| verdict.target_text.clone());
        let mut finding = goal.finding(
            tally,
            Severity::Warning,
            format!(
                "「{name}」: 印字された年度（{}）のいずれも目標 {target} に達していない{}。",
                row.join("、"),
                goal.direction.ja()
            ),
            format!(
                "{name}: none of the printed years ({}) meets the target {target}{}.",
                row.join(", "),
                goal.direction.en()
            ),
        );
        for verdict in &verdicts {
            finding = finding.at(&verdict.actual.at);
        }
        tally.add(finding.value("target", target).value("actuals", row));
    }
}

fn incomplete(subject: &Subject<'_>, tally: &mut Tally) {
    for goal in goals(subject) {
        tally.case();
        let (name, text) = (goal.name(), goal.target_text());
        if matches!(goal.aim, Aim::Once(target) if target.due.is_none()) {
            let finding = goal.finding(
                tally,
                Severity::Info,
                format!("「{name}」: 目標「{text}」に目標年度の印字がない。"),
                format!("{name}: the target “{text}” is printed without a due year."),
            );
            tally.add(finding.value("lacks", "due").value("target", text.clone()));
        }
        if goal.direction.known != Known::Printed && goal.has_number() {
            let finding = goal.finding(
                tally,
                Severity::Info,
                format!("「{name}」: 目標「{text}」に向き（以上・以下など）の印字がない。"),
                format!("{name}: the target “{text}” is printed without a direction."),
            );
            tally.add(finding.value("lacks", "direction").value("target", text));
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

    #[test]
    fn units_of_one_dimension_do_not_contradict() {
        assert!(agree("人", "名"));
        assert!(agree("％", "%"));
        assert!(agree("千円", "百万円"));
        assert!(agree("人/年", "延べ人"));
        assert!(!agree("%", "人"));
    }
}
