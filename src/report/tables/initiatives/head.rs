//! What stands above the header of a table that is about one initiative: its name, and labels with their values (役割,
//! 取組内容). Without a name there the heading before the table is the initiative's.

use super::put::{self, Value};
use super::{Field, Reader};
use crate::document::Cell;
use crate::report::Initiative;

impl Reader<'_, '_, '_> {
    /// Whether the rows of the table are the years of one initiative.
    pub(super) fn is_alone(&self) -> bool {
        self.year_rows.as_ref().is_some_and(|years| years.alone)
    }

    /// Whether the rows `row..end`, told apart by items, are all that the table has, and no column or row names anything.
    pub(super) fn is_only(&self, row: usize, end: usize) -> bool {
        let names = |field: &Option<Field>| matches!(field, Some(Field::Name | Field::Description | Field::Number));
        let whole = row == self.header.rows && end == self.grid.rows() && self.header.titles.is_empty();
        whole && self.items.is_some() && self.levels.is_empty() && !self.fields.iter().any(names)
    }

    /// Reads what the rows above the header say of the only initiative of the table.
    pub(super) fn head(&mut self, initiative: &mut Initiative) {
        // Of several rows across the table the last one names it.
        let outer = self.header.titles.split_last().map_or(&[][..], |(_, outer)| outer);
        for row in 0..self.header.top {
            let mut label: Option<&Cell> = None;
            for cell in self.grid.row(row).filter(|cell| cell.row == row) {
                if let Some(label) = label.take() {
                    self.told(initiative, label, cell);
                } else if self.grid.role(self.context.rules, cell).is_some() {
                    self.context.ledger.structure(&cell.text);
                    label = Some(cell);
                } else if initiative.title.is_none() && !cell.text.is_blank() && !outer.contains(&&cell.text) {
                    self.context.ledger.place(&cell.text);
                    put::put_label(self.context, initiative, Field::Name, &cell.text);
                }
            }
        }
    }

    /// Puts the value beside a label above the header.
    fn told(&mut self, initiative: &mut Initiative, label: &Cell, value: &Cell) {
        if value.text.is_blank() {
            return;
        }
        let field = self.grid.role(self.context.rules, label).map_or(Field::Other, Field::of);
        let is_label = matches!(field, Field::Number | Field::Name | Field::Description | Field::Responsible);
        if is_label && !put::has_label(initiative, field) {
            self.context.ledger.place(&value.text);
            put::put_label(self.context, initiative, field, &value.text);
        } else {
            let (label, text, ringed) = (Some(&label.text), &value.text, value.ringed.as_slice());
            Value { field: Field::Other, label, year: None, text, ringed }.put(self.context, initiative);
        }
    }

    /// Names the initiative after the heading that stands before the table; says whether it does.
    pub(super) fn named_before(&mut self, initiative: &mut Initiative) -> bool {
        let Some(title) = self.title.filter(|_| initiative.title.is_none()) else { return false };
        self.context.ledger.place(&title.whole);
        initiative.title = Some(self.context.part(&title.title));
        initiative.label = initiative.label.take().or_else(|| title.label.as_ref().map(|label| label.text.clone()));
        true
    }
}
