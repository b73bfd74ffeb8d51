//! Takes the rulings of a page as they were drawn, gives them joined and in groups that touch: the first two of the
//! five sentences of table finding (snap, join). A producer may draw a line once, in one piece per cell, in dashes or
//! twice over; here it becomes one. Cells are left to `grid`.

mod bridged;
mod open;

pub(crate) use bridged::bridged;

use crate::geom::{Axis, Span};
use crate::pdf::Ruling;

/// Pieces of one line differ by at most this much in position, in ems: producers round each cell on its own.
const COLLINEAR: f32 = 0.06;
/// However many pieces drift, one line is no thicker than this, in ems.
const COLLINEAR_TOTAL: f32 = 0.15;
/// Gap that pieces of one line may leave, in ems: corners left out, dashes.
const JOIN_GAP: f32 = 0.3;
/// Dashes may be further apart, up to their own length and at most this, in ems.
const DASH_GAP: f32 = 0.6;
/// Longest dash, in ems: longer pieces are the sides of cells.
const DASH: f32 = 1.0;
/// A piece no longer than this many times its thickness (or than [`DOT_LENGTH`]) is a dot and may belong to a line of
/// either axis.
const DOT: f32 = 2.0;
/// Widest cell that an arrow may end in, in points.
const CELL_WIDTH: f32 = 200.0;
/// Length up to which any piece is a dot, in ems.
const DOT_LENGTH: f32 = 0.1;
/// Smallest em, in points, that these count in: what producers round does not shrink with small print.
const SMALLEST_EM: f32 = 10.0;
/// Most rulings per page and axis that are looked at; a page with more is a drawing.
const MAX_RULINGS: usize = 8_000;

/// The lines of one axis and of the other that touch one another.
#[derive(Debug, Clone, Default)]
pub(crate) struct Web {
    /// Horizontal ones by position.
    pub(crate) horizontal: Vec<Ruling>,
    /// Vertical ones by position.
    pub(crate) vertical: Vec<Ruling>,
}

impl Web {
    /// The lines of one axis.
    pub(crate) fn of(&self, axis: Axis) -> &[Ruling] {
        match axis {
            Axis::Horizontal => &self.horizontal,
            Axis::Vertical => &self.vertical,
        }
    }
}

/// Joins the pieces of each line on a page whose text is `em` points large. `shortest` is the length in ems below
/// which a line is a speck.
pub(crate) fn joined(rulings: &[Ruling], em: f32, shortest: f32) -> Web {
    let shortest = shortest * em;
    let em = em.max(SMALLEST_EM);
    let mut pieces = Web::default();
    for ruling in rulings {
        let length = ruling.span.length();
        if !ruling.position.is_finite() || !length.is_finite() {
            continue;
        }
        let (own, other) = match ruling.axis {
            Axis::Horizontal => (&mut pieces.horizontal, &mut pieces.vertical),
            Axis::Vertical => (&mut pieces.vertical, &mut pieces.horizontal),
        };
        own.push(*ruling);
        if length <= (DOT * ruling.thickness).max(DOT_LENGTH * em) {
            other.push(turned(ruling));
        }
    }
    let lines = |pieces: Vec<Ruling>| {
        let mut lines = join_axis(pieces, em);
        lines.retain(|r| r.span.length() >= shortest);
        lines.truncate(MAX_RULINGS);
        lines
    };
    Web { horizontal: lines(pieces.horizontal), vertical: lines(pieces.vertical) }
}

/// A dot as a line of the other axis.
fn turned(dot: &Ruling) -> Ruling {
    let half = dot.thickness / 2.0;
    Ruling {
        axis: dot.axis.other(),
        position: dot.span.middle(),
        span: Span { start: dot.position - half, end: dot.position + half },
        thickness: dot.span.length(),
    }
}

/// Joins pieces of one axis that lie on one line and follow one another.
fn join_axis(mut pieces: Vec<Ruling>, em: f32) -> Vec<Ruling> {
    pieces.sort_by(|a, b| a.position.total_cmp(&b.position));
    let mut lines = Vec::new();
    let mut start = 0;
    while start < pieces.len() {
        let mut end = start + 1;
        while end < pieces.len()
            && pieces[end].position - pieces[end - 1].position <= COLLINEAR * em
            && pieces[end].position - pieces[start].position <= COLLINEAR_TOTAL * em
        {
            end += 1;
        }
        join_collinear(&mut pieces[start..end], em, &mut lines);
        start = end;
    }
    lines.sort_by(|a, b| a.position.total_cmp(&b.position).then(a.span.start.total_cmp(&b.span.start)));
    lines
}

