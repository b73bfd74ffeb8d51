//! Damaged input: whatever bytes come, reading ends soon, without a panic, in an error or in pages.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its sample has to fail")]

use std::path::PathBuf;
use std::time::{Duration, Instant};
use torikumi::pdf::{Options, Pdf};

/// Damaged copies of each sample.
const COPIES: u64 = 24;
/// Reading one damaged copy takes longer than this on no machine; a sound sample takes some ten milliseconds.
const LONGEST: Duration = Duration::from_secs(10);

/// A small generator of numbers (xorshift), the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (bound.max(1) as u64)).unwrap()
    }
}

fn samples() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "pdf"));
    paths.sort();
    assert!(!paths.is_empty());
    paths.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

/// Damages a file in one of the ways in which files get damaged.
fn damage(bytes: &mut Vec<u8>, dice: &mut Dice) {
    match dice.below(5) {
        0 => bytes.truncate(dice.below(bytes.len())),
        1 => (0..=dice.below(64)).for_each(|_| flip(bytes, dice)),
        2 => swap_streams(bytes, dice),
        3 => {
            let from = dice.below(bytes.len());
            let to = (from + dice.below(2000)).min(bytes.len());
            bytes.drain(from..to);
        }
        _ => flip_digit(bytes, dice),
    }
}

fn flip(bytes: &mut [u8], dice: &mut Dice) {
    let at = dice.below(bytes.len());
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 1 << dice.below(8);
    }
}

/// Changes digits outside of streams, where lengths, offsets and references are.
fn flip_digit(bytes: &mut [u8], dice: &mut Dice) {
    for _ in 0..200 {
        let at = dice.below(bytes.len());
        if let Some(byte) = bytes.get_mut(at).filter(|byte| byte.is_ascii_digit()) {
            *byte = b'0' + u8::try_from(dice.below(10)).unwrap();
        }
    }
}

/// Puts the data of one stream where another's was.
fn swap_streams(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let find = |word: &[u8], from: usize| bytes[from..].windows(word.len()).position(|w| w == word).map(|at| from + at);
    let mut streams = Vec::new();
    let mut at = 0;
    while let Some(start) = find(b"stream", at)
        && let Some(end) = find(b"endstream", start + 6)
    {
        streams.push(start + 6..end);
        at = end + 9;
    }
    if streams.len() > 1 {
        let from = bytes[streams[dice.below(streams.len())].clone()].to_vec();
        let to = streams[dice.below(streams.len())].clone();
        bytes.splice(to, from);
    }
}

/// Reads everything that can be read, and gives how many glyphs that is.
fn read(bytes: &[u8]) -> usize {
    match Pdf::open(bytes, &Options::default()) {
        Ok(pdf) => (1..=pdf.page_count().min(50)).map(|number| pdf.page(number).glyphs.len()).sum(),
        Err(error) => {
            assert!(!error.to_string().is_empty());
            0
        }
    }
}

#[test]
fn damaged_files_are_read_or_refused_in_time() {
    let mut read_something = 0;
    for (index, (path, sound)) in samples().into_iter().enumerate() {
        for copy in 0..COPIES {
            let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ (index as u64 * COPIES + copy + 1));
            let mut bytes = sound.clone();
            damage(&mut bytes, &mut dice);
            let start = Instant::now();
            read_something += usize::from(read(&bytes) > 0);
            assert!(start.elapsed() < LONGEST, "{} copy {copy}: {:?}", path.display(), start.elapsed());
        }
    }
    assert!(read_something > 100, "only {read_something} damaged files gave text");
}

#[test]
fn a_file_cut_anywhere_still_gives_its_first_pages() {
    let (path, sound) = samples().into_iter().find(|(path, _)| path.ends_with("koganei-r5-sjis.pdf")).unwrap();
    let half = &sound[..sound.len() / 2];
    assert!(read(half) > 1000, "{}: {} glyphs", path.display(), read(half));
    let pdf = Pdf::open(half, &Options::default()).unwrap();
    assert!(!pdf.info().repaired.is_empty());
}

