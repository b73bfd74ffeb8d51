//! What can be taken away: tidy tables with their data package, checked against the report that they are made from.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use torikumi::audit::audit;
use torikumi::output::csv::guard::unguarded;
use torikumi::output::csv::{self, File, Header, Start};
use torikumi::output::tidy::{Added, Tidy};
use torikumi::report::{Report, Text};

fn extract(name: &str) -> Report {
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)).unwrap();
    torikumi::extract(&bytes, name, &torikumi::Options::default()).unwrap()
}

fn tidy(reports: &[&Report]) -> Tidy {
    let mut tidy = Tidy::new();
    for report in reports {
        assert_eq!(tidy.add(report, &audit(report)), Added::New);
    }
    tidy
}

fn files(reports: &[&Report]) -> Vec<File> {
    csv::files(&tidy(reports), csv::Options::default()).unwrap()
}

type Record = BTreeMap<String, String>;

/// The rows of a table, each by column name; guarded cells as printed.
fn table(files: &[File], name: &str) -> Vec<Record> {
    let file = files.iter().find(|file| file.name == format!("{name}.csv")).unwrap();
    let bytes = file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&file.bytes);
    let mut reader = ::csv::Reader::from_reader(bytes);
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |record: ::csv::StringRecord| {
        header.iter().cloned().zip(record.iter().map(|cell| unguarded(cell).to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn by_id<'a>(rows: &'a [Record], id: &str) -> &'a Record {
    rows.iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("no row {id}"))
}

#[test]
fn every_value_of_the_report_has_a_row_with_a_stable_id() {
    let report = extract("koganei-r5.pdf");
    let files = files(&[&report]);
    let grades = table(&files, "grades");
    let count = |item: &str| grades.iter().filter(|row| row["item"] == item).count();
    assert_eq!((count("summary_grade"), count("grade")), (79, 79));
    let marked = by_id(&grades, "132101-2023-s1-i2-2021-summary_grade");
    assert_eq!((marked["grade_norm"].as_str(), marked["marker"].as_str()), ("C", "※"));
    assert_eq!(marked["meaning"], "計画より大きく遅れている取組");
    assert_eq!((marked["fiscal_year"].as_str(), marked["era_label"].as_str()), ("2021", "R3年度"));

    let figures = table(&files, "indicators");
    let rate = figures.iter().find(|row| row["value_raw"] == "73.3%").unwrap();
    assert_eq!(
        ["value_num", "unit", "numerator", "denominator", "page", "bbox"].map(|name| rate[name].as_str()),
        ["73.3", "%", "11", "15", "3", "325.71 85.13 343.23 92.13"]
    );
    assert_eq!(figures.iter().filter(|row| row["item"] == "actual").count(), 30);
    // Seven targets, and one for each of four years.
    assert_eq!(figures.iter().filter(|row| row["item"] == "target").count(), 7 + 4);

    let narratives = table(&files, "narratives");
    let status = by_id(&narratives, "132101-2023-s4-i1-2021-status");
    assert_eq!(
        ["value_raw", "value_text", "inherited", "lg_code", "report_fy"].map(|name| status[name].as_str()),
        ["→", "実施", "true", "132101", "2023"]
    );
    let findings = table(&files, "findings");
    assert_eq!(findings.len(), audit(&report).findings.len());
    assert!(findings.iter().all(|row| row["id"].starts_with(&format!("132101-2023-{}-", row["rule"]))));
    assert_eq!(table(&files, "legend").len(), 4);
}

