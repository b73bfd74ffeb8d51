//! Many files in one run, as its user meets it: order, account, resumption, parts, and inputs that are no good.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn torikumi() -> Command {
    Command::cargo_bin("torikumi").unwrap()
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)
}

/// A folder with copies of samples under these names; a name that says so is a file that is no report.
fn folder(files: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (n, file) in files.iter().enumerate() {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if file.contains("bad") {
            fs::write(path, b"\x00\x01\x02 no report").unwrap();
        } else {
            let samples = ["koganei-r3.pdf", "koganei-r4.pdf", "banded-kpi.pdf"];
            fs::copy(sample(samples[n % samples.len()]), path).unwrap();
        }
    }
    folder
}

/// The visible files below a folder, with `/`, in order.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.file_name().unwrap().to_string_lossy().starts_with('.') {
                let parts: Vec<_> =
                    path.strip_prefix(folder).unwrap().iter().map(|part| part.to_string_lossy().into_owned()).collect();
                found.push(parts.join("/"));
            }
        }
    }
    found.sort();
    found
}

fn of_lines(stdout: &[u8]) -> Vec<String> {
    let file = |line: &str| serde_json::from_str::<Value>(line).unwrap()["source"]["file"].as_str().unwrap().to_owned();
    std::str::from_utf8(stdout).unwrap().lines().map(file).collect()
}

#[test]
fn a_folder_is_read_with_its_folders_and_every_input_is_counted_once() {
    let reports = folder(&["令和5/報告.pdf", "2022/r4.pdf", "2022/bad.pdf", "notes.doc", ".hidden.pdf"]);
    let out = reports.path().join("out");
    torikumi()
        .args(["extract", "-r", "--jobs", "2"])
        .arg(reports.path())
        .arg("-o")
        .arg(&out)
        .assert()
        .code(1)
        .stdout("")
        .stderr(contains("3 inputs: 2 done, 0 skipped, 1 failed\n  failed: ").and(contains("bad.pdf: not a PDF")));
    assert_eq!(files(&out), ["2022/r4.json", "令和5/報告.json"]);
    // The output folder lies inside the input folder, and its files are none of the inputs.
    torikumi().args(["audit", "-rq", "--format", "csv"]).arg(reports.path()).arg("-o").arg(&out).assert().code(1);
    torikumi()
        .args(["audit", "-r"])
        .arg(reports.path())
        .assert()
        .stderr(contains("5 inputs: 4 done, 0 skipped, 1 failed"));
}

#[test]
fn a_folder_without_recursive_is_said_and_stops_no_other() {
    let reports = folder(&["2022/r3.pdf", "r4.pdf"]);
    let out = reports.path().join("out");
    torikumi()
        .current_dir(&reports)
        .args(["extract", "2022", "r4.pdf", "-o", "out/"])
        .assert()
        .code(1)
        .stderr(contains("2022: is a folder: add --recursive").and(contains("2 inputs: 1 done, 0 skipped, 1 failed")));
    assert_eq!(files(&out), ["r4.json"]);
}

#[test]
fn a_list_is_read_in_its_order_and_the_same_on_any_number_of_threads() {
    let reports = folder(&["c.pdf", "a.pdf", "b.pdf", "報告 書.pdf"]);
    let list = "\u{feff}c.pdf\r\n\r\n報告 書.pdf\na.pdf\nno/such.pdf\nb.pdf";
    let run = |jobs: &str| {
        torikumi()
            .current_dir(&reports)
            .args(["extract", "--from-list", "-", "--format", "ndjson", "--jobs", jobs])
            .write_stdin(list)
            .assert()
            .code(1)
            .stderr(contains("5 inputs: 4 done, 0 skipped, 1 failed\n  failed: no/such.pdf: "))
            .get_output()
            .clone()
    };
    let one = run("1");
    assert_eq!(of_lines(&one.stdout), ["c.pdf", "報告 書.pdf", "a.pdf", "b.pdf"]);
    assert_eq!(one.stdout, run("3").stdout);
}

