//! Takes the filled areas of a page, gives stripes, shaded cells side by side, and stacks of stripes with the same columns.
//! Whether a stack is a table, the words say.

use crate::geom::{Rect, Span};

/// Smaller areas are no cells, in points.
pub(super) const LEAST: f32 = 5.0;
/// Areas that producers round stand this far off, in points.
pub(super) const ROUNDED: f32 = 1.0;
/// Tallest row without shade, in multiples of the tallest shaded one.
const TALLEST: f32 = 3.0;

/// Shaded cells side by side.
pub(super) struct Stripe {
    /// Where the row begins and ends.
    pub(super) rows: Span,
    /// From left to right; one that is taller is merged with cells below.
    pub(super) cells: Vec<Rect>,
}

impl Stripe {
    /// The cell at a place.
    pub(super) fn at(&self, x: f32) -> Option<&Rect> {
        self.cells.iter().find(|cell| cell.x0 <= x && x <= cell.x1)
    }
}

pub(super) fn is_cell(area: &Rect) -> bool {
    area.is_finite() && area.width() >= LEAST && area.height() >= LEAST
}

/// Areas that begin at one height, each where the one before it ends.
pub(super) fn stripes(areas: &[Rect]) -> Vec<Stripe> {
    let level = |a: &Rect, b: &Rect| b.y0 - a.y0 <= ROUNDED;
    let mut stripes = Vec::new();
    for row in areas.chunk_by(level) {
        let mut row = row.to_vec();
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        for cells in row.chunk_by(|a, b| (b.x0 - a.x1).abs() <= ROUNDED).filter(|cells| cells.len() > 1) {
            let end = cells.iter().map(|cell| cell.y1).fold(f32::INFINITY, f32::min);
            let start = cells.iter().map(|cell| cell.y0).fold(f32::INFINITY, f32::min);
            stripes.push(Stripe { rows: Span { start, end }, cells: cells.to_vec() });
        }
    }
    stripes
}

/// Stripes of the same columns above one another, each a row apart from the next or right below it.
pub(super) fn stacks(stripes: Vec<Stripe>) -> Vec<Vec<Stripe>> {
    let mut stacks: Vec<Vec<Stripe>> = Vec::new();
    for stripe in stripes {
        let fits = |stack: &&mut Vec<Stripe>| stack.last().is_some_and(|last| follows(last, &stripe));
        match stacks.iter_mut().rev().find(fits) {
            Some(stack) => stack.push(stripe),
            None => stacks.push(vec![stripe]),
        }
    }
    stacks
}

fn follows(above: &Stripe, below: &Stripe) -> bool {
    let apart = below.rows.start - above.rows.end;
    let tallest = above.rows.length().max(below.rows.length());
    let within = |of: &Stripe, other: &Stripe| {
        let has =
            |x: f32| other.cells.iter().any(|cell| (cell.x0 - x).abs() <= ROUNDED || (cell.x1 - x).abs() <= ROUNDED);
        of.cells.iter().all(|cell| has(cell.x0) && has(cell.x1))
    };
    (-ROUNDED..=TALLEST * tallest).contains(&apart) && (within(above, below) || within(below, above))
}
