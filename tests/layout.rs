//! Pages of the samples drawn as text, and what must hold on every page: each character in exactly one line, cells
//! that tile their table.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its sample has to fail")]

use std::path::PathBuf;
use torikumi::layout::{Item, Line, Sheet, lay_out, sketch};
use torikumi::pdf::{Options, Pdf};

fn open(name: &str) -> Pdf {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples").join(name).with_extension("pdf");
    Pdf::open(&std::fs::read(path).unwrap(), &Options::default()).unwrap()
}

#[track_caller]
fn drawn(name: &str, page: u32) {
    let drawn = sketch(&lay_out(open(name).page(page)));
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(format!("layout-{name}-{page}"), drawn);
    });
}

#[test]
fn stacked_role_and_merged_rows_of_a_workbook() {
    drawn("koganei-r5", 6);
}

#[test]
fn cells_that_a_page_break_leaves_open() {
    drawn("koganei-r5-chromium", 7);
}

#[test]
fn font_that_is_not_embedded() {
    drawn("koganei-r5-sjis", 4);
}

#[test]
fn hierarchy_in_vertical_merged_cells() {
    drawn("yamanami-gender", 3);
}

#[test]
fn header_of_two_rows_and_group_rows() {
    drawn("kazami-kpi", 1);
}

#[test]
fn wrapped_column_names() {
    drawn("kaedetani-transposed", 1);
}

#[test]
fn tables_side_by_side() {
    drawn("nishikawa-twoup", 1);
}

#[test]
fn section_rows_and_imprint() {
    drawn("aonami-single", 2);
}

#[test]
fn headings_and_lists() {
    drawn("higashihama-narrative", 1);
}

/// Lines of a sheet, those in cells included.
fn lines(sheet: &Sheet) -> impl Iterator<Item = &Line> {
    sheet.items.iter().flat_map(|item| match item {
        Item::Line(line) => vec![line],
        Item::Table(table) => table.cells.iter().flat_map(|cell| &cell.lines).collect(),
    })
}

#[test]
fn every_character_is_in_exactly_one_line_and_cells_tile_their_table() {
    let samples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut names: Vec<PathBuf> = std::fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|extension| extension == "pdf"));
    names.sort();
    for name in names {
        let pdf = open(name.file_stem().unwrap().to_str().unwrap());
        for number in 1..=pdf.page_count() {
            let sheet = lay_out(pdf.page(number));
            let mut seen = vec![0; sheet.page.glyphs.len()];
            for line in lines(&sheet) {
                line.glyphs.iter().for_each(|g| seen[g.glyph as usize] += 1);
                assert!(line.glyphs.is_sorted_by_key(|g| g.offset), "{name:?} {number}: {}", line.text);
            }
            for (glyph, seen) in sheet.page.glyphs.iter().zip(seen) {
                let text = &sheet.page.text[glyph.start as usize..][..usize::from(glyph.length)];
                assert!(seen == 1 || (text.trim().is_empty() && seen == 0), "{name:?} {number}: {text} {seen} times");
            }
            for item in &sheet.items {
                let Item::Table(table) = item else { continue };
                let area: usize = table.cells.iter().map(|c| c.row_span * c.column_span).sum();
                assert_eq!(area, table.rows * table.columns, "{name:?} {number}");
            }
        }
    }
}