#[test]
fn all_characters_of_values_are_in_the_tables() {
    for name in ["yamanami-gender.pdf", "kazami-kpi.pdf", "higashihama-narrative.pdf"] {
        let report = extract(name);
        let all: BTreeSet<String> =
            table(&files(&[&report]), "observations").into_iter().map(|row| row["value_raw"].clone()).collect();
        let mut texts: Vec<&Text> = report.prose.iter().chain(&report.unplaced).collect();
        texts.extend(report.indicators.iter().flat_map(|indicator| &indicator.notes));
        let entries = || report.sections.iter().flat_map(|s| &s.initiatives).flat_map(|i| &i.years);
        texts.extend(entries().filter_map(|entry| entry.actions.as_ref()));
        texts.extend(entries().filter_map(|entry| entry.issues.as_ref()));
        assert!(texts.iter().all(|text| all.contains(&text.text)), "{name}");
        assert!(report.indicators.iter().flat_map(|i| &i.series).flat_map(|s| &s.years).all(|m| all.contains(&m.text)));
        assert!(report.footnotes.iter().all(|note| all.contains(&note.text)), "{name}");
    }
}

#[test]
fn each_value_stands_in_exactly_one_table_beside_that_of_all_values() {
    let files = files(&[&extract("koganei-r4.pdf"), &extract("yamanami-gender.pdf")]);
    let key = |row: &Record| (row["source_sha256"].clone(), row["id"].clone());
    let mut parts: Vec<_> =
        ["grades", "indicators", "narratives"].iter().flat_map(|name| table(&files, name)).map(|r| key(&r)).collect();
    let mut all: Vec<_> = table(&files, "observations").iter().map(key).collect();
    parts.sort();
    all.sort();
    assert_eq!(parts, all);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "a key stands twice");
}

#[test]
fn several_reports_make_the_rows_that_each_makes_alone() {
    let (older, newer) = (extract("koganei-r4.pdf"), extract("koganei-r5.pdf"));
    let together = files(&[&older, &newer]);
    for name in ["observations", "grades", "indicators", "narratives", "legend", "findings"] {
        let mut alone = table(&files(&[&older]), name);
        alone.extend(table(&files(&[&newer]), name));
        assert_eq!(table(&together, name), alone, "{name}");
    }
    assert_eq!(together, files(&[&older, &newer]), "the same reports give the same bytes");
    let mut tidy = tidy(&[&older]);
    assert_eq!(tidy.add(&older, &audit(&older)), Added::Known);
    assert_eq!(csv::files(&tidy, csv::Options::default()).unwrap(), files(&[&older]));
}

#[test]
fn tables_start_with_a_mark_and_end_lines_as_spreadsheets_expect() {
    let report = extract("aonami-single.pdf");
    let plain = csv::Options { header: Header::Japanese, start: Start::Bare };
    for (file, bare) in files(&[&report]).iter().zip(csv::files(&tidy(&[&report]), plain).unwrap()) {
        if file.name == "datapackage.json" {
            continue;
        }
        let text = std::str::from_utf8(&file.bytes).unwrap().strip_prefix('\u{feff}').unwrap();
        assert!(text.starts_with("id,report_id,lg_code,") && text.ends_with("\r\n"), "{}", file.name);
        let bare = String::from_utf8(bare.bytes).unwrap();
        assert!(bare.starts_with("ID,報告書ID,全国地方公共団体コード,"), "{}", file.name);
        assert_eq!(bare.split_once("\r\n").unwrap().1, text.split_once("\r\n").unwrap().1, "only the header differs");
    }
}

#[test]
fn text_that_a_spreadsheet_would_run_is_made_harmless() {
    let mut report = extract("aonami-single.pdf");
    let evil = ["=HYPERLINK(\"http://example.invalid\")", "@SUM(1)", "+1+cmd", "-", "'quoted"];
    report.prose = evil.map(|text| Text { text: text.to_owned(), at: Vec::new() }).to_vec();
    let files = files(&[&report]);
    let raw = files.iter().find(|file| file.name == "narratives.csv").unwrap();
    let mut reader = ::csv::Reader::from_reader(raw.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap());
    for record in reader.records() {
        assert!(record.unwrap().iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])));
    }
    let prose: Vec<_> = table(&files, "narratives").into_iter().filter(|row| row["item"] == "prose").collect();
    assert_eq!(prose.iter().map(|row| row["value_raw"].as_str()).collect::<Vec<_>>(), evil);
}

