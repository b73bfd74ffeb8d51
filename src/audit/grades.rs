//! GRD-01 to GRD-04 and GRD-07: grades and marks of the summary against the detail, against the legend, against the
//! other years.

use super::legend::{same, sign};
use super::registry::{Check, Reads, Rule, Words};
use super::subject::{Entry, Subject, excerpt, plain, printed_grade};
use super::{Finding, Severity, Tally};
use crate::report::{Grade, ScaleGrade};

const NO_SUMMARY: Words = Words {
    ja: "一覧と詳細の両方に評価がある取組がない",
    en: "no initiative has grades both in a summary and in the detail",
};
const NO_LEGEND: Words =
    Words { ja: "評価基準又は評価の印字がない", en: "no legend or no grades are printed" };

pub(super) const GRD_01: Rule = Rule {
    id: "GRD-01",
    severities: &[Severity::Error],
    reads: Reads::Facts,
    definition: Words {
        ja: "一覧の評価と詳細の評価が、取組・年度ごとに同じか。",
        en: "The grade in the summary against the grade in the detail, per initiative and year.",
    },
    needs: NO_SUMMARY,
    check: Check::Report(summary_and_detail),
};

pub(super) const GRD_02: Rule = Rule {
    id: "GRD-02",
    severities: &[Severity::Warning],
    reads: Reads::Facts,
    definition: Words {
        ja: "一覧の評価に付く印（※など）と詳細の評価に付く印が同じか。",
        en: "Marks beside grades in the summary against marks in the detail.",
    },
    needs: NO_SUMMARY,
    check: Check::Report(marks),
};

pub(super) const GRD_03: Rule = Rule {
    id: "GRD-03",
    severities: &[Severity::Error, Severity::Info],
    reads: Reads::Facts,
    definition: Words {
        ja: "評価基準にない評価（error）、使われていない評価基準（info）。",
        en: "A grade that the legend lacks (error); a legend grade that is never used (info).",
    },
    needs: NO_LEGEND,
    check: Check::Report(legend_use),
};

pub(super) const GRD_04: Rule = Rule {
    id: "GRD-04",
    severities: &[Severity::Info],
    reads: Reads::Wording,
    definition: Words {
        ja: "評価基準の最後の評価が最下位を意味しない（「完結」など）。",
        en: "A legend whose last grade is not the worst (such as 完結, finished).",
    },
    needs: Words { ja: "評価基準の印字がない", en: "no legend is printed" },
    check: Check::Report(last_not_worst),
};

pub(super) const GRD_07: Rule = Rule {
    id: "GRD-07",
    severities: &[Severity::Warning],
    reads: Reads::Facts,
    definition: Words {
        ja: "取組内容の文が前年度と同じなのに評価が変わった。",
        en: "The grade changed from one year to the next while the actions text is equal.",
    },
    needs: Words {
        ja: "評価と取組の文が2年度続く取組がない", en: "no initiative has grades and actions in two years"
    },
    check: Check::Report(same_text_other_grade),
};

/// Entries that carry a grade in the summary and in the detail.
fn graded_twice<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (Entry<'a>, &'a Grade, &'a Grade)> {
    subject.entries().filter_map(|entry| {
        let (summary, detail) = (entry.year.summary_grade.as_ref()?, entry.year.grade.as_ref()?);
        Some((entry, summary, detail))
    })
}

fn at_entry(finding: Finding, entry: &Entry<'_>) -> Finding {
    finding.initiative(entry.item.section.number, entry.item.initiative.number).year(entry.year.year)
}

fn summary_and_detail(subject: &Subject<'_>, tally: &mut Tally) {
    for (entry, summary, detail) in graded_twice(subject) {
        tally.case();
        if same(&summary.grade, &detail.grade) {
            continue;
        }
        let (name, year, a, b) = (entry.name(), entry.label(), printed_grade(summary), printed_grade(detail));
        let finding = tally.find(
            Severity::Error,
            format!("{name} {year}: 一覧の評価は {a}、詳細の評価は {b}。"),
            format!("{name}, {year}: the summary says {a}, the detail says {b}."),
        );
        let finding = at_entry(finding, &entry).at(&summary.at).at(&detail.at);
        tally.add(finding.value("summary", summary.grade.clone()).value("detail", detail.grade.clone()));
    }
}