/// Joins pieces that lie on one line where they follow one another.
fn join_collinear(pieces: &mut [Ruling], em: f32, lines: &mut Vec<Ruling>) {
    pieces.sort_by(|a, b| a.span.start.total_cmp(&b.span.start));
    let mut open: Option<(Ruling, f32, f32)> = None;
    for piece in pieces {
        let length = piece.span.length();
        match &mut open {
            Some((line, weight, last)) if piece.span.start - line.span.end <= gap(*last, length, em) => {
                line.position =
                    (line.position * *weight + piece.position * length.max(0.1)) / (*weight + length.max(0.1));
                *weight += length.max(0.1);
                line.span.end = line.span.end.max(piece.span.end);
                line.thickness = line.thickness.max(piece.thickness);
                *last = length;
            }
            _ => {
                lines.extend(open.take().map(|(line, _, _)| line));
                open = Some((*piece, length.max(0.1), length));
            }
        }
    }
    lines.extend(open.map(|(line, _, _)| line));
}

/// The gap that may lie between pieces of two lengths.
fn gap(before: f32, after: f32, em: f32) -> f32 {
    let shorter = before.min(after);
    if shorter > DASH * em { JOIN_GAP * em } else { shorter.clamp(JOIN_GAP * em, DASH_GAP * em) }
}

/// Takes out what is drawn into cells: horizontal lines that end inside a cell, such as arrows over several years. A
/// ruling ends where it meets another, or beyond the outermost; `reach` as in [`webs`].
pub(crate) fn without_drawings(mut lines: Web, reach: f32) -> Web {
    let down = &lines.vertical;
    let floats = |line: &Ruling, end: f32| {
        let crosses = |v: &&Ruling| v.span.start + reach < line.position && line.position < v.span.end - reach;
        let (mut before, mut after, mut met) = (false, false, false);
        let from = down.partition_point(|v| v.position < end - CELL_WIDTH);
        for v in down.iter().skip(from).take_while(|v| v.position <= end + CELL_WIDTH) {
            met |= (v.position - end).abs() <= reach
                && v.span.start - reach <= line.position
                && line.position <= v.span.end + reach;
            before |= v.position < end && crosses(&v);
            after |= v.position > end && crosses(&v);
        }
        !met && before && after
    };
    let drawn: Vec<bool> =
        lines.horizontal.iter().map(|line| floats(line, line.span.start) && floats(line, line.span.end)).collect();
    let mut drawn = drawn.into_iter();
    lines.horizontal.retain(|_| !drawn.next().unwrap_or(false));
    lines
}

/// The groups of lines that touch one another, each with lines of both axes, the topmost first. `reach` is how far a
/// line may end before the one that it meets, in points.
pub(crate) fn webs(lines: &Web, reach: f32) -> (Vec<Web>, Vec<Ruling>) {
    let (across, down) = (&lines.horizontal, &lines.vertical);
    let mut sets = Sets::new(across.len() + down.len());
    let mut met = vec![false; down.len()];
    for (index, line) in across.iter().enumerate() {
        let from = down.partition_point(|v| v.position < line.span.start - reach);
        for (other, v) in down.iter().enumerate().skip(from) {
            if v.position > line.span.end + reach {
                break;
            }
            if v.span.start - reach <= line.position && line.position <= v.span.end + reach {
                sets.unite(index, across.len() + other);
                met[other] = true;
            }
        }
    }
    open::unite(down, met, across.len(), reach, &mut sets);
    for (base, lines) in [(0, across), (across.len(), down)] {
        unite_parallel(lines, base, reach, &mut sets);
    }
    let mut groups: Vec<(usize, Web)> = Vec::new();
    let mut group_of = vec![usize::MAX; across.len() + down.len()];
    for (index, line) in across.iter().chain(down).enumerate() {
        let root = sets.root(index);
        if group_of[root] == usize::MAX {
            group_of[root] = groups.len();
            groups.push((root, Web::default()));
        }
        let web = &mut groups[group_of[root]].1;
        match line.axis {
            Axis::Horizontal => web.horizontal.push(*line),
            Axis::Vertical => web.vertical.push(*line),
        }
    }
    let (webs, loose): (Vec<Web>, Vec<Web>) =
        groups.into_iter().map(|(_, web)| web).partition(|w| !w.horizontal.is_empty() && !w.vertical.is_empty());
    (webs, loose.into_iter().flat_map(|w| w.horizontal.into_iter().chain(w.vertical)).collect())
}

/// Unites parallel lines side by side: double rules, and lines whose pieces drift.
fn unite_parallel(lines: &[Ruling], base: usize, reach: f32, sets: &mut Sets) {
    /// Lines beyond this many neighbours are united through those between them.
    const NEIGHBOURS: usize = 64;
    for (index, line) in lines.iter().enumerate() {
        for (other, next) in lines.iter().enumerate().skip(index + 1).take(NEIGHBOURS) {
            if next.position - line.position > reach {
                break;
            }
            if next.span.start <= line.span.end + reach && line.span.start <= next.span.end + reach {
                sets.unite(base + index, base + other);
            }
        }
    }
}

/// Disjoint sets of indices.
pub(crate) struct Sets(Vec<usize>);

