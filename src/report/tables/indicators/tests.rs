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

#[test]
fn rows_under_indicators_give_units_targets_rates_and_departments() {
    let rows = "指標|採用者数|女性割合\n単位|人|％\n数値目標|5人以上|40%以上\n令和４年度実績|4|38.5\n令和５年度実績|6|42.1\n達成率|120%|105%\n前年比|2|3.6\n担当課|人事課|総務課";
    let read = report(&table(rows)).indicators;
    assert_eq!(read.iter().flat_map(units).collect::<Vec<_>>(), [Some("人"), Some("人"), Some("%"), Some("%")]);
    let names: Vec<_> = read.iter().filter_map(|read| read.name.as_ref()).map(|name| name.text.as_str()).collect();
    assert_eq!(names, ["採用者数", "女性割合"]);
    let target = read[1].series[0].target.as_ref().unwrap();
    assert_eq!((target.value, target.unit.as_deref()), (Some(40.0), Some("%")));
    assert_eq!(read[0].years.iter().map(|year| year.year).collect::<Vec<_>>(), [2022, 2023]);
    assert_eq!(read[0].responsible.as_ref().map(|text| text.text.as_str()), Some("人事課"));
    let told: Vec<_> = read[0].other.iter().map(|told| (told.label.as_str(), told.text.as_str())).collect();
    assert_eq!(told, [("達成率", "120%")], "what is derived is told of no one");
}

#[test]
fn rows_of_years_without_an_era_are_near_the_year_reported_on() {
    let before = "<h1>月見町行動計画</h1><p>令和５年度実施状況</p>";
    let read = report(&format!("{before}{}", table("年度|採用者数|女性割合\n３年度|4人|38.5%\n４年度|6人|42.1%")));
    let years: Vec<_> = read.indicators.iter().flat_map(|read| &read.years).map(|year| year.year).collect();
    assert_eq!(years, [2021, 2022, 2021, 2022]);
    assert!(warned(&read, "ambiguous-year"));
}

#[test]
fn targets_and_figures_below_each_other_for_each_year_are_two_series() {
    let head = "<tr><td colspan=\"2\">年度</td><td>受診率</td></tr>";
    let year = |year: u32, aim: &str, reached: &str| {
        format!(
            "<tr><td rowspan=\"2\">令和{year}年度</td><td>目標</td><td>{aim}</td></tr><tr><td>実績</td><td>{reached}</td></tr>"
        )
    };
    let read = report(&format!("<table>{head}{}{}</table>", year(4, "40%", "38.5%"), year(5, "45%", "42.1%")));
    let series: Vec<_> = read.indicators[0].series.iter().collect();
    let told = |at: usize| {
        let figures: Vec<_> = series[at].years.iter().map(|measure| (measure.year, measure.text.as_str())).collect();
        (series[at].label.as_ref().map(|label| label.text.as_str()), figures)
    };
    assert_eq!(told(0), (Some("目標"), vec![(2022, "40%"), (2023, "45%")]));
    assert_eq!(told(1), (Some("実績"), vec![(2022, "38.5%"), (2023, "42.1%")]));
    assert!(series.iter().all(|series| series.target.is_none()));
}

/// Kind, years and values of the series of each indicator, and when its target is due.
fn drawn(read: &Report) -> Vec<String> {
    let series = |indicator: &Indicator| {
        let one = |series: &crate::report::Series| {
            let years: Vec<_> = series.years.iter().map(|m| format!("{} {}", m.year, m.text)).collect();
            let due = series.target.as_ref().and_then(|target| target.due.as_ref()).map(|due| due.year);
            format!("{:?} {} due {due:?}", series.kind, years.join(", "))
        };
        indicator.series.iter().map(one).collect::<Vec<_>>().join(" | ")
    };
    read.indicators.iter().map(series).collect()
}

#[test]
fn columns_of_years_date_the_baseline_and_the_target_beside_them() {
    let read = report(&table(
        "指標|単位|基準年度|基準値|R4年度|R5年度|目標年度|目標値\n創業件数|件|R元|12|13|15|R8|20\n来客数|人|H30|30|28|31|R8|40",
    ));
    let expected = [
        "Baseline 2019 12 due None | Actual 2022 13, 2023 15 due Some(2026)",
        "Baseline 2018 30 due None | Actual 2022 28, 2023 31 due Some(2026)",
    ];
    assert_eq!(drawn(&read), expected);
    let head = "<tr><td rowspan=2>指標</td><td colspan=2>策定時</td><td colspan=2>実績</td><td colspan=2>目標</td></tr>\
        <tr><td>年度</td><td>数値</td><td>R4</td><td>R5</td><td>年度</td><td>数値</td></tr>";
    let row =
        "<tr><td>女性委員の割合</td><td>R2</td><td>28.9</td><td>31.5</td><td>32.2</td><td>R8</td><td>40.0</td></tr>";
    let read = report(&format!("<table>{head}{row}</table>"));
    assert_eq!(drawn(&read), ["Baseline 2020 28.9 due None | Actual 2022 31.5, 2023 32.2 due Some(2026)"]);
}

#[test]
fn rows_of_men_and_women_share_their_group_and_a_year_under_the_midway_evaluation_is_no_grade() {
    let head = "<tr><td rowspan=2>分野</td><td rowspan=2>指標</td><td rowspan=2>性別</td><td>中間評価</td>\
        <td colspan=2>実績</td><td rowspan=2>判定</td></tr><tr><td>R2</td><td>R4</td><td>R5</td></tr>";
    let rows = "<tr><td rowspan=2>栄養</td><td rowspan=2>欠食の割合</td><td>男性</td><td>22.9%</td><td>22.0%</td>\
        <td>21.1%</td><td>B</td></tr><tr><td>女性</td><td>14.9%</td><td>14.0%</td><td>13.1%</td><td>C</td></tr>";
    let read = report(&format!("<table>{head}{rows}</table>"));
    assert_eq!(
        drawn(&read),
        ["Actual 2020 22.9%, 2022 22.0%, 2023 21.1% due None | Actual 2020 14.9%, 2022 14.0%, 2023 13.1% due None"]
    );
    let other: Vec<_> = read.indicators[0].other.iter().map(|other| (&*other.label, &*other.text)).collect();
    assert_eq!(other, [("判定", "C")]);
}
