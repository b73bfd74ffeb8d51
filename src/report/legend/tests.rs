use super::item::heading;
use super::{Legend, read};
use crate::document::made::{paragraph, table};
use crate::document::{Block, Document};
use crate::report::rules::Rules;

fn legend(blocks: Vec<Block>) -> Legend {
    read(&Document { blocks, ..Document::default() }, Rules::named("general").unwrap(), &[])
}

/// `scale/grade=meaning` joined by `|`
#[track_caller]
fn case(blocks: Vec<Block>, expected: &str) {
    let read: Vec<_> = legend(blocks)
        .scale
        .into_iter()
        .map(|g| format!("{}{}={}", g.scale.map(|s| s + "/").unwrap_or_default(), g.grade, g.meaning))
        .collect();
    assert_eq!(read.join("|"), expected);
}

#[test]
fn a_box_of_two_columns_read_row_by_row() {
    case(
        ["■進捗状況の評価基準", "A：計画どおり", "C：大きく遅れ", "B：一部進捗", "D：完結"].map(paragraph).into(),
        "A=計画どおり|B=一部進捗|C=大きく遅れ|D=完結",
    );
    case(
        vec![paragraph("■評価基準"), paragraph("A：計画どおり　　C：大きく遅れ\nB：一部進捗　　D：完結")],
        "A=計画どおり|B=一部進捗|C=大きく遅れ|D=完結",
    );
    case(
        vec![table(&[&["A：計画どおり", "C：大きく遅れ"], &["B：一部進捗", "D：完結"]])],
        "A=計画どおり|B=一部進捗|C=大きく遅れ|D=完結",
    );
    case(
        vec![table(&[&["A：計画どおり", "B：遅れ"], &["C：未着手", "D：完結"]])],
        "A=計画どおり|B=遅れ|C=未着手|D=完結",
    );
}

#[test]
fn roman_numerals_are_signs_under_the_heading_of_a_legend_and_numbers_of_chapters_elsewhere() {
    let pairs: &[&[&str]] = &[&["Ⅰ", "十分に達成した"], &["Ⅱ", "おおむね達成した"], &["Ⅲ", "不十分であった"]];
    let scale = "Ⅰ=十分に達成した|Ⅱ=おおむね達成した|Ⅲ=不十分であった";
    case(vec![paragraph("■評価の基準"), table(pairs)], scale);
    case(vec![table(&[&["評価", "内容"][..], pairs[0], pairs[1], pairs[2]])], scale);
    case(vec![table(&[&["Ⅰ", "計画の概要"], &["Ⅱ", "計画の体系"], &["Ⅲ", "事業の実施状況"]])], "");
}

#[test]
fn signs_in_quotation_marks_with_their_meanings_right_behind_them() {
    case(
        vec![paragraph("※進捗状況　「◎」計画以上に進んだ、「○」計画どおり進んだ、「－」該当なし")],
        "◎=計画以上に進んだ|○=計画どおり進んだ",
    );
}

#[test]
fn words_after_a_heading_in_tortoise_shell_brackets() {
    case(
        vec![paragraph("〔評価の基準〕「順調」：計画どおり進んでいる　「遅れ」：計画より遅れている")],
        "順調=計画どおり進んでいる|遅れ=計画より遅れている",
    );
}

#[test]
fn sentences() {
    case(
        vec![paragraph(
            "評価の区分：A＝計画どおり進んでいる B＝おおむね進んでいる C＝遅れている 「-」＝未着手又は評価対象外",
        )],
        "A=計画どおり進んでいる|B=おおむね進んでいる|C=遅れている",
    );
    case(
        vec![paragraph("◎…計画を上回って実施した、○…計画どおりに実施した、△…実施が十分でなかった。")],
        "◎=計画を上回って実施した|○=計画どおりに実施した|△=実施が十分でなかった",
    );
    case(
        vec![paragraph("評価の見方　◎：目標を上回る　○：目標どおり　×：未実施")],
        "◎=目標を上回る|○=目標どおり|×=未実施",
    );
    case(
        vec![paragraph(
            "実施状況をまとめました。評価は、Ａ（計画どおり実施した）、Ｂ（一部実施した）、Ｃ（実施できなかった）の３段階で行いました。",
        )],
        "Ａ=計画どおり実施した|Ｂ=一部実施した|Ｃ=実施できなかった",
    );
    case(vec![paragraph("※評価　A：100%以上　B：75%以上100%未満")], "A=100%以上|B=75%以上100%未満");
}