#[test]
fn what_a_run_says_can_be_chosen() {
    let reports = folder(&["r3.pdf", "bad.pdf"]);
    let run = |option: &[&str]| {
        let mut command = torikumi();
        command.current_dir(&reports).args(["extract", "-r", ".", "--format", "ndjson"]).args(option);
        String::from_utf8(command.output().unwrap().stderr).unwrap()
    };
    assert_eq!(run(&["--quiet"]).lines().count(), 1);
    assert!(run(&["--quiet"]).contains("bad.pdf: not a PDF"));
    assert_eq!(run(&[]).lines().count(), 3);
    assert!(run(&["--verbose"]).contains("r3.pdf: done: "));
    torikumi().args(["extract", "-q", "-v", "x.pdf"]).assert().code(2);
}

#[test]
fn two_inputs_with_one_output_are_refused_before_anything_is_written() {
    let reports = folder(&["a/r5.pdf", "b/r5.pdf", "a/r5.txt"]);
    let refused = |arguments: &[&str], one: &str, other: &str| {
        torikumi()
            .current_dir(&reports)
            .arg("extract")
            .args(arguments)
            .args(["-o", "out/"])
            .assert()
            .code(2)
            .stderr(contains("would be written for both").and(contains(one)).and(contains(other)));
        assert!(!reports.path().join("out").exists());
    };
    let path = |path: &str| path.replace('/', std::path::MAIN_SEPARATOR_STR);
    refused(&["a/r5.pdf", "b/r5.pdf"], "a/r5.pdf", "b/r5.pdf");
    refused(&["-r", "a", "b", "--only", "pdf"], &path("a/r5.pdf"), &path("b/r5.pdf"));
    refused(&["-r", "a"], &path("a/r5.pdf"), &path("a/r5.txt"));
    torikumi().current_dir(&reports).args(["extract", "-r", ".", "--only", "PDF", "-o", "out/"]).assert().code(0);
    assert_eq!(files(&reports.path().join("out")), ["a/r5.json", "b/r5.json"]);
}

#[test]
fn a_run_goes_on_where_it_stopped() {
    let reports = folder(&["a.pdf", "b.pdf", "c/d.pdf"]);
    let out = reports.path().join("out");
    let run = |options: &[&str], expected: &str| {
        torikumi()
            .current_dir(&reports)
            .args(["extract", "-r", ".", "-o", "out", "--resume"])
            .args(options)
            .assert()
            .code(0)
            .stderr(contains(expected));
    };
    run(&[], "3 inputs: 3 done, 0 skipped, 0 failed");
    let whole = fs::read(out.join("a.json")).unwrap();
    run(&[], "3 inputs: 0 done, 3 skipped, 0 failed");
    fs::copy(sample("koganei-r5.pdf"), reports.path().join("b.pdf")).unwrap();
    fs::write(out.join("a.json"), &whole[..whole.len() / 2]).unwrap();
    run(&[], "3 inputs: 2 done, 1 skipped, 0 failed");
    assert_eq!(fs::read(out.join("a.json")).unwrap(), whole);
    fs::remove_file(out.join("c/d.json")).unwrap();
    run(&[], "3 inputs: 1 done, 2 skipped, 0 failed");
    let pack = reports.path().join("own.toml");
    let general = torikumi().args(["rules", "show", "general"]).output().unwrap().stdout;
    fs::write(&pack, String::from_utf8(general).unwrap().replacen("name = \"general\"", "name = \"own\"", 1)).unwrap();
    run(&["--rules", "own.toml"], "3 inputs: 3 done, 0 skipped, 0 failed");
    torikumi().arg("extract").arg(reports.path().join("a.pdf")).arg("--resume").assert().code(2);
}

