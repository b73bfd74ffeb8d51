//! The forms that `extract` writes: the one place where a form is added.

use super::super::files::Output;
use super::super::{Outcome, complain};
use super::tables;
use clap::ValueEnum;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use torikumi::output::json;
use torikumi::report::Report;
use torikumi::report::rules::Rules;

/// A form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// Indented JSON, each report in a file of its own
    Json,
    /// One line of JSON for each report, all in one stream in the order of the inputs
    Ndjson,
    /// Tidy tables in a folder, all reports in one set, with a data package that describes them
    Csv,
    /// An SQLite database, to which a run adds; a file that is there already is kept or replaced, never doubled
    Sqlite,
    /// A workbook for each report
    Xlsx,
}

/// Writes one report.
pub(crate) type Writer = Box<dyn Fn(&Report, &mut dyn Write) -> io::Result<()> + Send + Sync>;

/// Opens the output of a run at the path that `-o` names (`None`: on standard output).
pub(crate) type Open = Box<dyn FnOnce(Option<&Path>) -> io::Result<Box<dyn Gathering>>>;

/// How reports and outputs go together.
pub(crate) enum Arrangement {
    /// Each report is an output of its own.
    Each {
        /// Of its file.
        extension: &'static str,
        /// Writes it.
        write: Writer,
    },
    /// All reports of a run make one output.
    Together {
        /// Opens it.
        open: Open,
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
    /// How this form is written, or how the run ends where the arguments do not go together.
    pub(crate) fn arrangement(
        self,
        output: Option<&Path>,
        options: &tables::Options,
        rules: Option<&Rules>,
    ) -> Result<Arrangement, Outcome> {
        if options.given() && self != Self::Csv {
            complain("--header, --no-bom", &"are for tables: add --format csv");
            return Err(Outcome::Usage);
        }
        self.check(output)?;
        Ok(match self {
            Self::Json => Arrangement::Each { extension: "json", write: Box::new(json::write_report) },
            Self::Ndjson => Arrangement::Together { open: Box::new(Lines::open) },
            Self::Csv => Arrangement::Together { open: tables::open_folder(options, rules) },
            Self::Sqlite => return database(rules),
            Self::Xlsx => return workbook(rules),
        })
    }

    /// Whether this form can go where `-o` says.
    fn check(self, output: Option<&Path>) -> Result<(), Outcome> {
        let what = match (self, output) {
            (Self::Csv, None) => "makes several files: add -o FOLDER/",
            (Self::Sqlite, None) => "makes a database: add -o reports.db",
            (Self::Xlsx, None) if io::stdout().is_terminal() => "makes no text: add -o report.xlsx",
            _ => return Ok(()),
        };
        let name = self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
        complain(&format!("--format {name}"), &what);
        Err(Outcome::Usage)
    }
}

#[cfg(feature = "sqlite")]
#[allow(clippy::unnecessary_wraps, reason = "without the feature it fails")]
fn database(rules: Option<&Rules>) -> Result<Arrangement, Outcome> {
    Ok(Arrangement::Together { open: tables::open_database(rules) })
}

#[cfg(not(feature = "sqlite"))]
fn database(_: Option<&Rules>) -> Result<Arrangement, Outcome> {
    Err(missing("sqlite"))
}

#[cfg(feature = "xlsx")]
#[allow(clippy::unnecessary_wraps, reason = "without the feature it fails")]
fn workbook(rules: Option<&Rules>) -> Result<Arrangement, Outcome> {
    let rules = rules.cloned();
    let write = move |report: &Report, out: &mut dyn Write| {
        torikumi::output::xlsx::write(report, &tables::findings(report, rules.as_ref()), out)
    };
    Ok(Arrangement::Each { extension: "xlsx", write: Box::new(write) })
}

#[cfg(not(feature = "xlsx"))]
fn workbook(_: Option<&Rules>) -> Result<Arrangement, Outcome> {
    Err(missing("xlsx"))
}

/// Says that the program was built without a form.
#[cfg(not(all(feature = "sqlite", feature = "xlsx")))]
fn missing(feature: &str) -> Outcome {
    let what = format!("is not in this program: build it with 'cargo build --release --features {feature}'");
    complain(&format!("--format {feature}"), &what);
    Outcome::Usage
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
