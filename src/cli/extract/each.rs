//! Reports as outputs of their own: each is written as soon as it is read, and noted so that a later run can skip it.

use super::destination::Destination;
use super::format::Writer;
use super::journal::{self, Digested, Done, Journal, Record, digest};
use super::{Account, Args};
use crate::cli::batch::{Entry, Fate, Plan, Scale, slashed};
use crate::cli::console::Console;
use crate::cli::{Outcome, complain, files};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

/// How a report is written, and by what.
pub(super) struct Form<'p> {
    /// Of the file.
    pub(super) extension: &'static str,
    pub(super) write: Writer,
    /// Text of the rule pack, if one was given.
    pub(super) pack: Option<&'p str>,
}

/// What runs that are noted know of each other.
struct Notes {
    /// Program and rules of this run.
    by: String,
    /// What earlier runs did.
    done: Done,
}

/// What was made of an input.
enum Made {
    Written(Account, Option<Record>),
    /// It was there already.
    Unchanged(Record),
}

pub(super) fn run(
    args: &Args,
    plan: Plan,
    console: Console,
    options: &torikumi::Options,
    form: &Form<'_>,
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
    let noted = folder.filter(|_| args.resume || plan.scale() == Scale::Many);
    let notes = noted.map(|folder| {
        let by = journal::reader(form.pack);
        let done = if args.resume { Done::load(folder, &by) } else { Done::default() };
        Notes { by, done }
    });
    if args.resume {
        sweep(&plan, &destination, form.extension);
    }
    let mut journal = noted.map(|folder| Journal::new(folder, args.batch.shard()));
    let mut strict = Outcome::Done;
    let work = |entry: &Entry| read(entry, &destination, notes.as_ref(), options, form);
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
                if let Some(Err(failure)) = journal.as_mut().zip(record).map(|(journal, record)| journal.note(&record))
                {
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
    notes: Option<&Notes>,
    options: &torikumi::Options,
    form: &Form<'_>,
) -> Result<Made, String> {
    let bytes = entry.input.read().map_err(|failure| failure.to_string())?;
    let output = destination.path(entry, form.extension);
    let place = slashed(&entry.place.with_extension(form.extension));
    let earlier = notes.map(|notes| &notes.done).filter(|done| !done.is_empty());
    let unchanged = earlier.zip(output.as_deref()).and_then(|(done, path)| done.find(&place, &digest(&bytes), path));
    if let Some(record) = unchanged {
        return Ok(Made::Unchanged(record));
    }
    let report = torikumi::extract(&bytes, &entry.input.name(), options).map_err(|failure| failure.to_string())?;
    drop(bytes);
    // A report is many times as large as what is buffered of it.
    let result = match output.as_deref() {
        None => files::stream_standard(|out| (form.write)(&report, out)).map(|()| None),
        Some(path) => put(destination, path, notes.is_some(), |out| (form.write)(&report, out)),
    };
    let written = result.map_err(|failure| {
        let subject = output.map_or_else(|| "standard output".to_owned(), |path| path.display().to_string());
        format!("{subject}: cannot be written: {failure}")
    })?;
    let record = notes.zip(written).map(|(notes, written)| Record {
        output: place,
        input: report.source.sha256.clone(),
        by: notes.by.clone(),
        written,
        warnings: report.warnings.len(),
    });
    Ok(Made::Written(Account::of(&report), record))
}

/// Writes the file `path`, gives its SHA-256 where it is `noted`. One file is on the disk when the run ends. A folder of them
/// is not waited for, because that would cost more than reading the reports: should the machine fail, `--resume` sees which
/// files are not what was written.
fn put(
    destination: &Destination,
    path: &Path,
    noted: bool,
    produce: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<Option<String>> {
    let is_one_of_many = matches!(destination, Destination::Folder(_));
    if let Some(folder) = path.parent().filter(|_| is_one_of_many) {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = files::Whole::create(path)?;
    let digest = if noted {
        let mut digested = Digested::new(&mut file);
        produce(&mut digested)?;
        Some(digested.digest())
    } else {
        produce(&mut file)?;
        None
    };
    if is_one_of_many {
        file.name()?
    } else {
        file.finish()?
    }
    Ok(digest)
}
