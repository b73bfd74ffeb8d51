//! Takes the strips of a table's body, gives its columns: what lies between the rivers, the stretches of x that (almost)
//! no token of the body covers. It leaves headers, which often span rivers, to `header`.

use super::strip::{Strip, after_space, pairs};
use super::token::{Kind, Token};
use crate::geom::Span;

/// A column of a table without vertical rulings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Column {
    /// From its leftmost token in the body to its rightmost.
    pub(crate) text: Span,
    /// Up to the middle of the rivers beside it.
    pub(crate) area: Span,
}

/// One strip in this many may cross a river: a total in bold, a long label.
const CROSSINGS: usize = 20;
/// A gap of fewer usual spaces parts words, not columns, when it parts words in most strips.
const WORD_SPACES: f32 = 1.7;

/// What parts columns inside one shaded cell stands so far from its borders at least, in ems.
const APART: f32 = 0.9;

/// Narrowest river in ems where the text on its right begins at one place.
const NARROW_FLUSH: f32 = 0.18;
/// How far apart such beginnings may be, in ems.
const FLUSH: f32 = 0.1;
/// Fewest strips in which it begins there.
const LEAST_FLUSH: usize = 3;

/// Narrowest river in ems: the more strips keep it free, the less it can be chance.
fn narrowest(strips: usize) -> f32 {
    match strips {
        0..=2 => 0.9,
        3..=5 => 0.6,
        6..=9 => 0.4,
        _ => 0.25,
    }
}

/// The columns of `strips`; `rulings` are the x of vertical rulings through the table, `gaps` the wide ones between the
/// headings above.
pub(crate) fn columns(
    tokens: &[Token],
    strips: &[&Strip],
    space: f32,
    (rulings, gaps): (&[f32], &[Span]),
) -> Vec<Column> {
    let mut size: Vec<f32> = strips.iter().map(|s| s.size).collect();
    size.sort_by(f32::total_cmp);
    let em = size.get(size.len() / 2).copied().unwrap_or(0.0).max(1.0);
    let mut covered: Vec<(f32, i32)> = Vec::new();
    let mut extent: Option<Span> = None;
    for strip in strips {
        for token in strip.tokens.iter().filter_map(|&i| tokens.get(i as usize)) {
            covered.push((token.bbox.x0, 1));
            covered.push((token.bbox.x1, -1));
        }
        extent = Some(
            extent.map_or(strip.x, |e: Span| Span { start: e.start.min(strip.x.start), end: e.end.max(strip.x.end) }),
        );
    }
    let Some(extent) = extent else { return Vec::new() };
    covered.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let allowed = i32::try_from(strips.len() / CROSSINGS).unwrap_or(0);
    let width = narrowest(strips.len()) * em;
    let mut cuts: Vec<Span> = Vec::new();
    if rulings.len() >= 2 {
        cuts.extend(rulings.iter().map(|&x| Span { start: x, end: x }));
    } else {
        let wide = |r: &Span| r.length() >= width || (allowed == 0 && is_flush(tokens, strips, *r, em));
        let found = rivers(&covered, allowed, width.min(NARROW_FLUSH * em));
        let sure = |r: &Span| wide(r) && parts(tokens, strips, *r, space);
        let (known, doubtful): (Vec<Span>, Vec<Span>) = found.into_iter().partition(sure);
        // Full lines leave little before the next column, but its text begins at one place and has a heading of its own.
        let below = |gap: &Span, r: &Span| gap.start - em < r.start && r.end < gap.end + em;
        let bare = |gap: &&Span| !known.iter().any(|r| r.overlap(**gap) > 0.0);
        let headed = |r: &Span| {
            let gap = gaps.iter().filter(bare).any(|gap| below(gap, r));
            gap && allowed == 0 && is_flush(tokens, strips, *r, em)
        };
        cuts.extend(doubtful.into_iter().filter(headed));
        cuts.extend(known);
        cuts.sort_by(|a, b| a.start.total_cmp(&b.start));
        for &x in rulings {
            if !cuts.iter().any(|c| c.start - em <= x && x <= c.end + em) && !crossed(tokens, strips, x) {
                cuts.push(Span { start: x, end: x });
            }
        }
        cuts.sort_by(|a, b| a.start.total_cmp(&b.start));
    }
    merge_poor(tokens, strips, between(tokens, strips, extent, &cuts))
}

