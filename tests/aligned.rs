//! Tables without rulings, or with only some, in the samples and on made pages; and text that is no table.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its sample has to fail")]

use std::path::PathBuf;
use torikumi::geom::Rect;
use torikumi::layout::{Item, Method, Table, lay_out};
use torikumi::pdf::{Decoding, Direction, Glyph, Options, Page, Pdf, Run, Visibility};

fn tables(page: Page) -> Vec<Table> {
    let table = |item| if let Item::Table(table) = item { Some(table) } else { None };
    lay_out(page).items.into_iter().filter_map(table).collect()
}

/// The texts of a table; a merged cell's stands in its first row and column.
fn texts(table: &Table) -> Vec<Vec<String>> {
    let mut texts = vec![vec![String::new(); table.columns]; table.rows];
    for cell in &table.cells {
        texts[cell.row][cell.column] = cell.lines.iter().map(|l| l.text.as_str()).collect();
    }
    texts
}

#[track_caller]
fn case(name: &str, expected: &[&[&[&str]]]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples").join(name).with_extension("pdf");
    let pdf = Pdf::open(&std::fs::read(path).unwrap(), &Options::default()).unwrap();
    let found = tables(pdf.page(1));
    assert!(found.iter().all(|t| t.method == Method::Aligned));
    let found: Vec<Vec<Vec<String>>> = found.iter().map(texts).collect();
    assert_eq!(found, expected);
}

#[test]
fn matrix_of_grades_without_rulings() {
    case(
        "unruled-grades",
        &[&[
            &["番号", "取組", "R3年度", "R4年度", "R5年度", "担当課"],
            &["1", "職員研修の充実", "A", "A", "A", "人事課"],
            &["2", "時間外勤務の縮減", "B", "B", "A", "人事課"],
            &["3", "育児休業の取得促進", "C", "B", "B", "職員課"],
            &["4", "多様な働き方の推進", "－", "B", "B", "総務課"],
            &["5", "相談窓口の周知", "A", "A", "A", "総務課"],
            &["6", "管理職への意識啓発と情報提供", "B", "A", "A", "人事課"],
        ]],
    );
}

/// Bands of colour; rules under rows with wrapped cells; two tables side by side with a rule under their headers; and
/// headings over three columns each.
#[test]
fn tables_with_some_rulings() {
    case(
        "banded-kpi",
        &[
            &[
                &["指標名", "単位", "基準値", "R4年度", "R5年度", "目標値", "達成率"],
                &["男性職員の育児休業取得率", "％", "12.5", "48.0", "61.3", "85.0", "72.1"],
                &["年次有給休暇の平均取得日数", "日", "11.2", "13.1", "14.5", "15.0", "96.7"],
                &["時間外勤務（月平均）", "時間", "12.8", "11.0", "▲0.9", "10.0", "－"],
                &["女性管理職の割合", "％", "14.0", "15.2", "16.0", "20.0", "80.0"],
                &["防災訓練参加者数", "人", "1,250", "980", "1,310", "1,500", "87.3"],
            ],
            &[
                &["取組", "実績", "評価"],
                &["研修の実施", "新任の係長を対象とする研修を２回行い、延べ４５人が参加した。", "A"],
                &["情報の提供（庁内広報）", "庁内報で制度の利用例を紹介した。", "B"],
                &[
                    "相談体制の整備",
                    "人事課に相談窓口を置き、利用の手引を全職員に配布した。相談は年間で１２件あった。",
                    "A",
                ],
            ],
            &[
                &["部局", "職員数", "取得者", "取得率"],
                &["総務部", "20", "3", "12.5"],
                &["企画部", "27", "4", "15.6"],
                &["市民部", "34", "5", "18.7"],
                &["福祉部", "41", "6", "21.8"],
            ],
            &[
                &["部局", "職員数", "取得者", "取得率"],
                &["建設部", "20", "3", "12.5"],
                &["教育部", "27", "4", "15.6"],
                &["消防本部", "34", "5", "18.7"],
                &["水道局", "41", "6", "21.8"],
            ],
            &[
                &["区分", "令和４年度", "", "", "令和５年度", "", ""],
                &["", "A", "B", "C", "A", "B", "C"],
                &["基本目標１　意識の醸成", "3", "2", "0", "4", "1", "0"],
                &["基本目標２　働き方の見直し", "5", "1", "1", "5", "2", "0"],
                &["基本目標３　両立支援", "2", "2", "1", "3", "2", "0"],
                &["合計", "10", "5", "2", "12", "5", "0"],
            ],
        ],
    );
}

