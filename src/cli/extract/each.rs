//! Reports as outputs of their own: each is written as soon as it is read, and noted so that a later run can skip it.

use super::destination::Destination;
use super::format::Writer;
use super::journal::{Done, Journal, Record, digest};
use super::{Account, Args};
use crate::cli::batch::{Entry, Fate, Plan, Scale, slashed};
use crate::cli::console::Console;
use crate::cli::{Outcome, complain, files};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

/// How a report is written, and by what.
pub(super) struct Form {
    /// Of the file.
    pub(super) extension: &'static str,
    pub(super) write: Writer,
    /// Program and rules.
    pub(super) by: String,
}

/// What was made of an input.
enum Made {
    Written(Account, Record),
    /// It was there already.
    Unchanged(Record),
}

pub(super) fn run(
    args: &Args,
    plan: Plan,
    console: Console,
    options: &torikumi::Options,
    form: &Form,
) -> Result<Outcome, Outcome> {
    let destination = Destination::of(args.output.as_deref(), &plan, form.extension)?;
    let folder = match &destination {
        Destination::Folder(folder) => Some(folder.as_path()),
        _ => None,
    };
    if args.resume && folder.is_none() {
        complain("--resume", &"needs a folder of outputs: add -o FOLDER/");
        return Err(Outcome::Usage);
    }
    let done = folder.filter(|_| args.resume).map_or_else(Done::default, |folder| Done::load(folder, &form.by));
    let noted = args.resume || plan.scale() == Scale::Many;
    if args.resume {
        sweep(&plan, &destination, form.extension);
    }
    let mut journal = folder.filter(|_| noted).map(|folder| Journal::new(folder, args.batch.shard()));
    let mut strict = Outcome::Done;
    let work = |entry: &Entry| read(entry, &destination, &done, options, form);
    let outcome = plan.run(console, work, |entry, made| {
        let label = entry.input.label();
        ControlFlow::Continue(match made {
            Made::Unchanged(record) => {
                if args.strict && record.warnings > 0 {
                    complain(&label, &format_args!("{} warnings in the output that is there", record.warnings));
                    strict = Outcome::Strict;
                }
                Fate::Skipped("its output is there already".to_owned())
            }
            Made::Written(account, record) => {
                strict = strict.max(account.judge(&label, args.strict));
                if let Some(Err(failure)) = journal.as_mut().map(|journal| journal.note(&record)) {
                    complain(&label, &format_args!("is done, but not noted for --resume: {failure}"));
                }
                Fate::Done(account.note)
            }
        })
    });
    Ok(outcome.max(strict))
}

/// Removes what killed runs left in the folders of the outputs.
fn sweep(plan: &Plan, destination: &Destination, extension: &str) {
    let outputs = plan.open().filter_map(|entry| destination.path(entry, extension));
    let folders: BTreeSet<_> = outputs.filter_map(|path| path.parent().map(Path::to_owned)).collect();
    folders.iter().for_each(|folder| files::sweep(folder));
}

fn read(
    entry: &Entry,
    destination: &Destination,
    done: &Done,
    options: &torikumi::Options,
    form: &Form,
) -> Result<Made, String> {
    let bytes = entry.input.read().map_err(|failure| failure.to_string())?;
    let output = destination.path(entry, form.extension);
    let place = slashed(&entry.place.with_extension(form.extension));
    let input = digest(&bytes);
    if let Some(record) = output.as_deref().and_then(|path| done.find(&place, &input, path)) {
        return Ok(Made::Unchanged(record));
    }
    let report = torikumi::extract(&bytes, &entry.input.name(), options).map_err(|failure| failure.to_string())?;
    drop(bytes);
    let mut written = Vec::new();
    let result = (form.write)(&report, &mut written).and_then(|()| put(destination, output.as_deref(), &written));
    result.map_err(|failure| {
        let subject = output.map_or_else(|| "standard output".to_owned(), |path| path.display().to_string());
        format!("{subject}: cannot be written: {failure}")
    })?;
    let warnings = report.warnings.len();
    let record = Record { output: place, input, by: form.by.clone(), written: digest(&written), warnings };
    Ok(Made::Written(Account::of(&report), record))
}

/// One file is on the disk when the run ends. A folder of them is not waited for, because that would cost more than
/// reading the reports: should the machine fail, `--resume` sees which files are not what was written.
fn put(destination: &Destination, output: Option<&Path>, bytes: &[u8]) -> io::Result<()> {
    let Some(path) = output else { return files::write_standard(bytes) };
    let Destination::Folder(_) = destination else { return files::write_whole(path, bytes) };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = files::Whole::create(path)?;
    file.write_all(bytes)?;
    file.name()
}
