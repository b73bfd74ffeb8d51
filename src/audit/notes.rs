//! FTN-01 to FTN-03: notes and the marks that lead to them.

use super::figures::indicator_name;
use super::registry::{Check, Reads, Rule, Words};
use super::subject::{Entry, Subject, excerpt, plain, sentences};
use super::{Severity, Tally};
use crate::geom::Place;
use crate::report::{Grade, Indicator};
use std::collections::BTreeMap;

/// Characters that introduce a note.
const MARKS: [char; 5] = ['※', '*', '＊', '†', '‡'];

pub(super) const FTN_01: Rule = Rule {
    id: "FTN-01",
    severities: &[Severity::Warning],
    reads: Reads::Facts,
    definition: Words {
        ja: "印（※など）の付いた箇所がない注、注のない印。",
        en: "A note without its mark, a mark without its note.",
    },
    needs: Words { ja: "注も印もない", en: "no notes and no marks" },
    check: Check::Report(pairs),
};

pub(super) const FTN_02: Rule = Rule {
    id: "FTN-02",
    severities: &[Severity::Warning],
    reads: Reads::Wording,
    definition: Words {
        ja: "文が注の条件に当てはまるのに、評価に印が付いていない。",
        en: "The text meets the condition of a note, and the mark is missing.",
    },
    needs: Words { ja: "条件を述べる注がない", en: "no note states a known condition" },
    check: Check::Report(unmarked),
};

pub(super) const FTN_03: Rule = Rule {
    id: "FTN-03",
    severities: &[Severity::Info],
    reads: Reads::Wording,
    definition: Words {
        ja: "一つの印が複数の意味で使われている。", en: "One mark with several meanings."
    },
    needs: Words { ja: "注がない", en: "no notes" },
    check: Check::Report(ambiguous),
};

fn grades<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (Entry<'a>, &'a Grade)> {
    subject.entries().flat_map(|entry| {
        [&entry.year.summary_grade, &entry.year.grade].into_iter().flatten().map(move |grade| (entry, grade))
    })
}

/// A note with the mark that introduces it.
struct Note<'a> {
    mark: String,
    text: String,
    at: &'a [Place],
    indicator: Option<&'a Indicator>,
}

/// All notes: those of the document and those under an indicator.
fn notes<'a>(subject: &Subject<'a>) -> Vec<Note<'a>> {
    let of_document = subject.report.footnotes.iter().map(|note| Note {
        mark: plain(&note.mark),
        text: note.text.clone(),
        at: &note.at,
        indicator: None,
    });
    let of_indicators = subject.report.indicators.iter().flat_map(|indicator| {
        indicator.notes.iter().filter_map(move |note| {
            let text = note.text.trim_start();
            let body = text.trim_start_matches(|c: char| MARKS.contains(&c) || c.is_ascii_digit());
            let mark = plain(text.strip_suffix(body)?);
            let starts = mark.starts_with(|c: char| MARKS.contains(&c));
            starts.then(|| Note { mark, text: body.trim_start().to_owned(), at: &note.at, indicator: Some(indicator) })
        })
    });
    of_document.chain(of_indicators).collect()
}

/// Whether the mark stands on anything of this indicator but the note itself.
fn is_marked(indicator: &Indicator, mark: &str) -> bool {
    let has = |text: &str| plain(text).contains(mark);
    has(indicator_name(indicator))
        || indicator.series.iter().any(|series| {
            series.label.as_ref().is_some_and(|label| has(&label.text))
                || series.target.as_ref().is_some_and(|target| has(&target.text))
                || series.years.iter().any(|measure| has(&measure.text) || has(&measure.label))
                || series.years.iter().any(|measure| measure.ratio.as_ref().is_some_and(|ratio| has(&ratio.text)))
        })
        || indicator.grade.as_ref().is_some_and(|grade| grade.marks.iter().any(|one| has(one)))
}

/// Whether the mark stands beside a grade, a title or a figure of the report.
fn is_used(subject: &Subject<'_>, mark: &str) -> bool {
    let has = |text: &str| plain(text).contains(mark);
    let on_grade = grades(subject).any(|(_, grade)| grade.marks.iter().any(|one| has(one)));
    let on_title = subject.items().any(|item| {
        [&item.initiative.title, &item.initiative.responsible].into_iter().flatten().any(|text| has(&text.text))
    });
    let on_section = subject.report.sections.iter().any(|section| {
        [&section.title, &section.summary_title].into_iter().flatten().any(|text| has(&text.text))
            || section.grades.iter().any(|one| one.grade.marks.iter().any(|one| has(one)))
    });
    on_grade || on_title || on_section || subject.report.indicators.iter().any(|one| is_marked(one, mark))
}

