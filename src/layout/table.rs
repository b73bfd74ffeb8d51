//! Takes the empty tables of a page and its words, puts each word into the cell in which it stands. Reading the words
//! of a cell as lines is left to `line`.

mod divide;

use crate::geom::{Point, Rect};
use crate::layout::word::Word;
use crate::layout::{Table, line, spacing};
use crate::pdf::{Page, Visibility};
use divide::divide;
use std::collections::BTreeSet;

/// A ruling that cuts a glyph by more than this runs through a word that overflows its cell, in ems.
const CUT: f32 = 0.15;
/// How far the middle of a clipped line may be from the visible one that it continues, in ems.
const CLIPPED_PITCH: f32 = 2.5;
/// From one line to the next, which hangs out of the table, in ems.
const HANGING_PITCH: f32 = 1.8;
/// Most words that hang out of a cell.
const HANGING: usize = 16;

/// A word, or the part of one that a cell holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Home {
    /// Index of the table.
    pub(crate) table: usize,
    /// Index of the cell in it.
    pub(crate) cell: usize,
    /// The word.
    pub(crate) word: Word,
}

/// Finds the cell of each word, by table and cell, and the words that stand outside all tables. A word inside two
/// tables belongs to the smaller, which is nested in a cell of the other.
pub(crate) fn assign(page: &Page, tables: &[Table], words: &[Word]) -> (Vec<Home>, Vec<Word>) {
    let owners = owners(tables);
    let mut homes: Vec<Home> = Vec::with_capacity(words.len());
    let mut outside = Vec::new();
    let mut parts = Vec::new();
    let mut unseen = Vec::new();
    let mut last: Option<(usize, Placed)> = None;
    let rehomed = rehomed(words);
    for (order, placed) in rehomed.iter().enumerate() {
        let mut placed = *placed;
        let mut found = table_at(tables, placed.home);
        let following = rehomed.get(order + 1..).unwrap_or_default();
        if let (None, Some((index, before))) = (found, &last)
            && tables.get(*index).is_some_and(|table| hangs(table, before, &placed, following))
        {
            placed.home.y = before.home.y;
            found = Some(*index);
        }
        last = found.map(|table| (table, placed));
        let Some(index) = found else {
            outside.push(placed.word);
            continue;
        };
        if is_clipped(page, &placed.word) && placed.home == placed.word.bbox.center() {
            unseen.push((index, placed));
            continue;
        }
        let (Some(table), Some(owner)) = (tables.get(index), owners.get(index)) else { continue };
        if let Some(cell) = whole(table, owner, &placed) {
            homes.push(Home { table: index, cell, word: placed.word });
            continue;
        }
        divide(page, table, owner, &placed, &mut parts);
        homes.extend(parts.drain(..).map(|(cell, word)| Home { table: index, cell, word }));
    }
    if !unseen.is_empty() {
        settle_unseen(page, tables, &owners, unseen, &mut homes, &mut outside);
    }
    (by_cell(homes, tables), outside)
}

/// The homes by table and cell, those of one cell in the order of the content stream: in that nearly all come.
fn by_cell(mut homes: Vec<Home>, tables: &[Table]) -> Vec<Home> {
    if !homes.is_sorted_by_key(|home| home.word.first) {
        homes.sort_by_key(|home| home.word.first);
    }
    let mut cells = 0;
    let mut begins = Vec::with_capacity(tables.len());
    for table in tables {
        begins.push(cells);
        cells += table.cells.len();
    }
    // How many homes come before those of each cell.
    let mut places = vec![0; cells + 1];
    homes.iter().for_each(|home| places[begins[home.table] + home.cell + 1] += 1);
    let mut before = 0;
    for place in &mut places {
        before += *place;
        *place = before;
    }
    let mut sorted = homes.clone();
    for home in homes {
        let place = &mut places[begins[home.table] + home.cell];
        sorted[*place] = home;
        *place += 1;
    }
    sorted
}

/// Finds the cell of each word that is clipped away all around. A cell that shows text of its own does not hold it: it
/// is drawn for another, and stands outside.
fn settle_unseen(
    page: &Page,
    tables: &[Table],
    owners: &[Vec<u32>],
    unseen: Vec<(usize, Placed)>,
    homes: &mut Vec<Home>,
    outside: &mut Vec<Word>,
) {
    let shown: BTreeSet<(usize, usize)> = homes.iter().map(|home| (home.table, home.cell)).collect();
    let mut parts = Vec::new();
    for (index, placed) in unseen {
        let (Some(table), Some(owner)) = (tables.get(index), owners.get(index)) else { continue };
        divide(page, table, owner, &placed, &mut parts);
        if parts.iter().any(|(cell, _)| shown.contains(&(index, *cell))) {
            parts.clear();
            outside.push(placed.word);
        }
        homes.extend(parts.drain(..).map(|(cell, word)| Home { table: index, cell, word }));
    }
}

