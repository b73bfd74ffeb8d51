//! Rows about initiatives: front matrices of grades, details with several rows for each initiative, lists with one row
//! each. Sections come from the table's title, from rows across the table, or from columns of levels.

mod across;
mod columns;
mod entries;
mod form;
mod head;
mod put;
mod section;
mod told;
mod totals;
mod year_rows;

pub(in crate::report) use columns::GROUPING_ROWS;
pub(in crate::report) use form::{complete as complete_form, go_on, read as read_form};

use super::grid::Grid;
use super::header::Header;
use super::items::Items;
use crate::document::Passage;
use crate::report::context::Context;
use crate::report::heading::Heading;
use crate::report::rules::{Role, Rule};
use crate::report::sections::Draft;
use crate::report::{FiscalYear, Indicator, Initiative};
use std::borrow::Cow;
use told::Told;
use year_rows::YearRows;

/// What the cells under a column (or beside an item) become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Number,
    Name,
    Description,
    Responsible,
    Grade,
    Status,
    Actions,
    Issues,
    Plan,
    Result,
    Other,
}

impl Field {
    /// What a label of this role stands over or beside.
    fn of(role: Role) -> Self {
        match role {
            Role::Number => Self::Number,
            Role::Name => Self::Name,
            Role::Description => Self::Description,
            Role::Responsible => Self::Responsible,
            Role::Grade => Self::Grade,
            Role::Status => Self::Status,
            Role::Actions => Self::Actions,
            Role::Issues => Self::Issues,
            Role::Plan | Role::Target => Self::Plan,
            Role::Result | Role::Actual => Self::Result,
            _ => Self::Other,
        }
    }
}

/// A table of initiatives on its way to sections.
struct Reader<'c, 'd, 't> {
    context: &'c mut Context<'d>,
    grid: &'c Grid<'t>,
    header: &'c Header<'t>,
    items: Option<Items>,
    year_rows: Option<YearRows<'t>>,
    /// The heading before the table.
    title: Option<&'c Heading>,
    /// Columns of levels that become path and section, outermost first.
    levels: Vec<usize>,
    /// For each column before the values: what it holds.
    fields: Vec<Option<Field>>,
    /// For each column: whether it is one of a year, and most of its cells are grades.
    graded: Vec<bool>,
    /// For each column: what it says of its values beside what they are.
    told: Vec<Told>,
    /// The last year that anything is told of.
    last: Option<FiscalYear>,
    years: Vec<FiscalYear>,
    sections: Vec<Draft>,
    /// Rows across the table that have no initiative below them yet.
    banners: Vec<Heading>,
    /// Whether a row in which only the name column is filled is a heading.
    set_off: bool,
    path: Vec<Heading>,
    totals: Vec<Indicator>,
}

/// What a table of initiatives comes to.
#[derive(Debug)]
pub(in crate::report) struct Read {
    /// Sections; they have headings where the table itself gives them.
    pub(in crate::report) drafts: Vec<Draft>,
    /// Rows that count grades.
    pub(in crate::report) totals: Vec<Indicator>,
}

/// Whether the table tells the years of one initiative below each other.
pub(in crate::report) fn is_history(context: &Context, grid: &Grid, header: &Header) -> bool {
    YearRows::find(context, grid, header).is_some_and(|years| years.alone)
}

/// Reads the table; `title` is the heading that stands before it.
pub(in crate::report) fn read<'c, 't>(
    context: &'c mut Context,
    grid: &'c Grid<'t>,
    header: &'c Header<'t>,
    title: Option<&'c Heading>,
) -> Read {
    let items = Items::find(context.rules, grid, header);
    let year_rows = if items.is_none() { YearRows::find(context, grid, header) } else { None };
    if let Some(years) = &year_rows {
        context.check_years(&years.supposed);
    }
    let mut reader = Reader {
        title,
        levels: Vec::new(),
        fields: Vec::new(),
        graded: Vec::new(),
        told: Vec::new(),
        last: None,
        years: year_rows.as_ref().map_or_else(|| years(context, header, items.is_some()), YearRows::all),
        context,
        grid,
        header,
        items,
        year_rows,
        sections: Vec::new(),
        banners: Vec::new(),
        set_off: false,
        path: Vec::new(),
        totals: Vec::new(),
    };
    reader.name_columns();
    reader.set_off = reader.sets_off_headings();
    reader.titles();
    reader.body();
    let told = reader.fields.iter().position(|field| *field == Some(Field::Issues));
    let called = told.and_then(|column| reader.header.columns[column].heading());
    for draft in &mut reader.sections {
        draft.issues = called.map(|heading| heading.text.clone());
    }
    Read { drafts: reader.sections, totals: reader.totals }
}

/// The year columns; columns of one kind that each name another year (R5評価, R6評価) are some, too. Without any, the
/// year that the report is about. Where rows say what they hold (`labelled`), the kind can be any (R5実績, R6実績).
fn years(context: &Context, header: &Header, labelled: bool) -> Vec<FiscalYear> {
    let mut columns = header.year_columns();
    if columns.is_empty() {
        columns = named_years(header);
    }
    if columns.is_empty() && labelled {
        columns = (0..header.columns.len()).filter(|column| header.says_nothing_more(*column)).collect();
    }
    let mut years: Vec<FiscalYear> = Vec::new();
    for column in columns {
        if let Some(year) = &header.columns[column].year
            && !years.iter().any(|known| known.year == year.year)
        {
            years.push(year.clone());
        }
    }
    if years.is_empty() { context.fiscal_year.iter().cloned().collect() } else { years }
}

