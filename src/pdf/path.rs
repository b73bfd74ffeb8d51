//! The current path (ISO 32000-2, 8.5) in page space, as far as tables need it: straight pieces, boxes, and the box
//! around curves.

use super::matrix::{Matrix, Vector};
use crate::geom::Rect;

/// A connected part of a path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subpath<'a> {
    /// Corners in page space; the end of a curve counts as one.
    pub(super) points: &'a [Vector],
    pub(super) closed: bool,
    /// Whether some of it is drawn as a curve.
    pub(super) curved: bool,
    /// Whether such a curve is not straight.
    pub(super) bent: bool,
}

#[derive(Debug, Clone, Copy)]
struct Part {
    start: usize,
    closed: bool,
    curved: bool,
    bent: bool,
}

/// The path under construction.
#[derive(Debug, Default)]
pub(super) struct Path {
    points: Vec<Vector>,
    parts: Vec<Part>,
    /// Where a curve's control points lie, so that its box is known.
    controls: Vec<Vector>,
}

/// A path with more points is cut here: no table is drawn in one.
pub(super) const MOST_POINTS: usize = 1_000_000;
/// Control points no further than this from the straight line make no curve, in points.
const BENT: f64 = 0.05;

impl Path {
    pub(super) fn clear(&mut self) {
        self.points.clear();
        self.parts.clear();
        self.controls.clear();
    }

    pub(super) fn is_full(&self) -> bool {
        self.points.len() >= MOST_POINTS
    }

    pub(super) fn move_to(&mut self, matrix: &Matrix, point: Vector) {
        if self.is_full() {
            return;
        }
        self.parts.push(Part { start: self.points.len(), closed: false, curved: false, bent: false });
        self.points.push(matrix.apply(point));
    }

    pub(super) fn line_to(&mut self, matrix: &Matrix, point: Vector) {
        if self.is_full() {
            return;
        }
        match self.parts.last() {
            None => return self.move_to(matrix, point),
            Some(part) if part.closed => {
                // After `h` the current point is the start of the closed subpath.
                let start = self.points.get(part.start).copied();
                self.parts.push(Part { start: self.points.len(), closed: false, curved: false, bent: false });
                self.points.extend(start);
            }
            Some(_) => {}
        }
        self.points.push(matrix.apply(point));
    }

    pub(super) fn curve_to(&mut self, matrix: &Matrix, controls: &[Vector], end: Vector) {
        let start = self.points.last().copied();
        self.line_to(matrix, end);
        let straight = |start: Vector| {
            let end = matrix.apply(end);
            controls.iter().all(|&point| lies_between(start, matrix.apply(point), end))
        };
        let bent = !start.is_some_and(straight);
        if self.controls.len() < MOST_POINTS {
            self.controls.extend(controls.iter().map(|&point| matrix.apply(point)));
        }
        if let Some(part) = self.parts.last_mut() {
            part.curved = true;
            part.bent |= bent;
        }
    }

    pub(super) fn rectangle(&mut self, matrix: &Matrix, (x, y): Vector, (width, height): Vector) {
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)].map(|at| matrix.apply(at));
        if self.points.len() + corners.len() > MOST_POINTS {
            return;
        }
        self.parts.push(Part { start: self.points.len(), closed: true, curved: false, bent: false });
        self.points.extend_from_slice(&corners);
    }

    pub(super) fn close(&mut self) {
        if let Some(part) = self.parts.last_mut() {
            part.closed = true;
        }
    }

    /// Whether it has more than one part: most do not.
    pub(super) fn is_divided(&self) -> bool {
        self.parts.len() > 1
    }

    pub(super) fn subpaths(&self) -> impl Iterator<Item = Subpath<'_>> {
        self.parts.iter().enumerate().map(|(index, part)| {
            let end = self.parts.get(index + 1).map_or(self.points.len(), |next| next.start);
            let points = self.points.get(part.start..end).unwrap_or_default();
            Subpath { points, closed: part.closed, curved: part.curved, bent: part.bent }
        })
    }

    /// The box around everything, control points included.
    pub(super) fn bbox(&self) -> Option<Rect> {
        let (first, rest) = self.points.split_first()?;
        Some(bounds(*first, rest.iter().chain(&self.controls)))
    }
}

impl Subpath<'_> {
    /// Its straight pieces; that back to the start too if it is closed or to be filled.
    pub(super) fn segments(&self) -> impl Iterator<Item = (Vector, Vector)> {
        let closing = match (self.closed, self.points.first(), self.points.last()) {
            (true, Some(&first), Some(&last)) if first != last => Some((last, first)),
            _ => None,
        };
        self.points.iter().copied().zip(self.points.iter().skip(1).copied()).chain(closing)
    }

    pub(super) fn bbox(&self) -> Option<Rect> {
        let (first, rest) = self.points.split_first()?;
        Some(bounds(*first, rest.iter()))
    }

    /// Whether it is a rectangle with sides along the axes, give or take `tolerance` points.
    pub(super) fn is_box(&self, tolerance: f64) -> bool {
        let corners = match self.points {
            [corners @ .., last]
                if corners.len() == 4 && corners.first().is_some_and(|first| near(*first, *last, tolerance)) =>
            {
                corners
            }
            other => other,
        };
        let [a, b, c, d] = corners else { return false };
        if self.curved {
            return false;
        }
        let level = |p: &Vector, q: &Vector| (p.1 - q.1).abs() <= tolerance;
        let upright = |p: &Vector, q: &Vector| (p.0 - q.0).abs() <= tolerance;
        (level(a, b) && upright(b, c) && level(c, d) && upright(d, a))
            || (upright(a, b) && level(b, c) && upright(c, d) && level(d, a))
    }
}

/// Whether a point lies on the straight line from one to another: drawing programs stroke lines that are curves.
fn lies_between(from: Vector, point: Vector, to: Vector) -> bool {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (px, py) = (point.0 - from.0, point.1 - from.1);
    let square = dx * dx + dy * dy;
    let along = px * dx + py * dy;
    (0.0..=square).contains(&along) && (px * dy - py * dx).powi(2) <= BENT * BENT * square
}

fn near(p: Vector, q: Vector, tolerance: f64) -> bool {
    (p.0 - q.0).abs() <= tolerance && (p.1 - q.1).abs() <= tolerance
}

fn bounds<'a>((x, y): Vector, rest: impl Iterator<Item = &'a Vector>) -> Rect {
    let [x0, y0, x1, y1] =
        rest.fold([x, y, x, y], |[x0, y0, x1, y1], &(x, y)| [x0.min(x), y0.min(y), x1.max(x), y1.max(y)]);
    Matrix::IDENTITY.apply_to_box(x0, y0, x1, y1)
}
