//! One contradiction planted into a sample must be found by its rule and by no other rule of severity error; what a
//! reader would not call a contradiction must not be found.

use super::tests::sample;
use super::{Audit, Severity, audit};
use crate::report::{Comparison, Indicator, Labelled, Measure, Report, Series, SeriesKind, Text, YearEntry};

pub(super) fn text(text: &str) -> Option<Text> {
    Some(Text { text: text.to_owned(), at: Vec::new() })
}

fn errors(audit: &Audit) -> Vec<&'static str> {
    audit.findings.iter().filter(|one| one.severity == Severity::Error).map(|one| one.rule).collect()
}

/// The rules of the errors that come on top of those of the sample.
#[track_caller]
fn planted(name: &str, change: impl FnOnce(&mut Report), expected: &[&str]) {
    let mut report = sample(name);
    let mut known = errors(&audit(&report));
    change(&mut report);
    let mut found = errors(&audit(&report));
    found.retain(|rule| match known.iter().position(|one| one == rule) {
        Some(at) => {
            known.remove(at);
            false
        }
        None => true,
    });
    assert_eq!(found, expected);
    assert_eq!(known, [""; 0], "findings of the sample are gone");
}

/// How many findings `rule` has after the change.
#[track_caller]
fn finds(name: &str, rule: &str, change: impl FnOnce(&mut Report), expected: usize) {
    let mut report = sample(name);
    change(&mut report);
    assert_eq!(audit(&report).findings.iter().filter(|one| one.rule == rule).count(), expected, "{rule}");
}

fn entry(report: &mut Report, section: usize, initiative: usize, year: i32) -> &mut YearEntry {
    let years = &mut report.sections[section - 1].initiatives[initiative - 1].years;
    years.iter_mut().find(|entry| entry.year == year).unwrap()
}

fn set(measure: &mut Measure, text: &str, value: f64) {
    measure.text = text.to_owned();
    measure.value = Some(value);
}

fn figure(report: &mut Report, indicator: usize, series: usize, year: i32) -> &mut Measure {
    let years = &mut report.indicators[indicator].series[series].years;
    years.iter_mut().find(|measure| measure.year == year).unwrap()
}

#[test]
fn a_rate_that_its_ratio_does_not_give() {
    planted("koganei-r5", |r| set(figure(r, 0, 0, 2021), "73.4%", 73.4), &["NUM-01"]);
    planted("koganei-r5", |r| set(figure(r, 0, 0, 2023), "100.0%", 100.0), &[]);
    planted("koganei-r5", |r| set(figure(r, 0, 0, 2021), "約73%", 73.0), &[]);
    planted("koganei-r5", |r| figure(r, 0, 0, 2021).ratio.as_mut().unwrap().denominator = 0.0, &["NUM-06"]);
}

#[test]
fn rates_that_are_all_cut_off_are_no_error() {
    let cut = |r: &mut Report| {
        for (indicator, year, text, value) in [
            (1, 2020, "86.6%", 86.6),
            (1, 2021, "86.6%", 86.6),
            (1, 2023, "91.6%", 91.6),
            (6, 2022, "", 0.0),
            (6, 2023, "", 0.0),
        ] {
            if !text.is_empty() {
                set(figure(r, indicator, 0, year), text, value);
            }
        }
        set(figure(r, 6, 1, 2022), "15.7%", 15.7);
        set(figure(r, 6, 1, 2023), "7.6%", 7.6);
    };
    planted("koganei-r5", cut, &[]);
    planted("koganei-r5", |r| set(figure(r, 6, 1, 2023), "7.6%", 7.6), &["NUM-01"]);
}

#[test]
fn denominators_of_one_group() {
    let other = |r: &mut Report| {
        let measure = figure(r, 1, 0, 2022);
        let ratio = measure.ratio.as_mut().unwrap();
        (ratio.text, ratio.numerator, ratio.denominator) = ("(3人/6人)".to_owned(), 3.0, 6.0);
    };
    planted("koganei-r5", other, &["NUM-06"]);
}

