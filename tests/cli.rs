//! The built program as its user meets it: output, messages, exit codes.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use assert_cmd::Command;
use predicates::prelude::*;
use std::path::Path;

fn torikumi() -> Command {
    Command::cargo_bin("torikumi").unwrap()
}

fn sample(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)
}

#[test]
fn one_report_goes_to_standard_output() {
    let output =
        torikumi().arg("extract").arg(sample("koganei-r5.pdf")).assert().code(0).stderr("").get_output().clone();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["schema_version"], "1");
    assert_eq!(report["source"]["file"], "koganei-r5.pdf");
    assert_eq!(report["source"]["media_type"], "application/pdf");
    assert_eq!(report["source"]["sha256"].as_str().unwrap().len(), 64);
}

#[test]
fn standard_input_gives_the_same_report_but_for_its_name() {
    let read = |output: std::process::Output| serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap();
    let mut named = read(torikumi().arg("extract").arg(sample("koganei-r3.pdf")).output().unwrap());
    let piped = torikumi().args(["extract", "-"]).pipe_stdin(sample("koganei-r3.pdf")).unwrap().output().unwrap();
    named["source"]["file"] = "-".into();
    assert_eq!(named, read(piped));
}

#[test]
fn several_reports_go_into_a_folder_and_a_bad_one_stops_none() {
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("bad.pdf");
    std::fs::write(&bad, b"\x00\x01\x02\x03 no report").unwrap();
    let out = folder.path().join("out");
    torikumi()
        .arg("extract")
        .args([sample("koganei-r3.pdf"), bad, sample("koganei-r4.pdf")])
        .arg("-o")
        .arg(format!("{}/", out.display()))
        .assert()
        .code(1)
        .stderr(predicate::str::contains("bad.pdf: not a PDF"));
    let mut names: Vec<_> = std::fs::read_dir(&out).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["koganei-r3.json", "koganei-r4.json"]);
}

#[test]
fn several_reports_without_a_folder_are_wrong_usage() {
    torikumi()
        .arg("extract")
        .args([sample("koganei-r3.pdf"), sample("koganei-r4.pdf")])
        .assert()
        .code(2)
        .stdout("")
        .stderr(predicate::str::contains("-o"));
}

#[test]
fn two_inputs_for_one_output_are_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("koganei-r3.pdf");
    std::fs::copy(sample("koganei-r3.pdf"), &copy).unwrap();
    let out = folder.path().join("out/");
    torikumi()
        .arg("extract")
        .args([sample("koganei-r3.pdf"), copy])
        .arg("-o")
        .arg(&out)
        .assert()
        .code(2)
        .stderr(predicate::str::contains("koganei-r3.json"));
    assert!(!out.exists() || std::fs::read_dir(&out).unwrap().next().is_none());
}

#[test]
fn an_unreadable_path_and_an_unwritable_one_are_named() {
    torikumi().args(["extract", "no/such.pdf"]).assert().code(1).stderr(predicate::str::contains("no/such.pdf: "));
    torikumi()
        .arg("extract")
        .arg(sample("koganei-r3.pdf"))
        .args(["-o", "no/such/folder/r3.json"])
        .assert()
        .code(1)
        .stdout("")
        .stderr(predicate::str::contains("no/such/folder/r3.json: "));
}

#[test]
fn an_output_that_fails_leaves_the_old_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("r.json");
    std::fs::write(&out, "old").unwrap();
    torikumi().args(["extract", "no/such.pdf", "-o"]).arg(&out).assert().code(1);
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "old");
}

#[test]
fn a_truncated_report_is_read_as_far_as_it_goes_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let whole = std::fs::read(sample("koganei-r5.pdf")).unwrap();
    let path = folder.path().join("cut.pdf");
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let output = torikumi().arg("extract").arg(&path).output().unwrap();
    match output.status.code() {
        Some(0) => {
            let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            assert!(report["warnings"].to_string().contains("repaired"), "{}", report["warnings"]);
        }
        Some(1) => assert!(String::from_utf8_lossy(&output.stderr).contains("cut.pdf: ")),
        code => panic!("{code:?}"),
    }
}

#[test]
fn text_without_a_report_is_kept_and_warned_about() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.txt");
    std::fs::write(&path, "拝啓\n\n晩秋の候、ますますご清栄のこととお慶び申し上げます。\n").unwrap();
    let output = torikumi().arg("extract").arg(&path).assert().code(0).get_output().clone();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(report["warnings"].to_string().contains("no-report-structure"));
    assert!(report["unplaced"].to_string().contains("ご清栄"));
    torikumi()
        .arg("extract")
        .arg("--strict")
        .arg(&path)
        .assert()
        .code(3)
        .stderr(predicate::str::contains("letter.txt"));
}

#[test]
fn a_closed_pipe_is_quiet() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("torikumi"))
        .arg("extract")
        .arg(sample("koganei-r5.pdf"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn wrong_usage_has_its_own_exit_code() {
    torikumi().arg("extract").assert().code(2);
    torikumi().arg("no-such-command").assert().code(2);
}

#[test]
fn help_shows_examples() {
    torikumi()
        .args(["extract", "--help"])
        .assert()
        .code(0)
        .stdout(predicate::str::contains("torikumi extract report.pdf"));
}

#[test]
fn the_schema_describes_the_members() {
    let output = torikumi().arg("schema").assert().code(0).get_output().clone();
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert!(schema["properties"]["sections"]["description"].as_str().unwrap().contains("initiatives"));
}

#[cfg(windows)]
#[test]
fn wildcards_name_files_where_no_shell_replaces_them() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.pdf", "b.pdf"] {
        std::fs::copy(sample("aonami-single.pdf"), folder.path().join(name)).unwrap();
    }
    let output = torikumi().current_dir(&folder).args(["extract", "*.pdf", "--format", "ndjson"]).assert().code(0);
    assert_eq!(output.get_output().stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count(), 2);
}

