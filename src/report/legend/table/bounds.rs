//! Takes a table of signs in the first column, what share of the target each begins at in the second, and what it means
//! in words in the third, gives one scale: both together are the meaning.

use super::{Scale, is_heading, is_meaning, is_sign};
use crate::document::{Cell, Table};
use crate::report::legend::item::{self, Item};
use crate::report::rules::{Role, Rule, Rules};

/// Most grades of a scale.
const MOST: usize = 9;
/// What a bound says of a number.
const BOUNDS: [Rule; 4] = [Rule::AtLeast, Rule::AtMost, Rule::LessThan, Rule::MoreThan];

/// The scale of `table`.
pub(super) fn read(rules: &Rules, table: &Table) -> Option<Scale> {
    let plain = |cell: &Cell| cell.row_span == 1 && cell.column_span == 1 && !cell.text.is_blank();
    if table.columns != 3 || !(3..=MOST + 1).contains(&table.rows) || !table.cells.iter().all(plain) {
        return None;
    }
    let at = |row: usize, column: usize| table.cells.iter().find(|cell| (cell.row, cell.column) == (row, column));
    let (corner, words) = (at(0, 0)?, at(0, 2)?);
    let tells = rules.role_of(&words.text.text) == Some(Role::Description) || is_heading(rules, &words.text.text);
    if !tells || !is_heading(rules, &corner.text.text) {
        return None;
    }
    let is_grade = |text: &str| is_sign(rules, text) || rules.matches(Rule::Grade, text);
    let is_bound = |text: &str| BOUNDS.iter().any(|rule| rules.matches(*rule, text));
    let (mut items, mut bounds) = (Vec::new(), 0);
    for row in 1..table.rows {
        let (sign, bound, words) = (at(row, 0)?, at(row, 1)?, at(row, 2)?);
        if !is_grade(&sign.text.text) || !is_meaning(&words.text.text) {
            return None;
        }
        bounds += usize::from(is_bound(&bound.text.text));
        let mut meaning = bound.text.clone();
        meaning.append(" ", &words.text);
        items.push(Item::of_cells(&sign.text, &meaning));
    }
    (2 * bounds >= items.len() && item::distinct(&items)).then_some((None, items))
}
