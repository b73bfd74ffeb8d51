//! One file per subcommand: reading files, progress, writing. The only place that touches terminal and files.
//!
//! Exit codes: 0 done, 1 an input failed, 2 usage, 3 `--strict` (or `--fail-on`) and there is something to report.

mod audit;
mod batch;
mod compare;
mod completions;
mod console;
mod explain;
mod extract;
mod files;
mod folder;
mod inspect;
mod man;
mod pages;
mod reading;
mod reports;
mod review;
mod rules;
mod schema;
mod source;
mod tables;
mod text;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Turns the progress reports that Japanese public bodies publish as PDF into data, and audits the published figures.
#[derive(Debug, Parser)]
#[command(
    name = "torikumi",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 done, 1 an input failed, 2 wrong usage, 3 --strict and the output carries warnings.\n\
                  Run 'torikumi help COMMAND' for the options and examples of a command."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    verbosity: console::Verbosity,
}

#[derive(Debug, Subcommand)]
enum Command {
    Audit(audit::Args),
    Compare(compare::Args),
    Completions(completions::Args),
    Explain(explain::Args),
    Extract(extract::Args),
    Inspect(inspect::Args),
    Man(man::Args),
    Review(review::Args),
    Rules(rules::Args),
    Schema(schema::Args),
    Tables(tables::Args),
    Text(text::Args),
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Everything was done.
    Done,
    /// Done, but `--strict` was asked for and there were warnings.
    Strict,
    /// An input failed or an output could not be written.
    Failed,
    /// The arguments do not go together.
    Usage,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::Failed => 1,
            Outcome::Usage => 2,
            Outcome::Strict => 3,
        })
    }
}

/// Runs the command that the arguments name.
pub(crate) fn run(cli: Cli) -> ExitCode {
    let console = cli.verbosity.into();
    match cli.command {
        Command::Audit(args) => audit::run(&args, console),
        Command::Compare(args) => compare::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Extract(args) => extract::run(&args, console),
        Command::Inspect(args) => inspect::run(&args),
        Command::Man(args) => man::run(&args),
        Command::Review(args) => review::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Tables(args) => tables::run(&args),
        Command::Text(args) => text::run(&args),
    }
    .into()
}

/// Says on standard error what went wrong with `subject`; a closed standard error is no reason to stop.
pub(crate) fn complain(subject: &str, what: &dyn std::fmt::Display) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr().lock(), "{subject}: {what}");
}
