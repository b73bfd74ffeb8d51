//! Takes names, labels and figures, finds marks that end them and that no note explains.

use super::Note;
use crate::audit::figures::{indicator_name, row_name};
use crate::audit::subject::{MARKS, Subject, initiative_name, plain, section_name};
use crate::audit::{Finding, Severity, Tally};
use crate::geom::Place;
use crate::report::{Indicator, Initiative, Section, Series, Text};
use std::collections::BTreeSet;

/// One printed text that may end in a mark.
struct Cell<'a> {
    name: Name<'a>,
    text: &'a str,
    at: &'a [Place],
    year: Option<i32>,
}

/// What a cell belongs to.
#[derive(Clone, Copy)]
enum Name<'a> {
    Section(&'a Section),
    Initiative(&'a Section, &'a Initiative),
    Indicator(&'a Indicator),
    Row(&'a Indicator, &'a Series),
}

impl<'a> Cell<'a> {
    fn new(name: Name<'a>, text: &'a str, at: &'a [Place]) -> Self {
        Self { name, text, at, year: None }
    }
}

impl Name<'_> {
    fn words(self) -> String {
        match self {
            Self::Section(section) => section_name(section),
            Self::Initiative(section, initiative) => initiative_name(section, initiative),
            Self::Indicator(indicator) => format!("「{}」", indicator_name(indicator)),
            Self::Row(indicator, series) => format!("「{}」", row_name(indicator, series)),
        }
    }
}

/// Marks at the end of names, labels, targets and figures that no note explains.
pub(super) fn without_note(subject: &Subject<'_>, tally: &mut Tally, notes: &[Note<'_>]) {
    let loose = subject.report.prose.iter().chain(&subject.report.unplaced).filter_map(|text| leading(&text.text));
    let explained: BTreeSet<_> = notes.iter().map(|note| note.mark.clone()).chain(loose).collect();
    for cell in cells(subject) {
        for mark in cell.text.lines().filter_map(trailing) {
            tally.case();
            if !explained.contains(&plain(mark)) {
                tally.add(unexplained(tally, &cell, mark));
            }
        }
    }
}

fn unexplained(tally: &Tally, cell: &Cell<'_>, mark: &str) -> Finding {
    let (name, text) = (cell.name.words(), cell.text);
    let finding = tally.find(
        Severity::Warning,
        format!("{name}: 「{text}」に {mark} が付いているが、{mark} の注がない。"),
        format!("{name}: “{text}” carries {mark}, and no note explains {mark}."),
    );
    let finding = match cell.name {
        Name::Section(section) => finding.section(section.number),
        Name::Initiative(section, initiative) => finding.initiative(section.number, initiative.number),
        Name::Indicator(indicator) | Name::Row(indicator, _) => finding.indicator(indicator_name(indicator)),
    };
    let mut finding = finding.at(cell.at).value("mark", mark).value("text", text);
    finding.year = cell.year;
    finding
}

fn cells<'a>(subject: &Subject<'a>) -> Vec<Cell<'a>> {
    let mut cells = Vec::new();
    let cell = |name, text: &'a Text| Cell::new(name, &text.text, &text.at);
    for section in &subject.report.sections {
        let titles = [&section.title, &section.summary_title].into_iter().flatten();
        cells.extend(titles.map(|title| cell(Name::Section(section), title)));
        for one in &section.initiatives {
            cells.extend(one.title.iter().map(|title| cell(Name::Initiative(section, one), title)));
        }
    }
    for indicator in &subject.report.indicators {
        let name = indicator_name(indicator);
        cells.extend(indicator.name.iter().map(|text| cell(Name::Indicator(indicator), text)));
        for series in &indicator.series {
            let row = Name::Row(indicator, series);
            let label = series.label.as_ref();
            cells.extend(label.filter(|label| label.text != name).map(|label| cell(row, label)));
            let target = series.target.as_ref().filter(|target| label.is_none_or(|label| label.text != target.text));
            cells.extend(target.map(|target| Cell::new(row, &target.text, &target.at)));
            let figures = series.years.iter();
            cells.extend(figures.map(|one| Cell { year: Some(one.year), ..Cell::new(row, &one.text, &one.at) }));
        }
    }
    cells
}

/// The mark that ends a text, with its number: `女性管理職の割合※3`, `12.9日（※2）`. A sign that stands alone is no
/// mark, and a star before a number may be a sign of multiplication.
fn trailing(line: &str) -> Option<&str> {
    let line = line.trim_end().trim_end_matches([')', '）']).trim_end();
    let stem = line.trim_end_matches(char::is_numeric);
    let sign = stem.chars().next_back().filter(|c| MARKS.contains(c))?;
    let before = stem.trim_end_matches(MARKS).trim_end().trim_end_matches(['(', '（']);
    let numbered = stem.len() < line.len();
    if before.trim().is_empty() || numbered && matches!(sign, '*' | '＊') {
        return None;
    }
    line.get(stem.len() - sign.len_utf8()..)
}

/// The mark that leads a text, folded.
fn leading(text: &str) -> Option<String> {
    let text = plain(text);
    let text = text.trim_start_matches('(');
    let body = text.trim_start_matches(|c: char| MARKS.contains(&c)).trim_start_matches(|c: char| c.is_ascii_digit());
    text.strip_suffix(body).filter(|mark| mark.starts_with(MARKS)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_ends_what_it_stands_on() {
        assert_eq!(trailing("女性管理職の割合※3"), Some("※3"));
        assert_eq!(trailing("女性管理職の割合（※３）"), Some("※３"));
        assert_eq!(trailing("12.9日※"), Some("※"));
        assert_eq!(trailing("受講者数 ＊"), Some("＊"));
        assert_eq!(trailing("※"), None);
        assert_eq!(trailing("3*4"), None);
        assert_eq!(trailing("※令和4年度から算定方法を変更"), None);
    }

    #[test]
    fn a_loose_note_may_lead_with_its_mark() {
        assert_eq!(leading("（※２）会計年度任用職員を含む。").as_deref(), Some("※2"));
        assert_eq!(leading("会計年度任用職員を含む※"), None);
    }
}
