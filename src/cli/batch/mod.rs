//! A command over many inputs: which they are, reading them in parallel, and the account of what became of each.
//! What is made of an input, and where that goes, is left to the command.

mod plan;
mod shard;
mod summary;
mod walk;
mod window;

pub(crate) use plan::{Plan, Scale, clash};
pub(crate) use shard::{Shard, slashed};

use super::files::Input;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use torikumi::Threads;

/// Which files a command reads, and how many at a time.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Many files")]
pub(crate) struct Batch {
    /// Read the folders among the inputs, with all folders in them
    #[arg(short, long)]
    recursive: bool,
    /// In folders, read only files with these extensions, such as pdf,html
    #[arg(long, value_name = "EXTENSIONS", value_delimiter = ',')]
    only: Vec<String>,
    /// Read what this list names, one path on each line; - is standard input
    #[arg(long, value_name = "FILE")]
    from_list: Option<Input>,
    /// How many files to read at a time; with 1, one thread does everything [default: number of processor cores]
    #[arg(short, long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Read only the K-th of N parts of the inputs, chosen by the hash of their paths
    #[arg(long, value_name = "K/N")]
    shard: Option<Shard>,
}

/// One input of a run.
#[derive(Debug)]
pub(crate) struct Entry {
    /// What is read.
    pub(crate) input: Input,
    /// Where its output stands below an output folder, with the input's extension: the path below the folder that was
    /// named, or the name of a file that was.
    pub(crate) place: PathBuf,
    /// What decides to which part it belongs.
    key: PathBuf,
    access: Access,
}

/// Whether an input can be read.
#[derive(Debug, PartialEq, Eq)]
enum Access {
    Open,
    /// It need not be read, for this reason.
    Skipped(String),
    /// It cannot be read, for this reason.
    Refused(String),
}

/// What became of an input.
#[derive(Debug)]
pub(crate) enum Fate {
    /// Read and written; what a verbose run says about it.
    Done(String),
    /// Not read, for this reason.
    Skipped(String),
    /// Failed, for this reason.
    Failed(String),
}

impl Batch {
    /// The part of the inputs that is read.
    pub(crate) fn shard(&self) -> Option<Shard> {
        self.shard
    }

    /// How many threads may read one of the inputs.
    pub(crate) fn threads(&self) -> Threads {
        if self.jobs == Some(NonZeroUsize::MIN) { Threads::One } else { Threads::Many }
    }
}
