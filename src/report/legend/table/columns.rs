//! Takes a table of signs in the first column with several columns of meanings, gives one scale for each of them: what
//! a grade means to those who did the work, and what to those who judge it.

use super::{Scale, is_heading, is_meaning, is_sign};
use crate::document::{Cell, Table};
use crate::report::legend::item::{self, Item};
use crate::report::rules::{Rule, Rules};

/// Fewest columns of meanings that make it more than a table of pairs.
const FEWEST_MEANINGS: usize = 2;
/// Fewest signs of a scale.
const FEWEST_SIGNS: usize = 2;

/// The scales of `table`, each under the heading of its column.
pub(super) fn read(rules: &Rules, table: &Table) -> Option<Vec<Scale>> {
    if table.columns <= FEWEST_MEANINGS || table.rows <= FEWEST_SIGNS {
        return None;
    }
    // A meaning can hold for all columns.
    let at = |row: usize, column: usize| {
        let holds = |cell: &&Cell| {
            (cell.row..cell.row + cell.row_span).contains(&row)
                && (cell.column..cell.column + cell.column_span).contains(&column)
        };
        table.cells.iter().find(holds).filter(|cell| !cell.text.is_blank())
    };
    let corner = at(0, 0).is_none_or(|cell| is_heading(rules, &cell.text.text));
    let signs: Vec<&Cell> = (1..table.rows).map_while(|row| at(row, 0).filter(|cell| cell.row == row)).collect();
    let is_grade = |text: &str| is_sign(rules, text) || rules.matches(Rule::Grade, text) || item::is_short_word(text);
    if !corner || signs.len() + 1 != table.rows || !signs.iter().all(|cell| is_grade(&cell.text.text)) {
        return None;
    }
    let scale = |column: usize| {
        let heading = at(0, column).filter(|cell| cell.column == column && cell.column_span == 1)?;
        let meanings = signs.iter().map(|sign| {
            let meaning = at(sign.row, column).filter(|cell| cell.column > 0 && is_meaning(&cell.text.text))?;
            Some(Item::of_cells(&sign.text, &meaning.text))
        });
        let items: Vec<Item> = meanings.collect::<Option<_>>()?;
        let told = rules.matches(Rule::LegendHeading, &heading.text.text) && item::distinct(&items);
        told.then(|| (Some(heading.text.clone()), items))
    };
    (1..table.columns).map(scale).collect()
}
