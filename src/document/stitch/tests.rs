//! Tables of two pages made of bare texts: what the second page begins with.

use super::Growing;
use crate::document::Passage;
use crate::document::gather::Piece;
use crate::geom::Rect;
use crate::layout::{Cell, Method, Table};

const WIDTH: f32 = 100.0;
const HEIGHT: f32 = 20.0;

/// A ruled table of cells that a line of 10 points stands in; those in `shaded` columns are shaded. A cell of columns
/// `1..` of a row that ends early is merged to the end of the row.
fn page(number: u32, rows: &[&[&str]], columns: usize, shaded: &[usize]) -> Growing {
    let (mut cells, mut lines) = (Vec::new(), Vec::new());
    for (row, texts) in rows.iter().enumerate() {
        for (column, text) in texts.iter().enumerate() {
            let span = if column + 1 == texts.len() { columns - column } else { 1 };
            let (x, y) = (column as f32 * WIDTH, row as f32 * HEIGHT);
            let bbox = Rect::new(x, y, x + span as f32 * WIDTH, y + HEIGHT);
            let shade = shaded.contains(&column).then_some([200, 200, 200]);
            let (closed_top, closed_bottom) = (true, true);
            cells.push(Cell {
                row,
                column,
                row_span: 1,
                column_span: span,
                bbox,
                closed_top,
                closed_bottom,
                shade,
                ..Cell::default()
            });
            let bbox = Rect::new(x + 2.0, y + 5.0, x + 2.0 + 10.0 * text.chars().count() as f32, y + 15.0);
            let text = Passage { text: (*text).to_owned(), origins: Vec::new() };
            lines.push(if text.is_blank() {
                vec![]
            } else {
                vec![Piece { text, bbox, size: 10.0, vertical: false, unseen: false }]
            });
        }
    }
    let bounds = |count: usize, step: f32| (0..=count).map(|at| at as f32 * step).collect::<Vec<f32>>();
    let (row_bounds, column_bounds) = (bounds(rows.len(), HEIGHT), bounds(columns, WIDTH));
    let bbox = Rect::new(0.0, 0.0, columns as f32 * WIDTH, rows.len() as f32 * HEIGHT);
    let table = Table { bbox, rows: rows.len(), columns, row_bounds, column_bounds, cells, method: Method::Ruled };
    Growing::new(number, rows.len() as f32 * HEIGHT, table, lines)
}

/// The texts of the table that two pages come to, row by row; `None` where they stay two.
fn joined(mut first: Growing, second: Growing) -> Option<Vec<Vec<String>>> {
    first.extend(second).ok()?;
    let table = first.finish();
    let row = |row: usize| table.cells.iter().filter(move |cell| cell.row == row).map(|cell| cell.text.text.clone());
    Some((0..table.rows).map(|at| row(at).collect()).collect())
}

#[test]
fn a_header_alone_at_the_foot_of_a_page_stays_a_row() {
    let head: &[&[&str]] = &[&["", "R3", "R4", "R5"]];
    let body: &[&[&str]] = &[&["実施状況", "実施", "→", "→"], &["評価", "A", "B", "A"]];
    let rows = joined(page(1, head, 4, &[]), page(2, body, 4, &[])).unwrap();
    assert_eq!(rows, [head, body].concat());
}

#[test]
fn a_form_whose_labels_are_shaded_goes_on() {
    let first: &[&[&str]] = &[&["事業名", "防災訓練の実施"], &["番号", "2-1"], &["所管", "防災課", "区分", "継続"]];
    let second: &[&[&str]] = &[&["概要", "避難所を開く訓練を行う。"], &["評価", "A", "課題", "参加者の確保"]];
    assert!(joined(page(1, first, 4, &[0]), page(2, second, 4, &[0])).is_some());
    let two: &[&[&str]] = &[&["事業名", "防災訓練の実施"], &["番号", "2-1", "所管", "防災課"]];
    assert!(joined(page(1, two, 4, &[0, 2]), page(2, second, 4, &[0, 2])).is_some());
    let header: &[&[&str]] = &[&["対象", "内容"], &["A", "B", "C", "D"]];
    assert!(joined(page(1, header, 4, &[]), page(2, &[&["分野", "概要"]], 4, &[])).is_none());
}

