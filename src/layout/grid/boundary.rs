//! Takes rulings, gives the boundaries of the lattice that they are: where they stand, and which stretch of them is ruled.

use super::{COVERED, Side};
use crate::geom::{Axis, Span};
use crate::layout::ruling::Web;
use crate::pdf::Ruling;

/// Where rulings of `axis` stand, ascending: double rules and rulings that drift are one position, and where a side of
/// the web has no ruling, the end of the crossing ones is a position too.
pub(super) fn positions(web: &Web, axis: Axis, snap: f32, empty: &dyn Fn(Axis, Span, Span) -> bool) -> Vec<f32> {
    let lines = web.of(axis);
    let mut found: Vec<Ruling> = Vec::with_capacity(lines.len() + 2);
    found.extend(lines);
    let crossing = web.of(axis.other());
    let first = lines.iter().map(|r| r.position).fold(f32::MAX, f32::min);
    let last = lines.iter().map(|r| r.position).fold(f32::MIN, f32::max);
    let starts = crossing.iter().map(|r| -r.span.start).collect();
    let ends = crossing.iter().map(|r| r.span.end).collect();
    for (position, beyond) in [(outermost(starts, snap).map(|p| -p), -1.0), (outermost(ends, snap), 1.0)] {
        let Some(position) = position else { continue };
        let edge = if beyond < 0.0 { first } else { last };
        if (position - edge) * beyond > snap {
            found.push(Ruling { axis, position, span: Span::default(), thickness: 0.0 });
        }
    }
    found.sort_by(|a, b| a.position.total_cmp(&b.position));
    let mut positions = Vec::new();
    let mut rest = found.as_slice();
    while !rest.is_empty() {
        let joins = |count: usize, line: &Ruling| {
            let cluster = rest.get(..count).unwrap_or_default();
            (is_near(cluster, line, snap) || is_double(cluster, line, snap, empty))
                && !is_gap(cluster, line, snap, crossing)
        };
        let more = rest.iter().enumerate().skip(1).take_while(|(count, line)| joins(*count, line)).count();
        let (cluster, below) = rest.split_at(more + 1);
        positions.push(mean(cluster));
        rest = below;
    }
    positions
}

/// Whether a line stands so close to a cluster that both are one boundary.
fn is_near(cluster: &[Ruling], line: &Ruling, snap: f32) -> bool {
    let (first, last) = (cluster.first().map_or(0.0, |r| r.position), cluster.last().map_or(0.0, |r| r.position));
    line.position - last <= snap && line.position - first <= 2.0 * snap
}

/// Whether a line and the last of a cluster are the two lines of a wide double rule: parallel, too close for a line
/// of text, and none between them.
fn is_double(cluster: &[Ruling], line: &Ruling, snap: f32, empty: &dyn Fn(Axis, Span, Span) -> bool) -> bool {
    /// Widest double rule, in multiples of the distance that always counts as one.
    const DOUBLE: f32 = 2.0;
    cluster.last().is_some_and(|last| {
        let shared = Span { start: last.span.start.max(line.span.start), end: last.span.end.min(line.span.end) };
        line.position - last.position <= DOUBLE * snap
            && cluster.first().is_some_and(|first| line.position - first.position <= DOUBLE * snap)
            && shared.length() > COVERED * last.span.length().max(line.span.length())
            && empty(line.axis, Span { start: last.position, end: line.position }, shared)
    })
}

/// Whether two parallel lines are the foot of one table and the head of the next: rulings end at each of the two and
/// none crosses the gap.
fn is_gap(cluster: &[Ruling], line: &Ruling, snap: f32, crossing: &[Ruling]) -> bool {
    /// Narrowest gap, in multiples of the distance that counts as one: a double rule is closer.
    const NARROWEST: f32 = 0.5;
    let Some(last) = cluster.last() else { return false };
    let gap = Span { start: last.position, end: line.position };
    if gap.length() < NARROWEST * snap {
        return false;
    }
    let (mut above, mut below) = (0, 0);
    for ruling in crossing {
        if ruling.span.overlap(gap) > COVERED * gap.length() {
            return false;
        }
        let near = |end: f32, position: f32| (end - position).abs() < COVERED * gap.length();
        above += usize::from(near(ruling.span.end, gap.start));
        below += usize::from(near(ruling.span.start, gap.end));
    }
    above > 1 && below > 1
}

