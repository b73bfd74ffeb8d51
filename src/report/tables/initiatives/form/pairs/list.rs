//! Takes the headings of a list inside a form, gives the values of its rows, each with what its row is about.

use super::{Finder, Pair, Part, Place};
use crate::document::Cell;
use crate::report::rules::Role;

/// Fewest rows of a list.
const FEWEST_LISTED: usize = 2;

impl<'t> Finder<'_, '_, 't> {
    /// Reads rows under the headings of a list inside the form (評価項目, 評価, 理由) and gives how many; `None` where
    /// there is none. A table that begins with a list is one of initiatives.
    pub(super) fn list(&mut self, row: usize, headings: &[&'t Cell]) -> Option<usize> {
        let role = |cell: &Cell| self.grid.role(self.context.rules, cell);
        let (first, others) = headings.split_first()?;
        let is_list = matches!(role(first), None | Some(Role::Name | Role::Level));
        let graded: Vec<bool> = others.iter().map(|cell| role(cell) == Some(Role::Grade)).collect();
        let named = headings.iter().any(|cell| matches!(role(cell), Some(Role::Number | Role::Name | Role::Indicator)));
        let may_stand = match self.place {
            Place::Begins | Place::Titled => self.pairs().next().is_some(),
            Place::GoesOn => graded.contains(&true) && !named && role(first).is_none(),
        };
        if !is_list || !may_stand {
            return None;
        }
        let goes_on = |row: &usize| {
            let mut cells = self.grid.row(*row);
            let same = |cell: &Cell, heading: &Cell| {
                cell.row == *row
                    && cell.row_span == 1
                    && (cell.column, cell.column_span) == (heading.column, heading.column_span)
            };
            let labels = headings.iter().enumerate().all(|(index, heading)| {
                cells.next().is_some_and(|cell| same(cell, heading) && (index == 0 || !self.is_label(cell)))
            });
            labels && cells.next().is_none()
        };
        let rows = (row + 1..self.grid.rows()).take_while(goes_on).count();
        if rows < FEWEST_LISTED {
            return None;
        }
        for row in row + 1..=row + rows {
            let Some(about) = self.grid.at(row, first.column).filter(|about| !about.text.is_blank()) else { continue };
            let whole = self.grid.role(self.context.rules, about) == Some(Role::Grade);
            for (heading, graded) in others.iter().zip(&graded) {
                let Some(value) = self.grid.at(row, heading.column).filter(|cell| !cell.text.is_blank()) else {
                    continue;
                };
                self.parts.push(Part::Pair(Pair {
                    labels: vec![&heading.text],
                    row: Some(&about.text),
                    // 総合評価 among 必要性 and 有効性 is the grade of the initiative.
                    role: (whole && *graded).then_some(Role::Grade),
                    year: None,
                    value: &value.text,
                    ringed: &value.ringed,
                    goes_on: false,
                }));
            }
        }
        self.parts.push(Part::Structure(&first.text));
        Some(rows)
    }
}