fn marks(subject: &Subject<'_>, tally: &mut Tally) {
    for (entry, summary, detail) in graded_twice(subject) {
        tally.case();
        let folded = |grade: &Grade| {
            let mut marks: Vec<_> = grade.marks.iter().map(|mark| plain(mark)).collect();
            marks.sort();
            marks
        };
        if folded(summary) == folded(detail) {
            continue;
        }
        let (name, year) = (entry.name(), entry.label());
        let (a, b) = (with_marks(summary), with_marks(detail));
        let finding = tally.find(
            Severity::Warning,
            format!("{name} {year}: 一覧の評価は「{a}」、詳細の評価は「{b}」。印が異なる。"),
            format!("{name}, {year}: the summary prints “{a}”, the detail “{b}”: different marks."),
        );
        let finding = at_entry(finding, &entry).at(&summary.at).at(&detail.at);
        tally.add(finding.value("summary", summary.marks.clone()).value("detail", detail.marks.clone()));
    }
}

fn with_marks(grade: &Grade) -> String {
    grade.marks.iter().map(String::as_str).chain([printed_grade(grade)]).collect::<Vec<_>>().join(" ")
}

/// Grades of one kind of thing; a legend may hold for one kind and not for another.
struct Graded<'a> {
    grade: &'a Grade,
    name: String,
    /// Where the same entry has another grade: the place that tells them apart, in both languages.
    side: Option<(&'static str, &'static str)>,
    section: Option<u32>,
    initiative: Option<u32>,
    indicator: Option<&'a str>,
    year: Option<i32>,
}

fn initiative_grades<'a>(subject: &Subject<'a>) -> Vec<Graded<'a>> {
    let graded = |entry: Entry<'a>| {
        let year = entry.year;
        let twice = year.summary_grade.is_some() && year.grade.is_some();
        let sides = [(("一覧の", "in the summary"), &year.summary_grade), (("詳細の", "in the detail"), &year.grade)];
        let printed = sides.into_iter().filter_map(|(side, grade)| Some((side, grade.as_ref()?)));
        printed.map(move |(side, grade)| Graded {
            grade,
            name: format!("{} {}", entry.name(), entry.label()),
            side: twice.then_some(side),
            section: Some(entry.item.section.number),
            initiative: Some(entry.item.initiative.number),
            indicator: None,
            year: Some(year.year),
        })
    };
    subject.entries().flat_map(graded).collect()
}

fn indicator_grades<'a>(subject: &Subject<'a>) -> Vec<Graded<'a>> {
    let graded = |indicator: &'a crate::report::Indicator| {
        let name = super::figures::indicator_name(indicator);
        let grade = indicator.grade.as_ref()?;
        let name_owned = format!("「{name}」");
        Some(Graded {
            grade,
            name: name_owned,
            side: None,
            section: None,
            initiative: None,
            indicator: Some(name),
            year: None,
        })
    };
    subject.report.indicators.iter().filter_map(graded).collect()
}

fn legend_use(subject: &Subject<'_>, tally: &mut Tally) {
    if subject.legend.is_empty() {
        return;
    }
    let kinds = [initiative_grades(subject), indicator_grades(subject)];
    let [of_initiatives, of_indicators] = &kinds;
    let graded = match (of_initiatives.is_empty(), of_indicators.is_empty()) {
        (true, false) => "指標",
        (false, true) => "取組",
        _ => "取組・指標",
    };
    if kinds.iter().all(Vec::is_empty) {
        return;
    }
    for grades in &kinds {
        let known = grades.iter().filter(|one| subject.legend.knows(&one.grade.grade)).count();
        // Fewer than half known: these grades follow a legend that was not read, so nothing is said about them.
        if known * 2 < grades.len() {
            continue;
        }
        for one in grades.iter().filter(|one| !one.grade.grade.is_empty()) {
            tally.case();
            if !subject.legend.knows(&one.grade.grade) {
                tally.add(unknown_grade(tally, subject, one));
            }
        }
    }
    let section_grades = subject.report.sections.iter().flat_map(|section| &section.grades).map(|one| &one.grade);
    let used: Vec<_> =
        kinds.iter().flatten().map(|one| one.grade).chain(section_grades).map(|g| sign(&g.grade)).collect();
    for grade in &subject.report.grade_scale {
        tally.case();
        if !used.contains(&sign(&grade.grade)) {
            tally.add(unused(tally, grade, graded));
        }
    }
}

