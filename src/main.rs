//! Arguments and exit codes; nothing else.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod cli;

use clap::Parser;
use std::ffi::OsString;
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(cli::Cli::parse_from(arguments()))
}

/// The arguments, with wildcards such as `*.pdf` replaced by the files that they name: on Windows no shell does it.
fn arguments() -> impl Iterator<Item = OsString> {
    #[cfg(windows)]
    return wild::args_os();
    #[cfg(not(windows))]
    std::env::args_os()
}
