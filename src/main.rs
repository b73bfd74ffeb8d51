//! Arguments and exit codes; nothing else.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod cli;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(cli::Cli::parse())
}
