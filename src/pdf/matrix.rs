//! Affine transformations of PDF (ISO 32000-2, 8.3.3), in double precision so that chains of `cm` do not drift.

use crate::geom::Rect;

/// `[a b c d e f]`: maps `(x, y)` to `(a x + c y + e, b x + d y + f)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix {
    pub(super) a: f64,
    pub(super) b: f64,
    pub(super) c: f64,
    pub(super) d: f64,
    pub(super) e: f64,
    pub(super) f: f64,
}

/// A point in any space.
pub(super) type Vector = (f64, f64);

impl Matrix {
    pub(super) const IDENTITY: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    pub(super) fn new(m: [f64; 6]) -> Self {
        let [a, b, c, d, e, f] = m;
        Self { a, b, c, d, e, f }
    }

    pub(super) fn translation(x: f64, y: f64) -> Self {
        Self { e: x, f: y, ..Self::IDENTITY }
    }

    /// First `self`, then `next`: the product `self × next` of the specification's row vectors.
    #[inline]
    pub(super) fn then(&self, next: &Self) -> Self {
        Self {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    #[inline]
    pub(super) fn apply(&self, (x, y): Vector) -> Vector {
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }

    /// Transforms a direction: without the translation.
    #[inline]
    pub(super) fn turn(&self, (x, y): Vector) -> Vector {
        (self.a * x + self.c * y, self.b * x + self.d * y)
    }

    pub(super) fn determinant(&self) -> f64 {
        self.a * self.d - self.b * self.c
    }

    /// The box around a transformed box, made of finite numbers whatever the input.
    #[inline]
    pub(super) fn apply_to_box(&self, x0: f64, y0: f64, x1: f64, y1: f64) -> Rect {
        let (ax, ay) = self.apply((x0, y0));
        let (bx, by) = self.apply((x1, y1));
        if (self.b == 0.0 && self.c == 0.0) || (self.a == 0.0 && self.d == 0.0) {
            return finite_box(ax, ay, bx, by);
        }
        let (cx, cy) = self.apply((x0, y1));
        let (dx, dy) = self.apply((x1, y0));
        finite_box(
            ax.min(bx).min(cx).min(dx),
            ay.min(by).min(cy).min(dy),
            ax.max(bx).max(cx).max(dx),
            ay.max(by).max(cy).max(dy),
        )
    }
}

/// Length of a vector; most lie along an axis.
#[inline]
pub(super) fn length((x, y): Vector) -> f64 {
    match (x == 0.0, y == 0.0) {
        (true, _) => y.abs(),
        (_, true) => x.abs(),
        _ => x.hypot(y),
    }
}

/// Farthest coordinate that is kept, in points: far outside of any page (ISO 32000-2, annex C: 14 400 units).
const FARTHEST: f64 = 1.0e6;

/// A page coordinate as it is stored: finite and within [`FARTHEST`].
#[inline]
#[allow(clippy::cast_possible_truncation)]
pub(super) fn coordinate(value: f64) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(-FARTHEST, FARTHEST) as f32 }
}

fn finite_box(x0: f64, y0: f64, x1: f64, y1: f64) -> Rect {
    Rect::new(coordinate(x0), coordinate(y0), coordinate(x1), coordinate(y1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_product_applies_the_left_matrix_first() {
        let scale = Matrix::new([2.0, 0.0, 0.0, 3.0, 0.0, 0.0]);
        let both = scale.then(&Matrix::translation(10.0, 20.0));
        assert_eq!(both.apply((1.0, 1.0)), (12.0, 23.0));
    }

    #[test]
    fn a_box_turned_by_45_degrees_grows() {
        let h = std::f64::consts::FRAC_1_SQRT_2;
        let bbox = Matrix::new([h, h, -h, h, 0.0, 0.0]).apply_to_box(0.0, 0.0, 1.0, 1.0);
        assert!((bbox.width() - 2.0_f32.sqrt()).abs() < 1e-6, "{bbox:?}");
    }

    #[test]
    fn overflowing_numbers_stay_finite() {
        let bbox = Matrix::new([f64::MAX, 0.0, 0.0, f64::NAN, 0.0, 0.0]).apply_to_box(0.0, 0.0, 9.0, 9.0);
        assert!(bbox.is_finite(), "{bbox:?}");
    }
}
