//! FTN-01 to FTN-03: notes and the marks that lead to them.

mod marks;

use super::figures::indicator_name;
use super::registry::{Check, Reads, Rule, Words};
use super::subject::{Entry, MARKS, Subject, excerpt, plain, printed_grade, sentences};
use super::{Finding, Severity, Tally};
use crate::geom::Place;
use crate::report::{Grade, Indicator};
use std::collections::BTreeMap;

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

/// Which of an entry's two grades this is, in both languages; nothing where it has only one.
fn side(entry: &Entry<'_>, grade: &Grade) -> (&'static str, &'static str) {
    match (&entry.year.summary_grade, &entry.year.grade) {
        (Some(summary), Some(_)) if std::ptr::eq(summary, grade) => ("一覧の", " in the summary"),
        (Some(_), Some(_)) => ("詳細の", " in the detail"),
        _ => ("", ""),
    }
}

/// A note with the mark that introduces it.
struct Note<'a> {
    /// The mark, folded.
    mark: String,
    /// Mark and text as printed.
    printed: String,
    text: String,
    at: &'a [Place],
    indicator: Option<&'a Indicator>,
}

impl<'a> Note<'a> {
    fn new(mark: &str, text: &str, at: &'a [Place], indicator: Option<&'a Indicator>) -> Self {
        let gap = if mark.ends_with(char::is_numeric) { " " } else { "" };
        let printed = format!("{mark}{gap}{text}");
        Self { mark: plain(mark), printed, text: text.to_owned(), at, indicator }
    }

    /// Whether the sign before it is a mere bullet: it has no number and its text names in words what it is about.
    fn is_general(&self, subject: &Subject<'_>) -> bool {
        !self.mark.contains(char::is_numeric) && subject.wording.matches("FTN-01", "names-its-subject", &self.text)
    }
}

/// All notes: those of the document and those under an indicator.
fn notes<'a>(subject: &Subject<'a>) -> Vec<Note<'a>> {
    let of_document = subject.report.footnotes.iter().map(|note| Note::new(&note.mark, &note.text, &note.at, None));
    let of_indicators = subject.report.indicators.iter().flat_map(|indicator| {
        indicator.notes.iter().filter_map(move |note| {
            let text = note.text.trim_start();
            let body = text.trim_start_matches(|c: char| MARKS.contains(&c) || c.is_ascii_digit());
            let mark = text.strip_suffix(body).filter(|mark| mark.starts_with(|c: char| MARKS.contains(&c)))?;
            Some(Note::new(mark, body.trim_start(), &note.at, Some(indicator)))
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
        let marked = match note.indicator {
            Some(indicator) => is_marked(indicator, &note.mark),
            None => is_used(subject, &note.mark),
        };
        tally.case();
        if !marked && !note.is_general(subject) {
            tally.add(unused_note(tally, note));
        }
    }
    for (entry, grade) in grades(subject) {
        for mark in &grade.marks {
            tally.case();
            if notes.iter().any(|note| note.mark == plain(mark)) {
                continue;
            }
            let (name, year, printed) = (entry.name(), entry.label(), printed_grade(grade));
            let (ja, en) = side(&entry, grade);
            let finding = tally.find(
                Severity::Warning,
                format!("{name} {year}: {ja}評価 {printed} に {mark} が付いているが、{mark} の注がない。"),
                format!("{name}, {year}: the grade {printed}{en} carries {mark}, and no note explains {mark}."),
            );
            let finding = finding.initiative(entry.item.section.number, entry.item.initiative.number);
            tally.add(finding.year(entry.year.year).at(&grade.at).value("mark", mark.clone()));
        }
    }
    marks::without_note(subject, tally, &notes);
}

fn unused_note(tally: &Tally, note: &Note<'_>) -> Finding {
    let (mark, words) =
        (note.printed.strip_suffix(note.text.as_str()).unwrap_or("").trim_end(), excerpt(&note.printed));
    let (ja, en) = if note.indicator.is_some() { ("その表", "table") } else { ("この報告書", "report") };
    let mut finding = tally
        .find(
            Severity::Warning,
            format!("注「{words}」に対応する {mark} が、{ja}のどこにも付いていない。"),
            format!("no {mark} stands in the {en} for the note “{words}”."),
        )
        .at(note.at)
        .value("mark", note.mark.clone())
        .value("note", note.text.clone());
    finding.indicator = note.indicator.map(|indicator| indicator_name(indicator).to_owned());
    finding
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
                let text_after = line.trim_start_matches(MARKS);
                if let Some(mark) = line.strip_suffix(text_after).filter(|mark| !mark.is_empty()) {
                    let mark = mark.chars().next().map(String::from).unwrap_or_default();
                    found.push(Note::new(&mark, text_after.trim_start(), &text.at, None));
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
        if !note.is_general(subject) && !group.iter().any(|one| plain(&one.text) == plain(&note.text)) {
            group.push(note);
        }
    }
    for group in by_mark.values() {
        tally.case();
        if group.len() < 2 {
            continue;
        }
        let Some(mark) = group.first().and_then(|note| note.printed.strip_suffix(note.text.as_str())) else { continue };
        let mark = mark.trim_end();
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
        tally.add(finding.value("mark", mark).value("notes", texts));
    }
}
