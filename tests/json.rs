//! The JSON of samples, drawn member by member with places, so that a person can review it beside the page.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its sample has to fail")]

use serde_json::{Map, Value};
use std::fmt::Write;
use std::path::Path;

/// One line for each member that holds a value: its path, the value, and where it stands (page, box in points).
fn draw(value: &Value) -> String {
    let mut out = String::new();
    member(&mut out, "", value);
    out
}

fn member(out: &mut String, path: &str, value: &Value) {
    match value {
        Value::Object(members) => object(out, path, members),
        Value::Array(items) if items.is_empty() => {}
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| member(out, &format!("{path}[{index}]"), item));
        }
        Value::Null => {}
        value => writeln!(out, "{path} = {value}").unwrap(),
    }
}

/// Members without members of their own stand in one line, with the place of the object that holds them.
fn object(out: &mut String, path: &str, members: &Map<String, Value>) {
    let plain = |value: &Value| !value.is_object() && !value.is_array() && !value.is_null();
    let mut line: Vec<String> =
        members.iter().filter(|(_, value)| plain(value)).map(|(name, value)| format!("{name} {value}")).collect();
    for place in members.get("at").and_then(Value::as_array).into_iter().flatten() {
        let side = |index: usize| place["bbox"][index].as_f64().unwrap();
        line.push(format!("@ p{} {:.0} {:.0} {:.0} {:.0}", place["page"], side(0), side(1), side(2), side(3)));
    }
    if !line.is_empty() {
        writeln!(out, "{path}: {}", line.join(", ")).unwrap();
    }
    for (name, value) in members.iter().filter(|(name, value)| *name != "at" && !plain(value)) {
        member(out, &format!("{path}.{name}"), value);
    }
}

#[track_caller]
fn drawn(sample: &str) {
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample)).unwrap();
    let report = torikumi::extract(&bytes, sample, &torikumi::Options::default()).unwrap();
    let mut json = Vec::new();
    torikumi::output::json::write_report(&report, &mut json).unwrap();
    let drawn = draw(&serde_json::from_slice(&json).unwrap());
    let name = format!("json-{}", sample.replace(".pdf", "").replace(".txt", ""));
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, drawn);
    });
}

#[test]
fn front_matrix_and_detail() {
    drawn("koganei-r5.pdf");
}

#[test]
fn converted_text_has_no_places() {
    drawn("koganei-r5-text.txt");
}

#[test]
fn one_year_table() {
    drawn("aonami-single.pdf");
}

#[test]
fn transposed_targets() {
    drawn("kaedetani-transposed.pdf");
}

#[test]
fn two_tables_side_by_side() {
    drawn("nishikawa-twoup.pdf");
}

#[test]
fn narrative() {
    drawn("higashihama-narrative.pdf");
}
