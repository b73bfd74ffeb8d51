//! Takes a document with its report and the trace of how it was read, gives block by block: which rule took it, as
//! what, why not as another, and which member of the report each cell became.

use crate::document::{Block, Document, Passage};
use crate::geom::Rect;
use crate::report::rules::Rules;
use crate::report::trace::{Decision, Trace};
use crate::report::{Fate, Report};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Longest text that the readable form quotes, in characters.
const LONGEST_QUOTE: usize = 40;

/// How a document was read.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Explanation {
    /// The rule pack that was used.
    pub pack: String,
    /// The next best pack.
    pub runner_up: Option<String>,
    /// Paragraphs and tables in reading order, then running heads and page numbers.
    pub blocks: Vec<BlockExplanation>,
}

/// How one block was read.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct BlockExplanation {
    /// Page that it begins on, 1-based; 0 for sources without pages.
    pub page: u32,
    /// What it is.
    pub shape: Shape,
    /// What it, or lines of it, were read as; empty where only its cells say it.
    pub decisions: Vec<Decision>,
    /// Its text, or the text of each of its cells.
    pub pieces: Vec<PieceExplanation>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Shape {
    /// Text outside tables.
    Paragraph,
    /// A running head or a page number.
    Furniture,
    /// A table.
    Table {
        /// Number of rows.
        rows: usize,
        /// Number of columns.
        columns: usize,
    },
}

/// What became of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PieceExplanation {
    /// Zero-based row and column of its cell; null outside tables.
    pub cell: Option<(usize, usize)>,
    /// The pages that it stands on.
    pub pages: Vec<u32>,
    /// Its text.
    pub text: String,
    /// What became of its characters, weakest first.
    pub fates: Vec<Fate>,
    /// Paths of the members of the report that stand on it.
    pub becomes: Vec<String>,
    /// What the vocabulary of the pack says that it means as a heading of a column or row.
    pub label: Option<&'static str>,
    /// The rules of the pack that match it, wherever in it.
    pub rules: Vec<&'static str>,
}

impl Explanation {
    /// Explains all blocks or, with `pages`, those that stand on one of them.
    #[must_use]
    pub fn of(document: &Document, report: &Report, rules: &Rules, trace: &Trace, pages: Option<&[u32]>) -> Self {
        let explainer = Explainer { document, rules, trace, members: Members::of(report) };
        let wanted = |piece: &PieceExplanation| pages.is_none_or(|p| piece.pages.iter().any(|page| p.contains(page)));
        let furniture = document.furniture.iter().map(|passage| explainer.furniture(passage));
        let mut blocks: Vec<_> = document.blocks.iter().map(|block| explainer.block(block)).chain(furniture).collect();
        for block in &mut blocks {
            block.pieces.retain(wanted);
        }
        blocks.retain(|block| !block.pieces.is_empty());
        let used = &report.source.rules;
        Self { pack: used.pack.clone(), runner_up: used.runner_up.clone(), blocks }
    }

    /// Writes it for a person.
    ///
    /// # Errors
    /// What `out` reports.
    pub fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        let runner_up = self.runner_up.as_deref().unwrap_or("none");
        writeln!(out, "rule pack {} (runner-up: {runner_up})", self.pack)?;
        let mut page = None;
        for block in &self.blocks {
            if page != Some(block.page) && block.page > 0 {
                writeln!(out, "\npage {}", block.page)?;
            }
            page = Some(block.page);
            block.write_text(out)?;
        }
        Ok(())
    }

    /// Writes it as indented JSON.
    ///
    /// # Errors
    /// What `out` reports.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        out.write_all(b"\n")
    }
}

impl BlockExplanation {
    fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        match self.shape {
            Shape::Paragraph => write!(out, "paragraph")?,
            Shape::Furniture => write!(out, "running head or page number")?,
            Shape::Table { rows, columns } => write!(out, "table of {rows} rows and {columns} columns")?,
        }
        writeln!(out)?;
        for decision in &self.decisions {
            writeln!(out, "  {}: {}", name(&decision.reading), decision.because)?;
            for rejected in &decision.rejected {
                writeln!(out, "    not {}: {}", name(&rejected.reading), rejected.because)?;
            }
        }
        self.pieces.iter().try_for_each(|piece| piece.write_text(out))
    }
}

impl PieceExplanation {
    fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        if let Some((row, column)) = self.cell {
            write!(out, "  row {row}, column {column}:")?;
        } else {
            write!(out, " ")?;
        }
        write!(out, " {}", quote(&self.text))?;
        let fates: Vec<String> = self.fates.iter().map(name).collect();
        write!(out, " {}", fates.join(" and "))?;
        if !self.becomes.is_empty() {
            write!(out, " -> {}", self.becomes.join(", "))?;
        }
        if let Some(label) = self.label.filter(|_| self.fates.contains(&Fate::Structure)) {
            write!(out, " (the vocabulary calls it {label})")?;
        }
        if !self.rules.is_empty() {
            write!(out, " (matched by {})", self.rules.join(", "))?;
        } else if self.fates.contains(&Fate::Unplaced) {
            write!(out, " (no rule matches it)")?;
        }
        writeln!(out)
    }
}

