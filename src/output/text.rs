//! Takes sheets, gives their text in reading order: plain, or as JSON with the place of each line and the runs of
//! glyphs it is made of.

use crate::geom::{Place, Rect};
use crate::layout::{Item, Line, Sheet, Table};
use crate::pdf::{Decoding, Glyph, UsedFont, Visibility};
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt::Write as _;

/// The text of one page.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PageText {
    /// 1-based.
    pub page: u32,
    /// Width as seen, in points.
    pub width: f64,
    /// Height as seen, in points.
    pub height: f64,
    /// Its lines in reading order; those of a table by row and column.
    pub lines: Vec<LineText>,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LineText {
    /// Its text.
    pub text: String,
    /// `[x0, y0, x1, y1]` in points from the top left corner of the page as a reader sees it, y down.
    pub bbox: [f64; 4],
    /// Font size of most of it, in points.
    pub size: f64,
    /// Whether its characters stand one below the other.
    pub vertical: bool,
    /// The cell in which it stands: zero-based number of the table on the page, row and column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<[usize; 3]>,
    /// The glyphs of which it is made.
    pub runs: Vec<RunText>,
}

/// Glyphs of a line that share font and decoding.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RunText {
    /// What the glyphs say.
    pub text: String,
    /// Around them, as the line's.
    pub bbox: [f64; 4],
    /// Name of the font.
    pub font: String,
    /// Size in points.
    pub size: f64,
    /// How the codes became text: `to-unicode`, `cid`, `unknown` and so on.
    pub decoded: &'static str,
    /// `visible`, `clipped` or `invisible`.
    pub visibility: &'static str,
}

/// The text of a sheet with its places. `fonts` names the fonts of the document.
#[must_use]
pub fn page_text(sheet: &Sheet, fonts: &[UsedFont]) -> PageText {
    let mut lines = Vec::new();
    let mut tables = 0;
    for item in &sheet.items {
        match item {
            Item::Line(line) => lines.push(line_text(sheet, fonts, line, None)),
            Item::Table(table) => {
                for cell in &table.cells {
                    let place = [tables, cell.row, cell.column];
                    lines.extend(cell.lines.iter().map(|line| line_text(sheet, fonts, line, Some(place))));
                }
                tables += 1;
            }
        }
    }
    lines.extend(sheet.over.iter().map(|line| line_text(sheet, fonts, line, None)));
    let page = &sheet.page;
    PageText { page: page.number, width: rounded(page.width), height: rounded(page.height), lines }
}

/// To 1/100 point.
pub(super) fn rounded(value: f32) -> f64 {
    (f64::from(value) * 100.0).round() / 100.0
}

fn line_text(sheet: &Sheet, fonts: &[UsedFont], line: &Line, cell: Option<[usize; 3]>) -> LineText {
    let page = &sheet.page;
    let glyphs = line.glyphs.iter().filter_map(|g| page.glyphs.get(g.glyph as usize));
    let mut runs: Vec<(Glyph, RunText, Rect)> = Vec::new();
    for glyph in glyphs {
        let start = glyph.start as usize;
        let text = page.text.get(start..start + usize::from(glyph.length)).unwrap_or_default();
        match runs.last_mut() {
            Some((last, run, bbox)) if (last.run, last.visibility) == (glyph.run, glyph.visibility) => {
                run.text.push_str(text);
                *bbox = bbox.union(&glyph.bbox);
            }
            _ => runs.push((*glyph, run_text(sheet, fonts, glyph, text), glyph.bbox)),
        }
    }
    let placed = |(_, run, bbox): (Glyph, RunText, Rect)| RunText { bbox: Place::new(page.number, &bbox).bbox, ..run };
    LineText {
        text: line.text.clone(),
        bbox: Place::new(page.number, &sheet.seen(&line.bbox)).bbox,
        size: rounded(line.size),
        vertical: line.vertical,
        cell,
        runs: runs.into_iter().map(placed).collect(),
    }
}

fn run_text(sheet: &Sheet, fonts: &[UsedFont], glyph: &Glyph, text: &str) -> RunText {
    let run = sheet.page.runs.get(glyph.run as usize);
    let font = run.and_then(|run| fonts.iter().find(|f| f.id == run.font));
    RunText {
        text: text.to_owned(),
        bbox: [0.0; 4],
        font: font.map(|f| f.info.name.clone()).unwrap_or_default(),
        size: run.map_or(0.0, |run| rounded(run.size)),
        decoded: run.map_or("unknown", |run| decoding(run.decoded)),
        visibility: match glyph.visibility {
            Visibility::Visible => "visible",
            Visibility::Clipped => "clipped",
            Visibility::Invisible => "invisible",
        },
    }
}

/// Stable name of a rung of the ladder from codes to text.
pub(super) fn decoding(decoding: Decoding) -> &'static str {
    match decoding {
        Decoding::ActualText => "actual-text",
        Decoding::ToUnicode => "to-unicode",
        Decoding::UnicodeCMap => "unicode-cmap",
        Decoding::Cp932 => "cp932",
        Decoding::Cid => "cid",
        Decoding::FontProgram => "font-program",
        Decoding::GlyphName => "glyph-name",
        Decoding::Unknown => "unknown",
    }
}

/// The text of a sheet: a line for each line, a line with tabs for each row of a table, a form feed at the end.
#[must_use]
pub fn plain(sheet: &Sheet) -> String {
    let mut out = String::new();
    for item in &sheet.items {
        match item {
            Item::Line(line) => {
                let _ = writeln!(out, "{}", line.text);
            }
            Item::Table(table) => rows(table, &mut out),
        }
    }
    for line in &sheet.over {
        let _ = writeln!(out, "{}", line.text);
    }
    out.push('\u{c}');
    out
}

/// The rows of a table, each cell where it begins.
fn rows(table: &Table, out: &mut String) {
    let mut cells = table.cells.iter().peekable();
    for row in 0..table.rows {
        let mut texts = vec![String::new(); table.columns];
        while let Some(cell) = cells.next_if(|c| c.row == row) {
            if let Some(text) = texts.get_mut(cell.column) {
                *text = cell.lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join(" ");
            }
        }
        let _ = writeln!(out, "{}", texts.join("\t").trim_end_matches('\t'));
    }
}
