//! An initiative that several pieces of a page tell of: the head of its sheet and the tables below, or a paragraph above.

use super::Reader;
use crate::report::heading::Heading;
use crate::report::rules::Rule;
use crate::report::sections::Draft;
use crate::report::tables::grid::Grid;
use crate::report::tables::initiatives;
use crate::report::trace::{Decision, Reading};

/// Why a table below a form is read with it.
pub(super) const GOES_ON: &str = "it says more of the form before it";

impl Reader<'_, '_> {
    /// Whether the table goes on with a sheet of which only the head was read, and tells of its initiative.
    pub(super) fn completes(&mut self, grid: &Grid) -> bool {
        let near = self.form.is_some_and(|page| page.abs_diff(grid.table.page) <= 1);
        let waits = |draft: &&mut Draft| draft.section.initiatives.iter().all(|initiative| initiative.years.is_empty());
        let Some(draft) = self.drafts.last_mut().filter(|_| near).filter(waits) else { return false };
        let read = initiatives::complete_form(self.context, grid, draft);
        let goes_on = read.is_some() || self.goes_on(grid);
        if goes_on {
            self.decide(grid.table, || Decision::new(Reading::Initiatives, GOES_ON));
        }
        if let Some(read) = read {
            self.place_initiatives(read);
            self.form = Some(grid.table.page);
        }
        goes_on
    }

    /// Whether the table says more of the form that stands before it on its page.
    pub(super) fn goes_on(&mut self, grid: &Grid) -> bool {
        let draft = self.drafts.last_mut().filter(|_| self.form == Some(grid.table.page));
        draft.is_some_and(|draft| initiatives::go_on(self.context, grid, draft))
    }

    /// A heading of a level begins another sheet.
    pub(super) fn end_sheet(&mut self, heading: &Heading) {
        self.form = self.form.filter(|_| !self.context.rules.matches(Rule::Level, &heading.whole.text));
    }

    /// Gives the initiative that the heading before its table names what a paragraph below that heading says of it.
    pub(super) fn describe(&mut self, draft: &mut Draft) {
        let [initiative] = draft.section.initiatives.as_mut_slice() else { return };
        if !draft.names_initiative || initiative.description.is_some() {
            return;
        }
        if let Some((at, text)) = self.described.take() {
            let line = self.prose.remove(at);
            self.context.ledger.place(&line);
            initiative.description = Some(self.context.part(&text));
        }
    }
}
