//! Takes the column boundaries of two tables, gives those that serve both. Where no ruling says where columns meet, any
//! place in the blank between their texts will do, and two tables have the same columns if their blanks overlap.

use crate::document::gather::Piece;
use crate::geom::Span;
use crate::layout;

/// The blanks between the texts of neighbouring columns, from left to right; what runs over several columns, as a
/// heading between rows does, does not count.
pub(super) fn blanks(table: &layout::Table, lines: &[Vec<Piece>]) -> Vec<Span> {
    let empty = Span { start: f32::INFINITY, end: f32::NEG_INFINITY };
    let mut texts = vec![empty; table.columns];
    for (cell, lines) in table.cells.iter().zip(lines).filter(|(cell, _)| cell.column_span == 1) {
        let Some(text) = texts.get_mut(cell.column) else { continue };
        for line in lines.iter().filter(|line| line.bbox.x1 <= cell.bbox.x1) {
            *text = Span { start: text.start.min(line.bbox.x0), end: text.end.max(line.bbox.x1) };
        }
    }
    let bound = |at: usize| table.column_bounds.get(at).copied().unwrap_or_default();
    let blank = |(at, pair): (usize, &[Span])| {
        // A column without any text gives its boundary.
        let start = pair.first().map(|text| text.end).filter(|x| x.is_finite());
        let end = pair.last().map(|text| text.start).filter(|x| x.is_finite());
        Span { start: start.unwrap_or(bound(at + 1)), end: end.unwrap_or(bound(at + 1)) }
    };
    texts.windows(2).enumerate().map(blank).collect()
}

/// What the blanks of two tables have in common, if each of one overlaps the one of the other.
pub(super) fn common_blanks(own: &[Span], next: &[Span]) -> Option<Vec<Span>> {
    let common = |(a, b): (&Span, &Span)| Span { start: a.start.max(b.start), end: a.end.min(b.end) };
    let blanks: Vec<Span> = own.iter().zip(next).map(common).collect();
    (own.len() == next.len() && blanks.iter().all(|blank| blank.start < blank.end)).then_some(blanks)
}

/// How far the columns of `next` lie to the right of `own`.
pub(super) fn shift(own: &[f32], next: &[f32]) -> f32 {
    next.first().copied().unwrap_or_default() - own.first().copied().unwrap_or_default()
}

/// The boundaries that serve both tables, in the coordinates of the first: all of one must be among those of the
/// other. `None` where the tables have different columns.
pub(super) fn common_bounds(own: &[f32], next: &[f32], same: f32) -> Option<Vec<f32>> {
    let shift = shift(own, next);
    let moved: Vec<f32> = next.iter().map(|x| x - shift).collect();
    let within = |few: &[f32], many: &[f32]| {
        few.iter().all(|x| many.iter().any(|y| (x - y).abs() <= same))
            && few.last().zip(many.last()).is_some_and(|(x, y)| (x - y).abs() <= same)
    };
    if own.len() >= moved.len() && within(&moved, own) {
        Some(own.to_vec())
    } else if within(own, &moved) {
        Some(moved)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::common_blanks;
    use crate::geom::Span;

    fn blanks(ends: [(f32, f32); 2]) -> Vec<Span> {
        ends.map(|(start, end)| Span { start, end }).to_vec()
    }

    #[test]
    fn columns_are_the_same_where_all_their_blanks_overlap() {
        let common =
            common_blanks(&blanks([(100.0, 140.0), (200.0, 230.0)]), &blanks([(120.0, 160.0), (190.0, 210.0)]));
        assert_eq!(common, Some(blanks([(120.0, 140.0), (200.0, 210.0)])));
    }

    #[test]
    fn a_blank_where_the_other_table_has_text_parts_other_columns() {
        let own = blanks([(100.0, 140.0), (200.0, 230.0)]);
        assert_eq!(common_blanks(&own, &blanks([(150.0, 180.0), (200.0, 230.0)])), None);
    }
}
