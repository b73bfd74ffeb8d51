//! Takes the entries of a header's levels, gives those that stand in the middle of several headings below them the
//! columns of these: a year over 目標 and 実績, whose figures stand at the right of their columns. What the columns of the
//! body tell is left to `header`.

use super::{Entry, Source, extent};

/// A heading stands in the middle of others when their middles differ by less than this, in ems.
const SAME_MIDDLE: f32 = 0.3;
/// Lines overlap when they share this part of their height.
const SHARED: f32 = 0.1;
/// Most headings of a level that are looked at.
const MOST: usize = 80;

/// Widens entries of one column to the headings below that they stand in the middle of, where no other stands over these.
pub(super) fn widen(source: &Source<'_>, entries: &mut [Entry]) {
    let middle = |entry: &Entry| extent(source.tokens, &entry.tokens).middle();
    let single = |entry: &Entry| entry.columns.0 == entry.columns.1;
    for index in 0..entries.len() {
        let Some(upper) = entries.get(index).filter(|entry| single(entry)) else { continue };
        // Lines that reach into its height stand beside it.
        let is_below = |entry: &&Entry| entry.y.start > upper.y.end - SHARED * upper.y.length();
        let Some(below) = entries.iter().filter(is_below).map(|entry| entry.strip).min() else { continue };
        let lower = entries.iter().filter(|entry| entry.strip == below && single(entry));
        let mut lower: Vec<(usize, f32)> = lower.map(|entry| (entry.columns.0, middle(entry))).collect();
        lower.sort_by_key(|(column, _)| *column);
        let (at, near) = (middle(upper), SAME_MIDDLE * upper.y.length());
        // Where headings of one line stand in the middle of both levels, none of the lower one is without another over it.
        let own = lower.iter().any(|(column, x)| *column == upper.columns.0 && (x - at).abs() < near);
        if own && below == upper.strip + 1 || lower.len() > MOST {
            continue;
        }
        let free = |range: (usize, usize)| {
            let over = |(other, entry): (usize, &Entry)| {
                other != index && entry.strip < below && entry.columns.0 <= range.1 && range.0 <= entry.columns.1
            };
            !entries.iter().enumerate().any(over)
        };
        let ranges = (0..lower.len()).flat_map(|first| {
            let rest = lower.get(first..).unwrap_or_default().iter().enumerate();
            let start = lower.get(first).copied().unwrap_or_default();
            let run = rest.take_while(move |(count, (column, _))| start.0 + count == *column).skip(1);
            run.map(move |(_, end)| (start, *end))
        });
        let centred = |((start, left), (end, right)): ((usize, f32), (usize, f32))| {
            let holds = (start..=end).contains(&upper.columns.0) && (f32::midpoint(left, right) - at).abs() < near;
            (holds && free((start, end))).then_some((start, end))
        };
        let found = ranges.filter_map(centred).max_by_key(|(start, end)| end - start);
        if let (Some(columns), Some(entry)) = (found, entries.get_mut(index)) {
            entry.columns = columns;
        }
    }
}
