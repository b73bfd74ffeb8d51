//! The front matrix and the detail of the same section become one, initiative by initiative. Numbers alone pair
//! nothing: the titles of the sections or the names of their initiatives must agree.

use super::summaries::Summaries;
use super::{Draft, Kind, described};
use crate::report::context::Context;
use crate::report::values::fold::{key, same_key};
use crate::report::{Initiative, Labelled, Text, YearEntry};
use crate::warning::Warning;
use std::collections::{BTreeMap, BTreeSet};

/// Share of the pairs of characters of the shorter title that the other one has, from which both are one in other words.
const ALIKE: f32 = 0.4;

impl Draft {
    /// Whether `detail` says more of the section that this summary shows.
    pub(super) fn matches(&self, detail: &Self) -> bool {
        let (Some(a), Some(b)) = (&self.heading, &detail.heading) else { return false };
        let (named, alike) = self.names_alike(detail);
        let agree = 2 * alike >= named;
        if same_key(&a.title.text, &b.title.text) {
            return agree;
        }
        a.shares_label(b)
            && agree
            && (alike > 0 || are_alike(&a.title.text, &b.title.text) || described::graded_as_one(self, detail))
    }

    /// Of the initiatives of `detail` how many have a name, and how many of these are known here.
    fn names_alike(&self, detail: &Self) -> (usize, usize) {
        let name = |initiative: &Initiative| {
            let text = initiative.title.as_ref().or(initiative.description.as_ref())?;
            Some(key(&text.text).into_owned()).filter(|name| !name.is_empty())
        };
        let known: Vec<String> = self.section.initiatives.iter().filter_map(name).collect();
        let named = detail.section.initiatives.iter().filter(|initiative| initiative.title.is_some());
        let names: Vec<String> = named.filter_map(name).collect();
        let is_known = |name: &&String| known.iter().any(|known| known.contains(*name) || name.contains(known));
        (names.len(), names.iter().filter(is_known).count())
    }
}

/// Whether two titles say the same in other words.
fn are_alike(a: &str, b: &str) -> bool {
    let pairs = |text: &str| {
        let characters: Vec<char> = key(text).chars().collect();
        characters.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect::<Vec<_>>()
    };
    let (a, b) = (pairs(a), pairs(b));
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let common = short.iter().filter(|pair| long.contains(pair)).count();
    common as f32 >= ALIKE * short.len() as f32
}

/// Joins each summary with its detail. Where none has a detail all are sections of their own.
pub(super) fn pair(context: &mut Context, drafts: Vec<Draft>) -> Vec<Draft> {
    let index = Summaries::of(&drafts);
    let of_details = pairs(&drafts, &index);
    if of_details.iter().all(Option::is_none) {
        contradictions(context, &drafts, &index);
        return drafts;
    }
    let (mut summaries, mut details) = (BTreeMap::new(), Vec::new());
    for (at, (draft, summary)) in drafts.into_iter().zip(of_details).enumerate() {
        match draft.kind {
            Kind::Summary => _ = summaries.insert(at, draft),
            Kind::Detail => details.push((draft, summary)),
        }
    }
    let mut joined = Vec::with_capacity(details.len());
    for (mut detail, summary) in details {
        if let Some(summary) = summary.and_then(|at| summaries.remove(&at)) {
            if let Some(heading) = &summary.heading {
                context.ledger.place(&heading.whole);
                detail.section.summary_title = Some(context.part(&heading.title));
            }
            merge(&mut detail, summary);
        }
        joined.push(detail);
    }
    for mut summary in summaries.into_values() {
        // A section of the front table that the detail does not have stays as it is.
        summary.section.initiatives.iter_mut().for_each(of_summary);
        joined.push(summary);
    }
    joined
}

/// For each draft that is a detail the summary of its section, if there is one.
fn pairs(drafts: &[Draft], index: &Summaries) -> Vec<Option<usize>> {
    let mut taken = BTreeSet::new();
    let summary = |detail: &Draft| {
        let mut beside = index.beside(detail).into_iter().filter(|_| detail.kind == Kind::Detail);
        let at = beside.find(|at| !taken.contains(at) && drafts[*at].matches(detail))?;
        taken.insert(at);
        Some(at)
    };
    drafts.iter().map(summary).collect()
}

/// Says so where a front matrix and a detail have the same numbers, but nothing else in common.
fn contradictions(context: &mut Context, drafts: &[Draft], index: &Summaries) {
    // A text has no places.
    let (mut places, mut apart) = (Vec::new(), false);
    for detail in drafts.iter().filter(|draft| draft.kind == Kind::Detail).filter_map(|draft| draft.heading.as_ref()) {
        let style = |at: usize| drafts[at].heading.as_ref().map(|summary| summary.style.as_str());
        if index.labelled(detail).any(|at| style(at) == Some(&detail.style)) {
            places.extend(context.document.places(&detail.whole, true));
            apart = true;
        }
    }
    if apart {
        let message = "sections of the front table and of the detail have the same numbers, but other titles: \
                       they were not joined";
        context.warnings.push(Warning::new("ambiguous-section", message).at(places));
    }
}

