//! Takes a table of pairs of cells, gives the legend that it is: a sign and, right of it or below it, its meaning.

use super::{Found, is_heading, is_meaning, is_sign};
use crate::document::{Cell, Passage, Table};
use crate::report::legend::item::{self, Item};
use crate::report::rules::{Role, Rule, Rules};
use crate::report::values::year;

/// Fewest signs in a column that make a word of one character among them a sign.
const FEWEST_SIGNS: usize = 2;

/// The legend that `table` is, whose cells with text are `filled`.
pub(super) fn pairs(rules: &Rules, table: &Table, filled: &[&Cell], headed: bool) -> Option<Found> {
    if filled.iter().any(|cell| cell.row == 0 && year::is_named(rules, &cell.text.text)) {
        return None;
    }
    let signs = signs(rules, filled);
    if signs.len() < FEWEST_SIGNS {
        return None;
    }
    let grades = |cell: &&Cell| {
        cell.row == 0 && (rules.role_of(&cell.text.text) == Some(Role::Grade) || names_legend(rules, cell))
    };
    if signs.iter().any(|sign| is_roman(&sign.text.text))
        && !headed
        && !filled.iter().copied().any(|cell| grades(&cell))
    {
        return None;
    }
    let is_one = |cell: &Cell| signs.iter().any(|sign| (sign.row, sign.column) == (cell.row, cell.column));
    let next = |of: &Cell| {
        table.cells.iter().find(|cell| {
            cell.column == of.column + of.column_span && cell.row <= of.row && of.row < cell.row + cell.row_span
        })
    };
    let right = |of: &Cell| next(of).and_then(|cell| if is_leader(cell) { next(cell) } else { Some(cell) });
    let below = |of: &Cell| {
        table.cells.iter().find(|cell| {
            cell.row == of.row + of.row_span && cell.column <= of.column && of.column < cell.column + cell.column_span
        })
    };
    let meant = |cell: Option<&Cell>| cell.is_some_and(|cell| is_meaning(&cell.text.text) && !is_one(cell));
    let beside = signs.iter().all(|cell| meant(right(cell)));
    let under = !beside && signs.iter().all(|cell| meant(below(cell)));
    if !(beside || under) {
        return None;
    }
    let meaning = |sign: &Cell| if beside { right(sign) } else { below(sign) };
    let mut used: Vec<(usize, usize)> = Vec::new();
    let mut items: Vec<Item> = Vec::new();
    for sign in &signs {
        let meaning = meaning(sign)?;
        used.extend([(sign.row, sign.column), (meaning.row, meaning.column)]);
        items.push(Item::of_cells(&sign.text, &meaning.text));
    }
    let free = |cell: &&&Cell| !used.contains(&(cell.row, cell.column)) && !is_leader(cell);
    let others: Vec<&Cell> = filled.iter().filter(free).copied().collect();
    let is_head = |cell: &&&Cell| cell.row == 0 && is_heading(rules, &cell.text.text);
    let headings = others.iter().filter(is_head).count();
    let clean = others.is_empty()
        || (others.len() <= 2 * table.columns.max(1) && (headings > 0 || headed) && others.len() <= headings + 2);
    if !clean || !item::distinct(&items) {
        return None;
    }
    // The names of the columns are no heading of the whole.
    let named = |cell: &&Cell| rules.label(&cell.text.text).is_some();
    let is_title = |cell: &&&Cell| cell.row == 0 && !named(cell) && names_legend(rules, cell);
    let heading = others.iter().find(is_title).filter(|_| !headed).map(|cell| cell.text.clone());
    let told = |cell: &&Cell| named(cell) || is_heading(rules, &cell.text.text);
    let left: Vec<Passage> = others.iter().filter(|cell| !told(cell)).map(|cell| cell.text.clone()).collect();
    Some(Found { scales: vec![(heading, items)], left, whole: true, cell: None })
}

/// The signs column by column: letters, digits and signs, and below the first of them words of one character.
fn signs<'t>(rules: &Rules, filled: &[&'t Cell]) -> Vec<&'t Cell> {
    // … is a sign, too, where it stands in front.
    let leads = |of: &Cell| {
        let before = |cell: &&Cell| cell.row == of.row && cell.column + cell.column_span == of.column;
        is_leader(of) && filled.iter().any(before)
    };
    let is_one = |cell: &&&Cell| {
        let text = &cell.text.text;
        (is_sign(rules, text) || is_roman(text)) && !leads(cell)
    };
    let mut signs: Vec<&Cell> = filled.iter().filter(is_one).copied().collect();
    let words = filled.iter().filter(|cell| {
        let above = signs.iter().filter(|sign| sign.column == cell.column && sign.row < cell.row);
        item::is_short_word(&cell.text.text) && above.count() >= FEWEST_SIGNS
    });
    let words: Vec<&Cell> = words.copied().collect();
    signs.extend(words);
    signs.sort_by_key(|cell| (cell.column, cell.row));
    signs
}

/// Whether the text is one Roman numeral: the sign of a scale only where something says that grades are told, elsewhere
/// the number of a chapter.
fn is_roman(text: &str) -> bool {
    let mut text = text.trim().chars();
    text.next().is_some_and(|c| ('Ⅰ'..='Ⅹ').contains(&c)) && text.next().is_none()
}

fn names_legend(rules: &Rules, cell: &Cell) -> bool {
    rules.matches(Rule::LegendHeading, &cell.text.text)
}

/// Whether the cell only leads from a sign to its meaning.
fn is_leader(cell: &Cell) -> bool {
    let text = cell.text.text.trim();
    !text.is_empty() && text.chars().all(|c| "…‥・.：:＝=→⇒".contains(c))
}