#[test]
fn a_report_without_code_and_year_is_called_by_its_hash() {
    let mut report = extract("aonami-single.pdf");
    report.document.fiscal_year = None;
    let substitute = format!("f{}", &report.source.sha256[..8]);
    let rows = table(&files(&[&report]), "grades");
    assert!(rows.iter().all(|row| row["report_id"] == format!("{substitute}-{substitute}")));
    by_id(&rows, &format!("{substitute}-{substitute}-s1-i1-2023-grade"));
}

#[test]
fn the_data_package_describes_the_tables_as_they_are() {
    for header in [Header::English, Header::Japanese] {
        let options = csv::Options { header, start: Start::Mark };
        let reports = [extract("koganei-r3.pdf"), extract("kazami-kpi.pdf")];
        let files = csv::files(&tidy(&[&reports[0], &reports[1]]), options).unwrap();
        let package: Value = serde_json::from_slice(&files.last().unwrap().bytes).unwrap();
        assert_eq!(package["sources"].as_array().unwrap().len(), 2);
        let resources = package["resources"].as_array().unwrap();
        assert_eq!(resources.len(), files.len() - 1);
        for (resource, file) in resources.iter().zip(&files) {
            assert_eq!(resource["path"], file.name);
            assert_eq!(resource["bytes"], file.bytes.len());
            check_resource(resource, resources, &files);
        }
    }
}

fn check_resource(resource: &Value, resources: &[Value], files: &[File]) {
    let name = resource["name"].as_str().unwrap();
    let rows = table(files, name);
    let schema = &resource["schema"];
    let fields = schema["fields"].as_array().unwrap();
    assert!(!rows.is_empty(), "{name} is empty, which tests nothing");
    for field in fields {
        let column = field["name"].as_str().unwrap();
        for cell in rows.iter().map(|row| row[column].as_str()).filter(|cell| !cell.is_empty()) {
            let right = match field["type"].as_str().unwrap() {
                "integer" => cell.parse::<i64>().is_ok(),
                "number" => cell.parse::<f64>().is_ok(),
                "boolean" => ["true", "false"].contains(&cell),
                _ => field["constraints"]["enum"].as_array().is_none_or(|codes| codes.iter().any(|c| c == cell)),
            };
            assert!(right, "{name}.{column}: {cell}");
        }
    }
    let key = values(&rows, &schema["primaryKey"]);
    assert_eq!(key.iter().collect::<BTreeSet<_>>().len(), rows.len(), "{name}: key");
    for foreign in schema["foreignKeys"].as_array().unwrap() {
        let other = foreign["reference"]["resource"].as_str().unwrap();
        assert!(resources.iter().any(|resource| resource["name"] == other));
        let known: BTreeSet<_> = values(&table(files, other), &foreign["reference"]["fields"]).into_iter().collect();
        let cells = values(&rows, &foreign["fields"]);
        assert!(
            cells.iter().all(|cell| cell.iter().any(String::is_empty) || known.contains(cell)),
            "{name} -> {other}"
        );
    }
}

fn values(rows: &[Record], columns: &Value) -> Vec<Vec<String>> {
    let columns: Vec<&str> = columns.as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
    rows.iter().map(|row| columns.iter().map(|column| row[*column].clone()).collect()).collect()
}

#[test]
fn every_samples_json_is_valid_by_the_schema() {
    let mut schema = Vec::new();
    torikumi::output::json::write_schema(&mut schema).unwrap();
    let schema: Value = serde_json::from_slice(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut checked = 0;
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name == "README.md" {
            continue;
        }
        let report = serde_json::to_value(extract(&name)).unwrap();
        let errors: Vec<_> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
        checked += 1;
    }
    assert!(checked >= 12);
    assert!(!validator.is_valid(&serde_json::json!({ "schema_version": 1 })), "the schema forbids something");
}

