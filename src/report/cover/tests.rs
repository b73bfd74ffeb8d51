//! Covers as lines, and what is read from them.

use super::{Cover, read};
use crate::document::{Block, Document, Paragraph, Passage};
use crate::report::rules::Rules;

fn cover(lines: &[&str]) -> Cover {
    let paragraph = |(i, text): (usize, &&str)| {
        let text = Passage { text: (*text).to_owned(), origins: Vec::new() };
        let size = if i < 2 { 1.4 } else { 1.0 };
        Block::Paragraph(Paragraph { text, size, page: 1, ..Paragraph::default() })
    };
    let document = Document { blocks: lines.iter().enumerate().map(paragraph).collect(), ..Document::default() };
    read(&document, Rules::named("general").unwrap())
}

/// title | subtitle | organization | code | publisher | year | date
#[track_caller]
fn case(lines: &[&str], expected: &str) {
    let head = cover(lines).head;
    let text = |text: Option<crate::report::Text>| text.map(|t| t.text).unwrap_or_default();
    let (name, code) = head.organization.map(|o| (o.name, o.code.unwrap_or_default())).unwrap_or_default();
    let year = head.fiscal_year.map(|y| y.year.to_string()).unwrap_or_default();
    let date = head.published.map(|p| p.date).unwrap_or_default();
    let read = [text(head.title), text(head.subtitle), name, code, text(head.publisher), year, date].join("|");
    assert_eq!(read, expected);
}

#[test]
fn a_cover_page() {
    case(
        &["小金井市特定事業主行動計画", "進捗状況(令和5年度)", "令和6年9月", "小金井市総務部職員課"],
        "小金井市特定事業主行動計画|進捗状況(令和5年度)|小金井市|132101|小金井市総務部職員課|2023|2024-09",
    );
}

#[test]
fn date_and_department_in_one_line() {
    case(
        &["西川市第三次特定事業主行動計画", "進捗管理表（令和６年度）", "令和７年７月　西川市総務部職員課"],
        "西川市第三次特定事業主行動計画|進捗管理表（令和６年度）|西川市||西川市総務部職員課|2024|2025-07",
    );
}

#[test]
fn the_body_is_found_behind_the_period_of_the_plan() {
    case(
        &[
            "第２期風見町まち・ひと・しごと創生総合戦略",
            "重要業績評価指標（KPI）の進捗状況（令和５年度）",
            "令和６年10月",
        ],
        "第２期風見町まち・ひと・しごと創生総合戦略|重要業績評価指標（KPI）の進捗状況（令和５年度）|風見町|||2023|2024-10",
    );
}

#[test]
fn a_title_in_one_line_and_a_year_above_the_title() {
    case(
        &["東村山市女性活躍推進計画の実施状況（令和４年度）", "令和５年６月30日", "総務部人事課"],
        "東村山市女性活躍推進計画の実施状況（令和４年度）||東村山市|132136|総務部人事課|2022|2023-06-30",
    );
    case(
        &["令和４年度", "青波市特定事業主行動計画", "実施状況報告書", "令和５年６月", "青波市"],
        "令和４年度青波市特定事業主行動計画|実施状況報告書|青波市|||2022|2023-06",
    );
}

#[test]
fn a_span_of_years_is_the_plans_and_a_counting_day_is_no_date_of_publication() {
    case(
        &["青波市行動計画（令和２年度～令和６年度）", "令和５年度の取組状況", "令和６年３月31日現在", "職員課"],
        "青波市行動計画（令和２年度～令和６年度）|令和５年度の取組状況|青波市||職員課|2023|",
    );
}

#[test]
fn lines_of_the_body_are_left() {
    let cover =
        cover(&["青波市行動計画", "令和５年度実施状況", "総務部人事課", "はじめに", "本市では、計画を定めています。"]);
    let blocks: Vec<_> = cover.taken.blocks.iter().map(|(block, _)| *block).collect();
    assert_eq!(blocks, [0, 1, 2]);
}

#[test]
fn a_publication_named_by_what_it_makes_known() {
    case(
        &["桔梗地区消防組合", "女性活躍推進法に基づく情報の公表（令和５年度）", "令和６年６月", "消防本部総務課"],
        "女性活躍推進法に基づく情報の公表（令和５年度）||桔梗地区消防組合||消防本部総務課|2023|2024-06",
    );
}

#[test]
fn a_title_that_cannot_end_there_goes_on_in_the_next_line() {
    case(
        &["令和６年度　女性の活躍の推進に関する法律に", "基づく情報の公表", "青波市総務部職員課"],
        "令和６年度　女性の活躍の推進に関する法律に基づく情報の公表||青波市||青波市総務部職員課|2024|",
    );
}

