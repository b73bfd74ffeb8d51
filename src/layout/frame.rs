//! Takes a direction of text, gives the two coordinates that reading needs: *along* the line in reading direction and
//! *across* it towards the next line. With them, one routine reads horizontal, vertical, turned and upside-down text.

use crate::geom::{Rect, Span};
use crate::pdf::Direction;

/// Extent in reading direction; grows from the first character of a line to its last.
#[inline]
pub(crate) fn along(direction: Direction, bbox: &Rect) -> Span {
    match direction {
        Direction::Right => Span { start: bbox.x0, end: bbox.x1 },
        Direction::Down => Span { start: bbox.y0, end: bbox.y1 },
        Direction::Left => Span { start: -bbox.x1, end: -bbox.x0 },
        Direction::Up => Span { start: -bbox.y1, end: -bbox.y0 },
    }
}

/// Extent across the lines; grows from the first line of a paragraph to its last. Text that runs down has its next
/// line to the left, as vertical writing and horizontal text turned clockwise both have.
#[inline]
pub(crate) fn across(direction: Direction, bbox: &Rect) -> Span {
    match direction {
        Direction::Right => Span { start: bbox.y0, end: bbox.y1 },
        Direction::Down => Span { start: -bbox.x1, end: -bbox.x0 },
        Direction::Left => Span { start: -bbox.y1, end: -bbox.y0 },
        Direction::Up => Span { start: bbox.x0, end: bbox.x1 },
    }
}

#[cfg(test)]
mod tests {
    use super::{across, along};
    use crate::geom::Rect;
    use crate::pdf::Direction;

    /// The second of two characters is further along, and text on the second line is further across.
    #[track_caller]
    fn case(direction: Direction, first: Rect, second: Rect, below: Rect) {
        assert!(along(direction, &first).middle() < along(direction, &second).middle());
        assert!(across(direction, &first).middle() < across(direction, &below).middle());
        assert_eq!(along(direction, &first).length(), 10.0);
    }

    #[test]
    fn reads_in_every_direction() {
        let at = |x: f32, y: f32| Rect::new(x, y, x + 10.0, y + 10.0);
        case(Direction::Right, at(0.0, 0.0), at(10.0, 0.0), at(0.0, 15.0));
        case(Direction::Down, at(50.0, 0.0), at(50.0, 10.0), at(35.0, 0.0));
        case(Direction::Left, at(50.0, 50.0), at(40.0, 50.0), at(50.0, 35.0));
        case(Direction::Up, at(0.0, 50.0), at(0.0, 40.0), at(15.0, 50.0));
    }
}