#[test]
fn bytes_before_the_header_and_after_the_end_do_no_harm() {
    for (path, sound) in samples() {
        let wrapped = [b"HTTP/1.1 200 OK\r\n\r\n".as_slice(), &sound, b"\r\n<html>\r\n"].concat();
        assert_eq!(read(&wrapped), read(&sound), "{}", path.display());
    }
}

#[track_caller]
fn refused(bytes: &[u8]) {
    assert!(Pdf::open(bytes, &Options::default()).is_err());
}

#[test]
fn what_is_no_pdf_is_refused() {
    refused(b"");
    refused(b"%PDF-1.7");
    refused(
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[2 0 R]>>endobj trailer<</Root 1 0 R>>",
    );
    refused(&[b"%PDF-1.7\n".as_slice(), &b"[".repeat(100_000)].concat());
    refused(&[b"%PDF-1.7\n1 0 obj".as_slice(), &b"<</A".repeat(100_000)].concat());
    refused(&b"1 0 obj(".repeat(50_000));
}

fn encrypted(name: &str, password: Option<&str>) -> torikumi::error::Result<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/encrypted").join(name).with_extension("pdf");
    let options = Options { password: password.map(str::to_owned), ..Options::default() };
    Pdf::open(&std::fs::read(path).unwrap(), &options).map(|pdf| pdf.page(1).text)
}

#[test]
fn encrypted_files_open_with_the_password_of_a_reader_or_the_author_only() {
    for name in ["rc4-40", "rc4-128", "aes-128", "aes-256-object-streams"] {
        assert_eq!(encrypted(name, Some("reader")).unwrap(), "Opened", "{name}");
        assert_eq!(encrypted(name, Some("author")).unwrap(), "Opened", "{name}");
        assert!(matches!(encrypted(name, Some("other")), Err(torikumi::Error::WrongPassword)), "{name}");
        assert!(matches!(encrypted(name, None), Err(torikumi::Error::PasswordNeeded)), "{name}");
    }
    assert_eq!(encrypted("aes-256-no-user-password", None).unwrap(), "Opened");
}

/// A page whose content goes through two run-length filters: each doubles bytes up to 64 times.
fn inflating(times: usize) -> Vec<u8> {
    let runs = |byte: u8, count: usize| [129, byte].repeat(count);
    let mut content = runs(129, times);
    content.push(128);
    let mut file =
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj \
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj "
            .to_vec();
    file.extend(format!("4 0 obj<</Filter[/RL/RL]/Length {}>>stream\n", content.len()).bytes());
    file.extend(content);
    file.extend(b"\nendstream endobj trailer<</Root 1 0 R>>");
    file
}

#[test]
fn a_stream_that_inflates_beyond_the_limit_is_left_out_and_told() {
    let options = Options { max_memory: 16 << 20, ..Options::default() };
    let start = Instant::now();
    let pdf = Pdf::open(&inflating(200_000), &options).unwrap();
    let page = pdf.page(1);
    assert!(!page.warnings.is_empty() && page.glyphs.is_empty(), "{:?}", page.warnings);
    assert!(start.elapsed() < LONGEST);
}

#[test]
fn a_million_operators_and_deep_nesting_are_read_in_time() {
    for content in
        ["q ".repeat(1_000_000), "0 0 m 9 9 l S ".repeat(300_000), "/A BMC ".repeat(500_000), "[".repeat(900_000)]
    {
        let file = format!(
            "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj \
             3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj \
             4 0 obj<<>>stream\n{content} BT (A) Tj ET\nendstream endobj trailer<</Root 1 0 R>>"
        );
        let start = Instant::now();
        assert_eq!(read(file.as_bytes()), 1, "{}", &content[..20]);
        assert!(start.elapsed() < LONGEST, "{}", &content[..20]);
    }
}