fn row(label: &str, kind: SeriesKind, unit: &str, values: &[f64]) -> Series {
    let measure = |(year, value): (i32, &f64)| Measure {
        year,
        label: year.to_string(),
        text: value.to_string(),
        value: Some(*value),
        unit: Some(unit.to_owned()),
        ..Measure::default()
    };
    let years = (2021..).zip(values).map(measure).collect();
    Series { label: text(label), kind, unit: Some(unit.to_owned()), years, ..Series::default() }
}

fn table(name: &str, rows: Vec<Series>) -> Indicator {
    Indicator { name: text(name), series: rows, ..Indicator::default() }
}

#[test]
fn totals_that_their_parts_do_not_give() {
    let sum = |total: [f64; 3]| {
        move |r: &mut Report| {
            let rows = vec![
                row("本庁", SeriesKind::Actual, "人", &[10.0, 20.0, 30.0]),
                row("出先", SeriesKind::Actual, "人", &[1.0, 2.0, 3.0]),
                row("合計", SeriesKind::Actual, "人", &total),
            ];
            r.indicators.push(table("参加者数", rows));
        }
    };
    planted("koganei-r5", sum([11.0, 22.0, 33.0]), &[]);
    planted("koganei-r5", sum([11.0, 23.0, 33.0]), &["NUM-10"]);
    // Nothing shows that this total is one of these rows.
    planted("koganei-r5", sum([50.0, 60.0, 70.0]), &[]);
}

#[test]
fn totals_of_grades() {
    let counts = |a: [f64; 3], b: [f64; 3]| {
        move |r: &mut Report| {
            r.indicators.push(table("評価Aの数", vec![row("評価Aの数", SeriesKind::Actual, "件", &a)]));
            r.indicators.push(table("評価Bの数", vec![row("評価Bの数", SeriesKind::Actual, "件", &b)]));
        }
    };
    planted("koganei-r5", counts([15.0, 17.0, 17.0], [4.0, 4.0, 4.0]), &["NUM-10"]);
    planted("koganei-r5", counts([16.0, 17.0, 17.0], [4.0, 4.0, 4.0]), &[]);
}

#[test]
fn achievement_rates() {
    let rates = |last: &'static str| {
        move |r: &mut Report| {
            let rates = ["70.0%", "97.6%", last];
            for (indicator, rate) in r.indicators.iter_mut().zip(rates) {
                let at = Vec::new();
                indicator.other.push(Labelled { label: "達成率".to_owned(), text: rate.to_owned(), at });
            }
        }
    };
    planted("kazami-kpi", rates("97.0%"), &[]);
    planted("kazami-kpi", rates("98.0%"), &["NUM-10"]);
}

#[test]
fn units_of_target_and_actual() {
    let unit = |unit: &'static str| {
        move |r: &mut Report| r.indicators[4].series[0].target.as_mut().unwrap().unit = Some(unit.into())
    };
    planted("koganei-r5", unit("人"), &["NUM-11"]);
    planted("koganei-r5", unit("％"), &[]);
}

#[test]
fn grades_of_summary_detail_and_legend() {
    let detail =
        |grade: &'static str| move |r: &mut Report| entry(r, 2, 1, 2022).grade.as_mut().unwrap().grade = grade.into();
    planted("koganei-r5", detail("B"), &["GRD-01"]);
    planted("koganei-r5", detail("Ａ"), &[]);
    let both = |r: &mut Report| {
        let entry = entry(r, 2, 1, 2022);
        entry.grade.as_mut().unwrap().grade = "E".into();
        entry.summary_grade.as_mut().unwrap().grade = "E".into();
    };
    planted("koganei-r5", both, &["GRD-03", "GRD-03"]);
    planted("kaedetani-transposed", |r| entry(r, 1, 1, 2021).grade.as_mut().unwrap().grade = "〇".into(), &[]);
    // Grades of another scale than the legend's: nothing is known about them.
    planted(
        "kazami-kpi",
        |r| r.indicators.iter_mut().for_each(|i| i.grade.as_mut().unwrap().grade = "達成".into()),
        &[],
    );
}

