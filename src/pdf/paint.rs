//! Painted paths as rulings, diagonals and filled areas.
//!
//! A stroke along an axis is a ruling as long as it is thin; a filled box that is thin is one too, since many producers
//! draw lines that way; everything is cut to the clip first, so that a box of which only a sliver shows is a line.
//! Pieces stay pieces: joining them is the layout's.

use super::color::is_white;
use super::matrix::{Vector, coordinate, length};
use super::path::{Path, Subpath};
use super::state::{Paint, State};
use super::{Fill, Page, Ruling};
use crate::geom::{Axis, Point, Rect};

/// Thicker lines are areas, in points. Frames of 4.5 pt are the thickest that office programs draw as borders.
const THICKEST: f32 = 4.6;
/// How many times longer than thick a filled box must be to be a line...
const SLENDER: f32 = 3.0;
/// ...unless it is as thin as this, in points: the dots and dashes of dotted borders are short boxes.
const HAIR: f32 = 1.6;
/// How far off an axis the ends of a line may be, in points, or per point of its length.
const SLANT: f64 = 0.1;
const SLANT_PER_LENGTH: f64 = 0.005;
/// Shortest slanted stroke that is kept, in points: shorter ones are parts of drawings.
const SHORTEST_DIAGONAL: f64 = 5.0;

/// White areas are seen on colours whose components are no larger than this.
const DARK: u8 = 176;

/// A ring consists of so many arcs.
const RING_ARCS: usize = 4;
/// Width and height of a ring, in points.
const RING_SIZES: std::ops::Range<f32> = 5.0..80.0;
/// A ring is at least this share of its height wide.
const SLIMMEST_RING: f32 = 0.5;

/// How the inside of a path is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FillRule {
    NonZero,
    EvenOdd,
}

/// Adds what stroking `path` shows.
pub(super) fn stroke(page: &mut Page, state: &State, path: &Path) {
    if !state.stroke.shows() {
        return;
    }
    for subpath in path.subpaths() {
        if subpath.bent {
            page.rings.extend(ring(state, &subpath));
            continue;
        }
        for (from, to) in subpath.segments() {
            stroke_segment(page, state, from, to);
        }
    }
}

/// The box of a closed curve of the size of a character or a word: what people draw around one of several choices.
fn ring(state: &State, subpath: &Subpath) -> Option<Rect> {
    let (first, last) = (subpath.points.first()?, subpath.points.last()?);
    let closed = subpath.closed || (first.0 - last.0).hypot(first.1 - last.1) < SLANT;
    let bbox = subpath.bbox().filter(|_| closed && subpath.points.len() >= RING_ARCS)?;
    let sized = RING_SIZES.contains(&bbox.width()) && RING_SIZES.contains(&bbox.height());
    (sized && bbox.width() >= SLIMMEST_RING * bbox.height() && state.clip.shows_middle(&bbox)).then_some(bbox)
}

fn stroke_segment(page: &mut Page, state: &State, from: Vector, to: Vector) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = length((dx, dy));
    if !length.is_finite() || length == 0.0 {
        return;
    }
    let thickness = thickness(state, (dx / length, dy / length));
    let off = SLANT.max(length * SLANT_PER_LENGTH);
    let axis = match (dx.abs(), dy.abs()) {
        (x, y) if y <= off && x >= y => Axis::Horizontal,
        (x, y) if x <= off && y >= x => Axis::Vertical,
        _ => return diagonal(page, state, from, to),
    };
    let half = thickness / 2.0;
    let cap = if state.square_cap { half } else { 0.0 };
    let (wide, high) = if axis == Axis::Horizontal { (cap, half) } else { (half, cap) };
    let (x0, x1) = middle_if(axis == Axis::Vertical, from.0, to.0);
    let (y0, y1) = middle_if(axis == Axis::Horizontal, from.1, to.1);
    let bbox = Rect::new(
        coordinate(x0.min(x1) - wide),
        coordinate(y0.min(y1) - high),
        coordinate(x0.max(x1) + wide),
        coordinate(y0.max(y1) + high),
    );
    let Some(shown) = state.clip.cut(&bbox) else { return };
    let across = shown.span(axis.other()).length();
    if across > THICKEST {
        area(page, &shown, &state.stroke);
    } else {
        page.rulings.push(ruling(&shown, axis));
    }
}

fn middle_if(level: bool, a: f64, b: f64) -> (f64, f64) {
    let middle = f64::midpoint(a, b);
    if level { (middle, middle) } else { (a, b) }
}

