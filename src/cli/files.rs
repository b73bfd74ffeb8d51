//! Inputs and outputs: bytes from a file or standard input, output files that appear whole or not at all.

use super::{Outcome, complain};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use torikumi::Error;

/// Largest input that is read, in bytes: an endless pipe must not fill the memory.
const MAX_INPUT: u64 = 512 << 20;

/// An input as the arguments name it: a path, or `-` for standard input.
#[derive(Debug, Clone)]
pub(crate) struct Input(PathBuf);

impl From<&OsStr> for Input {
    fn from(argument: &OsStr) -> Self {
        Self(PathBuf::from(argument))
    }
}

impl std::str::FromStr for Input {
    type Err = std::convert::Infallible;

    fn from_str(argument: &str) -> Result<Self, Self::Err> {
        Ok(Self(PathBuf::from(argument)))
    }
}

impl Input {
    /// What messages call it.
    pub(crate) fn label(&self) -> String {
        if self.is_standard() { "standard input".to_owned() } else { self.0.display().to_string() }
    }

    /// The file name without folders, `-` for standard input.
    pub(crate) fn name(&self) -> String {
        self.0.file_name().map_or_else(|| "-".to_owned(), |name| name.to_string_lossy().into_owned())
    }

    /// The file name with another extension, `report.…` for standard input.
    pub(crate) fn output_name(&self, extension: &str) -> PathBuf {
        let stem = if self.is_standard() { OsStr::new("report") } else { self.0.file_stem().unwrap_or_default() };
        let mut name = stem.to_owned();
        name.push(".");
        name.push(extension);
        PathBuf::from(name)
    }

    /// Whether it is standard input.
    pub(crate) fn is_standard(&self) -> bool {
        self.0.as_os_str() == "-"
    }

    /// Whether `path` is the same file.
    pub(crate) fn is_same_file(&self, path: &Path) -> bool {
        !self.is_standard()
            && match (fs::canonicalize(&self.0), fs::canonicalize(path)) {
                (Ok(a), Ok(b)) => a == b,
                _ => false,
            }
    }

    /// Its bytes.
    pub(crate) fn read(&self) -> Result<Vec<u8>, Error> {
        if self.is_standard() {
            return read_limited(io::stdin().lock());
        }
        if fs::metadata(&self.0)?.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder: give a file").into());
        }
        read_limited(fs::File::open(&self.0)?)
    }
}

fn read_limited(source: impl Read) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    source.take(MAX_INPUT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_INPUT {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "larger than 512 MiB: split it").into());
    }
    Ok(bytes)
}

/// A file that appears whole or not at all: until it is finished it has a temporary name in the same folder.
pub(crate) struct Whole {
    file: tempfile::NamedTempFile,
    path: PathBuf,
}

impl Whole {
    /// Begins the file at `path`, whose folder must exist.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        if path.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder: name a file"));
        }
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(".torikumi-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        Ok(Self { file: builder.tempfile_in(folder)?, path: path.to_owned() })
    }

    /// Gives the file its name.
    pub(crate) fn finish(self) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        self.file.persist(&self.path).map_err(|failure| failure.error)?;
        Ok(())
    }
}

impl Write for Whole {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = Whole::create(path)?;
    file.write_all(bytes)?;
    file.finish()
}

/// Writes what `produce` writes to the file `output` or, without one, to standard output, and says so where that fails.
pub(crate) fn deliver(output: Option<&Path>, produce: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Outcome {
    let mut bytes = Vec::new();
    let result = produce(&mut bytes).and_then(|()| match output {
        Some(path) => write_whole(path, &bytes),
        None => write_standard(&bytes),
    });
    match result {
        Ok(()) => Outcome::Done,
        Err(failure) => unwritable(output, &failure),
    }
}

/// Says that the file `output` or, without one, standard output cannot be written.
pub(crate) fn unwritable(output: Option<&Path>, failure: &io::Error) -> Outcome {
    let subject = output.map_or_else(|| "standard output".to_owned(), |path| path.display().to_string());
    complain(&subject, &format_args!("cannot be written: {failure}"));
    Outcome::Failed
}

/// A reader that closed the pipe has what it wants: that is no failure.
fn write_standard(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(failure) if failure.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole_and_leaves_no_other_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("報告.json");
        write_whole(&path, b"old").unwrap();
        write_whole(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_output_that_is_a_folder_fails_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("taken");
        fs::create_dir(&path).unwrap();
        assert!(write_whole(&path, b"new").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
