//! Arguments, lists and folders in, the inputs of a run out; and the run over them.

use super::summary::Summary;
use super::walk::Walk;
use super::window::in_order;
use super::{Access, Batch, Entry, Fate, Shard};
use crate::cli::console::Console;
use crate::cli::files::Input;
use crate::cli::{Outcome, complain};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

/// What a run reads.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Every input, in order.
    pub(crate) entries: Vec<Entry>,
    jobs: usize,
    scale: Scale,
    shard: Option<Shard>,
}

/// What a run is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// One file that was named.
    One,
    /// Files that were named, each of them.
    Several,
    /// What a folder or a list holds.
    Many,
}

impl Batch {
    /// The inputs that `named`, the list and the folders among them hold, files in folders by the extensions that the
    /// command `reads`; the command's own output `own` is none of them.
    pub(crate) fn plan(&self, named: &[Input], reads: &[&str], own: Option<&Path>) -> Result<Plan, Outcome> {
        let listed = self.listed(named)?;
        let only: Vec<_> = self.only.iter().map(|e| e.trim_start_matches('.').to_lowercase()).collect();
        let reads = if only.is_empty() { reads.iter().map(|e| (*e).to_owned()).collect() } else { only };
        let mut walk = Walk::new(reads, own);
        let entries: Vec<_> = named.iter().chain(&listed).flat_map(|input| self.expand(input, &mut walk)).collect();
        let files_only = self.from_list.is_none() && !named.iter().any(Input::is_folder);
        let scale = match (files_only, named.len()) {
            (true, 1) => Scale::One,
            (true, _) => Scale::Several,
            (false, _) => Scale::Many,
        };
        // Asking the system for the number of its cores takes longer than many a report.
        let cores = || if entries.len() > 1 { available_parallelism().map_or(1, usize::from) } else { 1 };
        let jobs = self.jobs.map_or_else(cores, usize::from);
        Ok(Plan { entries, jobs, scale, shard: self.shard })
    }

    /// What the list names, if there is one; or how the run ends where the arguments name nothing to read.
    fn listed(&self, named: &[Input]) -> Result<Vec<Input>, Outcome> {
        if named.iter().chain(&self.from_list).filter(|input| input.is_standard()).count() > 1 {
            complain("-", &"standard input can be read once only");
            return Err(Outcome::Usage);
        }
        let Some(list) = &self.from_list else {
            if named.is_empty() {
                complain("no input", &"give files, folders with --recursive, or a list with --from-list");
                return Err(Outcome::Usage);
            }
            return Ok(Vec::new());
        };
        list.lines().map_err(|failure| {
            complain(&list.label(), &format_args!("cannot be read as a list: {failure}"));
            Outcome::Failed
        })
    }

    fn expand<'a>(&self, input: &'a Input, walk: &mut Walk<'a>) -> Vec<Entry> {
        if input.is_folder() && self.recursive {
            return walk.below(input.path());
        }
        let access = if input.is_folder() {
            Access::Refused("is a folder: add --recursive to read the files in it".to_owned())
        } else {
            Access::Open
        };
        vec![Entry { input: input.clone(), place: input.place(), key: input.path().to_owned(), access }]
    }
}

impl Plan {
    /// What the run is about.
    pub(crate) fn scale(&self) -> Scale {
        self.scale
    }

    /// The inputs that can be read.
    pub(crate) fn open(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.access == Access::Open)
    }

    /// Does `work` on every input of this part in parallel and gives what it made to `sink` in order, which says what
    /// became of the input, or breaks off where nobody reads the output any more. Says what failed, counts all, and
    /// gives how the run ends.
    pub(crate) fn run<T: Send>(
        self,
        console: Console,
        work: impl Fn(&Entry) -> Result<T, String> + Sync,
        mut sink: impl FnMut(&Entry, T) -> ControlFlow<(), Fate>,
    ) -> Outcome {
        let of = self.shard.map(|shard| format!(" of part {shard}")).unwrap_or_default();
        let mut entries = self.entries;
        entries.retain(|entry| self.shard.is_none_or(|shard| shard.holds(&entry.key)));
        let progress = console.progress(entries.len());
        let mut summary = Summary::default();
        let mut order = entries.iter();
        let mut broken = false;
        in_order(
            entries.iter().collect(),
            self.jobs,
            |entry| made(entry, &work),
            |worked| {
                let Some(entry) = order.next() else { return ControlFlow::Break(()) };
                let made = worked.unwrap_or_else(|panicked| Err(Fate::Failed(panicked.to_string())));
                let counted = progress.aside(|| {
                    let fate = made.map_or_else(ControlFlow::Continue, |made| sink(entry, made))?;
                    summary.count(entry.input.label(), fate, console);
                    ControlFlow::Continue(())
                });
                broken = counted.is_break();
                progress.step(summary.failed());
                counted
            },
        );
        progress.finish();
        if self.scale != Scale::One && console != Console::Quiet && !broken {
            // A closed standard error is no reason to fail.
            let _ = summary.write(&of, &mut std::io::stderr().lock());
        }
        summary.outcome()
    }
}

fn made<T>(entry: &Entry, work: &impl Fn(&Entry) -> Result<T, String>) -> Result<T, Fate> {
    match &entry.access {
        Access::Open => work(entry).map_err(Fate::Failed),
        Access::Skipped(why) => Err(Fate::Skipped(why.clone())),
        Access::Refused(why) => Err(Fate::Failed(why.clone())),
    }
}

/// Two inputs that would be written to one place, where `place` says where an input goes.
pub(crate) fn clash<'e>(
    entries: impl Iterator<Item = &'e Entry>,
    place: impl Fn(&Entry) -> PathBuf,
) -> Option<(&'e Entry, &'e Entry, PathBuf)> {
    let mut taken = std::collections::BTreeMap::new();
    for entry in entries {
        let path = place(entry);
        if let Some(other) = taken.insert(as_the_system_sees(&path), entry) {
            return Some((other, entry, path));
        }
    }
    None
}

/// Where file names differ by case alone, most systems but Unix ones see one file.
fn as_the_system_sees(path: &Path) -> PathBuf {
    if cfg!(any(windows, target_os = "macos")) {
        return PathBuf::from(path.to_string_lossy().to_lowercase());
    }
    path.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn batch() -> Batch {
        Batch { recursive: true, only: Vec::new(), from_list: None, jobs: None, shard: None }
    }

    #[test]
    fn a_file_that_vanishes_after_the_folder_was_read_fails_alone() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "b.txt", "c.txt"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let named = [Input::file(folder.path().to_owned())];
        let plan = batch().plan(&named, &["txt"], None).unwrap();
        assert_eq!((plan.scale(), plan.open().count()), (Scale::Many, 3));
        fs::remove_file(folder.path().join("b.txt")).unwrap();
        let mut read = Vec::new();
        let work = |entry: &Entry| entry.input.read().map_err(|failure| failure.to_string());
        let outcome = plan.run(Console::Quiet, work, |_, bytes| {
            read.push(String::from_utf8(bytes).unwrap());
            ControlFlow::Continue(Fate::Done(String::new()))
        });
        assert_eq!(outcome, Outcome::Failed);
        assert_eq!(read, ["a.txt", "c.txt"]);
    }

    #[test]
    fn only_these_extensions_are_read() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "b.PDF", "c.md"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let named = [Input::file(folder.path().to_owned())];
        let only = Batch { only: vec![".pdf".to_owned(), "md".to_owned()], ..batch() };
        assert_eq!(only.plan(&named, &["txt", "pdf", "md"], None).unwrap().open().count(), 2);
    }
}
