//! STR-01 and STR-02: the summary against the detail.

use super::registry::{Check, Reads, Rule, Words};
use super::subject::{Subject, initiative_name, plain, section_name};
use super::{Finding, Severity, Tally};
use crate::report::{Initiative, Section, YearEntry};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const STR_01: Rule = Rule {
    id: "STR-01",
    severities: &[Severity::Warning],
    reads: Reads::Facts,
    definition: Words {
        ja: "一覧の節の題と詳細の節の題が同じか。",
        en: "The section's title in the summary against the detail.",
    },
    needs: Words {
        ja: "一覧と詳細の両方に題がある節がない",
        en: "no section has a title both in a summary and in the detail",
    },
    check: Check::Report(titles),
};

pub(super) const STR_02: Rule = Rule {
    id: "STR-02",
    severities: &[Severity::Error],
    reads: Reads::Facts,
    definition: Words {
        ja: "一覧と詳細で、取組の数・順序・年度が同じか。",
        en: "Numbers of initiatives, their order and year columns, summary against detail.",
    },
    needs: Words {
        ja: "一覧と詳細の両方を持つ節がない", en: "no section stands both in a summary and in the detail"
    },
    check: Check::Report(extent),
};

fn titles(subject: &Subject<'_>, tally: &mut Tally) {
    for section in &subject.report.sections {
        let (Some(summary), Some(detail)) = (&section.summary_title, &section.title) else { continue };
        tally.case();
        if plain(&summary.text) == plain(&detail.text) {
            continue;
        }
        let (name, a, b) = (section_name(section), &summary.text, &detail.text);
        let finding = tally.find(
            Severity::Warning,
            format!("{name}: 一覧の題は「{a}」、詳細の題は「{b}」。"),
            format!("{name}: the summary's title is “{a}”, the detail's “{b}”."),
        );
        let finding = finding.section(section.number).at(&summary.at).at(&detail.at);
        tally.add(finding.value("summary", a.clone()).value("detail", b.clone()));
    }
}

pub(super) fn in_summary(year: &YearEntry) -> bool {
    year.summary_grade.is_some()
}

pub(super) fn in_detail(year: &YearEntry) -> bool {
    year.grade.is_some() || year.status.is_some() || year.actions.is_some() || year.issues.is_some()
}

fn extent(subject: &Subject<'_>, tally: &mut Tally) {
    let both_sides: Vec<_> =
        subject.report.sections.iter().filter(|one| any(one, in_summary) && any(one, in_detail)).collect();
    let as_usual =
        |check: &dyn Fn(&Section) -> bool| both_sides.iter().filter(|one| check(one)).count() * 2 > both_sides.len();
    // A summary may be meant for less than the detail: only what most sections do makes the exception a contradiction.
    let same_initiatives = as_usual(&|one| lacking(one, in_summary).is_none() && lacking(one, in_detail).is_none());
    let same_years = as_usual(&|one| years(one, in_summary) == years(one, in_detail));
    for section in &both_sides {
        tally.case();
        if let Some(one) = lacking(section, in_summary).filter(|_| same_initiatives) {
            tally.add(one_sided(tally, section, one, ("詳細", "一覧"), ("detail", "summary")));
        }
        if let Some(one) = lacking(section, in_detail).filter(|_| same_initiatives) {
            tally.add(one_sided(tally, section, one, ("一覧", "詳細"), ("summary", "detail")));
        }
        let (summary, detail) = (years(section, in_summary), years(section, in_detail));
        if summary != detail && same_years {
            tally.add(other_years(tally, section, &summary, &detail));
        }
    }
}

fn any(section: &Section, side: fn(&YearEntry) -> bool) -> bool {
    section.initiatives.iter().any(|one| one.years.iter().any(side))
}

/// The first initiative that has values, but none on this side.
fn lacking(section: &Section, side: fn(&YearEntry) -> bool) -> Option<&Initiative> {
    section.initiatives.iter().find(|one| !one.years.is_empty() && !one.years.iter().any(side))
}

/// The years for which any initiative has a value on this side.
fn years(section: &Section, side: fn(&YearEntry) -> bool) -> BTreeSet<i32> {
    let entries = section.initiatives.iter().flat_map(|one| &one.years);
    entries.filter(|year| side(year)).map(|year| year.year).collect()
}

fn one_sided(tally: &Tally, section: &Section, one: &Initiative, ja: (&str, &str), en: (&str, &str)) -> Finding {
    let name = initiative_name(section, one);
    let title = one.title.as_ref().or(one.description.as_ref());
    let text = title.map_or("", |title| title.text.as_str());
    tally
        .find(
            Severity::Error,
            format!("{name}「{text}」は{}にあり、{}にない。", ja.0, ja.1),
            format!("{name} “{text}” stands in the {} and not in the {}.", en.0, en.1),
        )
        .initiative(section.number, one.number)
        .at(title.map_or(&[], |title| title.at.as_slice()))
        .value("lacks", en.1)
}

fn other_years(tally: &Tally, section: &Section, summary: &BTreeSet<i32>, detail: &BTreeSet<i32>) -> Finding {
    let entries = section.initiatives.iter().flat_map(|one| &one.years).map(|year| (year.year, year.label.as_str()));
    let labels: BTreeMap<i32, &str> = entries.collect();
    let list = |years: &BTreeSet<i32>| {
        let label = |year: &i32| labels.get(year).map_or_else(|| year.to_string(), |label| (*label).to_owned());
        years.iter().map(label).collect::<Vec<_>>().join("・")
    };
    let (name, a, b) = (section_name(section), list(summary), list(detail));
    let mut finding = tally
        .find(
            Severity::Error,
            format!("{name}: 一覧に値がある年度は {a}、詳細は {b}。"),
            format!("{name}: the summary has values for {a}, the detail for {b}."),
        )
        .section(section.number)
        .value("summary", summary.iter().copied().collect::<Vec<_>>())
        .value("detail", detail.iter().copied().collect::<Vec<_>>());
    for title in [&section.summary_title, &section.title].into_iter().flatten() {
        finding = finding.at(&title.at);
    }
    finding
}
