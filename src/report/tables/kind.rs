//! Takes a table and its header, tells what kind of table it is by what its columns are called and what its cells hold.

use super::LONGEST_VALUE;
use super::grid::Grid;
use super::header::{Column, Header, heads_grades};
use crate::document::Cell;
use crate::report::context::Context;
use crate::report::rules::Role;
use crate::report::trace::{Decision, Reading};
use crate::report::values::{figure, grade};

/// The kinds that a header row can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Kind {
    Figures,
    Initiatives,
    Unknown,
}

/// Columns that tell what is done: targets and results beside them are those of initiatives.
const TOLD: [Role; 5] = [Role::Actions, Role::Issues, Role::Description, Role::Plan, Role::Status];

/// What speaks for one kind or another.
#[derive(Debug)]
pub(in crate::report) struct Survey {
    /// Columns that belong to a year.
    years: usize,
    /// Columns that stand under a year with others.
    divided: usize,
    /// Columns that the vocabulary names.
    named: usize,
    /// Value cells that are figures.
    figures: usize,
    /// Value cells that are grades, words or sentences.
    others: usize,
    /// Whether the columns are those of a sheet of indicators: a target beside a baseline, an actual, a unit or a rate.
    sheet: bool,
    /// Whether the columns are targets and results and none tells what was done: their figures are an indicator's.
    measured: bool,
    /// Whether a column tells what was done: the one beside it names it.
    told: bool,
    /// Whether a column names indicators.
    indicator: bool,
    /// Whether a column names initiatives and another grades them.
    graded: bool,
    /// Whether a column is called one of grades and holds mostly these, beside texts.
    rated: bool,
    /// Whether initiatives and their indicators have columns of their own, and a third tells what was done: the figures
    /// are the initiative's plan and result in the one year that the table is about.
    both: bool,
}

impl Survey {
    /// Looks at header and cells.
    pub(in crate::report) fn of(context: &Context, grid: &Grid, header: &Header) -> Self {
        let has = |role| header.with_role(role).is_some();
        // R4実績, R5実績: the years alone tell the columns apart.
        let result = |column: usize| matches!(header.columns[column].role, Some(Role::Result | Role::Actual));
        let alike = |column: &usize| header.says_nothing_more(*column) && result(*column);
        let years = match header.year_columns().len() {
            0 => (0..header.columns.len()).filter(alike).count(),
            years => years,
        };
        let mut survey = Self {
            years,
            divided: (0..header.columns.len()).filter(|column| header.divides_year(*column)).count(),
            named: header.columns.iter().filter(|column| column.role.is_some()).count(),
            figures: 0,
            others: 0,
            sheet: has(Role::Target)
                && (has(Role::Baseline) || has(Role::Actual) || has(Role::Unit) || has(Role::Rate)),
            measured: has(Role::Target) && has(Role::Result) && !TOLD.into_iter().any(has),
            told: header.columns.len() > 1 && (has(Role::Actions) || has(Role::Status)),
            indicator: has(Role::Indicator),
            graded: has(Role::Name) && !has(Role::Indicator) && has_grades(context, grid, header),
            rated: header.rows.checked_sub(1).is_some_and(|row| heads_grades(context, grid, row)),
            both: years == 0
                && has(Role::Name)
                && has(Role::Indicator)
                && !has(Role::Baseline)
                && TOLD.into_iter().any(has),
        };
        let is_value =
            |role: Option<Role>| matches!(role, Some(Role::Result | Role::Actual | Role::Target | Role::Baseline));
        let is_named = |column: &Column| column.year.is_some() || is_value(column.role);
        let holds_value = |cell: &&Cell| {
            let filled = cell.row >= header.rows && !cell.text.is_blank();
            filled && cell.column_span != grid.columns() && is_named(&header.columns[cell.column])
        };
        let values = || grid.table.cells.iter().filter(holds_value);
        let mut left = values().count();
        for cell in values() {
            // A trace tells how many there are of each.
            if survey.is_decided(left) && !context.trace.is_asked() {
                break;
            }
            left -= 1;
            let sentence = cell.text.text.len() > LONGEST_VALUE;
            if sentence || grade::is_one(context.rules, &cell.text, &context.scale) {
                survey.others += 1;
            } else if let Some(read) = figure::read(context.rules, &cell.text, None) {
                survey.figures += usize::from(read.value.is_some());
            } else {
                survey.others += 1;
            }
        }
        survey
    }

    /// Whether the kind is the same whatever the value cells are that are left.
    fn is_decided(&self, left: usize) -> bool {
        let figures = self.figures > self.others + left;
        figures && (self.others > 0 || self.named >= 2 || self.tells_figures()) || self.others >= self.figures + left
    }

    /// Whether columns are named as figures have them.
    fn tells_figures(&self) -> bool {
        let tells = self.years > 0 || self.divided > 1 || self.sheet || self.measured || self.indicator;
        tells && (self.sheet || self.measured || !self.graded)
    }

    /// The kind that it comes to.
    pub(in crate::report) fn kind(&self) -> Kind {
        if self.both {
            Kind::Initiatives
        } else if self.figures > self.others && self.tells_figures() || self.indicator && self.sheet {
            Kind::Figures
        } else if self.years > 0 && self.others > 0 || self.named >= 2 || self.told || self.rated {
            Kind::Initiatives
        } else {
            Kind::Unknown
        }
    }

    /// Why it is that kind and no other.
    pub(in crate::report) fn decision(&self) -> Decision {
        let (figures, values) = (self.figures, self.figures + self.others);
        let cells = format!("{figures} of {values} cells with values are figures");
        let columns = format!("{} columns belong to years, {} are named by the vocabulary", self.years, self.named);
        let no_transposed = match self.years {
            0 => "the first column holds no two years below a heading",
            _ => "years stand in the header",
        };
        let decision = match self.kind() {
            Kind::Figures if self.indicator && self.sheet => {
                Decision::new(Reading::Figures, format!("columns are named as indicator and target; {cells}"))
            }
            Kind::Figures => Decision::new(Reading::Figures, format!("{columns}; {cells}"))
                .not(Reading::Initiatives, "most values are figures"),
            Kind::Initiatives => Decision::new(Reading::Initiatives, format!("{columns}; {cells}")).not(
                Reading::Figures,
                if self.both {
                    "initiatives and indicators have columns of their own, and another tells what was done"
                } else if figures > self.others {
                    "no column names years, indicators or targets"
                } else {
                    "most values are no figures"
                },
            ),
            Kind::Unknown => Decision::new(Reading::Unknown, format!("{columns}; {cells}"))
                .not(Reading::Figures, "needs years, indicators or targets in the header, and mostly figures below")
                .not(Reading::Initiatives, "needs years over grades or words, or two named columns"),
        };
        decision.not(Reading::TransposedFigures, no_transposed)
    }
}

/// Whether a column that is called one of grades holds mostly grades.
fn has_grades(context: &Context, grid: &Grid, header: &Header) -> bool {
    let holds = |column: usize| {
        let cells = grid.table.cells.iter().filter(|cell| cell.column == column && cell.row >= header.rows);
        let cells = cells.filter(|cell| cell.column_span == 1 && !cell.text.is_blank());
        let (all, grades) = cells.fold((0, 0), |(all, grades), cell| {
            (all + 1, grades + usize::from(grade::is_one(context.rules, &cell.text, &context.scale)))
        });
        grades > 0 && 2 * grades >= all
    };
    let called = |column: &Column| column.role == Some(Role::Grade) && column.own_role;
    header.columns.iter().enumerate().any(|(index, column)| called(column) && holds(index))
}
