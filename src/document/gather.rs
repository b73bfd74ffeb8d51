//! Takes sheets one after the other, gives their text as passages over one list of glyphs. It leaves what the text is
//! (paragraph, cell, running head) to the modules that follow.

use super::idle::without_idle_rows;
use super::separate::separate;
use super::{Glyph, Origin, Passage};
use crate::geom::Rect;
use crate::layout::{self, Item, Sheet};
use crate::pdf::{self, Page, Visibility};
use std::ops::Range;

/// A line of text with its passage and all that later stages need to know of its place.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: Passage,
    pub(super) bbox: Rect,
    /// Font size in points.
    pub(super) size: f32,
    pub(super) vertical: bool,
    /// Whether the page shows none of it: all lies outside its clip.
    pub(super) unseen: bool,
}

/// A line as far as it decides whether the next one goes on with it, but for its text, which may have become part of
/// a longer one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub(super) bbox: Rect,
    /// Font size in points.
    pub(super) size: f32,
    pub(super) vertical: bool,
    /// Bytes of its text.
    length: usize,
}

impl Piece {
    pub(super) fn shape(&self) -> Shape {
        Shape { bbox: self.bbox, size: self.size, vertical: self.vertical, length: self.text.text.len() }
    }
}

impl Shape {
    /// Its text, with which `whole` begins.
    pub(super) fn at_start_of<'t>(&self, whole: &'t str) -> &'t str {
        whole.get(..self.length).unwrap_or(whole)
    }

    /// Its text, with which `whole` ends.
    pub(super) fn at_end_of<'t>(&self, whole: &'t str) -> &'t str {
        whole.len().checked_sub(self.length).and_then(|start| whole.get(start..)).unwrap_or(whole)
    }
}

/// A sheet whose lines have become passages.
#[derive(Debug)]
pub(super) struct Leaf {
    pub(super) page: u32,
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) parts: Vec<Part>,
}

/// A line outside tables, or a table with the lines of each of its cells.
#[derive(Debug)]
pub(super) enum Part {
    Line(Piece),
    Table(layout::Table, Vec<Vec<Piece>>),
}

impl Part {
    pub(super) fn bbox(&self) -> &Rect {
        match self {
            Self::Line(line) => &line.bbox,
            Self::Table(table, _) => &table.bbox,
        }
    }
}

/// Collects the glyphs of all sheets.
#[derive(Debug, Default)]
pub(super) struct Gatherer {
    pub(super) glyphs: Vec<Glyph>,
    lines: u32,
}

impl Gatherer {
    /// Takes over the glyphs of `sheet` and turns its lines into passages; those stamped over the page come
    /// apart. Characters that no line took stand in lines of their own at the end, so that none is lost.
    pub(super) fn leaf(&mut self, sheet: Sheet) -> (Leaf, Vec<Passage>) {
        let (width, height) = sheet.size();
        let Sheet { page, items, over, .. } = sheet;
        let first = self.glyphs.len();
        let base = first as u32;
        self.glyphs.extend(page.glyphs.iter().map(|glyph| Glyph {
            page: page.number,
            line: 0,
            characters: characters(&page, glyph),
            bbox: glyph.bbox,
        }));
        let mut parts: Vec<Part> = Vec::with_capacity(items.len());
        for item in items {
            match item {
                Item::Line(line) => parts.push(Part::Line(self.piece(line, &page, base))),
                Item::Table(mut table) => {
                    table.cells.iter_mut().flat_map(|cell| &mut cell.ringed).for_each(|glyph| *glyph += base);
                    let lines = table
                        .cells
                        .iter_mut()
                        .map(|cell| {
                            std::mem::take(&mut cell.lines).into_iter().map(|l| self.piece(l, &page, base)).collect()
                        })
                        .collect();
                    let (table, lines) = without_idle_rows(table, lines);
                    separate(table, lines, &mut parts);
                }
            }
        }
        let over = over.into_iter().map(|line| self.piece(line, &page, base).text).collect();
        let own = self.glyphs.get(first..).unwrap_or_default();
        let lost = |(_, glyph): &(u32, &Glyph)| glyph.line == 0 && glyph.characters > 0;
        let lost: Vec<(u32, Rect)> = (0..).zip(own).filter(lost).map(|(index, glyph)| (index, glyph.bbox)).collect();
        for (index, bbox) in lost {
            let text = page.glyphs.get(index as usize).map(|glyph| text_of(&page, glyph)).unwrap_or_default();
            let line = layout::Line {
                text: text.to_owned(),
                glyphs: vec![layout::LineGlyph { offset: 0, glyph: index }],
                bbox,
                size: bbox.height(),
                vertical: false,
            };
            parts.push(Part::Line(self.piece(line, &page, base)));
        }
        (Leaf { page: page.number, width, height, parts }, over)
    }

    fn piece(&mut self, line: layout::Line, page: &Page, base: u32) -> Piece {
        self.lines += 1;
        let clipped = |part: &layout::LineGlyph| {
            page.glyphs.get(part.glyph as usize).is_some_and(|glyph| glyph.visibility == Visibility::Clipped)
        };
        let unseen = !line.glyphs.is_empty() && line.glyphs.iter().all(clipped);
        let origins = line
            .glyphs
            .into_iter()
            .map(|part| {
                let glyph = base + part.glyph;
                if let Some(known) = self.glyphs.get_mut(glyph as usize) {
                    known.line = self.lines;
                }
                Origin { offset: part.offset, glyph }
            })
            .collect();
        let text = Passage { text: line.text, origins };
        Piece { text, bbox: line.bbox, size: line.size, vertical: line.vertical, unseen }
    }
}

/// The text of a glyph.
fn text_of<'a>(page: &'a Page, glyph: &pdf::Glyph) -> &'a str {
    page.text.get(stretch(glyph)).unwrap_or_default()
}

/// Where the text of a glyph stands in the text of its page.
fn stretch(glyph: &pdf::Glyph) -> Range<usize> {
    let start = glyph.start as usize;
    start..start + usize::from(glyph.length)
}

/// How many characters of a glyph's text are no white space.
#[inline]
fn characters(page: &Page, glyph: &pdf::Glyph) -> u8 {
    if page.text.as_bytes().get(stretch(glyph)).is_some_and(layout::is_inked) {
        return 1;
    }
    let count = text_of(page, glyph).chars().filter(|c| !c.is_whitespace()).count();
    u8::try_from(count).unwrap_or(u8::MAX)
}