#[test]
fn the_end_of_a_bracket_alone_in_a_row_goes_on_with_the_row_before() {
    let head: &[&str] = &["区分", "R4", "R5"];
    let full: &[&str] = &["費用対効果額（千円）", "10", "12"];
    let first: &[&[&str]] = &[head, full, full, full, &["費用対効果額（千", "15", "18"]];
    let rows = joined(page(1, first, 3, &[]), page(2, &[head, &["円）", "", ""], full], 3, &[])).unwrap();
    assert_eq!(rows.len(), 6);
    assert_eq!(rows[4], ["費用対効果額（千円）", "15", "18"]);
    let rows = joined(page(1, first, 3, &[]), page(2, &[head, &["人員", "", ""], full], 3, &[])).unwrap();
    assert_eq!(rows.len(), 7);
}

/// A header of which the last cell is merged, and a row of that form on the next page.
fn of_the_headers_form(shaded: &[usize]) -> Option<Vec<Vec<String>>> {
    let mut first = page(1, &[&["項目", "実績"], &["a", "1", "2"], &["b", "3", "4"]], 3, shaded);
    first.cells.iter_mut().filter(|part| part.cell.row > 0).for_each(|part| part.cell.shaded = false);
    joined(first, page(2, &[&["c", "5"]], 3, &[]))
}

#[test]
fn a_row_without_shade_is_no_header_where_headers_are_shaded() {
    assert_eq!(of_the_headers_form(&[]), None);
    let rows = of_the_headers_form(&[0, 1]).unwrap();
    assert_eq!(rows.last().unwrap(), &["c", "5"]);
}

/// A table whose header has a colour of its own and whose rows in `shaded` are shaded alike.
fn striped(number: u32, rows: &[&[&str]], header: bool, shaded: &[usize]) -> Growing {
    let mut table = page(number, rows, 3, &[]);
    for part in &mut table.cells {
        let shade = if header && part.cell.row == 0 { Some([90, 140, 120]) } else { Some([237, 244, 240]) };
        part.shade = shade.filter(|_| header && part.cell.row == 0 || shaded.contains(&part.cell.row));
        part.cell.shaded = part.shade.is_some();
    }
    table
}

#[test]
fn a_page_that_begins_with_a_shaded_row_goes_on_where_every_second_row_is_shaded() {
    let first: &[&[&str]] =
        &[&["番号", "取組", "実績"], &["1", "棚卸し", "18課"], &["2", "活用", "312時間"], &["3", "決裁", "全庁"]];
    let second: &[&[&str]] = &[&["4", "会議", "60分"], &["5", "時差出勤", "74人"]];
    let rows = joined(striped(1, first, true, &[2]), striped(2, second, false, &[0])).unwrap();
    assert_eq!(rows, [first, second].concat());
    let other: &[&[&str]] = &[&["区分", "目標", "現状"], &["休暇", "14日", "12日"]];
    assert_eq!(joined(striped(1, first, true, &[2]), striped(2, other, true, &[])), None);
}

/// The same with cells marked `^` merged into those above.
fn merged(mut table: Growing) -> Growing {
    let marked = |part: &super::Part| part.cell.text.text == "^";
    let mut below: Vec<(usize, usize)> =
        table.cells.iter().filter(|part| marked(part)).map(|part| (part.cell.row, part.cell.column)).collect();
    below.sort_unstable();
    for (row, column) in below {
        let above = table.cells.iter_mut().find(|part| part.cell.column == column && part.ends_at(row));
        above.unwrap().cell.row_span += 1;
    }
    table.cells.retain(|part| !marked(part));
    table
}