/// The columns of `strips` that meet at `borders`, those in which nothing stands included. Where columns told by their
/// text alone part what stands between two borders, far from both, they stay: a shaded heading can stand over several.
pub(crate) fn bordered(tokens: &[Token], strips: &[&Strip], borders: Vec<f32>, by_text: &[Column]) -> Vec<Column> {
    let extent = strips.iter().map(|s| s.x).reduce(|a, b| Span { start: a.start.min(b.start), end: a.end.max(b.end) });
    let (Some(extent), Some(first), Some(last)) = (extent, borders.first(), borders.last()) else { return Vec::new() };
    let extent = Span { start: extent.start.min(*first), end: extent.end.max(*last) };
    let em = strips.iter().map(|s| s.size).fold(1.0, f32::max);
    let gaps = by_text.windows(2).filter_map(|pair| match pair {
        [a, b] => Some(Span { start: a.text.end, end: b.text.start }),
        _ => None,
    });
    let near = |gap: &Span, x: f32| gap.start - APART * em < x && x < gap.end + APART * em;
    let inner: Vec<f32> = gaps.filter(|gap| !borders.iter().any(|x| near(gap, *x))).map(|gap| gap.middle()).collect();
    let mut cuts: Vec<Span> = borders.into_iter().chain(inner).map(|x| Span { start: x, end: x }).collect();
    cuts.sort_by(|a, b| a.start.total_cmp(&b.start));
    between(tokens, strips, extent, &cuts)
}

/// The stretches that at most `allowed` tokens cover, at least `width` wide, with tokens on both sides.
fn rivers(covered: &[(f32, i32)], allowed: i32, width: f32) -> Vec<Span> {
    let mut rivers = Vec::new();
    let mut count = 0;
    let mut start: Option<f32> = None;
    let mut reached = false;
    for &(x, change) in covered {
        let before = count;
        count += change;
        if before > allowed && count <= allowed {
            start = Some(x);
            reached = true;
        } else if before <= allowed
            && count > allowed
            && let Some(from) = start.take()
            && reached
            && x - from >= width
        {
            rivers.push(Span { start: from, end: x });
        }
    }
    rivers
}

/// Whether a river parts columns: not the ordinary spaces that stand below one another by chance.
fn parts(tokens: &[Token], strips: &[&Strip], river: Span, space: f32) -> bool {
    let middle = river.middle();
    let (mut both, mut narrow) = (0_usize, 0_usize);
    for strip in strips {
        let beside = pairs(tokens, &strip.tokens).find(|(a, b)| a.bbox.x1 <= middle + 0.5 && b.bbox.x0 >= middle - 0.5);
        if let Some((a, b)) = beside {
            both += 1;
            let tight = b.bbox.x0 - a.bbox.x1 <= WORD_SPACES * space * a.size.max(b.size) || after_space(a, b);
            if tight && !(a.kind.is_value() && b.kind.is_value()) || a.kind == Kind::Bullet {
                narrow += 1;
            }
        }
    }
    2 * narrow <= both
}

/// Whether the text right of a narrow river begins at one place in most strips: a column beside text that is full.
fn is_flush(tokens: &[Token], strips: &[&Strip], river: Span, em: f32) -> bool {
    let beside = Span { start: river.end - FLUSH * em, end: river.end + em };
    let starts = strips.iter().filter_map(|strip| {
        let mut tokens = strip.tokens.iter().filter_map(|&i| tokens.get(i as usize));
        tokens.find(|t| beside.contains(t.bbox.x0)).map(|t| t.bbox.x0)
    });
    let (count, flush) = starts.fold((0, true), |(n, flush), x| (n + 1, flush && (x - river.end).abs() <= FLUSH * em));
    flush && count >= LEAST_FLUSH && 2 * count >= strips.len()
}

