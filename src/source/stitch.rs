//! Takes the blocks of a converted document, joins the tables that a page break divided: the head that the next page
//! repeats and the page's own lines (its number, its running head) are taken out.

use super::draft::{Draft, Entry, Grid, Rows};
use super::furniture::{is_page_line, key, title};
use super::kind::Kind;
use std::collections::BTreeSet;

/// At most so many lines of a page stand between two parts of a table: its number and a running head.
const MOST_LINES: usize = 3;
/// Two columns may be labels beside their values; those have no head that could be repeated.
const FEWEST_COLUMNS: usize = 3;
/// So many rows tell what stands in a column.
const ROWS_THAT_TELL: usize = 200;

/// The blocks with the parts of tables joined.
pub(super) fn join(drafts: Vec<Draft>) -> Vec<Draft> {
    let title = title(&drafts);
    let mut joined: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        match draft {
            Draft::Rows(rows) => add(&mut joined, rows, &title),
            Draft::Table(grid) => {
                let lines = page_lines(&joined, &title);
                match joined.iter().rev().nth(lines) {
                    Some(Draft::Rows(before)) if !before.piped && is_plain(&grid) => {
                        add(&mut joined, rows_of(grid), &title);
                    }
                    _ => add_grid(&mut joined, grid, &title),
                }
            }
            draft => joined.push(draft),
        }
    }
    joined
}

/// Adds a table with its spans to those before, or to the one before it whose head it repeats.
fn add_grid(joined: &mut Vec<Draft>, mut grid: Grid, title: &str) {
    let end = joined.len() - page_lines(joined, title);
    let header = match joined.get(..end).and_then(<[Draft]>::last) {
        Some(Draft::Table(before)) if before.columns == grid.columns && grid.columns >= FEWEST_COLUMNS => {
            same_head(before, &grid)
        }
        _ => 0,
    };
    // Below the head a table without any span begins with a blank cell: so its source writes merged ones.
    let begins_blank =
        |(row, column, entry): &(usize, usize, Entry)| (*row, *column) == (header, 0) && entry.text.is_empty();
    let is_written_blank = is_plain(&grid) && grid.cells.iter().any(begins_blank);
    let Some(Draft::Table(before)) = joined.get_mut(..end).and_then(<[Draft]>::last_mut).filter(|_| header > 0) else {
        joined.push(Draft::Table(grid));
        return;
    };
    let is_written_blank = is_written_blank && is_plain(before);
    before.header_rows = before.header_rows.max(header);
    before.repeats.append(&mut grid.repeats);
    let base = before.rows;
    for (row, column, entry) in grid.cells {
        if row < header {
            before.repeats.extend(Some(entry.text).filter(|text| !text.is_empty()));
            continue;
        }
        // A merged cell goes on with a blank one below the head.
        let goes_on = row == header && entry.row_span > 1 && entry.text.is_empty();
        let mut above = before.cells.iter_mut().rev().take_while(|_| goes_on);
        let above = above.find(|(up, c, above)| {
            *up >= header && up + above.row_span == base && *c == column && above.column_span == entry.column_span
        });
        match above {
            Some((.., above)) => above.row_span += entry.row_span,
            None => before.cells.push((row - header + base, column, entry)),
        }
    }
    before.rows = base + grid.rows - header;
    if is_written_blank {
        let rows = rows_of(std::mem::take(before));
        if let Some(last) = joined.get_mut(end - 1) {
            *last = Draft::Rows(rows);
        }
    }
    to_furniture(joined.get_mut(end..).unwrap_or_default());
}

/// Whether no cell of a table covers several places.
fn is_plain(grid: &Grid) -> bool {
    grid.cells.iter().all(|(.., entry)| entry.row_span == 1 && entry.column_span == 1)
}

/// A plain table as its rows.
fn rows_of(grid: Grid) -> Rows {
    let mut cells = vec![Vec::with_capacity(grid.columns); grid.rows];
    for (row, _, entry) in grid.cells {
        if let Some(texts) = cells.get_mut(row) {
            texts.push(entry.text);
        }
    }
    Rows { cells, piped: false, header_rows: grid.header_rows, repeats: grid.repeats }
}

/// How many rows at the top two tables have in common, merged cells whole.
fn same_head<'a>(before: &'a Grid, next: &'a Grid) -> usize {
    let same = before.cells.iter().zip(&next.cells).take_while(|(a, b)| a == b).map(|(a, _)| a);
    let mut rows = 0;
    let mut filled = vec![0; before.rows.min(next.rows)];
    for (row, _, entry) in same.filter(|(row, _, entry)| row + entry.row_span <= next.rows) {
        let own = filled.iter_mut().skip(*row).take(entry.row_span);
        own.for_each(|columns| *columns += entry.column_span);
    }
    while filled.get(rows) == Some(&next.columns) {
        rows += 1;
    }
    let is_cut = |(row, _, entry): &(usize, usize, Entry)| *row < rows && row + entry.row_span > rows;
    let labels = |grid: &'a Grid| {
        grid.cells.iter().filter(move |(row, column, _)| *row >= rows && *column == 0).map(|(.., e)| e.text.as_str())
    };
    let is_form = is_same_form(labels(before), labels(next));
    if is_form || next.cells.iter().any(is_cut) || rows == next.rows || rows == before.rows { 0 } else { rows }
}

