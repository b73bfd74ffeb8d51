//! Drafts of sections become sections: the front matrix and the detail of the same section become one, parts of a
//! section that stand in several tables are joined, and numbers are given.

mod described;
mod named;
mod pair;
mod summaries;

use super::context::Context;
use super::heading::Heading;
use super::values::fold::same_key;
use super::{Initiative, Section, YearEntry};
use pair::pair;

/// A section on its way.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    pub(super) heading: Option<Heading>,
    pub(super) path: Vec<Heading>,
    pub(super) section: Section,
    pub(super) kind: Kind,
    /// Whether the heading before its table names its only initiative and so no section.
    pub(super) names_initiative: bool,
    /// What the column of issues is called.
    pub(super) issues: Option<String>,
}

/// What the table of a draft showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Names and grades only: a front matrix, where the document has a detail, too.
    Summary,
    /// More than grades.
    Detail,
}

impl Draft {
    pub(super) fn new(heading: Option<Heading>, path: Vec<Heading>) -> Self {
        Self { heading, path, section: Section::default(), kind: Kind::Detail, names_initiative: false, issues: None }
    }

    /// Tells a matrix of names and grades from a detail. Beside the grades of several years, one column more (備考,
    /// 今後の方向性) makes no detail of it.
    pub(super) fn settle(&mut self) {
        let matrix = self.section.years.len() > 1;
        let only_grade = |entry: &YearEntry| {
            let YearEntry { year: _, label: _, grade: _, summary_grade, status, actions, issues, plan, result, other } =
                entry;
            let silent = [actions, plan, result].into_iter().all(Option::is_none);
            let alone = matrix || issues.is_none() && other.is_empty();
            silent && alone && summary_grade.is_none() && status.is_none()
        };
        let initiatives = &self.section.initiatives;
        let bare = initiatives.iter().all(|initiative| {
            let alone = matrix || initiative.other.is_empty();
            initiative.description.is_none() && alone && initiative.years.iter().all(only_grade)
        });
        let more = |initiative: &Initiative| {
            !initiative.other.is_empty() || initiative.years.iter().any(|e| e.issues.is_some() || !e.other.is_empty())
        };
        let graded = |initiative: &Initiative| initiative.years.iter().any(|entry| entry.grade.is_some());
        let bare = bare && (initiatives.iter().any(graded) || !initiatives.iter().any(more));
        self.kind = if bare { Kind::Summary } else { Kind::Detail };
    }

    fn same_heading(&self, other: &Self) -> bool {
        let same = |(a, b): (&Heading, &Heading)| same_key(&a.plain().text, &b.plain().text);
        let heading = match (&self.heading, &other.heading) {
            (Some(a), Some(b)) => same((a, b)),
            (None, None) => true,
            _ => false,
        };
        heading && self.path.len() == other.path.len() && self.path.iter().zip(&other.path).all(same)
    }

    /// Whether both have the same number and name, and tell of the same years in the same way.
    fn is_headed_like(&self, other: &Self) -> bool {
        let numbered = self.heading.as_ref().is_some_and(|heading| heading.label.is_some());
        let same_years = self.section.years == other.section.years;
        numbered && self.kind == other.kind && same_years && self.same_heading(other)
    }

    /// Sets the members that the headings give.
    fn finish(mut self, context: &mut Context, order: u32, numbers: Numbers) -> Section {
        if let Some(heading) = &self.heading {
            context.ledger.place(&heading.whole);
            self.section.label = heading.label.as_ref().map(|label| label.text.clone());
            self.section.title = Some(context.part(&heading.title));
        }
        let path: Vec<_> = self
            .path
            .iter()
            .map(|level| {
                context.ledger.place(&level.whole);
                context.part(&level.plain())
            })
            .collect();
        self.section.path = path;
        self.section.number = match numbers {
            Numbers::Printed => self.heading.as_ref().and_then(Heading::number).unwrap_or(order),
            Numbers::Counted => order,
        };
        self.section
    }
}

/// Whether sections have numbers of their own that tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbers {
    Printed,
    Counted,
}

/// The sections that the drafts, in the order of the document, come to.
pub(super) fn finish(context: &mut Context, mut drafts: Vec<Draft>) -> Vec<Section> {
    drafts.iter_mut().for_each(Draft::settle);
    named::by_headings(context, &mut drafts);
    let mut joined: Vec<Draft> = Vec::new();
    for draft in drafts {
        let again = draft.heading.as_ref().is_some_and(Heading::goes_on);
        let alike = |last: &Draft| again || last.kind == draft.kind || last.names_initiative && draft.names_initiative;
        let last = joined.len().checked_sub(1);
        let goes_on =
            last.filter(|last| joined.get(*last).is_some_and(|last| alike(last) && last.same_heading(&draft)));
        // The other part of its table can stand in the next column, and another section below the first part.
        let before = last.and_then(|last| last.checked_sub(1));
        let beside = || before.filter(|before| joined.get(*before).is_some_and(|known| known.is_headed_like(&draft)));
        match goes_on.or_else(beside).and_then(|at| joined.get_mut(at)) {
            Some(last) => {
                draft.path.iter().chain(&draft.heading).for_each(|again| context.ledger.structure(&again.whole));
                join(last, draft);
                last.settle();
            }
            None => joined.push(draft),
        }
    }
    described::by_sentences(&mut joined);
    let drafts = pair(context, joined);
    let printed: Vec<Option<u32>> = drafts.iter().map(|d| d.heading.as_ref().and_then(Heading::number)).collect();
    let numbers = if are_distinct(&printed) { Numbers::Printed } else { Numbers::Counted };
    let finish = |(index, draft): (usize, Draft)| draft.finish(context, index as u32 + 1, numbers);
    let mut sections: Vec<Section> = drafts.into_iter().enumerate().map(finish).collect();
    // Four tables in two rows and two columns can be read either way: their numbers tell.
    sections.sort_by_key(|section| section.number);
    sections
}

/// Whether all sections print a number, each another one: then they are numbered through the document.
fn are_distinct(printed: &[Option<u32>]) -> bool {
    let mut numbers: Vec<u32> = printed.iter().copied().flatten().collect();
    numbers.sort_unstable();
    numbers.len() == printed.len() && numbers.windows(2).all(|pair| matches!(pair, [a, b] if a < b))
}

/// Adds the initiatives of a later part of the same section.
fn join(into: &mut Draft, part: Draft) {
    for year in part.section.years {
        if !into.section.years.iter().any(|known| known.year == year.year) {
            into.section.years.push(year);
        }
    }
    let named = into.names_initiative && part.names_initiative;
    for initiative in part.section.initiatives {
        let last = into.section.initiatives.last_mut().filter(|_| named);
        let left = match last {
            Some(last) => named::absorb(last, initiative),
            None => Some(initiative),
        };
        let Some(mut initiative) = left else { continue };
        initiative.number = into.section.initiatives.len() as u32 + 1;
        into.section.initiatives.push(initiative);
    }
    into.section.objectives.extend(part.section.objectives);
    into.section.targets.extend(part.section.targets);
    into.section.grades.extend(part.section.grades);
}
