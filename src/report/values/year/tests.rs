use super::{Anchor, Kind, beside, bracketed, each, find, leading, run, run_near, whole};
use crate::report::rules::Rules;

fn rules() -> &'static Rules {
    Rules::named("general").unwrap()
}

#[track_caller]
fn case(text: &str, year: i32) {
    assert_eq!(whole(rules(), text).map(|y| y.year), Some(year), "{text}");
}

#[track_caller]
fn no(text: &str) {
    assert_eq!(whole(rules(), text), None, "{text}");
}

#[test]
fn a_label_in_any_form_is_its_first_gregorian_year() {
    case("R2年度", 2020);
    case("令和2年度", 2020);
    case("令和２年度", 2020);
    case("令和2(2020)年度", 2020);
    case("令和２（2020）年度", 2020);
    case("令和2年度(2020年度)", 2020);
    case("令和元年度", 2019);
    case("R元年度", 2019);
    case("R１年度", 2019);
    case("H31・R1", 2019);
    case("H31/R1", 2019);
    case("H31(R1)年度", 2019);
    case("平成31年度・令和元年度", 2019);
    case("平成31（令和元）年度", 2019);
    case("平成30年度", 2018);
    case("H28", 2016);
    case("Ｒ５", 2023);
    case("2020年度", 2020);
    case("２０２０年度", 2020);
    case("2020(令和2)年度", 2020);
    case("2020年度（令和2年度）", 2020);
    case("R6年", 2024);
    case("令和6年度末", 2024);
    case("令和五年度", 2023);
    case("（H30年度）", 2018);
    case("令和 ５ 年度", 2023);
    case("㋿５年度", 2023);
    case("R5 年度", 2023);
    case("平成 30 年度末", 2018);
}

#[test]
fn months_and_days_belong_to_the_fiscal_year_around_them() {
    case("H30.7末", 2018);
    case("令和5年6月1日現在", 2023);
    case("2021年3月", 2020);
    case("R6.3.31", 2023);
    case("令和6年4月1日", 2024);
    assert_eq!(whole(rules(), "2021年3月").unwrap().kind, Kind::Instant);
    assert_eq!(whole(rules(), "R6年").unwrap().kind, Kind::Calendar);
    assert_eq!(whole(rules(), "R6年度").unwrap().kind, Kind::Fiscal);
}

#[test]
fn other_numbers_are_no_years() {
    for text in ["2020", "3", "32年度", "A", "R", "第3次", "R2D2", "100%", "12人", "H31・R3", "令和5年度の実績", ""]
    {
        no(text);
    }
}

#[test]
fn bare_numbers_are_years_beside_a_year() {
    let year = |text, near| beside(rules(), text, near).map(|y| y.year);
    assert_eq!(year("元年度", 2018), Some(2019));
    assert_eq!(year("32年度", 2019), Some(2020));
    assert_eq!(year("3年度", 2020), Some(2021));
    assert_eq!(year("２", 2019), Some(2020));
    assert_eq!(year("2020", 2019), Some(2020));
    assert_eq!(year("2020", 1980), None);
}

#[track_caller]
fn row(labels: &[&str], years: &[i32]) {
    let read: Vec<_> = run(rules(), labels).into_iter().map(|y| y.map_or(0, |y| y.year)).collect();
    assert_eq!(read, years);
}

#[test]
fn neighbouring_labels_explain_each_other() {
    row(&["H30", "R元", "2", "3"], &[2018, 2019, 2020, 2021]);
    row(&["令和2年度", "3年度", "4年度"], &[2020, 2021, 2022]);
    row(&["29年度", "30年度", "令和元年度"], &[2017, 2018, 2019]);
    row(&["2018", "2019", "2020"], &[2018, 2019, 2020]);
    row(&["評価", "課題", "担当課"], &[0, 0, 0]);
    row(&["1", "2", "3"], &[0, 0, 0]);
    row(&["R6", "5", "4"], &[2024, 2023, 2022]);
    row(&["令和4年度", "5", "1", "6", "16.7%"], &[2022, 2023, 0, 0, 0]);
}

