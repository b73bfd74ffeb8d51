//! Takes a page whose text runs sideways or upside down, gives it turned so that the text runs to the right, and the
//! way back. Some producers draw a landscape sheet sideways on a portrait page and do not say so with `Rotate`.

use crate::geom::{Axis, Point, Rect, Span};
use crate::pdf::{Direction, Page, Ruling, Visibility};

/// Fewest glyphs that show which way a page is to be held.
const FEWEST_GLYPHS: usize = 20;

/// The direction of the page's horizontal text where nearly all of it runs in another than the usual one.
pub(crate) fn direction(page: &Page) -> Direction {
    let usual = |r: &crate::pdf::Run| r.vertical || r.direction == Direction::Right;
    if page.runs.iter().all(usual) {
        return Direction::Right;
    }
    let mut counts = [0usize; 4];
    for glyph in page.glyphs.iter().filter(|g| g.visibility == Visibility::Visible) {
        if let Some(run) = page.runs.get(glyph.run as usize) {
            let direction = if run.vertical { Direction::Right } else { run.direction };
            counts[quarters(direction)] += 1;
        }
    }
    let all: usize = counts.iter().sum();
    let most = [Direction::Down, Direction::Left, Direction::Up].into_iter().max_by_key(|d| counts[quarters(*d)]);
    most.filter(|d| all >= FEWEST_GLYPHS && 4 * counts[quarters(*d)] > 3 * all).unwrap_or_default()
}

/// Quarter turns clockwise.
fn quarters(direction: Direction) -> usize {
    match direction {
        Direction::Right => 0,
        Direction::Down => 1,
        Direction::Left => 2,
        Direction::Up => 3,
    }
}

/// A direction after a turn by which `turned` becomes [`Direction::Right`].
fn relative(direction: Direction, turned: Direction) -> Direction {
    [Direction::Right, Direction::Down, Direction::Left, Direction::Up]
        [(quarters(direction) + 4 - quarters(turned)) % 4]
}

/// A point of the page as seen, in the space in which text that runs in direction `turned` runs to the right. The page
/// is `width` by `height` as seen.
fn to_reading(turned: Direction, width: f32, height: f32, point: Point) -> Point {
    let Point { x, y } = point;
    match turned {
        Direction::Right => point,
        Direction::Down => Point { x: y, y: width - x },
        Direction::Left => Point { x: width - x, y: height - y },
        Direction::Up => Point { x: height - y, y: x },
    }
}

/// The way back from [`to_reading`].
fn to_seen(turned: Direction, width: f32, height: f32, point: Point) -> Point {
    let Point { x, y } = point;
    match turned {
        Direction::Right => point,
        Direction::Down => Point { x: width - y, y: x },
        Direction::Left => Point { x: width - x, y: height - y },
        Direction::Up => Point { x: y, y: height - x },
    }
}

/// A rectangle with both corners moved.
fn moved(bbox: &Rect, to: impl Fn(Point) -> Point) -> Rect {
    let (a, b) = (to(Point { x: bbox.x0, y: bbox.y0 }), to(Point { x: bbox.x1, y: bbox.y1 }));
    Rect::new(a.x, a.y, b.x, b.y)
}

/// A rectangle of the reading space on the page as seen.
pub(crate) fn seen(turned: Direction, page: &Page, bbox: &Rect) -> Rect {
    moved(bbox, |point| to_seen(turned, page.width, page.height, point))
}

/// Width and height of the page when held so that `turned` text runs to the right.
pub(crate) fn size(turned: Direction, page: &Page) -> (f32, f32) {
    match turned {
        Direction::Right | Direction::Left => (page.width, page.height),
        Direction::Down | Direction::Up => (page.height, page.width),
    }
}

/// The page turned so that `turned` text runs to the right.
pub(crate) fn upright(page: &Page, turned: Direction) -> Page {
    let to = |point: Point| to_reading(turned, page.width, page.height, point);
    let mut upright = page.clone();
    (upright.width, upright.height) = size(turned, page);
    upright.runs.iter_mut().for_each(|r| r.direction = relative(r.direction, turned));
    upright.glyphs.iter_mut().for_each(|g| g.bbox = moved(&g.bbox, to));
    upright.fills.iter_mut().for_each(|f| f.bbox = moved(&f.bbox, to));
    upright.rings.iter_mut().for_each(|r| *r = moved(r, to));
    upright.images.iter_mut().for_each(|i| *i = moved(i, to));
    upright.diagonals.iter_mut().for_each(|(from, until)| (*from, *until) = (to(*from), to(*until)));
    upright.rulings.iter_mut().for_each(|r| *r = turned_ruling(r, to));
    upright
}

/// A ruling with both ends moved.
fn turned_ruling(ruling: &Ruling, to: impl Fn(Point) -> Point) -> Ruling {
    let at = |along: f32| match ruling.axis {
        Axis::Horizontal => Point { x: along, y: ruling.position },
        Axis::Vertical => Point { x: ruling.position, y: along },
    };
    let (a, b) = (to(at(ruling.span.start)), to(at(ruling.span.end)));
    let axis = if (a.x - b.x).abs() >= (a.y - b.y).abs() { Axis::Horizontal } else { Axis::Vertical };
    let (position, span) = match axis {
        Axis::Horizontal => (a.y, Span::new(a.x, b.x)),
        Axis::Vertical => (a.x, Span::new(a.y, b.y)),
    };
    Ruling { axis, position, span, ..*ruling }
}

#[cfg(test)]
mod tests {
    use super::{seen, to_reading};
    use crate::geom::{Point, Rect};
    use crate::pdf::{Direction, Page};

    #[test]
    fn turns_forth_and_back() {
        let page = Page { width: 600.0, height: 800.0, ..Page::default() };
        let bbox = Rect { x0: 10.0, y0: 20.0, x1: 110.0, y1: 50.0 };
        for turned in [Direction::Right, Direction::Down, Direction::Left, Direction::Up] {
            let reading = super::moved(&bbox, |p| to_reading(turned, page.width, page.height, p));
            assert_eq!(seen(turned, &page, &reading), bbox, "{turned:?}");
        }
        let next = |from: Point, to: Point| {
            to_reading(Direction::Down, 600.0, 800.0, to).x > to_reading(Direction::Down, 600.0, 800.0, from).x
        };
        assert!(next(Point { x: 5.0, y: 10.0 }, Point { x: 5.0, y: 20.0 }));
    }
}
