//! Legends in tables: a box whose cells hold items, or pairs of a sign and its meaning; and a cell of a data table that
//! holds a whole legend.

use super::item::{self, Item};
use super::order;
use crate::document::{Cell, Passage, Table};
use crate::report::rules::{Role, Rule, Rules};
use crate::report::values::fold::{Folded, key};
use crate::report::values::year;
use pairs::pairs;

mod bounds;
mod columns;
mod pairs;

/// More filled cells than this make a table of data.
const MOST_CELLS: usize = 40;

/// Longest word of a scale that only its place tells, in characters.
const LONGEST_WORD: usize = 8;

/// Most pairs of columns that a legend of words has side by side.
const MOST_HALVES: usize = 2;

/// Fewest characters of two items with different signs: one of them may have none.
const FEWEST_CHARACTERS: usize = 3;

/// Rows of a table of data that can be its header.
const HEAD_ROWS: usize = 3;

/// The items of one scale with the heading over them.
pub(super) type Scale = (Option<Passage>, Vec<Item>);

/// Legends found in a table.
pub(super) struct Found {
    /// One, or one for each column of meanings.
    pub(super) scales: Vec<Scale>,
    /// What else it says.
    pub(super) left: Vec<Passage>,
    /// Whether the table is nothing but legends.
    pub(super) whole: bool,
    /// The cell that holds it, in a table of data.
    pub(super) cell: Option<usize>,
}

/// The legend in `table`; `headed` tells that the heading of one stands above it.
pub(super) fn read(rules: &Rules, table: &Table, headed: bool) -> Option<Found> {
    let filled: Vec<&Cell> = table.cells.iter().filter(|cell| !cell.text.is_blank()).collect();
    if filled.len() <= MOST_CELLS {
        let whole = |scales| Found { scales, left: Vec::new(), whole: true, cell: None };
        let found = columns::read(rules, table)
            .or_else(|| boxed(rules, &filled, headed).map(|scale| vec![scale]))
            .map(whole)
            .or_else(|| pairs(rules, table, &filled, headed))
            .or_else(|| bounds::read(rules, table).map(|scale| whole(vec![scale])))
            .or_else(|| worded(rules, table, headed).map(|scale| whole(vec![scale])));
        if found.is_some() {
            return found;
        }
        if let Some(items) = counted(rules, &filled) {
            return Some(Found { scales: vec![(None, items)], left: Vec::new(), whole: false, cell: None });
        }
    }
    // In a table of data the legend stands in the header or at the foot.
    let outer = |cell: &Cell| {
        let long = cell.text.text.chars().nth(FEWEST_CHARACTERS - 1).is_some();
        long && (cell.row < HEAD_ROWS || cell.row + cell.row_span == table.rows)
    };
    table.cells.iter().enumerate().filter(|(_, cell)| outer(cell)).find_map(|(i, cell)| {
        let scale = cell_items(rules, cell, headed)?;
        (scale.1.len() > 1).then(|| Found { scales: vec![scale], left: Vec::new(), whole: false, cell: Some(i) })
    })
}

/// The items in the lines of one cell, with the heading before them.
fn cell_items(rules: &Rules, cell: &Cell, headed: bool) -> Option<Scale> {
    if !headed && !item::may_stand_in(rules, &cell.text.text) {
        return None;
    }
    let mut heading = None;
    let mut items: Vec<Item> = Vec::new();
    let mut lines = cell.text.lines().peekable();
    while let Some(line) = lines.next() {
        let (lead, found) = item::in_line(rules, &line, headed || heading.is_some());
        match found.is_empty() {
            // A heading with nothing below it is none of a legend.
            true if items.is_empty() && lines.peek().is_none() => return None,
            true if heading.is_none() && is_heading(rules, &line.text) => heading = Some(line),
            true => return None,
            false => {
                heading = heading.or_else(|| (!lead.is_blank()).then_some(lead));
                items.extend(found);
            }
        }
    }
    (!items.is_empty() && item::distinct(&items)).then_some((heading, items))
}

fn is_heading(rules: &Rules, text: &str) -> bool {
    rules.matches(Rule::LegendHeading, text) || rules.label(text).is_some()
}

/// A box: every cell holds items, or is a heading before them.
fn boxed(rules: &Rules, filled: &[&Cell], headed: bool) -> Option<Scale> {
    let mut heading = None;
    let mut by_cell: Vec<(&Cell, Vec<Item>)> = Vec::new();
    for cell in filled {
        match cell_items(rules, cell, headed) {
            Some((lead, items)) => {
                heading = heading.or(lead);
                by_cell.push((cell, items));
            }
            None if by_cell.is_empty() && heading.is_none() && is_heading(rules, &cell.text.text) => {
                heading = Some(cell.text.clone());
            }
            None => return None,
        }
    }
    let rows: Vec<Item> = by_cell.iter().flat_map(|(_, items)| items.clone()).collect();
    by_cell.sort_by_key(|(cell, _)| (cell.column, cell.row));
    let columns: Vec<Item> = by_cell.into_iter().flat_map(|(_, items)| items).collect();
    let items = if order::runs(&rows) && !order::runs(&columns) { rows } else { columns };
    (items.len() > 1 && item::distinct(&items)).then_some((heading, items))
}

