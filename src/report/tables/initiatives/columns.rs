//! What the columns of a table of initiatives hold: by their headings, and where a heading is said of several things by
//! what their cells are.

use super::put::bracketed;
use super::told::is_of_a_thing;
use super::{Field, Reader};
use crate::document::{Cell, Passage};
use crate::report::context::Context;
use crate::report::heading::Heading;
use crate::report::rules::{Role, Rule};
use crate::report::tables::LONGEST_VALUE;
use crate::report::values::{figure, grade, status};

/// A level column groups initiatives when its cells cover this many rows on average, or it names numbered levels.
pub(in crate::report) const GROUPING_ROWS: f32 = 1.3;

impl<'t> Reader<'_, '_, 't> {
    /// Decides what each column holds: by its heading, else by what its cells are.
    pub(super) fn name_columns(&mut self) {
        let items = self.items.as_ref().map(|items| items.column);
        let levels: Vec<usize> = (0..self.grid.columns())
            .filter(|c| self.header.columns[*c].role == Some(Role::Level) && Some(*c) != items)
            .filter(|c| self.header.columns[*c].year.is_none() && self.groups(*c) && !self.holds_amounts(*c))
            .collect();
        self.levels = levels;
        let mut fields: Vec<Option<Field>> = (0..self.grid.columns())
            .map(|column| if Some(column) == items { None } else { self.field(column) })
            .collect();
        let has = |fields: &[Option<Field>], field| fields.contains(&Some(field));
        if self.items.is_some() {
            for column in (0..fields.len()).filter(|column| self.header.says_nothing_more(*column)) {
                fields[column] = None;
            }
        }
        if self.items.is_none() && !self.is_alone() && !has(&fields, Field::Name) {
            // Where no column is called the name, the description or the first column of text is.
            let free = |c: &usize| {
                let dates = self.header.columns[*c].role == Some(Role::Year);
                let free = matches!(fields[*c], None | Some(Field::Other)) && !self.levels.contains(c);
                let beside = is_of_a_thing(self.context, &self.header.columns[*c].headings);
                free && !dates && !beside && !self.is_value(*c)
            };
            let first = fields.iter().position(|f| *f == Some(Field::Description));
            let first = first.or_else(|| (0..fields.len()).find(free));
            // Under the heading of the names, the column before them numbers them.
            let numbers = first.filter(|c| fields[*c].is_none() && self.numbers_only(*c));
            let heading = |c: usize| self.header.columns[c].heading().map(std::ptr::from_ref);
            let named = numbers.filter(|c| heading(*c).is_some() && c + 1 < fields.len());
            match named.filter(|c| free(&(c + 1)) && heading(*c) == heading(c + 1)) {
                Some(numbers) => {
                    fields[numbers] = Some(Field::Number);
                    fields[numbers + 1] = Some(Field::Name);
                }
                None => {
                    if let Some(first) = first.or_else(|| self.levels.pop()) {
                        fields[first] = Some(Field::Name);
                    }
                }
            }
        }
        // Numbers before the names need no heading.
        let bare = self.header.columns.first().is_some_and(|column| column.headings.is_empty());
        if bare && fields.first() != Some(&Some(Field::Name)) && !has(&fields, Field::Number) && self.numbers_only(0) {
            fields[0] = Some(Field::Number);
        }
        if !has(&fields, Field::Plan) && !has(&fields, Field::Actions) {
            // 実績 is a result beside a plan; alone it tells what was done.
            for field in fields.iter_mut().filter(|field| **field == Some(Field::Result)) {
                *field = Some(Field::Actions);
            }
        }
        self.told_of_a_year(&mut fields);
        self.named_by_action(&mut fields);
        self.named_by_level(&mut fields);
        self.judged_in_words(&mut fields);
        self.outer_names(&mut fields);
        self.one_of_each(&mut fields);
        self.check_grades(&fields);
        self.fields = fields;
        self.tell_columns();
        self.graded = (0..self.grid.columns()).map(|column| self.holds_grades(column)).collect();
        for column in 0..self.grid.columns() {
            for heading in self.header.columns[column].headings.clone() {
                self.context.ledger.structure(heading);
            }
        }
    }

