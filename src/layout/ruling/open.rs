//! Takes the vertical lines of a page, unites those that no horizontal line meets with the table that they stand beside:
//! a merged cell that begins on the page before and ends on the next has no line above or below it.

use super::{CELL_WIDTH, Sets};
use crate::pdf::Ruling;

/// Narrowest column that text fits in, in multiples of how far a line may end before another.
const NARROWEST: f32 = 3.0;

/// Unites them; `down` is ordered by position and its first line has the index `base` in `sets`. `met` says of which
/// lines a horizontal one meets.
pub(super) fn unite(down: &[Ruling], mut met: Vec<bool>, base: usize, reach: f32, sets: &mut Sets) {
    let mut beside = |line: usize, table: usize| {
        let (Some(a), Some(b)) = (down.get(line), down.get(table)) else { return };
        if !met[line] && met[table] && is_column(a, b, reach) {
            met[line] = true;
            sets.unite(base + line, base + table);
        }
    };
    for line in (0..down.len().saturating_sub(1)).rev() {
        beside(line, line + 1);
    }
    for line in 1..down.len() {
        beside(line, line - 1);
    }
}

/// Whether two lines can be the sides of one cell that is as high as both.
fn is_column(a: &Ruling, b: &Ruling, reach: f32) -> bool {
    let width = (a.position - b.position).abs();
    let (start, end) = ((a.span.start - b.span.start).abs(), (a.span.end - b.span.end).abs());
    (NARROWEST * reach..=CELL_WIDTH).contains(&width) && start <= reach && end <= reach
}