/// Thickness on the page of a stroke in direction `along`: the pen is a circle in user space, an ellipse on the page.
fn thickness(state: &State, along: Vector) -> f64 {
    let m = &state.ctm;
    let determinant = m.determinant().abs();
    let (ux, uy) = (m.d * along.0 - m.c * along.1, m.a * along.1 - m.b * along.0);
    let width = state.line_width.abs() * length((ux, uy));
    if width.is_finite() && determinant > 0.0 { width } else { 0.0 }
}

fn diagonal(page: &mut Page, state: &State, from: Vector, to: Vector) {
    let bbox = Rect::new(coordinate(from.0), coordinate(from.1), coordinate(to.0), coordinate(to.1));
    if (to.0 - from.0).hypot(to.1 - from.1) < SHORTEST_DIAGONAL || !state.clip.shows_middle(&bbox) {
        return;
    }
    let point = |(x, y): Vector| Point { x: coordinate(x), y: coordinate(y) };
    page.diagonals.push((point(from), point(to)));
}

fn ruling(shown: &Rect, axis: Axis) -> Ruling {
    let across = shown.span(axis.other());
    Ruling { axis, position: across.middle(), span: shown.span(axis), thickness: across.length() }
}

fn area(page: &mut Page, shown: &Rect, paint: &Paint) {
    page.fills.push(Fill { bbox: *shown, color: paint.color });
}

/// Adds what filling `path` shows.
pub(super) fn fill(page: &mut Page, state: &State, path: &Path, rule: FillRule) {
    if !state.fill.shows() {
        if state.fill.covers() {
            white_boxes(page, state, path);
        }
        return;
    }
    if path.is_divided() {
        if let Some(bands) = frame(path, rule) {
            bands.iter().for_each(|band| filled_box(page, state, band));
            return;
        }
        page.rings.extend(band(state, path));
    }
    for subpath in path.subpaths() {
        let Some(bbox) = subpath.bbox() else { continue };
        if subpath.is_box(SLANT) || (!subpath.curved && is_line(&bbox)) {
            filled_box(page, state, &bbox);
        } else if let Some((from, to)) = slanted_line(&subpath) {
            diagonal(page, state, from, to);
        }
    }
}

/// White areas show where something dark lies under them, which [`settle`] decides.
fn white_boxes(page: &mut Page, state: &State, path: &Path) {
    let boxes = path.subpaths().filter(|subpath| subpath.is_box(SLANT)).filter_map(|subpath| subpath.bbox());
    for shown in boxes.filter_map(|bbox| state.clip.cut(&bbox)).filter(|shown| !is_line(shown)) {
        area(page, &shown, &state.fill);
    }
}

/// Takes the white areas out that are white on white: those stay that lie in a dark one painted before, as cells do
/// whose table is a dark box.
pub(super) fn settle(fills: &mut Vec<Fill>) {
    let is_dark = |fill: &Fill| fill.color.iter().all(|component| *component <= DARK);
    let inside = |outer: &Option<Rect>, inner: &Rect| outer.is_some_and(|o| o.intersection(inner) == Some(*inner));
    let mut under: Option<Rect> = None;
    fills.retain(|fill| {
        if is_white(fill.color) {
            return inside(&under, &fill.bbox);
        }
        if is_dark(fill) && !inside(&under, &fill.bbox) {
            under = Some(fill.bbox);
        }
        true
    });
}

/// The box of a ring that is drawn as the filled band between two closed curves, one inside the other.
fn band(state: &State, path: &Path) -> Option<Rect> {
    let mut curves = path.subpaths().filter(|subpath| subpath.points.len() > 1);
    let (first, second) = (curves.next()?, curves.next()?);
    if curves.next().is_some() || !first.curved || !second.curved {
        return None;
    }
    let (a, b) = (ring(state, &first)?, ring(state, &second)?);
    let (outer, inner) = if a.intersection(&b) == Some(b) { (a, b) } else { (b, a) };
    let thin = |outer: f32, inner: f32| (0.0..=2.0 * THICKEST).contains(&(outer - inner));
    let within = outer.intersection(&inner) == Some(inner);
    (within && thin(outer.width(), inner.width()) && thin(outer.height(), inner.height())).then_some(outer)
}

