//! Takes Markdown, gives a [`Document`]: headings, paragraphs, lists, pipe tables, and HTML tables inside. Emphasis and
//! links lose their signs; everything else is text.

use super::draft::{self, Draft};
use super::{entity, furniture, html, remnant, ruled, sheet};
use crate::document::Document;
use crate::warning::Warning;
use std::borrow::Cow;

/// A level of a list is written with two or more blanks.
const BLANKS_OF_LEVEL: usize = 2;
/// What a level is indented by, in ems.
const LEVEL_INDENT: f32 = 2.0;
/// Deeper lists are indented no further.
const DEEPEST_LIST: usize = 16;

/// Reads text with `\n` line ends.
#[must_use]
pub fn read(text: &str) -> Document {
    let mut reader = Reader::default();
    for line in without_comments(text).split('\n') {
        reader.line(line.trim_end());
    }
    reader.end();
    draft::document(reader.drafts, reader.warnings)
}

#[derive(Default)]
struct Reader {
    drafts: Vec<Draft>,
    warnings: Vec<Warning>,
    paragraph: String,
    indent: f32,
    rows: Vec<Vec<String>>,
    /// Rules in that table.
    rules: usize,
    /// Lines of a table that is drawn with signs.
    drawn: Vec<String>,
    /// HTML that has begun, with the number of its tables that are open.
    html: Option<(String, usize)>,
}

impl Reader {
    fn line(&mut self, line: &str) {
        let trimmed = line.trim_start();
        if self.html.is_none() && (!self.drawn.is_empty() && ruled::goes_on(trimmed) || ruled::is_top(trimmed)) {
            self.end_paragraph();
            self.end_table();
            self.drawn.push(trimmed.to_owned());
            return;
        }
        self.end_drawing();
        if self.html.is_some() || opens_table(trimmed) {
            self.html_line(line);
        } else if furniture::is_page_mark(trimmed) {
            self.end();
            self.drafts.push(Draft::Furniture(trimmed.to_owned()));
        } else if trimmed.is_empty() {
            self.end();
        } else if trimmed.starts_with('|') || (self.is_in_table() && has_pipe(trimmed)) || is_rule(trimmed) {
            self.table_line(trimmed);
        } else if let Some((level, title)) = heading(trimmed) {
            self.end();
            let text = inline(title);
            self.drafts.push(match sheet::is_given_name(&text) {
                true => Draft::Furniture(text),
                false => Draft::Paragraph { text, heading: Some(level), indent: 0.0 },
            });
        } else if !is_thematic_break(trimmed) {
            self.text_line(line);
        }
    }

    fn is_in_table(&self) -> bool {
        !self.rows.is_empty()
    }

    /// Adds a row; the rule under the head turns a paragraph's last line into the head where that has no outer pipes.
    fn table_line(&mut self, line: &str) {
        if is_rule(line) {
            let last = self.paragraph.rsplit('\n').next().filter(|last| has_pipe(last)).map(str::to_owned);
            if self.rules > 0 && self.rows.last().is_some_and(|head| head.len() == cells(line).len()) {
                // Another table begins with the row before, without a blank line.
                let head = self.rows.pop();
                self.end_table();
                self.rows.extend(head);
            } else if let (Some(last), false) = (last, self.is_in_table()) {
                self.paragraph.truncate(self.paragraph.len() - last.len());
                self.end_paragraph();
                self.rows.push(cells(&last));
            } else if !self.is_in_table() && !line.contains('|') {
                self.text_line(line);
            }
            self.rules += usize::from(self.is_in_table());
            return;
        }
        self.end_paragraph();
        self.rows.push(cells(line));
    }

    fn text_line(&mut self, line: &str) {
        self.end_table();
        let blanks = line.len() - line.trim_start().len();
        let (marker, text) = item(line.trim_start());
        if marker {
            self.end_paragraph();
            self.indent = ((blanks / BLANKS_OF_LEVEL + 1).min(DEEPEST_LIST)) as f32 * LEVEL_INDENT;
        }
        if !self.paragraph.is_empty() {
            self.paragraph.push('\n');
        }
        self.paragraph.push_str(text.trim_start_matches("> ").trim());
    }

    fn html_line(&mut self, line: &str) {
        if self.html.is_none() {
            self.end();
        }
        let (text, open) = self.html.get_or_insert_with(|| (String::new(), 0));
        let lower = line.to_ascii_lowercase();
        *open = (*open + lower.matches("<table").count()).saturating_sub(lower.matches("</table").count());
        text.push_str(line);
        text.push('\n');
        if *open == 0 {
            self.end_html();
        }
    }

    fn end_html(&mut self) {
        if let Some((text, _)) = self.html.take() {
            let (mut drafts, mut warnings) = html::drafts(&text);
            self.drafts.append(&mut drafts);
            self.warnings.append(&mut warnings);
        }
    }

    fn end_drawing(&mut self) {
        let lines = std::mem::take(&mut self.drawn);
        if lines.is_empty() {
            return;
        }
        match ruled::read(&lines, inline) {
            Some(grid) => self.drafts.push(Draft::Table(grid)),
            None => self.drafts.push(Draft::paragraph(lines.join("\n"))),
        }
    }

    fn end(&mut self) {
        self.end_drawing();
        self.end_html();
        self.end_paragraph();
        self.end_table();
    }

    fn end_paragraph(&mut self) {
        let indent = std::mem::take(&mut self.indent);
        let text = inline(&std::mem::take(&mut self.paragraph));
        if !text.is_empty() {
            self.drafts.push(Draft::Paragraph { text, heading: None, indent });
        }
    }