/// How many of the last blocks stand between two parts of a table.
fn page_lines(joined: &[Draft], title: &str) -> usize {
    joined.iter().rev().take_while(|draft| is_page_line(draft, title)).take(MOST_LINES).count()
}

fn to_furniture(lines: &mut [Draft]) {
    for line in lines {
        if let Draft::Paragraph { text, .. } = line {
            *line = Draft::Furniture(std::mem::take(text));
        }
    }
}

/// Adds a table to those before, or to the one before it.
fn add(joined: &mut Vec<Draft>, mut rows: Rows, title: &str) {
    // A converter that finds no head writes a blank one.
    let blank = rows.cells.iter().take_while(|row| rows.piped && row.iter().all(String::is_empty)).count();
    rows.cells.drain(..blank);
    let end = joined.len() - page_lines(joined, title);
    let (before, between) = joined.split_at_mut(end);
    if let Some(Draft::Rows(before)) = before.last_mut()
        && let Some(header) = continues(before, &rows)
    {
        before.header_rows = before.header_rows.max(header);
        before.repeats.append(&mut rows.repeats);
        let repeated: Vec<_> = rows.cells.drain(..header).flatten().filter(|text| !text.is_empty()).collect();
        before.repeats.extend(repeated);
        before.cells.append(&mut rows.cells);
        to_furniture(between);
        return;
    }
    joined.push(Draft::Rows(rows));
}

/// Whether `next` goes on with `before`: the number of its rows that repeat the head.
fn continues(before: &Rows, next: &Rows) -> Option<usize> {
    let width = |rows: &Rows| rows.cells.iter().filter_map(|row| row.iter().rposition(|t| !t.is_empty())).max();
    if before.piped != next.piped {
        return None;
    }
    let same = before.cells.iter().zip(&next.cells).take_while(|(a, b)| is_same_row(a, b)).count();
    if same > 0 && before.cells.len() > same {
        let columns = before.cells.iter().map(Vec::len).max().unwrap_or(0);
        let is_form = is_same_form(labels(before, same), labels(next, same));
        return (columns >= FEWEST_COLUMNS && !is_form).then_some(same);
    }
    let long = |rows: &Rows| rows.cells.iter().map(Vec::len).max();
    let is_as_wide = long(before) == long(next) || width(before) == width(next);
    (is_as_wide && is_row_of(before, next.cells.first()?)).then_some(0)
}

/// The texts of the first column from row `from` on.
fn labels(rows: &Rows, from: usize) -> impl Iterator<Item = &str> {
    rows.cells.iter().skip(from).map(|row| row.first().map_or("", String::as_str))
}

fn is_same_row(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a == b || key(a) == key(b))
}

/// Whether `row`, the first of a table, can only be one of the rows of `table`: each of its cells is of a kind that stands
/// in its column, and it goes on with a label, or with the numbers of the rows. One that shares a heading of the table is
/// the head of another.
fn is_row_of(table: &Rows, row: &[String]) -> bool {
    let rows = || table.cells.iter().skip(1).rev().take(ROWS_THAT_TELL);
    let cells = |c: usize| rows().filter_map(move |row| row.get(c)).filter(|text| !text.is_empty());
    let fits = |(c, text): (usize, &String)| match Kind::of(text) {
        Kind::Blank => true,
        kind if kind.is_words() => cells(c).any(|known| Kind::of(known).is_words()),
        kind => cells(c).any(|known| Kind::of(known) == kind),
    };
    let is_known = |(c, text): (usize, &String)| Kind::of(text).is_words() && cells(c).any(|known| known == text);
    let number = |text: &String| text.parse::<u32>().ok();
    let is_next = || {
        let last = cells(0).next().and_then(number);
        last.zip(row.first().and_then(number)).is_some_and(|(last, next)| next == last.saturating_add(1))
    };
    let head = table.cells.first().map_or(&[][..], Vec::as_slice);
    let is_head = row.iter().zip(head).any(|(text, head)| !text.is_empty() && text == head);
    !is_head && row.iter().enumerate().all(fits) && (row.iter().enumerate().any(is_known) || is_next())
}

