//! Layouts of other public bodies' reports, each typed as a small page: what the general pack alone makes of them,
//! drawn as text that a person can review.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use torikumi::document::Document;
use torikumi::report::rules::Rules;
use torikumi::report::{Grade, Indicator, Initiative, Labelled, Report, Section, Text, recognise};
use torikumi::source::{self, MediaType, html};

fn text(text: Option<&Text>) -> &str {
    text.map_or("-", |text| text.text.as_str())
}

fn grade(grade: Option<&Grade>) -> &str {
    grade.map_or("-", |grade| grade.grade.as_str())
}

fn others(out: &mut String, others: &[Labelled]) {
    for other in others {
        write!(out, " {{{}={}}}", other.label, other.text).unwrap();
    }
    out.push('\n');
}

fn draw_section(out: &mut String, section: &Section) {
    let path: Vec<_> = section.path.iter().map(|level| level.text.as_str()).collect();
    let years: Vec<_> = section.years.iter().map(|year| year.year).collect();
    let (label, title) = (section.label.as_deref().unwrap_or("-"), text(section.title.as_ref()));
    writeln!(out, "section {}: {label} | {title} | in {path:?} | {years:?}", section.number).unwrap();
    for graded in &section.grades {
        writeln!(out, "  {} grade {}", graded.year, graded.grade.grade).unwrap();
    }
    for initiative in &section.initiatives {
        draw_initiative(out, initiative);
    }
}

fn draw_initiative(out: &mut String, initiative: &Initiative) {
    let label = initiative.label.as_deref().unwrap_or("-");
    write!(out, "  {}: {label} | {}", initiative.number, text(initiative.title.as_ref())).unwrap();
    write!(out, " | {} | {}", text(initiative.description.as_ref()), text(initiative.responsible.as_ref())).unwrap();
    others(out, &initiative.other);
    for entry in &initiative.years {
        write!(out, "    {}", entry.year).unwrap();
        let status = entry.status.as_ref().map(|status| status.text.as_str());
        let members = [
            ("grade", entry.grade.as_ref().map(|grade| grade.grade.as_str())),
            ("summary", entry.summary_grade.as_ref().map(|grade| grade.grade.as_str())),
            ("status", status),
            ("actions", entry.actions.as_ref().map(|text| text.text.as_str())),
            ("issues", entry.issues.as_ref().map(|text| text.text.as_str())),
            ("plan", entry.plan.as_ref().map(|text| text.text.as_str())),
            ("result", entry.result.as_ref().map(|text| text.text.as_str())),
        ];
        for (name, value) in members {
            if let Some(value) = value {
                write!(out, " {name}={value}").unwrap();
            }
        }
        others(out, &entry.other);
    }
}

fn draw_indicator(out: &mut String, indicator: &Indicator) {
    let (name, responsible) = (text(indicator.name.as_ref()), text(indicator.responsible.as_ref()));
    let (group, graded) = (text(indicator.group.as_ref()), grade(indicator.grade.as_ref()));
    write!(out, "indicator {name} | {group} | {graded} | {responsible}").unwrap();
    others(out, &indicator.other);
    for series in &indicator.series {
        write!(out, "  {:?} {}:", series.kind, text(series.label.as_ref())).unwrap();
        for measure in &series.years {
            let unit = measure.unit.as_deref().unwrap_or("-");
            write!(out, " {}: {} ({:?} {unit})", measure.year, measure.text, measure.value).unwrap();
        }
        if let Some(target) = &series.target {
            let due = target.due.as_ref().map(|due| due.year);
            write!(out, " target {} ({:?} {:?} due {due:?})", target.text, target.value, target.comparison).unwrap();
        }
        out.push('\n');
    }
}

fn draw(report: &Report) -> String {
    let mut out = String::new();
    for graded in &report.grade_scale {
        let scale = graded.scale.as_deref().unwrap_or("scale");
        writeln!(out, "{scale}: {}={}", graded.grade, graded.meaning).unwrap();
    }
    report.sections.iter().for_each(|section| draw_section(&mut out, section));
    report.indicators.iter().for_each(|indicator| draw_indicator(&mut out, indicator));
    for (name, texts) in [("prose", &report.prose), ("unplaced", &report.unplaced)] {
        texts.iter().for_each(|text| writeln!(out, "{name}: {}", text.text).unwrap());
    }
    report.warnings.iter().for_each(|warning| writeln!(out, "! {}: {}", warning.code, warning.message).unwrap());
    out
}

