//! Takes the entries of a header's levels, gives those that stand in the middle of several headings below them the
//! columns of these: a year over 目標 and 実績, whose figures stand at the right of their columns. What the columns of the
//! body tell is left to `header`.

use super::{Entry, Source, extent};

/// A heading stands in the middle of others when their middles differ by less than this, in ems.
const SAME_MIDDLE: f32 = 0.3;
/// Most headings of a level that are looked at.
const MOST: usize = 80;

/// Widens entries of one column to the headings below that they stand in the middle of, where no other stands over these.
pub(super) fn widen(source: &Source<'_>, entries: &mut [Entry]) {
    let middle = |entry: &Entry| extent(source.tokens, &entry.tokens).middle();
    let single = |entry: &Entry| entry.columns.0 == entry.columns.1;
    for index in 0..entries.len() {
        let Some(upper) = entries.get(index).filter(|entry| single(entry)) else { continue };
        let below = upper.strip + 1;
        let lower = entries.iter().filter(|entry| entry.strip == below && single(entry));
        let mut lower: Vec<(usize, f32)> = lower.map(|entry| (entry.columns.0, middle(entry))).collect();
        lower.sort_by_key(|(column, _)| *column);
        let (at, near) = (middle(upper), SAME_MIDDLE * upper.y.length());
        let own = lower.iter().any(|(column, x)| *column == upper.columns.0 && (x - at).abs() < near);
        if own || lower.len() > MOST {
            continue;
        }
        let free = |range: (usize, usize)| {
            let over = |(other, entry): (usize, &Entry)| {
                other != index && entry.strip < below && entry.columns.0 <= range.1 && range.0 <= entry.columns.1
            };
            !entries.iter().enumerate().any(over)
        };
        let found = (0..lower.len()).find_map(|first| {
            let rest = lower.iter().skip(first).enumerate();
            let mut runs =
                rest.take_while(|(count, (column, _))| lower.get(first).is_some_and(|f| f.0 + count == *column));
            runs.find_map(|(count, (last, right))| {
                let (start, left) = lower.get(first)?;
                let centred = count > 0 && (f32::midpoint(*left, *right) - at).abs() < near;
                let holds = (*start..=*last).contains(&upper.columns.0);
                (centred && holds && free((*start, *last))).then_some((*start, *last))
            })
        });
        if let (Some(columns), Some(entry)) = (found, entries.get_mut(index)) {
            entry.columns = columns;
        }
    }
}