#[cfg(feature = "sqlite")]
mod database {
    use super::{audit, extract};
    use rusqlite::{Connection, OpenFlags};
    use std::path::Path;
    use torikumi::output::sqlite::{Database, QUERIES};
    use torikumi::output::tidy::Added;
    use torikumi::report::Report;

    fn put(path: &Path, reports: &[&Report]) -> Vec<Added> {
        let mut database = Database::open(path).unwrap();
        let added = reports.iter().map(|report| database.add(report, &audit(report)).unwrap()).collect();
        database.finish().unwrap();
        added
    }

    fn rows(path: &Path, sql: &str) -> Vec<String> {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let mut statement = connection.prepare(sql).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let cells = (0..columns).map(|column| {
                Ok(match row.get_ref(column)? {
                    rusqlite::types::ValueRef::Null => String::new(),
                    rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                    rusqlite::types::ValueRef::Real(number) => number.to_string(),
                    rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                    rusqlite::types::ValueRef::Blob(_) => "blob".to_owned(),
                })
            });
            Ok(cells.collect::<rusqlite::Result<Vec<_>>>()?.join("|"))
        });
        rows.unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn editions_are_added_and_never_doubled() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reports.db");
        let (older, newer) = (extract("koganei-r4.pdf"), extract("koganei-r5.pdf"));
        assert_eq!(put(&path, &[&older]), [Added::New]);
        assert_eq!(put(&path, &[&older, &newer]), [Added::Known, Added::New]);
        let once = std::fs::read(&path).unwrap();
        assert_eq!(put(&path, &[&newer, &older]), [Added::Known, Added::Known]);
        assert_eq!(std::fs::read(&path).unwrap(), once);
        assert_eq!(rows(&path, "SELECT report_fy FROM report ORDER BY 1"), ["2022", "2023"]);
        assert_eq!(rows(&path, "SELECT count(*) FROM grade WHERE report = 2 AND item = 'summary_grade'"), ["79"]);
        assert!(rows(&path, "PRAGMA foreign_key_check").is_empty());
        assert_eq!(rows(&path, "PRAGMA integrity_check"), ["ok"]);
        assert_eq!(rows(&path, "PRAGMA user_version"), ["1"]);
    }

    #[test]
    fn the_documented_queries_answer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reports.db");
        put(&path, &[&extract("koganei-r3.pdf"), &extract("koganei-r4.pdf"), &extract("koganei-r5.pdf")]);
        let queries: Vec<&str> = QUERIES.split(';').map(str::trim).filter(|query| !query.is_empty()).collect();
        assert_eq!(queries.len(), 5);
        let answers: Vec<_> = queries.iter().map(|query| rows(&path, query)).collect();
        assert!(answers.iter().all(|answer| !answer.is_empty()), "{answers:?}");
        assert_eq!(answers[0].last().map(String::as_str), Some("2023|B|4"));
        let total: usize = answers[0].iter().map(|row| row.rsplit('|').next().unwrap().parse::<usize>().unwrap()).sum();
        assert_eq!(total, 79);
        assert!(answers[4][0].starts_with("error|"), "{:?}", answers[4]);
        // What the audit finds is not this test's matter.
        let text = answers[..4].iter().map(|rows| rows.join("\n")).collect::<Vec<_>>().join("\n\n");
        insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!("queries", text);
        });
    }
}

mod command {
    use assert_cmd::Command;
    use predicates::prelude::*;
    use std::path::{Path, PathBuf};

