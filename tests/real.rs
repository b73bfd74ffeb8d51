//! Tables of documents that public bodies and companies published, typed from the printed page into small files of the
//! same construction: where the rulings are, how cells are filled and what is left out. Expected by hand.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its page has to fail")]

use std::fmt::Write;
use torikumi::layout::{Item, Method, Table, lay_out};
use torikumi::pdf::{Options, Pdf};

/// A page of text in a font that is not embedded, and of rulings; y down from the top.
#[derive(Default)]
struct Made {
    content: String,
}

/// Height of the page.
const HEIGHT: f32 = 595.0;

impl Made {
    /// Text whose baseline begins at `(x, y)`.
    fn text(&mut self, size: f32, x: f32, y: f32, text: &str) {
        let codes: String = text.encode_utf16().fold(String::new(), |codes, unit| codes + &format!("{unit:04X}"));
        writeln!(self.content, "BT /F {size} Tf {x} {} Td <{codes}> Tj ET", HEIGHT - y).unwrap();
    }

    /// Text that ends at `x`.
    fn right(&mut self, size: f32, x: f32, y: f32, text: &str) {
        self.text(size, x - size * width(text), y, text);
    }

    fn line(&mut self, x0: f32, y0: f32, x1: f32, y1: f32) {
        writeln!(self.content, "{x0} {} m {x1} {} l S", HEIGHT - y0, HEIGHT - y1).unwrap();
    }

    /// All rulings of a grid, drawn cell by cell.
    fn grid(&mut self, xs: &[f32], ys: &[f32]) {
        for rows in ys.windows(2) {
            for columns in xs.windows(2) {
                let (x, y) = (columns[0], HEIGHT - rows[1]);
                writeln!(self.content, "{x} {y} {} {} re S", columns[1] - x, rows[1] - rows[0]).unwrap();
            }
        }
    }

    fn tables(&self) -> Vec<Table> {
        let file = format!(
            "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
             3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 {HEIGHT}]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>\
             endobj\n5 0 obj<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/UniJIS-UTF16-H/DescendantFonts\
             [<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)\
             /Supplement 6>>/W[1 95 500]>>]>>endobj\n4 0 obj<<>>stream\n0.5 w\n{}endstream endobj\ntrailer<</Root 1 0 R>>",
            self.content
        );
        let page = Pdf::open(file.as_bytes(), &Options::default()).unwrap().page(1);
        let table = |item| if let Item::Table(table) = item { Some(table) } else { None };
        lay_out(page).items.into_iter().filter_map(table).collect()
    }
}

/// In ems.
fn width(text: &str) -> f32 {
    text.chars().map(|character| if character.is_ascii() { 0.5 } else { 1.0 }).sum()
}

/// Rows of a table, cells parted by `|`, lines of a cell by `/`; a merged cell is followed by `>` for each further column
/// and `^` for each further row.
fn drawn(table: &Table) -> Vec<String> {
    let mut rows = vec![vec![String::new(); table.columns]; table.rows];
    for cell in &table.cells {
        for (row, column) in (0..cell.row_span).flat_map(|row| (0..cell.column_span).map(move |column| (row, column))) {
            let lines: Vec<&str> = cell.lines.iter().map(|line| line.text.as_str()).collect();
            rows[cell.row + row][cell.column + column] = match (row, column) {
                (0, 0) => lines.join("/"),
                (0, _) => ">".to_owned(),
                _ => "^".to_owned(),
            };
        }
    }
    rows.iter().map(|row| row.join("|")).collect()
}

#[track_caller]
fn case(page: &Made, expected: &[&[&str]]) {
    let tables = page.tables();
    assert!(tables.iter().all(|table| table.method == Method::Ruled));
    assert_eq!(tables.iter().map(drawn).collect::<Vec<_>>(), expected);
}

