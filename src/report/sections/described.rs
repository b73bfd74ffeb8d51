//! Details whose column of names (取組, 行動計画の内容) holds what the initiatives of the front matrix are about: where
//! the section and the grades are the same, longer texts under such a heading are no other names.

use super::summaries::Summaries;
use super::{Draft, Kind};
use crate::report::values::fold::{key, same_key};
use crate::report::{Initiative, YearEntry};

/// Share of the grades that must be the same in both where the sections have other titles.
const ALIKE: f32 = 0.8;

/// Makes descriptions of the names of a detail that describe the initiatives of a front matrix.
pub(super) fn by_sentences(drafts: &mut [Draft]) {
    let summaries = Summaries::of(drafts);
    let is_described = |detail: &Draft| {
        detail.kind == Kind::Detail && summaries.beside(detail).into_iter().any(|at| describes(detail, &drafts[at]))
    };
    let described: Vec<bool> = drafts.iter().map(is_described).collect();
    for (detail, _) in drafts.iter_mut().zip(described).filter(|(_, described)| *described) {
        for initiative in &mut detail.section.initiatives {
            initiative.description = initiative.title.take();
        }
    }
}

/// Whether `detail` shows the section of `summary`, row by row, with longer texts where that has names.
fn describes(detail: &Draft, summary: &Draft) -> bool {
    let (Some(a), Some(b)) = (&summary.heading, &detail.heading) else { return false };
    let same_title = same_key(&a.title.text, &b.title.text);
    let (rows, told) = (&summary.section.initiatives, &detail.section.initiatives);
    let pairs = || rows.iter().zip(told);
    (a.shares_label(b) || same_title)
        && rows.len() == told.len()
        && pairs().all(|(row, told)| is_longer(row, told))
        && match graded_alike(pairs()) {
            (0, _) => same_title,
            (all, same) if same_title => 2 * same >= all,
            (all, same) => same as f32 >= ALIKE * all as f32,
        }
}

/// Whether what the detail calls a name says more than the name of the row, and does not begin with it.
fn is_longer(row: &Initiative, told: &Initiative) -> bool {
    let (Some(name), Some(text)) = (&row.title, &told.title) else { return false };
    let (name, text) = (key(&name.text), key(&text.text));
    told.description.is_none() && text.len() > name.len() && !text.starts_with(name.as_ref())
}

/// Whether several initiatives have the same grades in a front matrix and in a detail, one after the other.
pub(super) fn graded_as_one(summary: &Draft, detail: &Draft) -> bool {
    let (rows, told) = (&summary.section.initiatives, &detail.section.initiatives);
    let (all, same) = graded_alike(rows.iter().zip(told));
    rows.len() == told.len() && rows.len() > 1 && all >= rows.len() && same as f32 >= ALIKE * all as f32
}

/// How many grades are told of a year in both, and how many of these are the same.
fn graded_alike<'i>(pairs: impl Iterator<Item = (&'i Initiative, &'i Initiative)>) -> (usize, usize) {
    let (mut all, mut same) = (0, 0);
    let grade = |entry: &'i YearEntry| Some((entry.year, entry.grade.as_ref()?.grade.as_str()));
    for (row, told) in pairs {
        for (year, printed) in row.years.iter().filter_map(grade) {
            let mut of_year = told.years.iter().filter_map(grade).filter(|(known, _)| *known == year);
            if let Some((_, again)) = of_year.next() {
                all += 1;
                same += usize::from(printed == again);
            }
        }
    }
    (all, same)
}
