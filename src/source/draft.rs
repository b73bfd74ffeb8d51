//! Takes paragraphs and tables as plain text with spans, gives a [`Document`] without places.
//!
//! Every reader of converted text drafts its blocks here; the one who decides what a block means is `report`.

use super::sheet::{self, Line, Part};
use super::{merged, stitch};
use crate::document::{Block, Cell, Document, Glyph, Origin, Paragraph, Passage, Table};
use crate::warning::Warning;

/// No table of a report comes near this many cells; a file that asks for more gets its text as paragraphs.
const MAXIMUM_AREA: usize = 1_000_000;

/// A block before its characters are counted.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Draft {
    /// Text outside tables.
    Paragraph {
        /// Its text, `\n` where a line ends on purpose.
        text: String,
        /// Level of a marked heading.
        heading: Option<u8>,
        /// Indent in ems.
        indent: f32,
    },
    /// A table.
    Table(Grid),
    /// A table whose merged cells are still to be found.
    Rows(Rows),
    /// What belongs to a page and not to the text.
    Furniture(String),
}

impl Draft {
    /// A paragraph of body text.
    pub(super) fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { text: text.into(), heading: None, indent: 0.0 }
    }
}

/// A cell as the source writes it, `Default` being a blank one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// Its text.
    pub(super) text: String,
    /// Rows it asks for.
    pub(super) row_span: usize,
    /// Columns it asks for.
    pub(super) column_span: usize,
    /// Whether the source marks it as a heading cell.
    pub(super) heading: bool,
}

impl Default for Entry {
    fn default() -> Self {
        Self { text: String::new(), row_span: 1, column_span: 1, heading: false }
    }
}

/// The rows of a table as a converter wrote them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Rows {
    /// Texts of the cells, as many in each row as were written.
    pub(super) cells: Vec<Vec<String>>,
    /// Whether pipes part the cells: a row then has one for each column, and the first is the head.
    pub(super) piped: bool,
    /// Leading rows that parts of the table repeat.
    pub(super) header_rows: usize,
    /// The texts of their repetitions.
    pub(super) repeats: Vec<String>,
}

/// Cells with their positions; they do not overlap.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Grid {
    /// Number of rows.
    pub(super) rows: usize,
    /// Number of columns.
    pub(super) columns: usize,
    /// `(row, column, entry)`, ordered by row, then column.
    pub(super) cells: Vec<(usize, usize, Entry)>,
    /// Leading rows that parts of the table repeat.
    pub(super) header_rows: usize,
    /// Texts that stand in the source once more.
    pub(super) repeats: Vec<String>,
}

impl Grid {
    /// Places rows of cells as HTML does: each cell in the first column that no cell above still covers. Spans are cut
    /// to the rows there are, gaps become blank cells. Gives the rows back where the grid would be absurdly large.
    pub(super) fn place(rows: Vec<Vec<Entry>>) -> Result<Self, Vec<Vec<Entry>>> {
        let count = rows.len();
        let mut covered: Vec<usize> = Vec::new();
        let mut positions = Vec::new();
        for (r, row) in rows.iter().enumerate() {
            let mut column = 0;
            for entry in row {
                while covered.get(column).is_some_and(|until| *until > r) {
                    column += 1;
                }
                let free = covered.iter().skip(column).take_while(|until| **until <= r).count();
                let beyond = column + free >= covered.len();
                let width = if beyond { entry.column_span } else { entry.column_span.min(free) }.max(1);
                let height = entry.row_span.clamp(1, count - r);
                if covered.len() < column + width {
                    covered.resize(column + width, 0);
                }
                if covered.len().saturating_mul(count) > MAXIMUM_AREA {
                    return Err(rows);
                }
                covered.iter_mut().skip(column).take(width).for_each(|until| *until = r + height);
                positions.push((r, column, height, width));
                column += width;
            }
        }
        let mut grid = Self { rows: count, columns: covered.len(), ..Self::default() };
        grid.cells.reserve(positions.len());
        for (entry, (r, c, row_span, column_span)) in rows.into_iter().flatten().zip(positions) {
            grid.cells.push((r, c, Entry { row_span, column_span, ..entry }));
        }
        grid.fill_gaps();
        Ok(grid)
    }

    /// The table, or the titles and tables of the sheet that it is.
    pub(super) fn parts(self) -> Vec<Draft> {
        let mut lines = vec![Line::default(); self.rows];
        for (row, column, entry) in &self.cells {
            let rows = lines.get_mut(*row..row + entry.row_span).unwrap_or_default();
            rows.iter_mut().skip(1).for_each(|line| line.crossed = true);
            let Some(line) = rows.first_mut().filter(|_| !entry.text.trim().is_empty()) else { continue };
            line.filled += 1;
            line.leads |= *column == 0;
            line.notes |= *column == 0 && sheet::is_note(&entry.text);
        }
        let Some(parts) = sheet::parts(&lines) else { return vec![Draft::Table(self)] };
        let mut cells = self.cells.into_iter().peekable();
        let mut drafts = Vec::new();
        for part in parts {
            let (Part::Lines(rows) | Part::Table(rows)) = &part;
            while cells.next_if(|(row, ..)| *row < rows.start).is_some() {}
            let mut own = Vec::new();
            while let Some((row, column, entry)) = cells.next_if(|(row, ..)| *row < rows.end) {
                own.push((row - rows.start, column, entry));
            }
            match part {
                Part::Lines(_) => {
                    let texts = own.into_iter().map(|(.., entry)| entry.text).filter(|text| !text.trim().is_empty());
                    drafts.extend(texts.map(Draft::paragraph));
                }
                Part::Table(rows) => {
                    let columns = own.iter().filter(|(.., entry)| !entry.text.trim().is_empty());
                    let columns = columns.map(|(_, column, entry)| column + entry.column_span).max().unwrap_or(0);
                    own.retain(|(_, column, _)| *column < columns);
                    own.iter_mut().for_each(|(_, column, entry)| {
                        entry.column_span = entry.column_span.min(columns - *column);
                    });
                    drafts.push(Draft::Table(Self { rows: rows.len(), columns, cells: own, ..Self::default() }));
                }
            }
        }
        drafts
    }

