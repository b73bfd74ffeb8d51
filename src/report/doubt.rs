//! What a report as a whole leaves open: two meanings of one sign. Each doubt is a warning `ambiguous-…` that gives both
//! readings; what single cells leave open is told where they are read.

use super::values::fold::key;
use super::{Grade, Report, ScaleGrade};
use crate::geom::Place;
use crate::warning::Warning;

/// The doubts about a report that is read.
pub(super) fn about(report: &Report) -> Vec<Warning> {
    legend(&report.grade_scale).into_iter().chain(signs(report)).chain(marks(report)).collect()
}

/// One sign with two meanings in the legends.
fn legend(scale: &[ScaleGrade]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for (index, grade) in scale.iter().enumerate() {
        let same = |other: &&ScaleGrade| key(&other.grade) == key(&grade.grade);
        let other = scale.iter().skip(index + 1).find(same).filter(|other| key(&other.meaning) != key(&grade.meaning));
        let Some(other) = other else { continue };
        let message = format!(
            "grade {:?} means {:?}{} and {:?}{}; each grade is kept as printed",
            grade.grade,
            grade.meaning,
            of(grade),
            other.meaning,
            of(other)
        );
        let places = grade.at.iter().chain(&other.at).cloned().collect::<Vec<_>>();
        warnings.push(Warning::new("ambiguous-legend", message).at(places));
    }
    warnings
}

fn of(grade: &ScaleGrade) -> String {
    grade.scale.as_ref().map(|scale| format!(" in {scale:?}")).unwrap_or_default()
}

/// ▲ and △ side by side before figures, which some bodies tell apart as minus and plus, without a note that says so.
fn signs(report: &Report) -> Option<Warning> {
    let measures = || report.indicators.iter().flat_map(|i| &i.series).flat_map(|series| &series.years);
    let with = |sign: char| measures().find(|m| m.value.is_some() && m.text.trim_start().starts_with(sign));
    let (white, _) = with('△').zip(with('▲'))?;
    let notes = report.indicators.iter().flat_map(|i| &i.notes).map(|note| note.text.as_str());
    let notes = notes.chain(report.footnotes.iter().map(|note| note.text.as_str()));
    let mut notes = notes.chain(report.prose.iter().map(|line| line.text.as_str()));
    if notes.any(|note| note.contains('△')) {
        return None;
    }
    let message = format!(
        "{:?}: △ stands before figures beside ▲ and no note explains it; it was read as minus and may mean plus",
        white.text
    );
    let at: Vec<Place> = white.at.clone();
    Some(Warning::new("ambiguous-sign", message).at(at))
}

/// A grade that is a figure, printed like the mark of a note: `※1` where the grades are figures and there is a note 1.
fn marks(report: &Report) -> Option<Warning> {
    let initiatives = report.sections.iter().flat_map(|section| &section.initiatives);
    let years = initiatives.flat_map(|initiative| &initiative.years);
    let grades = years.flat_map(|year| year.grade.iter().chain(&year.summary_grade));
    let marked = grades.filter(|grade| !grade.marks.is_empty());
    let is_note = |grade: &&Grade| report.footnotes.iter().any(|note| key(&note.mark) == key(&grade.text));
    let doubtful: Vec<&Grade> = marked.filter(is_note).collect();
    let first = doubtful.first()?;
    let message = format!(
        "{:?} is the mark of a note and the grade {:?} with a mark; it was read as the grade",
        first.text, first.grade
    );
    Some(
        Warning::new("ambiguous-grade", message)
            .at(doubtful.iter().flat_map(|grade| grade.at.clone()).collect::<Vec<_>>()),
    )
}

#[cfg(test)]
mod tests {
    use super::about;
    use crate::report::{
        Footnote, Grade, Indicator, Initiative, Measure, Report, ScaleGrade, Section, Series, YearEntry,
    };

    fn report(scale: &[(&str, &str, &str)], figures: &[&str]) -> Report {
        let mut report: Report = serde_json::from_str(
            r#"{"schema_version":"1","document":{},"grade_scale":[],"footnotes":[],"sections":[],"indicators":[]}"#,
        )
        .unwrap();
        report.grade_scale = scale
            .iter()
            .map(|(name, grade, meaning)| ScaleGrade {
                grade: (*grade).into(),
                meaning: (*meaning).into(),
                scale: Some((*name).into()),
                at: Vec::new(),
            })
            .collect();
        let measure = |text: &&str| Measure { text: (*text).into(), value: Some(-1.0), ..Measure::default() };
        let series = Series { years: figures.iter().map(measure).collect(), ..Series::default() };
        report.indicators = vec![Indicator { series: vec![series], ..Indicator::default() }];
        report
    }

    #[track_caller]
    fn case(scale: &[(&str, &str, &str)], figures: &[&str], codes: &[&str]) {
        let warnings = about(&report(scale, figures));
        assert_eq!(warnings.iter().map(|w| w.code.as_str()).collect::<Vec<_>>(), codes);
    }

    #[test]
    fn a_sign_with_two_meanings_is_told() {
        case(&[("取組", "A", "順調"), ("指標", "A", "達成")], &[], &["ambiguous-legend"]);
        case(&[("取組", "A", "順調"), ("指標", "a", "達成")], &[], &[]);
        case(&[("前期", "A", "順調"), ("後期", "A", "順調")], &[], &[]);
    }

    #[test]
    fn two_triangles_before_figures_are_told() {
        case(&[], &["△10%", "▲1.5%"], &["ambiguous-sign"]);
        case(&[], &["△10%", "△1.5%"], &[]);
    }
    #[test]
    fn a_grade_printed_like_the_mark_of_a_note_is_told() {
        let grade = |text: &str, grade: &str, mark: &str| Grade {
            text: text.into(),
            grade: grade.into(),
            marks: vec![mark.into()],
            at: Vec::new(),
        };
        let mut report = report(&[], &[]);
        let years = vec![YearEntry { grade: Some(grade("※ 1", "1", "※")), ..YearEntry::default() }];
        let initiatives = vec![Initiative { years, ..Initiative::default() }];
        report.sections = vec![Section { initiatives, ..Section::default() }];
        assert!(about(&report).is_empty());
        report.footnotes = vec![Footnote { mark: "※１".into(), ..Footnote::default() }];
        assert_eq!(about(&report).iter().map(|w| w.code.as_str()).collect::<Vec<_>>(), ["ambiguous-grade"]);
    }
}
