//! Tables and the lines around them, typed as small pages.

use crate::report::rules::Rules;
use crate::report::{Indicator, Report, Text, recognise};
use crate::source::html;

fn report(body: &str) -> Report {
    recognise(&html::read(&format!("<html><body>{body}</body></html>")), Rules::named("general").unwrap())
}

fn text(text: Option<&Text>) -> &str {
    text.map_or("", |text| text.text.as_str())
}

fn figures(indicator: &Indicator) -> Vec<(i32, &str)> {
    indicator.series.iter().flat_map(|series| &series.years).map(|m| (m.year, m.text.as_str())).collect()
}

fn unplaced(report: &Report) -> Vec<&str> {
    report.unplaced.iter().map(|text| text.text.as_str()).collect()
}

const RATES: &str = "<table><tr><td>項目</td><td>R4年度</td><td>R5年度</td></tr>\
    <tr><td>年次有給休暇の平均取得日数（日）</td><td>9.8</td><td>12.0</td></tr>\
    <tr><td>男性職員の育児休業取得率（％）</td><td>10.0</td><td>16.7</td></tr></table>";

#[test]
fn a_note_is_that_of_the_one_indicator_it_names() {
    let case = |note: &str| {
        let report = report(&format!("{RATES}<p>{note}</p>"));
        let notes: Vec<usize> = report.indicators.iter().map(|indicator| indicator.notes.len()).collect();
        (notes, report.footnotes.len())
    };
    assert_eq!(case("※　年次有給休暇は暦年の数値である。"), (vec![1, 0], 0));
    assert_eq!(case("（注）男性職員の育児休業取得率の分母は、子が生まれた職員である。"), (vec![0, 1], 0));
    assert_eq!(case("※　数値は各年度末のものである。"), (vec![0, 0], 1));
    assert_eq!(case("※　男性は、常勤職員に限る。"), (vec![0, 0], 1), "too short to tell");
    let both = "※　年次有給休暇の平均取得日数と男性職員の育児休業取得率は、常勤職員の数値である。";
    assert_eq!(case(both), (vec![0, 0], 1));
    let parts = "※　年次有給休暇は暦年、育児休業取得率は年度の数値である。";
    assert_eq!(case(parts), (vec![0, 0], 1));
    let all = "※　会計年度任用職員を除く。年次有給休暇は暦年の数値である。";
    assert_eq!(case(all), (vec![0, 0], 1));
}

#[test]
fn a_note_elsewhere_is_a_footnote() {
    let report = report(&format!("{RATES}<p>以上のとおり報告する。</p><p>※　年次有給休暇は暦年の数値である。</p>"));
    assert_eq!(report.footnotes.len(), 1);
}

#[test]
fn a_unit_below_a_table_without_one_is_its_unit() {
    let table = |figure: &str| {
        format!(
            "<table><tr><td>項目</td><td>R4年度</td><td>R5年度</td></tr>\
            <tr><td>寄附</td><td>1,200</td><td>－</td></tr><tr><td>広告</td><td>▲20</td><td>{figure}</td></tr></table>"
        )
    };
    let units = |report: &Report| -> Vec<Option<String>> {
        report.indicators.iter().flat_map(|i| &i.series).flat_map(|s| &s.years).map(|m| m.unit.clone()).collect()
    };
    let unit = Some("千円".to_owned());
    let read = report(&format!("{}<p>（単位：千円）</p>", table("450")));
    assert_eq!(units(&read), [unit.clone(), None, unit.clone(), unit.clone()]);
    assert!(read.prose.is_empty());
    // It holds for the table below it, and for none whose figures have units.
    let next = table("450").replace("1,200", "7");
    let read = report(&format!("{}<p>（単位：千円）</p>{next}", table("450")));
    assert_eq!(units(&read), [None, None, None, None, unit.clone(), None, unit.clone(), unit]);
    let read = report(&format!("{}<p>（単位：千円）</p>", table("450人")));
    assert_eq!(units(&read), [None, None, None, Some("人".to_owned())]);
    assert_eq!(read.prose.len(), 1);
}

/// A matrix of grades with `rows` below it.
fn matrix(rows: &str) -> Report {
    report(&format!(
        "<p>評価　◎：十分　○：おおむね　×：不十分</p>\
        <table><tr><td rowspan=2>施策</td><td rowspan=2>取組</td><td colspan=2>評価</td></tr>\
        <tr><td>R4年度</td><td>R5年度</td></tr>\
        <tr><td rowspan=3>１　職場</td><td>① 研修の実施</td><td>◎</td><td>○</td></tr>\
        <tr><td>② 制度の周知</td><td>×</td><td>○</td></tr><tr><td>小計（◎・○の数）</td><td>1</td><td>2</td></tr>\
        {rows}</table><p>※　感染症の影響により中止したもの</p>"
    ))
}

