//! Takes the coloured areas and the pieces of rulings of a page, gives the borders of columns that they tell: producers
//! shade the cells of a header or of every other row one by one, side by side without a gap, and draw the ruling under a
//! row in pieces, one for each cell.

use super::scene::{Area, Rule, Scene};
use super::strip::Strip;
use crate::geom::Axis;
use crate::pdf::Fill;

/// Shaded cells side by side meet within this distance, and borders of one column lie within it, in points.
const JOINT: f32 = 2.5;
/// Pieces of one ruling stand at one height and meet within this distance, in points.
const LEVEL: f32 = 0.8;
/// More rulings than this meet at a border of columns.
const LEAST_JOINTS: usize = 2;
/// A border may lie so far inside a word, in points.
const INSIDE: f32 = 1.0;

/// Where columns of the area meet, ascending, if shaded cells side by side fill its width. A border through the text of
/// `rows` is none.
pub(super) fn borders(scene: &Scene, area: &Area, strips: &[Strip], rows: &[&Strip]) -> Vec<f32> {
    let (Some(first), Some(last)) = (strips.first(), strips.last()) else { return Vec::new() };
    let em = first.size;
    let inside = scene.shaded.iter().map(|fill| &fill.bbox).filter(|b| b.y1 > first.y.start && b.y0 < last.y.end);
    let mut cells: Vec<_> = inside.filter(|b| b.span(Axis::Horizontal).overlap(area.x) > 0.0).collect();
    cells.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let (start, end) = cells.iter().fold((f32::MAX, f32::MIN), |(start, end), b| (start.min(b.x0), end.max(b.x1)));
    if start > area.x.start + em || end < area.x.end - em {
        return Vec::new();
    }
    let meets = |x: f32| cells.iter().any(|b| (b.x0 - x).abs() <= JOINT);
    let mut borders: Vec<f32> = cells.iter().map(|b| b.x1).filter(|x| meets(*x)).collect();
    borders.sort_by(f32::total_cmp);
    borders.dedup_by(|b, a| *b - *a <= JOINT);
    borders.retain(|x| !crossed(scene, rows, *x));
    borders
}

fn crossed(scene: &Scene, rows: &[&Strip], x: f32) -> bool {
    let mut tokens = rows.iter().flat_map(|s| &s.tokens).filter_map(|&i| scene.tokens.get(i as usize));
    tokens.any(|t| t.bbox.x0 + INSIDE < x && x < t.bbox.x1 - INSIDE)
}

/// Where columns of the area meet, ascending, if most of its rulings are drawn in pieces that end there.
pub(super) fn joints(scene: &Scene, area: &Area, rows: &[&Strip]) -> Vec<f32> {
    let (Some(first), Some(last)) = (area.rules.first(), area.rules.last()) else { return Vec::new() };
    let within = |joint: &&Joint| first - JOINT < joint.y && joint.y < last + JOINT && inside(area, joint.x);
    let mut found: Vec<f32> = scene.joints.iter().filter(within).map(|joint| joint.x).collect();
    found.sort_by(f32::total_cmp);
    let columns = found.chunk_by(|a, b| b - a <= JOINT);
    let most = columns.filter(|column| column.len() > LEAST_JOINTS && 2 * column.len() > area.rules.len());
    most.filter_map(|column| column.first().copied()).filter(|x| !crossed(scene, rows, *x)).collect()
}

fn inside(area: &Area, x: f32) -> bool {
    area.x.start + JOINT < x && x < area.x.end - JOINT
}

/// Where two pieces of one horizontal ruling meet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Joint {
    x: f32,
    y: f32,
}

/// The joints of rulings, sorted by height and beginning.
pub(super) fn all_joints(rules: &[Rule]) -> Vec<Joint> {
    let meets =
        |a: &Rule, b: &Rule| (a.position - b.position).abs() < LEVEL && (a.span.end - b.span.start).abs() < LEVEL;
    let pairs = rules.windows(2).filter(|pair| matches!(pair, [a, b] if meets(a, b)));
    pairs.filter_map(|pair| pair.first().map(|rule| Joint { x: rule.span.end, y: rule.position })).collect()
}

/// How many strips at the top stand in shaded cells that nothing below in the area is shaded like: the header.
pub(super) fn header(scene: &Scene, area: &Area, strips: &[Strip]) -> Option<usize> {
    let (first, last) = (strips.first()?, strips.last()?);
    let across = |fill: &&Fill| fill.bbox.span(Axis::Horizontal).overlap(area.x) > 0.0;
    let holds = |fill: &Fill, strip: &Strip| fill.bbox.y0 < strip.y.middle() && strip.y.middle() < fill.bbox.y1;
    let top: Vec<&Fill> = scene.shaded.iter().filter(across).filter(|fill| holds(fill, first)).collect();
    let (start, end) = top.iter().fold((f32::MAX, f32::MIN), |(a, b), f| (a.min(f.bbox.x0), b.max(f.bbox.x1)));
    let color = top.first()?.color;
    let bottom = top.iter().map(|fill| fill.bbox.y1).fold(f32::MIN, f32::max);
    let again = scene
        .shaded
        .iter()
        .filter(across)
        .any(|fill| fill.color == color && fill.bbox.y0 > bottom - JOINT && fill.bbox.y0 < last.y.end);
    let whole = start < area.x.start + first.size && end > area.x.end - first.size && top.len() > 1;
    let count = strips.iter().take_while(|strip| strip.y.middle() < bottom).count();
    (whole && !again && count < strips.len()).then_some(count)
}

#[cfg(test)]
mod tests {
    use crate::geom::Rect;
    use crate::layout::made::Made;

    #[test]
    fn shaded_cells_of_a_header_part_columns_that_stand_close() {
        let mut page = Made::page();
        for (x0, x1) in [(50.0, 132.0), (132.0, 190.0), (190.0, 250.0), (250.0, 310.0)] {
            page = page.fill(Rect::new(x0, 95.0, x1, 115.0));
        }
        let rows = [
            [(55.0, "取組項目"), (134.0, "担当課"), (210.0, "R4"), (270.0, "R5")],
            [(51.0, "育児休業の周知案"), (134.0, "人事課"), (215.0, "A"), (275.0, "B")],
            [(51.0, "年次有給休暇取得"), (134.0, "総務課"), (215.0, "B"), (275.0, "B")],
            [(51.0, "相談窓口の設置"), (134.0, "人事課"), (215.0, "A"), (275.0, "A")],
        ];
        for (row, texts) in rows.iter().enumerate() {
            for (x, text) in texts {
                page = page.text(*x, 100.0 + 20.0 * row as f32, text);
            }
        }
        let cells = page.read();
        assert!(
            cells.contains(&"1,0 育児休業の周知案".to_owned()) && cells.contains(&"1,1 人事課".to_owned()),
            "{cells:?}"
        );
    }
}
