//! GRD-06 and GRD-08: what the text beside a grade gives as its reason.

use super::legend::sign;
use super::registry::{Check, Reads, Rule, Words};
use super::subject::{Entry, Subject, excerpt, printed_grade, sentences};
use super::{Severity, Tally};
use crate::report::Grade;
use std::collections::BTreeSet;

pub(super) const GRD_06: Rule = Rule {
    id: "GRD-06",
    severities: &[Severity::Warning],
    reads: Reads::Wording,
    definition: Words {
        ja: "遅れなどを意味する評価なのに、取組・課題の文に理由が見当たらない。",
        en: "A grade below the best whose actions and issues give no reason.",
    },
    needs: Words {
        ja: "評価基準上の下位の評価と文の両方がある取組がない",
        en: "no initiative has both a lower grade of the legend and a text",
    },
    check: Check::Report(no_reason),
};

pub(super) const GRD_08: Rule = Rule {
    id: "GRD-08",
    severities: &[Severity::Info],
    reads: Reads::Wording,
    definition: Words {
        ja: "同じ理由（感染症など）を述べる取組が、異なる評価を受けている。",
        en: "The same stated cause graded differently.",
    },
    needs: Words {
        ja: "理由を述べる評価付きの取組がない", en: "no graded initiative states a known cause"
    },
    check: Check::Report(one_cause_many_grades),
};

fn grade_of<'a>(entry: &Entry<'a>) -> Option<&'a Grade> {
    entry.year.grade.as_ref().or(entry.year.summary_grade.as_ref())
}

fn no_reason(subject: &Subject<'_>, tally: &mut Tally) {
    for entry in subject.entries() {
        let Some(grade) = grade_of(&entry) else { continue };
        let lags = subject.legend.scale_of(&grade.grade).is_some_and(|scale| scale.lags(&grade.grade, subject.wording));
        if !lags || entry.texts().next().is_none() {
            continue;
        }
        tally.case();
        if entry.texts().flat_map(sentences).any(|sentence| subject.wording.matches("GRD-06", "reason", &sentence)) {
            continue;
        }
        let meaning = subject.legend.scale_of(&grade.grade).and_then(|scale| scale.meaning(&grade.grade)).unwrap_or("");
        let (name, year, letter) = (entry.name(), entry.label(), printed_grade(grade));
        let texts: Vec<_> = entry.texts().map(excerpt).collect();
        let (ja, en) = (texts.join("」「"), texts.join("”, “"));
        let mut finding = tally
            .find(
                Severity::Warning,
                format!("{name} {year}: 評価は {letter}（{meaning}）。取組・課題の文（「{ja}」）にその理由の記述がない可能性がある。"),
                format!("{name}, {year}: graded {letter} ({meaning}); actions and issues (“{en}”) possibly give no reason."),
            )
            .initiative(entry.item.section.number, entry.item.initiative.number)
            .year(entry.year.year)
            .at(&grade.at)
            .value("grade", grade.grade.clone());
        for text in [&entry.year.actions, &entry.year.result, &entry.year.issues].into_iter().flatten() {
            finding = finding.at(&text.at);
        }
        tally.add(finding);
    }
}

fn one_cause_many_grades(subject: &Subject<'_>, tally: &mut Tally) {
    for cause in subject.wording.lists("GRD-08") {
        let states = |entry: &Entry<'_>| {
            entry.texts().flat_map(sentences).any(|sentence| subject.wording.matches("GRD-08", cause, &sentence))
        };
        let group: Vec<_> =
            subject.entries().filter(states).filter_map(|entry| Some((entry, grade_of(&entry)?))).collect();
        if group.is_empty() {
            continue;
        }
        tally.case();
        let grades: BTreeSet<_> = group.iter().map(|(_, grade)| sign(&grade.grade)).collect();
        if grades.len() < 2 {
            continue;
        }
        let list: Vec<_> = group
            .iter()
            .map(|(entry, grade)| format!("{} {} {}", entry.name(), entry.label(), printed_grade(grade)))
            .collect();
        let mut finding = tally.find(
            Severity::Info,
            format!("理由「{cause}」を述べる取組の評価が分かれている可能性がある: {}。", list.join("、")),
            format!("the stated cause “{cause}” is possibly graded differently: {}.", list.join(", ")),
        );
        for (entry, grade) in &group {
            finding = finding.at(&grade.at);
            if let Some(actions) = entry.actions() {
                finding = finding.at(&actions.at);
            }
        }
        tally.add(finding.value("cause", cause).value("grades", grades.into_iter().collect::<Vec<_>>()));
    }
}