    /// Adds a blank cell wherever none stands.
    fn fill_gaps(&mut self) {
        let mut taken = vec![false; self.rows * self.columns];
        for (row, column, entry) in &self.cells {
            for r in *row..row + entry.row_span {
                let from = r * self.columns + column;
                taken.iter_mut().skip(from).take(entry.column_span).for_each(|t| *t = true);
            }
        }
        for (at, _) in taken.iter().enumerate().filter(|(_, taken)| !**taken) {
            self.cells.push((at / self.columns, at % self.columns, Entry::default()));
        }
        self.cells.sort_by_key(|(row, column, _)| (*row, *column));
    }
}

/// Counts the characters of the drafts and gives the document.
pub(super) fn document(drafts: Vec<Draft>, warnings: Vec<Warning>) -> Document {
    let mut writer = Writer { document: Document { warnings, ..Document::default() }, line: 0 };
    for draft in stitch::join(drafts) {
        writer.block(draft);
    }
    writer.document
}

struct Writer {
    document: Document,
    line: u32,
}

impl Writer {
    fn block(&mut self, draft: Draft) {
        match draft {
            Draft::Paragraph { text, heading, indent } => {
                let text = self.passage(&text);
                if !text.is_blank() {
                    let paragraph = Paragraph { text, size: 1.0, indent, heading, ..Paragraph::default() };
                    self.document.blocks.push(Block::Paragraph(paragraph));
                }
            }
            Draft::Furniture(text) => {
                let text = self.passage(&text);
                self.document.furniture.push(text);
            }
            Draft::Rows(rows) => {
                let (grid, mut warnings) = merged::merge(rows);
                self.document.warnings.append(&mut warnings);
                self.block(Draft::Table(grid));
            }
            Draft::Table(grid) if grid.cells.iter().all(|(_, _, entry)| entry.text.trim().is_empty()) => {}
            Draft::Table(grid) => {
                let table = self.table(grid);
                self.document.blocks.push(Block::Table(table));
            }
        }
    }

    fn table(&mut self, grid: Grid) -> Table {
        let cells = grid.cells.into_iter().map(|(row, column, entry)| Cell {
            row,
            column,
            row_span: entry.row_span,
            column_span: entry.column_span,
            text: self.passage(&entry.text),
            shaded: entry.heading,
            struck: false,
            ringed: Vec::new(),
        });
        let cells = cells.collect();
        let repeats = grid.repeats.iter().map(|text| self.passage(text)).collect();
        let (rows, columns, header_rows) = (grid.rows, grid.columns, grid.header_rows);
        Table { page: 0, rows, columns, cells, repeats, header_rows }
    }

    /// The text with one glyph for each of its characters.
    fn passage(&mut self, text: &str) -> Passage {
        let text = text.trim();
        let mut origins = Vec::with_capacity(text.chars().count());
        self.line += 1;
        for (offset, character) in text.char_indices() {
            if character == '\n' {
                self.line += 1;
                continue;
            }
            let (Ok(offset), Ok(glyph)) = (u32::try_from(offset), u32::try_from(self.document.glyphs.len())) else {
                break;
            };
            origins.push(Origin { offset, glyph });
            let characters = u8::from(!character.is_whitespace());
            self.document.glyphs.push(Glyph { line: self.line, characters, ..Glyph::default() });
        }
        Passage { text: text.to_owned(), origins }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(text: &str, row_span: usize, column_span: usize) -> Entry {
        Entry { text: text.into(), row_span, column_span, heading: false }
    }

    #[test]
    fn spans_push_later_cells_aside_and_gaps_are_blank() {
        let rows = vec![vec![entry("a", 2, 1), entry("b", 1, 2)], vec![entry("c", 9, 1)]];
        let grid = Grid::place(rows).unwrap();
        let found: Vec<_> = grid.cells.iter().map(|(r, c, e)| (*r, *c, e.text.as_str(), e.row_span)).collect();
        assert_eq!(found, [(0, 0, "a", 2), (0, 1, "b", 1), (1, 1, "c", 1), (1, 2, "", 1)]);
    }

    #[test]
    fn a_span_never_runs_over_a_cell_that_comes_down_from_above() {
        let rows = vec![vec![entry("a", 1, 1), entry("b", 2, 1), entry("c", 1, 1)], vec![entry("d", 1, 3)]];
        let grid = Grid::place(rows).unwrap();
        assert_eq!(grid.cells.iter().map(|(_, _, e)| e.row_span * e.column_span).sum::<usize>(), 6);
    }

    #[test]
    fn absurd_spans_give_the_rows_back() {
        let rows: Vec<_> = (0..2000).map(|_| vec![entry("x", 1, 1000)]).collect();
        assert!(Grid::place(rows).is_err());
    }

    #[test]
    fn white_space_counts_nothing() {
        let document = document(vec![Draft::paragraph("進 捗\n状況")], Vec::new());
        assert_eq!(document.glyphs.iter().map(|g| u32::from(g.characters)).sum::<u32>(), 4);
        assert_ne!(document.glyphs[0].line, document.glyphs[3].line);
    }
}
