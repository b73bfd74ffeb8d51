//! Rows about initiatives: front matrices of grades, details with several rows for each initiative, lists with one row
//! each. Sections come from the table's title, from rows across the table, or from columns of levels.

mod columns;
mod entries;

use super::grid::Grid;
use super::header::Header;
use super::items::Items;
use crate::document::{Cell, Passage};
use crate::report::context::Context;
use crate::report::heading::Heading;
use crate::report::rules::{Role, Rule};
use crate::report::sections::Draft;
use crate::report::values::{figure, grade};
use crate::report::{FiscalYear, Indicator, Initiative, SectionGrade, Series};

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

/// A table of initiatives on its way to sections.
struct Reader<'c, 'd, 't> {
    context: &'c mut Context<'d>,
    grid: &'c Grid<'t>,
    header: &'c Header<'t>,
    items: Option<Items>,
    /// Columns of levels that become path and section, outermost first.
    levels: Vec<usize>,
    /// For each column before the values: what it holds.
    fields: Vec<Option<Field>>,
    years: Vec<FiscalYear>,
    sections: Vec<Draft>,
    /// Rows across the table that have no initiative below them yet.
    banners: Vec<Heading>,
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

/// Reads the table.
pub(in crate::report) fn read<'t>(context: &mut Context, grid: &Grid<'t>, header: &Header<'t>) -> Read {
    let items = Items::find(context.rules, grid, header);
    let mut reader = Reader {
        levels: Vec::new(),
        fields: Vec::new(),
        years: years(context, header),
        context,
        grid,
        header,
        items,
        sections: Vec::new(),
        banners: Vec::new(),
        path: Vec::new(),
        totals: Vec::new(),
    };
    reader.name_columns();
    reader.titles();
    reader.body();
    Read { drafts: reader.sections, totals: reader.totals }
}

/// The year columns; without any, the year that the report is about.
fn years(context: &Context, header: &Header) -> Vec<FiscalYear> {
    let mut years: Vec<FiscalYear> = Vec::new();
    for column in header.year_columns() {
        if let Some(year) = &header.columns[column].year
            && !years.iter().any(|known| known.year == year.year)
        {
            years.push(year.clone());
        }
    }
    if years.is_empty() { context.fiscal_year.iter().cloned().collect() } else { years }
}

impl<'t> Reader<'_, '_, 't> {
    /// The table's own title: rows across it above the header, or the heading cell over the names when it is no word
    /// of the vocabulary.
    fn titles(&mut self) {
        for title in &self.header.titles {
            let heading = Heading::read(self.context.rules, title);
            if self.levels.is_empty() || heading.label.is_some() {
                self.banners.push(heading);
            } else {
                self.context.ledger.structure(title);
            }
        }
        let name = self.fields.iter().position(|field| *field == Some(Field::Name));
        let title = name.and_then(|column| {
            let described = &self.header.columns[column];
            described
                .headings
                .iter()
                .copied()
                .find(|h| described.role.is_none() || self.context.rules.label(&h.text).is_none())
        });
        if let Some(title) = title.filter(|_| self.header.columns[name.unwrap_or(0)].role.is_none()) {
            self.banners.push(Heading::read(self.context.rules, title));
        }
    }

