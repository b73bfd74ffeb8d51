//! The sections of a table of initiatives: its own title, rows across it, rows with grades of their own, columns of
//! levels.

use super::{Field, Reader};
use crate::document::{Cell, Passage};
use crate::report::heading::{Heading, SIGNS};
use crate::report::rules::Fit;
use crate::report::sections::Draft;
use crate::report::tables::header::Column;
use crate::report::values::grade;
use crate::report::{FiscalYear, SectionGrade};

impl<'t> Reader<'_, '_, 't> {
    /// The table's own title: rows across it above the header, or the heading cell over the names when it is no word
    /// of the vocabulary.
    pub(super) fn titles(&mut self) {
        // The last one names the initiative that the whole table is about.
        let sections = self.header.titles.len().saturating_sub(usize::from(self.is_alone()));
        for title in self.header.titles.iter().take(sections) {
            let heading = Heading::read(self.context.rules, title);
            if self.levels.is_empty() || heading.label.is_some() {
                self.banners.push(heading);
            } else {
                self.context.ledger.structure(title);
            }
        }
        let name = self.fields.iter().position(|field| *field == Some(Field::Name)).filter(|_| !self.is_alone());
        let title = name.and_then(|column| {
            let described = &self.header.columns[column];
            let is_title = |h: &&Passage| self.is_heading(h) || self.context.rules.label(&h.text).is_none();
            described.headings.iter().copied().find(|h| described.role.is_none() || is_title(h))
        });
        // 講座名 says of any column that it names something.
        let says_name = |title: &&Passage| title.text.trim_end().ends_with('名');
        let title = title.filter(|title| !says_name(title));
        // Beside heads that nobody knows it is one of them.
        let known = |(index, column): (usize, &Column)| {
            let below = title.is_some_and(|title| column.headings.iter().any(|heading| std::ptr::eq(*heading, title)));
            Some(index) == name || below || column.role.is_some() || column.year.is_some() || column.headings.is_empty()
        };
        let others_known = || self.header.columns.iter().enumerate().all(known);
        let unnamed = self.header.columns[name.unwrap_or(0)].role.is_none();
        let labelled = |title: &Passage| Heading::read(self.context.rules, title).label.is_some();
        let is_title = |title: &&Passage| unnamed && (labelled(title) || others_known()) || self.is_heading(title);
        if let Some(title) = title.filter(is_title) {
            self.banners.push(Heading::read(self.context.rules, title));
        }
    }

    /// Whether a heading cell is the numbered heading of a section that only ends in a word for columns:
    /// `（３）女性職員の活躍推進に向けた取組`.
    fn is_heading(&self, text: &Passage) -> bool {
        let heading = Heading::read(self.context.rules, text);
        let signed = text.text.trim_start().starts_with(SIGNS);
        let ending = self.context.rules.label(&heading.title.text).is_some_and(|label| label.fit == Fit::Ending);
        ending && (heading.label.is_some() || signed)
    }

    /// A heading that stands alone in its row without being merged: it has another label than the names below it.
    pub(super) fn heading_row(&self, row: usize) -> Option<&'t Passage> {
        let text = self.grid.lone(row).filter(|_| self.levels.is_empty() && self.items.is_none())?;
        let heading = Heading::read(self.context.rules, text);
        let below = self.grid.text(row + 1, 0).map(|below| Heading::read(self.context.rules, below));
        let another = heading.label.is_some() && below.is_some_and(|below| below.style != heading.style);
        (another || self.set_off || self.fields.first() == Some(&Some(Field::Number))).then_some(text)
    }

    /// Whether the rows of graded initiatives in which only the name column is filled are headings: they are the only
    /// shaded ones, or the table begins with one of several. None ends the table or stands above another.
    pub(super) fn sets_off_headings(&self) -> bool {
        if self.fields.first() != Some(&Some(Field::Name)) || !self.fields.contains(&Some(Field::Grade)) {
            return false;
        }
        let body = self.header.rows..self.grid.rows();
        let lone = |row: usize| self.grid.lone(row).is_some();
        let count = body.clone().filter(|row| lone(*row)).count();
        let apart = body.clone().all(|row| !lone(row) || row + 1 < self.grid.rows() && !lone(row + 1));
        let shaded = |row: usize| self.grid.at(row, 0).is_some_and(|cell| cell.shaded);
        let shading = body.clone().all(|row| shaded(row) == lone(row));
        count > 0 && apart && (shading || count > 1 && lone(body.start))
    }

    /// A heading whose number stands in the column of numbers, and its words across all the other columns.
    pub(super) fn numbered_row(&self, row: usize) -> Option<Passage> {
        if self.fields.first() != Some(&Some(Field::Number)) {
            return None;
        }
        let mut cells = self.grid.row(row);
        let (Some(number), Some(words), None) = (cells.next(), cells.next(), cells.next()) else { return None };
        let alone = [number, words].iter().all(|cell| cell.row == row && cell.row_span == 1 && !cell.text.is_blank());
        let across = words.column_span > 1 && words.column + words.column_span == self.grid.columns();
        if !alone || !across {
            return None;
        }
        let mut heading = number.text.clone();
        heading.append("\u{3000}", &words.text);
        Some(heading)
    }

    /// A row that is a heading of a section with grades of its own: `（1）…` over the name columns.
    pub(super) fn section_row(&mut self, row: usize) -> bool {
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
                Some((self.year_of(column)?.into_owned(), marked))
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

    /// Opens the section that the level columns or the rows across the table name for `row`.
    pub(super) fn open_section(&mut self, row: usize, forced: bool) {
        let levels: Vec<Heading> = self
            .levels
            .iter()
            .filter_map(|column| self.level_above(row, *column))
            .map(|text| Heading::read(self.context.rules, text))
            .collect();
        let first = self.sections.is_empty();
        let begins = |column: &usize| {
            let Some(cell) = self.grid.at(row, *column).filter(|cell| !cell.text.is_blank()) else { return false };
            first || cell.row == row && !self.is_again(row, cell)
        };
        let new_level = self.levels.iter().any(begins);
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

    /// Whether the row above prints the same level in a cell of its own.
    fn is_again(&self, row: usize, cell: &Cell) -> bool {
        let above = row.checked_sub(1).filter(|above| *above >= self.header.rows);
        let above = above.and_then(|above| self.grid.at(above, cell.column));
        above.is_some_and(|above| above.row_span == 1 && cell.row_span == 1 && above.text.text == cell.text.text)
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
}