#[test]
fn rows_that_follow_one_another_inside_a_merged_cell_go_on_over_a_page_break() {
    let head: &[&str] = &["役割", "取組内容", "項目", "R4"];
    let whole: &[&[&str]] = &[
        &["職員課", "手引を作り周知する。", "実施状況", "実施"],
        &["^", "^", "主な取組", "配布した。"],
        &["^", "^", "課題等", "改める。"],
    ];
    let first = [&[head], whole, &[&["全課", "制度の情報を提供し、", "実施状況", "実施"]]].concat();
    let second: &[&[&str]] =
        &[head, &["職員", "復帰を支援する。", "主な取組", "送付した。"], &["^", "^", "課題等", "検討する。"]];
    let rows = joined(merged(page(1, &first, 4, &[])), merged(page(2, second, 4, &[]))).unwrap();
    assert_eq!(rows[4], ["全課\n職員", "制度の情報を提供し、復帰を支援する。", "実施状況", "実施"]);
    assert_eq!(rows[5], ["主な取組", "送付した。"]);
    // A label that never stands below the one above the break begins another.
    let other: &[&[&str]] =
        &[head, &["職員", "復帰を支援する。", "実施状況", "実施"], &["^", "^", "主な取組", "送付した。"]];
    let rows = joined(merged(page(1, &first, 4, &[])), merged(page(2, other, 4, &[]))).unwrap();
    assert_eq!(rows[5], ["職員", "復帰を支援する。", "実施状況", "実施"]);
}

#[test]
fn a_header_with_nothing_below_it_is_but_repeated() {
    let head: &[&str] = &["取組", "担当課", "評価"];
    let first = || page(1, &[head, &["研修", "人事課", "A"]], 3, &[]);
    let mut before = first();
    assert!(before.take_repeat(page(2, &[head], 3, &[])).is_none());
    assert_eq!(before.finish().repeats.len(), 3);
    assert!(first().take_repeat(page(2, &[head, &["面談", "人事課", "B"]], 3, &[])).is_some());
    assert!(first().take_repeat(page(2, &[&["面談", "人事課", "B"]], 3, &[])).is_some());
}

#[test]
fn a_label_whose_end_is_printed_again_after_the_page_break_is_one_label() {
    let head: &[&str] = &["目標", "事業", "担当課", "評価"];
    let first: &[&[&str]] = &[
        head,
        &["１　支え合い", "見守り", "福祉課", "A"],
        &["^", "相談会", "福祉課", "B"],
        &["２　自立を支える", "就労の支援", "福祉課", "A"],
        &["^", "農園の試行", "農政課", "B"],
    ];
    let second: &[&[&str]] = &[head, &["自立を支える", "居場所の運営", "福祉課", "C"]];
    let rows = joined(merged(page(1, first, 4, &[])), merged(page(2, second, 4, &[]))).unwrap();
    assert_eq!(rows[5], ["居場所の運営", "福祉課", "C"]);
    let other: &[&[&str]] = &[head, &["３　住みよい", "歩道の改修", "道路課", "C"]];
    let rows = joined(merged(page(1, first, 4, &[])), merged(page(2, other, 4, &[]))).unwrap();
    assert_eq!(rows[5], ["３　住みよい", "歩道の改修", "道路課", "C"]);
}

#[test]
fn no_label_goes_on_after_a_page_that_has_room_below_the_table() {
    let head: &[&str] = &["目標", "事業", "担当課", "評価"];
    let first: &[&[&str]] =
        &[head, &["互いに認め合う意識の醸成", "講演会", "市民課", "A"], &["^", "広報紙", "広報課", "B"]];
    let second: &[&[&str]] =
        &[head, &["政策決定への参画の拡大", "女性の登用", "総務課", "C"], &["^", "名簿の整備", "市民課", "B"]];
    let pages = || (merged(page(1, first, 4, &[])), merged(page(2, second, 4, &[])));
    let (full, next) = pages();
    assert_eq!(joined(full, next).unwrap()[3], ["女性の登用", "総務課", "C"]);
    let (mut short, next) = pages();
    short.full = false;
    assert_eq!(joined(short, next).unwrap()[3], ["政策決定への参画の拡大", "女性の登用", "総務課", "C"]);
}
