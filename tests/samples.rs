//! Every sample against what a careful reader wrote down of it (`tests/expected`), member by member.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::Value;
use std::path::Path;
use torikumi::report::Report;

fn extract(sample: &str) -> Report {
    let bytes = std::fs::read(Path::new("samples").join(sample)).unwrap();
    torikumi::extract(&bytes, sample, &torikumi::Options::default()).unwrap()
}

/// Texts are equal when their characters are: white space only tells where lines were broken.
fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Collects every member of `expected` that `actual` does not say the same of. `{"text": …}` stands for its text.
fn differences(path: &str, expected: &Value, actual: &Value, found: &mut Vec<String>) {
    let actual = match (expected, actual) {
        (Value::String(_), Value::Object(members)) => members.get("text").unwrap_or(actual),
        _ => actual,
    };
    match (expected, actual) {
        (Value::Object(members), Value::Object(_)) => {
            for (name, value) in members {
                differences(&format!("{path}.{name}"), value, actual.get(name).unwrap_or(&Value::Null), found);
            }
        }
        (Value::Array(items), Value::Array(others)) => {
            if items.len() != others.len() {
                found.push(format!("{path}: {} items expected, {} read", items.len(), others.len()));
            }
            for (index, (item, other)) in items.iter().zip(others).enumerate() {
                differences(&format!("{path}[{index}]"), item, other, found);
            }
        }
        (Value::String(a), Value::String(b)) if squeeze(a) == squeeze(b) => {}
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => {}
        _ if expected == actual => {}
        _ => found.push(format!("{path}: expected {expected}, read {actual}")),
    }
}

#[track_caller]
fn case(sample: &str, expected: &str) -> Report {
    let text = std::fs::read_to_string(format!("tests/expected/{expected}.json")).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    let report = extract(sample);
    let mut found = Vec::new();
    differences("report", &expected, &serde_json::to_value(&report).unwrap(), &mut found);
    assert!(found.is_empty(), "{sample}: {} differences\n{}", found.len(), found.join("\n"));
    report
}

#[track_caller]
fn complete_case(sample: &str, expected: &str) {
    let report = case(sample, expected);
    assert_eq!(report.unplaced, Vec::new(), "{sample} leaves text without a meaning");
    assert_eq!(report.coverage.unplaced, 0);
}

#[test]
fn koganei_r5_printed_by_a_spreadsheet() {
    complete_case("koganei-r5.pdf", "koganei-r5");
}

#[test]
fn koganei_r5_printed_by_a_browser() {
    complete_case("koganei-r5-chromium.pdf", "koganei-r5");
}

#[test]
fn koganei_r5_with_a_shift_jis_font_that_is_not_embedded() {
    complete_case("koganei-r5-sjis.pdf", "koganei-r5");
}

#[test]
fn koganei_r5_as_converted_text() {
    complete_case("koganei-r5-text.txt", "koganei-r5-text");
}

#[test]
fn koganei_r4() {
    complete_case("koganei-r4.pdf", "koganei-r4");
}

#[test]
fn koganei_r3() {
    complete_case("koganei-r3.pdf", "koganei-r3");
}

#[test]
fn one_year_with_one_row_for_each_initiative() {
    case("aonami-single.pdf", "aonami-single");
}

#[test]
fn a_hierarchy_in_merged_cells() {
    case("yamanami-gender.pdf", "yamanami-gender");
}

#[test]
fn a_kpi_sheet() {
    case("kazami-kpi.pdf", "kazami-kpi");
}

#[test]
fn indicators_as_columns() {
    case("kaedetani-transposed.pdf", "kaedetani-transposed");
}

#[test]
fn two_tables_side_by_side() {
    case("nishikawa-twoup.pdf", "nishikawa-twoup");
}

#[test]
fn headings_and_lists_without_tables() {
    case("higashihama-narrative.pdf", "higashihama-narrative");
}

#[test]
fn the_comparison_sees_a_changed_figure() {
    let mut found = Vec::new();
    let expected = serde_json::json!({"indicators": [{"name": "率", "value": 73.3, "note": null}]});
    let actual = serde_json::json!({"indicators": [{"name": {"text": "率", "at": []}, "value": 73.4, "note": "x"}]});
    differences("report", &expected, &actual, &mut found);
    assert_eq!(
        found,
        [
            "report.indicators[0].note: expected null, read \"x\"",
            "report.indicators[0].value: expected 73.3, read 73.4"
        ]
    );
}

#[test]
fn a_reform_list_with_arrows_drawn_over_years() {
    complete_case("asahi-reform.pdf", "asahi-reform");
}

#[test]
fn a_reform_list_with_four_rows_for_each_initiative() {
    complete_case("akane-reform.pdf", "akane-reform");
}

#[test]
fn figures_with_counts_in_every_order() {
    let report = case("minazuki-ratios.pdf", "minazuki-ratios");
    let codes: Vec<_> = report.warnings.iter().map(|warning| warning.code.as_str()).collect();
    assert_eq!(codes, ["ambiguous-target", "ambiguous-sign"]);
}

#[test]
fn a_narrative_whose_headings_are_no_larger_than_its_text() {
    complete_case("kirino-narrative.pdf", "kirino-narrative");
}

#[test]
fn a_table_of_words_without_rulings() {
    complete_case("ruri-words.pdf", "ruri-words");
}

#[test]
fn evaluation_sheets_of_one_form_for_each_initiative() {
    complete_case("hanamizu-sheets.pdf", "hanamizu-sheets");
}

#[test]
fn grades_chosen_by_a_ring_drawn_around_them() {
    complete_case("maruyama-rings.pdf", "maruyama-rings");
}

#[test]
fn bands_of_colour_side_by_side_and_a_section_that_goes_on() {
    complete_case("momiji-bands.pdf", "momiji-bands");
}

#[test]
fn years_stand_over_the_middle_of_two_columns_and_their_totals_below() {
    complete_case("tachibana-totals.pdf", "tachibana-totals");
}

#[test]
fn rules_under_rows_alone_part_columns_that_nearly_touch() {
    complete_case("minamo-rules.pdf", "minamo-rules");
}

#[test]
fn rulings_that_leave_out_a_label_for_two_rows() {
    complete_case("tampopo-subrows.pdf", "tampopo-subrows");
}

#[test]
fn sheets_of_indicators_inside_forms() {
    complete_case("asebi-within.pdf", "asebi-within");
}
