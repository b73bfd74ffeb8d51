//! Takes a table as rows of plain texts from a converter that forgot which cells were merged, gives it with spans.
//!
//! Two defects are mended. A row that lost the empty cells at its left stands too far to the left: it is moved to where
//! its row label stands in other rows. A merged cell is written once and blank where it goes on: blank cells at the left
//! of a row go on with the cell above, blank cells of the first row with the cell to their left.

use super::draft::{Entry, Grid, Rows};
use super::kind::Kind;
use super::labels::Labels;
use super::{repeated, short};
use crate::warning::Warning;

/// The table with its merged cells, and a warning for each row that was moved.
pub(super) fn merge(table: Rows) -> (Grid, Vec<Warning>) {
    let Rows { cells: mut rows, piped, header_rows, mut repeats } = table;
    let mut warnings = Vec::new();
    if piped {
        warnings = short::place(&mut rows);
    }
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    rows.iter_mut().for_each(|row| row.resize(columns, String::new()));
    if piped {
        repeats.append(&mut repeated::fold(&mut rows));
    }
    let labels = Labels::find(&rows);
    if let Some(labels) = &labels {
        warnings.append(&mut align(&mut rows, labels));
    }
    drop_blank_columns(&mut rows);
    join_second_lines(&mut rows);
    let starts = labels.map_or_else(Vec::new, |labels| labels.starts(&rows));
    let mut grid = Grid { header_rows, repeats, ..grid(rows, &starts) };
    if piped {
        mark_head(&mut grid);
    }
    (grid, warnings)
}

/// A pipe table's first row is its head.
fn mark_head(grid: &mut Grid) {
    for (_, _, entry) in grid.cells.iter_mut().filter(|(row, ..)| *row == 0) {
        entry.heading = !entry.text.is_empty();
    }
}

/// Moves the rows whose label stands too far to the left.
fn align(rows: &mut [Vec<String>], labels: &Labels) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for (index, row) in rows.iter_mut().enumerate() {
        let missing = labels.missing(row);
        if missing > 0 {
            row.rotate_right(missing);
            let label = row.get(labels.column).map_or("", String::as_str);
            let message = format!(
                "row {} of a table ({label}) has lost {missing} of its cells at the left; read it by its label",
                index + 1
            );
            warnings.push(Warning::new("shifted-row", message));
        }
    }
    warnings
}

/// Removes columns at the right in which no row has text: tabs at line ends.
pub(super) fn drop_blank_columns(rows: &mut [Vec<String>]) {
    let used = rows.iter().filter_map(|row| row.iter().rposition(|text| !text.is_empty())).max().map_or(0, |c| c + 1);
    rows.iter_mut().for_each(|row| row.truncate(used));
}

/// A row without a label whose texts all stand in brackets is the second line of the cells above.
fn join_second_lines(rows: &mut Vec<Vec<String>>) {
    let mut kept: Vec<Vec<String>> = Vec::with_capacity(rows.len());
    for row in std::mem::take(rows) {
        match kept.last_mut() {
            Some(above) if is_second_line(&row, above) => {
                for (above, below) in above.iter_mut().zip(row).filter(|(_, below)| !below.is_empty()) {
                    above.push('\n');
                    above.push_str(&below);
                }
            }
            _ => kept.push(row),
        }
    }
    *rows = kept;
}

fn is_second_line(row: &[String], above: &[String]) -> bool {
    let bracketed = |text: &str| text.starts_with(['(', '（']) || text.ends_with([')', '）']);
    let mut texts = row.iter().zip(above).filter(|(text, _)| !text.is_empty()).peekable();
    row.first().is_some_and(String::is_empty)
        && texts.peek().is_some()
        && texts.all(|(text, above)| bracketed(text) && !above.is_empty() && !bracketed(above))
}

/// The rows with their merged cells; `starts` are rows that begin a group, with the column that names the group.
fn grid(rows: Vec<Vec<String>>, starts: &[Option<usize>]) -> Grid {
    let columns = rows.first().map_or(0, Vec::len);
    let head = head_rows(&rows);
    let mut owner: Vec<Vec<(usize, usize)>> = Vec::with_capacity(rows.len());
    for (r, row) in rows.iter().enumerate() {
        let leading = row.iter().position(|text| !text.is_empty()).unwrap_or(0);
        let own = starts.get(r).copied().flatten();
        let above = owner.last();
        let mut line: Vec<(usize, usize)> = Vec::with_capacity(columns);
        for c in 0..columns {
            let up = above.and_then(|above| above.get(c).copied());
            let left = line.last().copied();
            line.push(match (up, left) {
                (Some(up), _) if c < leading && own != Some(c) && (r != head || head == 0) => up,
                (_, Some(left)) if r == 0 && goes_right(&rows, c) => left,
                _ => (r, c),
            });
        }
        owner.push(line);
    }
    cells(rows, &owner)
}

/// Number of rows at the top whose cells certainly are headings of columns, so that no cell below goes on with them; 0
/// where the table may have none.
fn head_rows(rows: &[Vec<String>]) -> usize {
    let [first, second, ..] = rows else { return 0 };
    let is_value = |text: &String| matches!(Kind::of(text), Kind::Sign | Kind::Number | Kind::Text);
    let names = |(head, below): (&String, &String)| !head.is_empty() && is_value(below);
    let is_head = !first.iter().any(is_value) && first.iter().zip(second).any(names);
    usize::from(is_head)
}