impl Sets {
    /// Each index a set of its own.
    pub(crate) fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    /// The index that stands for the set of `index`.
    pub(crate) fn root(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    /// Makes one set of two; the smaller index stands for it.
    pub(crate) fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::{joined, webs, without_drawings};
    use crate::geom::{Axis, Span};
    use crate::pdf::Ruling;

    fn horizontal(position: f32, start: f32, end: f32) -> Ruling {
        Ruling { axis: Axis::Horizontal, position, span: Span { start, end }, thickness: 0.5 }
    }

    fn vertical(position: f32, start: f32, end: f32) -> Ruling {
        Ruling { axis: Axis::Vertical, ..horizontal(position, start, end) }
    }

    #[track_caller]
    fn case(drawn: &[Ruling], spans: &[(f32, f32)]) {
        let lines = joined(drawn, 10.0, 0.4).horizontal;
        assert_eq!(lines.iter().map(|r| (r.span.start, r.span.end)).collect::<Vec<_>>(), spans);
    }

    #[test]
    fn joins_pieces_of_one_line() {
        case(&[horizontal(10.0, 0.0, 50.0), horizontal(10.4, 50.5, 90.0)], &[(0.0, 90.0)]);
        case(&[horizontal(10.0, 0.0, 50.0), horizontal(10.0, 60.0, 90.0)], &[(0.0, 50.0), (60.0, 90.0)]);
        case(&[horizontal(10.0, 0.0, 50.0), horizontal(14.0, 50.0, 90.0)], &[(0.0, 50.0), (50.0, 90.0)]);
        case(&[horizontal(10.0, 0.0, 2.0)], &[]);
    }

    #[test]
    fn joins_dots_and_dashes_of_either_axis() {
        let dots: Vec<Ruling> = (0..40).map(|i| horizontal(10.0 + i as f32, 100.0, 100.5)).collect();
        let lines = joined(&dots, 10.0, 0.4);
        assert_eq!(lines.vertical.len(), 1);
        assert!(lines.horizontal.is_empty());
        let dashes: Vec<Ruling> = (0..9).map(|i| horizontal(10.0, 10.0 * i as f32, 10.0 * i as f32 + 5.5)).collect();
        case(&dashes, &[(0.0, 85.5)]);
        // The sides of cells of two tables.
        case(&[horizontal(10.0, 0.0, 14.0), horizontal(10.0, 18.5, 32.5)], &[(0.0, 14.0), (18.5, 32.5)]);
    }

    #[test]
    fn an_arrow_over_cells_is_no_ruling() {
        let mut drawn: Vec<Ruling> = [0.0, 50.0, 100.0, 150.0].map(|x| vertical(x, 0.0, 40.0)).into();
        drawn.extend([0.0, 40.0].map(|y| horizontal(y, 0.0, 150.0)));
        drawn.extend([horizontal(20.0, 60.0, 140.0), horizontal(10.0, 50.0, 150.0), horizontal(30.0, -20.0, 170.0)]);
        let kept = without_drawings(joined(&drawn, 10.0, 0.4), 2.0).horizontal;
        assert_eq!(kept.iter().map(|r| r.position).collect::<Vec<_>>(), [0.0, 10.0, 30.0, 40.0]);
    }

    #[test]
    fn groups_lines_that_touch() {
        let drawn = [
            horizontal(10.0, 0.0, 50.0),
            vertical(0.0, 10.5, 40.0),
            vertical(200.0, 10.0, 40.0),
            horizontal(40.0, 199.0, 250.0),
            horizontal(300.0, 0.0, 500.0),
        ];
        let (webs, loose) = webs(&joined(&drawn, 10.0, 0.4), 2.0);
        assert_eq!(webs.iter().map(|w| (w.horizontal.len(), w.vertical.len())).collect::<Vec<_>>(), [(1, 1), (1, 1)]);
        assert_eq!(loose.len(), 1);
    }

    #[test]
    fn a_column_that_no_ruling_crosses_on_this_page_belongs_to_its_table() {
        let mut drawn: Vec<Ruling> = [0.0, 30.0, 160.0, 300.0, 400.0].map(|x| vertical(x, 10.0, 200.0)).into();
        drawn.extend([80.0, 120.0].map(|y| horizontal(y, 160.0, 300.0)));
        let alone = [vertical(420.0, 10.0, 150.0), vertical(-4.0, 10.0, 200.0), vertical(620.0, 10.0, 200.0)];
        let lines = |drawn: Vec<Ruling>| webs(&joined(&drawn, 10.0, 0.4), 2.0);
        assert_eq!(lines(drawn.clone()).0.iter().map(|web| web.vertical.len()).collect::<Vec<_>>(), [5]);
        drawn.extend(alone);
        let (webs, loose) = lines(drawn);
        assert_eq!((webs.len(), webs[0].vertical.len(), loose.len()), (1, 5, 3));
    }
}
