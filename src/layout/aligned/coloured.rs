//! Takes the bands of a framed area, says whether those that are coloured are headers of rows without a colour: then no
//! frame holds the table, and `block` finds it.

use super::frame::{Band, DOUBLE, is_value, tokens_in};
use super::scene::{Made, Scene};
use super::strip::{Strip, strips};
use crate::geom::{Axis, Rect, Span};

/// Below a coloured header stand so many rows at least, of so many entries: bands of colour stand between single rows.
const HEADED_ROWS: usize = 3;
const HEADED_ENTRIES: usize = 3;
/// The first row of a header without rulings is looked for so far below it, in points.
const HEADED_BY: f32 = 60.0;

/// Whether the band is a coloured area.
fn is_shaded(scene: &Scene, x: Span, y: Span) -> bool {
    let holds = |b: &Rect| b.y0 < y.middle() && y.middle() < b.y1 && b.span(Axis::Horizontal).overlap(x) > 0.0;
    scene.shaded.iter().any(|fill| holds(&fill.bbox))
}

/// Whether coloured bands are the headers of several tables: below each stand several rows without a colour.
pub(super) fn only_headers(scene: &Scene, x: Span, part: &[Band]) -> bool {
    let full = |s: &&Strip| s.phrases(&scene.tokens, scene.space).len() >= HEADED_ENTRIES;
    let several = |band: &Band| band.strips.iter().filter(full).count() >= HEADED_ROWS;
    let drawn = |y: f32| scene.across.iter().any(|r| r.made == Made::Drawn && (r.position - y).abs() < DOUBLE);
    let shaded = |band: &Band| is_shaded(scene, x, band.y) && !drawn(band.y.start) && !drawn(band.y.end);
    let (heads, bodies): (Vec<&Band>, Vec<&Band>) = part.iter().partition(|band| shaded(band));
    let turns = part.windows(2).all(|pair| matches!(pair, [a, b] if shaded(a) != shaded(b)));
    heads.len() > 1 && turns && bodies.iter().all(|band| several(band)) && !bodies.is_empty()
}

/// Whether all bands are coloured and hold no values, but a row below them does: a header of several levels.
pub(super) fn is_header(scene: &Scene, x: Span, part: &[Band], order: &[u32]) -> bool {
    let drawn = |y: f32| scene.across.iter().any(|r| r.made == Made::Drawn && (r.position - y).abs() < DOUBLE);
    let phrases = |strip: &Strip| strip.phrases(&scene.tokens, scene.space);
    let words = |band: &Band| !band.strips.iter().flat_map(phrases).any(|phrase| is_value(scene, &phrase));
    let Some(end) = part.last().map(|band| band.y.end) else { return false };
    if drawn(end) || !part.iter().all(|band| is_shaded(scene, x, band.y) && words(band)) {
        return false;
    }
    let below = strips(&scene.tokens, &tokens_in(scene, order, x, Span { start: end, end: end + HEADED_BY }));
    let row = |strip: &Strip| {
        let phrases = phrases(strip);
        phrases.len() >= HEADED_ENTRIES && phrases.iter().skip(1).any(|phrase| is_value(scene, phrase))
    };
    below.iter().take(2).any(row)
}