    /// 令和５年度の取組内容 beside grades tells what was done in that year, where no other column does; 取組内容 under each
    /// of several years does in each, and what is to be done in those to come.
    fn told_of_a_year(&self, fields: &mut [Option<Field>]) {
        let reported = self.context.reported();
        let year = |column: usize| self.header.columns[column].year.as_ref().map(|year| year.year);
        // 令和５年度の取組 beside 具体的な取組 names nothing.
        let named = (0..fields.len()).any(|c| fields[c] == Some(Field::Name) && year(c).is_none());
        let heading = |c: usize| self.header.columns[c].heading().is_some_and(|heading| heading.text.contains("計画"));
        let told = |c: &usize| {
            let tells = fields[*c] == Some(Field::Description) || fields[*c] == Some(Field::Name) && named;
            tells && year(*c).is_some() && !heading(*c)
        };
        let taken = [Field::Name, Field::Actions, Field::Result].map(|field| fields.contains(&Some(field)));
        if taken != [true, false, false] {
            return;
        }
        let dated: Vec<usize> = (0..fields.len()).filter(told).collect();
        let several = dated.windows(2).all(|pair| year(pair[0]) < year(pair[1])) && dated.len() > 1;
        let now = |c: &usize| reported.is_some() && year(*c) == reported;
        for column in dated.into_iter().filter(|c| several || now(c)) {
            let ahead = several && reported.is_some() && year(column) > reported;
            fields[column] = Some(if ahead { Field::Plan } else { Field::Actions });
            if !several {
                return;
            }
        }
    }

    /// 主な取組 beside 令和５年度の実施状況 names what was done, in cells that are numbered; the other column tells it.
    fn named_by_action(&self, fields: &mut [Option<Field>]) {
        let told = |column: &usize| fields[*column] == Some(Field::Actions);
        let Some(first) = (0..fields.len()).find(told) else { return };
        let again = (first + 1..fields.len()).any(|column| told(&column) && self.header.columns[column].year.is_some());
        if again && self.header.columns[first].year.is_none() && self.is_numbered(first) {
            fields[first] = Some(Field::Name);
        }
    }

    /// A column of levels of which each row has its own names what a column of sentences beside it describes.
    fn named_by_level(&self, fields: &mut [Option<Field>]) {
        let Some(described) = fields.iter().position(|field| *field == Some(Field::Name)) else { return };
        let own = |c: &usize| self.header.columns[*c].role == Some(Role::Level) && !self.levels.contains(c);
        let told = self.texts(described).filter(|text| text.text.trim_end().ends_with('。')).count();
        if 2 * told > self.texts(described).count()
            && !fields.contains(&Some(Field::Description))
            && let Some(name) = (0..described).rev().find(|c| own(c) && self.is_numbered(*c))
        {
            fields[name] = Some(Field::Name);
            fields[described] = Some(Field::Description);
        }
    }

    /// A column of grades that judges in words (有効であった) tells no actions where another column tells what was done.
    fn judged_in_words(&self, fields: &mut [Option<Field>]) {
        let judges = |column: usize| self.header.columns[column].role == Some(Role::Grade);
        let told = (0..fields.len())
            .any(|column| matches!(fields[column], Some(Field::Actions | Field::Result)) && !judges(column));
        for column in (0..fields.len()).filter(|column| told && judges(*column)) {
            if fields[column] == Some(Field::Actions) {
                fields[column] = Some(Field::Other);
            }
        }
    }

    /// Of two columns of names the inner one names the initiatives: the outer one holds their numbers, or is a level
    /// where its cells group rows, of sections where they are numbered and no other column tells these; else the first
    /// is the name and the second describes it.
    fn outer_names(&mut self, fields: &mut [Option<Field>]) {
        let names: Vec<usize> = (0..fields.len()).filter(|c| fields[*c] == Some(Field::Name)).collect();
        for pair in names.windows(2) {
            let (outer, inner) = (pair[0], pair[1]);
            let merged = |column: usize| self.grid.table.cells.iter().any(|c| c.column == column && c.row_span > 1);
            let groups = self.groups(outer) || merged(outer) && !merged(inner);
            if self.numbers_only(outer) {
                let free = !fields.contains(&Some(Field::Number));
                fields[outer] = Some(if free { Field::Number } else { Field::Other });
            } else if groups && self.levels.is_empty() && self.is_numbered(outer) {
                fields[outer] = None;
                self.levels.push(outer);
            } else if groups {
                fields[outer] = Some(Field::Other);
            } else {
                let free = !fields.contains(&Some(Field::Description));
                fields[inner] = Some(if free { Field::Description } else { Field::Other });
            }
        }
    }