#[track_caller]
fn case(name: &str, page: &str) {
    check(name, &html::read(page));
}

/// A report that another program converted.
#[track_caller]
fn converted(name: &str, text: &str, media_type: MediaType) {
    check(name, &source::read(text.as_bytes(), media_type).unwrap());
}

#[track_caller]
fn check(name: &str, document: &Document) {
    let report = recognise(document, Rules::named("general").unwrap());
    let coverage = report.coverage;
    let sum = coverage.placed + coverage.structure + coverage.furniture + coverage.unplaced;
    assert_eq!(sum, coverage.characters, "{name}");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/layouts");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, draw(&report)));
}

#[test]
fn a_reform_list_has_rows_of_plan_and_result_and_amounts_beside_them() {
    case("reform", include_str!("layouts/reform.html"));
}

#[test]
fn capital_and_small_letters_are_two_scales() {
    case("letters", include_str!("layouts/letters.html"));
}

#[test]
fn a_history_matrix_counts_its_grades() {
    case("history", include_str!("layouts/history.html"));
}

#[test]
fn counts_stand_before_shares_and_units_in_names() {
    case("counts", include_str!("layouts/counts.html"));
}

#[test]
fn columns_of_plan_and_result_for_each_year_are_two_series() {
    case("grouped", include_str!("layouts/grouped.html"));
}

#[test]
fn plans_and_results_in_words_belong_to_their_years() {
    case("planned", include_str!("layouts/planned.html"));
}

#[test]
fn a_narrative_tells_plan_result_grade_and_issue_in_lines() {
    case("bullets", include_str!("layouts/bullets.html"));
}

#[test]
fn two_levels_without_codes_become_path_and_section() {
    case("levels", include_str!("layouts/levels.html"));
}

#[test]
fn goals_and_issues_before_the_names_are_levels_and_may_be_printed_in_each_row() {
    case("aimedlevels", include_str!("layouts/aimedlevels.html"));
}

#[test]
fn rows_of_target_and_actual_take_the_unit_above_the_table() {
    case("pairs", include_str!("layouts/pairs.html"));
}

#[test]
fn a_section_row_may_have_grades_of_its_own() {
    case("graded", include_str!("layouts/graded.html"));
}

#[test]
fn two_grades_of_one_year_are_kept_apart() {
    case("double", include_str!("layouts/double.html"));
}

#[test]
fn bare_western_years_head_columns() {
    case("western", include_str!("layouts/western.html"));
}

#[test]
fn digits_and_stars_are_two_scales() {
    case("degrees", include_str!("layouts/degrees.html"));
}

#[test]
fn symbols_of_plans_stand_beside_grades() {
    case("symbols", include_str!("layouts/symbols.html"));
}

#[test]
fn a_second_evaluation_stays_beside_the_first() {
    case("twice", include_str!("layouts/twice.html"));
}

#[test]
fn a_scale_may_end_in_a_word() {
    case("shares", include_str!("layouts/shares.html"));
}

#[test]
fn a_merged_column_of_goals_groups_indicators() {
    case("merged", include_str!("layouts/merged.html"));
}

#[test]
fn two_grades_a_year_have_a_scale_each() {
    case("scales", include_str!("layouts/scales.html"));
}

#[test]
fn a_level_beside_the_names_is_kept() {
    case("inner", include_str!("layouts/inner.html"));
}

#[test]
fn a_heading_names_the_figures_below_it() {
    case("headed", include_str!("layouts/headed.html"));
}

#[test]
fn marks_and_chapters_tell_a_narrative() {
    case("chapters", include_str!("layouts/chapters.html"));
}

#[test]
fn what_can_be_read_in_two_ways_is_told_with_both() {
    case("doubts", include_str!("layouts/doubts.html"));
}