    fn extract(names: &[&str]) -> Command {
        let mut command = Command::cargo_bin("torikumi").unwrap();
        let sample = |name: &&str| Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
        command.arg("extract").args(names.iter().map(sample).collect::<Vec<PathBuf>>());
        command
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn tables_of_several_reports_go_into_one_folder() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("表");
        let run = |options: &[&str]| {
            let mut command = extract(&["aonami-single.pdf", "kazami-kpi.pdf"]);
            command.args(["--format", "csv", "-o"]).arg(&out).args(options).assert().code(0);
            std::fs::read(out.join("observations.csv")).unwrap()
        };
        let marked = run(&[]);
        let all = "datapackage.json findings.csv grades.csv indicators.csv legend.csv narratives.csv observations.csv";
        assert_eq!(names(&out).join(" "), all);
        assert!(marked.starts_with(b"\xef\xbb\xbfid,"));
        assert_eq!(run(&[]), marked);
        assert!(run(&["--no-bom", "--header", "ja"]).starts_with("ID,報告書ID,".as_bytes()));
    }

    #[test]
    fn a_folder_that_is_a_file_stays_and_a_run_without_reports_writes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (taken, bad) = (folder.path().join("taken"), folder.path().join("bad.pdf"));
        std::fs::write(&taken, "mine").unwrap();
        std::fs::write(&bad, b"\x00\x01 no report").unwrap();
        let wrong = predicate::str::contains("taken: cannot be written: is a file");
        extract(&["aonami-single.pdf"]).args(["--format", "csv", "-o"]).arg(&taken).assert().code(1).stderr(wrong);
        assert_eq!(std::fs::read_to_string(&taken).unwrap(), "mine");
        for (format, name) in [("csv", "out"), ("sqlite", "out.db")] {
            let mut command = extract(&[]);
            command.arg(&bad).args(["--format", format, "-o"]).arg(folder.path().join(name)).assert().code(1);
        }
        assert_eq!(names(folder.path()), ["bad.pdf", "taken"]);
    }

    #[test]
    fn forms_without_a_name_and_options_without_their_form_are_wrong_usage() {
        for format in ["csv", "sqlite"] {
            extract(&["aonami-single.pdf"])
                .args(["--format", format])
                .assert()
                .code(2)
                .stderr(predicate::str::contains("-o"));
        }
        extract(&["aonami-single.pdf"])
            .arg("--no-bom")
            .assert()
            .code(2)
            .stderr(predicate::str::contains("--format csv"));
    }

    #[cfg(feature = "xlsx")]
    #[test]
    fn each_report_makes_a_workbook() {
        let folder = tempfile::tempdir().unwrap();
        let out = |name: &str| folder.path().join(name);
        let one = out("報告.xlsx");
        extract(&["aonami-single.pdf"]).args(["--format", "xlsx", "-o"]).arg(&one).assert().code(0);
        let mut both = extract(&["aonami-single.pdf", "kazami-kpi.pdf"]);
        both.args(["--format", "xlsx", "-o"]).arg(out("books/")).assert().code(0);
        let alone = std::fs::read(&one).unwrap();
        assert!(alone.starts_with(b"PK"));
        assert_eq!(std::fs::read(out("books").join("aonami-single.xlsx")).unwrap(), alone);
        assert!(names(&out("books")).contains(&"kazami-kpi.xlsx".to_owned()));
    }

    #[cfg(feature = "sqlite")]
    #[test]
    fn a_database_grows_by_what_is_new_and_another_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("報告.db");
        let run = |names: &[&str]| {
            extract(names).args(["--format", "sqlite", "-o"]).arg(&path).assert().code(0);
            std::fs::read(&path).unwrap()
        };
        let first = run(&["aonami-single.pdf"]);
        assert_eq!(run(&["aonami-single.pdf"]), first);
        let second = run(&["aonami-single.pdf", "kazami-kpi.pdf"]);
        assert_ne!(second, first);
        assert_eq!(run(&["kazami-kpi.pdf", "aonami-single.pdf"]), second);
        std::fs::write(&path, "minutes of a meeting").unwrap();
        let wrong = predicate::str::contains("not an SQLite database");
        extract(&["aonami-single.pdf"]).args(["--format", "sqlite", "-o"]).arg(&path).assert().code(1).stderr(wrong);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "minutes of a meeting");
        assert_eq!(names(folder.path()), ["報告.db"]);
    }
}
