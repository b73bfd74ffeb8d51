//! Takes webs of rulings, gives them with those united that a heading inside a table without outer rules parts: the
//! verticals end above and below a row that covers all columns, so that its two horizontals are all that is left of it.

use super::Web;
use crate::geom::Span;
use crate::pdf::Ruling;

/// Height of such a row, in ems: one line of text with the room that it leaves around it.
const HEIGHT: Span = Span { start: 1.0, end: 2.6 };
/// So many webs above may end where one begins: tables stand side by side.
const ABREAST: usize = 4;

/// Unites webs of the same columns below each other. `em` is the size of the text and `snap` the distance up to which
/// rulings stand at one place, in points; `one_line` says whether a band holds a single line of text.
pub(crate) fn bridged(webs: Vec<Web>, em: f32, snap: f32, one_line: &dyn Fn(Span, Span) -> bool) -> Vec<Web> {
    let mut united: Vec<Web> = Vec::with_capacity(webs.len());
    for web in webs {
        let goes_on = |above: &&mut Web| {
            let (Some(extent), Some(other)) = (extent(above), extent(&web)) else { return false };
            let gap = Span { start: bottom(above), end: top(&web) };
            HEIGHT.contains(gap.length() / em)
                && (extent.start - other.start).abs() <= 2.0 * snap
                && (extent.end - other.end).abs() <= 2.0 * snap
                && [&**above, &web].iter().all(|web| is_open(web, extent, em))
                && shares_columns(above, &web, snap)
                && one_line(gap, extent)
        };
        match united.iter_mut().rev().take(ABREAST).find(goes_on) {
            Some(above) => {
                above.horizontal.extend(web.horizontal);
                above.vertical.extend(web.vertical);
                above.vertical.sort_by(|a, b| a.position.total_cmp(&b.position));
            }
            None => united.push(web),
        }
    }
    united
}

/// How far the horizontals reach.
fn extent(web: &Web) -> Option<Span> {
    let spans = || web.horizontal.iter().map(|ruling| ruling.span);
    let start = spans().map(|span| span.start).reduce(f32::min)?;
    Some(Span { start, end: spans().map(|span| span.end).reduce(f32::max)? })
}

fn top(web: &Web) -> f32 {
    web.horizontal.iter().map(|ruling| ruling.position).fold(f32::MAX, f32::min)
}

fn bottom(web: &Web) -> f32 {
    web.horizontal.iter().map(|ruling| ruling.position).fold(f32::MIN, f32::max)
}

/// Whether no vertical stands at the sides.
fn is_open(web: &Web, extent: Span, em: f32) -> bool {
    let inside = |ruling: &Ruling| ruling.position > extent.start + em && ruling.position < extent.end - em;
    web.vertical.iter().all(inside)
}

/// Whether the columns of one are among those of the other.
fn shares_columns(above: &Web, below: &Web, snap: f32) -> bool {
    let columns = |web: &Web| {
        let mut columns: Vec<f32> = web.vertical.iter().map(|ruling| ruling.position).collect();
        columns.dedup_by(|a, b| (*a - *b).abs() <= snap);
        columns
    };
    let (above, below) = (columns(above), columns(below));
    let (few, many) = if above.len() < below.len() { (above, below) } else { (below, above) };
    let shared = |column: &f32| many.iter().any(|other| (column - other).abs() <= snap);
    !few.is_empty() && few.iter().all(shared)
}