/// Rules of use have numbered headings of two levels, too: no initiative may come of them.
#[test]
fn rules_of_use_are_no_report() {
    let page = "<h1>開放データ目録利用規約</h1><p>１．ご利用にあたって</p><p>利用をもって、内容を承諾したものとみなします。</p>\
        <p>２．リンクについて</p><p>（１）リンク元を明示すること</p><p>（２）画面に組み込む設定をしないこと</p><p>リンクをお断りすることがあります。</p>";
    let report = recognise(&html::read(page), Rules::named("general").unwrap());
    assert!(report.sections.is_empty() && report.indicators.is_empty(), "{:?}", report.sections);
    assert_eq!(
        report.warnings.iter().map(|warning| warning.code.as_str()).collect::<Vec<_>>(),
        ["no-report-structure"]
    );
}

/// A narrative with figures but without a year says so.
#[test]
fn values_without_a_year_are_warned_about() {
    let page = "<h1>職員子育て応援プラン</h1><p>本町では、職員が仕事と家庭生活を両立できる職場づくりを進めています。</p><h2>１　数値目標</h2>\
        <h3>（１）育児休業の取得率</h3><ul><li>目標：50％以上</li><li>実績：42.9％（３人／７人）</li></ul>\
        <h3>（２）年次有給休暇の取得日数</h3><ul><li>目標：14日以上</li><li>実績：12.6日</li></ul>";
    let report = recognise(&html::read(page), Rules::named("general").unwrap());
    assert_eq!(report.indicators[0].series[0].years[0].year, 0);
    assert!(report.warnings.iter().any(|warning| warning.code == "no-fiscal-year"), "{:?}", report.warnings);
}

#[test]
fn a_form_for_each_initiative_has_its_values_beside_their_labels() {
    case("sheet", include_str!("layouts/sheet.html"));
}

#[test]
fn a_form_can_hold_rows_of_years() {
    case("stacked", include_str!("layouts/stacked.html"));
}

#[test]
fn rows_that_add_up_are_counted_once_for_each_year_and_a_choice_is_no_grade() {
    case("sums", include_str!("layouts/sums.html"));
}

#[test]
fn the_years_of_an_initiative_may_be_rows() {
    case("yearly", include_str!("layouts/yearly.html"));
}

#[test]
fn captions_leave_the_section_and_sentences_tell_the_scale() {
    case("captions", include_str!("layouts/captions.html"));
}

#[test]
fn a_colour_or_an_unknown_word_among_grades_is_told() {
    case("colors", include_str!("layouts/colors.html"));
}

#[test]
fn a_list_of_signs_below_the_table_is_the_legend() {
    case("listed", include_str!("layouts/listed.html"));
}

#[test]
fn headers_stand_again_inside_a_table() {
    case("again", include_str!("layouts/again.html"));
}

#[test]
fn a_tick_stands_for_the_grade_over_it() {
    case("ticks", include_str!("layouts/ticks.html"));
}

#[test]
fn men_and_women_under_one_year_are_series_each_with_its_unit() {
    case("divided", include_str!("layouts/divided.html"));
}

#[test]
fn years_as_rows_have_baseline_and_target_among_them_and_headings_of_two_levels() {
    case("turned", include_str!("layouts/turned.html"));
}

#[test]
fn targets_over_actuals_share_the_baseline_before_them() {
    case("above", include_str!("layouts/above.html"));
}

#[test]
fn words_in_any_brackets_introduce_lines() {
    case("bracketed", include_str!("layouts/bracketed.html"));
}

#[test]
fn figures_without_a_year_belong_to_the_heading_or_the_report() {
    case("undated", include_str!("layouts/undated.html"));
}

#[test]
fn a_form_can_hold_a_sheet_of_indicators() {
    case("within", include_str!("layouts/within.html"));
}

#[test]
fn men_and_women_in_rows_are_series_with_targets_of_their_own() {
    case("subrows", include_str!("layouts/subrows.html"));
}

#[test]
fn letter_spaced_words_and_words_alone_introduce_lines() {
    case("spaced", include_str!("layouts/spaced.html"));
}

#[test]
fn plan_and_result_of_an_initiative_may_be_figures_of_its_own_indicator() {
    case("activity", include_str!("layouts/activity.html"));
}