#[test]
fn a_numbered_heading_below_the_title_is_no_subtitle() {
    case(
        &[
            "青波市第２次環境基本計画　年次報告書（令和５年度版）",
            "第１章　計画の進行管理",
            "進捗状況を公表しています。",
        ],
        "青波市第２次環境基本計画　年次報告書（令和５年度版）||青波市|||2023|",
    );
}

#[test]
fn a_sentence_tells_the_year_where_no_title_does() {
    case(
        &["青波市特定事業主行動計画", "実施状況", "令和５年度における計画の実施状況を次のとおり公表します。"],
        "青波市特定事業主行動計画|実施状況|青波市|||2023|",
    );
    case(
        &[
            "青波市における情報の公表について",
            "女性活躍推進法（平成27年法律第64号）第21条の規定に基づき、令和６年度の実績を次のとおり公表します。",
        ],
        "青波市における情報の公表について||青波市|||2024|",
    );
    case(
        &["青波市特定事業主行動計画", "実施状況", "令和３年度に策定した計画の実施状況を毎年公表します。"],
        "青波市特定事業主行動計画|実施状況|青波市||||",
    );
}

#[test]
fn of_two_years_the_one_with_results_is_reported_on() {
    case(
        &["青波市総合計画　施策評価結果（令和６年度評価・令和５年度実績）", "本書は評価の結果です。"],
        "青波市総合計画　施策評価結果（令和６年度評価・令和５年度実績）||青波市|||2023|",
    );
}

#[test]
fn the_year_until_which_a_sentence_tells_what_was_done() {
    let year = |sentence: &str| cover(&["鶴羽町行動計画", "", sentence]).head.fiscal_year.map(|year| year.year);
    assert_eq!(year("計画（令和元年度～令和６年度）について、令和５年度までの実施状況を公表します。"), Some(2023));
    assert_eq!(year("令和元年度から令和６年度までの計画の実施状況を公表します。"), None);
}

#[test]
fn a_legend_below_the_title_is_no_subtitle() {
    let publisher = "楓ノ里町住民生活課";
    for legend in ["評価点　３：十分達成　２：おおむね達成　１：一部達成　０：未実施", "【評価】Ａ：達成　Ｂ：未達成"]
    {
        case(
            &["楓ノ里町男女共同参画推進プラン令和５年度進行管理表", legend, publisher],
            "楓ノ里町男女共同参画推進プラン令和５年度進行管理表||楓ノ里町||楓ノ里町住民生活課|2023|",
        );
    }
}

#[test]
fn the_whole_department_with_its_date_in_brackets() {
    let title = "若葉台市男女共同参画基本計画";
    case(
        &[title, "令和５年度実施状況", "若葉台市 市民部 人権・男女共同参画課（令和６年11月公表）"],
        "若葉台市男女共同参画基本計画|令和５年度実施状況|若葉台市||若葉台市 市民部 人権・男女共同参画課|2023|2024-11",
    );
    case(
        &[title, "令和５年度実施状況", "令和５年度末時点（令和６年８月　企画財政課作成）"],
        "若葉台市男女共同参画基本計画|令和５年度実施状況|若葉台市||企画財政課|2023|2024-08",
    );
    case(
        &[title, "令和５年度実施状況", "（公表日 令和６年８月　総務部職員課（人事係））"],
        "若葉台市男女共同参画基本計画|令和５年度実施状況|若葉台市||総務部職員課（人事係）|2023|2024-08",
    );
}

#[test]
fn a_centred_line_of_report_and_year_is_a_subtitle_in_any_size() {
    let line = |text: &str, size, centered| {
        let text = Passage { text: text.to_owned(), origins: Vec::new() };
        Block::Paragraph(Paragraph { text, size, centered, page: 1, ..Paragraph::default() })
    };
    let subtitle = |centered| {
        let blocks = vec![
            line("青波市職員いきいき活躍プラン", 1.6, true),
            line("取組状況の公表について（令和５年度実績）", 1.0, centered),
            line("次のとおり公表します。", 1.0, false),
        ];
        let document = Document { blocks, ..Document::default() };
        read(&document, Rules::named("general").unwrap()).head.subtitle.map(|text| text.text)
    };
    assert_eq!(subtitle(true).as_deref(), Some("取組状況の公表について（令和５年度実績）"));
    assert_eq!(subtitle(false), None);
}

#[test]
fn the_last_day_of_the_year_is_no_date_of_publication() {
    case(
        &["榛原町公共施設再配置計画進行管理表", "令和５年度末（令和６年３月31日）時点", "令和６年６月", "榛原町総務課"],
        "榛原町公共施設再配置計画進行管理表|令和５年度末（令和６年３月31日）時点|榛原町||榛原町総務課|2023|2024-06",
    );
}

#[test]
fn a_year_that_a_target_is_due_in_is_not_reported_on() {
    case(
        &[
            "霞野市特定事業主行動計画の実施状況について",
            "霞野市職員課",
            "令和６年９月",
            "霞野市の職員に関する計画に基づき、令和５年度における実施状況を公表します。",
            "【目標１】男性職員の育児休業取得率　50％以上（令和７年度）",
        ],
        "霞野市特定事業主行動計画の実施状況について||霞野市||霞野市職員課|2023|2024-09",
    );
}

