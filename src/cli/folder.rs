//! Files that belong together: all of them appear in their folder, or none does and those that were there stay.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use torikumi::output::csv::File;

/// Whether `folder` is one or can become one.
pub(crate) fn check(folder: &Path) -> io::Result<()> {
    if folder.exists() && !folder.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotADirectory, "is a file: name a folder"));
    }
    Ok(())
}

/// Writes all files into `folder`, which is made where it is missing.
pub(crate) fn write(folder: &Path, files: &[File]) -> io::Result<()> {
    check(folder)?;
    let made = !folder.exists();
    fs::create_dir_all(folder)?;
    let result = write_into(folder, files);
    if made && result.is_err() {
        // It may hold what another program wrote meanwhile; then it stays.
        let _ = fs::remove_dir(folder);
    }
    result
}

fn write_into(folder: &Path, files: &[File]) -> io::Result<()> {
    let workshop = tempfile::Builder::new().prefix(".torikumi-").tempdir_in(folder)?;
    for file in files {
        let mut made = fs::File::create(workshop.path().join(&file.name))?;
        made.write_all(&file.bytes)?;
        made.sync_all()?;
    }
    let mut moves = Vec::new();
    for file in files {
        let (made, named) = (workshop.path().join(&file.name), folder.join(&file.name));
        let old = workshop.path().join(format!("old-{}", file.name));
        if let Err(failure) = replace(&made, &named, &old, &mut moves) {
            undo(moves);
            return Err(io::Error::new(failure.kind(), format!("{}: {failure}", file.name)));
        }
    }
    Ok(())
}

fn replace(made: &Path, named: &Path, old: &Path, moves: &mut Vec<(PathBuf, PathBuf)>) -> io::Result<()> {
    if named.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder: move it away"));
    }
    let mut rename = |from: &Path, to: &Path| -> io::Result<()> {
        fs::rename(from, to)?;
        moves.push((from.to_owned(), to.to_owned()));
        Ok(())
    };
    if named.exists() {
        rename(named, old)?;
    }
    rename(made, named)
}

/// Takes the moves back, the last first; what cannot be taken back stays where it is.
fn undo(moves: Vec<(PathBuf, PathBuf)>) {
    for (from, to) in moves.into_iter().rev() {
        let _ = fs::rename(to, from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[&str], content: &str) -> Vec<File> {
        names.iter().map(|name| File { name: (*name).to_owned(), bytes: content.as_bytes().to_vec() }).collect()
    }

    fn content(folder: &Path) -> Vec<(String, String)> {
        let entry = |entry: io::Result<fs::DirEntry>| {
            let path = entry.unwrap().path();
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap_or_default())
        };
        let mut all: Vec<_> = fs::read_dir(folder).unwrap().map(entry).collect();
        all.sort();
        all
    }

    #[test]
    fn all_files_are_replaced() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &files(&["評価.csv", "b.csv"], "old")).unwrap();
        write(folder.path(), &files(&["評価.csv", "b.csv"], "new")).unwrap();
        assert_eq!(content(folder.path()), [("b.csv", "new"), ("評価.csv", "new")].map(|(a, b)| (a.into(), b.into())));
    }

    #[test]
    fn one_that_cannot_be_written_leaves_all_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &files(&["a.csv"], "old")).unwrap();
        fs::create_dir(folder.path().join("b.csv")).unwrap();
        let before = content(folder.path());
        let failure = write(folder.path(), &files(&["a.csv", "b.csv"], "new")).unwrap_err();
        assert!(failure.to_string().contains("b.csv: is a folder"));
        assert_eq!(content(folder.path()), before);
    }

    #[test]
    fn a_file_is_no_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("taken");
        fs::write(&path, "mine").unwrap();
        assert!(write(&path, &files(&["a.csv"], "new")).unwrap_err().to_string().contains("is a file"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    }
}
