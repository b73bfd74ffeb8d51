//! What the value cells of an initiative hold: told by their row's item, by their column, else by their own form.

use super::columns::settled;
use super::put::{LONGEST_GRADE, Value};
use super::{Field, Reader, told};
use crate::document::Passage;
use crate::report::Initiative;
use crate::report::rules::{Role, Rule};
use crate::report::values::{grade, status};
use std::rc::Rc;

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
        let heading = |column: usize| self.header.columns[column].heading().map(std::ptr::from_ref);
        let shares = column > 0 && heading(column).is_some() && heading(column) == heading(column - 1);
        self.check_color(field, row, column);
        for row in row..end {
            let Some(cell) = self.grid.at(row, column).filter(|cell| !cell.text.is_blank()) else { continue };
            // Two columns under one heading can have one cell.
            if shares && cell.column < column {
                continue;
            }
            if self.is_across(row, cell) {
                continue;
            }
            let own_row = cell.row.max(self.header.rows);
            if own_row == last || (cell.row < row && self.items.is_some() && cell.row != own_row) {
                continue;
            }
            last = own_row;
            let (field, label) = self.meaning(field, row, column, &cell.text);
            let whole = self.label_of(row, column, label);
            let (label, again) = (whole.as_deref().or(label), field == Field::Issues && self.told[column].beside);
            let of_column = self.year_of(column).filter(|_| field != Field::Other || self.is_value(column));
            let own_year = self.year_rows.as_ref().filter(|_| cell.row_span == 1).and_then(|years| years.of(row));
            let year = own_year.or(of_column.as_deref());
            let value = Value { field, label, year, text: &cell.text, ringed: &cell.ringed };
            if again { value.put_beside(self.context, initiative) } else { value.put(self.context, initiative) }
        }
    }

    /// What a value is called beside its member where `inner` does not say what it is of.
    fn label_of(&self, row: usize, column: usize, inner: Option<&'t Passage>) -> Option<Rc<Passage>> {
        let inner = inner?;
        if self.header.columns[column].heading().is_some_and(|heading| std::ptr::eq(heading, inner)) {
            return self.told[column].label.clone();
        }
        let items = self.items.as_ref()?;
        let names =
            |field| matches!(field, Some(Field::Number | Field::Name | Field::Description | Field::Responsible));
        let before = (0..items.column).filter(|column| !names(self.fields[*column]) && !self.levels.contains(column));
        let mut labels: Vec<&Passage> = before.filter_map(|column| self.grid.text(row, column)).collect();
        labels.dedup_by(|b, a| std::ptr::eq(*a, *b));
        labels.push(inner);
        told::label(self.context, &labels).map(Rc::new)
    }

    /// Warns about a blank cell among grades whose colour no other cell of its row has: the colour may be the grade.
    fn check_color(&mut self, field: Option<Field>, row: usize, column: usize) {
        let colored = |column: usize| self.grid.at(row, column).is_some_and(|cell| cell.shaded);
        let blank = self.grid.at(row, column).is_some_and(|cell| cell.shaded && cell.text.is_blank() && !cell.struck);
        if !blank {
            return;
        }
        let grades = field == Some(Field::Grade) || field.is_none() && self.is_value(column) && self.items.is_none();
        let past = self.year_of(column).zip(self.context.reported()).is_some_and(|(year, now)| year.year <= now);
        let named = self.fields.iter().position(|f| matches!(f, Some(Field::Name | Field::Description)));
        let Some(name) = named.filter(|name| grades && past && !colored(*name)) else { return };
        let Some(name) = self.grid.text(row, name) else { return };
        let message = "blank cells among grades are coloured: what the colour says is not read";
        self.context.doubt("color-without-text", message.to_owned(), name);
    }

    /// What a cell holds: by its row's item, else by its column, else by its form.
    fn meaning(&self, field: Option<Field>, row: usize, column: usize, text: &Passage) -> (Field, Option<&'t Passage>) {
        // 令和５年度評価 beside year columns says itself what it holds.
        let described = &self.header.columns[column];
        let told = described.own_role && !described.is_year && !self.header.says_nothing_more(column);
        let beside = self.is_value(column) && !told || described.role.is_none();
        if let Some(items) = self.items.as_ref().filter(|_| beside) {
            let label = self.grid.text(row, items.column);
            let field = match items.roles.get(row).copied().flatten() {
                Some(Role::Status) => settled(self.context, Field::Status, std::iter::once(text)),
                Some(Role::Actions) => Field::Actions,
                Some(Role::Grade) => settled(self.context, Field::Grade, std::iter::once(text)),
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
            } else if grade::is_one(self.context.rules, text, &self.context.scale)
                || self.context.rules.matches(Rule::NoValue, &text.text)
            {
                Field::Grade
            } else if status::is_one(self.context.rules, text) {
                Field::Status
            } else if self.graded.get(column) == Some(&true) && text.text.chars().count() <= LONGEST_GRADE {
                Field::Grade
            } else {
                Field::Actions
            }
        });
        (field, heading)
    }
}
