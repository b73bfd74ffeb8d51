//! Rows about initiatives: front matrices of grades, details with several rows for each initiative, lists with one row
//! each. Sections come from the table's title, from rows across the table, or from columns of levels.

use super::grid::Grid;
use super::header::Header;
use super::items::Items;
use crate::document::{Cell, Passage};
use crate::report::context::Context;
use crate::report::heading::Heading;
use crate::report::rules::{Role, Rule};
use crate::report::sections::Draft;
use crate::report::values::fold::key;
use crate::report::values::{figure, grade, status};
use crate::report::{FiscalYear, Indicator, Initiative, Labelled, SectionGrade, Series, Text, YearEntry};

/// A level column groups initiatives when its cells cover this many rows on average, or it names numbered levels.
const GROUPING_ROWS: f32 = 1.3;

/// A longer text (in bytes) is a sentence, neither a grade nor a status word.
const LONGEST_VALUE: usize = 120;

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
    /// Decides what each column holds: by its heading, else by what its cells are.
    fn name_columns(&mut self) {
        let items = self.items.as_ref().map(|items| items.column);
        let levels: Vec<usize> = (0..self.grid.columns())
            .filter(|c| self.header.columns[*c].role == Some(Role::Level) && Some(*c) != items)
            .filter(|c| self.header.columns[*c].year.is_none() && self.groups(*c))
            .collect();
        self.levels = levels;
        let mut fields: Vec<Option<Field>> = (0..self.grid.columns())
            .map(|column| if Some(column) == items { None } else { self.field(column) })
            .collect();
        let has = |fields: &[Option<Field>], field| fields.contains(&Some(field));
        if self.items.is_none() && !has(&fields, Field::Name) {
            // Where no column is called the name, the description or the first column of text is.
            let first = fields.iter().position(|f| *f == Some(Field::Description)).or_else(|| {
                (0..fields.len()).find(|c| {
                    matches!(fields[*c], None | Some(Field::Other)) && !self.levels.contains(c) && !self.is_value(*c)
                })
            });
            if let Some(first) = first.or_else(|| self.levels.pop()) {
                fields[first] = Some(Field::Name);
            }
        }
        if !has(&fields, Field::Plan) && !has(&fields, Field::Actions) {
            // 実績 is a result beside a plan; alone it tells what was done.
            for field in fields.iter_mut().filter(|field| **field == Some(Field::Result)) {
                *field = Some(Field::Actions);
            }
        }
        self.outer_names(&mut fields);
        self.check_grades(&fields);
        self.fields = fields;
        for column in 0..self.grid.columns() {
            for heading in self.header.columns[column].headings.clone() {
                self.context.ledger.structure(heading);
            }
        }
    }

    /// Of two columns of names the inner one names the initiatives: the outer one is a level where its cells group
    /// rows; else the first is the name and the second describes it.
    fn outer_names(&self, fields: &mut [Option<Field>]) {
        let names: Vec<usize> = (0..fields.len()).filter(|c| fields[*c] == Some(Field::Name)).collect();
        for pair in names.windows(2) {
            let (outer, inner) = (pair[0], pair[1]);
            if self.groups(outer) {
                fields[outer] = Some(Field::Other);
            } else {
                let free = !fields.contains(&Some(Field::Description));
                fields[inner] = Some(if free { Field::Description } else { Field::Other });
            }
        }
    }

    /// Warns where two columns grade the same year: 一次評価 and 二次評価.
    fn check_grades(&mut self, fields: &[Option<Field>]) {
        let graded = (0..fields.len()).filter(|c| fields[*c] == Some(Field::Grade));
        let year = |column: usize| self.year_of(column).map(|year| year.year);
        let graded: Vec<usize> = graded.collect();
        let pair = graded.windows(2).find(|pair| matches!(pair, [a, b] if year(*a) == year(*b)));
        let Some([first, second]) = pair else { return };
        let headings = [first, second].map(|column| self.header.columns[*column].heading());
        let [Some(first), Some(second)] = headings else { return };
        let message = format!(
            "{:?} and {:?} both grade one year: the first was taken as the grade, the second is in `other`",
            first.text, second.text
        );
        self.context.doubt("ambiguous-grade", message, second);
    }

    /// Whether the column's cells are values of years and not labels.
    fn is_value(&self, column: usize) -> bool {
        self.header.columns[column].year.is_some()
    }

    /// Whether the cells of a level column stand for several rows each.
    fn groups(&self, column: usize) -> bool {
        let body = || self.grid.table.cells.iter().filter(|c| c.column == column && c.row >= self.header.rows);
        let filled: Vec<&Cell> = body().filter(|c| !c.text.is_blank() && c.column_span < self.grid.columns()).collect();
        let rows = self.grid.rows().saturating_sub(self.header.rows);
        let numbered = filled.iter().filter(|c| self.context.rules.matches(Rule::Level, &c.text.text)).count();
        !filled.is_empty()
            && (rows as f32 >= GROUPING_ROWS * filled.len() as f32
                || numbered * 2 > filled.len()
                || body().count() > filled.len())
    }

    fn field(&self, column: usize) -> Option<Field> {
        if self.levels.contains(&column) {
            return None;
        }
        let described = &self.header.columns[column];
        let by_role = match described.role? {
            Role::Number => Field::Number,
            Role::Name => Field::Name,
            Role::Indicator if self.header.with_role(Role::Name).is_none() => Field::Name,
            Role::Description => Field::Description,
            Role::Responsible => Field::Responsible,
            Role::Grade => Field::Grade,
            Role::Status => Field::Status,
            Role::Actions => Field::Actions,
            Role::Issues => Field::Issues,
            Role::Plan | Role::Target => Field::Plan,
            Role::Result | Role::Actual => Field::Result,
            _ => Field::Other,
        };
        Some(self.settled(by_role, self.texts(column)))
    }

    /// A heading like 進捗状況 or 実施状況 is said of grades, of short words and of sentences: the cells tell.
    fn settled<'p>(&self, field: Field, texts: impl Iterator<Item = &'p Passage>) -> Field {
        if !matches!(field, Field::Grade | Field::Status) {
            return field;
        }
        let (mut grades, mut words, mut sentences) = (0_usize, 0_usize, 0_usize);
        for text in texts {
            if text.text.len() > LONGEST_VALUE {
                sentences += 1;
                continue;
            }
            // An arrow of the legend is a grade and repeats nothing.
            if self.context.scale.iter().any(|grade| key(grade) == key(&text.text)) && field == Field::Grade {
                grades += 1;
                continue;
            }
            let word = status::repeats(self.context.rules, &text.text)
                || (field == Field::Status && status::read(self.context.rules, text, None).is_some());
            if word {
                words += 1;
            } else if grade::read(self.context.rules, text, &self.context.scale).is_some() {
                grades += 1;
            } else if status::read(self.context.rules, text, None).is_some() {
                words += 1;
            } else if !self.context.rules.matches(Rule::NoValue, &text.text) {
                sentences += 1;
            }
        }
        match field {
            Field::Grade if sentences > grades + words => Field::Actions,
            Field::Grade if words > grades => Field::Status,
            Field::Status if sentences > grades + words => Field::Actions,
            Field::Status if grades > words => Field::Grade,
            _ => field,
        }
    }

    /// The body texts of a column, headings across the table aside.
    fn texts(&self, column: usize) -> impl Iterator<Item = &'t Passage> {
        let across = self.grid.columns();
        let first = self.header.rows;
        self.grid
            .table
            .cells
            .iter()
            .filter(move |cell| cell.column == column && cell.row >= first && cell.column_span < across)
            .map(|cell| &cell.text)
            .filter(|text| !text.is_blank())
    }

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

    /// A value column of the rows `row..end`.
    fn value(&mut self, initiative: &mut Initiative, field: Option<Field>, row: usize, end: usize, column: usize) {
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
    fn expand_statuses(&self, initiative: &mut Initiative) {
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
