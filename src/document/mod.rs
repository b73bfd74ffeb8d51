//! Takes the sheets of all pages, gives one [`Document`]: paragraphs and tables in reading order, running heads and
//! page numbers taken out, tables that continue over pages stitched. Nothing above this stage compares coordinates.

mod columns;
mod draw;
mod furniture;
mod gather;
mod idle;
mod item;
#[cfg(test)]
pub(crate) mod made;
mod paragraph;
mod places;
mod room;
mod separate;
mod stitch;
mod unseen;
mod wrap;

pub use draw::draw;

use crate::geom::Rect;
use crate::layout::Sheet;
use crate::warning::Warning;
use gather::{Gatherer, Leaf, Part, Piece};
use paragraph::{Draft, TextArea};
use std::ops::Range;
use stitch::Growing;

/// Assembles the sheets of all pages, in page order.
#[must_use]
pub fn assemble(sheets: impl IntoIterator<Item = Sheet>) -> Document {
    let mut gatherer = Gatherer::default();
    let mut warnings = Vec::new();
    let mut leaves = Vec::new();
    let mut stamps = Vec::new();
    for mut sheet in sheets {
        warnings.append(&mut sheet.page.warnings);
        warnings.append(&mut sheet.warnings);
        let (leaf, mut over) = gatherer.leaf(sheet);
        leaves.push(leaf);
        stamps.append(&mut over);
    }
    let mut furniture = furniture::take(&mut leaves);
    furniture.append(&mut unseen::take_repeated(&mut leaves));
    furniture.append(&mut stamps);
    furniture.append(&mut unseen::take_outside(&mut leaves, &mut warnings));
    warnings.extend(unseen::warnings(&leaves));
    let pages = leaves.len() as u32;
    let body = paragraph::body_size(&leaves);
    let mut assembly = Assembly::default();
    for leaf in leaves {
        assembly.add(leaf);
    }
    let blocks = assembly.blocks.into_iter().map(|open| open.finish(body)).collect();
    Document { pages, blocks, furniture, glyphs: gatherer.glyphs, warnings }
}

/// The blocks so far; the last one may go on with the next page.
#[derive(Default)]
struct Assembly {
    blocks: Vec<Open>,
    area: Option<TextArea>,
}

/// A block that may still grow.
enum Open {
    Paragraph(Draft),
    Table(Growing),
}

impl Open {
    fn finish(self, body: f32) -> Block {
        match self {
            Self::Paragraph(draft) => Block::Paragraph(draft.finish(body)),
            Self::Table(table) => Block::Table(table.finish()),
        }
    }
}

impl Assembly {
    fn add(&mut self, leaf: Leaf) {
        let area = TextArea::of(&leaf);
        let page = leaf.page;
        let mut at_top = true;
        let mut lines: Vec<Piece> = Vec::new();
        for part in leaf.parts {
            match part {
                Part::Line(line) => lines.push(line),
                Part::Table(table, cells) => {
                    at_top &= lines.iter().all(|line| says_continued(&line.text.text));
                    self.paragraphs(std::mem::take(&mut lines), page, &area);
                    let table = Growing::new(page, leaf.height, table, cells);
                    let Some(table) = self.without_repeat(table, at_top) else {
                        at_top = false;
                        continue;
                    };
                    match self.blocks.iter_mut().rev().find(|open| !open.says_continued()) {
                        Some(Open::Table(before)) if at_top => {
                            if let Err(table) = before.extend(table) {
                                self.blocks.push(Open::Table(*table));
                            }
                        }
                        _ => self.blocks.push(Open::Table(table)),
                    }
                    at_top = false;
                }
            }
        }
        self.paragraphs(lines, page, &area);
        self.area = Some(area);
    }

    /// A table, unless it is but the header of the one before: a printer repeats it at the top of a page that goes on
    /// with what stands below the table.
    fn without_repeat(&mut self, table: Growing, at_top: bool) -> Option<Growing> {
        let last = self.blocks.iter_mut().rev().find_map(|open| match open {
            Open::Table(before) => Some(before),
            Open::Paragraph(_) => None,
        });
        match last.filter(|_| at_top) {
            Some(before) => before.take_repeat(table),
            None => Some(table),
        }
    }

    fn paragraphs(&mut self, lines: Vec<Piece>, page: u32, area: &TextArea) {
        let mut drafts = paragraph::join(lines, page, area).into_iter();
        if let (Some(Open::Paragraph(before)), Some(last_area)) = (self.blocks.last_mut(), &self.area)
            && before.page < page
            && before.is_open(last_area)
            && let Some(first) = drafts.next()
        {
            if before.accepts(&first) {
                before.absorb(first);
            } else {
                self.blocks.push(Open::Paragraph(first));
            }
        }
        self.blocks.extend(drafts.map(Open::Paragraph));
    }
}

impl Open {
    fn says_continued(&self) -> bool {
        matches!(self, Self::Paragraph(draft) if says_continued(&draft.text.text))
    }
}

/// Whether a line between two parts of a table only says that the table goes on, or in which unit.
fn says_continued(text: &str) -> bool {
    let short = text.chars().count() <= 30;
    short
        && (text.contains("続き")
            || text.contains("つづき")
            || text.trim_start_matches(['(', '（']).starts_with("単位"))
}

