//! Takes the rows of a table, says whether they are a whole sheet of a spreadsheet (titles, blank rows, several tables
//! one below the other) and where its parts begin and end.

use super::draft::{Draft, Rows};
use super::merged;
use std::ops::Range;

/// Signs that a note begins with.
const NOTE_MARKS: [char; 4] = ['※', '＊', '*', '注'];

/// What a row says of itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Line {
    /// Number of its cells with text.
    pub(super) filled: usize,
    /// Whether the first of its cells has text.
    pub(super) leads: bool,
    /// Whether that is a note.
    pub(super) notes: bool,
    /// Whether a cell from the row above reaches into it.
    pub(super) crossed: bool,
}

impl Line {
    /// A row that no cell from above reaches into.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut line = Self::default();
        for (c, text) in texts.enumerate().filter(|(_, text)| !text.trim().is_empty()) {
            line.filled += 1;
            line.leads |= c == 0;
            line.notes |= c == 0 && is_note(text);
        }
        line
    }

    fn is_blank(&self) -> bool {
        self.filled == 0 && !self.crossed
    }

    fn is_text(&self) -> bool {
        self.filled == 1 && self.leads && !self.crossed
    }
}

/// Whether a text begins as a note does.
pub(super) fn is_note(text: &str) -> bool {
    text.trim_start().trim_start_matches(['(', '（']).starts_with(NOTE_MARKS)
}

/// A table, or the titles and tables of a sheet that a converter wrote as one table: it names columns without a head
/// `Unnamed: 1` and so on, and writes `NaN` for blank cells.
pub(super) fn drafts(mut rows: Vec<Vec<String>>) -> Vec<Draft> {
    let is_unnamed = |text: &String| text.strip_prefix("Unnamed: ").is_some_and(|n| n.parse::<u32>().is_ok());
    if rows.first().is_some_and(|head| head.iter().any(is_unnamed)) {
        let blanks = rows.iter_mut().flatten().filter(|text| is_unnamed(text) || *text == "NaN");
        blanks.for_each(String::clear);
        // Ends of lines in a cell, as the converter writes them.
        let lines = rows.iter_mut().flatten().filter(|text| text.contains("\\n"));
        lines.for_each(|text| *text = text.replace("\\n", "\n"));
    }
    let lines: Vec<Line> = rows.iter().map(|row| Line::of(row.iter().map(String::as_str))).collect();
    let table = |cells| Draft::Rows(Rows { cells, piped: true, ..Rows::default() });
    let Some(parts) = parts(&lines) else { return vec![table(rows)] };
    let mut drafts = Vec::new();
    for part in parts {
        match part {
            Part::Lines(lines) => {
                let texts = rows.get_mut(lines).unwrap_or_default().iter_mut().filter_map(|row| row.first_mut());
                drafts.extend(texts.map(|text| Draft::paragraph(std::mem::take(text))));
            }
            Part::Table(lines) => {
                let mut cells: Vec<_> =
                    rows.get_mut(lines).unwrap_or_default().iter_mut().map(std::mem::take).collect();
                merged::drop_blank_columns(&mut cells);
                drafts.push(table(cells));
            }
        }
    }
    drafts
}

/// Whether a heading is the name that a program gives to a sheet.
pub(super) fn is_given_name(heading: &str) -> bool {
    heading.strip_prefix("Sheet").is_some_and(|number| number.trim().parse::<u32>().is_ok())
}

/// A part of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Rows of one text each.
    Lines(Range<usize>),
    /// Rows of a table.
    Table(Range<usize>),
}

/// The parts of a sheet; `None` for a table, which begins with a head and has no blank rows.
pub(super) fn parts(lines: &[Line]) -> Option<Vec<Part>> {
    let first = lines.iter().position(|line| !line.is_blank())?;
    let is_titled = lines.get(first)?.is_text();
    let has_blank = lines.iter().skip(first).skip_while(|line| !line.is_blank()).any(|line| !line.is_blank());
    if !is_titled || !has_blank {
        return None;
    }
    let mut parts = Vec::new();
    let mut from = first;
    while from < lines.len() {
        let length = lines.iter().skip(from).take_while(|line| !line.is_blank()).count();
        block(lines, from..from + length, &mut parts);
        from += length.max(1);
    }
    Some(parts)
}

/// Rows of one text above a table are its captions, notes below it are no part of it.
fn block(lines: &[Line], rows: Range<usize>, parts: &mut Vec<Part>) {
    let at = |row: usize| lines.get(row).copied().unwrap_or_default();
    let lead = rows
        .clone()
        .take_while(|row| at(*row).is_text() && !(at(row + 1).crossed && rows.contains(&(row + 1))))
        .count();
    let start = rows.start + lead;
    let is_note = |row: &usize| *row >= start && at(*row).is_text() && at(*row).notes;
    let end = rows.end - rows.clone().rev().take_while(is_note).count();
    let found = [Part::Lines(rows.start..start), Part::Table(start..end), Part::Lines(end.max(start)..rows.end)];
    parts.extend(found.into_iter().filter(|part| match part {
        Part::Lines(rows) | Part::Table(rows) => !rows.is_empty(),
    }));
}

#[cfg(test)]
mod tests {
    use super::{Draft, Line, Part, Rows, drafts, parts};

    fn lines(rows: &[&str]) -> Vec<Line> {
        rows.iter().map(|row| Line::of(row.split('|'))).collect()
    }

    #[test]
    fn titles_and_tables() {
        let rows = ["計画||", "||", "表1||", "取組|R4|R5", "冊子|A|", "研修||", "※ 中止||", "||", "凡例||"];
        let expected = [Part::Lines(0..1), Part::Lines(2..3), Part::Table(3..6), Part::Lines(6..7), Part::Lines(8..9)];
        assert_eq!(parts(&lines(&rows)).as_deref(), Some(&expected[..]));
    }

    #[test]
    fn tables_are_no_sheets() {
        assert_eq!(parts(&lines(&["取組|R4", "|", "冊子|A"])), None);
        assert_eq!(parts(&lines(&["計画|", "取組|R4", "冊子|A", "|"])), None);
        assert_eq!(parts(&[]), None);
    }

    #[test]
    fn signs_of_a_converter_for_blank_cells() {
        let rows = ["計画|Unnamed: 1", "NaN|NaN", "取組|評価", "冊子\\n配布|NaN"];
        let cells = |rows: &[&str]| rows.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect();
        let table = Rows { cells: cells(&["取組|評価", "冊子\n配布|"]), piped: true, ..Rows::default() };
        assert_eq!(drafts(cells(&rows)), [Draft::paragraph("計画"), Draft::Rows(table)]);
        let rows: Vec<Vec<String>> = cells(&["取組|評価", "冊子|NaN"]);
        assert_eq!(drafts(rows.clone()), [Draft::Rows(Rows { cells: rows, piped: true, ..Rows::default() })]);
    }

    #[test]
    fn merged_cells_reach_over_blank_rows() {
        let mut rows = lines(&["計画|", "|", "取組|A", "|", "|B"]);
        rows[3].crossed = true;
        rows[4].crossed = true;
        assert_eq!(parts(&rows).as_deref(), Some(&[Part::Lines(0..1), Part::Table(2..5)][..]));
    }
}