#[test]
#[cfg(feature = "xlsx")]
fn workbooks_are_resumed_like_json() {
    let reports = folder(&["a.pdf", "b.pdf"]);
    let run = |expected: &str| {
        torikumi()
            .current_dir(&reports)
            .args(["extract", "-r", ".", "-o", "out", "--format", "xlsx", "--resume"])
            .assert()
            .code(0)
            .stderr(contains(expected));
    };
    run("2 inputs: 2 done, 0 skipped, 0 failed");
    run("2 inputs: 0 done, 2 skipped, 0 failed");
    fs::remove_file(reports.path().join("out/b.xlsx")).unwrap();
    run("2 inputs: 1 done, 1 skipped, 0 failed");
}

#[test]
fn a_run_that_is_killed_leaves_whole_files_and_is_resumed() {
    let names: Vec<_> = (0..40).map(|n| format!("{n:02}.pdf")).collect();
    let reports = folder(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let out = reports.path().join("out");
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("torikumi"))
        .args(["extract", "-rq", "--jobs", "2"])
        .arg(reports.path())
        .arg("-o")
        .arg(&out)
        .spawn()
        .unwrap();
    let begun = std::time::Instant::now();
    while files(&out).len() < 5 && begun.elapsed().as_secs() < 60 {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let left = files(&out);
    for file in &left {
        serde_json::from_slice::<Value>(&fs::read(out.join(file)).unwrap()).expect(file);
    }
    let run = torikumi().args(["extract", "-r", "--resume"]).arg(reports.path()).arg("-o").arg(&out).assert().code(0);
    let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(said.contains(" 0 failed") && !said.contains("40 done"), "{} left: {said}", left.len());
    assert_eq!(files(&out).len(), 40);
}

#[test]
fn parts_hold_every_input_once() {
    let reports = folder(&["a.pdf", "b.pdf", "c.pdf", "d/e.pdf", "d/f.pdf"]);
    let mut all = Vec::new();
    for part in ["1/3", "2/3", "3/3"] {
        let run = torikumi()
            .args(["extract", "-r", "--format", "ndjson", "--shard", part])
            .arg(reports.path())
            .assert()
            .code(0)
            .stderr(contains(format!("of part {part}: ")));
        all.extend(of_lines(&run.get_output().stdout));
        let out = reports.path().join("out");
        torikumi().args(["extract", "-rq", "--shard", part]).arg(reports.path()).arg("-o").arg(&out).assert().code(0);
    }
    all.sort();
    assert_eq!(all, ["a.pdf", "b.pdf", "c.pdf", "e.pdf", "f.pdf"]);
    assert_eq!(files(&reports.path().join("out")).len(), 5);
    torikumi()
        .args(["extract", "-r", "--resume"])
        .arg(reports.path())
        .arg("-o")
        .arg(reports.path().join("out"))
        .assert()
        .stderr(contains("5 inputs: 0 done, 5 skipped, 0 failed"));
}

#[test]
fn findings_of_a_folder_make_one_table_in_the_order_of_the_files() {
    let reports = folder(&["b.pdf", "a.pdf", "bad.pdf", "sub/c.pdf"]);
    let table = reports.path().join("findings.csv");
    for _ in 0..2 {
        torikumi()
            .args(["audit", "--recursive", "--format", "csv"])
            .arg(reports.path())
            .arg("-o")
            .arg(&table)
            .assert()
            .code(1)
            .stderr(contains("4 inputs: 3 done, 0 skipped, 1 failed"));
    }
    let text = fs::read_to_string(&table).unwrap();
    assert_eq!(text.matches("file,rule,severity").count(), 1);
    let mut order: Vec<_> =
        text.lines().skip(1).filter_map(|line| line.split_once(',')).map(|(file, _)| file).collect();
    order.retain(|file| file.ends_with(".pdf"));
    order.dedup();
    assert!(order.is_sorted() && !order.is_empty(), "{order:?}");
}

#[test]
fn findings_as_json_are_a_list_of_many_and_an_object_of_one() {
    let run = |names: &[&str]| {
        let output =
            torikumi().args(["audit", "--format", "json"]).args(names.iter().map(|n| sample(n))).output().unwrap();
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    assert!(run(&["koganei-r3.pdf"])["findings"].is_array());
    let two = run(&["koganei-r3.pdf", "koganei-r4.pdf"]);
    assert_eq!(two[1]["source"]["file"], "koganei-r4.pdf");
}

#[test]
fn a_closed_pipe_ends_a_long_run_quietly() {
    use std::io::Read;
    let names: Vec<_> = (0..20).map(|n| format!("{n:02}.pdf")).collect();
    let reports = folder(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("torikumi"))
        .args(["extract", "-r", "--format", "ndjson"])
        .arg(reports.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    child.stdout.take().unwrap().read_exact(&mut [0; 10]).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn outputs_that_cannot_be_are_refused() {
    let reports = folder(&["a.pdf", "b.pdf"]);
    fs::write(reports.path().join("taken"), "mine").unwrap();
    fs::copy(sample("koganei-r5-text.txt"), reports.path().join("c.txt")).unwrap();
    let run = |arguments: &[&str], code: i32, said: &str| {
        torikumi().current_dir(&reports).arg("extract").args(arguments).assert().code(code).stderr(contains(said));
    };
    run(&["a.pdf", "b.pdf", "-o", "taken"], 1, "taken: cannot be used as a folder");
    run(&["a.pdf", "c.txt", "--format", "ndjson", "-o", "c.txt"], 2, "is the input itself");
    run(&["a.pdf", "b.pdf", "--format", "ndjson", "-o", "."], 1, "cannot be written");
    run(&["a.pdf", "b.pdf"], 2, "-o FOLDER/");
    run(&[], 2, "no input");
    run(&["-", "--from-list", "-"], 2, "once only");
    assert_eq!(fs::read_to_string(reports.path().join("taken")).unwrap(), "mine");
}

/// Runs as a user for whom the folder is closed, also where the tests run as root, who may read everything.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_fails_alone() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let reports = folder(&["a.pdf", "closed/b.pdf"]);
    let open = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    open(reports.path(), 0o755);
    open(&reports.path().join("closed"), 0o000);
    let program = reports.path().join("torikumi");
    fs::copy(assert_cmd::cargo::cargo_bin("torikumi"), &program).unwrap();
    let mut command = std::process::Command::new(&program);
    if fs::metadata(&program).unwrap().uid() == 0 {
        command.uid(65_534).gid(65_534);
    }
    command.args(["extract", "-r", "--format", "ndjson"]).arg(reports.path());
    // A test beside this one may be starting a program, which holds the copy open for writing until it runs.
    let run = loop {
        match command.output() {
            Err(busy) if busy.kind() == std::io::ErrorKind::ExecutableFileBusy => std::thread::yield_now(),
            run => break run,
        }
    };
    open(&reports.path().join("closed"), 0o755);
    let run = run.unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(1), "{said}");
    assert!(said.contains("closed: cannot be read: "), "{said}");
    assert!(said.contains("2 inputs: 1 done, 0 skipped, 1 failed"), "{said}");
    assert_eq!(of_lines(&run.stdout), ["a.pdf"]);
}

#[cfg(unix)]
#[test]
fn links_that_loop_end_and_files_are_read_once() {
    let reports = folder(&["a.pdf", "sub/b.pdf"]);
    std::os::unix::fs::symlink("..", reports.path().join("sub/loop")).unwrap();
    std::os::unix::fs::symlink("self.pdf", reports.path().join("self.pdf")).unwrap();
    torikumi()
        .args(["extract", "-rv", "--format", "ndjson"])
        .arg(reports.path())
        .assert()
        .code(1)
        .stderr(contains("4 inputs: 2 done, 1 skipped, 1 failed").and(contains("which is read already")));
}
