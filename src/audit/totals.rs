//! NUM-10: totals, subtotals, differences and shares against their parts. What a total covers is never supposed: it
//! counts as a total of certain parts only where it fits them elsewhere in the report.

use super::decimal::{Decimal, Rounding};
use super::figures::{Figure, indicator_name, of_indicator, of_series, row_name};
use super::legend::sign;
use super::registry::{Check, Reads, Rule, Words};
use super::subject::{Subject, plain};
use super::{Finding, Severity, Tally};
use crate::report::{Indicator, Labelled, Series, SeriesKind};
use std::collections::BTreeMap;

pub(super) const NUM_10: Rule = Rule {
    id: "NUM-10",
    severities: &[Severity::Error],
    reads: Reads::Facts,
    definition: Words {
        ja: "合計・小計・差・達成率が、その内訳の値と合うか。",
        en: "Totals, subtotals, differences and shares against their parts.",
    },
    needs: Words { ja: "合計・差・達成率がない", en: "no totals, differences or achievement rates" },
    check: Check::Report(totals),
};

fn totals(subject: &Subject<'_>, tally: &mut Tally) {
    grade_totals(subject, tally);
    for indicator in &subject.report.indicators {
        let rows: Vec<_> = indicator.series.iter().filter(|row| row.kind == SeriesKind::Actual).collect();
        let named =
            rows.iter().map(|row| (row.label.as_ref().map_or("", |l| l.text.as_str()), indicator, *row)).collect();
        sums(tally, &named);
    }
    for group in groups(subject) {
        sums(tally, &group);
    }
    achievement(subject, tally);
}

type Row<'a> = (&'a str, &'a Indicator, &'a Series);

/// Indicators with one row each that stand one after the other under the same heading.
fn groups<'a>(subject: &Subject<'a>) -> Vec<Vec<Row<'a>>> {
    let mut groups: Vec<Vec<Row<'a>>> = Vec::new();
    let mut heading = None;
    for indicator in &subject.report.indicators {
        let mut actual = indicator.series.iter().filter(|row| row.kind == SeriesKind::Actual);
        let (Some(row), None) = (actual.next(), actual.next()) else { continue };
        let group = indicator.group.as_ref().map(|group| plain(&group.text));
        if heading.as_ref() != Some(&group) || groups.is_empty() {
            groups.push(Vec::new());
            heading = Some(group);
        }
        if let Some(last) = groups.last_mut() {
            last.push((indicator_name(indicator), indicator, row));
        }
    }
    groups
}

fn is_total(label: &str) -> bool {
    let label = plain(label);
    let label = label.split('(').next().unwrap_or_default();
    matches!(label, "計" | "合計" | "総計" | "小計" | "総数" | "全体")
}

/// A total row against the rows before it, since the total before that: for one whole table or for its subtotals.
fn sums(tally: &mut Tally, rows: &Vec<Row<'_>>) {
    let mut parts: Vec<&Row<'_>> = Vec::new();
    for row in rows {
        if is_total(row.0) {
            if parts.len() > 1 {
                sum(tally, row, &parts);
            }
            parts.clear();
        } else {
            parts.push(row);
        }
    }
}

/// One year of a total: what is printed and what the parts add up to.
struct Sum<'a> {
    total: Figure<'a>,
    parts: Decimal,
}

fn sum(tally: &mut Tally, total: &Row<'_>, parts: &[&Row<'_>]) {
    let mut years = Vec::new();
    for printed in of_series(total.1, total.2).filter(|figure| !figure.is_percent()) {
        let values: Option<Vec<_>> = parts.iter().map(|row| of_year(row, printed.measure.year)).collect();
        let Some(values) = values else { continue };
        let Some(parts) = values.into_iter().try_fold(Decimal::whole(0), Decimal::plus) else { continue };
        years.push(Sum { total: printed, parts });
    }
    let fits = years.iter().filter(|year| equal(year.total.value, year.parts)).count();
    let men_and_women = parts.len() == 2 && ["男", "女"].iter().all(|sex| parts.iter().any(|row| row.0.contains(sex)));
    for year in &years {
        tally.case();
        let trusted = men_and_women || fits * 2 > years.len();
        if equal(year.total.value, year.parts) || !trusted {
            continue;
        }
        tally.add(wrong_sum(tally, year, total, parts));
    }
}

