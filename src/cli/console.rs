//! What a run says beside its output: all of it goes to standard error, and only where it is wanted.

use super::complain;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// How much a run says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Console {
    /// Only what failed.
    Quiet,
    /// Progress on a terminal and a summary of many files.
    Normal,
    /// A line for each file, too.
    Verbose,
}

/// The options that choose.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct Verbosity {
    /// Say nothing on standard error but what failed
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say on standard error what became of each file
    #[arg(short, long, global = true)]
    verbose: bool,
}

impl From<Verbosity> for Console {
    fn from(options: Verbosity) -> Self {
        match (options.quiet, options.verbose) {
            (true, _) => Self::Quiet,
            (_, true) => Self::Verbose,
            _ => Self::Normal,
        }
    }
}

impl Console {
    /// Says something that only a verbose run says.
    pub(crate) fn remark(self, subject: &str, what: &dyn std::fmt::Display) {
        if self == Self::Verbose {
            complain(subject, what);
        }
    }

    /// A bar for this many steps: on a terminal, for more than one step, in a run that is not quiet.
    pub(crate) fn progress(self, steps: usize) -> Progress {
        if self == Self::Quiet || steps < 2 || !std::io::stderr().is_terminal() {
            return Progress(None);
        }
        let bar = ProgressBar::new(steps as u64);
        if let Ok(style) = ProgressStyle::with_template("[{bar:30}] {pos}/{len}, {eta} left{msg}") {
            bar.set_style(style.progress_chars("=> "));
        }
        Progress(Some(bar))
    }
}

/// A bar that shows how far a run is, or nothing.
pub(crate) struct Progress(Option<ProgressBar>);

impl Progress {
    /// Does what may write to the terminal, with the bar out of the way.
    pub(crate) fn aside<T>(&self, act: impl FnOnce() -> T) -> T {
        match &self.0 {
            Some(bar) => bar.suspend(act),
            None => act(),
        }
    }

    /// One step further; `failed` steps failed so far.
    pub(crate) fn step(&self, failed: usize) {
        let Some(bar) = &self.0 else { return };
        if failed > 0 {
            bar.set_message(format!(", {failed} failed"));
        }
        bar.inc(1);
    }

    /// Takes the bar away.
    pub(crate) fn finish(self) {
        if let Some(bar) = self.0 {
            bar.finish_and_clear();
        }
    }
}
