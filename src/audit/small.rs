//! Reports of indicators alone, typed for one rule each.

use super::planted::text;
use super::{Audit, Edition, audit, compare};
use crate::report::{
    Comparison, FiscalYear, Footnote, Grade, Indicator, Labelled, Measure, Report, ScaleGrade, Series, SeriesKind,
    Target,
};

fn row(label: &str, kind: SeriesKind, unit: &str, figures: &[(i32, &str)]) -> Series {
    let measure = |(year, text): &(i32, &str)| {
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        let value = digits.parse::<f64>().ok();
        Measure {
            year: *year,
            label: format!("R{}年度", year - 2018),
            text: (*text).to_owned(),
            value: value.map(|value| if text.starts_with('▲') { -value } else { value }),
            unit: Some(unit.to_owned()),
            ..Measure::default()
        }
    };
    let years = figures.iter().map(measure).collect();
    Series { label: text(label), kind, unit: Some(unit.to_owned()), years, ..Series::default() }
}

fn actual(label: &str, unit: &str, figures: &[(i32, &str)]) -> Series {
    row(label, SeriesKind::Actual, unit, figures)
}

fn aimed(mut series: Series, words: &str, value: f64, comparison: Option<Comparison>) -> Series {
    let unit = series.unit.clone();
    series.target = Some(Target { text: words.to_owned(), value: Some(value), unit, comparison, ..Target::default() });
    series
}

fn table(name: &str, series: Vec<Series>) -> Indicator {
    Indicator { name: text(name), series, ..Indicator::default() }
}

fn graded(indicator: Indicator, grade: &str) -> Indicator {
    let grade = Grade { text: grade.to_owned(), grade: grade.to_owned(), ..Grade::default() };
    Indicator { grade: Some(grade), ..indicator }
}

fn report(indicators: Vec<Indicator>) -> Report {
    let json = r#"{"schema_version":"1","document":{},"grade_scale":[],"footnotes":[],"sections":[],"indicators":[]}"#;
    let mut report: Report = serde_json::from_str(json).unwrap();
    report.indicators = indicators;
    report.document.fiscal_year = Some(FiscalYear { label: "令和５年度".to_owned(), year: 2023 });
    let legend = [("Ａ", "達成した"), ("Ｂ", "改善した"), ("Ｃ", "後退した")];
    let grade = |(grade, meaning): (&str, &str)| ScaleGrade {
        grade: grade.to_owned(),
        meaning: meaning.to_owned(),
        ..ScaleGrade::default()
    };
    report.grade_scale = legend.into_iter().map(grade).collect();
    report
}

fn messages(audit: &Audit, rule: &str) -> Vec<String> {
    audit.findings.iter().filter(|one| one.rule == rule).map(|one| one.message.ja.clone()).collect()
}

#[track_caller]
fn says(indicators: Vec<Indicator>, rule: &str, expected: &[&str]) {
    assert_eq!(messages(&audit(&report(indicators)), rule), expected);
}

fn rated(indicator: Indicator, rate: &str) -> Indicator {
    let cell = Labelled { label: "達成率".to_owned(), text: rate.to_owned(), at: Vec::new() };
    Indicator { other: vec![cell], ..indicator }
}

/// Two rates that show how the column is reckoned, and one of a target that less is aimed at.
fn achievement(rate: &str) -> Vec<Indicator> {
    let more = |name: &str, rate: &str| {
        rated(table(name, vec![aimed(actual("", "人", &[(2023, "75")]), "100", 100.0, None)]), rate)
    };
    let less = aimed(actual("", "人", &[(2023, "24")]), "20以下", 20.0, Some(Comparison::AtMost));
    vec![more("会員数", "75.0%"), more("登録者数", "75.0%"), rated(table("違反者数", vec![less]), rate)]
}

#[test]
fn an_achievement_rate_follows_the_direction_of_its_target() {
    for usual in ["83.3%", "120.0%", "80.0%"] {
        says(achievement(usual), "NUM-10", &[]);
    }
    let wrong = "「違反者数」: 印字された達成率は 90.0%、実績 24 と目標 20以下 からは 120.0%（実績÷目標）、83.3%（目標÷実績）、80.0%（2－実績÷目標）。";
    says(achievement("90.0%"), "NUM-10", &[wrong]);
    // More is aimed at: target by actual is no way.
    let mut bound = achievement("83.3%");
    bound[0] = rated(
        table("会員数", vec![aimed(actual("", "人", &[(2023, "75")]), "100以上", 100.0, Some(Comparison::AtLeast))]),
        "133.3%",
    );
    says(
        bound,
        "NUM-10",
        &["「会員数」: 印字された達成率は 133.3%、実績 75 と目標 100以上 からは 75.0%（実績÷目標）。"],
    );
}