/// The grades of a row of the front table as such.
fn of_summary(row: &mut Initiative) {
    for entry in &mut row.years {
        entry.summary_grade = entry.grade.take();
    }
}

/// Adds what the front table says: names and grades, initiative by initiative.
fn merge(detail: &mut Draft, summary: Draft) {
    for year in summary.section.years {
        if !detail.section.years.iter().any(|known| known.year == year.year) {
            detail.section.years.push(year);
        }
    }
    detail.section.years.sort_by_key(|year| year.year);
    let mut told: Vec<Option<Initiative>> =
        std::mem::take(&mut detail.section.initiatives).into_iter().map(Some).collect();
    let called = summary.issues.unwrap_or_default();
    let rows = summary.section.initiatives;
    let of_rows = partners(&rows, &told);
    let mut initiatives = Vec::with_capacity(told.len().max(rows.len()));
    for (mut row, partner) in rows.into_iter().zip(of_rows) {
        match partner.and_then(|at| told.get_mut(at)).and_then(Option::take) {
            Some(mut initiative) => {
                add_row(&mut initiative, row, &called);
                initiatives.push(initiative);
            }
            None => {
                of_summary(&mut row);
                initiatives.push(row);
            }
        }
    }
    initiatives.extend(told.into_iter().flatten());
    for (index, initiative) in initiatives.iter_mut().enumerate() {
        initiative.number = index as u32 + 1;
    }
    detail.section.initiatives = initiatives;
}

/// Which initiative of the detail each row of the front table is about: the one of its name, else the one of its
/// place whose name does not say otherwise.
fn partners(rows: &[Initiative], told: &[Option<Initiative>]) -> Vec<Option<usize>> {
    let name = |initiative: &Initiative| initiative.title.as_ref().map(|title| key(&title.text).into_owned());
    let names: Vec<Option<String>> = told.iter().map(|initiative| initiative.as_ref().and_then(name)).collect();
    let mut taken = vec![false; told.len()];
    let mut partners = vec![None; rows.len()];
    for (row, partner) in rows.iter().zip(&mut partners) {
        let wanted = name(row);
        let at = names.iter().zip(&taken).position(|(name, taken)| !taken && name.is_some() && *name == wanted);
        if let Some(at) = at {
            taken[at] = true;
            *partner = Some(at);
        }
    }
    for (index, (row, partner)) in rows.iter().zip(&mut partners).enumerate() {
        let free = partner.is_none() && taken.get(index) == Some(&false);
        let wanted = name(row).unwrap_or_default();
        let open = |name: &Option<String>| name.as_ref().is_none_or(|name| may_be(name, &wanted));
        if free && names.get(index).is_some_and(open) {
            taken[index] = true;
            *partner = Some(index);
        }
    }
    partners
}

/// Whether a name in the detail may be that of a row.
fn may_be(name: &str, row: &str) -> bool {
    name.contains(row) || row.contains(name) || are_alike(name, row)
}

/// Adds what a row of the front table says of an initiative; `called` is the name of its column of issues.
fn add_row(initiative: &mut Initiative, row: Initiative, called: &str) {
    // The name again is no description.
    let said = |text: Option<&Text>| text.map(|text| key(&text.text).into_owned());
    let again = said(initiative.title.as_ref()) == said(row.title.as_ref());
    if initiative.title.is_some() && initiative.description.is_none() && !again {
        initiative.description = initiative.title.take();
    }
    initiative.title = row.title.or(initiative.title.take());
    initiative.label = row.label.or(initiative.label.take());
    initiative.responsible = initiative.responsible.take().or(row.responsible);
    initiative.other.extend(row.other);
    for entry in row.years {
        match initiative.years.iter_mut().find(|known| known.year == entry.year) {
            Some(known) => add_entry(known, entry, called),
            None => {
                let summary_grade = entry.grade.clone();
                initiative.years.push(YearEntry { grade: None, summary_grade, ..entry });
            }
        }
    }
    initiative.years.sort_by_key(|entry| entry.year);
}

/// Adds what a front table says of a year: its grade, and what it tells beside it.
fn add_entry(known: &mut YearEntry, entry: YearEntry, called: &str) {
    known.summary_grade = entry.grade;
    known.other.extend(entry.other);
    match entry.issues {
        Some(Text { text, at }) if known.issues.is_some() => {
            known.other.push(Labelled { label: called.to_owned(), text, at });
        }
        issues => known.issues = known.issues.take().or(issues),
    }
}
