//! Takes a table that is drawn with `+`, `-` and `|`, as Pandoc writes those with merged cells, gives its cells. Columns
//! are counted as a terminal does: letters of East Asia take two, and signs that other scripts have, too, one or two.

use super::draft::{Entry, Grid};
use super::remnant;
use unicode_width::UnicodeWidthChar;

/// No drawing of a report has so many characters; a larger one stays text.
const MAXIMUM_AREA: usize = 4_000_000;
/// Takes the second half of a wide letter.
const HALF: char = '\0';
/// The blanks inside the two sides of a cell.
const PADDING: usize = 2;

/// Whether a line begins such a table.
pub(super) fn is_top(line: &str) -> bool {
    line.len() > 2 && line.starts_with("+-") && line.ends_with('+') && line.chars().all(|c| "+-=:".contains(c))
}

/// Whether a line may go on with one.
pub(super) fn goes_on(line: &str) -> bool {
    line.starts_with(['+', '|'])
}

/// The cells of the drawing; `None` where its lines do not close. `clean` takes the marks of the source off a text.
pub(super) fn read(lines: &[String], clean: impl Fn(&str) -> String) -> Option<Grid> {
    let drawing = Drawing::new(lines, false).or_else(|| Drawing::new(lines, true))?;
    let (rows, columns) = (drawing.rows.len().checked_sub(1)?, drawing.columns.len().checked_sub(1)?);
    let mut owner: Vec<Vec<(usize, usize)>> = Vec::with_capacity(rows);
    for r in 0..rows {
        let mut line: Vec<(usize, usize)> = Vec::with_capacity(columns);
        for c in 0..columns {
            let up = owner.last().and_then(|above| above.get(c)).filter(|_| drawing.is_open_above(r, c));
            let left = line.last().filter(|_| drawing.is_open_left(r, c));
            line.push(up.or(left).copied().unwrap_or((r, c)));
        }
        owner.push(line);
    }
    let mut grid = Grid { rows, columns, ..Grid::default() };
    let mut area = 0;
    for (r, line) in owner.iter().enumerate() {
        for c in (0..columns).filter(|c| line.get(*c) == Some(&(r, *c))) {
            let is_mine = |line: &&Vec<(usize, usize)>| line.get(c) == Some(&(r, c));
            let row_span = owner.iter().skip(r).take_while(is_mine).count();
            let column_span = line.iter().skip(c).take_while(|owner| **owner == (r, c)).count();
            area += row_span * column_span;
            let text = clean(&drawing.text(r, c, row_span, column_span));
            grid.cells.push((r, c, Entry { text, row_span, column_span, heading: r < drawing.head }));
        }
    }
    (area == rows * columns).then_some(grid)
}

struct Drawing {
    /// The lines, one character for each place of the terminal.
    lines: Vec<Vec<char>>,
    /// Lines between rows.
    rows: Vec<usize>,
    /// Places between columns.
    columns: Vec<usize>,
    /// Number of rows of the head.
    head: usize,
    /// Whether signs that other scripts have, too, take two places.
    signs: bool,
}

impl Drawing {
    fn new(lines: &[String], signs: bool) -> Option<Self> {
        let width = lines.first()?.len();
        if width.saturating_mul(lines.len()) > MAXIMUM_AREA {
            return None;
        }
        let lines: Vec<Vec<char>> = lines.iter().map(|line| places(line, width, signs)).collect::<Option<_>>()?;
        let mut is_bound = vec![false; width];
        let mut rows = Vec::new();
        for (y, line) in lines.iter().enumerate() {
            let mut is_border = false;
            for (x, _) in line.iter().enumerate().filter(|(_, c)| **c == '+') {
                let is_rule = |x: Option<usize>| x.and_then(|x| line.get(x)).is_some_and(|c| is_rule(*c));
                if is_rule(x.checked_sub(1)) || is_rule(Some(x + 1)) {
                    is_border = true;
                    is_bound.get_mut(x).into_iter().for_each(|bound| *bound = true);
                }
            }
            if is_border {
                rows.push(y);
            }
        }
        let columns = is_bound.iter().enumerate().filter(|(_, bound)| **bound).map(|(x, _)| x).collect();
        let head = rows.iter().position(|y| lines.get(*y).is_some_and(|line| line.contains(&'='))).unwrap_or(0);
        Some(Self { lines, rows, columns, head, signs })
    }

    /// What stands in line `y` between two bounds of columns.
    fn between(&self, y: usize, from: usize, to: usize) -> &[char] {
        let (Some(from), Some(to)) = (self.columns.get(from), self.columns.get(to)) else { return &[] };
        self.lines.get(y).and_then(|line| line.get(from + 1..*to)).unwrap_or_default()
    }

