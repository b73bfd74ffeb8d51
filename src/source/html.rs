//! Takes HTML as offices and converters write it, gives a [`Document`]: headings, paragraphs, list items and tables with
//! their spans. It forgives what browsers forgive and runs no script; styles are ignored.

mod tag;

use super::draft::{self, Draft, Entry, Grid};
use super::entity;
use crate::document::Document;
use crate::warning::Warning;
use tag::{Kind, Tag, Token, Tokens};

/// Spans that HTML itself allows (HTML Living Standard, 4.9.11).
const MAXIMUM_COLUMN_SPAN: usize = 1000;
const MAXIMUM_ROW_SPAN: usize = 65_534;
/// What one level of a list is indented by, in ems.
const LIST_INDENT: f32 = 2.0;
/// Lists nested deeper are indented no further.
const DEEPEST_LIST: usize = 16;

/// Reads a page or a fragment of HTML.
#[must_use]
pub fn read(text: &str) -> Document {
    let (drafts, warnings) = drafts(text);
    draft::document(drafts, warnings)
}

/// The blocks of a fragment.
pub(super) fn drafts(text: &str) -> (Vec<Draft>, Vec<Warning>) {
    let mut reader = Reader::default();
    for token in Tokens::new(text) {
        match token {
            Token::Text(text) => reader.text(&entity::decode(text)),
            Token::Open(tag) => reader.open(&tag),
            Token::Close(kind) => reader.close(kind),
        }
    }
    reader.finish();
    (reader.drafts, reader.warnings)
}

#[derive(Default)]
struct Reader {
    drafts: Vec<Draft>,
    warnings: Vec<Warning>,
    /// Text of the paragraph or cell that is being read.
    text: String,
    heading: Option<u8>,
    lists: usize,
    /// Depth of nested tables; inner ones become text of the outer one's cell.
    tables: usize,
    rows: Vec<Vec<Entry>>,
    cell: Option<Entry>,
    /// Whether the rows are those of a list of terms.
    terms: bool,
}

