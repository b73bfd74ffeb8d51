//! Headings that each stand over one initiative: where its table does not name it, and the front matrix knows the
//! heading as the name of an initiative or the table tells nothing but years, the heading is its name.

use super::summaries::Summaries;
use super::{Draft, Kind};
use crate::report::context::Context;
use crate::report::heading::{Heading, SIGNS};
use crate::report::values::fold::{key, same_key};
use crate::report::{Initiative, YearEntry};
use std::collections::{BTreeMap, BTreeSet};

/// Makes the headings of such drafts the names of their initiatives.
pub(super) fn by_headings(context: &mut Context, drafts: &mut [Draft]) {
    let found = find(drafts);
    for (draft, _) in drafts.iter_mut().zip(found).filter(|(_, found)| *found) {
        take(context, draft);
    }
}

/// For each draft whether its heading names its only initiative.
fn find(drafts: &[Draft]) -> Vec<bool> {
    let summaries = drafts.iter().filter(|draft| draft.kind == Kind::Summary);
    let index = Summaries::of(drafts);
    // The names that the front matrices have, each with the headings above it.
    let mut known: BTreeMap<String, Vec<Option<&Heading>>> = BTreeMap::new();
    for summary in summaries {
        for title in summary.section.initiatives.iter().filter_map(|initiative| initiative.title.as_ref()) {
            known.entry(key(&title.text).into_owned()).or_default().push(summary.heading.as_ref());
        }
    }
    // Headings of one level below one heading are all of the same kind.
    let level = |draft: &Draft| {
        let above = draft.path.last().map(|above| key(&above.whole.text).into_owned());
        draft.heading.as_ref().map(|heading| (heading.style.clone(), above))
    };
    let is_section = |draft: &&Draft| {
        !draft.names_initiative && !matches!(draft.section.initiatives.as_slice(), [one] if one.title.is_none())
    };
    let sections: BTreeSet<_> = drafts.iter().filter(is_section).filter_map(level).collect();
    let is_named = |draft: &Draft| {
        let [initiative] = draft.section.initiatives.as_slice() else { return false };
        let heading = draft.heading.as_ref().filter(|_| !draft.names_initiative && initiative.title.is_none());
        let Some(heading) = heading else { return false };
        let named = match known.get(key(name(heading)).as_ref()).map(Vec::as_slice) {
            None | Some([]) => false,
            Some([_]) => true,
            Some(several) => several.iter().flatten().any(|above| draft.path.iter().any(|level| same(level, above))),
        };
        let silent = initiative.label.is_none() && initiative.description.is_none() && !initiative.years.is_empty();
        let apart = || level(draft).is_some_and(|level| !sections.contains(&level));
        named || silent && apart() && !index.beside(draft).into_iter().any(|at| drafts[at].matches(draft))
    };
    drafts.iter().map(is_named).collect()
}

fn same(a: &Heading, b: &Heading) -> bool {
    same_key(&a.title.text, &b.title.text)
}

/// The title of a heading without the sign before it.
fn name(heading: &Heading) -> &str {
    heading.title.text.trim_start_matches(is_sign)
}

fn is_sign(c: char) -> bool {
    SIGNS.contains(&c) || c.is_whitespace()
}

/// The heading of the draft becomes the name of its only initiative, the one above that of the section.
fn take(context: &mut Context, draft: &mut Draft) {
    let (Some(heading), [initiative]) = (draft.heading.take(), draft.section.initiatives.as_mut_slice()) else {
        return;
    };
    let start = heading.title.text.len() - name(&heading).len();
    let title = heading.title.slice(start..heading.title.text.len());
    context.ledger.structure(&heading.whole);
    context.ledger.place(&title);
    initiative.title = Some(context.part(&title));
    if let Some(label) = &heading.label {
        context.ledger.place(label);
        initiative.label = Some(label.text.clone());
    }
    draft.heading = draft.path.pop();
    draft.names_initiative = true;
}

/// Adds what another table says of the same initiative; gives it back where it is another one, or says the same
/// thing in another way.
pub(super) fn absorb(into: &mut Initiative, part: Initiative) -> Option<Initiative> {
    let name = |initiative: &Initiative| initiative.title.as_ref().map(|title| key(&title.text).into_owned());
    let is_same = into.label == part.label && name(into).is_some() && name(into) == name(&part);
    let both = |a: bool, b: bool| a && b;
    let twice = both(into.description.is_some(), part.description.is_some())
        || both(into.responsible.is_some(), part.responsible.is_some())
        || part.years.iter().any(|entry| {
            into.years.iter().filter(|known| known.year == entry.year).any(|known| tells_again(known, entry))
        });
    if !is_same || twice {
        return Some(part);
    }
    let Initiative { number: _, label: _, title: _, description, responsible, years, other } = part;
    into.description = into.description.take().or(description);
    into.responsible = into.responsible.take().or(responsible);
    into.other.extend(other);
    for entry in years {
        match into.years.iter_mut().find(|known| known.year == entry.year) {
            Some(known) => add(known, entry),
            None => into.years.push(entry),
        }
    }
    into.years.sort_by_key(|entry| entry.year);
    None
}

/// Whether both have one member.
fn tells_again(a: &YearEntry, b: &YearEntry) -> bool {
    let has = |entry: &YearEntry| {
        let YearEntry { year: _, label: _, grade, summary_grade, status, actions, issues, plan, result, other: _ } =
            entry;
        let texts = [actions, issues, plan, result].map(Option::is_some);
        (grade.is_some(), summary_grade.is_some(), status.is_some(), texts)
    };
    let (a, b) = (has(a), has(b));
    a.0 && b.0 || a.1 && b.1 || a.2 && b.2 || a.3.iter().zip(b.3).any(|(a, b)| *a && b)
}

fn add(into: &mut YearEntry, part: YearEntry) {
    let YearEntry { year: _, label: _, grade, summary_grade, status, actions, issues, plan, result, other } = part;
    into.grade = into.grade.take().or(grade);
    into.summary_grade = into.summary_grade.take().or(summary_grade);
    into.status = into.status.take().or(status);
    into.actions = into.actions.take().or(actions);
    into.issues = into.issues.take().or(issues);
    into.plan = into.plan.take().or(plan);
    into.result = into.result.take().or(result);
    into.other.extend(other);
}