fn unknown_grade(tally: &Tally, subject: &Subject<'_>, one: &Graded<'_>) -> Finding {
    let known: Vec<_> = subject.report.grade_scale.iter().map(|grade| grade.grade.clone()).collect();
    let (name, grade, list) = (&one.name, printed_grade(one.grade), known.join("・"));
    let (ja, en) = one.side.map_or(("", String::new()), |(ja, en)| (ja, format!(" {en}")));
    let mut finding = tally
        .find(
            Severity::Error,
            format!("{name}: {ja}評価 {grade} は評価基準（{list}）にない。"),
            format!("{name}: the grade {grade}{en} is not in the legend ({list})."),
        )
        .at(&one.grade.at)
        .value("grade", one.grade.grade.clone())
        .value("legend", known);
    finding.section = one.section;
    finding.initiative = one.initiative;
    finding.indicator = one.indicator.map(str::to_owned);
    finding.year = one.year;
    for legend in &subject.report.grade_scale {
        finding = finding.at(&legend.at);
    }
    finding
}

fn unused(tally: &Tally, grade: &ScaleGrade, graded: &str) -> Finding {
    let (sign, meaning) = (&grade.grade, &grade.meaning);
    tally
        .find(
            Severity::Info,
            format!("評価基準の {sign}（{meaning}）は、どの{graded}にも使われていない。"),
            format!("the legend's {sign} ({meaning}) is used nowhere."),
        )
        .at(&grade.at)
        .value("grade", sign.clone())
        .value("meaning", meaning.clone())
}

fn last_not_worst(subject: &Subject<'_>, tally: &mut Tally) {
    for scale in &subject.legend.scales {
        let Some(last) = scale.grades.last() else { continue };
        tally.case();
        if !subject.wording.matches("GRD-04", "outside", &last.meaning) {
            continue;
        }
        let (sign, meaning) = (&last.grade, &last.meaning);
        let finding = tally.find(
            Severity::Info,
            format!("評価基準の最後 {sign} は「{meaning}」であり、最下位の評価ではない可能性がある。"),
            format!("the legend's last grade {sign} means “{meaning}” and is possibly not the worst."),
        );
        tally.add(finding.at(&last.at).value("grade", sign.clone()).value("meaning", meaning.clone()));
    }
}

fn same_text_other_grade(subject: &Subject<'_>, tally: &mut Tally) {
    for item in subject.items() {
        for pair in item.initiative.years.windows(2) {
            let [before, after] = pair else { continue };
            let [before, after] = [before, after].map(|year| Entry { item, year });
            let grade = |entry: &Entry<'_>| entry.year.grade.as_ref().or(entry.year.summary_grade.as_ref()).cloned();
            let (Some(old), Some(new)) = (grade(&before), grade(&after)) else { continue };
            let (Some(was), Some(is)) = (before.actions(), after.actions()) else { continue };
            tally.case();
            if same(&old.grade, &new.grade) || plain(&was.text) != plain(&is.text) {
                continue;
            }
            let (name, a, b, text) = (item.name(), before.label(), after.label(), excerpt(&is.text));
            let (from, to) = (printed_grade(&old), printed_grade(&new));
            let finding = tally.find(
                Severity::Warning,
                format!("{name}: 評価は {a} {from}、{b} {to}。取組の文は両年度同じ（「{text}」）。"),
                format!(
                    "{name}: graded {from} in {a} and {to} in {b}; the actions text is the same in both (“{text}”)."
                ),
            );
            let finding = at_entry(finding, &after).at(&old.at).at(&new.at).at(&was.at).at(&is.at);
            tally.add(finding.value("grades", vec![old.grade, new.grade]).value("actions", is.text.clone()));
        }
    }
}
