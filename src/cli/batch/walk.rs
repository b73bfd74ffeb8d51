//! Folders: the files in them that are inputs, in the order of their paths. Links are followed, but no folder is read
//! twice, so that links that loop end; names with a dot before them and the run's own output are no inputs.

use super::{Access, Entry};
use crate::cli::files::Input;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// What is looked for in folders.
pub(super) struct Walk<'a> {
    /// Extensions of the files that are inputs, in lower case.
    pub(super) extensions: Vec<String>,
    /// The run's own output as a real path: a file or folder that is not read.
    pub(super) own: Option<PathBuf>,
    /// Real paths of the folders read so far, and what they were called.
    visited: BTreeMap<PathBuf, PathBuf>,
    /// Links to folders, for later: a folder counts as what it is rather than as what a link calls it.
    links: BTreeSet<PathBuf>,
    entries: Vec<Entry>,
    root: &'a Path,
}

impl<'a> Walk<'a> {
    /// A walk that has read nothing yet.
    pub(super) fn new(extensions: Vec<String>, own: Option<&Path>) -> Self {
        Self {
            extensions,
            own: own.and_then(|path| fs::canonicalize(path).ok()),
            visited: BTreeMap::new(),
            links: BTreeSet::new(),
            entries: Vec::new(),
            root: Path::new(""),
        }
    }

    /// The inputs below `root`, in the order of their paths; folders that an earlier root held are not read again.
    pub(super) fn below(&mut self, root: &'a Path) -> Vec<Entry> {
        self.root = root;
        self.tree(root.to_owned());
        while let Some(link) = self.links.pop_first() {
            self.tree(link);
        }
        self.entries.sort_by(|a, b| a.input.path().cmp(b.input.path()));
        std::mem::take(&mut self.entries)
    }

    /// Reads a folder and all real folders in it.
    fn tree(&mut self, folder: PathBuf) {
        let mut folders = vec![folder];
        while let Some(folder) = folders.pop() {
            let listed = fs::canonicalize(&folder).and_then(|real| {
                if self.own.as_ref() == Some(&real) && folder != self.root {
                    return Ok(None);
                }
                if let Some(known) = self.visited.get(&real) {
                    let why = format!("is the folder {}, which is read already", known.display());
                    self.add(folder.clone(), Access::Skipped(why));
                    return Ok(None);
                }
                self.visited.insert(real, folder.clone());
                fs::read_dir(&folder).map(Some)
            });
            match listed {
                Ok(Some(files)) => folders.extend(files.filter_map(|file| self.look_at(&folder, file))),
                Ok(None) => {}
                Err(failure) => self.refuse(folder, &failure),
            }
        }
    }

    /// Takes note of what stands in a folder; gives it back where it is a folder itself.
    fn look_at(&mut self, folder: &Path, found: io::Result<fs::DirEntry>) -> Option<PathBuf> {
        let kind = found.and_then(|found| Ok((found.file_name(), found.path(), found.file_type()?)));
        let (name, path, kind) = match kind {
            Ok(known) => known,
            Err(failure) => {
                self.refuse(folder.to_owned(), &failure);
                return None;
            }
        };
        if name.as_encoded_bytes().starts_with(b".") {
            return None;
        }
        if kind.is_dir() {
            return Some(path);
        }
        if kind.is_symlink() {
            match fs::metadata(&path) {
                Ok(target) if target.is_dir() => drop(self.links.insert(path)),
                Ok(target) if target.is_file() => self.file(path),
                Ok(_) => {}
                Err(failure) => self.refuse(path, &failure),
            }
        } else if kind.is_file() {
            self.file(path);
        }
        None
    }

    fn file(&mut self, path: PathBuf) {
        let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default().to_lowercase();
        if self.extensions.contains(&extension) && !self.is_own(&path) {
            self.add(path, Access::Open);
        }
    }

    fn is_own(&self, path: &Path) -> bool {
        self.own
            .as_ref()
            .is_some_and(|own| own.file_name() == path.file_name() && fs::canonicalize(path).ok().as_ref() == Some(own))
    }

    fn refuse(&mut self, path: PathBuf, failure: &io::Error) {
        self.add(path, Access::Refused(format!("cannot be read: {failure}")));
    }

    fn add(&mut self, path: PathBuf, access: Access) {
        let place = path.strip_prefix(self.root).unwrap_or(&path).to_owned();
        self.entries.push(Entry { key: place.clone(), input: Input::file(path), place, access });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        folder
    }

    fn walk(root: &Path, own: Option<&Path>) -> Vec<String> {
        let show = |entry: Entry| {
            let place = crate::cli::batch::slashed(&entry.place);
            match entry.access {
                Access::Open => place,
                Access::Skipped(_) => format!("skipped {place}"),
                Access::Refused(_) => format!("refused {place}"),
            }
        };
        Walk::new(vec!["pdf".to_owned()], own).below(root).into_iter().map(show).collect()
    }

    #[test]
    fn files_come_in_the_order_of_their_paths_with_their_folders() {
        let folder = tree(&["b.pdf", "a/z.PDF", "a/notes.txt", "令和5/報告.pdf", ".git/x.pdf", "a/.y.pdf"]);
        assert_eq!(walk(folder.path(), None), ["a/z.PDF", "b.pdf", "令和5/報告.pdf"]);
    }

    #[test]
    fn a_folder_that_is_gone_is_refused_and_not_forgotten() {
        let folder = tree(&[]);
        assert_eq!(walk(&folder.path().join("gone"), None), ["refused "]);
    }

    #[test]
    fn the_output_inside_the_input_is_not_read_but_the_input_itself_may_be_the_output() {
        let folder = tree(&["a.pdf", "out/a.pdf", "all.pdf"]);
        assert_eq!(walk(folder.path(), Some(&folder.path().join("out"))), ["a.pdf", "all.pdf"]);
        assert_eq!(walk(folder.path(), Some(&folder.path().join("all.pdf"))), ["a.pdf", "out/a.pdf"]);
        assert_eq!(walk(folder.path(), Some(folder.path())), ["a.pdf", "all.pdf", "out/a.pdf"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_once_and_loops_end() {
        use std::os::unix::fs::symlink;
        let folder = tree(&["real/a.pdf", "other/b.pdf"]);
        let elsewhere = tree(&["c.pdf"]);
        symlink("..", folder.path().join("real/up")).unwrap();
        symlink("real", folder.path().join("again")).unwrap();
        symlink(elsewhere.path(), folder.path().join("far")).unwrap();
        symlink("b.pdf", folder.path().join("other/link.pdf")).unwrap();
        symlink("self", folder.path().join("self")).unwrap();
        symlink("gone.pdf", folder.path().join("broken.pdf")).unwrap();
        let expected = [
            "skipped again",
            "refused broken.pdf",
            "far/c.pdf",
            "other/b.pdf",
            "other/link.pdf",
            "real/a.pdf",
            "skipped real/up",
            "refused self",
        ];
        assert_eq!(walk(folder.path(), None), expected);
    }
}