#[test]
fn rows_that_count_grades_are_indicators() {
    for (name, values) in [
        ("「◎」又は「○」の取組数", ["1", "2"]),
        ("評価◎・○の割合", ["50.0%", "100.0%"]),
        ("実施できた取組の割合", ["50.0%", "100.0%"]),
    ] {
        let [a, b] = values;
        let report = matrix(&format!("<tr><td colspan=2>{name}</td><td>{a}</td><td>{b}</td></tr>"));
        let read: Vec<_> = report.indicators.iter().map(|i| (text(i.name.as_ref()), text(i.group.as_ref()))).collect();
        assert_eq!(read, [("小計（◎・○の数）", "１　職場"), (name, "")]);
        assert_eq!(figures(&report.indicators[1]), [(2022, a), (2023, b)]);
        let initiatives: Vec<usize> = report.sections.iter().map(|section| section.initiatives.len()).collect();
        assert_eq!(initiatives, [2], "{name}");
        assert!(unplaced(&report).is_empty(), "{name}");
        assert_eq!(report.footnotes.len(), 1, "a note on grades is none on what counts them");
    }
}

#[test]
fn a_row_of_grades_over_the_columns_of_names_counts_nothing() {
    let report = matrix("<tr><td colspan=2>２　残業時間の縮減の割合</td><td>◎</td><td>○</td></tr>");
    assert_eq!(report.indicators.len(), 1);
    assert_eq!(report.sections[1].grades.len(), 2);
}

#[test]
fn years_that_name_no_era_are_those_of_the_sentence_or_of_the_plan() {
    let table = "<table><tr><td>指標</td><td>策定時（30年度）</td><td>元年度</td><td>２年度</td><td>目標（６年度）</td></tr>\
        <tr><td>休暇の取得日数</td><td>8.1日</td><td>8.6日</td><td>7.9日</td><td>12日</td></tr></table>";
    let plan = "計画（令和元年度～令和６年度）";
    for (sentence, year) in [
        (format!("<p>{plan}について、令和２年度までの実施状況を公表します。</p>"), Some(2020)),
        (format!("<p>{plan}の実施状況を公表します。</p>"), None),
    ] {
        let report = report(&format!("{sentence}{table}"));
        assert_eq!(report.document.fiscal_year.as_ref().map(|year| year.year), year);
        let indicator = &report.indicators[0];
        assert_eq!(figures(indicator), [(2018, "8.1日"), (2019, "8.6日"), (2020, "7.9日")]);
        assert_eq!(indicator.series[0].years[0].label, "30年度");
        let due = indicator.series[1].target.as_ref().and_then(|target| target.due.as_ref());
        assert_eq!(due.map(|due| (due.label.as_str(), due.year)), Some(("６年度", 2024)));
        assert!(report.warnings.iter().any(|warning| warning.code == "ambiguous-year"), "{:?}", report.warnings);
    }
}

#[test]
fn a_row_across_a_sheet_is_the_group_and_a_level_beside_the_name_is_told_beside_it() {
    let report = report(
        "<table><tr><td>種別</td><td>指標名</td><td>R4年度</td><td>R5年度</td></tr>\
        <tr><td colspan=4>基本目標１　働く場をつくる</td></tr>\
        <tr><td>数値目標</td><td>出荷額</td><td>10</td><td>12</td></tr>\
        <tr><td>ＫＰＩ</td><td>開発件数</td><td>1</td><td>2</td></tr></table>",
    );
    let read: Vec<_> = report
        .indicators
        .iter()
        .map(|i| (text(i.group.as_ref()), i.other[0].label.as_str(), i.other[0].text.as_str()))
        .collect();
    let group = "基本目標１　働く場をつくる";
    assert_eq!(read, [(group, "種別", "数値目標"), (group, "種別", "ＫＰＩ")]);
}