/// A count of grades with their meanings: signs in the first column, what each means in the second, and beside them how
/// many of each there are in some years. The table says more than the legend.
fn counted(rules: &Rules, filled: &[&Cell]) -> Option<Vec<Item>> {
    let at = |row, column| filled.iter().copied().find(|cell| (cell.row, cell.column) == (row, column));
    let role = |column| at(0, column).and_then(|cell| rules.role_of(&cell.text.text));
    let years = filled.iter().filter(|cell| cell.row == 0 && cell.column > 1);
    let dated = years.clone().count() > 0 && years.clone().all(|cell| year::is_named(rules, &cell.text.text));
    if !dated || role(0) != Some(Role::Grade) || matches!(role(1), Some(Role::Indicator | Role::Name | Role::Number)) {
        return None;
    }
    let body = |cell: &&&Cell| cell.column == 0 && cell.row > 0;
    let signs: Vec<&Cell> = filled.iter().filter(body).filter(|c| is_sign(rules, &c.text.text)).copied().collect();
    let items: Vec<Item> = signs
        .iter()
        .filter_map(|sign| {
            let meaning = at(sign.row, 1).filter(|cell| is_meaning(&cell.text.text))?;
            Some(Item::of_cells(&sign.text, &meaning.text))
        })
        .collect();
    // The row below the grades is their sum.
    let others = filled.iter().filter(body).count() - signs.len();
    (items.len() > 1 && items.len() == signs.len() && others <= 1 && item::distinct(&items)).then_some(items)
}

/// Two columns, or twice two side by side: a word of the scale and its meaning, below a row that says so if any.
fn worded(rules: &Rules, table: &Table, headed: bool) -> Option<Scale> {
    let halves = Some(table.columns / 2).filter(|halves| (1..=MOST_HALVES).contains(halves))?;
    let across = |cell: &Cell| cell.row == 0 && cell.row_span == 1 && cell.column_span == table.columns;
    let over = table.cells.first().filter(|cell| across(cell) && is_heading(rules, &cell.text.text));
    let plain = |cell: &Cell| cell.row_span == 1 && cell.column_span == 1;
    let mut others = table.cells.iter().skip(usize::from(over.is_some()));
    if !table.columns.is_multiple_of(2) || !others.all(plain) {
        return None;
    }
    let first = || table.cells.iter().filter(|cell| cell.row == 0 && !cell.text.is_blank());
    let named = first().all(|cell| is_heading(rules, &cell.text.text));
    let is_word = |text: &str| {
        rules.matches(Rule::Grade, text)
            || rules.matches(Rule::StatusWord, text)
            || (headed || named) && text.chars().count() <= LONGEST_WORD && !text.contains(['。', '\n'])
    };
    let says = |word: &Cell, meaning: &Cell| {
        let (word, meaning) = (word.text.text.trim(), meaning.text.text.trim());
        is_word(word) && is_meaning(meaning) && !rules.matches(Rule::Grade, meaning) && meaning.len() > word.len()
    };
    let (mut items, mut graded) = (Vec::new(), false);
    for half in 0..halves {
        for row in usize::from(named)..table.rows {
            let at = |column| table.cells.iter().find(|cell| (cell.row, cell.column) == (row, column));
            let (word, meaning) = at(2 * half).zip(at(2 * half + 1))?;
            // The last rows of the right half can be blank.
            if half > 0 && word.text.is_blank() && meaning.text.is_blank() {
                continue;
            }
            if !says(word, meaning) {
                return None;
            }
            graded |= rules.matches(Rule::Grade, &word.text.text);
            items.push(Item::of_cells(&word.text, &meaning.text));
        }
    }
    let heading = over.map(|cell| cell.text.clone());
    (items.len() > 1 && graded && item::distinct(&items)).then_some((heading, items))
}

/// Letters, digits and signs, not words: a word can be the meaning of one.
fn is_sign(rules: &Rules, text: &str) -> bool {
    let is_word = |text: &str| text.chars().any(|c| ('ぁ'..='ヿ').contains(&c) || ('一'..='鿿').contains(&c));
    // Kana and ideographs stay what they are; others become some.
    if is_word(text) {
        return false;
    }
    let key = key(text);
    let digit = key.len() == 1 && key.bytes().all(|b| b.is_ascii_digit());
    let is_known = || {
        let folded = Folded::new(&key);
        [Rule::Grade, Rule::NoValue, Rule::Arrow].into_iter().any(|rule| rules.matches_folded(rule, &folded))
    };
    !is_word(&key) && (digit || is_known())
}

/// A meaning has words; figures under signs are a count of grades.
fn is_meaning(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() > 1
}
