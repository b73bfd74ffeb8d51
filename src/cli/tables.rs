//! `torikumi tables`: every table of a PDF with its merged cells.

use super::files::{self, Input};
use super::pages::{self, Pages};
use super::{Outcome, complain};
use std::path::PathBuf;
use torikumi::document;
use torikumi::layout::{Item, Sheet};
use torikumi::output::tables::{self, PlainTable};
use torikumi::pdf::{Options, Pdf};

/// List every table of a PDF, merged cells included
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  torikumi tables report.pdf\n  torikumi tables report.pdf --pages 3-5 --format csv\n  \
                        torikumi tables report.pdf --format html -o tables.html"
)]
pub(crate) struct Args {
    /// The PDF, or - for standard input
    file: Input,
    /// Only these pages, such as 3-5 or 1,4-
    #[arg(long, value_name = "PAGES")]
    pages: Option<Pages>,
    /// Stitch tables that continue over pages, repeated headers taken out
    #[arg(long)]
    join: bool,
    /// The form to write
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Password of an encrypted file
    #[arg(long, value_name = "PASSWORD")]
    password: Option<String>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// A list of tables with rows, and cells with spans and places
    Json,
    /// Comma-separated values, an empty line between tables
    Csv,
    /// Markdown tables
    Md,
    /// HTML tables
    Html,
}

pub(crate) fn run(args: &Args) -> Outcome {
    match read(args) {
        Ok(tables) => files::deliver(args.output.as_deref(), |out| match args.format {
            Format::Json => tables::write_json(&tables, out),
            Format::Csv => tables::write_csv(&tables, out),
            Format::Md => tables::write_markdown(&tables, out),
            Format::Html => tables::write_html(&tables, out),
        }),
        Err(failure) => {
            complain(&args.file.label(), &failure);
            Outcome::Failed
        }
    }
}

fn read(args: &Args) -> torikumi::Result<Vec<PlainTable>> {
    let options = Options { password: args.password.clone(), ..Options::default() };
    let pdf = Pdf::open(&args.file.read()?, &options)?;
    let wanted = Pages::of(args.pages.as_ref(), pdf.page_count());
    let tables = if args.join {
        let sheets = pages::map(&pdf, &wanted, |sheet| sheet);
        let found: Vec<PlainTable> = sheets.iter().flat_map(of_sheet).collect();
        tables::joined(&document::assemble(sheets), &found)
    } else {
        pages::map(&pdf, &wanted, |sheet| of_sheet(&sheet)).into_iter().flatten().collect()
    };
    pdf.check_limits()?;
    Ok(tables)
}

/// The tables of one page.
fn of_sheet(sheet: &Sheet) -> Vec<PlainTable> {
    let plain = |item: &Item| match item {
        Item::Table(table) => Some(tables::plain(sheet, table)),
        Item::Line(_) => None,
    };
    sheet.items.iter().filter_map(plain).collect()
}