/// The row's figure of `year`.
fn of_year(row: &Row<'_>, year: i32) -> Option<Decimal> {
    let mut figures = of_series(row.1, row.2);
    figures.find(|figure| figure.measure.year == year && !figure.is_percent()).map(|figure| figure.value)
}

fn equal(a: Decimal, b: Decimal) -> bool {
    a.compare(b).is_some_and(std::cmp::Ordering::is_eq)
}

fn wrong_sum(tally: &Tally, year: &Sum<'_>, total: &Row<'_>, parts: &[&Row<'_>]) -> Finding {
    let (name, printed, label) = (row_name(total.1, total.2), &year.total.measure.text, &year.total.measure.label);
    let names: Vec<_> = parts.iter().map(|row| row.0).collect();
    let mut finding = tally
        .find(
            Severity::Error,
            format!(
                "「{name}」{label}: 印字された合計は {printed}、内訳（{}）の和は {}。",
                names.join("・"),
                year.parts
            ),
            format!(
                "{name}, {label}: the printed total is {printed}, its parts ({}) add up to {}.",
                names.join(", "),
                year.parts
            ),
        )
        .indicator(indicator_name(total.1))
        .year(year.total.measure.year)
        .at(&year.total.measure.at)
        .value("printed", year.total.value.to_string())
        .value("sum", year.parts.to_string());
    for part in parts.iter().flat_map(|row| row.2.years.iter()).filter(|one| one.year == year.total.measure.year) {
        finding = finding.at(&part.at);
    }
    finding
}

/// The grade that a totals row counts: `評価Aの数`, `Ａ評価の合計`.
fn counted_grade(subject: &Subject<'_>, name: &str) -> Option<String> {
    let name = sign(name);
    let counts = ["数", "合計", "計"].iter().any(|word| name.ends_with(word));
    let rest = ["進捗状況", "評価", "判定", "取組", "施策", "事業", "項目", "合計", "件数", "の", "数", "計"];
    let rest = rest.iter().fold(name, |name, word| name.replace(word, ""));
    let mut graded = subject.report.grade_scale.iter().map(|grade| sign(&grade.grade));
    graded.find(|grade| counts && *grade == rest)
}

/// Rows that count grades, against the grades of all initiatives: trusted where most of their cells agree.
fn grade_totals(subject: &Subject<'_>, tally: &mut Tally) {
    let mut counts: BTreeMap<(i32, String), i128> = BTreeMap::new();
    for entry in subject.entries() {
        if let Some(grade) = entry.year.summary_grade.as_ref().or(entry.year.grade.as_ref()) {
            *counts.entry((entry.year.year, sign(&grade.grade))).or_default() += 1;
        }
    }
    let mut cells = Vec::new();
    for indicator in &subject.report.indicators {
        let Some(grade) = counted_grade(subject, indicator_name(indicator)) else { continue };
        for figure in of_indicator(indicator).filter(|figure| figure.series.kind == SeriesKind::Actual) {
            let counted = counts.get(&(figure.measure.year, grade.clone())).copied().unwrap_or(0);
            cells.push((figure, grade.clone(), counted));
        }
    }
    let fits = |(figure, _, counted): &(Figure<'_>, String, i128)| equal(figure.value, Decimal::whole(*counted));
    let trusted = cells.iter().filter(|cell| fits(cell)).count() * 2 > cells.len();
    for cell in &cells {
        tally.case();
        if fits(cell) || !trusted {
            continue;
        }
        let (figure, grade, counted) = cell;
        let (name, label, printed) = (figure.name(), &figure.measure.label, &figure.measure.text);
        let finding = tally.find(
            Severity::Error,
            format!("「{name}」{label}: 印字された数は {printed}、評価 {grade} の取組は {counted} 件。"),
            format!("{name}, {label}: {printed} is printed, {counted} initiatives are graded {grade}."),
        );
        let finding = finding.indicator(figure.indicator_name()).year(figure.measure.year).at(&figure.measure.at);
        tally.add(finding.value("printed", printed.clone()).value("counted", counted.to_string()));
    }
}

/// Ways in which a 達成率 may be reckoned from actual, target and baseline.
const WAYS: usize = 2;

/// One printed achievement rate with what each way of reckoning gives.
struct Rate<'a> {
    indicator: &'a Indicator,
    cell: &'a Labelled,
    printed: Decimal,
    actual: Figure<'a>,
    ways: [Option<Fit>; WAYS],
}

/// What one way gives.
struct Fit {
    half_up: Decimal,
    fits: bool,
}

/// 達成率 against actual and target: trusted where the same way of reckoning fits most rates of the report.
fn achievement(subject: &Subject<'_>, tally: &mut Tally) {
    let rates: Vec<_> = subject.report.indicators.iter().filter_map(rate).collect();
    let fitting = |way: usize| rates.iter().filter(|rate| rate.ways[way].as_ref().is_some_and(|fit| fit.fits)).count();
    let best = (0..WAYS).max_by_key(|way| (fitting(*way), std::cmp::Reverse(*way))).unwrap_or(0);
    let trusted = fitting(best) >= 2 && fitting(best) * 2 > rates.len();
    for rate in &rates {
        tally.case();
        let any = rate.ways.iter().flatten().any(|fit| fit.fits);
        let Some(fit) = rate.ways[best].as_ref().filter(|_| trusted && !any) else { continue };
        let name = indicator_name(rate.indicator);
        let target = rate.actual.series.target.as_ref().map_or("", |target| target.text.as_str());
        let (label, printed, actual, half_up) =
            (&rate.cell.label, &rate.cell.text, &rate.actual.measure.text, fit.half_up);
        let finding = tally.find(
            Severity::Error,
            format!("「{name}」: 印字された{label}は {printed}、実績 {actual} と目標 {target} からは {half_up}%。"),
            format!("{name}: the printed {label} is {printed}; actual {actual} and target {target} give {half_up}%."),
        );
        let finding =
            finding.indicator(name).year(rate.actual.measure.year).at(&rate.cell.at).at(&rate.actual.measure.at);
        let finding = finding.value("printed", rate.printed.to_string()).value("reckoned", half_up.to_string());
        tally.add(finding.at(rate.actual.series.target.as_ref().map_or(&[], |target| target.at.as_slice())));
    }
}

/// The quotient of a way counts up from nought also where less is aimed at.
fn upward((part, whole): (Decimal, Decimal)) -> (Decimal, Decimal) {
    let nought = Decimal::whole(0);
    match (nought.minus(part), nought.minus(whole)) {
        (Some(part), Some(flipped)) if !whole.is_positive() => (part, flipped),
        _ => (part, whole),
    }
}

fn rate(indicator: &Indicator) -> Option<Rate<'_>> {
    let cell = indicator.other.iter().find(|one| plain(&one.label).starts_with("達成率"))?;
    let text = plain(&cell.text);
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let printed = Decimal::parse(&digits)
        .filter(|_| text.trim_end_matches('%').chars().all(|c| c.is_ascii_digit() || c == '.'))?;
    let series = indicator.series.iter().find(|row| row.kind == SeriesKind::Actual && row.target.is_some())?;
    let actual = of_series(indicator, series).last()?;
    let target = series.target.as_ref()?;
    let target = Decimal::printed(&target.text, target.value?)?;
    let baseline = indicator.series.iter().find(|row| row.kind == SeriesKind::Baseline);
    let baseline = baseline.and_then(|row| of_series(indicator, row).next()).map(|figure| figure.value);
    let fit = |part: Decimal, whole: Decimal| {
        let rounded = Rounding::ALL.map(|mode| part.percent_of(whole, printed.decimals(), mode));
        let [half_up, ..] = rounded;
        Some(Fit { half_up: half_up?, fits: rounded.contains(&Some(printed)) })
    };
    let from_baseline = baseline.and_then(|from| {
        let (part, whole) = upward((actual.value.minus(from)?, target.minus(from)?));
        fit(part, whole)
    });
    Some(Rate { indicator, cell, printed, actual, ways: [fit(actual.value, target), from_baseline] })
}