#[test]
fn lists_and_tables() {
    case(
        vec![paragraph("【評価の基準】"), table(&[&["A", "上回って実施"], &["B", "計画どおり"], &["－", "対象外"]])],
        "A=上回って実施|B=計画どおり",
    );
    case(vec![table(&[&["評価", "内容"], &["Ｓ", "目標以上"], &["Ａ", "順調"]])], "Ｓ=目標以上|Ａ=順調");
    case(vec![paragraph("評価区分"), paragraph("Ａ　順調"), paragraph("Ｂ　遅れ")], "Ａ=順調|Ｂ=遅れ");
    case(
        vec![paragraph(
            "【評価】\nS：目標値を達成した\nC：基準値を下回っている\n※ ▲及び△は減少、－は未調査、…は集計中を示す。",
        )],
        "S=目標値を達成した|C=基準値を下回っている",
    );
    case(
        vec![paragraph("評価基準"), paragraph("達成：目標値以上"), paragraph("未達成：目標値未満")],
        "達成=目標値以上|未達成=目標値未満",
    );
    case(vec![paragraph("F：完了　S：目標以上　A：順調　X：未着手")], "F=完了|S=目標以上|A=順調|X=未着手");
}

#[test]
fn a_line_of_different_signs_needs_neither_heading_nor_space() {
    case(
        vec![paragraph("◎十分できた　○できた　△あまりできなかった　×できなかった　－該当なし")],
        "◎=十分できた|○=できた|△=あまりできなかった|×=できなかった",
    );
    case(vec![paragraph("Ａ 順調　Ｂ おおむね順調　Ｃ 遅れ")], "Ａ=順調|Ｂ=おおむね順調|Ｃ=遅れ");
    case(vec![paragraph("1 計画の策定　2 計画の期間　3 計画の目標")], "");
    case(vec![paragraph("○研修の実施　○制度の周知　○相談窓口の設置")], "");
    case(vec![paragraph("◎十分できた　○できた")], "");
}

#[test]
fn several_legends_keep_their_headings() {
    case(
        ["【取組の評価】", "A：順調", "B：遅れ", "【指標の評価】", "a：達成", "b：未達成"].map(paragraph).into(),
        "取組の評価/A=順調|取組の評価/B=遅れ|指標の評価/a=達成|指標の評価/b=未達成",
    );
    case(["評価", "A：順調", "B：遅れ", "評価", "A：順調", "B：遅れ"].map(paragraph).into(), "A=順調|B=遅れ");
}

#[test]
fn other_tables_and_lines_are_no_legends() {
    case(vec![table(&[&["取組", "R3", "R4"], &["研修", "A", "B"], &["周知", "B", "A"]])], "");
    case(vec![table(&[&["取組", "評価"], &["研修の実施", "A"], &["周知", "B"]])], "");
    case(vec![paragraph("A：順調"), paragraph("本文です。")], "");
    case(vec![paragraph("担当：人事課　電話：042")], "");
    assert!(legend(vec![paragraph("評価の基準"), paragraph("本文です。")]).taken.blocks.is_empty());
}

#[test]
fn signs_in_lines_of_their_own_after_a_heading() {
    case(
        ["評価：◎　目標以上", "○　目標どおり", "△　目標を下回る"].map(paragraph).into(),
        "◎=目標以上|○=目標どおり|△=目標を下回る",
    );
    // One alone is the grade of something.
    case(["評価：◎　目標以上", "今後も続ける。"].map(paragraph).into(), "");
}

#[test]
fn a_count_of_grades_tells_their_meanings() {
    let header: &[&str] = &["評価", "内容", "R4年度", "R5年度"];
    let rows: [&[&str]; 4] = [header, &["A", "順調", "6", "8"], &["B", "遅れ", "2", "0"], &["計", "", "8", "8"]];
    case(vec![table(&rows)], "A=順調|B=遅れ");
    let indicators: [&[&str]; 3] = [&["評価", "指標", "R4年度", "R5年度"], rows[1], rows[2]];
    case(vec![table(&indicators)], "");
}