#[test]
fn a_mark_of_the_detail_is_missed() {
    finds("koganei-r5", "GRD-02", |r| entry(r, 1, 2, 2021).grade.as_mut().unwrap().marks = vec!["※".into()], 0);
    finds("koganei-r5", "FTN-01", |r| entry(r, 1, 1, 2021).grade.as_mut().unwrap().marks = vec!["＊".into()], 2);
    finds("koganei-r5", "FTN-01", |r| r.indicators[6].name = text("女性管理職の割合（※3）"), 2);
    finds("koganei-r5", "FTN-01", |r| figure(r, 4, 0, 2022).text += "※2", 2);
    // ※ is explained, though by a note of the whole report.
    finds("koganei-r5", "FTN-01", |r| figure(r, 4, 0, 2022).text += "※", 1);
}

#[test]
fn cancelled_although_done() {
    let actions = |words: &'static str| move |r: &mut Report| entry(r, 3, 1, 2021).actions = text(words);
    planted("koganei-r5", actions("・説明会は中止とした。\n・研修も実施しなかった。"), &["STS-01"]);
    planted("koganei-r5", actions("説明会は中止とした。\n資料を配布した。"), &[]);
    planted("koganei-r5", actions("説明会は中止としたが、資料を配布した。"), &[]);
    planted("koganei-r5", actions("中止していた説明会を再開した。"), &[]);
    planted("koganei-r5", actions("感染症の影響により、集合研修を中止し、資料の回覧で済ませた。"), &[]);
    planted("koganei-r5", actions("感染症の影響により、集合研修を中止した。"), &["STS-01"]);
}

#[test]
fn targets_in_two_places() {
    let line = |words: &'static str| move |r: &mut Report| r.sections[2].targets[0].text = words.to_owned();
    planted("koganei-r5", line("【目標】取得率55%（令和6年）"), &["TGT-06"]);
    planted("koganei-r5", line("【目標】取得率50.0%（令和6年）"), &[]);
    planted("koganei-r5", line("【目標】取得率 令和4年度30%、令和6年度50%"), &[]);
    let days = |words: &'static str| {
        move |r: &mut Report| {
            r.sections[2].targets[0].text = words.to_owned();
            let target = r.indicators[4].series[0].target.as_mut().unwrap();
            (target.text, target.value, target.unit) = ("14日以上".to_owned(), Some(14.0), Some("日".to_owned()));
            r.indicators[4].name = text("年次休暇の平均取得日数");
            r.indicators[4].series[0].unit = Some("日".to_owned());
            r.indicators[4].series[0].years.iter_mut().for_each(|one| one.unit = None);
        }
    };
    planted("koganei-r5", days("【目標】年次休暇の平均取得日数 12日以上"), &["TGT-06"]);
    planted("koganei-r5", days("【目標】年次休暇の平均取得日数 14日以上（4月1日現在）"), &[]);
    planted("koganei-r5", days("【目標】夏季休暇の平均取得日数 12日以上"), &[]);
    let scoped = |r: &mut Report| {
        r.sections[5].targets[0].text = "【目標】女性職員の昇任試験申込率、主任職40%、係長職25%".to_owned()
    };
    planted("koganei-r5", scoped, &["TGT-06"]);
}

#[test]
fn summary_without_its_detail() {
    let gone = |r: &mut Report| {
        for year in &mut r.sections[4].initiatives[1].years {
            year.summary_grade = None;
        }
    };
    let mut report = sample("koganei-r5");
    gone(&mut report);
    assert!(errors(&audit(&report)).contains(&"STR-02"));
}

