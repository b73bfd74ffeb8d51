//! The value cells of an initiative: by item, column or form each becomes a member of its year's entry, or one of
//! `other`.

use super::{Field, Reader};
use crate::document::Passage;
use crate::report::rules::{Role, Rule};
use crate::report::values::{grade, status};
use crate::report::{FiscalYear, Initiative, Labelled, Text, YearEntry};

impl<'t> Reader<'_, '_, 't> {
    /// A value column of the rows `row..end`.
    pub(super) fn value(
        &mut self,
        initiative: &mut Initiative,
        field: Option<Field>,
        row: usize,
        end: usize,
        column: usize,
    ) {
        let mut last = usize::MAX;
        for row in row..end {
            let Some(cell) = self.grid.at(row, column).filter(|cell| !cell.text.is_blank()) else { continue };
            let own_row = cell.row.max(self.header.rows);
            if own_row == last || (cell.row < row && self.items.is_some() && cell.row != own_row) {
                continue;
            }
            last = own_row;
            let (field, label) = self.meaning(field, row, column, &cell.text);
            self.put(initiative, field, label, column, &cell.text);
        }
    }

    /// What a cell holds: by its row's item, else by its column, else by its form.
    fn meaning(&self, field: Option<Field>, row: usize, column: usize, text: &Passage) -> (Field, Option<&'t Passage>) {
        // 令和５年度評価 beside year columns says itself what it holds.
        let described = &self.header.columns[column];
        let told = described.own_role && !described.is_year;
        let beside = self.is_value(column) && !told || described.role.is_none();
        if let Some(items) = self.items.as_ref().filter(|_| beside) {
            let label = self.grid.text(row, items.column);
            let field = match items.roles.get(row).copied().flatten() {
                Some(Role::Status) => self.settled(Field::Status, std::iter::once(text)),
                Some(Role::Actions) => Field::Actions,
                Some(Role::Grade) => self.settled(Field::Grade, std::iter::once(text)),
                Some(Role::Issues) => Field::Issues,
                Some(Role::Plan | Role::Target) => Field::Plan,
                Some(Role::Result | Role::Actual) if items.plans() => Field::Result,
                Some(Role::Result | Role::Actual) => Field::Actions,
                _ => Field::Other,
            };
            return (field, label);
        }
        let heading = self.header.columns[column].heading();
        let field = field.unwrap_or_else(|| {
            if !self.is_value(column) {
                Field::Other
            } else if grade::read(self.context.rules, text, &self.context.scale).is_some()
                || self.context.rules.matches(Rule::NoValue, &text.text)
            {
                Field::Grade
            } else if status::read(self.context.rules, text, None).is_some() {
                Field::Status
            } else {
                Field::Actions
            }
        });
        (field, heading)
    }

    fn put(
        &mut self,
        initiative: &mut Initiative,
        field: Field,
        label: Option<&Passage>,
        column: usize,
        text: &Passage,
    ) {
        let year = self.year_of(column);
        let Some(year) = year.filter(|_| field != Field::Other || self.is_value(column)) else {
            self.put_other(&mut initiative.other, label, text);
            return;
        };
        let value = self.context.whole(text);
        let entry = entry(&mut initiative.years, &year);
        let slot = match field {
            Field::Grade => {
                match grade::read(self.context.rules, text, &self.context.scale) {
                    Some(marked) if entry.grade.is_none() => {
                        entry.grade = Some(marked.grade(self.context.document));
                        self.context.ledger.place(text);
                        self.context.check_grade(&marked);
                    }
                    None if self.context.rules.matches(Rule::NoValue, &text.text) => {
                        self.context.ledger.structure(text)
                    }
                    _ => self.put_other_in(initiative, &year, label, text),
                }
                initiative.years.retain(|entry| !is_empty(entry));
                return;
            }
            Field::Status => {
                let read =
                    status::read(self.context.rules, text, None).map(|state| state.status(self.context.document));
                match read {
                    Some(state) if entry.status.is_none() => {
                        entry.status = Some(state);
                        self.context.ledger.place(text);
                        return;
                    }
                    _ => &mut entry.actions,
                }
            }
            Field::Issues => &mut entry.issues,
            Field::Plan => &mut entry.plan,
            Field::Result => &mut entry.result,
            Field::Other => {
                self.put_other_in(initiative, &year, label, text);
                return;
            }
            _ => &mut entry.actions,
        };
        if slot.is_some() {
            self.put_other_in(initiative, &year, label, text);
            return;
        }
        *slot = Some(value);
        self.context.ledger.place(text);
    }

    fn put_other_in(
        &mut self,
        initiative: &mut Initiative,
        year: &FiscalYear,
        label: Option<&Passage>,
        text: &Passage,
    ) {
        let mut other = std::mem::take(&mut entry(&mut initiative.years, year).other);
        self.put_other(&mut other, label, text);
        entry(&mut initiative.years, year).other = other;
    }

    fn put_other(&mut self, others: &mut Vec<Labelled>, label: Option<&Passage>, text: &Passage) {
        let label = label.map(|label| label.text.clone()).unwrap_or_default();
        self.context.ledger.place(text);
        let Text { text, at } = self.context.whole(text);
        others.push(Labelled { label, text, at });
    }

    /// Gives arrows and ditto signs the status of the year before.
    pub(super) fn expand_statuses(&self, initiative: &mut Initiative) {
        let mut before: Option<String> = None;
        for status in initiative.years.iter_mut().filter_map(|entry| entry.status.as_mut()) {
            if status::repeats(self.context.rules, &status.text)
                && let Some(before) = &before
            {
                status.value.clone_from(before);
            }
            before = Some(status.value.clone());
        }
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
    *entry == YearEntry { year: entry.year, label: entry.label.clone(), ..YearEntry::default() }
}