/// A page of texts that begin at the given places, set in a font of 10 points half as wide as high.
fn page(texts: &[(f32, f32, &str)]) -> Page {
    let run = Run {
        font: 0,
        size: 10.0,
        direction: Direction::Right,
        vertical: false,
        aslant: false,
        decoded: Decoding::ToUnicode,
        color: [0; 3],
    };
    let mut page = Page { number: 1, width: 595.0, height: 842.0, runs: vec![run], ..Page::default() };
    for &(left, top, text) in texts {
        let mut x = left;
        for c in text.chars() {
            let start = u32::try_from(page.text.len()).unwrap();
            page.text.push(c);
            let bbox = Rect::new(x, top, x + 5.0, top + 10.0);
            let length = u16::try_from(c.len_utf8()).unwrap();
            page.glyphs.push(Glyph { start, length, visibility: Visibility::Visible, run: 0, bbox });
            x += 5.0;
        }
    }
    page
}

#[track_caller]
fn no_table(texts: &[(f32, f32, &str)]) {
    assert_eq!(tables(page(texts)), Vec::new());
}

#[test]
fn figures_in_rows_and_columns_are_a_table() {
    let found = tables(page(&[
        (60.0, 100.0, "Place"),
        (200.0, 100.0, "2021"),
        (260.0, 100.0, "2022"),
        (60.0, 114.0, "North"),
        (205.0, 114.0, "120"),
        (265.0, 114.0, "131"),
        (60.0, 128.0, "South and"),
        (60.0, 138.0, "east"),
        (210.0, 128.0, "98"),
        (265.0, 128.0, "104"),
        (60.0, 152.0, "West"),
        (205.0, 152.0, "310"),
        (270.0, 152.0, "99"),
    ]));
    assert_eq!(found.len(), 1);
    assert_eq!(texts(&found[0])[2], ["South andeast", "98", "104"]);
    assert_eq!(found[0].rows, 4);
}

#[test]
fn two_columns_of_an_article_are_no_table() {
    let lines: Vec<(f32, f32, &str)> = (0u8..12)
        .flat_map(|i| {
            let y = 100.0 + 13.0 * f32::from(i);
            [
                (60.0, y, "the council met in spring and heard the plan"),
                (310.0, y, "which it then gave to the mayor for a vote"),
            ]
        })
        .collect();
    no_table(&lines);
}

#[test]
fn list_with_bullets_is_no_table() {
    let lines: Vec<(f32, f32, &str)> = (0u8..6)
        .flat_map(|i| {
            let y = 100.0 + 14.0 * f32::from(i);
            [(60.0, y, "•"), (80.0, y, "training for new staff in 2 courses")]
        })
        .collect();
    no_table(&lines);
}

#[test]
fn table_of_contents_is_no_table() {
    let entries = ["1", "4", "9", "12", "17", "23"];
    let lines: Vec<(f32, f32, &str)> = (0u8..6)
        .zip(entries)
        .flat_map(|(i, number)| {
            let y = 100.0 + 14.0 * f32::from(i);
            [(60.0, y, "About the plan"), (140.0, y, "......................"), (400.0, y, number)]
        })
        .collect();
    no_table(&lines);
}

#[test]
fn scale_of_a_chart_is_no_table() {
    let scale = ["100", "80", "60", "40", "20"];
    let lines: Vec<(f32, f32, &str)> = (0u8..5)
        .zip(scale)
        .flat_map(|(i, number)| {
            let y = 100.0 + 14.0 * f32::from(i);
            [(60.0, y, number), (400.0, y, number)]
        })
        .collect();
    no_table(&lines);
}