fn tally(counts: [&str; 4], shares: [&str; 4]) -> Vec<Indicator> {
    let names = ["Ａ", "Ｂ", "Ｃ", "合計"];
    let one = |((name, count), share): ((&str, &str), &str)| {
        table(name, vec![actual("取組数", "件", &[(2023, count)]), actual("構成比", "%", &[(2023, share)])])
    };
    let mut all: Vec<_> = names.into_iter().zip(counts).zip(shares).map(one).collect();
    let grades = ["A", "A", "A", "A", "A", "B", "B", "B", "C"];
    all.splice(0..0, grades.iter().map(|grade| graded(table("指標", Vec::new()), grade)));
    all
}

#[test]
fn counts_of_grades_with_their_total_and_shares() {
    let shares = ["55.6%", "33.3%", "11.1%", "100.0%"];
    says(tally(["5", "3", "1", "9"], shares), "NUM-10", &[]);
    // The counts stand beside the shares: nobody need ask for them.
    says(tally(["5", "3", "1", "9"], shares), "NUM-07", &[]);
    let total = "「合計 取組数」R5年度: 印字された合計は 10、内訳（Ａ・Ｂ・Ｃ）の和は 9。";
    says(tally(["5", "3", "1", "10"], shares), "NUM-10", &[total]);
    let share = "「Ｂ 構成比」R5年度: 印字された割合は 30.0%、3 は 9 の 33.3%（他の割合は 9 に対する値と合う）。";
    says(tally(["5", "3", "1", "9"], ["55.6%", "30.0%", "11.1%", "100.0%"]), "NUM-10", &[share]);
    let count = "「Ｃ 取組数」R5年度: 印字された数は 2、評価 Ｃ の指標は 1 件。";
    says(tally(["5", "3", "2", "10"], ["50.0%", "30.0%", "20.0%", "100.0%"]), "NUM-10", &[count]);
}

#[test]
fn differences_from_the_year_before() {
    let costs = |difference: &str| {
        let years = |a, b| [(2022, a), (2023, b)];
        let rows = vec![
            actual("講座", "千円", &years("345", "410")),
            actual("啓発", "千円", &years("2,615", "2,710")),
            actual("合計", "千円", &years("2,960", "3,120")),
            actual("前年度との差", "千円", &[(2022, "－"), (2023, difference)]),
        ];
        vec![table("決算額", rows)]
    };
    says(costs("160"), "NUM-10", &[]);
    let wrong =
        "「決算額 前年度との差」R5年度: 印字された差は 70、「決算額 合計」の 3,120 と前年度の 2,960 の差は 160。";
    says(costs("70"), "NUM-10", &[wrong]);
}

#[test]
fn figures_in_different_units_are_not_compared_further() {
    let mut days = aimed(actual("", "日", &[(2022, "11.2"), (2023, "12.1")]), "70%", 70.0, None);
    days.target.as_mut().unwrap().unit = Some("%".to_owned());
    let audit = audit(&report(vec![table("平均取得日数", vec![days])]));
    assert_eq!(messages(&audit, "NUM-11").len(), 1);
    for rule in ["TGT-01", "TGT-03", "TGT-04"] {
        assert_eq!(messages(&audit, rule), [""; 0], "{rule}");
    }
}

#[test]
fn a_change_is_no_share_of_anything() {
    let series =
        |name: &str| vec![table(name, vec![actual("", "%", &[(2021, "3.6"), (2022, "▲1.8"), (2023, "24.0")])])];
    says(series("相談件数の増減（前年度比）"), "NUM-09", &[]);
    says(series("相談件数の増減（前年度比）"), "NUM-07", &[]);
    says(series("収支"), "NUM-09", &[]);
    let rate = vec![table("取得率", vec![actual("", "%", &[(2021, "3.6"), (2022, "1.8")])])];
    says(rate, "NUM-09", &["「取得率」: R3年度は 3.6、R4年度は 1.8。半分以下になった。"]);
}

#[test]
fn grades_of_indicators_count_like_those_of_initiatives() {
    let all = |grades: &[&str]| grades.iter().map(|grade| graded(table("指標", Vec::new()), grade)).collect::<Vec<_>>();
    says(all(&["Ａ"; 11]), "GRD-05", &["報告年度の指標の評価 11 件のうち 11 件（100.0%）が Ａ である。"]);
    says(all(&["Ａ", "Ｂ", "Ａ"]), "GRD-05", &[]);
    says(all(&["Ａ", "Ｂ"]), "GRD-03", &["評価基準の Ｃ（後退した）は、どの指標にも使われていない。"]);
}