/// The revenue of a city's budget: the left page has the items, the right one their parts, so that two tables of
/// different rows stand side by side; the unit stands small above the first figure of a cell, and explanations are
/// indented lists with amounts at the right of the same cell.
#[test]
fn a_budget_over_facing_pages_is_two_tables_with_the_unit_inside_the_first_cells() {
    let mut page = Made::default();
    page.text(9.0, 50.0, 40.0, "２　歳　入");
    page.text(8.0, 50.0, 56.0, "１款　市税");
    page.right(7.0, 386.0, 56.0, "49,286,300千円");
    page.grid(&[36.0, 213.0, 272.0, 331.0, 390.0], &[79.0, 101.0, 130.0, 160.0, 175.0]);
    for (x, head) in [(120.0, "目"), (222.0, "本年度予算額"), (281.0, "前年度予算額"), (339.0, "比　　　較")]
    {
        page.text(7.0, x, 93.0, head);
    }
    for (x, amounts) in [
        (270.0, ["16,203,500", "2,515,500", "18,719,000"]),
        (329.0, ["15,840,700", "2,580,200", "18,420,900"]),
        (388.0, ["362,800", "△64,700", "298,100"]),
    ] {
        page.right(4.5, x, 106.0, "千円");
        for (y, amount) in [114.0, 139.0, 170.0].into_iter().zip(amounts) {
            page.right(7.0, x, y, amount);
        }
    }
    page.text(7.0, 43.0, 114.0, "1 個人");
    page.text(7.0, 43.0, 139.0, "2 法人");
    page.text(7.0, 120.0, 170.0, "計");
    page.line(448.0, 90.0, 553.0, 90.0);
    page.line(505.0, 90.0, 505.0, 175.0);
    for y in [79.0, 101.0, 145.0, 175.0] {
        page.line(448.0, y, 800.0, y);
    }
    for x in [448.0, 553.0, 800.0] {
        page.line(x, 79.0, x, 175.0);
    }
    page.text(7.0, 497.0, 87.0, "節");
    page.text(7.0, 458.0, 98.0, "区　　分");
    page.text(7.0, 510.0, 98.0, "金　　額");
    page.text(7.0, 622.0, 93.0, "説");
    page.text(7.0, 725.0, 93.0, "明");
    page.right(4.5, 551.0, 106.0, "千円");
    page.right(4.5, 798.0, 106.0, "千円");
    for (y, part, amount) in [(114.0, "1 現年課税分", "16,084,000"), (155.0, "2 滞納繰越分", "119,500")] {
        page.text(7.0, 452.0, y, part);
        page.right(7.0, 551.0, y, amount);
        page.text(7.0, 556.0, y, &part[2..]);
        page.right(7.0, 798.0, y, amount);
    }
    page.text(7.0, 563.0, 128.0, "均等割");
    page.right(7.0, 792.0, 128.0, "399,000");
    page.text(7.0, 570.0, 141.0, "調定見込額");
    page.right(7.0, 725.0, 141.0, "404,000×98.9％");
    case(
        &page,
        &[
            &[
                "目|本年度予算額|前年度予算額|比較",
                "1 個人|千円/16,203,500|千円/15,840,700|千円/362,800",
                "2 法人|2,515,500|2,580,200|△64,700",
                "計|18,719,000|18,420,900|298,100",
            ],
            &[
                "節|>|説明",
                "区分|金額|^",
                "1 現年課税分|千円/16,084,000|千円/現年課税分 16,084,000/均等割 399,000/調定見込額 404,000×98.9％",
                "2 滞納繰越分|119,500|滞納繰越分 119,500",
            ],
        ],
    );
}