    fn body(&mut self) {
        let mut row = self.header.rows;
        while row < self.grid.rows() {
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

    /// A heading that stands alone in its row without being merged: it has another label than the names below it.
    fn heading_row(&self, row: usize) -> Option<&'t Passage> {
        let text = self.grid.lone(row).filter(|_| self.levels.is_empty() && self.items.is_none())?;
        let heading = Heading::read(self.context.rules, text);
        let below = self.grid.text(row + 1, 0).map(|below| Heading::read(self.context.rules, below));
        let another = heading.label.is_some() && below.is_some_and(|below| below.style != heading.style);
        (another || self.fields.first() == Some(&Some(Field::Number))).then_some(text)
    }

    /// A row of totals of a grade table (評価Aの数) is an indicator of its own.
    fn total_row(&mut self, row: usize) -> bool {
        let Some(name) = self.grid.row(row).into_iter().find(|cell| !cell.text.is_blank()).map(|cell| &cell.text)
        else {
            return false;
        };
        let total = self.context.rules.matches(Rule::GradeTotal, &name.text)
            || self.context.rules.label(&name.text).is_some_and(|label| label.role == Role::Total);
        if !total {
            return false;
        }
        let mut series = Series { label: Some(self.context.whole(name)), ..Series::default() };
        for column in 0..self.grid.columns() {
            let (Some(year), Some(cell)) = (&self.header.columns[column].year, self.grid.text(row, column)) else {
                continue;
            };
            if let Some(read) = figure::read(self.context.rules, cell, None) {
                self.context.ledger.place(cell);
                series.unit = series.unit.take().or_else(|| read.unit.clone());
                series.years.push(read.measure(self.context.document, year));
            }
        }
        if series.years.is_empty() {
            return false;
        }
        self.context.ledger.place(name);
        let years = self.years.clone();
        self.totals.push(Indicator { name: series.label.clone(), years, series: vec![series], ..Indicator::default() });
        true
    }

    /// A row that is a heading of a section with grades of its own: `（1）…` over the name columns.
    fn section_row(&mut self, row: usize) -> bool {
        if self.items.is_some() {
            return false;
        }
        let Some(cell) = self.grid.at(row, 0).filter(|cell| cell.row == row && cell.row_span == 1) else {
            return false;
        };
        let labels = self.fields.iter().take_while(|f| !matches!(f, Some(Field::Grade))).count();
        let labels = (0..labels.min(self.header.columns.len())).take_while(|c| !self.is_value(*c)).count();
        let wide = cell.column_span > 1 && cell.column_span >= labels && !cell.text.is_blank();
        if !wide {
            return false;
        }
        self.banners.push(Heading::read(self.context.rules, &cell.text));
        self.open_section(row, true);
        let graded: Vec<(FiscalYear, grade::Marked)> = (cell.column + cell.column_span..self.grid.columns())
            .filter_map(|column| {
                let marked = grade::read(self.context.rules, self.grid.text(row, column)?, &self.context.scale)?;
                Some((self.year_of(column)?, marked))
            })
            .collect();
        for (year, marked) in graded {
            self.context.ledger.place(&marked.text);
            let grade = marked.grade(self.context.document);
            if let Some(section) = self.sections.last_mut() {
                section.section.grades.push(SectionGrade { year: year.year, label: year.label, grade });
            }
        }
        true
    }

    /// The row after the last one of the initiative that begins in `row`.
    fn end_of_initiative(&self, row: usize) -> usize {
        let Some(items) = &self.items else { return row + 1 };
        let named = self.fields.iter().position(|f| matches!(f, Some(Field::Description | Field::Name)));
        let mut seen: Vec<String> = Vec::new();
        let mut end = row;
        while end < self.grid.rows() && self.grid.banner(end).is_none() {
            let label = self.grid.text(end, items.column).map(|text| text.text.clone());
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

    /// Opens the section that the level columns or the rows across the table name for `row`.
    fn open_section(&mut self, row: usize, forced: bool) {
        let levels: Vec<Heading> = self
            .levels
            .iter()
            .filter_map(|column| self.level_above(row, *column))
            .map(|text| Heading::read(self.context.rules, text))
            .collect();
        let begins = |cell: &Cell| cell.row == row || self.sections.is_empty();
        let new_level =
            self.levels.iter().filter_map(|c| self.grid.at(row, *c)).any(|cell| begins(cell) && !cell.text.is_blank());
        if !self.banners.is_empty() {
            self.place_banners();
        }
        let opened = forced || new_level || self.sections.is_empty() || self.pending();
        if !opened {
            return;
        }
        let mut path: Vec<Heading> = self.path.clone();
        path.extend(levels);
        let own = path.pop();
        let mut draft = Draft::new(own, path);
        draft.section.years.clone_from(&self.years);
        self.sections.push(draft);
    }

    /// The level that holds for `row`: its cell, or the nearest one above where it was left blank.
    fn level_above(&self, row: usize, column: usize) -> Option<&'t Passage> {
        (self.header.rows..=row).rev().find_map(|row| self.grid.text(row, column))
    }

    /// Whether a heading came up since the last section was opened.
    fn pending(&self) -> bool {
        self.path
            .last()
            .is_some_and(|heading| self.sections.last().is_none_or(|draft| draft.heading.as_ref() != Some(heading)))
            && self.levels.is_empty()
    }

    /// Takes the waiting rows across the table into the path: one of a known style replaces that level and all below.
    fn place_banners(&mut self) {
        for banner in std::mem::take(&mut self.banners) {
            if let Some(level) = self.path.iter().position(|known| known.style == banner.style) {
                self.path.truncate(level);
            }
            self.path.push(banner);
        }
    }

    fn year_of(&self, column: usize) -> Option<FiscalYear> {
        self.header.columns[column].year.clone().or_else(|| self.context.fiscal_year.clone())
    }

    /// Reads the rows `row..end` as one initiative.
    fn initiative(&mut self, row: usize, end: usize) {
        if (row..end).all(|row| self.grid.row(row).iter().all(|cell| cell.text.is_blank())) {
            return;
        }
        self.open_section(row, false);
        let mut initiative = Initiative::default();
        for column in 0..self.grid.columns() {
            let is_item = self.items.as_ref().is_some_and(|items| items.column == column);
            if is_item || self.levels.contains(&column) {
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
        initiative.years.sort_by_key(|entry| entry.year);
        self.expand_statuses(&mut initiative);
        if let Some(section) = self.sections.last_mut() {
            initiative.number = section.section.initiatives.len() as u32 + 1;
            section.section.initiatives.push(initiative);
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
        let ditto = self.context.rules.matches(Rule::Ditto, &printed.text) && field != Field::Number;
        let source = if ditto { self.above(row, column).unwrap_or(printed) } else { printed };
        if source.is_blank() {
            return;
        }
        let text = self.context.whole(source);
        match field {
            Field::Number => initiative.label = Some(text.text),
            Field::Description => initiative.description = Some(text),
            Field::Responsible => initiative.responsible = Some(text),
            _ => {
                let heading = Heading::read(self.context.rules, source);
                match heading.label.filter(|_| initiative.label.is_none() && !source.text.contains('\n')) {
                    Some(label) => {
                        initiative.label = Some(label.text);
                        initiative.title = Some(self.context.part(&heading.title));
                    }
                    None => initiative.title = Some(text),
                }
            }
        }
    }

    /// The nearest text above that is no ditto sign.
    fn above(&self, row: usize, column: usize) -> Option<&'t Passage> {
        (self.header.rows..row)
            .rev()
            .filter_map(|row| self.grid.text(row, column))
            .find(|text| !self.context.rules.matches(Rule::Ditto, &text.text))
    }
}