    fn is_open_above(&self, row: usize, column: usize) -> bool {
        let Some(y) = self.rows.get(row) else { return false };
        row > 0 && !self.between(*y, column, column + 1).iter().all(|c| is_rule(*c))
    }

    fn is_open_left(&self, row: usize, column: usize) -> bool {
        let (Some(x), Some(from), Some(to)) = (self.columns.get(column), self.rows.get(row), self.rows.get(row + 1))
        else {
            return false;
        };
        let mut lines = self.lines.get(from + 1..*to).unwrap_or_default().iter().peekable();
        column > 0 && lines.peek().is_some() && !lines.any(|line| line.get(*x) == Some(&'|'))
    }

    /// The text of a cell: lines that were broken because they were full are joined.
    fn text(&self, row: usize, column: usize, row_span: usize, column_span: usize) -> String {
        let (Some(from), Some(to)) = (self.rows.get(row), self.rows.get(row + row_span)) else { return String::new() };
        let mut out = String::new();
        let mut room = 0;
        for y in from + 1..*to {
            let places = self.between(y, column, column + column_span);
            let line: String = places.iter().filter(|c| **c != HALF).collect();
            let line = line.trim();
            if line.is_empty() {
                room = 0;
                continue;
            }
            let first = line.split(' ').next().unwrap_or_default();
            let joins = room > 0 && width(first, self.signs) >= room && !remnant::is_item(line);
            if !out.is_empty() {
                let is_latin = out.ends_with(|c: char| c.is_ascii()) || line.starts_with(|c: char| c.is_ascii());
                out.push_str(if !joins {
                    "\n"
                } else if is_latin {
                    " "
                } else {
                    ""
                });
            }
            let is_forced = line.ends_with('\\');
            out.push_str(line.strip_suffix('\\').unwrap_or(line));
            room = if is_forced { 0 } else { places.len().saturating_sub(PADDING + width(line, self.signs)).max(1) };
        }
        out
    }
}

fn is_rule(c: char) -> bool {
    matches!(c, '-' | '=' | ':')
}

/// The characters of a line by their places; `None` where it is not as wide as the table.
fn places(line: &str, width: usize, signs: bool) -> Option<Vec<char>> {
    let mut places = Vec::with_capacity(width);
    for c in line.chars() {
        places.push(c);
        if is_wide(c, signs) {
            places.push(HALF);
        }
    }
    (places.len() == width).then_some(places)
}

fn width(text: &str, signs: bool) -> usize {
    text.chars().map(|c| 1 + usize::from(is_wide(c, signs))).sum()
}

/// Whether a letter takes two places (Unicode Standard Annex 11: wide, fullwidth, and with `signs` ambiguous).
fn is_wide(c: char, signs: bool) -> bool {
    let width = if signs { c.width_cjk() } else { c.width() };
    width == Some(2)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[track_caller]
    fn case(lines: &[&str], expected: Option<&[&str]>) {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let grid = read(&lines, str::to_owned);
        let draw = |(r, c, entry): &(usize, usize, super::Entry)| {
            format!("{r},{c}+{}x{} {}", entry.row_span, entry.column_span, entry.text.replace('\n', "/"))
        };
        let found = grid.map(|grid| grid.cells.iter().map(draw).collect::<Vec<_>>());
        assert_eq!(found, expected.map(|cells| cells.iter().map(|cell| (*cell).to_owned()).collect()));
    }

    #[test]
    fn merged_cells() {
        case(
            &[
                "+------+---------+",
                "| 課題 | 進捗    |",
                "|      +----+----+",
                "|      | R4 | R5 |",
                "+======+====+====+",
                "| 冊子 | A  |    |",
                "| 配布 |    |    |",
                "+------+----+----+",
            ],
            Some(&[
                "0,0+2x1 課題",
                "0,1+1x2 進捗",
                "1,1+1x1 R4",
                "1,2+1x1 R5",
                "2,0+1x1 冊子配布",
                "2,1+1x1 A",
                "2,2+1x1 ",
            ]),
        );
    }

    #[test]
    fn lines_of_a_cell() {
        case(
            &["+--------+", "| ・冊子 |", "| ・研修 |", "| 実施   |", "| A      |", "+--------+"],
            Some(&["0,0+1x1 ・冊子/・研修実施/A"]),
        );
    }

    #[test]
    fn signs_of_other_scripts_take_one_place_or_two() {
        case(&["+------+", "| ○可 |", "+------+"], Some(&["0,0+1x1 ○可"]));
        case(&["+-----+", "| ○可 |", "+-----+"], Some(&["0,0+1x1 ○可"]));
    }

    #[test]
    fn drawings_that_do_not_close_are_text() {
        case(&["+---+", "| 冊子 |", "+---+"], None);
        case(&["+--+--+", "|  |  |", "|  +--+", "|     |", "+--+--+"], None);
    }
}
