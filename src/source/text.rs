//! Takes plain text that another program converted: tables are lines with tabs, everything else is lines of text, blank
//! lines stand between blocks. Gives a [`Document`].

use super::draft::{self, Draft, Rows};
use super::quoted::{self, Record};
use super::{furniture, outline, remnant, ruled};
use crate::document::Document;

/// From this many columns of a terminal on, a text has been broken into lines by a program.
const WRAP_WIDTH: usize = 56;
/// A line that a program broke reaches at least this share of the longest line.
const FULL_LINE: f32 = 0.9;

/// Reads text with `\n` line ends.
#[must_use]
pub fn read(text: &str) -> Document {
    let mut reader = Reader::default();
    for record in quoted::records(text) {
        match record {
            Record::Line(line) => reader.line(line.trim_end_matches(['\r', '\u{c}'])),
            Record::Fields(fields) => reader.row(fields.iter().map(|field| remnant::clean(field)).collect()),
        }
    }
    reader.end_block();
    draft::document(reader.drafts, Vec::new())
}

#[derive(Default)]
struct Reader {
    drafts: Vec<Draft>,
    lines: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Lines of a table that is drawn with signs.
    drawn: Vec<String>,
}

impl Reader {
    fn line(&mut self, line: &str) {
        if !self.drawn.is_empty() && ruled::goes_on(line) || ruled::is_top(line) {
            self.end_paragraph();
            self.end_table();
            self.drawn.push(line.to_owned());
            return;
        }
        self.end_drawing();
        if furniture::is_page_mark(line) {
            // What stands before it may go on after it.
            self.drafts.push(Draft::Furniture(line.trim().to_owned()));
        } else if line.trim().is_empty() {
            self.end_block();
        } else if line.contains('\t') {
            self.row(line.split('\t').map(remnant::clean).collect());
        } else {
            self.end_table();
            self.lines.push(line.to_owned());
        }
    }

    fn row(&mut self, row: Vec<String>) {
        self.end_paragraph();
        self.rows.push(row);
    }

    fn end_block(&mut self) {
        self.end_drawing();
        self.end_paragraph();
        self.end_table();
    }

    fn end_drawing(&mut self) {
        let lines = std::mem::take(&mut self.drawn);
        if lines.is_empty() {
            return;
        }
        match ruled::read(&lines, remnant::clean) {
            Some(grid) => self.drafts.push(Draft::Table(grid)),
            None => self.drafts.push(Draft::paragraph(lines.join("\n"))),
        }
    }

    fn end_paragraph(&mut self) {
        if !self.lines.is_empty() {
            let lines = std::mem::take(&mut self.lines);
            let full = full_width(&lines);
            let parts = outline::parts(lines, |line| is_full(line, full));
            self.drafts.extend(parts.iter().map(|lines| Draft::paragraph(paragraph(lines, full))));
        }
    }

    fn end_table(&mut self) {
        let mut rows = std::mem::take(&mut self.rows);
        if rows.is_empty() {
            return;
        }
        let is_indented_text = rows.iter().all(|row| row.iter().filter(|text| !text.is_empty()).count() <= 1);
        if is_indented_text {
            let lines: Vec<String> = rows.into_iter().map(|row| row.concat()).collect();
            self.drafts.push(Draft::paragraph(paragraph(&lines, full_width(&lines))));
            return;
        }
        let is_caption = |row: &&Vec<String>| {
            row.first().is_some_and(|text| !text.is_empty()) && row.iter().skip(1).all(String::is_empty)
        };
        let captions = rows.iter().take_while(is_caption).count();
        self.drafts.extend(rows.drain(..captions).map(|row| Draft::paragraph(row.concat())));
        self.drafts.push(Draft::Rows(Rows { cells: rows, ..Rows::default() }));
    }
}

/// The width of a line that a program broke because it was full, if there are such lines.
fn full_width(lines: &[String]) -> Option<usize> {
    lines.iter().map(|line| width(line)).max().filter(|longest| *longest >= WRAP_WIDTH)
}

fn is_full(line: &str, full: Option<usize>) -> bool {
    full.is_some_and(|longest| width(line) as f32 >= FULL_LINE * longest as f32)
}

/// The lines of a block as one paragraph: bullets that the converter put before them are taken off, and lines that a
/// program broke because they were `full` are joined.
fn paragraph(lines: &[String], full: Option<usize>) -> String {
    let mut out = String::new();
    let mut goes_on = false;
    for line in lines {
        let (bulleted, text) = bullet(line);
        let text = remnant::clean(text);
        if text.is_empty() {
            continue;
        }
        if !out.is_empty() {
            let joins = goes_on && !bulleted && !remnant::is_item(&text) && !line.starts_with([' ', '\u{3000}']);
            match joins {
                true if is_latin(out.chars().next_back()) && is_latin(text.chars().next()) => out.push(' '),
                true => {}
                false => out.push('\n'),
            }
        }
        out.push_str(&text);
        goes_on = is_full(line, full) && !text.ends_with(['。', '．', '.']);
    }
    out
}

/// Takes a converter's bullet (`- `, `* `, `+ `) off a line.
fn bullet(line: &str) -> (bool, &str) {
    let line = line.trim();
    let text = ["- ", "* ", "+ ", "• "].iter().find_map(|mark| line.strip_prefix(mark));
    text.map_or((false, line), |text| (true, text.trim_start()))
}

fn is_latin(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_graphic())
}

/// Columns of a terminal that the text takes: two for each character that is not ASCII.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Block;

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        let document = read(text);
        let found: Vec<String> = document
            .blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(paragraph) => paragraph.text.text.replace('\n', "/"),
                Block::Table(table) => {
                    let texts: Vec<_> = table.cells.iter().map(|c| c.text.text.replace('\n', "/")).collect();
                    format!("{}x{}: {}", table.rows, table.columns, texts.join("|"))
                }
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn blocks() {
        case("計画\n\n状況\tR2\tR3\n冊子\tA\t\n研修\tA\tB\n注\n", &["計画", "3x3: 状況|R2|R3|冊子|A||研修|A|B", "注"]);
        case("取組を\n- 3 -\n進める\n", &["取組を/進める"]);
        case("\t字下げ\n\t二行目", &["字下げ/二行目"]);
        case("", &[]);
    }

    #[test]
    fn cells_of_a_spreadsheet_have_lines() {
        case("課題\tR4\n冊子\t\"作成\n\"\"配布\"\"\"\n", &["2x2: 課題|R4|冊子|作成/\"配布\""]);
        case("\"計画\nR4\"\t\n\na\tb\n", &["計画/R4", "1x2: a|b"]);
    }

    #[test]
    fn list_lines_go_on_with_dashes_and_spaces() {
        case("- 取組内容 ①周知\n ②取得促進\n 【目標】100%", &["取組内容/①周知/②取得促進/【目標】100%"]);
        case("- 取組内容\n- ①周知\n - ②取得促進\n【目標】50%", &["取組内容/①周知/②取得促進/【目標】50%"]);
    }

    #[test]
    fn lines_that_a_program_broke_are_joined() {
        let full = "あ".repeat(30);
        case(&format!("{full}\n{full}\n終わり。\n次"), &[&format!("{full}{full}終わり。/次")]);
        case("短い行\n次の行", &["短い行/次の行"]);
    }
}
