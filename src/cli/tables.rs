//! `torikumi tables`: every table of a PDF with its merged cells.

use super::Outcome;
use super::pages::{self, Pages};
use super::source::{Delivery, Source};
use torikumi::document;
use torikumi::layout::{Item, Sheet};
use torikumi::output::tables::{self, PlainTable};
use torikumi::pdf::Pdf;

/// List every table of a PDF, merged cells included
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  torikumi tables report.pdf\n  torikumi tables report.pdf --pages 3-5 --format csv\n  \
                        torikumi tables report.pdf --format html -o tables.html"
)]
pub(crate) struct Args {
    #[command(flatten)]
    source: Source,
    /// Only these pages, such as 3-5 or 1,4-
    #[arg(long, visible_alias = "page", value_name = "PAGES")]
    pages: Option<Pages>,
    /// Stitch tables that continue over pages, repeated headers taken out
    #[arg(long)]
    join: bool,
    /// The form to write
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    delivery: Delivery,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// A list of tables with rows, and cells with spans and places
    #[default]
    Json,
    /// Comma-separated values, an empty line between tables
    Csv,
    /// Markdown tables
    Md,
    /// HTML tables
    Html,
}

pub(crate) fn run(args: &Args) -> Outcome {
    args.source.run(&args.delivery, |pdf| {
        let tables = read(args, pdf);
        let mut out = Vec::new();
        match args.format {
            Format::Json => tables::write_json(&tables, &mut out),
            Format::Csv => tables::write_csv(&tables, &mut out),
            Format::Md => tables::write_markdown(&tables, &mut out),
            Format::Html => tables::write_html(&tables, &mut out),
        }?;
        Ok(out)
    })
}

fn read(args: &Args, pdf: &Pdf) -> Vec<PlainTable> {
    let wanted = Pages::of(args.pages.as_ref(), pdf.page_count());
    if args.join {
        let sheets = pages::map(pdf, &wanted, |sheet| sheet);
        let found: Vec<PlainTable> = sheets.iter().flat_map(of_sheet).collect();
        return tables::joined(&document::assemble(sheets), &found);
    }
    pages::map(pdf, &wanted, |sheet| of_sheet(&sheet)).into_iter().flatten().collect()
}

/// The tables of one page.
fn of_sheet(sheet: &Sheet) -> Vec<PlainTable> {
    let plain = |item: &Item| match item {
        Item::Table(table) => Some(tables::plain(sheet, table)),
        Item::Line(_) => None,
    };
    sheet.items.iter().filter_map(plain).collect()
}
