//! NUM-06 and GRD-09: indicators that belong together, and initiatives that an indicator measures. Which do is data
//! of the rule pack.

use super::figures::{Figure, indicator_name, of_indicator};
use super::legend::same;
use super::registry::{Check, Reads, Rule, Words};
use super::subject::{Entry, Subject, printed_grade};
use super::targets::{Goal, goals};
use super::wording::{measures, serves};
use super::{Severity, Tally};
use crate::report::{Initiative, SeriesKind};
use std::cmp::Ordering;
use std::collections::BTreeMap;

pub(super) const NUM_06: Rule = Rule {
    id: "NUM-06",
    severities: &[Severity::Error],
    reads: Reads::Facts,
    definition: Words {
        ja: "同じ対象者を数える指標（ルールパックで結び付けたもの）の分母が、同じ年度に異なっていないか。",
        en: "Indicators of one group (linked in the rule pack) with different denominators in the same year.",
    },
    needs: Words { ja: "分母を共にする指標の組がない", en: "no indicators that share a denominator" },
    check: Check::Report(denominators),
};

pub(super) const GRD_09: Rule = Rule {
    id: "GRD-09",
    severities: &[Severity::Warning, Severity::Info],
    reads: Reads::Wording,
    definition: Words {
        ja: "最上位の評価の取組で、結び付く指標がその年度に目標に達していないもの。目標年度より前は参考（info）とする。",
        en: "The best grade while an indicator linked to the initiative misses its target; only for information before the due year.",
    },
    needs: Words {
        ja: "指標に結び付く、最上位評価の取組がない",
        en: "no initiative with the best grade is linked to an indicator",
    },
    check: Check::Report(best_but_missed),
};

fn denominators(subject: &Subject<'_>, tally: &mut Tally) {
    for link in subject.wording.links().filter(|link| link.same_denominator) {
        let mut by_year: BTreeMap<i32, Vec<Figure<'_>>> = BTreeMap::new();
        let group = subject.report.indicators.iter().filter(|one| measures(link, indicator_name(one)));
        for figure in group.flat_map(of_indicator) {
            if figure.counts.is_some() && figure.series.kind == SeriesKind::Actual {
                by_year.entry(figure.measure.year).or_default().push(figure);
            }
        }
        for figures in by_year.values().filter(|figures| figures.len() > 1) {
            tally.case();
            let Some(first) = figures.first() else { continue };
            let Some(other) = figures.iter().find(|one| differ(first, one)) else { continue };
            tally.add(unequal(tally, first, other));
        }
    }
}

fn differ(a: &Figure<'_>, b: &Figure<'_>) -> bool {
    match (a.counts, b.counts) {
        (Some(a), Some(b)) => a.whole.compare(b.whole).is_some_and(Ordering::is_ne),
        _ => false,
    }
}

fn unequal(tally: &Tally, first: &Figure<'_>, other: &Figure<'_>) -> super::Finding {
    let ratio = |figure: &Figure<'_>| figure.counts.map_or("", |counts| counts.ratio.text.trim()).to_owned();
    let (a, b, year) = (first.name(), other.name(), &first.measure.label);
    let (ra, rb) = (ratio(first), ratio(other));
    let mut finding = tally
        .find(
            Severity::Error,
            format!("{year}: 「{a}」は {ra}、「{b}」は {rb}。同じ対象者の分母が異なる。"),
            format!("{year}: {a} has {ra}, {b} has {rb}: different denominators for the same people."),
        )
        .indicator(first.indicator_name())
        .year(first.measure.year)
        .value("ratios", vec![ra, rb])
        .value("other_indicator", other.indicator_name());
    for counts in [first.counts, other.counts].into_iter().flatten() {
        finding = finding.at(&counts.ratio.at);
    }
    finding
}

fn best_but_missed(subject: &Subject<'_>, tally: &mut Tally) {
    let goals = goals(subject);
    for entry in subject.entries() {
        let Some(grade) = entry.year.grade.as_ref().or(entry.year.summary_grade.as_ref()) else { continue };
        let Some(scale) = subject.legend.scale_of(&grade.grade) else { continue };
        if !scale.best(subject.wording).is_some_and(|best| same(&best.grade, &grade.grade)) {
            continue;
        }
        let linked: Vec<_> = goals.iter().filter(|goal| linked(subject, entry.item.initiative, goal)).collect();
        let judged: Vec<_> = linked.iter().filter_map(|goal| Some((*goal, goal.verdict(entry.year.year)?))).collect();
        if judged.is_empty() {
            continue;
        }
        tally.case();
        let missed: Vec<_> = judged.iter().filter(|(_, verdict)| !verdict.met).collect();
        if missed.is_empty() {
            continue;
        }
        tally.add(missed_finding(tally, &entry, printed_grade(grade), &missed));
    }
}

fn linked(subject: &Subject<'_>, initiative: &Initiative, goal: &Goal<'_>) -> bool {
    let title = initiative.title.as_ref().map_or("", |title| title.text.as_str());
    subject.wording.links().any(|link| measures(link, indicator_name(goal.indicator)) && serves(link, title))
}

fn missed_finding(
    tally: &Tally,
    entry: &Entry<'_>,
    grade: &str,
    missed: &[&(&Goal<'_>, super::targets::Verdict<'_>)],
) -> super::Finding {
    let (name, year) = (entry.name(), entry.label());
    let early = missed.iter().all(|(_, verdict)| verdict.before_due);
    let facts = |join: &str| {
        let fact = |(goal, verdict): &&(&Goal<'_>, super::targets::Verdict<'_>)| {
            format!("{} {} / {}", goal.name(), verdict.actual.text, verdict.target_text)
        };
        missed.iter().map(fact).collect::<Vec<_>>().join(join)
    };
    let mut finding = tally
        .find(
            if early { Severity::Info } else { Severity::Warning },
            format!(
                "{name} {year}: 評価は {grade}。結び付くと思われる指標（実績／目標）: {}。目標に達していない可能性がある。",
                facts("、")
            ),
            format!(
                "{name}, {year}: graded {grade}, while a possibly linked indicator (actual / target) stands at {}.",
                facts("; ")
            ),
        )
        .initiative(entry.item.section.number, entry.item.initiative.number)
        .year(entry.year.year)
        .value("grade", grade);
    for grade in [&entry.year.grade, &entry.year.summary_grade].into_iter().flatten() {
        finding = finding.at(&grade.at);
    }
    let indicators: Vec<_> = missed.iter().map(|(goal, _)| indicator_name(goal.indicator).to_owned()).collect();
    if let [one] = indicators.as_slice() {
        finding = finding.indicator(one);
    }
    for (_, verdict) in missed {
        finding = finding.at(&verdict.actual.at).at(verdict.target_at);
    }
    finding.value("indicators", indicators)
}