/// The name that the JSON gives to a value without fields.
fn name(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The text in quotation marks, in one line and not too long.
fn quote(text: &str) -> String {
    let mut quoted: String = text.chars().take(LONGEST_QUOTE).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if quoted.len() < text.len() {
        quoted.push('…');
    }
    format!("「{quoted}」")
}

struct Explainer<'d> {
    document: &'d Document,
    rules: &'d Rules,
    trace: &'d Trace,
    members: Members,
}

impl Explainer<'_> {
    fn block(&self, block: &Block) -> BlockExplanation {
        match block {
            Block::Paragraph(paragraph) => BlockExplanation {
                page: paragraph.page,
                shape: Shape::Paragraph,
                decisions: self.decisions([&paragraph.text]),
                pieces: vec![self.piece(None, &paragraph.text)],
            },
            Block::Table(table) => {
                let filled = || table.cells.iter().filter(|cell| !cell.text.is_blank());
                let repeats = table.repeats.iter().map(|repeat| self.piece(None, repeat));
                BlockExplanation {
                    page: table.page,
                    shape: Shape::Table { rows: table.rows, columns: table.columns },
                    decisions: self.decisions(filled().map(|cell| &cell.text)),
                    pieces: filled()
                        .map(|cell| self.piece(Some((cell.row, cell.column)), &cell.text))
                        .chain(repeats)
                        .collect(),
                }
            }
        }
    }

    fn furniture(&self, passage: &Passage) -> BlockExplanation {
        let piece = self.piece(None, passage);
        BlockExplanation {
            page: piece.pages.first().copied().unwrap_or(0),
            shape: Shape::Furniture,
            decisions: Vec::new(),
            pieces: vec![piece],
        }
    }

    /// The decisions about these texts, each once.
    fn decisions<'p>(&self, passages: impl IntoIterator<Item = &'p Passage>) -> Vec<Decision> {
        let mut decisions: Vec<Decision> = Vec::new();
        for decision in passages.into_iter().flat_map(|passage| self.trace.about(passage)) {
            if !decisions.contains(decision) {
                decisions.push(decision.clone());
            }
        }
        decisions
    }

    fn piece(&self, cell: Option<(usize, usize)>, passage: &Passage) -> PieceExplanation {
        let glyphs = || passage.origins.iter().filter_map(|origin| self.document.glyphs.get(origin.glyph as usize));
        let mut pages: Vec<u32> = glyphs().map(|glyph| glyph.page).collect();
        pages.dedup();
        let mut becomes: Vec<&str> = Vec::new();
        for glyph in glyphs().filter(|glyph| glyph.characters > 0) {
            for path in self.members.at(glyph.page, &glyph.bbox) {
                if !becomes.contains(&path) {
                    becomes.push(path);
                }
            }
        }
        PieceExplanation {
            cell,
            pages,
            text: passage.text.clone(),
            fates: self.trace.fates(passage),
            becomes: becomes.into_iter().map(str::to_owned).collect(),
            label: self.rules.label(&passage.text).map(|label| label.role.name()),
            rules: self.rules.matching(&passage.text),
        }
    }
}

/// Where the members of a report stand: for each page, boxes with the paths of what stands there.
#[derive(Default)]
struct Members {
    boxes: BTreeMap<u32, Vec<(Rect, String)>>,
}

impl Members {
    fn of(report: &Report) -> Self {
        let mut members = Self::default();
        if let Ok(Value::Object(report)) = serde_json::to_value(report) {
            for (name, value) in report.iter().filter(|(name, _)| !matches!(name.as_str(), "warnings" | "unplaced")) {
                members.add(&format!(".{name}"), value);
            }
        }
        members
    }

    fn add(&mut self, path: &str, value: &Value) {
        match value {
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, item)| self.add(&format!("{path}[{index}]"), item));
            }
            Value::Object(members) => {
                for (name, member) in members {
                    if name == "at" {
                        self.places(path, member);
                    } else {
                        self.add(&format!("{path}.{name}"), member);
                    }
                }
            }
            _ => {}
        }
    }

    fn places(&mut self, path: &str, places: &Value) {
        for place in places.as_array().into_iter().flatten() {
            let side = |index: usize| place["bbox"][index].as_f64().map(|side| side as f32);
            let (Some(page), Some(x0), Some(y0), Some(x1), Some(y1)) =
                (place["page"].as_u64(), side(0), side(1), side(2), side(3))
            else {
                continue;
            };
            self.boxes.entry(page as u32).or_default().push((Rect { x0, y0, x1, y1 }, path.to_owned()));
        }
    }

    /// The members that stand on the middle of `glyph`.
    fn at(&self, page: u32, glyph: &Rect) -> impl Iterator<Item = &str> {
        let (x, y) = ((glyph.x0 + glyph.x1) / 2.0, (glyph.y0 + glyph.y1) / 2.0);
        let within = move |of: &Rect| of.x0 <= x && x <= of.x1 && of.y0 <= y && y <= of.y1;
        let boxes = self.boxes.get(&page).into_iter().flatten();
        boxes.filter(move |(bbox, _)| within(bbox)).map(|(_, path)| path.as_str())
    }
}
