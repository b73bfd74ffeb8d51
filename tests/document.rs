//! What every assembled sample keeps: each character stands in one place, and the cells of each table tile its grid.
#![allow(clippy::expect_used)]

use std::path::PathBuf;
use torikumi::document::{Block, Document, Passage, Table, assemble, draw};
use torikumi::layout::lay_out;
use torikumi::pdf::{Options, Pdf};
use torikumi::source::{self, MediaType};

fn samples() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples");
    let files = std::fs::read_dir(folder).expect("samples").map(|entry| entry.expect("entry").path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|e| e == "pdf" || e == "txt")).collect();
    files.sort();
    files
}

fn document(path: &PathBuf) -> Document {
    let bytes = std::fs::read(path).expect("sample");
    match source::detect(&bytes, &path.to_string_lossy()).expect("format") {
        MediaType::Pdf => {
            let pdf = Pdf::open(&bytes, &Options::default()).expect("PDF");
            assemble((1..=pdf.page_count()).map(|number| lay_out(pdf.page(number))))
        }
        format => source::read(&bytes, format).expect("text"),
    }
}

fn passages(document: &Document) -> Vec<&Passage> {
    let blocks = document.blocks.iter().flat_map(|block| match block {
        Block::Paragraph(paragraph) => vec![&paragraph.text],
        Block::Table(table) => table.cells.iter().map(|cell| &cell.text).chain(&table.repeats).collect(),
    });
    blocks.chain(&document.furniture).collect()
}

#[test]
fn every_character_stands_in_one_place() {
    for path in samples() {
        let document = document(&path);
        let mut found = vec![0; document.glyphs.len()];
        for origin in passages(&document).iter().flat_map(|passage| &passage.origins) {
            found[origin.glyph as usize] += 1;
        }
        for (glyph, count) in document.glyphs.iter().zip(found) {
            let expected = if glyph.characters > 0 { 1..=1 } else { 0..=1 };
            assert!(expected.contains(&count), "{}: {glyph:?} stands in {count} places", path.display());
        }
    }
}

#[test]
fn origins_ascend_on_character_boundaries() {
    for path in samples() {
        let document = document(&path);
        for passage in passages(&document) {
            assert!(passage.origins.is_sorted_by_key(|origin| origin.offset), "{}: {}", path.display(), passage.text);
            let on_boundary = |offset: u32| passage.text.is_char_boundary(offset as usize);
            assert!(passage.origins.iter().all(|o| on_boundary(o.offset)), "{}: {}", path.display(), passage.text);
        }
    }
}

#[test]
fn cells_tile_their_tables() {
    for path in samples() {
        for block in document(&path).blocks {
            if let Block::Table(table) = block {
                assert!(is_tiled(&table), "{}: table on page {}", path.display(), table.page);
            }
        }
    }
}

fn is_tiled(table: &Table) -> bool {
    let mut covered = vec![0; table.rows * table.columns];
    for cell in &table.cells {
        for row in cell.row..cell.row + cell.row_span {
            for column in cell.column..cell.column + cell.column_span {
                match covered.get_mut(row * table.columns + column) {
                    Some(count) if column < table.columns => *count += 1,
                    _ => return false,
                }
            }
        }
    }
    covered.iter().all(|count| *count == 1) && table.cells.is_sorted_by_key(|cell| (cell.row, cell.column))
}

#[track_caller]
fn drawn(sample: &str) {
    let document = document(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample));
    let name = format!("document-{}", sample.replace(".pdf", "").replace(".txt", ""));
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, draw(&document));
    });
}

#[test]
fn tables_stitched_over_the_pages_of_a_browser() {
    drawn("koganei-r5-chromium.pdf");
}

#[test]
fn converted_text_with_shifted_rows() {
    drawn("koganei-r5-text.txt");
}

#[test]
fn hierarchy_over_pages_with_repeated_headers() {
    drawn("yamanami-gender.pdf");
}
