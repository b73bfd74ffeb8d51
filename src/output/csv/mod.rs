//! Takes tidy rows, gives CSV files (RFC 4180, UTF-8): six tables and the data package that describes them. By default
//! with byte order mark and CRLF, as spreadsheets in Japan expect. Cells of text that a spreadsheet would run as a
//! formula are made harmless by [`guard`]. Folders and files are left to the command line.

use super::datapackage;
use super::tidy::{Cell, Column, FILES, Row, Table, Tidy};
use std::borrow::Cow;
use std::io;

pub mod guard;

/// How the tables are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// The names of the columns.
    pub header: Header,
    /// How a file starts.
    pub start: Start,
}

/// The names of the columns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Header {
    /// `fiscal_year`.
    #[default]
    English,
    /// `年度`.
    Japanese,
}

/// How a file starts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Start {
    /// With a byte order mark, by which Excel knows UTF-8.
    #[default]
    Mark,
    /// With the first column's name.
    Bare,
}

/// A file of the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Header {
    /// The column's name.
    #[must_use]
    pub fn of(self, column: &Column) -> &'static str {
        match self {
            Self::English => column.name,
            Self::Japanese => column.ja,
        }
    }
}

/// The six tables and `datapackage.json`. The same reports in the same order always give the same bytes.
///
/// # Errors
/// None for what is written to memory; the signature is that of the writers below.
pub fn files(tidy: &Tidy, options: Options) -> io::Result<Vec<File>> {
    let mut files = Vec::with_capacity(FILES.len() + 1);
    for table in &FILES {
        files.push(File { name: datapackage::path(table), bytes: write(table, &tidy.rows, options)? });
    }
    let package = datapackage::write(tidy, &files, options)?;
    files.push(File { name: "datapackage.json".to_owned(), bytes: package });
    Ok(files)
}

fn write(table: &Table, rows: &[Row], options: Options) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if options.start == Start::Mark {
        bytes.extend_from_slice("\u{feff}".as_bytes());
    }
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(bytes);
    writer.write_record(table.columns().map(|column| options.header.of(column)))?;
    for row in rows.iter().filter(|row| (table.holds)(row)) {
        for column in table.columns() {
            writer.write_field(field((column.cell)(row)).as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.into_inner().map_err(|failure| failure.into_error())
}

fn field(cell: Cell<'_>) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) => guard::guarded(text),
        Cell::Integer(number) => number.to_string().into(),
        Cell::Number(number) => number.to_string().into(),
        Cell::Flag(flag) => Cow::Borrowed(if flag { "true" } else { "false" }),
    }
}