#[test]
fn leaders_of_dots_in_lines_and_in_cells_of_their_own() {
    case(["評価の凡例", "Ｓ　…　上回った", "Ａ ……… 実施した"].map(paragraph).into(), "Ｓ=上回った|Ａ=実施した");
    let rows: [&[&str]; 4] = [
        &["評価の凡例", "", "（「-」は取組開始前）"],
        &["Ａ", "…", "実施した"],
        &["Ｂ", "…", "遅れた"],
        &["終", "…", "取組を終了した"],
    ];
    case(vec![table(&rows)], "Ａ=実施した|Ｂ=遅れた|終=取組を終了した");
    // What the table says beside the grades is not lost.
    let explained = legend(vec![table(&rows)]).explained;
    assert_eq!(explained.iter().map(|(_, text)| text.text.as_str()).collect::<Vec<_>>(), ["（「-」は取組開始前）"]);
    // 計 over the signs is the name of a column.
    case(vec![table(&[&["印", "内容"], &["Ａ", "実施した"], &["Ｂ", "遅れた"]])], "Ａ=実施した|Ｂ=遅れた");
}

#[test]
fn a_finished_initiative_has_a_grade_though_later_years_have_none() {
    let lines = ["Ａ：実施した", "Ｂ：遅れた", "終：終了した（翌年度以降は評価しない。）"];
    case(lines.map(paragraph).into(), "Ａ=実施した|Ｂ=遅れた|終=終了した（翌年度以降は評価しない。）");
    // A word told in another way is none of them.
    case(["Ａ：実施した", "Ｂ：遅れた", "例＝研修"].map(paragraph).into(), "Ａ=実施した|Ｂ=遅れた");
    case(vec![paragraph("A：順調　B：遅れ　X：（評価対象外）")], "A=順調|B=遅れ");
}

#[test]
fn a_sign_for_not_graded_stays_as_explanation() {
    let rows: [&[&str]; 3] = [&["A", "達成"], &["B", "遅れ"], &["―", "評価の対象外（取組がないもの）"]];
    let page = || [paragraph("【評価の基準】"), table(&rows)];
    let legend = legend([page(), page()].into_iter().flatten().collect());
    assert_eq!(legend.scale.len(), 2);
    let explained: Vec<_> = legend.explained.iter().map(|(block, text)| (*block, text.text.as_str())).collect();
    assert_eq!(explained, [(1, "― 評価の対象外（取組がないもの）")]);
    let told = |alone| legend.told(&Document::default(), alone).into_iter().map(|text| text.text).collect::<Vec<_>>();
    assert_eq!(told(true), ["― 評価の対象外（取組がないもの）"]);
    assert_eq!(told(false), <[String; 0]>::default());
}

#[test]
fn each_column_of_meanings_is_a_scale() {
    let head: &[&str] = &["評価", "自己評価（担当課）の基準", "外部評価（審議会）の基準"];
    let rows: [&[&str]; 2] = [&["Ａ", "実施した", "評価できる"], &["Ｂ", "実施しなかった", "改善が必要"]];
    case(
        vec![table(&[head, rows[0], rows[1]])],
        "自己評価（担当課）の基準/Ａ=実施した|自己評価（担当課）の基準/Ｂ=実施しなかった|\
         外部評価（審議会）の基準/Ａ=評価できる|外部評価（審議会）の基準/Ｂ=改善が必要",
    );
    case(vec![table(&[&["評価", "取組", "課題"], rows[0], rows[1], &["Ｃ", "見送った", "未着手"]])], "");
}

#[test]
fn headings_keep_the_brackets_of_their_number() {
    case(
        vec![
            paragraph("(1)　評価の区分"),
            table(&[&["A", "達成"], &["B", "遅れ"]]),
            paragraph("(2)　今後の方向性の区分"),
            table(&[&["拡充", "広げて実施する"], &["完了", "目的を達したため終える"]]),
        ],
        "(1)　評価の区分/A=達成|(1)　評価の区分/B=遅れ|\
         (2)　今後の方向性の区分/拡充=広げて実施する|(2)　今後の方向性の区分/完了=目的を達したため終える",
    );
    for (printed, expected) in [
        ("【評価の基準】：", "評価の基準"),
        ("※評価（", "評価"),
        ("（評価の区分）", "評価の区分"),
        ("■（1）評価の区分（案）", "（1）評価の区分（案）"),
    ] {
        assert_eq!(heading(printed), expected);
    }
}

