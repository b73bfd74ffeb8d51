//! `torikumi compare`: editions of one plan against each other.

use super::files::Input;
use super::{Outcome, complain, reports};
use std::collections::BTreeMap;
use torikumi::audit::{Edition, compare, differences};
use torikumi::output::findings::Findings;

/// Compare editions of one plan: restated figures, changed grades, moved targets, vanished initiatives
///
/// Editions are put in the order of the years they report on. Sections, initiatives and indicators are paired by
/// number and wording, so that a renamed one is followed. A year that was blank and is filled now is no change.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  torikumi compare r4.pdf r5.pdf\n  torikumi compare r3.json r4.json r5.json --format html -o changes.html\n\n\
                        Exit codes: 0 done, 1 an input failed, 2 wrong usage or different plans, 3 --fail-on and a finding is that serious."
)]
pub(crate) struct Args {
    /// Two or more editions, oldest first: PDF, converted text, or JSON that 'extract' wrote
    #[arg(value_name = "FILE", required = true, num_args = 2..)]
    inputs: Vec<Input>,
    #[command(flatten)]
    options: reports::Options,
    /// Compare although the titles or the public bodies differ
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let reading = match args.options.reading() {
        Ok(reading) => reading,
        Err(outcome) => return outcome,
    };
    let reports: Vec<_> = args.inputs.iter().map(|input| reports::read(input, &reading)).collect();
    let Some(reports) = reports.into_iter().collect::<Option<Vec<_>>>() else { return Outcome::Failed };
    let names = names(&args.inputs);
    let editions: Vec<_> =
        names.iter().zip(&reports).map(|(file, report)| Edition { file: file.as_str(), report }).collect();
    let differing = differences(&editions);
    for one in differing.iter().filter(|_| !args.force) {
        let what = format_args!("different {}: {:?}, but {:?} in {}", one.what, one.other.1, one.first.1, one.first.0);
        complain(&one.other.0, &what);
    }
    if !differing.is_empty() && !args.force {
        complain("compare", &"not editions of one plan; --force compares them all the same");
        return Outcome::Usage;
    }
    for (file, first) in same_files(&editions) {
        complain(file, &format_args!("is the same file as {first}: nothing can differ between them"));
    }
    let comparison = compare(&editions);
    let findings = [Findings::from(&comparison)];
    let written = args.options.deliver(&findings, std::slice::from_ref(&comparison), comparison.japanese);
    written.max(args.options.outcome(&comparison.findings))
}

/// Editions whose files are the same, byte by byte, each with the first of them.
fn same_files<'a>(editions: &[Edition<'a>]) -> Vec<(&'a str, &'a str)> {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    let mut found = Vec::new();
    for edition in editions {
        let hash = edition.report.source.sha256.as_str();
        match first.get(hash).filter(|_| !hash.is_empty()) {
            Some(known) => found.push((edition.file, *known)),
            None => drop(first.insert(hash, edition.file)),
        }
    }
    found
}

/// File names without folders, with them where two files have one name.
fn names(inputs: &[Input]) -> Vec<String> {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for input in inputs {
        *uses.entry(input.name()).or_default() += 1;
    }
    let unique = |input: &Input| uses.get(&input.name()).is_none_or(|count| *count == 1);
    inputs.iter().map(|input| if unique(input) { input.name() } else { input.label() }).collect()
}