/// The columns of grades if they name several years.
fn named_years(header: &Header) -> Vec<usize> {
    let year = |column: &usize| header.columns[*column].year.as_ref().map(|year| year.year);
    let graded = |column: &usize| header.columns[*column].role == Some(Role::Grade) && year(column).is_some();
    let columns: Vec<usize> = (0..header.columns.len()).filter(graded).collect();
    let several = columns.windows(2).any(|pair| year(&pair[0]) != year(&pair[1]));
    if several { columns } else { Vec::new() }
}

impl<'c, 't> Reader<'c, '_, 't> {
    fn body(&mut self) {
        let mut row = self.header.rows;
        while row < self.grid.rows() {
            if self.is_taken(row) {
                row += 1;
                continue;
            }
            if let Some(heading) = self.numbered_row(row) {
                self.banners.push(Heading::read(self.context.rules, &heading));
                row += 1;
                continue;
            }
            if let Some(banner) = self.grid.banner(row).or_else(|| self.heading_row(row)) {
                let heading = Heading::read(self.context.rules, banner);
                self.banners.push(heading);
                row += 1;
                continue;
            }
            if self.total_row(row) || self.section_row(row) {
                row += 1;
                continue;
            }
            let end = self.end_of_initiative(row);
            self.initiative(row, end);
            row = end;
        }
    }

    /// Whether all that stands in a row was read before: a legend at the foot of a table without rulings.
    fn is_taken(&self, row: usize) -> bool {
        let mut filled = self.grid.row(row).filter(|cell| !cell.text.is_blank());
        let (Some(only), None) = (filled.next(), filled.next()) else { return false };
        only.row == row && self.context.ledger.is_placed(&only.text)
    }

    /// The row after the last one of the initiative that begins in `row`.
    fn end_of_initiative(&self, row: usize) -> usize {
        let named = self.fields.iter().position(|f| matches!(f, Some(Field::Description | Field::Name)));
        if let Some(years) = &self.year_rows {
            let name = |row: usize| named.and_then(|column| self.grid.at(row, column));
            return years.end(row, |row| name(row).is_some_and(|cell| cell.row == row && !cell.text.is_blank()));
        }
        let Some(items) = &self.items else { return row + 1 };
        let mut seen: Vec<&str> = Vec::new();
        let mut end = row;
        while end < self.grid.rows() && self.grid.banner(end).is_none() {
            let label = self.grid.text(end, items.column).map(|text| text.text.as_str());
            let begins = end > row
                && named
                    .and_then(|column| self.grid.at(end, column))
                    .is_some_and(|cell| cell.row == end && (!cell.text.is_blank() || cell.row_span > 1));
            if begins || label.as_ref().is_some_and(|label| seen.contains(label)) {
                break;
            }
            seen.extend(label);
            end += 1;
        }
        end.max(row + 1)
    }

    fn year_of(&self, column: usize) -> Option<Cow<'c, FiscalYear>> {
        let header = self.header;
        let ahead = self.told.get(column).is_some_and(|told| told.ahead);
        let printed = header.columns[column].year.as_ref().filter(|_| !ahead).map(Cow::Borrowed);
        let reported = || self.context.fiscal_year.as_ref().or(self.last.as_ref()).cloned();
        printed.or_else(|| reported().map(Cow::Owned))
    }

    /// Reads the rows `row..end` as one initiative.
    fn initiative(&mut self, row: usize, end: usize) {
        if (row..end).all(|row| self.grid.row(row).all(|cell| cell.text.is_blank())) {
            return;
        }
        self.open_section(row, false);
        let mut initiative = Initiative::default();
        if self.is_alone() {
            self.head(&mut initiative);
        }
        let alone = self.is_alone() || self.is_only(row, end);
        let named = alone && self.named_before(&mut initiative);
        for column in 0..self.grid.columns() {
            let is_item = self.items.as_ref().is_some_and(|items| items.column == column);
            let is_year = self.year_rows.as_ref().is_some_and(|years| years.column == column);
            if is_item || is_year || self.levels.contains(&column) {
                self.label_text(row, end, column);
                continue;
            }
            match self.fields.get(column).copied().flatten() {
                Some(field @ (Field::Number | Field::Name | Field::Description | Field::Responsible)) => {
                    self.label(&mut initiative, field, row, column);
                }
                field => self.value(&mut initiative, field, row, end, column),
            }
        }
        self.told_of_all(&mut initiative, row, end);
        initiative.years.sort_by_key(|entry| entry.year);
        put::expand_statuses(self.context, &mut initiative);
        if let Some(section) = self.sections.last_mut() {
            initiative.number = section.section.initiatives.len() as u32 + 1;
            section.section.initiatives.push(initiative);
            section.names_initiative |= named;
        }
    }

    fn label_text(&mut self, row: usize, end: usize, column: usize) {
        for row in row..end {
            if let Some(text) = self.grid.text(row, column) {
                self.context.ledger.structure(text);
            }
        }
    }

    /// A label column of the initiative that begins in `row`; ditto signs stand for the cell above.
    fn label(&mut self, initiative: &mut Initiative, field: Field, row: usize, column: usize) {
        let Some(cell) = self.grid.at(row, column) else { return };
        let printed = &cell.text;
        self.context.ledger.place(printed);
        let ditto = field != Field::Number && self.context.rules.matches(Rule::Ditto, &printed.text);
        let source = if ditto { self.above(row, column).unwrap_or(printed) } else { printed };
        if source.is_blank() {
            return;
        }
        if field == Field::Name && self.names_department(column) && put::put_both(self.context, initiative, source) {
            return;
        }
        put::put_label(self.context, initiative, field, source);
    }

    /// The nearest text above that is no ditto sign.
    fn above(&self, row: usize, column: usize) -> Option<&'t Passage> {
        (self.header.rows..row)
            .rev()
            .filter_map(|row| self.grid.text(row, column))
            .find(|text| !self.context.rules.matches(Rule::Ditto, &text.text))
    }
}