    /// An initiative has one number, one description and one department: further columns of them are told beside it.
    fn one_of_each(&self, fields: &mut [Option<Field>]) {
        for field in [Field::Number, Field::Description, Field::Responsible] {
            let columns: Vec<usize> = (0..fields.len()).filter(|c| fields[*c] == Some(field)).collect();
            // 事業の内容 describes it better than 目的 does.
            let heading = |c: &usize| self.header.columns[*c].heading().map_or("", |heading| heading.text.as_str());
            let tells =
                |c: &&usize| field == Field::Description && ["内容", "概要"].iter().any(|w| heading(c).contains(w));
            let kept = columns.iter().find(tells).or(columns.first()).copied();
            for column in columns.into_iter().filter(|column| Some(*column) != kept) {
                fields[column] = Some(Field::Other);
            }
        }
    }

    /// Warns where two columns grade the same year: 一次評価 and 二次評価.
    fn check_grades(&mut self, fields: &[Option<Field>]) {
        let ticked = |column: usize| {
            let heading = self.header.columns[column].heading();
            heading.is_some_and(|heading| grade::is_one(self.context.rules, heading, &self.context.scale))
        };
        let graded = (0..fields.len()).filter(|c| fields[*c] == Some(Field::Grade) && !ticked(*c));
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

    /// Whether the column is one of a year that its heading says no more of, and most of its cells are grades.
    fn holds_grades(&self, column: usize) -> bool {
        if !self.is_value(column) || self.fields.get(column) != Some(&None) {
            return false;
        }
        let is_grade = |text: &Passage| grade::is_one(self.context.rules, text, &self.context.scale);
        let all = self.texts(column).count();
        // Once too many are none, the rest cannot make up for them.
        let others = self.texts(column).filter(|text| !is_grade(text)).take(all / 2 + 1).count();
        all > 0 && 2 * others <= all
    }

    /// Whether the column's cells are values of years and not labels.
    pub(super) fn is_value(&self, column: usize) -> bool {
        self.header.columns[column].year.is_some()
    }

    /// Whether a column holds amounts and nothing else, whatever its heading says: those under 財源内訳 are no levels.
    fn holds_amounts(&self, column: usize) -> bool {
        let figure = |text: &Passage| figure::read(self.context.rules, text, None).is_some();
        self.texts(column).all(figure) && self.texts(column).any(|text| text.text.contains([',', '，']))
    }

    /// Whether the cells of a level column stand for several rows each.
    fn groups(&self, column: usize) -> bool {
        // Headings inside the table cover all columns, or leave all but the first blank.
        let is_heading = |row: usize| self.grid.banner(row).is_some() || column > 0 && self.grid.lone(row).is_some();
        let own = |row: &usize| !is_heading(*row);
        let rows: Vec<usize> = (self.header.rows..self.grid.rows()).filter(own).collect();
        let cell = |row: &usize| self.grid.at(*row, column).filter(|cell| (cell.row, cell.column) == (*row, column));
        let body = || rows.iter().filter_map(cell);
        let filled: Vec<&Cell> = body().filter(|c| !c.text.is_blank()).collect();
        let rows = rows.len();
        let numbered = filled.iter().filter(|c| self.context.rules.matches(Rule::Level, &c.text.text)).count();
        !filled.is_empty()
            && (rows as f32 >= GROUPING_ROWS * filled.len() as f32
                || numbered * 2 > filled.len()
                || body().count() > filled.len()
                || self.repeats(&filled))
    }

    /// Whether the rows of a column print the same numbered headings again instead of sharing a cell, and each stands in
    /// one run.
    fn repeats(&self, filled: &[&Cell]) -> bool {
        let mut runs: Vec<&str> = filled.iter().map(|cell| cell.text.text.as_str()).collect();
        runs.dedup();
        let count = runs.len();
        let numbered = |cell: &&Cell| Heading::read(self.context.rules, &cell.text).label.is_some();
        if (filled.len() as f32) < GROUPING_ROWS * count as f32 || !filled.iter().all(numbered) {
            return false;
        }
        runs.sort_unstable();
        runs.dedup();
        runs.len() == count
    }

    /// Whether the cells of a column are nothing but numbers of what stands beside them: `(1)`, `ア`, `1-2`.
    fn numbers_only(&self, column: usize) -> bool {
        let mut filled = self.texts(column).filter(|text| !text.is_blank()).peekable();
        filled.peek().is_some() && filled.all(|text| self.context.rules.matches(Rule::BareNumber, &text.text))
    }

    /// Whether the cells of a column are numbered headings: `１　働きやすい職場づくり`.
    fn is_numbered(&self, column: usize) -> bool {
        let mut filled = self.texts(column).filter(|text| !text.is_blank()).peekable();
        filled.peek().is_some() && filled.all(|text| Heading::read(self.context.rules, text).label.is_some())
    }

    fn field(&self, column: usize) -> Option<Field> {
        if self.levels.contains(&column) {
            return None;
        }
        let described = &self.header.columns[column];
        if is_of_a_thing(self.context, &described.headings) && (described.role.is_some() || self.is_value(column)) {
            return Some(Field::Other);
        }
        let by_role = match described.role? {
            Role::Indicator if self.header.with_role(Role::Name).is_none() => Field::Name,
            role => Field::of(role),
        };
        // ○ under 実施主体 and 人事課 names no department.
        if by_role == Field::Responsible && self.only_ticks(column) {
            return Some(Field::Other);
        }
        Some(settled(self.context, by_role, self.texts(column)))
    }

    /// Whether the cells of a column are nothing but signs that its heading holds.
    fn only_ticks(&self, column: usize) -> bool {
        let ticks =
            |text: &Passage| [Rule::Tick, Rule::NoValue].iter().any(|r| self.context.rules.matches(*r, &text.text));
        let is_sign = |text: &Passage| ticks(text) || grade::is_one(self.context.rules, text, &self.context.scale);
        let mut filled = self.texts(column).peekable();
        filled.peek().is_some() && filled.all(is_sign)
    }

    /// Whether the heading of a column of names says that the department stands in brackets behind each: 取組項目（担当課）,
    /// 事業名・担当課.
    pub(super) fn names_department(&self, column: usize) -> bool {
        let heading =
            self.header.columns[column].heading().filter(|_| !self.fields.contains(&Some(Field::Responsible)));
        let role = |text: &str| self.context.rules.role_of(text);
        let joined = |text: &str| {
            let parts = text.trim().rsplit_once(['・', '／', '/', '\n']);
            parts.is_some_and(|(name, own)| role(name) == Some(Role::Name) && role(own) == Some(Role::Responsible))
        };
        heading.is_some_and(|heading| {
            let inside = bracketed(&heading.text).map(|inside| &heading.text[inside]);
            inside.is_some_and(|inside| role(inside) == Some(Role::Responsible)) || joined(&heading.text)
        })
    }

    /// The body texts of a column, headings across the table aside.
    pub(super) fn texts(&self, column: usize) -> impl Iterator<Item = &'t Passage> {
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
}

/// A heading like 進捗状況 or 実施状況 is said of grades, of short words and of sentences: the cells tell.
pub(super) fn settled<'p>(context: &Context, field: Field, texts: impl Iterator<Item = &'p Passage>) -> Field {
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
        if field == Field::Grade && context.scale.has(&text.text) {
            grades += 1;
            continue;
        }
        let word = status::repeats(context.rules, &text.text)
            || (field == Field::Status && status::is_one(context.rules, text));
        if word {
            words += 1;
        } else if grade::is_one(context.rules, text, &context.scale)
            || field == Field::Grade && context.rules.matches(Rule::Choice, &text.text)
        {
            grades += 1;
        } else if status::is_one(context.rules, text) {
            words += 1;
        } else if !context.rules.matches(Rule::NoValue, &text.text) {
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
