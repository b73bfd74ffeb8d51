//! `torikumi text`: the text of a PDF in reading order.

use super::Outcome;
use super::pages::{self, Pages};
use super::source::{Delivery, Source};
use torikumi::output::{json, text};
use torikumi::pdf::Pdf;

/// Write the text of a PDF in reading order
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  torikumi text report.pdf\n  torikumi text report.pdf --pages 3-5\n  \
                        torikumi text report.pdf --format json   # places, fonts and how each was decoded")]
pub(crate) struct Args {
    #[command(flatten)]
    source: Source,
    /// Only these pages, such as 3-5 or 1,4-
    #[arg(long, visible_alias = "page", value_name = "PAGES")]
    pages: Option<Pages>,
    /// The form to write
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    delivery: Delivery,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// Lines; the cells of a row with tabs between them; a form feed after each page
    #[default]
    Text,
    /// A list of pages with lines and runs of glyphs, their places and how each was decoded
    Json,
}

pub(crate) fn run(args: &Args) -> Outcome {
    args.source.run(&args.delivery, |pdf| read(args, pdf))
}

fn read(args: &Args, pdf: &Pdf) -> torikumi::Result<Vec<u8>> {
    let wanted = Pages::of(args.pages.as_ref(), pdf.page_count());
    match args.format {
        Format::Text => Ok(pages::map(pdf, &wanted, |sheet| text::plain(&sheet)).concat().into_bytes()),
        Format::Json => {
            let mut bytes = Vec::new();
            json::write(&pages::map(pdf, &wanted, |sheet| text::page_text(&sheet, &pdf.fonts())), &mut bytes)?;
            Ok(bytes)
        }
    }
}
