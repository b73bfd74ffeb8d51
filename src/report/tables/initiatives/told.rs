//! What the columns of a table of initiatives say of their values beside what they hold: the year that they are told of,
//! the one of several columns of issues that holds them, and the label of a value that no member is for.

use super::put::LONGEST_GRADE;
use super::{Field, Reader};
use crate::document::Passage;
use crate::report::FiscalYear;
use crate::report::context::Context;
use crate::report::rules::Role;
use crate::report::values::year;
use std::rc::Rc;

/// What a column says of its values.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Whether its heading names a year to come although its values are told of the year reported on: 課題及び令和６年度の予定.
    pub(super) ahead: bool,
    /// Whether another column holds the issues of its year.
    pub(super) beside: bool,
    /// What its values are called, where the innermost heading alone does not say.
    pub(super) label: Option<Rc<Passage>>,
}

impl Reader<'_, '_, '_> {
    /// Decides what each column says of its values, once it is known what it holds.
    pub(super) fn tell_columns(&mut self) {
        self.last = self.last_told();
        let yearly = self.header.year_columns();
        let reported = self.context.reported();
        let columns = self.header.columns.iter().zip(&self.fields).enumerate();
        self.told = columns
            .map(|(index, (column, field))| {
                let named = column.year.as_ref().map(|year| year.year);
                let later = named.zip(reported).is_some_and(|(named, now)| named > now);
                let ahead = *field == Some(Field::Issues) && later && yearly.binary_search(&index).is_err();
                // A, B and C under 評価 are what a tick in the column says.
                let grade = |heading: &Passage| *field == Some(Field::Grade) && self.context.scale.has(&heading.text);
                let label = label(self.context, &column.headings).filter(|_| !column.heading().is_some_and(grade));
                Told { ahead, beside: false, label: label.map(Rc::new) }
            })
            .collect();
        self.tell_issues();
    }

    /// The last year of which a column of grades or of what was done has any value: the year reported on where the
    /// document does not say it.
    fn last_told(&self) -> Option<FiscalYear> {
        let tells = |column: &usize| {
            matches!(self.fields[*column], Some(Field::Grade | Field::Actions | Field::Result | Field::Status))
                && self.texts(*column).next().is_some()
        };
        let years = (0..self.fields.len()).filter(tells).filter_map(|column| self.header.columns[column].year.as_ref());
        years.max_by_key(|year| year.year).cloned()
    }

    /// Of several columns of issues of one year the first that holds more than signs and words (↑, 継続) holds them, whatever
    /// the rows have in it: 今後の方向性 beside 課題 is no issue where no issue is told, either.
    fn tell_issues(&mut self) {
        let heading = |column: usize| self.header.columns[column].heading().map(|heading| heading.text.as_str());
        let is_short = |text: &Passage| text.text.chars().count() <= LONGEST_GRADE;
        let issues = (0..self.fields.len()).filter(|column| self.fields[*column] == Some(Field::Issues));
        let issues: Vec<(usize, Option<i32>, bool)> = issues
            .map(|column| (column, self.year_of(column).map(|year| year.year), self.texts(column).all(is_short)))
            .collect();
        let mut beside: Vec<usize> = Vec::new();
        for &(column, year, _) in &issues {
            let mut same = issues.iter().filter(|(_, other, _)| *other == year);
            let first = same.clone().next();
            let holds = same.find(|(_, _, short)| !short).or(first).map_or(column, |(holds, ..)| *holds);
            beside.extend(Some(column).filter(|_| holds != column && heading(holds) != heading(column)));
        }
        for column in beside {
            self.told[column].beside = true;
        }
    }
}

/// What a value under (or beside) these labels is called, outermost first: the innermost, after those around it where
/// it does not say by itself what it is of: 累計 under 効果額（千円）. `None` where the innermost says enough.
pub(super) fn label(context: &Context, labels: &[&Passage]) -> Option<Passage> {
    let (inner, outer) = labels.split_last()?;
    let tells = |role: Role| {
        !matches!(
            role,
            Role::Plan
                | Role::Result
                | Role::Target
                | Role::Actual
                | Role::Baseline
                | Role::Interim
                | Role::Total
                | Role::Year
                | Role::Rate
        )
    };
    let rules = context.rules;
    if outer.is_empty() || rules.role_of(&inner.text).is_some_and(tells) {
        return None;
    }
    let named = |outer: &&&Passage| {
        !outer.is_blank() && !year::is_named(rules, &outer.text) && !rules.is_unit(outer.text.trim())
    };
    let mut outer = outer.iter().filter(named);
    let mut label = (*outer.next()?).clone();
    for next in outer.chain([inner]) {
        label.append("\u{3000}", next);
    }
    Some(label)
}

/// Whether what stands under or beside these labels is of a thing that one of the outer ones names, and no plan or result
/// of the initiative: 計画 and 実績 under 効果額（千円）.
pub(super) fn is_of_a_thing(context: &Context, labels: &[&Passage]) -> bool {
    let outer = labels.split_last().map_or(&[][..], |(_, outer)| outer);
    let thing = |label: &&Passage| {
        let role = context.rules.role_of(&label.text);
        role == Some(Role::Remark) || role.is_none() && context.rules.unit_in(&label.text).is_some()
    };
    outer.iter().any(thing)
}
