//! `torikumi extract`: reports in, data out.

mod destination;
mod each;
mod format;
mod journal;
mod tables;
mod together;

use super::batch::Batch;
use super::console::Console;
use super::files::Input;
use super::reading::Reading;
use super::{Outcome, complain};
use format::{Arrangement, Format};
use std::path::PathBuf;
use torikumi::report::Report;
use torikumi::warning::Warning;

/// Extensions of the files in folders that are read: PDF, and text that another program converted.
const READS: [&str; 6] = ["pdf", "txt", "md", "markdown", "html", "htm"];

/// Turn progress reports into data, every value with its place on the page
///
/// Reads PDF, and text that another program converted (.txt, .md, .html). One report goes to standard output unless
/// -o names a file; several go into the folder that -o names, one JSON file each in the folders that they came from,
/// and a report that fails does not stop the others.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    torikumi extract report.pdf                      # JSON on standard output\n  \
    torikumi extract report.pdf -o report.json\n  \
    torikumi extract r3.pdf r4.pdf r5.pdf -o out/    # out/r3.json, out/r4.json, out/r5.json\n  \
    torikumi extract *.pdf --format ndjson > all.ndjson\n  \
    torikumi extract *.pdf --format csv -o out/      # tables of all reports, with datapackage.json\n  \
    torikumi extract *.pdf --format sqlite -o reports.db        # again later: only what is new is added\n  \
    torikumi extract r5.pdf --format xlsx -o r5.xlsx            # a workbook\n  \
    torikumi extract reports/ --recursive -o out/    # reports/2023/r5.pdf becomes out/2023/r5.json\n  \
    torikumi extract reports/ --recursive -o out/ --resume      # only what is new or has changed\n  \
    torikumi extract --from-list files.txt --format ndjson --shard 3/16 > part-3.ndjson\n  \
    torikumi extract converted.txt                   # text that another program converted\n  \
    cat report.pdf | torikumi extract -\n\n\
    Exit codes: 0 done, 1 an input failed, 2 wrong usage, 3 --strict and a report carries warnings.")]
pub(crate) struct Args {
    /// Reports to read, or folders of them with --recursive; - is standard input
    #[arg(value_name = "FILE")]
    inputs: Vec<Input>,
    /// Write to this file; to this folder when there are several reports or the name ends in /
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// End with exit code 3 when a report carries warnings
    #[arg(long)]
    strict: bool,
    /// The form to write
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    #[command(flatten)]
    tables: tables::Options,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    batch: Batch,
    /// Skip what is in the output folder already, read from the same bytes by the same rules and program
    #[arg(long, help_heading = "Many files")]
    resume: bool,
}

pub(crate) fn run(args: &Args, console: Console) -> Outcome {
    extract(args, console).unwrap_or_else(|outcome| outcome)
}

fn extract(args: &Args, console: Console) -> Result<Outcome, Outcome> {
    let (options, pack) = args.reading.load()?;
    let options = torikumi::Options { threads: args.batch.threads(), ..options };
    let plan = args.batch.plan(&args.inputs, &READS, args.output.as_deref())?;
    match args.format.arrangement(args.output.as_deref(), &args.tables, options.rules.as_ref())? {
        Arrangement::Each { extension, write } => {
            let form = each::Form { extension, write, pack: pack.as_deref() };
            each::run(args, plan, console, &options, &form)
        }
        Arrangement::Together { open } => together::run(args, plan, console, &options, open),
    }
}

/// What a run says about a report beside its data.
struct Account {
    note: String,
    warnings: Vec<Warning>,
}

impl Account {
    fn of(report: &Report) -> Self {
        let (source, coverage) = (&report.source, &report.coverage);
        let note = format!(
            "{} pages, rule pack {}, {} of {} characters unplaced, {} warnings",
            source.pages,
            source.rules.pack,
            coverage.unplaced,
            coverage.characters,
            report.warnings.len()
        );
        Self { note, warnings: report.warnings.clone() }
    }

    /// Names the warnings of a run in which they count, and gives how it ends.
    fn judge(&self, label: &str, strict: bool) -> Outcome {
        if !strict || self.warnings.is_empty() {
            return Outcome::Done;
        }
        for warning in &self.warnings {
            complain(label, &format_args!("warning {}: {}", warning.code, warning.message));
        }
        Outcome::Strict
    }
}
