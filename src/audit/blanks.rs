//! STR-04: cells that are blank or filled where the years say otherwise.

use super::figures::indicator_name;
use super::registry::{Check, Reads, Rule, Words};
use super::structure::{in_detail, in_summary};
use super::subject::{Entry, Item, Subject};
use super::{Finding, Severity, Tally};
use crate::report::{Indicator, Measure, Section, Series, SeriesKind, YearEntry};
use std::collections::{BTreeMap, BTreeSet};

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

const SUMMARY: &str = "grade in the summary";

/// What a cell of an initiative's year may hold. A blank cell for issues says that there are none.
const MEMBERS: [Member; 4] = [
    ("一覧の評価", SUMMARY, in_summary),
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
    let columns = Columns::new(subject);
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
                let side = if *en == SUMMARY { &columns.summary } else { &columns.detail };
                if year.year <= fiscal_year && !has(year) && side.prints(item.section, year.year) {
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

/// The columns of years that the sections print on one side, summary or detail.
#[derive(Default)]
struct Side {
    /// The first year of each section.
    first: BTreeMap<u32, i32>,
    /// The last year of the report.
    last: Option<i32>,
}

/// The columns of both sides.
struct Columns {
    summary: Side,
    detail: Side,
}

impl Columns {
    fn new(subject: &Subject<'_>) -> Self {
        let mut columns = Self { summary: Side::default(), detail: Side::default() };
        for entry in subject.entries() {
            let (section, year) = (entry.item.section.number, entry.year.year);
            for (side, filled) in
                [(&mut columns.summary, in_summary(entry.year)), (&mut columns.detail, in_detail(entry.year))]
            {
                if filled {
                    let first = side.first.entry(section).or_insert(year);
                    *first = year.min(*first);
                    side.last = side.last.max(Some(year));
                }
            }
        }
        columns
    }
}

impl Side {
    /// Whether the section has a cell for `year` on this side: a summary may begin with another year than the detail.
    fn prints(&self, section: &Section, year: i32) -> bool {
        self.first.get(&section.number).is_some_and(|first| *first <= year) && self.last >= Some(year)
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
