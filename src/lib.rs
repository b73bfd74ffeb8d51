//! torikumi (取組, the initiative) turns the progress reports that Japanese public bodies publish as PDF into data in
//! which every value can be pointed at on the page, and audits the published figures.
//!
//! It is a chain of pure functions over values that remember where on the page they came from. Each stage has its own
//! types and reads only the stages before it:
//!
//! ```text
//! bytes --pdf--> Page --layout--> Sheet --document--> Document --report--> Report --audit--> findings --output--> bytes
//!        converted text, Markdown, HTML --source------^
//! ```
//!
//! Invariants:
//!
//! - Nothing above `pdf` names lopdf. Nothing above `document` compares coordinates; places are only carried along.
//! - Nothing below `report` knows what an initiative is; `report` holds no layout tolerance; `output` decides nothing.
//! - No city's name in Rust code: what is special to a form is a rule pack, and a pack is data with tested examples.
//! - Every glyph of a page ends in exactly one place: a value, structure, furniture or `unplaced`.
//! - One coordinate space after `pdf`: that of [`geom`].
//! - Same input, same bytes out: no hash order, no clock, no locale in the output.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod audit;
pub mod document;
pub mod error;
pub mod geom;
pub mod layout;
pub mod output;
mod parallel;
pub mod pdf;
pub mod report;
#[cfg(feature = "review")]
pub mod review;
pub mod source;
pub mod warning;

pub use error::{Error, Result};

use document::Document;
use report::Report;
use report::rules::{self, Choice, Rules};
use report::trace::Trace;
use sha2::{Digest, Sha256};
use source::MediaType;

/// How a document is opened and read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How a PDF is opened: password, limits.
    pub pdf: pdf::Options,
    /// The rule pack to use; `None` chooses among the built-in ones by evidence.
    pub rules: Option<Rules>,
    /// How many threads may read one document.
    pub threads: Threads,
}

/// How many threads may read one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Threads {
    /// The one that asks for it.
    One,
    /// As many as there are processors, where a document is long enough to gain by it and no other is read beside it.
    #[default]
    Many,
}

/// Reads a PDF, converted text, Markdown or HTML into a document; `name` is the file's name and helps to tell text
/// formats apart.
///
/// # Errors
/// When the bytes are in no format that is read, or a PDF cannot be opened, is beyond the limits or has no text layer.
pub fn read(bytes: &[u8], name: &str, options: &Options) -> Result<(Document, MediaType)> {
    read_beside(bytes, name, options, || ())
}

/// Reads a document as [`read`] does for a report: its rules are made ready while its pages are read.
fn read_report(bytes: &[u8], name: &str, options: &Options) -> Result<(Document, MediaType)> {
    read_beside(bytes, name, options, || _ = Rules::built_in())
}

fn read_beside(
    bytes: &[u8],
    name: &str,
    options: &Options,
    prepare: impl Fn() + Sync,
) -> Result<(Document, MediaType)> {
    let media_type = source::detect(bytes, name)?;
    if media_type != MediaType::Pdf {
        return Ok((source::read(bytes, media_type)?, media_type));
    }
    let file = pdf::Pdf::open(bytes, &options.pdf)?;
    let document = document::assemble(sheets(&file, options.threads, prepare));
    file.check_limits()?;
    if document.glyphs.iter().all(|glyph| glyph.characters == 0) {
        return Err(Error::NoTextLayer);
    }
    Ok((document, media_type))
}

/// The pages of a file, laid out in their order.
fn sheets(file: &pdf::Pdf, threads: Threads, prepare: impl Fn() + Sync) -> impl Iterator<Item = layout::Sheet> {
    parallel::pages(file.page_count(), threads, prepare, move |number| layout::lay_out(file.page(number)))
}

/// Extracts the report in `bytes`; `name` is the file's name (`-` for standard input), which the report repeats.
///
/// # Errors
/// As [`read`].
pub fn extract(bytes: &[u8], name: &str, options: &Options) -> Result<Report> {
    let (document, media_type) = read_report(bytes, name, options)?;
    let choice = choose(&document, options)?;
    let report = report::recognise(&document, choice.rules);
    Ok(complete(report, choice, bytes, name, media_type, document.pages))
}

/// A report with the document that it was read from, and how.
#[derive(Debug)]
pub struct Explained<'r> {
    /// The document.
    pub document: Document,
    /// The rule pack.
    pub rules: &'r Rules,
    /// What [`extract`] gives.
    pub report: Report,
    /// Why each block was read as what.
    pub trace: Trace,
}

/// Extracts the report as [`extract`] does and keeps how each block was read.
///
/// # Errors
/// As [`read`].
pub fn explain<'r>(bytes: &[u8], name: &str, options: &'r Options) -> Result<Explained<'r>> {
    let (document, media_type) = read_report(bytes, name, options)?;
    let choice = choose(&document, options)?;
    let rules = choice.rules;
    let (report, trace) = report::explain(&document, rules);
    let report = complete(report, choice, bytes, name, media_type, document.pages);
    Ok(Explained { document, rules, report, trace })
}

fn choose<'r>(document: &Document, options: &'r Options) -> Result<Choice<'r>> {
    match &options.rules {
        Some(rules) => Ok(rules::given(rules, document)),
        None => rules::choose(Rules::built_in(), document).ok_or(Error::UnknownFormat),
    }
}

/// Adds to a report what it was read from.
fn complete(
    mut report: Report,
    choice: Choice<'_>,
    bytes: &[u8],
    name: &str,
    media_type: MediaType,
    pages: u32,
) -> Report {
    report.warnings.extend(choice.warning);
    report.source = report::Source {
        file: name.to_owned(),
        sha256: Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        media_type: media_type.as_str().to_owned(),
        pages,
        rules: report::RulesUsed {
            pack: choice.rules.name.clone(),
            runner_up: choice.runner_up.map(|pack| pack.name.clone()),
        },
    };
    report
}
