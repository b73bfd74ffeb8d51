//! Takes the strips of a table's body and its columns, gives rows: strips whose text goes on from the one above make one
//! row with it. It leaves the header to `header`.

use super::chain;
use super::column::{Column, nearest, reached};
use super::group::{self, Group};
use super::parting::{Parting, is_full, part_at_blanks, parting};
use super::strip::Strip;
use super::token::{Kind, Token};
use super::turns;
use crate::geom::Span;

/// A heading between rows begins at the left edge of the table, give or take this many ems.
const FLUSH: f32 = 0.6;

/// More rows than this many times the stretches between rulings are not parted by these.
const ROWS_PER_BAND: usize = 2;

/// What one strip has in one column or, where a token crosses rivers, in several.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// First and last column.
    pub(crate) columns: (usize, usize),
    /// Indices of its tokens.
    pub(crate) tokens: Vec<u32>,
    /// Its extent.
    pub(crate) x: Span,
    /// Whether it is a value.
    pub(crate) value: bool,
    /// Whether it begins with a small letter.
    pub(crate) lower: bool,
    /// Whether it is a heading between rows.
    pub(crate) heading: bool,
}

/// A row of the table: strips that belong together.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Row {
    /// Its entries; several for one column are its lines.
    pub(crate) entries: Vec<Entry>,
    /// From its top to its bottom.
    pub(crate) y: Span,
    /// Number of strips in it.
    pub(crate) strips: usize,
}

/// What the strip has in each column, left to right.
pub(crate) fn entries(tokens: &[Token], strip: &Strip, columns: &[Column], space: f32) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let phrases = strip.split(tokens, (1.5 * space).max(0.38));
    if let [phrase] = phrases.as_slice()
        && is_heading(strip, columns)
    {
        let first = phrase.tokens.first().and_then(|&i| tokens.get(i as usize));
        let lower = first.is_some_and(|token| token.lower);
        let (tokens, x) = (phrase.tokens.clone(), phrase.x);
        return vec![Entry { columns: (0, 0), tokens, x, value: false, lower, heading: true }];
    }
    for phrase in phrases {
        for &index in &phrase.tokens {
            let Some(token) = tokens.get(index as usize) else { continue };
            let x = Span { start: token.bbox.x0, end: token.bbox.x1 };
            let mut place = match reached(columns, x, 0.45 * token.size) {
                Some(range) if range.0 == range.1 => range,
                _ => (nearest(columns, x), nearest(columns, x)),
            };
            // Words that follow without a gap across a column's border are one label that runs over it.
            if let Some(last) = entries.last()
                && last.columns.0 != place.0
                && !last.value
                && !token.kind.is_value()
                && phrase.x.start <= last.x.start
                && runs_over(tokens, columns, &phrase.tokens)
            {
                place = last.columns;
            }
            match entries.last_mut() {
                Some(last) if last.columns == place => {
                    last.tokens.push(index);
                    last.x.end = last.x.end.max(x.end);
                    last.value &= token.kind.is_value();
                }
                _ => entries.push(Entry {
                    columns: place,
                    tokens: vec![index],
                    x,
                    value: token.kind.is_value(),
                    lower: token.lower,
                    heading: false,
                }),
            }
        }
    }
    entries
}

/// Whether a strip of one phrase is a heading between rows: it begins at the left edge of the table and runs over the
/// first column, where nothing else stands beside it.
fn is_heading(strip: &Strip, columns: &[Column]) -> bool {
    let (Some(first), Some(second)) = (columns.first(), columns.get(1)) else { return false };
    strip.x.start < first.text.start + FLUSH * strip.size && strip.x.end > second.text.start + strip.size
}

/// Whether a token of the phrase stands across a border of columns: then the phrase runs over it.
fn runs_over(tokens: &[Token], columns: &[Column], phrase: &[u32]) -> bool {
    phrase.iter().filter_map(|&i| tokens.get(i as usize)).any(|t| {
        columns.windows(2).any(|pair| match pair {
            [a, b] => t.bbox.x0 < a.area.end - 0.2 * t.size && t.bbox.x1 > b.area.start + 0.2 * t.size,
            _ => false,
        })
    })
}

/// One strip on its way to a row.
pub(super) struct Candidate {
    pub(super) entries: Vec<Entry>,
    pub(super) y: Span,
    pub(super) size: f32,
    /// Index of the band that it stands in.
    pub(super) band: usize,
}