    fn end_table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        self.rules = 0;
        if rows.is_empty() {
            return;
        }
        self.drafts.append(&mut sheet::drafts(rows));
    }
}

/// The text without `<!-- … -->`: no reader sees it.
fn without_comments(text: &str) -> Cow<'_, str> {
    let mut rest = text;
    let mut out = String::new();
    while let Some((before, (_, after))) =
        rest.split_once("<!--").and_then(|(b, from)| Some((b, from.split_once("-->")?)))
    {
        out.push_str(before);
        rest = after;
    }
    if rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The cells of a row: `\|` is a sign, not a border.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let closed = line.starts_with('|') && line.ends_with('|') && !line.ends_with("\\|");
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        match (c, cells.last_mut()) {
            ('\\', Some(cell)) if characters.peek() == Some(&'|') => {
                characters.next();
                cell.push('|');
            }
            ('|', _) => cells.push(String::new()),
            (c, Some(cell)) => cell.push(c),
            (_, None) => {}
        }
    }
    // Without a border at its start a row ends in a blank cell.
    if closed {
        cells.pop();
    }
    cells.iter().map(|cell| inline(cell)).collect()
}

fn has_pipe(line: &str) -> bool {
    line.replace("\\|", "").contains('|')
}

/// The line `|---|:-:|` under a table's head.
fn is_rule(line: &str) -> bool {
    line.contains("--") && line.contains('|') && line.chars().all(|c| " |-:\t".contains(c))
}

/// Whether a line of HTML begins a table, be it within other elements.
fn opens_table(line: &str) -> bool {
    line.starts_with('<') && line.to_ascii_lowercase().contains("<table")
}

fn is_thematic_break(line: &str) -> bool {
    line.len() >= 3 && ["-", "*", "_"].iter().any(|sign| line.replace(' ', "").replace(sign, "").is_empty())
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let title = line.trim_start_matches('#');
    let level = u8::try_from(line.len() - title.len()).ok().filter(|level| (1..=6).contains(level))?;
    title.starts_with([' ', '\u{3000}']).then(|| (level, title.trim().trim_end_matches('#').trim_end()))
}

/// Takes the marker off a line of a list; numbers stay, since reports number what they list.
fn item(line: &str) -> (bool, &str) {
    match ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)) {
        Some(text) => (true, text),
        None => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let numbered = (1..=3).contains(&digits) && line.get(digits..).is_some_and(|rest| rest.starts_with(". "));
            (numbered, line)
        }
    }
}

/// Text without the signs of emphasis, code and links, and without escapes.
fn inline(text: &str) -> String {
    let text = remnant::clean(text).replace("**", "").replace("__", "").replace('`', "");
    let text = links(&text);
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match characters.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => {}
            _ => out.push(c),
        }
    }
    entity::decode(out.trim()).into_owned()
}

/// `[text](address)` and `![text](address)` as their text.
fn links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((label, after)) = rest.split_once("](") {
        let (Some(open), Some((_, tail))) = (label.rfind('['), after.split_once(')')) else { break };
        let before = label[..open].strip_suffix('!').unwrap_or(&label[..open]);
        out.push_str(before);
        out.push_str(&label[open + 1..]);
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Block;

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        let found: Vec<String> = read(text)
            .blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(p) => {
                    let heading = p.heading.map_or(String::new(), |level| format!("h{level} "));
                    format!("{heading}{}", p.text.text.replace('\n', "/"))
                }
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
        case("# 計画\n\n本文の\n続き\n\n- 一\n  - 二\n1. 三\n---\n", &["h1 計画", "本文の/続き", "一", "二", "1. 三"]);
        case("**太** [資料](a.pdf) 5\\*3", &["太 資料 5*3"]);
        case("#見出しでない", &["#見出しでない"]);
    }

    #[test]
    fn pipe_tables() {
        case("|取組|R2|\n|---|:-:|\n|冊子|A<br>B|\n|a\\|b||\n後", &["3x2: 取組|R2|冊子|A/B|a|b|", "後"]);
        case("取組 | R2\n--- | ---\n冊子 | \n", &["2x2: 取組|R2|冊子|"]);
        case("取組 | R2 |\n--- | ---|\n冊子 | A|", &["2x2: 取組|R2|冊子|A"]);
        case(
            "課題 | 進捗  \n---|---  \nR4 | R5  \n冊子 | A |   \n研修 | B |  ",
            &["4x3: 課題|進捗|R4|R5|冊子|A||研修|B|"],
        );
        case("取組 | R2\n--- | ---\n冊子 | A", &["2x2: 取組|R2|冊子|A"]);
        case("取組|R2|R3|\n-|-|-|\n", &["取組|R2|R3|/-|-|-|"]);
    }

    #[test]
    fn comments_and_heads_without_a_blank_line() {
        case("前\n\n<!-- image -->\n\n後<!-- 4\n -->の", &["前", "後の"]);
        case("a | b\n---|---\n1 | 2\nc | d | e\n---|---|---\n3 | 4 | 5", &["2x2: a|b|1|2", "2x3: c|d|e|3|4|5"]);
    }

    #[test]
    fn html_tables_inside() {
        case("<html><body><table><tr><td>a<td>b</table></body></html>\n\n後", &["1x2: a|b", "後"]);
        case("<div align=center>\n<table><tr><td>a<td>b</table></div>", &["1x2: a|b"]);
        case("前\n<table>\n<tr><td rowspan=2>a<td>b\n\n<tr><td>c</table>\n後", &["前", "2x2: a|b|c", "後"]);
    }
}