#[test]
fn a_name_that_front_and_detail_repeat_is_no_description() {
    case("repeated", include_str!("layouts/repeated.html"));
}

#[test]
fn the_number_of_a_section_stands_in_a_column_and_values_below_years_are_no_headings() {
    case("numbered", include_str!("layouts/numbered.html"));
}

#[test]
fn a_sentence_names_the_year_and_a_column_tells_what_was_done_in_it() {
    case("announced", include_str!("layouts/announced.html"));
}

#[test]
fn numbered_groups_of_a_front_matrix_are_the_sections_of_the_detail() {
    case("fronted", include_str!("layouts/fronted.html"));
}

#[test]
fn an_evaluation_in_words_is_not_what_was_done() {
    case("judged", include_str!("layouts/judged.html"));
}

#[test]
fn a_column_that_names_what_was_done_stands_before_the_one_that_tells_it() {
    case("told", include_str!("layouts/told.html"));
}

#[test]
fn levels_of_one_row_each_name_what_sentences_beside_them_describe() {
    case("described", include_str!("layouts/described.html"));
}

#[test]
fn a_sheet_of_several_tables_tells_of_one_initiative() {
    case("sheets", include_str!("layouts/sheets.html"));
}

#[test]
fn a_sheet_in_one_frame_holds_figures_and_a_list_of_grades() {
    case("framed", include_str!("layouts/framed.html"));
}

#[test]
fn a_form_without_a_name_is_about_its_innermost_level() {
    case("aims", include_str!("layouts/aims.html"));
}

#[test]
fn a_count_of_grades_tells_what_they_mean() {
    case("counted", include_str!("layouts/counted.html"));
}

#[test]
fn one_row_of_figures_is_what_its_heading_measures() {
    case("apart", include_str!("layouts/apart.html"));
}

#[test]
fn a_table_of_years_that_names_no_initiative_is_about_one() {
    case("years", include_str!("layouts/years.html"));
}

#[test]
fn a_row_of_a_form_that_names_a_year_is_not_told_of_the_years_above() {
    case("dated", include_str!("layouts/dated.html"));
}

#[test]
fn sentences_tell_figures_year_by_year() {
    case("sentences", include_str!("layouts/sentences.html"));
}

#[test]
fn a_direction_is_no_issue_where_no_issue_is_told_either() {
    case("directions", include_str!("layouts/directions.html"));
}

#[test]
fn ranges_are_labels_and_headings_stand_in_two_rows() {
    case("ranges", include_str!("layouts/ranges.html"));
}

#[test]
fn cells_that_a_converter_repeats_are_merged_ones() {
    converted("repeats", include_str!("layouts/repeats.md"), MediaType::Markdown);
}

#[test]
fn rows_that_lack_what_a_merged_cell_covers_stand_in_their_columns() {
    converted("short", include_str!("layouts/short.md"), MediaType::Markdown);
}

#[test]
fn parts_of_a_table_on_several_pages_are_one() {
    converted("parted", include_str!("layouts/parted.md"), MediaType::Markdown);
}

#[test]
fn headings_of_a_text_to_be_read_aloud_need_no_blank_lines() {
    converted("aloud", include_str!("layouts/aloud.txt"), MediaType::Text);
}

#[test]
fn cells_of_a_spreadsheet_hold_lines_and_marks() {
    converted("cells", include_str!("layouts/cells.txt"), MediaType::Text);
}

#[test]
fn tables_drawn_with_signs_have_merged_cells() {
    converted("drawn", include_str!("layouts/drawn.md"), MediaType::Markdown);
}

#[test]
fn a_sheet_of_a_workbook_is_titles_and_tables() {
    converted("book", include_str!("layouts/book.md"), MediaType::Markdown);
}

#[test]
fn bands_over_the_same_years_are_series_and_years_are_told_with_remarks() {
    case("bands", include_str!("layouts/bands.html"));
}

#[test]
fn targets_and_actuals_stand_over_each_other_or_in_rows_of_one_name() {
    case("tiers", include_str!("layouts/tiers.html"));
}

#[test]
fn a_heading_over_one_table_is_the_initiative_that_the_matrix_names() {
    case("paired", include_str!("layouts/paired.html"));
}

