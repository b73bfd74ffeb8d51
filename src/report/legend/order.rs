//! The order of a legend's items as a reader takes them: columns of a box one after the other.

use super::item::Item;
use crate::report::values::fold::key;

/// Most columns that a legend box has.
const MOST_COLUMNS: usize = 4;

/// Signs in the order in which scales run.
const SIGNS: [&str; 9] = ["☆", "★", "◎", "○", "□", "△", "▲", "●", "×"];

/// `items` came in some order of lines. Where that is not the order of a scale, but taking every second (third,
/// fourth) one is, they were the rows of a box with columns.
pub(super) fn columns(items: Vec<Item>) -> Vec<Item> {
    if runs(&items) {
        return items;
    }
    for columns in 2..=MOST_COLUMNS.min(items.len()) {
        let by_column: Vec<Item> =
            (0..columns).flat_map(|column| items.iter().skip(column).step_by(columns).cloned()).collect();
        if runs(&by_column) {
            return by_column;
        }
    }
    items
}

/// Whether the items run along a scale.
pub(super) fn runs(items: &[Item]) -> bool {
    let ranks: Option<Vec<i32>> = items.iter().filter(|item| key(&item.grade.text) != "-").map(rank).collect();
    ranks.is_some_and(|ranks| ranks.windows(2).all(|pair| matches!(pair, [a, b] if a < b)) || descends(&ranks))
}

fn descends(ranks: &[i32]) -> bool {
    ranks.windows(2).all(|pair| matches!(pair, [a, b] if a > b)) && ranks.iter().all(|rank| *rank < 0)
}

/// Place on a scale: S before A, letters in order; digits are negative, since they run both ways.
fn rank(item: &Item) -> Option<i32> {
    let sign = key(&item.grade.text);
    let mut characters = sign.chars();
    match (characters.next()?, characters.next()) {
        ('S', None) => Some(0),
        ('S', Some('S')) => Some(-1),
        (c, None) if c.is_ascii_digit() => Some(c as i32 - '9' as i32 - 1),
        (c, more) if c.is_ascii_alphabetic() => {
            let shade = match more {
                Some('+') => 0,
                None => 1,
                Some('-') => 2,
                Some(_) => return None,
            };
            Some((c.to_ascii_uppercase() as i32) * 3 + shade)
        }
        _ => SIGNS.iter().position(|of| *of == sign).map(|place| place as i32),
    }
}
