//! NUM-11 and TGT-01 to TGT-05: actual figures against their targets. Where no direction is printed, one is read from
//! the wording or the baseline, else "at least" is supposed, and the finding says so.

mod goal;
mod unit;

pub(super) use goal::{Goal, Verdict, goals};

use super::figures::indicator_name;
use super::registry::{Check, Reads, Rule, Words};
use super::subject::Subject;
use super::{Finding, Severity, Tally};
use crate::report::Comparison;
use goal::{Aim, Known, number};
use std::cmp::Ordering;
use unit::agree;

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
        tally.add(never_met(tally, &goal, &verdicts));
    }
}

/// One target is named once, targets by year each with its year.
fn never_met(tally: &Tally, goal: &Goal<'_>, verdicts: &[Verdict<'_>]) -> Finding {
    let name = goal.name();
    let yearly = matches!(goal.aim, Aim::Yearly(_));
    let row: Vec<_> = verdicts.iter().map(|v| format!("{} {}", v.actual.label, v.actual.text)).collect();
    let target = verdicts.last().map_or_else(String::new, |verdict| verdict.target_text.clone());
    let (ja, en) = if yearly {
        let each = |join: &str, word: &str| {
            let one = |v: &Verdict<'_>| format!("{} {}/{word} {}", v.actual.label, v.actual.text, v.target_text);
            verdicts.iter().map(one).collect::<Vec<_>>().join(join)
        };
        (
            format!(
                "「{name}」: 印字された年度（{}）のいずれもその年度の目標に達していない{}。",
                each("、", "目標"),
                goal.direction.ja()
            ),
            format!(
                "{name}: none of the printed years ({}) meets the target of the year{}.",
                each(", ", "target"),
                goal.direction.en()
            ),
        )
    } else {
        let years = (row.join("、"), row.join(", "));
        (
            format!(
                "「{name}」: 印字された年度（{}）のいずれも目標 {target} に達していない{}。",
                years.0,
                goal.direction.ja()
            ),
            format!(
                "{name}: none of the printed years ({}) meets the target {target}{}.",
                years.1,
                goal.direction.en()
            ),
        )
    };
    let mut finding = goal.finding(tally, Severity::Warning, ja, en);
    for verdict in verdicts {
        finding = finding.at(&verdict.actual.at).at(if yearly { verdict.target_at } else { &[] });
    }
    if yearly {
        let targets: Vec<_> = verdicts.iter().map(|verdict| verdict.target_text.clone()).collect();
        return finding.value("targets", targets).value("actuals", row);
    }
    finding.value("target", target).value("actuals", row)
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
