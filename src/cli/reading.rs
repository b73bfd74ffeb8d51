//! What every command that reads reports shares: how PDFs are opened and by which rule pack reports are read.

use super::source::Opening;
use super::{Outcome, complain};
use std::path::{Path, PathBuf};
use torikumi::report::rules::Rules;

/// How reports are read.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Reading {
    /// Read by this rule pack (a TOML file) instead of the built-in one that fits best
    #[arg(long, value_name = "PACK")]
    rules: Option<PathBuf>,
    #[command(flatten)]
    opening: Opening,
}

impl Reading {
    /// The same for the library, or how the run ends where the pack cannot be used.
    pub(crate) fn options(&self) -> Result<torikumi::Options, Outcome> {
        self.load().map(|(options, _)| options)
    }

    /// The same for the library with the text of the pack, or how the run ends where the pack cannot be used.
    pub(crate) fn load(&self) -> Result<(torikumi::Options, Option<String>), Outcome> {
        let (text, rules) = self.rules.as_deref().map(pack).transpose()?.unzip();
        Ok((torikumi::Options { pdf: self.opening.options(), rules, ..Default::default() }, text))
    }
}

/// The rule pack in a file with its text, or how the run ends.
fn pack(path: &Path) -> Result<(String, Rules), Outcome> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|failure| {
        complain(&name, &format_args!("cannot be read as a rule pack: {failure}"));
        Outcome::Failed
    })?;
    let rules = Rules::load(&text, &name).map_err(|error| {
        complain("--rules", &error);
        Outcome::Failed
    })?;
    Ok((text, rules))
}