/// The rows of the strips, with the labels beside several of them; `bands` are the heights that part rows, ascending.
pub(crate) fn rows(
    tokens: &[Token],
    strips: &[Strip],
    columns: &[Column],
    space: f32,
    bands: &[f32],
) -> (Vec<Row>, Vec<Group>) {
    let mut candidates: Vec<Candidate> = strips
        .iter()
        .map(|strip| Candidate {
            entries: entries(tokens, strip, columns, space),
            y: strip.y,
            size: strip.size,
            band: bands.partition_point(|&b| b <= strip.y.middle()),
        })
        .collect();
    let parting = parting(&candidates, columns.len());
    if parting == Parting::Text
        && let Some(turns) = turns::part(tokens, &mut candidates, columns.len())
    {
        let rows = gathered(candidates, columns, Parting::Bands);
        return group::groups(tokens, &rows, columns, Some(turns)).unwrap_or((rows, Vec::new()));
    }
    let mut parted: Vec<usize> = candidates.iter().map(|candidate| candidate.band).collect();
    parted.dedup();
    // Bands of colour under headers alone hold many rows each.
    if let Some(found) = chain::rows(tokens, &candidates, columns.len())
        .filter(|found| parting == Parting::Text || found.0.len() > ROWS_PER_BAND * parted.len())
    {
        return found;
    }
    (gathered(candidates, columns, parting), Vec::new())
}

/// The rows of the strips: those between two heights that part rows, or those whose text goes on.
fn gathered(mut candidates: Vec<Candidate>, columns: &[Column], mut parting: Parting) -> Vec<Row> {
    if parting == Parting::Text && part_at_blanks(&mut candidates, columns.len()) {
        parting = Parting::Bands;
    }
    let pitch = pitch(&candidates);
    let mut rows: Vec<Row> = Vec::new();
    // Whether the last row has a strip that fills most columns: another one is another row, however near.
    let mut full = false;
    for (index, candidate) in candidates.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|i| candidates.get(i));
        let joined = before.is_some_and(|before| {
            before.band == candidate.band
                && match parting {
                    Parting::Bands => true,
                    Parting::Text if full && is_full(candidate, columns.len()) => false,
                    Parting::Text => {
                        let row = rows.last();
                        row.is_some_and(|r| goes_on(columns, r, before, candidate, candidates.get(index + 1), pitch))
                    }
                }
        });
        full = is_full(candidate, columns.len()) || joined && full;
        match rows.last_mut() {
            Some(row) if joined => {
                row.entries.extend(candidate.entries.iter().cloned());
                row.y.end = row.y.end.max(candidate.y.end);
                row.strips += 1;
            }
            _ => rows.push(Row { entries: candidate.entries.clone(), y: candidate.y, strips: 1 }),
        }
    }
    rows
}

/// The usual distance from one strip to the next, in points.
fn pitch(candidates: &[Candidate]) -> f32 {
    let mut gaps: Vec<f32> = candidates
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => Some(b.y.middle() - a.y.middle()),
            _ => None,
        })
        .collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or(0.0)
}

/// Whether `next` goes on with `row`, whose last strip is `before`.
fn goes_on(
    columns: &[Column],
    row: &Row,
    before: &Candidate,
    next: &Candidate,
    after: Option<&Candidate>,
    pitch: f32,
) -> bool {
    let gap = next.y.middle() - before.y.middle();
    let em = next.size.max(before.size);
    if gap > 1.9 * em || gap > 1.35 * pitch {
        return false;
    }
    let key = |c: &Candidate| c.entries.iter().any(|e| e.columns.0 == 0);
    // A value set half way between two lines of its label.
    if gap < 0.8 * em {
        return true;
    }
    let tight = gap < 0.8 * pitch;
    let stands_below = |e: &Entry| row.entries.iter().any(|r| r.columns == e.columns);
    if tight && !key(next) && !next.entries.is_empty() && next.entries.iter().all(stands_below) {
        return true;
    }
    let values = next.entries.iter().filter(|e| e.value).count();
    if values > 0 {
        return false;
    }
    if !key(next) {
        // The label column is empty and words stand below words: they go on.
        let below = next.entries.iter().all(|e| row.entries.iter().any(|r| r.columns == e.columns && !r.value));
        return below && !next.entries.is_empty() && row.entries.iter().any(|e| e.columns.0 == 0);
    }
    let Some(label) = next.entries.first() else { return false };
    let Some(last) = row.entries.iter().rev().find(|e| e.columns.0 == 0) else { return false };
    let alone = next.entries.len() == 1;
    if label.lower {
        return next.entries.iter().all(|e| row.entries.iter().any(|r| r.columns == e.columns));
    }
    if !alone {
        return tight;
    }
    if label.x.start < last.x.start - 0.4 * em {
        return false;
    }
    let deeper = label.x.start > last.x.start + 0.4 * em;
    let shallow_after =
        after.and_then(|c| c.entries.first()).is_some_and(|e| e.columns.0 == 0 && e.x.start < label.x.start - 0.4 * em);
    let full =
        columns.first().is_some_and(|c| last.x.end > c.text.end - 2.0 * em && last.x.end - last.x.start > 5.0 * em);
    deeper && shallow_after && full || tight
}

/// Whether the strip's tokens are no more than a mark beside other text.
pub(crate) fn is_slight(tokens: &[Token], strip: &Strip) -> bool {
    strip.tokens.iter().filter_map(|&i| tokens.get(i as usize)).all(|t| matches!(t.kind, Kind::Bullet | Kind::Leader))
}
