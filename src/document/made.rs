//! Parts of documents for tests, made from bare texts; they have no places.

use super::{Block, Cell, Paragraph, Passage, Table};

pub(crate) fn passage(text: &str) -> Passage {
    Passage { text: text.to_owned(), origins: Vec::new() }
}

pub(crate) fn paragraph(text: &str) -> Block {
    Block::Paragraph(Paragraph { text: passage(text), ..Paragraph::default() })
}

/// A table without merged cells.
pub(crate) fn table(rows: &[&[&str]]) -> Block {
    let columns = rows[0].len();
    let cell = |row: usize, column: usize, text: &str| Cell {
        row,
        column,
        row_span: 1,
        column_span: 1,
        text: passage(text),
        ..Cell::default()
    };
    let cells = rows.iter().enumerate().flat_map(|(r, row)| row.iter().enumerate().map(move |(c, t)| cell(r, c, t)));
    Block::Table(Table { rows: rows.len(), columns, cells: cells.collect(), ..Table::default() })
}
