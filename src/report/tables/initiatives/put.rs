//! One value of an initiative: it becomes a member of the initiative or of its year's entry, or one of `other` where
//! that member is taken or nothing is called like it.

use super::Field;
use crate::document::Passage;
use crate::report::context::Context;
use crate::report::heading::{BRACKETS, Heading};
use crate::report::rules::Rule;
use crate::report::values::grade::Marked;
use crate::report::values::{grade, status};
use crate::report::{FiscalYear, Initiative, Labelled, Text, YearEntry};
use std::ops::Range;

/// Longest word that stands for a grade, in characters.
pub(super) const LONGEST_GRADE: usize = 8;

/// Shortest name of a department that is believed behind another name, in characters.
const SHORTEST_DEPARTMENT: usize = 3;

/// A value with what its column, row or label says of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'p> {
    pub(super) field: Field,
    /// The heading or row label, as printed.
    pub(super) label: Option<&'p Passage>,
    /// The year that it is told of; without one it is said of the initiative.
    pub(super) year: Option<&'p FiscalYear>,
    pub(super) text: &'p Passage,
    /// Glyphs of it that a ring is drawn around.
    pub(super) ringed: &'p [u32],
}

impl Value<'_> {
    /// Puts the value where it belongs.
    pub(super) fn put(self, context: &mut Context, initiative: &mut Initiative) {
        let Some(year) = self.year else {
            self.put_other(context, &mut initiative.other);
            return;
        };
        let entry = entry(&mut initiative.years, year);
        match self.field {
            Field::Grade => self.put_grade(context, entry),
            Field::Other => self.put_other(context, &mut entry.other),
            Field::Status if context.rules.matches(Rule::NoValue, &self.text.text) => {
                context.ledger.structure(self.text);
            }
            Field::Status if entry.status.is_none() && self.put_status(context, entry) => {}
            field => self.put_text(context, entry, field),
        }
        initiative.years.retain(|entry| !is_empty(entry));
    }

    /// Puts the value among what else is told of its year.
    pub(super) fn put_beside(self, context: &mut Context, initiative: &mut Initiative) {
        match self.year {
            Some(year) => self.put_other(context, &mut entry(&mut initiative.years, year).other),
            None => self.put_other(context, &mut initiative.other),
        }
    }

    /// Adds the value to the text that its field has from the row before; says whether there is one.
    pub(super) fn append(self, context: &mut Context, initiative: &mut Initiative) -> bool {
        let known = self
            .year
            .filter(|_| is_text(self.field))
            .and_then(|year| initiative.years.iter_mut().find(|entry| entry.year == year.year));
        let Some(slot) = known.and_then(|entry| slot(entry, self.field).as_mut()) else { return false };
        let more = context.whole(self.text);
        slot.text.push('\n');
        slot.text.push_str(&more.text);
        slot.at.extend(more.at);
        context.ledger.place(self.text);
        true
    }

    fn put_grade(self, context: &mut Context, entry: &mut YearEntry) {
        let read = self.ticked(context).or_else(|| grade::read(context.rules, self.text, &context.scale));
        match read.or_else(|| self.chosen(context)) {
            Some(marked) if entry.grade.is_none() => {
                context.ledger.place(self.text);
                context.check_grade(&marked);
                entry.grade = Some(marked.grade(context.document));
            }
            None if context.rules.matches(Rule::NoValue, &self.text.text) => context.ledger.structure(self.text),
            unread => {
                if unread.is_none() && context.rules.matches(Rule::Choice, &self.text.text) {
                    let message = "a cell prints several grades, of which one may be marked by a drawing or a colour; none was taken as the grade, they are in `other` as printed";
                    context.doubt("ambiguous-grade", message.to_owned(), self.text);
                } else if unread.is_none() {
                    self.unknown_grade(context);
                }
                self.put_other(context, &mut entry.other);
            }
        }
    }

    /// Warns about a word among grades that no rule knows and the legend does not have.
    fn unknown_grade(self, context: &mut Context) {
        let text = self.text.text.trim();
        if text.chars().count() > LONGEST_GRADE || context.rules.matches(Rule::Ditto, text) {
            return;
        }
        let message =
            format!("{text:?} stands where grades stand and is none that is known; it is in `other` as printed");
        context.doubt("grade-outside-legend", message, self.text);
    }

    /// The grade that heads the column, where the cell only ticks it.
    fn ticked(self, context: &Context) -> Option<Marked> {
        let tick = Some(self.text).filter(|text| context.rules.matches(Rule::Tick, &text.text))?;
        let known = |text: &Passage| context.scale.has(&text.text);
        let head = self.label.filter(|head| known(head) && !known(tick))?;
        let grade = grade::read(context.rules, head, &context.scale)?.grade;
        Some(Marked { text: tick.slice(0..tick.text.len()), grade, marks: Vec::new() })
    }

    /// The one grade of several that a ring is drawn around.
    fn chosen(self, context: &Context) -> Option<Marked> {
        grade::read(context.rules, &self.ringed_only(context)?, &context.scale)
    }

    /// The one sign of several that a ring is drawn around.
    fn ringed_only(self, context: &Context) -> Option<Passage> {
        let ends = self.text.origins.iter().skip(1).map(|next| next.offset as usize).chain([self.text.text.len()]);
        let mut ringed = self.text.origins.iter().zip(ends).filter(|(origin, _)| self.ringed.contains(&origin.glyph));
        let (origin, end) = ringed.next().filter(|_| context.rules.matches(Rule::Choice, &self.text.text))?;
        ringed.next().is_none().then(|| self.text.slice(origin.offset as usize..end))
    }

    /// Whether the text is a status, which is then the entry's.
    fn put_status(self, context: &mut Context, entry: &mut YearEntry) -> bool {
        let Some(state) = status::read(context.rules, self.text, None) else { return false };
        entry.status = Some(state.status(context.document));
        context.ledger.place(self.text);
        true
    }

    fn put_text(self, context: &mut Context, entry: &mut YearEntry, field: Field) {
        let slot = slot(entry, field);
        if slot.is_some() {
            self.put_other(context, &mut entry.other);
        } else {
            *slot = Some(context.whole(self.text));
            context.ledger.place(self.text);
        }
    }

    fn put_other(self, context: &mut Context, others: &mut Vec<Labelled>) {
        let label = self.label.map(|label| label.text.clone()).unwrap_or_default();
        context.ledger.place(self.text);
        let ringed = self.ringed_only(context);
        let Text { text, at } = context.whole(ringed.as_ref().unwrap_or(self.text));
        others.push(Labelled { label, text, at });
    }
}

