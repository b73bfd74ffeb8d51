//! Sheets with one indicator a row, or a few rows told apart by items: where each indicator begins and ends, its name,
//! group and unit. Its figures are read in `series`, its other columns in `parts`.

use super::{Reader, is_derived};
use crate::document::Passage;
use crate::report::Indicator;
use crate::report::heading::Heading;
use crate::report::rules::{Role, Rule};
use crate::report::tables::items::Items;

impl<'t> Reader<'_, '_, '_, 't> {
    /// A sheet with one indicator a row (or a few rows, told apart by `items`).
    pub(super) fn sheet(&mut self, name: usize, items: Option<&Items>) {
        let mut row = self.header.rows;
        while row < self.grid.rows() {
            if let Some(banner) = self.grid.banner(row).or_else(|| self.grid.lone(row)) {
                if self.context.rules.matches(Rule::Note, &banner.text) {
                    if let Some(mut last) = self.indicators.pop() {
                        self.note(&mut last, banner);
                        self.indicators.push(last);
                    }
                } else {
                    self.context.ledger.place(banner);
                    self.group = Some(banner.clone());
                }
                row += 1;
                continue;
            }
            let end = match (items, self.grid.at(row, name)) {
                (Some(_), Some(cell)) => (cell.row + cell.row_span).clamp(row + 1, self.grid.rows()),
                _ => row + 1,
            };
            self.indicator(name, row, end, items);
            row = end;
        }
    }

    fn indicator(&mut self, name: usize, row: usize, end: usize, items: Option<&Items>) {
        let Some(printed) = self.grid.text(row, name) else { return };
        let derived = is_derived(self.context.rules, printed);
        if derived {
            return;
        }
        let heading = Heading::read(self.context.rules, printed);
        let mut indicator = Indicator { name: Some(self.context.part(&heading.title)), ..Indicator::default() };
        let level = self.level(row, name).or_else(|| self.group.clone());
        indicator.group = level.map(|group| {
            self.context.ledger.place(&group);
            self.context.whole(&group)
        });
        let unit = self.header.with_role(Role::Unit).and_then(|column| self.grid.text(row, column));
        let unit = unit.map(|unit| unit.text.trim().trim_matches(|c| "()（）".contains(c)).to_owned());
        let unit = unit.or_else(|| self.context.rules.unit_in(&printed.text));
        if items.is_none() && self.grid.at(row, name).is_some_and(|cell| cell.row != row) {
            let message = format!(
                "{:?} covers several rows and no column says what each gives: each was read as an indicator of that name",
                printed.text.trim()
            );
            self.context.doubt("ambiguous-indicator-pairing", message, printed);
        }
        match items {
            Some(items) => self.item_series(&mut indicator, row, end, items, unit.as_deref()),
            None => self.row_series(&mut indicator, row, unit.as_deref()),
        }
        self.columns(&mut indicator, name, row, unit.as_deref(), items);
        if indicator.series.is_empty() {
            return;
        }
        self.context.ledger.place(printed);
        for series in indicator.series.iter_mut().filter(|series| series.label.is_none()) {
            series.label.clone_from(&indicator.name);
        }
        self.indicators.push(indicator);
    }

    /// The level that holds for `row` in the column of levels nearest to the names, merged or left blank below.
    fn level(&self, row: usize, name: usize) -> Option<Passage> {
        let column = (0..name).rev().find(|column| self.header.columns[*column].role == Some(Role::Level))?;
        (self.header.rows..=row).rev().find_map(|row| self.grid.text(row, column)).cloned()
    }
}
