//! Bad days of a database: whatever goes wrong, the file is as it was before.

use super::*;
use crate::audit::audit;

fn report(name: &str) -> Report {
    let json = r#"{"schema_version":"1","document":{"title":"計画"},"grade_scale":[],"footnotes":[],"sections":[],
        "indicators":[],"prose":["一","二"]}"#;
    let mut report: Report = serde_json::from_str(json).unwrap();
    report.source.sha256 = format!("{name:0>64}");
    report
}

fn put(path: &Path, report: &Report) -> Result<Added, Error> {
    let mut database = Database::open(path)?;
    let added = database.add(report, &audit(report))?;
    database.finish()?;
    Ok(added)
}

#[track_caller]
fn left_alone(path: &Path, expected: &str, attempt: impl FnOnce() -> Result<Added, Error>) {
    let before = std::fs::read(path).ok();
    let folder = || std::fs::read_dir(path.parent().unwrap()).map_or(0, Iterator::count);
    let files = folder();
    let error = attempt().unwrap_err();
    assert!(error.to_string().contains(expected), "{error}");
    assert_eq!(std::fs::read(path).ok(), before);
    assert_eq!(folder(), files, "something was left behind");
}

#[test]
fn the_same_reading_of_a_file_is_kept_and_another_takes_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("報告.db");
    assert_eq!(put(&path, &report("a")).unwrap(), Added::New);
    assert_eq!(put(&path, &report("b")).unwrap(), Added::New);
    let before = std::fs::read(&path).unwrap();
    let mut renamed = report("a");
    renamed.source.file = "other.pdf".to_owned();
    assert_eq!(put(&path, &renamed).unwrap(), Added::Known);
    assert_eq!(std::fs::read(&path).unwrap(), before, "not a byte is written");
    renamed.prose.pop();
    assert_eq!(put(&path, &renamed).unwrap(), Added::New);
    let database = Database::open(&path).unwrap();
    let count = |sql: &str| database.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM report"), 2);
    assert_eq!(count("SELECT count(*) FROM narrative WHERE item = 'prose'"), 1 + 2);
    assert_eq!(count("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

#[test]
fn what_is_no_database_of_this_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.db");
    let attempt = || put(&path, &report("a"));
    std::fs::write(&path, "a letter to the mayor, long enough to be taken for a header of a database ......").unwrap();
    left_alone(&path, "not an SQLite database", attempt);
    std::fs::remove_file(&path).unwrap();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE mine (a)").unwrap();
    left_alone(&path, "another program", attempt);
    std::fs::remove_file(&path).unwrap();
    put(&path, &report("a")).unwrap();
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    left_alone(&path, "version 99", attempt);
    left_alone(&folder.path().join("no/such/folder.db"), "", || {
        put(&folder.path().join("no/such/folder.db"), &report("a"))
    });
    left_alone(folder.path(), "is a folder", || put(folder.path(), &report("a")));
}

#[test]
fn a_locked_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.db");
    put(&path, &report("a")).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    left_alone(&path, "locked by another program", || put(&path, &report("b")));
}

#[test]
fn a_full_disk_leaves_the_database_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.db");
    put(&path, &report("a")).unwrap();
    left_alone(&path, "disk is full", || {
        let mut database = Database::open(&path)?;
        let pages: i64 = database.connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
        database.connection.pragma_update(None, "max_page_count", pages)?;
        let mut large = report("b");
        large.prose.iter_mut().for_each(|text| text.text = "長い本文".repeat(10_000));
        let added = database.add(&large, &audit(&large));
        assert!(database.finish().is_err(), "half a report is never kept");
        added
    });
}

#[test]
fn what_is_begun_and_not_finished_never_appears() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.db");
    let mut database = Database::open(&path).unwrap();
    database.add(&report("a"), &audit(&report("a"))).unwrap();
    assert!(!path.exists());
    drop(database);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// A change to the tables needs another [`schema::VERSION`], so that older databases are told apart.
#[test]
fn the_tables_of_this_version_are_these() {
    let hash: String = Sha256::digest(schema::statements()).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!((VERSION, &hash[..16]), (1, "7355321304351f38"), "raise VERSION, then note the new digest here");
}