impl Reader {
    /// Adds text with its white space collapsed.
    fn text(&mut self, text: &str) {
        let is_space = |c: char| c.is_ascii_whitespace();
        if self.tables > 0 && self.cell.is_none() && text.chars().all(is_space) {
            return;
        }
        for c in text.chars() {
            if !is_space(c) {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
    }

    fn open(&mut self, tag: &Tag) {
        match tag.kind {
            Kind::Break => self.line_end(),
            Kind::List => {
                self.end_block();
                self.lists += 1;
            }
            Kind::Heading(level) => {
                self.end_block();
                self.heading = Some(level);
            }
            Kind::Block | Kind::Item | Kind::Caption => self.end_block(),
            Kind::Terms if self.tables == 0 => {
                self.end_block();
                self.tables = 1;
                self.terms = true;
            }
            Kind::Term if self.terms => {
                self.end_cell();
                self.rows.push(Vec::new());
                self.cell = Some(Entry { heading: true, ..Entry::default() });
            }
            Kind::Said if self.terms && self.cell.as_ref().is_some_and(|cell| cell.heading) => {
                self.end_cell();
                self.cell = Some(Entry::default());
            }
            Kind::Terms | Kind::Term | Kind::Said => self.end_block(),
            Kind::Table => {
                if self.terms {
                    self.end_table();
                }
                self.end_block();
                self.tables += 1;
            }
            Kind::Row if self.is_table() => {
                self.end_cell();
                self.rows.push(Vec::new());
            }
            Kind::Cell | Kind::HeadingCell if self.is_table() => {
                self.end_cell();
                self.cell = Some(Entry {
                    text: String::new(),
                    row_span: tag.row_span.min(MAXIMUM_ROW_SPAN),
                    column_span: tag.column_span.clamp(1, MAXIMUM_COLUMN_SPAN),
                    heading: tag.kind == Kind::HeadingCell,
                });
            }
            Kind::Row => self.line_end(),
            Kind::Cell | Kind::HeadingCell => self.text(" "),
            Kind::Other => {}
        }
    }

    fn close(&mut self, kind: Kind) {
        match kind {
            Kind::Terms if self.terms => self.end_table(),
            Kind::Table if self.is_table() => self.end_table(),
            Kind::Table => {
                self.line_end();
                self.tables = self.tables.saturating_sub(1);
            }
            Kind::Cell | Kind::HeadingCell if self.is_table() => self.end_cell(),
            Kind::Row if self.is_table() => self.end_cell(),
            Kind::List => {
                self.end_block();
                self.lists = self.lists.saturating_sub(1);
            }
            Kind::Heading(_) | Kind::Block | Kind::Item | Kind::Caption => self.end_block(),
            Kind::Terms | Kind::Term | Kind::Said => self.end_block(),
            _ => {}
        }
    }

    /// Whether rows and cells are those of a table, and of no inner one.
    fn is_table(&self) -> bool {
        self.tables == 1 && !self.terms
    }

    fn line_end(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Ends a paragraph; inside a cell only its line.
    fn end_block(&mut self) {
        if self.cell.is_some() {
            self.line_end();
            return;
        }
        let text = std::mem::take(&mut self.text);
        let heading = self.heading.take();
        if !text.trim().is_empty() {
            let indent = self.lists.min(DEEPEST_LIST) as f32 * LIST_INDENT;
            self.drafts.push(Draft::Paragraph { text: text.trim().to_owned(), heading, indent });
        }
    }

    fn end_cell(&mut self) {
        match self.cell.take() {
            Some(mut cell) => {
                cell.text = std::mem::take(&mut self.text).trim().to_owned();
                if self.rows.is_empty() {
                    self.rows.push(Vec::new());
                }
                if let Some(row) = self.rows.last_mut() {
                    row.push(cell);
                }
            }
            None => self.end_block(),
        }
    }

    fn end_table(&mut self) {
        self.end_cell();
        self.tables = 0;
        let is_list = std::mem::take(&mut self.terms);
        let rows: Vec<Vec<Entry>> = std::mem::take(&mut self.rows).into_iter().filter(|row| !row.is_empty()).collect();
        if is_list && rows.iter().flatten().all(|entry| entry.heading || entry.text.is_empty()) {
            self.drafts.extend(rows.into_iter().flatten().map(|entry| Draft::paragraph(entry.text)));
            return;
        }
        match Grid::place(rows) {
            Ok(grid) => self.drafts.append(&mut grid.parts()),
            Err(rows) => {
                let message = "a table asks for more than a million cells; its text is given without the table";
                self.warnings.push(Warning::new("oversized-table", message));
                self.drafts.extend(rows.into_iter().flatten().map(|entry| Draft::paragraph(entry.text)));
            }
        }
    }

    fn finish(&mut self) {
        if self.tables > 0 {
            self.end_table();
        }
        self.end_block();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Block;

    #[track_caller]
    fn case(html: &str, expected: &[&str]) {
        let found: Vec<String> = read(html)
            .blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(p) => match p.heading {
                    Some(level) => format!("h{level} {}", p.text.text),
                    None => p.text.text.clone(),
                },
                Block::Table(table) => {
                    let span = |c: &crate::document::Cell| match (c.row_span, c.column_span) {
                        (1, 1) => String::new(),
                        (rows, columns) => format!("+{rows}x{columns}"),
                    };
                    let cell = |c| format!("{}{}", crate::document::Cell::text_of(c), span(c));
                    table.cells.iter().map(cell).collect::<Vec<_>>().join("|")
                }
            })
            .collect();
        assert_eq!(found, expected);
    }

    impl crate::document::Cell {
        fn text_of(cell: &Self) -> &str {
            &cell.text.text
        }
    }

    #[test]
    fn blocks() {
        case(
            "<h2>計画</h2>\n<p>一行目<br>\n二行目</p><ul><li>項目 A<li>項目 B</ul>",
            &["h2 計画", "一行目\n二行目", "項目 A", "項目 B"],
        );
        case("<title>x</title><script>if (a<b) '<p>'</script><!-- <p>y -->本文", &["本文"]);
        case("本文 <b>太</b>字 &lt;注&gt;", &["本文 太字 <注>"]);
    }

    #[test]
    fn tables_with_spans() {
        case(
            "<table><tr><th rowspan=2>取組<th colspan=\"2\">進捗<tr><td>R2<td>R3<tr><td>冊子<td>A</table>",
            &["取組+2x1|進捗+1x2|R2|R3|冊子|A|"],
        );
        case("<table><tr><td rowspan=0>a<td>b<tr><td>c</table>", &["a+2x1|b|c"]);
        case("<table><tr><td>外<table><tr><td>内1<td>内2</table>後<td>隣</table>", &["外\n内1 内2\n後|隣"]);
        case("<table><tr><td><ul><li>・一</li><li>・二</li></ul></td></table>", &["・一\n・二"]);
        case("<table><caption>表1</caption><tr><td>a", &["表1", "a"]);
    }

    #[test]
    fn terms_stand_beside_what_is_said_of_them() {
        case(
            "<dl><dt>担当課</dt><dd>人事課</dd><dt>実績<dd><ul><li>配布<li>研修</ul><dd>面談</dl>後",
            &["担当課|人事課|実績|配布\n研修\n面談", "後"],
        );
        case("<dl><dt>表1<dd><table><tr><td>a<td>b</table></dl>", &["表1", "a|b"]);
    }

    #[test]
    fn hostile_markup_stays_small() {
        let wide = format!("<table>{}</table>", "<tr><td colspan=99999999999999 rowspan=99999999>x".repeat(3000));
        assert_eq!(read(&wide).warnings.len(), 1);
        let deep = "<table><tr><td><ul><li>".repeat(50_000);
        assert!(read(&deep).blocks.len() <= 1);
        let _ = read(&"<".repeat(100_000));
        let _ = read(&"<a ".repeat(100_000));
        let _ = read(&"<!--".repeat(100_000));
        let _ = read(&"<script>".repeat(100_000));
    }
}
