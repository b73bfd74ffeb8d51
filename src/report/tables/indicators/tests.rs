//! Units, targets and grades of small tables, typed with the lines above them.

use crate::report::rules::Rules;
use crate::report::{Indicator, Report, recognise};
use crate::source::html;

fn report(body: &str) -> Report {
    recognise(&html::read(&format!("<html><body>{body}</body></html>")), Rules::named("general").unwrap())
}

/// Rows, one a line, with `|` between their cells.
fn table(rows: &str) -> String {
    let row = |row: &str| format!("<tr><td>{}</td></tr>", row.trim().replace('|', "</td><td>"));
    format!("<table>{}</table>", rows.lines().map(row).collect::<String>())
}

fn units(indicator: &Indicator) -> Vec<Option<&str>> {
    indicator.series.iter().flat_map(|series| &series.years).map(|measure| measure.unit.as_deref()).collect()
}

fn warned(report: &Report, code: &str) -> bool {
    report.warnings.iter().any(|warning| warning.code == code)
}

const SHEET: &str = "指標|R4年度|R5年度\n採用者|5|6\n採用者の女性割合|40.0|50.0";

#[test]
fn of_several_units_only_rates_are_given_theirs() {
    let read = report(&format!("<p>（単位：人、％）</p>{}", table(SHEET)));
    assert_eq!(units(&read.indicators[0]), [None, None]);
    assert_eq!(units(&read.indicators[1]), [Some("%"), Some("%")]);
    assert!(warned(&read, "ambiguous-unit"));
    let read = report(&format!("<p>（単位：時間、人）</p>{}", table(SHEET)));
    assert!(read.indicators.iter().flat_map(units).all(|unit| unit.is_none()));
    let read = report(&format!("<p>（単位：人/年）</p>{}", table(SHEET)));
    assert!(read.indicators.iter().flat_map(units).all(|unit| unit == Some("人/年")), "one unit for each of another");
    assert!(!warned(&read, "ambiguous-unit"));
}

#[test]
fn rates_are_told_by_their_headings_where_years_are_rows() {
    let rows = "年度|男性|女性割合\nR4年度|5|40.0\nR5年度|6|50.0";
    let read = report(&format!("<p>（単位：人、％）</p>{}", table(rows)));
    assert_eq!(units(&read.indicators[0]), [None, None]);
    assert_eq!(units(&read.indicators[1]), [Some("%"), Some("%")]);
}

#[test]
fn a_unit_line_does_not_hold_beyond_a_heading_of_something_else() {
    let first = |lines: &str| {
        let before = "<p>進捗状況報告書</p><p>取組の状況を次のとおり公表します。</p>";
        let read = report(&format!("{before}{lines}{}", table(SHEET)));
        units(&read.indicators[0]).first().copied().flatten().map(str::to_owned)
    };
    assert_eq!(first("<p>表１　採用の状況（単位：人）</p>").as_deref(), Some("人"));
    assert_eq!(first("<p>（単位：人）</p><p>表１　採用の状況</p>").as_deref(), Some("人"));
    let chart =
        "<p>図１　効果額の推移（単位：百万円）</p><p>売却が進んだことが主な要因です。</p><p>表１　採用の状況</p>";
    assert_eq!(first(chart), None);
}

#[test]
fn a_target_is_that_of_the_series_that_prints_its_unit() {
    let head = "<tr><td rowspan=2>役職</td><td colspan=2>令和4年度</td><td colspan=2>令和5年度</td>\
        <td rowspan=2>目標</td></tr><tr><td>総数</td><td>うち女性</td><td>総数</td><td>うち女性</td></tr>";
    let row = "<tr><td>課長級</td><td>14人</td><td>1人（7.1％）</td><td>14人</td><td>2人（14.3％）</td><td>20％以上</td></tr>";
    let read = report(&format!("<table>{head}{row}</table>"));
    let aimed: Vec<bool> = read.indicators[0].series.iter().map(|series| series.target.is_some()).collect();
    assert_eq!(aimed, [false, true]);
}

#[test]
fn a_grade_that_is_counted_is_not_that_of_its_row() {
    let grades = |rows: &str| -> Vec<Option<String>> {
        let read = report(&table(rows));
        read.indicators.iter().map(|indicator| indicator.grade.as_ref().map(|grade| grade.text.clone())).collect()
    };
    assert_eq!(grades("評価|内容|R4年度|R5年度\nＡ|順調である|2|3\nＢ|遅れている|12|11"), [None, None]);
    let judged = grades("指標|R4年度|R5年度|評価\n採用者数|2|3|Ａ\n離職者数|12|11|Ｂ");
    assert_eq!(judged, [Some("Ａ".to_owned()), Some("Ｂ".to_owned())]);
}