fn crossed(tokens: &[Token], strips: &[&Strip], x: f32) -> bool {
    strips
        .iter()
        .flat_map(|s| &s.tokens)
        .filter_map(|&i| tokens.get(i as usize))
        .any(|t| t.bbox.x0 + 1.0 < x && x < t.bbox.x1 - 1.0)
}

fn between(tokens: &[Token], strips: &[&Strip], extent: Span, cuts: &[Span]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::with_capacity(cuts.len() + 1);
    let mut start = extent.start;
    let mut area = extent.start;
    for cut in cuts.iter().chain(std::iter::once(&Span { start: extent.end, end: extent.end })) {
        if cut.middle() <= area && !columns.is_empty() || cut.end < extent.start {
            continue;
        }
        columns.push(Column {
            text: Span { start, end: cut.start.max(start) },
            area: Span { start: area, end: cut.middle().max(area) },
        });
        start = cut.end;
        area = cut.middle();
    }
    for column in &mut columns {
        column.text = text_extent(tokens, strips, column.area).unwrap_or(column.text);
    }
    columns
}

fn text_extent(tokens: &[Token], strips: &[&Strip], area: Span) -> Option<Span> {
    strips
        .iter()
        .flat_map(|s| &s.tokens)
        .filter_map(|&i| tokens.get(i as usize))
        .filter(|t| area.contains(f32::midpoint(t.bbox.x0, t.bbox.x1)))
        .map(|t| Span { start: t.bbox.x0.max(area.start), end: t.bbox.x1.min(area.end) })
        .reduce(|a, b| Span { start: a.start.min(b.start), end: a.end.max(b.end) })
}

/// Merges columns in which hardly any strip has a token with the column to their left: a stray mark makes no column.
fn merge_poor(tokens: &[Token], strips: &[&Strip], columns: Vec<Column>) -> Vec<Column> {
    let mut merged: Vec<Column> = Vec::with_capacity(columns.len());
    let mut pending: Option<Column> = None;
    for column in columns {
        let mut filled = 0_usize;
        let mut bullets = 0_usize;
        for strip in strips {
            let mut inside = strip
                .tokens
                .iter()
                .filter_map(|&i| tokens.get(i as usize))
                .filter(|t| column.area.contains(f32::midpoint(t.bbox.x0, t.bbox.x1)));
            if let Some(token) = inside.next() {
                filled += 1;
                bullets += usize::from(token.kind == Kind::Bullet);
            }
        }
        let poor = filled == 0 || filled < 2 && strips.len() >= 6 || filled == bullets;
        let mut column = column;
        if let Some(before) = pending.take() {
            column.area.start = before.area.start;
            column.text.start = before.text.start;
        }
        match merged.last_mut() {
            Some(last) if poor => {
                last.area.end = column.area.end;
                last.text.end = column.text.end;
            }
            None if poor => pending = Some(column),
            _ => merged.push(column),
        }
    }
    merged
}

/// The columns that the stretch reaches into by more than `least`.
pub(crate) fn reached(columns: &[Column], x: Span, least: f32) -> Option<(usize, usize)> {
    let inside = |c: &Column| c.area.overlap(x) > least;
    let first = columns.iter().position(inside)?;
    let last = columns.iter().rposition(inside)?;
    Some((first, last))
}

/// The column that holds most of the stretch, or the nearest.
pub(crate) fn nearest(columns: &[Column], x: Span) -> usize {
    let mut best = (f32::MIN, 0);
    for (index, column) in columns.iter().enumerate() {
        let overlap = column.area.overlap(x);
        let away = (column.area.middle() - x.middle()).abs() - column.area.length() / 2.0;
        let score = if overlap > 0.0 { overlap } else { -away.max(0.0) - 0.01 };
        if score > best.0 {
            best = (score, index);
        }
    }
    best.1
}