/// Whether a blank cell of the first row belongs to the heading at its left: the row below divides that heading, and
/// says so by leaving the cell under the row's first text blank.
fn goes_right(rows: &[Vec<String>], column: usize) -> bool {
    let text = |row: usize, column: usize| rows.get(row).and_then(|r| r.get(column)).map_or("", String::as_str);
    !text(0, 0).is_empty() && text(0, column).is_empty() && text(1, 0).is_empty() && !text(1, column).is_empty()
}

/// One cell for each owner, as large as the rectangle that it owns.
fn cells(rows: Vec<Vec<String>>, owner: &[Vec<(usize, usize)>]) -> Grid {
    let mut grid = Grid { rows: rows.len(), columns: rows.first().map_or(0, Vec::len), ..Grid::default() };
    for (r, row) in rows.into_iter().enumerate() {
        for (c, text) in row.into_iter().enumerate() {
            if owner.get(r).and_then(|line| line.get(c)) != Some(&(r, c)) {
                continue;
            }
            let is_mine = |line: &&Vec<(usize, usize)>| line.get(c) == Some(&(r, c));
            let row_span = owner.iter().skip(r).take_while(is_mine).count();
            let right = owner.get(r).map_or(1, |line| line.iter().skip(c).take_while(|o| **o == (r, c)).count());
            grid.cells.push((r, c, Entry { text, row_span, column_span: right, heading: false }));
        }
    }
    grid
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `written` and `expected` have `|` between cells; in `expected` a cell stands where it begins, with its span.
    #[track_caller]
    fn case(written: &[&str], expected: &[&str], moved: usize) {
        let rows = written.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect();
        let (grid, warnings) = merge(Rows { cells: rows, ..Rows::default() });
        let mut lines = vec![String::new(); grid.rows];
        for (row, column, entry) in &grid.cells {
            let span = match (entry.row_span, entry.column_span) {
                (1, 1) => String::new(),
                (rows, columns) => format!("+{rows}x{columns}"),
            };
            let text = entry.text.replace('\n', "/");
            lines[*row].push_str(&format!("{column}{span} {text}|"));
        }
        assert_eq!(lines, expected);
        assert_eq!(warnings.len(), moved);
        assert_eq!(
            grid.cells.iter().map(|(_, _, e)| e.row_span * e.column_span).sum::<usize>(),
            grid.rows * grid.columns
        );
    }

    #[test]
    fn blank_headings_belong_to_the_heading_before() {
        case(
            &["(1) 周知|進捗||", "|R2|R3|R4", "冊子|A|B|", "研修|A|A|"],
            &["0+2x1 (1) 周知|1+1x3 進捗|", "1 R2|2 R3|3 R4|", "0 冊子|1 A|2 B|3 |", "0 研修|1 A|2 A|3 |"],
            0,
        );
    }

    #[test]
    fn ratios_are_second_lines() {
        case(
            &["休暇|R2|R3", "目標|100%|73.3%", "|(15人/15人)|11人/15人)"],
            &["0 休暇|1 R2|2 R3|", "0 目標|1 100%/(15人/15人)|2 73.3%/11人/15人)|"],
            0,
        );
    }

    #[test]
    fn rows_that_lost_cells_at_the_left_stand_by_their_label() {
        case(
            &[
                "役割|内容|項目|R2|R3||",
                "人事|周知|状況|実施|→|",
                "||取組|冊子を配布|冊子を改訂|",
                "||評価|A|B|",
                "||状況|実施|→|",
                "|取組|研修した|研修した||",
                "|評価|A|A||",
                "支援|状況|実施|→||",
                "|取組|面談した|面談した||",
                "|評価|B|A||",
            ],
            &[
                "0 役割|1 内容|2 項目|3 R2|4 R3|",
                "0+9x1 人事|1+3x1 周知|2 状況|3 実施|4 →|",
                "2 取組|3 冊子を配布|4 冊子を改訂|",
                "2 評価|3 A|4 B|",
                "1+3x1 |2 状況|3 実施|4 →|",
                "2 取組|3 研修した|4 研修した|",
                "2 評価|3 A|4 A|",
                "1+3x1 支援|2 状況|3 実施|4 →|",
                "2 取組|3 面談した|4 面談した|",
                "2 評価|3 B|4 A|",
            ],
            5,
        );
    }

    #[test]
    fn grades_are_no_row_labels() {
        let rows = ["取組|R2|R3|R4", "冊子|A|B|", "研修|B|A|", "面談|A||", "調査|B|C|"];
        let expected = [
            "0 取組|1 R2|2 R3|3 R4|",
            "0 冊子|1 A|2 B|3 |",
            "0 研修|1 B|2 A|3 |",
            "0 面談|1 A|2 |3 |",
            "0 調査|1 B|2 C|3 |",
        ];
        case(&rows, &expected, 0);
    }

    #[test]
    fn plain_tables_stay_as_they_are() {
        case(&["a|b", "1|"], &["0 a|1 b|", "0 1|1 |"], 0);
        case(&[], &[], 0);
        case(&[""], &[""], 0);
    }
}