/// Reads the words of each cell as lines.
pub(crate) fn compose(page: &Page, tables: &mut [Table], homes: &[Home]) {
    let mut words: Vec<Word> = Vec::new();
    for same in homes.chunk_by(|a, b| (a.table, a.cell) == (b.table, b.cell)) {
        let cell = same.first().and_then(|home| tables.get_mut(home.table)?.cells.get_mut(home.cell));
        let Some(cell) = cell else { continue };
        cell.lines = match same {
            [only] => vec![spacing::of_word(page, &only.word)],
            _ => {
                words.clear();
                words.extend(same.iter().map(|home| home.word));
                line::in_cell(page, &mut words)
            }
        };
    }
}

/// Whether all of a word lies outside its clip.
fn is_clipped(page: &Page, word: &Word) -> bool {
    let glyph = |index: u32| page.glyphs.get(index as usize);
    word.visible == 0 && glyph(word.first).is_some_and(|glyph| glyph.visibility == Visibility::Clipped)
}

/// A word and the point that says where it belongs.
#[derive(Debug, Clone, Copy)]
struct Placed {
    word: Word,
    home: Point,
}

/// Where each word belongs: its middle, unless all of it is clipped. A line that a cell is too low to show continues,
/// in the content stream, one that it does show, and belongs where that one is.
fn rehomed(words: &[Word]) -> Vec<Placed> {
    let mut placed: Vec<Placed> = words.iter().map(|word| Placed { word: *word, home: word.bbox.center() }).collect();
    if words.iter().all(|word| word.visible > 0) {
        return placed;
    }
    let adopt = |from: Placed, to: &mut Placed| {
        if to.word.visible == 0 && from.word.direction == to.word.direction && continues(&from.word, &to.word) {
            to.home.y = from.home.y;
        }
    };
    for index in 1..placed.len() {
        let from = placed[index - 1];
        if from.word.visible > 0 || from.home != from.word.bbox.center() {
            adopt(from, &mut placed[index]);
        }
    }
    for index in (1..placed.len()).rev() {
        let (from, to) = (placed[index], &mut placed[index - 1]);
        if to.home == to.word.bbox.center() && (from.word.visible > 0 || from.home != from.word.bbox.center()) {
            adopt(from, to);
        }
    }
    placed
}

/// Whether a word hangs out of the table: it stands on the line below the word before it, within the columns of that
/// word's cell, and the content stream goes on inside the table. A page break can leave the last line of a cell, or the
/// end of a text set vertically, below the ruling that closes the table on its page.
fn hangs(table: &Table, before: &Placed, word: &Placed, following: &[Placed]) -> bool {
    let em = before.word.size.max(word.word.size);
    let (above, own) = (before.word.bbox, word.word.bbox);
    let step = own.center().y - above.center().y;
    let bound = |x: f32| table.column_bounds.partition_point(|b| *b <= x);
    let home = bound(above.center().x);
    let inside = bound(own.x0.max(table.bbox.x0)) == home && bound(own.x1.min(table.bbox.x1) - CUT * em) == home;
    let next = following.iter().take(HANGING).find(|next| next.home.y < table.bbox.y1);
    (-CUT * em..=HANGING_PITCH * em).contains(&step)
        && inside
        && next.is_some_and(|next| table.bbox.contains(next.home))
}

/// Whether two words may be of consecutive lines of one text.
fn continues(a: &Word, b: &Word) -> bool {
    let em = a.size.max(b.size);
    let apart = (a.bbox.center().y - b.bbox.center().y).abs();
    apart <= CLIPPED_PITCH * em && a.bbox.x0 - em < b.bbox.x1 && b.bbox.x0 - em < a.bbox.x1
}

/// For each table, the index of the cell that holds each place of its grid.
fn owners(tables: &[Table]) -> Vec<Vec<u32>> {
    let owner = |table: &Table| {
        let mut owner = vec![0; table.rows * table.columns];
        for (index, cell) in (0u32..).zip(&table.cells) {
            for row in cell.row..cell.row + cell.row_span {
                owner[row * table.columns + cell.column..][..cell.column_span].fill(index);
            }
        }
        owner
    };
    tables.iter().map(owner).collect()
}

/// The smallest table around `point`.
fn table_at(tables: &[Table], point: Point) -> Option<usize> {
    let area = |t: &Table| t.bbox.width() * t.bbox.height();
    let around = tables.iter().enumerate().filter(|(_, t)| t.bbox.contains(point));
    around.min_by(|a, b| area(a.1).total_cmp(&area(b.1))).map(|(index, _)| index)
}

