//! The commands `audit` and `compare` as a user runs them.

#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::{contains, starts_with};
use serde_json::Value;

fn torikumi() -> Command {
    let mut command = Command::cargo_bin("torikumi").unwrap();
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expected"));
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C.UTF-8");
    command
}

fn json(arguments: &[&str]) -> Value {
    let output = torikumi().args(arguments).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_japanese_report_is_audited_in_japanese_unless_told_otherwise() {
    torikumi().args(["audit", "koganei-r5.json"]).assert().success().stdout(contains("エラー 2"));
    torikumi().args(["audit", "koganei-r5.json", "--lang", "en"]).assert().success().stdout(contains("error 2"));
    torikumi().env("LC_ALL", "en_GB.UTF-8").args(["audit", "koganei-r5.json"]).assert().stdout(contains("error 2"));
}

#[test]
fn what_was_checked_and_clean_stands_after_the_findings() {
    let checked = contains("NUM-01  checked 18, findings 0").and(contains("NUM-10  not applicable: "));
    torikumi().args(["audit", "koganei-r5.json", "--lang", "en"]).assert().stdout(checked);
}

#[test]
fn fail_on_ends_with_three_when_a_finding_is_that_serious() {
    torikumi().args(["audit", "koganei-r5.json", "--fail-on", "error"]).assert().code(3);
    torikumi().args(["audit", "aonami-single.json", "--fail-on", "warning"]).assert().code(0);
    torikumi().args(["audit", "aonami-single.json", "--fail-on", "info"]).assert().code(3);
}

#[test]
fn a_file_that_fails_is_named_and_the_others_are_audited() {
    let run = torikumi().args(["audit", "none.json", "koganei-r5.json", "--fail-on", "error"]).assert();
    run.code(1).stderr(starts_with("none.json: ")).stdout(contains("STS-01"));
    torikumi()
        .args(["audit", "-"])
        .write_stdin("{\"a\": 1}")
        .assert()
        .code(1)
        .stderr(contains("not an extracted report"));
}

#[test]
fn findings_are_data_with_every_member() {
    let audit = json(&["audit", "koganei-r5.json", "--format", "json"]);
    assert_eq!(audit["source"]["file"], "koganei-r5.json");
    assert_eq!(audit["checks"][0]["rule"], "NUM-01");
    assert_eq!(audit["checks"][0]["checked"], 18);
    let finding = &audit["findings"][0];
    let members =
        ["rule", "severity", "section", "initiative", "indicator", "year", "message", "at", "values", "origin"];
    assert!(members.iter().all(|member| finding.get(member).is_some()));
    assert_eq!(finding["severity"], "error");
    assert!(finding["message"]["en"].is_string() && finding["indicator"].is_null());
    assert_eq!(json(&["audit", "koganei-r5.json", "koganei-r4.json", "--format", "json"]).as_array().unwrap().len(), 2);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for format in ["text", "json", "csv", "md", "html", "sarif"] {
        let run = || torikumi().args(["audit", "koganei-r5.json", "--format", format]).output().unwrap().stdout;
        assert_eq!(run(), run(), "{format}");
    }
}

#[test]
fn tables_open_in_a_spreadsheet() {
    let output = torikumi().args(["audit", "koganei-r5.json", "--format", "csv"]).output().unwrap().stdout;
    let text = String::from_utf8(output).unwrap();
    assert!(text.starts_with("\u{feff}file,rule,severity,"));
    assert!(text.ends_with("\r\n"));
}

#[test]
fn sarif_names_rules_levels_and_files() {
    let log = json(&["audit", "koganei-r5.json", "--format", "sarif", "--lang", "en"]);
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].iter().any(|level| result["level"] == *level));
        assert!(!result["locations"].as_array().unwrap().is_empty());
    }
    assert_eq!(log["version"], "2.1.0");
}

#[test]
fn rules_are_listed_and_explained() {
    torikumi()
        .args(["audit", "--list", "--lang", "en"])
        .assert()
        .success()
        .stdout(contains("XDC-04").and(contains("STS-01*")));
    torikumi().args(["audit", "--explain", "num-01"]).assert().success().stdout(contains("half up"));
    torikumi().args(["audit", "--explain", "NUM-99"]).assert().code(2).stderr(contains("NUM-99"));
    torikumi().arg("audit").assert().code(2);
}

#[test]
fn a_pack_of_ones_own_gives_the_wording() {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("city.toml");
    let toml = "name = \"city\"\nextends = \"general\"\n[audit.LEG-01]\nbasis = [{ pattern = '特定事業主' }]\n";
    std::fs::write(&pack, toml).unwrap();
    let run = torikumi().args(["audit", "aonami-single.json", "--lang", "en", "--rules"]).arg(&pack).assert();
    run.success().stdout(contains("LEG-01  checked 2, findings 1"));
    std::fs::write(&pack, "name = 1").unwrap();
    torikumi()
        .args(["audit", "aonami-single.json", "--rules"])
        .arg(&pack)
        .assert()
        .code(1)
        .stderr(contains("city.toml"));
}

#[test]
fn editions_are_compared_in_the_order_of_their_years() {
    let comparison = json(&["compare", "koganei-r5.json", "koganei-r4.json", "--format", "json"]);
    let rules: Vec<_> =
        comparison["findings"].as_array().unwrap().iter().map(|one| one["rule"].as_str().unwrap()).collect();
    assert_eq!(rules, ["XDC-01", "XDC-02"]);
    assert_eq!(comparison["findings"][0]["values"]["older"], "80,664");
    assert_eq!(comparison["editions"][0]["file"], "koganei-r4.json");
    assert_eq!(comparison["history"].as_array().unwrap().len(), 34);
}

#[test]
fn different_plans_are_refused_unless_forced() {
    let refused =
        contains("different organization: \"風見町\", but \"小金井市\" in koganei-r5.json").and(contains("--force"));
    torikumi().args(["compare", "koganei-r5.json", "kazami-kpi.json"]).assert().code(2).stderr(refused).stdout("");
    torikumi().args(["compare", "koganei-r5.json", "kazami-kpi.json", "--force"]).assert().success();
    torikumi().args(["compare", "koganei-r5.json"]).assert().code(2);
}

#[test]
fn a_pdf_is_read_by_the_pack_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("city.toml");
    std::fs::write(&pack, "name = \"city\"\nextends = \"general\"\n").unwrap();
    let pack = pack.to_str().unwrap();
    let audit = json(&["audit", "../../samples/aonami-single.pdf", "--rules", pack, "--format", "json"]);
    assert_eq!(audit["source"]["rules"]["pack"], "city");
    let page = folder.path().join("page.html");
    torikumi()
        .args(["compare", "../../samples/koganei-r4.pdf", "../../samples/koganei-r5.pdf", "--rules", "none.toml", "-o"])
        .arg(&page)
        .assert()
        .code(1)
        .stderr(contains("none.toml"));
    assert!(!page.exists());
}
