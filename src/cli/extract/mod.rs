//! `torikumi extract`: reports in, data out.

mod format;

use super::files::{self, Input};
use super::source::Opening;
use super::{Outcome, complain};
use format::{Arrangement, Format, Gathering};
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use torikumi::report::Report;

/// Turn progress reports into JSON, every value with its place on the page
///
/// Reads PDF, and text that another program converted (.txt, .md, .html). One report goes to standard output unless
/// -o names a file; several go into the folder that -o names, one JSON file each, and a report that fails does not
/// stop the others.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    torikumi extract report.pdf                      # JSON on standard output\n  \
    torikumi extract report.pdf -o report.json\n  \
    torikumi extract r3.pdf r4.pdf r5.pdf -o out/    # out/r3.json, out/r4.json, out/r5.json\n  \
    torikumi extract *.pdf --format ndjson > all.ndjson\n  \
    torikumi extract converted.txt                   # text that another program converted\n  \
    cat report.pdf | torikumi extract -\n\n\
    Exit codes: 0 done, 1 an input failed, 2 wrong usage, 3 --strict and a report carries warnings.")]
pub(crate) struct Args {
    /// Reports to read; - is standard input
    #[arg(required = true, value_name = "FILE")]
    inputs: Vec<Input>,
    /// Write to this file; to this folder when there are several reports or the name ends in /
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// End with exit code 3 when a report carries warnings
    #[arg(long)]
    strict: bool,
    /// Read by this rule pack (a TOML file) instead of the built-in one that fits best
    #[arg(long, value_name = "PACK")]
    rules: Option<PathBuf>,
    /// The form to write
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    #[command(flatten)]
    opening: Opening,
}

/// Where the report of one input goes.
enum Target<'a> {
    /// Into an output of its own.
    Own(Option<&'a Path>, fn(&Report, &mut dyn Write) -> io::Result<()>),
    /// To the reports before it.
    Shared(&'a mut dyn Gathering),
}

pub(crate) fn run(args: &Args) -> Outcome {
    let rules = match args.rules.as_deref().map(pack) {
        Some(Ok(rules)) => Some(rules),
        Some(Err(outcome)) => return outcome,
        None => None,
    };
    let options = torikumi::Options { pdf: args.opening.options(), rules };
    match args.format.arrangement() {
        Arrangement::Each { extension, write } => each(args, extension, write, &options),
        Arrangement::Together { open } => together(args, open, &options),
    }
}

fn each(
    args: &Args,
    extension: &str,
    write: fn(&Report, &mut dyn Write) -> io::Result<()>,
    options: &torikumi::Options,
) -> Outcome {
    let outputs = match outputs(args, extension) {
        Ok(outputs) => outputs,
        Err(outcome) => return outcome,
    };
    let mut worst = Outcome::Done;
    for (index, (input, output)) in args.inputs.iter().zip(&outputs).enumerate() {
        progress(args, index);
        worst = worst.max(extract(input, Target::Own(output.as_deref(), write), args.strict, options));
    }
    worst
}

fn together(
    args: &Args,
    open: fn(Option<&Path>) -> io::Result<Box<dyn Gathering>>,
    options: &torikumi::Options,
) -> Outcome {
    let mut gathering = match open(args.output.as_deref()) {
        Ok(gathering) => gathering,
        Err(failure) => return files::unwritable(args.output.as_deref(), &failure),
    };
    let mut worst = Outcome::Done;
    for (index, input) in args.inputs.iter().enumerate() {
        progress(args, index);
        worst = worst.max(extract(input, Target::Shared(gathering.as_mut()), args.strict, options));
    }
    match gathering.finish() {
        Ok(()) => worst,
        Err(failure) => worst.max(files::unwritable(args.output.as_deref(), &failure)),
    }
}

fn progress(args: &Args, index: usize) {
    if args.inputs.len() > 1 && io::stderr().is_terminal() {
        complain(&format!("[{}/{}]", index + 1, args.inputs.len()), &args.inputs[index].label());
    }
}

/// The rule pack in a file, or how the run ends.
pub(super) fn pack(path: &Path) -> Result<torikumi::report::rules::Rules, Outcome> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|failure| {
        complain(&name, &format_args!("cannot be read as a rule pack: {failure}"));
        Outcome::Failed
    })?;
    torikumi::report::rules::Rules::load(&text, &name).map_err(|error| {
        complain("--rules", &error);
        Outcome::Failed
    })
}

fn extract(input: &Input, target: Target<'_>, strict: bool, options: &torikumi::Options) -> Outcome {
    let report = match input.read().and_then(|bytes| torikumi::extract(&bytes, &input.name(), options)) {
        Ok(report) => report,
        Err(error) => {
            complain(&input.label(), &error);
            return Outcome::Failed;
        }
    };
    for warning in report.warnings.iter().filter(|_| strict) {
        complain(&input.label(), &format_args!("warning {}: {}", warning.code, warning.message));
    }
    let outcome = match target {
        Target::Own(output, write) => files::deliver(output, |out| write(&report, out)),
        Target::Shared(gathering) => match gathering.take(&report) {
            Ok(()) => Outcome::Done,
            Err(failure) if failure.kind() == io::ErrorKind::BrokenPipe => Outcome::Done,
            Err(failure) => files::unwritable(None, &failure),
        },
    };
    if strict && !report.warnings.is_empty() { outcome.max(Outcome::Strict) } else { outcome }
}

/// Where each report goes (`None`: standard output), or how the run ends where inputs and `-o` do not go together.
fn outputs(args: &Args, extension: &str) -> Result<Vec<Option<PathBuf>>, Outcome> {
    let Some(output) = &args.output else {
        if args.inputs.len() > 1 {
            complain("extract", &"several reports need a folder to go to: add -o FOLDER/, or --format ndjson");
            return Err(Outcome::Usage);
        }
        return Ok(vec![None]);
    };
    let names_folder = output.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
    if args.inputs.len() == 1 && !names_folder && !output.is_dir() {
        if args.inputs[0].is_same_file(output) {
            complain(&output.display().to_string(), &"is the input itself: give another name to -o");
            return Err(Outcome::Usage);
        }
        return Ok(vec![Some(output.clone())]);
    }
    let mut taken = BTreeMap::new();
    let mut paths = Vec::with_capacity(args.inputs.len());
    for input in &args.inputs {
        let path = output.join(input.output_name(extension));
        if let Some(other) = taken.insert(path.clone(), input.label()) {
            let message = format!("would be written for both {other} and {}: rename one of them", input.label());
            complain(&path.display().to_string(), &message);
            return Err(Outcome::Usage);
        }
        paths.push(Some(path));
    }
    if let Err(failure) = std::fs::create_dir_all(output) {
        complain(&output.display().to_string(), &format_args!("cannot be used as a folder: {failure}"));
        return Err(Outcome::Failed);
    }
    Ok(paths)
}
