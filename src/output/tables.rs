//! Takes tables as pages show them, gives JSON, CSV, Markdown or HTML.

use super::indented;
use crate::document::{self, Block, Document, Passage};
use crate::geom::{Place, Rect};
use crate::layout::{Line, Method, Sheet, Table};
use schemars::JsonSchema;
use serde::Serialize;
use std::io::{self, Write};

/// A table as `torikumi tables` lists it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlainTable {
    /// 1-based page that it begins on.
    pub page: u32,
    /// `[x0, y0, x1, y1]` in points from the top left corner of the page as a reader sees it, y down.
    pub bbox: [f64; 4],
    /// The text of each place of the grid; a merged cell's text stands once, in its first row and column.
    pub rows: Vec<Vec<String>>,
    /// Every cell, blank ones included, by row and column.
    pub cells: Vec<PlainCell>,
    /// `ruled`: from its rulings; `aligned`: from the alignment of its text.
    pub method: &'static str,
}

/// A cell of a [`PlainTable`].
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlainCell {
    /// Zero-based first row.
    pub row: usize,
    /// Zero-based first column.
    pub col: usize,
    /// Rows that it covers.
    pub row_span: usize,
    /// Columns that it covers.
    pub col_span: usize,
    /// Its lines, with `\n` between them.
    pub text: String,
    /// Its area, as the table's; of a joined table the box of its text, `null` where it is blank.
    pub bbox: Option<[f64; 4]>,
}

/// A table of a page in the form for output.
#[must_use]
pub fn plain(sheet: &Sheet, table: &Table) -> PlainTable {
    let page = sheet.page.number;
    let area = |bbox: &Rect| Place::new(page, &sheet.seen(bbox)).bbox;
    let cells: Vec<PlainCell> = table
        .cells
        .iter()
        .map(|cell| PlainCell {
            row: cell.row,
            col: cell.column,
            row_span: cell.row_span,
            col_span: cell.column_span,
            text: text_of(&cell.lines),
            bbox: Some(area(&cell.bbox)),
        })
        .collect();
    let method = match table.method {
        Method::Ruled => "ruled",
        Method::Aligned => "aligned",
    };
    PlainTable { page, bbox: area(&table.bbox), rows: grid(table.rows, table.columns, &cells), cells, method }
}

/// The tables of a document, those that continue over pages stitched. `found` are the tables of its pages: they say
/// how each was found.
#[must_use]
pub fn joined(document: &Document, found: &[PlainTable]) -> Vec<PlainTable> {
    let tables = document.blocks.iter().filter_map(|b| if let Block::Table(table) = b { Some(table) } else { None });
    tables.map(|table| joined_table(document, table, found)).collect()
}

/// One table of a document.
fn joined_table(document: &Document, table: &document::Table, found: &[PlainTable]) -> PlainTable {
    let bbox = |text: &Passage| {
        let places = document.places(text, false);
        places.iter().find(|p| p.page == table.page).or(places.first()).map(|p| (p.page, p.bbox))
    };
    let boxes: Vec<Option<(u32, [f64; 4])>> = table.cells.iter().map(|cell| bbox(&cell.text)).collect();
    let around = |a: [f64; 4], b: [f64; 4]| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
    let own = boxes.iter().flatten().filter(|(page, _)| *page == table.page).map(|(_, bbox)| *bbox);
    let whole = own.reduce(around).unwrap_or_default();
    let holds = |t: &&PlainTable| t.page == table.page && t.bbox[0] <= whole[0] + 1.0 && t.bbox[1] <= whole[1] + 1.0;
    let nearest = found.iter().filter(holds).max_by(|a, b| a.bbox[1].total_cmp(&b.bbox[1]));
    let cells: Vec<PlainCell> = table
        .cells
        .iter()
        .zip(boxes)
        .map(|(cell, bbox)| PlainCell {
            row: cell.row,
            col: cell.column,
            row_span: cell.row_span,
            col_span: cell.column_span,
            text: cell.text.text.clone(),
            bbox: bbox.map(|(_, bbox)| bbox),
        })
        .collect();
    let rows = grid(table.rows, table.columns, &cells);
    PlainTable { page: table.page, bbox: whole, rows, cells, method: nearest.map_or("ruled", |t| t.method) }
}

