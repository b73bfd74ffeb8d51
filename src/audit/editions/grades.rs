//! XDC-02: the grades of one year in two editions.

use super::changed;
use super::tracks::{Item, Tracks};
use crate::audit::figures::indicator_name;
use crate::audit::legend::same;
use crate::audit::pairing::likeness;
use crate::audit::subject::{initiative_name, plain, printed_grade};
use crate::audit::{Finding, Severity, Tally};
use crate::report::{Grade, Indicator, ScaleGrade, YearEntry};

/// The grades of one year in one edition: where, and which.
fn grades_of(year: &YearEntry) -> [(&'static str, &'static str, Option<&Grade>); 2] {
    [("一覧", "summary", year.summary_grade.as_ref()), ("詳細", "detail", year.grade.as_ref())]
}

pub(super) fn grades(tracks: &Tracks<'_>, tally: &mut Tally) {
    for track in &tracks.initiatives {
        let mut years: Vec<_> =
            track.seen.iter().flat_map(|(_, item)| &item.initiative.years).map(|y| y.year).collect();
        years.sort_unstable();
        years.dedup();
        for year in years {
            let printed: Vec<_> =
                track.seen.iter().filter_map(|(n, item)| Some((*n, item, graded(item, year)?))).collect();
            for pair in printed.windows(2) {
                let [(older, _, was), (newer, item, is)] = pair else { continue };
                tally.case();
                let files = (tracks.file(*older), tracks.file(*newer));
                let legends = (tracks.legend_of(*older), tracks.legend_of(*newer));
                if let Some(finding) = grade_change(tally, item, was, is, files, legends) {
                    tally.add(finding);
                }
            }
        }
    }
    indicator_grades(tracks, tally);
}

/// Grades of indicators: an edition prints them for the year that it reports on, so only editions of one year can be
/// compared.
fn indicator_grades(tracks: &Tracks<'_>, tally: &mut Tally) {
    for track in &tracks.indicators {
        let mut printed: Vec<_> = track.seen.iter().filter_map(|(n, one)| graded_indicator(tracks, *n, one)).collect();
        printed.sort_by_key(|(year, n, ..)| (*year, *n));
        for pair in printed.windows(2) {
            let [(year, older, was, _), (other, newer, is, name)] = pair else { continue };
            let legends = (tracks.legend_of(*older), tracks.legend_of(*newer));
            if year != other || !same_meaning(legends, &was.grade) || !same_meaning(legends, &is.grade) {
                continue;
            }
            tally.case();
            if same(&was.grade, &is.grade) {
                continue;
            }
            let (a, b, old, new) = (tracks.file(*older), tracks.file(*newer), printed_grade(was), printed_grade(is));
            let finding = tally.find(
                Severity::Error,
                format!("「{name}」の評価: {a} では {old}、{b} では {new}。"),
                format!("{name}: the grade is {old} in {a} and {new} in {b}."),
            );
            let finding = finding.indicator(name).year(*year).at_file(a, &was.at).at_file(b, &is.at);
            tally.add(changed(finding, (a, b), &was.grade, &is.grade));
        }
    }
}

/// An indicator's grade with the year it is of, its edition and the indicator's name.
fn graded_indicator<'a>(
    tracks: &Tracks<'_>,
    edition: usize,
    indicator: &'a Indicator,
) -> Option<(i32, usize, &'a Grade, &'a str)> {
    Some((tracks.year_of(edition)?, edition, indicator.grade.as_ref()?, indicator_name(indicator)))
}

/// The entry of `year`, if it carries a grade.
fn graded<'a>(item: &Item<'a>, year: i32) -> Option<&'a YearEntry> {
    let entry = item.initiative.years.iter().find(|entry| entry.year == year)?;
    grades_of(entry).iter().any(|(_, _, grade)| grade.is_some()).then_some(entry)
}

/// Whether a grade means the same in both legends: the same letter of another scale is no changed grade.
fn same_meaning((older, newer): (&[ScaleGrade], &[ScaleGrade]), grade: &str) -> bool {
    let meaning =
        |legend: &[ScaleGrade]| legend.iter().find(|one| same(&one.grade, grade)).map(|one| plain(&one.meaning));
    match (meaning(older), meaning(newer)) {
        (Some(older), Some(newer)) => likeness(&older, &newer) >= 50 || older == newer,
        _ => true,
    }
}

/// What changed between two editions' grades of one year: summary against summary, detail against detail, and where
/// the editions have not the same sides, what they have against what they have.
fn grade_change(
    tally: &Tally,
    item: &Item<'_>,
    was: &YearEntry,
    is: &YearEntry,
    (a, b): (&str, &str),
    legends: (&[ScaleGrade], &[ScaleGrade]),
) -> Option<Finding> {
    let both: Vec<_> = grades_of(was)
        .into_iter()
        .zip(grades_of(is))
        .filter_map(|((ja, en, old), (_, _, new))| Some((ja, en, old?, new?)))
        .collect();
    let any = |year: &'_ YearEntry| year.grade.clone().or_else(|| year.summary_grade.clone());
    let (old_any, new_any) = (any(was)?, any(is)?);
    if !same_meaning(legends, &old_any.grade) || !same_meaning(legends, &new_any.grade) {
        return None;
    }
    let compared = if both.is_empty() { vec![("評価", "grade", &old_any, &new_any)] } else { both };
    let differing: Vec<_> = compared.into_iter().filter(|(_, _, old, new)| !same(&old.grade, &new.grade)).collect();
    let (_, _, old, new) = differing.first()?;
    let (name, year) = (initiative_name(item.section, item.initiative), &is.label);
    let sides = |ja: bool| {
        let side = |one: &(&str, &str, &Grade, &Grade)| if ja { one.0.to_owned() } else { one.1.to_owned() };
        differing.iter().map(side).collect::<Vec<_>>().join(if ja { "・" } else { " and " })
    };
    let mut finding = tally
        .find(
            Severity::Error,
            format!(
                "{name} {year}の評価（{}）: {a} では {}、{b} では {}。",
                sides(true),
                printed_grade(old),
                printed_grade(new)
            ),
            format!(
                "{name}, {year}: the grade ({}) is {} in {a} and {} in {b}.",
                sides(false),
                printed_grade(old),
                printed_grade(new)
            ),
        )
        .initiative(item.section.number, item.initiative.number)
        .year(is.year);
    for (_, _, old, _) in &differing {
        finding = finding.at_file(a, &old.at);
    }
    for (_, _, _, new) in &differing {
        finding = finding.at_file(b, &new.at);
    }
    let sides: Vec<_> = differing.iter().map(|(_, en, _, _)| *en).collect();
    Some(changed(finding, (a, b), &old.grade, &new.grade).value("sides", sides))
}
