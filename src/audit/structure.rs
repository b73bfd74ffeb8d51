//! STR-01, STR-02 and STR-04: the summary against the detail, and cells that are blank or filled where the years say
//! otherwise.

use super::figures::indicator_name;
use super::registry::{Check, Reads, Rule, Words};
use super::subject::{Entry, Item, Subject, initiative_name, plain, section_name};
use super::{Finding, Severity, Tally};
use crate::report::{Indicator, Initiative, Measure, Section, Series, SeriesKind, YearEntry};
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

pub(super) const STR_04: Rule = Rule {
    id: "STR-04",
    severities: &[Severity::Error],
    reads: Reads::Facts,
    definition: Words {
        ja: "報告年度までの空欄、報告年度より後の実績・評価。",
        en: "A blank in a year up to the year reported on; a value after it.",
    },
    needs: Words {
        ja: "報告年度又は年度ごとの値がない", en: "no year reported on, or no values by year"
    },
    check: Check::Report(blanks),
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

fn in_summary(year: &YearEntry) -> bool {
    year.summary_grade.is_some()
}

fn in_detail(year: &YearEntry) -> bool {
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
    let list = |years: &BTreeSet<i32>| years.iter().map(i32::to_string).collect::<Vec<_>>().join("・");
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

fn blanks(subject: &Subject<'_>, tally: &mut Tally) {
    let Some(fiscal_year) = subject.fiscal_year else { return };
    initiative_blanks(subject, fiscal_year, tally);
    let gaps_count = rows_are_full(subject, fiscal_year);
    let rows = || {
        subject.report.indicators.iter().flat_map(|one| {
            one.series.iter().filter(|series| series.kind == SeriesKind::Actual).map(move |series| (one, series))
        })
    };
    let filled = |year: i32| {
        rows().filter(|(_, row)| row.years.iter().any(|one| one.year == year && one.value.is_some())).count()
    };
    for (indicator, series) in rows() {
        for measure in series.years.iter().filter(|measure| measure.value.is_some()) {
            tally.case();
            if measure.year > fiscal_year && filled(measure.year) * 2 <= rows().count() {
                tally.add(figure_after_the_year(tally, indicator, measure, fiscal_year));
            }
        }
        if gaps_count {
            indicator_gaps(indicator, series, fiscal_year, tally);
        }
    }
}

fn figure_after_the_year(tally: &Tally, indicator: &Indicator, measure: &Measure, fiscal_year: i32) -> Finding {
    let (name, year, text) = (indicator_name(indicator), &measure.label, &measure.text);
    let finding = tally.find(
        Severity::Error,
        format!("「{name}」: 報告年度より後の{year}に実績 {text} がある。"),
        format!("{name}: an actual {text} stands in {year}, after the year reported on."),
    );
    let finding = finding.indicator(name).year(measure.year).at(&measure.at);
    finding.value("printed", text.clone()).value("fiscal_year", fiscal_year)
}

/// Whether nearly every cell of the report's rows of figures is filled, so that a blank one is an exception.
fn rows_are_full(subject: &Subject<'_>, fiscal_year: i32) -> bool {
    let (mut all, mut filled) = (0_usize, 0_usize);
    for indicator in &subject.report.indicators {
        let years = indicator.years.iter().filter(|year| year.year <= fiscal_year).count();
        for series in indicator.series.iter().filter(|series| series.kind == SeriesKind::Actual) {
            all += years;
            filled += series.years.iter().filter(|measure| measure.year <= fiscal_year).count();
        }
    }
    filled * 10 >= all * 9
}

/// Blanks between printed figures and at the end of a row whose other rows go on.
fn indicator_gaps(indicator: &Indicator, series: &Series, fiscal_year: i32, tally: &mut Tally) {
    let printed: BTreeSet<i32> = series.years.iter().map(|measure| measure.year).collect();
    let Some(first) = printed.first().copied() else { return };
    let rest = indicator.years.iter().filter(|year| (first..=fiscal_year).contains(&year.year));
    for year in rest.filter(|year| !printed.contains(&year.year)) {
        tally.case();
        let name = super::figures::row_name(indicator, series);
        let near = series.years.iter().rfind(|measure| measure.year < year.year);
        let finding = tally.find(
            Severity::Error,
            format!(
                "「{name}」: 報告年度までの {} が空欄である（前の値: {}）。",
                year.label,
                near.map_or("", |m| m.text.as_str())
            ),
            format!(
                "{name}: {} is blank, a year up to the one reported on (value before: {}).",
                year.label,
                near.map_or("", |m| m.text.as_str())
            ),
        );
        let finding = finding.indicator(indicator_name(indicator)).year(year.year);
        tally.add(finding.at(near.map_or(&[], |measure| measure.at.as_slice())).value("fiscal_year", fiscal_year));
    }
}

type Member = (&'static str, &'static str, fn(&YearEntry) -> bool);

/// What a cell of an initiative's year may hold. A blank cell for issues says that there are none.
const MEMBERS: [Member; 4] = [
    ("一覧の評価", "grade in the summary", in_summary),
    ("評価", "grade", |year| year.grade.is_some()),
    ("実施状況", "status", |year| year.status.is_some()),
    ("取組の文", "actions", has_actions),
];

fn has_actions(year: &YearEntry) -> bool {
    year.actions.is_some() || year.result.is_some()
}

/// Blank cells are told from cells that the form does not have (or that hold a sign for "not graded") by the rest of
/// the report: a member counts as blank only where nearly every entry of the report up to the year has it.
fn initiative_blanks(subject: &Subject<'_>, fiscal_year: i32, tally: &mut Tally) {
    let usual: Vec<_> = MEMBERS.into_iter().filter(|(_, _, has)| usual(subject, fiscal_year, *has)).collect();
    let with_texts = usual.iter().any(|(_, en, _)| *en == "actions");
    let later = years_in_use(subject, fiscal_year);
    for item in subject.items() {
        for year in &item.initiative.years {
            let entry = Entry { item, year };
            tally.case();
            let members: &[Member] = if year.year > fiscal_year { &MEMBERS } else { &usual };
            for (ja, en, has) in members {
                if year.year > fiscal_year && has(year) && !later.contains(&year.year) {
                    tally.add(after_the_year(tally, &entry, ja, en, fiscal_year));
                    break;
                }
                if year.year <= fiscal_year && !has(year) {
                    tally.add(blank(tally, &entry, ja, en, fiscal_year));
                }
            }
        }
        // A row that only has grades may have a sign for "not graded" there; a row with texts is blank.
        for year in missing_years(&item, fiscal_year).filter(|year| with_texts && !is_over(subject, &item, year.year)) {
            tally.case();
            let year = YearEntry { year: year.year, label: year.label.clone(), ..YearEntry::default() };
            let entry = Entry { item, year: &year };
            tally.add(blank(tally, &entry, "全ての欄", "every cell", fiscal_year));
        }
    }
}

/// Whether the initiative was finished or called off before `year`: then nothing is left to report.
fn is_over(subject: &Subject<'_>, item: &Item<'_>, year: i32) -> bool {
    let Some(last) = item.initiative.years.iter().rfind(|entry| entry.year < year) else { return true };
    let grade = last.grade.as_ref().or(last.summary_grade.as_ref());
    let meaning = grade.and_then(|grade| subject.legend.scale_of(&grade.grade)?.meaning(&grade.grade));
    let status = last.status.as_ref().map(|status| status.value.as_str());
    let texts = [&last.actions, &last.result, &last.issues].into_iter().flatten().map(|text| text.text.as_str());
    meaning.is_some_and(|meaning| subject.wording.matches("GRD-04", "outside", meaning))
        || status.into_iter().chain(texts).any(|text| subject.wording.matches("STR-04", "over", text))
}

/// Years after the one reported on that every second initiative has values for: a column that the form fills on
/// purpose, or a year reported on that was read wrongly; in neither case a contradiction of one cell.
fn years_in_use(subject: &Subject<'_>, fiscal_year: i32) -> BTreeSet<i32> {
    let all = subject.items().count();
    let mut filled: BTreeMap<i32, usize> = BTreeMap::new();
    for entry in subject.entries().filter(|entry| entry.year.year > fiscal_year) {
        if MEMBERS.iter().any(|(_, _, has)| has(entry.year)) {
            *filled.entry(entry.year.year).or_default() += 1;
        }
    }
    filled.into_iter().filter(|(_, count)| count * 2 > all).map(|(year, _)| year).collect()
}

/// Years after the initiative's first value, up to the year reported on, that have no value at all.
fn missing_years<'a>(item: &Item<'a>, fiscal_year: i32) -> impl Iterator<Item = &'a crate::report::FiscalYear> {
    let first = item.initiative.years.iter().map(|year| year.year).min().unwrap_or(i32::MAX);
    let initiative = item.initiative;
    item.section
        .years
        .iter()
        .filter(move |year| (first..=fiscal_year).contains(&year.year))
        .filter(move |year| !initiative.years.iter().any(|entry| entry.year == year.year))
}