/// Lines with `\n` between them.
fn text_of(lines: &[Line]) -> String {
    lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// The texts of cells in the places of a grid.
fn grid(rows: usize, columns: usize, cells: &[PlainCell]) -> Vec<Vec<String>> {
    let mut grid = vec![vec![String::new(); columns]; rows];
    for cell in cells {
        if let Some(place) = grid.get_mut(cell.row).and_then(|row| row.get_mut(cell.col)) {
            place.clone_from(&cell.text);
        }
    }
    grid
}

/// Writes the tables as a JSON list.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write_json(tables: &[PlainTable], out: &mut dyn Write) -> io::Result<()> {
    indented::write(&tables, out)
}

/// Writes the tables as comma-separated values (RFC 4180), with an empty line between tables.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write_csv(tables: &[PlainTable], out: &mut dyn Write) -> io::Result<()> {
    for (index, table) in tables.iter().enumerate() {
        if index > 0 {
            out.write_all(b"\r\n")?;
        }
        for row in &table.rows {
            let fields: Vec<String> = row.iter().map(|text| csv_field(text)).collect();
            write!(out, "{}\r\n", fields.join(","))?;
        }
    }
    Ok(())
}

/// A field of CSV: quoted where needed, and with an apostrophe before what a spreadsheet would run as a formula.
fn csv_field(text: &str) -> String {
    let is_number = text.parse::<f64>().is_ok();
    let guard =
        if text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number && text.len() > 1 { "'" } else { "" };
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{guard}{text}")
    }
}

/// Writes the tables as Markdown. A merged cell's text stands in its first place, since Markdown has no spans.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write_markdown(tables: &[PlainTable], out: &mut dyn Write) -> io::Result<()> {
    for (index, table) in tables.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        for (number, row) in table.rows.iter().enumerate() {
            let fields: Vec<String> = row.iter().map(|text| markdown_field(text)).collect();
            writeln!(out, "| {} |", fields.join(" | "))?;
            if number == 0 {
                writeln!(out, "|{}", " --- |".repeat(row.len()))?;
            }
        }
    }
    Ok(())
}

/// Text that Markdown shows as it is.
fn markdown_field(text: &str) -> String {
    let mut field = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => field.push_str("<br>"),
            '<' => field.push_str("&lt;"),
            '&' => field.push_str("&amp;"),
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '~' => field.extend(['\\', c]),
            _ => field.push(c),
        }
    }
    field
}

/// Writes the tables as HTML, merged cells as such.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write_html(tables: &[PlainTable], out: &mut dyn Write) -> io::Result<()> {
    for table in tables {
        writeln!(out, "<table data-page=\"{}\">", table.page)?;
        let mut cells = table.cells.iter().peekable();
        for row in 0..table.rows.len() {
            write!(out, "<tr>")?;
            while let Some(cell) = cells.next_if(|c| c.row == row) {
                let span =
                    |name: &str, count: usize| if count > 1 { format!(" {name}=\"{count}\"") } else { String::new() };
                let spans = span("rowspan", cell.row_span) + &span("colspan", cell.col_span);
                write!(out, "<td{spans}>{}</td>", html_text(&cell.text))?;
            }
            writeln!(out, "</tr>")?;
        }
        writeln!(out, "</table>")?;
    }
    Ok(())
}

/// Text that HTML shows as it is.
fn html_text(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    escaped.replace('"', "&quot;").replace('\n', "<br>")
}

#[cfg(test)]
mod tests {
    use super::{PlainCell, PlainTable, write_csv, write_html, write_markdown};

    fn table() -> PlainTable {
        let cell = |row, col, col_span, text: &str| PlainCell {
            row,
            col,
            row_span: 1,
            col_span,
            text: text.to_owned(),
            bbox: None,
        };
        let cells = vec![cell(0, 0, 2, "a|b <i>"), cell(1, 0, 1, "=1+1"), cell(1, 1, 1, "x \"y\",\nz")];
        let rows = super::grid(2, 2, &cells);
        PlainTable { page: 1, bbox: [0.0; 4], rows, cells, method: "ruled" }
    }

    #[track_caller]
    fn case(write: fn(&[PlainTable], &mut dyn std::io::Write) -> std::io::Result<()>, expected: &str) {
        let mut out = Vec::new();
        write(&[table()], &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn escapes_what_each_format_would_take_for_its_own() {
        case(write_csv, "a|b <i>,\r\n'=1+1,\"x \"\"y\"\",\nz\"\r\n");
        case(write_markdown, "| a\\|b &lt;i> |  |\n| --- | --- |\n| =1+1 | x \"y\",<br>z |\n");
        case(
            write_html,
            "<table data-page=\"1\">\n<tr><td colspan=\"2\">a|b &lt;i&gt;</td></tr>\n\
             <tr><td>=1+1</td><td>x &quot;y&quot;,<br>z</td></tr>\n</table>\n",
        );
    }
}
