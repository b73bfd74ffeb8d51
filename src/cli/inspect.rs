//! `torikumi inspect`: what a PDF is made of and how well it can be read.

use super::Outcome;
use super::source::{Delivery, Source};
use torikumi::output::inspection::Inspection;
use torikumi::output::json;
use torikumi::pdf::Pdf;

/// Show what a PDF is made of: producer, pages, fonts and how each decodes, repairs, what is missing
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  torikumi inspect report.pdf\n  torikumi inspect report.pdf --format json\n  \
                        torikumi inspect locked.pdf --password secret")]
pub(crate) struct Args {
    #[command(flatten)]
    source: Source,
    /// The form to write
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    delivery: Delivery,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// A summary for reading
    #[default]
    Text,
    /// Everything, page by page
    Json,
}

pub(crate) fn run(args: &Args) -> Outcome {
    args.source.run(&args.delivery, |pdf| inspect(args.format, pdf))
}

fn inspect(format: Format, pdf: &Pdf) -> torikumi::Result<Vec<u8>> {
    let inspection = Inspection::of(pdf);
    match format {
        Format::Text => Ok(inspection.summary().into_bytes()),
        Format::Json => {
            let mut bytes = Vec::new();
            json::write(&inspection, &mut bytes)?;
            Ok(bytes)
        }
    }
}