/// Whether two tables are the same form, filled twice: their labels in the first column are the same, each once.
fn is_same_form<'a>(before: impl Iterator<Item = &'a str>, next: impl Iterator<Item = &'a str>) -> bool {
    let before: Vec<&str> = before.collect();
    let known: BTreeSet<&str> = before.iter().copied().collect();
    let is_form = known.len() == before.len() && !known.contains("");
    let mut next = next.peekable();
    is_form && next.peek().is_some() && next.all(|text| known.contains(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&str]) -> Draft {
        let cells = rows.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect();
        Draft::Rows(Rows { cells, piped: true, ..Rows::default() })
    }

    /// What comes of two tables with `between` between them: the rows of the first, and all blocks.
    #[track_caller]
    fn case(first: &[&str], between: &[&str], second: &[&str], rows: usize, blocks: usize) {
        let mut drafts = vec![Draft::paragraph("青葉市次世代育成支援行動計画\n進捗状況"), table(first)];
        drafts.extend(between.iter().copied().map(Draft::paragraph));
        drafts.push(table(second));
        let joined = join(drafts);
        let Some(Draft::Rows(found)) = joined.get(1) else { panic!("no table") };
        let kept = joined.iter().filter(|draft| !matches!(draft, Draft::Furniture(_))).count();
        assert_eq!((found.cells.len(), kept), (rows, blocks));
    }

    const FORM: [&str; 5] = ["内容|項目|R4|R5", "周知|状況|実施|→", "|評価|A|A", "配布|状況|実施|→", "|評価|A|B"];

    #[test]
    fn a_repeated_head_is_taken_out() {
        case(&FORM, &[], &["内容|項目|R4|R5", "|課題|なし|なし"], 6, 2);
        case(&FORM, &["- 4 -"], &["内容|項目|R4|R5", "|課題|なし|なし"], 6, 2);
        case(
            &FORM,
            &["青葉市次世代育成支援行動計画　進捗状況", "4／12"],
            &["内容|項目|R4|R5", "|課題|なし|なし"],
            6,
            2,
        );
        case(&FORM, &["進捗状況"], &["内容|項目|R4|R5", "|課題|なし|なし"], 5, 4);
        let form = ["項目|R4|R5", "状況|実施|→", "評価|A|A"];
        case(&form, &[], &form, 3, 3);
        case(&["担当|人事課", "評価|A"], &[], &["担当|人事課", "課題|なし"], 2, 3);
        case(&FORM, &["第二 休暇"], &["内容|項目|R4|R5", "|課題|なし|なし"], 5, 4);
    }

    #[test]
    fn rows_without_a_head_go_on_where_their_cells_fit() {
        case(&FORM, &["（続き）"], &["|評価|B|A", "研修|状況|実施|→"], 7, 2);
        case(&FORM, &[], &["内容|項目|R6|R7", "研修|状況|実施|→"], 5, 3);
        case(&["番号|取組|評価", "1|冊子|A", "2|研修|B"], &["5"], &["3|面談|A"], 4, 2);
        case(&["番号|取組|評価", "1|冊子|A", "2|研修|B"], &["5"], &["1|面談|A"], 3, 4);
    }

    #[test]
    fn merged_cells_go_on() {
        let entry = |text: &str, row_span| Entry { text: text.to_owned(), row_span, ..Entry::default() };
        let grid = |rows: Vec<Vec<Entry>>| Draft::Table(Grid::place(rows).unwrap());
        let head = || vec![entry("課", 1), entry("取組", 1), entry("評価", 1)];
        let first = grid(vec![head(), vec![entry("人事課", 1), entry("冊子", 1), entry("A", 1)]]);
        let below = vec![entry("面談", 1), entry("C", 1)];
        let second = grid(vec![head(), vec![entry("", 2), entry("研修", 1), entry("B", 1)], below]);
        let joined = join(vec![first, Draft::paragraph("- 3 -"), second]);
        let [Draft::Table(found), Draft::Furniture(_)] = &joined[..] else { panic!("{joined:?}") };
        let cells: Vec<_> = found.cells.iter().map(|(r, c, e)| (*r, *c, e.row_span, e.text.as_str())).collect();
        let names = cells.iter().filter(|(_, column, ..)| *column == 0).copied().collect::<Vec<_>>();
        let expected = [(0, 0, 1, "課"), (1, 0, 3, "人事課")];
        assert_eq!((found.rows, found.header_rows, &names[..]), (4, 1, &expected[..]));
    }

    #[test]
    fn blank_cells_of_plain_tables_go_on() {
        let grid = |rows: &[&str]| {
            let entry = |text: &str| Entry { text: text.to_owned(), ..Entry::default() };
            Draft::Table(Grid::place(rows.iter().map(|row| row.split('|').map(entry).collect()).collect()).unwrap())
        };
        let next = ["内容|項目|R4|R5", "|課題|なし|なし"];
        let joined = join(vec![grid(&FORM), grid(&next), grid(&next)]);
        let [Draft::Rows(found)] = &joined[..] else { panic!("{joined:?}") };
        assert_eq!((found.cells.len(), found.repeats.len()), (7, 8));
    }
}