#[test]
fn labels_without_an_era_are_near_the_year_reported_on() {
    let years = |reported| -> Vec<_> {
        let (years, anchor) = run_near(rules(), &["取組", "3年度", "4年度", "5年度"], reported);
        assert_eq!(anchor == Anchor::Reported, reported.is_some());
        years.into_iter().map(|year| year.map_or(0, |year| year.year)).collect()
    };
    assert_eq!(years(Some(2023)), [0, 2021, 2022, 2023]);
    assert_eq!(years(Some(1994)), [0, 1991, 1992, 1993]);
    assert_eq!(years(None), [0, 0, 0, 0]);
}

#[test]
fn a_first_year_begins_a_run() {
    let (years, _) = run_near(rules(), &["元年度", "２年度", "３年度"], Some(2023));
    let read: Vec<_> = years.into_iter().flatten().map(|year| (year.label, year.year)).collect();
    assert_eq!(read, [("元年度".into(), 2019), ("２年度".into(), 2020), ("３年度".into(), 2021)]);
}

#[test]
fn a_year_in_brackets_has_the_era_of_the_year_beside_it() {
    let case = |text: &str, near| bracketed(rules(), text, near).map(|year| (year.label, year.year));
    assert_eq!(case("策定時\n（30年度）", 2019), Some(("30年度".into(), 2018)));
    assert_eq!(case("目標（６年度）", 2023), Some(("６年度".into(), 2024)));
    assert_eq!(case("策定時（30年度）", 1960), Some(("30年度".into(), 1955)));
    for text in ["評価（5）", "目標（６年度）まで", "目標（年度）", "目標", "目標（６年度"] {
        assert_eq!(case(text, 2023), None, "{text}");
    }
}

#[test]
fn what_says_how_sure_figures_are_is_part_of_the_label() {
    let label = |text: &str| whole(rules(), text).map(|year| (year.label, year.year));
    assert_eq!(label("2023年度\n（速報値）"), Some(("2023年度（速報値）".into(), 2023)));
    assert_eq!(label("R5見込"), Some(("R5見込".into(), 2023)));
    assert_eq!(label("令和２年度決算"), Some(("令和２年度決算".into(), 2020)));
    assert_eq!(label("【令和５年度】"), Some(("令和５年度".into(), 2023)));
    for text in ["令和５年度計画", "令和５年度予算", "（速報値）"] {
        assert_eq!(label(text), None, "{text}");
    }
    assert_eq!(
        beside(rules(), "２年度決算", 2023).map(|year| (year.label, year.year)),
        Some(("２年度決算".into(), 2020))
    );
    assert_eq!((leading("５年度目標"), leading("令和５年度目標"), leading("年度")), (Some("５年度"), None, None));
}

#[test]
fn all_years_of_a_sentence_are_found() {
    let text = "行動計画（令和元年度～令和６年度）について、令和５年度までの実施状況";
    let found: Vec<_> = each(rules(), text).map(|year| (year.year, text[year.range.clone()] == year.label)).collect();
    assert_eq!(found, [(2019, true), (2024, true), (2023, true)]);
}

#[test]
fn a_year_inside_a_heading_is_found_with_its_label() {
    let label = |text: &str| find(rules(), text).map(|y| y.label);
    assert_eq!(label("令和５年度の取組実績").as_deref(), Some("令和５年度"));
    assert_eq!(label("目標値（R６年度）").as_deref(), Some("R６年度"));
    assert_eq!(label("進捗状況(令和5年度)").as_deref(), Some("令和5年度"));
    assert_eq!(label("R5評価").as_deref(), Some("R5"));
    assert_eq!(label("【目標】 100%(R6年)").as_deref(), Some("R6年"));
    assert_eq!(label("R2からR6まで").as_deref(), Some("R2"));
    assert_eq!(label("平成15年法律第120号").as_deref(), Some("平成15年"));
    assert_eq!(label("課題等"), None);
}

#[test]
fn which_year_of_the_plan_a_year_is_belongs_to_its_label() {
    case("R2年度\n(1年目)", 2020);
    case("令和８年度（計画最終年度）", 2026);
    no("R6年度(目標年度)");
    no("R6年度の取組");
    assert_eq!(whole(rules(), "R2年度\n(1年目)").unwrap().label, "R2年度");
}