/// A whole document as a reader takes it in, page breaks forgotten.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Number of pages; 0 for sources without pages.
    pub pages: u32,
    /// Paragraphs and tables in reading order.
    pub blocks: Vec<Block>,
    /// Running heads and page numbers.
    pub furniture: Vec<Passage>,
    /// Every glyph of the document's text layer; [`Origin::glyph`] indexes it. Sources without pages have one per
    /// character.
    pub glyphs: Vec<Glyph>,
    /// What the stages before made uncertain.
    pub warnings: Vec<Warning>,
}

/// What is left of a glyph once its page is read: where it stands and how much it counts.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Glyph {
    /// 1-based page, 0 for sources without pages.
    pub page: u32,
    /// A number that all glyphs of one line share, unique in the document.
    pub line: u32,
    /// Characters other than white space that it stands for (the unit of `coverage`).
    pub characters: u8,
    /// Its box; meaningless where `page` is 0.
    pub bbox: Rect,
}

/// A paragraph or a table.
#[derive(Debug, Clone)]
pub enum Block {
    /// Text outside tables.
    Paragraph(Paragraph),
    /// A table, stitched over pages.
    Table(Table),
}

/// Lines that belong together.
#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    /// Its text.
    pub text: Passage,
    /// Page it begins on (0 for sources without pages).
    pub page: u32,
    /// Font size relative to the document's most frequent one (1.0 = body text; 1.0 for sources without pages).
    pub size: f32,
    /// Distance of its first line from the left margin of the text, in ems of its font (0 for sources without pages
    /// unless the source indents).
    pub indent: f32,
    /// Whether it stands in the middle of the page.
    pub centered: bool,
    /// Level of a heading that the source itself marks (`#` in Markdown, `<h2>`), else `None`.
    pub heading: Option<u8>,
}

/// A table of any number of pages.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Page it begins on (0 for sources without pages).
    pub page: u32,
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
    /// Cells ordered by row, then column; they do not overlap, and together they tile the grid.
    pub cells: Vec<Cell>,
    /// Header rows that continuation pages repeat, taken out of the rows.
    pub repeats: Vec<Passage>,
    /// Number of leading rows that continuation pages repeat: certainly a header. 0 when none was repeated.
    pub header_rows: usize,
}

/// One cell, possibly merged.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// Zero-based first row.
    pub row: usize,
    /// Zero-based first column.
    pub column: usize,
    /// Rows it covers, at least 1.
    pub row_span: usize,
    /// Columns it covers, at least 1.
    pub column_span: usize,
    /// Its text, empty for a blank cell.
    pub text: Passage,
    /// Whether it has a background of its own, as header cells often have.
    pub shaded: bool,
    /// Whether a diagonal stroke crosses it (a sign for "no value").
    pub struck: bool,
    /// Indices in [`Document::glyphs`] of the characters of it that a drawn ring stands around: the choice among several.
    pub ringed: Vec<u32>,
}

/// Text that remembers which glyph each of its characters came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// The text. Breaks that only wrap are undone; those that mean something (list items, forced ends of lines) are
    /// `\n`.
    pub text: String,
    /// Ascending by offset; a byte belongs to the last origin at or before it. White space and `\n` put in by us
    /// have an origin of their own only where the page has a glyph for them.
    pub origins: Vec<Origin>,
}

/// Where a part of a passage comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Byte offset in [`Passage::text`].
    pub offset: u32,
    /// Index in [`Document::glyphs`].
    pub glyph: u32,
}

impl Passage {
    /// Whether it has no character but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self.text.as_bytes() {
            // A first character from U+3040 on, or a sign of ASCII, tells.
            [0x21..=0x7E | 0xE4..=0xEF, ..] | [0xE3, 0x81..=0xBF, ..] => false,
            _ => self.text.chars().all(char::is_whitespace),
        }
    }

    /// The part of the passage in `range` (byte offsets on character boundaries), white space at its ends left out.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let rest = self.text[range.start..range.end].trim_start();
        let start = range.end - rest.len();
        let text = rest.trim_end().to_owned();
        let end = start + text.len();
        let from = self.origins.partition_point(|o| (o.offset as usize) < start);
        let origins = &self.origins[from..];
        let count = origins.partition_point(|o| (o.offset as usize) < end);
        let origins =
            origins[..count].iter().map(|o| Origin { offset: o.offset - start as u32, glyph: o.glyph }).collect();
        Self { text, origins }
    }

    /// Appends `other`, with `separator` between the two unless one of them is empty.
    pub fn append(&mut self, separator: &str, other: &Self) {
        if !self.text.is_empty() && !other.text.is_empty() {
            self.text.push_str(separator);
        }
        let base = self.text.len() as u32;
        self.text.push_str(&other.text);
        self.origins.extend(other.origins.iter().map(|o| Origin { offset: o.offset + base, glyph: o.glyph }));
    }

    /// Its lines as the `\n` in it divide it, blank ones left out.
    pub fn lines(&self) -> impl Iterator<Item = Self> + '_ {
        let mut start = 0;
        self.text.split('\n').filter_map(move |line| {
            let range = start..start + line.len();
            start = range.end + 1;
            let line = self.slice(range);
            (!line.text.is_empty()).then_some(line)
        })
    }
}