fn pairs(subject: &Subject<'_>, tally: &mut Tally) {
    let notes = notes(subject);
    for note in &notes {
        // A note about the signs of a table (「－」は未調査) or about the whole of it needs no mark.
        if subject.wording.matches("FTN-01", "explains-signs", &note.text) {
            continue;
        }
        tally.case();
        let marked = match note.indicator {
            Some(indicator) => is_marked(indicator, &note.mark),
            None => is_used(subject, &note.mark),
        };
        if marked {
            continue;
        }
        let (mark, text) = (&note.mark, excerpt(&note.text));
        let mut finding = tally
            .find(
                Severity::Warning,
                format!("注「{mark}{text}」に対応する {mark} が、その表のどこにも付いていない。"),
                format!("no {mark} stands in the table for the note “{mark}{text}”."),
            )
            .at(note.at)
            .value("mark", mark.clone())
            .value("note", note.text.clone());
        finding.indicator = note.indicator.map(|indicator| indicator_name(indicator).to_owned());
        tally.add(finding);
    }
    for (entry, grade) in grades(subject) {
        for mark in &grade.marks {
            tally.case();
            if notes.iter().any(|note| note.mark == plain(mark)) {
                continue;
            }
            let (name, year, printed) = (entry.name(), entry.label(), &grade.grade);
            let finding = tally.find(
                Severity::Warning,
                format!("{name} {year}: 評価 {printed} に {mark} が付いているが、{mark} の注がない。"),
                format!("{name}, {year}: the grade {printed} carries {mark}, and no note explains {mark}."),
            );
            let finding = finding.initiative(entry.item.section.number, entry.item.initiative.number);
            tally.add(finding.year(entry.year.year).at(&grade.at).value("mark", mark.clone()));
        }
    }
}

fn unmarked(subject: &Subject<'_>, tally: &mut Tally) {
    for note in &subject.report.footnotes {
        let condition = plain(&note.text);
        let causes = subject.wording.lists("FTN-02").filter(|cause| cause.starts_with("cause-"));
        let Some(cause) = causes.into_iter().find(|cause| subject.wording.matches("FTN-02", cause, &condition)) else {
            continue;
        };
        if !subject.wording.matches("FTN-02", "effect", &condition) {
            continue;
        }
        for entry in subject.entries() {
            let meets = |sentence: &String| {
                subject.wording.matches("FTN-02", cause, sentence)
                    && subject.wording.matches("FTN-02", "effect", sentence)
            };
            let texts = [&entry.year.actions, &entry.year.result].into_iter().flatten();
            let met = texts.into_iter().find_map(|text| Some((text, sentences(&text.text).find(meets)?)));
            let Some((text, sentence)) = met else { continue };
            let printed = [&entry.year.summary_grade, &entry.year.grade].into_iter().flatten();
            let grades: Vec<_> = printed.collect();
            if grades.is_empty() {
                continue;
            }
            tally.case();
            if grades.iter().any(|grade| grade.marks.iter().any(|mark| plain(mark) == plain(&note.mark))) {
                continue;
            }
            let (name, year, mark, words) = (entry.name(), entry.label(), &note.mark, excerpt(&sentence));
            let mut finding = tally
                .find(
                    Severity::Warning,
                    format!("{name} {year}: 文「{words}」は注「{mark}{}」に当てはまる可能性があるが、評価に {mark} が付いていない。", note.text),
                    format!("{name}, {year}: “{words}” possibly meets the note “{mark}{}”, and the grade carries no {mark}.", note.text),
                )
                .initiative(entry.item.section.number, entry.item.initiative.number)
                .year(entry.year.year)
                .at(&text.at)
                .at(&note.at);
            for grade in grades {
                finding = finding.at(&grade.at);
            }
            tally.add(finding.value("mark", mark.clone()).value("note", note.text.clone()));
        }
    }
}

/// What follows a mark inside a cell's text, sentence by sentence.
fn inline_notes<'a>(subject: &Subject<'a>) -> Vec<Note<'a>> {
    let mut found = Vec::new();
    for entry in subject.entries() {
        for text in [&entry.year.actions, &entry.year.result, &entry.year.issues].into_iter().flatten() {
            for line in text.text.lines() {
                let line = line.trim_start();
                if let Some(mark) = line.chars().next().filter(|c| MARKS.contains(c)) {
                    let text_after = line.trim_start_matches(mark).trim_start().to_owned();
                    found.push(Note {
                        mark: plain(&mark.to_string()),
                        text: text_after,
                        at: &text.at,
                        indicator: None,
                    });
                }
            }
        }
    }
    found
}

fn ambiguous(subject: &Subject<'_>, tally: &mut Tally) {
    let mut by_mark: BTreeMap<String, Vec<Note<'_>>> = BTreeMap::new();
    for note in notes(subject).into_iter().chain(inline_notes(subject)) {
        let group = by_mark.entry(note.mark.clone()).or_default();
        if !group.iter().any(|one| plain(&one.text) == plain(&note.text)) {
            group.push(note);
        }
    }
    for (mark, group) in &by_mark {
        tally.case();
        if group.len() < 2 {
            continue;
        }
        let texts: Vec<_> = group.iter().map(|note| note.text.clone()).collect();
        let list = texts.iter().map(|text| excerpt(text)).collect::<Vec<_>>();
        let mut finding = tally.find(
            Severity::Info,
            format!("{mark} が異なる意味で使われている可能性がある: 「{}」。", list.join("」「")),
            format!("{mark} possibly has several meanings: “{}”.", list.join("”, “")),
        );
        for note in group {
            finding = finding.at(note.at);
        }
        tally.add(finding.value("mark", mark.clone()).value("notes", texts));
    }
}
