//! The way from a page's user space to the page space of [`crate::geom`]: crop box, rotation, `UserUnit`
//! (ISO 32000-2, 7.7.3.3 and 8.3.2.3). The one y flip of the crate is here.

use super::matrix::Matrix;
use super::object::{get_number, get_rect};
use super::tree::PageNode;
use crate::geom::Rect;
use lopdf::Document;

/// The size of a page as seen, and how its user space lies on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PageSpace {
    pub(super) width: f32,
    pub(super) height: f32,
    /// User space to page space.
    pub(super) matrix: Matrix,
    /// Whether a box had to be assumed.
    pub(super) assumed: bool,
}

/// US Letter, what readers show where no `MediaBox` says otherwise.
const DEFAULT_BOX: Rect = Rect { x0: 0.0, y0: 0.0, x1: 612.0, y1: 792.0 };
/// Smaller boxes are mistakes, in units of user space.
const SMALLEST_SIDE: f32 = 0.01;

impl PageSpace {
    pub(super) fn of(objects: &Document, page: &PageNode<'_>) -> Self {
        let usable = |bbox: &Rect| bbox.width() > SMALLEST_SIDE && bbox.height() > SMALLEST_SIDE;
        let written = page.inherited(objects, b"MediaBox", |dict, key| get_rect(objects, dict, key)).filter(usable);
        let media = written.unwrap_or(DEFAULT_BOX);
        let crop = page
            .inherited(objects, b"CropBox", |dict, key| get_rect(objects, dict, key))
            .and_then(|crop| crop.intersection(&media))
            .filter(usable)
            .unwrap_or(media);
        let rotate = page.inherited(objects, b"Rotate", |dict, key| get_number(objects, dict, key)).unwrap_or(0.0);
        let unit = get_number(objects, page.dict, b"UserUnit").filter(|unit| (1.0e-3..=1.0e5).contains(unit));
        Self { assumed: written.is_none(), ..Self::new(crop, quarter_turns(rotate), unit.unwrap_or(1.0)) }
    }

    #[allow(clippy::cast_possible_truncation)]
    fn new(crop: Rect, quarters: u8, unit: f64) -> Self {
        let [x0, y0, x1, y1] = [crop.x0, crop.y0, crop.x1, crop.y1].map(f64::from);
        let u = unit;
        let matrix = match quarters {
            0 => [u, 0.0, 0.0, -u, -x0 * u, y1 * u],
            1 => [0.0, u, u, 0.0, -y0 * u, -x0 * u],
            2 => [-u, 0.0, 0.0, u, x1 * u, -y0 * u],
            _ => [0.0, -u, -u, 0.0, y1 * u, x1 * u],
        };
        let (width, height) = (((x1 - x0) * u) as f32, ((y1 - y0) * u) as f32);
        let (width, height) = if quarters.is_multiple_of(2) { (width, height) } else { (height, width) };
        Self { width, height, matrix: Matrix::new(matrix), assumed: false }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn quarter_turns(degrees: f64) -> u8 {
    (degrees / 90.0).round().rem_euclid(4.0) as u8 % 4
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the bottom left corner of the crop box, and a point 10 to its right and 20 above it, come to lie.
    #[track_caller]
    fn case(quarters: u8, size: (f32, f32), corner: (f64, f64), inside: (f64, f64)) {
        let space = PageSpace::new(Rect::new(5.0, 7.0, 105.0, 207.0), quarters, 2.0);
        assert_eq!((space.width, space.height), size);
        assert_eq!(space.matrix.apply((5.0, 7.0)), corner);
        assert_eq!(space.matrix.apply((15.0, 27.0)), inside);
    }

    #[test]
    fn all_four_rotations_with_a_user_unit() {
        case(0, (200.0, 400.0), (0.0, 400.0), (20.0, 360.0));
        case(1, (400.0, 200.0), (0.0, 0.0), (40.0, 20.0));
        case(2, (200.0, 400.0), (200.0, 0.0), (180.0, 40.0));
        case(3, (400.0, 200.0), (400.0, 200.0), (360.0, 180.0));
    }

    #[test]
    fn odd_rotations_are_rounded_and_wrapped() {
        assert_eq!([-90.0, 450.0, 0.0, 89.0, 1e30].map(quarter_turns)[..4], [3, 1, 0, 1]);
    }
}