#[test]
fn an_overview_holds_no_goal_of_the_plan() {
    case("overview", include_str!("layouts/overview.html"));
}

#[test]
fn two_tables_under_one_heading_tell_of_one_initiative() {
    case("pillars", include_str!("layouts/pillars.html"));
}

#[test]
fn a_narrative_before_tables_is_told_in_lines_that_words_introduce() {
    case("fielded", include_str!("layouts/fielded.html"));
}

#[test]
fn numbered_words_that_come_again_introduce_lines_and_are_no_headings() {
    case("itemed", include_str!("layouts/itemed.html"));
}

#[test]
fn an_evaluation_sheet_has_figures_and_criteria_among_its_rows() {
    case("evaluated", include_str!("layouts/evaluated.html"));
}

#[test]
fn the_head_of_a_sheet_waits_for_its_evaluation() {
    case("policies", include_str!("layouts/policies.html"));
}

#[test]
fn a_cell_under_all_years_is_said_of_the_initiative() {
    case("spanned", include_str!("layouts/spanned.html"));
}

#[test]
fn a_sheet_of_two_tables_is_one_initiative() {
    case("completed", include_str!("layouts/completed.html"));
}

#[test]
fn heads_that_only_end_in_known_words_or_stand_beside_grades_are_heads() {
    case("unnamed", include_str!("layouts/unnamed.html"));
}

#[test]
fn issues_name_the_year_to_come_and_signs_are_none() {
    case("ahead", include_str!("layouts/ahead.html"));
}

#[test]
fn amounts_are_called_after_the_heads_over_them() {
    case("amounts", include_str!("layouts/amounts.html"));
}

#[test]
fn what_names_no_year_is_told_of_the_last_one() {
    case("unyeared", include_str!("layouts/unyeared.html"));
}

#[test]
fn the_nearest_heading_that_names_a_topic_is_the_group_of_a_table() {
    case("topics", include_str!("layouts/topics.html"));
}

#[test]
fn captions_are_groups_and_give_units() {
    case("topped", include_str!("layouts/topped.html"));
}

#[test]
fn a_line_over_a_table_names_it_and_sets_its_target() {
    case("aimed", include_str!("layouts/aimed.html"));
}

#[test]
fn tables_that_count_and_rows_that_add_up_are_indicators() {
    case("tallied", include_str!("layouts/tallied.html"));
}

#[test]
fn sums_of_plan_and_result_are_two_series_of_the_year_that_has_ended() {
    case("added", include_str!("layouts/added.html"));
}

#[test]
fn a_front_matrix_has_more_columns_and_its_detail_describes_where_it_names() {
    case("beside", include_str!("layouts/beside.html"));
}

#[test]
fn rows_say_what_they_hold_whatever_their_columns_call_the_years() {
    case("cycles", include_str!("layouts/cycles.html"));
}

#[test]
fn years_called_results_are_years_and_sections_of_one_label_and_one_set_of_grades_are_one() {
    case("results", include_str!("layouts/results.html"));
}

#[test]
fn a_card_has_labels_in_its_first_column_whether_known_or_not_and_its_name_across() {
    case("cards", include_str!("layouts/cards.html"));
}

#[test]
fn years_beside_a_label_have_plans_below_them_and_a_kind_of_work_is_no_level() {
    case("scheduled", include_str!("layouts/scheduled.html"));
}

#[test]
fn one_row_of_figures_can_be_of_the_year_that_it_names() {
    case("oneyear", include_str!("layouts/oneyear.html"));
}

#[test]
fn the_head_of_a_sheet_can_be_levels_and_a_department() {
    case("path", include_str!("layouts/path.html"));
}

#[test]
fn a_figure_under_a_state_of_its_year_is_told_once() {
    case("stated", include_str!("layouts/stated.html"));
}

#[test]
fn a_year_in_brackets_behind_what_its_column_holds_dates_it() {
    case("bareyears", include_str!("layouts/bareyears.html"));
}

#[test]
fn numbered_headings_of_the_parts_of_a_form_begin_no_other() {
    case("chaptered", include_str!("layouts/chaptered.html"));
}
