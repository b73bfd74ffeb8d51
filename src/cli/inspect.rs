//! `torikumi inspect`: what a PDF is made of and how well it can be read.

use super::files::{self, Input};
use super::{Outcome, complain};
use std::path::PathBuf;
use torikumi::output::inspection::Inspection;
use torikumi::pdf::{Options, Pdf};

/// Show what a PDF is made of: producer, pages, fonts and how each decodes, repairs, what is missing
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  torikumi inspect report.pdf\n  torikumi inspect report.pdf --format json\n  \
                        torikumi inspect locked.pdf --password secret")]
pub(crate) struct Args {
    /// The PDF, or - for standard input
    file: Input,
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
    /// A summary for reading
    Text,
    /// Everything, page by page
    Json,
}

pub(crate) fn run(args: &Args) -> Outcome {
    match inspect(args) {
        Ok(bytes) => files::deliver(args.output.as_deref(), |out| out.write_all(&bytes)),
        Err(failure) => {
            complain(&args.file.label(), &failure);
            Outcome::Failed
        }
    }
}

fn inspect(args: &Args) -> torikumi::Result<Vec<u8>> {
    let options = Options { password: args.password.clone(), ..Options::default() };
    let inspection = Inspection::of(&Pdf::open(&args.file.read()?, &options)?);
    Ok(match args.format {
        Format::Text => inspection.summary().into_bytes(),
        Format::Json => {
            let mut bytes = serde_json::to_vec_pretty(&inspection).map_err(std::io::Error::from)?;
            bytes.push(b'\n');
            bytes
        }
    })
}