#[test]
fn words_set_apart_are_signs_and_signs_of_something_else_are_none() {
    case(
        [
            "【進捗状況の区分】",
            "順　　調…計画どおり取り組んだもの",
            "やや遅れ…一部取り組めていないもの",
            "完　　了…終了したもの",
        ]
        .map(paragraph)
        .into(),
        "順　　調=計画どおり取り組んだもの|やや遅れ=一部取り組めていないもの|完　　了=終了したもの",
    );
    case(
        vec![paragraph("【評価】　Ａ：実施できた　Ｂ：実施できなかった　／　【実施主体】　人：職員課　管：管理職")],
        "Ａ=実施できた|Ｂ=実施できなかった",
    );
    case(
        vec![
            paragraph("実績評価　３：上回る　２：目標どおり　１：下回る"),
            paragraph("方向性　↑：拡充　→：現状維持　↓：縮小"),
        ],
        "実績評価/３=上回る|実績評価/２=目標どおり|実績評価/１=下回る|方向性/↑=拡充|方向性/→=現状維持|方向性/↓=縮小",
    );
}

#[test]
fn what_is_said_of_the_figures_is_no_meaning() {
    case(
        vec![paragraph("◎：達成した　○：近づいている　△：後退　（R5は令和６年８月時点の見込値）")],
        "◎=達成した|○=近づいている|△=後退",
    );
    case(
        vec![paragraph("◎：達成した　○：近づいている　△：後退　（見込みを含む）")],
        "◎=達成した|○=近づいている|△=後退　（見込みを含む）",
    );
}

#[test]
fn bounds_and_words_are_one_meaning() {
    let rows: [&[&str]; 4] = [
        &["評価", "達成度", "内容"],
        &["Ａ", "80％以上", "計画どおり実施できた"],
        &["Ｂ", "80％未満", "一部しか実施できなかった"],
        &["Ｃ", "０％", "実施できなかった"],
    ];
    case(
        vec![table(&rows)],
        "Ａ=80％以上 計画どおり実施できた|Ｂ=80％未満 一部しか実施できなかった|Ｃ=０％ 実施できなかった",
    );
}

#[test]
fn a_triangle_that_points_down_is_a_sign() {
    case(
        vec![table(&[&["記号", "評価の内容"], &["◎", "達成している"], &["▼", "悪化している"]])],
        "◎=達成している|▼=悪化している",
    );
}

#[test]
fn words_and_roman_numbers_set_off_by_space_or_brackets() {
    case(
        ["【進捗状況の見方】", "順調　計画どおり進んでいる", "やや遅れ　計画より遅れている"].map(paragraph).into(),
        "順調=計画どおり進んでいる|やや遅れ=計画より遅れている",
    );
    case(
        ["（自己評価の基準）", "Ⅳ　年度計画を上回っている", "Ⅲ　年度計画を十分に実施している"].map(paragraph).into(),
        "Ⅳ=年度計画を上回っている|Ⅲ=年度計画を十分に実施している",
    );
    case(
        vec![paragraph("評価区分　順調（計画どおり）　遅れ（計画より遅れている）")],
        "順調=計画どおり|遅れ=計画より遅れている",
    );
}

#[test]
fn a_table_of_contents_tells_no_signs() {
    case(["目次", "温暖化対策　………………　2", "循環型社会　………………　3"].map(paragraph).into(), "");
    case(vec![paragraph("温暖化対策　………………　2 循環型社会　………………　3")], "");
}

#[test]
fn a_number_below_roman_signs_is_that_of_a_heading() {
    case(
        ["評価の区分", "Ⅱ：順調に実施した", "Ⅰ：実施できなかった", "1　教育に関する目標"].map(paragraph).into(),
        "Ⅱ=順調に実施した|Ⅰ=実施できなかった",
    );
}

#[test]
fn words_that_introduce_figures_are_no_signs() {
    case(vec![paragraph("基準値：38.2％（平成30年度）　目標値：50％以上（令和７年度）　実績値：44.1％")], "");
}
