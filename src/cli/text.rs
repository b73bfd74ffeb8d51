//! `torikumi text`: the text of a PDF in reading order.

use super::files::{self, Input};
use super::pages::{self, Pages};
use super::{Outcome, complain};
use std::path::PathBuf;
use torikumi::output::text;
use torikumi::pdf::{Options, Pdf};

/// Write the text of a PDF in reading order
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  torikumi text report.pdf\n  torikumi text report.pdf --pages 3-5\n  \
                        torikumi text report.pdf --format json   # places, fonts and how each was decoded")]
pub(crate) struct Args {
    /// The PDF, or - for standard input
    file: Input,
    /// Only these pages, such as 3-5 or 1,4-
    #[arg(long, value_name = "PAGES")]
    pages: Option<Pages>,
    /// The form to write
    #[arg(long, value_enum, default_value_t = Format::Text)]
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
    /// Lines; the cells of a row with tabs between them; a form feed after each page
    Text,
    /// A list of pages with lines and runs of glyphs, their places and how each was decoded
    Json,
}

pub(crate) fn run(args: &Args) -> Outcome {
    match read(args) {
        Ok(bytes) => files::deliver(args.output.as_deref(), |out| out.write_all(&bytes)),
        Err(failure) => {
            complain(&args.file.label(), &failure);
            Outcome::Failed
        }
    }
}

fn read(args: &Args) -> torikumi::Result<Vec<u8>> {
    let options = Options { password: args.password.clone(), ..Options::default() };
    let pdf = Pdf::open(&args.file.read()?, &options)?;
    let wanted = Pages::of(args.pages.as_ref(), pdf.page_count());
    let bytes = match args.format {
        Format::Text => pages::map(&pdf, &wanted, |sheet| text::plain(&sheet)).concat().into_bytes(),
        Format::Json => {
            let pages = pages::map(&pdf, &wanted, |sheet| text::page_text(&sheet, &pdf.fonts()));
            let mut bytes = serde_json::to_vec_pretty(&pages).map_err(std::io::Error::from)?;
            bytes.push(b'\n');
            bytes
        }
    };
    pdf.check_limits()?;
    Ok(bytes)
}