/// Whether the initiative has what a label column gives.
pub(super) fn has_label(initiative: &Initiative, field: Field) -> bool {
    match field {
        Field::Number => initiative.label.is_some(),
        Field::Name => initiative.title.is_some(),
        Field::Description => initiative.description.is_some(),
        Field::Responsible => initiative.responsible.is_some(),
        _ => false,
    }
}

/// Sets the member that a label column gives: number, name, description or department.
pub(super) fn put_label(context: &Context, initiative: &mut Initiative, field: Field, source: &Passage) {
    let text = context.whole(source);
    match field {
        Field::Number => initiative.label = Some(text.text),
        Field::Description => initiative.description = Some(text),
        Field::Responsible => initiative.responsible = Some(text),
        _ => {
            let heading = Heading::read(context.rules, source);
            match heading.label.filter(|_| initiative.label.is_none() && !source.text.contains('\n')) {
                Some(label) => {
                    initiative.label = Some(label.text);
                    initiative.title = Some(context.part(&heading.title));
                }
                None => initiative.title = Some(text),
            }
        }
    }
}

/// Sets name and department from a cell that has both, the department in brackets at its end; says whether it does.
pub(super) fn put_both(context: &Context, initiative: &mut Initiative, source: &Passage) -> bool {
    let Some(inside) = bracketed(&source.text) else { return false };
    let (name, department) = (source.text[..inside.start].trim_end(), source.slice(inside.clone()));
    let open = name.char_indices().next_back().map_or(0, |(at, _)| at);
    let name = source.slice(0..name[..open].trim_end().len());
    // 一部 looks like one, too.
    let is_one = department.text.trim().chars().count() >= SHORTEST_DEPARTMENT;
    if name.is_blank() || !is_one || !context.rules.matches(Rule::Department, department.text.trim()) {
        return false;
    }
    initiative.responsible = Some(context.part(&department));
    let heading = Heading::read(context.rules, &name);
    let label = heading.label.filter(|_| initiative.label.is_none());
    initiative.title = Some(context.part(if label.is_some() { &heading.title } else { &name }));
    initiative.label = initiative.label.take().or(label.map(|label| label.text));
    true
}

/// Where the text stands inside the brackets at the end of `text`.
pub(super) fn bracketed(text: &str) -> Option<Range<usize>> {
    let trimmed = text.trim_end();
    let close = trimmed.chars().next_back()?;
    let (open, _) = BRACKETS.into_iter().find(|(_, end)| *end == close)?;
    let start = trimmed.rfind(open)? + open.len_utf8();
    Some(start..trimmed.len() - close.len_utf8()).filter(|inside| !text[inside.clone()].trim().is_empty())
}

/// Gives arrows and ditto signs the status of the year before.
pub(super) fn expand_statuses(context: &Context, initiative: &mut Initiative) {
    let mut before: Option<String> = None;
    for status in initiative.years.iter_mut().filter_map(|entry| entry.status.as_mut()) {
        if let Some(before) = &before
            && status::repeats(context.rules, &status.text)
        {
            status.value.clone_from(before);
        }
        before = Some(status.value.clone());
    }
}

fn is_text(field: Field) -> bool {
    matches!(field, Field::Issues | Field::Plan | Field::Result | Field::Actions)
}

/// The text of an entry that a field gives.
fn slot(entry: &mut YearEntry, field: Field) -> &mut Option<Text> {
    match field {
        Field::Issues => &mut entry.issues,
        Field::Plan => &mut entry.plan,
        Field::Result => &mut entry.result,
        _ => &mut entry.actions,
    }
}

/// The entry of `year`, made if there is none.
fn entry<'e>(years: &'e mut Vec<YearEntry>, year: &FiscalYear) -> &'e mut YearEntry {
    let at = years.iter().position(|entry| entry.year == year.year).unwrap_or_else(|| {
        years.push(YearEntry { year: year.year, label: year.label.clone(), ..YearEntry::default() });
        years.len() - 1
    });
    &mut years[at]
}

fn is_empty(entry: &YearEntry) -> bool {
    let YearEntry { year: _, label: _, grade, summary_grade, status, actions, issues, plan, result, other } = entry;
    let graded = grade.is_some() || summary_grade.is_some() || status.is_some();
    !graded && [actions, issues, plan, result].into_iter().all(Option::is_none) && other.is_empty()
}
