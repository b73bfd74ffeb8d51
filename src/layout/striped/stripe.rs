//! Takes the filled areas of a page, gives stripes, shaded cells side by side, and stacks of stripes with the same columns,
//! headings between rows as wide as the stack included. Whether a stack is a table, the words say.

use crate::geom::{Rect, Span};

/// Smaller areas are no cells, in points.
pub(super) const LEAST: f32 = 5.0;
/// Areas that producers round stand this far off, in points.
pub(super) const ROUNDED: f32 = 1.0;
/// Tallest row without shade, in multiples of the tallest shaded one.
const TALLEST: f32 = 3.0;

/// Rows of a header that are shaded cell by cell.
const HEADER_ROWS: usize = 2;

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

    /// Whether it is one area, as a heading between rows is.
    pub(super) fn is_heading(&self) -> bool {
        self.cells.len() == 1
    }
}

pub(super) fn is_cell(area: &Rect) -> bool {
    area.is_finite() && area.width() >= LEAST && area.height() >= LEAST
}

/// Areas that begin at one height, each where the one before it ends; one that stands alone may be a heading, unless cells
/// are drawn on it.
pub(super) fn stripes(areas: &[Rect]) -> Vec<Stripe> {
    let level = |a: &Rect, b: &Rect| b.y0 - a.y0 <= ROUNDED;
    let mut stripes = Vec::new();
    for row in areas.chunk_by(level) {
        let mut row = row.to_vec();
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        for cells in row.chunk_by(|a, b| (b.x0 - a.x1).abs() <= ROUNDED) {
            let end = cells.iter().map(|cell| cell.y1).fold(f32::INFINITY, f32::min);
            let start = cells.iter().map(|cell| cell.y0).fold(f32::INFINITY, f32::min);
            stripes.push(Stripe { rows: Span { start, end }, cells: cells.to_vec() });
        }
    }
    let rows: Vec<Span> = stripes.iter().filter(|stripe| !stripe.is_heading()).map(|stripe| stripe.rows).collect();
    stripes.retain(|stripe| !stripe.is_heading() || rows.iter().all(|row| row.overlap(stripe.rows) <= ROUNDED));
    stripes
}

/// Stripes of the same columns above one another, each a row apart from the next or right below it. A heading stands
/// between two of them.
pub(super) fn stacks(stripes: Vec<Stripe>) -> Vec<Vec<Stripe>> {
    let mut stacks: Vec<Vec<Stripe>> = Vec::new();
    for stripe in stripes {
        let fits = |stack: &&mut Vec<Stripe>| follows(stack, &stripe);
        match stacks.iter_mut().rev().find(fits) {
            Some(stack) => stack.push(stripe),
            None if stripe.is_heading() => {}
            None => stacks.push(vec![stripe]),
        }
    }
    for stack in &mut stacks {
        let end = stack.iter().rposition(|stripe| !stripe.is_heading()).map_or(0, |last| last + 1);
        stack.truncate(end);
    }
    stacks
}

fn follows(stack: &[Stripe], below: &Stripe) -> bool {
    // The columns are those of the last row, not of a heading below it.
    let row = stack.iter().rfind(|stripe| !stripe.is_heading());
    let (Some(last), Some(row)) = (stack.last(), row) else { return false };
    let apart = below.rows.start - last.rows.end;
    let tallest = row.rows.length().max(below.rows.length());
    let within = |of: &Stripe, other: &Stripe| {
        let has =
            |x: f32| other.cells.iter().any(|cell| (cell.x0 - x).abs() <= ROUNDED || (cell.x1 - x).abs() <= ROUNDED);
        of.cells.iter().all(|cell| has(cell.x0) && has(cell.x1))
    };
    let same = if below.is_heading() {
        let ends = |stripe: &Stripe| stripe.cells.first().zip(stripe.cells.last()).map(|(a, b)| (a.x0, b.x1));
        let near = |((a0, a1), (b0, b1)): ((f32, f32), (f32, f32))| (a0 - b0).abs().max((a1 - b1).abs()) <= ROUNDED;
        // The lower row of a header may shade the columns under a wide heading only.
        let mut rows = stack.iter().rev().filter(|stripe| !stripe.is_heading()).take(HEADER_ROWS);
        rows.any(|row| ends(row).zip(ends(below)).is_some_and(near))
    } else {
        within(row, below) || within(below, row) || lies_under(row, below)
    };
    (-ROUNDED..=TALLEST * tallest).contains(&apart) && same
}

/// Whether `below` is the lower row of a header: it lies right under wide cells of `row`, beside which others reach down.
fn lies_under(row: &Stripe, below: &Stripe) -> bool {
    let (Some(first), Some(last)) = (below.cells.first(), below.cells.last()) else { return false };
    let (mut left, mut right, mut beside) = (false, false, false);
    for cell in &row.cells {
        let ends = (cell.y1 - below.rows.start).abs() <= ROUNDED;
        left |= ends && (cell.x0 - first.x0).abs() <= ROUNDED;
        right |= ends && (cell.x1 - last.x1).abs() <= ROUNDED;
        beside |= cell.y1 >= below.rows.end - ROUNDED;
    }
    left && right && beside
}
