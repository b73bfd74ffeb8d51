//! Inputs and outputs: bytes from a file or standard input, output files that appear whole or not at all.

use super::{Outcome, complain};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use torikumi::Error;

/// Largest input that is read, in bytes: an endless pipe must not fill the memory.
const MAX_INPUT: u64 = 512 << 20;

/// How the temporary names of files begin that are not finished.
const UNFINISHED: &str = ".torikumi-unfinished-";
/// After this time without a write, an unfinished file is one that a killed run left.
const ABANDONED: Duration = Duration::from_mins(10);

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

    /// A path as it stands, also where it is called `-`.
    pub(crate) fn file(path: PathBuf) -> Self {
        Self(if path.as_os_str() == "-" { Path::new(".").join(path) } else { path })
    }

    /// The path as it was named.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Where its output stands below an output folder, but for the extension.
    pub(crate) fn place(&self) -> PathBuf {
        if self.is_standard() { PathBuf::from("report") } else { PathBuf::from(self.name()) }
    }

    /// Whether it is a folder.
    pub(crate) fn is_folder(&self) -> bool {
        !self.is_standard() && self.0.is_dir()
    }

    /// The paths that it lists, one on each line; empty lines are none.
    pub(crate) fn lines(&self) -> io::Result<Vec<Self>> {
        let bytes = if self.is_standard() {
            read_limited(io::stdin().lock(), 0)
        } else {
            read_limited(fs::File::open(&self.0)?, 0)
        };
        let bytes = bytes.map_err(io::Error::other)?;
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let lines = bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        lines.filter(|line| !line.is_empty()).map(|line| path_of(line).map(Self::file)).collect()
    }

    /// Its bytes.
    pub(crate) fn read(&self) -> Result<Vec<u8>, Error> {
        if self.is_standard() {
            return read_limited(io::stdin().lock(), 0);
        }
        let known = fs::metadata(&self.0)?;
        if known.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder: give a file").into());
        }
        read_limited(fs::File::open(&self.0)?, known.len())
    }
}

/// A path may hold any bytes here.
#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn path_of(bytes: &[u8]) -> io::Result<PathBuf> {
    Ok(PathBuf::from(<OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes)))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> io::Result<PathBuf> {
    let text = std::str::from_utf8(bytes);
    text.map(PathBuf::from).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "save it as UTF-8"))
}

/// All bytes of `source`, which are about as many as `expected`.
fn read_limited(source: impl Read, expected: u64) -> Result<Vec<u8>, Error> {
    // One byte more, so that the end of the file is seen without making room for what does not come.
    let room = usize::try_from(expected.min(MAX_INPUT) + 1).unwrap_or(0);
    let mut bytes = Vec::with_capacity(room);
    source.take(MAX_INPUT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_INPUT {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "larger than 512 MiB: split it").into());
    }
    Ok(bytes)
}

/// A file that appears whole or not at all: until it is finished it has a temporary name in the same folder. What is there
/// already and is no file, such as a device or a named pipe, takes the bytes as they come.
pub(crate) enum Whole {
    /// A file to come, and its path.
    Unfinished(tempfile::NamedTempFile, PathBuf),
    /// A device or a pipe.
    Device(fs::File),
}

impl Whole {
    /// Begins the file at `path`, whose folder must exist.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        match fs::metadata(path) {
            Ok(there) if there.is_dir() => {
                return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder: name a file"));
            }
            Ok(there) if !there.is_file() => return fs::File::options().write(true).open(path).map(Self::Device),
            _ => {}
        }
        // A link stays a link: what it leads to is replaced.
        let path = if path.is_symlink() { fs::canonicalize(path)? } else { path.to_owned() };
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(UNFINISHED);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        Ok(Self::Unfinished(builder.tempfile_in(folder)?, path))
    }

    /// Gives the file its name once it is on the disk.
    pub(crate) fn finish(self) -> io::Result<()> {
        if let Self::Unfinished(file, _) = &self {
            file.as_file().sync_all()?;
        }
        self.name()
    }

    /// Gives the file its name without waiting for the disk: whole even if the program is killed, though perhaps not
    /// if the machine fails.
    pub(crate) fn name(self) -> io::Result<()> {
        match self {
            Self::Unfinished(file, path) => file.persist(path).map(drop).map_err(|failure| failure.error),
            Self::Device(mut device) => device.flush(),
        }
    }
}

impl Write for Whole {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Unfinished(file, _) => file.write(bytes),
            Self::Device(device) => device.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Unfinished(file, _) => file.flush(),
            Self::Device(device) => device.flush(),
        }
    }
}

/// Removes the unfinished files that killed runs left in a folder; one that cannot be removed does no harm.
pub(crate) fn sweep(folder: &Path) {
    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
        let abandoned = || file.metadata().ok()?.modified().ok()?.elapsed().ok().map(|age| age > ABANDONED);
        if file.file_name().as_encoded_bytes().starts_with(UNFINISHED.as_bytes()) && abandoned() == Some(true) {
            let _ = fs::remove_file(file.path());
        }
    }
}

/// An output that is written bit by bit: a file that appears when it is finished, or standard output.
pub(crate) enum Output {
    /// Each write goes out at once.
    Standard,
    /// A file.
    File(Whole),
}

impl Output {
    /// Begins the file `path` or, without one, standard output.
    pub(crate) fn create(path: Option<&Path>) -> io::Result<Self> {
        path.map_or(Ok(Self::Standard), |path| Whole::create(path).map(Self::File))
    }

    /// Completes it.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self {
            Self::Standard => Ok(()),
            Self::File(file) => file.finish(),
        }
    }

    /// Writes all of it or fails.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Standard => {
                let mut out = io::stdout().lock();
                out.write_all(bytes)?;
                out.flush()
            }
            Self::File(file) => file.write_all(bytes),
        }
    }
}

/// Writes the file whole or not at all.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
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
pub(crate) fn write_standard(bytes: &[u8]) -> io::Result<()> {
    stream_standard(|out| out.write_all(bytes))
}

/// Lets `produce` write to standard output, as [`write_standard`] does.
pub(crate) fn stream_standard(produce: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match produce(&mut out).and_then(|()| out.flush()) {
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

    #[cfg(unix)]
    #[test]
    fn a_device_takes_the_bytes_and_stays_a_device() {
        use std::os::unix::fs::FileTypeExt;
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read(pipe).unwrap()
        });
        write_whole(&pipe, b"all of it").unwrap();
        assert_eq!(reader.join().unwrap(), b"all of it");
        assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_its_file_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink("file", &link).unwrap();
        write_whole(&link, b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert!(link.is_symlink());
    }

    #[test]
    fn only_what_a_killed_run_left_is_swept_away() {
        let folder = tempfile::tempdir().unwrap();
        let old = folder.path().join(format!("{UNFINISHED}abc"));
        let (new, done) = (folder.path().join(format!("{UNFINISHED}def")), folder.path().join(".torikumi-done"));
        for path in [&old, &new, &done] {
            fs::write(path, "half").unwrap();
        }
        for path in [&old, &done] {
            let file = fs::File::options().append(true).open(path).unwrap();
            file.set_modified(std::time::SystemTime::now() - ABANDONED * 2).unwrap();
        }
        sweep(folder.path());
        assert_eq!([&old, &new, &done].map(|path| path.exists()), [false, true, true]);
    }
}