/// Index of the cell at `point`; points beyond the table belong to its outermost cells.
fn cell_at(table: &Table, owner: &[u32], point: Point) -> usize {
    let index = |bounds: &[f32], at: f32| {
        bounds.partition_point(|b| *b <= at).min(bounds.len().saturating_sub(1)).saturating_sub(1)
    };
    let (row, column) = (index(&table.row_bounds, point.y), index(&table.column_bounds, point.x));
    owner.get(row * table.columns + column).map_or(0, |cell| *cell as usize)
}

/// The cell of a word that no ruling can divide.
fn whole(table: &Table, owner: &[u32], placed: &Placed) -> Option<usize> {
    let word = &placed.word;
    let home = cell_at(table, owner, placed.home);
    let whole = word.end - word.first == 1 || placed.home != word.bbox.center() || within(table, home, &word.bbox);
    whole.then_some(home)
}

/// Whether `bbox` lies inside the cell's area.
fn within(table: &Table, cell: usize, bbox: &Rect) -> bool {
    table
        .cells
        .get(cell)
        .is_some_and(|c| c.bbox.x0 <= bbox.x0 && bbox.x1 <= c.bbox.x1 && c.bbox.y0 <= bbox.y0 && bbox.y1 <= c.bbox.y1)
}

#[cfg(test)]
mod tests {
    use crate::layout::lay_out;
    use crate::layout::made::Made;

    fn grid() -> Made {
        Made::page().grid(&[100.0, 150.0, 200.0, 250.0], &[100.0, 120.0, 140.0]).text(102.0, 104.0, "ア")
    }

    #[track_caller]
    fn case(made: Made, expected: &[&str]) {
        assert_eq!(made.read()[1..], *expected);
    }

    #[test]
    fn a_word_that_overflows_its_cell_stays_whole() {
        case(grid().text(102.0, 124.0, "取組の実績"), &["0,0 ア", "1,0 取組の実績"]);
        case(grid().text(102.0, 124.0, "取組の実績値"), &["0,0 ア", "1,0 取組の実績値"]);
    }

    #[test]
    fn texts_that_meet_at_a_ruling_are_two() {
        case(grid().text(131.0, 124.0, "1234").text(151.0, 124.0, "5678"), &["0,0 ア", "1,0 1234", "1,1 5678"]);
        let hanging = grid().text(104.0, 124.0, "実施した。").text(153.5, 124.0, "検討");
        case(hanging, &["0,0 ア", "1,0 実施した。", "1,1 検討"]);
        case(grid().text(104.0, 124.0, "実施する件").text(153.5, 124.0, "検討"), &["0,0 ア", "1,0 実施する件検討"]);
    }

    #[test]
    fn clipped_text_belongs_to_the_cell_that_it_continues() {
        let made = || grid().text(152.0, 106.0, "実施").text(152.0, 118.0, "状況").clip_last(2).text(102.0, 124.0, "B");
        case(made(), &["0,0 ア", "0,1 実施/状況", "1,0 B"]);
        assert_eq!(lay_out(made().0).warnings.iter().map(|w| w.code.as_str()).collect::<Vec<_>>(), ["clipped-text"]);
    }

    #[test]
    fn vertical_text_that_hangs_out_of_its_table_belongs_to_it() {
        let hanging = || {
            (0u8..)
                .zip("基本目標".chars())
                .fold(grid(), |made, (i, c)| made.text(170.0, 122.0 + 10.0 * f32::from(i), c.encode_utf8(&mut [0; 4])))
        };
        case(hanging().text(202.0, 124.0, "B"), &["0,0 ア", "1,1 基本目標", "1,2 B"]);
        let below = grid().text(152.0, 128.0, "状況").text(152.0, 144.0, "注");
        case(below, &["0,0 ア", "1,1 状況", "注"]);
    }

    #[test]
    fn the_last_line_of_a_cut_cell_hangs_out_of_its_table() {
        let made = grid().text(152.0, 118.0, "努め").text(152.0, 129.0, "ますの").text(152.0, 140.0, "で。");
        case(made.text(202.0, 124.0, "B"), &["0,0 ア", "1,1 努め/ますの/で。", "1,2 B"]);
    }

    #[test]
    fn stacked_and_vertical_text_reads_downwards() {
        let tall = || Made::page().grid(&[100.0, 125.0, 200.0], &[100.0, 220.0, 240.0]).text(130.0, 224.0, "x");
        let stack = |made: Made, x: f32, text: &str| {
            text.chars()
                .zip(0u8..)
                .fold(made, |made, (c, i)| made.text(x, 105.0 + 12.0 * f32::from(i), c.encode_utf8(&mut [0; 4])))
        };
        case(stack(tall(), 107.0, "基本目標"), &["0,0 基本目標", "1,1 x"]);
        case(stack(tall(), 107.0, "方針Ⅰ　意識"), &["0,0 方針Ⅰ 意識", "1,1 x"]);
        case(stack(stack(tall(), 113.0, "基本目標"), 101.0, "意識づくり"), &["0,0 基本目標/意識づくり", "1,1 x"]);
    }
}
