//! Takes the stretches between rulings of equal extent, finds the headings between two tables of one width among their
//! lines, and parts the stretches there: where no ruling closes a table, its foot and the next one's head stand in one.

use super::frame::{Band, Content, content, is_led, is_value};
use super::scene::Scene;
use super::seam;
use super::strip::Strip;
use crate::geom::Span;

/// A heading between two tables is so many times as large as their entries.
pub(super) const LARGER: f32 = 1.15;
/// What begins where the rulings do is this near to their end, and entries this much farther inside, in ems.
const FLUSH: f32 = 0.15;
/// So much blank stands at least between a table and the heading of the next, in ems.
const APART: f32 = 1.2;
/// The same before a heading in larger print.
const APART_LARGER: f32 = 0.7;
/// A heading over several columns of values begins behind this share of the table's width.
const OVER_RIGHT: f32 = 0.25;

/// The bands, parted at headings between two tables that stand in one with rows: where no ruling closes a table.
pub(super) fn split(scene: &Scene, x: Span, bands: Vec<Band>) -> Vec<Band> {
    let usual = usual(x, &bands);
    let is_heading = |s: &Strip| usual.heads(x, s) && is_one(scene, s);
    let apart = |top: f32, strips: &[Strip], at: usize, next: &[Strip]| {
        let before = at.checked_sub(1).and_then(|before| strips.get(before)).map_or(top, |strip| strip.y.end);
        let mut below = strips.iter().skip(at + 1).chain(next);
        strips.get(at).is_some_and(|strip| strip.y.start - before > usual.least_blank(strip) && is_heading(strip))
            && below.next().is_some_and(|first| is_header(scene, x, first, below.next()))
    };
    let heading =
        |top: f32, strips: &[Strip], next: &[Strip]| (0..strips.len()).find(|at| apart(top, strips, *at, next));
    let firsts: Vec<Vec<Strip>> = bands.iter().map(|band| band.strips.iter().take(2).cloned().collect()).collect();
    let mut parted = Vec::with_capacity(bands.len());
    for (index, band) in bands.into_iter().enumerate() {
        let next = firsts.get(index + 1).map(Vec::as_slice).unwrap_or_default();
        if band.content != Content::Entries || heading(band.y.start, &band.strips, next).is_none() {
            parted.push(band);
            continue;
        }
        let mut rest = band.strips.as_slice();
        let mut top = band.y.start;
        while let Some(at) = heading(top, rest, next) {
            let (rows, below) = rest.split_at(at);
            let Some((heading, below)) = below.split_first() else { break };
            let part =
                |y: Span, strips: &[Strip]| Band { y, content: content(scene, x, strips), strips: strips.to_vec() };
            let before = rows.last().map_or(top, |row| row.y.end);
            parted.push(part(Span { start: top, end: f32::midpoint(before, heading.y.start) }, rows));
            let start = parted.last().map_or(top, |band| band.y.end);
            let y = Span { start, end: heading.y.end };
            parted.push(Band { y, content: Content::Prose, strips: vec![heading.clone()] });
            (top, rest) = (heading.y.end, below);
        }
        let y = Span { start: top, end: band.y.end };
        parted.push(Band { y, content: content(scene, x, rest), strips: rest.to_vec() });
    }
    seam::part(scene, &mut parted);
    parted
}

/// Whether the line is of one piece, a number before it included.
fn is_one(scene: &Scene, strip: &Strip) -> bool {
    match strip.phrases(&scene.tokens, scene.space).as_slice() {
        [_] => true,
        [number, title] => is_led(scene, number, title),
        _ => false,
    }
}

/// Whether the strip is the first line of a header, and no row: several headings, or one over the right of the table
/// and several in the line below.
fn is_header(scene: &Scene, x: Span, first: &Strip, second: Option<&Strip>) -> bool {
    let headings = |strip: &Strip| {
        let phrases = strip.phrases(&scene.tokens, scene.space);
        if phrases.iter().any(|phrase| is_value(scene, phrase)) { 0 } else { phrases.len() }
    };
    match headings(first) {
        0 => false,
        1 => first.x.start > x.start + OVER_RIGHT * x.length() && second.is_some_and(|strip| headings(strip) > 1),
        _ => true,
    }
}

/// How far the entries of a frame stand from its left end and how large they are, in points.
pub(super) struct Usual {
    inset: f32,
    size: f32,
}

pub(super) fn usual(x: Span, bands: &[Band]) -> Usual {
    let entries = bands.iter().filter(|band| band.content == Content::Entries).filter_map(|band| band.strips.first());
    let (mut insets, mut sizes): (Vec<f32>, Vec<f32>) = entries.map(|s| (s.x.start - x.start, s.size)).unzip();
    insets.sort_by(f32::total_cmp);
    sizes.sort_by(f32::total_cmp);
    let middle = |list: &[f32]| list.get(list.len() / 2).copied().unwrap_or_default();
    Usual { inset: middle(&insets), size: middle(&sizes) }
}

impl Usual {
    /// The least blank between a table and a heading of the next, in points.
    fn least_blank(&self, heading: &Strip) -> f32 {
        self.size * if heading.size > LARGER * self.size { APART_LARGER } else { APART }
    }

    /// Whether a line between rulings is a heading between two tables and not a row: it is set larger, or begins where
    /// the rulings do, while entries stand inside them.
    pub(super) fn heads(&self, x: Span, strip: &Strip) -> bool {
        let inset = strip.x.start - x.start;
        strip.size > LARGER * self.size || inset < FLUSH * strip.size && self.inset > inset + FLUSH * strip.size
    }
}

#[cfg(test)]
mod tests {
    use crate::geom::Axis;
    use crate::layout::made::Made;

    #[test]
    fn a_heading_between_two_tables_of_one_width_parts_them() {
        let mut page = Made::page();
        for (top, name) in [(100.0, "周知"), (200.0, "研修")] {
            for row in 0..4_u8 {
                let y = top + 16.0 * f32::from(row);
                page = page.line(Axis::Horizontal, y + 14.0, 50.0, 400.0);
                let texts = if row == 0 { ["取組項目", "R4年度", "R5年度"] } else { [name, "A", "B"] };
                for (x, text) in [60.0, 200.0, 300.0].into_iter().zip(texts) {
                    page = page.text(x, y + 2.0, text);
                }
            }
        }
        let cells = page.text(50.0, 184.0, "（２）働き方の見直し").read();
        assert_eq!(cells.iter().filter(|cell| *cell == "[4x3]").count(), 2, "{cells:?}");
        assert!(cells.contains(&"（２）働き方の見直し".to_owned()), "{cells:?}");
    }
}