#[test]
fn blanks_and_values_out_of_their_years() {
    planted("koganei-r5", |r| entry(r, 2, 2, 2022).grade = None, &["STR-04"]);
    planted("koganei-r5", |r| r.sections[1].initiatives[1].years.truncate(3), &["STR-04"]);
    // An initiative that began later, or that is finished, has no blanks.
    planted("koganei-r5", |r| drop(r.sections[1].initiatives[1].years.remove(0)), &[]);
    let finished = |r: &mut Report| {
        let years = &mut r.sections[1].initiatives[1].years;
        years.truncate(3);
        years[2].grade.as_mut().unwrap().grade = "D".into();
        years[2].summary_grade.as_mut().unwrap().grade = "D".into();
    };
    planted("koganei-r5", finished, &[]);
    let later = |r: &mut Report| {
        let years = &mut r.sections[1].initiatives[1].years;
        let next = YearEntry { year: 2024, label: "R6年度".into(), ..years[3].clone() };
        years.push(next);
    };
    planted("koganei-r5", later, &["STR-04"]);
    planted("koganei-r5", |r| drop(r.indicators[2].series[0].years.remove(2)), &["STR-04"]);
    // A sign for "no value" is no blank.
    planted("koganei-r5", |r| figure(r, 2, 0, 2022).value = None, &[]);
}

#[test]
fn ceilings_and_directions() {
    finds("kazami-kpi", "TGT-02", |_| {}, 0);
    let ceiling = |r: &mut Report| {
        r.indicators[3].series[0].label = text("目標(以上)");
        r.indicators[3].name = text("研修時間");
    };
    finds("koganei-r5", "TGT-02", ceiling, 0);
    let bound =
        |r: &mut Report| r.indicators[0].series[0].target.as_mut().unwrap().comparison = Some(Comparison::AtLeast);
    finds("koganei-r5", "TGT-05", bound, 10);
}

#[test]
fn a_note_above_hundred_must_speak_of_it() {
    let silent = |r: &mut Report| r.indicators[2].notes.clear();
    let mut report = sample("koganei-r5");
    silent(&mut report);
    let audit = audit(&report);
    let severity = audit.findings.iter().find(|one| one.rule == "NUM-04").map(|one| one.severity);
    assert_eq!(severity, Some(Severity::Warning));
}

#[test]
fn legal_statements() {
    finds("kaedetani-transposed", "LEG-01", |_| {}, 0);
    finds("kaedetani-transposed", "LEG-01", |r| r.prose.clear(), 2);
    finds("yamanami-gender", "LEG-01", |_| {}, 0);
}

#[test]
fn periods() {
    let cured = |r: &mut Report| {
        entry(r, 1, 2, 2021).actions = text("・サービス研修（主任職）を実施した。");
        entry(r, 1, 2, 2023).actions = text("・サービス研修（主任職）を実施した。");
    };
    finds("koganei-r5", "PER-01", cured, 0);
    let fewer = |r: &mut Report| {
        let initiative = &mut r.sections[2].initiatives[3];
        initiative.description = text("年に4回、情報提供します。");
    };
    finds("koganei-r5", "PER-01", fewer, 5);
    let held = |words: &'static str| {
        move |r: &mut Report| {
            r.sections[2].initiatives[3].description = text("研修を年2回実施します。");
            for year in &mut r.sections[2].initiatives[3].years {
                year.actions = text(words);
            }
        }
    };
    finds("koganei-r5", "PER-01", held("研修を1回実施した（受講者61人）。"), 5);
    finds("koganei-r5", "PER-01", held("研修を２回実施した。"), 1);
    // Not clear how often in all.
    finds("koganei-r5", "PER-01", held("研修を1回実施し、説明会を1回開催した。"), 1);
    finds("koganei-r5", "PER-01", held("研修を各課1回実施した。"), 1);
}

#[test]
fn what_stands_after_a_grade_tells_its_reason() {
    let reason = |r: &mut Report| entry(r, 5, 1, 2022).issues = text("予算が不足しているため、整備が遅れている。");
    finds("koganei-r5", "GRD-06", reason, 12);
    finds("nishikawa-twoup", "GRD-06", |_| {}, 0);
}