/// The four bands between two boxes, one inside the other, of which only the space between them is filled.
fn frame(path: &Path, rule: FillRule) -> Option<[Rect; 4]> {
    let mut subpaths = path.subpaths().filter(|subpath| subpath.points.len() > 1);
    let (first, second) = (subpaths.next()?, subpaths.next()?);
    if subpaths.next().is_some() || !first.is_box(SLANT) || !second.is_box(SLANT) {
        return None;
    }
    let hollow = rule == FillRule::EvenOdd || turning(&first) * turning(&second) < 0.0;
    let (a, b) = (first.bbox()?, second.bbox()?);
    let holds = |outer: &Rect, inner: &Rect| outer.intersection(inner) == Some(*inner);
    let (outer, inner) = if holds(&a, &b) { (a, b) } else { (b, a) };
    if !hollow || !holds(&outer, &inner) {
        return None;
    }
    Some([
        Rect { y1: inner.y0, ..outer },
        Rect { y0: inner.y1, ..outer },
        Rect { x1: inner.x0, ..outer },
        Rect { x0: inner.x1, ..outer },
    ])
}

/// Twice the area that the corners go around, negative the other way round.
fn turning(subpath: &Subpath<'_>) -> f64 {
    subpath.segments().map(|((x0, y0), (x1, y1))| x0 * y1 - x1 * y0).sum()
}

fn filled_box(page: &mut Page, state: &State, bbox: &Rect) {
    let Some(shown) = state.clip.cut(bbox) else { return };
    let (width, height) = (shown.width(), shown.height());
    if width.max(height) <= 0.0 {
        return;
    }
    if !is_line(&shown) {
        area(page, &shown, &state.fill);
        return;
    }
    if width >= height {
        page.rulings.push(ruling(&shown, Axis::Horizontal));
    }
    if height >= width {
        page.rulings.push(ruling(&shown, Axis::Vertical));
    }
}

/// Whether a filled box is so thin that a reader sees a line.
fn is_line(bbox: &Rect) -> bool {
    let (short, long) = (bbox.width().min(bbox.height()), bbox.width().max(bbox.height()));
    short <= HAIR || (short <= THICKEST && long >= short * SLENDER)
}