/// A city's list of projects carried over, printed from a workbook: cells filled to the ruling, so that the amount ends
/// where the reason begins; names that wrap, stacked sessions, a mark in a narrow column under a small heading.
#[test]
fn a_list_of_projects_whose_amounts_touch_the_reasons_keeps_them_apart() {
    let mut page = Made::default();
    page.text(11.0, 330.0, 66.0, "繰 越 事 業 一 覧 表");
    page.text(7.0, 35.0, 92.0, "１．追加");
    page.right(7.0, 818.0, 92.0, "（単位：千円）");
    let xs = [32.0, 54.0, 91.0, 168.0, 189.0, 210.0, 230.0, 385.0, 544.0, 593.0, 826.0];
    page.grid(&xs, &[102.0, 139.0, 173.0, 207.0, 241.0]);
    for (size, x, head) in [
        (5.0, 35.5, "国補正"),
        (7.0, 65.0, "予算"),
        (7.0, 110.0, "担当課・係"),
        (7.0, 175.0, "款"),
        (7.0, 196.0, "項"),
        (7.0, 217.0, "目"),
        (7.0, 297.0, "事業名"),
        (7.0, 450.0, "工事名等"),
        (7.0, 561.0, "金額"),
        (7.0, 681.0, "繰越理由・内容"),
    ] {
        page.text(size, x, 123.0, head);
    }
    let xs = [39.0, 65.0, 100.0, 216.0, 232.0, 387.0, 594.0];
    let rows: [(f32, &str, [&[&str]; 7]); 3] = [
        (
            158.0,
            "80,764",
            [
                &[],
                &["当初", "9月", "12月"],
                &["情報政策課", "情報政策係"],
                &["1"],
                &["電子自治体推進事業費"],
                &["サーバ機器更改費"],
                &["世界的な半導体不足による部品の調達の遅れにより、年度内", "の作業完了が困難となったため。"],
            ],
        ),
        (
            192.0,
            "139,039",
            [
                &["○"],
                &["3月"],
                &["地籍調査課", "地籍調査係"],
                &["10"],
                &["国土調査事業費"],
                &["国土調査事業"],
                &["令和4年度実施予定事業の国補正による前倒し。"],
            ],
        ),
        (
            226.0,
            "15,608",
            [
                &[],
                &["3月"],
                &["企画課", "コミュニティ推進", "係"],
                &["11"],
                &["交通関係事業費"],
                &["鉄道軌道安全輸送設備等整備事業費補助", "金"],
                &[
                    "事業者の決算後に補助額を確定させるため、補助金の支払い",
                    "が翌年度となることによる繰越。",
                    "（臨時交付金対象）",
                ],
            ],
        ),
    ];
    for (y, amount, cells) in rows {
        for (x, lines) in xs.into_iter().zip(cells) {
            for (line, text) in lines.iter().enumerate() {
                let down = line as f32 - (lines.len() - 1) as f32 / 2.0;
                page.text(7.0, x, y + down * 9.0, text);
            }
        }
        page.text(7.0, 176.0, y, "2");
        page.text(7.0, 197.0, y, "1");
        page.right(7.0, 592.5, y, amount);
    }
    case(
        &page,
        &[&[
            "国補正|予算|担当課・係|款|項|目|事業名|工事名等|金額|繰越理由・内容",
            "|当初/9月/12月|情報政策課/情報政策係|2|1|1|電子自治体推進事業費|サーバ機器更改費|80,764|\
             世界的な半導体不足による部品の調達の遅れにより、年度内/の作業完了が困難となったため。",
            "○|3月|地籍調査課/地籍調査係|2|1|10|国土調査事業費|国土調査事業|139,039|\
             令和4年度実施予定事業の国補正による前倒し。",
            "|3月|企画課/コミュニティ推進/係|2|1|11|交通関係事業費|鉄道軌道安全輸送設備等整備事業費補助/金|15,608|\
             事業者の決算後に補助額を確定させるため、補助金の支払い/が翌年度となることによる繰越。/（臨時交付金対象）",
        ]],
    );
}

/// A statement of changes in equity: two tables one above the other, with a heading over several columns, columns whose
/// heading covers both header rows, stacked headings, labels of two lines and many empty cells.
#[test]
fn a_statement_of_equity_keeps_spans_of_headings_and_empty_cells() {
    let mut page = Made::default();
    page.text(9.0, 60.0, 60.0, "（３）連結株主資本等変動計算書");
    let xs = [60.0, 150.0, 210.0, 270.0, 330.0, 390.0];
    for y in [80.0, 110.0, 125.0, 140.0, 165.0, 180.0] {
        page.line(60.0, y, 390.0, y);
    }
    page.line(150.0, 95.0, 330.0, 95.0);
    for x in xs {
        page.line(x, if x > 150.0 && x < 330.0 { 95.0 } else { 80.0 }, x, 180.0);
    }
    page.text(7.0, 188.0, 91.0, "その他の包括利益累計額");
    page.text(7.0, 161.0, 106.0, "資本金");
    page.text(7.0, 218.0, 106.0, "繰延ヘッジ");
    page.text(7.0, 275.0, 101.0, "為替換算");
    page.text(7.0, 275.0, 108.5, "調整勘定");
    page.text(7.0, 337.0, 98.0, "純資産合計");
    for (y, label, amounts) in [
        (120.0, "当期首残高", ["5,664", "61", "△109", "17,212"]),
        (135.0, "当期変動額", ["", "", "", ""]),
        (155.0, "", ["", "", "85", "85"]),
        (175.0, "当期末残高", ["5,664", "142", "△104", "18,683"]),
    ] {
        page.text(7.0, 63.0, y, label);
        for (x, amount) in xs[2..].iter().zip(amounts) {
            page.right(7.0, x - 3.0, y, amount);
        }
    }
    page.text(7.0, 67.0, 151.0, "持分法の適用範囲");
    page.text(7.0, 67.0, 161.0, "の変動");
    page.grid(&[60.0, 150.0, 210.0], &[220.0, 235.0, 250.0]);
    page.text(7.0, 164.0, 231.0, "自己株式");
    page.text(7.0, 63.0, 246.0, "当期首残高");
    page.right(7.0, 207.0, 246.0, "△747");
    case(
        &page,
        &[
            &[
                "|その他の包括利益累計額|>|>|純資産合計",
                "^|資本金|繰延ヘッジ|為替換算/調整勘定|^",
                "当期首残高|5,664|61|△109|17,212",
                "当期変動額||||",
                "持分法の適用範囲/の変動|||85|85",
                "当期末残高|5,664|142|△104|18,683",
            ],
            &["|自己株式", "当期首残高|△747"],
        ],
    );
}
