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
pub mod pdf;
pub mod report;
#[cfg(feature = "review")]
pub mod review;
pub mod source;
pub mod warning;

pub use error::{Error, Result};

use document::Document;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
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
    let media_type = source::detect(bytes, name)?;
    if media_type != MediaType::Pdf {
        return Ok((source::read(bytes, media_type)?, media_type));
    }
    let file = pdf::Pdf::open(bytes, &options.pdf)?;
    let document = document::assemble(sheets(&file, options.threads));
    file.check_limits()?;
    if document.glyphs.iter().all(|glyph| glyph.characters == 0) {
        return Err(Error::NoTextLayer);
    }
    Ok((document, media_type))
}

/// Fewest pages that are worth a second thread.
const PARALLEL_PAGES: u32 = 24;
/// Pages that are read at one go: enough to keep processors busy, few enough to hold all that stands on them.
const PAGES_AT_ONCE: u32 = 32;

/// The pages of a file, laid out in their order.
fn sheets(file: &pdf::Pdf, threads: Threads) -> impl Iterator<Item = layout::Sheet> {
    pages(file.page_count(), threads, move |number| layout::lay_out(file.page(number)))
}

/// What `read` makes of each page, in their order. Long documents are read in parallel, unless several documents already
/// are: then each keeps to the thread that it was given.
fn pages<T: Send>(count: u32, threads: Threads, read: impl Fn(u32) -> T + Sync) -> impl Iterator<Item = T> {
    let is_long = threads == Threads::Many && count >= PARALLEL_PAGES;
    let at_once = if is_long && rayon::current_thread_index().is_none() { PAGES_AT_ONCE } else { 1 };
    (0..count.div_ceil(at_once)).flat_map(move |turn| {
        let first = turn * at_once + 1;
        let last = count.min(first.saturating_add(at_once - 1));
        if first == last { vec![read(first)] } else { (first..=last).into_par_iter().map(&read).collect() }
    })
}

/// Extracts the report in `bytes`; `name` is the file's name (`-` for standard input), which the report repeats.
///
/// # Errors
/// As [`read`].
pub fn extract(bytes: &[u8], name: &str, options: &Options) -> Result<Report> {
    let (document, media_type) = read(bytes, name, options)?;
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
    let (document, media_type) = read(bytes, name, options)?;
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

#[cfg(test)]
mod tests {
    use super::{PARALLEL_PAGES, Threads, pages};
    use std::thread;

    /// How many pages this thread reads itself.
    #[track_caller]
    fn case(count: u32, threads: Threads, own: usize) {
        let read = |number| (number, thread::current().id());
        let (numbers, by): (Vec<u32>, Vec<_>) = pages(count, threads, read).unzip();
        assert_eq!(numbers, (1..=count).collect::<Vec<_>>());
        assert_eq!(by.iter().filter(|id| **id == thread::current().id()).count(), own);
    }

    #[test]
    fn one_thread_is_one_thread_in_long_documents_too() {
        case(100, Threads::One, 100);
        case(PARALLEL_PAGES - 1, Threads::Many, PARALLEL_PAGES as usize - 1);
        case(100, Threads::Many, 0);
    }
}
