//! The forms that `extract` writes: the one place where a form is added.

use super::super::files::Output;
use std::io::{self, Write};
use std::path::Path;
use torikumi::output::json;
use torikumi::report::Report;

/// A form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// Indented JSON, each report in a file of its own
    Json,
    /// One line of JSON for each report, all in one stream in the order of the inputs
    Ndjson,
}

/// How reports and outputs go together.
pub(crate) enum Arrangement {
    /// Each report is an output of its own.
    Each {
        /// Of its file.
        extension: &'static str,
        /// Writes it.
        write: fn(&Report, &mut dyn Write) -> io::Result<()>,
    },
    /// All reports of a run make one output.
    Together {
        /// Opens it at the path that `-o` names (`None`: on standard output).
        open: fn(Option<&Path>) -> io::Result<Box<dyn Gathering>>,
    },
}

/// An output that all reports of a run make together.
pub(crate) trait Gathering {
    /// Takes the next report, in the order of the inputs.
    fn take(&mut self, report: &Report) -> io::Result<()>;
    /// Completes the output; a file must not have its name before.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

impl Format {
    /// How this form is written.
    pub(crate) fn arrangement(self) -> Arrangement {
        match self {
            Self::Json => Arrangement::Each { extension: "json", write: json::write_report },
            Self::Ndjson => Arrangement::Together { open: Lines::open },
        }
    }
}

/// One report on each line.
struct Lines(Output);

impl Lines {
    fn open(output: Option<&Path>) -> io::Result<Box<dyn Gathering>> {
        Ok(Box::new(Self(Output::create(output)?)))
    }
}

impl Gathering for Lines {
    fn take(&mut self, report: &Report) -> io::Result<()> {
        let mut line = Vec::new();
        json::write_line(report, &mut line)?;
        self.0.take(&line)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.0.finish()
    }
}