/// Whether nearly every entry of the report up to the year reported on has this member: all but one in ten.
fn usual(subject: &Subject<'_>, fiscal_year: i32, has: fn(&YearEntry) -> bool) -> bool {
    let (mut all, mut filled) = (0_usize, 0_usize);
    for entry in subject.entries().filter(|entry| entry.year.year <= fiscal_year) {
        all += 1;
        filled += usize::from(has(entry.year));
    }
    filled > 1 && filled * 10 >= all * 9
}

fn blank(tally: &Tally, entry: &Entry<'_>, ja: &str, en: &str, fiscal_year: i32) -> Finding {
    let (name, year) = (entry.name(), entry.label());
    let finding = tally.find(
        Severity::Error,
        format!("{name} {year}: 報告年度までの年度なのに{ja}が空欄である。"),
        format!("{name}, {year}: the {en} is blank in a year up to the one reported on."),
    );
    located(finding, entry).value("blank", en).value("fiscal_year", fiscal_year)
}

fn after_the_year(tally: &Tally, entry: &Entry<'_>, ja: &str, en: &str, fiscal_year: i32) -> Finding {
    let (name, year) = (entry.name(), entry.label());
    let finding = tally.find(
        Severity::Error,
        format!("{name} {year}: 報告年度より後の年度に{ja}がある。"),
        format!("{name}, {year}: a {en} stands in a year after the one reported on."),
    );
    located(finding, entry).value("filled", en).value("fiscal_year", fiscal_year)
}

fn located(finding: Finding, entry: &Entry<'_>) -> Finding {
    let mut finding = finding.initiative(entry.item.section.number, entry.item.initiative.number).year(entry.year.year);
    for grade in [&entry.year.summary_grade, &entry.year.grade].into_iter().flatten() {
        finding = finding.at(&grade.at);
    }
    for text in [&entry.year.actions, &entry.year.issues].into_iter().flatten() {
        finding = finding.at(&text.at);
    }
    if finding.at.is_empty() {
        let title = entry.item.initiative.title.as_ref().or(entry.item.initiative.description.as_ref());
        finding = finding.at(title.map_or(&[], |title| title.at.as_slice()));
    }
    finding
}
