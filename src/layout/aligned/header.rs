//! Takes the strips above a table's body and its columns, gives header cells: stacked lines of one column become one
//! cell, and what stands over several columns spans them. It leaves the body's rows to `body`.

mod centred;
mod entries;
mod over;
mod stack;

use super::column::{Column, nearest};
use super::scene::Made;
use super::strip::{Phrase, Strip};
use super::token::Token;
use crate::geom::Span;
use centred::Level;
use std::ops::Range;

/// A header entry aligned with its column differs from it by less than this, in ems.
const ALIGNED: f32 = 0.9;
/// The middle of a spanning header differs from that of the columns below it by less than this, in ems.
const CENTERED: f32 = 1.5;

/// Lines of one heading begin or have their middle this near to each other, in ems.
const SAME: f32 = 0.15;
/// A heading may reach this far over the entries of the columns beside its own, in points.
const ROOM: f32 = 1.0;
/// Headings that are told by their order are so many at least.
const LEAST_ORDERED: usize = 3;
/// Lines of one heading have less than this many ems between them.
const WRAP_BLANK: f32 = 0.5;

/// A cell of the header.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Heading {
    /// First and last column.
    pub(crate) columns: (usize, usize),
    /// First and last level, 0 at the top.
    pub(crate) levels: (usize, usize),
    /// Indices of its tokens.
    pub(crate) tokens: Vec<u32>,
}

/// One entry of one strip, before stacking.
#[derive(Debug, Clone)]
struct Entry {
    strip: usize,
    columns: (usize, usize),
    tokens: Vec<u32>,
    y: Span,
}

/// A short horizontal ruling inside the header: it says which columns the text above it spans.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Underline {
    /// Its height.
    pub(crate) y: f32,
    /// From where to where.
    pub(crate) x: Span,
    /// What makes it.
    pub(crate) made: Made,
}

/// What the header of a table is made from.
pub(crate) struct Source<'a> {
    /// All tokens of the page.
    pub(crate) tokens: &'a [Token],
    /// The header's strips.
    pub(crate) strips: &'a [Strip],
    /// The table's columns.
    pub(crate) columns: &'a [Column],
    /// Usual space between words, in ems.
    pub(crate) space: f32,
    /// Short rulings inside.
    pub(crate) underlines: &'a [Underline],
}

/// The cells of the header and its number of levels.
pub(crate) fn headings(source: &Source<'_>) -> (Vec<Heading>, usize) {
    let mut entries: Vec<Entry> = Vec::new();
    let of_strip = |strip: &Strip| Level { phrases: entries::of(source, strip), y: strip.y };
    let levels = centred::join(source, source.strips.iter().map(of_strip).collect());
    for (index, Level { phrases, y }) in levels.iter().enumerate() {
        let (y, last) = (*y, index + 1 == levels.len());
        let in_order = ordered(source, phrases);
        for (place, phrase) in phrases.iter().enumerate() {
            let beside = centred::beside(&levels, index, phrase);
            let columns = match in_order {
                Some(first) => (first + place, first + place),
                None => continued(source, &entries, phrase, y)
                    .unwrap_or_else(|| columns_of(source, phrase, beside, y, last)),
            };
            entries.push(Entry { strip: index, columns, tokens: phrase.tokens.clone(), y });
        }
    }
    over::widen(source, &mut entries);
    adopt(source, &mut entries);
    share(source, &mut entries);
    stack::stack(source, entries)
}

/// The first of the columns that the phrases of a strip head one by one, if there are as many as columns, or as many as
/// the last ones, and each has room between the entries of the columns beside.
fn ordered(source: &Source<'_>, phrases: &[Phrase]) -> Option<usize> {
    let first = source.columns.len().checked_sub(phrases.len())?;
    let fits = |(index, phrase): (usize, &Phrase)| {
        let at = first + index;
        let left = at.checked_sub(1).and_then(|i| source.columns.get(i)).map_or(f32::MIN, |c| c.text.end);
        let right = source.columns.get(at + 1).map_or(f32::MAX, |c| c.text.start);
        left < phrase.x.start + ROOM && phrase.x.end < right + ROOM
    };
    (phrases.len() >= LEAST_ORDERED && phrases.iter().enumerate().all(fits)).then_some(first)
}

/// The column of the heading right above that the phrase goes on with: it begins or has its middle at the same place.
fn continued(source: &Source<'_>, entries: &[Entry], phrase: &Phrase, y: Span) -> Option<(usize, usize)> {
    let em = y.length();
    let above = entries
        .iter()
        .rev()
        .map(|e| (e, extent(source.tokens, &e.tokens)))
        .find(|(e, x)| x.overlap(phrase.x) > 0.0 && e.y.end < y.middle());
    let (entry, x) = above?;
    let aligned = (x.start - phrase.x.start).abs() < SAME * em || (x.middle() - phrase.x.middle()).abs() < SAME * em;
    let near = y.start - entry.y.end < WRAP_BLANK * em;
    (aligned && near && entry.columns.0 == entry.columns.1).then_some(entry.columns)
}

