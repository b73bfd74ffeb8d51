//! Takes the shaded rows at the ends of a stack with the words of the page, says how far the rows without shade reach that
//! stand beside them.

use super::keeps_to;
use super::stripe::{ROUNDED, Stripe};
use crate::geom::{Rect, Span};

/// Farthest text above the first shaded row or below the last that belongs to the table, in ems.
const NEAR: f32 = 1.6;
/// Widest blank between two lines of a cell, in ems.
const LEADING: f32 = 0.6;

/// On which side of a stripe a row stands.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Side {
    Above,
    Below,
}

/// Where the header begins that stands right above the first row, at `edge`: its words keep to the columns and are in
/// most of them.
pub(super) fn upper_header(words: &[Rect], columns: &[f32], edge: f32, em: f32) -> Option<f32> {
    let none = Stripe {
        rows: Span { start: edge, end: edge },
        cells: vec![Rect::new(columns[0], edge, *columns.last()?, edge)],
    };
    let top = outer(words, columns, &none, em, Side::Above)?;
    let inside: Vec<&Rect> = words.iter().filter(|word| (top..edge).contains(&word.center().y)).collect();
    let used = |column: &&[f32]| inside.iter().any(|word| column[0] < word.center().x && word.center().x < column[1]);
    let filled = columns.windows(2).filter(used).count();
    let near = inside.iter().all(|word| keeps_to(word, columns)) && inside.iter().any(|word| edge - word.y1 <= em);
    (near && 4 * filled >= 3 * (columns.len() - 1)).then_some(top)
}

/// The far border of the row beside a stripe: its words are in at least half of the columns, those counted that the
/// stripe leaves out, and keep to them; in a header they may stand over several. It is padded as at the stripe.
pub(super) fn outer(words: &[Rect], columns: &[f32], stripe: &Stripe, em: f32, side: Side) -> Option<f32> {
    let (edge, sign) = match side {
        Side::Above => (stripe.rows.start, -1.0),
        Side::Below => (stripe.rows.end, 1.0),
    };
    let away = |word: &Rect| Span::new((word.y0 - edge) * sign, (word.y1 - edge) * sign);
    let beside = || words.iter().map(|word| (away(word), word)).filter(|(span, _)| span.middle() > 0.0);
    let nearest = beside().map(|(span, _)| span.start).min_by(f32::total_cmp);
    let padding = nearest.filter(|start| *start <= NEAR * em)?;
    let mut near: Vec<(Span, &Rect)> = beside().collect();
    near.sort_by(|a, b| a.0.start.total_cmp(&b.0.start));
    let mut end = padding;
    let mut used: Vec<bool> =
        columns.windows(2).map(|column| stripe.at((column[0] + column[1]) / 2.0).is_none()).collect();
    for (span, word) in near {
        if span.start > end + LEADING * em {
            break;
        }
        if side == Side::Below && !keeps_to(word, columns) {
            return None;
        }
        let over = |column: &[f32]| word.x0 < column[1] - ROUNDED && word.x1 > column[0] + ROUNDED;
        // A heading over the table.
        if 2 * columns.windows(2).filter(|column| over(column)).count() > used.len() {
            break;
        }
        end = end.max(span.end);
        columns.windows(2).zip(&mut used).filter(|(column, _)| over(column)).for_each(|(_, used)| *used = true);
    }
    let filled = used.iter().filter(|used| **used).count();
    (2 * filled >= used.len()).then_some(edge + sign * (end + padding.max(0.0)))
}
