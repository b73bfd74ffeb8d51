//! Takes the rulings of a page, gives its ruled tables without text: the five sentences from start to end. A frame
//! around a single area, a page border or an underline is no table.

use crate::geom::{Axis, Rect, Span};
use crate::layout::word::Word;
use crate::layout::{Table, grid, mosaic, ruling, striped};
use crate::pdf::{Page, Ruling};
use crate::warning::Warning;
use std::borrow::Cow;
use std::cell::OnceCell;

/// Parallel rulings closer than this are one (double rules, drifting pieces), in ems: no text fits between them.
const SNAP: f32 = 0.3;
/// Least distance for both, in points: what producers round does not shrink with small print.
const LEAST: f32 = 1.5;
/// A ruling may end this far before the one that it meets, in ems.
const REACH: f32 = 0.3;
/// Shorter lines are specks, in ems.
const SPECK: f32 = 0.5;
/// Words whose middles lie closer than this stand in one line, in ems.
const ONE_LINE: f32 = 0.5;
/// Distance between rulings of one rhythm, in multiples of the tallest row.
const RHYTHM: f32 = 1.6;
/// Font size that pages without text are taken to have, in points.
const DEFAULT_SIZE: f32 = 10.0;
/// Most cells on a page; what has more is a drawing.
const MAX_CELLS: usize = 200_000;

/// The ruled tables of `page`, without text.
pub(crate) fn tables(page: &Page, words: &[Word], warnings: &mut Vec<Warning>) -> Vec<Table> {
    let em = size(words);
    let snap = (SNAP * em).max(LEAST);
    let reach = (REACH * em).max(LEAST);
    let mut rulings = Cow::Borrowed(page.rulings.as_slice());
    if let Some(parted) = mosaic::parted(&rulings) {
        rulings = Cow::Owned(parted);
    }
    let mosaic = mosaic::rulings(&page.fills, &rulings);
    if mosaic.is_empty() {
        let striped = striped::rulings(&page.fills, words, &rulings, em);
        if !striped.is_empty() {
            rulings.to_mut().extend(striped);
        }
    } else {
        rulings.to_mut().extend(mosaic);
    }
    let lines = ruling::without_drawings(ruling::joined(&rulings, em, SPECK), reach);
    let (webs, loose) = ruling::webs(&lines, reach);
    let rows = Rows::new(words);
    let webs = ruling::bridged(webs, em, snap, &|across, along| rows.is_one_line(across, along, em));
    let mut tables = Vec::new();
    let mut cells = 0;
    for web in &webs {
        let found = grid::tables(web, snap, &|axis, across, along| rows.is_empty(axis, across, along));
        cells += found.iter().map(|t| t.cells.len()).sum::<usize>();
        if cells > MAX_CELLS {
            warnings.push(Warning::new(
                "too-many-rulings",
                "the page has more ruled cells than a table; they are left out",
            ));
            return tables;
        }
        tables.extend(found.into_iter().filter(|table| !lies_over_rows(table, &loose, snap)));
    }
    tables
}

/// Whether the table is a frame or bracket drawn over some rows of a larger table that has horizontal rulings only:
/// most rulings of the same extent, in the same rhythm, lie above or below it.
fn lies_over_rows(table: &Table, loose: &[Ruling], snap: f32) -> bool {
    let tallest = table.row_bounds.windows(2).map(|pair| pair[1] - pair[0]).fold(0.0, f32::max);
    let (left, right) = (table.bbox.x0, table.bbox.x1);
    let same = |r: &&Ruling| {
        r.axis == Axis::Horizontal
            && (r.span.start - left).abs() <= 2.0 * snap
            && (r.span.end - right).abs() <= 2.0 * snap
    };
    let mut positions: Vec<f32> = loose.iter().filter(same).map(|r| r.position).collect();
    positions.sort_by(f32::total_cmp);
    let follow = |edge: f32, positions: &mut dyn Iterator<Item = f32>| {
        let steps = positions.scan(edge, |last, next| {
            let step = (next - *last).abs();
            *last = next;
            Some(step)
        });
        steps.take_while(|step| *step <= RHYTHM * tallest).count()
    };
    let below = follow(table.bbox.y1, &mut positions.iter().copied().filter(|p| *p > table.bbox.y1));
    let above = follow(table.bbox.y0, &mut positions.iter().rev().copied().filter(|p| *p < table.bbox.y0));
    above + below > table.rows
}

/// The size of most text, in points.
pub(crate) fn size(words: &[Word]) -> f32 {
    let same = words.chunk_by(|a, b| a.size == b.size);
    let mut sizes: Vec<(f32, u32)> =
        same.filter_map(|same| Some((same.first()?.size, same.iter().map(|w| w.end - w.first).sum()))).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let total: u32 = sizes.iter().map(|(_, count)| count).sum();
    let mut seen = 0;
    let median = sizes.iter().find(|(_, count)| {
        seen += 2 * count;
        seen >= total
    });
    median.map_or(DEFAULT_SIZE, |(size, _)| *size)
}

/// Words for asking whether a place is free of text; by height once that has been asked.
struct Rows<'w> {
    words: &'w [Word],
    by_height: OnceCell<Vec<(f32, Rect)>>,
}

impl<'w> Rows<'w> {
    fn new(words: &'w [Word]) -> Self {
        Self { words, by_height: OnceCell::new() }
    }

    fn by_height(&self) -> &[(f32, Rect)] {
        self.by_height.get_or_init(|| {
            let mut middles: Vec<(f32, Rect)> = self.words.iter().map(|w| (w.bbox.center().y, w.bbox)).collect();
            middles.sort_by(|a, b| a.0.total_cmp(&b.0));
            middles
        })
    }

    /// Whether the band between two horizontals holds words of one line and no others.
    fn is_one_line(&self, across: Span, along: Span, em: f32) -> bool {
        let rows = self.by_height();
        let from = rows.partition_point(|(middle, _)| *middle < across.start);
        let inside = rows.iter().skip(from).take_while(|(middle, _)| *middle <= across.end);
        let mut inside = inside.filter(|(_, bbox)| along.contains(bbox.center().x)).map(|(middle, _)| *middle);
        let Some(first) = inside.next() else { return false };
        inside.last().is_none_or(|last| last - first < ONE_LINE * em)
    }

    /// Whether no word has its middle in the band between two rulings of `axis`.
    fn is_empty(&self, axis: Axis, across: Span, along: Span) -> bool {
        let (x, y) = match axis {
            Axis::Horizontal => (along, across),
            Axis::Vertical => (across, along),
        };
        let rows = self.by_height();
        let from = rows.partition_point(|(middle, _)| *middle < y.start);
        let mut inside = rows.iter().skip(from).take_while(|(middle, _)| *middle <= y.end);
        !inside.any(|(_, bbox)| x.contains(bbox.center().x))
    }
}
