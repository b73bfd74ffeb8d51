//! `torikumi extract`: reports in, JSON out.

use super::files::{self, Input};
use super::{Outcome, complain};
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use torikumi::output::json;

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
    /// Memory that reading a PDF may take at most, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 1024, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(16..=1_048_576))]
    max_memory: usize,
    /// Password of an encrypted PDF (user or owner); an empty one is tried in any case
    #[arg(long, value_name = "PASSWORD")]
    password: Option<String>,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let outputs = match outputs(args) {
        Ok(outputs) => outputs,
        Err(outcome) => return outcome,
    };
    let rules = match args.rules.as_deref().map(pack) {
        Some(Ok(rules)) => Some(rules),
        Some(Err(outcome)) => return outcome,
        None => None,
    };
    let options = torikumi::Options {
        pdf: torikumi::pdf::Options { password: args.password.clone(), max_memory: args.max_memory << 20 },
        rules,
    };
    let show_progress = args.inputs.len() > 1 && std::io::stderr().is_terminal();
    let mut worst = Outcome::Done;
    for (index, (input, output)) in args.inputs.iter().zip(&outputs).enumerate() {
        if show_progress {
            complain(&format!("[{}/{}]", index + 1, args.inputs.len()), &input.label());
        }
        worst = worst.max(extract(input, output.as_deref(), args.strict, &options));
    }
    worst
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

fn extract(input: &Input, output: Option<&Path>, strict: bool, options: &torikumi::Options) -> Outcome {
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
    let outcome = files::deliver(output, |out| json::write_report(&report, out));
    if strict && !report.warnings.is_empty() { outcome.max(Outcome::Strict) } else { outcome }
}

/// Where each report goes (`None`: standard output), or how the run ends where inputs and `-o` do not go together.
fn outputs(args: &Args) -> Result<Vec<Option<PathBuf>>, Outcome> {
    let Some(output) = &args.output else {
        if args.inputs.len() > 1 {
            complain("extract", &"several reports need a folder to go to: add -o FOLDER/");
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
        let path = output.join(input.output_name("json"));
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
