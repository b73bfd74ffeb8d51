//! What is done in an output folder: one line of JSON for each output, written after the output stands. `--resume`
//! skips an input whose bytes, reader and output are still those of its line; a line that was cut or an output that
//! was touched since only means that the input is read again. The files can be deleted at any time.

use crate::cli::batch::Shard;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use torikumi::report::rules::Rules;

/// How the names of such files begin. Each part of a list has its own, so that several processes can share a folder.
const NAME: &str = ".torikumi-done";

/// One output that is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// Path of the output below the folder, with `/`.
    pub(super) output: String,
    /// SHA-256 of the input.
    pub(super) input: String,
    /// What read it: see [`reader`].
    pub(super) by: String,
    /// SHA-256 of the output.
    pub(super) written: String,
    /// How many warnings the report carries.
    pub(super) warnings: usize,
}

/// Program and rules as one text: version of the program, hash of the built-in packs and of the given one.
pub(super) fn reader(pack: Option<&str>) -> String {
    let built_in = Rules::built_in().iter().filter_map(|pack| Rules::source(&pack.name));
    let mut hash = Sha256::new();
    for text in built_in.chain(pack) {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    format!("torikumi {}, rules {:.16}", env!("CARGO_PKG_VERSION"), hex(&hash.finalize()))
}

/// SHA-256 in hexadecimal digits.
pub(super) fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Passes on what is written, and has the SHA-256 of it.
pub(super) struct Digested<W> {
    out: W,
    hash: Sha256,
}

impl<W: Write> Digested<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, hash: Sha256::new() }
    }

    /// The SHA-256 in hexadecimal digits.
    pub(super) fn digest(self) -> String {
        hex(&self.hash.finalize())
    }
}

impl<W: Write> Write for Digested<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.hash.update(bytes.get(..count).unwrap_or(bytes));
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What earlier runs did in a folder.
#[derive(Debug, Default)]
pub(super) struct Done(BTreeMap<String, Record>);

impl Done {
    /// Reads the notes of all runs that read as `by`; what is no note is passed over.
    pub(super) fn load(folder: &Path, by: &str) -> Self {
        let files = fs::read_dir(folder).into_iter().flatten().flatten();
        let notes = files.filter(|file| file.file_name().as_encoded_bytes().starts_with(NAME.as_bytes()));
        let mut done = BTreeMap::new();
        for note in notes {
            for line in fs::read(note.path()).unwrap_or_default().split(|byte| *byte == b'\n') {
                if let Ok(record) = serde_json::from_slice::<Record>(line)
                    && record.by == by
                {
                    done.insert(key(&record.output, &record.input), record);
                }
            }
        }
        Self(done)
    }

    /// Whether they did nothing that is noted.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The note of an input with this hash, if the output at `path` is still the one that was written.
    pub(super) fn find(&self, output: &str, input: &str, path: &Path) -> Option<Record> {
        let record = self.0.get(&key(output, input))?;
        (digest(&fs::read(path).ok()?) == record.written).then(|| record.clone())
    }
}

fn key(output: &str, input: &str) -> String {
    format!("{input} {output}")
}

/// Notes of this run, in a file that is made with the first of them.
pub(super) struct Journal {
    path: PathBuf,
    file: Option<File>,
}

impl Journal {
    /// The notes of a run over this part of the inputs, if not over all.
    pub(super) fn new(folder: &Path, shard: Option<Shard>) -> Self {
        let name = shard.map_or_else(|| NAME.to_owned(), |shard| format!("{NAME}-{}", shard.name()));
        Self { path: folder.join(name), file: None }
    }

    /// Adds a note, whole lines only: it begins with a line end in case the last run was cut off.
    pub(super) fn note(&mut self, record: &Record) -> io::Result<()> {
        let mut line = Vec::new();
        if self.file.is_none() {
            line.push(b'\n');
            self.file = Some(OpenOptions::new().create(true).append(true).open(&self.path)?);
        }
        serde_json::to_writer(&mut line, record)?;
        line.push(b'\n');
        self.file.as_mut().map_or(Ok(()), |file| file.write_all(&line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(output: &str, written: &[u8]) -> Record {
        let (output, input) = (output.to_owned(), digest(b"pdf"));
        Record { output, input, by: "torikumi 1".to_owned(), written: digest(written), warnings: 2 }
    }

    #[test]
    fn what_is_noted_is_found_while_input_reader_and_output_are_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("報告.json");
        fs::write(&path, "data").unwrap();
        let record = record("報告.json", b"data");
        Journal::new(folder.path(), None).note(&record).unwrap();
        let done = Done::load(folder.path(), "torikumi 1");
        assert_eq!(done.find("報告.json", &digest(b"pdf"), &path), Some(record));
        assert_eq!(done.find("報告.json", &digest(b"other"), &path), None);
        assert_eq!(Done::load(folder.path(), "torikumi 2").find("報告.json", &digest(b"pdf"), &path), None);
        fs::write(&path, "cut").unwrap();
        assert_eq!(done.find("報告.json", &digest(b"pdf"), &path), None);
        fs::remove_file(&path).unwrap();
        assert_eq!(done.find("報告.json", &digest(b"pdf"), &path), None);
    }

    #[test]
    fn the_digest_of_what_is_written_bit_by_bit_is_that_of_all_of_it() {
        let mut written = Vec::new();
        let mut digested = Digested::new(&mut written);
        digested.write_all(b"da").unwrap();
        digested.write_all(b"ta").unwrap();
        assert_eq!(digested.digest(), digest(b"data"));
        assert_eq!(written, b"data");
    }

    #[test]
    fn a_note_that_was_cut_off_spoils_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(&path, "data").unwrap();
        fs::write(folder.path().join(NAME), "{\"output\":\"b.js").unwrap();
        let shard = Some("1/2".parse().unwrap());
        Journal::new(folder.path(), None).note(&record("a.json", b"data")).unwrap();
        Journal::new(folder.path(), shard).note(&record("b.json", b"data")).unwrap();
        let done = Done::load(folder.path(), "torikumi 1");
        assert!(done.find("a.json", &digest(b"pdf"), &path).is_some());
        assert!(done.find("b.json", &digest(b"pdf"), &path).is_some());
    }

    #[test]
    fn a_pack_of_ones_own_is_another_reader() {
        assert_eq!(reader(None), reader(None));
        assert_ne!(reader(None), reader(Some("name = \"own\"")));
        assert!(reader(None).starts_with("torikumi "));
    }
}