#[track_caller]
fn differ(older: Report, newer: Report, expected: &[&str]) {
    let editions = [Edition { file: "a", report: &older }, Edition { file: "b", report: &newer }];
    let found: Vec<_> = compare(&editions).findings.iter().map(|one| one.message.ja.clone()).collect();
    assert_eq!(found, expected);
}

#[test]
fn editions_of_one_year_have_the_same_grades_of_indicators() {
    let edition = |grade: &str| report(vec![graded(table("会員数", Vec::new()), grade)]);
    differ(edition("Ｂ"), edition("C"), &["「会員数」の評価: a では Ｂ、b では C。"]);
    differ(edition("Ｂ"), edition("B"), &[]);
    // Next year's grade is another fact.
    let mut next = edition("C");
    next.document.fiscal_year = Some(FiscalYear { label: "令和６年度".to_owned(), year: 2024 });
    differ(edition("Ｂ"), next, &[]);
}

#[test]
fn an_indicator_of_another_name_with_the_same_figures_was_renamed() {
    let edition = |name: &str, first: &str| {
        let figures = [(2021, first), (2022, "19.4"), (2023, "20.9")];
        report(vec![table(name, vec![aimed(actual("", "%", &figures), "25%", 25.0, None)])])
    };
    let renamed = "指標の名前: a では「女性管理職の割合」、b では「管理的地位にある職員のうち女性」。";
    differ(edition("女性管理職の割合", "18.2"), edition("管理的地位にある職員のうち女性", "18.2"), &[renamed]);
    differ(
        edition("女性管理職の割合", "18.2"),
        edition("管理的地位にある職員のうち女性", "18.3"),
        &[
            "指標「女性管理職の割合」がなくなった: a にあり、b にない。",
            "指標「管理的地位にある職員のうち女性」が新たに現れた: b にあり、a にない。",
        ],
    );
}

#[test]
fn a_baseline_is_called_one() {
    let edition = |baseline: &str| {
        let baseline = row("基準値", SeriesKind::Baseline, "%", &[(2020, baseline)]);
        report(vec![table("受診率", vec![baseline, actual("受診率", "%", &[(2023, "21.3")])])])
    };
    differ(edition("17.9"), edition("17.6"), &["「受診率 基準値」R2年度の基準値: a では 17.9、b では 17.6。"]);
}

#[test]
fn one_indicator_in_two_places_has_one_target() {
    let twice = |target: &str, value: f64, last: &str| {
        let one = |words: &str, value, last| {
            let figures = [(2022, "30.2"), (2023, last)];
            table("女性委員の割合", vec![aimed(actual("", "%", &figures), words, value, None)])
        };
        vec![one("40", 40.0, "32.6"), one(target, value, last)]
    };
    says(
        twice("45", 45.0, "32.6"),
        "TGT-06",
        &["「女性委員の割合」が二か所にあり、実績は同じで、目標は「40」と「45」。"],
    );
    says(twice("40.0", 40.0, "32.6"), "TGT-06", &[]);
    // Other figures: another thing of the same name.
    says(twice("45", 45.0, "33.6"), "TGT-06", &[]);
}

#[test]
fn targets_by_year_are_named_by_year() {
    let target = row("目標", SeriesKind::Target, "時間", &[(2022, "11.5"), (2023, "11.0")]);
    let hours = table("時間外勤務", vec![target, actual("実績", "時間", &[(2022, "12.4"), (2023, "11.8")])]);
    let never = "「時間外勤務 実績」: 印字された年度（R4年度 12.4/目標 11.5、R5年度 11.8/目標 11.0）のいずれもその年度の目標に達していない（向きの印字がなく、指標名から「以下」とみなした）。";
    says(vec![hours], "TGT-04", &[never]);
}

#[test]
fn a_note_that_names_its_subject_needs_no_mark() {
    let noted = |notes: &[(&str, &str)]| {
        let mut report = report(Vec::new());
        let note = |(mark, text): &(&str, &str)| Footnote {
            mark: (*mark).to_owned(),
            text: (*text).to_owned(),
            at: Vec::new(),
        };
        report.footnotes = notes.iter().map(note).collect();
        let audit = audit(&report);
        (messages(&audit, "FTN-01"), messages(&audit, "FTN-03"))
    };
    let general = [("※", "達成率は、目標値に対する実績値の割合です。"), ("※", "No.10は３年に１度の調査の結果です。")];
    assert_eq!(noted(&general), (Vec::new(), Vec::new()));
    let numbered = noted(&[("※３", "令和４年度から算定方法を変更した。")]).0;
    assert_eq!(
        numbered,
        ["注「※３ 令和４年度から算定方法を変更した。」に対応する ※３ が、この報告書のどこにも付いていない。"]
    );
    assert_eq!(noted(&[("＊", "委員会の意見を踏まえて評価したもの")]).0.len(), 1);
}
