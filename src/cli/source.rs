//! What every command that opens PDFs shares: how they are opened, where the outcome goes, and the run over one PDF.

use super::files::{self, Input};
use super::{Outcome, complain};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use torikumi::pdf::{self, Pdf};

/// Least and most of `--max-memory`, in MiB.
const MEMORY: std::ops::RangeInclusive<u64> = 16..=1_048_576;

/// How PDFs are opened.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Opening {
    /// Password of an encrypted PDF (user or owner); an empty one is tried in any case
    #[arg(long, value_name = "PASSWORD")]
    password: Option<String>,
    /// Memory that reading one PDF may take at most, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 1024,
          value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(MEMORY))]
    max_memory: usize,
}

impl Opening {
    /// The same for the library.
    pub(crate) fn options(&self) -> pdf::Options {
        pdf::Options { password: self.password.clone(), max_memory: self.max_memory << 20 }
    }
}

/// Where the outcome of a command goes that writes one thing.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Delivery {
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Delivery {
    /// The file, if one was named.
    pub(crate) fn output(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// Writes what `produce` writes, whole or not at all, and says so where that fails.
    pub(crate) fn deliver(&self, produce: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Outcome {
        files::deliver(self.output(), produce)
    }
}

/// One PDF to read.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Source {
    /// The PDF, or - for standard input
    file: Input,
    #[command(flatten)]
    opening: Opening,
}

impl Source {
    /// Opens the PDF and delivers what `make` makes of it; a PDF that fails or exceeds its memory delivers nothing.
    pub(crate) fn run(&self, delivery: &Delivery, make: impl FnOnce(&Pdf) -> torikumi::Result<Vec<u8>>) -> Outcome {
        let made = self.file.read().and_then(|bytes| {
            let pdf = Pdf::open(&bytes, &self.opening.options())?;
            let made = make(&pdf)?;
            pdf.check_limits()?;
            Ok(made)
        });
        match made {
            Ok(bytes) => delivery.deliver(|out| out.write_all(&bytes)),
            Err(failure) => {
                complain(&self.file.label(), &failure);
                Outcome::Failed
            }
        }
    }
}