#[test]
fn a_target_below_a_name_in_its_cell_is_no_part_of_the_name() {
    let report = report(
        "<table><tr><td>目標項目</td><td>R4年度</td><td>R5年度</td></tr>\
        <tr><td>育児休業取得率<br>【目標】30％（R6年度）</td><td>10.0％</td><td>16.7％</td></tr>\
        <tr><td>超過職員数<br>【目標】０人（R6年度）</td><td>41人</td><td>38人</td></tr></table>",
    );
    let read: Vec<_> = report
        .indicators
        .iter()
        .map(|i| {
            let target = i.series[0].target.as_ref().unwrap();
            let due = target.due.as_ref().map(|due| due.year);
            (text(i.name.as_ref()), text(i.series[0].label.as_ref()), target.text.as_str(), target.value, due)
        })
        .collect();
    let rate = ("育児休業取得率", "育児休業取得率", "【目標】30％（R6年度）", Some(30.0), Some(2024));
    let count = ("超過職員数", "超過職員数", "【目標】０人（R6年度）", Some(0.0), Some(2024));
    assert_eq!(read, [rate, count]);
}

const DETAIL: &str = "<table><tr><td>取組内容</td><td></td><td>R4年度</td><td>R5年度</td></tr>\
    <tr><td rowspan=\"2\">○手引を作り、周知します。</td><td>主な取組</td><td>作成した。</td><td>配布した。</td></tr>\
    <tr><td>進捗状況</td><td>A</td><td>B</td></tr></table>";

#[test]
fn numbered_lines_one_after_the_other_list_the_aims_of_a_section() {
    let list = "<p>（１）勤務環境の整備</p><p>①妊娠中の配慮</p><p>②制度の周知</p>";
    let aims = |report: &Report| {
        let sections = report.sections.iter().map(|section| {
            let aims: Vec<String> = section.objectives.iter().map(|aim| aim.text.clone()).collect();
            (text(section.title.as_ref()).to_owned(), aims)
        });
        sections.collect::<Vec<_>>()
    };
    let listed = vec!["①妊娠中の配慮".to_owned(), "②制度の周知".to_owned()];
    assert_eq!(aims(&report(&format!("{list}{DETAIL}"))), [("勤務環境の整備".to_owned(), listed)]);
    // A heading has its table below it.
    let headings =
        report(&format!("<p>（１）勤務環境の整備</p><p>①妊娠中の配慮</p>{DETAIL}<p>②制度の周知</p>{DETAIL}"));
    assert_eq!(aims(&headings), [("妊娠中の配慮".to_owned(), vec![]), ("制度の周知".to_owned(), vec![])]);
    let figures = report(&format!("{list}{RATES}<p>（２）休暇の取得</p>{DETAIL}"));
    assert_eq!(aims(&figures), [("休暇の取得".to_owned(), vec![])]);
    assert_eq!(
        figures.prose.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(),
        ["（１）勤務環境の整備", "①妊娠中の配慮", "②制度の周知"]
    );
}

#[test]
fn a_detail_of_other_grades_describes_no_front_matrix() {
    let page = |grades: [&str; 2]| {
        let [first, second] = grades;
        let matrix = format!(
            "<table><tr><td rowspan=\"2\">（１）勤務環境の整備</td><td colspan=\"2\">進捗状況</td></tr>\
            <tr><td>R4年度</td><td>R5年度</td></tr><tr><td>手引の作成</td><td>{first}</td><td>{second}</td></tr></table>"
        );
        let detail = DETAIL.replace("取組内容", "具体的な取組");
        report(&format!("{matrix}<p>（１）職員の勤務環境</p>{detail}"))
    };
    let joined = page(["A", "B"]);
    let [section] = joined.sections.as_slice() else { panic!("{:?}", joined.sections.len()) };
    let [initiative] = section.initiatives.as_slice() else { panic!("one initiative") };
    assert_eq!(text(initiative.title.as_ref()), "手引の作成");
    assert_eq!(text(initiative.description.as_ref()), "○手引を作り、周知します。");
    assert_eq!(page(["C", "A"]).sections.len(), 2);
}

