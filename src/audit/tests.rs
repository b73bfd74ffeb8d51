//! The counts that the rules give on the samples, and the traps that must not fire.

use super::{Audit, Comparison, Edition, Severity, audit, compare, differences};
use crate::report::Report;

/// What the sample says, as it is expected from its extraction (without places).
pub(super) fn sample(name: &str) -> Report {
    let path = format!("{}/tests/expected/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Findings and cases of the rules that the table names: `NUM-04 1 of 26`.
#[track_caller]
fn counts(audit: &Audit, expected: &[&str]) {
    let line = |rule: &str| {
        let check = audit.checks.iter().find(|check| check.rule == rule).unwrap();
        format!("{rule} {} of {}", check.findings, check.checked)
    };
    let found: Vec<_> = expected.iter().map(|line_of| line(&line_of[..6])).collect();
    assert_eq!(found, expected);
}

fn errors(audit: &Audit) -> Vec<&str> {
    audit.findings.iter().filter(|one| one.severity == Severity::Error).map(|one| one.message.ja.as_str()).collect()
}

fn severities(audit: &Audit, rule: &str) -> [usize; 3] {
    [Severity::Error, Severity::Warning, Severity::Info]
        .map(|severity| audit.findings.iter().filter(|one| one.rule == rule && one.severity == severity).count())
}

#[test]
fn koganei_r5_gives_the_counts_of_an_independent_reader() {
    let audit = audit(&sample("koganei-r5"));
    counts(
        &audit,
        &[
            "NUM-01 0 of 18",
            "NUM-02 1 of 18",
            "NUM-03 1 of 9",
            "NUM-04 1 of 26",
            "NUM-05 12 of 18",
            "NUM-06 0 of 4",
            "NUM-07 8 of 26",
            "NUM-08 2 of 13",
            "NUM-09 7 of 19",
            "NUM-10 0 of 0",
            "NUM-11 0 of 8",
        ],
    );
    counts(
        &audit,
        &[
            "GRD-01 0 of 79",
            "GRD-02 1 of 79",
            "GRD-04 1 of 1",
            "GRD-05 1 of 21",
            "GRD-06 13 of 17",
            "GRD-07 1 of 58",
            "GRD-08 1 of 1",
            "GRD-09 9 of 14",
            "STS-01 2 of 79",
        ],
    );
    counts(
        &audit,
        &[
            "TGT-01 30 of 30",
            "TGT-02 2 of 4",
            "TGT-03 2 of 8",
            "TGT-04 4 of 8",
            "TGT-05 11 of 8",
            "STR-01 1 of 6",
            "STR-02 0 of 6",
            "STR-03 1 of 11",
            "STR-04 0 of 109",
        ],
    );
    counts(&audit, &["FTN-01 1 of 3", "FTN-02 4 of 5", "FTN-03 1 of 1", "TXT-02 29 of 42", "PER-01 1 of 1"]);
    assert_eq!(severities(&audit, "NUM-04"), [0, 0, 1]);
    assert_eq!(severities(&audit, "GRD-03"), [0, 0, 1]);
    assert_eq!(severities(&audit, "GRD-09"), [0, 4, 5]);
    assert_eq!(errors(&audit).len(), 2, "{:?}", errors(&audit));
}

#[test]
fn converted_text_may_have_been_damaged_by_the_conversion() {
    let mut report = sample("koganei-r5-text");
    report.source.media_type = "text/plain".to_owned();
    let found = audit(&report);
    assert!(found.findings.iter().filter(|one| one.rule == "TXT-01").all(|one| one.origin.is_some()));
    counts(&found, &["TXT-01 2 of 282", "GRD-06 13 of 17"]);
    report.source.media_type = "application/pdf".to_owned();
    assert!(audit(&report).findings.iter().all(|one| one.origin.is_none()));
}

#[test]
fn reports_without_a_contradiction_have_no_error() {
    let clean = ["aonami-single", "higashihama-narrative", "kaedetani-transposed", "kazami-kpi", "nishikawa-twoup"];
    for name in clean.into_iter().chain(["yamanami-gender"]) {
        assert_eq!(errors(&audit(&sample(name))), [""; 0], "{name}");
    }
}

#[test]
fn koganei_r3_contradicts_itself_once_more_than_r5() {
    let audit = audit(&sample("koganei-r3"));
    assert_eq!(errors(&audit)[0], "(1)-2 R3年度: 一覧の評価は C、詳細の評価は B。");
    assert_eq!(errors(&audit).len(), 3);
}

fn compared(names: &[&str]) -> Comparison {
    let reports: Vec<_> = names.iter().map(|name| sample(name)).collect();
    let editions: Vec<_> = names.iter().zip(&reports).map(|(file, report)| Edition { file, report }).collect();
    assert_eq!(differences(&editions), []);
    compare(&editions)
}

#[track_caller]
fn changes(names: &[&str], expected: &[&str]) {
    let comparison = compared(names);
    let found: Vec<_> = comparison.findings.iter().map(|one| one.message.en.as_str()).collect();
    assert_eq!(found, expected);
}

#[test]
fn editions_differ_in_what_was_changed_and_in_nothing_else() {
    changes(
        &["koganei-r4", "koganei-r5"],
        &[
            "時間外勤務 実績(各年度:時間), R3年度: the actual is 80,664 in koganei-r4 and 80,646 in koganei-r5.",
            "(4)-1, R4年度: the grade (summary and detail) is A in koganei-r4 and B in koganei-r5.",
        ],
    );
    changes(
        &["koganei-r3", "koganei-r5"],
        &[
            "(1)-2, R3年度: the grade (detail) is B in koganei-r3 and C in koganei-r5.",
            "the initiative (3)-3 is “育児休業代替職員の措置” in koganei-r3 and “育児休業代替職員等の措置” in koganei-r5.",
        ],
    );
    changes(&["koganei-r5", "koganei-r5-text"], &[]);
}

#[test]
fn three_editions_give_every_figure_its_history() {
    let comparison = compared(&["koganei-r5", "koganei-r3", "koganei-r4"]);
    let overtime = comparison.history.iter().find(|one| one.changed).unwrap();
    let values: Vec<_> = overtime.values.iter().map(|value| (value.file.as_str(), value.text.as_str())).collect();
    assert_eq!(values, [("koganei-r3", "80,646"), ("koganei-r4", "80,664"), ("koganei-r5", "80,646")]);
    assert_eq!(comparison.history.iter().filter(|one| one.changed).count(), 1);
    assert_eq!(comparison.findings.iter().filter(|one| one.rule == "XDC-01").count(), 2);
}

#[test]
fn different_plans_are_told_apart() {
    let reports = [sample("koganei-r5"), sample("kazami-kpi")];
    let editions: Vec<_> =
        ["a", "b"].into_iter().zip(&reports).map(|(file, report)| Edition { file, report }).collect();
    let what: Vec<_> = differences(&editions).iter().map(|one| one.what).collect();
    assert_eq!(what, ["organization", "title"]);
}

#[test]
fn an_empty_report_is_audited_without_findings() {
    let json = r#"{"schema_version":"1","document":{},"grade_scale":[],"footnotes":[],"sections":[],"indicators":[]}"#;
    let audit = audit(&serde_json::from_str(json).unwrap());
    assert!(audit.findings.is_empty());
    assert!(audit.checks.iter().all(|check| check.not_applicable.is_some()));
}
