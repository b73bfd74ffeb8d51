//! Where the reports of a run go: which outputs the inputs and `-o` make together, and which of them cannot be.

use crate::cli::batch::{Entry, Plan, Scale, clash};
use crate::cli::{Outcome, complain};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

/// Where reports go that are outputs of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Destination {
    /// Standard output, for one report.
    Standard,
    /// A file, for one report.
    File(PathBuf),
    /// A folder that exists.
    Folder(PathBuf),
}

impl Destination {
    /// Where `-o` says that the inputs of `plan` go, or how the run ends where the two do not go together. A folder is
    /// made; nothing is written.
    pub(super) fn of(output: Option<&Path>, plan: &Plan, extension: &str) -> Result<Self, Outcome> {
        let Some(output) = output else {
            if plan.scale() == Scale::One {
                return Ok(Self::Standard);
            }
            complain("extract", &"several reports need a folder to go to: add -o FOLDER/, or --format ndjson");
            return Err(Outcome::Usage);
        };
        let named_folder = output.as_os_str().to_string_lossy().ends_with(['/', MAIN_SEPARATOR]);
        if plan.scale() == Scale::One && !named_folder && !output.is_dir() {
            refuse_inputs(output, plan)?;
            return Ok(Self::File(output.to_owned()));
        }
        let folder = Self::Folder(output.to_owned());
        let path = |entry: &Entry| folder.path(entry, extension).unwrap_or_default();
        if let Some((one, other, path)) = clash(plan.open(), path) {
            let (one, other) = (one.input.label(), other.input.label());
            complain(
                &path.display().to_string(),
                &format_args!("would be written for both {one} and {other}: rename one of them"),
            );
            return Err(Outcome::Usage);
        }
        if let Some(entry) = plan.open().find(|entry| entry.input.is_same_file(&path(entry))) {
            return Err(is_input(&path(entry)));
        }
        std::fs::create_dir_all(output).map_err(|failure| {
            complain(&output.display().to_string(), &format_args!("cannot be used as a folder: {failure}"));
            Outcome::Failed
        })?;
        Ok(folder)
    }

    /// The file of one input, if it is not standard output.
    pub(super) fn path(&self, entry: &Entry, extension: &str) -> Option<PathBuf> {
        match self {
            Self::Standard => None,
            Self::File(path) => Some(path.clone()),
            Self::Folder(folder) => Some(folder.join(entry.place.with_extension(extension))),
        }
    }
}

/// An output must not be one of the inputs.
pub(super) fn refuse_inputs(output: &Path, plan: &Plan) -> Result<(), Outcome> {
    if output.exists() && plan.open().any(|entry| entry.input.is_same_file(output)) {
        return Err(is_input(output));
    }
    Ok(())
}

fn is_input(output: &Path) -> Outcome {
    complain(&output.display().to_string(), &"is the input itself: give another name to -o");
    Outcome::Usage
}