#[test]
fn a_target_behind_a_word_in_brackets_is_not_reported_on_either() {
    let plan = "霞野市特定事業主行動計画の実施状況について";
    let lines = |last| [plan, "１　育児休業の取得", "〔目標〕令和７年度の取得率：30％", last];
    case(&lines("〔実績〕令和５年度：46.2％"), &format!("{plan}||霞野市|||2023|"));
    case(&lines("〔取組〕説明会を開いた。"), &format!("{plan}||霞野市||||"));
}

#[test]
fn a_line_that_only_ends_the_title_is_part_of_it() {
    case(
        &[
            "霞野市における特定事業主行動計画に関する",
            "実施状況及び職業選択に資する情報の公表",
            "について",
            "令和６年９月",
        ],
        "霞野市における特定事業主行動計画に関する実施状況及び職業選択に資する情報の公表について||霞野市||||2024-09",
    );
}

#[test]
fn a_second_line_on_the_state_of_a_year_is_the_subtitle() {
    case(
        &["第２期かえで町子ども・子育て支援事業計画", "令和５年度の進捗状況について", "令和６年９月"],
        "第２期かえで町子ども・子育て支援事業計画|令和５年度の進捗状況について|かえで町|||2023|2024-09",
    );
}

#[test]
fn the_title_of_sheets_stands_on_all_of_them() {
    let title =
        Passage { text: "令和６年度　事務事業点検・評価シート".to_owned(), origins: Vec::new() };
    let document = Document { furniture: vec![title.clone(), title], ..Document::default() };
    let cover = read(&document, Rules::named("general").unwrap());
    assert_eq!(cover.head.title.map(|title| title.text).as_deref(), Some("令和６年度　事務事業点検・評価シート"));
    assert_eq!(cover.taken.placed.len(), 1);
}

#[test]
fn a_department_with_its_date_in_brackets() {
    case(
        &["青波市教育振興基本計画", "令和５年度点検報告書", "青波市教育委員会教育総務課（令和６年８月）"],
        "青波市教育振興基本計画|令和５年度点検報告書|青波市||青波市教育委員会教育総務課|2023|2024-08",
    );
}

#[test]
fn a_corporation_of_a_university_is_a_body() {
    case(
        &["公立大学法人汐見大学　第３期中期計画", "令和５年度業務の実績に関する報告書"],
        "公立大学法人汐見大学　第３期中期計画|令和５年度業務の実績に関する報告書|公立大学法人汐見大学|||2023|",
    );
}

#[test]
fn a_department_at_the_end_beside_a_date_on_the_cover() {
    let lines =
        |last| ["青波市特定事業主行動計画", "令和５年度実施状況", "令和６年９月", "次のとおり公表します。", last];
    let publisher = |last| cover(&lines(last)).head.publisher.map(|text| text.text);
    assert_eq!(publisher("青波市総務部人事課").as_deref(), Some("青波市総務部人事課"));
    assert_eq!(publisher("担当課　人事課"), None, "that of an initiative");
}

#[test]
fn a_running_head_over_the_title_says_more_than_it() {
    case(
        &["萩野町行動計画　進捗管理表", "萩野町行動計画", "進捗管理表（令和５年度）", "令和６年７月　総務課"],
        "萩野町行動計画|進捗管理表（令和５年度）|萩野町||総務課|2023|2024-07",
    );
}

#[test]
fn years_of_figures_are_not_the_one_reported_on_but_their_last_is() {
    let lines = |last| {
        vec![
            "白鷺市行動計画",
            "取組の実施状況",
            "令和６年６月",
            "総務部人事課",
            "・策定時（令和元年度）　2.45％",
            "・目標（令和７年度）　2.80％",
            "令和３年度　2.61％",
            last,
        ]
    };
    case(&lines("令和５年度　2.83％"), "白鷺市行動計画|取組の実施状況|白鷺市||総務部人事課|2023|2024-06");
    case(&lines("令和４年度　2.83％"), "白鷺市行動計画|取組の実施状況|白鷺市||総務部人事課||2024-06");
}

#[test]
fn the_last_word_of_a_title_can_stand_below_it() {
    case(
        &["第４次紅葉野市男女共同参画", "プラン", "令和５年度推進状況報告書", "令和６年10月"],
        "第４次紅葉野市男女共同参画プラン|令和５年度推進状況報告書|紅葉野市|||2023|2024-10",
    );
    case(
        &["藍川市公共施設等総合管理計", "画", "令和５年度の取組報告", "令和６年９月"],
        "藍川市公共施設等総合管理計画|令和５年度の取組報告|藍川市|||2023|2024-09",
    );
}
