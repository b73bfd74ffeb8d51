//! Narratives typed as small pages, and what is read from them.

use crate::report::rules::Rules;
use crate::report::{Indicator, Initiative, Report, Text, recognise};
use crate::source::html;

/// A report of the fiscal year 2023 with these lines.
fn report(lines: &[&str]) -> Report {
    let lines: String = lines.iter().map(|line| format!("<p>{line}</p>")).collect();
    let page = format!("<html><body><h1>町の計画　令和５年度実施状況</h1>{lines}</body></html>");
    recognise(&html::read(&page), Rules::named("general").unwrap())
}

fn text(text: Option<&Text>) -> &str {
    text.map_or("-", |text| text.text.as_str())
}

fn initiatives(lines: &[&str]) -> Vec<String> {
    let draw = |initiative: &Initiative| {
        let mut out = text(initiative.title.as_ref()).to_owned();
        for entry in &initiative.years {
            let grade = entry.grade.as_ref().map_or("-", |grade| grade.grade.as_str());
            let texts = [&entry.plan, &entry.actions, &entry.issues].map(|told| text(told.as_ref()).replace('\n', "/"));
            out += &format!(" {}: {grade} {}", entry.year, texts.join(" "));
        }
        out
    };
    report(lines).sections.iter().flat_map(|section| &section.initiatives).map(draw).collect()
}

fn indicators(lines: &[&str]) -> Vec<String> {
    let draw = |indicator: &Indicator| {
        let mut out = text(indicator.name.as_ref()).to_owned();
        for series in &indicator.series {
            out += &format!(" {} {:?}", text(series.label.as_ref()), series.kind);
            if let Some(target) = &series.target {
                out += &format!(" [{:?} {:?}]", target.value, target.due.as_ref().map(|due| due.year));
            }
            series.years.iter().for_each(|measure| out += &format!(" {}={}", measure.year, measure.text));
        }
        out
    };
    report(lines).indicators.iter().map(draw).collect()
}

#[test]
fn a_word_alone_introduces_all_lines_up_to_the_next() {
    let lines = [
        "１　読書",
        "（１）家庭での読書",
        "令和５年度の主な取組",
        "・絵本を配った。",
        "・講座を開いた。",
        "課題",
        "・周知が足りない。",
        "・場所が足りない。",
        "（２）学校での読書",
        "令和５年度の主な取組",
        "・司書を置いた。",
    ];
    let expected = [
        "家庭での読書 2023: - - ・絵本を配った。/・講座を開いた。 ・周知が足りない。/・場所が足りない。",
        "学校での読書 2023: - - ・司書を置いた。 -",
    ];
    assert_eq!(initiatives(&lines), expected);
}

#[test]
fn lines_that_begin_with_years_tell_what_was_done_in_them() {
    let lines = [
        "１　体制",
        "（１）相談窓口の設置",
        "・令和４年度：窓口を置いた。",
        "・令和５年度：３件の相談を受けた。",
        "・令和６年度：窓口を増やす。",
        "（２）研修",
        "・令和５年度：研修を行った。",
    ];
    let expected = [
        "相談窓口の設置 2022: - - 窓口を置いた。 - 2023: - - ３件の相談を受けた。 - 2024: - 窓口を増やす。 - -",
        "研修 2023: - - 研修を行った。 -",
    ];
    assert_eq!(initiatives(&lines), expected);
}

#[test]
fn figures_of_several_years_stand_in_lines_below_their_word() {
    let lines = [
        "１　数値目標",
        "（１）障害者雇用率",
        "・策定時（令和元年度）　2.45％",
        "・目標（令和６年度）：2.80％以上",
        "・実績",
        "令和４年度　2.70％",
        "令和５年度　2.83％",
        "（２）実習の受入人数",
        "・令和４年度実績：９人",
        "・令和５年度実績：12人",
    ];
    let expected = [
        "障害者雇用率 策定時（令和元年度） Baseline 2019=2.45％ 実績 Actual [Some(2.8) Some(2024)] 2022=2.70％ 2023=2.83％",
        "実習の受入人数 実績 Actual 2022=９人 2023=12人",
    ];
    assert_eq!(indicators(&lines), expected);
}

#[test]
fn years_that_tell_no_figures_make_no_indicator() {
    let lines = ["１　体制", "（１）窓口", "令和４年度　窓口を２か所に置いた。", "令和５年度　12件を受けた。"];
    assert!(indicators(&lines).is_empty());
}

#[test]
fn target_and_actual_can_share_a_line() {
    let lines = ["１　数値目標", "（１）取得率", "目標：30％（令和７年度）　実績：42.9％（令和５年度）"];
    assert_eq!(indicators(&lines), ["取得率 実績 Actual [Some(30.0) Some(2025)] 2023=42.9％"]);
    let lines = ["１　取組", "（１）研修", "目標：１回行う。", "実績：目標：２回、のうち１回を行った。", "評価：Ａ"];
    assert_eq!(indicators(&lines), [""; 0]);
}

#[test]
fn a_grade_can_stand_behind_the_name() {
    let lines =
        ["１　支援", "（１）サロンの支援【評価：Ａ】", "・実績：26か所に助成した。", "・課題：担い手が足りない。"];
    assert_eq!(initiatives(&lines), ["サロンの支援 2023: A - 26か所に助成した。 担い手が足りない。"]);
    let lines = ["１　支援", "（１）サロンの支援（Ａ）", "・実績：26か所に助成した。", "・課題：担い手が足りない。"];
    assert_eq!(initiatives(&lines), ["サロンの支援（Ａ） 2023: - - 26か所に助成した。 担い手が足りない。"]);
}

#[test]
fn circles_before_names_over_words_begin_headings() {
    let lines = [
        "■行政運営",
        "○施設の管理",
        "取組内容：点検を委託する。",
        "進捗状況：順調",
        "○電子申請の拡大",
        "取組内容：手続を増やす。",
        "進捗状況：遅れ",
    ];
    assert_eq!(initiatives(&lines), ["施設の管理 2023: 順調 - - -", "電子申請の拡大 2023: 遅れ - - -"]);
    let lines = ["１　研修", "（１）研修の実施", "○１回目を行った。", "○２回目を行った。", "課題：時間が足りない。"];
    assert_eq!(initiatives(&lines), ["研修の実施 2023: - - ○１回目を行った。/○２回目を行った。 時間が足りない。"]);
}

#[test]
fn lines_above_the_word_that_begins_each_list_are_names() {
    let lines = [
        "魅力ある観光地づくり",
        "遊歩道の整備",
        "取組内容：遊歩道を延ばす。",
        "取組実績：380メートルを整備した。",
        "評価：Ａ",
        "花畑の拡張",
        "取組内容：花を植える。",
        "取組実績：菜の花をまいた。",
        "評価：Ｂ",
    ];
    assert_eq!(
        initiatives(&lines),
        ["遊歩道の整備 2023: A - 380メートルを整備した。 -", "花畑の拡張 2023: B - 菜の花をまいた。 -"]
    );
    let titles: Vec<String> =
        report(&lines).sections.iter().map(|section| text(section.title.as_ref()).to_owned()).collect();
    assert_eq!(titles, ["魅力ある観光地づくり"]);
}