/// The middle line of a thin slanted quadrilateral.
fn slanted_line(subpath: &Subpath<'_>) -> Option<(Vector, Vector)> {
    let points = match subpath.points {
        [corners @ .., last] if corners.first() == Some(last) => corners,
        other => other,
    };
    let [a, b, c, d] = points else { return None };
    let middle = |p: &Vector, q: &Vector| (f64::midpoint(p.0, q.0), f64::midpoint(p.1, q.1));
    let side = |p: &Vector, q: &Vector| (p.0 - q.0).hypot(p.1 - q.1);
    let (long, short) = (side(a, b).min(side(c, d)), side(b, c).max(side(d, a)));
    let (ends, long, short) = if long >= short {
        ((middle(d, a), middle(b, c)), long, short)
    } else {
        ((middle(a, b), middle(c, d)), side(b, c).min(side(d, a)), side(a, b).max(side(c, d)))
    };
    (!subpath.curved && short <= f64::from(THICKEST) && long > short * f64::from(SLENDER) * 2.0).then_some(ends)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{lines, page};

    #[track_caller]
    fn case(content: &str, expected: &[&str]) {
        assert_eq!(lines(&page(content, "/ExtGState<</T<</CA 0/ca 0>>>>", "")), expected, "{content}");
    }

    #[test]
    fn strokes() {
        case("2 w 10 20 m 90 20 l S", &["h 80.0 10.0..90.0 2.0"]);
        case("10 20 m 10 90 l 50 90 l S", &["v 10.0 10.0..80.0 1.0", "h 10.0 10.0..50.0 1.0"]);
        case("10 20 m 50 60 l S 10 20 m 12 21 l S", &["/"]);
        case("0 w [1 2] 0 d 10 20 m 90 20 l S", &["h 80.0 10.0..90.0 0.0"]);
        case("2 J 2 w 10 20 m 90 20 l S", &["h 80.0 9.0..91.0 2.0"]);
        case("40 w 10 50 m 90 50 l S", &["fill 10.0 30.0 90.0 70.0"]);
        case("10 20 m 30 20 60 20 90 20 c S", &["h 80.0 10.0..90.0 1.0"]);
        case("10 20 m 30 20 60 30 90 20 c S", &[]);
        case("10 20 m 30 20 60 20 90 20 c 90 21 l 10 21 l f", &[]);
    }

    #[test]
    fn a_closed_curve_of_the_size_of_a_letter_is_a_ring() {
        let circle =
            "50 40 m 50 45.5 45.5 50 40 50 c 34.5 50 30 45.5 30 40 c 30 34.5 34.5 30 40 30 c 45.5 30 50 34.5 50 40 c";
        case(&format!("{circle} h S"), &["o"]);
        case(&format!("{circle} S"), &["o"]);
        case(&format!("{circle} f"), &[]);
        case(&format!("q 9 0 0 9 -300 -300 cm {circle} h S Q"), &[]);
        case("50 40 m 50 45.5 45.5 50 40 50 c 34.5 50 30 45.5 30 40 c S", &[]);
        let inner = "49 40 m 49 45 45 49 40 49 c 35 49 31 45 31 40 c 31 35 35 31 40 31 c 45 31 49 35 49 40 c";
        case(&format!("{circle} h {inner} h f*"), &["o"]);
        case(&format!("{circle} h 90 40 m 90 45 85 49 80 49 c 75 49 71 45 71 40 c h f"), &[]);
    }

    #[test]
    fn a_pen_is_scaled_across_the_stroke() {
        case("q 10 0 0 2 0 0 cm 1 w 1 10 m 9 10 l S Q", &["h 80.0 10.0..90.0 2.0"]);
        case("q 10 0 0 2 0 0 cm .1 w 1 10 m 1 40 l S Q", &["v 10.0 20.0..80.0 1.0"]);
    }

    #[test]
    fn a_stroked_box_is_four_rulings() {
        let sides =
            ["h 80.0 10.0..60.0 1.0", "v 60.0 50.0..80.0 1.0", "h 50.0 10.0..60.0 1.0", "v 10.0 50.0..80.0 1.0"];
        case("10 20 50 30 re S", &sides);
        case("10 20 m 60 20 l 60 50 l 10 50 l s", &sides);
    }

    #[test]
    fn thin_filled_boxes_are_rulings() {
        case("10 20 80 .5 re f", &["h 79.8 10.0..90.0 0.5"]);
        case("10 20 .5 60 re 30 20 .5 60 re f", &["v 10.2 20.0..80.0 0.5", "v 30.2 20.0..80.0 0.5"]);
        case("10 20 80 12 re f", &["fill 10.0 68.0 90.0 80.0"]);
        case("10 20 1 1 re f", &["h 79.5 10.0..11.0 1.0", "v 10.5 79.0..80.0 1.0"]);
        case("10 20 m 90 20 l 89 21 l 11 21 l f", &["h 79.5 10.0..90.0 1.0"]);
    }

    #[test]
    fn double_lines_stay_two() {
        case("10 20 80 .5 re 10 22 80 .5 re f", &["h 79.8 10.0..90.0 0.5", "h 77.8 10.0..90.0 0.5"]);
    }

    #[test]
    fn a_frame_between_two_boxes_is_four_rulings() {
        let sides =
            ["h 20.5 10.0..90.0 1.0", "h 79.5 10.0..90.0 1.0", "v 10.5 20.0..80.0 1.0", "v 89.5 20.0..80.0 1.0"];
        case("10 20 80 60 re 11 21 78 58 re f*", &sides);
        case("10 20 80 60 re 11 21 m 11 79 l 89 79 l 89 21 l h f", &sides);
    }

    #[test]
    fn what_nobody_sees_is_no_ruling() {
        case("1 g 1 G 10 20 80 .5 re f 10 20 m 90 20 l S", &[]);
        case("/T gs 10 20 80 .5 re f 10 20 m 90 20 l S", &[]);
        case("0 0 5 5 re W n 10 20 80 .5 re f 10 20 m 90 20 l S", &[]);
    }

    #[test]
    fn white_boxes_in_a_dark_one_are_areas() {
        let table = "fill 10.0 20.0 90.0 80.0";
        case("1 g 12 22 30 50 re f", &[]);
        case("10 20 80 60 re f 1 g 12 22 30 50 re f", &[table, "fill 12.0 28.0 42.0 78.0"]);
        case(
            "10 20 80 60 re f .3 g 12 22 9 9 re f 1 g 50 22 30 50 re f",
            &[table, "fill 12.0 69.0 21.0 78.0", "fill 50.0 28.0 80.0 78.0"],
        );
        case("10 20 80 60 re f 1 g 100 22 30 50 re f 12 22 30 .5 re f", &[table]);
        case(".9 g 10 20 80 60 re f 1 g 12 22 30 50 re f", &[table]);
    }

    #[test]
    fn a_box_of_which_a_sliver_shows_is_a_ruling() {
        case("10 20 80 .5 re W n 0 0 200 100 re f", &["h 79.8 10.0..90.0 0.5"]);
    }
}
