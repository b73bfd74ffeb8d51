//! What holds for every sample: the figures of `coverage` add up, boxes hold exactly the characters of their value,
//! the JSON fits its schema's members and comes out the same each time.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;
use torikumi::pdf::{self, Page, Pdf};

fn samples(extension: &str) -> Vec<PathBuf> {
    let mut paths: Vec<_> = std::fs::read_dir("samples").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == extension));
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

fn extract(path: &PathBuf) -> torikumi::report::Report {
    let name = path.file_name().unwrap().to_str().unwrap();
    torikumi::extract(&std::fs::read(path).unwrap(), name, &torikumi::Options::default()).unwrap()
}

fn pages(path: &PathBuf) -> Vec<Page> {
    let pdf = Pdf::open(&std::fs::read(path).unwrap(), &pdf::Options::default()).unwrap();
    (1..=pdf.page_count()).map(|number| pdf.page(number)).collect()
}

/// Every `{"text", "at"}` of a report, with the path that leads to it.
fn values<'a>(path: &str, value: &'a Value, found: &mut Vec<(String, &'a str, &'a Vec<Value>)>) {
    match value {
        Value::Object(members) => {
            if let (Some(Value::String(text)), Some(Value::Array(at))) = (members.get("text"), members.get("at")) {
                found.push((path.to_owned(), text, at));
            }
            for (name, member) in members {
                values(&format!("{path}.{name}"), member, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                values(&format!("{path}[{index}]"), item, found);
            }
        }
        _ => {}
    }
}

fn count(text: impl Iterator<Item = char>) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for character in text.filter(|c| !c.is_whitespace()) {
        *counts.entry(character).or_default() += 1;
    }
    counts
}

/// The characters of all glyphs of the page whose middle lies in the box.
fn characters_in(page: &Page, bbox: [f64; 4]) -> impl Iterator<Item = char> + '_ {
    page.glyphs
        .iter()
        .filter(move |glyph| {
            let middle = glyph.bbox.center();
            let (x, y) = (f64::from(middle.x), f64::from(middle.y));
            bbox[0] <= x && x <= bbox[2] && bbox[1] <= y && y <= bbox[3]
        })
        .flat_map(|glyph| page.text[glyph.start as usize..][..glyph.length as usize].chars())
}

#[test]
fn coverage_adds_up_to_the_text_layer() {
    for path in samples("pdf") {
        let coverage = extract(&path).coverage;
        let layer: u64 =
            pages(&path).iter().map(|p| p.text.chars().filter(|c| !c.is_whitespace()).count() as u64).sum();
        assert_eq!(coverage.characters, layer, "{}", path.display());
        let parts = coverage.placed + coverage.structure + coverage.furniture + coverage.unplaced;
        assert_eq!(parts, layer, "{}", path.display());
    }
}

#[test]
fn every_box_holds_exactly_the_characters_of_its_value() {
    for path in samples("pdf") {
        let (report, pages) = (serde_json::to_value(extract(&path)).unwrap(), pages(&path));
        let mut found = Vec::new();
        values("report", &report, &mut found);
        let mut wrong = Vec::new();
        for (name, text, at) in found.iter().filter(|(name, ..)| !name.contains(".warnings")) {
            if at.is_empty() {
                wrong.push(format!("{name}: {text:?} has no place"));
                continue;
            }
            let inside = at.iter().flat_map(|place| {
                let number = place["page"].as_u64().unwrap() as usize;
                let side = |index: usize| place["bbox"][index].as_f64().unwrap();
                characters_in(&pages[number - 1], [side(0), side(1), side(2), side(3)])
            });
            let (expected, read) = (count(text.chars()), count(inside));
            if expected != read {
                wrong.push(format!("{name}: {text:?} but its boxes hold {read:?}"));
            }
        }
        assert!(found.len() > 15, "{}: only {} values", path.display(), found.len());
        assert!(wrong.is_empty(), "{}: {} of {}\n{}", path.display(), wrong.len(), found.len(), wrong.join("\n"));
    }
}

#[test]
fn boxes_lie_on_their_page() {
    for path in samples("pdf") {
        let (report, pages) = (serde_json::to_value(extract(&path)).unwrap(), pages(&path));
        let mut found = Vec::new();
        values("report", &report, &mut found);
        for (name, _, at) in found {
            for place in at {
                let page = &pages[place["page"].as_u64().unwrap() as usize - 1];
                let side = |index: usize| place["bbox"][index].as_f64().unwrap();
                assert!(side(0) < side(2) && side(1) < side(3), "{}: {name} {place}", path.display());
                let (width, height) = (f64::from(page.width), f64::from(page.height));
                assert!(side(2) > 0.0 && side(3) > 0.0 && side(0) < width && side(1) < height, "{name} {place}");
            }
        }
    }
}

#[test]
fn sources_without_pages_have_no_places() {
    for path in samples("txt") {
        let report = serde_json::to_value(extract(&path)).unwrap();
        let mut found = Vec::new();
        values("report", &report, &mut found);
        assert!(found.iter().all(|(_, _, at)| at.is_empty()));
    }
}

#[test]
fn every_warning_is_of_a_kind_that_is_explained() {
    let mut codes = 0;
    for path in samples("pdf").iter().chain(&samples("txt")) {
        for warning in extract(path).warnings {
            assert!(warning.kind().is_some(), "{}: {}", path.display(), warning.code);
            codes += 1;
        }
    }
    assert!(codes > 0, "no sample carries a warning");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for path in samples("pdf") {
        let write = || {
            let mut bytes = Vec::new();
            torikumi::output::json::write_report(&extract(&path), &mut bytes).unwrap();
            bytes
        };
        assert!(write() == write(), "{}", path.display());
    }
}

#[test]
fn the_json_reads_back_as_the_same_report() {
    for path in samples("pdf") {
        let report = extract(&path);
        let mut bytes = Vec::new();
        torikumi::output::json::write_report(&report, &mut bytes).unwrap();
        assert_eq!(serde_json::from_slice::<torikumi::report::Report>(&bytes).unwrap(), report, "{}", path.display());
    }
}
