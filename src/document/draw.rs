//! Takes a [`Document`], gives it drawn as text: what a person reviews in a snapshot.

use super::{Block, Document, Table};

/// Draws a document: paragraphs with what a reader sees of them, tables cell by cell (`row,column`, `+rows x columns`
/// where merged, `#` where shaded), then furniture and warnings.
#[must_use]
pub fn draw(document: &Document) -> String {
    let mut out = format!("{} pages, {} glyphs\n", document.pages, document.glyphs.len());
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let centered = if paragraph.centered { " centered" } else { "" };
                let (page, size, indent) = (paragraph.page, paragraph.size, paragraph.indent);
                out.push_str(&format!("p{page} x{size:.1} >{indent:.0}{centered}: {}\n", paragraph.text.text));
            }
            Block::Table(table) => draw_table(table, &mut out),
        }
    }
    for line in &document.furniture {
        out.push_str(&format!("furniture: {}\n", line.text));
    }
    for warning in &document.warnings {
        out.push_str(&format!("! {}: {}\n", warning.code, warning.message));
    }
    out
}

fn draw_table(table: &Table, out: &mut String) {
    out.push_str(&format!(
        "table p{} {} x {} (header rows {})\n",
        table.page, table.rows, table.columns, table.header_rows
    ));
    for cell in &table.cells {
        let merged = match (cell.row_span, cell.column_span) {
            (1, 1) => String::new(),
            (rows, columns) => format!("+{rows}x{columns}"),
        };
        let shaded = if cell.shaded { "#" } else { "" };
        let struck = if cell.struck { "/" } else { "" };
        let text = cell.text.text.replace('\n', "⏎");
        out.push_str(&format!("  {},{}{merged}{shaded}{struck} {text}\n", cell.row, cell.column));
    }
    for repeat in &table.repeats {
        out.push_str(&format!("  again: {}\n", repeat.text.replace('\n', "⏎")));
    }
}