#[test]
fn explain_says_what_warnings_mean() {
    let explain = |language: &str| {
        let output = torikumi().args(["explain", "--warnings", "--lang", language]).assert().code(0);
        String::from_utf8(output.get_output().stdout.clone()).unwrap()
    };
    let (japanese, english) = (explain("ja"), explain("en"));
    for kind in torikumi::warning::kinds() {
        assert!(japanese.contains(&format!("{}\n    {}\n", kind.code, kind.ja)), "{}", kind.code);
        assert!(english.contains(&format!("{}\n    {}\n", kind.code, kind.en)), "{}", kind.code);
    }
    torikumi().arg("explain").assert().code(2);
    torikumi().args(["explain", "--warnings"]).arg(sample("koganei-r5.pdf")).assert().code(2);
}

#[test]
fn explain_says_what_each_block_became_and_why() {
    let explain = |arguments: &[&str]| {
        let output = torikumi().arg("explain").arg(sample("koganei-r5.pdf")).args(arguments).assert().code(0);
        String::from_utf8(output.get_output().stdout.clone()).unwrap()
    };
    let page = explain(&["--page", "2"]);
    assert!(page.starts_with("rule pack koganei (runner-up: general)\n\npage 2\n"), "{page}");
    for expected in [
        "  initiatives: 5 columns belong to years",
        "    not figures: most values are no figures\n",
        "「進捗状況」 structure (the vocabulary calls it grade)",
        "placed -> .sections[0].initiatives[0].years[0].summary_grade (matched by grade)",
    ] {
        assert!(page.contains(expected), "{expected:?} is not in\n{page}");
    }
    assert!(!page.contains("page 3"), "{page}");
    let all: serde_json::Value = serde_json::from_str(&explain(&["--format", "json"])).unwrap();
    let pieces = || all["blocks"].as_array().unwrap().iter().flat_map(|block| block["pieces"].as_array().unwrap());
    assert!(pieces().count() > 300);
    assert!(pieces().all(|piece| !piece["fates"].as_array().unwrap().contains(&"unplaced".into())));
}

#[test]
fn reports_stream_as_lines_in_the_order_of_the_inputs() {
    let names = ["koganei-r4.pdf", "koganei-r3.pdf"];
    let output = torikumi()
        .args(["extract", "--format", "ndjson"])
        .args(names.map(sample))
        .arg("no/such.pdf")
        .assert()
        .code(1)
        .stderr(predicate::str::contains("no/such.pdf: "))
        .get_output()
        .clone();
    let lines = String::from_utf8(output.stdout).unwrap();
    let files: Vec<_> = lines
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["source"]["file"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(files, names);
}

#[test]
fn every_command_that_opens_pdfs_takes_a_password_and_a_limit() {
    for command in [&["extract"][..], &["audit"], &["text"], &["tables"], &["inspect"], &["explain"], &["rules", "new"]]
    {
        torikumi()
            .args(command)
            .arg(sample("koganei-r3.pdf"))
            .args(["--password", "secret", "--max-memory", "64"])
            .assert()
            .code(0);
        torikumi()
            .args(command)
            .arg(sample("koganei-r3.pdf"))
            .args(["--max-memory", "15"])
            .assert()
            .code(2)
            .stderr(predicate::str::contains("--max-memory"));
    }
    torikumi()
        .arg("compare")
        .args([sample("koganei-r3.pdf"), sample("koganei-r4.pdf")])
        .args(["--password", "secret", "--max-memory", "64"])
        .assert()
        .code(0);
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        torikumi().args(["completions", shell]).assert().code(0).stdout(predicate::str::contains("from-list"));
    }
    torikumi()
        .args(["man", "extract"])
        .assert()
        .code(0)
        .stdout(predicate::str::contains("\\-\\-recursive").and(predicate::str::contains(".SH EXAMPLES\n.nf\n")));
    torikumi().args(["man", "no-such"]).assert().code(2);
    let folder = tempfile::tempdir().unwrap();
    torikumi().args(["man", "-o"]).arg(folder.path()).assert().code(0);
    for page in ["torikumi.1", "torikumi-audit.1", "torikumi-rules-new.1"] {
        let text = std::fs::read_to_string(folder.path().join(page)).unwrap();
        assert!(text.contains(".SH NAME") && text.contains(".SH OPTIONS"), "{page}: {text}");
    }
}

#[test]
fn every_command_has_examples() {
    let help = String::from_utf8(torikumi().arg("help").output().unwrap().stdout).unwrap();
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let name = |line: &str| line.strip_prefix("  ").and_then(|line| line.split(' ').next()).unwrap_or("").to_owned();
    let names: Vec<_> = commands.map(name).filter(|name| !["", "help"].contains(&name.as_str())).collect();
    assert!(names.len() > 9, "{help}");
    for name in names {
        let examples = predicate::str::contains(format!("Examples:\n  torikumi {name}"));
        torikumi().args([&name, "--help"]).assert().code(0).stdout(examples);
    }
}

#[test]
fn every_command_has_a_form_that_need_not_be_named() {
    for command in ["extract", "tables", "text", "inspect", "explain", "audit"] {
        torikumi()
            .arg(command)
            .arg(sample("higashihama-narrative.pdf"))
            .assert()
            .code(0)
            .stdout(predicate::str::is_empty().not());
    }
}