/// A spanning heading of two lines: the shorter line takes the columns of the longer one that it is centred on, unless
/// others stand beside it there.
fn adopt(source: &Source<'_>, entries: &mut [Entry]) {
    let copies: Vec<(usize, (usize, usize), Span)> =
        entries.iter().map(|e| (e.strip, e.columns, extent(source.tokens, &e.tokens))).collect();
    for (index, entry) in entries.iter_mut().enumerate() {
        let Some(&(strip, columns, x)) = copies.get(index) else { continue };
        let alone = |wide: (usize, usize)| copies.iter().filter(|c| c.0 == strip && overlaps(c.1, wide)).count() == 1;
        let wide = copies.iter().find(|c| {
            c.0.abs_diff(strip) == 1
                && c.1.1 - c.1.0 > columns.1 - columns.0
                && c.1.0 <= columns.0
                && columns.1 <= c.1.1
                && (c.2.middle() - x.middle()).abs() < 0.6 * entry.y.length()
        });
        if let Some(wide) = wide.filter(|w| alone(w.1)) {
            entry.columns = wide.1;
        }
    }
}

/// Headings above headings of single columns share these columns among them: each stands in the middle of its own, even
/// where that middle is a column too.
fn share(source: &Source<'_>, entries: &mut [Entry]) {
    let last = entries.iter().map(|e| e.strip).max().unwrap_or(0);
    for strip in 0..last {
        let upper: Vec<usize> =
            (0..entries.len()).filter(|&i| entries.get(i).is_some_and(|e| e.strip == strip)).collect();
        let lower: Vec<usize> = entries
            .iter()
            .filter(|e| e.strip == strip + 1 && e.columns.0 == e.columns.1)
            .map(|e| e.columns.0)
            .collect();
        let bare =
            |c: &usize| !upper.iter().any(|&i| entries.get(i).is_some_and(|e| e.columns.0 <= *c && *c <= e.columns.1));
        let missing = lower.iter().filter(|c| **c > 0 && bare(c)).count();
        if upper.len() < 2 || missing == 0 || missing % upper.len() != 0 {
            continue;
        }
        let each = missing / upper.len();
        let wide: Vec<Option<(usize, usize)>> =
            upper.iter().map(|&i| entries.get(i).and_then(|e| widened(source, e, each, &lower))).collect();
        let apart = wide.windows(2).all(|pair| matches!(pair, [Some(a), Some(b)] if a.1 < b.0));
        if apart && wide.iter().all(Option::is_some) {
            for (&i, columns) in upper.iter().zip(&wide) {
                if let (Some(entry), Some(columns)) = (entries.get_mut(i), columns) {
                    entry.columns = *columns;
                }
            }
        }
    }
}

/// The entry's columns and `more` of `lower` around them, so that its text stands in their middle.
fn widened(source: &Source<'_>, entry: &Entry, more: usize, lower: &[usize]) -> Option<(usize, usize)> {
    let x = extent(source.tokens, &entry.tokens);
    (0..=more)
        .filter_map(|left| {
            let range = (entry.columns.0.checked_sub(left)?, entry.columns.1 + more - left);
            let (first, last) = (source.columns.get(range.0)?, source.columns.get(range.1)?);
            let own = entry.columns.0..=entry.columns.1;
            let headed = (range.0..=range.1).all(|c| lower.contains(&c) || own.contains(&c));
            let off = (f32::midpoint(first.text.start, last.text.end) - x.middle()).abs();
            (headed && off < CENTERED * entry.y.length()).then_some((off, range))
        })
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, range)| range)
}

/// Whether a short ruling runs between the middles of two heights, below most of `x`.
fn lies_between(source: &Source<'_>, above: Span, below: Span, x: Span) -> bool {
    source.underlines.iter().any(|u| {
        u.made == Made::Drawn
            && u.y > above.middle()
            && u.y < below.middle()
            && u.x.overlap(x) > 0.5 * x.length().max(0.1)
    })
}

/// From the leftmost of the tokens to the rightmost.
fn extent(tokens: &[Token], list: &[u32]) -> Span {
    list.iter()
        .filter_map(|&i| tokens.get(i as usize))
        .map(|t| Span { start: t.bbox.x0, end: t.bbox.x1 })
        .reduce(|a, b| Span { start: a.start.min(b.start), end: a.end.max(b.end) })
        .unwrap_or_default()
}