/// Mean position of lines, the longer ones counting more.
fn mean(lines: &[Ruling]) -> f32 {
    let weight: f32 = lines.iter().map(|r| r.span.length().max(0.01)).sum();
    lines.iter().map(|r| r.position * r.span.length().max(0.01)).sum::<f32>() / weight
}

/// The largest value that at least two of `values` agree on.
fn outermost(mut values: Vec<f32>, snap: f32) -> Option<f32> {
    values.sort_by(|a, b| b.total_cmp(a));
    values.windows(2).find(|pair| pair[0] - pair[1] <= snap).map(|pair| pair[0])
}

/// Which stretch of the first and of the last boundary the ends of the crossing rulings close.
pub(super) fn open_sides(
    crossing: &[Ruling],
    positions: &[f32],
    others: &[f32],
    snap: f32,
) -> [Option<(usize, usize)>; 2] {
    let edge = ends(positions);
    let reach = |reaches: &dyn Fn(&Ruling) -> bool| {
        let mut at = crossing.iter().filter(|r| reaches(r)).map(|r| nearest(others, r.position));
        let first = at.next()?;
        let (first, last) = at.fold((first, first), |(a, b), i| (a.min(i), b.max(i)));
        (first < last).then_some((first, last))
    };
    [reach(&|r| r.span.start <= edge.start + 2.0 * snap), reach(&|r| r.span.end >= edge.end - 2.0 * snap)]
}

/// What lies on each boundary: for each of `positions`, one side for each stretch between `others`.
pub(super) fn sides(
    lines: &[Ruling],
    positions: &[f32],
    others: &[f32],
    open: &[Option<(usize, usize)>; 2],
) -> Vec<Side> {
    let stretches = others.len() - 1;
    let mut covered = vec![0.0f32; positions.len() * stretches];
    for line in lines {
        let base = nearest(positions, line.position) * stretches;
        let from = others.partition_point(|o| *o <= line.span.start).saturating_sub(1);
        for (index, pair) in others.windows(2).enumerate().skip(from) {
            if pair[0] >= line.span.end {
                break;
            }
            covered[base + index] += line.span.overlap(Span { start: pair[0], end: pair[1] });
        }
    }
    let mut sides: Vec<Side> = Vec::with_capacity(covered.len());
    for boundary in covered.chunks_exact(stretches) {
        sides.extend(
            boundary
                .iter()
                .zip(others.windows(2))
                .map(|(length, pair)| if *length >= COVERED * (pair[1] - pair[0]) { Side::Ruled } else { Side::Free }),
        );
    }
    for (boundary, open) in [0, positions.len() - 1].into_iter().zip(open) {
        let (first, last) = open.unwrap_or_default();
        for side in &mut sides[boundary * stretches + first..boundary * stretches + last] {
            if *side == Side::Free {
                *side = Side::Open;
            }
        }
    }
    sides
}

/// Index of the position nearest to `value`.
pub(super) fn nearest(positions: &[f32], value: f32) -> usize {
    let next = positions.partition_point(|p| *p < value);
    let before = next.saturating_sub(1);
    match (positions.get(before), positions.get(next)) {
        (Some(a), Some(b)) if b - value < value - a => next,
        _ => before,
    }
}

/// First and last of ascending positions.
pub(super) fn ends(positions: &[f32]) -> Span {
    Span { start: positions.first().copied().unwrap_or(0.0), end: positions.last().copied().unwrap_or(0.0) }
}
