//! Rows that count grades, against the grades that the report gives.

use super::tables::label;
use super::{Row, equal};
use crate::audit::decimal::Decimal;
use crate::audit::figures::{Figure, indicator_name, of_series};
use crate::audit::legend::sign;
use crate::audit::subject::Subject;
use crate::audit::{Severity, Tally};
use crate::report::SeriesKind;
use std::collections::{BTreeMap, BTreeSet};

/// The sign of the grade that a row counts: `評価Aの数`, `Ａ評価の合計`, `Ａ` with a row `取組数`.
pub(super) fn counted_grade(subject: &Subject<'_>, row: &Row<'_>) -> Option<String> {
    let (name, label) = (sign(indicator_name(row.indicator)), sign(label(row.series)));
    let counts = |text: &str| ["数", "合計", "計"].iter().any(|word| text.ends_with(word));
    let rest = ["進捗状況", "評価", "判定", "取組", "施策", "事業", "項目", "指標", "合計", "件数", "の", "数", "計"];
    let bare = |text: &str| rest.iter().fold(text.to_owned(), |text, word| text.replace(word, ""));
    let grades: BTreeSet<_> = subject.report.grade_scale.iter().map(|grade| sign(&grade.grade)).collect();
    let names = [(&name, &name), (&label, &label), (&name, &label), (&label, &name)];
    names.into_iter().filter(|(_, by)| counts(by)).find_map(|(text, _)| grades.get(&bare(text)).cloned())
}

/// How often each grade is given in each year.
type Counts = BTreeMap<(i32, String), i128>;

/// What may be counted.
struct Kind {
    ja: &'static str,
    en: &'static str,
    counts: Counts,
}

fn kinds(subject: &Subject<'_>) -> [Kind; 3] {
    let (mut initiatives, mut indicators) = (Counts::new(), Counts::new());
    for entry in subject.entries() {
        if let Some(grade) = entry.year.summary_grade.as_ref().or(entry.year.grade.as_ref()) {
            *initiatives.entry((entry.year.year, sign(&grade.grade))).or_default() += 1;
        }
    }
    let graded = subject.report.indicators.iter().filter_map(|indicator| indicator.grade.as_ref());
    for (grade, year) in graded.zip(subject.fiscal_year.into_iter().cycle()) {
        *indicators.entry((year, sign(&grade.grade))).or_default() += 1;
    }
    let mut both = initiatives.clone();
    for (key, count) in &indicators {
        *both.entry(key.clone()).or_default() += count;
    }
    [
        Kind { ja: "取組", en: "initiatives", counts: initiatives },
        Kind { ja: "指標", en: "indicators", counts: indicators },
        Kind { ja: "取組と指標", en: "initiatives and indicators", counts: both },
    ]
}

/// One cell of a row that counts a grade.
struct Cell<'a> {
    figure: Figure<'a>,
    grade: String,
}

/// Rows that count grades, table by table: trusted where most of their cells agree with what one kind of thing has.
pub(super) fn grade_totals(subject: &Subject<'_>, tally: &mut Tally) {
    let kinds = kinds(subject);
    for cells in tables(subject) {
        let compared = |kind: &Kind| -> Vec<(usize, i128)> {
            let years: BTreeSet<_> = kind.counts.keys().map(|(year, _)| *year).collect();
            let known = cells.iter().enumerate().filter(|(_, cell)| years.contains(&cell.figure.measure.year));
            let counted = |cell: &Cell<'_>| kind.counts.get(&(cell.figure.measure.year, cell.grade.clone())).copied();
            known.map(|(at, cell)| (at, counted(cell).unwrap_or(0))).collect()
        };
        let fits = |(at, counted): &(usize, i128)| {
            cells.get(*at).is_some_and(|cell| equal(cell.figure.value, Decimal::whole(*counted)))
        };
        let fitting = |kind: &Kind| compared(kind).iter().filter(|cell| fits(cell)).count();
        let Some(kind) = kinds.iter().reduce(|a, b| if fitting(b) > fitting(a) { b } else { a }) else { return };
        let compared = compared(kind);
        if fitting(kind) * 2 <= compared.len() {
            continue;
        }
        for one in &compared {
            tally.case();
            if let Some(cell) = cells.get(one.0).filter(|_| !fits(one)) {
                tally.add(wrong(tally, subject, cell, kind, one.1));
            }
        }
    }
}

/// The cells that count grades: a table is a run of indicators.
fn tables<'a>(subject: &Subject<'a>) -> Vec<Vec<Cell<'a>>> {
    let mut tables: Vec<Vec<Cell<'a>>> = Vec::new();
    let mut last = None;
    for (at, indicator) in subject.report.indicators.iter().enumerate() {
        for series in indicator.series.iter().filter(|series| series.kind == SeriesKind::Actual) {
            let Some(grade) = counted_grade(subject, &Row { name: "", indicator, series }) else { continue };
            if last.is_none_or(|last| at > last + 1) {
                tables.push(Vec::new());
            }
            last = Some(at);
            let counts = of_series(indicator, series).filter(|figure| !figure.is_percent());
            if let Some(table) = tables.last_mut() {
                table.extend(counts.map(|figure| Cell { figure, grade: grade.clone() }));
            }
        }
    }
    tables
}

fn wrong(tally: &Tally, subject: &Subject<'_>, cell: &Cell<'_>, kind: &Kind, counted: i128) -> crate::audit::Finding {
    let figure = &cell.figure;
    let (name, label, printed) = (figure.name(), &figure.measure.label, &figure.measure.text);
    let mut scale = subject.report.grade_scale.iter();
    let grade = scale.find(|one| sign(&one.grade) == cell.grade).map_or(cell.grade.as_str(), |one| one.grade.as_str());
    let finding = tally.find(
        Severity::Error,
        format!("「{name}」{label}: 印字された数は {printed}、評価 {grade} の{}は {counted} 件。", kind.ja),
        format!("{name}, {label}: {printed} is printed, {counted} {} are graded {grade}.", kind.en),
    );
    let finding = finding.indicator(figure.indicator_name()).year(figure.measure.year).at(&figure.measure.at);
    finding.value("printed", printed.clone()).value("counted", counted.to_string())
}