#[test]
fn sections_that_share_nothing_but_their_numbers_stay_apart_and_say_so() {
    let matrix = |title: &str, name: &str| {
        format!(
            "<table><tr><td>{title}</td><td>R4年度</td><td>R5年度</td></tr><tr><td>{name}</td><td>A</td><td>B</td></tr></table>"
        )
    };
    let detail = |title: &str, name: &str| {
        format!(
            "<p>{title}</p><table><tr><td>取組名</td><td></td><td>R4年度</td><td>R5年度</td></tr>\
             <tr><td rowspan=2>{name}</td><td>主な取組</td><td>手引を配った。</td><td>手引を改めた。</td></tr>\
             <tr><td>進捗状況</td><td>B</td><td>C</td></tr></table>"
        )
    };
    let front = matrix("（１）勤務環境の整備", "相談窓口の設置") + &matrix("（２）女性の活躍", "研修の実施");
    let apart =
        report(&format!("{front}{}{}", detail("（１）父親の休暇", "休暇の取得"), detail("（２）施設の整備", "駐車場")));
    let codes = |report: &Report| report.warnings.iter().map(|warning| warning.code.clone()).collect::<Vec<_>>();
    assert!(codes(&apart).iter().any(|code| code == "ambiguous-section"), "{:?}", codes(&apart));
    assert!(apart.sections.iter().all(|section| section.summary_title.is_none()));
    let joined = report(&format!(
        "{front}{}{}",
        detail("（１）職場の環境", "相談窓口の設置"),
        detail("（２）登用", "研修の実施")
    ));
    assert!(!codes(&joined).iter().any(|code| code == "ambiguous-section"));
    assert_eq!(joined.sections.len(), 2);
    assert_eq!(text(joined.sections[1].summary_title.as_ref()), "女性の活躍");
}

/// Rows, one a line, with `|` between their cells.
fn rows(rows: &str) -> String {
    let row = |row: &str| format!("<tr><td>{}</td></tr>", row.trim().replace('|', "</td><td>"));
    format!("<table>{}</table>", rows.lines().map(row).collect::<String>())
}

/// The titles of sections with the numbers of their initiatives.
fn sections(report: &Report) -> Vec<(&str, usize)> {
    report.sections.iter().map(|section| (text(section.title.as_ref()), section.initiatives.len())).collect()
}

const PLAN: &str = "<h1>月見町行動計画</h1><p>令和５年度実施状況</p>";

#[test]
fn rows_with_a_name_alone_are_headings_where_a_table_of_grades_begins_with_one() {
    let table =
        "取組|実績|評価\n健康|　|　\n健診|2回実施した。|A\n運動|3回実施した。|B\n食生活|　|　\n減塩|店を増やした。|A";
    assert_eq!(sections(&report(&format!("{PLAN}{}", rows(table)))), [("健康", 2), ("食生活", 1)]);
    let blank = "取組|実績|評価\n健診|2回実施した。|A\n運動|　|　\n食生活|3回実施した。|B\n減塩|　|　";
    assert_eq!(sections(&report(&format!("{PLAN}{}", rows(blank)))).iter().map(|section| section.1).sum::<usize>(), 4);
}

#[test]
fn a_level_that_names_each_row_between_headings_is_the_name() {
    let head = "<tr><td>番号</td><td>施策</td><td>実績</td><td>評価</td></tr>";
    let banner = |title: &str| format!("<tr><td colspan=\"4\">{title}</td></tr>");
    let row =
        |number: u32, name: &str| format!("<tr><td>{number}</td><td>{name}</td><td>実施した。</td><td>A</td></tr>");
    let body = [banner("Ⅰ　啓発"), row(1, "広報"), row(2, "講座"), banner("Ⅱ　参画"), row(3, "登用")].concat();
    assert_eq!(sections(&report(&format!("{PLAN}<table>{head}{body}</table>"))), [("啓発", 2), ("参画", 1)]);
}

#[test]
fn numbers_before_names_need_no_heading() {
    let read = report(&format!("{PLAN}{}", rows("　|取組|実績|評価\n1|健診|2回実施した。|A\n2|運動|3回実施した。|B")));
    let initiatives = read.sections.iter().flat_map(|section| &section.initiatives);
    let labels: Vec<_> = initiatives.map(|initiative| (initiative.label.as_deref(), initiative.other.len())).collect();
    assert_eq!(labels, [(Some("1"), 0), (Some("2"), 0)]);
}

#[test]
fn a_lone_text_over_the_headings_of_a_table_is_its_title() {
    let table = "主な取組の実施状況|　|　\n取組|実績|評価\n健診|2回実施した。|A\n運動|3回実施した。|B";
    assert_eq!(sections(&report(&format!("{PLAN}{}", rows(table)))), [("主な取組の実施状況", 2)]);
    let headings = "取組|　|　\n　|R4|R5\n健診|A|A\n運動|B|B";
    assert_eq!(
        sections(&report(&format!("{PLAN}{}", rows(headings)))),
        [("令和５年度実施状況", 2)],
        "取組 is a heading"
    );
}