/// Which columns an entry heads. `beside` are the texts to its left and right.
fn columns_of(
    source: &Source<'_>,
    phrase: &Phrase,
    beside: (Option<Span>, Option<Span>),
    y: Span,
    last: bool,
) -> (usize, usize) {
    let em = y.length().max(1.0);
    let columns = source.columns;
    let free = Span { start: beside.0.map_or(f32::MIN, |x| x.end), end: beside.1.map_or(f32::MAX, |x| x.start) };
    // A ruling that runs on under the neighbours is said of none of them.
    let own = |line: &Span| line.start > free.start - em && line.end < free.end + em;
    if let Some(line) = underline(source, phrase, y).filter(own) {
        let covered = |c: &Column| line.overlap(c.text) > 0.5 * c.text.length().max(0.1);
        if let (Some(a), Some(b)) = (columns.iter().position(covered), columns.iter().rposition(covered))
            && b > a
            && b - a + 1 < columns.len()
        {
            return (a, b);
        }
    }
    let touched = |c: &Column| phrase.x.overlap(c.text) > (0.15 * c.text.length()).min(0.5 * em);
    let own = best_aligned(columns, phrase.x, em);
    let (a, b) = match (columns.iter().position(touched), columns.iter().rposition(touched)) {
        (Some(a), Some(b)) => (a, b),
        _ => (own, own),
    };
    if last {
        // Below the lowest strip of a header stands the body: an entry there heads the column that it is aligned with.
        return if a == b || fits(columns.get(own), phrase.x, em) { (own, own) } else { (a, b) };
    }
    if a == b && fits(columns.get(own), phrase.x, em) {
        return (own, own);
    }
    // What heads a column itself leaves it to no other: figures at the right of it stand far from their heading.
    let taken = |x: Span| Some(best_aligned(columns, x, em));
    let after = beside.0.and_then(taken).filter(|left| *left < a).map_or(0, |left| left + 1);
    let until = beside.1.and_then(taken).filter(|right| *right > b).unwrap_or(columns.len());
    widen(columns, phrase.x, (a, b), (after..until, free), em)
}

/// Of the columns whose areas the text reaches, the one that it is best aligned with; else the nearest.
fn best_aligned(columns: &[Column], x: Span, em: f32) -> usize {
    let near = nearest(columns, x);
    let mut best = (0.5 * em, near);
    for (index, column) in columns.iter().enumerate().filter(|(_, c)| c.area.overlap(x) > 0.0) {
        let off = misalignment(column, x);
        if off < best.0 {
            best = (off, index);
        }
    }
    best.1
}

fn misalignment(c: &Column, x: Span) -> f32 {
    (x.start - c.text.start).abs().min((x.end - c.text.end).abs()).min((x.middle() - c.text.middle()).abs())
}

fn underline(source: &Source<'_>, phrase: &Phrase, y: Span) -> Option<Span> {
    let below = y.middle()..y.end + 0.8 * y.length();
    let mut line: Option<Span> = None;
    for u in source.underlines.iter().filter(|u| below.contains(&u.y)) {
        if u.x.start - 2.0 <= phrase.x.middle() && phrase.x.middle() <= u.x.end + 2.0 {
            line = Some(line.map_or(u.x, |l| if u.x.length() > l.length() { u.x } else { l }));
        }
    }
    line
}

/// Whether the stretch is aligned with the column at its left, middle or right.
fn fits(column: Option<&Column>, x: Span, em: f32) -> bool {
    column.is_some_and(|c| misalignment(c, x) <= ALIGNED * em)
}

/// The widest range of columns around `touched` that the text stands in the middle of, of those that are free and inside
/// the free room.
fn widen(
    columns: &[Column],
    x: Span,
    touched: (usize, usize),
    (own, free): (Range<usize>, Span),
    em: f32,
) -> (usize, usize) {
    let mut best = touched;
    let mut off_best = f32::MAX;
    let room = |i: usize| {
        let inside = |c: &Column| c.text.start >= free.start - 0.3 * em && c.text.end <= free.end + 0.3 * em;
        own.contains(&i) && columns.get(i).is_some_and(inside)
    };
    let mut low = touched.0;
    loop {
        let mut high = touched.1;
        loop {
            if let (Some(first), Some(last)) = (columns.get(low), columns.get(high)) {
                let off = (f32::midpoint(first.text.start, last.text.end) - x.middle()).abs();
                let wider = high - low > best.1 - best.0;
                if off <= CENTERED * em && (wider && off < off_best + 0.5 * em || off < off_best - 0.5 * em) {
                    best = (low, high);
                    off_best = off;
                }
            }
            if high + 1 >= columns.len() || !room(high + 1) {
                break;
            }
            high += 1;
        }
        // The first column holds the labels of the rows; a heading over figures does not reach over it.
        if low <= 1 || !room(low - 1) {
            break;
        }
        low -= 1;
    }
    best
}

fn overlaps(a: (usize, usize), b: (usize, usize)) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}
