//! Takes the bands of a framed area, says whether those that are coloured are headers of rows without a colour: then no
//! frame holds the table, and `block` finds it. Says, too, which rows stand on a colour of their own.

use super::frame::{Band, Content, DOUBLE, is_value, tokens_in};
use super::scene::{Made, Scene};
use super::strip::{Strip, strips};
use crate::geom::{Axis, Rect, Span};

/// Below a coloured header stand so many rows at least, of so many entries: bands of colour stand between single rows.
const HEADED_ROWS: usize = 3;
const HEADED_ENTRIES: usize = 3;
/// Rows without a colour are padded like coloured ones, give or take this share.
const PADDED: f32 = 1.2;
/// The first row of a header without rulings is looked for so far below it, in points.
const HEADED_BY: f32 = 60.0;

/// The colour of the band, if it is a coloured area.
fn shade(scene: &Scene, x: Span, y: Span) -> Option<[u8; 3]> {
    let holds = |b: &Rect| b.y0 < y.middle() && y.middle() < b.y1 && b.span(Axis::Horizontal).overlap(x) > 0.0;
    scene.shaded.iter().find(|fill| holds(&fill.bbox)).map(|fill| fill.color)
}

fn is_shaded(scene: &Scene, x: Span, y: Span) -> bool {
    shade(scene, x, y).is_some()
}

/// Whether the first band is a header on a colour that no row below it has: several entries, none of them a value.
pub(super) fn begins_with_header(scene: &Scene, x: Span, bands: &[Band]) -> bool {
    let Some((first, rest)) = bands.split_first() else { return false };
    let Some(color) = shade(scene, x, first.y) else { return false };
    let phrases = || first.strips.iter().flat_map(|strip| strip.phrases(&scene.tokens, scene.space));
    let mut rows = rest.iter().filter(|band| band.content == Content::Entries).peekable();
    first.content == Content::Entries
        && phrases().count() >= HEADED_ENTRIES
        && !phrases().any(|phrase| is_value(scene, &phrase))
        && rows.peek().is_some()
        && rows.all(|band| shade(scene, x, band.y) != Some(color))
}

/// How far below the last band the next row may begin where every second row is coloured: as far as text stands below
/// the top of a band, in points. 0 where a ruling closes the band.
pub(super) fn padding(scene: &Scene, x: Span, last: &Band) -> f32 {
    let drawn = scene.across.iter().any(|r| r.made == Made::Drawn && (r.position - last.y.end).abs() < DOUBLE);
    let top = last.strips.first().map(|strip| strip.y.start - last.y.start);
    top.filter(|_| !drawn && is_shaded(scene, x, last.y)).map_or(0.0, |top| PADDED * top)
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
